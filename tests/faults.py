"""Wrong figures planted into the real quarter: one more anywhere, two counts of a row swapped, a column shifted."""

from collections.abc import Iterator
from pathlib import Path

from openpyxl.utils.cell import coordinate_to_tuple as place_of
from planting import plant

from ccpcr_lib import load
from ccpcr_lib.analysis.report import Report

Change = list[tuple[str, str, object]]
"""The cells that are typed over: sheet, cell, and what stands there then."""


def numeric_cells(report: Report) -> dict[tuple[str, str], int]:
    """Give every cell that holds nothing but one number: base counts, totals, plan."""
    cells = {}
    for row in report.counts.itertuples():
        cells[tuple(row.source.split("!"))] = int(row.value)
    noted = set(report.printed.loc[report.printed["kind"].isin(("note", "share")), "source"])
    for row in report.printed.itertuples():
        if row.kind in ("total", "plan") and row.source not in noted:
            cells[tuple(row.source.split("!"))] = int(row.value)
    return {cell: value for cell, value in cells.items() if "!".join(cell) not in noted}


def base_cells(report: Report) -> dict[tuple[str, int, int], tuple[str, int]]:
    """Give the base counts by sheet, row and column."""
    noted = set(report.printed.loc[report.printed["kind"] == "note", "source"])
    cells = {}
    for row in report.counts.itertuples():
        if row.source not in noted:
            sheet, cell = row.source.split("!")
            cells[sheet, *place_of(cell)] = (cell, int(row.value))
    return cells


def plus_one(report: Report) -> Iterator[Change]:
    """Change every count and every printed total by one."""
    for (sheet, cell), value in numeric_cells(report).items():
        yield [(sheet, cell, value + 1)]


def swaps(report: Report) -> Iterator[Change]:
    """Swap every two different counts of a row."""
    cells = base_cells(report)
    for (sheet, row, column), (cell, value) in cells.items():
        for (other_sheet, other_row, other_column), (other, another) in cells.items():
            if (sheet, row) == (other_sheet, other_row) and column < other_column and value != another:
                yield [(sheet, cell, another), (sheet, other, value)]


def shifts(report: Report) -> Iterator[Change]:
    """Shift every column of counts by a row, the last to the top."""
    columns: dict[tuple[str, int], list[tuple[int, str, int]]] = {}
    for (sheet, row, column), (cell, value) in base_cells(report).items():
        columns.setdefault((sheet, column), []).append((row, cell, value))
    for (sheet, _), rows in columns.items():
        rows.sort()
        values = [value for *_, value in rows]
        if len(set(values)) > 1:
            yield [(sheet, cell, value) for (_, cell, _), value in zip(rows, [values[-1], *values[:-1]], strict=True)]


def is_noticed(report: Report, change: Change, folder: Path) -> bool:
    """Plant a change into a copy of the workbook: is there a new finding, and does it name a changed cell?"""
    known = {(item.rule, item.message) for item in report.problems}
    new = [item for item in load(plant(folder, *change)).problems if (item.rule, item.message) not in known]
    cells = {f"{sheet}!{cell}" for sheet, cell, _ in change}
    return any(cells & set(item.where) for item in new)
