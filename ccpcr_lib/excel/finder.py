"""Regions → tables: each region is named by the declaration that explains most of it.

What counts is how many of a declaration's columns and rows are there, the stub's heading, and the title above. Select
wide, validate narrow: what a declaration does not explain is handed on as a finding, never dropped.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from ..model.catalogue import CATALOGUE, spec
from ..model.codelist import fold
from ..model.table import Column, TableSpec
from .body import Region
from .file.grid import Content, Grid
from .labels import ANY_QUARTER, Mention, column_needs, generic, mentions, row_member, titles_in
from .regions import find_regions

TITLE_REACH = 6
UNIVERSAL = ("total", "share", "note")
Wanted = tuple[frozenset[Mention], Column]
"""A declared column, behind what its heading must mention."""


@dataclass
class RecognisedTable:
    """A region that a declaration explains: each data column's declared column, each row's member."""

    spec: TableSpec
    region: Region
    columns: dict[int, Column]
    members: dict[int, str | None]
    headings: dict[int, "ColumnHeading"]

    @property
    def counted(self) -> int:
        """How many of the declared count columns are there."""
        places = [(place, column) for place, column in self.columns.items() if column.role == "count"]
        return len({place if "period" in column.key else id(column) for place, column in places})

    @property
    def source(self) -> str:
        """The cell its stub's heading stands in."""
        return self.region.grid.source(self.region.top, self.region.stub)


@dataclass
class Unclear:
    """A region that two declarations explain equally well: their names."""

    region: Region
    candidates: tuple[str, str]

    @property
    def source(self) -> str:
        """The cell its stub's heading stands in."""
        return self.region.grid.source(self.region.top, self.region.stub)


def find_tables(grid: Grid) -> tuple[list[RecognisedTable], list[Unclear]]:
    """Find every table on a sheet, from top to bottom, and the regions that could be more than one table."""
    tables: list[RecognisedTable] = []
    unclear: list[Unclear] = []
    floor: dict[int, int] = defaultdict(lambda: -1)
    for region in find_regions(grid):
        best = _recognise(region, max((floor[column] for column in (region.stub, *region.columns)), default=-1))
        bottom = region.last_figure
        for column in range(region.stub - 1, region.columns[-1] + 1):
            floor[column] = max(floor[column], bottom)
        if isinstance(best, RecognisedTable):
            tables.append(best)
        elif best:
            unclear.append(best)
    return tables, unclear


class ColumnHeading(NamedTuple):
    """What a column's heading mentions, from the lowest row up: as it stands, and with spanners filled in.

    Where merged headings were taken apart, a spanner stands over its first column only and reaches right.
    """

    own: tuple[frozenset[Mention], ...]
    filled: tuple[frozenset[Mention], ...]


def read_heading(region: Region, column: int) -> ColumnHeading:
    """Read one column's heading."""
    grid, own, filled = region.grid, [], []
    has_leaf = grid.at(region.leaf, column) is not None
    for row in range(region.leaf, region.top - 1, -1):
        content = grid.at(row, column)
        own.append(mentions(content))
        if content is None and has_leaf and row < region.leaf:
            content = _spanner(region, row, column)
        filled.append(mentions(content))
    return ColumnHeading(tuple(own), tuple(filled))


def _spanner(region: Region, row: int, column: int) -> Content | None:
    contents = (region.grid.at(row, left) for left in range(column - 1, region.stub, -1))
    return next((content for content in contents if content is not None), None)


@cache
def _wanted(spec_name: str) -> tuple[Wanted, ...]:
    """Pair each declared column with what its heading must mention; a sheet may add a total, a percent, notes."""
    declared = spec(spec_name)
    return tuple((column_needs(column), column) for column in (*declared.columns, *map(declared.universal, UNIVERSAL)))


def _recognise(region: Region, floor: int) -> RecognisedTable | Unclear | None:
    """Name the table that explains a region best; None where none explains it, Unclear where two do."""
    scored = sorted(_explanations(region, _titles(region, floor)), key=lambda pair: pair[0], reverse=True)
    if len(scored) > 1 and scored[0][0] - scored[1][0] < 0.25:
        return Unclear(region, (scored[0][1].spec.name, scored[1][1].spec.name))
    return scored[0][1] if scored else None


