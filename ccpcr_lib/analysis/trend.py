"""Two periods of an indicator → what has changed, whether chance may have done it, and whether last year did the same.

Counts here are tiny, so a change is judged by exact Poisson methods, and where no change could be told from chance
that is said. Whole periods are compared with whole periods only. Chance is no word for what the shelter plans itself,
nor for clients who came as a group.
"""

from dataclasses import dataclass, replace

from ..model import period as calendar
from ..model.catalogue import home_table
from ..model.codelist import codelist
from ..model.measure import IN_CARE
from ..model.plan import Indicator
from ..quality.chance import binomial_tails, ratio_interval
from .history import History
from .series import Actual, actual
from .year import actual_of

SIGNIFICANT = 0.05
"""A change that chance would give less often than this is unlikely to be chance."""

FEWEST_TOGETHER = 2
"""One client is no group."""


@dataclass(frozen=True)
class Together:
    """Clients of one case type who came in one month, `count` of all `whole` of a period, a quarter or that month."""

    period: str
    month: str
    case_type: str
    count: int
    whole: int


@dataclass(frozen=True)
class Change:
    """What became of an indicator from one period to another.

    `verdict` is one of ``unlikely_chance``, ``may_be_chance``, ``too_few`` (no change of so few could be told from
    chance), ``unchanged``, ``managed`` (the shelter plans it), ``together`` (clients came as a group), ``stock`` (the
    same clients are counted again), ``bounded`` (all was reported, but the counts say no more than bounds),
    ``not_comparable`` (not reported in full). `groups` are those that came together in one of the periods.
    `ratio` is now / before (None where nothing was counted before), `low` and `high` its exact 95 % interval, `p` the
    chance of a change at least this large if nothing has changed. Where chance is not judged there are none of them.
    """

    indicator: Indicator
    before: Actual
    now: Actual
    verdict: str
    ratio: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    groups: tuple[Together, ...] = ()

    @property
    def difference(self) -> int | None:
        """How many more there are now."""
        return None if self.verdict in ("not_comparable", "bounded") else self.now.count - self.before.count


@dataclass(frozen=True)
class Season:
    """The same quarter a year before and the one before that, and whether they moved as this year's did."""

    indicator: Indicator
    before: Actual
    then: Actual
    is_alike: bool


def compare(indicator: Indicator, before: Actual, now: Actual, groups: tuple[Together, ...] = ()) -> Change:
    """Compare two periods of one length. What was reported in part, or not at all, is not compared, nor are bounds.

    `groups` are the clients who came together in one of them. Raise ValueError for a month beside a quarter, and for a
    percent, which has no Poisson counts of its own.
    """
    if calendar.is_quarter(before.period) != calendar.is_quarter(now.period):
        raise ValueError(f"{before.period} and {now.period} are not of one length. Compare quarters with quarters.")
    if indicator.ratio:
        raise ValueError(f"{indicator.code} is a percent. Compare its part and its whole.")
    verdict = _not_judged(indicator, before, now) or ("together" if groups else "")
    if verdict:
        return Change(indicator, before, now, verdict, groups=groups if verdict == "together" else ())
    return _compare_counts(indicator, before, now)


def _not_judged(indicator: Indicator, before: Actual, now: Actual) -> str:
    """Give the verdict of what is not judged by its counts; none for what is."""
    if not (before.is_reported and now.is_reported):
        return "not_comparable"
    if before.is_bound or now.is_bound:
        return "bounded"
    if before.value == now.value:
        return "unchanged"
    if indicator.is_managed:
        return "managed"
    return "stock" if indicator.counts_again else ""


def _compare_counts(indicator: Indicator, before: Actual, now: Actual) -> Change:
    """Compare two counts exactly (Przyborowski and Wilenski 1940), with the smaller tail doubled."""
    n = before.count + now.count
    p = min(1.0, 2 * min(binomial_tails(now.count, n, 0.5)))
    smallest = 2 * 0.5**n
    verdict = "unlikely_chance" if p < SIGNIFICANT else "too_few" if smallest >= SIGNIFICANT else "may_be_chance"
    ratio = now.count / before.count if before.count else None
    return Change(indicator, before, now, verdict, ratio, *ratio_interval(now.count, before.count), p)


