"""Declared relations between figures: ``relations.csv`` → findings where one does not hold.

A line says what must hold, in the words of the catalogue: ``family_assessments.assessed >=
referrals_by_type.referred``, for each case type, over the quarter. A term is ``table.measure`` or
``table.measure.unit``, with ``@previous`` (the month or quarter before), ``@first`` (the quarter's first month),
``@later`` (its other two) or ``@to_date`` (all quarters known so far). The operators are those of DHIS2's
validation rules.
"""

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

from ..model import period as calendar
from ..model.catalogue import CATALOGUE, spec
from ..model.finding import SEVERITIES, Finding
from ..model.table import DIMENSIONS
from ..model.wording import measure_label
from .cube import Count, Facts, name_key
from .rules import make_finding

OPERATORS = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "both-or-neither": lambda left, right: bool(left) == bool(right),
}
MUST = {
    "=": "must be {}",
    "!=": "must not be {}",
    "<=": "must be at most {}",
    ">=": "must be at least {}",
    "both-or-neither": "must both be given or neither (the other is {})",
}
WRITTEN = {"≤": "<=", "≥": ">=", "≠": "!=", "==": "="}
SYMBOLS = {"<=": "≤", ">=": "≥", "!=": "≠", "=": "=", "both-or-neither": "and"}
SHIFTS = ("", "previous", "first", "later", "to_date")
POLICIES = ("skip", "zero")
_TERM = re.compile(r"\s*([+-]?)\s*([a-z_]+)\.([a-z_]+)(?:\.([a-z]+))?(?:@([a-z_]+))?\s*")


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
class Side:
    """One side of a relation worked out: its value (None where not known), its cells, and how it came about."""

    value: int | None
    cells: tuple[str, ...]
    words: str


@dataclass(frozen=True)
class Tested:
    """A relation in one period for one member, with both sides worked out."""

    relation: Relation
    period: str
    member: dict[str, str]
    left: Side
    right: Side

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


def read_relations(path: Path) -> tuple[list[Relation], list[Finding]]:
    """Read the relations file; a line that cannot be read is a finding ``relation_broken`` at ``relations.csv!A5``."""
    return _read(path.name, path.read_text(encoding="utf-8-sig"))


@lru_cache(maxsize=8)
def _read(name: str, text: str) -> tuple[list[Relation], list[Finding]]:
    relations, findings = [], []
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        try:
            relations.append(_relation({column: (value or "").strip() for column, value in row.items() if column}))
        except ValueError as reason:
            findings.append(make_finding("relation_broken", [f"{name}!A{number}"], why=str(reason)))
    return relations, findings


def _relation(row: Mapping[str, str]) -> Relation:
    missing = [name for name in ("name", "left", "operator", "right") if not row.get(name)]
    if missing:
        raise ValueError(f"the column {missing[0]} is empty")
    operator = WRITTEN.get(row["operator"], row["operator"])
    choices = {
        "operator": (operator, tuple(OPERATORS)),
        "by": (row.get("by", ""), ("", "category", *(name for name in DIMENSIONS if name != "month"))),
        "periods": (row.get("periods") or "quarter", ("month", "quarter")),
        "missing": (row.get("missing") or "skip", POLICIES),
        "severity": (row.get("severity") or "warning", SEVERITIES),
    }
    for name, (value, known) in choices.items():
        if value not in known:
            raise ValueError(f"{name} is {value!r}; choose one of: {', '.join(filter(None, known))}")
    settled = {name: value for name, (value, _) in choices.items()}
    return Relation(
        row["name"],
        _terms(row["left"]),
        right=_terms(row["right"]),
        why=row.get("why", ""),
        **settled,
        why_km=row.get("why_km", ""),
    )


def _terms(text: str) -> tuple[Term, ...]:
    terms, place = [], 0
    while place < len(text):
        match = _TERM.match(text, place)
        if not match or (terms and not match[1]):
            raise ValueError(f"“{text[place:].strip()}” is no figure; write table.measure, with + or - between figures")
        terms.append(_term(match))
        place = match.end()
    return tuple(terms)


