"""Declared relations between figures → findings where one does not hold.

A line of ``relations.csv`` says what must hold, in the words of the catalogue: ``family_assessments.assessed >=
referrals_by_type.referred``, for each case type, over the quarter. A term is ``table.measure`` or
``table.measure.unit``, with ``@previous`` (the month or quarter before), ``@first`` (the quarter's first month),
``@later`` (its other two) or ``@to_date`` (all quarters known so far). The operators are those of DHIS2's
validation rules.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from operator import eq, ge, le, ne
from typing import NamedTuple

from ..model import period as calendar
from ..model.catalogue import spec
from ..model.finding import Finding
from ..model.table import Key
from ..model.wording import counted_label, listed
from .cube import NoAnswerError, Sum
from .facts import Facts
from .records import name_key
from .rules import make_finding

BOTH_OR_NEITHER = "both-or-neither"


class Operator(NamedTuple):
    """How two figures are compared: the sign between them, the variant of the finding `relation`, and the tests.

    `holds` compares two numbers; `may_hold` says whether some of the numbers that two sums allow would satisfy it.
    """

    sign: str
    variant: str
    holds: Callable[[int, int], bool]
    may_hold: Callable[[Sum, Sum], bool]


def _may_be_less(left: Sum, right: Sum) -> bool:
    return right.most is None or left.least <= right.most


def _may_differ(left: Sum, right: Sum) -> bool:
    return left.exact is None or left.exact != right.exact


def _may_be_both_or_neither(left: Sum, right: Sum) -> bool:
    return (left.most != 0 and right.most != 0) or (left.allows(0) and right.allows(0))


OPERATORS = {
    "=": Operator("=", "equal", eq, Sum.meets),
    "!=": Operator("≠", "not_equal", ne, _may_differ),
    "<=": Operator("≤", "at_most", le, _may_be_less),
    ">=": Operator("≥", "at_least", ge, lambda left, right: _may_be_less(right, left)),
    BOTH_OR_NEITHER: Operator(
        "⇔", "both_or_neither", lambda left, right: bool(left) == bool(right), _may_be_both_or_neither
    ),
}

SHIFTS = ("", "previous", "first", "later", "to_date")
"""Which period a term means, seen from the one that is tested."""

POLICIES = ("skip", "zero")
"""What becomes of a test in which a figure is blank."""


@dataclass(frozen=True)
class Term:
    """One figure of a relation, added or taken away."""

    sign: int
    table: str
    measure: str
    unit: str
    shift: str


@dataclass(frozen=True)
class Relation:
    """One line of the relations file. Where a figure is blank, `missing` says ``skip`` the test, or take ``zero``."""

    name: str
    left: tuple[Term, ...]
    operator: str
    right: tuple[Term, ...]
    by: str
    periods: str
    missing: str
    severity: str
    why: str
    why_km: str = ""


@dataclass(frozen=True)
class Evaluated:
    """One side of a relation worked out: its value (None where not known), and how it came about.

    `cells` are those of the quarter's own workbook: another quarter's stand in another file.
    """

    value: Sum | None
    words: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True)
class Tested:
    """A relation in one period for one member, with both sides worked out."""

    relation: Relation
    period: str
    member: Key
    left: Evaluated
    right: Evaluated

    @property
    def holds(self) -> bool | None:
        """Whether it holds, or may, where a figure is known in bounds only; None where a figure is missing."""
        if self.left.value is None or self.right.value is None:
            return None
        return OPERATORS[self.relation.operator].may_hold(self.left.value, self.right.value)

    @property
    def figures(self) -> str:
        """Both figures as they are compared: ``18 ≥ 15``, or ``2 and 3`` where both or neither must be given."""
        left, right = str(self.left.value), str(self.right.value)
        if self.relation.operator == BOTH_OR_NEITHER:
            return listed((left, right))
        return f"{left} {OPERATORS[self.relation.operator].sign} {right}"

    @property
    def who(self) -> str:
        """Whom the test is about, in words: the member and the period."""
        table = self.relation.left[0].table
        return name_key({**self.member, "period": self.period}, category_list=spec(table).codelist)


def check_relations(facts: Facts, others: Sequence[Facts], relations: Iterable[Relation]) -> Iterator[Finding]:
    """Yield a finding for each relation, period and member in which it does not hold."""
    for tested in evaluate_relations(facts, others, relations):
        if tested.holds is False:
            yield _finding(facts, tested)


def evaluate_relations(facts: Facts, others: Sequence[Facts], relations: Iterable[Relation]) -> Iterator[Tested]:
    """Test every relation in every period and for every member it is declared for."""
    quarters = {other.period: other for other in (*others, facts)}
    for relation in relations:
        periods = calendar.months(facts.period) if relation.periods == "month" else (facts.period,)
        for period in periods:
            for member in _members(facts, relation):
                seen = _Seen(quarters, period, member, relation.missing)
                yield Tested(relation, period, member, _evaluate(seen, relation.left), _evaluate(seen, relation.right))


def _members(facts: Facts, relation: Relation) -> list[Key]:
    """List the members that a relation is tested for, by their keys: one that divides by nothing is tested once."""
    if not relation.by:
        return [{}]
    counts = [count for term in relation.left for count in facts.by_table.get(term.table, ())]
    return [
        {relation.by: code}
        for code in dict.fromkeys(count.key[relation.by] for count in counts if relation.by in count.key)
    ]


def _finding(facts: Facts, tested: Tested) -> Finding:
    """Make a finding with the figures of both sides in question; zeros only where a side has nothing else."""
    relation, left, right = tested.relation, tested.left, tested.right
    finding = make_finding(
        "relation",
        [*_with_figures(facts, left.cells), *_with_figures(facts, right.cells)],
        variant=OPERATORS[relation.operator].variant,
        table=relation.left[0].table,
        evidence=(*left.cells, *right.cells),
        printed=str(left.value),
        expected=f"{relation.operator} {right.value}",
        who=tested.who,
        why=relation.why,
        left=left.words,
        other=str(right.value),
        right=right.words,
    )
    return replace(finding, severity=relation.severity)


@dataclass(frozen=True)
class _Seen:
    """What a relation is tested with: the quarters known, the period and the member, and what becomes of a blank."""

    quarters: Mapping[str, Facts]
    period: str
    member: Key
    missing: str


def _with_figures(facts: Facts, cells: Sequence[str]) -> Sequence[str]:
    values = {count.source: count.value for count in facts.counts}
    return [cell for cell in cells if values.get(cell)] or cells


def _evaluate(seen: _Seen, terms: tuple[Term, ...]) -> Evaluated:
    """Work out one side: add up its terms; one that is not known makes the side unknown."""
    side, figures = Sum(), []
    for term in terms:
        figure = _figure(seen, term)
        if figure is None or figure.blanks:
            return Evaluated(None)
        figures.append(figure)
        side = side + figure if term.sign > 0 else side - figure
    cells = (cell for term in terms for cell in _own_cells(seen, term))
    return Evaluated(side, _words(terms, figures), tuple(dict.fromkeys(cells)))


def _own_cells(seen: _Seen, term: Term) -> tuple[str, ...]:
    """List the cells of a term that stand in the quarter's own workbook."""
    quarter = calendar.quarter_of(seen.period)
    wanted = (period for period in shifted(seen.quarters, term.shift, seen.period))
    there = (_figure_in(seen, term, period) for period in wanted if calendar.quarter_of(period) == quarter)
    return tuple(cell for figure in there if figure for cell in figure.cells)


