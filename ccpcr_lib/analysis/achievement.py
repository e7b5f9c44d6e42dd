"""A history and a plan → achievements: where the year stands against what was planned, and what is not known of it.

The year to date is never judged from a part of its quarters, and never against the whole year's target before the year
is over. Percents are not averaged but divided anew.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from ..model import period as calendar
from ..model.finding import Finding
from ..model.plan import Indicator, Plan
from ..quality.sums import Sum
from .disputes import each_once
from .history import History
from .judgement import Planned, Reached, State, judge
from .percents import whole_percent
from .planned import planned_in
from .report import Report
from .series import Actual, actual
from .year import disputes_of_year, year_to_date


@dataclass(frozen=True)
class Percent:
    """A percent with its formula: `part` of `whole`."""

    part: float
    whole: float

    @property
    def value(self) -> int:
        """The percent, rounded to a whole one, half up."""
        return whole_percent(self.part, self.whole)


@dataclass(frozen=True)
class Achievement:
    """Where one indicator stands at the end of a quarter.

    `quarters` are the year's so far, `reached` what is known of the year to date; of a percent that is given per
    quarter, of the quarter. For a percent, `parts` are the achievements of its part and its whole. `disputes` are
    the findings that dispute the year to date, `plan_disputes` those that dispute its targets.
    """

    indicator: Indicator
    quarters: tuple[Actual, ...]
    reached: Reached
    planned: Planned
    state: State
    parts: tuple["Achievement", ...] = ()
    disputes: tuple[Finding, ...] = ()
    plan_disputes: tuple[Finding, ...] = ()

    @property
    def to_date(self) -> float | None:
        """The year to date, None where it is not wholly known."""
        return None if self.indicator.per_quarter else self.reached.exact

    @property
    def at_least(self) -> int:
        """How many there are at least in the year to date; of a percent nothing is said."""
        return 0 if self.parts else int(self.reached.least)

    @property
    def is_bound(self) -> bool:
        """Whether all quarters were reported, and their counts say no more than bounds."""
        return self.reached.is_bound

    @property
    def target(self) -> float | None:
        """The year's target; where none is set, what is due by now."""
        return self.planned.due if self.planned.target is None else self.planned.target

    @property
    def now(self) -> Actual:
        """What is known of the quarter itself."""
        return self.quarters[-1]

    @property
    def known_quarters(self) -> int:
        """How many of the year's quarters so far were wholly reported."""
        return len([point for point in self.quarters if point.is_reported])

    @property
    def percent(self) -> Percent | None:
        """The year to date in percent of the year's target or of what is due, as the plan's formula says."""
        whole = self.planned.due if self.indicator.formula == "actual / due" else self.target
        return Percent(self.to_date, whole) if self.to_date is not None and whole else None

    @property
    def percent_of_quarter(self) -> Percent | None:
        """This quarter in percent of its own target."""
        value, whole = self.now.value, self.planned.in_quarter
        return Percent(value, whole) if value is not None and whole else None


def plan_of(report: Report) -> Plan:
    """Give the plan that holds for a report: its folder's, and where that is silent what the workbook itself prints.

    A printed plan is the year's; it does not say when it is due.
    """
    return report.plan


def achievements(history: History, plan: Plan, period: str = "") -> tuple[Achievement, ...]:
    """Work out where every indicator of a plan stands: at the end of the last quarter of `history`, or of a `period`.

    A half-year or a year is all of its quarters, whether they are reported or not.
    """
    return tuple(achieve(history, plan, indicator, period) for indicator in plan.indicators)


def achieve(history: History, plan: Plan, indicator: Indicator, period: str = "") -> Achievement:
    """Work out where one indicator stands at the end of the last quarter of `history`, or of a `period`."""
    period = period or history.periods[-1]
    if indicator.ratio:
        return _achieve_ratio(history, plan, indicator, period)
    to_date = calendar.quarters_to(period) if calendar.is_quarter(period) else calendar.quarters_in(period)
    quarters = tuple(actual(history, indicator, quarter) for quarter in to_date)
    year, planned = year_to_date(history, indicator, quarters), planned_in(plan, indicator, period)
    reached = Reached(year.least, year.most, not year.blanks)
    state, disputes = judge(indicator, reached, planned), disputes_of_year(history, indicator, quarters)
    disputed = _plan_disputes(history, plan, indicator, to_date)
    return Achievement(indicator, quarters, reached, planned, state, disputes=disputes, plan_disputes=disputed)


def _plan_disputes(history: History, plan: Plan, indicator: Indicator, quarters: Sequence[str]) -> tuple[Finding, ...]:
    """List the findings that question a cell which sets a target of the year, or of one of the years."""
    last, years = history.reports[-1], {quarter[:4] for quarter in quarters}
    own = (target for target in plan.targets if target.indicator == indicator.code)
    return last.disputes.at(target.source for target in own if target.period[:4] in years)


def _achieve_ratio(history: History, plan: Plan, indicator: Indicator, period: str) -> Achievement:
    """Divide the year to date of the part by that of the whole: percents of quarters are never averaged."""
    part, whole = (achieve(history, plan, plan.indicator(code), period) for code in indicator.ratio)
    quarters = tuple(map(_share_of_quarter, part.quarters, whole.quarters))
    of_year, of_quarter = (part.reached, whole.reached), (_reached(part.now), _reached(whole.now))
    reached = _divide(*(of_quarter if indicator.per_quarter else of_year))
    planned = planned_in(plan, indicator, _last(period) if indicator.per_quarter else period)
    disputed = _plan_disputes(history, plan, indicator, [point.period for point in quarters])
    state = judge(indicator, reached, planned)
    disputes = quarters[-1].disputes if indicator.per_quarter else each_once((part.disputes, whole.disputes))
    return Achievement(indicator, quarters, reached, planned, state, (part, whole), disputes, disputed)


def _last(period: str) -> str:
    """Name the last quarter of a period: what is given per quarter stands for that one."""
    return calendar.quarters_in(period)[-1]


def _reached(point: Actual) -> Reached:
    return Reached(point.total.least, point.total.most, point.is_reported)


def _share_of_quarter(part: Actual, whole: Actual) -> Actual:
    share, cells = _divide(_reached(part), _reached(whole)), (*part.cells, *whole.cells)
    disputes = each_once((part.disputes, whole.disputes))
    total = Sum(0, None, int(not share.is_reported), cells)
    return Actual(part.period, total, share=share.exact, disputes=disputes)


def _divide(part: Reached, whole: Reached) -> Reached:
    """Divide a part by its whole, as far as both are known: of nothing there is no percent.

    >>> _divide(Reached(1, 2, True), Reached(4, 5, True))
    Reached(least=0.2, most=0.5, is_reported=True)
    """
    is_reported = part.is_reported and whole.is_reported
    if not is_reported or part.most is None or not whole.least or not whole.most:
        return Reached(is_reported=is_reported)
    return Reached(part.least / whole.most, part.most / whole.least, is_reported)
