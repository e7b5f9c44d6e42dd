"""Filled tables of one or more quarters → one measure broken down by any of the table's own dimensions.

Months of a quarter add up as in the sheet; quarters never do (persons do not add up over quarters), nor does a stock.
What the sheet does not say stays unsaid: a sex that was not recorded is a member of its own, a blank makes its sum
unknown, and a combination that the table does not have has no figure.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import product

from ..model import period as calendar
from ..model.codelist import codelist
from ..model.finding import Finding
from ..model.table import DIMENSIONS, TableSpec
from ..quality.cube import Count, StandsFor, add, all_known, claims_of
from ..words import say
from .report import Report
from .tables import Table, whole_percents

PERIODS = ("quarter", "month")
ORDER = (*PERIODS, "case_type", "age_band", "sex", "category")
"""The order in which dimensions stand over the columns."""
ROWS_FIRST = ("category", "case_type", "age_band", "sex", *PERIODS)
"""The dimension that is first in this order stands down the side."""
TOTAL, UNSAID = "*", ""
"""Codes of a total, and of what the sheet does not say."""

Dimensions = tuple[str, ...]
"""Dimensions by their names, in their order."""

Codes = tuple[str, ...]
"""A dimension's members, or one member of each of several dimensions."""

Disputed = str | StandsFor
"""What may be in dispute: a cell, or what a printed total stands for."""

Doubts = Mapping[Disputed, tuple[Finding, ...]]
"""What is in dispute → the findings that dispute it."""


class ChoiceError(Exception):
    """A choice that has no answer; `code` names the sentence that says why, `fields` fill it."""

    def __init__(self, code: str, **fields: object) -> None:
        self.code, self.fields = code, fields
        super().__init__(self.say("en"))

    def say(self, language: str) -> str:
        """Give the reason in a sentence or two."""
        month = partial(say, "dim_month")
        return say(self.code, language, between=" ", **{"month": month, **self.fields})


@dataclass(frozen=True)
class Counted:
    """One of the things a table counts."""

    measure: str
    unit: str
    is_stock: bool = False


@dataclass(frozen=True)
class BrokenDownCount:
    """One figure of a breakdown: a count (None: not known), its whole percent of the column, what disputes it."""

    value: int | None
    percent: int | None = None
    disputes: tuple[Finding, ...] = ()

    @property
    def is_disputed(self) -> bool:
        """Whether a finding disputes it."""
        return bool(self.disputes)


@dataclass(frozen=True)
class Breakdown:
    """Figures by row and column. `rows` is one dimension or none, `columns` the others; codes name their members."""

    rows: str
    columns: Dimensions
    row_codes: Codes
    column_codes: tuple[Codes, ...]
    figures: Mapping[tuple[str, Codes], BrokenDownCount]
    blanks: int = 0
    """How many of the counts that the figures are made of were not reported."""

    @property
    def members(self) -> Codes:
        """The rows without the total."""
        return tuple(code for code in self.row_codes if code != TOTAL)

    @property
    def parts(self) -> tuple[Codes, ...]:
        """The columns without totals."""
        return tuple(codes for codes in self.column_codes if TOTAL not in codes)


def counted_by(spec: TableSpec) -> tuple[Counted, ...]:
    """List what a table counts, its own measure first.

    >>> from ..model.catalogue import spec
    >>> [counted.measure for counted in counted_by(spec("referrals_by_age"))]
    ['referred', 'in_shelter', 'reintegrated']
    """
    distinct = dict.fromkeys(Counted(column.measure, column.unit, column.is_stock) for column in spec.counts)
    return tuple(sorted(distinct, key=lambda counted: counted.measure != spec.measure))


def dimensions(spec: TableSpec, counted: Counted) -> Dimensions:
    """List the dimensions by which a table divides what it counts.

    >>> from ..model.catalogue import spec
    >>> table = spec("referrals_by_sex")
    >>> [dimensions(table, counted) for counted in counted_by(table)]
    [('month', 'case_type', 'sex'), ('month',)]
    """
    keys = [column.key for column in spec.counts if (column.measure, column.unit) == (counted.measure, counted.unit)]
    has = {name for key in keys for name in key} | set(spec.row_key("m1"))
    return tuple(name for name in ORDER if ("period" if name == "month" else name) in has)


def in_doubt(report: Report, name: str) -> Doubts:
    """Collect what findings above a note dispute in a table: cells, and what its printed totals stand for."""
    printed = report.printed[(report.printed["table"] == name) & (report.printed["kind"] == "total")]
    totals = {total.source: (total.measure, total.unit, frozenset(total.key.items())) for total in claims_of(printed)}
    doubts: dict[Disputed, tuple[Finding, ...]] = {}
    for finding in report.disputed.get(name, ()):
        places: tuple[Disputed, ...] = (*finding.where, *(totals[cell] for cell in finding.where if cell in totals))
        for place in dict.fromkeys(places):
            doubts[place] = (*doubts.get(place, ()), finding)
    return doubts


