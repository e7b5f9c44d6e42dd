"""A declared table and a quarter's counts → the table filled in: every total and share recomputed, none copied.

A `Table` keeps the printer's parts (heads, stubs, cells, footnotes) as records. The plain frame, the HTML page,
the charts and the deck all take their figures from it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from ..model import period as calendar
from ..model.catalogue import is_stock
from ..model.table import Key, Slot, TableSpec, Text, TotalRow, slots
from ..model.wording import text_label
from ..quality.cube import Claim, Count, claims_of, counts_of, identity
from ..words import in_language

MARKS = "abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Footnote:
    """A note that stands in a cell: its text as typed, and its parts as (dimension, code, number)."""

    mark: str
    text: str
    parts: tuple[tuple[str, str, int], ...]
    source: str


@dataclass(frozen=True)
class Cell:
    """One filled cell. `value` is a count; `percent` is whole, and adds to 100 with its neighbours."""

    slot: Slot
    value: int | None = None
    percent: int | None = None
    mark: str = ""


@dataclass(frozen=True)
class Table:
    """A table for reading, in the slide's layout with its months' totals apart."""

    spec: TableSpec
    quarter: str
    members: tuple[str, ...]
    cells: tuple[Cell, ...]
    footnotes: tuple[Footnote, ...]
    base: tuple[Count, ...]

    @cached_property
    def at(self) -> dict[tuple[int, int], Cell]:
        """The cells by row and column."""
        return {(cell.slot.row, cell.slot.column): cell for cell in self.cells}

    @property
    def body(self) -> range:
        """The rows below the heading."""
        return range(self.spec.depth, max(cell.slot.row for cell in self.cells) + 1)

    @property
    def has_blanks(self) -> int:
        """How many base counts were not reported."""
        return sum(item.value is None for item in self.base)

    @property
    def planned(self) -> int | None:
        """The year's plan as the sheet prints it."""
        return next((cell.value for cell in self.cells if cell.slot.role == "plan" and cell.value), None)

    def total(self, **key: str) -> int | None:
        """Add up the base counts of the first measure over whatever `key` leaves open; None if one is missing.

        `key` takes real periods; without a period it is the quarter. Of a table whose rows overlap, the largest.
        """
        return self.total_of(self.spec.measure, "clients", {"period": self.quarter, **key})

    def total_of(self, measure: str, unit: str, key: Key) -> int | None:
        """Add up the base counts of any measure and unit; raise ValueError for a stock over more than a month."""
        if is_stock(measure) and not calendar.MONTH.fullmatch(key["period"]):
            raise ValueError(f"{measure} is a stock: how many there are at a time. It is never summed over months.")
        return _total(self, measure, unit, key)


def build_table(
    spec: TableSpec, quarter: str, members: Sequence[str], counts: pd.DataFrame, printed: pd.DataFrame
) -> Table:
    """Fill a declared table from a quarter's counts; plan figures and notes come from `printed`.

    `counts` and `printed` are frames of the contract; `members` the rows in the order found, or the declared ones.
    """
    found, members = members, _order(spec, members)
    reported = tuple(counts_of(counts[counts["table"] == spec.name]))
    base = (*reported, *_left_out(spec, slots(spec, quarter, members), found, reported))
    claims = tuple(claims_of(printed[printed["table"] == spec.name]))
    table = Table(spec, quarter, members, (), _footnotes(claims, base), base)
    marks = {note.source: note.mark for note in table.footnotes}
    totals = (claim for claim in claims if claim.kind == "total")
    sources = {identity(fact): fact.source for fact in (*base, *totals)}
    laid = slots(replace(spec, totals=_reading_totals(spec)), quarter, members)
    filled = [_fill(table, claims, slot) for slot in laid]
    marked = [replace(cell, mark=marks.get(sources.get(_slot_identity(spec, cell.slot)), "")) for cell in filled]
    return replace(table, cells=tuple(_with_percents(table, marked)))


