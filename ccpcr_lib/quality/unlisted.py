"""Sentences of the sheet ``Narrative`` that list names → a question where a table has most of them and not all.

A sentence is held against a table if it names it, by a figure in braces or by its title, or if another sentence of its
section asks for a figure of it.
"""

from collections.abc import Iterator, Sequence
from functools import cache

from ..excel.narrative import Bullet
from ..excel.nearby import near_member
from ..excel.reader import Reading
from ..model.catalogue import CATALOGUE, spec
from ..model.codelist import codelist
from ..model.column import CATEGORIES, row_dimension
from ..model.figures import figures_in
from ..model.finding import Finding
from ..model.text import fold
from ..model.wording import table_title
from .enumerations import enumerations
from .rules import make_finding

FEWEST_OWN = 2
"""So many of the names must be the table's own, and at least half of all."""


def check_lists(reading: Reading, bullet: Bullet, text: str, source: str) -> Iterator[Finding]:
    """Note the names in a sentence that stand among names of a table and are in no list, nor any row of the workbook.

    They are told once, of the table that has the most of the others.
    """
    others = [name for codes in CATEGORIES.values() for name in _spellings(codes)]
    others += [member for members in reading.members.values() for member in members]
    found: dict[str, tuple[int, str]] = {}
    for table in _tables(reading, bullet, text):
        codes = spec(table).codelist
        own = [name for member in reading.members[table] for name in codelist(codes).member(member).spellings]
        for names in enumerations(text, (*own, *_spellings(codes)), others):
            if names.own >= FEWEST_OWN and 2 * names.own >= names.names:
                for name in (name for name in names.unknown if near_member(codes, name) is None):
                    found[name] = max(found.get(name, (0, "")), (names.own, table))
    for table in dict.fromkeys(table for _, table in found.values()):
        unknown = [f"“{name}”" for name, (_, of) in found.items() if of == table]
        yield make_finding("unlisted", [source], table=table, printed=", ".join(unknown), title=table_title(table))


@cache
def _spellings(codes: str) -> tuple[str, ...]:
    return tuple(name for member in codelist(codes).members.values() for name in member.spellings)


def _tables(reading: Reading, bullet: Bullet, text: str) -> Sequence[str]:
    """List the tables of named rows that a sentence speaks of."""
    section = [f"{other.text} {other.text_km}" for other in reading.narrative if other.section == bullet.section]
    asked = {name.partition(".")[0].strip() for sentence in section for name in figures_in(sentence)}
    written = fold(text)
    return [
        table.name
        for table in CATALOGUE
        if row_dimension(table.rows) == "category"
        and table.name in reading.members
        and (table.name in asked or any(fold(title) in written for title in _titles(table.name)))
    ]


def _titles(table: str) -> Sequence[str]:
    """List how a table is called, its name in code left out."""
    return codelist("tables").members[table].spellings[:-1]
