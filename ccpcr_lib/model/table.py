"""A table is declared once: `TableSpec` says what it counts, `slots` lays it out as cells with roles and keys.

The reader, the recomputed tables, the charts and the checks all work from the same declaration.
A key such as ``{"case_type": "DV", "sex": "F", "period": "2010-04"}`` says what a cell stands for;
a dimension missing from the key is summed over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from . import period as calendar
from .codelist import codelist
from .measure import DIVIDING, Adding, adding

KEY_COLUMNS = ("period", "case_type", "sex", "age_band", "category")
DIMENSIONS = {"case_type": "case_types", "sex": "sexes", "age_band": "age_bands", "month": "months"}
CATEGORIES = {
    "grade": "grades",
    "topic": "topics",
    "skill": "skills",
    "organisation": "organisations",
    "destination": "destinations",
    "partner": "partners",
    "service": "services",
}
COLUMN_ROLES = ("count", "total", "share", "plan", "note")
ROLES = ("head", "stub", *COLUMN_ROLES)
"""What a cell of a table can be."""
ROW_AXES = ("case_type", "month", *CATEGORIES)

Key = Mapping[str, str]


@dataclass(frozen=True)
class Text:
    """A printed label: a code and the list it is looked up in (``headings``, ``case_types``, ``period`` …)."""

    source: str
    code: str


@dataclass(frozen=True, eq=False)
class Column:
    """One printed column: its role, what it counts, the key its cells share, its heading from top to bottom.

    `joined` marks a column whose cells are merged into one over all rows, as slide 6 prints the year's plan.
    """

    role: str
    measure: str
    key: Key
    heads: tuple[Text, ...]
    unit: str = "clients"
    joined: bool = False

    def __post_init__(self) -> None:
        """Refuse a role that no column can have, and a column nobody could find."""
        if self.role not in COLUMN_ROLES:
            raise ValueError(f"a column cannot have the role {self.role!r}")
        if not self.heads:
            raise ValueError(f"a column of {self.measure} has no heading")

    @property
    def adds(self) -> Adding:
        """How its counts add up."""
        return adding(self.measure, self.unit)

    @property
    def is_stock(self) -> bool:
        """Whether it says how many there are at a time, which is never added."""
        return self.adds == "stock"


@dataclass(frozen=True)
class TotalRow:
    """One printed total row; neighbours that differ only in the dimension `joins` share one merged cell.

    `shares`: the row also prints each total's percent of the whole.
    """

    joins: str | None = None
    shares: bool = False


@dataclass(frozen=True)
class TableSpec:
    """What one printed table of the report is. Raise ValueError for a declaration that makes no sense.

    `is_optional`: a workbook without this table is complete all the same.
    """

    name: str
    slide: int
    rows: str
    columns: tuple[Column, ...]
    members: tuple[str, ...] = ()
    totals: tuple[TotalRow, ...] = (TotalRow(),)
    charts: tuple[str, ...] = ("members",)
    is_optional: bool = False
    is_open: bool = field(init=False)

    def __post_init__(self) -> None:
        """Check the row axis, and fill in the members and whether the list is open."""
        if self.rows not in ROW_AXES:
            raise ValueError(f"{self.name}: rows are {self.rows!r}; choose one of {', '.join(ROW_AXES)}.")
        if not any(column.role == "count" for column in self.columns):
            raise ValueError(f"{self.name}: no column counts anything.")
        is_open = self.rows != "month" and codelist(self.codelist).is_open
        object.__setattr__(self, "members", self._checked_members())
        object.__setattr__(self, "is_open", is_open)

    def _checked_members(self) -> tuple[str, ...]:
        """List its rows' members: those it names, which must be in its code list, or else the whole list."""
        if self.rows == "month":
            return ("m1", "m2", "m3")
        codes = codelist(self.codelist)
        unknown = set(self.members) - set(codes.members)
        if unknown:
            raise ValueError(f"{self.name}: {sorted(unknown)} not in the code list {codes.name}.")
        return self.members or tuple(codes.members)

    @property
    def codelist(self) -> str:
        """The code list its row labels come from."""
        return {**DIMENSIONS, **CATEGORIES}[self.rows]

    @property
    def measure(self) -> str:
        """What it counts first of all."""
        return next(column.measure for column in self.columns if column.role == "count" and not column.is_stock)

    @property
    def unit(self) -> str:
        """The unit of what it counts first of all."""
        return next(column.unit for column in self.counts if column.measure == self.measure)

    @property
    def counts(self) -> tuple[Column, ...]:
        """Its columns of base counts."""
        return tuple(column for column in self.columns if column.role == "count")

    def overlap_in(self, measure: str, unit: str, key: Key, quarter: str) -> bool:
        """Check whether one client may stand in several of the counts that `key` adds up: its total is only bounded.

        So it is with attendance over all that does not divide people: topics, skills, services, months.
        """
        if adding(measure, unit) != "attendance":
            return False
        columns = [column for column in self.counts if (column.measure, column.unit) == (measure, unit)]
        divides = {name for column in columns for name in column.key} | set(self.row_key(""))
        spans_months = "period" in divides and key["period"] in (quarter, quarter[:4])
        return spans_months or bool(divides - DIVIDING - {"period"} - key.keys())

    @property
    def depth(self) -> int:
        """How many rows its heading takes."""
        return max(len(column.heads) for column in self.columns)

    def universal(self, role: str) -> Column:
        """Give its total, share or note column; one that the declaration lacks but a sheet may still have."""
        declared = next((column for column in self.columns if column.role == role), None)
        return declared or Column(role, self.measure, {}, (Text("headings", role),))

    def rows_of(self, members: Sequence[str]) -> tuple[str, ...]:
        """Order rows: the declared ones first, in the sheet or not; new members of an open list follow."""
        return (*self.members, *(member for member in members if member not in self.members))

    def row_key(self, member: str) -> Key:
        """Give what a row stands for: ``{"case_type": "DV"}``, ``{"period": "m1"}`` or ``{"category": "sewing"}``."""
        return {{"case_type": "case_type", "month": "period"}.get(self.rows, "category"): member}


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


