"""A header's columns → the rows below it: members, totals, sums between members, parts of other rows, to the end.

A table goes on as long as rows with figures follow each other. Blank rows end it, unless figures and their total follow
below them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ..model.text import fold
from .adding import CHANCE, are_sums, count_on, is_made_of
from .file.grid import Content, Grid
from .labels import mentions
from .names import is_known_row
from .roles import divides_only, heads_numbers, is_part, is_share, is_subtotal, is_total, says_only_total
from .titles import is_title
from .values import parse_value

Extent = tuple[int, int, int, int]
"""A part of a sheet: its first and last row, and its first and last column."""

BLANK_REACH = 2
"""So many blank rows end a table, unless figures and their total follow."""
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


def fill_body(region: Region, stop: int | None) -> None:
    """Walk down from the header and sort rows into members, totals and parts, until the table ends."""
    blanks, is_closed = 0, False
    for row in range(region.leaf + 1, min(region.grid.height, stop or region.grid.height)):
        label, has_figures = region.label(row), region.has_figures(row)
        if label is None and not has_figures:
            blanks += 1
            if (is_closed or blanks == BLANK_REACH) and not _total_follows(region, row, stop):
                break
            continue
        blanks = 0
        if is_closed and not has_figures and not is_total(label):
            break
        kind = _kind(region, row)
        kind.append(row)
        ends = kind is region.totals and not is_subtotal(label)
        is_closed = bool(region.rows) and (ends or (is_closed and kind is not region.rows))
    rows = range(region.top, region.bottom + 1)
    written = set().union(*(region.grid.columns_of.get(row, ()) for row in rows))
    region.columns = [column for column in region.columns if column in written]
    _set_lone_total_apart(region)
    _set_subtotals_apart(region)
    _set_rows_below_apart(region)


def _kind(region: Region, row: int) -> list[int]:
    """Choose what a filled row is: a total, a row of percents, a part of the row above, or a member."""
    label = region.label(row)
    if is_total(label) or (label is None and row - 1 in region.totals and _goes_with_total(region, row)):
        return region.totals
    if is_share(label) and region.totals:
        return region.shares
    is_foot = bool(region.totals and region.rows) and region.totals[-1] > region.rows[-1] and divides_only(label)
    return region.parts if (is_part(label) or is_foot) and region.has_figures(row) else region.rows


def _goes_with_total(region: Region, row: int) -> bool:
    """Check whether a row without a label belongs to the total above it: merged, percents, or sums of its figures."""
    cells, spans, above = region.grid.cells, region.grid.spans, row - 1
    places = [(row, column) for column in region.columns if (row, column) in cells]
    totals = [number_at(region, above, column) for column in region.columns]
    sums = {sum(totals[start:end]) for start in range(len(totals)) for end in range(start + 1, len(totals) + 1)}
    values = {place: parse_value(cells[place], percent=place in region.grid.percents) for place in places}
    return all(place in spans or value.share is not None or value.number in sums for place, value in values.items())


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


def _set_lone_total_apart(region: Region) -> None:
    """Take a last row without a label, in which each figure is the sum of those above it, for the total."""
    if len(region.rows) < 2 or region.label(region.rows[-1]) is not None:
        return
    *members, last = region.rows
    columns = [column for column in region.columns if (last, column) in region.grid.cells]
    if columns and are_sums(*_figures(region, last, members, columns)):
        region.rows = members
        region.totals.append(last)


def _set_subtotals_apart(region: Region) -> None:
    """Take the totals with members above and below them out of the table's own totals.

    One that adds nothing up and is not simply called a total is a member: an organisation may be called “Total care”.
    """
    if not region.rows:
        return
    first, last = region.rows[0], region.rows[-1]
    wholes = [row for row in region.totals if not is_subtotal(region.label(row))]
    inside = [row for row in region.totals if first < row < (last if row in wholes else max([last, *wholes]))]
    candidates = region.totals if len(region.totals) > 1 else inside
    for row in list(candidates):
        if (
            is_total(region.label(row))
            and not says_only_total(region.label(row))
            and not adds_up(region, row, region.columns, members=region.rows)
        ):
            _take_for_name(region, row)
    region.subtotals = [row for row in inside if row in region.totals]
    region.totals = [row for row in region.totals if row not in inside]


def _take_for_name(region: Region, row: int) -> None:
    """Take a row that is called a total and is none for a member, or for a row below the total of those above it."""
    is_below = any(region.rows[0] < total < row and says_only_total(region.label(total)) for total in region.totals)
    if is_below:
        region.totals.remove(row)
        region.below.append(row)
    else:
        region.name_member(row)


def _set_rows_below_apart(region: Region) -> None:
    """Take the unknown rows below the total of the table, which no other total counts in, out of the members."""
    whole = [row for row in region.subtotals if not is_subtotal(region.label(row))]
    if whole and not any(row > whole[-1] or row < region.rows[0] for row in region.totals):
        region.below += [row for row in region.rows if row > whole[-1] and not is_known_row(region.label(row))]
        region.rows = [row for row in region.rows if row not in region.below]
        last = [row for row in whole if row > region.rows[-1]]
        region.subtotals = [row for row in region.subtotals if row not in last]
        region.totals += last


def adds_up(
    region: Region, row: int, columns: Sequence[int], *, members: Sequence[int], or_largest: bool = False
) -> bool:
    """Check whether a row is the sum of the members above it, of those since the last such row, or of those below.

    One that is no sum by chance may also be that of the two or more members next to it. `or_largest`: or the largest
    of them, as totals of clients who may stand in several rows are.
    """
    last = max((total for total in (*region.totals, *region.subtotals) if total < row), default=-1)
    filled = [column for column in columns if (row, column) in region.grid.cells]
    figures = [number_at(region, row, column) for column in filled]
    above, below = [at for at in reversed(members) if at < row], [at for at in members if at > row]
    by_chance = sum(figures) < CHANCE
    for others, ends in ((above, {len(above), sum(at > last for at in above)}), (below, {len(below)})):
        may_end = ends if by_chance else ends | set(range(2, len(others) + 1))
        for largest in (False, True) if or_largest else (False,):
            rows = ([number_at(region, at, column) for column in filled] for at in others)
            if is_made_of(figures, rows, may_end, largest=largest):
                return True
    return False


def _figures(
    region: Region, row: int, others: Sequence[int], columns: Sequence[int]
) -> tuple[list[int], list[list[int]]]:
    """Give the figures of a row, and those of others, in some columns."""
    figures, *rest = ([number_at(region, line, column) for column in columns] for line in (row, *others))
    return figures, rest


def number_at(region: Region, row: int, column: int) -> int:
    """Give the number that stands at a place of a region; 0 where there is none."""
    return parse_value(region.grid.cells.get((row, column))).number or 0


def is_numeral(content: Content | None) -> bool:
    """Check whether a cell holds figures rather than a label: a number, as number or text, noted or not."""
    if isinstance(content, str):
        return parse_value(content).problem not in ("not_a_number", "error_value") and not mentions(content)
    return not isinstance(content, date)
