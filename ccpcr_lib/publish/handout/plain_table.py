"""A recomputed table → a plain one for a spreadsheet: one row of headings, no merged cells; and what a chart plots.

Merged cells of the print come apart: every column has its own total, and a figure that stands for all rows (the year's
plan, a total of persons) stands in the total row alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from ...analysis.tables import Cell, Table
from ...model.codelist import codelist
from ...model.table import Column, Text, real_key
from ...quality.cube import Sum
from ..charts.plots import BARS, STACKED
from ..release import Release
from ..text.table import label


@dataclass(frozen=True)
class AtLeast:
    """A whole number that is only known to be no less."""

    number: int


PlainValue = str | float | AtLeast | None
"""What stands in a cell: a text, a whole number (int), a share of 1 (float), at least so many, or nothing."""

BY_MONTH = ("m1", "m2", "m3")


@dataclass(frozen=True)
class PlainTable:
    """Headings, and rows of values as wide as they; the last `totals` rows are totals."""

    heads: list[str]
    rows: list[list[PlainValue]]
    totals: int = 0


@dataclass(frozen=True)
class Plotted:
    """What a chart takes from a plain table: these columns over the members' rows, or, `across`, over the total row."""

    columns: tuple[int, ...]
    kind: str = BARS
    across: bool = False


def plain_table(release: Release, table: Table) -> PlainTable:
    """Lay a recomputed table out plainly; a last column names the notes that stand in a row's cells, if any do."""
    columns = columns_of(table)
    heads = [label(release, table, Text("headings", table.spec.rows), is_head=True)]
    heads += [_head(release, table, column) for column in columns]
    body = [_member_row(release, table, columns, row) for row in range(len(table.members))]
    rows = [*body, _total_row(release, table, columns)]
    marks = [_marks(table, table.spec.depth + row) for row in range(len(rows))]
    if any(marks):
        heads = [*heads, release.say("handout_notes")]
        rows = [[*row, mark] for row, mark in zip(rows, marks, strict=True)]
    return PlainTable(heads, rows, totals=1)


def columns_of(table: Table) -> tuple[Column, ...]:
    """Give a table's columns; months get a total beside them where the print has it in a second total row."""
    columns = table.spec.columns
    has_months = any(column.key.get("period") == "m1" for column in columns)
    has_total = any(column.role == "total" for column in columns)
    return columns if has_total or not has_months else (*columns, table.spec.universal("total"))


def _head(release: Release, table: Table, column: Column) -> str:
    """Join a column's headings into one; what spans the whole table says nothing about a column."""
    texts = column.heads if len(column.heads) == 1 else column.heads[1:]
    return " ".join(label(release, table, text, is_head=True) for text in texts)


def _member_row(release: Release, table: Table, columns: Sequence[Column], row: int) -> list[PlainValue]:
    member, line = table.members[row], table.spec.depth + row
    codes = "period" if table.spec.rows == "month" else table.spec.codelist
    values: list[PlainValue] = [label(release, table, Text(codes, member))]
    for place, column in enumerate(columns, 1):
        cell = table.at.get((line, place)) if not column.joined else None
        if cell is None and place > len(table.spec.columns):
            values.append(_total_value(table.total(**table.spec.row_key(member))))
        else:
            values.append(_figure(cell))
    return values


def _figure(cell: Cell | None) -> PlainValue:
    if cell is None:
        return None
    if cell.slot.role == "share":
        return None if cell.percent is None else cell.percent / 100
    return cell.value if cell.at_least is None else _total_value(cell.total)


def _total_value(total: Sum | None) -> PlainValue:
    """Give a total as a number, or as at least so many."""
    if total is None or total.exact is not None or not total.is_known:
        return total.exact if total else None
    return AtLeast(total.least)


def _total_row(release: Release, table: Table, columns: Sequence[Column]) -> list[PlainValue]:
    summed = [column for column in table.spec.counts if not column.is_stock]
    is_bound = all(table.overlap_in(column, real_key(column.key, table.quarter)) for column in summed)
    text = Text("headings", "at_least" if is_bound else "total")
    return [label(release, table, text), *(_total(table, column, is_headed=is_bound) for column in columns)]


def _total(table: Table, column: Column, *, is_headed: bool) -> PlainValue:
    """Work out a column's total by the same rule as the print; a stock has none, shares add up to the whole.

    `is_headed`: its row says "at least" already.
    """
    if column.role == "plan":
        return table.planned
    if column.role == "share":
        shares = [cell.percent for cell in table.cells if cell.slot.role == "share"]
        return 1.0 if shares and None not in shares else None
    if column.role == "count" and column.is_stock:
        return None
    total = table.total() if column.role == "total" else _counted(table, column)
    return total.at_least if is_headed else _total_value(total)


def _counted(table: Table, column: Column) -> Sum:
    return table.total_of(column.measure, column.unit, real_key(column.key, table.quarter))


def _marks(table: Table, row: int) -> str:
    return " ".join(cell.mark for cell in table.cells if cell.slot.row == row and cell.mark)


def plotted(table: Table) -> Plotted:
    """Choose the columns that a table's chart plots: months, sexes, the quarter before and this one, units, groups."""
    columns = list(enumerate(columns_of(table), 1))
    counts = [(place, column) for place, column in columns if column.role == "count"]
    own = [(place, column) for place, column in counts if column.measure == table.spec.measure]
    periods = {column.key.get("period"): place for place, column in own}
    total = next((place for place, column in columns if column.role == "total"), None)
    if "previous" in periods and total:
        return Plotted((periods["previous"], total))
    if "m1" in periods:
        return Plotted(tuple(periods[month] for month in BY_MONTH), STACKED)
    if [dict(column.key) for _, column in own] == [{"sex": sex} for sex in codelist("sexes").members]:
        return Plotted(tuple(place for place, _ in own), STACKED)
    if any(column.key for _, column in own):
        return Plotted(tuple(place for place, _ in own), across=True)
    return Plotted(tuple(place for place, _ in own))


def plain_counts(counts: pd.DataFrame) -> PlainTable:
    """Lay the tidy counts out plainly, one a row."""
    rows = [[_plain(value) for value in row] for row in counts.itertuples(index=False)]
    return PlainTable(list(counts.columns), rows)


def plain_frame(frame: pd.DataFrame) -> PlainTable:
    """Lay any frame out plainly, its index first: indicators, the plan and the trend."""
    rows = [[str(stub), *map(_plain, values)] for stub, values in zip(frame.index, frame.to_numpy(), strict=True)]
    return PlainTable([str(frame.index.name or ""), *map(str, frame.columns)], rows)


def _plain(value: str | float | None) -> PlainValue:
    """Give a frame's value as it is written: None where it is NA, digits alone as a whole number."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, str):
        return int(value) if value.isascii() and value.isdecimal() else value
    return float(value) if value != int(value) else int(value)
