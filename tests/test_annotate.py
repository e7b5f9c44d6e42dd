"""The annotated copy: coloured, commented, linked, and otherwise the same workbook."""

import hashlib
import io

import openpyxl
import pytest
from click.testing import CliRunner
from planting import plant
from workbooks import WORKBOOK

from ccpcr_lib import load
from ccpcr_lib.cli import main
from ccpcr_lib.excel.annotate import FILLS, annotate


@pytest.fixture(scope="module")
def annotated(tmp_path_factory):
    out = tmp_path_factory.mktemp("annotated") / "checked.xlsx"
    before = hashlib.sha256(WORKBOOK.read_bytes()).hexdigest()
    result = CliRunner().invoke(main, ["check", str(WORKBOOK), "--annotate", str(out)])
    assert result.exit_code == 1
    assert hashlib.sha256(WORKBOOK.read_bytes()).hexdigest() == before
    return openpyxl.load_workbook(out)


def test_the_first_sheet_lists_every_finding_with_a_link_to_its_cell(annotated, quarter):
    sheet = annotated.worksheets[0]
    assert sheet.title == "Findings"
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == [item.where[0] for item in quarter.problems]
    assert sheet["A2"].hyperlink.location == "'Slide 7'!H9" or sheet["A2"].hyperlink.target == "#'Slide 7'!H9"


def test_a_cell_in_dispute_is_coloured_and_says_why(annotated):
    cell = annotated["Slide 15"]["F5"]
    assert cell.fill.fgColor.rgb.endswith("F4B6B6")
    assert "adds up to 5, but the cell says 6" in cell.comment.text


def test_a_cell_that_is_likely_wrong_is_red_and_what_speaks_against_it_stays_plain(annotated):
    assert annotated["Slide 18"]["E5"].fill.fgColor.rgb.endswith("F4B6B6")
    plain = [annotated["Slide 8"]["J8"], annotated["Slide 7"]["N8"]]
    assert [(cell.comment, cell.fill.fgColor.rgb[-6:] in FILLS.values()) for cell in plain] == [(None, False)] * 2


def test_cells_one_of_which_is_wrong_are_amber_each(tmp_path):
    """The factory or the families have one client too many in April, and nothing tells which."""
    path = plant(tmp_path, ("Slide 18", "C6", 1), ("Slide 18", "C7", 13), ("Slide 18", "F6", 1), ("Slide 18", "F7", 25))
    checked = openpyxl.load_workbook(io.BytesIO(annotate(path, load(path).problems)))["Slide 18"]
    assert {cell: checked[cell].fill.fgColor.rgb[-6:] for cell in ("C5", "C6", "C7")} == {
        "C5": "FBD9A5",
        "C6": "FBD9A5",
        "C7": "F2F2F2",
    }


def test_a_comment_says_all_that_a_correction_would_settle(annotated):
    text = annotated["Slide 8"]["E8"].comment.text
    assert "exchanged they would settle this and one more disagreement" in text
    assert "- Slide 7!F8: Clients referred to the shelter, Female, June:" in text


def test_nothing_else_is_touched(annotated):
    original = openpyxl.load_workbook(WORKBOOK)
    for sheet in original.worksheets:
        copy = annotated[sheet.title]
        assert {cell.coordinate: cell.value for row in sheet for cell in row} == {
            cell.coordinate: cell.value for row in copy for cell in row
        }
        assert sorted(map(str, sheet.merged_cells.ranges)) == sorted(map(str, copy.merged_cells.ranges))


def test_the_workbook_itself_is_never_written(tmp_path):
    path = tmp_path / WORKBOOK.name
    path.write_bytes(WORKBOOK.read_bytes())
    result = CliRunner().invoke(main, ["check", str(path), "--annotate", str(path)])
    assert result.exit_code == 2
    assert path.read_bytes() == WORKBOOK.read_bytes()
