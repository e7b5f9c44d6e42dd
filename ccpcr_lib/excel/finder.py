"""Regions → tables: each region is named by the declaration that explains most of it.

What counts is how many of a declaration's columns and rows are there, the stub's heading, and the title above. Select
wide, validate narrow: what a declaration does not explain is handed on as a finding, never dropped. A sheet is read as
it stands, and where figures are left over, turned as well: of each part of it the reading is kept that explains more.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from ..model.catalogue import CATALOGUE, spec
from ..model.table import Column, TableSpec
from .evidence import TITLE_REACH, Titles, most, read_titles, support
from .file.address import Place
from .file.grid import Grid
from .heading import ANY_QUARTER, ColumnHeading, Level, column_needs, generic, nest, read_heading
from .labels import Mention
from .region import Extent, Region, is_numeral
from .regions import find_regions
from .stub import RowLabel, read_rows
from .values import parse_value

__all__ = ["TITLE_REACH", "RecognisedTable", "Unclear", "find_tables"]

UNIVERSAL = ("total", "share", "note", "plan", "paper_total")
Wanted = tuple[frozenset[Mention], Column]
"""A declared column, behind what its heading must mention."""
UNSURE = 0.25
"""Two readings whose weights are nearer to each other than this are equally good."""
SURE = 5.0
"""A reading that weighs so much, and leaves nothing over, needs no other."""


@dataclass
class RecognisedTable:
    """A region that a declaration explains: each data column's declared column, each row's member, how well it fits.

    `titles` are the cells of its title and of what stands below that, over its columns.
    """

    spec: TableSpec
    region: Region
    columns: dict[int, Column]
    members: dict[int, str | None]
    headings: dict[int, ColumnHeading]
    titles: tuple[Place, ...] = ()
    weight: float = 0.0

    @property
    def counted(self) -> int:
        """How many of the declared count columns are there."""
        places = [(place, column) for place, column in self.columns.items() if column.role == "count"]
        return len({place if "period" in column.key else id(column) for place, column in places})

    @property
    def source(self) -> str:
        """The cell its stub's heading stands in."""
        return self.region.grid.source(self.region.top, self.region.stub)

    @cached_property
    def explained(self) -> int:
        """How many of its cells have a known column and a known row."""
        known = [row for row, member in self.members.items() if member is not None or self.spec.is_open]
        rows = (*known, *self.region.totals, *self.region.subtotals, *self.region.shares)
        return sum((row, column) in self.region.grid.cells for row in rows for column in self.columns)


@dataclass
class Unclear:
    """A region that two declarations explain equally well: their names."""

    region: Region
    candidates: tuple[str, str]
    explained: int = 0
    weight: float = 0.0

    @property
    def source(self) -> str:
        """The cell its stub's heading stands in."""
        return self.region.grid.source(self.region.top, self.region.stub)


Recognised = RecognisedTable | Unclear
Headed = dict[tuple[object, ...], tuple[str, frozenset[str]]]
"""The name of the table that was last found under a heading, and its row labels."""


def find_tables(grid: Grid, before: Headed | None = None) -> tuple[list[RecognisedTable], list[Unclear]]:
    """Find every table on a sheet, from top to bottom, and the regions that could be more than one table.

    `before` names the table that was last found under each heading: one without a title may be its continuation. What
    is found is added to it.
    """
    before = {} if before is None else before
    seen = dict(before)
    parts = _recognised(grid, seen)
    if not _explains_all(grid, parts):
        parts = _better(parts, _recognised(grid.turned(), dict(before)))
    parts.sort(key=lambda part: part.region.box)
    for part in parts:
        _remember(before, part)
    tables = [part for part in parts if isinstance(part, RecognisedTable)]
    return tables, [part for part in parts if isinstance(part, Unclear)]


def _recognised(grid: Grid, before: Headed) -> list[Recognised]:
    """Recognise each region of a grid that some declaration explains."""
    floor: dict[int, int] = defaultdict(lambda: -1)
    parts: list[Recognised] = []
    for region in sorted(find_regions(grid), key=lambda region: region.box):
        _, _, left, right = region.box
        last = max((floor[column] for column in range(left, right + 1)), default=-1)
        best = _recognise(region, read_titles(region, last), before)
        bottom = _last_figure(region)
        for column in range(left, right + 1):
            floor[column] = max(floor[column], bottom)
        if best is not None:
            parts.append(best)
            _remember(before, best)
    return parts


def _remember(before: Headed, part: Recognised) -> None:
    """Keep the table that was found under a heading, with the rows it has so far."""
    if isinstance(part, RecognisedTable):
        heading = part.region.heading
        name, rows = before.get(heading, ("", frozenset()))
        known = rows if name == part.spec.name else frozenset()
        before[heading] = part.spec.name, known | part.region.names


def _last_figure(region: Region) -> int:
    """Give the last row on the sheet with a figure of a region."""
    return region.box[1] if region.grid.is_turned else region.last_figure


def _explains_all(grid: Grid, parts: list[Recognised]) -> bool:
    """Check whether every table is sure and no figure stands outside them."""
    if not all(part.weight >= SURE for part in parts):
        return False
    places = outside(grid, [part.region.box for part in parts])
    return not any(is_numeral(grid.cells[place]) for place in places)


