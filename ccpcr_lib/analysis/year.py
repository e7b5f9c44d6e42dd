"""An indicator's quarters → its year to date, and the findings that dispute it.

The cube adds the quarters, as their measure adds: a stock is not summed, the same client may stand in several quarters.
"""

from collections.abc import Sequence

from ..model import period as calendar
from ..model.finding import Finding
from ..model.measure import IN_CARE, adding
from ..model.plan import Indicator
from ..model.records import Count
from ..quality.in_care import in_care, least_in_care, parts_in_care, parts_of_least_in_care
from ..quality.sums import UNKNOWN, Sum, add_quarters, add_up
from .disputes import each_once
from .history import History
from .in_care import disputes_in_care
from .series import Actual, actual


def actual_of(history: History, indicator: Indicator, period: str) -> Actual:
    """Find an indicator's figure of a quarter, or make that of a half-year or a year of its quarters."""
    if calendar.is_quarter(period):
        return actual(history, indicator, period)
    quarters = [actual(history, indicator, quarter) for quarter in calendar.quarters_in(period)]
    if not any(point.reported_in for point in quarters):
        return Actual(period)
    total = year_to_date(history, indicator, quarters)
    return Actual(period, total, period, disputes=disputes_of_year(history, indicator, quarters))


def year_to_date(history: History, indicator: Indicator, quarters: Sequence[Actual]) -> Sum:
    """Make the year to date: who was there is counted anew over all of it, the rest is made of its quarters.

    `quarters` are the year's up to the last of `history`, whether reported or not.
    """
    if indicator.year_made == "attendance":
        return _attended(history, indicator, quarters)
    if indicator.measure != IN_CARE:
        return from_quarters(indicator, quarters)
    facts = {report.period: report.facts for report in history.reports}
    added, least = from_quarters(indicator, quarters), least_in_care(facts, [point.period for point in quarters])
    return _in_care(history, quarters) or added.no_fewer([added, Sum(least)])


def from_quarters(indicator: Indicator, quarters: Sequence[Actual]) -> Sum:
    """Make a year of its quarters so far, as the indicator's measure adds; one that was not reported leaves it open.

    >>> visits = Indicator("visited", "Visits", "Visits", "family_visits", "visited")
    >>> first, second = Actual("2010-Q1", Sum(6, 6)), Actual("2010-Q2", Sum(37, 37))
    >>> str(from_quarters(visits, [first, second])), str(from_quarters(visits, [Actual("2010-Q1"), second]))
    ('43', 'at least 37')
    """
    return add_quarters([point.total for point in quarters], adding(indicator.measure, indicator.unit))


def disputes_of_year(history: History, indicator: Indicator, quarters: Sequence[Actual]) -> tuple[Finding, ...]:
    """List the findings that dispute a year to date: it rests on all its quarters, a stock on the last of them."""
    periods = [point.period for point in quarters]
    if indicator.measure == IN_CARE and _in_care(history, quarters):
        return disputes_in_care(history.reports, parts_in_care(periods))
    is_stock = adding(indicator.measure, indicator.unit) == "stock"
    of_quarters = each_once(point.disputes for point in (quarters[-1:] if is_stock else quarters))
    if indicator.measure == IN_CARE:
        return each_once([of_quarters, disputes_in_care(history.reports, parts_of_least_in_care(periods))])
    return of_quarters


def _attended(history: History, indicator: Indicator, quarters: Sequence[Actual]) -> Sum:
    """Add up who attended in all quarters: at least the largest count of each kind of people, in whatever quarter."""
    counts: list[Count] = []
    for point in (point for point in quarters if point.reported_in):
        cube = history[point.reported_in].facts.cube(indicator.measure, indicator.unit)
        key = {**indicator.key, "period": point.period}
        counts += cube.counts(key, indicator.table if indicator.table in cube.tables else cube.answers(key))
    lacking = [UNKNOWN for point in quarters if not point.reported_in]
    return sum(lacking, start=add_up(counts, "attendance", asked=indicator.key))


def _in_care(history: History, quarters: Sequence[Actual]) -> Sum | None:
    """Work out who was in care in the year to date; None where a workbook of it is missing."""
    facts = {report.period: report.facts for report in history.reports}
    return in_care(facts, [point.period for point in quarters])
