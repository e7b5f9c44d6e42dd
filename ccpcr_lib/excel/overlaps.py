"""The columns of a table → those that count nobody twice: totals, the counts that they add up, and parts told apart."""

from collections.abc import Sequence
from dataclasses import replace

from ..model.table import Column
from .heading import heading_place
from .settled import Settled
from .unknown_columns import report_unknown_column


def with_totals_of_one_sex(columns: dict[int, Column]) -> dict[int, Column]:
    """Take a total beside which one sex alone stands for the count: “Total | Female” under each month is usual.

    The girls are a part of it, and how many boys there are is not added up anywhere.
    """
    counts = {place: column for place, column in columns.items() if column.role == "count" and "sex" in column.key}
    for place, total in list(columns.items()):
        if total.role != "total" or not total.key:
            continue
        parts = [column for column in counts.values() if total.key.items() <= column.key.items()]
        if parts and len({column.key["sex"] for column in parts}) == 1:
            columns[place] = replace(parts[0], key=total.key)
    return columns


def without_overlaps(table: Settled, columns: dict[int, Column]) -> dict[int, Column]:
    """Leave out the columns that are a part of another one: the boys of SA where SA has a column of its own.

    A column that its parts add up to is their total. A part that is more than the whole is none that anybody knows.
    """
    counted = {place: counted_by(column) for place, column in columns.items() if column.role == "count"}
    declared = set(map(counted_by, table.spec.counts))
    for whole in sorted(counted, key=lambda place: -len(counted[place])):
        counts = counted[whole]
        within = [place for place in counted if counts < counted[place] and place in columns]
        parts = [
            place for place in within if columns[place].role == "count" and not {counts, counted[place]} <= declared
        ]
        if len(parts) > 1 and _is_made_of(table, whole, parts):
            columns[whole] = replace(table.spec.universal("total"), key=columns[whole].key)
            continue
        for place in parts:
            del columns[place]
            _report_part(table, place, whole)
    return columns


def _is_made_of(table: Settled, whole: int, parts: Sequence[int]) -> bool:
    """Check whether a column is the sum of others in every row."""
    return all(table.number(row, whole) == sum(table.number(row, part) for part in parts) for row in table.region.rows)


def _report_part(table: Settled, place: int, whole: int) -> None:
    """Report a column whose clients another column counts too, as a part of it if it can be one."""
    if all(table.number(row, place) <= table.number(row, whole) for row in table.region.rows):
        table.report("part_of", heading_place(table.region, place))
    else:
        report_unknown_column(table, place)


def counted_by(column: Column) -> frozenset[tuple[str, object]]:
    """Give what a column counts, as a set: one that divides another's clients further contains it."""
    return frozenset({("measure", column.measure), ("unit", column.unit), *column.key.items()})
