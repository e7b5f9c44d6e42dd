"""Figures, and those of other rows → whether they add the others up, are the largest of them, or only count rows."""

from collections.abc import Container, Iterable, Sequence
from itertools import accumulate, pairwise
from operator import add

Rows = Sequence[Sequence[int]]
"""The figures of some rows, as long as each other."""


CHANCE = 5
"""Fewer clients than these are as many as others by chance."""


def are_sums(figures: Sequence[int], others: Rows) -> bool:
    """Check whether each figure is the sum of its column in the other rows.

    >>> are_sums([5, 2], [[3, 1], [2, 1]]), are_sums([5, 3], [[3, 1], [2, 1]])
    (True, False)
    """
    return all(figure == sum(column) for figure, column in zip(figures, zip(*others, strict=True), strict=True))


def nearly_sums(figures: Sequence[int], others: Rows) -> bool:
    """Check whether figures are the sums of the others but for a slip: no column is off by more than one or a tenth.

    Small figures, and those of a row that is no larger than another, are like each other by chance.

    >>> nearly_sums([10, 4, 4], [[4, 1, 1], [2, 1, 0], [3, 1, 3]]), nearly_sums([2, 1], [[1, 1], [1, 0]])
    (True, False)
    """
    if sum(figures) < CHANCE or sum(map(any, others)) < 2 or sum(figures) <= max(map(sum, others)):
        return False
    sums = [sum(column) for column in zip(*others, strict=True)]
    return all(abs(figure - whole) <= max(1, whole // 10) for figure, whole in zip(figures, sums, strict=True))


def are_largest(figures: Sequence[int], others: Rows) -> bool:
    """Check whether each figure is the largest of its column in the other rows.

    >>> are_largest([3, 1], [[3, 1], [2, 1]])
    True
    """
    return all(figure == max(column) for figure, column in zip(figures, zip(*others, strict=True), strict=True))


def is_made_of(figures: Sequence[int], rows: Iterable[Sequence[int]], ends: Container[int], *, largest: bool) -> bool:
    """Check whether some of the rows, from the first on, add up to figures, or have them as the `largest`.

    `ends` are how many rows may do so.

    >>> is_made_of([5], [[2], [3], [4]], {2}, largest=False), is_made_of([5], [[2], [3], [4]], {3}, largest=False)
    (True, False)
    """
    combine = max if largest else add
    runs = accumulate(rows, lambda one, other: [combine(*pair) for pair in zip(one, other, strict=True)])
    return any(count in ends and list(made) == list(figures) for count, made in enumerate(runs, 1))


def count_on(figures: Sequence[int]) -> bool:
    """Check whether figures count on one by one, as the numbers of rows do.

    >>> count_on([1, 2, 3]), count_on([3, 3]), count_on([0])
    (True, False, False)
    """
    return any(figures) and all(after == before + 1 for before, after in pairwise(figures))
