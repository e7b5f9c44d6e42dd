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
from ..model.column import row_dimension
from ..model.finding import Finding
from ..model.measure import DIVIDING, Adding, adding, is_stock
from ..model.records import Count, identify
from ..model.table import DIMENSIONS, TableSpec
from ..quality.cube import UNSAID, Cube, NoAnswerError
from ..quality.sums import Sum
from ..words import say
from .disputes import each_once
from .percents import whole_percents
from .tables import Table

PERIODS = ("quarter", "month")
ORDER = (*PERIODS, "case_type", "age_band", "sex", "category")
"""The order in which dimensions stand over the columns."""
ROWS_FIRST = ("category", "case_type", "age_band", "sex", *PERIODS)
"""The dimension that is first in this order stands down the side."""
TOTAL = "*"
"""The code of a total; what the sheet does not say is `UNSAID`."""

Dimensions = tuple[str, ...]
"""Dimensions by their names, in their order."""

Codes = tuple[str, ...]
"""A dimension's members, or one member of each of several dimensions."""

Crossing = tuple[str, Codes]
"""The row and the column that a figure stands in."""


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

    @property
    def is_stock(self) -> bool:
        """Whether it says how many there are at a time, which is never added."""
        return is_stock(self.measure)


@dataclass(frozen=True)
class BrokenDownCount:
    """One figure of a breakdown: what is known of it, its whole percent of the column, what disputes either."""

    total: Sum
    percent: int | None = None
    disputes: tuple[Finding, ...] = ()
    percent_disputes: tuple[Finding, ...] = ()
    is_headed: bool = False
    """Whether its row or column is called "at least"."""

    @property
    def value(self) -> int | None:
        """The count; None where it is not known exactly."""
        return self.total.exact

    @property
    def is_bound(self) -> bool:
        """Whether all was reported, and clients may stand in several of the counts: there are at least so many."""
        return self.total.exact is None and not self.total.blanks

    @property
    def number(self) -> int | None:
        """The number that a mark stands for: the count, or at least so many; None where a part was not reported."""
        return self.total.at_least if self.is_bound else self.value


@dataclass(frozen=True)
class Breakdown:
    """Figures by row and column. `rows` is one dimension or none, `columns` the others; codes name their members."""

    rows: str
    columns: Dimensions
    row_codes: Codes
    column_codes: tuple[Codes, ...]
    figures: Mapping[Crossing, BrokenDownCount]
    blanks: int = 0
    """How many of the counts that the figures are made of were not reported."""
    adds: Adding = "flow"
    """How the counts add up."""

    def overlaps(self, dimension: str) -> bool:
        """Check whether one client may stand under several members of a dimension, so that over them nothing adds."""
        return self.adds == "attendance" and dimension not in DIVIDING

    def says_at_least(self, dimension: str) -> bool:
        """Check whether the totals over a dimension are called "at least": not where all are known exactly."""
        totals = (figure for key, figure in self.figures.items() if dimension in self._summed(key))
        return self.overlaps(dimension) and any(figure.value is None for figure in totals)

    def is_headed(self, key: Crossing) -> bool:
        """Check whether a figure stands in a row or column that is called "at least"."""
        return any(map(self.says_at_least, self._summed(key)))

    def _summed(self, key: Crossing) -> Codes:
        """List the dimensions that a figure is a total over."""
        row, codes = key
        places = zip((self.rows, *self.columns), (row, *codes), strict=True)
        return tuple(name for name, code in places if name and code == TOTAL)

    @property
    def is_bound(self) -> bool:
        """Whether some figures are only at least so many."""
        return any(figure.is_bound for figure in self.figures.values())

    @property
    def has_at_least(self) -> bool:
        """Whether some figures are only at least so many, or stand in a row or column that is called so."""
        return self.is_bound or any(map(self.says_at_least, (self.rows, *self.columns)))

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
    distinct = dict.fromkeys(Counted(column.measure, column.unit) for column in spec.counts)
    return tuple(sorted(distinct, key=lambda counted: counted.measure != spec.measure))


def dimensions(spec: TableSpec, counted: Counted) -> Dimensions:
    """List the dimensions by which a table divides what it counts.

    >>> from ..model.catalogue import spec
    >>> table = spec("referrals_by_sex")
    >>> [dimensions(table, counted) for counted in counted_by(table)]
    [('month', 'case_type', 'sex'), ('month',)]
    """
    keys = [column.key for column in spec.counts if (column.measure, column.unit) == (counted.measure, counted.unit)]
    has = {name for key in keys for name in key} | {row_dimension(spec.rows)}
    return tuple(name for name in ORDER if ("period" if name == "month" else name) in has)


