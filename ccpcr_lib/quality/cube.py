"""A key → the counts that answer it, and their sum; a key that no count can answer is refused, never zero."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..model import period as calendar
from ..model.measure import adding
from ..model.records import Count, FrozenKey, codes_of
from ..model.table import Key
from ..words import did_you_mean, say
from .sums import Sum, add_up

UNSAID = ""
"""The code of what the sheet does not say, where counts are sorted by what they say."""


class NoAnswerError(ValueError):
    """A key that no count can answer; `variant` is ``measure``, ``dimension``, ``code`` or ``period``.

    `said` are the members that the counts do name. The sentence is only made when somebody reads it: that nothing
    answers is asked often, and then no matter.
    """

    def __init__(self, variant: str, *, said: FrozenKey = frozenset(), **fields: str) -> None:
        super().__init__(variant)
        self.variant, self.fields, self.said = variant, fields, said

    def __str__(self) -> str:
        dimension = self.fields.get("dimension", "")
        codes = sorted(code for name, code in self.said if name == dimension)
        names = sorted({name for name, _ in self.said})
        near = did_you_mean(self.fields.get("code"), codes) if codes else did_you_mean(dimension, names)
        return say(f"no_answer.{self.variant}", near=near, **self.fields)


@dataclass(frozen=True)
class Cube:
    """All counts of a measure in a unit that a quarter's workbook has, by the tables that print them, its home first.

    The counts of different tables are never added to each other: each of them counts the same clients.
    `is_elsewhere`: the sums do not name the cells, which stand in another workbook.
    """

    measure: str
    unit: str
    quarter: str
    tables: Mapping[str, tuple[Count, ...]]
    is_elsewhere: bool = False

    def total(self, key: Key, *, table: str = "", by_client: bool = False) -> Sum:
        """Add up what `key` stands for: real periods, a dimension left out is summed over, no period is the quarter.

        The first table that can answer does, unless one is named. `by_client` asks how many clients a flow is about,
        who may stand in several months. Raise NoAnswerError for what no count can answer.
        """
        asked = {"period": self.quarter, **key}
        question = (frozenset(asked.items()), table, by_client)
        if question not in self._answered:
            counts = self.counts(asked, table or self.answers(asked))
            adds = adding(self.measure, self.unit)
            is_bound = by_client and adds == "flow"
            total = add_up(counts, "attendance" if is_bound else adds, asked=asked.keys() - {"period"})
            self._answered[question] = replace(total, cells=()) if self.is_elsewhere else total
        return self._answered[question]

    def recorded(self, key: Key, *, table: str) -> Sum:
        """Add up the counts that are recorded just so: `UNSAID` asks for those that do not say a dimension.

        Unlike a total, such sums divide the counts of a table without a rest. Raise NoAnswerError where there are none.
        """
        if table not in self.tables:
            raise NoAnswerError("measure", measure=self.measure)
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
        if table not in self.tables:
            raise NoAnswerError("measure", measure=self.measure)
        asked = {"period": self.quarter, **key}
        period, wanted, said = asked["period"], codes_of(asked), self._said[table]
        if not wanted <= said:
            self._refuse(table, *min(wanted - said))
        counts = tuple(
            [count for count in self._saying(table, wanted) if calendar.contains(period, count.key["period"])]
        )
        is_year = calendar.YEAR.fullmatch(period) and period != self.quarter
        if not counts or is_year:  # a quarter's workbook never knows its year
            raise NoAnswerError("period", measure=self.measure, table=table, period=period)
        return counts

    def _refuse(self, table: str, name: str, code: str) -> None:
        is_divided = any(named == name for named, _ in self._said[table])
        fields = {"measure": self.measure, "table": table, "dimension": name, "code": code}
        raise NoAnswerError("code" if is_divided else "dimension", said=self._said[table], **fields)

    @cached_property
    def _answered(self) -> dict[tuple[FrozenKey, str, bool], Sum]:
        """What was asked already: every rule asks for the same totals."""
        return {}

    @cached_property
    def _said(self) -> dict[str, FrozenKey]:
        """What the counts of each table say: every member of every dimension that one of them names."""
        return {name: frozenset().union(*(count.codes for count in counts)) for name, counts in self.tables.items()}

    def _saying(self, table: str, codes: FrozenKey) -> Sequence[Count]:
        """List the counts of a table that say some codes, or may, in whatever period."""
        if (table, codes) not in self._known:
            counts: Sequence[Count] = self.tables[table]
            for name, code in codes:
                counts = [count for count in counts if count.key.get(name, code) == code]
            self._known[table, codes] = counts
        return self._known[table, codes]

    @cached_property
    def _known(self) -> dict[tuple[str, FrozenKey], Sequence[Count]]:
        """The counts of each table that say what was asked for already."""
        return {}
