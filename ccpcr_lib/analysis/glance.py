"""A history and a plan → a period at a glance: the way of a child in about ten rows, and what changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

from ..model import period as calendar
from ..model.finding import Finding
from ..model.glance import GlanceLine, glance_lines
from ..model.plan import Indicator, Plan
from .achievement import Achievement
from .disputes import each_once
from .history import History
from .rates import Rate, rate
from .series import Actual, actual, monthly
from .trend import Change, changes

MOST_POINTS = 8
"""A row's trend shows at most so many quarters: two years."""
MOST_CHANGES = 3
CLEAR = ("unlikely_chance",)
"""The verdicts of changes that come before all others."""


@dataclass(frozen=True)
class GlanceRow:
    """One row: the period, the one before, the same one a year before, what changed, the plan, the rate.

    `change` is that since the period before, or where that is not known since last year. `trend` are the quarters up
    to this one, two years at most; where there is no other quarter, this one's months. Of what is longer than a quarter
    they are its own quarters.
    """

    line: GlanceLine
    achievement: Achievement
    now: Actual
    before: Actual
    year_before: Actual
    change: Change
    rate: Rate | None
    trend: tuple[Actual, ...]

    @property
    def indicator(self) -> Indicator:
        """The indicator that follows its measure."""
        return self.achievement.indicator

    @property
    def disputes(self) -> tuple[Finding, ...]:
        """The findings that dispute a figure of the row."""
        groups = [point.disputes for point in (self.now, self.before, self.year_before)]
        groups += [self.achievement.disputes, self.rate.disputes if self.rate else ()]
        planned = self.achievement.plan_disputes if self.achievement.target is not None else ()
        return each_once([*groups, planned])


@dataclass(frozen=True)
class Glance:
    """A quarter at a glance: its rows in the order of a child's way, and at most three changes, the clearest first."""

    period: str
    rows: tuple[GlanceRow, ...]
    changes: tuple[Change, ...]

    @property
    def year(self) -> str:
        """The year that the plan is of: that of a quarter; a half-year or a year is told as a whole."""
        return self.period[:4] if calendar.is_quarter(self.period) else self.period

    def row(self, measure: str) -> GlanceRow | None:
        """Give the row of a measure; None where there is none."""
        return next((row for row in self.rows if row.line.measure == measure), None)

    @property
    def planned(self) -> tuple[GlanceRow, ...]:
        """The rows that have a target."""
        return tuple(row for row in self.rows if row.achievement.target is not None)


def glance(
    history: History, plan: Plan, achieved: Sequence[Achievement], period: str, *, compare_with: str = ""
) -> Glance:
    """Take a period at a glance, the last one of `history`; `compare_with` names another one than the one before."""
    followed = {achievement.indicator.code: achievement for achievement in achieved}
    rows = tuple(
        _row(history, plan, line, followed[own.code], (period, compare_with))
        for line in glance_lines()
        if (own := plan.whole(line.measure)) and (not line.whole or plan.whole(line.whole))
    )
    return Glance(period, rows, _clearest(rows))


def _row(
    history: History, plan: Plan, line: GlanceLine, achievement: Achievement, periods: tuple[str, str]
) -> GlanceRow:
    indicator, (period, compare_with) = achievement.indicator, periods
    before, last_year = changes(history, indicator, period, compare_with=compare_with)
    told = last_year if before.difference is None else before
    share, trend = rate(history, plan, line, period), _trend(history, indicator, period)
    return GlanceRow(line, achievement, before.now, before.before, last_year.before, told, share, trend)


def _trend(history: History, indicator: Indicator, period: str) -> tuple[Actual, ...]:
    """Give the quarters up to this one; of a history of one quarter its months, as far as there are any."""
    quarters = [*calendar.quarters_in(period)]
    while calendar.is_quarter(period) and len(quarters) < MOST_POINTS and quarters[0] > history.periods[0]:
        quarters.insert(0, calendar.previous(quarters[0]))
    if len(quarters) == 1:
        return tuple(monthly(history, indicator))
    return tuple(actual(history, indicator, quarter) for quarter in quarters)


def _clearest(rows: Sequence[GlanceRow]) -> tuple[Change, ...]:
    """Choose the changes to be told: those that chance would hardly give, by their chance, then the largest.

    What moved just as the whole that it is a part of is not told again.
    """
    changes = {row.line.measure: row.change for row in rows}
    told = [changes[row.line.measure] for row in rows if not _is_the_same(changes, row.line)]
    return tuple(sorted(filter(lambda change: change.difference, told), key=_evidence)[:MOST_CHANGES])


def _is_the_same(changes: Mapping[str, Change], line: GlanceLine) -> bool:
    """Check whether a part had the same figures as its whole, before and now."""
    part, whole = changes[line.measure], changes.get(line.whole)
    return whole is not None and _figures(part) == _figures(whole)


def _figures(change: Change) -> tuple[float | None, float | None]:
    return change.before.value, change.now.value


def _evidence(change: Change) -> tuple[bool, float, float]:
    """Order changes by how much speaks for them: the clear ones by their chance, the others by their size.

    A change of 4 from 4 to 8 is larger than one from 18 to 22: it is held against the root of what was counted.
    """
    is_clear, counted = change.verdict in CLEAR, change.before.total.least + change.now.total.least
    return not is_clear, (change.p or 0) if is_clear else 0, -abs(change.difference or 0) / sqrt(counted or 1)
