"""Counts → their `Sum`: at least so many, at most so many. Counts are added here and nowhere else.

What is not known is not zero. A blank leaves open how many there are at most; a count that does not say what is asked
for may belong or not; clients who may stand in several counts are at least as many as the largest of them, at most as
many as all together.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from ..model.measure import Adding
from ..model.records import FrozenKey
from ..model.table import Key
from ..words import say
from .keys import kinds_of, people_of


@dataclass(frozen=True, slots=True)
class Sum:
    """What counts add up to: at least `least`, at most `most`; None: a blank leaves it open.

    `blanks` says how many of the counts were not reported, `cells` where the counts stand.

    >>> str(Sum(3, 3)), str(Sum(3, 5)), str(Sum(3, None))
    ('3', '3 to 5', 'at least 3')
    """

    least: int = 0
    most: int | None = 0
    blanks: int = 0
    cells: tuple[str, ...] = ()

    @property
    def exact(self) -> int | None:
        """How many there are, where that is known; else None."""
        return self.least if self.least == self.most else None

    @property
    def is_known(self) -> bool:
        """Whether anything is known of it: "at least none" says nothing."""
        return self.least > 0 or self.most is not None

    @property
    def at_least(self) -> int | None:
        """How many there are at least, where anything is known; else None."""
        return self.least if self.is_known else None

    def no_fewer(self, parts: Iterable["Sum"]) -> "Sum":
        """Give the same with at least as many as any part of it has.

        >>> str(Sum(3, None).no_fewer([Sum(3, None), Sum(52, 52)]))
        'at least 52'
        """
        return replace(self, least=max((part.least for part in parts), default=self.least))

    def allows(self, number: float) -> bool:
        """Check whether there may be just so many.

        >>> Sum(3, 5).allows(5), Sum(3, None).allows(9), Sum(3, 3).allows(4)
        (True, True, False)
        """
        return self.least <= number and (self.most is None or number <= self.most)

    def meets(self, other: "Sum") -> bool:
        """Check whether some number would satisfy both."""
        return (self.most is None or other.least <= self.most) and (other.most is None or self.least <= other.most)

    def __add__(self, other: "Sum") -> "Sum":
        """Add what counts other clients.

        >>> str(Sum(3, 5) + Sum(1, 1)), str(Sum(3, 5) + Sum(1, None))
        ('4 to 6', 'at least 4')
        """
        most = None if self.most is None or other.most is None else self.most + other.most
        return Sum(self.least + other.least, most, self.blanks + other.blanks, (*self.cells, *other.cells))

    def __sub__(self, other: "Sum") -> "Sum":
        """Take away; raise ValueError where it is open how many that are.

        >>> str(Sum(9, 9) - Sum(3, 5))
        '4 to 6'
        """
        if other.most is None:
            raise ValueError(f"{other} cannot be taken away: it is not known how many they are at most.")
        most = None if self.most is None else self.most - other.least
        return Sum(self.least - other.most, most, self.blanks + other.blanks, (*self.cells, *other.cells))

    def __str__(self) -> str:
        if self.most == self.least:
            return str(self.least)
        if self.most is None:
            return say("number_at_least", least=self.least)
        return say("number_from_to", least=self.least, most=self.most)


UNKNOWN = Sum(0, None, 1)
"""What nothing is known of."""


def reported(number: int | None, source: str = "") -> Sum:
    """Give a single figure as a sum, with the cell it stands in; None is not known.

    >>> str(reported(3)), reported(None).is_known
    ('3', False)
    """
    cells = (source,) if source else ()
    return replace(UNKNOWN if number is None else Sum(number, number), cells=cells)


class Addend(Protocol):
    """What can be added: a count, or a part of one."""

    @property
    def key(self) -> Key:
        """What it stands for."""

    @property
    def value(self) -> int | None:
        """How many; None where blank."""

    @property
    def source(self) -> str:
        """The cell it stands in; empty where the sheet has none."""


def add_up(counts: Iterable[Addend], adds: Adding, *, asked: Collection[str] = ()) -> Sum:
    """Add counts up as their measure adds. One that does not say a dimension of `asked` counts in what is most only.

    Of a stock only the last period counts.
    """
    there = list(counts)
    if adds == "stock":
        last = max((count.key["period"] for count in there), default="")
        there = [count for count in there if count.key["period"] == last]
    values = [count.value for count in there]
    names = frozenset(asked)
    certain = [count for count in there if names <= count.key.keys()] if names else there
    blanks, known = values.count(None), sum(filter(None, values))
    is_plain = adds != "attendance" and len(certain) == len(there)
    least = known if is_plain else _least(certain, adds)
    return Sum(least, None if blanks else known, blanks, tuple([count.source for count in there if count.source]))


def _least(counts: Iterable[Addend], adds: Adding) -> int:
    """Give how many there are at least: of clients who may stand in several counts, the largest count of each kind."""
    if adds != "attendance":
        return sum(count.value or 0 for count in counts)
    largest: dict[FrozenKey, int] = {}
    for count in counts:
        people = people_of(count.key)
        largest[people] = max(largest.get(people, 0), count.value or 0)
    return sum(largest[group] for kind in kinds_of(tuple(largest)) for group in most_people(kind, largest))


def most_people(kind: Sequence[FrozenKey], largest: Mapping[FrozenKey, int]) -> list[FrozenKey]:
    """Choose, of groups that may share people, those divided in the same way that have the most: so many are apart."""
    divided: dict[frozenset[str], list[FrozenKey]] = {}
    for group in kind:
        divided.setdefault(frozenset(name for name, _ in group), []).append(group)
    return max(divided.values(), key=lambda alike: sum(largest[group] for group in alike))


def add_quarters(quarters: Sequence[Sum], adds: Adding) -> Sum:
    """Make a year of its quarters so far: a stock is the last of them, clients who are there may be so in each.

    >>> str(add_quarters([Sum(12, 12), Sum(18, 18)], "flow")), str(add_quarters([Sum(12, 12), Sum(18, 18)], "stock"))
    ('30', '18')
    >>> str(add_quarters([Sum(12, 12), Sum(18, 18)], "attendance"))
    '18 to 30'
    """
    if adds == "stock":
        return quarters[-1]
    year = sum(quarters, start=Sum())
    if adds in ("flow", "events"):
        return year
    return Sum(max(quarter.least for quarter in quarters), year.most, year.blanks, year.cells)
