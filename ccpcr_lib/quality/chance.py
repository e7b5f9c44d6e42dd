"""Could a count be chance: exact methods for counts that are too small for normal approximations.

Given a total of n events in k earlier periods and x in this one, x is binomial with chance 1/(k+1) if nothing has
changed (Przyborowski and Wilenski, Biometrika 31, 1940). No z-score: these counts are tiny, and on ten points none
could ever be extreme.
"""

from collections.abc import Callable
from math import ceil, comb, exp, floor, inf, lgamma, log, sqrt
from operator import ge, le

BEYOND = 40
LARGEST = 1000
"""From about here on the number of ways does not fit a float."""

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


def compare_with_history(x: int, earlier: list[int]) -> float:
    """Give the two-sided exact p-value of x, if it comes from the same Poisson rate as the earlier counts.

    Twice the smaller tail, at most 1.

    >>> compare_with_history(5, [5, 4, 6, 5, 5, 6]) > 0.5, compare_with_history(30, [5, 4, 6, 5, 5, 6]) < 1e-6
    (True, True)
    """
    low, high = binomial_tails(x, x + sum(earlier), 1 / (len(earlier) + 1))
    return min(1.0, 2 * min(low, high))


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
