"""What two people typed differently is settled in a list, and from that the agreed workbook is made."""

import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from commands import digest, refused, run
from partner_sheets import HEAD, SECOND_ROW, SUM, partners, written
from planting import parts_of, plant
from programs import soffice
from workbooks import DEMO, WORKBOOK

from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.quality.compared import compare_workbooks

AGREED = 7
"""The column of the list to fill in."""


def listed(first: Path, second: Path) -> Path:
    """The list of what differs, as the command writes it."""
    path = second.with_name("differences.xlsx")
    result = run("compare", first, second, "--settle", path)
    assert (result.exit_code, result.stderr) == (1, "")
    return path


def filled_in(path: Path, **agreed: object) -> Path:
    """The list with what was agreed, by the cell of the first workbook without its sheet."""
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=5):
        row[AGREED - 1].value = agreed[row[2].value.rpartition("!")[2]]
    book.save(path)
    return path


def settled(first: Path, second: Path, **agreed: object):
    """What the command does with a list filled in like this, and the workbook that it writes."""
    out = second.with_name("2010-Q2-agreed.xlsx")
    return run("compare", first, second, "--agreed", filled_in(listed(first, second), **agreed), "-o", out), out


def values(path: Path, *cells: str) -> list[object]:
    """What a workbook of partner referrals says in some cells, and whether each is text."""
    sheet = openpyxl.load_workbook(path)["Partners"]
    return [sheet[cell].value for cell in cells]


# --- the list ---


def test_the_list_has_both_figures_both_cells_and_an_empty_column(tmp_path):
    second = plant(tmp_path, ("Slide 12", "C7", 6), ("Slide 15", "F5", "6 (SA1, NC3, TL2)"), name="B.xlsx")
    sheet = openpyxl.load_workbook(listed(WORKBOOK, second)).active
    lines = list(sheet.iter_rows(min_row=3, values_only=True))
    assert [lines[0][place] for place in (2, 4)] == ["2010-Q2.xlsx", "B.xlsx"]
    assert [line[2:] for line in lines[2:]] == [
        ("Slide 12!C7", "5", "Slide 12!C7", "6", None, None),
        ("Slide 15!F5", "6 (SA1, NC2, TL2)", "Slide 15!F5", "6 (SA1, NC3, TL2)", None, None),
    ]
    assert sheet.cell(5, AGREED).number_format == "@"  # so that 4/2 stays 4/2
    assert lines[2][:2] == ("Clients enrolled in school by grade", "Clients enrolled in school, Grade 2, April")


def test_a_list_is_not_written_over_nor_where_a_workbook_is_to_be_corrected_first(tmp_path):
    first = partners(tmp_path, "A.xlsx", ["COSECAM", 0, 2, 0, 2], SECOND_ROW)
    second = partners(tmp_path, "B.xlsx", ["COSECAM", 0, 5, 0, 5])
    result = run("compare", first, second, "--settle", tmp_path / "list.xlsx")
    assert (result.exit_code, (tmp_path / "list.xlsx").exists()) == (1, False)
    assert "lacks the row “CWDA”" in result.stdout
    assert result.stderr.startswith("Nothing was written.\nWhat only one workbook has,")
    refused(run("compare", first, second, "--settle", second), 2, "B.xlsx: this file is there already")
    refused(run("compare", first, second, "--settle", tmp_path / "list.csv"), 2, "list.csv: the list of differences")


def test_where_nothing_differs_no_list_is_needed(tmp_path):
    second = plant(tmp_path, ("Slide 12", "C7", "5"), name="B.xlsx")
    result = run("compare", WORKBOOK, second, "--settle", tmp_path / "list.xlsx")
    assert (result.exit_code, (tmp_path / "list.xlsx").exists()) == (0, False)
    assert result.stdout.startswith("Nothing differs: no list is needed.")


# --- the agreed workbook ---


