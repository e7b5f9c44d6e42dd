"""``relations.csv`` → the relations it declares, and a finding at each line that declares none.

What a line says is written in `relations`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from ..model.catalogue import CATALOGUE
from ..model.codelist import codelist
from ..model.column import row_dimension
from ..model.finding import SEVERITIES, Finding
from ..model.list_file import lines_of, text_of
from ..model.list_table import is_empty
from ..model.measure import IN_CARE, adding
from ..model.records import FrozenKey
from ..model.table import DIMENSIONS, TableSpec
from ..model.text import on_one_line
from ..words import did_you_mean, say
from ..words.nearest import near_words
from .noted import NOTED
from .relation_sides import CLIENTS, SHIFTS, Term
from .relations import OPERATORS, POLICIES, Relation
from .rules import make_finding

NEEDED = ("name", "left", "operator", "right")
"""The columns that no line leaves empty."""

IN_CARE_WRITTEN = (IN_CARE, f"{IN_CARE}.clients")
"""How the clients in care are written: they stand in no table."""

WRITTEN = {"≤": "<=", "≥": ">=", "≠": "!=", "==": "="}
"""How an operator is also written."""

_CODE = rf"\.\w+(?:-(?!{IN_CARE}\b|[a-z_]+\.[a-z_])\w+)*"
"""A word behind a measure; a hyphen within it is no minus, unless another figure follows at once."""

_TERM = re.compile(rf"\s*([+-]?)\s*([a-z_]+)(?:\.([a-z_]+))?((?:{_CODE})*)(?:@([a-z_]+))?\s*")


class RelationError(ValueError):
    """A line that makes no relation; `variant` and `fields` are those of the finding ``relation_broken``."""

    def __init__(self, variant: str, **fields: str) -> None:
        self.variant, self.fields = variant, fields
        super().__init__(say(f"relation_broken.{variant}", **fields))


def read_relations(path: Path) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
    """Read the relations file; a line that cannot be read is a finding ``relation_broken`` at ``relations.csv!A5``.

    An empty file declares none, which is a finding ``relations_empty``. Raise CannotReadError for a file that cannot be
    read, or is without the columns of one.
    """
    return _read(path.name, text_of(path))


@lru_cache(maxsize=8)
def _read(name: str, text: str) -> tuple[tuple[Relation, ...], tuple[Finding, ...]]:
    relations: list[Relation] = []
    findings: list[Finding] = []
    lines = {} if is_empty(text) else lines_of(text, name, *NEEDED)
    if not lines:
        findings.append(make_finding("relations_empty", [f"{name}!A1"]))
    for number, line in lines.items():
        try:
            relations.append(_relation({column: on_one_line(text) for column, text in line.items()}))
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
    sign, shift = -1 if match[1] == "-" else 1, match[5] or ""
    if shift not in SHIFTS:
        raise RelationError("no_period", written=shift, known=", ".join(f"@{known}" for known in SHIFTS if known))
    figure = match[0].strip(" +-").partition("@")[0]
    term = Term(sign, "", IN_CARE, "clients", shift) if figure in IN_CARE_WRITTEN else _counted(match, sign, shift)
    if shift == CLIENTS and adding(term.measure, term.unit) != "flow":
        raise RelationError("not_by_client", written=figure)
    return term


def _counted(match: re.Match[str], sign: int, shift: str) -> Term:
    """Read a term that stands in a table: what it counts, in which unit, and of whom."""
    _, name, measure, words, _ = match.groups()
    if not measure or name == IN_CARE:
        raise RelationError("no_figure", written=match[0].strip())
    table = next((table for table in CATALOGUE if table.name == name), None)
    if table is None:
        raise RelationError("no_table", written=name, near=did_you_mean(name, [table.name for table in CATALOGUE]))
    units = {column.unit for column in table.counts if column.measure == measure}
    unit, codes = _unit_and_codes(words.split(".")[1:])
    if not units or (unit and unit not in units):
        raise RelationError("not_counted", counted_in=name, written=f"{measure}.{unit}" if unit else measure)
    usual = "clients" if "clients" in units else min(units)
    return Term(sign, name, measure, unit or usual, shift, _members(table, measure, codes))


def _unit_and_codes(words: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Take the unit, if one is given, from the words behind a measure."""
    place = next((place for place, word in enumerate(words) if word in codelist("units").members), None)
    return ("", words) if place is None else (words[place], [*words[:place], *words[place + 1 :]])


def _members(table: TableSpec, measure: str, codes: Sequence[str]) -> FrozenKey:
    """Name the dimension of each code; raise RelationError for one that the table or its notes cannot say."""
    members: dict[str, str] = {}
    known = {code: name for name, codes in _divisions(table, measure) for code in codes}
    for code in codes:
        if code not in known:
            raise RelationError("no_code", counted_in=table.name, written=code, known=", ".join(_near(code, known)))
        if known[code] in members:
            raise RelationError("code_twice", written=code, other=members[known[code]])
        members[known[code]] = code
    return frozenset(members.items())


def _divisions(table: TableSpec, measure: str) -> Iterator[tuple[str, Sequence[str]]]:
    """List by what a table divides a measure, its notes included, with the codes of each dimension."""
    divided = {name for column in table.counts if column.measure == measure for name in column.key}
    for name in sorted(divided & DIMENSIONS.keys() | {*NOTED, row_dimension(table.rows)} - {"period", "category"}):
        yield name, tuple(codelist(DIMENSIONS[name]).members)
    if row_dimension(table.rows) == "category":
        yield "category", table.members


def _near(code: str, known: Iterable[str]) -> list[str]:
    """List the codes that somebody may have meant: those spelt nearly so, or all."""
    codes = list(known)
    return near_words(code, codes) or codes
