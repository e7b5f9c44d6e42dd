"""Could a count be chance: exact methods for counts that are too small for normal approximations.

Given a total of n events in k earlier periods and x in this one, x is binomial with chance 1/(k+1) if nothing has
changed (Przyborowski and Wilenski, Biometrika 31, 1940). Where the earlier counts vary more than chance alone makes
them, as those of people who come in groups do, the rate is taken to vary as well: the counts are negative binomial, and
x is beta-binomial. No z-score: these counts are tiny, and on ten points none could ever be extreme.
"""

from collections.abc import Callable, Iterable
from math import ceil, comb, exp, floor, inf, lgamma, log, pi, sqrt
from operator import ge, le
from typing import NamedTuple

BEYOND = 40
LARGEST = 1000
"""From about here on the number of ways does not fit a float."""

STEADY = 1e-6
"""A rate that varies less than this is as good as one that does not vary."""

RARE = 0.00135
"""The chance beyond each control limit: what three sigma would leave out on either side."""


def binomial_tails(x: int, n: int, chance: float) -> tuple[float, float]:
    """Give the chances of at most x and of at least x in n trials; `chance` is above 0 and below 1.

    >>> binomial_tails(0, 2, 0.5)
    (0.25, 1.0)
    """
    term, reach = (_term, range(n + 1)) if n <= LARGEST else (_large_term, _reach(n, chance))
    terms = [(k, term(k, n, chance)) for k in reach]
    low, high = (sum((chance for k, chance in terms if side(k, x)), start=0.0) for side in (le, ge))
    return min(low, 1.0), min(high, 1.0)


def _reach(n: int, chance: float) -> range:
    """Give the numbers of so many trials whose chances are no zero as floats: beyond 40 deviations all are."""
    mean, deviation = n * chance, sqrt(n * chance * (1 - chance))
    return range(max(floor(mean - BEYOND * deviation), 0), min(ceil(mean + BEYOND * deviation), n) + 1)


def _term(k: int, n: int, chance: float) -> float:
    return comb(n, k) * chance**k * (1 - chance) ** (n - k)


def _large_term(k: int, n: int, chance: float) -> float:
    """Give one term by logarithms."""
    ways = lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)
    return exp(ways + k * log(chance) + (n - k) * log(1 - chance))


def mixed_tails(x: int, n: int, own: float, others: float) -> tuple[float, float]:
    """Give the chances of at most x and of at least x in n trials whose own chance varies as a beta distribution.

    `own` and `others` are its two parameters, above 0: the larger, the steadier.

    >>> tuple(round(tail, 3) for tail in mixed_tails(0, 2, 1, 1))
    (0.333, 1.0)
    """
    whole = lgamma(n + 1) - lgamma(n + own + others) - (lgamma(own) + lgamma(others) - lgamma(own + others))

    def term(k: int) -> float:
        ways = lgamma(k + own) - lgamma(k + 1) + lgamma(n - k + others) - lgamma(n - k + 1)
        return exp(whole + ways)

    below, at, above = (sum(map(term, ks), start=0.0) for ks in (range(x), (x,), range(x + 1, n + 1)))
    return min(below + at, 1.0), min(at + above, 1.0)


class Tally(NamedTuple):
    """Some counts of one row in short: how many they are, what they add up to, and their squares."""

    number: int
    total: int
    squares: int


def tally(counts: Iterable[int]) -> Tally:
    """Put counts in short.

    >>> tally([1, 0, 3])
    Tally(number=3, total=4, squares=10)
    """
    listed = list(counts)
    return Tally(len(listed), sum(listed), sum([count * count for count in listed]))


def spread_of(rows: Iterable[Tally]) -> float:
    """Give how much rates vary beyond chance: the squared coefficient of variation, one for all rows, 0 for none.

    In a row of independent counts with one rate, a count times itself less one is on average what a count times another
    is; the ratio of the two, less one, is the variation of the rate. The rows are put together, since each is short.

    >>> round(spread_of([tally([1, 9, 2, 8])]), 2), spread_of([tally([5, 5, 5, 5])])
    (0.56, 0.0)
    """
    same = other = 0.0
    for row in rows:
        if row.number > 1:
            same += (row.squares - row.total) / row.number
            other += (row.total**2 - row.squares) / (row.number * (row.number - 1))
    return max(same / other - 1, 0.0) if other else 0.0


