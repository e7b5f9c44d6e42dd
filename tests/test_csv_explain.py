"""``ccpcr explain`` adds to what stands in the file, however Excel left it, and never erases a line."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from commands import refused, run
from excel_csv import ENCODINGS, ENDINGS, SEPARATORS, as_bytes, as_text, in_one_column
from workbooks import WORKBOOK

from ccpcr_lib.analysis.report import Report
from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.model.finding import Finding
from ccpcr_lib.model.list_file import lines_of
from ccpcr_lib.model.list_text import text_of
from ccpcr_lib.quality.explaining import explanation_of, finding_at
from ccpcr_lib.quality.explanations import NAMING, add_explanation, explain, read_explanations

CELL, TODAY = "Slide 15!F5", date.today().isoformat()
PRINTED = "6 (SA1, NC2, TL2)"
HEAD = ["period", "rule", "table", "cells", "printed", "expected", "explanation", "role", "date"]
EARLIER = ["2010-Q1", "share", "", "Slide 7!H9", "15 %", "", "Élève: counted; once, “twice”", "Officer", "2010-05-01"]
NOTE_SUM = Finding("note_sum", "warning", "vocational_skills", (CELL,), fields={"printed": PRINTED, "expected": "6"})
SHARE = Finding("share", "warning", "family_assessments", ("Slide 16!H10",), fields={"printed": "15 %"})
ADDED = ["2010-Q2", "note_sum", "vocational_skills", CELL, PRINTED, "6", "Right.", "officer", TODAY]

Explain = Callable[..., Path]


@pytest.fixture
def add(tmp_path) -> Explain:
    """What writes an explanation into a folder's file, over what stood there before."""

    def write(reason: str = "Right.", finding: Finding = NOTE_SUM, *, before: bytes | None = None) -> Path:
        path = tmp_path / "explanations.csv"
        if before is not None:
            path.write_bytes(before)
        added = add_explanation(path, explanation_of(finding, "2010-Q2", reason, "officer"))
        path.write_bytes(b"\xef\xbb\xbf" + added.text.encode())
        return path

    return write


def reasons(path: Path) -> list[str]:
    return [line.explanation for line in read_explanations(path)]


# --- what stands there stays -------------------------------------------------------------------------------


@pytest.mark.parametrize("separator", SEPARATORS.values(), ids=SEPARATORS)
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_an_earlier_line_stays_in_whatever_encoding_and_separator(add, encoding, separator):
    rows = [[*HEAD, "My remark"], [*EARLIER, "mine; yes"], [""] * 10, ["# look again", *[""] * 9]]
    path = add("មូលហេតុ", before=as_bytes(as_text(rows, separator), encoding))
    kept, added = read_explanations(path)
    assert [*kept] == EARLIER
    assert (added.cells, added.explanation, added.printed) == (CELL, "មូលហេតុ", PRINTED)
    remarks = [line["my_remark"] for line in lines_of(text_of(path), path.name, *NAMING).values()]
    assert remarks == ["mine; yes", "", ""]
    assert "# look again" in text_of(path)


@pytest.mark.parametrize("ending", ENDINGS.values(), ids=ENDINGS)
@pytest.mark.parametrize("separator", [",", ";"])
def test_every_letter_of_a_plain_file_stays_before_the_new_line(add, separator, ending):
    two_lines = ["2010-Q1", "blank", "", "A!B2", "", "", "two\nlines", "", ""]
    text = as_text([HEAD, [""] * 9, EARLIER, two_lines, [""] * 9], separator, ending)
    path = add(before=text.encode())
    assert path.read_bytes() == b"\xef\xbb\xbf" + (text + as_text([ADDED], separator, ending)).encode()


def test_a_file_without_a_line_break_at_its_end_gets_one(add):
    assert reasons(add(before=as_text([HEAD, EARLIER]).removesuffix("\r\n").encode())) == [EARLIER[6], "Right."]


@pytest.mark.parametrize("before", [None, b"", b"\r\n\r\n", b",,,\r\n", b"sep=;\r\n", ",".join(HEAD).encode()])
def test_a_file_that_explains_nothing_yet_gets_its_first_line(add, before):
    (line,) = read_explanations(add(before=before))
    assert [*line] == ADDED


@pytest.mark.parametrize(
    "before", [in_one_column(as_text([HEAD, EARLIER])), "sep=;\r\n" + as_text([HEAD, EARLIER], ";")]
)
def test_a_file_in_one_column_or_with_its_separator_named_is_written_with_commas(add, before):
    path = add(before=before.encode())
    assert [[*line] for line in read_explanations(path)] == [EARLIER, ADDED]
    assert text_of(path).startswith("period,rule,table,cells,")


