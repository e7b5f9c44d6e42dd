"""A filled-in list of differences → its lines: what each workbook says, at which cells, and what was agreed.

The list is known by its headings, wherever they stand; an officer may sort its lines and write beside them.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from ..model.text import fold, seen
from ..words import LANGUAGES, say
from .file.facts import refuse
from .file.grid import Grid, read_grids
from .file.package import open_package
from .values import shown

CELL, FIGURE, AGREED = "list_cell", "list_figure", "list_agreed"
"""The headings that make a sheet a list: the first two stand twice, for one workbook and for the other."""


class Told(NamedTuple):
    """A difference as a list tells it: the cell of the first workbook and what it says, then those of the second."""

    cell: str
    first: str
    other_cell: str
    second: str


class AgreedLine(NamedTuple):
    """One line of a list: `where` is the cell for what was agreed, `agreed` what stands in it; empty: not settled."""

    told: Told
    agreed: str
    where: str


def read_agreed(path: Path) -> list[AgreedLine]:
    """Read the lines of a list; raise CannotReadError for a file that is none."""
    for grid in read_grids(open_package(path)):
        for row in range(grid.height):
            columns = _columns(grid, row)
            if columns:
                return list(_lines(grid, row, columns))
    raise refuse(path, "compare_no_list")


def _columns(grid: Grid, row: int) -> tuple[int, ...] | None:
    """Give the columns of a row of headings, in the order of a line; None for another row."""
    heads: dict[str, list[int]] = {CELL: [], FIGURE: [], AGREED: []}
    for column in sorted(grid.columns_of.get(row, ())):
        code = _headings().get(fold(shown(grid.cells[row, column])))
        if code:
            heads[code].append(column)
    cells, figures, agreed = heads.values()
    if (len(cells), len(figures), len(agreed)) != (2, 2, 1):
        return None
    return cells[0], figures[0], cells[1], figures[1], agreed[0]


def _headings() -> Mapping[str, str]:
    """Map each heading, in one language or both, to its code."""
    codes = (CELL, FIGURE, AGREED)
    written = ((say(code, language), code) for code in codes for language in LANGUAGES)
    return {fold(text): code for text, code in written}


def _lines(grid: Grid, head: int, columns: tuple[int, ...]) -> Iterator[AgreedLine]:
    for row in range(head + 1, grid.height):
        places = [(row, column) for column in columns]
        *told, agreed = (seen(shown(grid.at(*place), percent=place in grid.percents)) for place in places)
        if any(told):
            is_struck = places[-1] in grid.struck
            yield AgreedLine(Told(*told), "" if is_struck else agreed, grid.source(*places[-1]))