def _order(spec: TableSpec, members: Sequence[str]) -> tuple[str, ...]:
    """Keep the declared rows in their order, found or not; new members of an open list follow."""
    return (*spec.members, *(member for member in members if member not in spec.members))


def _reading_totals(spec: TableSpec) -> tuple[TotalRow, ...]:
    """Give each month its own total; a second total row is needed only where no column holds the quarter's total."""
    first, *others = spec.totals
    has_total_column = any(column.role == "total" for column in spec.columns)
    return (replace(first, joins="sex" if first.joins == "sex" else None), *(() if has_total_column else others))


def _left_out(
    spec: TableSpec, laid: Iterable[Slot], found: Sequence[str], reported: Sequence[Count]
) -> Iterable[Count]:
    """Give the counts the sheet has no cell for, so that no total passes over them: they are not known.

    Only a member that an open list does not name had no cases.
    """
    known = {identity(count) for count in reported}
    for slot in laid:
        if slot.role == "count" and _slot_identity(spec, slot) not in known:
            is_unnamed = spec.is_open and found and slot.key["category"] not in found
            yield Count(spec.name, slot.measure, slot.unit, slot.key, 0 if is_unnamed else None, "")


def _slot_identity(spec: TableSpec, slot: Slot) -> tuple:
    """Say what a slot is about, as `identity` says it of counts and claims."""
    return (spec.name, slot.measure, slot.unit, frozenset(slot.key.items())) if slot.role in ("count", "total") else ()


