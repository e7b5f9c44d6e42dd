"""A recognised table and its quarter → a `Settled` table: which declared column and which row each place is.

What is unknown, odd or twice is reported here, at its heading or its label; what is left can be read.
"""

from collections.abc import Iterator
from dataclasses import replace

from ..model import period as calendar
from ..model.codelist import codelist
from ..model.table import Column, Text
from ..model.wording import month_label
from .finder import RecognisedTable
from .heading import ONE_OF_EACH, beyond, clash, codes, heading_place, place_naming, says_more, spanner
from .labels import mentions
from .overlaps import counted_by, with_totals_of_one_sex, without_overlaps
from .roles import is_part
from .settle_rows import settle_rows
from .settled import Settled
from .unknown_columns import report_unknown_column

CLAIMED = ("total", "share", "plan", "paper_total")
"""What may be of one month or of some people, as its heading says."""


def settle(recognised: RecognisedTable, quarter: str) -> Settled:
    """Settle a recognised table's columns and rows for its quarter. Problems become findings."""
    table = Settled(recognised, quarter)
    columns = with_totals_of_one_sex(dict(_settle_columns(table)))
    _set_notes_apart(table, without_overlaps(table, columns))
    settle_rows(table)
    return table


def _set_notes_apart(table: Settled, columns: dict[int, Column]) -> None:
    """Take the columns of notes out of the others: each speaks of the nearest counts or totals on its left."""
    table.columns = {place: column for place, column in columns.items() if column.role != "note"}
    figures = [place for place, column in table.columns.items() if column.role in ("count", "total")]
    for place in columns.keys() - table.columns.keys():
        left = [figure for figure in figures if figure < place]
        if left:
            table.notes[place] = max(left)


def _settle_columns(table: Settled) -> Iterator[tuple[int, Column]]:
    """Give each place its declared column, months put in their order; report what is unknown, odd or twice."""
    seen: dict[tuple[object, ...], int] = {}
    for place in table.region.columns:
        column = _settled_column(table, place)
        if column is None:
            continue
        identity = (column.role, column.measure, column.unit, *sorted(column.key.items()))
        if identity in seen and _holds_only_shares(table, place):
            column = replace(column, role="share")
        elif identity in seen and column.role == "total" and _same_figures(table, seen[identity], place):
            continue
        elif identity in seen and column.role not in ("share", "note"):
            place_here, first = heading_place(table.region, place), heading_place(table.region, seen[identity])
            variant = "same" if place_here == first else ""
            table.report("column_twice", place_here, variant=variant, first=table.grid.source(*first))
            continue
        seen[identity] = place
        yield place, column


def _settled_column(table: Settled, place: int) -> Column | None:
    """Choose the declared column of a place, of its own month and people; None, and a finding, where there is none."""
    column = table.recognised.columns.get(place) or _quarter_total(table, place)
    if column is None or any(map(is_part, table.region.heads(place))):
        report_unknown_column(table, place)
        return None
    kind = clash(table.recognised.headings[place], column)
    if kind:
        table.report("two_members", place_naming(table.region, place, kind))
        return None
    more = says_more(table.recognised.headings[place], column)
    if column.role == "share" and "plan" in codes(table.recognised.headings[place], "heading"):
        return None  # a percent of the plan, not of the total
    if _is_of_another_quarter(table, place, column):
        table.report("wrong_quarter", place_naming(table.region, place, "quarter"), expected=table.quarter)
        return None
    if more == "times" or _is_none_of_these(table, place, column) or _is_unknown_below(table, place):
        report_unknown_column(table, place)
        return None
    dated = _dated_column(table, place, column)
    if dated is None:
        return None
    return _of_its_people(table, place, replace(dated, role=more) if more else dated)


def _is_of_another_quarter(table: Settled, place: int, column: Column) -> bool:
    """Check whether the heading of a count names another quarter; over months that dates the workbook."""
    is_of_quarter = column.role == "count" and "period" not in column.key
    quarters = codes(table.recognised.headings[place], "quarter") if is_of_quarter else ()
    return bool(quarters) and table.quarter[-1] not in quarters


def _is_none_of_these(table: Settled, place: int, column: Column) -> bool:
    """Check whether a heading over counts names what the table has in its rows, or a month where it has no months.

    The quarter before is one figure: it cannot be divided further.
    """
    if column.role != "count":
        return False
    heading = table.recognised.headings[place]
    more, months = beyond(heading, column), {code for level in heading.own for kind, code in level if kind == "month"}
    is_of_a_month = bool(months) and "period" not in column.key
    is_before = column.key.get("period") is calendar.Relative.PREVIOUS
    return table.spec.rows in more or is_of_a_month or (is_before and bool(more))


