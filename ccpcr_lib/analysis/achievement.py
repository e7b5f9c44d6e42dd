"""A history and a plan → achievements: where the year stands against what was planned, and what is not known of it.

The year to date is never judged from a part of its quarters, and never against the whole year's target before the year
is over. What may not be calculated raises: a stock is not summed, clients are not added over quarters where the same
client may stand in several, percents are not averaged but divided anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Literal, TypeVar

from ..excel.plan_file import plan_in
from ..model import period as calendar
from ..model.finding import Finding
from ..model.plan import Indicator, Plan, Target, adds_up, why_not_added
from ..quality.planned import printed_plans
from ..quality.records import all_known
from .history import History
from .report import Report
from .series import Actual, actual

State = Literal["ahead", "on_plan", "behind", "over_achieved", "above", "below", "no_target", "incomplete"]
"""How the year stands. ``above`` and ``below`` say how far without saying good or bad: the indicator has no direction.
"""

MORE_OR_FEWER: Mapping[str, tuple[State, State]] = {
    "up": ("ahead", "behind"),
    "down": ("behind", "ahead"),
    "neutral": ("above", "below"),
}
"""What more, and what fewer, than is due mean by an indicator's direction."""

ON_PLAN = 0.1
"""Within a tenth of what is due is on plan."""

Number = TypeVar("Number", int, float)


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
class Planned:
    """What the plan sets for an indicator: the year's target, the part due by the quarter's end, the quarter's own."""

    target: float | None = None
    due: float | None = None
    in_quarter: float | None = None


@dataclass(frozen=True)
class Achievement:
    """Where one indicator stands at the end of a quarter.

    `quarters` are the year's so far. `to_date` is the year to date, None where it is not wholly known; `at_least` is
    what is known of it. `plan_disputes` are the findings that dispute its targets. For a percent, `parts` are the
    achievements of its part and its whole, and figures are shares, 0-1.
    """

    indicator: Indicator
    quarters: tuple[Actual, ...]
    to_date: float | None
    at_least: int
    planned: Planned
    state: State
    parts: tuple["Achievement", ...] = ()
    plan_disputes: tuple[Finding, ...] = ()

    @property
    def disputes(self) -> tuple[Finding, ...]:
        """The findings that dispute the year to date: it rests on all its quarters, a stock on the last of them."""
        is_level = self.indicator.accumulate in ("last", "none") and not self.parts
        points = self.quarters[-1:] if is_level else self.quarters
        groups = (*(part.disputes for part in self.parts), *(point.disputes for point in points))
        return tuple(dict.fromkeys(finding for group in groups for finding in group))

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
        """How many of the year's quarters so far are wholly known."""
        return sum(point.value is not None for point in self.quarters)

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
    to_date = year_to_date(indicator, [point.value for point in quarters])
    at_least = year_to_date(indicator, [point.known for point in quarters])
    planned = _planned(plan, indicator, period)
    state, disputed = judge(indicator, to_date, planned), _plan_disputes(history, plan, indicator)
    return Achievement(indicator, quarters, to_date, at_least or 0, planned, state, plan_disputes=disputed)


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
    share = _share(part.to_date, whole.to_date)
    quarters = tuple(
        Actual(
            of_part.period,
            _share(of_part.value, of_whole.value),
            cells=(*of_part.cells, *of_whole.cells),
            disputes=tuple(dict.fromkeys((*of_part.disputes, *of_whole.disputes))),
        )
        for of_part, of_whole in zip(part.quarters, whole.quarters, strict=True)
    )
    planned = _planned(plan, indicator, history.periods[-1])
    state = judge(indicator, share, planned)
    disputed = _plan_disputes(history, plan, indicator)
    return Achievement(indicator, quarters, share, 0, planned, state, (part, whole), disputed)


def _share(part: float | None, whole: float | None) -> float | None:
    return None if part is None or not whole else part / whole


def year_to_date(indicator: Indicator, quarters: Sequence[Number | None]) -> Number | None:
    """Make a year of its quarters so far, as the indicator accumulates; None where that is not known.

    >>> follows = Indicator("visited", "Visits", "Visits", "family_visits", "visited", accumulate="max")
    >>> year_to_date(follows, [6, 37]), year_to_date(follows, [None, 37])
    (37, None)
    """
    if indicator.accumulate == "sum":
        return add_quarters(indicator, quarters)
    if indicator.accumulate == "max":
        known = all_known(quarters)
        return None if known is None else max(known)
    return quarters[-1]


def add_quarters(indicator: Indicator, quarters: Sequence[Number | None]) -> Number | None:
    """Add quarters up; None where one is not known. Raise ValueError where that would count a client twice.

    >>> referred = Indicator("referred", "Referred", "Referred", "referrals_by_type", "referred", accumulate="sum")
    >>> add_quarters(referred, [12, 18]), add_quarters(referred, [None, 18])
    (30, None)
    """
    if not adds_up(indicator.measure, indicator.unit):
        raise ValueError(f"{indicator.code}: {why_not_added(indicator.measure)}")
    known = all_known(quarters)
    return None if known is None else sum(known)


def judge(indicator: Indicator, to_date: float | None, planned: Planned) -> State:
    """Give the state. Without every quarter's figure, or without knowing what is due, nothing is judged.

    >>> fewer = Indicator("drop_outs", "Drop-outs", "Drop-outs", direction="down")
    >>> judge(fewer, 4, Planned(20, 10)), judge(fewer, None, Planned(20, 10))
    ('ahead', 'incomplete')
    """
    target, due = planned.target, planned.due
    if target is None and due is None:
        return "no_target"
    if to_date is None or due is None:
        return "incomplete"
    if indicator.direction == "up" and target is not None and to_date > target:
        return "over_achieved"
    if abs(to_date - due) <= ON_PLAN * due:
        return "on_plan"
    more, fewer = MORE_OR_FEWER[indicator.direction]
    return more if to_date > due else fewer