def break_down(
    tables: Sequence[Table], counted: Counted, by: Collection[str], *, doubts: Sequence[Doubts] = ()
) -> Breakdown:
    """Break what `tables` count down by some of their dimensions; one table for each quarter.

    `doubts` is what `in_doubt` gives for each quarter. Raise ChoiceError where there is nothing to add up.
    """
    if counted.is_stock and "month" not in by:
        raise ChoiceError("choice_stock")
    period = next((name for name in PERIODS[::-1] if name in by), "quarter" if len(tables) > 1 else None)
    kept = {name for name in by if name not in PERIODS} | ({period} if period else set())
    rows = next((name for name in ROWS_FIRST if name in kept), "")
    columns = tuple(name for name in ORDER if name in kept and name != rows)
    fixed = period if len(tables) > 1 or counted.is_stock else None
    cube = _Cube(tuple(tables), counted, tuple(doubts) or ({},) * len(tables))
    return _lay_out(cube, rows, columns, fixed=fixed)


@dataclass(frozen=True)
class _Cube:
    """The counts to add up, by quarter."""

    tables: tuple[Table, ...]
    counted: Counted
    doubts: tuple[Doubts, ...]

    def members(self, dimension: str) -> Codes:
        """List a dimension's codes in their order; what the sheet does not say comes last."""
        there = dict.fromkeys(_code(table, count, dimension) for table in self.tables for count in self.counts(table))
        declared = list(codelist(DIMENSIONS[dimension]).members) if dimension in DIMENSIONS else []
        if dimension in PERIODS:
            declared = sorted(there)
        elif dimension == "category":
            declared = list(dict.fromkeys(member for table in self.tables for member in table.members))
        return tuple(code for code in (*declared, UNSAID) if code in there)

    def counts(self, table: Table) -> list[Count]:
        """List a quarter's own counts of what is asked for."""
        return [
            count
            for count in table.base
            if (count.measure, count.unit) == (self.counted.measure, self.counted.unit)
            and calendar.contains(table.quarter, count.key["period"])
        ]

    def figure(self, codes: Mapping[str, str]) -> BrokenDownCount | None:
        """Add up what `codes` leave open, in the one quarter they lie in; None where the table has no such count."""
        for table, doubt in zip(self.tables, self.doubts, strict=True):
            parts = [
                count
                for count in self.counts(table)
                if all(_code(table, count, name) == code for name, code in codes.items())
            ]
            if parts:
                places: tuple[Disputed, ...] = (self._stands_for(table, codes), *(count.source for count in parts))
                disputes = dict.fromkeys(finding for place in places for finding in doubt.get(place, ()))
                return BrokenDownCount(_together(table.spec, parts), disputes=tuple(disputes))
        return None

    def _stands_for(self, table: Table, codes: Mapping[str, str]) -> StandsFor:
        """Name what a figure stands for, as `in_doubt` names it of a printed total."""
        key = {name: code for name, code in codes.items() if name not in PERIODS}
        key["period"] = codes.get("month", table.quarter)
        return self.counted.measure, self.counted.unit, frozenset(key.items())


def _code(table: Table, count: Count, dimension: str) -> str:
    if dimension == "quarter":
        return table.quarter
    return count.key.get("period" if dimension == "month" else dimension, UNSAID)


def _together(spec: TableSpec, parts: Iterable[Count]) -> int | None:
    """Add counts up; where one person may stand in several rows, the largest row is what is known for sure."""
    if not spec.counts_once:
        return add(parts)
    rows: dict[str, list[Count]] = {}
    for count in parts:
        rows.setdefault(count.key["category"], []).append(count)
    sums = all_known(add(row) for row in rows.values())
    return None if sums is None else max(sums)


def _lay_out(cube: _Cube, rows: str, columns: Dimensions, *, fixed: str | None) -> Breakdown:
    """Cross rows with columns, and add totals over what may be added up: all but the dimension `fixed`."""
    row_codes = cube.members(rows) if rows else (TOTAL,)
    if len(row_codes) > 1 and rows != fixed:
        row_codes += (TOTAL,)
    crossed = _crossed(cube, columns, fixed)
    figures: dict[tuple[str, Codes], BrokenDownCount] = {}
    for row, codes in product(row_codes, crossed):
        chosen = {name: code for name, code in zip((rows, *columns), (row, *codes), strict=True) if code != TOTAL}
        figure = cube.figure(chosen)
        if figure:
            figures[row, codes] = figure
    there = tuple(codes for codes in crossed if any((row, codes) in figures for row in row_codes))
    blanks = sum(count.value is None for table in cube.tables for count in cube.counts(table))
    return Breakdown(rows, columns, row_codes, there, figures, blanks)


def _crossed(cube: _Cube, columns: Dimensions, fixed: str | None) -> list[Codes]:
    """Cross the members of the columns' dimensions; totals over them follow, one for each member of `fixed`."""
    crossed = list(product(*(cube.members(name) for name in columns)))
    if len(crossed) < 2:
        return crossed
    totals = (
        tuple(code if name == fixed else TOTAL for name, code in zip(columns, codes, strict=True)) for codes in crossed
    )
    return list(dict.fromkeys([*crossed, *totals]))


def with_percents(breakdown: Breakdown) -> Breakdown:
    """Add each figure's whole percent of its column; a column adds to 100, or has none where a figure is unknown."""
    figures = dict(breakdown.figures)
    for codes in breakdown.column_codes:
        keys = [(row, codes) for row in breakdown.members if (row, codes) in figures]
        percents = whole_percents([figures[key].value for key in keys])
        for key, percent in zip(keys, percents, strict=True):
            figures[key] = replace(figures[key], percent=percent)
        if (TOTAL, codes) in figures and None not in percents:
            figures[TOTAL, codes] = replace(figures[TOTAL, codes], percent=100)
    return replace(breakdown, figures=figures)
