"""Repairs put to the proof: their cells are changed, and the rules run again find less to say."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from ...model.finding import Finding
from ...model.records import Claim, Count
from ..facts import Facts
from .move import Move
from .search import Group, Repair
from .system import System

Rules = Callable[[Facts], list[Finding]]
"""Runs the rules whose findings one wrong cell may explain, on the facts as they would be."""


WRITTEN_ANEW = frozenset({"share", "shares_to_100", "note_sum", "note_part", "note_parts"})
"""Rules of what is written anew once a figure is corrected: that it no longer fits then says nothing."""


class Settled(NamedTuple):
    """What repairs settle, all of them as likely: the findings that are no more when their cells are changed."""

    repairs: tuple[Repair, ...]
    findings: tuple[Finding, ...]


def prove(
    system: System, groups: Iterable[Group], findings: Sequence[Finding], rules: Rules
) -> tuple[list[Settled], list[Finding]]:
    """Change the cells of one repair after the other; give what each settles, and the findings that are left.

    A repair after which the rules find more to say than before is none.
    """
    left, moves, settled = list(findings), list[Move](), list[Settled]()
    for group in groups:
        written = _written_beside(system, group, left)
        if written:
            settled.append(Settled(group.repairs, tuple(written)))
            left = [finding for finding in left if finding not in written]
            continue
        for place, repair in enumerate(group.repairs):
            after = rules(changed(system, [*moves, *repair.moves]))
            gone, new = _differences(left, after)
            after = [finding for finding in after if finding not in new or finding.rule not in WRITTEN_ANEW]
            if gone and len(after) <= len(left):
                settled.append(Settled(group.repairs[place:], tuple(gone)))
                moves, left = [*moves, *repair.moves], after
                break
    return settled, [_as_found(finding, findings) for finding in left]


def _written_beside(system: System, group: Group, findings: Sequence[Finding]) -> list[Finding]:
    """List the findings about a percent or a note that is wrong by itself: to see that, no rule need be run again."""
    if not group.repairs or any(move.steps for move in group.repairs[0].moves):
        return []
    cells = {system.figures[number].source for number in group.repairs[0].figures}
    about = [finding for finding in findings if finding.rule in WRITTEN_ANEW and finding.where[0] in cells]
    sets = [finding for finding in findings if finding.rule == "shares_to_100" and not cells.isdisjoint(finding.where)]
    return [*about, *(finding for finding in sets if finding not in about)] if about else []


def _as_found(finding: Finding, findings: Sequence[Finding]) -> Finding:
    """Give a finding as the rules first had it: the corrections of other cells may have changed its figures."""
    alike = [other for other in findings if (other.rule, other.where[:1]) == (finding.rule, finding.where[:1])]
    return alike[0] if len(alike) == 1 else finding


def _differences(before: Sequence[Finding], after: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Give the findings that are no more and those that are new; one that names other zeros of a sum is neither."""
    gone, new = list(before), list(after)
    for same in (lambda finding: finding.said, lambda finding: (finding.table, finding.content)):
        for finding in list(gone):
            twin = next((other for other in new if same(other) == same(finding)), None)
            if twin is not None:
                gone.remove(finding)
                new.remove(twin)
    return gone, new


def changed(system: System, moves: Iterable[Move]) -> Facts:
    """Give a quarter's facts with the changes of some moves made: counts that are erased are blank, claims are gone."""
    values: dict[int, float | None] = {}
    for move in moves:
        for number, step in move.steps.items():
            fact = system.figures[number].fact
            values[id(fact)] = (values.get(id(fact)) or fact.value or 0) + _in_units(fact, step)
        values |= {id(system.figures[number].fact): None for number in move.erased}
    facts = system.facts
    counts = tuple(_with_value(count, values) for count in facts.counts)
    claims = tuple(_with_value(claim, values) for claim in facts.claims if values.get(id(claim), 0) is not None)
    return replace(facts, counts=counts, claims=claims)


def _in_units(fact: Count | Claim, step: float) -> float:
    return step / 100 if isinstance(fact, Claim) and fact.kind == "share" else step


Fact = TypeVar("Fact", Count, Claim)


def _with_value(fact: Fact, values: Mapping[int, float | None]) -> Fact:
    if id(fact) not in values:
        return fact
    value = values[id(fact)]
    if isinstance(fact, Count):
        return replace(fact, value=None if value is None else round(value))
    return replace(fact, value=value or 0.0)