def test_the_agreed_workbook_is_a_copy_of_the_first_with_what_was_agreed(tmp_path):
    second = plant(tmp_path, *(("Slide 12", cell, 9) for cell in ("C7", "C8", "C9", "C10")), name="B.xlsx")
    before = digest(WORKBOOK), digest(second)
    result, out = settled(WORKBOOK, second, C7=5, C8="9", C9=7, C10="blank")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Agreed as in 2010-Q2.xlsx: 1; as in B.xlsx: 1; as in neither: 2. Keep differences.xlsx" in result.stdout
    figures = {count.source: count.value for count in read_workbook(out).base}
    assert [figures[f"Slide 12!{cell}"] for cell in ("C7", "C8", "C9", "C10")] == [5, 9, 7, None]
    assert [item.first.cell for item in compare_workbooks(WORKBOOK, out).differences] == [
        f"Slide 12!{cell}" for cell in ("C8", "C9", "C10")
    ]
    own, copied = parts_of(WORKBOOK), parts_of(out)
    assert {name for name in own if own[name] != copied[name]} == {"xl/worksheets/sheet6.xml"}
    assert (digest(WORKBOOK), digest(second)) == before


def test_what_was_agreed_keeps_the_format_of_its_cell(tmp_path):
    _, out = settled(WORKBOOK, plant(tmp_path, ("Slide 12", "C7", 6), name="B.xlsx"), C7=6)
    cells = [re.search(rb'<c r="C7".*?</c>', parts_of(path)["xl/worksheets/sheet6.xml"])[0] for path in (WORKBOOK, out)]
    assert cells[0].partition(b" t=")[0] == cells[1].partition(b">")[0]  # its address and its format
    assert cells[1].endswith(b"><v>6</v></c>")


def test_the_order_of_the_lines_and_a_column_beside_them_do_not_matter(tmp_path):
    second = plant(tmp_path, ("Slide 12", "C7", 6), ("Slide 12", "C9", 9), name="B.xlsx")
    path = filled_in(listed(WORKBOOK, second), C7=6, C9=9)
    book = openpyxl.load_workbook(path)
    book.active.move_range("A6:G6", rows=2)
    book.active["H5"] = "seen in the forms"
    book.save(path)
    result = run("compare", WORKBOOK, second, "--agreed", path, "-o", tmp_path / "out.xlsx")
    assert (result.exit_code, compare_workbooks(second, tmp_path / "out.xlsx").differences) == (0, ())


def test_a_note_a_percent_and_a_sentence_are_agreed_as_they_stand_in_their_cells(tmp_path):
    head = [*HEAD[:2], [*HEAD[2], "%", "Notes"]]
    first = written(tmp_path, "A.xlsx", [*head, ["COSECAM", 0, 2, 0, 2, 0.67, "(SA2)"], [*SECOND_ROW, "33%", None]])
    second = written(tmp_path, "B.xlsx", [*head, ["COSECAM", 0, 2, 0, 2, 0.66, "(SA1)"], [*SECOND_ROW, "32%", "(F1)"]])
    result, out = settled(first, second, F4="66%", G4="NC1, SA1", F5="32 %", G5="(F1)")
    assert result.exit_code == 0
    assert values(out, "F4", "G4", "F5", "G5") == [0.66, "NC1, SA1", "32 %", "(F1)"]


def test_percents_that_are_typed_as_numbers_stay_numbers(tmp_path):
    head = [*HEAD[:2], [*HEAD[2], "%"]]
    first = written(tmp_path, "A.xlsx", [*head, ["COSECAM", 0, 2, 0, 2, 67], [*SECOND_ROW, 33]])
    second = written(tmp_path, "B.xlsx", [*head, ["COSECAM", 0, 2, 0, 2, 66], [*SECOND_ROW, 33]])
    _, out = settled(first, second, F4="66%")
    assert values(out, "F4", "F5") == [66, 33]


def test_a_sentence_is_agreed_as_it_is_to_be_read(tmp_path):
    second = plant(tmp_path, ("Narrative", "C5", "Another sentence."), name="B.xlsx")
    result, out = settled(WORKBOOK, second, C5="A third one.")
    texts = {bullet.source: bullet.text for bullet in read_workbook(out).narrative}
    assert (result.exit_code, texts["Narrative!C5"]) == (0, "A third one.")


def test_where_nothing_differs_the_copy_is_written_at_once(tmp_path):
    second, out = plant(tmp_path, ("Slide 12", "C7", "5"), name="B.xlsx"), tmp_path / "out.xlsx"
    result = run("compare", WORKBOOK, second, "-o", out)
    assert (result.exit_code, digest(out)) == (0, digest(WORKBOOK))
    assert result.stdout.startswith(f"{out} is the agreed workbook, a copy of 2010-Q2.xlsx: nothing differed.")
    refused(run("compare", WORKBOOK, second, "-o", out), 2, "out.xlsx: this file is there already")