def _term(match: re.Match) -> Term:
    sign, table, measure, unit, shift = match.groups()
    known = {name.name: {(column.measure, column.unit) for column in name.counts} for name in CATALOGUE}
    if table not in known:
        raise ValueError(f"there is no table “{table}”")
    units = {one for counted, one in known[table] if counted == measure}
    if not units or (unit and unit not in units):
        raise ValueError(f"the table {table} does not count “{measure}{'.' + unit if unit else ''}”")
    if (shift or "") not in SHIFTS:
        raise ValueError(f"“@{shift}” is not known; choose one of: {', '.join('@' + one for one in SHIFTS if one)}")
    return Term(
        -1 if sign == "-" else 1, table, measure, unit or ("clients" if "clients" in units else min(units)), shift or ""
    )


def check_relations(facts: Facts, others: Sequence[Facts], relations: Iterable[Relation]) -> Iterator[Finding]:
    """Yield a finding for each relation, period and member in which it does not hold."""
    for tested in evaluate_relations(facts, others, relations):
        if tested.holds is False:
            yield _finding(tested)


def evaluate_relations(facts: Facts, others: Sequence[Facts], relations: Iterable[Relation]) -> Iterator["Tested"]:
    """Test every relation in every period and for every member it is declared for."""
    quarters = {other.period: other for other in (*others, facts)}
    for relation in relations:
        periods = calendar.months(facts.period) if relation.periods == "month" else (facts.period,)
        for period in periods:
            for member in _members(facts, relation):
                sides = [_side(quarters, terms, period, member, relation) for terms in (relation.left, relation.right)]
                yield Tested(relation, period, member, *sides)


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
    raised = make_finding(
        "relation",
        [*left.cells, *right.cells],
        table=relation.left[0].table,
        printed=str(left.value),
        expected=f"{relation.operator} {right.value}",
        why=f"{tested.who}: {relation.why}",
        left=left.words,
        right=right.words,
        must=MUST[relation.operator].format(right.value),
    )
    return replace(raised, severity=relation.severity)


def _side(
    quarters: dict[str, Facts], terms: tuple[Term, ...], period: str, member: dict[str, str], relation: Relation
) -> Side:
    """Work out one side: add up its terms; one that is not known makes the side unknown."""
    total, cells, words = 0, [], []
    for term in terms:
        counts = _counts(quarters, term, period, member)
        values = [count.value for count in counts or ()]
        if counts is None or (None in values and relation.missing == "skip"):
            return Side(None, (), "")
        figure = sum(value or 0 for value in values)
        total += term.sign * figure
        cells += [count.source for count in counts]
        words.append((term, figure))
    return Side(total, tuple(cells), _say(words))


def _say(terms: list[tuple[Term, int]]) -> str:
    """Write a side out: ``Clients in the shelter``, or ``61 - 12 - 0 + 2`` for a sum."""
    if len(terms) == 1:
        return measure_label(terms[0][0].measure) + (" (times)" if terms[0][0].unit == "times" else "")
    return "".join(f" {'+' if term.sign > 0 else '-'} {figure}" for term, figure in terms).removeprefix(" + ")


def _counts(quarters: dict[str, Facts], term: Term, period: str, member: dict[str, str]) -> list[Count] | None:
    """List the counts of a term in the periods its shift names; None where a period or the table is not there."""
    found_counts: list[Count] = []
    for wanted in shifted(quarters, term.shift, period):
        home = quarters.get(calendar.quarter_of(wanted))
        if home is None or term.table not in home.by_table:
            return None
        key = {"period": wanted} | {name: code for name, code in member.items() if has_dimension(term.table, name)}
        counts = home.covered(term.table, term.measure, term.unit, key)
        if not counts:
            return None
        found_counts += counts
    return found_counts


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
