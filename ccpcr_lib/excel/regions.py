"""A grid → the places where tables stand, before it is known which tables they are.

A header is found first: a row in which at least two neighbouring labels mention a month, a sex, an age band, a
case type, or clients and times. A table with one column of counts is known by its stub's heading beside that column's.
Left of a header stands the stub, below it the body, down to the totals or the next header.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import count, takewhile
from typing import NamedTuple

from ..model.catalogue import CATALOGUE
from ..model.table import DIMENSIONS, ROW_AXES
from .body import fill_body
from .file.grid import Content, Grid
from .labels import mentions
from .region import Region, is_numeral
from .roles import is_remark, is_total
from .titles import is_title

LEAF_KINDS = frozenset(DIMENSIONS)
HEADS_COUNTS = {
    ("heading", "clients"): "unit",
    ("heading", "times"): "unit",
    ("heading", "plan"): "plan",
    ("heading", "actual"): "plan",
}
"""Headings that stand over columns of counts: clients and times are of one kind, plan and actual of another."""
STUB_HEADS = frozenset({"no", *ROW_AXES})
"""What heads the row labels of a table, or the numbers in front of them."""
LONE_STUBS = frozenset({("heading", known.rows) for known in CATALOGUE if len(known.columns) == 1})
"""What heads the stub of a table with a single column."""
FIGURE_HEADS = frozenset({"plan", "total", "share", "in_shelter", "paper_total"})
STUB_DEPTH = 6
"""Among so many rows from the header down, row labels must stand."""
SPACERS = 2
"""So many blank columns may stand inside a table."""
BESIDE_REACH = 3
"""Headers of tables side by side are not further apart than so many rows."""


def find_regions(grid: Grid) -> list[Region]:
    """Find headers from top to bottom and lay a region under each; a lower header row of the same table wins."""
    headers = _headers(grid)
    regions = [_region(grid, header, headers) for header in headers]
    for region in regions:
        stops = {other.top for other in regions if other.top > region.leaf and _overlap(region, other)}
        fill_body(region, min(stops, default=None))
    return [region for region in regions if region.rows]


class Header(NamedTuple):
    """The lowest row of a table's heading: its row, the column of row labels, the first and the last known column."""

    row: int
    stub: int
    first: int
    last: int


def _headers(grid: Grid) -> list[Header]:
    """List the header rows of a grid, the lower of two of the same table."""
    clusters = _clusters(grid)
    lowest = [
        (row, columns)
        for row, columns in clusters
        if not any(
            0 < other - row <= 2 and _stand_over(columns, below) and _touches(grid, row, other, columns)
            for other, below in clusters
        )
    ]
    stubs = [(row, _stub(grid, row, columns[0]), columns) for row, columns in lowest]
    return [Header(row, stub, columns[0], columns[-1]) for row, stub, columns in stubs if stub is not None]


def _stand_over(columns: list[int], below: list[int]) -> bool:
    """Check whether headings stand over others: months over Total and Female, of which one alone is known here."""
    return not set(columns).isdisjoint(below) or columns[0] < below[0] <= columns[-1]


def _overlap(region: Region, other: Region) -> bool:
    return region.stub <= other.columns[-1] and other.stub <= region.columns[-1]


def _touches(grid: Grid, row: int, below: int, columns: list[int]) -> bool:
    """Check whether two header rows belong together: no figures between them."""
    return not any(
        is_numeral(grid.cells[between, column])
        for between in range(row + 1, below)
        for column in columns
        if (between, column) in grid.cells
    )


def _clusters(grid: Grid) -> list[tuple[int, list[int]]]:
    """Group the header mentions of each row: (row, columns), split where another table's stub stands between."""
    by_row: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for (row, column), content in grid.cells.items():
        for kind in () if content.__class__ is float else _header_kinds(content):
            by_row[row].append((column, kind))
    runs = [(row, run) for row in sorted(by_row) for run in _runs(grid, row, sorted(by_row[row]))]
    return [(row, [column for column, _ in run]) for row, run in runs if _is_header(grid, row, run)]


def _runs(grid: Grid, row: int, heads: list[tuple[int, str]]) -> list[list[tuple[int, str]]]:
    """Split the header mentions of a row where one table ends and another begins between two of them."""
    runs: list[list[tuple[int, str]]] = []
    for column, kind in heads:
        if not runs or _split_between(grid, row, runs[-1], (column, kind)):
            runs.append([])
        runs[-1].append((column, kind))
    return runs


