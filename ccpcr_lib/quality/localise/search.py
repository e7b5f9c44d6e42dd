"""Broken constraints → the cheapest repairs: the likeliest few changes after which all of them hold."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import inf
from typing import NamedTuple

from .likelihood import A_FIGURE, AHEAD
from .move import Move
from .moves import APART, Moves
from .state import State

MOST_MOVES = 3
"""What takes more changes than these is explained by none."""

MOST_HALVES = 20
"""So many changes that mend a part are tried with a second one."""

MOST_MEETING, MOST_TRIED = 40, 3
"""Two changes are looked for in groups of no more broken constraints than these, and in so many groups that meet."""

MOST_STATES = 400
"""After so many half-made repairs the search is given up."""


class Repair(NamedTuple):
    """Changes after which some broken constraints hold, and how unlikely they are."""

    moves: tuple[Move, ...]
    cost: float

    @property
    def figures(self) -> tuple[int, ...]:
        """The figures that may be wrong, those of the likelier change first."""
        return tuple(dict.fromkeys(number for move in self._by_likelihood for number in move.figures))

    @property
    def _by_likelihood(self) -> list[Move]:
        return sorted(self.moves, key=lambda move: move.order)

    def move_of(self, number: int) -> Move:
        """Give the likeliest change that is made at a figure."""
        return next(move for move in self._by_likelihood if number in move.figures)

    def step(self, number: int) -> float:
        """Give by how much all its changes together change a figure."""
        return sum(move.steps.get(number, 0) for move in self.moves)


class Group(NamedTuple):
    """Broken constraints that hang together, and what would mend them: the cheapest, and all that cost hardly more."""

    places: frozenset[int]
    repairs: tuple[Repair, ...] = ()

    @property
    def cost(self) -> float:
        """What the cheapest repair costs."""
        return self.repairs[0].cost if self.repairs else inf

    @property
    def changes(self) -> float:
        """How many changes the cheapest repair takes."""
        return len(self.repairs[0].moves) if self.repairs else inf


def find_repairs(state: State) -> list[Group]:
    """Find what would mend it, group by group: two broken constraints hang together where one move could mend both.

    Where that takes several changes, two of them that meet in one constraint may be the likelier repair.
    """
    known = Moves(state)
    moves = {place: known.at(place) for place in sorted(state.broken)}
    groups = [Group(places, _Search(state, places).cover(moves)) for places in _joined(_mended_together(moves))]
    meeting = _joined([_that_meet(state, group, groups) for group in groups])
    best = [group for places in meeting for group in _best(state, places, groups)]
    return sorted(best, key=lambda group: (_is_apart(state, group), min(group.places)))


def _is_apart(state: State, group: Group) -> bool:
    """Check whether a group is about percents and notes alone: a figure that is corrected may settle it."""
    return all(state.system.constraints[place].kind in APART for place in group.places)


def _mended_together(moves: Mapping[int, Sequence[Move]]) -> list[frozenset[int]]:
    """Give each broken constraint with those that one of its moves would mend, too."""
    return [frozenset({place}).union(*(move.mended for move in found)) for place, found in moves.items()]


def _joined(sets: Iterable[frozenset[int]]) -> list[frozenset[int]]:
    """Join sets that have something in common."""
    groups: list[frozenset[int]] = []
    for places in sets:
        joined = places.union(*(group for group in groups if group & places))
        groups = [*(group for group in groups if not group & places), joined]
    return groups


def _that_meet(state: State, group: Group, groups: Sequence[Group]) -> frozenset[int]:
    """Give a group's constraints with those of the groups that speak of one of its figures."""
    constraints = state.system.constraints
    figures = {number for place in group.places for number in constraints[place].terms}
    near = [
        other.places for other in groups if any(figures & constraints[place].terms.keys() for place in other.places)
    ]
    return group.places.union(*near)


def _best(state: State, places: frozenset[int], groups: Sequence[Group]) -> list[Group]:
    """Choose between the repairs of groups that meet, each for itself, and two changes that mend all of them.

    They may also mend only those that meet one which nothing mends by itself; percents and notes are left out then.
    """
    inside = [group for group in groups if group.places <= places]
    if sum(group.changes for group in inside) <= 2:
        return inside
    figures = [group for group in inside if not _is_apart(state, group)]
    near = [_that_meet(state, group, figures) for group in figures if not group.repairs]
    few = [wanted for wanted in dict.fromkeys((places, *near)) if len(wanted) <= MOST_MEETING]
    for wanted in few[:MOST_TRIED]:
        mended = [group for group in inside if group.places <= wanted]
        cost = sum(group.cost for group in mended)
        together = Group(wanted, _Search(state, wanted).meet(cost))
        if together.cost < cost:
            return [together, *(group for group in inside if group not in mended)]
    return inside


@dataclass
class _Search:
    """The repairs of a group that are known so far, by the cells that they change."""

    state: State
    places: frozenset[int]
    known: dict[frozenset[str], Repair] = field(default_factory=dict)
    steps: int = 0
    dearest: float = A_FIGURE * (MOST_MOVES + 1)

    def cover(self, moves: Mapping[int, Sequence[Move]]) -> tuple[Repair, ...]:
        """Find the cheapest repairs by moves that keep all they touch."""
        self._cover((), self.places, 0.0, moves)
        return self._cheapest

    def meet(self, dearest: float) -> tuple[Repair, ...]:
        """Find the cheapest repairs, below a cost, by a change that mends a part and one that mends the rest."""
        self.dearest = min(self.dearest, dearest)
        moves = sorted(Moves(self.state).halves(self.places), key=lambda move: move.order, reverse=True)
        halves = {tuple(move.steps.items()): (self.state.after(move.steps, move.erased), move) for move in moves}
        by_rest = sorted(halves.values(), key=lambda half: (len(half[0].broken), half[1].order))
        for after, move in by_rest[:MOST_HALVES]:
            left = after.broken & self.places
            if left and after.broken <= self.state.broken and move.cost < self._limit:
                for second in Moves(after).at(min(left)):
                    if left <= second.mended and move.cost + second.cost < self._limit:
                        self._keep((move, second), move.cost + second.cost)
        return self._cheapest

    @property
    def _limit(self) -> float:
        """What a repair must not cost to be worth knowing."""
        return min((repair.cost + AHEAD for repair in self.known.values()), default=self.dearest)

    @property
    def _cheapest(self) -> tuple[Repair, ...]:
        near = [repair for repair in self.known.values() if repair.cost < self._limit]
        return tuple(sorted(near, key=lambda repair: (repair.cost, repair.figures)))

    def _cover(
        self, chosen: tuple[Move, ...], left: frozenset[int], cost: float, moves: Mapping[int, Sequence[Move]]
    ) -> None:
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
            if cost + move.cost + more < self._limit:
                self._cover((*chosen, move), left - move.mended, cost + move.cost, moves)

    def _keep(self, moves: tuple[Move, ...], cost: float) -> None:
        """Keep a repair if all holds after it, and no cheaper one changes the same cells."""
        after = self.state
        for move in moves:
            after = after.after(move.steps, move.erased)
        repair = Repair(moves, cost)
        cells = frozenset(self.state.system.figures[number].source for number in repair.figures)
        before = self.known.get(cells)
        new = after.broken - self.state.broken
        is_sound = not after.broken & self.places and all(
            self.state.system.constraints[place].kind in APART for place in new
        )
        if (is_sound or len(moves) == 1) and (before is None or cost < before.cost):
            self.known[cells] = repair
