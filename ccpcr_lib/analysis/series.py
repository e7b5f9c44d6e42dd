"""Indicators over time: a history of quarters → what is known of an indicator in a month or a quarter.

What is not known is not zero: a period without a figure stays without one, and what counts bound stays between its
bounds. A quarter's own workbook counts. What the next one says of it is compared, and stands in only where the own is
not there or leaves the figure open by a blank; a stand-in knows whose it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..model import period as calendar
from ..model.finding import Finding
from ..model.measure import IN_CARE
from ..model.plan import Indicator
from ..quality.cube import NoAnswerError
from ..quality.in_care import in_care
from ..quality.sums import UNKNOWN, Sum
from .history import History
from .report import Report


@dataclass(frozen=True)
class Actual:
    """What is known of an indicator in a period.

    `total` is what its counts add up to, with the cells they stand in, in the workbook of the quarter `reported_in`; of
    a percent it says nothing, and `share` is its value, 0-1. `restated` is what the next quarter's workbook says of the
    period where that cannot be the same. `disputes` are the findings of the workbook it is reported in that dispute it.
    """

    period: str
    total: Sum = UNKNOWN
    reported_in: str = ""
    restated: "Actual | None" = None
    share: float | None = None
    disputes: tuple[Finding, ...] = ()

    @property
    def value(self) -> float | None:
        """The whole figure; None where it is not known exactly."""
        return self.total.exact if self.share is None else self.share

    @property
    def count(self) -> int:
        """The whole figure of what is counted. Raise ValueError where it is not known in full, or is a share."""
        if self.total.exact is None:
            raise ValueError(f"{self.period}: {self.value} is no count.")
        return self.total.exact

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells that the figure rests on."""
        return self.total.cells

    @property
    def is_reported(self) -> bool:
        """Whether nothing of it was left blank."""
        return self.value is not None or not self.total.blanks

    @property
    def is_bound(self) -> bool:
        """Whether all was reported, and the counts say no more than bounds."""
        return self.value is None and self.is_reported

    @property
    def figure(self) -> float | None:
        """The whole figure, or where the counts say no more than bounds the least; None where not reported in full."""
        return self.total.least if self.is_bound else self.value

    @property
    def is_partial(self) -> bool:
        """Whether something is known, but not the whole figure."""
        return self.value is None and bool(self.cells)


def actual(history: History, indicator: Indicator, period: str) -> Actual:
    """Find an indicator's figure of a month or a quarter in the workbooks of `history`, its own or else the next.

    Where blanks leave the own figure open, and the next workbook has one that fits what is known, that one stands in.
    A stock's quarter is its last month.
    """
    quarter = calendar.quarter_of(period)
    own = _read(history.get(quarter), indicator, period)
    later = _read(history.get(calendar.following(quarter)), indicator, period)
    if own is None or later is None:
        return own or later or Actual(period)
    if not own.total.meets(later.total):
        return replace(own, restated=later)
    return later if not own.is_reported and later.value is not None else own


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
    quarters = [actual(history, indicator, quarter) for quarter in _all_quarters(history)]
    return [before, *quarters] if before.cells else quarters


def has_months(indicator: Indicator) -> bool:
    """Check whether an indicator's table counts by month."""
    table = indicator.declared
    return table.rows == "month" or any(column.key.get("period") in calendar.MONTHS for column in table.counts)


def revisions(history: History, indicators: Iterable[Indicator]) -> list[tuple[Indicator, Actual]]:
    """List the quarters of which the next workbook says something else."""
    return [
        (indicator, quarter)
        for indicator in indicators
        if not indicator.ratio
        for quarter in quarterly(history, indicator)
        if quarter.restated
    ]


def _all_quarters(history: History) -> list[str]:
    quarters = [history.periods[0]]
    while quarters[-1] < history.periods[-1]:
        quarters.append(calendar.following(quarters[-1]))
    return quarters


def _read(report: Report | None, indicator: Indicator, period: str) -> Actual | None:
    """Read one workbook's figure; None where it says nothing of the period.

    Where the workbook has not the indicator's own table, the first that counts the same answers.
    """
    if report is None:
        return None
    if indicator.measure == IN_CARE:
        there = in_care({report.period: report.facts}, [period])
        if there is None or not there.is_known:
            return None
        return Actual(period, there, report.period, disputes=report.disputes.at(there.cells))
    key, cube = {**indicator.key, "period": period}, report.facts.cube(indicator.measure, indicator.unit)
    try:
        name = indicator.table if indicator.table in report.tables else cube.answers(key)
        table = report.filled(name)
        total = table.total_of(indicator.measure, indicator.unit, key)
    except NoAnswerError:
        return None
    if not total.is_known:
        return None
    disputes = table.disputed_of(indicator.measure, indicator.unit, key)
    return Actual(period, total, report.period, disputes=disputes)
