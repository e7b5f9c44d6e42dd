"""The parts of a declaration: a printed column, its heading, a total row. Each refuses nonsense when made.

A declared key such as ``{"case_type": "DV", "sex": "F", "period": Relative.M2}`` says what a column's cells stand for
besides their row; a dimension missing from it is summed over. A `Key` has real periods instead, ``2010-05``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from .codelist import codelist
from .errors import DeclarationError
from .measure import MEASURES, Adding, adding, measures
from .period import MONTHS, QUARTERS, Relative

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
COLUMN_ROLES = ("count", "total", "share", "plan", "note", "paper_total")
JOINED_ROLES = frozenset({"plan", "total"})
"""What may be printed in one cell merged over all rows."""
ROW_AXES = ("case_type", "month", *CATEGORIES)
MONTH_ROWS = tuple(month.value for month in MONTHS)
"""The members of rows that are the months of the quarter."""
QUARTER_ROWS = tuple(quarter.value for quarter in QUARTERS)
"""The members of rows that are quarters, as a table of a longer period has them."""
PERIOD_ROWS = ("month", "quarter")
"""The row axes whose members are periods."""
HEAD_PERIODS = tuple(relative.value for relative in Relative)
COUNTED_PERIODS = (*MONTHS, *QUARTERS, Relative.PREVIOUS)
"""The periods a column may count in; one that names none counts in the whole quarter."""
WHOLE_YEAR = {"period": Relative.YEAR}

Key = Mapping[str, str]
"""What counts stand for, with a real period."""

DeclaredKey = Mapping[str, str | Relative]
"""What a declaration stands for in any quarter, with a relative period."""


@dataclass(frozen=True)
class Text:
    """A printed label: a code and the list it is looked up in (``headings``, ``case_types``, ``period`` …)."""

    source: str
    code: str


@dataclass(frozen=True, eq=False)
class Column:
    """One printed column: its role, what it counts, the key its cells share, its heading from top to bottom.

    `joined` marks a column whose cells are merged into one over all rows, as slide 6 prints the year's plan. Raise
    DeclarationError for a role, measure, unit, key or heading that no list has.
    """

    role: str
    measure: str
    key: DeclaredKey
    heads: tuple[Text, ...]
    unit: str = "clients"
    joined: bool = False

    def __post_init__(self) -> None:
        """Refuse a column that nobody could find, fill in or add up."""
        if self.role not in COLUMN_ROLES:
            raise DeclarationError(f"a column cannot have the role {self.role!r}")
        if not self.heads:
            raise DeclarationError(f"a column of {self.measure} has no heading")
        if self.joined and self.role not in JOINED_ROLES:
            raise DeclarationError(
                f"a {self.role} column of {self.measure} cannot be joined: each row has its own {self.role}"
            )
        _check_counted(self)
        for head in self.heads:
            _check_head(self, head)
        for dimension, code in self.key.items():
            _check_code(self, dimension, code)
        if self.key.get("period") is Relative.PREVIOUS and self.divides:
            raise DeclarationError(
                f"the quarter before is one column of {self.measure}, not divided as {dict(self.key)}"
            )
        if self.role == "count" and not self.key and self.heads[-1] not in _own_heads():
            raise DeclarationError(
                f"a column of {self.measure} is headed {self.heads[-1].code!r}, which names no counts"
            )

    @property
    def adds(self) -> Adding:
        """How its counts add up."""
        return adding(self.measure, self.unit)

    @property
    def is_stock(self) -> bool:
        """Whether it says how many there are at a time, which is never added."""
        return self.adds == "stock"

    @property
    def divides(self) -> frozenset[tuple[str, str]]:
        """Its key without the period, as a set of pairs."""
        return frozenset((name, code) for name, code in self.key.items() if not isinstance(code, Relative))


@cache
def _own_heads() -> frozenset[Text]:
    """List the headings that may name a column of counts that nothing divides: not those of totals and claims."""
    claims = {*COLUMN_ROLES, "at_least", "no", "quarter", *ROW_AXES}
    return frozenset(Text("headings", code) for code in codelist("headings").members if code not in claims)


def _check_counted(column: Column) -> None:
    """Refuse what no list of measures or units has, and a count of what is worked out from others."""
    if column.measure not in measures():
        raise DeclarationError(f"a column counts {column.measure!r}, which is no measure of {MEASURES}.csv")
    if column.unit not in codelist("units").members:
        raise DeclarationError(f"a column of {column.measure} counts in {column.unit!r}, which is no unit of units.csv")
    if measures()[column.measure].adds == "derived":
        raise DeclarationError(f"no column counts {column.measure}: it is worked out from other measures")


def _check_head(column: Column, head: Text) -> None:
    """Refuse a heading whose words stand in no list."""
    lists = {"headings", *DIMENSIONS.values(), *CATEGORIES.values()}
    is_period = head.source == "period"
    codes = HEAD_PERIODS if is_period else codelist(head.source).members if head.source in lists else ()
    if head.code not in codes:
        raise DeclarationError(
            f"a column of {column.measure} is headed {head.code!r}, which is not in the list {head.source!r}"
        )


def _check_code(column: Column, dimension: str, code: str | Relative) -> None:
    """Refuse a dimension that no column can be divided by, and a code that is not in its list."""
    if dimension == "period":
        codes: tuple[str | Relative, ...] = (*COUNTED_PERIODS, *(WHOLE_YEAR.values() if column.role == "plan" else ()))
    elif dimension in DIMENSIONS and dimension != "month":
        codes = tuple(codelist(DIMENSIONS[dimension]).members)
    else:
        raise DeclarationError(
            f"a column of {column.measure} is divided by {dimension!r}, which has no list for columns"
        )
    if code not in codes:
        known = ", ".join(map(_written, codes))
        raise DeclarationError(f"a column of {column.measure} stands for the {dimension} {code!r}; known: {known}")


def _written(code: str | Relative) -> str:
    return code.value if isinstance(code, Relative) else code


@dataclass(frozen=True)
class TotalRow:
    """One printed total row; neighbours that differ only in the dimension `joins` share one merged cell.

    `shares`: the row also prints each total's percent of the whole.
    """

    joins: str | None = None
    shares: bool = False

    @property
    def apart(self) -> "TotalRow":
        """The same row with a total for each month and group; the two sexes may share a cell."""
        return replace(self, joins="sex" if self.joins == "sex" else None)


class Declaration(Protocol):
    """What a declared table says of itself, as whoever judges it needs to know."""

    @property
    def name(self) -> str:
        """Its name in the catalogue."""

    @property
    def slide(self) -> int:
        """The slide it is printed on."""

    @property
    def rows(self) -> str:
        """What its rows stand for."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """Its columns from left to right."""

    @property
    def members(self) -> tuple[str, ...]:
        """The members of its rows; none: the whole list."""

    @property
    def totals(self) -> tuple[TotalRow, ...]:
        """Its total rows."""

    @property
    def charts(self) -> tuple[str, ...]:
        """The chart forms that are drawn of it."""

    @property
    def counts(self) -> tuple[Column, ...]:
        """Its columns of base counts."""

    @property
    def measure(self) -> str:
        """What it counts first of all."""

    @property
    def unit(self) -> str:
        """The unit of what it counts first of all."""


def row_dimension(rows: str) -> str:
    """Name the dimension of a key that a row axis stands for.

    >>> row_dimension("case_type"), row_dimension("month"), row_dimension("grade")
    ('case_type', 'period', 'category')
    """
    return {"case_type": "case_type", "month": "period", "quarter": "period"}.get(rows, "category")
