"""Figures, and those of other rows → whether they add the others up, are the largest of them, or only count rows."""

from collections.abc import Sequence
from itertools import pairwise

Rows = Sequence[Sequence[int]]
"""The figures of some rows, as long as each other."""


def are_sums(figures: Sequence[int], others: Rows) -> bool:
    """Check whether each figure is the sum of its column in the other rows.

    >>> are_sums([5, 2], [[3, 1], [2, 1]]), are_sums([5, 3], [[3, 1], [2, 1]])
    (True, False)
    """
    return all(figure == sum(column) for figure, column in zip(figures, zip(*others, strict=True), strict=True))


def are_largest(figures: Sequence[int], others: Rows) -> bool:
    """Check whether each figure is the largest of its column in the other rows.

    >>> are_largest([3, 1], [[3, 1], [2, 1]])
    True
    """
    return all(figure == max(column) for figure, column in zip(figures, zip(*others, strict=True), strict=True))


def count_on(figures: Sequence[int]) -> bool:
    """Check whether figures count on one by one, as the numbers of rows do.

    >>> count_on([1, 2, 3]), count_on([3, 3]), count_on([0])
    (True, False, False)
    """
    return any(figures) and all(after == before + 1 for before, after in pairwise(figures))
