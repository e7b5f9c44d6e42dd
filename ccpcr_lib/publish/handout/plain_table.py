"""A recomputed table → a plain one for a spreadsheet: one row of headings, no merged cells; and what a chart plots.

Merged cells of the print come apart: every column has its own total, and a figure that stands for all rows (the year's
plan, a total of persons) stands in the total row alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import pandas as pd

from ...analysis.breakdown import Codes
from ...analysis.disputes import each_once
from ...analysis.tables import Cell, Table
from ...excel.file.address import Place
from ...model.codelist import codelist
from ...model.column import PERIOD_ROWS
from ...model.finding import Finding
from ...model.period import Relative, is_quarter, parts, previous
from ...model.table import Column, Text, real_key
from ...quality.sums import Sum
from ..charts.kinds import BARS, STACKED, Native
from ..release import DAGGER, Release
from ..text.table import label


@dataclass(frozen=True)
class AtLeast:
    """A whole number (int), or a share of 1 (float), that is only known to be no less.

    It is written in words, or where there is little room as a `sign`.
    """

    number: float
    sign: bool = False


PlainValue = str | float | AtLeast | None
"""What stands in a cell: a text, a whole number (int), a share of 1 (float), at least so many, or nothing."""

Disputing = tuple[Finding, ...]
"""The findings that dispute a figure."""


@dataclass(frozen=True)
class PlainTable:
    """Headings, and rows of values as wide as they; the last `totals` rows are totals, the first `stubs` columns names.

    `disputes` are the findings that dispute a figure, by its row and column, both counted from 0.
    """

    heads: list[str]
    rows: list[list[PlainValue]]
    totals: int = 0
    disputes: Mapping[Place, tuple[Finding, ...]] = field(default_factory=dict)

    marked: frozenset[Place] = frozenset()
    """The figures in dispute of which nobody says here by which findings."""

    stubs: int = 1

    def is_marked(self, place: Place) -> bool:
        """Check whether a figure is in dispute."""
        return place in self.disputes or place in self.marked

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that dispute one of its figures."""
        return each_once(self.disputes.values())


@dataclass(frozen=True)
class Plotted:
    """What a chart takes from a plain table: these columns over the members' rows, or, `across`, over the total row.

    `by` is the dimension that tells the columns apart, if one does, `codes` are its members.
    """

    columns: tuple[int, ...]
    native: Native = BARS
    across: bool = False
    by: str = ""
    codes: Codes = ()


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
    return PlainTable(heads, rows, 1, _disputes(table, columns, rows))


def _disputes(table: Table, columns: Sequence[Column], rows: Sequence[Sequence[PlainValue]]) -> dict[Place, Disputing]:
    """List what disputes each figure that is there."""
    places = product(range(len(rows)), enumerate(columns, 1))
    disputes = {(row, place): _disputed(table, column, (row, place)) for row, (place, column) in places}
    return {(row, place): found for (row, place), found in disputes.items() if found and rows[row][place] is not None}


def _disputed(table: Table, column: Column, place: Place) -> Disputing:
    row, number = place
    if row == len(table.members):
        return _disputed_total(table, column)
    cell = table.at.get((table.spec.depth + row, number))
    if cell is None:
        return table.disputed(**table.row_key(table.members[row]))
    return cell.percent_disputes if column.role == "share" else cell.disputes


def _disputed_total(table: Table, column: Column) -> Disputing:
    if column.role == "plan":
        return table.plan_disputes
    if column.role in ("total", "share"):
        return table.disputed()
    return table.disputed_of(column.measure, column.unit, real_key(column.key, table.quarter))


def columns_of(table: Table) -> tuple[Column, ...]:
    """Give a table's columns; months get a total beside them where the print has it in a second total row."""
    columns = table.spec.columns
    has_months = any(column.key.get("period") is Relative.M1 for column in columns)
    has_total = any(column.role == "total" for column in columns)
    return columns if has_total or not has_months else (*columns, table.spec.universal("total"))


def _head(release: Release, table: Table, column: Column) -> str:
    """Join a column's headings into one; what spans the whole table says nothing about a column."""
    texts = column.heads if len(column.heads) == 1 else column.heads[1:]
    return " ".join(label(release, table, text, is_head=True) for text in texts)


