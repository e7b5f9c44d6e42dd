"""Cells that are struck out, raised or hidden → findings at those cells.

A figure that is struck out, or nothing but raised, is not read: its finding stands with the others of that cell.
"""

from collections.abc import Iterator, Sequence

from ..model.finding import Finding
from ..model.wording import table_title
from ..words import say
from .file.address import Place, column_letters
from .file.grid import Grid
from .finder import RecognisedTable
from .rules import make_finding
from .settled import Settled, shorten
from .values import BLANK, parse_value, shown


def report_marks(table: Settled) -> None:
    """Report what is struck out or raised in the labels, headings and figures of a table, once a cell."""
    grid = table.grid
    marked = grid.struck.keys() | grid.written.keys() | grid.raised
    if not marked:
        return
    reported = {(finding.rule, *finding.where) for finding in table.findings}
    for place in sorted(marked & {grid.covered.get(place, place) for place in _places(table)}):
        for finding in mark_at(grid, place, table=table.name):
            if (finding.rule, *finding.where) not in reported:
                table.findings.append(finding)


def mark_at(grid: Grid, place: Place, *, where: str = "", table: str = "") -> Sequence[Finding]:
    """Give the finding for the marks of a cell, if it has any: struck out, raised in part, a figure raised as a whole.

    `where` names the cell if it is not to be named as it is within its workbook.
    """
    place = grid.covered.get(place, place)
    rule = _rule(grid, place)
    if not rule:
        return ()
    text = shorten(shown(grid.cells.get(place), percent=place in grid.percents))
    fields = {"printed": shorten(shown(grid.written.get(place, text))), "read": text}
    fields["part"] = shorten(shown(grid.struck.get(place))) or text
    return (make_finding(rule, where or grid.source(*place), table=table, **fields),)


def _rule(grid: Grid, place: Place) -> str:
    if place in grid.struck:
        return "struck_text"
    if place in grid.written:
        return "raised_mark"
    content = grid.cells.get(place)
    is_figure = not isinstance(content, str) or parse_value(content).problem != "not_a_number"
    return "raised_figure" if place in grid.raised and is_figure else ""


def _places(table: Settled) -> Iterator[Place]:
    """List the cells that a table is read from: headings, labels, and the figures of the rows that are read."""
    region, grid = table.region, table.grid
    for row in range(region.top, region.leaf + 1):
        yield from ((row, column) for column in (region.stub, *region.columns))
    read = {*table.keys, *region.totals}
    for row in (*region.rows, *region.totals, *region.subtotals):
        if row in read or any((row, column) in grid.cells for column in region.columns):
            yield from ((row, column) for column in region.stubs)
    yield from ((row, column) for row in read for column in (*table.columns, *table.notes))


def hidden_cells(tables: Sequence[RecognisedTable]) -> list[Finding]:
    """Note the figures that stand in hidden rows and columns: one finding a table."""
    findings = []
    for table in tables:
        name, grid = table.spec.name, table.region.grid
        places = sorted(_hidden_figures(table)) if grid.hidden_rows or grid.hidden_columns else []
        if places:
            where = [grid.source(*place) for place in places]
            fields = {"title": table_title(name), "lines": _lines(grid, places)}
            findings.append(make_finding("hidden_cells", where, table=name, **fields))
    return findings


def _hidden_figures(table: RecognisedTable) -> Iterator[Place]:
    """List the figures of which nothing is seen: of a merged cell, all rows or all columns are hidden."""
    region, grid = table.region, table.region.grid
    for row, column in ((row, column) for row in (*region.rows, *region.totals) for column in region.columns):
        rows, columns = grid.spans.get((row, column), (1, 1))
        is_hidden = grid.hidden_rows.issuperset(range(row, row + rows))
        is_hidden |= grid.hidden_columns.issuperset(range(column, column + columns))
        if is_hidden and parse_value(grid.cells.get((row, column))) != BLANK:
            yield row, column


def _lines(grid: Grid, places: Sequence[Place]) -> str:
    """Name the hidden rows and columns of the sheet, as in “row 7, column D”."""
    lines = ({row for row, _ in places} & grid.hidden_rows, {column for _, column in places} & grid.hidden_columns)
    rows, columns = map(sorted, lines[::-1] if grid.is_turned else lines)
    named = [say("hidden_row", name=str(row + 1)) for row in rows]
    return ", ".join([*named, *(say("hidden_column", name=column_letters(column)) for column in columns)])
