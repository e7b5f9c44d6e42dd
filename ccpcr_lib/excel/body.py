"""A header's columns → the rows below it: members, totals, and sums between members, until the table ends."""

from dataclasses import dataclass, field
from datetime import date

from .file.grid import Content, Grid
from .labels import is_known_row, is_total, mentions, says_only_total
from .values import parse_value

Extent = tuple[int, int, int, int]
"""A part of a sheet: its first and last row, and its first and last column."""

BLANK_REACH = 2
"""So many blank rows end a table, unless figures and their total follow."""


@dataclass
class Region:
    """A table's place on a grid before it has a name: its header rows, stub, data columns and body rows."""

    grid: Grid
    top: int
    leaf: int
    stub: int
    columns: list[int]
    rows: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    subtotals: list[int] = field(default_factory=list)
    labels: dict[int, Content | None] = field(default_factory=dict)

    @property
    def bottom(self) -> int:
        """The last row of the table."""
        return max([self.leaf, *self.rows, *self.totals])

    @property
    def last_figure(self) -> int:
        """The last row with a figure: words alone below it may be the next table's title."""
        rows = sorted((*self.rows, *self.subtotals, *self.totals), reverse=True)
        return next(
            (row for row in rows if any((row, column) in self.grid.cells for column in self.columns)), self.leaf
        )

    @property
    def box(self) -> Extent:
        """The table's first and last row, and first and last column, its row numbers included."""
        return self.top, self.bottom, max(self.stub - 1, 0), self.columns[-1]

    def label(self, row: int) -> Content | None:
        """Give a body row's label: the stub, or what stands left of it where the stub is blank."""
        if row not in self.labels:
            contents = (self.grid.at(row, column) for column in range(self.stub, max(self.stub - 3, -1), -1))
            self.labels[row] = next((text for text in contents if text is not None and not is_numeral(text)), None)
        return self.labels[row]


def fill_body(region: Region, stop: int | None) -> None:
    """Walk down from the header and sort rows into members and totals, until the table ends."""
    grid, blanks, is_closed = region.grid, 0, False
    for row in range(region.leaf + 1, min(grid.height, stop or grid.height)):
        label = region.label(row)
        has_values = any((row, column) in grid.cells for column in region.columns)
        if label is None and not has_values:
            blanks += 1
            if is_closed or (blanks == BLANK_REACH and not _total_follows(region, row, stop)):
                break
            continue
        blanks = 0
        is_sum = is_total(label) or (label is None and row - 1 in region.totals)
        is_inside = is_sum and not says_only_total(label) and _total_follows(region, row, stop)
        if is_closed and not is_sum and not (has_values and is_known_row(label)):
            break
        (region.totals if is_sum else region.rows).append(row)
        is_closed = bool(region.totals and region.rows) and not is_inside
    _set_subtotals_apart(region)


def _total_follows(region: Region, gap: int, stop: int | None) -> bool:
    """Check whether blank rows lie inside a table: below them come its total, and before it only rows with figures."""
    for row in range(gap + 1, min(region.grid.height, stop or region.grid.height)):
        label, cells = region.label(row), region.grid.cells
        written = [cells[row, column] for column in region.columns if (row, column) in cells]
        if is_total(label):
            return True
        if (label is not None or written) and not any(map(is_numeral, written)):
            return False
    return False


def _set_subtotals_apart(region: Region) -> None:
    """Take the totals with members above and below them out of the table's own totals.

    One that adds nothing up and is not simply called a total is a member: an organisation may be called “Total care”.
    """
    if not region.rows:
        return
    inside = [row for row in region.totals if region.rows[0] < row < region.rows[-1]]
    members = [row for row in inside if not says_only_total(region.label(row)) and not _adds_up(region, row)]
    region.totals = [row for row in region.totals if row not in inside]
    region.subtotals = [row for row in inside if row not in members]
    region.rows = sorted((*region.rows, *members))


def _adds_up(region: Region, row: int) -> bool:
    """Check whether a row is the sum of the members above it, or of those since the last such row."""
    last = max((total for total in region.totals if total < row), default=-1)
    above = [member for member in region.rows if member < row]
    since = [member for member in above if member > last]
    return any(all(_is_sum(region, row, column, members) for column in region.columns) for members in (above, since))


def _is_sum(region: Region, row: int, column: int, members: list[int]) -> bool:
    return _number(region, row, column) == sum(_number(region, member, column) for member in members)


def _number(region: Region, row: int, column: int) -> int:
    return parse_value(region.grid.cells.get((row, column))).number or 0


def is_numeral(content: Content | None) -> bool:
    """Check whether a cell holds figures rather than a label: a number, as number or text, noted or not."""
    if isinstance(content, str):
        return parse_value(content).problem not in ("not_a_number", "error_value") and not mentions(content)
    return not isinstance(content, date)
