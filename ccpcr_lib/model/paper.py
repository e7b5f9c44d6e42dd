"""A declared table → the cells for its totals as the paper form has them, which stand beside and below it.

Nothing of the table is worked out from them: they are typed from the paper, to be held against what the counts add up
to. They are no part of what `slots` lays out, so that no table for reading has them.
"""

from collections.abc import Iterator
from dataclasses import replace

from .codelist import codelist
from .column import Column
from .period import Relative
from .table import Slot, TableSpec, Text, real_key, total_cells

PAPER = "paper_total"
"""The role of such a cell, and its heading."""
ON_PAPER = Text("headings", PAPER)


def paper_slots(spec: TableSpec, quarter: str, members: tuple[str, ...] = ()) -> list[Slot]:
    """Lay out a row below a table and, where its rows add up, a column at its right for totals typed from paper.

    Rows and columns are counted as in `slots`, which also takes `members`. The cell in the corner is the whole.
    """
    members = members or spec.members
    bottom, right = spec.depth + len(members) + len(spec.totals), len(spec.columns) + 1
    row = [Slot("stub", bottom, 0, text=ON_PAPER), *_row(spec, quarter, bottom)]
    return row + (_column(spec, quarter, members, (bottom, right)) if adds_across(spec) else [])


def adds_across(spec: TableSpec) -> bool:
    """Check whether several figures of a row of the table add up to one of the quarter."""
    return sum(_is_added(spec, column) for column in spec.columns) > 1


def _is_added(spec: TableSpec, column: Column) -> bool:
    is_now = column.key.get("period") is not Relative.PREVIOUS
    return is_now and (column.role, column.measure, column.unit) == ("count", spec.measure, spec.unit)


def _row(spec: TableSpec, quarter: str, row: int) -> Iterator[Slot]:
    """Lay out a cell below each total of counts that adds them up; months have a cell each."""
    for slot in total_cells(spec, spec.totals[0].apart, row, quarter):
        below = spec.columns[slot.column - 1]
        if below.role == "count" and not below.is_stock:
            yield replace(slot, role=PAPER)


def _column(spec: TableSpec, quarter: str, members: tuple[str, ...], corner: tuple[int, int]) -> list[Slot]:
    """Lay out the heading, a cell beside each row, and the corner."""
    bottom, right = corner
    keys = {row: spec.row_key(member) for row, member in enumerate(members, spec.depth)} | {bottom: {}}
    cells = [
        Slot(PAPER, row, right, key=real_key(key, quarter), measure=spec.measure, unit=spec.unit)
        for row, key in keys.items()
    ]
    return [*_heads(spec, right), *cells]


def _heads(spec: TableSpec, column: int) -> Iterator[Slot]:
    """Lay out the heading; in a table that counts several things it says which one is added."""
    measures = {counted.measure for counted in spec.counts}
    is_said = len(measures) > 1 and spec.depth > 1 and spec.measure in codelist("headings").members
    if is_said:
        yield Slot("head", 0, column, text=Text("headings", spec.measure))
    yield Slot("head", int(is_said), column, rows=spec.depth - is_said, text=ON_PAPER)