@cache
def _header_kinds(content: Content | None) -> tuple[str, ...]:
    """List what a cell mentions that heads a column of counts."""
    pairs = sorted(mentions(content))
    return tuple(HEADS_COUNTS.get(pair, pair[0]) for pair in pairs if pair in HEADS_COUNTS or pair[0] in LEAF_KINDS)


def _is_header(grid: Grid, row: int, run: list[tuple[int, str]]) -> bool:
    """Check whether a row is a header: two columns or more mention the same kind of thing, and fewer hold figures."""
    if len(run) == 1:
        return _is_lone_header(grid, row, *run[0])
    most = max(Counter(kind for _, kind in set(run)).values())
    return most >= 2 and (most > _figures(grid, row, count(run[0][0])) or most > _own_figures(grid, row, run))


def _figures(grid: Grid, row: int, columns: Iterable[int]) -> int:
    """Count the figures in a row, from the first of some columns up to a blank cell."""
    return sum(map(is_numeral, takewhile(lambda content: content is not None, (grid.at(row, at) for at in columns))))


def _own_figures(grid: Grid, row: int, run: list[tuple[int, str]]) -> int:
    """Count the figures from the first of some headings on, those of a table that touches on the right left out."""
    beyond = count(run[-1][0] + 1)
    end = next(column for column in beyond if grid.at(row, column) is None or _heads_another(grid, row, column))
    return _figures(grid, row, range(run[0][0], end))


def _is_lone_header(grid: Grid, row: int, column: int, kind: str) -> bool:
    """Check whether a heading over figures, not over headings, stands beside the stub's of a table with one column."""
    if kind != "unit" or column == 0 or mentions(grid.at(row + 1, column)):
        return False
    left = (_nearest_head(grid, row, at) for at in range(column - 1, max(column - 2 - SPACERS, -1), -1))
    return bool(LONE_STUBS & mentions(next((head for head in left if head is not None), None)))


def _split_between(grid: Grid, row: int, run: list[tuple[int, str]], head: tuple[int, str]) -> bool:
    """Check whether another table's stub or title stands before a heading, or too much that is blank.

    A blank column or two between headings of one kind only set them apart.
    """
    between = range(run[-1][0] + 1, head[0])
    blanks = sum(_is_blank(grid, row, column) for column in between)
    if blanks > (SPACERS if any(kind == head[1] for _, kind in run) else 0):
        return True
    return any(_holds_labels(grid, row, column) or _heads_another(grid, row, column) for column in between)


def _heads_another(grid: Grid, leaf: int, column: int) -> bool:
    """Check whether another table begins in a column: its stub's heading stands there, or its title over no figures."""
    rows = range(max(leaf - 2, 0), leaf + 1)
    if any(_is_stub_head(grid, row, column) for row in rows):
        return True
    return any(is_title(grid.cells.get((row, column))) for row in rows) and _is_blank_below(grid, leaf, column)


def _is_blank_below(grid: Grid, leaf: int, column: int) -> bool:
    return all(grid.cells.get((row, column)) is None for row in range(leaf + 1, leaf + STUB_DEPTH))


def _holds_labels(grid: Grid, leaf: int, column: int) -> bool:
    """Check whether words alone stand below a header, and its heading does not make them remarks or notes."""
    head = _nearest_head(grid, leaf, column)
    if is_remark(head) or ("heading", "note") in mentions(head):
        return False
    below = [grid.cells.get((row, column)) for row in range(leaf + 1, leaf + STUB_DEPTH)]
    written = [content for content in below if content is not None]
    return len(written) > 1 and not any(map(is_numeral, written))


def _nearest_head(grid: Grid, leaf: int, column: int) -> Content | None:
    heads = (grid.at(row, column) for row in range(leaf, max(leaf - 3, -1), -1))
    return next((head for head in heads if head is not None), None)


def _is_stub_head(grid: Grid, row: int, column: int) -> bool:
    """Check whether a cell heads a column of row labels; a spanner, or a heading under another one, does not."""
    above = grid.at(row - 1, column) if row else None
    if grid.spans.get((row, column), (1, 1))[1] > 1 or mentions(above):
        return False
    return any(kind == "heading" and code in STUB_HEADS for kind, code in mentions(grid.cells.get((row, column))))


