"""The findings of a quarter's rules → one for each mistake, at the cell that is wrong, where one can tell."""

from collections.abc import Collection, Iterable, Sequence

from ...model.finding import Finding
from ..facts import Facts
from ..relations import Relation
from .between_tables import constraints_of_margins, constraints_of_relations
from .proof import Rules, prove
from .search import find_repairs
from .state import State, state_of
from .system import System
from .tell import tell
from .within_table import hold_within_tables

KINDS = {"note_sum": "note", "note_part": "note"}
"""What holds no more where a rule is broken, if it has another name than the rule."""


def find_odd_ones(
    facts: Facts,
    others: Sequence[Facts],
    relations: Iterable[Relation],
    findings: Sequence[Finding],
    rules: Rules,
    accepted: Collection[Finding] = (),
) -> list[Finding]:
    """Tell each mistake once, at its cell. `findings` are those of `rules`; those `accepted` are explained already."""
    if all(finding.severity == "note" for finding in findings):
        return list(findings)
    system = build(facts, others, relations)
    state = _without(state_of(system), accepted)
    settled, left = prove(system, find_repairs(state), findings, rules)
    return [*(told for one in settled for told in tell(system, one)), *left]


def build(facts: Facts, others: Sequence[Facts], relations: Iterable[Relation]) -> System:
    """Write down what must hold in a quarter."""
    system = System(facts, others)
    hold_within_tables(system)
    system.add(constraints_of_margins(system))
    system.add(constraints_of_relations(system, others, relations))
    return system


def _without(state: State, accepted: Iterable[Finding]) -> State:
    """Take out what does not hold and need not, since it is explained."""
    named = [(KINDS.get(finding.rule, finding.rule), {*finding.where, *finding.evidence}) for finding in accepted]
    return state.without(place for place in state.broken if any(_is_about(state, place, *one) for one in named))


def _is_about(state: State, place: int, kind: str, cells: Collection[str]) -> bool:
    """Check whether a finding with these cells says that a constraint does not hold."""
    constraint, figures = state.system.constraints[place], state.system.figures
    if constraint.kind != kind:
        return False
    if kind == "share":
        return constraint.claim is not None and figures[constraint.claim].source in cells
    return all(figures[number].source in cells or not figures[number].value for number in constraint.terms)
