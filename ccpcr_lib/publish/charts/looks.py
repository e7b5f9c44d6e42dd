"""A member → its look: a colour goes by the code of a member, so that it is the same in every picture and in Office.

Girls look like girls and April like April wherever they stand. What has no place in a short list (case types, rows of
a table) looks alike, unless marks of several would stand side by side without a name: then each has a look of its own.
"""

from collections.abc import Sequence

from ...model.codelist import codelist
from ...model.column import DIMENSIONS
from ...model.period import is_quarter, split_quarter
from ...quality.cube import UNSAID
from .. import theme
from ..theme import Look
from .plot import Lane, Plot

OLDEST = len(theme.LOOKS) - 1
SHORT = {"sex": DIMENSIONS["sex"], "age_band": DIMENSIONS["age_band"], "unit": "units"}
"""Dimensions whose members are few, with their lists."""


def look_of(plot: Plot, column: Lane) -> Look:
    """Give the look of a column by its code."""
    return theme.WHOLE if column.is_total else theme.LOOKS[_place(plot, column) % len(theme.LOOKS)]


def looks_of(plot: Plot) -> list[tuple[Look, int]]:
    """Give the look of each column beside the others, and how often it is there before: a pattern tells it apart then.

    It goes by the code, or, where all would be alike, by the turn.
    """
    looks = [look_of(plot, column) for column in plot.columns]
    if len(set(looks)) == 1:
        looks = [theme.LOOKS[place % len(theme.LOOKS)] for place in range(len(looks))]
    return [(look, looks[:place].count(look)) for place, look in enumerate(looks)]


def looks_by_code(dimension: str, codes: Sequence[str]) -> list[Look]:
    """Give the looks of some members of one dimension."""
    return [theme.LOOKS[_place_in(dimension, code, max(codes)) % len(theme.LOOKS)] for code in codes]


def _place(plot: Plot, column: Lane) -> int:
    """Number a column by its codes; of several dimensions, the last counts first.

    Quarters go by how long ago they were, the oldest alike.
    """
    place = 0
    for name, code in zip(plot.by[1:], column.codes, strict=True):
        place = place * len(theme.LOOKS) + min(_place_in(name, code, _latest(plot)), OLDEST)
    return place


def _place_in(dimension: str, code: str, latest: str) -> int:
    """Give the place of a code in its list: of months in their quarter, of quarters by how long ago they were."""
    if dimension in SHORT:
        return [*codelist(SHORT[dimension]).members, UNSAID].index(code)
    if dimension == "month":
        return (int(code[-2:]) - 1) % 3
    return _number(latest) - _number(code) if dimension == "quarter" and is_quarter(code) else 0


def _latest(plot: Plot) -> str:
    """Name the last quarter among the columns."""
    places = (zip(plot.by[1:], column.codes, strict=True) for column in plot.columns if not column.is_total)
    return max((code for place in places for name, code in place if name == "quarter"), default="")


def _number(quarter: str) -> int:
    year, number = split_quarter(quarter)
    return 4 * year + number
