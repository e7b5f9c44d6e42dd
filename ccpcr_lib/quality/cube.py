"""Counts and a key → their `Sum`: at least so many, at most so many. Counts are added here and nowhere else.

What is not known is not zero. A blank leaves open how many there are at most; a count that does not say what is asked
for may belong or not; clients who may stand in several counts are at least as many as the largest of them, at most as
many as all together. A key that no count can answer is refused.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Protocol

from ..model import period as calendar
from ..model.measure import DIVIDING, Adding, adding
from ..model.table import Key
from ..words import say
from .records import Count, FrozenKey, codes_of

UNSAID = ""
"""The code of what the sheet does not say, where counts are sorted by what they say."""


class NoAnswerError(ValueError):
    """A key that no count can answer; `variant` is ``measure``, ``dimension``, ``code`` or ``period``."""

    def __init__(self, variant: str, **fields: str) -> None:
        self.variant, self.fields = variant, fields
        super().__init__(say(f"no_answer.{variant}", **fields))


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


def covers(asked: Key, key: Key) -> bool:
    """Check whether a count with `key` belongs to what `asked` stands for; months lie in their quarter.

    >>> covers({"sex": "F", "period": "2010-Q2"}, {"sex": "F", "case_type": "DV", "period": "2010-05"})
    True
    """
    return may_cover(asked, key) and asked.keys() <= key.keys()


def may_cover(asked: Key, key: Key) -> bool:
    """Check whether a count belongs there or may: what its key does not say is not known.

    >>> may_cover({"sex": "F", "period": "2010-Q2"}, {"case_type": "SA", "period": "2010-05"})
    True
    """
    return calendar.contains(asked["period"], key["period"]) and all(
        key.get(name, code) == code for name, code in asked.items() if name != "period"
    )


def people_of(key: Key) -> FrozenKey:
    """Give the part of a key that divides people: nobody stands under two of them.

    >>> sorted(people_of({"sex": "F", "case_type": "DV", "category": "english", "period": "2010-Q2"}))
    [('case_type', 'DV'), ('sex', 'F')]
    """
    return frozenset(pair for pair in key.items() if pair[0] in DIVIDING)


def add_up(counts: Iterable[Addend], adds: Adding, *, asked: Collection[str] = ()) -> Sum:
    """Add counts up as their measure adds. One that does not say a dimension of `asked` counts in what is most only.

    Of a stock only the last period counts.
    """
    there = list(counts)
    if adds == "stock":
        last = max((count.key["period"] for count in there), default="")
        there = [count for count in there if count.key["period"] == last]
    values = [count.value for count in there]
    certain = [count for count in there if all(name in count.key for name in asked)] if asked else there
    blanks = values.count(None)
    most = None if blanks else sum(filter(None, values))
    return Sum(_least(certain, adds), most, blanks, tuple(count.source for count in there if count.source))


def _least(counts: Iterable[Addend], adds: Adding) -> int:
    """Give how many there are at least: of clients who may stand in several counts, the largest count of each kind."""
    if adds != "attendance":
        return sum(count.value or 0 for count in counts)
    largest: dict[FrozenKey, int] = {}
    for count in counts:
        people = people_of(count.key)
        largest[people] = max(largest.get(people, 0), count.value or 0)
    return sum(_apart(kind, largest) for kind in _kinds(largest))


def _kinds(groups: Iterable[FrozenKey]) -> list[list[FrozenKey]]:
    """Sort groups of people into those of whom nobody stands in two: their keys contradict each other."""
    kinds: list[list[FrozenKey]] = []
    for group in groups:
        meeting = [kind for kind in kinds if not all(_contradict(group, other) for other in kind)]
        kinds = [kind for kind in kinds if kind not in meeting] + [[group, *chain.from_iterable(meeting)]]
    return kinds


def _contradict(one: FrozenKey, other: FrozenKey) -> bool:
    said = dict(one)
    return any(said.get(name, code) != code for name, code in other)


def _apart(kind: Sequence[FrozenKey], largest: Mapping[FrozenKey, int]) -> int:
    """Give how many there are at least in groups that may share people: the most of those divided in the same way."""
    divided: dict[frozenset[str], int] = {}
    for group in kind:
        names = frozenset(name for name, _ in group)
        divided[names] = divided.get(names, 0) + largest[group]
    return max(divided.values())


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


@dataclass(frozen=True)
class Cube:
    """All counts of a measure in a unit that a quarter's workbook has, by the tables that print them, its home first.

    The counts of different tables are never added to each other: each of them counts the same clients.
    """

    measure: str
    unit: str
    quarter: str
    tables: Mapping[str, tuple[Count, ...]]

    def total(self, key: Key, *, table: str = "", by_client: bool = False) -> Sum:
        """Add up what `key` stands for: real periods, a dimension left out is summed over, no period is the quarter.

        The first table that can answer does, unless one is named. `by_client` asks how many clients a flow is about,
        who may stand in several months. Raise NoAnswerError for what no count can answer.
        """
        asked = {"period": self.quarter, **key}
        counts = self.counts(asked, table or self.answers(asked))
        adds = adding(self.measure, self.unit)
        is_bound = by_client and adds == "flow"
        return add_up(counts, "attendance" if is_bound else adds, asked=asked.keys() - {"period"})

    def recorded(self, key: Key, *, table: str) -> Sum:
        """Add up the counts that are recorded just so: `UNSAID` asks for those that do not say a dimension.

        Unlike a total, such sums divide the counts of a table without a rest. Raise NoAnswerError where there are none.
        """
        asked = {"period": self.quarter, **key}
        period = asked.pop("period")
        counts = [
            count
            for count in self.tables[table]
            if calendar.contains(period, count.key["period"])
            and all(count.key.get(name, UNSAID) == code for name, code in asked.items())
        ]
        if not counts:
            raise NoAnswerError("period", measure=self.measure, table=table, period=period)
        return add_up(counts, adding(self.measure, self.unit))

    def answers(self, key: Key) -> str:
        """Name the table that answers a key: the measure's home, else the first that can; raise NoAnswerError."""
        asked = {"period": self.quarter, **key}
        refused: list[NoAnswerError] = []
        for table in self.tables:
            try:
                self.counts(asked, table)
            except NoAnswerError as reason:
                refused.append(reason)
            else:
                return table
        telling = sorted(refused, key=lambda reason: reason.variant == "dimension")
        raise telling[0] if telling else NoAnswerError("measure", measure=self.measure)

    def counts(self, key: Key, table: str) -> tuple[Count, ...]:
        """List the counts of a table that belong to what `key` stands for, or may; raise NoAnswerError for none."""
        asked = {"period": self.quarter, **key}
        period, wanted, said = asked["period"], codes_of(asked), self._said[table]
        if not wanted <= said:
            self._refuse(table, *min(wanted - said))
        own = {known for known in self._periods[table] if calendar.contains(period, known)}
        counts = tuple(count for count in self.tables[table] if wanted <= count.codes and count.key["period"] in own)
        if not asked.keys() <= self._always_said[table]:
            counts = tuple(count for count in self.tables[table] if may_cover(asked, count.key))
        if not counts or calendar.YEAR.fullmatch(period):  # a quarter's workbook never knows its year
            raise NoAnswerError("period", measure=self.measure, table=table, period=period)
        return counts

    def _refuse(self, table: str, name: str, code: str) -> None:
        is_divided = any(said == name for said, _ in self._said[table])
        fields = {"measure": self.measure, "table": table, "dimension": name, "code": code}
        raise NoAnswerError("code" if is_divided else "dimension", **fields)

    @cached_property
    def _said(self) -> dict[str, FrozenKey]:
        """What the counts of each table say: every member of every dimension that one of them names."""
        return {name: frozenset().union(*(count.codes for count in counts)) for name, counts in self.tables.items()}

    @cached_property
    def _always_said(self) -> dict[str, frozenset[str]]:
        """The dimensions that every count of a table names."""
        return {
            name: frozenset.intersection(*(frozenset(count.key) for count in counts))
            for name, counts in self.tables.items()
        }

    @cached_property
    def _periods(self) -> dict[str, frozenset[str]]:
        """The periods that the counts of each table are about."""
        return {name: frozenset(count.key["period"] for count in counts) for name, counts in self.tables.items()}
