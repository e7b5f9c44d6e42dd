"""Figures changed → what changes with them: formulas always, typed totals and percents if worked out later."""

from collections import deque
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from .likelihood import OF_KIND
from .state import State

WRITTEN_WITH_IT = frozenset({"note", "note_parts"})
"""Constraints of the note beside a figure: whoever writes the figure anew writes it anew."""


class Change(NamedTuple):
    """How figures change together, and how much less likely that is than that they change alone.

    What is written anew fits again, whatever it will say: constraints that need not hold then are `released`, figures
    of which only that much is known are `erased`.
    """

    steps: Mapping[int, float]
    released: frozenset[int]
    erased: frozenset[int]
    cost: float


def followed(state: State, start: Mapping[int, float]) -> Iterator[Change]:
    """Let formulas follow a change, and then the typed totals and percents that fit now, too."""
    alone = _follow(state, start, is_typed=False)
    yield alone
    together = _follow(state, start, is_typed=True)
    if together[:3] != alone[:3]:
        split = OF_KIND["some_follow"] if _are_some_left(state, start) else 0.0
        yield together._replace(cost=OF_KIND["typed_follow"] + split)


def _are_some_left(state: State, start: Mapping[int, float]) -> bool:
    """Check whether some typed total of these figures does not fit: then only some of them were added up later."""
    system = state.system
    broken = [system.constraints[place] for place in state.touched(start) & state.broken]
    claims = {item.claim for item in broken if item.kind == "total" and item.claim is not None}
    return not all(map(system.is_calculated, claims - start.keys()))


def _follow(state: State, start: Mapping[int, float], *, is_typed: bool) -> Change:
    system = state.system
    steps, released, erased, waiting = dict(start), set[int](), set[int](), deque(start)
    while waiting:
        for place, claim in system.worked_out.get(waiting.popleft(), ()):
            is_kept = not is_typed and not system.is_calculated(claim)
            if is_kept or claim in start or place in state.broken:
                continue
            constraint = system.constraints[place]
            if constraint.kind == "share":
                released.add(place)
            elif constraint.kind == "total_once":
                erased.add(claim)
            elif claim not in steps:
                by = sum(times * steps.get(other, 0) for other, times in constraint.terms.items())
                steps[claim] = -by / constraint.terms[claim]
                waiting.append(claim)
                near = system.touching[claim]
                released.update(place for place in near if system.constraints[place].kind in WRITTEN_WITH_IT)
    return Change(steps, frozenset(released), frozenset(erased), 0.0)
