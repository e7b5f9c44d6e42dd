"""What may have happened to figures: typed wrongly, alone or before their totals were added up; and all other moves."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from .exchanges import lines_exchanged, with_neighbours
from .following import followed
from .likelihood import A_FIGURE, OF_KIND, SLIPS, against_history, slip
from .move import Move
from .not_typed import left_from_before, texts_not_added
from .state import Reach, State

APART = frozenset({"share", "note", "note_parts"})
"""Constraints of what is written beside figures, and is often wrong by itself."""


@dataclass
class Moves:
    """The moves of a state: whatever one of them touches holds after it, broken or not."""

    state: State
    _of: dict[int, list[Move]] = field(default_factory=dict)
    _of_tables: dict[str, list[Move]] = field(default_factory=dict)

    def at(self, place: int) -> list[Move]:
        """List the moves that mend a broken constraint, the likeliest first, each set of figures once in each way."""
        made: dict[tuple[str, tuple[int, ...]], Move] = {}
        for move in self._touching(place):
            known = made.get((move.kind, move.figures))
            if place in move.mended and (known is None or move.cost < known.cost):
                made[move.kind, move.figures] = move
        return sorted(made.values(), key=lambda move: move.order)

    def _touching(self, place: int) -> Iterator[Move]:
        """List the moves of the figures of a constraint, and of their tables."""
        numbers = sorted(self.state.system.constraints[place].terms)
        for number in numbers:
            yield from self._of_figure(number)
        for table in dict.fromkeys(self.state.system.figures[number].fact.table for number in numbers):
            yield from self._of_table(table)

    def _of_table(self, table: str) -> list[Move]:
        if table not in self._of_tables:
            self._of_tables[table] = [
                *lines_exchanged(self.state, table),
                *texts_not_added(self.state, table),
                *left_from_before(self.state, table),
            ]
        return self._of_tables[table]

    def halves(self, places: Collection[int]) -> Iterator[Move]:
        """List changes of one figure that mend a broken constraint; others that they touch may stay broken."""
        numbers = {number for place in places for number in self.state.system.constraints[place].terms}
        for number in sorted(numbers):
            for place in sorted(self.state.touched([number]) & self.state.broken):
                yield from self._typed_wrongly(number, left=self.state.broken - {place})

    def _of_figure(self, number: int) -> list[Move]:
        if number not in self._of:
            role = self.state.system.figures[number].role
            if role in ("share", "note"):
                self._of[number] = [*self._written_wrongly(number)]
            else:
                strict = [*self._typed_wrongly(number)]
                self._of[number] = strict or [*self._typed_wrongly(number, left=self._apart)]
            if role == "count":
                self._of[number] += with_neighbours(self.state, number)
        return self._of[number]

    @cached_property
    def _apart(self) -> frozenset[int]:
        """The broken constraints of percents and notes: each may be wrong by itself, whatever else is."""
        constraints = self.state.system.constraints
        return frozenset(place for place in self.state.broken if constraints[place].kind in APART)

    def _written_wrongly(self, number: int) -> Iterator[Move]:
        """Take a percent, or a note with all its parts, for unknown: what it should say follows from the figures."""
        system = self.state.system
        figure = system.figures[number]
        numbers = system.notes_in[figure.source] if figure.role == "note" else [number]
        mended = self.state.touched(numbers) & self.state.broken
        if mended:
            cost = self._cost(number) + SLIPS["near"]
            yield Move("figure", (number,), {}, cost, frozenset(mended), erased=frozenset(numbers))

    def _typed_wrongly(self, number: int, left: Collection[int] = ()) -> Iterator[Move]:
        """Change one figure by the smallest step that will do; broken constraints of `left` may stay so."""
        old = self.state.values[number]
        for change in followed(self.state, {number: 1}):
            reach = self.state.reach(change.steps, change.released, change.erased, left=left)
            step = reach.nearest if reach else None
            if reach and step:
                cost = self._cost(number) + self._slip(number, old + step) + change.cost
                cost += against_history(self.state.system.past.of_row(number), old, old + step)
                steps = {other: by * step for other, by in change.steps.items()}
                yield Move("figure", (number,), steps, cost, reach.mended, _is_point(reach), change.erased)

    def _slip(self, number: int, meant: float) -> float:
        """Give how unlikely it is that a figure was typed for another."""
        system, printed = self.state.system, self.state.values[number]
        likely = slip(printed, meant)
        if system.figures[number].role == "count" and printed in self._at_hand(number):
            return min(likely, SLIPS["near"])
        return likely

    def _at_hand(self, number: int) -> set[float | None]:
        """Give the figures that may be typed in the place of one: those next to it, and that of the quarter before."""
        system = self.state.system
        near = (self.state.values[other] for other, _ in system.lines.neighbours(number))
        return {*near, system.past.in_quarter_before(number)}

    def _cost(self, number: int) -> float:
        """Give how unlikely it is that just this figure is wrong: a typed total among calculated ones is suspect."""
        system, figure = self.state.system, self.state.system.figures[number]
        cost = A_FIGURE + OF_KIND[figure.role]
        if figure.role not in ("total", "share"):
            return cost
        if system.is_calculated(number):
            return cost + OF_KIND["formula"]
        if figure.fact.table in self._with_formulas and not system.is_on_paper(number):
            cost += OF_KIND["among_formulas"]
        return cost

    @cached_property
    def _with_formulas(self) -> set[str]:
        """The tables that calculate some of their totals."""
        system = self.state.system
        totals = ((number, figure) for number, figure in enumerate(system.figures) if figure.role == "total")
        return {figure.fact.table for number, figure in totals if system.is_calculated(number)}


def _is_point(reach: Reach) -> bool:
    return reach.most - reach.least < 1
