"""A project folder as version 1.0 left it is read as it was read then, or a line says what to do.

`upgrade/version-1.0.zip` was made with version 1.0 itself: edited lists, plan and relations, two explanations, a
quarter in a workbook of its own and one in the template of that version, a report, an export. Pages and pictures of
the report were left out, since they are large and nothing reads them. `as_read/` is what version 1.0 made of it.
"""

import csv
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from commands import CCPCR
from extent import only_whole

from ccpcr_lib.model.text import KHMER_DIGITS

SHOWN = """
import json
from ccpcr_lib import load, release
report = load("data/2010-Q3.xlsx")
shown = release(report, "en+km")
tables = {name: report.table(name, "en+km") for name in shown.tables}
print(json.dumps({
    "states": {one.indicator.code: [one.state, one.to_date, one.target] for one in shown.achievements},
    "heads": {name: list(map(str, table.columns)) for name, table in tables.items()},
    "rows": {name: list(map(str, table.index)) for name, table in tables.items()},
}))
"""
EXPORT = """
from pathlib import Path
from ccpcr_lib import explore
from ccpcr_lib.publish.explorer.save import save_for_slides
save_for_slides(explore("data", "education", language="en+km"), Path("again"))
"""
NO_LONGER_READ = ["words.csv", "plan_help.csv"]
"""Lists of version 1.0 that a later version leaves aside, and says so in a line each."""
NO_LONGER_USED = {
    f"[plan.xlsx]Indicators!H{row}": code for row, code in ((5, "enrolled"), (7, "trained"), (10, "visited"))
}
"""What the plan says in its column `accumulate` and the measure says otherwise: their quarters add up to the year."""
YEARS_ADDED_UP = {
    "assessed": ["no_target", 36 + 18 + 206, None],
    "visited": ["no_target", 6 + 37 + 217, None],
    "in_care": ["no_target", None, None],
}
"""Where the year stands otherwise than version 1.0 said. The workbook of the 2nd quarter says how many were assessed
and visited in it, and its column of the quarter before stands in for the 1st; version 1.0 took the 2nd quarter from the
workbook after it (100 assessed), and the largest quarter of the visits. Who was in care was no indicator."""
AT_LEAST_FOLLOWED_UP = {"follow_up_support": "At least · យ៉ាងតិច"}
"""The last row of a table, where version 1.0 called it a total."""
RENAMED = {f"ត្រី{number}": f"ត្រីមាសទី{number}" for number in range(1, 5)} | {
    "គោលដៅ": "ចំណុចដៅ",
    "Baseline មូលដ្ឋាន": "Baseline តម្លៃមូលដ្ឋាន",
    "គ្មានតួលេខណាមានវិវាទនៅទីនេះទេ": "នៅទីនេះ គ្មានតួលេខណាដែលមិនទាន់ប្រាកដទេ",
}
"""What version 1.0 said in other Khmer words; it wrote some figures in Khmer digits as well."""
BOUNDS = {"62": "20 to 62", "248": "173 to 248"}
"""Sums of clients who may stand in several skills or months: version 1.0 added them up."""
LOOK_UP = (
    "Earlier quarters, which are not here, may explain it. Look it up; if it is right, explain it (ccpcr explain)."
)
ASKED = {
    "62": "Slide 21!C5: 2nd quarter of 2010: Clients followed up on skills or schooling: 20 to 62; Clients in "
    f"vocational training: 6. Follow-up goes to clients who were trained. {LOOK_UP}",
    "248": "Follow up support!B7: 3rd quarter of 2010: Reintegrated clients followed up: 173 to 248; Clients "
    "reintegrated: 43. Whoever is followed up was reintegrated before; clients of earlier quarters that are not in "
    f"this folder can explain it. {LOOK_UP}",
}
"""What a relation that is a note says: it asks."""
NEW_RULES = {"plan_accumulate", "alike"}
"""What version 1.0 did not look for."""
NO_LONGER_HIDDEN = {"2010-Q3": {"Partner referrals!D7", "Reintegration!B7", "Reintegration!C7"}}
"""Where more clients left than were there, whatever a blank beside them stands for: version 1.0 did not judge it."""
NO_WONDER = {"2010-Q2": {"Slide 19!C5"}, "2010-Q3": {"Reintegration!D7"}}
"""Months without any of a few clients, which version 1.0 noted."""
FIRST_CELLS = {
    "Education!B7": "Education!B8",
    "Life skills!B13": "Life skills!C13",
    "Family visits!E7": "Family visits!E8",
}
"""Cells with a 0, which version 1.0 named first of those that are too many."""
SAID_OTHERWISE = (
    "(SA) 0 0 1 1” before, ",  # their sex is not said
    "(SW) 0 0 1 1” before, ",
    ", Notes ",  # the letters of notes: there is another one before them
    "25 before, at least 25 ",
    "62 before, at least 20 ",
    "25 before, ≥ 25 ",
    "62 before, ≥ 20 ",
    "52 before, ≥ 52 ",
    "≥ 62 before, ≥ 20 ",
    "37 before, 43 ",  # visits of two quarters
    "Clients in care ",
    "plan_accumulate, findings: not there before, 3 ",
    # three disagreements are told at two cells, and the charts of slides 7 and 9 rest on neither
    "findings: Referrals: “warning: Slide 7!F8: ",
    "findings: What does not add up?: “warning: Slide 7!F8: ",
    "chart: Clients referred to the shelter, by case type and sex · ",
    "chart: Organizations that referred clients, by sex · ",
    "warning, margin, findings: 3 before, no longer there ",
    "warning, odd_one_out, findings: not there before, 2 ",
    "note, empty_months, findings: 4 before, 3 ",
    "alike, findings: not there before, 1 ",
    "chart: Clients referred to the shelter against the plan · ",  # against the quarter's own part, and what is due
    "bullets: Where the year 2010 stands · ",  # a quarter's target is not the year's
    "changes: What has changed?: ",  # one table now
    "revisions: Which figures were stated anew?: ",
    "notebook: 15 cells of code before, 16 ",  # what each indicator counts
    # each percent is rounded by itself
    ": 1 5 % before, 1 6 % ",
    ", %: 5 % before, 6 % ",
    ", %: 46 % before, 45 % ",
    # none of its figures is in dispute any more
    "table: Organizations that referred clients · អង្គការដែលបានបញ្ជូនអតិថិជន †: “Organizations ",
    # what the sentences say now
    "“Among the 18 clients were 16 girls and no boys; this table does not say the sex of 2. ",
    "“10 † of the 18 † clients were aged 11-17 years. Clients in the shelter fell from 61 in April to 43 in June. ",
    "“16 of the 18 clients were referred to the shelter by CCPCR-SVR and its networks. ",
    "“11 clients began school in April, 5 of them in Grade 2; none in May and June. ",
    "“At least 25 clients attended life skills lessons in the 2nd quarter of 2010. ",
    "“Family assessments fell from 15 in April to 1 in June: 18 clients in all, 10 of them Returnee Children (RC). ",
    "“29 clients visited their families in April and 8 in May, none in June: 37 in all (a client counts once in each ",
    "“3 clients were referred on in May, 2 of them to COSECAM (Scholarship); none in April and June. ",
    "“12 clients were followed up after reintegration in June; none in April and May. ",
)
"""The figures of the report that this version says otherwise."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project folder, unpacked."""
    place = tmp_path_factory.mktemp("version-1.0")
    with zipfile.ZipFile(Path(__file__).parent / "upgrade" / "version-1.0.zip") as kept:
        kept.extractall(place)
    return place


