"""How many wrong figures are seen, and how many right ones are suspected. Run with `make bench`.

Every count and every printed total of the real quarter is changed by one, every two different counts of a row are
swapped, every column of counts is shifted by a row: is there a new finding, and does it name a changed cell?
Then 200 random quarters that agree with themselves: is there any finding above a note?
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from consistent import consistent
from layouts import LAYOUTS, write
from openpyxl.utils.cell import coordinate_to_tuple as place_of
from planting import plant
from workbooks import WORKBOOK

from ccpcr_lib import load

Change = list[tuple[str, str, object]]


@pytest.fixture(scope="module")
def report():
    return load(WORKBOOK)


def numeric_cells(report) -> dict[tuple[str, str], int]:
    """Give every cell that holds nothing but one number: base counts, totals, plan."""
    cells = {}
    for row in report.counts.itertuples():
        cells[tuple(row.source.split("!"))] = int(row.value)
    noted = set(report.printed.loc[report.printed["kind"].isin(("note", "share")), "source"])
    for row in report.printed.itertuples():
        if row.kind in ("total", "plan") and row.source not in noted:
            cells[tuple(row.source.split("!"))] = int(row.value)
    return {cell: value for cell, value in cells.items() if "!".join(cell) not in noted}


def plus_one(report) -> Iterator[Change]:
    for (sheet, cell), value in numeric_cells(report).items():
        yield [(sheet, cell, value + 1)]


def base_cells(report) -> dict[tuple[str, int, int], tuple[str, int]]:
    """Give the base counts by sheet, row and column."""
    noted = set(report.printed.loc[report.printed["kind"] == "note", "source"])
    cells = {}
    for row in report.counts.itertuples():
        if row.source not in noted:
            sheet, cell = row.source.split("!")
            cells[sheet, *place_of(cell)] = (cell, int(row.value))
    return cells


def swaps(report) -> Iterator[Change]:
    cells = base_cells(report)
    for (sheet, row, column), (cell, value) in cells.items():
        for (other_sheet, other_row, other_column), (other, another) in cells.items():
            if (sheet, row) == (other_sheet, other_row) and column < other_column and value != another:
                yield [(sheet, cell, another), (sheet, other, value)]


def shifts(report) -> Iterator[Change]:
    columns: dict[tuple[str, int], list[tuple[int, str, int]]] = {}
    for (sheet, row, column), (cell, value) in base_cells(report).items():
        columns.setdefault((sheet, column), []).append((row, cell, value))
    for (sheet, _), rows in columns.items():
        rows.sort()
        values = [value for *_, value in rows]
        if len(set(values)) > 1:
            yield [(sheet, cell, value) for (_, cell, _), value in zip(rows, [values[-1], *values[:-1]], strict=True)]


@pytest.mark.parametrize("kind", [plus_one, swaps, shifts], ids=lambda kind: kind.__name__)
def test_detection(report, tmp_path, capsys, kind):
    known = {(item.rule, item.message) for item in report.problems}
    seen, escaped = 0, []
    for change in kind(report):
        problems = load(plant(tmp_path, *change)).problems
        new = [item for item in problems if (item.rule, item.message) not in known]
        cells = {f"{sheet}!{cell}" for sheet, cell, _ in change}
        if any(cells & set(item.where) for item in new):
            seen += 1
        else:
            escaped.append(change)
    total = seen + len(escaped)
    with capsys.disabled():
        print(f"\n{kind.__name__:10} {seen} of {total} seen ({100 * seen / total:.1f} %)")
        for change in escaped:
            print("   escaped:", "; ".join(f"{sheet}!{cell} -> {value}" for sheet, cell, value in change))
    assert total > 20


def test_false_alarms(tmp_path, capsys):
    names = [name for name, layout in LAYOUTS.items() if not layout.notes]
    alarms = []
    for seed in range(200):
        path, _ = write(consistent(seed, 2008 + seed % 5, 1 + seed % 4), LAYOUTS[names[seed % len(names)]], tmp_path)
        alarms += [(seed, item.message) for item in load(path).problems if item.severity != "note"]
    with capsys.disabled():
        print(f"\n200 consistent quarters: {len(alarms)} findings above a note")
        for seed, message in alarms:
            print("  ", seed, message)
    assert not alarms
