"""An indicator's periods in sequence → its run: median, limits and signals.

Counts here are tiny, so limits are exact Poisson limits. They are made for separate events that nobody plans.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from statistics import mean, median

from ..model.plan import Indicator
from ..quality.chance import fewest_crossings, poisson_limits
from .history import History
from .series import Actual, has_months, monthly, quarterly
from .trend import Together, groups

ABOVE, BELOW = "above", "below"

FEWEST_FOR_LIMITS = 12
FEWEST_FOR_FIRM_LIMITS = 20
FEWEST_FOR_RUNS = 10
"""How many points limits need, limits that are no longer on trial, and the rules of runs."""

FEWEST_ON_A_SIDE = 0.4
"""Which part of the points must lie on each side of the median before the rules of runs hold."""


@dataclass(frozen=True)
class Signal:
    """Something in a run that chance would hardly give: its rule, and the periods it spans.

    ``together`` is none, but says why there is none: clients who came as a group, `groups`, lie outside the limits.
    """

    rule: str
    periods: tuple[str, ...]
    groups: tuple[Together, ...] = ()


@dataclass(frozen=True)
class Run:
    """An indicator's periods in sequence, its median, and its control limits where there are points enough.

    A point above `high` or below `low` is a signal. Limits from fewer than 20 points are on trial. A point that is only
    known as at least so many stands with so many; a run with such points has a median alone, which is at least so many.
    """

    indicator: Indicator
    points: tuple[Actual, ...]
    centre: float | None
    low: int | None
    high: int | None
    signals: tuple[Signal, ...]

    @property
    def known(self) -> tuple[Actual, ...]:
        """The periods that were reported in full."""
        return tuple(point for point in self.points if point.figure is not None)

    @property
    def is_bound(self) -> bool:
        """Whether the counts of some period say no more than bounds."""
        return any(point.is_bound for point in self.points)

    @property
    def is_stock(self) -> bool:
        """Whether most of the same clients are counted again each period."""
        return self.indicator.counts_again

    @property
    def is_planned(self) -> bool:
        """Whether the shelter plans it, so that chance is no word for it."""
        return self.indicator.is_managed

    @property
    def is_trial(self) -> bool:
        """Whether its limits rest on few points."""
        return self.high is not None and len(self.known) < FEWEST_FOR_FIRM_LIMITS


def run(history: History, indicator: Indicator) -> Run:
    """Lay out an indicator's months, or its quarters where it has no months, with median, limits and signals.

    Below 12 points there is a median only. The rules are made for separate events: of what the shelter plans, where
    most of the same clients are counted again, or where counts say no more than bounds, there are neither limits nor
    signals. Raise ValueError for a percent.
    """
    if indicator.ratio:
        raise ValueError(f"{indicator.code} is a percent. Follow its part and its whole.")
    points = tuple(monthly(history, indicator) if has_months(indicator) else quarterly(history, indicator))
    values = [point.figure for point in points if point.figure is not None]
    centre = median(values) if values else None
    if indicator.is_managed or indicator.counts_again or any(point.is_bound for point in points):
        return Run(indicator, points, centre, None, None, ())
    limits = poisson_limits(mean(values)) if len(values) >= FEWEST_FOR_LIMITS else None
    signals = [_outside(history, indicator, point) for point in points if limits and _is_beyond(point, *limits)]
    if centre is not None:
        signals += _run_signals(points, centre)
    low, high = limits or (None, None)
    return Run(indicator, points, centre, low, high, tuple(signals))


def _is_beyond(point: Actual, low: int, high: int) -> bool:
    return point.value is not None and not low <= point.value <= high


def _outside(history: History, indicator: Indicator, point: Actual) -> Signal:
    """Tell a point outside the limits; it is no signal where clients came as a group, of whom chance says nothing."""
    came = groups(history, indicator, point.period)
    return Signal("together" if came else "outside", (point.period,), came)


def _run_signals(points: Sequence[Actual], centre: float) -> list[Signal]:
    """Find runs on one side of the median that are too long, or too few crossings of it.

    Rules of Anhøj and Olesen (PLoS ONE 9, 2014): of n points off the median, a run longer than log2(n) + 3 rounded, or
    fewer crossings than chance gives in 95 of 100 cases. Points on the median belong to neither side. The rules suppose
    that half of the points lie on each side; where many counts equal the median, such as 0, that is not so, and nothing
    is said. A period nobody reported ends a run; crossings are counted only where none is missing between.
    """
    sides = [_side(point, centre) for point in points]
    useful = [point for point, side in zip(points, sides, strict=True) if side]
    above = sides.count(ABOVE)
    if len(useful) < FEWEST_FOR_RUNS or min(above, len(useful) - above) < FEWEST_ON_A_SIDE * len(useful):
        return []
    runs = _runs(points, centre)
    longest = max(runs, key=len)
    if len(longest) > round(log2(len(useful)) + 3):
        return [Signal("long_run", tuple(point.period for point in longest))]
    inside = points[points.index(useful[0]) : points.index(useful[-1])]
    is_whole = all(point.value is not None for point in inside)
    if is_whole and len(runs) - 1 < fewest_crossings(len(useful)):
        return [Signal("few_crossings", (useful[0].period, useful[-1].period))]
    return []


def _side(point: Actual, centre: float) -> str:
    """Name the side of the centre that a point lies on; none where it lies on the centre, or is not known."""
    if point.value is None or point.value == centre:
        return ""
    return ABOVE if point.value > centre else BELOW


def _runs(points: Sequence[Actual], centre: float) -> list[list[Actual]]:
    """Group neighbours on one side of the centre; points on it are passed over, an unknown one ends a group."""
    runs: list[list[Actual]] = [[]]
    before = ""
    for point in points:
        if point.value == centre:
            continue
        side = _side(point, centre)
        if side != before:
            runs.append([])
        if side:
            runs[-1].append(point)
        before = side
    return [group for group in runs if group]
