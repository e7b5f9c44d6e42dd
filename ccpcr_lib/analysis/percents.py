"""Counts → whole percents, each rounded by itself, half up, as on everybody's calculator."""

from collections.abc import Sequence
from fractions import Fraction

from ..model.records import all_known

FINEST = 10**6
"""The largest whole that a share is taken to be a part of: finer differences are none of a figure's own."""


def exact(number: float) -> Fraction:
    """Give a figure as the fraction it stands for: a share that was divided, or typed as 95 %, is near it only.

    >>> exact(0.285), exact(2 / 3), exact(22.5)
    (Fraction(57, 200), Fraction(2, 3), Fraction(45, 2))
    """
    return Fraction(number).limit_denominator(FINEST) or Fraction(number)


def whole_percent(part: float, whole: float) -> int:
    """Give the percent that a part is of a whole above zero, rounded to a whole one, half up.

    >>> whole_percent(5, 11), whole_percent(1, 8), whole_percent(1, 18), whole_percent(0.285, 1)
    (45, 13, 6, 29)
    """
    share = exact(part) / exact(whole)
    return (200 * share.numerator + share.denominator) // (2 * share.denominator)


def whole_percents(values: Sequence[int | None]) -> list[int | None]:
    """Give the percent of each count in all of them, each rounded by itself; None where nothing can be said.

    They need not add to 100.

    >>> whole_percents([1, 1, 2, 3, 0, 10, 1])
    [6, 6, 11, 17, 0, 56, 6]
    >>> whole_percents([0, 0]), whole_percents([1, None])
    ([None, None], [None, None])
    """
    known = all_known(values)
    whole = sum(known or ())
    if known is None or not whole:
        return [None] * len(values)
    return [whole_percent(value, whole) for value in known]
