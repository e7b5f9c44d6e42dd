"""A declared table and a quarter's counts → the table filled in: every total and share recomputed, none copied.

A `Table` keeps the printer's parts (heads, stubs, cells, footnotes) as records. The plain frame, the HTML page,
the charts and the deck all take their figures from it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

import pandas as pd

from ..excel.file.address import Place
from ..excel.values import NotePart
from ..model.finding import Finding
from ..model.table import Column, Key, Slot, TableSpec, Text, TotalRow, real_key, slots
from ..model.wording import text_label
from ..quality.cube import Cube, NoAnswerError
from ..quality.facts import Facts, left_out
from ..quality.records import Claim, Count, Identity, all_known, identify, identity
from ..quality.sums import Sum, reported
from ..words import in_language
from .disputes import Disputes

NO_DISPUTES = Disputes()

AT_LEAST, TOTAL = Text("headings", "at_least"), Text("headings", "total")
"""What a total row is called."""

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
    """One filled cell. `total` is what its counts add up to; `percent` is whole, and adds to 100 with its neighbours.

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


class Adds(Protocol):
    """What answers for a table's figures: a cube, or what says which of its answers are in dispute."""

    def total(self, key: Key, *, table: str = "", by_client: bool = False) -> Sum:
        """Add up what `key` stands for."""

    def recorded(self, key: Key, *, table: str) -> Sum:
        """Add up the counts that are recorded just so."""


@dataclass(frozen=True)
class Table:
    """A table for reading, in the slide's layout with its months' totals apart; `disputes` are those of its quarter."""

    spec: TableSpec
    quarter: str
    members: tuple[str, ...]
    cells: tuple[Cell, ...]
    footnotes: tuple[Footnote, ...]
    base: tuple[Count, ...]
    cubes: Mapping[tuple[str, str], Adds]
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

    def recorded(self, **key: str) -> Sum:
        """Add up the base counts of the first measure that are recorded just so, as `Cube.recorded` does."""
        return self.cubes[self.spec.measure, self.spec.unit].recorded(key, table=self.spec.name)

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


def build_table(spec: TableSpec, facts: Facts, members: Sequence[str], *, disputes: Disputes = NO_DISPUTES) -> Table:
    """Fill a declared table from a quarter's facts; plan figures and notes come from what the sheet prints.

    `members` are the rows in the order of the sheet, none where the table is not there.
    """
    rows = spec.rows_of(members)
    absent = facts.absent_by_table.get(spec.name, ()) if members else left_out(spec, facts.period, (), ())
    base = (*facts.by_table.get(spec.name, ()), *absent)
    claims = facts.claims_by_table.get(spec.name, ())
    cubes = {
        counted: Cube(*counted, facts.period, {spec.name: counts}) for counted, counts in _by_counted(base).items()
    }
    table = Table(spec, facts.period, rows, (), _footnotes(claims, base), base, cubes, disputes)
    laid = slots(replace(spec, totals=_reading_totals(spec)), facts.period, rows)
    marks = _marks(table, claims)
    filled = _headed([_fill(table, claims, slot) for slot in laid])
    marked = [
        replace(cell, mark=marks.get(_about(spec, cell.slot), "")) if cell.slot.role in ("count", "total") else cell
        for cell in filled
    ]
    return replace(table, cells=tuple(_with_disputes(table, cell) for cell in _with_percents(table, marked)))


def _with_disputes(table: Table, cell: Cell) -> Cell:
    """Add what disputes a cell's count, and its percent if it has one."""
    slot, about = cell.slot, (cell.slot.measure, cell.slot.unit, cell.slot.key)
    disputes = table.disputes.of(_about(table.spec, slot), cell.total.cells) if cell.total else ()
    percents = table.disputed_share(*about) if cell.percent is not None else ()
    return replace(cell, disputes=disputes, percent_disputes=percents)