def _words(terms: Sequence[Term], figures: Sequence[Sum]) -> str:
    """Write a side out: ``Clients in the shelter``, or ``61 - 12 - 0 + 2`` for a sum."""
    if len(terms) == 1:
        return counted_label(terms[0].measure, terms[0].unit)
    signed = (f" {'+' if term.sign > 0 else '-'} {figure}" for term, figure in zip(terms, figures, strict=True))
    return "".join(signed).removeprefix(" + ")


def _figure(seen: _Seen, term: Term) -> Sum | None:
    """Add up a term in the periods its shift names; None where a period or the table is not there."""
    figure = Sum()
    for wanted in shifted(seen.quarters, term.shift, seen.period):
        there = _figure_in(seen, term, wanted)
        if there is None:
            return None
        figure += there
    return figure


def _figure_in(seen: _Seen, term: Term, period: str) -> Sum | None:
    """Add up a term in one period; None where it or the table is not there."""
    member = {name: code for name, code in seen.member.items() if has_dimension(term.table, name)}
    home = seen.quarters.get(calendar.quarter_of(period))
    if home is None or term.table not in home.by_table:
        return None
    cube = (home.with_zeros if seen.missing == "zero" else home).cube(term.measure, term.unit)
    try:
        return cube.total({**member, "period": period}, table=term.table)
    except NoAnswerError:
        return None


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
    """Check whether a table divides its counts by a dimension.

    >>> has_dimension("education", "category"), has_dimension("education", "sex")
    (True, False)
    """
    declared = spec(table)
    return dimension in declared.row_key("") or any(dimension in column.key for column in declared.counts)