def compare_with_history(x: int, earlier: Tally, spread: float = 0.0) -> float:
    """Give the two-sided exact p-value of x, if its rate is that of the earlier counts, or varies as theirs do.

    Twice the smaller tail, at most 1.

    >>> past = tally([5, 4, 6, 5, 5, 6])
    >>> compare_with_history(5, past) > 0.5, compare_with_history(30, past) < 1e-6
    (True, True)
    >>> compare_with_history(30, past, 0.5) > 0.001
    True
    """
    return min(1.0, 2 * min(_tails(x, x + earlier.total, (1, earlier.number), spread)))


def chance_of_none(n: int, *, among: int, of: int, spread: float = 0.0) -> float:
    """Give the chance that none of n events falls `among` so many of so many periods; 0 < among < of.

    >>> round(chance_of_none(3, among=1, of=3), 3)
    0.296
    """
    return _tails(0, n, (among, of - among), spread)[0]


def _tails(x: int, n: int, periods: tuple[int, int], spread: float) -> tuple[float, float]:
    """Give both tails of x events in the first so many periods, where n fall in those and in the others."""
    own, others = periods
    if spread < STEADY:
        return binomial_tails(x, n, own / (own + others))
    return mixed_tails(x, n, own / spread, others / spread)


def agreement(x: int) -> float:
    """Give what it counts for that two independent counts are both x: nothing (1) for zeros, the less the larger.

    Two counts of one Poisson rate that add up to 2x are both x with the chance of as many heads as tails; for x above 0
    half of it is enough. Summed over all x, the chance that both counts are x, divided by this, is at most 1 whatever
    the rate is. So by Markov's inequality rows agree and have a product of these of at most p with a chance of at most
    p: no rate need be known. Rates that vary from one count to the other make agreement rarer.

    >>> agreement(0), round(agreement(1), 4), round(agreement(10), 3)
    (1.0, 0.25, 0.088)
    """
    return exp(lgamma(x + 0.5) - lgamma(x + 1)) / sqrt(pi) / 2 if x else 1.0


def agreement_of_none(chance: float) -> float:
    """Give what it counts for that two independent counts are both zero, where one is so with this chance.

    The sum that is spoken of at `agreement` is at most 1 with it as well.

    >>> agreement_of_none(1.0), agreement_of_none(0.75), agreement_of_none(0.0)
    (1.0, 0.75, 0.5)
    """
    return max(chance, 1 / (2 - chance**2))


def ratio_interval(now: int, before: int, *, confidence: float = 0.95) -> tuple[float, float]:
    """Give the exact interval of the ratio of two Poisson rates, ``now / before``, for periods of one length.

    Of all now + before events, those of now are binomial; the interval of their chance (Clopper and Pearson,
    Biometrika 26, 1934) is turned into one of odds. Infinite above where nothing was counted before.

    >>> tuple(round(edge, 2) for edge in ratio_interval(18, 36))
    (0.27, 0.9)
    """
    n, tail = now + before, (1 - confidence) / 2
    low = 0.0 if now == 0 else _odds(_bisect(lambda chance: binomial_tails(now, n, chance)[1] < tail))
    high = inf if before == 0 else _odds(_bisect(lambda chance: binomial_tails(now, n, chance)[0] > tail))
    return low, high


def _odds(chance: float) -> float:
    return chance / (1 - chance)


def _bisect(is_below: Callable[[float], bool]) -> float:
    """Find the chance at which `is_below` turns false, to a billionth."""
    low, high = 0.0, 1.0
    while high - low > 1e-9:
        middle = (low + high) / 2
        low, high = (middle, high) if is_below(middle) else (low, middle)
    return (low + high) / 2


def poisson_limits(mean: float) -> tuple[int, int]:
    """Give the smallest and the largest count that a Poisson process with this mean gives but rarely goes beyond.

    Exact probability limits of a c-chart (Montgomery, Introduction to Statistical Quality Control): beyond each of
    them lies a chance of at most 0.00135.

    >>> poisson_limits(5)
    (0, 13)
    """
    low, count, total = 0, 0, exp(-mean)
    while total < 1 - RARE:
        count += 1
        low = count if total <= RARE else low
        total += exp(count * log(mean) - mean - lgamma(count + 1))
    return low, count


def fewest_crossings(points: int) -> int:
    """Give the fewest times a line is crossed by chance: below it lies a chance of at most 0.05.

    Each of the steps between points crosses the median with chance one half (Anhøj and Olesen, PLoS ONE 9, 2014).

    >>> [fewest_crossings(points) for points in (10, 20, 36)]
    [2, 6, 13]
    """
    return next(k for k in range(points) if binomial_tails(k, points - 1, 0.5)[0] >= 0.05)
