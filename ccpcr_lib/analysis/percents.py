"""Counts → whole percents that add to 100."""

from collections.abc import Sequence

from ..model.records import all_known


def whole_percents(values: Sequence[int | None]) -> list[int | None]:
    """Turn counts into whole percents that add to 100, by largest remainder; None where nothing can be said.

    Plain rounding of 1, 1, 2, 3, 10, 1 of 18 adds to 101. The largest remainder method (Hamilton) rounds all down
    and gives the missing points to the largest fractions, of equal ones to the largest count, then the first.

    >>> whole_percents([1, 1, 2, 3, 0, 10, 1])
    [6, 5, 11, 17, 0, 56, 5]
    >>> whole_percents([0, 0]), whole_percents([1, None])
    ([None, None], [None, None])
    """
    known = all_known(values)
    whole = sum(known or ())
    if known is None or not whole:
        return [None] * len(values)
    percents = [100 * value // whole for value in known]
    order = sorted(range(len(known)), key=lambda place: (-(100 * known[place] % whole), -known[place], place))
    for place in order[: 100 - sum(percents)]:
        percents[place] += 1
    return [*percents]