def run(folder: Path, *command: object) -> subprocess.CompletedProcess[bytes]:
    """Run a program in the folder with the folder's own lists."""
    own = {"CCPCR_LISTS": str(folder / "data" / "codelists"), "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.run([*map(str, command)], cwd=folder, capture_output=True, env=os.environ | own, check=False)


DISAGREE = """
import json, sys
from ccpcr_lib.model.finding import COLUMNS
from ccpcr_lib.quality.checked import check_workbook
told = check_workbook(sys.argv[1]).problems
print(json.dumps([{name: getattr(item, name) for name in COLUMNS} for one in told for item in one.settled or (one,)]))
"""
"""What disagrees, each for itself: version 1.0 did not look for the cell that settles it."""


@pytest.mark.parametrize("period", ["2010-Q2", "2010-Q3"])
def test_every_disagreement_is_as_it_was(folder, period):
    checked = run(folder, sys.executable, "-c", DISAGREE, f"data/{period}.xlsx")
    noted = json.loads((folder / "as_read" / f"{period}-findings.json").read_text(encoding="utf-8"))
    is_kept = [found["rule"] != "empty_months" or found["where"][0] not in NO_WONDER[period] for found in noted]
    assert is_kept.count(False) == len(NO_WONDER[period])
    before = [found for found, kept in zip(noted, is_kept, strict=True) if kept]
    told = [found for found in json.loads(checked.stdout) if found["rule"] not in NEW_RULES]
    hidden = NO_LONGER_HIDDEN.get(period, set())
    assert {found["where"][0] for found in told if found["printed"].startswith("at least")} >= hidden
    now = [found for found in told if not (found["where"][0] in hidden and found["printed"].startswith("at least"))]
    assert in_order(map(without_cells, now)) == in_order(map(without_cells, map(said_now, before)))
    cells = {without_cells(found): found["where"] for found in now}
    narrowed = [(cells[without_cells(said_now(found))], found["where"]) for found in before]
    assert all(set(own) <= set(others) for own, others in narrowed), "no cell is in question that was not"
    assert [own[0] for own, _ in narrowed] == [FIRST_CELLS.get(others[0], others[0]) for _, others in narrowed]


def said_now(found: dict[str, Any]) -> dict[str, Any]:
    """Give a finding of version 1.0 as this version words it."""
    printed, cell = found["printed"], found["where"][0]
    message = found["message"].replace(f"{cell}:", f"{FIRST_CELLS.get(cell, cell)}:", 1)
    if found["rule"] == "relation" and found["severity"] == "note":
        return found | {"printed": BOUNDS[printed], "message": ASKED[printed]}
    if found["rule"] == "relation" and printed in BOUNDS:
        return found | {
            "printed": BOUNDS[printed],
            "message": message.replace(f"says {printed},", f"says {BOUNDS[printed]},"),
        }
    return found | {"message": message}


def without_cells(found: dict[str, Any]) -> tuple[str, ...]:
    """Give all of a finding but the cells behind the first, which its message names."""
    return tuple(str(value) for name, value in sorted(found.items()) if name != "where")


def in_order(findings: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return sorted(findings)


def test_what_the_plan_says_and_nobody_asks_for_any_more_is_a_note_at_its_cell(folder):
    findings = json.loads(run(folder, *CCPCR, "check", "data/2010-Q2.xlsx", "--json").stdout)
    notes = [found for found in findings if found["rule"] == "plan_accumulate"]
    assert {cell: note["severity"] for note in notes for cell in note["where"]} == dict.fromkeys(NO_LONGER_USED, "note")
    for note in notes:
        assert f"“max” is not used for {NO_LONGER_USED[note['where'][0]]}: its quarters are added" in note["message"]


def test_what_is_read_no_more_is_named_with_what_to_do(folder):
    lines = run(folder, *CCPCR, "check", "data/2010-Q2.xlsx").stderr.decode().splitlines()
    assert [line.partition(":")[0] for line in lines] == NO_LONGER_READ
    assert all("Delete the file" in line for line in lines)


@pytest.mark.parametrize("period", ["2010-Q2", "2010-Q3"])
def test_every_count_is_as_it_was(folder, tmp_path, period):
    assert run(folder, *CCPCR, "tidy", f"data/{period}.xlsx", "-o", tmp_path / "counts.csv").returncode == 0
    assert (tmp_path / "counts.csv").read_bytes() == (folder / "as_read" / f"{period}-counts.csv").read_bytes()


def test_edited_labels_rows_and_indicators_are_shown_as_they_were(folder):
    shown = run(folder, sys.executable, "-c", SHOWN)
    assert shown.stderr == b""
    as_read = (folder / "as_read" / "2010-Q3-shown.json").read_text("utf-8")
    before = json.loads(as_read.translate(KHMER_DIGITS))
    before["states"] |= YEARS_ADDED_UP
    for table, label in AT_LEAST_FOLLOWED_UP.items():
        before["rows"][table][-1] = label
    assert json.loads(shown.stdout) == before
    heads = json.loads(shown.stdout)["rows"]
    assert "Rights of the child · សិទ្ធិកុមារ" in heads["life_skills"]
    assert "Legal aid · ជំនួយផ្នែកច្បាប់" in heads["partner_referrals"]


@only_whole
@pytest.mark.slow
def test_what_the_report_says_otherwise_now_is_named_figure_by_figure(folder):
    proof = run(folder, *CCPCR, "verify", "reports/2010-Q2")
    lines = proof.stdout.decode().splitlines()
    assert lines[-1] == "7 of 63 tables, charts and texts show the same figures."
    files = next(line for line in lines if "Files of the report:" in line)
    assert "counts" not in files, "only pages and pictures were left out"
    figures = rejoined(line for line in lines if FIGURE.search(line) and line.startswith("changed   "))
    others = [line for line in figures if unmarked(line) and not any(known in line for known in SAID_OTHERWISE)]
    assert others == []
    assert [known for known in SAID_OTHERWISE if not any(known in line for line in figures)] == []


FIGURE = re.compile(r": (?P<before>[^:]*) before, (?P<now>[^:]*) now\.$")


def in_new_words(text: str) -> str:
    """Say what version 1.0 said in the Khmer words of today."""
    text = text.translate(KHMER_DIGITS)
    for old, new in RENAMED.items():
        text = text.replace(old, new)
    return text


def rejoined(lines: Iterable[str]) -> list[str]:
    """The figures, one a line, where one that has gone under an old name is there under its new one."""
    told = {}
    for line in lines:
        name, figure = FIGURE.sub("", line), FIGURE.search(line)
        told.setdefault(in_new_words(name), []).append((in_new_words(figure["before"]), figure["now"]))
    joined = []
    for name, changes in told.items():
        gone = [before for before, now in changes if now == "no longer there"]
        new = [now for before, now in changes if before == "not there"]
        if len(gone) == len(new):
            changes = [change for change in changes if change[0] != "not there" and change[1] != "no longer there"]
            changes += zip(gone, new, strict=True)
        joined += [f"{name}: {before} before, {now} now." for before, now in changes]
    return joined


def unmarked(line: str) -> bool:
    """Whether a figure has changed otherwise than by the mark of a dispute."""
    figure = FIGURE.search(line)
    return figure is not None and figure["before"] != re.sub(r" ?†", "", figure["now"]).strip()


def test_an_export_made_again_has_the_same_figures(folder):
    assert run(folder, sys.executable, "-c", EXPORT).returncode == 0
    again, before = ((folder / place).glob("*.csv") for place in ("again", "exports"))
    texts = [in_new_words(path.read_text("utf-8-sig")) for path in (*again, *before)]
    read = [list(csv.reader(text.splitlines())) for text in texts]
    assert len(read) == 2
    assert read[0] == read[1]
