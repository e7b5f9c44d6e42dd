"""The tables that a workbook lacks → a warning for each, or an error at its title where figures stand below one.

So one heading with a typing mistake does not make a whole table vanish with no more than a note.
"""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from ..model.catalogue import CATALOGUE
from ..model.codelist import fold
from ..model.finding import Finding
from ..model.wording import table_title
from ..words import say
from .body import is_numeral
from .file.address import Place
from .file.grid import Grid
from .finder import Recognised, outside
from .labels import mentions
from .rules import make_finding
from .settled import shorten
from .titles import titles_in
from .values import shown

REACH = 6
"""In so many rows below a title its table begins."""
SHARE = 3
"""A title is no less than this part of its text; a sentence may speak of a table."""
NAMED = 4
"""So many unknown headings are named."""


def report_missing_tables(
    grids: Sequence[Grid], recognised: Sequence[Recognised], seen: Collection[str], path: Path
) -> Iterator[Finding]:
    """Name the tables that are not among those `seen`, and that every report has or that have a title here."""
    titles = dict(_titles_without_tables(grids, recognised))
    for known in CATALOGUE:
        if known.name in seen:
            continue
        title = table_title(known.name)
        if known.name in titles:
            grid, place = titles[known.name]
            unknown = _unknown_headings(grid, place)
            fields = {"printed": unknown or shown(grid.cells[place]), "title": title}
            yield make_finding(
                "table_unread", grid.source(*place), variant="" if unknown else "whole", table=known.name, **fields
            )
        elif not known.is_optional:
            yield make_finding("missing_table", (), table=known.name, title=title, file=path.name)


def _titles_without_tables(
    grids: Sequence[Grid], recognised: Sequence[Recognised]
) -> Iterator[tuple[str, tuple[Grid, Place]]]:
    """Find the titles below which, in the next rows, figures stand that belong to no table."""
    for grid in grids:
        loose = outside(grid, [part.region.box for part in recognised if part.region.grid.name == grid.name])
        figures = {row for row, column in loose if is_numeral(grid.cells[row, column])}
        for row, column in sorted(loose, reverse=True):
            text = grid.cells[row, column]
            lengths = titles_in(fold(text)) if isinstance(text, str) and figures else {}
            is_title = any(SHARE * length >= len(fold(str(text))) for length in lengths.values())
            if is_title and any(row < below <= row + REACH for below in figures):
                yield max(lengths, key=lengths.__getitem__), (grid, (row, column))


def _unknown_headings(grid: Grid, title: Place) -> str:
    """List the words between a title and the first figures below it that no heading has."""
    rows = range(title[0] + 1, title[0] + REACH + 1)
    first = next(row for row in rows if any(at[0] == row and is_numeral(text) for at, text in grid.cells.items()))
    heads = [text for at, text in sorted(grid.cells.items(), key=lambda cell: cell[0]) if title[0] < at[0] < first]
    unknown = [text for text in heads if isinstance(text, str) and not mentions(text)]
    return ", ".join(say("in_quotes", text=shorten(shown(text))) for text in dict.fromkeys(unknown[:NAMED]))
