"""A recognised table and its quarter → a `Settled` table: which declared column and which row each place is.

What is unknown, odd or twice is reported here, at its heading or its label; what is left can be read.
"""

from collections.abc import Iterator
from dataclasses import replace

from ..model import period as calendar
from ..model.codelist import codelist, tidy_label
from ..model.column import DeclaredKey
from ..model.table import Column, Text
from ..model.wording import month_label
from .file.address import Place
from .file.grid import Content
from .finder import RecognisedTable
from .labels import mentions
from .settled import Settled


def settle(recognised: RecognisedTable, quarter: str) -> Settled:
    """Settle a recognised table's columns and rows for its quarter. Problems become findings."""
    table = Settled(recognised, quarter)
    _set_notes_apart(table, dict(_settle_columns(table)))
    table.rows = dict(_settle_rows(table))
    _report_missing(table)
    for row in table.region.subtotals:
        table.report("subtotal", _label_place(table, row))
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
        column = table.recognised.columns.get(place) or _quarter_total(table, place)
        if column is None:
            _report_unknown_column(table, place)
            continue
        column = _dated_column(table, place, column)
        if column is None:
            continue
        identity = (column.role, column.measure, column.unit, *sorted(column.key.items()))
        if identity in seen and _holds_only_shares(table, place):
            column = replace(column, role="share")
        elif identity in seen and column.role not in ("share", "note"):
            first = table.grid.source(*_heading_place(table, seen[identity]))
            table.report("column_twice", _heading_place(table, place), first=first)
            continue
        seen[identity] = place
        yield place, column


def _holds_only_shares(table: Settled, place: int) -> bool:
    """Check whether a column has percents only, as where a month's heading spans a count and its percent."""
    values = [table.value((row, place)) for row in (*table.region.rows, *table.region.totals)]
    return any(value.share is not None for value in values) and all(value.number is None for value in values)


def _quarter_total(table: Settled, place: int) -> Column | None:
    """Take a column headed by nothing but the report's own quarter as the sheet's total."""
    own, year = {("quarter", table.quarter[-1])}, {("year", table.quarter[:4])}
    mentioned = mentions(table.grid.at(*_heading_place(table, place)))
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
    expected, own = calendar.previous(table.quarter), table.recognised.headings[place].own
    years = {year for level in own for kind, year in level if kind == "year"}
    if _headed(table, place, "quarter") != expected[-1] or years - {expected[:4]}:
        table.report("wrong_quarter", _heading_place(table, place), expected=expected)
        return None
    return column


def _month_column(table: Settled, place: int, column: Column) -> Column | None:
    """Choose the declared column like this one, of the month that its heading names."""
    relative = _relative_month(table.quarter, _headed(table, place, "month"))
    if relative is None:
        table.report("wrong_month", _heading_place(table, place), expected=table.quarter)
        return None
    wanted = (column.role, column.measure, column.unit, {**column.key, "period": relative})
    return next(known for known in table.spec.columns if (known.role, known.measure, known.unit, known.key) == wanted)


def _headed(table: Settled, place: int, kind: str) -> str:
    """Give the first code of a kind that a column's heading mentions, from the lowest row up."""
    heading = table.recognised.headings[place]
    return next(code for level in (*heading.own, *heading.filled) for other, code in level if other == kind)


def _relative_month(quarter: str, month: str) -> calendar.Relative | None:
    """Name a month, by its two digits, as declarations do; None for one of another quarter."""
    months = [name[-2:] for name in calendar.months(quarter)]
    return calendar.MONTHS[months.index(month)] if month in months else None


def _heading_place(table: Settled, column: int) -> Place:
    """Give the lowest written cell of a column's heading."""
    region = table.region
    for row in range(region.leaf, region.top - 1, -1):
        if table.grid.at(row, column) is not None:
            return table.grid.covered.get((row, column), (row, column))
    return region.leaf, column


def _report_unknown_column(table: Settled, column: int) -> None:
    """Report a column nobody knows if it holds figures; words beside a table are remarks."""
    region = table.region
    if not any(table.value((row, column)).number is not None for row in (*region.rows, *region.totals)):
        return
    known = [*_labels("months"), *_labels("case_types")]
    table.report_unknown("unknown_column", _heading_place(table, column), nameless="no_heading", known=known)


def _labels(name: str) -> list[str]:
    return [member.label_en for member in codelist(name).members.values()]


def _settle_rows(table: Settled) -> Iterator[tuple[int, DeclaredKey]]:
    """Give each body row its key; a new name in an open list is a new member, elsewhere it is a finding."""
    region, declared = table.region, table.spec
    seen: dict[str, Place] = {}
    for row in region.rows:
        place, label = _label_place(table, row), region.label(row)
        member = _known_member(table, row, label)
        if member is None:
            _report_unknown_row(table, row, place)
        elif member in seen:
            table.report("row_twice", place, first=table.grid.source(*seen[member]))
        else:
            seen[member] = place
            yield row, declared.row_key(member)


def _known_member(table: Settled, row: int, label: Content | None) -> str | None:
    """Give the member of a row: a month of the quarter, one that its list knows, a new one where the list is open."""
    declared, member = table.spec, table.recognised.members[row]
    if declared.rows == "month":
        month = _relative_month(table.quarter, member) if member else None
        return month.value if month else None
    if member is None and declared.is_open and isinstance(label, str) and _has_figures(table, row):
        return tidy_label(label)
    return member


def _has_figures(table: Settled, row: int) -> bool:
    return any((row, column) in table.grid.cells for column in table.columns)


def _label_place(table: Settled, row: int) -> Place:
    """Give the cell of a row's label: the nearest with words, from the stub to the left."""
    region = table.region
    for column in range(region.stub, max(region.stub - 3, -1), -1):
        if isinstance(table.grid.cells.get((row, column)), str):
            return row, column
    return row, region.stub


def _report_unknown_row(table: Settled, row: int, place: Place) -> None:
    """Report a row nobody knows, unless it is empty: a remark between rows, or a spare row with zeros."""
    values = [table.value((row, column)) for column in table.columns]
    label = table.region.label(row)
    if label is None and not any(value.number or value.share or value.problem for value in values):
        return
    if label is not None and all(table.grid.cells.get((row, column)) is None for column in table.columns):
        return
    rows = table.spec.rows
    if rows == "month" and any(kind == "month" for kind, _ in mentions(label)):
        table.report("wrong_month", place, expected=table.quarter)
        return
    table.report_unknown("unknown_row", place, nameless="no_label", known=_labels(table.spec.codelist))


def _report_missing(table: Settled) -> None:
    """Report declared counts that have no column or no row here."""
    declared, there = table.spec, {id(column) for column in table.columns.values()}
    for column in declared.counts:
        if id(column) not in there:
            heads = column.heads[1:] or column.heads
            table.report_missing("missing_column", " ".join(_name(text, table.quarter) for text in heads))
    for member in () if declared.is_open else declared.members:
        if member not in table.members:
            stub = Text("period" if declared.rows == "month" else declared.codelist, member)
            table.report_missing("missing_row", _name(stub, table.quarter))


def _name(text: Text, quarter: str) -> str:
    """Name a heading or a row in English, for a finding."""
    if text.source != "period":
        return codelist(text.source).label(text.code)
    period = calendar.resolve(calendar.Relative(text.code), quarter)
    return month_label(period, "en") if calendar.MONTH.fullmatch(period) else period
