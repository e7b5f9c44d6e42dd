"""A table's place on a grid, before it has a name → its heading, its labels, and what its rows are taken for."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ..model.text import fold
from .adding import count_on
from .file.grid import Content, Grid
from .labels import mentions
from .roles import heads_numbers
from .titles import is_title
from .values import parse_value

Extent = tuple[int, int, int, int]
"""A part of a sheet: its first and last row, and its first and last column."""

STUB_REACH = 3
"""In so many columns, from the stub to the left, stands the label of a row."""
DIVIDES_A_ROW = frozenset({"sex", "age_band", "case_type", "month"})


@dataclass
class Region:
    """A table's place on a grid before it has a name: its header rows, stub, data columns and body rows.

    Its body rows are members (`rows`), totals, and what is read for what it is but never added: sums of some members
    (`subtotals`), rows of percents (`shares`), parts of the row above (`parts`), and those `below` the table's total.
    """

    grid: Grid
    top: int
    leaf: int
    stub: int
    columns: list[int]
    rows: list[int] = field(default_factory=list)
    totals: list[int] = field(default_factory=list)
    subtotals: list[int] = field(default_factory=list)
    shares: list[int] = field(default_factory=list)
    parts: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)
    named_total: list[int] = field(default_factory=list)
    labels: dict[int, Content | None] = field(default_factory=dict)
    outers: dict[int, Content | None] = field(default_factory=dict)

    @cached_property
    def body(self) -> list[int]:
        """Every row of its body, from the top: asked for when all are found, whatever each is taken for later."""
        return sorted((*self.rows, *self.totals, *self.subtotals, *self.shares, *self.parts, *self.below))

    @property
    def bottom(self) -> int:
        """The last row of the table."""
        return max([self.leaf, *self.body])

    @property
    def last_figure(self) -> int:
        """The last row with a figure: words alone below it may be the next table's title."""
        rows = reversed(self.body)
        return next((row for row in rows if self.has_figures(row)), self.leaf)

    @cached_property
    def box(self) -> Extent:
        """The table's first and last row, and first and last column on the sheet, its row numbers included."""
        top, left = self.grid.on_sheet((self.top, self.label_columns[-1]))
        bottom, right = self.grid.on_sheet((self.bottom, self.columns[-1]))
        return top, bottom, left, right

    @cached_property
    def label_columns(self) -> range:
        """The stub, and the column of row numbers or of other labels on its left, where there is one."""
        return range(self.stub, self.stub - self._is_numbered - 1, -1)

    @property
    def _is_numbered(self) -> bool:
        """Whether row numbers, or the labels of some rows, stand left of the stub."""
        before, grid = self.stub - 1, self.grid
        rows = [row for row in self.body if (row, before) in grid.cells]
        figures = [number_at(self, row, before) for row in rows]
        has_labels = any(grid.at(row, self.stub) is None for row in rows)
        return bool(rows) and (count_on(figures) or has_labels or any(map(heads_numbers, self.heads(before))))

    def heads(self, column: int) -> list[Content | None]:
        """List what stands in a column of the heading, from the top."""
        return [self.grid.at(row, column) for row in range(self.top, self.leaf + 1)]

    def name_member(self, row: int) -> None:
        """Take a row that is called a total for a member of that name."""
        self.totals.remove(row)
        self.named_total.append(row)
        self.rows = sorted((*self.rows, row))

    def has_figures(self, row: int) -> bool:
        """Check whether something stands in a row's data columns."""
        return row in self._filled

    @cached_property
    def _filled(self) -> set[int]:
        return {row for row, filled in self.grid.columns_of.items() if not filled.isdisjoint(self.columns)}

    @cached_property
    def heading(self) -> tuple[object, ...]:
        """All that stands in its heading, to know it again where it is repeated."""
        columns = (self.stub, *self.columns)
        texts = (self.grid.at(row, column) for row in range(self.top, self.leaf + 1) for column in columns)
        return tuple(fold(text) if isinstance(text, str) else text for text in texts if not is_title(text))

    @cached_property
    def names(self) -> frozenset[str]:
        """The labels of its rows with figures, folded."""
        return frozenset(fold(str(self.label(row))) for row in self.rows if self.has_figures(row))

    def label(self, row: int) -> Content | None:
        """Give a body row's label: the stub, or what stands left of it where the stub is blank."""
        if row not in self.labels:
            contents = (self.grid.at(row, column) for column in self.stubs)
            self.labels[row] = next((text for text in contents if text is not None and not is_numeral(text)), None)
        return self.labels[row]

    @cached_property
    def _outer_stubs(self) -> list[int]:
        """The columns left of the stub in which words alone stand; a table that touches has figures there."""
        cells, rows = self.grid.cells, range(self.leaf + 1, self.bottom + 1)
        figures = {
            column for column in self.stubs[1:] if any(is_numeral(cells.get((row, column), "-x")) for row in rows)
        }
        return [column for column in self.stubs[1:] if column not in figures]

    @property
    def stubs(self) -> range:
        """The columns in which the labels of its rows stand, from the stub to the left."""
        return range(self.stub, max(self.stub - STUB_REACH, -1), -1)

    def outer(self, row: int) -> Content | None:
        """Give the label that a row shares with others, left of its own: the case type, beside which its sexes stand.

        Where merged labels were taken apart, it stands in the first of its rows only and reaches down.
        """
        if row not in self.outers:
            texts = (self._reaching(row, column) for column in self._outer_stubs)
            self.outers[row] = next((text for text in texts if text is not None and text != self.label(row)), None)
        return self.outers[row]

    def _reaching(self, row: int, column: int) -> Content | None:
        """Give the label that stands in a column or reaches down there, if it divides people or time."""
        for above in range(row, self.leaf, -1):
            text = self.grid.at(above, column)
            if text is not None and not is_numeral(text):
                return text if any(kind in DIVIDES_A_ROW for kind, _ in mentions(text)) else None
            if above in self.totals:
                return None
        return None


def number_at(region: Region, row: int, column: int) -> int:
    """Give the number that stands at a place of a region; 0 where there is none."""
    return parse_value(region.grid.cells.get((row, column))).number or 0


def is_numeral(content: Content | None) -> bool:
    """Check whether a cell holds figures rather than a label: a number, as number or text, noted or not."""
    if isinstance(content, str):
        return parse_value(content).problem not in ("not_a_number", "error_value") and not mentions(content)
    return not isinstance(content, date)
