"""A measure and the one that its clients are a part of → a rate, n of N, as far as both are known.

A rate is never added and never averaged: each period has its own. Where a part was not reported there are at least so
many; where the whole is only known as at least so many, or is small, there is no percent.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..model import period as calendar
from ..model.finding import Finding
from ..model.glance import GlanceLine
from ..model.plan import Indicator, Plan
from ..quality.sums import add_quarters
from .disputes import each_once
from .history import History
from .series import Actual, actual

FEWEST = 10
"""Of fewer than this no percent is given: one client more would move it by more than ten points."""


@dataclass(frozen=True)
class Rate:
    """How many of how many: `part` of `whole`, each with the findings that dispute it.

    `since` is the first quarter of a whole that has grown to date; empty otherwise. `quarters` says of what is longer
    than a quarter in how many quarters both are known.
    """

    line: GlanceLine
    part: Actual
    whole: Actual
    since: str = ""
    quarters: int = 1

    @property
    def disputes(self) -> tuple[Finding, ...]:
        """The findings that dispute its part or its whole."""
        return each_once((self.part.disputes, self.whole.disputes))

    @property
    def is_known(self) -> bool:
        """Whether anything can be said: there is something of the part, and a whole to take it of."""
        return self.part.total.is_known and self.whole.total.least > 0

    @property
    def is_exact(self) -> bool:
        """Whether part and whole are known exactly."""
        return self.part.total.exact is not None and self.whole.total.exact is not None

    @property
    def percent(self) -> int | None:
        """The whole percent, half up; where only the least of the part is known, as many percent at least.

        None where the whole is not known exactly, or is smaller than ten.
        """
        whole, part = self.whole.total.exact, self.part.total
        if whole is None or whole < FEWEST or not part.is_known:
            return None
        return (200 * part.least + whole) // (2 * whole) if self.is_exact else 100 * part.least // whole


def rate(history: History, plan: Plan, line: GlanceLine, period: str) -> Rate | None:
    """Work out a line's rate in a quarter; None where the line is a part of nothing.

    In what is longer only the quarters count in which part and whole are known, and there is none where they do not add
    alike: such a rate has a figure for each quarter alone.
    """
    part, whole = plan.whole(line.measure), plan.whole(line.whole)
    if part is None or whole is None:
        return None
    if not calendar.is_quarter(period):
        is_alike = part.year_made == whole.year_made == "flow" and not line.to_date
        return _of_quarters(history, line, (part, whole), period) if is_alike else None
    share = actual(history, part, period)
    share = _by_client(history, line, share) if line.by_client else share
    if not line.to_date:
        return Rate(line, share, actual(history, whole, period))
    quarters = _since_the_beginning(history, period)
    points = [actual(history, whole, each) for each in quarters]
    return Rate(line, share, _added(points, period), quarters[0])


def _of_quarters(history: History, line: GlanceLine, of: tuple[Indicator, Indicator], period: str) -> Rate:
    """Divide what was counted in the quarters in which both are known."""
    pairs = [[actual(history, each, quarter) for each in of] for quarter in calendar.quarters_in(period)]
    known = [pair for pair in pairs if None not in (pair[0].value, pair[1].value)]
    part, whole = (_added([pair[place] for pair in known], period) for place in range(2))
    return Rate(line, part, whole, quarters=len(known))


def _added(points: Sequence[Actual], period: str) -> Actual:
    total = add_quarters([point.total for point in points], "flow")
    return Actual(period, total, period, disputes=each_once(point.disputes for point in points))


def _since_the_beginning(history: History, quarter: str) -> list[str]:
    """List every quarter from the beginning of the first workbook's year, those without a workbook included."""
    quarters = [f"{history.periods[0][:4]}-Q1"]
    while quarters[-1] < quarter:
        quarters.append(calendar.following(quarters[-1]))
    return quarters


def _by_client(history: History, line: GlanceLine, share: Actual) -> Actual:
    """Give how many clients a measure is about, each of whom may stand in several months of the quarter.

    What only another quarter's workbook says of it stays as it is: it has no months.
    """
    if share.reported_in != share.period:
        return share
    cube = history[share.period].facts.cube(line.measure, "clients")
    return replace(share, total=cube.total({"period": share.period}, by_client=True))