def outside(grid: Grid, boxes: Iterable[Extent]) -> list[Place]:
    """List the filled cells of a sheet that stand in none of these parts of it."""
    places = list(grid.cells)
    for top, bottom, left, right in boxes:
        places = [(row, column) for row, column in places if not (top <= row <= bottom and left <= column <= right)]
    return places


def _better(upright: list[Recognised], turned: list[Recognised]) -> list[Recognised]:
    """Keep of each part of a sheet the reading that explains more, the upright one of two that explain as much."""
    kept = list(upright)
    for part in turned:
        rivals = [other for other in kept if _meet(part.region.box, other.region.box)]
        if _worth([part]) > _worth(rivals):
            kept = [other for other in kept if other not in rivals] + [part]
    return kept


def _worth(parts: list[Recognised]) -> tuple[int, float]:
    return sum(part.explained for part in parts), max((part.weight for part in parts), default=0.0)


def _meet(one: Extent, other: Extent) -> bool:
    return one[0] <= other[1] and other[0] <= one[1] and one[2] <= other[3] and other[2] <= one[3]


# --- one region ---------------------------------------------------------------------------------------------


def _recognise(region: Region, titles: Titles, before: Headed) -> Recognised | None:
    """Name the table that explains a region best; None where none explains it, Unclear where two do."""
    name, rows = before.get(region.heading, ("", frozenset()))
    titles = titles.continuing(name) if rows.isdisjoint(region.names) else titles
    order = {known.name: place for place, known in enumerate(CATALOGUE)}
    scored = sorted(_explanations(region, titles), key=lambda table: (-table.weight, order[table.spec.name]))
    if len(scored) > 1 and scored[0].weight - scored[1].weight < UNSURE:
        return Unclear(region, (scored[0].spec.name, scored[1].spec.name), scored[0].explained, scored[0].weight)
    return scored[0] if scored else None


def _explanations(region: Region, titles: Titles) -> Iterator[RecognisedTable]:
    """Read a region as each declared table of which it has at least half the columns, and weigh how well it fits.

    Those that have most speaking for them come first: what cannot come near the best of them is not read.
    """
    headings, sums = nest(region, {column: read_heading(region, column) for column in region.columns})
    named = frozenset().union(*(generic(level) for heading in headings.values() for level in heading.filled))
    read: dict[str, dict[int, RowLabel]] = {}
    best = 0.0
    for declared in sorted(_candidates(named), key=lambda declared: most(declared, titles), reverse=True):
        if 3 + most(declared, titles) < best - UNSURE:
            return
        labels = read.setdefault(declared.rows, {}) or read_rows(region, declared.rows)
        read[declared.rows] = labels
        speaks = support(region, declared, labels, titles)
        if speaks is None:
            continue
        members = {row: label.member for row, label in labels.items()}
        columns = _match_columns(region, declared, headings)
        columns |= {place: declared.universal("total") for place in sums if place not in columns}
        table = RecognisedTable(declared, region, columns, members, headings, titles.over(declared))
        foreign = 1 - len(table.columns) / len(region.columns)
        table.weight = 3 * min(table.counted / len(declared.counts), 1) + speaks - 2 * foreign
        if table.weight > 0 and 2 * table.counted >= len(declared.counts) and not _is_list(table):
            best = max(best, table.weight)
            yield table


def _is_list(table: RecognisedTable) -> bool:
    """Check whether the same headings come again and again: so does a list of counts look when it is turned."""
    heads = [table.headings[place].filled for place, column in table.columns.items() if column.role == "count"]
    return 2 * len(set(heads)) < len(heads)


@cache
def _candidates(named: frozenset[Mention]) -> tuple[TableSpec, ...]:
    """List the tables of which the headings name at least half the columns of counts."""
    needs = {declared: [column_needs(column) for column in declared.counts] for declared in CATALOGUE}
    return tuple(
        declared for declared, wanted in needs.items() if 2 * sum(need <= named for need in wanted) >= len(wanted)
    )


@cache
def _wanted(spec_name: str) -> tuple[Wanted, ...]:
    """Pair each declared column with what its heading must mention; a sheet may add a total, a percent, notes."""
    declared = spec(spec_name)
    return tuple((column_needs(column), column) for column in (*declared.columns, *map(declared.universal, UNIVERSAL)))


def _match_columns(region: Region, declared: TableSpec, headings: Mapping[int, ColumnHeading]) -> dict[int, Column]:
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


def _is_share_place(region: Region, matched: Mapping[int, Column], place: int) -> bool:
    """Check whether a column is the second under one total: that is its percent."""
    left = matched.get(place - 1)
    if left is None or left.role != "total":
        return False
    heads = [(region.grid.at(row, place), region.grid.at(row, place - 1)) for row in range(region.top, region.leaf + 1)]
    if any(head is not None for head, _ in heads):
        return all(head is None or head == beside for head, beside in heads)
    return _holds_percents(region, place)


def _holds_percents(region: Region, place: int) -> bool:
    """Check whether a column without a heading has figures that may be the percents of the totals on its left."""
    grid, rows = region.grid, region.body
    filled = [row for row in rows if (row, place) in grid.cells]
    values = [parse_value(grid.cells[row, place], percent=(row, place) in grid.percents) for row in filled]
    if any(value.share is not None for value in values):
        return True
    are_small = all(value.number is None or value.number <= 100 for value in values)
    return are_small and len(filled) >= sum((row, place - 1) in grid.cells for row in region.rows)


@cache
def _best_column(wanted: tuple[Wanted, ...], path: tuple[Level, ...]) -> Column | None:
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
