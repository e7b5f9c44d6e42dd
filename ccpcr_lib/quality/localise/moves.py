"""What may have happened to a figure: one typed wrongly, alone or before its totals were added up; two exchanged."""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .likelihood import A_FIGURE, OF_KIND, SLIPS, against_history, slip
from .state import Reach, State

FOLLOWING = frozenset({"total", "total_once", "share"})
"""Constraints of what is calculated from other figures."""

WRITTEN_WITH_IT = frozenset({"note", "note_parts"})
"""Constraints of the note beside a figure: whoever writes the figure anew writes it anew."""


class Move(NamedTuple):
    """A change that may undo a mistake: the figures it was made at, by how much all change, how unlikely it is.

    `kind` is ``figure``, ``swap`` or ``side``. `mended` are the broken constraints that hold then. `is_exact`: no other
    change of these figures would do.
    """

    kind: str
    figures: tuple[int, ...]
    steps: Mapping[int, float]
    cost: float
    mended: frozenset[int]
    is_exact: bool = True


def moves_at(state: State, place: int) -> list[Move]:
    """List what may have happened to the figures of a broken constraint, the most likely first."""
    system = state.system
    made: dict[tuple[str, tuple[int, ...]], Move] = {}
    for number in sorted(system.constraints[place].terms):
        for move in (*_of_figure(state, number), *_within_note(state, number), *_of_neighbours(state, number)):
            known = made.get((move.kind, move.figures))
            if known is None or move.cost < known.cost:
                made[move.kind, move.figures] = move
    return sorted(made.values(), key=lambda move: (move.cost, move.figures))


def _of_figure(state: State, number: int) -> Iterator[Move]:
    """Change one figure: its calculated totals with it, and then the typed ones that fit it, too."""
    for steps, released, dearer in _followed(state, {number: 1}):
        reach = state.reach(steps, released)
        step = reach.nearest if reach else None
        if reach and step:
            yield _one_figure(state, number, steps, reach, dearer)


def _one_figure(state: State, number: int, steps: Mapping[int, float], reach: Reach, dearer: float) -> Move:
    """Change one figure by the smallest step that will do."""
    step, old = reach.nearest or 0, state.values[number]
    cost = _cost_of_figure(state, number) + slip(old, old + step) + dearer
    cost += against_history(state.system.history(number), old, old + step)
    taken = {other: by * step for other, by in steps.items()}
    return Move("figure", (number,), taken, cost, reach.mended, _is_point(reach))


def _is_point(reach: Reach) -> bool:
    return reach.most - reach.least < 1


def _cost_of_figure(state: State, number: int) -> float:
    system, figure = state.system, state.system.figures[number]
    cost = A_FIGURE + OF_KIND[figure.role]
    if figure.role in ("total", "share"):
        if system.is_calculated(number):
            return cost + OF_KIND["formula"]
        if any(system.is_calculated(other) for other in _claims_of(state, figure.fact.table)):
            return cost + OF_KIND["among_formulas"]
    return cost


def _claims_of(state: State, table: str) -> Iterator[int]:
    for number, figure in enumerate(state.system.figures):
        if figure.role == "total" and figure.fact.table == table:
            yield number


def _within_note(state: State, number: int) -> Iterator[Move]:
    """Move clients from one part of a note to another: it is one cell, however many parts it has."""
    figures = state.system.figures
    if figures[number].role != "note":
        return
    for other in state.system.notes_in[figures[number].source]:
        reach = state.reach({number: 1, other: -1}) if other != number else None
        step = reach.nearest if reach else None
        if reach and step:
            cost = A_FIGURE + OF_KIND["note"] + SLIPS["other"]
            yield Move("figure", (number, other), {number: step, other: -step}, cost, reach.mended, _is_point(reach))


def _of_neighbours(state: State, number: int) -> Iterator[Move]:
    """Exchange a count with one beside or below it, or move a client from one to the other in a row."""
    if state.system.figures[number].role != "count":
        return
    own = state.values[number]
    for other, is_beside in _neighbours(state, number):
        theirs = state.values[other]
        pair = (min(number, other), max(number, other))
        if own != theirs:
            yield from _fixed(state, "swap", pair, {number: theirs - own, other: own - theirs})
        if is_beside and own:
            yield from _fixed(state, "side", pair, {number: -1, other: 1})
        if is_beside and theirs:
            yield from _fixed(state, "side", pair, {number: 1, other: -1})


def _fixed(state: State, kind: str, figures: tuple[int, ...], start: Mapping[int, float]) -> Iterator[Move]:
    for steps, released, dearer in _followed(state, start):
        reach = state.reach(steps, released)
        if reach and reach.least <= 1 <= reach.most:
            cost = A_FIGURE + OF_KIND[kind] + dearer + _across(state, figures)
            yield Move(kind, figures, steps, cost, reach.mended)


def _across(state: State, figures: tuple[int, ...]) -> float:
    """Give how much less likely two figures are mistaken for each other that differ in more than one dimension."""
    one, other = (set(state.system.figures[number].fact.key.items()) for number in figures)
    return OF_KIND["two_dimensions"] if len({name for name, _ in one ^ other}) > 1 else 0.0


def _neighbours(state: State, number: int) -> Iterator[tuple[int, bool]]:
    system = state.system
    sheet, row, column = system.place_of(number)
    for down, right in ((0, 1), (0, -1), (1, 0), (-1, 0)):
        other = system.counts_at.get((sheet, row + down, column + right))
        if other is not None and system.figures[other].fact.table == system.figures[number].fact.table:
            yield other, bool(right)


def _followed(state: State, start: Mapping[int, float]) -> Iterator[tuple[dict[int, float], set[int], float]]:
    """Give the steps of a change with what follows from it: formulas always, and typed totals if they were added up.

    Each with the constraints that need not hold, since they are about what is calculated or written anew, and how much
    less likely it is.
    """
    alone = _follow(state, start, typed=False)
    yield *alone, 0.0
    together = _follow(state, start, typed=True)
    if together != alone:
        yield *together, OF_KIND["typed_follow"]


def _follow(state: State, start: Mapping[int, float], *, typed: bool) -> tuple[dict[int, float], set[int]]:
    system = state.system
    steps, released, waiting = dict(start), set[int](), deque(start)
    while waiting:
        number = waiting.popleft()
        for place in system.touching.get(number, ()):
            constraint = system.constraints[place]
            if place in state.broken or constraint.kind not in FOLLOWING:
                continue
            claim = constraint.claim
            if claim is None or claim in start or not (typed or system.is_calculated(claim)):
                continue
            if constraint.kind != "total":
                released.add(place)
            elif claim not in steps:
                by = sum(times * steps.get(other, 0) for other, times in constraint.terms.items())
                steps[claim] = -by / constraint.terms[claim]
                waiting.append(claim)
                released |= {near for near in system.touching[claim] if system.constraints[near].kind in WRITTEN_WITH_IT}
    return steps, released




def halves_at(state: State, place: int) -> Iterator[Move]:
    """List changes of one figure after which a broken constraint holds, though others that it touches may stay broken."""
    for number in sorted(state.system.constraints[place].terms):
        for steps, released, dearer in _followed(state, {number: 1}):
            reach = state.reach(steps, released, only=place)
            step = reach.nearest if reach else None
            if reach and step:
                yield _one_figure(state, number, steps, reach, dearer)
