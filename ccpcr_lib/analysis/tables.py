"""A table for reading, filled in: the printer's parts (heads, stubs, cells, footnotes) as records.

The plain frame, the HTML page, the charts and the deck all take their figures from it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ..excel.file.address import Place
from ..excel.values import NotePart
from ..model import period as calendar
from ..model.finding import Finding
from ..model.records import Count, identify
from ..model.table import Column, Key, Slot, TableSpec, real_key
from ..quality.cube import Cube, NoAnswerError
from ..quality.facts import Counted
from ..quality.sums import Sum
from .disputes import Disputes

NO_DISPUTES = Disputes()


MARKS = "abcdefghijklmnopqrstuvwxyz"
"""What footnotes are called, in their order."""


@dataclass(frozen=True)
class Footnote:
    """A note that stands in the cell `source`: its mark, its text as typed, and its parts."""

    mark: str
    text: str
    parts: tuple[NotePart, ...]
    source: str


@dataclass(frozen=True)
class Cell:
    """One filled cell. `total` is what its counts add up to; `percent` is whole, rounded by itself.

    `is_headed`: it stands in a row that is called "at least". `disputes` are the findings that dispute its count,
    `percent_disputes` those that dispute its percent.
    """

    slot: Slot
    total: Sum | None = None
    percent: int | None = None
    mark: str = ""
    is_headed: bool = False
    disputes: tuple[Finding, ...] = ()
    percent_disputes: tuple[Finding, ...] = ()

    @property
    def value(self) -> int | None:
        """The count, where it is known exactly, or as far as it is known in a row that says so; else None."""
        if self.total is None:
            return None
        return self.total.at_least if self.is_headed else self.total.exact

    @property
    def at_least(self) -> int | None:
        """How many there are at least, where that is all that is known; else None."""
        return self.total.at_least if self.total and self.value is None else None


@dataclass(frozen=True)
class Table:
    """A table for reading, in the slide's layout with its months' totals apart; `disputes` are those of its quarter."""

    spec: TableSpec
    quarter: str
    members: tuple[str, ...]
    cells: tuple[Cell, ...]
    footnotes: tuple[Footnote, ...]
    base: tuple[Count, ...]
    cubes: Mapping[Counted, Cube]
    disputes: Disputes = NO_DISPUTES

    @cached_property
    def at(self) -> dict[Place, Cell]:
        """The cells by their row and column in the table."""
        return {(cell.slot.row, cell.slot.column): cell for cell in self.cells}

    @property
    def body(self) -> range:
        """The rows below the heading."""
        return range(self.spec.depth, max(cell.slot.row for cell in self.cells) + 1)

    @property
    def blanks(self) -> int:
        """How many base counts were not reported."""
        return sum(count.value is None for count in self.base)

    @property
    def uneven_percents(self) -> tuple[tuple[str, int], ...]:
        """What percents add to where that is not 100, each sum once: those down a ``column``, and along the ``row``.

        The row is that of totals. A total's own percent is not among its parts.
        """
        bottom, sums = self.spec.depth + len(self.members), dict[int | None, int]()
        for cell in self.cells:
            is_share = cell.slot.role == "share"
            if cell.percent is not None and not (is_share and cell.slot.row >= bottom):
                place = cell.slot.column if is_share else None
                sums[place] = sums.get(place, 0) + cell.percent
        missed = (("row" if place is None else "column", added) for place, added in sums.items() if added != 100)
        return tuple(dict.fromkeys(missed))

    @property
    def left_blank(self) -> tuple[Count, ...]:
        """The base counts that were not reported in the quarters of which there is a workbook."""
        known = {calendar.quarter_of(count.key["period"]) for count in self.base if count.source}
        blank = (count for count in self.base if count.value is None)
        return tuple(count for count in blank if not known or calendar.quarter_of(count.key["period"]) in known)

    @property
    def planned(self) -> int | None:
        """The year's plan as the sheet prints it."""
        return next((cell.value for cell in self.cells if cell.slot.role == "plan" and cell.value), None)

    def row_key(self, member: str) -> dict[str, str]:
        """Give what a row stands for, a month by its real period."""
        key = self.spec.row_key(member)
        real = real_key(key, self.quarter)
        return {name: real[name] for name in key}

    def total(self, **key: str) -> Sum:
        """Add up the base counts of the first measure over whatever `key` leaves open.

        `key` takes real periods; without a period it is the quarter. Raise NoAnswerError for what no count can answer.
        """
        return self.total_of(self.spec.measure, self.spec.unit, key)

    def total_of(self, measure: str, unit: str, key: Key) -> Sum:
        """Add up the base counts of any measure and unit; of a stock, the last month's."""
        return self.cubes[measure, unit].total(key, table=self.spec.name)

    def disputed(self, **key: str) -> tuple[Finding, ...]:
        """List the findings that dispute the total of `key`, as `total` takes it; none where there is no such total."""
        return self.disputed_of(self.spec.measure, self.spec.unit, key)

    def disputed_of(self, measure: str, unit: str, key: Key) -> tuple[Finding, ...]:
        """List the findings that dispute the total of any measure and unit."""
        try:
            cells = self.total_of(measure, unit, key).cells
        except NoAnswerError:
            cells = ()
        return self.disputes.of(identify(self.spec.name, measure, unit, {"period": self.quarter, **key}), cells)

    def disputed_share(self, measure: str, unit: str, key: Key) -> tuple[Finding, ...]:
        """List the findings that dispute a percent of the quarter's whole: as it is printed, its part or its whole."""
        printed = self.disputes.of_share(identify(self.spec.name, measure, unit, {"period": self.quarter, **key}))
        divided = (self.disputed_of(measure, unit, asked) for asked in (key, {}))
        return self.disputes.joined(printed, *divided)

    @cached_property
    def disputes_shown(self) -> tuple[Finding, ...]:
        """List the findings that dispute a figure of its cells."""
        shown = (group for cell in self.cells for group in (cell.disputes, cell.percent_disputes))
        return self.disputes.joined(*shown)

    @property
    def plan_disputes(self) -> tuple[Finding, ...]:
        """List the findings that dispute the year's plan as the sheet prints it."""
        return self.disputes.joined(*(cell.disputes for cell in self.cells if cell.slot.role == "plan"))

    def overlap_in(self, column: Column, key: Key) -> bool:
        """Check whether clients may stand in several of the counts of a column that `key` adds up."""
        return self.spec.overlap_in(column.measure, column.unit, {"period": self.quarter, **key}, self.quarter)