def break_down(tables: Sequence[Table], counted: Counted, by: Collection[str]) -> Breakdown:
    """Break what `tables` count down by some of their dimensions; one table for each quarter.

    Raise ChoiceError where there is nothing to add up.
    """
    if counted.is_stock and "month" not in by:
        raise ChoiceError("choice_stock")
    period = next((name for name in PERIODS[::-1] if name in by), "quarter" if len(tables) > 1 else None)
    kept = {name for name in by if name not in PERIODS} | ({period} if period else set())
    rows = next((name for name in ROWS_FIRST if name in kept), "")
    columns = tuple(name for name in ORDER if name in kept and name != rows)
    fixed = period if len(tables) > 1 or counted.is_stock else None
    cube = _Chosen(tuple(tables), counted)
    return _lay_out(cube, rows, columns, fixed=fixed)


@dataclass(frozen=True)
class _Chosen:
    """The counts to add up, by quarter."""

    tables: tuple[Table, ...]
    counted: Counted

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
        for table in self.tables:
            if codes.get("quarter", table.quarter) != table.quarter:
                continue
            key = {name: code for name, code in codes.items() if name not in PERIODS}
            key["period"] = codes.get("month", table.quarter)
            try:
                total = self._cube(table).recorded(key, table=table.spec.name)
            except NoAnswerError:
                continue
            about = identify(table.spec.name, self.counted.measure, self.counted.unit, key)
            disputes = table.disputes.of(about, total.cells), table.disputes.of_share(about)
            return BrokenDownCount(total, None, *disputes)
        return None

    def _cube(self, table: Table) -> Cube:
        return table.cubes[self.counted.measure, self.counted.unit]


def _code(table: Table, count: Count, dimension: str) -> str:
    if dimension == "quarter":
        return table.quarter
    return count.key.get("period" if dimension == "month" else dimension, UNSAID)


def _lay_out(cube: _Chosen, rows: str, columns: Dimensions, *, fixed: str | None) -> Breakdown:
    """Cross rows with columns, and add totals over what may be added up: all but the dimension `fixed`."""
    row_codes = cube.members(rows) if rows else (TOTAL,)
    if len(row_codes) > 1 and rows != fixed:
        row_codes += (TOTAL,)
    crossed = _crossed(cube, columns, fixed)
    figures: dict[Crossing, BrokenDownCount] = {}
    blanks = len([count for table in cube.tables for count in cube.counts(table) if count.value is None])
    adds = adding(cube.counted.measure, cube.counted.unit)
    for row, codes in product(row_codes, crossed):
        places = zip((rows, *columns), (row, *codes), strict=True)
        figure = cube.figure({name: code for name, code in places if code != TOTAL})
        if figure:
            figures[row, codes] = figure
    there = tuple(codes for codes in crossed if any((row, codes) in figures for row in row_codes))
    return _headed(Breakdown(rows, columns, row_codes, there, figures, blanks, adds))


def _headed(laid: Breakdown) -> Breakdown:
    """Mark the figures whose row or column is called "at least"."""
    marked = {key: replace(figure, is_headed=laid.is_headed(key)) for key, figure in laid.figures.items()}
    return replace(laid, figures=marked)


def _crossed(cube: _Chosen, columns: Dimensions, fixed: str | None) -> list[Codes]:
    """Cross the members of the columns' dimensions; totals over them follow, one for each member of `fixed`."""
    crossed = list(product(*(cube.members(name) for name in columns)))
    if len(crossed) < 2:
        return crossed
    totals = (
        tuple(code if name == fixed else TOTAL for name, code in zip(columns, codes, strict=True)) for codes in crossed
    )
    return list(dict.fromkeys([*crossed, *totals]))


def with_percents(breakdown: Breakdown) -> Breakdown:
    """Add each figure's whole percent of its column, half up; a column has none where a figure is unknown."""
    figures = dict(breakdown.figures)
    for codes in breakdown.column_codes:
        keys = [(row, codes) for row in breakdown.members if (row, codes) in figures]
        percents = whole_percents([figures[key].value for key in keys])
        whole = figures.get((TOTAL, codes))
        of_whole = whole.disputes if whole else tuple(finding for key in keys for finding in figures[key].disputes)
        for key, percent in zip(keys, percents, strict=True):
            figures[key] = replace(figures[key], percent=percent, percent_disputes=_of_percent(figures[key], of_whole))
        if whole and None not in percents:
            figures[TOTAL, codes] = replace(whole, percent=100, percent_disputes=of_whole)
    return replace(breakdown, figures=figures)


def _of_percent(figure: BrokenDownCount, of_whole: Iterable[Finding]) -> tuple[Finding, ...]:
    """List what disputes a percent: whatever disputes its part, its whole, and the percent as it is printed."""
    return each_once((figure.disputes, figure.percent_disputes, of_whole))