def test_columns_that_are_missing_are_added_behind_the_others(add):
    path = add(before=b"cells;Rule;note;Explanation\nA!B2;blank;mine;Known\n")
    first, second, _ = text_of(path).splitlines()
    assert first == "cells;Rule;note;Explanation;period;table;printed;expected;role;date"
    assert second == "A!B2;blank;mine;Known"
    assert [*read_explanations(path)[1]] == ADDED


UNREADABLE = {
    "an archive": b"PK\x03\x04" + bytes(40),
    "an open quotation mark": b'rule,cells,explanation\nshare,A!B2,"open\n',
    "a zero byte": b"rule,cells,explanation\nshare,A!B2,a\0b\n",
    "no column of reasons": b"rule,cells\nshare,A!B2\n",
    "no reason": b"rule,cells,explanation\nshare,A!B2\n",
    "a comma in a reason": b"rule,cells,explanation\nshare,A!B2,right, because\n",
    "Khmer saved as cp1252": b"rule,cells,explanation\nshare,A!B2,????????\n",
    "two encodings": "rule,cells,explanation\nshare,A!B2,មូល\n".encode() + b"share,A!B3,\xe9t\xe9\n",
}


@pytest.mark.parametrize("before", UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_cannot_be_read_is_refused(add, before):
    with pytest.raises(CannotReadError, match=r"^explanations\.csv: [^\n]+$"):
        add(before=before)


# --- one finding, and another ------------------------------------------------------------------------------


def test_the_same_finding_again_puts_its_new_words_in_the_old_place_with_what_somebody_wrote_beside(add):
    by_hand = ["2010-q2", "NOTE_SUM", "", "'slide 15'!$f$5", "1", "", "First.", "", "2010-07-01", "by me"]
    path = add("Other.", SHARE, before=as_text([[*HEAD, "seen"], [*EARLIER, "a"], by_hand]).encode())
    add("Better.")
    told = [(line["explanation"], line["seen"]) for line in lines_of(text_of(path), path.name).values()]
    assert told == [(EARLIER[6], "a"), ("Better.", "by me"), ("Other.", "")]
    assert [*read_explanations(path)[1]] == [*ADDED[:6], "Better.", *ADDED[7:]]


def test_a_line_of_every_quarter_stays_and_the_one_that_holds_counts(add):
    path = add(before=f"rule,cells,printed,explanation\nnote_sum,{CELL},9,Of another quarter\n".encode())
    (told,), (unused,) = explain([NOTE_SUM], read_explanations(path))
    assert (told.severity, told.remark) == ("note", f"Explained (officer, {TODAY}): Right.")
    assert unused.explanation == "Of another quarter"


def test_a_line_of_several_cells_stays_and_the_newer_one_counts(add):
    wide = replace(NOTE_SUM, evidence=("Slide 15!F6",))
    path = add(before=f'rule,cells,printed,explanation\nnote_sum,{CELL}; Slide 15!F6,"{PRINTED}",Older\n'.encode())
    (told,), (unused,) = explain([wide], read_explanations(path))
    assert (told.remark, unused.explanation) == (f"Explained (officer, {TODAY}): Right.", "Older")


def test_the_line_of_one_finding_is_neither_changed_nor_void_by_another_that_rests_on_its_cell(add):
    other = replace(NOTE_SUM, where=("Slide 15!F9",), evidence=(CELL,), fields={"printed": "3"})
    path = add("First.")
    assert explain([other, NOTE_SUM], read_explanations(path))[0][0] == other
    add("Second.", other)
    assert reasons(path) == ["First.", "Second."]
    assert [told.severity for told in explain([other, NOTE_SUM], read_explanations(path))[0]] == ["note", "note"]


def test_what_excel_makes_of_a_percent_explains_it_still(add):
    path = add(SHARE.printed, SHARE)
    path.write_text(text_of(path).replace("15 %", "15%"), encoding="utf-8")
    assert explain([SHARE], read_explanations(path))[0][0].severity == "note"


# --- the words ---------------------------------------------------------------------------------------------

REASONS = (
    *(
        "=1+1",
        "+855 is the old number",
        "-2 in the paper",
        "@home",
        "'quoted'",
        "'=kept",
        "4/2",
        "11-17",
        "5",
        "Why???",
    ),
    *("two\nlines", 'he said "no", then; yes\tindeed', "ប្រភពក្រដាស៖ ៦ នាក់ (ស្រី ៥)។", "x" * 5000),
)


@pytest.mark.parametrize("reason", REASONS)
def test_a_reason_is_kept_as_it_was_typed_and_excel_calculates_nothing(add, reason):
    path = add(reason)
    assert reasons(path) == [reason]
    assert not any(cell.strip('"').startswith(("=", "+", "-", "@")) for cell in text_of(path).split(","))
    (told,), _ = explain([NOTE_SUM], read_explanations(path))
    assert told.remark == f"Explained (officer, {TODAY}): {' '.join(reason.split())}"


def test_figures_that_begin_like_a_formula_are_written_as_text(add):
    finding = Finding("relation", "note", "", (CELL,), fields={"printed": "4/2", "expected": "= 64"})
    path = add(finding=finding)
    assert text_of(path).splitlines()[1] == f"2010-Q2,relation,,{CELL},'4/2,'= 64,Right.,officer,{TODAY}"
    assert explain([finding], read_explanations(path))[0][0].severity == "note"


def test_line_breaks_become_one_kind_and_signs_that_nobody_types_go(add):
    assert reasons(add("  one\r\ntwo\rthree\x07\x1b\ufeff \n")) == ["one\ntwo\nthree"]


NO_REASON = "nothing was explained: the reason is empty."
LOST = "nothing was explained: letters of the reason or the role were lost"


@pytest.mark.parametrize(
    ("reason", "why"),
    [
        *((reason, NO_REASON) for reason in ("", " ", "\n\t", "\u00a0", "\u200b", ".", "-", "?!", "…", "\x07")),
        ("rÃ©fÃ©rÃ©", LOST),
        ("????????", LOST),
        ("??? ??", LOST),
        ("???????? SA1, NC2", LOST),
        ("Checked with ????????? form", LOST),
        ("a\udc81b", LOST),
        ("x" * 40_000, "nothing was explained: the reason has 40000 letters, and a cell holds 32767."),
    ],
)
def test_a_reason_that_says_nothing_or_could_not_be_read_back_is_refused(add, reason, why):
    with pytest.raises(CannotReadError) as refusal:
        add(reason)
    assert str(refusal.value).startswith(why)


# --- the command -------------------------------------------------------------------------------------------


@pytest.fixture
def workbook(tmp_path) -> Path:
    return Path(shutil.copy(WORKBOOK, tmp_path))


def test_the_command_explains_two_findings_and_one_of_them_anew(workbook):
    for cell, reason in (("'slide  15'!$f$5", "-2 in the paper"), ("Slide 16!H10", "-- =Second")):
        assert run("explain", workbook, cell, reason).exit_code == 0
    again = run("explain", workbook, CELL, "Third.", "--role=-the officer")
    assert f"It takes the place of the explanation of {TODAY}: “-2 in the paper”" in again.stdout
    path = workbook.parent / "explanations.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbfperiod,")
    assert [(line.cells, line.explanation) for line in read_explanations(path)] == [
        (CELL, "Third."),
        ("Slide 16!H10", "-- =Second"),
    ]
    checked = run("check", workbook).stdout
    assert f"Explained (-the officer, {TODAY}): Third." in checked
    assert f"Explained (M&E officer, {TODAY}): -- =Second" in checked


