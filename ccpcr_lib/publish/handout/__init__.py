"""A quarter → the hand-out workbook: a contents sheet, one table a sheet with its native chart, every count.

It follows the public guidance for statistical spreadsheets: the title in A1, then unit, period, source and notes; one
Excel table a sheet with one row of headings and no merged cells; blank cells explained; links from the contents.
The project's own reader reads it back to the same counts. The same report gives the same bytes.
"""

import io
from collections.abc import Sequence

import pandas as pd

from ...analysis.tables import Table
from ...words import say
from ..charts.office import MADE, PLAIN, same_bytes
from ..release import Release
from ..text.indicators import indicator_frame, indicator_table
from ..text.table import footnote, subtitle, title
from .grids import counts_grid, frame_grid, plotted, table_grid
from .sheets import Book, add_chart, open_book, set_print, write_grid, write_lines, write_top

CONTENTS, INDICATORS, COUNTS = "Contents", "Indicators", "Counts"


def build_handout(release: Release) -> bytes:
    """Make a quarter's hand-out workbook."""
    buffer = io.BytesIO()
    book = open_book(buffer, release, PLAIN, _properties(release))
    contents = book.book.add_worksheet(CONTENTS)
    sheets = {_add_table(book, name): title(release, name) + release.dagger(name) for name in release.tables}
    sheets[_add_indicators(book)] = f"{release.say('indicators_title')}, {release.period[:4]}"
    _add_counts(book)
    _write_contents(book, contents, sheets | {COUNTS: release.say("handout_counts")})
    contents.activate()
    book.book.close()
    return same_bytes(buffer.getvalue())


def _properties(release: Release) -> dict[str, object]:
    """Say what the workbook is, and name no person."""
    return {
        "title": release.say("report_title"),
        "subject": f"{release.name_quarter()}, {release.name_months()}",
        "keywords": release.period,
        "comments": f"{release.report.workbook}, SHA-256 {release.report.sha256}",
        "author": "",
        "created": MADE,
    }


def _add_table(book: Book, name: str) -> str:
    """Add the sheet of one table, and give its name: title, unit and period, source, notes, the table, its chart."""
    release, table = book.release, book.release.table(name)
    sheet = book.book.add_worksheet(f"{table.spec.slide:02d} {name.replace('_', ' ')}"[:31])
    heading, grid = title(release, name) + release.dagger(name), table_grid(release, table)
    top = write_top(book, sheet, heading, _lines_above(release, table))
    below = write_grid(book, sheet, grid, top, name=name) + 1
    disputes = [release.say("handout_disputed", statement=item.statement) for item in release.disputes(name)]
    below = write_lines(book, sheet, below, disputes) + 1
    words = f"{heading}. {subtitle(release, table)}"
    add_chart(book, sheet, grid, plotted(table), top=top, below=below, heading=words)
    set_print(sheet, pages=1)
    return sheet.get_name()


def _lines_above(release: Release, table: Table) -> list[str]:
    """Say a table's unit and period, its source, and what a reader must know before the figures."""
    marked = {cell.mark for cell in table.cells}
    notes = [note for note in table.footnotes if note.mark in marked]
    column = {"column": lambda language: say("handout_notes", language)}
    lines = [subtitle(release, table), release.source_line(table.spec.name)]
    lines += [release.say("handout_marked", **column)] if notes else []
    lines += [f"{note.mark} {footnote(release, note)}" for note in notes]
    told = {
        "at_least_note": table.spec.totals[0].once,
        "percent_note": any(cell.slot.role == "share" and cell.percent is not None for cell in table.cells),
        "handout_blank": table.blanks,
        "handout_no_total": any(column.is_stock or column.joined for column in table.spec.columns),
    }
    return [*lines, *(release.say(code) for code, applies in told.items() if applies)]


def add_frame(book: Book, name: str, heading: str, frame: pd.DataFrame, *, lines: Sequence[str] = ()) -> str:
    """Add a sheet with any plain frame as an Excel table, and give its name: indicators, the plan and the trend."""
    sheet = book.book.add_worksheet(name)
    write_grid(book, sheet, frame_grid(frame), write_top(book, sheet, heading, lines), name=f"frame_{name.casefold()}")
    set_print(sheet, pages=0)
    return name


def _add_indicators(book: Book) -> str:
    release = book.release
    table = indicator_table(release)
    lines = [release.name_quarter(), table.source, *table.notes]
    return add_frame(book, INDICATORS, table.title, indicator_frame(release), lines=lines)


def _add_counts(book: Book) -> None:
    """Add the sheet with every count as it was read, one a row."""
    release, sheet = book.release, book.book.add_worksheet(COUNTS)
    top = write_top(book, sheet, release.say("handout_counts"), [release.say("handout_keys")])
    write_grid(book, sheet, counts_grid(release.counts), top, name="counts")
    sheet.freeze_panes(top + 1, 0)
    set_print(sheet, pages=0)


def _write_contents(book: Book, sheet, sheets: dict[str, str]) -> None:
    """Write the first sheet: what this is, where it comes from, and a link to each sheet."""
    release = book.release
    row = write_top(book, sheet, release.say("report_title"), [release.say("handout_about")])
    period = f"{release.period}: {release.name_quarter()}, {release.name_months()}"
    workbook = f"{release.report.workbook}, SHA-256 {release.report.sha256}"
    pairs = {release.say("handout_period"): period, release.say("handout_workbook"): workbook}
    for place, (name, text) in enumerate(pairs.items(), row):
        sheet.write_string(place, 0, name, book.formats["note"])
        sheet.write_string(place, 1, text, book.formats["note"])
    _write_links(book, sheet, row + len(pairs) + 1, sheets)
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 1, 90)
    set_print(sheet, pages=1)


def _write_links(book: Book, sheet, row: int, sheets: dict[str, str]) -> None:
    for column, code in enumerate(("handout_sheet", "handout_table")):
        sheet.write_string(row, column, book.release.say(code), book.formats["head"])
    for place, (name, heading) in enumerate(sheets.items(), row + 1):
        sheet.write_url(place, 0, f"internal:'{name}'!A1", book.formats["link"], name)
        sheet.write_string(place, 1, heading, book.formats["text"])
