"""A table is declared once: `TableSpec` says what it counts, `slots` lays it out as cells with roles and keys.

The reader, the recomputed tables, the charts and the checks all work from the same declaration.
A key such as ``{"case_type": "DV", "sex": "F", "period": "2010-04"}`` says what a cell stands for;
a dimension missing from the key is summed over.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from . import period as calendar
from .codelist import codelist
from .column import (
    CATEGORIES,
    COLUMN_ROLES,
    DIMENSIONS,
    KEY_COLUMNS,
    MONTH_ROWS,
    PERIOD_ROWS,
    ROW_AXES,
    Column,
    DeclaredKey,
    Key,
    Text,
    TotalRow,
    row_dimension,
)
from .declared import check_declaration
from .measure import DIVIDING, adding

ROLES = ("head", "stub", *COLUMN_ROLES)
"""What a cell of a table can be."""

__all__ = [
    "CATEGORIES",
    "DIMENSIONS",
    "KEY_COLUMNS",
    "ROLES",
    "ROW_AXES",
    "Column",
    "Key",
    "Slot",
    "TableSpec",
    "Text",
    "TotalRow",
    "join_keys",
    "joined_places",
    "real_key",
    "slots",
    "total_cells",
]


@dataclass(frozen=True)
class TableSpec:
    """What one printed table of the report is. Raise DeclarationError for a declaration that makes no sense.

    `is_optional`: a workbook without this table is complete all the same. `of_quarter` is the quarter's own declaration
    where this is one of a longer period.
    """

    name: str
    slide: int
    rows: str
    columns: tuple[Column, ...]
    members: tuple[str, ...] = ()
    totals: tuple[TotalRow, ...] = (TotalRow(),)
    charts: tuple[str, ...] = ("members",)
    is_optional: bool = False
    of_quarter: "TableSpec | None" = None
    is_open: bool = field(init=False)

    def __post_init__(self) -> None:
        """Check what it says, and fill in the members and whether the list is open."""
        check_declaration(self)
        are_periods = self.rows in PERIOD_ROWS
        listed = MONTH_ROWS if are_periods else tuple(codelist(self.codelist).members)
        object.__setattr__(self, "members", self.members or listed)
        object.__setattr__(self, "is_open", not are_periods and codelist(self.codelist).is_open)

    @cached_property
    def codelist(self) -> str:
        """The code list its row labels come from."""
        return {**DIMENSIONS, **CATEGORIES}[self.rows]

    @cached_property
    def measure(self) -> str:
        """What it counts first of all."""
        return next(column.measure for column in self.columns if column.role == "count" and not column.is_stock)

    @cached_property
    def unit(self) -> str:
        """The unit of what it counts first of all."""
        return next(column.unit for column in self.counts if column.measure == self.measure)

    @cached_property
    def counts(self) -> tuple[Column, ...]:
        """Its columns of base counts."""
        return tuple(column for column in self.columns if column.role == "count")

    def overlap_in(self, measure: str, unit: str, key: Key, quarter: str) -> bool:
        """Check whether one client may stand in several of the counts that `key` adds up: its total is only bounded.

        So it is with attendance over all that does not divide people: topics, skills, services, months, quarters.
        """
        if adding(measure, unit) != "attendance":
            return False
        if self.of_quarter:
            asked = key["period"]
            return asked == quarter or self.of_quarter.overlap_in(measure, unit, key, asked)
        columns = [column for column in self.counts if (column.measure, column.unit) == (measure, unit)]
        divides = {name for column in columns for name in column.key} | {row_dimension(self.rows)}
        spans_months = "period" in divides and key["period"] in (quarter, quarter[:4])
        return spans_months or bool(divides - DIVIDING - {"period"} - key.keys())

    @cached_property
    def depth(self) -> int:
        """How many rows its heading takes."""
        return max(len(column.heads) for column in self.columns)

    def universal(self, role: str) -> Column:
        """Give its total, share, note or plan column; one that the declaration lacks but a sheet may still have."""
        declared = next((column for column in self.columns if column.role == role), None)
        return declared or Column(role, self.measure, {}, (Text("headings", role),))

    def rows_of(self, members: Sequence[str]) -> tuple[str, ...]:
        """Order rows: the declared ones first, in the sheet or not; new members of an open list follow."""
        return (*self.members, *(member for member in members if member not in self.members))

    def row_key(self, member: str) -> DeclaredKey:
        """Give what a row stands for: ``{"case_type": "DV"}``, ``{"category": "sewing"}``, a month of the quarter."""
        return {row_dimension(self.rows): calendar.Relative(member) if self.rows in PERIOD_ROWS else member}

    def stub(self, member: str) -> Text:
        """Give what is printed at the left of a row."""
        return Text("period", member) if self.rows in PERIOD_ROWS else Text(self.codelist, member)


@dataclass(frozen=True)
class Slot:
    """One cell of a laid-out table, in rows and columns counted from its upper left corner.

    `key` has real periods. `text` is what a head or a stub says.
    """

    role: str
    row: int
    column: int
    rows: int = 1
    columns: int = 1
    key: Key = field(default_factory=dict)
    measure: str = ""
    unit: str = ""
    text: Text | None = None

    def __post_init__(self) -> None:
        """Refuse a role that no cell can have."""
        if self.role not in ROLES:
            raise ValueError(f"a cell cannot have the role {self.role!r}")


def real_key(key: DeclaredKey, quarter: str) -> dict[str, str]:
    """Replace a relative period in `key` by the real one; a key without period means the whole quarter.

    >>> real_key({"sex": "F", "period": calendar.Relative.M2}, "2010-Q2")
    {'sex': 'F', 'period': '2010-05'}
    """
    relative = key.get("period", calendar.Relative.QUARTER)
    codes = {name: code for name, code in key.items() if isinstance(code, str)}
    return {**codes, "period": calendar.resolve(calendar.Relative(relative), quarter)}


def join_keys(keys: Iterable[DeclaredKey]) -> dict[str, str | calendar.Relative]:
    """Give what a cell merged over several keys stands for: the dimensions they agree on.

    Months, or months and their quarter, join to the quarter.

    >>> join_keys([{"case_type": "NC", "sex": "F"}, {"case_type": "NC", "sex": "M"}])
    {'case_type': 'NC'}
    >>> join_keys([{"period": calendar.Relative.M1}, {"period": calendar.Relative.QUARTER}])
    {'period': 'quarter'}
    """
    first, *others = keys
    shared = {name: code for name, code in first.items() if all(key.get(name) == code for key in others)}
    if "period" in first and "period" not in shared:
        shared["period"] = calendar.Relative.QUARTER
    return shared


def slots(spec: TableSpec, quarter: str, members: tuple[str, ...] = ()) -> list[Slot]:
    """Lay a table out for a quarter, cell by cell: heads, stubs, counts, totals, shares, plan.

    `members` replaces the declared rows, for an open list that has grown. Row 0 is the first heading row,
    column 0 the stub. Cells merged in print are one slot with `rows` or `columns` above one.
    """
    members = members or spec.members
    laid = _head_slots(spec)
    for row, member in enumerate(members, spec.depth):
        laid.append(Slot("stub", row, 0, text=spec.stub(member)))
        for place, column in enumerate(spec.columns, 1):
            if column.joined:
                continue
            key = {**column.key, **spec.row_key(member)}
            laid.append(_cell(spec, column, row, place, key, quarter))
    return laid + _joined_slots(spec, quarter, members) + _total_slots(spec, quarter, spec.depth + len(members))


def _cell(spec: TableSpec, column: Column, row: int, place: int, key: DeclaredKey, quarter: str) -> Slot:
    return Slot(column.role, row, place, key=real_key(key, quarter), measure=column.measure, unit=column.unit)


def _head_slots(spec: TableSpec) -> list[Slot]:
    """Lay out the heading: neighbours under one spanner share it, a short heading reaches down."""
    laid = [Slot("head", 0, 0, rows=spec.depth, text=Text("headings", spec.rows))]
    for level in range(spec.depth):
        places = [place for place, column in enumerate(spec.columns, 1) if level < len(column.heads)]
        for _, neighbours in groupby(places, key=lambda place: spec.columns[place - 1].heads[: level + 1]):
            first, *others = neighbours
            heads = spec.columns[first - 1].heads
            reach = spec.depth - level if level == len(heads) - 1 else 1
            laid.append(Slot("head", level, first, reach, 1 + len(others), text=heads[level]))
    return laid


def _joined_slots(spec: TableSpec, quarter: str, members: tuple[str, ...]) -> list[Slot]:
    return [
        Slot(
            column.role,
            spec.depth,
            place,
            rows=len(members),
            key=real_key(column.key, quarter),
            measure=column.measure,
            unit=column.unit,
        )
        for place, column in enumerate(spec.columns, 1)
        if column.joined
    ]


def _total_slots(spec: TableSpec, quarter: str, top: int) -> list[Slot]:
    laid = []
    for row, total in enumerate(spec.totals, top):
        summed = list(total_cells(spec, total, row, quarter))
        is_bound = all(
            spec.overlap_in(slot.measure, slot.unit, slot.key, quarter) for slot in summed if slot.role == "total"
        )
        laid.append(Slot("stub", row, 0, text=Text("headings", "at_least" if is_bound else "total")))
        laid += summed
    return laid


def total_cells(spec: TableSpec, total: TotalRow, row: int, quarter: str) -> Iterator[Slot]:
    """Lay out the cells of one total row, without its label."""
    for places in joined_places(spec.columns, total.joins):
        column = spec.columns[places[0]]
        role = "total" if column.role == "count" else column.role
        if column.is_stock and spec.rows in PERIOD_ROWS:
            continue
        key = real_key(join_keys([spec.columns[place].key for place in places]), quarter)
        yield Slot(role, row, places[0] + 1, 1, len(places), key, column.measure, column.unit)


def joined_places(columns: Sequence[Column], dimension: str | None) -> list[list[int]]:
    """Group neighbouring columns that differ only in `dimension`, as places counted from 0.

    Over periods only the quarter's months and their total join: the quarter before stands alone.
    """

    def group(place: int) -> tuple[object, ...]:
        column = columns[place]
        if dimension is None or column.role not in ("count", "total"):
            return (place,)
        key = dict(column.key)
        code = key.pop(dimension, calendar.Relative.QUARTER if dimension == "period" else None)
        stays = code if code in (calendar.Relative.PREVIOUS, None) else ""
        return (column.measure, column.unit, stays, tuple(sorted(key.items())))

    return [list(run) for _, run in groupby(range(len(columns)), key=group)]
