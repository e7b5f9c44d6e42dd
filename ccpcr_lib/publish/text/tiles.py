"""A quarter at a glance → at most six tiles: a figure each, its name, its rate, what it was before, its plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from ...analysis.glance import GlanceRow
from ...words import BETWEEN, in_languages, say
from ..release import Release
from .glance import NONE, GlanceTable, glance_table

MOST_TILES = 6


@dataclass(frozen=True)
class Tile:
    """A figure as it is written, and the lines below it, each of them once in each language.

    `details` are the rate, the quarter before and the plan, as far as there are any, what matters most first.
    """

    measure: str
    figure: str
    name: tuple[str, ...]
    details: tuple[tuple[str, ...], ...]
    cells: tuple[str, ...]


def tiles(release: Release) -> list[Tile]:
    """Choose what stands on the tiles, and write it."""
    rows, table = release.glance.rows, glance_table(release)
    return [_tile(release, table, rows.index(row)) for row in chosen(rows)]


def chosen(rows: Sequence[GlanceRow]) -> list[GlanceRow]:
    """Choose the rows: the first of each stage of the way, then, stage by stage, the next that says something more.

    A row says nothing more where nothing is known of it, or where its clients are all of those they are a part of.
    They stand in the order of the way.
    """
    stages = [list(group) for _, group in groupby(rows, key=lambda row: row.line.stage)]
    more = [[row for row in stage[1:] if _says_more(row)] for stage in stages]
    turns = [[stage[turn] for stage in more if turn < len(stage)] for turn in range(max(map(len, more), default=0))]
    ranked = [*(stage[0] for stage in stages), *(row for turn in turns for row in turn)]
    return sorted(ranked[:MOST_TILES], key=rows.index)


def _says_more(row: GlanceRow) -> bool:
    if row.rate and row.rate.is_exact and row.rate.part.total.exact == row.rate.whole.total.exact:
        return False
    return row.now.total.is_known


def _tile(release: Release, table: GlanceTable, place: int) -> Tile:
    row, cells = release.glance.rows[place], dict(zip(table.columns, table.rows[place], strict=True))
    heads = dict(zip(table.columns, table.heads, strict=True))
    details = [_each(cells["rate"]) if row.rate else (), _then(release, row, cells, heads), _against(release, cells)]
    name = tuple(in_languages(release.language, row.line.name))
    figure = _each(cells["now"])[0]
    return Tile(row.line.measure, figure, name, tuple(filter(None, details)), row.now.cells)


def _each(cell: str) -> tuple[str, ...]:
    """Give what a cell says in each language; nothing where it says that there is nothing."""
    return () if cell == NONE else tuple(cell.split("\n"))


def _then(release: Release, row: GlanceRow, cells: dict[str, str], heads: dict[str, str]) -> tuple[str, ...]:
    """Say what it was in the quarter before, or where that is not known, in the same quarter a year before."""
    points = {"before": row.before, "year_before": row.year_before}
    known = [column for column, point in points.items() if point.total.is_known and column in cells]
    return _said(release, "glance_then", count=cells[known[0]], quarter=heads[known[0]]) if known else ()


def _against(release: Release, cells: dict[str, str]) -> tuple[str, ...]:
    """Say how it stands against the plan of the year, where that sets something."""
    if cells.get("state", NONE) == NONE:
        return ()
    return _said(release, "glance_against", state=cells["state"])


def _said(release: Release, name: str, **cells: str) -> tuple[str, ...]:
    """Say a line in each language, with what cells say in it."""
    languages = in_languages(release.language, lambda language: language)
    spoken = {field: partial(_in_its_language, languages, cell.split("\n")) for field, cell in cells.items()}
    return tuple(in_languages(release.language, lambda language: say(name, language, between=BETWEEN, **spoken)))


def _in_its_language(languages: Sequence[str], texts: Sequence[str], language: str) -> str:
    """Give what a cell says in a language; what is the same in both stands in it once."""
    return texts[languages.index(language)] if len(texts) > 1 else texts[0]
