"""A history and a plan → achievements: where the year stands against what was planned, and what is not known of it.

The year to date is never judged from a part of its quarters, and never against the whole year's target before the year
is over. The cube adds the quarters, as their measure adds: a stock is not summed, the same client may stand in several
quarters. Percents are not averaged but divided anew.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Literal

from ..excel.plan_file import plan_in
from ..model import period as calendar
from ..model.finding import Finding
from ..model.measure import IN_CARE, adding
from ..model.plan import Indicator, Plan, Target
from ..quality.in_care import in_care, parts_in_care
from ..quality.planned import printed_plans
from ..quality.records import Count
from ..quality.sums import UNKNOWN, Sum, add_quarters, add_up
from .history import History
from .report import Report
from .series import Actual, actual

State = Literal["ahead", "on_plan", "behind", "over_achieved", "above", "below", "no_target", "incomplete", "open"]
"""How the year stands. ``above`` and ``below`` say how far without saying good or bad: the indicator has no direction.
``incomplete``: something was not reported, or the plan does not say what is due. ``open``: all was reported, and the
counts say no more than bounds, which give different states.
"""

MORE_OR_FEWER: Mapping[str, tuple[State, State]] = {
    "up": ("ahead", "behind"),
    "down": ("behind", "ahead"),
    "neutral": ("above", "below"),
}
"""What more, and what fewer, than is due mean by an indicator's direction."""

ON_PLAN = 0.1
"""Within a tenth of what is due is on plan."""


@dataclass(frozen=True)
class Percent:
    """A percent with its formula: `part` of `whole`."""

    part: float
    whole: float

    @property
    def value(self) -> int:
        """The percent, rounded to a whole one.

        >>> Percent(18, 60).value, Percent(1, 8).value, Percent(57 / 200, 1).value
        (30, 13, 29)
        """
        return floor(round(100 * self.part / self.whole, 6) + 0.5)


@dataclass(frozen=True)
class Reached:
    """What has been reached: at least `least`, at most `most`; None: not known. Of a percent these are shares, 0-1.

    `is_reported`: nothing of it was left blank.
    """

    least: float = 0
    most: float | None = None
    is_reported: bool = False

    @property
    def exact(self) -> float | None:
        """What has been reached, where that is known."""
        return self.least if self.least == self.most else None

    @property
    def is_bound(self) -> bool:
        """Whether all was reported, and the counts say no more than bounds."""
        return self.is_reported and self.most is not None and self.exact is None


@dataclass(frozen=True)
class Planned:
    """What the plan sets for an indicator: the year's target, the part due by the quarter's end, the quarter's own."""

    target: float | None = None
    due: float | None = None
    in_quarter: float | None = None


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
    plan, _ = plan_in(report.reading.path.parent)
    facts, year = report.facts, report.period[:4]
    printed = [
        Target(indicator.code, year, claims[0].value, "none", claims[0].source)
        for indicator in plan.indicators
        if plan.in_year(indicator.code, year) is None and (claims := printed_plans(facts, indicator, year))
    ]
    return Plan(plan.indicators, (*plan.targets, *printed))


def achievements(history: History, plan: Plan) -> tuple[Achievement, ...]:
    """Work out where every indicator of a plan stands at the end of the last quarter of `history`."""
    return tuple(achieve(history, plan, indicator) for indicator in plan.indicators)


def achieve(history: History, plan: Plan, indicator: Indicator) -> Achievement:
    """Work out where one indicator stands at the end of the last quarter of `history`."""
    period = history.periods[-1]
    if indicator.ratio:
        return _achieve_ratio(history, plan, indicator)
    quarters = tuple(actual(history, indicator, quarter) for quarter in calendar.quarters_to(period))
    year, planned = _year(history, indicator, quarters), _planned(plan, indicator, period)
    reached = Reached(year.least, year.most, not year.blanks)
    state, disputes = judge(indicator, reached, planned), _disputes(history, indicator, quarters)
    disputed = _plan_disputes(history, plan, indicator)
    return Achievement(indicator, quarters, reached, planned, state, disputes=disputes, plan_disputes=disputed)


def _disputes(history: History, indicator: Indicator, quarters: Sequence[Actual]) -> tuple[Finding, ...]:
    """List the findings that dispute a year to date: it rests on all its quarters, a stock on the last of them."""
    if indicator.measure == IN_CARE and _in_care(history):
        return _joined(_in_care_disputes(history))
    is_stock = adding(indicator.measure, indicator.unit) == "stock"
    return _joined(point.disputes for point in (quarters[-1:] if is_stock else quarters))


def _joined(groups: Iterable[Sequence[Finding]]) -> tuple[Finding, ...]:
    return tuple(dict.fromkeys(finding for group in groups for finding in group))


def _in_care_disputes(history: History) -> Iterator[tuple[Finding, ...]]:
    """Give the findings that dispute each part of the year's clients in care, in the workbook that has it."""
    for measure, month in parts_in_care(calendar.quarters_to(history.periods[-1])):
        report = history[calendar.quarter_of(month)]
        yield report.disputes.at(report.facts.cube(measure, "clients").total({"period": month}).cells)


