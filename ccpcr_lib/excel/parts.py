"""The tables found in a workbook → each table once: in one part, or continued below a repeated heading or on a sheet.

Two places that report different rows of one table are one table. Two that report the same row are a contradiction.
"""

from collections.abc import Mapping, Sequence
from itertools import zip_longest

from ..model.catalogue import CATALOGUE
from ..model.codelist import fold
from ..model.finding import Finding
from ..model.wording import table_title
from .adding import are_largest, are_sums
from .body import goes_with_row_above
from .finder import RecognisedTable
from .heading import PEOPLE, codes
from .region import number_at
from .roles import says_only_total
from .rules import make_finding

Parts = Mapping[str, tuple[RecognisedTable, ...]]
"""The parts of each table by its name, in the order of the sheets, from top to bottom."""
CountedIn = tuple[int, tuple[tuple[str, ...], ...]]
"""What a column counts: two that are the same count the same."""


def join_parts(tables: Sequence[RecognisedTable]) -> tuple[Parts, list[Finding]]:
    """Put the parts of each table together; what stands twice is a finding, what is continued a note.

    A visible sheet comes before a hidden one.
    """
    parts: dict[str, list[RecognisedTable]] = {}
    findings = []
    for table in sorted(tables, key=lambda table: table.region.grid.is_hidden):
        own = parts.setdefault(table.spec.name, [])
        if own and not _continues(own, table):
            findings.append(about(table, "table_twice", first=own[0].source))
            continue
        if own:
            findings.append(about(table, "continued", first=own[0].source))
        own.append(table)
    for own in parts.values():
        _set_totals_of_parts_apart(own)
    return {known.name: tuple(parts[known.name]) for known in CATALOGUE if known.name in parts}, findings


def about(table: RecognisedTable, rule: str, **fields: str) -> Finding:
    """Make a finding about a whole table, at its stub's heading."""
    name = table.spec.name
    return make_finding(rule, table.source, table=name, title=table_title(name), **fields)


def _continues(parts: Sequence[RecognisedTable], table: RecognisedTable) -> bool:
    """Check whether a table has rows that none of the parts before it has, under the same columns."""
    columns = {id(column) for part in parts for column in part.columns.values() if column.role == "count"}
    own = {id(column) for column in table.columns.values() if column.role == "count"}
    rows = {label for part in parts for label in _rows(part)}
    return own <= columns and rows.isdisjoint(_rows(table))


def _rows(table: RecognisedTable) -> set[str]:
    """Name the rows of a part: members by their codes, new names as they are written."""
    region = table.region
    return {member or fold(str(region.label(row))) for row, member in table.members.items() if region.has_figures(row)}


def _set_totals_of_parts_apart(parts: Sequence[RecognisedTable]) -> None:
    """Make a total that adds up its own part only a subtotal, where the table has more parts with figures."""
    if len(parts) < 2:
        return
    for part in parts:
        region = part.region
        for row in sorted(region.totals):
            if goes_with_row_above(region, row):
                own, whole = row - 1 in region.subtotals, row - 1 in region.totals
            else:
                own, whole = (_adds_up(part, row, others) for others in ([part], parts))
            if own and not whole:
                region.totals.remove(row)
                region.subtotals.append(row)
            elif not (own or whole or says_only_total(region.label(row))):
                region.name_member(row)


def _adds_up(part: RecognisedTable, row: int, parts: Sequence[RecognisedTable]) -> bool:
    """Check whether a total adds up the rows of these parts, or gives the largest of them, in each column of counts."""
    cells = part.region.grid.cells
    counted = [place for place, column in part.columns.items() if column.role == "count" and (row, place) in cells]
    figures = [number_at(part.region, row, place) for place in counted]
    columns = (_figures(parts, _counted_in(part, place)) for place in counted)
    others = list(zip_longest(*columns, fillvalue=0))
    return are_sums(figures, others) or are_largest(figures, others)


def _figures(parts: Sequence[RecognisedTable], counted: CountedIn) -> list[int]:
    """Give the figures of the columns that count the same, in all rows of these parts."""
    return [
        number_at(part.region, row, place)
        for part in parts
        for place in part.columns
        if _counted_in(part, place) == counted
        for row in part.region.rows
    ] or [0]


def _counted_in(part: RecognisedTable, place: int) -> CountedIn:
    """Say what a column counts: its declared column, which all months are, and the months and people it is headed."""
    heading = part.headings[place]
    return id(part.columns[place]), tuple(codes(heading, kind) for kind in ("month", *PEOPLE))
