"""A `Figure` that could be wrong, and what two of them have in common."""

from typing import Literal, NamedTuple

from ...model import period as calendar
from ...model.records import Claim, Count, FrozenKey, codes_of

Role = Literal["count", "total", "share", "note", "plan"]
"""What a figure is: a base count, or what is printed of others."""

PlaceInQuarter = tuple[str, str, str, str, FrozenKey]
"""What a figure stands for in whatever quarter: table, measure, unit, period, the rest of its key."""


class Figure(NamedTuple):
    """A figure that could be wrong: the cell it stands in, what it is, how much it says, its count or claim.

    Percents are in percent. A cell with a note holds several figures: its own, and one for each part of the note.
    """

    source: str
    role: Role
    value: float
    fact: Count | Claim


def differences(one: Figure, other: Figure) -> set[str]:
    """Name the dimensions in which two figures differ."""
    first, second = one.fact.key, other.fact.key
    return {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}


def place_in_quarter(fact: Count | Claim, quarter: str) -> PlaceInQuarter:
    """Say what a figure stands for in whatever quarter: its month by its number, the quarter before by its own name."""
    period = fact.key["period"]
    months = calendar.months(quarter)
    place = str(months.index(period)) if period in months else "" if period == quarter else "before"
    return fact.table, fact.measure, fact.unit, place, codes_of(fact.key)
