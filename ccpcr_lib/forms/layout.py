"""A table's declaration and a quarter's counts → an `EntrySheet`: what stands where on the sheet to type it into.

The sheet is laid out from `slots`, as the reader's tables are found by them: nothing here knows a table.
Rows and columns are counted from 0.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import pandas as pd

from ..excel.file.address import column_letters
from ..model import period as calendar
from ..model.column import row_dimension
from ..model.paper import PAPER, paper_slots
from ..model.records import StandsFor
from ..model.table import KEY_COLUMNS, Column, Key, Slot, TableSpec, slots
from ..quality.keys import covers

TITLE_LINES = 4
"""Rows above a table: what is shown on every sheet, its title, its quarter, and what is counted."""

SPARE_ROWS = 4
"""Rows that an open list keeps free for names it does not know yet."""

MAX_SHEET_NAME = 31
NOTED = frozenset({"case_type", "sex"})
"""What a note divides its figure by."""


@dataclass(frozen=True)
class Field:
    """One slot of a declaration at its place on the sheet. A count or a plan figure has a `value`, None if blank.

    A total on paper is blank in every new workbook.
    """

    slot: Slot
    row: int
    column: int
    is_entry: bool = False
    value: int | None = None

    @property
    def stands_for(self) -> StandsFor:
        """What it stands for in its table."""
        return self.slot.measure, self.slot.unit, frozenset(self.slot.key.items())

    @property
    def key(self) -> Key:
        """What it stands for, with real periods."""
        return self.slot.key

    @property
    def source(self) -> str:
        """The cell on its own sheet."""
        return f"{column_letters(self.column)}{self.row + 1}"

    @property
    def is_needed(self) -> bool:
        """Whether the table lacks something while nothing is typed there."""
        return self.is_entry and not self.is_free and self.slot.role != PAPER

    @property
    def is_free(self) -> bool:
        """Whether it stands in a row that is free for a new name."""
        return is_spare(self.slot.text.code if self.slot.text else self.slot.key.get("category", "named"))


@dataclass(frozen=True, eq=False)
class Note:
    """A cell for the note of one figure."""

    row: int
    column: int
    figure: Field

    @property
    def field(self) -> Field:
        """The cell itself, as the cells of figures are."""
        return Field(Slot("note", 0, 0), self.row, self.column)


@dataclass(frozen=True)
class NoteHeading:
    """The heading above a column of notes, merged over `rows` rows."""

    row: int
    column: int
    rows: int


@dataclass(frozen=True)
class EntrySheet:
    """One table laid out on its own sheet: the rows of its members, its cells, and its columns of notes."""

    spec: TableSpec
    quarter: str
    members: tuple[str, ...]
    fields: tuple[Field, ...] = field(repr=False)
    notes: tuple[Note, ...] = field(default=(), repr=False)
    note_headings: tuple[NoteHeading, ...] = ()

    @property
    def table(self) -> str:
        """The name of its table."""
        return self.spec.name

    @property
    def name(self) -> str:
        """The name of the sheet."""
        return sheet_name(self.table)

    @cached_property
    def counts(self) -> tuple[Field, ...]:
        """The cells of base counts."""
        return tuple(cell for cell in self.fields if cell.slot.role == "count")

    @property
    def bottom(self) -> int:
        """The table's last row."""
        return max(cell.row + cell.slot.rows - 1 for cell in self.fields)

    @property
    def right(self) -> int:
        """The table's last column."""
        noted = (heading.column for heading in self.note_headings)
        return max(*(cell.column + cell.slot.columns - 1 for cell in self.fields), *noted)

    def covered(self, claim: Slot) -> list[Field]:
        """List the entry cells that a total, a share or a plan figure is about; months lie in their quarter."""
        about = ("plan" if claim.role == "plan" else "count", claim.measure, claim.unit)
        asked = (*about, frozenset(claim.key.items()))
        if asked not in self._covered:
            entries = self._entries.get(about, ())
            self._covered[asked] = [cell for cell in entries if covers(claim.key, cell.key)]
        return self._covered[asked]

    @cached_property
    def _covered(self) -> dict[tuple[object, ...], list[Field]]:
        """What was asked of the entry cells before: a check asks the same several times."""
        return {}

    @cached_property
    def _entries(self) -> dict[tuple[str, str, str], list[Field]]:
        """The entry cells by role, measure and unit: they are looked through often."""
        entries = defaultdict(list)
        for cell in self.fields:
            if cell.is_entry:
                entries[cell.slot.role, cell.slot.measure, cell.slot.unit].append(cell)
        return entries


def lay_out(spec: TableSpec, quarter: str, values: Mapping[StandsFor, int | None]) -> EntrySheet:
    """Lay a table out on its own sheet, with `values` in its entry cells; names an open list lacks get a row."""
    members = spec.members + (_new_names(spec, values) + _spare_names() if spec.is_open else ())
    last = spec.depth + len(members)
    noted = noted_columns(spec)
    laid = (_make_room(slot, noted) for slot in slots(spec, quarter, members))
    fields = tuple(_field(slot, values, is_body=slot.row < last) for slot in laid)
    on_paper = tuple(_paper_field(_make_room(slot, noted)) for slot in paper_slots(spec, quarter, members))
    columns = [_moved(place, noted) + 1 for place in noted]
    notes = tuple(note for column in columns for note in _notes(fields, column))
    headings = tuple(_note_heading(fields, column, spec.depth) for column in columns)
    return EntrySheet(spec, quarter, members, fields + on_paper, notes, headings)


