"""A workbook's sheets and the tables found there → the numbers that belong to none of them.

Right below or beside a table, in its own rows or columns, such a number may be a row or a column of it that was not
read: an error. Anywhere else it is a note.
"""

from collections.abc import Iterator, Sequence

from ..model.finding import Finding
from ..model.wording import table_title
from .adding import count_on
from .file.address import Place
from .file.grid import Content, Grid
from .finder import Recognised, RecognisedTable, outside
from .labels import mentions
from .region import STUB_REACH, Extent, is_numeral
from .roles import is_remark, is_total
from .rules import make_finding
from .values import parse_value

REACH = 3
"""Behind so many blank rows or columns a number no longer stands right below or beside a table."""


def report_strays(grids: Sequence[Grid], recognised: Sequence[Recognised]) -> list[Finding]:
    """Report the numbers outside every table: an error for each table they stand at, a note for the rest of a sheet."""
    findings = []
    for grid in grids:
        parts = [part for part in recognised if part.region.grid.name == grid.name]
        loose = _numbers_outside(grid, [part.region.box for part in parts])
        for part in parts:
            if isinstance(part, RecognisedTable) and (at_table := sorted(_right_at(grid, part, loose))):
                loose -= set(at_table)
                name = part.spec.name
                findings.append(_finding("stray_number", grid, at_table, table=name, title=table_title(name)))
        if loose:
            findings.append(_finding("unread_numbers", grid, sorted(loose)))
    return findings


def _finding(rule: str, grid: Grid, places: Sequence[Place], **fields: str) -> Finding:
    where = [grid.source(*place) for place in places]
    return make_finding(rule, where, variant="many" if len(where) > 1 else "", count=str(len(where)), **fields)


def _numbers_outside(grid: Grid, boxes: Sequence[Extent]) -> set[Place]:
    return {place for place in outside(grid, boxes) if parse_value(grid.cells[place]).number is not None}


def _right_at(grid: Grid, part: RecognisedTable, loose: set[Place]) -> Iterator[Place]:
    """List the loose numbers that stand right below or beside a table."""
    if not loose:
        return
    region = part.region
    top, bottom, left, right = region.box
    first_row, first_column = region.grid.on_sheet((region.leaf + 1, region.stub + 1))
    below, beside = range(first_column, right + 1), range(first_row, bottom + 1)
    yield from _below(grid, bottom, below, loose)
    for step, edge in ((1, right), (-1, left)):
        yield from _beside(grid, (top, edge), step, beside, loose)


def _below(grid: Grid, bottom: int, columns: range, loose: set[Place]) -> Iterator[Place]:
    """List the numbers below a table, down to another table's title or heading: words, and no number beside them."""
    blanks = 0
    for row in range(bottom + 1, grid.height):
        written = [column for column in columns if (row, column) in grid.cells]
        numbers = [(row, column) for column in written if (row, column) in loose]
        is_title = not numbers and blanks and any((row, column) in grid.cells for column in _with_labels(columns))
        blanks = 0 if written else blanks + 1
        if blanks > REACH or len(written) > len(numbers) or is_title:
            return
        if not _is_lone_total(grid, row, columns, numbers):
            yield from numbers


def _with_labels(columns: range) -> range:
    """Give a table's columns with those on their left in which labels and titles stand."""
    return range(max(columns[0] - STUB_REACH, 0), columns[-1] + 1)


def _is_lone_total(grid: Grid, row: int, columns: range, numbers: Sequence[Place]) -> bool:
    """Check whether a row holds one number alone, called a total."""
    labels = (grid.at(row, column) for column in _with_labels(columns))
    return len(numbers) == 1 and any(is_total(label) for label in labels)


def _beside(grid: Grid, corner: Place, step: int, rows: range, loose: set[Place]) -> Iterator[Place]:
    """List the numbers beside a table, up to the labels of another one."""
    top, column = corner
    blanks = 0
    while blanks <= REACH and (column := column + step) >= 0:
        written = [grid.cells[row, column] for row in rows if (row, column) in grid.cells]
        numbers = [(row, column) for row in rows if (row, column) in loose]
        blanks = 0 if written else blanks + 1
        head = _head(grid, top, rows[0], column)
        if is_remark(head) or ("heading", "note") in mentions(head):
            continue
        if len(written) > len(numbers) and not all(map(is_numeral, written)):
            return
        if len(numbers) > 1 or not _totals_alone(grid, head, numbers):
            yield from (
                ()
                if step < 0 and count_on([parse_value(grid.cells[place]).number or 0 for place in numbers])
                else numbers
            )


def _head(grid: Grid, top: int, first: int, column: int) -> Content | None:
    heads = (grid.at(row, column) for row in range(first - 1, top - 1, -1))
    return next((head for head in heads if head is not None), None)


def _totals_alone(grid: Grid, head: Content | None, numbers: Sequence[Place]) -> bool:
    """Check whether a column's one number is called a total, by its heading or on its left, or repeats one there."""
    left = [(grid.at(row, column - 1), grid.at(row, column)) for row, column in numbers if column]
    return is_total(head) or any(is_total(label) or label == number for label, number in left)
