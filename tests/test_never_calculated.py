"""A workbook that a program wrote which calculates nothing: one error, whatever its formulas stand for."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.cell import Cell
from workbooks import opened

from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.errors import CannotReadError


def formulas(folder: Path, are_formulas: Callable[[Cell], bool]) -> Path:
    """Write some cells of the quarter as formulas, as a program does that calculates nothing and asks for nothing."""
    book = opened()
    for sheet in book.worksheets[1:15]:
        for cell in (
            cell for row in sheet.iter_rows() for cell in row if isinstance(cell, Cell) and cell.value is not None
        ):
            if are_formulas(cell):
                cell.value = f"={cell.value}+0" if isinstance(cell.value, int) else f'="{cell.value}"'
    book.calculation.fullCalcOnLoad = False
    book.save(folder / "2010-Q2.xlsx")
    return folder / "2010-Q2.xlsx"


def not_calculated(path: Path) -> list[str]:
    """Give the errors of a workbook, which are one."""
    return [finding.message for finding in read_workbook(path).findings if finding.severity == "error"]


def test_several_formulas_of_a_sheet_without_results_are_one_error(tmp_path):
    path = formulas(tmp_path, lambda cell: cell.coordinate in ("C5", "D7", "E7") and cell.parent.title == "Slide 12")
    assert not_calculated(path) == [
        "Slide 12!C5: 3 formulas, this one first, have no result yet. "
        "Open the file in Excel, save it there once, and try again."
    ]


def test_a_workbook_that_another_program_wrote_is_one_error_that_counts_and_names_the_sheets(tmp_path):
    path = formulas(tmp_path, lambda cell: isinstance(cell.value, int) and cell.column > 2 and cell.value < 1000)
    (line,) = not_calculated(path)
    assert line.startswith("Slide 6!C6: ")
    assert " formulas, this one first, have no result yet (on Slide 6, Slide 7, Slide 8, Slide 9, Slide 12, " in line
    assert line.endswith("Slide 20, Slide 21). Open the file in Excel, save it there once, and try again.")


def test_titles_and_row_labels_without_results_are_that_one_error_too(tmp_path):
    (line,) = not_calculated(formulas(tmp_path, lambda cell: cell.column == 2 and cell.row > 3))
    assert line.startswith("Slide 6!B4: ")
    assert line.endswith("Open the file in Excel, save it there once, and try again.")


def test_a_workbook_in_which_nothing_can_be_read_for_that_says_so(tmp_path):
    with pytest.raises(CannotReadError, match=r"because \d+ formulas have no result yet, first Slide 6!A1:"):
        read_workbook(formulas(tmp_path, lambda cell: True))