def _field(slot: Slot, values: Mapping[StandsFor, int | None], *, is_body: bool) -> Field:
    placed = Field(slot, slot.row + TITLE_LINES, slot.column, is_body and slot.role in ("count", "plan"))
    return Field(slot, placed.row, placed.column, True, values.get(placed.stands_for)) if placed.is_entry else placed


def _paper_field(slot: Slot) -> Field:
    return Field(slot, slot.row + TITLE_LINES, slot.column, slot.role == PAPER)


# --- columns of notes -----------------------------------------------------------------------------------------


def noted_columns(spec: TableSpec) -> list[int]:
    """List the columns, counted from 1, that have a column of notes on their right.

    A note divides clients by case type or sex. So it stands beside what the table does not divide by both: beside the
    row's total with its percent, or beside each count that no total adds up. A stock and the quarter before have none.
    """
    places = []
    for measure in dict.fromkeys(column.measure for column in spec.counts):
        counts = [place for place, column in enumerate(spec.columns, 1) if _takes_notes(column, measure)]
        divided = {name for place in counts for name in spec.columns[place - 1].key} | {row_dimension(spec.rows)}
        if not divided >= NOTED:
            totals = [place for place, column in enumerate(spec.columns, 1) if _is_total_of(column, measure)]
            places += [_after_shares(spec, place) for place in totals or counts]
    return sorted(places)


def _takes_notes(column: Column, measure: str) -> bool:
    is_of_quarter = column.key.get("period") is not calendar.Relative.PREVIOUS
    return column.role == "count" and column.measure == measure and is_of_quarter and not _is_undivided(column)


def _is_undivided(column: Column) -> bool:
    """Return whether a column counts what nobody divides: how many are there at all, or how many times."""
    return column.is_stock or column.unit != "clients"


def _is_total_of(column: Column, measure: str) -> bool:
    return column.role == "total" and column.measure == measure and not column.joined


def _after_shares(spec: TableSpec, place: int) -> int:
    """Step over the percents on the right of a total."""
    while place < len(spec.columns) and spec.columns[place].role == "share":
        place += 1
    return place


def _moved(column: int, noted: Sequence[int]) -> int:
    """Give the place of a column of the declaration once the columns of notes before it have their room."""
    return column + sum(place < column for place in noted)


def _make_room(slot: Slot, noted: Sequence[int]) -> Slot:
    first, last = _moved(slot.column, noted), _moved(slot.column + slot.columns - 1, noted)
    return replace(slot, column=first, columns=last - first + 1)


def _note_heading(fields: Sequence[Field], column: int, depth: int) -> NoteHeading:
    """Lay out the heading of one column of notes: below what spans it."""
    heads = (cell for cell in _spanning(fields, column) if cell.slot.role == "head")
    top = max((cell.row + cell.slot.rows for cell in heads), default=TITLE_LINES)
    return NoteHeading(top, column, TITLE_LINES + depth - top)


def _notes(fields: Sequence[Field], column: int) -> Iterator[Note]:
    """Lay out the cells of one column of notes: one beside the nearest figure on the left, in each row that has one."""
    taken = {cell.row for cell in _spanning(fields, column)}
    nearest: dict[int, Field] = {}
    for cell in fields:
        if cell.slot.role in ("count", "total") and cell.column < column and cell.row not in taken:
            nearest[cell.row] = max(nearest.get(cell.row, cell), cell, key=lambda figure: figure.column)
    yield from (Note(row, column, figure) for row, figure in sorted(nearest.items()))


def _spanning(fields: Sequence[Field], column: int) -> list[Field]:
    """List the cells that reach over a column of notes."""
    return [cell for cell in fields if cell.column < column < cell.column + cell.slot.columns]


# --- open lists, names, values --------------------------------------------------------------------------------


def _new_names(spec: TableSpec, values: Iterable[StandsFor]) -> tuple[str, ...]:
    """List the names among the values that the declaration does not have."""
    names = (dict(key).get("category") for _, _, key in values)
    return tuple(dict.fromkeys(name for name in names if name is not None and name not in spec.members))


def _spare_names() -> tuple[str, ...]:
    """Name the free rows by blanks of different length: a row's key must be its own."""
    return tuple(" " * number for number in range(1, SPARE_ROWS + 1))


def is_spare(member: str) -> bool:
    """Return whether a row is free for a new name."""
    return not member.strip()


def sheet_name(table: str) -> str:
    """Name a table's sheet: the same in every language, so that a cell has one name.

    >>> sheet_name("referrals_by_type")
    'Referrals by type'
    """
    return table.replace("_", " ").capitalize()[:MAX_SHEET_NAME].rstrip()


def values_of(counts: pd.DataFrame, table: str) -> dict[StandsFor, int | None]:
    """Take one table's values out of a frame of counts, by what they are about."""
    rows = counts[counts["table"] == table]
    columns = [rows[name].astype(object).where(rows[name].notna(), None) for name in KEY_COLUMNS]
    values = rows["value"].astype(object).where(rows["value"].notna(), None)
    return {
        (measure, unit, frozenset((name, code) for name, code in zip(KEY_COLUMNS, codes, strict=True) if code)): value
        for measure, unit, value, *codes in zip(rows["measure"], rows["unit"], values, *columns, strict=True)
    }
