"""A raised mark is no digit of a figure, and struck text is no figure: by run, by the cell's font, by character."""

import openpyxl
import pytest
from looks import LOWERED, RAISED, STRUCK, count_at, looking, marks, runs, shared, words
from planting import FIXTURES, SHEET, pack, parts_of
from workbooks import ROOT, opened

from ccpcr_lib.excel.annotate import annotate
from ccpcr_lib.excel.plan_file import read_plan
from ccpcr_lib.excel.reader import read_workbook

CELL = "Slide 6!D9"


@pytest.mark.parametrize(
    "inside",
    [
        runs(("", "57"), (RAISED, "1")),
        runs((RAISED, "1"), ("", "57")),
        runs(("", "57"), (LOWERED, "1")),
        runs(("<b/>", "57"), (f"<b/>{RAISED}", " a")),
        runs(("", "5"), ("", "7"), (RAISED, "1"), (RAISED, ",2")),
        runs(("", "57"), (RAISED, "*")),
        words("57¹"),
        words("¹57"),
        words("57¹²"),
        words("57⁽³⁾"),
        words("57₂"),
    ],
)
def test_a_raised_or_lowered_mark_is_left_aside_with_a_note(tmp_path, inside):
    reading = looking(tmp_path, CELL, inside)
    assert count_at(reading, CELL) == 57
    assert marks(reading) == [("raised_mark", "note", (CELL,))]
    assert "“57” was read" in reading.findings[0].message


@pytest.mark.parametrize(
    "inside", [runs(("", "6"), (RAISED, "2"), ("", " (SA1, NC2, TL3)")), words("6² (SA1, NC2, TL3)")]
)
def test_a_mark_before_a_note_leaves_the_note_as_it_is(tmp_path, inside):
    reading = looking(tmp_path, CELL, inside)
    assert count_at(reading, CELL) == 6
    assert sorted(claim.value for claim in reading.claims if claim.source == CELL) == [1, 2, 3]


@pytest.mark.parametrize("inside", [runs(("", "5"), (RAISED, "1"), ("", "7")), words("5¹7")])
def test_a_mark_between_two_digits_makes_no_number_of_them(tmp_path, inside):
    reading = looking(tmp_path, CELL, inside)
    assert count_at(reading, CELL) is None
    assert ("not_a_number", "error", (CELL,)) in marks(reading)


@pytest.mark.parametrize(
    ("inside", "struck"),
    [
        (runs((STRUCK, "5"), ("", "7")), "5"),
        (runs(("", "7"), (STRUCK, " 5")), "5"),
        (runs(("<dstrike/>", "5"), ("", "7")), "5"),
        (runs(('<strike val="1"/>', "5"), ("", "7")), "5"),
        (runs((STRUCK, "57")), "57"),
        (runs((f"{STRUCK}{RAISED}", "5"), ("", "7")), "5"),
    ],
)
def test_struck_text_in_a_figure_is_an_error_at_its_cell_and_nothing_is_read(tmp_path, inside, struck):
    reading = looking(tmp_path, CELL, inside)
    assert count_at(reading, CELL) is None
    assert marks(reading) == [("struck_text", "error", (CELL,))]
    assert f"“{struck}” is struck out" in reading.findings[0].message


@pytest.mark.parametrize(
    "look",
    ['<strike val="0"/>', '<strike val="false"/>', '<vertAlign val="baseline"/>', "<b/>", '<u val="single"/>', ""],
)
def test_what_is_not_struck_out_or_raised_is_read_as_it_stands(tmp_path, look):
    reading = looking(tmp_path, CELL, runs((look, "5"), ("", "7")))
    assert (count_at(reading, CELL), reading.findings) == (57, ())


def test_a_blank_that_is_struck_out_or_raised_does_not_matter(tmp_path):
    reading = looking(tmp_path, CELL, runs(("", "7"), (STRUCK, " "), (RAISED, " ")))
    assert (count_at(reading, CELL), reading.findings) == (7, ())


@pytest.mark.parametrize(
    ("font", "inside", "kind", "rule"),
    [
        (STRUCK, "57", "n", "struck_text"),
        (STRUCK, words("57"), "inlineStr", "struck_text"),
        (STRUCK, runs(("", "57")), "inlineStr", "struck_text"),
        (STRUCK, runs(("", "5"), ("<b/>", "7")), "inlineStr", "struck_text"),
        (RAISED, "57", "n", "raised_figure"),
        (LOWERED, words("57"), "inlineStr", "raised_figure"),
    ],
)
def test_a_figure_marked_by_its_cells_font_is_an_error_at_its_cell(tmp_path, font, inside, kind, rule):
    reading = looking(tmp_path, CELL, inside, kind=kind, font=font)
    assert count_at(reading, CELL) is None
    assert marks(reading) == [(rule, "error", (CELL,))]


@pytest.mark.parametrize("inside", [runs((RAISED, "57")), runs((RAISED, "5"), (RAISED, "7")), words("⁵⁷")])
def test_a_figure_that_is_nothing_but_raised_is_never_dropped_without_a_word(tmp_path, inside):
    reading = looking(tmp_path, CELL, inside)
    assert marks(reading) == [("raised_figure", "error", (CELL,))]


