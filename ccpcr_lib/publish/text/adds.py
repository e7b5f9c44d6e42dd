"""A table among those that count the same → what it adds to them, so that no two of them say the same sentence.

A measure's home says how many there were. What else a table divides by (its rows, its columns) the first table says
that has it. It follows from the declarations alone, whatever tables there are.
"""

from collections.abc import Sequence
from typing import NamedTuple

from ...model.column import PERIOD_ROWS
from ...model.period import MONTHS, QUARTERS
from ...model.table import TableSpec

MONTH = "month"


class Told(NamedTuple):
    """What a table has to say: whether it is the home, and the axis that it says something of, such as ``sex``."""

    is_home: bool
    axis: str = ""


def told_by(own: TableSpec, tables: Sequence[TableSpec]) -> Told:
    """Find what a table adds to those of its measure that stand before it. `tables` are those of the workbook.

    >>> from ...model.catalogue import CATALOGUE, spec
    >>> [told_by(spec(name), CATALOGUE).axis for name in ("referrals_by_type", "referrals_by_sex", "referrals_by_age")]
    ['case_type', 'sex', 'age_band']
    """
    known = set[str]()
    for place, declared in enumerate(alike(own, tables)):
        new = [axis for axis in axes(declared) if axis not in known and (place or axis != MONTH)]
        if declared.name == own.name:
            return Told(not place, new[0] if new else "")
        known |= {*new[:1], *(axis for axis in axes(declared) if axis == MONTH and not place)}
    return Told(is_home=True)


def alike(own: TableSpec, tables: Sequence[TableSpec]) -> list[TableSpec]:
    """List the tables whose first measure is the same, the home first."""
    there = [own if declared.name == own.name else declared for declared in tables]
    return [declared for declared in there if (declared.measure, declared.unit) == (own.measure, own.unit)]


def is_home_of(own: TableSpec, measure: str, unit: str, tables: Sequence[TableSpec]) -> bool:
    """Check whether a table is where a measure is at home: the first that counts it first, else the first of all."""
    counted = (measure, unit)
    first = [known.name for known in tables if (known.measure, known.unit) == counted]
    there = [known.name for known in tables if counted in {(column.measure, column.unit) for column in known.counts}]
    return [*first, *there][:1] in ([own.name], [])


def axes(declared: TableSpec) -> list[str]:
    """List what a table divides its first measure by: rows, then columns, months last.

    >>> from ...model.catalogue import spec
    >>> axes(spec("referrals_by_age")), axes(spec("education"))
    (['age_band', 'sex', 'month'], ['grade', 'month'])
    """
    columns = [
        column for column in declared.counts if (column.measure, column.unit) == (declared.measure, declared.unit)
    ]
    named = dict.fromkeys([declared.rows, *(name for column in columns for name in column.key)])
    in_parts = any(column.key.get("period") in (*MONTHS, *QUARTERS) for column in columns)
    has_months = declared.rows in PERIOD_ROWS or in_parts
    return [*(name for name in named if name not in (*PERIOD_ROWS, "period")), *([MONTH] if has_months else ())]
