"""What may have happened to figures: one typed wrongly, alone or before its totals were added up, or two exchanged."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ...model import period as calendar
from .blocks import repeated_blocks
from .following import followed
from .likelihood import A_FIGURE, OF_KIND, SLIPS, against_history, slip
from .state import Reach, State

FEWEST_IN_A_LINE = 2
"""Two lines that differ in no more cells than these are two cells exchanged."""


APART = frozenset({"share", "note", "note_parts"})
"""Constraints of what is written beside figures, and is often wrong by itself."""


class Move(NamedTuple):
    """A change that may undo a mistake: the figures it was made at, by how much all change, how unlikely it is.

    `kind` is ``figure``, ``swap``, ``side``, ``lines``, ``text`` or ``block``. `mended` are the broken constraints that
    hold then. `is_exact`: no other change of these figures would do. `erased` are figures that are not known then.
    """

    kind: str
    figures: tuple[int, ...]
    steps: Mapping[int, float]
    cost: float
    mended: frozenset[int]
    is_exact: bool = True
    erased: frozenset[int] = frozenset()

    @property
    def order(self) -> tuple[float, tuple[int, ...], str]:
        """Its place among others: the likeliest first."""
        return self.cost, self.figures, self.kind


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
                *self._lines_exchanged(table),
                *self._texts_not_added(table),
                *self._left_from_before(table),
            ]
        return self._of_tables[table]

    def _lines_exchanged(self, table: str) -> Iterator[Move]:
        """Exchange two columns or rows of counts: neighbours, or two months."""
        system, values = self.state.system, self.state.values
        for line, other in system.pairs_of_lines(table):
            start: dict[int, float] = {}
            for one, two in zip(line, other, strict=True):
                start |= {one: values[two] - values[one], two: values[one] - values[two]}
            changed = {number: step for number, step in start.items() if step}
            if len(changed) > FEWEST_IN_A_LINE:
                yield from self._fixed("lines", changed)

    def _texts_not_added(self, table: str) -> Iterator[Move]:
        """Let formulas add what stands as a text; what they make of clients who count once is not known."""
        system = self.state.system
        totals: dict[int, float] = defaultdict(float)
        texts, erased = set[int](), set[int]()
        for number, figure in enumerate(system.figures):
            if not (figure.role == "count" and figure.fact.table == table and figure.source in system.facts.texts):
                continue
            for place in self.state.broken.intersection(system.touching[number]):
                kind, claim = system.constraints[place].kind, system.constraints[place].claim
                if claim is not None and system.is_calculated(claim) and kind in ("total", "total_once"):
                    texts.add(number)
                    if kind == "total":
                        totals[claim] += self.state.values[number]
                    else:
                        erased.add(claim)
        for change in followed(self.state, totals) if texts else ():
            unknown = change.erased | erased
            reach = self.state.reach(change.steps, change.released, unknown)
            if reach and reach.least <= 1 <= reach.most:
                cost = A_FIGURE + OF_KIND["text"] + change.cost
                yield Move("text", tuple(sorted(texts)), change.steps, cost, reach.mended, erased=unknown)

    def _left_from_before(self, table: str) -> Iterator[Move]:
        """Take a month, or a table, that repeats the quarter before for unknown: nobody knows what it is to say."""
        for block in repeated_blocks(self.state.system, table):
            reach = self.state.reach({}, (), block.figures)
            if reach:
                figures = self._by_doubt(block.figures)
                yield Move("block", figures, {}, block.cost, reach.mended, erased=frozenset(figures))

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
                own = self._apart - {number}
                self._of[number] = [*self._typed_wrongly(number)] or [*self._typed_wrongly(number, left=own)]
            if role == "count":
                self._of[number] += self._with_neighbours(number)
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
                cost += against_history(self.state.system.history(number), old, old + step)
                steps = {other: by * step for other, by in change.steps.items()}
                yield Move("figure", (number,), steps, cost, reach.mended, _is_point(reach), change.erased)

    def _slip(self, number: int, meant: float) -> float:
        """Give how unlikely it is that a figure was typed for another."""
        system, printed = self.state.system, self.state.values[number]
        likely = slip(printed, meant)
        if system.figures[number].role == "count" and printed in self._at_hand(number):
            return min(likely, SLIPS["near"])
        return likely

    def _at_hand(self, number: int) -> set[float]:
        """Give the figures that may be typed in the place of one: those next to it, and that of the quarter before."""
        near = {self.state.values[other] for other, _ in self._neighbours(number)}
        return near | self.state.system.in_quarter_before(number)

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

    def _with_neighbours(self, number: int) -> Iterator[Move]:
        """Exchange a count with a neighbour or one of its kind, or move a client from one to the other in a row."""
        own = self.state.values[number]
        near = dict(self._neighbours(number))
        for other in dict.fromkeys((*near, *self.state.system.alike_in_row(number))):
            theirs, is_beside = self.state.values[other], near.get(other, False)
            if own != theirs:
                yield from self._fixed("swap", {number: theirs - own, other: own - theirs})
            if is_beside and own:
                yield from self._fixed("side", {number: -1, other: 1})
            if is_beside and theirs:
                yield from self._fixed("side", {other: -1, number: 1})

    def _neighbours(self, number: int) -> Iterator[tuple[int, bool]]:
        """List the counts next to one in its table, and whether they are in its row; other columns may lie between."""
        for is_beside, line in enumerate(self.state.system.lines_of(number)):
            place = line.index(number)
            for other in (*line[max(place - 1, 0) : place], *line[place + 1 : place + 2]):
                yield other, bool(is_beside)

    def _fixed(self, kind: str, start: Mapping[int, float]) -> Iterator[Move]:
        """Change figures by just so much; of two in a row the one with too many is named first."""
        if not self.state.may_mend(start):
            return
        first, second, *_ = start
        cost = A_FIGURE + OF_KIND[kind] + (OF_KIND["two_dimensions"] if self._are_far(first, second) else 0)
        figures = tuple(start) if kind == "side" else self._by_doubt(sorted(start))
        for change in followed(self.state, start):
            reach = self.state.reach(change.steps, change.released, change.erased)
            if reach and reach.least <= 1 <= reach.most:
                yield Move(kind, figures, change.steps, cost + change.cost, reach.mended, erased=change.erased)

    def _by_doubt(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Order figures by how much that is broken speaks of them, the most first."""
        system, broken = self.state.system, self.state.broken
        return tuple(sorted(numbers, key=lambda number: -len(broken.intersection(system.touching.get(number, ())))))

    def _are_far(self, number: int, other: int) -> bool:
        """Check whether two figures differ in more than one dimension, or one is of another quarter."""
        system = self.state.system
        periods = [system.figures[one].fact.key["period"] for one in (number, other)]
        is_inside = all(calendar.contains(system.facts.period, period) for period in periods)
        return len(system.differences(number, other)) > 1 or not is_inside


def _is_point(reach: Reach) -> bool:
    return reach.most - reach.least < 1