def test_what_the_command_refuses_leaves_the_file_as_it_is(workbook):
    path = workbook.parent / "explanations.csv"
    refused(run("explain", workbook, CELL, " "), 2, NO_REASON)
    refused(
        run("explain", workbook, "Slide 15!F6", "x"), 2, "Slide 15!F6: there is no finding at this cell. Did you mean"
    )
    assert not path.exists()
    path.write_bytes(UNREADABLE["two encodings"])
    refused(run("explain", workbook, CELL, "x"), 2, "explanations.csv: line 3 is written in another encoding")
    assert path.read_bytes() == UNREADABLE["two encodings"]
    path.unlink()
    path.mkdir()
    refused(run("explain", workbook, CELL, "x"), 2, "explanations.csv: this is a folder, where a CSV file belongs.")
    assert {each.name for each in workbook.parent.iterdir()} == {path.name, workbook.name}


def test_a_file_that_is_open_in_excel_stays_as_it_is(workbook, monkeypatch):
    path = workbook.parent / "explanations.csv"
    path.write_bytes(as_text([HEAD, EARLIER]).encode())

    def held(*_: object) -> None:
        raise PermissionError(13, "The process cannot access the file", "temporary", 32, str(path))

    monkeypatch.setattr(Path, "replace", held)
    refused(run("explain", workbook, CELL, "x"), 2, "explanations.csv: the explanation cannot be written here, so the")
    assert path.read_bytes() == as_text([HEAD, EARLIER]).encode()
    assert {each.name for each in workbook.parent.iterdir()} == {path.name, workbook.name}


def test_every_cell_that_a_check_names_first_can_be_asked_for(quarter: Report):
    for finding in quarter.problems:
        assert finding.where[0] in {finding_at([finding], finding.where[0].lower()).where[0]}
