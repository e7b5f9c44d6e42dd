"""Could a count be chance: exact Poisson comparison of one count with the sum of others.

Given a total of n events in k earlier periods and x in this one, x is binomial with chance 1/(k+1) if nothing has
changed (Przyborowski and Wilenski, Biometrika 31, 1940). No z-score: these counts are tiny, and on ten points none
could ever be extreme.
"""

from math import comb


def binomial_tails(x: int, n: int, chance: float) -> tuple[float, float]:
    """Give the chances of at most x and of at least x in n trials.

    >>> binomial_tails(0, 2, 0.5)
    (0.25, 1.0)
    """
    terms = [comb(n, k) * chance**k * (1 - chance) ** (n - k) for k in range(n + 1)]
    return sum(terms[: x + 1]), sum(terms[x:])


def compare_with_history(x: int, earlier: list[int]) -> float:
    """Give the two-sided exact p-value of x, if it comes from the same Poisson rate as the earlier counts.

    Twice the smaller tail, at most 1.

    >>> compare_with_history(5, [5, 4, 6, 5, 5, 6]) > 0.5, compare_with_history(30, [5, 4, 6, 5, 5, 6]) < 1e-6
    (True, True)
    """
    low, high = binomial_tails(x, x + sum(earlier), 1 / (len(earlier) + 1))
    return min(1.0, 2 * min(low, high))