def _member_row(release: Release, table: Table, columns: Sequence[Column], row: int) -> list[PlainValue]:
    member, line = table.members[row], table.spec.depth + row
    values: list[PlainValue] = [label(release, table, table.spec.stub(member))]
    for place, column in enumerate(columns, 1):
        cell = table.at.get((line, place)) if not column.joined else None
        if cell is None and place > len(table.spec.columns):
            values.append(_total_value(table.total(**table.row_key(member))))
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
    is_bound &= any(_counted(table, column).exact is None for column in summed)
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
    counted = dict(_counted_columns(table))
    own = {place: column for place, column in counted.items() if column.unit == table.spec.unit}
    keys = [dict(column.key) for column in own.values()]
    now = [place for place, column in own.items() if column.key.get("period") is not Relative.PREVIOUS]
    whole = _whole_column(table, now)
    if keys.count({"period": Relative.PREVIOUS}) == 1 and len(now) == len(own) - 1 and whole:
        before = next(place for place in own if place not in now)
        return Plotted((before, whole), by="quarter", codes=(previous(table.quarter), table.quarter))
    real = [real_key(key, table.quarter) for key in keys]
    for name, codes in _series_of(table.quarter).items():
        dimension = "period" if name in PERIOD_ROWS else name
        if real == [{"period": table.quarter, dimension: code} for code in codes]:
            return Plotted(tuple(own), STACKED, by=name, codes=codes)
    if any(keys):
        return Plotted(tuple(own), across=True)
    units = {place: column.unit for place, column in counted.items() if not column.key}
    return Plotted(tuple(units), by="unit", codes=tuple(units.values()))


def _counted_columns(table: Table) -> list[tuple[int, Column]]:
    """List the columns that count the table's own measure, in whatever unit, by their places."""
    columns = enumerate(columns_of(table), 1)
    return [
        (place, column) for place, column in columns if column.role == "count" and column.measure == table.spec.measure
    ]


def _whole_column(table: Table, now: Sequence[int]) -> int | None:
    """Give the place of the column that says each row's figure of the quarter: its total, or its only count."""
    columns = columns_of(table)
    totals = [
        place
        for place, column in enumerate(columns, 1)
        if column.role == "total" and not column.key and not column.joined and column.measure == table.spec.measure
    ]
    return next(iter(totals), now[0] if len(now) == 1 else None)


def _series_of(quarter: str) -> dict[str, Codes]:
    """Give the dimensions whose members are stacked where nothing else divides a table."""
    by = "month" if is_quarter(quarter) else "quarter"
    return {by: parts(quarter), "sex": tuple(codelist("sexes").members)}


def is_marked(table: PlainTable, shown: Plotted) -> bool:
    """Check whether a figure that a chart plots is in dispute."""
    last = len(table.rows) - table.totals
    rows = range(last, last + 1) if shown.across else range(last)
    return any(place in table.disputes for place in product(rows, shown.columns))


def plain_counts(release: Release) -> PlainTable:
    """Lay the tidy counts out plainly, one a row."""
    counts = release.counts
    rows = [[_plain(value) for value in row] for row in counts.itertuples(index=False)]
    place, known = counts.columns.get_loc("value"), counts["value"].notna()
    cells = enumerate(zip(counts["source"], known, strict=True))
    marks = {(row, place): release.disputes_at([source]) for row, (source, is_known) in cells if is_known}
    return PlainTable(list(counts.columns), rows, 0, {cell: found for cell, found in marks.items() if found})


def plain_frame(frame: pd.DataFrame) -> PlainTable:
    """Lay any frame out plainly, its index first: indicators, the plan and the trend."""
    rows: list[list[PlainValue]] = []
    marked: set[Place] = set()
    for row, (stub, values) in enumerate(zip(frame.index, frame.to_numpy(), strict=True)):
        numbers = [_unmarked(value) for value in values]
        marked |= {(row, place) for place, number in enumerate(numbers, 1) if number != values[place - 1]}
        rows.append([str(stub), *map(_plain, numbers)])
    heads = [str(frame.index.name or ""), *map(str, frame.columns)]
    return PlainTable(heads, rows, marked=frozenset(marked))


def _unmarked(value: str | float | None) -> str | float | None:
    """Take the mark from digits, which keep it in their format as a number; leave it in any other text."""
    number = value.removesuffix(f" {DAGGER}") if isinstance(value, str) else ""
    return number if _is_number(number) else value


def _is_number(text: str) -> bool:
    """Check whether a text is digits alone, thousands apart or not."""
    digits = text.replace(",", "")
    return digits.isascii() and digits.isdecimal()


def _plain(value: str | float | None) -> PlainValue:
    """Give a frame's value as it is written: None where it is NA, digits alone as a whole number."""
    if value is None or pd.isna(value):
        return None
    if isinstance(value, str):
        return int(value.replace(",", "")) if _is_number(value) else value
    return float(value) if value != int(value) else int(value)
