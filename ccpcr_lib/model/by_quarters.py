"""A quarter's table → the same table of a longer period: its months give way to the quarters.

What the sheet repeats of the quarter before is dropped: the quarters stand beside each other. What is of months alone
is not drawn.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import groupby

from . import period as calendar
from .catalogue import spec
from .chart_forms import CHART_FORMS
from .column import MONTH_ROWS, Column
from .table import TableSpec, Text

CHARTS = {"months": "quarters", "previous_and_this": "quarters", "movement": None}
"""What is drawn of a longer period instead of a chart of months; None: nothing."""
MEMBERS = ("members",)
"""What can be drawn of every table."""


@cache
def spec_in(name: str, period: str, *, is_planned: bool = True) -> TableSpec:
    """Give the declaration of a table in a period; without its plan where none `is_planned` for what is longer.

    Raise KeyError, as `spec` does, for no such table.

    >>> [column.key["period"] for column in spec_in("education", "2010-H1").counts]
    ['q1', 'q2']
    >>> spec_in("family_visits", "2010").charts, spec_in("referrals_by_age", "2010").members
    (('quarters',), ('q1', 'q2', 'q3', 'q4'))
    """
    declared = spec(name)
    return declared if calendar.is_quarter(period) else by_quarters(declared, period, is_planned=is_planned)


def by_quarters(declared: TableSpec, period: str, *, is_planned: bool = True) -> TableSpec:
    """Declare a quarter's table in a half-year or a year."""
    quarters = calendar.QUARTERS[: len(calendar.quarters_in(period))]
    columns = tuple(column for column in _columns(declared.columns, quarters) if is_planned or column.role != "plan")
    by_month = declared.rows == "month"
    longer = replace(
        declared,
        rows="quarter" if by_month else declared.rows,
        columns=columns,
        members=tuple(quarter.value for quarter in quarters) if by_month else declared.members,
        charts=MEMBERS,
        of_quarter=declared,
    )
    drawn = filter(None, (CHARTS.get(form, form) for form in declared.charts))
    suiting = dict.fromkeys(form for form in drawn if CHART_FORMS[form].suits(longer))
    return replace(longer, charts=tuple(suiting) or MEMBERS)


def chart_in(form: str, period: str) -> str | None:
    """Name the chart that is drawn in a period where a quarter has one of some form; None where nothing is.

    >>> chart_in("months", "2010-Q2"), chart_in("months", "2010"), chart_in("movement", "2010")
    ('months', 'quarters', None)
    """
    return form if calendar.is_quarter(period) else CHARTS.get(form, form)


def _columns(columns: Sequence[Column], quarters: Sequence[calendar.Relative]) -> Iterator[Column]:
    """Put quarters for the months among columns, and leave the quarter before out."""
    for is_of_months, group in groupby(columns, key=lambda column: column.key.get("period") in calendar.MONTHS):
        run = list(group)
        if is_of_months:
            yield from _of_quarters(run, quarters)
        else:
            yield from (column for column in run if column.key.get("period") is not calendar.Relative.PREVIOUS)


def _of_quarters(run: Sequence[Column], quarters: Sequence[calendar.Relative]) -> list[Column]:
    """Put quarters for months, in the order in which months and what else divides the columns stand."""
    firsts = [column for column in run if column.key["period"] is calendar.Relative.M1]
    if len(firsts) > 1 and run[1].key["period"] is calendar.Relative.M1:
        return [_in(column, quarter) for quarter in quarters for column in firsts]
    return [_in(column, quarter) for column in firsts for quarter in quarters]


def _in(column: Column, quarter: calendar.Relative) -> Column:
    heads = (
        Text("period", quarter.value) if head.source == "period" and head.code in MONTH_ROWS else head
        for head in column.heads
    )
    return replace(column, key={**column.key, "period": quarter}, heads=tuple(heads))