def changes(
    history: History, indicator: Indicator, period: str = "", *, compare_with: str = ""
) -> tuple[Change, Change]:
    """Compare a period, the last quarter if none is named, with the one before and with the same one a year before.

    `compare_with` names another one than the one before.
    """
    period = period or history.periods[-1]
    now, of_now = actual_of(history, indicator, period), came_together(history, indicator, period)

    def since(earlier: str) -> Change:
        there = (*came_together(history, indicator, earlier), *of_now)
        return compare(indicator, actual_of(history, indicator, earlier), now, there)

    return since(compare_with or calendar.previous(period)), since(year_before(period))


def came_together(history: History, indicator: Indicator, period: str) -> tuple[Together, ...]:
    """List the clients who came as a group in a quarter; of what is longer that is not asked."""
    return groups(history, indicator, period) if calendar.is_quarter(period) else ()


def year_before(period: str) -> str:
    """Name the same quarter, half-year or year of the year before.

    >>> [year_before(period) for period in ("2010-Q2", "2010-H1", "2010-Q3..2011-Q2")]
    ['2009-Q2', '2009-H1', '2009-Q3..2010-Q2']
    """
    quarters = (calendar.split_quarter(quarter) for quarter in calendar.quarters_in(period))
    return calendar.period_of([calendar.quarter(year - 1, number) for year, number in quarters])


def season(history: History, indicator: Indicator) -> Season | None:
    """Hold the movement to the last quarter of `history` against that of a year before.

    None of what the shelter plans, where nothing has moved, and where one of the four quarters is not known.
    """
    if indicator.is_managed or indicator.ratio:
        return None
    last = history.periods[-1]
    then = year_before(last)
    quarters = (calendar.previous(last), last, calendar.previous(then), then)
    points = [actual(history, indicator, quarter) for quarter in quarters]
    if any(point.value is None for point in points):
        return None
    moved, moved_then = (_sign(after.count - before.count) for before, after in (points[:2], points[2:]))
    return Season(indicator, points[2], points[3], moved == moved_then) if moved else None


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)


# --- clients who came together -----------------------------------------------------------------------------


def groups(history: History, indicator: Indicator, period: str) -> tuple[Together, ...]:
    """Find one case type in one month that makes up most of an indicator's period, where clients may come in groups.

    Where the indicator's own table does not divide by month and case type, its measure's home is asked, of everybody.
    """
    if not indicator.in_groups or indicator.ratio or indicator.measure == IN_CARE:
        return ()
    home = home_table(indicator.measure, indicator.unit).name
    for asked in (indicator, replace(indicator, table=home, key={})):
        cells = _by_month_and_type(history, asked, period)
        if any(count is not None for *_, count in cells):
            return _most_of(cells, actual(history, asked, period))
    return ()


def _by_month_and_type(history: History, indicator: Indicator, period: str) -> list[tuple[str, str, int | None]]:
    """Give how many of each case type came in each month of a period."""
    own = indicator.key.get("case_type")
    types = [own] if own else list(codelist("case_types").members)
    parts = {code: replace(indicator, key={**indicator.key, "case_type": code}) for code in types}
    months = calendar.months(period) if calendar.is_quarter(period) else (period,)
    return [(month, code, actual(history, part, month).total.exact) for month in months for code, part in parts.items()]


def _most_of(cells: list[tuple[str, str, int | None]], whole: Actual) -> tuple[Together, ...]:
    """Choose the cell that is more than half of the period."""
    total = whole.total.exact
    if total is None:
        return ()
    known = ((month, code, count) for month, code, count in cells if count is not None)
    return tuple(
        Together(whole.period, month, code, count, total)
        for month, code, count in known
        if count >= FEWEST_TOGETHER and 2 * count > total
    )