def test_a_run_of_its_own_look_is_not_struck_out_by_its_cell(tmp_path):
    reading = looking(tmp_path, CELL, runs(("<b/>", "57")), font=STRUCK)
    assert (count_at(reading, CELL), reading.findings) == (57, ())


@pytest.mark.parametrize(
    "inside", [runs(("", "Trafficking for Labor (TL)"), (RAISED, "3")), words("Trafficking for Labor (TL)³")]
)
def test_a_mark_at_a_label_is_left_aside_with_a_note(tmp_path, inside):
    reading = looking(tmp_path, "Slide 6!B9", inside)
    assert len(reading.base) == 317
    assert marks(reading) == [("raised_mark", "note", ("Slide 6!B9",))]


def test_struck_text_in_a_label_or_a_heading_is_an_error_there(tmp_path):
    reading = looking(tmp_path, "Slide 6!B9", runs(("", "Trafficking for Labor"), (STRUCK, " (TL)")))
    assert marks(reading) == [("struck_text", "error", ("Slide 6!B9",))]
    reading = looking(tmp_path, "Slide 6!D5", runs((STRUCK, "April")))
    assert marks(reading) == [("struck_text", "error", ("Slide 6!D5",))]


@pytest.mark.parametrize("ordinal", ["nd", "ND", " nd "])
def test_the_raised_letters_of_an_ordinal_belong_to_its_number(tmp_path, ordinal):
    reading = looking(
        tmp_path, "Slide 6!A2", runs(("", "Types of cases referred, 2"), (RAISED, ordinal), ("", " quarter 2010"))
    )
    assert reading.findings == ()
    assert reading.period == "2010-Q2"


def test_marks_outside_the_tables_do_not_matter(tmp_path):
    assert (
        looking(tmp_path, "Slide 6!A2", runs((STRUCK, "Types of cases"), ("", " referred"), (RAISED, "1"))).findings
        == ()
    )


def test_marks_in_shared_strings_are_seen_too(tmp_path):
    parts = parts_of()
    for cell, text in (("D9", runs((STRUCK, "5"), ("", "7"))), ("E9", runs(("", "57"), (RAISED, "1")))):
        written = f'<c r="{cell}" t="inlineStr"><is>{text}</is></c>'.encode()
        start = parts[SHEET].index(f'<c r="{cell}"'.encode())
        end = parts[SHEET].index(b"<c r=", start + 5)
        parts[SHEET] = parts[SHEET][:start] + written + parts[SHEET][end:]
    reading = read_workbook(
        pack(
            tmp_path / "2010-Q2.xlsx", shared(parts, SHEET, strings="xl/sharedStrings.xml", target="sharedStrings.xml")
        )
    )
    assert marks(reading) == [("struck_text", "error", (CELL,)), ("raised_mark", "note", ("Slide 6!E9",))]
    assert count_at(reading, "Slide 6!E9") == 57


@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats_have_the_same_marks(suffix):
    reading = read_workbook(FIXTURES / f"marks.{suffix}", "2010-Q2")
    found = {(rule, where[0]) for rule, _, where in marks(reading) if "struck" in rule or "raised" in rule}
    raised = {("raised_mark", f"Slide 6!{cell}") for cell in ("E6", "F6", "B8", "D8", "B10")}
    struck = {("struck_text", f"Slide 6!{cell}") for cell in ("D6", "D7", "F7", "B9")}
    assert found == raised | struck | {("raised_figure", "Slide 6!E8")}
    assert [count_at(reading, f"Slide 6!{cell}") for cell in ("D6", "E6", "F6", "D7", "D8")] == [None, 57, 57, None, 12]


def test_an_annotated_copy_keeps_the_marks(tmp_path):
    looking(tmp_path, CELL, runs((STRUCK, "5"), ("", "7")))
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(annotate(tmp_path / "2010-Q2.xlsx", ()))
    assert marks(read_workbook(copy, "2010-Q2")) == [("struck_text", "error", (CELL,))]


def test_a_plan_is_not_read_from_struck_text(tmp_path):
    from openpyxl.styles import Font

    book = openpyxl.load_workbook(ROOT / "data" / "plan.xlsx")
    book["Targets"]["C2"].font = Font(strike=True)
    book.save(tmp_path / "plan.xlsx")
    assert [finding.rule for finding in read_plan(tmp_path / "plan.xlsx")[1]] == ["struck_text"]


def test_a_sentence_keeps_its_raised_letters_and_is_not_shown_with_struck_ones(tmp_path):
    from openpyxl.cell.rich_text import CellRichText, TextBlock
    from openpyxl.cell.text import InlineFont

    book = opened()
    sheet = book.create_sheet("Words")
    sheet.append(["Section", "Text"])
    sheet.append(
        ["Summary", CellRichText("All went well¹ by the 2", TextBlock(InlineFont(vertAlign="superscript"), "nd"))]
    )
    sheet.append(["Summary", CellRichText(TextBlock(InlineFont(strike=True), "None"), " came back.")])
    book.save(tmp_path / "2010-Q2.xlsx")
    reading = read_workbook(tmp_path / "2010-Q2.xlsx")
    assert "All went well¹ by the 2nd" in [bullet.text for bullet in reading.narrative]
    assert not any("came back" in bullet.text for bullet in reading.narrative)
    assert marks(reading) == [("struck_text", "error", ("Words!B3",))]