def test_where_every_figure_differs_all_are_listed_and_the_agreed_workbook_is_the_other_one(tmp_path, reading):
    counts = {count.source: count.value + 1 for count in reading.base}
    second = plant(tmp_path, *((*cell.split("!"), value) for cell, value in counts.items()), name="B.xlsx")
    told = {item.first.cell: item.second.text for item in compare_workbooks(WORKBOOK, second).differences}
    assert told == {cell: str(value) for cell, value in counts.items()}
    path, out = listed(WORKBOOK, second), tmp_path / "out.xlsx"
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows(min_row=5):
        row[AGREED - 1].value = row[AGREED - 2].value
    book.save(path)
    assert run("compare", WORKBOOK, second, "--agreed", path, "-o", out).exit_code == 0
    assert compare_workbooks(second, out).differences == ()


# --- formulas ---


def test_totals_that_are_formulas_have_no_results_until_they_are_calculated(tmp_path):
    first = partners(tmp_path, "A.xlsx", ["COSECAM", 0, 2, 0, (SUM, 2)], SECOND_ROW)
    second = partners(tmp_path, "B.xlsx", ["COSECAM", 0, 5, 0, (SUM, 5)], SECOND_ROW)
    result, out = settled(first, second, C4=5)
    assert result.exit_code == 0
    assert "First open 2010-Q2-agreed.xlsx in Excel and save it there once" in result.stdout
    assert [(item.rule, item.where) for item in read_workbook(out).findings if item.severity == "error"] == [
        ("not_calculated", ("Partners!E4",))
    ]
    assert values(out, "C4", "E4") == [5, SUM]
    assert openpyxl.load_workbook(out, data_only=True)["Partners"]["E4"].value is None


@pytest.mark.slow
def test_a_program_that_opens_the_agreed_workbook_calculates_its_totals(tmp_path):
    first = partners(tmp_path, "A.xlsx", ["COSECAM", 0, 2, 0, (SUM, 2)], SECOND_ROW)
    second = partners(tmp_path, "B.xlsx", ["COSECAM", 0, 5, 0, (SUM, 5)], SECOND_ROW)
    _, out = settled(first, second, C4=4)
    (saved,) = soffice([out], tmp_path / "saved", "xlsx")
    reading = read_workbook(saved)
    assert {claim.source: claim.value for claim in reading.claims} == {"Partners!E4": 4, "Partners!E5": 1}
    assert [item for item in reading.findings if item.severity == "error"] == []


def test_nothing_is_to_be_calculated_where_all_is_as_in_the_first(tmp_path):
    first = partners(tmp_path, "A.xlsx", ["COSECAM", 0, 2, 0, (SUM, 2)], SECOND_ROW)
    second = partners(tmp_path, "B.xlsx", ["COSECAM", 0, 5, 0, (SUM, 5)], SECOND_ROW)
    result, out = settled(first, second, C4=2)
    assert (result.exit_code, digest(out)) == (0, digest(first))
    assert "in Excel" not in result.stdout


def test_a_formula_and_what_is_no_figure_are_not_written_over(tmp_path):
    head = [*HEAD[:2], [*HEAD[2], "Notes"]]
    first = written(tmp_path, "A.xlsx", [*head, ["COSECAM", ("=1+1", 2), 0, 0, 2, "see the form"], SECOND_ROW])
    second = written(tmp_path, "B.xlsx", [*head, ["COSECAM", 5, 0, 0, 2, None], SECOND_ROW])
    third = written(tmp_path, "C.xlsx", [*head, ["COSECAM", 2, 0, 0, 2, "(SA2)"], SECOND_ROW])
    for other, start in ((second, "B4 holds a formula, and is not"), (third, "F4 holds something that is no figure")):
        path = tmp_path / "list.xlsx"
        refused(run("compare", first, other, "--settle", path), 2, f"A.xlsx: Partners!{start}")
        assert not path.exists()


# --- what is refused ---


def test_lines_that_are_not_settled_are_named(tmp_path):
    second = plant(tmp_path, ("Slide 12", "C7", 6), ("Slide 12", "C9", 9), ("Slide 12", "C10", 4), name="B.xlsx")
    result, out = settled(WORKBOOK, second, C7=6, C9=None, C10=" ")
    assert (result.exit_code, out.exists(), result.stdout) == (1, False, "")
    assert "differences.xlsx: these lines are not settled yet: Differences!G6, Differences!G7." in result.stderr