def _footnotes(claims: Sequence[Claim], base: Sequence[Count]) -> tuple[Footnote, ...]:
    """Collect the notes in cells. A part divides its cell by the dimension that the cell's own key leaves open."""
    own = {claim.source: claim.key for claim in claims if claim.kind == "total"}
    own |= {count.source: count.key for count in base}
    notes: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.kind == "note":
            notes.setdefault(claim.source, []).append(claim)
    found = []
    for place, (source, parts) in enumerate(notes.items()):
        said = tuple(_part(part.key, own[source], int(part.value)) for part in parts)
        found.append(Footnote(MARKS[place % 26] * (place // 26 + 1), parts[0].text, said, source))
    return tuple(found)


def _part(key: Key, cell: Key, number: int) -> tuple[str, str, int]:
    dimension = next((name for name in key if name not in cell), "sex")
    return dimension, key.get(dimension, ""), number


def _total(table: Table, measure: str, unit: str, key: Key) -> int | None:
    """Add up what a key covers. Persons who may stand in several rows are counted by the largest row."""
    parts = [
        item
        for item in table.base
        if (item.measure, item.unit) == (measure, unit)
        and all(item.key.get(name) == code for name, code in key.items() if name != "period")
        and calendar.contains(key["period"], item.key["period"])
    ]
    if any(item.value is None for item in parts):
        return None
    if not (table.spec.totals and table.spec.totals[0].once) or "category" in key:
        return sum(item.value for item in parts)
    rows: dict[str, int] = {}
    for item in parts:
        rows[item.key["category"]] = rows.get(item.key["category"], 0) + item.value
    return max(rows.values(), default=0)


def _fill(table: Table, claims: Sequence[Claim], slot: Slot) -> Cell:
    if slot.role == "count":
        values = [
            item.value
            for item in table.base
            if (item.measure, item.unit, item.key) == (slot.measure, slot.unit, slot.key)
        ]
        return Cell(slot, values[0] if values else None)
    if slot.role == "total":
        return Cell(slot, _total(table, slot.measure, slot.unit, slot.key))
    if slot.role == "plan":
        return Cell(slot, next((int(claim.value) for claim in claims if claim.kind == "plan"), None))
    return Cell(slot)


def _with_percents(table: Table, cells: list[Cell]) -> list[Cell]:
    """Add the percents: down a share column, and along a total row that prints them."""
    percents: dict[tuple[int, int], int | None] = {}
    for column in {cell.slot.column for cell in cells if cell.slot.role == "share"}:
        rows = [cell.slot for cell in cells if cell.slot.role == "share" and cell.slot.column == column]
        parts = _percents(table, [slot for slot in rows if slot.row < table.spec.depth + len(table.members)])
        whole = None if None in parts.values() else 100
        percents |= parts | {(slot.row, slot.column): whole for slot in rows if (slot.row, slot.column) not in parts}
    if table.spec.totals[0].shares:
        parts = [cell.slot for cell in cells if cell.slot.role == "total" and cell.slot.measure == table.spec.measure]
        bottom = [slot for slot in parts if slot.row == table.spec.depth + len(table.members)]
        percents |= _percents(table, [slot for slot in bottom if slot.key != {"period": table.quarter}])
    return [replace(cell, percent=percents.get((cell.slot.row, cell.slot.column))) for cell in cells]


def _percents(table: Table, group: list[Slot]) -> dict[tuple[int, int], int | None]:
    values = [_total(table, slot.measure, slot.unit, slot.key) for slot in group]
    whole = whole_percents(values)
    return {(slot.row, slot.column): percent for slot, percent in zip(group, whole, strict=True)}


def whole_percents(values: Sequence[int | None]) -> list[int | None]:
    """Turn counts into whole percents that add to 100, by largest remainder; None where nothing can be said.

    Plain rounding of 1, 1, 2, 3, 10, 1 of 18 adds to 101. The largest remainder method (Hamilton) rounds all down
    and gives the missing points to the largest fractions, of equal ones to the largest count, then the first.

    >>> whole_percents([1, 1, 2, 3, 0, 10, 1])
    [6, 5, 11, 17, 0, 56, 5]
    >>> whole_percents([0, 0]), whole_percents([1, None])
    ([None, None], [None, None])
    """
    if any(value is None for value in values) or not sum(values):
        return [None] * len(values)
    whole = sum(values)
    floors = [100 * value // whole for value in values]
    order = sorted(range(len(values)), key=lambda place: (-(100 * values[place] % whole), -values[place], place))
    for place in order[: 100 - sum(floors)]:
        floors[place] += 1
    return floors


def to_frame(table: Table, language: str = "en") -> pd.DataFrame:
    """Lay a table out as a plain frame: stubs as index, headings as columns (spanners in a MultiIndex).

    Counts are whole numbers (Int64, NA where not reported), percents are text such as ``56 %``.
    """

    def say(text: Text, *, is_head: bool) -> str:
        return in_language(language, lambda one: text_label(text, table.quarter, one, is_head=is_head))

    width = len(table.spec.columns)
    heads = [tuple(_heads(table, column, say)) for column in range(1, width + 1)]
    index = [say(table.at[row, 0].slot.text, is_head=False) for row in table.body]
    columns = {place: [_plain(table.at.get((row, place))) for row in table.body] for place in range(1, width + 1)}
    frame = pd.DataFrame({place: _series(values) for place, values in columns.items()})
    frame.index = pd.Index(index, name=say(table.at[0, 0].slot.text, is_head=True))
    frame.columns = pd.MultiIndex.from_tuples(heads) if table.spec.depth > 1 else pd.Index([head[0] for head in heads])
    return frame


def _heads(table: Table, column: int, say) -> Iterable[str]:
    """Name a column from top to bottom, its last heading repeated down to the body."""
    heads = [say(text, is_head=True) for text in table.spec.columns[column - 1].heads]
    return heads + [""] * (table.spec.depth - len(heads))


def _plain(cell: Cell | None) -> int | str | None:
    if cell is None:
        return None
    if cell.slot.role == "share":
        return "" if cell.percent is None else f"{cell.percent} %"
    return cell.value


def _series(values: list) -> pd.Series:
    if any(isinstance(value, str) for value in values):
        return pd.Series(["" if value is None else value for value in values], dtype="str")
    return pd.Series(values, dtype="Int64")
