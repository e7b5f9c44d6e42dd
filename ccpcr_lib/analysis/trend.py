"""Indicators over time → what has really changed: two periods compared, and a run of periods with its signals.

Counts here are tiny, so a change is judged by exact Poisson methods, and where no change could be told from chance
that is said. Whole periods are compared with whole periods only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from statistics import mean, median

from ..model import period as calendar
from ..model.plan import Indicator, adds_up, counts_again
from ..quality.chance import binomial_tails, fewest_crossings, poisson_limits, ratio_interval
from .history import History
from .series import Actual, actual, has_months, monthly, quarterly

SIGNIFICANT = 0.05
FEWEST_FOR_LIMITS = 12
FEWEST_FOR_FIRM_LIMITS = 20
FEWEST_FOR_RUNS = 10
FEWEST_ON_A_SIDE = 0.4


@dataclass(frozen=True)
class Change:
    """What became of an indicator from one period to another.

    `verdict` is one of ``unlikely_chance``, ``may_be_chance``, ``too_few`` (no change of so few could be told from
    chance), ``unchanged``, ``stock`` (the same clients are counted again), ``not_comparable`` (not known in full).
    `ratio` is now / before (None where nothing was counted before), `low` and `high` its exact 95 % interval, `p` the
    chance of a change at least this large if nothing has changed. Where most of the same clients are counted again
    there are none of them.
    """

    indicator: Indicator
    before: Actual
    now: Actual
    verdict: str
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None

    @property
    def difference(self) -> int | None:
        """How many more there are now."""
        return None if self.verdict == "not_comparable" else self.now.value - self.before.value


@dataclass(frozen=True)
class Signal:
    """Something in a run that chance would hardly give: its rule, and the periods it spans."""

    rule: str
    periods: tuple[str, ...]


@dataclass(frozen=True)
class Run:
    """An indicator's periods in sequence, its median, and its control limits where there are points enough.

    A point above `high` or below `low` is a signal. Limits from fewer than 20 points are on trial.
    """

    indicator: Indicator
    points: tuple[Actual, ...]
    centre: float | None
    low: int | None
    high: int | None
    signals: tuple[Signal, ...]

    @property
    def known(self) -> tuple[Actual, ...]:
        """The periods with a whole figure."""
        return tuple(point for point in self.points if point.value is not None)

    @property
    def is_stock(self) -> bool:
        """Whether most of the same clients are counted again each period."""
        return counts_again(self.indicator)

    @property
    def is_trial(self) -> bool:
        """Whether its limits rest on few points."""
        return self.high is not None and len(self.known) < FEWEST_FOR_FIRM_LIMITS


def compare(indicator: Indicator, before: Actual, now: Actual) -> Change:
    """Compare two periods of one length. What was reported in part, or not at all, is not compared.

    Raise ValueError for a month beside a quarter, and for a percent, which has no Poisson counts of its own.
    """
    if calendar.is_quarter(before.period) != calendar.is_quarter(now.period):
        raise ValueError(f"{before.period} and {now.period} are not of one length. Compare quarters with quarters.")
    if indicator.ratio:
        raise ValueError(f"{indicator.code} is a percent. Compare its part and its whole.")
    if before.value is None or now.value is None:
        return Change(indicator, before, now, "not_comparable")
    if counts_again(indicator):
        return Change(indicator, before, now, "stock")
    if before.value == now.value:
        return Change(indicator, before, now, "unchanged")
    return _compare_counts(indicator, before, now)


def _compare_counts(indicator: Indicator, before: Actual, now: Actual) -> Change:
    """Compare two counts exactly (Przyborowski and Wilenski 1940), with the smaller tail doubled."""
    n = before.value + now.value
    p = min(1.0, 2 * min(binomial_tails(now.value, n, 0.5)))
    smallest = 2 * 0.5**n
    verdict = "unlikely_chance" if p < SIGNIFICANT else "too_few" if smallest >= SIGNIFICANT else "may_be_chance"
    ratio = now.value / before.value if before.value else None
    return Change(indicator, before, now, verdict, ratio, *ratio_interval(now.value, before.value), p)


def changes(history: History, indicator: Indicator) -> tuple[Change, Change]:
    """Compare the last quarter of `history` with the one before, and with the same quarter a year before."""
    period = history.periods[-1]
    year, number = calendar.split_quarter(period)
    now = actual(history, indicator, period)
    earlier = (calendar.previous(period), calendar.quarter(year - 1, number))
    return tuple(compare(indicator, actual(history, indicator, quarter), now) for quarter in earlier)


def run(history: History, indicator: Indicator) -> Run:
    """Lay out an indicator's months, or its quarters where it has no months, with median, limits and signals.

    Below 12 points there is a median only. The rules are made for separate events: where most of the same clients are
    counted again there are neither limits nor signals, and where some may be, runs are not judged. Raise ValueError for
    a percent.
    """
    if indicator.ratio:
        raise ValueError(f"{indicator.code} is a percent. Follow its part and its whole.")
    points = tuple(monthly(history, indicator) if has_months(indicator) else quarterly(history, indicator))
    values = [point.value for point in points if point.value is not None]
    centre = median(values) if values else None
    if counts_again(indicator):
        return Run(indicator, points, centre, None, None, ())
    has_limits = len(values) >= FEWEST_FOR_LIMITS
    limits = poisson_limits(mean(values)) if has_limits else (None, None)
    signals = _outside(points, limits) if has_limits else []
    if adds_up(indicator.measure, indicator.unit):
        signals += _run_signals(points, centre)
    return Run(indicator, points, centre, *limits, tuple(signals))


def _outside(points: Sequence[Actual], limits: tuple[int, int]) -> list[Signal]:
    low, high = limits
    beyond = (point.period for point in points if point.value is not None and not low <= point.value <= high)
    return [Signal("outside", (period,)) for period in beyond]


def _run_signals(points: Sequence[Actual], centre: float | None) -> list[Signal]:
    """Find runs on one side of the median that are too long, or too few crossings of it.

    Rules of Anhøj and Olesen (PLoS ONE 9, 2014): of n points off the median, a run longer than log2(n) + 3 rounded, or
    fewer crossings than chance gives in 95 of 100 cases. Points on the median belong to neither side. The rules suppose
    that half of the points lie on each side; where many counts equal the median, such as 0, that is not so, and nothing
    is said. A period nobody reported ends a run; crossings are counted only where none is missing between.
    """
    useful = [point for point in points if point.value is not None and point.value != centre]
    above = sum(point.value > centre for point in useful)
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


def _runs(points: Sequence[Actual], centre: float) -> list[list[Actual]]:
    """Group neighbours on one side of the centre; points on it are passed over, an unknown one ends a group."""
    runs: list[list[Actual]] = [[]]
    for point in points:
        if point.value == centre:
            continue
        if point.value is None or (runs[-1] and (runs[-1][-1].value > centre) != (point.value > centre)):
            runs.append([])
        if point.value is not None:
            runs[-1].append(point)
    return [group for group in runs if group]