def _year(history: History, indicator: Indicator, quarters: Sequence[Actual]) -> Sum:
    """Make the year to date: who was there is counted anew over all of it, the rest is made of its quarters."""
    if indicator.year_made == "attendance":
        return _attended(history, indicator, quarters)
    in_care_then = _in_care(history) if indicator.measure == IN_CARE else None
    return in_care_then or year_to_date(indicator, quarters)


def _attended(history: History, indicator: Indicator, quarters: Sequence[Actual]) -> Sum:
    """Add up who attended in all quarters: at least the largest count of each kind of people, in whatever quarter."""
    counts: list[Count] = []
    for point in (point for point in quarters if point.reported_in):
        cube = history[point.reported_in].facts.cube(indicator.measure, indicator.unit)
        counts += cube.counts({**indicator.key, "period": point.period}, indicator.table)
    lacking = [UNKNOWN for point in quarters if not point.reported_in]
    return sum(lacking, start=add_up(counts, "attendance", asked=indicator.key))


def _in_care(history: History) -> Sum | None:
    """Work out who was in care in the year to date; None where a workbook of it is missing."""
    facts = {report.period: report.facts for report in history.reports}
    return in_care(facts, calendar.quarters_to(history.periods[-1]))


def _planned(plan: Plan, indicator: Indicator, quarter: str) -> Planned:
    code = indicator.code
    return Planned(plan.in_year(code, quarter[:4]), plan.due(code, quarter), plan.in_quarter(code, quarter))


def _plan_disputes(history: History, plan: Plan, indicator: Indicator) -> tuple[Finding, ...]:
    """List the findings that question a cell which sets a target of the year."""
    last = history.reports[-1]
    own = (target for target in plan.targets if target.indicator == indicator.code)
    return last.disputes.at(target.source for target in own if target.period[:4] == last.period[:4])


def _achieve_ratio(history: History, plan: Plan, indicator: Indicator) -> Achievement:
    """Divide the year to date of the part by that of the whole: percents of quarters are never averaged."""
    part, whole = (achieve(history, plan, plan.indicator(code)) for code in indicator.ratio)
    quarters = tuple(map(_share_of_quarter, part.quarters, whole.quarters))
    of_year, of_quarter = (part.reached, whole.reached), (_reached(part.now), _reached(whole.now))
    reached = _divide(*(of_quarter if indicator.per_quarter else of_year))
    planned, disputed = _planned(plan, indicator, history.periods[-1]), _plan_disputes(history, plan, indicator)
    state = judge(indicator, reached, planned)
    disputes = quarters[-1].disputes if indicator.per_quarter else _joined((part.disputes, whole.disputes))
    return Achievement(indicator, quarters, reached, planned, state, (part, whole), disputes, disputed)


def _reached(point: Actual) -> Reached:
    return Reached(point.total.least, point.total.most, point.is_reported)


def _share_of_quarter(part: Actual, whole: Actual) -> Actual:
    share, cells = _divide(_reached(part), _reached(whole)), (*part.cells, *whole.cells)
    disputes = _joined((part.disputes, whole.disputes))
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


def year_to_date(indicator: Indicator, quarters: Sequence[Actual]) -> Sum:
    """Make a year of its quarters so far, as the indicator's measure adds; one that was not reported leaves it open.

    >>> visits = Indicator("visited", "Visits", "Visits", "family_visits", "visited")
    >>> first, second = Actual("2010-Q1", Sum(6, 6)), Actual("2010-Q2", Sum(37, 37))
    >>> str(year_to_date(visits, [first, second])), str(year_to_date(visits, [Actual("2010-Q1"), second]))
    ('43', 'at least 37')
    """
    return add_quarters([point.total for point in quarters], adding(indicator.measure, indicator.unit))


def judge(indicator: Indicator, reached: Reached, planned: Planned) -> State:
    """Give the state. Without every quarter's figure, or without knowing what is due, nothing is judged.

    Where only bounds are known, a state is given if the least and the most that may have been reached both give it.

    >>> fewer = Indicator("drop_outs", "Drop-outs", "Drop-outs", direction="down")
    >>> judge(fewer, Reached(4, 4, True), Planned(20, 10)), judge(fewer, Reached(4), Planned(20, 10))
    ('ahead', 'incomplete')
    >>> judge(fewer, Reached(4, 8, True), Planned(20, 10)), judge(fewer, Reached(4, 18, True), Planned(20, 10))
    ('ahead', 'open')
    """
    if planned.target is None and planned.due is None:
        return "no_target"
    if planned.due is None or not reached.is_reported or reached.most is None:
        return "incomplete"
    states = {_judge(indicator, figure, planned.due, planned.target) for figure in (reached.least, reached.most)}
    return states.pop() if len(states) == 1 else "open"


def _judge(indicator: Indicator, figure: float, due: float, target: float | None) -> State:
    if indicator.direction == "up" and target is not None and figure > target:
        return "over_achieved"
    if abs(figure - due) <= ON_PLAN * due:
        return "on_plan"
    more, fewer = MORE_OR_FEWER[indicator.direction]
    return more if figure > due else fewer