def real_key(key: Key, quarter: str) -> dict[str, str]:
    """Replace a relative period in `key` by the real one; a key without period means the whole quarter.

    >>> real_key({"period": "m2", "sex": "F"}, "2010-Q2")
    {'period': '2010-05', 'sex': 'F'}
    """
    return {**key, "period": calendar.resolve(key.get("period", "quarter"), quarter)}


def join_keys(keys: Iterable[Key]) -> dict[str, str]:
    """Give what a cell merged over several keys stands for: the dimensions they agree on.

    Months, or months and their quarter, join to the quarter.

    >>> join_keys([{"case_type": "NC", "sex": "F"}, {"case_type": "NC", "sex": "M"}])
    {'case_type': 'NC'}
    >>> join_keys([{"period": "m1"}, {"period": "m2"}, {"period": "quarter"}])
    {'period': 'quarter'}
    """
    first, *others = keys
    shared = {name: code for name, code in first.items() if all(key.get(name) == code for key in others)}
    if "period" in first and "period" not in shared:
        shared["period"] = "quarter"
    return shared


def slots(spec: TableSpec, quarter: str, members: tuple[str, ...] = ()) -> list[Slot]:
    """Lay a table out for a quarter, cell by cell: heads, stubs, counts, totals, shares, plan.

    `members` replaces the declared rows, for an open list that has grown. Row 0 is the first heading row,
    column 0 the stub. Cells merged in print are one slot with `rows` or `columns` above one.
    """
    members = members or spec.members
    laid = _head_slots(spec)
    for row, member in enumerate(members, spec.depth):
        laid.append(Slot("stub", row, 0, text=_stub(spec, member)))
        for place, column in enumerate(spec.columns, 1):
            if column.joined:
                continue
            key = {**column.key, **spec.row_key(member)}
            laid.append(_cell(spec, column, row, place, key, quarter))
    return laid + _joined_slots(spec, quarter, members) + _total_slots(spec, quarter, spec.depth + len(members))


def _cell(spec: TableSpec, column: Column, row: int, place: int, key: Key, quarter: str) -> Slot:
    return Slot(column.role, row, place, key=real_key(key, quarter), measure=column.measure, unit=column.unit)


def _stub(spec: TableSpec, member: str) -> Text:
    return Text("period", member) if spec.rows == "month" else Text(spec.codelist, member)


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
        summed = list(_summed(spec, total, row, quarter))
        is_bound = all(
            spec.overlap_in(slot.measure, slot.unit, slot.key, quarter) for slot in summed if slot.role == "total"
        )
        laid.append(Slot("stub", row, 0, text=Text("headings", "at_least" if is_bound else "total")))
        laid += summed
    return laid


def _summed(spec: TableSpec, total: TotalRow, row: int, quarter: str) -> Iterator[Slot]:
    """Lay out the cells of one total row."""
    for places in joined_places(spec.columns, total.joins):
        column = spec.columns[places[0]]
        role = "total" if column.role == "count" else column.role
        if column.is_stock and spec.rows == "month":
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
        code = key.pop(dimension, "quarter" if dimension == "period" else None)
        stays = code if code in ("previous", None) else ""
        return (column.measure, column.unit, stays, tuple(sorted(key.items())))

    return [list(run) for _, run in groupby(range(len(columns)), key=group)]
