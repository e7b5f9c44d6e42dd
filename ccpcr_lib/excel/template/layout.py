"""A table's declaration and a quarter's counts → a `Page`: what stands where on the sheet of a new workbook.

The page is laid out from `slots`, as the reader's tables are found by them: nothing here knows a table.
Rows and columns are counted from 0.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from ...model import period as calendar
from ...model.table import KEY_COLUMNS, Key, Slot, TableSpec, slots

TITLE_LINES = 4
"""Rows above a table: what is shown on every sheet, its title, its quarter, and a blank one."""

SPARE_ROWS = 4
"""Rows that an open list keeps free for names it does not know yet."""

MAX_SHEET_NAME = 31

Identity = tuple[str, str, frozenset]
"""What a figure of a table is about: its measure, its unit, its key."""


@dataclass(frozen=True)
class Field:
    """One slot of a declaration at its place on the sheet. A count or a plan figure has a `value`, None if blank."""

    slot: Slot
    row: int
    column: int
    is_entry: bool = False
    value: int | None = None

    @property
    def identity(self) -> Identity:
        """What it is about."""
        return self.slot.measure, self.slot.unit, frozenset(self.slot.key.items())


@dataclass(frozen=True)
class Page:
    """One table on its own sheet."""

    spec: TableSpec
    quarter: str
    sheet: str
    members: tuple[str, ...]
    fields: tuple[Field, ...] = field(repr=False)

    @cached_property
    def counts(self) -> tuple[Field, ...]:
        """The cells of base counts."""
        return tuple(item for item in self.fields if item.slot.role == "count")

    @property
    def bottom(self) -> int:
        """The table's last row."""
        return max(item.row + item.slot.rows - 1 for item in self.fields)

    @property
    def right(self) -> int:
        """The table's last column."""
        return max(item.column + item.slot.columns - 1 for item in self.fields)

    def covered(self, claim: Slot) -> list[Field]:
        """List the entry cells that a total, a share or a plan figure is about; months lie in their quarter."""
        role, wanted = ("plan" if claim.role == "plan" else "count"), _codes(claim.key)
        return [
            item
            for item in self.fields
            if item.slot.role == role
            and item.is_entry
            and (item.slot.measure, item.slot.unit) == (claim.measure, claim.unit)
            and wanted <= _codes(item.slot.key)
            and calendar.contains(claim.key["period"], item.slot.key["period"])
        ]


def _codes(key: Key) -> frozenset:
    return frozenset(pair for pair in key.items() if pair[0] != "period")


def lay_out(spec: TableSpec, quarter: str, values: Mapping[Identity, int | None]) -> Page:
    """Lay a table out on its own sheet, with `values` in its entry cells; names an open list lacks get a row."""
    members = spec.members + (_new_names(spec, values) + _spare_names() if spec.is_open else ())
    last = spec.depth + len(members)
    fields = tuple(_field(slot, values, is_body=slot.row < last) for slot in slots(spec, quarter, members))
    return Page(spec, quarter, sheet_name(spec.name), members, fields)


def _field(slot: Slot, values: Mapping[Identity, int | None], *, is_body: bool) -> Field:
    placed = Field(slot, slot.row + TITLE_LINES, slot.column, is_body and slot.role in ("count", "plan"))
    return Field(slot, placed.row, placed.column, True, values.get(placed.identity)) if placed.is_entry else placed


def _new_names(spec: TableSpec, values: Iterable[Identity]) -> tuple[str, ...]:
    """List the names among the values that the declaration does not have."""
    names = (dict(key).get("category") for _, _, key in values)
    return tuple(dict.fromkeys(name for name in names if name is not None and name not in spec.members))


def _spare_names() -> tuple[str, ...]:
    """Name the free rows by blanks of different length: a row's key must be its own."""
    return tuple(" " * number for number in range(1, SPARE_ROWS + 1))


def is_spare(member: str) -> bool:
    """Tell whether a row is free for a new name."""
    return not member.strip()


def sheet_name(table: str) -> str:
    """Name a table's sheet: the same in every language, so that a cell has one name.

    >>> sheet_name("referrals_by_type")
    'Referrals by type'
    """
    return table.replace("_", " ").capitalize()[:MAX_SHEET_NAME].rstrip()


def values_of(counts: pd.DataFrame, table: str) -> dict[Identity, int | None]:
    """Take one table's values out of a frame of counts, by what they are about."""
    rows = counts[counts["table"] == table]
    columns = [rows[name].astype(object).where(rows[name].notna(), None) for name in KEY_COLUMNS]
    values = rows["value"].astype(object).where(rows["value"].notna(), None)
    return {
        (measure, unit, frozenset((name, code) for name, code in zip(KEY_COLUMNS, codes, strict=True) if code)): value
        for measure, unit, value, *codes in zip(rows["measure"], rows["unit"], values, *columns, strict=True)
    }
