"""``relations.csv`` → the relations it declares, and a finding at each line that declares none.

What a line says is written in `relations`.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from ..model.catalogue import CATALOGUE
from ..model.finding import SEVERITIES, Finding
from ..model.list_file import lines_of, text_of
from ..model.measure import IN_CARE, adding
from ..model.table import DIMENSIONS
from ..words import say
from .relation_sides import CLIENTS, SHIFTS, Term
from .relations import OPERATORS, POLICIES, Relation
from .rules import make_finding

NEEDED = ("name", "left", "operator", "right")
"""The columns that no line leaves empty."""

WRITTEN = {"≤": "<=", "≥": ">=", "≠": "!=", "==": "="}
"""How an operator is also written."""

_TERM = re.compile(r"\s*([+-]?)\s*(?:([a-z_]+)\.)?([a-z_]+)(?:\.([a-z]+))?(?:@([a-z_]+))?\s*")


class RelationError(ValueError):
    """A line that makes no relation; `variant` and `fields` are those of the finding ``relation_broken``."""

    def __init__(self, variant: str, **fields: str) -> None:
        self.variant, self.fields = variant, fields
        super().__init__(say(f"relation_broken.{variant}", **fields))


def read_relations(path: Path) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
    """Read the relations file; a line that cannot be read is a finding ``relation_broken`` at ``relations.csv!A5``.

    An empty file declares none. Raise CannotReadError for a file that is not UTF-8, or without the columns of one.
    """
    return _read(path.name, text_of(path))


@lru_cache(maxsize=8)
def _read(name: str, text: str) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
    relations: list[Relation] = []
    findings: list[Finding] = []
    lines = lines_of(text, name, *NEEDED) if text.strip() else {}
    for number, line in lines.items():
        try:
            relations.append(_relation(line))
        except RelationError as reason:
            findings.append(
                make_finding("relation_broken", [f"{name}!A{number}"], variant=reason.variant, **reason.fields)
            )
    return tuple(relations), tuple(findings)


def _relation(row: Mapping[str, str]) -> Relation:
    empty = [column for column in NEEDED if not row[column]]
    if empty:
        raise RelationError("empty", column=empty[0])
    dimensions = tuple(name for name in DIMENSIONS if name != "month")
    relation = Relation(
        row["name"],
        operator=_choice("operator", WRITTEN.get(row["operator"], row["operator"]), tuple(OPERATORS)),
        by=_choice("by", row.get("by", ""), ("", "category", *dimensions)),
        periods=_choice("periods", row.get("periods") or "quarter", ("month", "quarter")),
        missing=_choice("missing", row.get("missing") or "skip", POLICIES),
        severity=_choice("severity", row.get("severity") or "warning", SEVERITIES),
        left=_terms(row["left"]),
        right=_terms(row["right"]),
        why=row.get("why", ""),
        why_km=row.get("why_km", ""),
    )
    if relation.by and any(term.is_in_care for term in (*relation.left, *relation.right)):
        raise RelationError("undivided", by=relation.by)
    return relation


def _choice(column: str, written: str, known: Sequence[str]) -> str:
    """Give what is written in a column, if it is one of the known words."""
    if written not in known:
        raise RelationError("choice", column=column, written=written, known=", ".join(filter(None, known)))
    return written


def _terms(text: str) -> tuple[Term, ...]:
    terms: list[Term] = []
    place = 0
    while place < len(text):
        match = _TERM.match(text, place)
        if not match or (terms and not match[1]):
            raise RelationError("no_figure", written=text[place:].strip())
        terms.append(_term(match))
        place = match.end()
    return tuple(terms)


def _term(match: re.Match[str]) -> Term:
    """Read one term. Raise RelationError for what the catalogue does not count."""
    sign, name, measure, unit, shift = match.groups()
    if (shift or "") not in SHIFTS:
        raise RelationError("no_period", written=shift, known=", ".join(f"@{known}" for known in SHIFTS if known))
    is_in_care = (name or measure) == IN_CARE and (name is None or (measure, unit) == ("clients", None))
    table, measure, unit = ("", IN_CARE, "clients") if is_in_care else _counted(match)
    if shift == CLIENTS and adding(measure, unit) != "flow":
        raise RelationError("not_by_client", written=match[0].strip(" +-").removesuffix(f"@{CLIENTS}"))
    return Term(-1 if sign == "-" else 1, table, measure, unit, shift or "")


def _counted(match: re.Match[str]) -> tuple[str, str, str]:
    """Give the table, the measure and the unit of a term that stands in a table."""
    _, name, measure, unit, _ = match.groups()
    if not name or name == IN_CARE:
        raise RelationError("no_figure", written=match[0].strip())
    table = next((table for table in CATALOGUE if table.name == name), None)
    if table is None:
        raise RelationError("no_table", written=name)
    units = {column.unit for column in table.counts if column.measure == measure}
    if not units or (unit and unit not in units):
        raise RelationError("not_counted", counted_in=name, written=f"{measure}.{unit}" if unit else measure)
    usual = "clients" if "clients" in units else min(units)
    return name, measure, unit or usual
