"""Declared relations between figures → findings where one does not hold.

A line of ``relations.csv`` says what must hold, in the words of the catalogue: ``family_assessments.assessed >=
referrals_by_type.referred``, for each case type, over the quarter. A term is ``table.measure``, and behind dots, in any
order, its unit (``times``) and of whom, by codes: ``vocational_skills.trained.sewing``,
``referrals_by_sex.referred.M``. A code of sex or case type may also be one that only the notes in the table's cells
know: of ``27 (F25, M2)`` the term ``referrals_by_sex.reintegrated.M`` is 2. Behind that stands ``@previous`` (the month
or quarter before), ``@first`` (the quarter's first month), ``@later`` (its other two), ``@to_date`` (all quarters known
so far) or ``@clients`` (how many clients a flow is about). The term ``in_care`` means the clients in care. The
operators are those of DHIS2's validation rules.

Where a line of severity ``note`` does not hold, its finding is a question: both figures, then what to look up, which is
its `why`. So is that of a line with ``@to_date`` while fewer than four quarters in a row before this one are known,
whatever its severity: clients of earlier quarters may explain it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from operator import eq, ge, le, ne
from typing import NamedTuple

from ..model import period as calendar
from ..model.catalogue import spec
from ..model.finding import Finding
from ..model.records import name_key
from ..model.table import Key
from ..model.wording import listed, period_label
from ..words import say
from .facts import Facts
from .relation_sides import ENOUGH_EARLIER, TO_DATE, Evaluated, Seen, Term, earlier_in_a_row, evaluate, shifted
from .rules import make_finding
from .sums import Sum

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

POLICIES = ("skip", "zero")
"""What becomes of a test in which a figure is blank."""


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

    @property
    def table(self) -> str:
        """The table it is about: the first that it names, empty where it names none."""
        return next((term.table for term in (*self.left, *self.right) if term.table), "")

    @property
    def is_to_date(self) -> bool:
        """Whether it asks for all quarters so far."""
        return any(term.shift == TO_DATE for term in (*self.left, *self.right))

    def severity_after(self, earlier: int) -> str:
        """Grade it with so many quarters before, in a row, known: to date, too few of them leave only a question."""
        return "note" if self.is_to_date and earlier < ENOUGH_EARLIER else self.severity


class Tested(NamedTuple):
    """A relation in one period for one member, with both sides worked out.

    `quarters` are those whose workbooks are known.
    """

    relation: Relation
    period: str
    member: Key
    left: Evaluated
    right: Evaluated
    quarters: Collection[str] = ()

    @property
    def holds(self) -> bool | None:
        """Whether it holds, or may, where a figure is known in bounds only; None where a missing figure decides.

        A blank decides nothing where no figure in its place would do.
        """
        left, right = self.left.value, self.right.value
        if left is None or right is None:
            return None
        may_hold = OPERATORS[self.relation.operator].may_hold(left, right)
        return None if may_hold and (left.blanks or right.blanks) else may_hold

    @property
    def figures(self) -> str:
        """Both figures as they are compared: ``18 ≥ 15``, or ``2 and 3`` where both or neither must be given.

        A side that must not be more is written as at least so many: that is what is compared.
        """
        operator = self.relation.operator
        left, right = _written(self.left, is_less=operator == "<="), _written(self.right, is_less=operator == ">=")
        if operator == BOTH_OR_NEITHER:
            return listed((left, right))
        return f"{left} {OPERATORS[operator].sign} {right}"

    @property
    def who(self) -> str:
        """Whom the test is about, in words: the member and the period."""
        table = self.relation.table
        names = spec(table).codelist if table else ""
        return name_key({**self.member, "period": self.period}, category_list=names)


def _written(side: Evaluated, *, is_less: bool) -> str:
    """Write what a side adds up to; of what must not be more than the other side, at least how many."""
    if side.value is None or side.value.exact is not None or not is_less:
        return str(side.value)
    return say("number_at_least", least=side.value.least)


def check_relations(facts: Facts, others: Sequence[Facts], relations: Iterable[Relation]) -> Iterator[Finding]:
    """Yield a finding for each relation, period and member in which it does not hold."""
    for tested in evaluate_relations(facts, others, relations):
        if tested.holds is False:
            yield _finding(facts, tested)


def evaluate_relations(facts: Facts, others: Sequence[Facts], relations: Iterable[Relation]) -> Iterator[Tested]:
    """Test every relation in every period and for every member it is declared for."""
    quarters = {other.period: other.elsewhere for other in others} | {facts.period: facts}
    for relation in relations:
        for period, member in periods_and_members(facts, relation):
            seen = Seen(quarters, period, member, relation.missing)
            left, right = (evaluate(seen, terms) for terms in (relation.left, relation.right))
            yield Tested(relation, period, member, left, right, quarters.keys())


def periods_and_members(facts: Facts, relation: Relation) -> Iterator[tuple[str, Key]]:
    """Give every period and every member that a relation is declared for."""
    periods = calendar.months(facts.period) if relation.periods == "month" else (facts.period,)
    return product(periods, _members(facts, relation))


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
    earlier = earlier_in_a_row(tested.quarters, tested.period)
    severity = relation.severity_after(earlier)
    is_question = severity == "note"
    first = min(shifted(tested.quarters, TO_DATE, tested.period), default="")
    finding = make_finding(
        "relation",
        [*_with_figures(facts, left), *_with_figures(facts, right)],
        variant=_question(relation, earlier) if is_question else OPERATORS[relation.operator].variant,
        table=relation.table,
        evidence=(*_cells(left), *_cells(right)),
        printed=str(left.value),
        expected=f"{relation.operator} {right.value}",
        who=tested.who,
        why=_beside(relation.why, is_behind=is_question),
        left=left.words,
        other=str(right.value),
        right=right.words,
        **({"since": period_label(first, "en")} if relation.is_to_date and first else {}),
    )
    return replace(finding, severity=severity)


def _beside(why: str, *, is_behind: bool) -> str:
    """Put the blank to a reason that parts it from the sentence before or behind it; there may be no reason."""
    return why and (f" {why}" if is_behind else f"{why} ")


def _question(relation: Relation, earlier: int) -> str:
    """Choose how a question is asked, with so many quarters before known in a row."""
    if not relation.is_to_date:
        return "question"
    return "question.earlier" if earlier < ENOUGH_EARLIER else "question.since"


def _cells(side: Evaluated) -> tuple[str, ...]:
    return side.value.cells if side.value else ()


def _with_figures(facts: Facts, side: Evaluated) -> Sequence[str]:
    values = {count.source: count.value for count in facts.counts}
    return [cell for cell in _cells(side) if values.get(cell, True)] or _cells(side)
