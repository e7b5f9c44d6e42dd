"""Broken constraints → the cheapest repairs: the likeliest few changes after which all of them hold."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .likelihood import A_FIGURE, AHEAD
from .moves import Move, Moves
from .state import State

MOST_MOVES = 3
"""What takes more changes than these is explained by none."""

MOST_STATES = 400
"""After so many half-made repairs the search is given up."""


class Repair(NamedTuple):
    """Changes after which some broken constraints hold, and how unlikely they are."""

    moves: tuple[Move, ...]
    cost: float

    @property
    def figures(self) -> tuple[int, ...]:
        """The figures that may be wrong, those of the likelier change first."""
        moves = sorted(self.moves, key=lambda move: move.order)
        return tuple(dict.fromkeys(number for move in moves for number in move.figures))


@dataclass
class Group:
    """Broken constraints that hang together, and what explains them: the cheapest, and all that cost hardly more."""

    places: frozenset[int]
    repairs: tuple[Repair, ...] = field(default=())


def find_repairs(state: State) -> list[Group]:
    """Find what would mend it, group by group: two broken constraints hang together where one move could mend both."""
    known = Moves(state)
    moves = {place: known.at(place) for place in sorted(state.broken)}
    return [Group(places, _cheapest(state, places, moves)) for places in _groups(state, moves)]


def _groups(state: State, moves: dict[int, list[Move]]) -> list[frozenset[int]]:
    groups: list[frozenset[int]] = []
    for place in sorted(state.broken):
        linked = frozenset({place}).union(*(move.mended for move in moves[place]))
        joined = linked.union(*(group for group in groups if group & linked))
        groups = [*(group for group in groups if not group & linked), joined]
    return sorted(groups, key=min)


def _cheapest(state: State, places: frozenset[int], moves: dict[int, list[Move]]) -> tuple[Repair, ...]:
    """Find the cheapest repairs of a group: first by moves that keep all they touch, then by two that meet."""
    search = _Search(state, places)
    search.cover((), places, 0.0, moves)
    if not search.known:
        search.meet()
    best = min((repair.cost for repair in search.known.values()), default=0.0)
    near = [repair for repair in search.known.values() if repair.cost < best + AHEAD]
    return tuple(sorted(near, key=lambda repair: (repair.cost, repair.figures)))


@dataclass
class _Search:
    """The repairs of a group that are known so far, by the cells that they change."""

    state: State
    places: frozenset[int]
    known: dict[frozenset[str], Repair] = field(default_factory=dict)
    steps: int = 0

    @property
    def limit(self) -> float:
        """What an repair must not cost to be worth knowing."""
        return min((repair.cost for repair in self.known.values()), default=A_FIGURE * (MOST_MOVES + 1)) + AHEAD

    def cover(self, chosen: tuple[Move, ...], left: frozenset[int], cost: float, moves: dict[int, list[Move]]) -> None:
        """Choose moves until none of the broken constraints is left."""
        if not left:
            self._keep(chosen, cost)
            return
        self.steps += 1
        if len(chosen) == MOST_MOVES or self.steps > MOST_STATES:
            return
        place = min(sorted(left), key=lambda place: len(moves[place]))
        for move in moves[place]:
            more = 0.0 if left <= move.mended else A_FIGURE / 2
            if cost + move.cost + more < self.limit:
                self.cover((*chosen, move), left - move.mended, cost + move.cost, moves)

    def _keep(self, moves: tuple[Move, ...], cost: float) -> None:
        """Keep an repair if all holds after it, and no cheaper one changes the same cells."""
        after = self.state
        for move in moves:
            after = after.after(move.steps, move.erased)
        repair = Repair(moves, cost)
        cells = frozenset(self.state.system.figures[number].source for number in repair.figures)
        before = self.known.get(cells)
        is_sound = not after.broken & self.places and after.broken <= self.state.broken
        if (is_sound or len(moves) == 1) and (before is None or cost < before.cost):
            self.known[cells] = repair

    def meet(self) -> None:
        """Change a figure though something it touches stays broken, then another that mends the rest."""
        for move in self._halves():
            after = self.state.after(move.steps, move.erased)
            left = after.broken & self.places
            if not left:
                continue
            self.steps += 1
            if self.steps > MOST_STATES or move.cost + A_FIGURE / 2 >= self.limit:
                return
            for second in Moves(after).at(min(left)):
                if left <= second.mended and move.cost + second.cost < self.limit:
                    self._keep((move, second), move.cost + second.cost)

    def _halves(self) -> Sequence[Move]:
        """List changes of one figure that mend one broken constraint and break none."""
        moves = Moves(self.state)
        found = [move for place in sorted(self.places) for move in moves.halves_at(place)]
        return sorted(found, key=lambda move: move.order)