def _explanations(region: Region, titles: list[str]) -> Iterator[tuple[float, RecognisedTable]]:
    """Read a region as each declared table of which it has at least half the columns, and weigh how well it fits."""
    headings = {column: read_heading(region, column) for column in region.columns}
    named = frozenset().union(*(generic(level) for heading in headings.values() for level in heading.filled))
    labels = {row: region.label(row) for row in region.rows}
    for declared in _candidates(named):
        members = {row: row_member(declared.rows, label) for row, label in labels.items()}
        support = _support(region, declared, members, titles)
        if support is None:
            continue
        table = RecognisedTable(declared, region, _match_columns(region, declared, headings), members, headings)
        foreign = 1 - len(table.columns) / len(region.columns)
        score = 3 * min(table.counted / len(declared.counts), 1) + support - 2 * foreign
        if score > 0 and 2 * table.counted >= len(declared.counts):
            yield score, table


@cache
def _candidates(named: frozenset[Mention]) -> tuple[TableSpec, ...]:
    """List the tables of which the headings name at least half the columns of counts."""
    needs = {declared: [column_needs(column) for column in declared.counts] for declared in CATALOGUE}
    return tuple(
        declared for declared, wanted in needs.items() if 2 * sum(need <= named for need in wanted) >= len(wanted)
    )


def _support(region: Region, declared: TableSpec, members: dict[int, str | None], titles: list[str]) -> float | None:
    """Weigh what speaks for a table besides its columns: rows, the stub's heading, the title; None if too little."""
    known = sum(member is not None for member in members.values()) / len(members)
    if known < 0.5 and not declared.is_open:
        return None
    heads = [region.grid.at(row, region.stub) for row in range(region.top, region.leaf + 1)]
    stub = any(("heading", declared.rows) in mentions(head) for head in heads)
    title = _title_match(declared, titles)
    return 2 * known + stub + title if known or stub or title else None


def _titles(region: Region, floor: int) -> list[str]:
    """List the texts that may be the title, nearest first: above the header, in it, then the sheet's name.

    A title right above a table is its own: one above the table beside it says nothing then.
    """
    grid, first = region.grid, max(floor + 1, region.top - TITLE_REACH)
    above = sorted((place for place in grid.cells if first <= place[0] < region.top), reverse=True)
    own = [place for place in above if region.stub - 1 <= place[1] <= region.columns[-1]]
    above = own if any(_is_title(grid.cells[place]) for place in own) else above
    inside = [(row, column) for row in range(region.top, region.leaf + 1) for column in (region.stub, *region.columns)]
    texts = [grid.cells.get(place) for place in (*above, *inside)]
    return [fold(text) for text in (*texts, grid.name) if isinstance(text, str)]


def _is_title(content: Content | None) -> bool:
    return isinstance(content, str) and bool(titles_in(fold(content)))


def _title_match(declared: TableSpec, titles: list[str]) -> float:
    """Score the nearest text that holds a title of this table: 3 where no other table's title there is longer."""
    for title in titles:
        lengths = titles_in(title)
        if declared.name in lengths:
            return 3.0 if lengths[declared.name] == max(lengths.values()) else 1.0
    return 0.0


def _match_columns(region: Region, declared: TableSpec, headings: dict[int, ColumnHeading]) -> dict[int, Column]:
    """Match each data column of a region to the declared column that its heading names best."""
    matched: dict[int, Column] = {}
    wanted = _wanted(declared.name)
    for place, heading in headings.items():
        column = _best_column(wanted, heading.own) or _best_column(wanted, heading.filled)
        if (column is None and not any(heading.own)) or (column is not None and column.role == "total"):
            column = declared.universal("share") if _is_share_place(region, matched, place) else column
        if column is not None:
            matched[place] = column
    return matched


def _is_share_place(region: Region, matched: dict[int, Column], place: int) -> bool:
    """Check whether a column is the second under one total: that is its percent."""
    left = matched.get(place - 1)
    if left is None or left.role != "total":
        return False
    heads = [(region.grid.at(row, place), region.grid.at(row, place - 1)) for row in range(region.top, region.leaf + 1)]
    return all(head is None or head == beside for head, beside in heads)


@cache
def _best_column(wanted: tuple[Wanted, ...], path: tuple[frozenset[Mention], ...]) -> Column | None:
    """Choose the declared column whose needs the path meets: most needs first, then nearest to the body."""
    levels = [generic(level) for level in path]
    everything = frozenset().union(*levels)
    best, rank = None, (0, 0, 0)
    for needs, column in wanted:
        if needs <= everything:
            depth = next(depth for depth, level in enumerate(levels) if needs & level)
            this = (len(needs), -depth, ANY_QUARTER not in needs)
            if this > rank:
                best, rank = column, this
    return best
