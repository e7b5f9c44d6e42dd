"""The findings of a quarter's rules → one for each mistake, at the cell that is wrong, where one can tell."""

from collections.abc import Callable, Collection, Iterable, Sequence

from ...model.finding import Finding
from ..facts import Facts
from ..relations import Relation
from .between_tables import constraints_of_margins, constraints_of_relations
from .proof import prove
from .search import find_repairs
from .state import State, state_of
from .system import System
from .tell import tell
from .within_table import hold_within_tables

MOST_FINDINGS = 18
"""Where more disagrees than this, no few changes mend it: each disagreement is told for itself."""

KINDS = {"note_sum": "note", "note_part": "note"}
"""What holds no more where a rule is broken, if it has another name than the rule."""


def find_odd_ones(
    facts: Facts,
    others: Sequence[Facts],
    relations: Iterable[Relation],
    findings: Sequence[Finding],
    rules: Callable[[Facts, Collection[str]], list[Finding]],
    accepted: Collection[Finding] = (),
) -> list[Finding]:
    """Tell each mistake once, at its cell. `findings` are those of `rules`; those `accepted` are explained already.

    `rules` run on facts, within these tables only: in no other anything is wrong.
    """
    above = [finding for finding in findings if finding.severity != "note"]
    if not 0 < len(above) <= MOST_FINDINGS:
        return list(findings)
    tables = _tables_of(facts, findings)
    system = build(facts, others, relations, tables)
    state = _without(state_of(system), accepted)
    settled, left = prove(system, find_repairs(state), findings, lambda changed: rules(changed, tables))
    return [*(told for one in settled for told in tell(system, one)), *left]


def build(
    facts: Facts, others: Sequence[Facts], relations: Iterable[Relation], tables: Collection[str] | None = None
) -> System:
    """Write down what must hold in a quarter; of some `tables`, all that speaks of a figure in one of them."""
    tables = facts.by_table.keys() if tables is None else tables
    system = System(facts, others)
    hold_within_tables(system, tables)
    system.add(constraints_of_margins(system, tables))
    system.add(constraints_of_relations(system, others, relations, tables))
    return system


def _tables_of(facts: Facts, findings: Iterable[Finding]) -> set[str]:
    """Name the tables in which something is wrong: a cell that some finding is about stands there."""
    cells = {cell for finding in findings for cell in (*finding.where, *finding.evidence)}
    counts = {count.table for count in facts.counts if count.source in cells}
    return counts | {claim.table for claim in facts.claims if claim.source in cells}


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
