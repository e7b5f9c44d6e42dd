"""A system with some figures changed: what each constraint adds up to then, and which of them are broken."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from math import ceil, floor, inf
from typing import NamedTuple

from .linear import CLOSE
from .system import System


class Reach(NamedTuple):
    """How far figures may be moved so that all they touch holds, from `least` to `most` steps, and what that mends."""

    least: float
    most: float
    mended: frozenset[int]

    @property
    def nearest(self) -> int | None:
        """The smallest whole step there is; None where there is none."""
        low, high = self.least - CLOSE, self.most + CLOSE
        if low > 0:
            step = ceil(low)
        elif high < 0:
            step = floor(high)
        else:
            return None
        return step if low <= step <= high else None


@dataclass(frozen=True)
class State:
    """What the figures of a system say, what each constraint adds up to, and which are broken."""

    system: System
    values: list[float]
    totals: list[float]
    broken: frozenset[int]

    def without(self, places: Iterable[int]) -> "State":
        """Take constraints that are broken, and need not hold, for good ones."""
        return replace(self, broken=self.broken - set(places))

    def after(self, steps: Mapping[int, float], erased: Iterable[int] = ()) -> "State":
        """Change some figures by so much, and take those `erased` for unknown."""
        values, totals = list(self.values), list(self.totals)
        for number, step in steps.items():
            values[number] += step
        changed, unknown = self.changes(steps), self.touched(erased)
        for place, by in changed.items():
            totals[place] += by
        broken = {place for place in self.broken if place not in changed}
        broken |= {place for place in changed if not self.system.constraints[place].allows(totals[place])}
        return State(self.system, values, totals, frozenset(broken - unknown))

    def touched(self, numbers: Iterable[int]) -> set[int]:
        """Give the constraints that speak of some figures."""
        return {place for number in numbers for place in self.system.touching.get(number, ())}

    def changes(self, steps: Mapping[int, float]) -> dict[int, float]:
        """Give by how much each constraint's sum changes where some figures do; 0 where they make up for each other."""
        changes: dict[int, float] = {}
        constraints, touching = self.system.constraints, self.system.touching
        for number, step in steps.items():
            for place in touching.get(number, ()):
                changes[place] = changes.get(place, 0) + constraints[place].terms[number] * step
        return changes

    def may_mend(self, steps: Mapping[int, float]) -> bool:
        """Check whether steps by themselves mend something broken, percents left aside."""
        constraints = self.system.constraints
        for place in self.touched(steps) & self.broken:
            terms = constraints[place].terms
            by = sum(terms.get(number, 0) * step for number, step in steps.items())
            if by and constraints[place].kind != "share" and constraints[place].allows(self.totals[place] + by):
                return True
        return False

    def reach(
        self,
        steps: Mapping[int, float],
        released: Collection[int] = (),
        erased: Iterable[int] = (),
        *,
        left: Collection[int] = (),
    ) -> Reach | None:
        """Give how often `steps` may be taken so that all they touch holds; None where no number of times will do.

        What is `released` and holds now need not hold then: it would be calculated or written anew. Figures `erased`
        are not known then. No figure falls below zero. Broken constraints of `left` may stay so, and those of percents:
        one that is wrong by itself would speak for whatever makes it right by chance.
        """
        low, high, unknown = -inf, inf, self.touched(erased)
        mended = unknown & self.broken
        for number, step in steps.items():
            if step > 0:
                low = max(low, -self.values[number] / step)
            elif step < 0:
                high = min(high, -self.values[number] / step)
        for place, by in self.changes(steps).items():
            is_broken = place in self.broken
            if -CLOSE < by < CLOSE or place in unknown or place in (left if is_broken else released):
                continue
            constraint, total = self.system.constraints[place], self.totals[place]
            if is_broken and constraint.kind == "share":
                continue
            least, most = (constraint.least, constraint.most) if by > 0 else (constraint.most, constraint.least)
            if least is not None and (least - total) / by > low:
                low = (least - total) / by
            if most is not None and (most - total) / by < high:
                high = (most - total) / by
            if low > high + CLOSE:
                return None
            if is_broken:
                mended.add(place)
        return Reach(low, high, frozenset(mended)) if mended else None


def state_of(system: System) -> State:
    """Give a system as the workbook has it."""
    totals = [system.total(place) for place in range(len(system.constraints))]
    broken = frozenset(place for place, total in enumerate(totals) if not system.constraints[place].allows(total))
    return State(system, list(system.values), totals, broken)
