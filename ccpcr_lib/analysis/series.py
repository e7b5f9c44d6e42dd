"""Indicators over time: a history of quarters → what is known of an indicator in a month or a quarter.

What is not known is not zero: a period without a figure stays without one. Where a later workbook states an earlier
quarter anew, the later figure counts, and says that it is one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..model import period as calendar
from ..model.catalogue import is_stock
from ..model.plan import Indicator
from ..quality.cube import Count
from .history import History
from .report import Report
from .tables import Table


@dataclass(frozen=True)
class Actual:
    """What is known of an indicator in a period.

    `value` is the whole figure, None where a part of it was not reported; `known` is at least how many there were. Of a
    percent, `value` is the share, 0-1.
    `cells` hold the figures, in the workbook of the quarter `reported_in`; `revised_from` is what the period's own
    workbook said, where a later one says something else.
    """

    period: str
    value: float | None = None
    known: int = 0
    cells: tuple[str, ...] = ()
    reported_in: str = ""
    revised_from: int | None = None

    @property
    def is_partial(self) -> bool:
        """Whether something was reported, but not all."""
        return self.value is None and bool(self.cells)


def actual(history: History, indicator: Indicator, period: str) -> Actual:
    """Find an indicator's figure of a month or a quarter in the workbooks of `history`, the period's own and the next.

    A stock's quarter is its last month.
    """
    quarter = calendar.quarter_of(period)
    own = _read(history.get(quarter), indicator, period)
    restated = _read(history.get(calendar.following(quarter)), indicator, period)
    if restated is None or (own and (restated.value is None or own.value == restated.value)):
        return own or Actual(period)
    return replace(restated, revised_from=own.value if own else None)


def monthly(history: History, indicator: Indicator) -> list[Actual]:
    """Give every month from the first workbook to the last, months nobody reported included; empty without months."""
    if not history.periods or not has_months(indicator):
        return []
    return [
        actual(history, indicator, month) for quarter in _all_quarters(history) for month in calendar.months(quarter)
    ]


def quarterly(history: History, indicator: Indicator) -> list[Actual]:
    """Give every quarter from the one before the first workbook, if that says something of it, to the last."""
    if not history.periods:
        return []
    before = actual(history, indicator, calendar.previous(history.periods[0]))
    found = [actual(history, indicator, quarter) for quarter in _all_quarters(history)]
    return [before, *found] if before.cells else found


def has_months(indicator: Indicator) -> bool:
    """Tell whether an indicator's table counts by month."""
    table = indicator.declared
    return table.rows == "month" or any(column.key.get("period") in ("m1", "m2", "m3") for column in table.counts)


def revisions(history: History, indicators: Iterable[Indicator]) -> list[tuple[Indicator, Actual]]:
    """List the quarters that a later workbook states anew, with another figure."""
    found = ((one, point) for one in indicators if not one.ratio for point in quarterly(history, one))
    return [(one, point) for one, point in found if point.revised_from is not None]


def _all_quarters(history: History) -> list[str]:
    quarters = [history.periods[0]]
    while quarters[-1] < history.periods[-1]:
        quarters.append(calendar.following(quarters[-1]))
    return quarters


def _read(report: Report | None, indicator: Indicator, period: str) -> Actual | None:
    """Read one workbook's figure; None where it says nothing of the period."""
    if report is None or indicator.table not in report.tables:
        return None
    if is_stock(indicator.measure) and calendar.is_quarter(period):
        last = _read(report, indicator, calendar.months(period)[-1])
        return last and replace(last, period=period)
    table = report.filled(indicator.table)
    parts = [item for item in table.base if _may_belong(item, indicator, period)]
    certain = [item for item in parts if indicator.key.keys() <= item.key.keys()]
    known = tuple(item.source for item in certain if item.value is not None)
    if not known:
        return None
    is_certain = not any(item.value for item in parts if item not in certain)
    key = {**indicator.key, "period": period}
    value = table.total_of(indicator.measure, indicator.unit, key) if is_certain else None
    return Actual(period, value, _at_least(table, certain), known, report.period)


def _may_belong(item: Count, indicator: Indicator, period: str) -> bool:
    """Tell whether a count is about the indicator, or may be: its own key may not say."""
    return (
        (item.measure, item.unit) == (indicator.measure, indicator.unit)
        and all(item.key.get(name, code) == code for name, code in indicator.key.items())
        and calendar.contains(period, item.key["period"])
    )


def _at_least(table: Table, counts: list[Count]) -> int:
    """Add up what was reported; where clients stand in several rows, the largest row."""
    rows: dict[str, int] = {}
    for item in counts:
        row = item.key["category"] if table.spec.totals and table.spec.totals[0].once else ""
        rows[row] = rows.get(row, 0) + (item.value or 0)
    return max(rows.values(), default=0)
