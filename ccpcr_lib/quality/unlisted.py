"""Sentences of the sheet ``Narrative`` that list names → a question where a table has most of them and not all.

A sentence is held against a table if it names it, by a figure in braces or by its title, or if another sentence of its
section asks for a figure of it.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property

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
from .enumerations import enumerations, lists_names
from .rules import make_finding

FEWEST_OWN = 2
"""So many of the names must be the table's own, and at least half of all."""


class Lists:
    """The lists in the sentences of a workbook, held against the rows of the tables that they speak of."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def check(self, bullet: Bullet, text: str, source: str) -> Iterator[Finding]:
        """Note the names in a sentence that stand among names of a table and are in no list, nor any row.

        They are told once, of the table that has the most of the others.
        """
        if not lists_names(text):
            return
        found: dict[str, tuple[int, str]] = {}
        for table in self._tables(bullet, text):
            for names in enumerations(text, self._own(table), self._others):
                if names.own >= FEWEST_OWN and 2 * names.own >= names.names:
                    unknown = (name for name in names.unknown if near_member(spec(table).codelist, name) is None)
                    found |= {name: max(found.get(name, (0, "")), (names.own, table)) for name in unknown}
        for table in dict.fromkeys(table for _, table in found.values()):
            unlisted = [f"“{name}”" for name, (_, of) in found.items() if of == table]
            yield make_finding("unlisted", [source], table=table, printed=", ".join(unlisted), title=table_title(table))

    def _own(self, table: str) -> tuple[str, ...]:
        codes = spec(table).codelist
        rows = [name for member in self.reading.members[table] for name in codelist(codes).member(member).spellings]
        return (*rows, *_spellings(codes))

    @cached_property
    def _others(self) -> tuple[str, ...]:
        known = [name for codes in CATEGORIES.values() for name in _spellings(codes)]
        return (*known, *(member for members in self.reading.members.values() for member in members))

    def _tables(self, bullet: Bullet, text: str) -> Sequence[str]:
        """List the tables of named rows that a sentence speaks of."""
        asked, written = self._asked[bullet.section], fold(text)
        return [name for name in self._named if name in asked or any(title in written for title in _titles(name))]

    @cached_property
    def _named(self) -> list[str]:
        """The tables of the workbook that have named rows."""
        named = [table.name for table in CATALOGUE if row_dimension(table.rows) == "category"]
        return [name for name in named if name in self.reading.members]

    @cached_property
    def _asked(self) -> Mapping[str, set[str]]:
        """The tables that the sentences of each section ask for by figures in braces."""
        asked: dict[str, set[str]] = defaultdict(set)
        for bullet in self.reading.narrative:
            names = figures_in(f"{bullet.text} {bullet.text_km}")
            asked[bullet.section].update(name.partition(".")[0].strip() for name in names)
        return asked


@cache
def _spellings(codes: str) -> tuple[str, ...]:
    return tuple(name for member in codelist(codes).members.values() for name in member.spellings)


@cache
def _titles(table: str) -> Sequence[str]:
    """List how a table is called, in any case, its name in code left out."""
    return [fold(title) for title in codelist("tables").members[table].spellings[:-1]]
