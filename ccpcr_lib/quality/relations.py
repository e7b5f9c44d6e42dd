"""Do the declared relations between figures hold: ``relations.csv`` → findings where one does not."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..model import period as calendar
from ..model.catalogue import spec
from ..model.finding import Finding
from ..model.wording import measure_label
from ..words import say
from .cube import Count, Facts, name_key
from .relation_file import OPERATORS, Relation, Term
from .rules import make_finding

VARIANTS = {
    "=": "equal",
    "!=": "unequal",
    "<=": "at_most",
    ">=": "at_least",
    "both-or-neither": "together",
}
"""Which sentence of the rule ``relation`` speaks of which operator."""
SYMBOLS = {"<=": "≤", ">=": "≥", "!=": "≠", "=": "=", "both-or-neither": "and"}


@dataclass(frozen=True)
class Evaluated:
    """One side of a relation worked out: its value (None where not known), its cells, and how it came about."""

    value: int | None = None
    cells: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Tested:
    """A relation in one period for one member, with both sides worked out."""

    relation: Relation
    period: str
    member: dict[str, str]
    left: Evaluated
    right: Evaluated

    @property
    def holds(self) -> bool | None:
        """Whether it holds; None where a figure is missing."""
        if self.left.value is None or self.right.value is None:
            return None
        return OPERATORS[self.relation.operator](self.left.value, self.right.value)

    @property
    def who(self) -> str:
        """The member and the period in words."""
        table = self.relation.left[0].table
        return name_key({**self.member, "period": self.period}, category_list=spec(table).codelist)


def check_relations(facts: Facts, others: Sequence[Facts], relations: Iterable[Relation]) -> Iterator[Finding]:
    """Yield a finding for each relation, period and member in which it does not hold."""
    for tested in evaluate_relations(facts, others, relations):
        if tested.holds is False:
            yield _finding(tested)


def evaluate_relations(facts: Facts, others: Sequence[Facts], relations: Iterable[Relation]) -> Iterator[Tested]:
    """Test every relation in every period and for every member it is declared for."""
    quarters = {other.period: other for other in (*others, facts)}
    for relation in relations:
        periods = calendar.months(facts.period) if relation.periods == "month" else (facts.period,)
        for period in periods:
            for member in _members(facts, relation):
                left, right = (
                    _evaluate(quarters, terms, period, member, skips_blanks=relation.missing == "skip")
                    for terms in (relation.left, relation.right)
                )
                yield Tested(relation, period, member, left, right)


def _members(facts: Facts, relation: Relation) -> list[dict[str, str]]:
    if not relation.by:
        return [{}]
    counts = [count for term in relation.left for count in facts.by_table.get(term.table, ())]
    return [
        {relation.by: code}
        for code in dict.fromkeys(count.key[relation.by] for count in counts if relation.by in count.key)
    ]


def _finding(tested: Tested) -> Finding:
    relation, left, right = tested.relation, tested.left, tested.right
    finding = make_finding(
        "relation",
        [*left.cells, *right.cells],
        table=relation.left[0].table,
        variant=VARIANTS[relation.operator],
        printed=str(left.value),
        expected=f"{relation.operator} {right.value}",
        who=tested.who,
        why=relation.why,
        left=left.text,
        limit=str(right.value),
        right=right.text,
    )
    return replace(finding, severity=relation.severity)


def _evaluate(
    quarters: Mapping[str, Facts], terms: Sequence[Term], period: str, member: Mapping[str, str], *, skips_blanks: bool
) -> Evaluated:
    """Work out one side: add up its terms; one that is not known makes the side unknown."""
    cells: list[str] = []
    figures: list[tuple[Term, int]] = []
    for term in terms:
        counts = _counts(quarters, term, period, member)
        if counts is None or (skips_blanks and any(count.value is None for count in counts)):
            return Evaluated()
        figures.append((term, sum(count.value or 0 for count in counts)))
        cells += [count.source for count in counts]
    return Evaluated(sum(term.sign * figure for term, figure in figures), tuple(cells), _written_out(figures))


def _written_out(figures: Sequence[tuple[Term, int]]) -> str:
    """Write a side out: ``Clients in the shelter``, or ``61 - 12 - 0 + 2`` for a sum."""
    if len(figures) == 1:
        term = figures[0][0]
        label = measure_label(term.measure)
        return say("counted_in_times", measure=label) if term.unit == "times" else label
    return "".join(f" {'+' if term.sign > 0 else '-'} {figure}" for term, figure in figures).removeprefix(" + ")


def _counts(quarters: Mapping[str, Facts], term: Term, period: str, member: Mapping[str, str]) -> list[Count] | None:
    """List the counts of a term in the periods its shift names; None where a period or the table is not there."""
    found: list[Count] = []
    for wanted in shifted(quarters, term.shift, period):
        home = quarters.get(calendar.quarter_of(wanted))
        if home is None or term.table not in home.by_table:
            return None
        key = {"period": wanted} | {name: code for name, code in member.items() if has_dimension(term.table, name)}
        counts = home.covered(term.table, term.measure, term.unit, key)
        if not counts:
            return None
        found += counts
    return found


def shifted(quarters: Collection[str], shift: str, period: str) -> Sequence[str]:
    """List the periods that a term means, seen from `period`, where these quarters are known."""
    quarter = calendar.quarter_of(period)
    first, *later = calendar.months(quarter)
    if shift == "previous":
        return (_before(period),)
    if shift == "to_date":
        return tuple(sorted(name for name in quarters if name <= quarter))
    return {"": (period,), "first": (first,), "later": tuple(later)}[shift]


def _before(period: str) -> str:
    """Name the month or the quarter before.

    >>> _before("2010-04"), _before("2010-Q1")
    ('2010-03', '2009-Q4')
    """
    if calendar.is_quarter(period):
        return calendar.previous(period)
    months = [
        *calendar.months(calendar.previous(calendar.quarter_of(period))),
        *calendar.months(calendar.quarter_of(period)),
    ]
    return months[months.index(period) - 1]


@cache
def has_dimension(table: str, dimension: str) -> bool:
    """Tell whether a table divides its counts by a dimension."""
    declared = spec(table)
    return dimension in declared.row_key("") or any(dimension in column.key for column in declared.counts)