def _headed(cells: Sequence[Cell]) -> list[Cell]:
    """Mark the totals in rows that are called "at least"; a row whose totals are known exactly is called a total."""
    bound = {cell.slot.row for cell in cells if cell.slot.role == "total" and cell.value is None}
    called = {cell.slot.row for cell in cells if cell.slot.text == AT_LEAST}
    return [_in_row(cell, is_bound=cell.slot.row in bound) if cell.slot.row in called else cell for cell in cells]


def _in_row(cell: Cell, *, is_bound: bool) -> Cell:
    """Fit a cell into a row that is declared to be called "at least"."""
    if is_bound or cell.slot.text != AT_LEAST:
        return replace(cell, is_headed=is_bound)
    return replace(cell, slot=replace(cell.slot, text=TOTAL))


def _by_counted(base: Sequence[Count]) -> dict[tuple[str, str], tuple[Count, ...]]:
    """Sort counts by what they count: measure and unit."""
    things = dict.fromkeys((count.measure, count.unit) for count in base)
    return {thing: tuple(count for count in base if (count.measure, count.unit) == thing) for thing in things}


def _marks(table: Table, claims: Sequence[Claim]) -> dict[Identity, str]:
    """Give the marks of footnotes by what their cells are about."""
    marks = {note.source: note.mark for note in table.footnotes}
    sources = {identity(count): count.source for count in table.base}
    sources |= {identity(claim): claim.source for claim in claims if claim.kind == "total"}
    return {about: marks[source] for about, source in sources.items() if source in marks}


def _reading_totals(spec: TableSpec) -> tuple[TotalRow, ...]:
    """Give each month its own total; a second total row is needed only where no column holds the quarter's total."""
    first, *others = spec.totals
    has_total_column = any(column.role == "total" for column in spec.columns)
    alone = replace(first, joins="sex" if first.joins == "sex" else None)
    return tuple(dict.fromkeys((alone, *(() if has_total_column else others))))


def _about(spec: TableSpec, slot: Slot) -> Identity:
    return identify(spec.name, slot.measure, slot.unit, slot.key)


