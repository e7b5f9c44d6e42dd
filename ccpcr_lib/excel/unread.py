"""The tables that a workbook lacks → a warning for each, or an error at its title where figures stand below one.

So one heading with a typing mistake does not make a whole table vanish with no more than a note.
"""

from collections.abc import Collection, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

from ..model.catalogue import CATALOGUE, spec
from ..model.codelist import fold
from ..model.finding import Finding
from ..model.wording import table_title
from ..words import say
from .evidence import TITLE_REACH
from .file.address import Place
from .file.grid import Content, Grid
from .finder import Recognised, outside
from .labels import mentions
from .list_edits import how_to_add, lists_of_headings
from .region import is_numeral
from .rules import make_finding
from .settled import shorten
from .titles import titles_in
from .values import shown

SHARE = 3
"""A title is no less than this part of its text; a sentence may speak of a table."""
NAMED = 4
"""So many unknown headings are named."""


def report_missing_tables(
    grids: Sequence[Grid], recognised: Sequence[Recognised], seen: Collection[str], path: Path
) -> Iterator[Finding]:
    """Name the tables that are not among those `seen`, and that every report has or that have a title here."""
    titles = [title for grid in grids for title in _titles_without_tables(grid, recognised)]
    for known in CATALOGUE:
        own = [title for title in titles if title.table == known.name]
        if known.name in seen:
            continue
        if not (own or known.is_optional):
            title = table_title(known.name)
            yield make_finding("missing_table", (), table=known.name, title=title, file=path.name)
        yield from map(_unread, own)


class Title(NamedTuple):
    """A title of a table, its cell, and the first row below it with figures that belong to no table."""

    table: str
    grid: Grid
    place: Place
    figures: int


def _titles_without_tables(grid: Grid, recognised: Sequence[Recognised]) -> Iterator[Title]:
    """Find the titles below which, before the next one, figures stand; those in a list with page numbers are none."""
    loose = outside(grid, [part.region.box for part in recognised if part.region.grid.name == grid.name])
    figures = {row for row, column in loose if is_numeral(grid.cells[row, column])}
    titles = {place: name for place in loose if figures and (name := _titled(grid.cells[place]))}
    for (row, column), name in sorted(titles.items()):
        end = min((other for other, _ in titles if other > row), default=row + TITLE_REACH + 1)
        below = [at for at in figures if row < at < min(end, row + TITLE_REACH + 1)]
        if below and row not in figures:
            yield Title(name, grid, (row, column), min(below))


def _titled(text: Content) -> str:
    """Name the table whose title makes up most of a text; empty where none does."""
    lengths = titles_in(fold(text)) if isinstance(text, str) else {}
    long = {name: length for name, length in lengths.items() if SHARE * length >= len(fold(str(text)))}
    return max(long, key=long.__getitem__, default="")


def _unread(title: Title) -> Finding:
    unknown = _unknown_headings(title)
    variant, printed = "" if unknown else "whole", unknown or shown(title.grid.cells[title.place])
    where, fields = title.grid.source(*title.place), {"printed": printed, "title": table_title(title.table)}
    if unknown:
        fields["edit"] = how_to_add(lists_of_headings(spec(title.table)))
    return make_finding("table_unread", where, variant=variant, table=title.table, **fields)


def _unknown_headings(title: Title) -> str:
    """List the words in the nearest rows above the first figures that no heading has."""
    rows: dict[int, list[str]] = {}
    for (row, _), text in sorted(title.grid.cells.items(), key=itemgetter(0)):
        if title.place[0] < row < title.figures and isinstance(text, str):
            rows.setdefault(row, []).append(text)
    leaf = rows.pop(max(rows)) if rows else []
    above = rows.pop(max(rows)) if rows else []
    heads = [*(above if len(above) > 1 else []), *leaf]
    unknown = list(dict.fromkeys(text for text in heads if not mentions(text)))[:NAMED]
    return ", ".join(say("in_quotes", text=shorten(shown(text))) for text in unknown)
