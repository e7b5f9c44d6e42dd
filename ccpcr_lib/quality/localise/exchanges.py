"""Figures exchanged: two neighbours, a client on the wrong side, two columns or rows."""

from collections.abc import Iterator, Mapping, Sequence

from ...model import period as calendar
from .figure import differences
from .following import followed
from .likelihood import A_FIGURE, OF_KIND
from .move import Move
from .state import State

FEWEST_IN_A_LINE = 2
"""Two lines that differ in no more cells than these are two cells exchanged."""


def with_neighbours(state: State, number: int) -> Iterator[Move]:
    """Exchange a count with a neighbour or one of its kind, or move a client from one to the other in a row."""
    own = state.values[number]
    near = dict(state.system.lines.neighbours(number))
    for other in dict.fromkeys((*near, *state.system.lines.alike_in_row(number))):
        theirs, is_beside = state.values[other], near.get(other, False)
        if own != theirs:
            yield from changed_by(state, "swap", {number: theirs - own, other: own - theirs})
        if is_beside and own:
            yield from changed_by(state, "side", {number: -1, other: 1})
        if is_beside and theirs:
            yield from changed_by(state, "side", {other: -1, number: 1})


def lines_exchanged(state: State, table: str) -> Iterator[Move]:
    """Exchange two columns or rows of counts: neighbours, or two months."""
    system, values = state.system, state.values
    for line, other in system.lines.pairs(table):
        start: dict[int, float] = {}
        for one, two in zip(line, other, strict=True):
            start |= {one: values[two] - values[one], two: values[one] - values[two]}
        changed = {number: step for number, step in start.items() if step}
        if len(changed) > FEWEST_IN_A_LINE:
            yield from changed_by(state, "lines", changed)


def changed_by(state: State, kind: str, start: Mapping[int, float]) -> Iterator[Move]:
    """Change figures by just so much; of two in a row the one with too many is named first."""
    if not state.may_mend(start):
        return
    first, second, *_ = start
    cost = A_FIGURE + OF_KIND[kind] + (OF_KIND["two_dimensions"] if _are_far(state, first, second) else 0)
    figures = tuple(start) if kind == "side" else by_doubt(state, sorted(start))
    for change in followed(state, start):
        reach = state.reach(change.steps, change.released, change.erased)
        if reach and reach.least <= 1 <= reach.most:
            yield Move(kind, figures, change.steps, cost + change.cost, reach.mended, erased=change.erased)


def by_doubt(state: State, numbers: Sequence[int]) -> tuple[int, ...]:
    """Order figures by how much that is broken speaks of them, the most first."""
    system, broken = state.system, state.broken
    return tuple(sorted(numbers, key=lambda number: -len(broken.intersection(system.touching.get(number, ())))))


def _are_far(state: State, number: int, other: int) -> bool:
    """Check whether two figures differ in more than one dimension, or one is of another quarter."""
    system = state.system
    periods = [system.figures[one].fact.key["period"] for one in (number, other)]
    is_inside = all(calendar.contains(system.facts.period, period) for period in periods)
    return len(differences(system.figures[number], system.figures[other])) > 1 or not is_inside
