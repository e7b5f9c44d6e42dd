"""A column of figures that is none of its table's → a finding at its heading: two members, a part, a total, unknown."""

from collections.abc import Iterator

from ..model.codelist import codelist
from .heading import ONE_OF_EACH, codes, heading_place
from .list_edits import lists_of_headings
from .nearby import near_total
from .roles import is_part, is_remark
from .settle_rows import equals_the_rest
from .settled import Settled


def report_unknown_column(table: Settled, column: int) -> None:
    """Report a column nobody knows if it holds figures; words beside a table, and what is headed so, are remarks."""
    region, place = table.region, heading_place(table.region, column)
    head = table.grid.at(*place)
    rows = [row for row in (*region.rows, *region.totals) if table.value((row, column)).number is not None]
    if is_remark(head) or not rows or (head is None and _repeats_totals(table, rows, column)):
        return
    if any(map(is_part, table.region.heads(column))):
        table.report("part_of", place)
    elif isinstance(head, str) and any(len(named) > 1 for named in _named(table, column)):
        table.report("two_members", place)
    elif _is_total_column(table, column):
        near = near_total(table.text(place)) or codelist("headings").label("total")
        table.report("unknown_total", place, variant="column", near=near)
    else:
        figures = [(row, column) for row in table.region.body if (row, column) in table.grid.cells]
        lists = lists_of_headings(table.spec)
        table.report_unknown("unknown_column", [place, *figures], nameless="no_heading", lists=lists)


def _repeats_totals(table: Settled, rows: list[int], column: int) -> bool:
    """Check whether a column has nothing but the totals that stand on its left once more."""
    return all(
        row in table.region.totals and table.number(row, column - 1) == table.number(row, column) for row in rows
    )


def _named(table: Settled, column: int) -> Iterator[tuple[str, ...]]:
    return (codes(table.recognised.headings[column], kind) for kind in ONE_OF_EACH)


def _is_total_column(table: Settled, column: int) -> bool:
    """Check whether a column under an unknown heading adds the others up, or is nearly called the total."""
    if near_total(table.text(heading_place(table.region, column))):
        return True
    counted = [place for place in table.region.columns if place != column and table.is_counted(place)]
    rows, edges = table.region.rows, (table.region.columns[0], table.region.columns[-1])
    figures, *rest = ([table.number(row, place) for row in rows] for place in (column, *counted))
    return column in edges and equals_the_rest(figures, rest)