@pytest.mark.parametrize("text", ["six", "-3", "2.5", "15%", "6 (SA6)", "A", "2010-04-02", "(F6)"])
def test_lines_that_nobody_understands_are_named(tmp_path, text):
    result, out = settled(WORKBOOK, plant(tmp_path, ("Slide 12", "C7", 6), name="B.xlsx"), C7=text)
    assert (result.exit_code, out.exists(), result.stdout) == (1, False, "")
    assert f"differences.xlsx: these lines cannot be understood: Differences!G5 (“{text}”)." in result.stderr


def test_a_list_that_does_not_fit_any_more_is_refused(tmp_path):
    second = plant(tmp_path, ("Slide 12", "C7", 6), name="B.xlsx")
    path = filled_in(listed(WORKBOOK, second), C7=6)
    plant(tmp_path, ("Slide 12", "C7", 8), name="B.xlsx")
    result = run("compare", WORKBOOK, second, "--agreed", path, "-o", tmp_path / "out.xlsx")
    assert (result.exit_code, (tmp_path / "out.xlsx").exists()) == (1, False)
    assert "does not fit 2010-Q2.xlsx and B.xlsx any more, at Differences!G5, Slide 12!C7:" in result.stderr


def test_a_list_with_the_workbooks_the_other_way_round_is_refused(tmp_path):
    second = plant(tmp_path, ("Slide 12", "C7", 6), name="B.xlsx")
    path = filled_in(listed(WORKBOOK, second), C7=6)
    result = run("compare", second, WORKBOOK, "--agreed", path, "-o", tmp_path / "out.xlsx")
    refused(result, 1, "differences.xlsx: this list was written with the two workbooks the other way round.")


def test_what_is_no_list_and_options_that_do_not_go_together_are_refused(tmp_path):
    second, out = plant(tmp_path, ("Slide 12", "C7", 6), name="B.xlsx"), tmp_path / "out.xlsx"
    refused(
        run("compare", WORKBOOK, second, "--agreed", second, "-o", out), 2, "B.xlsx: this is no list of differences"
    )
    refused(run("compare", WORKBOOK, second, "--agreed", second), 2, "--agreed needs -o")
    refused(run("compare", WORKBOOK, second, "--settle", out, "-o", out), 2, "--settle writes the list, and -o the")
    refused(run("compare", WORKBOOK, second, "--settle", out, "--agreed", out), 2, "--settle writes a list, --agreed")
    refused(run("compare", WORKBOOK, second, "-o", tmp_path / "out.ods"), 2, "out.ods: the agreed workbook is a copy")
    assert not out.exists()


def test_the_first_workbook_must_be_one_that_can_be_copied(tmp_path):
    first = tmp_path / "A.xls"
    shutil.copy(WORKBOOK, first)
    refused(run("compare", first, WORKBOOK, "-o", tmp_path / "out.xls"), 2, "A.xls: the agreed workbook is a copy of")


def test_differences_are_listed_and_nothing_is_written_without_a_list(tmp_path):
    second = plant(tmp_path, ("Slide 12", "C7", 6), name="B.xlsx")
    result = run("compare", WORKBOOK, second, "-o", tmp_path / "out.xlsx")
    assert (result.exit_code, (tmp_path / "out.xlsx").exists()) == (1, False)
    assert "1 difference." in result.stdout
    assert result.stderr.startswith("Nothing was written.\nTo settle them, write a list")


# --- the workbook that the project makes ---


def test_a_workbook_made_to_type_into_can_be_settled(tmp_path):
    first = DEMO / "2010-Q2-SYNTHETIC.xlsx"
    second = tmp_path / "B.xlsx"
    parts = parts_of(first)
    with zipfile.ZipFile(second, "w") as package:
        for name, part in parts.items():
            is_sheet = name == "xl/worksheets/sheet2.xml"
            package.writestr(name, part.replace(b'"C9" s="10"><v>1<', b'"C9" s="10"><v>4<') if is_sheet else part)
    told = compare_workbooks(first, second).differences
    assert [(item.kind, item.first.cell) for item in told] == [("count", "Referrals by type!C9")]
    result, out = settled(first, second, C9=4)
    assert result.exit_code == 0
    sheet = openpyxl.load_workbook(out)["Referrals by type"]
    assert (sheet["C9"].value, sheet["F9"].value) == (4, '=IF(COUNT(C9:E9)=0,"",SUM(C9:E9))')
    assert sheet.data_validations.dataValidation