def _footnotes(claims: Sequence[Claim], base: Sequence[Count]) -> tuple[Footnote, ...]:
    """Collect the notes in cells. A part divides its cell by the dimension that the cell's own key leaves open."""
    own = {claim.source: claim.key for claim in claims if claim.kind == "total"}
    own |= {count.source: count.key for count in base}
    notes: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.kind == "note":
            notes.setdefault(claim.source, []).append(claim)
    footnotes = []
    for place, (source, parts) in enumerate(notes.items()):
        mark = MARKS[place % 26] * (place // 26 + 1)
        divided = tuple(_note_part(part, own[source]) for part in parts)
        footnotes.append(Footnote(mark, parts[0].text, divided, source))
    return tuple(footnotes)


def _note_part(part: Claim, cell: Key) -> NotePart:
    dimension = next((name for name in part.key if name not in cell), "sex")
    return dimension, part.key.get(dimension, ""), int(part.value)


def _fill(table: Table, claims: Sequence[Claim], slot: Slot) -> Cell:
    if slot.role == "count":
        own = (slot.measure, slot.unit, slot.key)
        counts = (count for count in table.base if (count.measure, count.unit, count.key) == own)
        count = next(counts, None)
        return Cell(slot, reported(count.value, count.source) if count else reported(None))
    if slot.role == "total":
        return Cell(slot, table.total_of(slot.measure, slot.unit, slot.key))
    if slot.role == "plan":
        return Cell(slot, reported(next((int(claim.value) for claim in claims if claim.kind == "plan"), None)))
    return Cell(slot)


def _with_percents(table: Table, cells: list[Cell]) -> list[Cell]:
    """Add the percents: down a share column, and along a total row that prints them."""
    percents: dict[Place, int | None] = {}
    bottom = table.spec.depth + len(table.members)
    shares = [cell.slot for cell in cells if cell.slot.role == "share"]
    for column in {slot.column for slot in shares}:
        rows = [slot for slot in shares if slot.column == column]
        parts = _percents(table, [slot for slot in rows if slot.row < bottom])
        whole = None if None in parts.values() else 100
        percents |= {(slot.row, slot.column): whole for slot in rows} | parts
    if table.spec.totals[0].shares:
        totals = [cell.slot for cell in cells if cell.slot.role == "total" and cell.slot.measure == table.spec.measure]
        along = [slot for slot in totals if slot.row == bottom and slot.key != {"period": table.quarter}]
        percents |= _percents(table, along)
    return [replace(cell, percent=percents.get((cell.slot.row, cell.slot.column))) for cell in cells]


def _percents(table: Table, group: list[Slot]) -> dict[Place, int | None]:
    """Work out percents of the quarter's whole; none where that is only at least so many, or not known."""
    values = [table.total_of(slot.measure, slot.unit, slot.key).exact for slot in group]
    is_whole = all(table.total_of(slot.measure, slot.unit, {}).exact is not None for slot in group)
    percents = whole_percents(values if is_whole else [None] * len(values))
    return {(slot.row, slot.column): percent for slot, percent in zip(group, percents, strict=True)}


def whole_percents(values: Sequence[int | None]) -> list[int | None]:
    """Turn counts into whole percents that add to 100, by largest remainder; None where nothing can be said.

    Plain rounding of 1, 1, 2, 3, 10, 1 of 18 adds to 101. The largest remainder method (Hamilton) rounds all down
    and gives the missing points to the largest fractions, of equal ones to the largest count, then the first.

    >>> whole_percents([1, 1, 2, 3, 0, 10, 1])
    [6, 5, 11, 17, 0, 56, 5]
    >>> whole_percents([0, 0]), whole_percents([1, None])
    ([None, None], [None, None])
    """
    known = all_known(values)
    whole = sum(known or ())
    if known is None or not whole:
        return [None] * len(values)
    percents = [100 * value // whole for value in known]
    order = sorted(range(len(known)), key=lambda place: (-(100 * known[place] % whole), -known[place], place))
    for place in order[: 100 - sum(percents)]:
        percents[place] += 1
    return [*percents]


def to_frame(table: Table, language: str = "en") -> pd.DataFrame:
    """Lay a table out as a plain frame: stubs as index, headings as columns (spanners in a MultiIndex).

    Counts are whole numbers (Int64, NA where not reported), percents are text such as ``56 %``.
    """

    width = len(table.spec.columns)
    heads = [tuple(_heads(table, column, language)) for column in range(1, width + 1)]
    index = [_label(table, table.at[row, 0].slot.text, language) for row in table.body]
    columns = {place: [_plain(table.at.get((row, place))) for row in table.body] for place in range(1, width + 1)}
    frame = pd.DataFrame({place: _series(values) for place, values in columns.items()})
    frame.index = pd.Index(index, name=_label(table, table.at[0, 0].slot.text, language, is_head=True))
    frame.columns = pd.MultiIndex.from_tuples(heads) if table.spec.depth > 1 else pd.Index([head[0] for head in heads])
    return frame


def _label(table: Table, text: Text | None, language: str, *, is_head: bool = False) -> str:
    """Write a head or a stub; nothing where it has no text."""
    if text is None:
        return ""
    return in_language(language, lambda language: text_label(text, table.quarter, language, is_head=is_head))


def _heads(table: Table, column: int, language: str) -> list[str]:
    """Name a column from top to bottom, nothing below a short heading."""
    heads = [_label(table, text, language, is_head=True) for text in table.spec.columns[column - 1].heads]
    return heads + [""] * (table.spec.depth - len(heads))


def _plain(cell: Cell | None) -> int | str | None:
    if cell is None:
        return None
    if cell.slot.role == "share":
        return "" if cell.percent is None else f"{cell.percent} %"
    return cell.value


def _series(values: Sequence[int | str | None]) -> pd.Series:
    """Make a column of text where one value is text, else of whole numbers."""
    if any(isinstance(value, str) for value in values):
        return pd.Series(["" if value is None else value for value in values], dtype="str")
    return pd.Series(values, dtype="Int64")
