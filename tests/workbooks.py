"""Changed copies of the quarter's workbook: other cells, rows more or less, another quarter."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from unittest.mock import patch

import openpyxl
from openpyxl.worksheet.merge import MergedCellRange

ROOT = Path(__file__).resolve().parent.parent
QUARTER = ROOT / "tests" / "quarter"
"""The real quarter's workbook and plan as the truths know them: what else a shelter keeps in `data` breaks no test."""
WORKBOOK = QUARTER / "2010-Q2.xlsx"
PLAN = QUARTER / "plan.xlsx"
DEMO = ROOT / "data" / "demo"
CHARTS_OVER_TIME = 7
"""The charts of notebook 4: bullets, a burn-up, two slopes, two runs, small panels."""


def changed(folder: Path, cells: Mapping[str, object], *, name: str = "2010-Q2.xlsx") -> Path:
    """Copy the workbook with other contents in some cells, named as in findings: ``Slide 12!D5``."""
    from planting import plant  # which knows this workbook

    try:
        return plant(folder, *((*address.rsplit("!", 1), content) for address, content in cells.items()), name=name)
    except ValueError:  # a cell that the workbook does not have yet
        pass

    def change(book: openpyxl.Workbook) -> None:
        for address, content in cells.items():
            sheet, _, cell = address.rpartition("!")
            book[sheet][cell] = content

    return _copied(folder / name, change)


def with_rows(folder: Path, sheet: str, before: int, rows: Sequence[Sequence[object]]) -> Path:
    """Copy the workbook with rows put in before a row of one sheet."""

    def change(book: openpyxl.Workbook) -> None:
        page = _flat(book[sheet])
        page.insert_rows(before, len(rows))
        for number, row in enumerate(rows, before):
            for column, content in enumerate(row, 1):
                page.cell(number, column, content)

    return _copied(folder / "2010-Q2.xlsx", change)


def without_row(folder: Path, sheet: str, row: int) -> Path:
    """Copy the workbook without one row of a sheet."""
    return _copied(folder / "2010-Q2.xlsx", lambda book: _flat(book[sheet]).delete_rows(row))


def without_column(folder: Path, sheet: str, column: int) -> Path:
    """Copy the workbook without one column of a sheet."""
    return _copied(folder / "2010-Q2.xlsx", lambda book: _flat(book[sheet]).delete_cols(column))


def without_sheet(folder: Path, sheet: str) -> Path:
    """Copy the workbook without one sheet."""
    return _copied(folder / "2010-Q2.xlsx", lambda book: book.remove(book[sheet]))


def next_quarter(path: Path) -> Path:
    """Copy the workbook as the third quarter of 2010: the same figures under other months."""
    words = {
        "Apr": "Jul",
        "May": "Aug",
        "Jun": "Sep",
        "1st quarter": "2nd quarter",
        "2nd quarter": "3rd quarter",
    }
    inside = {
        "Total 2nd Quarter": "Total 3rd Quarter",
        "April - June": "July - September",
        "April to June": "July to September",
    }

    def change(book: openpyxl.Workbook) -> None:
        for cell in (
            cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)
        ):
            text = words.get(cell.value, cell.value)
            for old, new in inside.items():
                text = text.replace(old, new)
            cell.value = text.replace("2nd quarter 2010", "3rd quarter 2010")

    return _copied(path, change)


def _flat(sheet):
    """Take merged cells apart, since openpyxl does not move them with their rows."""
    for merged in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(str(merged))
    return sheet


def opened(path: Path = WORKBOOK) -> openpyxl.Workbook:
    """Open a workbook to change it; that merged cells have borders, which takes longest, is left out."""
    with patch.object(MergedCellRange, "format"):
        return openpyxl.load_workbook(path)


def _copied(path: Path, change: Callable[[openpyxl.Workbook], None]) -> Path:
    book = opened()
    change(book)
    book.save(path)
    return path