def _is_unknown_below(table: Settled, place: int) -> bool:
    """Check whether the lowest cell of a heading is one that nobody knows, under one that is known."""
    row, column = heading_place(table.region, place)
    head = table.grid.at(row, column)
    is_own = column == place and row > table.region.top
    is_single = table.grid.spans.get((row, column), (1, 1))[1] == 1
    return is_own and is_single and isinstance(head, str) and not mentions(head) and _has_known_above(table, place, row)


def _has_known_above(table: Settled, place: int, row: int) -> bool:
    """Check whether a month, a case type or the like stands above a cell of a heading, or reaches there."""
    region = table.region
    above = ((table.grid.at(line, place), spanner(region, line, place)) for line in range(region.top, row))
    heads = (head if head is not None else reaching for head, reaching in above)
    return any(kind in ONE_OF_EACH for head in heads for kind, _ in mentions(head))


def _of_its_people(table: Settled, place: int, column: Column) -> Column:
    """Add what a heading says beyond the declared column: the sexes under a month, the plan of a month."""
    heading, key = table.recognised.headings[place], dict(column.key)
    if column.role in ("count", *CLAIMED):
        key |= beyond(heading, column)
    month = codes(heading, "month") if column.role in CLAIMED else ()
    relative = table.month(month[0]) if len(month) == 1 else None
    if relative is not None and table.spec.rows != "month":
        return replace(column, key={**key, "period": relative}, joined=False)
    return column if key == dict(column.key) else replace(column, key=key)


def _same_figures(table: Settled, one: int, other: int) -> bool:
    """Check whether two columns say the same in every row that both fill, as the quarter's own and its total do."""
    cells = table.grid.cells
    rows = [row for row in table.region.body if {(row, one), (row, other)} <= cells.keys()]
    return all(table.number(row, one) == table.number(row, other) for row in rows)


def _holds_only_shares(table: Settled, place: int) -> bool:
    """Check whether a column has percents only, as where a month's heading spans a count and its percent."""
    values = [table.value((row, place)) for row in (*table.region.rows, *table.region.totals)]
    return any(value.share is not None for value in values) and all(value.number is None for value in values)


def _quarter_total(table: Settled, place: int) -> Column | None:
    """Take a column headed by nothing but the report's own quarter as the sheet's total."""
    own, year = {("quarter", table.quarter[-1])}, {("year", table.quarter[:4])}
    mentioned = mentions(table.grid.at(*heading_place(table.region, place)))
    return table.spec.universal("total") if own <= mentioned <= own | year else None


def _dated_column(table: Settled, place: int, column: Column) -> Column | None:
    """Settle a column of a month or of the quarter before; None, and a finding, where it does not belong here."""
    period = column.key.get("period")
    if period in (None, calendar.Relative.YEAR):
        return column
    is_before = period is calendar.Relative.PREVIOUS
    return (_previous_column if is_before else _month_column)(table, place, column)


def _previous_column(table: Settled, place: int, column: Column) -> Column | None:
    """Keep a column headed by the quarter before; one headed by the report's own quarter is a total."""
    if _quarter_total(table, place):
        return table.spec.universal("total")
    expected, heading = calendar.previous(table.quarter), table.recognised.headings[place]
    years = {year for level in heading.own for kind, year in level if kind == "year"}
    if codes(heading, "quarter") != (expected[-1],) or years - {expected[:4]}:
        table.report("wrong_quarter", heading_place(table.region, place), expected=expected)
        return None
    return column


def _month_column(table: Settled, place: int, column: Column) -> Column | None:
    """Choose the declared column like this one, of the month that its heading names."""
    relative = table.month(codes(table.recognised.headings[place], "month")[0])
    if relative is None:
        table.report("wrong_month", heading_place(table.region, place), expected=table.quarter)
        return None
    wanted = (column.role, column.measure, column.unit, {**column.key, "period": relative})
    return next(known for known in table.spec.columns if (known.role, known.measure, known.unit, known.key) == wanted)


def report_missing(table: Settled, others: list[Settled]) -> None:
    """Report declared counts that have no column or no row here, nor in another part of the same table."""
    declared, parts = table.spec, [table, *others]
    there = {counted_by(column) for part in parts for column in part.columns.values() if column.role == "count"}
    for column in declared.counts:
        if counted_by(column) not in there and not any(counted > counted_by(column) for counted in there):
            heads = column.heads[1:] or column.heads
            table.report_missing("missing_column", " ".join(_name(text, table.quarter) for text in heads))
    members = {member for part in parts for member in part.members}
    for member in () if declared.is_open else declared.members:
        if member not in members:
            stub = Text("period" if declared.rows == "month" else declared.codelist, member)
            table.report_missing("missing_row", _name(stub, table.quarter))


def _name(text: Text, quarter: str) -> str:
    """Name a heading or a row in English, for a finding."""
    if text.source != "period":
        return codelist(text.source).label(text.code)
    period = calendar.resolve(calendar.Relative(text.code), quarter)
    return month_label(period, "en") if calendar.MONTH.fullmatch(period) else period
