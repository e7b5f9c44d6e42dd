"""A project folder as version 1.0 left it is read as it was read then, or a line says what to do.

`upgrade/version-1.0.zip` was made with version 1.0 itself: edited lists, plan and relations, two explanations, a
quarter in a workbook of its own and one in the template of that version, a report, an export. Pages and pictures of
the report were left out, since they are large and nothing reads them. `as_read/` is what version 1.0 made of it.
"""

import csv
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from commands import CCPCR

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
YEARS_ADDED_UP = {"visited": ["no_target", 282, None]}
"""Where the year stands otherwise than version 1.0 said: 217 visits were the largest quarter."""


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


@pytest.mark.parametrize("period", ["2010-Q2", "2010-Q3"])
def test_every_finding_is_as_it_was(folder, period):
    checked = run(folder, *CCPCR, "check", f"data/{period}.xlsx", "--json")
    assert checked.returncode == 1
    before = json.loads((folder / "as_read" / f"{period}-findings.json").read_text(encoding="utf-8"))
    assert [found for found in json.loads(checked.stdout) if found["rule"] != "plan_accumulate"] == before


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
    before = json.loads((folder / "as_read" / "2010-Q3-shown.json").read_text("utf-8"))
    before["states"] |= YEARS_ADDED_UP
    assert json.loads(shown.stdout) == before
    heads = json.loads(shown.stdout)["rows"]
    assert "Rights of the child · សិទ្ធិកុមារ" in heads["life_skills"]
    assert "Legal aid · ជំនួយផ្នែកច្បាប់" in heads["partner_referrals"]


@pytest.mark.slow
def test_the_report_can_still_be_proved_figure_by_figure(folder):
    proof = run(folder, *CCPCR, "verify", "reports/2010-Q2")
    lines = proof.stdout.decode().splitlines()
    assert lines[-1] == "62 of 62 tables, charts and texts show the same figures."
    changed = [line for line in lines if line.startswith("changed")]
    assert len(changed) == 1, "only the files that were left out"
    assert "Files of the report:" in changed[0]
    assert "counts" not in changed[0]


def test_an_export_made_again_has_the_same_figures(folder):
    assert run(folder, sys.executable, "-c", EXPORT).returncode == 0
    again, before = ((folder / place).glob("*.csv") for place in ("again", "exports"))
    read = [list(csv.reader(path.read_text("utf-8-sig").splitlines())) for path in (*again, *before)]
    assert len(read) == 2
    assert read[0] == read[1]
