"""A filled table and what a chart form crosses → the breakdown that is drawn, all in the order of the declaration.

Whoever chooses a breakdown sees what the sheet has; here every row meets every column. What the sheet does not say of
some clients is not known of any group they may belong to, and nobody is left out of a total.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

from ..model import period as calendar
from ..model.chart_forms import own_counts
from ..model.codelist import codelist
from ..model.column import PERIOD_ROWS
from ..model.measure import adding
from ..model.records import identify
from ..model.table import DIMENSIONS, real_key
from ..quality.cube import UNSAID, Cube, NoAnswerError
from ..quality.sums import UNKNOWN, Sum
from .breakdown import TOTAL, Breakdown, BrokenDownCount, Codes, Crossing, Dimensions
from .tables import Table

Across = tuple[Dimensions, list[Codes]]
"""The dimensions over the columns, and their members in each column."""

UNDIVIDED = "-"
"""The code of a column in a dimension that it does not name."""

OVER = ("period", "case_type", "age_band", "sex")
"""The dimensions that the columns of a declaration may name, in the order in which they stand over a chart."""


def cross(table: Table, rows: str, columns: str) -> Breakdown:
    """Cross what stands down the side with what stands across, as `model.chart_forms` names both."""
    (down, row_codes), (over, column_codes) = _down(table, rows), _across(table, columns)
    keys = {
        (row, codes): _key(dict(zip((*over, down), (*codes, row), strict=True)))
        for row, codes in product(row_codes, column_codes)
    }
    figures = _headed(table, keys, {place: _figure(table, key) for place, key in keys.items()})
    there = tuple(codes for codes in column_codes if UNSAID not in codes or _has_some(figures, codes))
    return Breakdown(down, over, row_codes, there, figures, table.blanks, adding(table.spec.measure, table.spec.unit))


def _down(table: Table, rows: str) -> tuple[str, Codes]:
    """Give the dimension that stands down the side, and its members: the table's own rows, or those that it counts."""
    if rows == "rows":
        name = table.spec.rows if table.spec.rows in (*PERIOD_ROWS, "case_type") else "category"
        return name, tuple(code for member in table.members for code in table.row_key(member).values())
    there = {count.key.get(rows) for count in table.base}
    return rows, tuple(code for code in codelist(DIMENSIONS[rows]).members if code in there)


def _across(table: Table, columns: str) -> Across:
    """Give what stands over the columns: this quarter, it and the one before, its parts, sexes, units, or all."""
    quarter, spec = table.quarter, table.spec
    if columns == "columns":
        return _declared(table)
    members = {
        "quarter": [quarter],
        "quarters": [calendar.previous(quarter), quarter],
        "month": [*calendar.parts(quarter), TOTAL],
        "parts": [*calendar.parts(quarter), TOTAL],
        "sex": [*codelist("sexes").members, UNSAID, TOTAL],
        "unit": list(dict.fromkeys(column.unit for column in spec.counts if column.measure == spec.measure)),
    }
    dimension = "quarter" if columns == "parts" else columns.removesuffix("s")
    return (dimension,), [(code,) for code in members[columns]]


def _declared(table: Table) -> Across:
    """Give the columns of what the table counts first of all, by all the dimensions that one of them names."""
    keys = [column.key for column in own_counts(table.spec)]
    over = tuple(name for name in OVER if any(name in key for key in keys)) or OVER[:1]
    codes = [real_key(key, table.quarter) if "period" in key or not key else key for key in keys]
    return over, [tuple(str(key.get(name, UNDIVIDED)) for name in over) for key in codes]


def _key(places: Mapping[str, str]) -> dict[str, str]:
    """Give the key of a figure; months and quarters are periods."""
    names = {"month": "period", "quarter": "period"}
    return {names.get(name, name): code for name, code in places.items() if code not in (TOTAL, UNDIVIDED)}


def _figure(table: Table, key: Mapping[str, str]) -> BrokenDownCount:
    """Add up what a key stands for; its unit is the table's own if it names none."""
    key = {"period": table.quarter, "unit": table.spec.unit, **key}
    counted = table.spec.measure, key.pop("unit")
    total = _total(table.cubes[counted], key, table.spec.name)
    disputes = table.disputes.of(identify(table.spec.name, *counted, key), total.cells)
    return BrokenDownCount(total, disputes=disputes)


def _total(cube: Cube, key: Mapping[str, str], table: str) -> Sum:
    """Add up; of clients of whom the sheet does not say all that is asked it is not known how many belong there."""
    if UNSAID in key.values():
        return _recorded(cube, key, table)
    unsaid = (_recorded(cube, {**key, name: UNSAID}, table) for name in key if name != "period")
    if any(part.most != 0 for part in unsaid):
        return UNKNOWN
    try:
        return cube.total(key, table=table)
    except NoAnswerError:
        return UNKNOWN


def _recorded(cube: Cube, key: Mapping[str, str], table: str) -> Sum:
    """Add up the counts that say just so much; there are none where every count says more."""
    try:
        return cube.recorded(key, table=table)
    except NoAnswerError:
        return Sum()


def _has_some(figures: Mapping[Crossing, BrokenDownCount], column: Codes) -> bool:
    return any(figure.number for (_, codes), figure in figures.items() if codes == column)


def _headed(
    table: Table, keys: Mapping[Crossing, Mapping[str, str]], figures: Mapping[Crossing, BrokenDownCount]
) -> dict[Crossing, BrokenDownCount]:
    """Mark the columns whose clients may stand in several counts: "at least", if one of their figures is not exact."""
    spec, now = table.spec, {"period": table.quarter}
    overlapping = {
        place
        for place, key in keys.items()
        if spec.overlap_in(spec.measure, key.get("unit", spec.unit), now | dict(key), table.quarter)
    }
    is_bound = any(figures[place].value is None for place in overlapping)
    headed = {codes for _, codes in overlapping} if is_bound else set()
    return {place: replace(figure, is_headed=place[1] in headed) for place, figure in figures.items()}