def _region(grid: Grid, header: Header, headers: list[Header]) -> Region:
    """Work outwards from a header row: the last column to the right, up to the next table's stub, and the top."""
    beside = [
        other.stub
        for other in headers
        if abs(other.row - header.row) <= BESIDE_REACH and other.stub > header.last and other is not header
    ]
    right = _right_edge(grid, header, min(beside, default=None))
    columns = list(range(header.stub + 1, right + 1))
    return Region(grid, _top(grid, header.row, header.stub, columns), header.row, header.stub, columns)


def _stub(grid: Grid, leaf: int, first: int) -> int | None:
    """Find the column of row labels: the nearest to the left with words below the header, past a blank one or two."""
    blanks = 0
    for column in range(first - 1, -1, -1):
        if _heads_figures(grid, leaf, column):
            continue
        below = [grid.cells.get((row, column)) for row in range(leaf + 1, leaf + STUB_DEPTH)]
        words = sum(content is not None and not is_numeral(content) for content in below)
        if words and words * 2 >= sum(content is not None for content in below):
            return column
        is_blank = all(
            content is None for content in (*below, grid.at(leaf, column), grid.at(max(leaf - 1, 0), column))
        )
        blanks += is_blank
        if blanks > SPACERS:
            return None
    return None


def _heads_figures(grid: Grid, leaf: int, column: int) -> bool:
    """Check whether the heading of a column speaks of figures, whatever someone typed below it."""
    named = mentions(_nearest_head(grid, leaf, column))
    return any(kind == "heading" and code in FIGURE_HEADS for kind, code in named)


def _right_edge(grid: Grid, header: Header, beside: int | None) -> int:
    """Find the last column of a table: before the next table's stub, or before a column with neither head nor body.

    A blank column or two do not end it, where the column behind them is headed as one of figures.
    """
    column = header.last
    while (step := _step(grid, header, column, beside)) is not None:
        column += step
    return column


def _step(grid: Grid, header: Header, column: int, beside: int | None) -> int | None:
    """Give how many columns further right a table goes on; None at its end."""
    if beside is not None and column + 1 >= beside:
        return None
    if not _ends_before(grid, header.row, column + 1, header.last):
        return 1
    for step in range(2, SPACERS + 2):
        between = range(column + 1, column + step)
        if (beside is not None and column + step >= beside) or not all(
            _is_blank(grid, header.row, at) for at in between
        ):
            return None
        if _heads_figures(grid, header.row, column + step) and not is_title(
            _nearest_head(grid, header.row, column + step)
        ):
            return step
    return None


def _is_blank(grid: Grid, leaf: int, column: int) -> bool:
    rows = range(max(leaf - 2, 0), leaf + STUB_DEPTH)
    return all(grid.cells.get((row, column)) is None for row in rows)


def _ends_before(grid: Grid, leaf: int, column: int, last: int) -> bool:
    """Check whether a column is outside: blank, and its heading says nothing known.

    A spanner that reaches there from a known column is no heading of its own.
    """
    heading = range(max(leaf - 2, 0), leaf + 1)
    if any(_is_stub_head(grid, row, column) for row in heading):
        return True
    own = [row for row in heading if grid.covered.get((row, column), (row, column))[1] > last]
    heads = [head for row in own if (head := grid.at(row, column)) is not None]
    is_blank = all(grid.at(row, column) is None for row in range(leaf + 1, leaf + STUB_DEPTH))
    return is_blank and (any(map(is_title, heads)) or not any(map(mentions, heads)))


def _top(grid: Grid, leaf: int, stub: int, columns: list[int]) -> int:
    """Go up while a row still reads as a heading: it mentions something known and holds no figures."""
    top = leaf
    while top > 0:
        row = top - 1
        contents = [grid.cells.get((row, column)) for column in range(max(stub - 1, 0), columns[-1] + 1)]
        written = [content for content in contents if content is not None]
        if any(is_numeral(content) for content in written) or not any(mentions(content) for content in written):
            return top
        if is_total(grid.at(row, stub)):
            return top
        top = row
    return top
