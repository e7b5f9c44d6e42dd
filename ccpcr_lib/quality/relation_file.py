"""``relations.csv`` → relations: what must hold between figures, declared a line each.

A line says what must hold, in the words of the catalogue: ``family_assessments.assessed >=
referrals_by_type.referred``, for each case type, over the quarter. A term is ``table.measure`` or
``table.measure.unit``, with ``@previous`` (the month or quarter before), ``@first`` (the quarter's first month),
``@later`` (its other two) or ``@to_date`` (all quarters known so far). The operators are those of DHIS2's
validation rules.
"""

import csv
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..model.catalogue import CATALOGUE
from ..model.finding import SEVERITIES, Finding
from ..model.table import DIMENSIONS
from ..words import say
from .rules import make_finding

OPERATORS: dict[str, Callable[[int, int], bool]] = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "both-or-neither": lambda left, right: bool(left) == bool(right),
}
WRITTEN = {"≤": "<=", "≥": ">=", "≠": "!=", "==": "="}
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


class BrokenRelationError(ValueError):
    """A line that cannot be read; `variant` and `fields` are those of the finding ``relation_broken``."""

    def __init__(self, variant: str, **fields: str) -> None:
        self.variant, self.fields = variant, fields
        super().__init__(say(f"relation_broken.{variant}", **fields))


def read_relations(path: Path) -> tuple[list[Relation], list[Finding]]:
    """Read the relations file; a line that cannot be read is a finding ``relation_broken`` at ``relations.csv!A5``."""
    return _read(path.name, path.read_text(encoding="utf-8-sig"))


@lru_cache(maxsize=8)
def _read(name: str, text: str) -> tuple[list[Relation], list[Finding]]:
    relations, findings = [], []
    for number, row in enumerate(csv.DictReader(text.splitlines()), 2):
        try:
            relations.append(_relation({column: (value or "").strip() for column, value in row.items() if column}))
        except BrokenRelationError as broken:
            where = [f"{name}!A{number}"]
            findings.append(make_finding("relation_broken", where, variant=broken.variant, **broken.fields))
    return relations, findings


def _relation(row: Mapping[str, str]) -> Relation:
    empty = [name for name in ("name", "left", "operator", "right") if not row.get(name)]
    if empty:
        raise BrokenRelationError("empty", column=empty[0])
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
            raise BrokenRelationError("choice", column=name, value=repr(value), known=", ".join(filter(None, known)))
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
    terms: list[Term] = []
    place = 0
    while place < len(text):
        match = _TERM.match(text, place)
        if not match or (terms and not match[1]):
            raise BrokenRelationError("no_figure", text=text[place:].strip())
        terms.append(_term(match))
        place = match.end()
    return tuple(terms)


def _term(match: re.Match[str]) -> Term:
    sign, table, measure, unit, shift = match.groups()
    counted = {known.name: {(column.measure, column.unit) for column in known.counts} for known in CATALOGUE}
    if table not in counted:
        raise BrokenRelationError("no_table", name=table)
    units = {own for own_measure, own in counted[table] if own_measure == measure}
    if not units or (unit and unit not in units):
        raise BrokenRelationError("not_counted", name=table, measure=f"{measure}.{unit}" if unit else measure)
    if (shift or "") not in SHIFTS:
        raise BrokenRelationError("shift", shift=f"@{shift}", known=", ".join(f"@{known}" for known in SHIFTS if known))
    usual = "clients" if "clients" in units else min(units)
    return Term(-1 if sign == "-" else 1, table, measure, unit or usual, shift or "")
