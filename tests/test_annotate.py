"""The annotated copy: coloured, commented, linked, and otherwise the same workbook."""

import hashlib

import openpyxl
import pytest
from click.testing import CliRunner
from workbooks import WORKBOOK

from ccpcr_lib.cli import main


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
    assert sheet["A2"].hyperlink.location == "'Slide 7'!F8" or sheet["A2"].hyperlink.target == "#'Slide 7'!F8"


def test_a_cell_in_dispute_is_coloured_and_says_why(annotated):
    cell = annotated["Slide 15"]["F5"]
    assert cell.fill.fgColor.rgb.endswith("FBD9A5")
    assert "adds up to 5, but the cell says 6" in cell.comment.text


def test_the_other_table_of_a_contradiction_is_marked_too(annotated):
    assert annotated["Slide 18"]["E5"].comment is not None
    assert annotated["Slide 8"]["J8"].comment is not None


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
