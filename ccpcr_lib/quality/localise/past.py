"""What other months and quarters have in a figure's place."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from ...model import period as calendar
from ...model.records import Count, FrozenKey
from ..facts import Facts
from .figure import Figure, PlaceInQuarter, place_in_quarter


@dataclass(frozen=True)
class Past:
    """The other counts of a row, of this quarter and of `others`; `figures` are all of this quarter."""

    facts: Facts
    others: Sequence[Facts]
    figures: Sequence[Figure]

    @cached_property
    def before(self) -> Facts | None:
        """The quarter before, if its workbook is there."""
        return next((other for other in self.others if other.period == calendar.previous(self.facts.period)), None)

    def in_quarter_before(self, number: int) -> int | None:
        """Give what the quarter before has in a count's place; None where it is not known."""
        return self._before_by_place.get(place_in_quarter(self.figures[number].fact, self.facts.period))

    def of_row(self, number: int) -> list[int]:
        """List what else is counted in a count's row: in the other months, and in other quarters."""
        fact = self.figures[number].fact
        row = self._rows.get(_row_of(fact), []) if isinstance(fact, Count) else []
        return [count.value for count in row if count is not fact and count.value is not None]

    @cached_property
    def _before_by_place(self) -> dict[PlaceInQuarter, int | None]:
        if self.before is None:
            return {}
        return {place_in_quarter(count, self.before.period): count.value for count in self.before.counts}

    @cached_property
    def _rows(self) -> dict[tuple[str, str, str, FrozenKey], list[Count]]:
        """The counts of each row, of all quarters that are known."""
        rows: dict[tuple[str, str, str, FrozenKey], list[Count]] = defaultdict(list)
        for facts in (self.facts, *self.others):
            for count in facts.counts:
                if calendar.contains(facts.period, count.key["period"]):
                    rows[_row_of(count)].append(count)
        return rows


def _row_of(count: Count) -> tuple[str, str, str, FrozenKey]:
    return count.table, count.measure, count.unit, count.codes
