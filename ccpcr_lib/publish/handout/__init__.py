"""A quarter → the hand-out workbook: a glance at it, contents, one table a sheet with its native chart, every count.

It follows the public guidance for statistical spreadsheets: the title in A1, then unit, period, source and notes; one
Excel table a sheet with one row of headings and no merged cells; blank cells explained; links from the contents.
The project's own reader reads it back to the same counts. The same report gives the same bytes.
"""

import io
from collections.abc import Sequence
from functools import partial

import pandas as pd
from xlsxwriter.worksheet import Worksheet

from ...analysis.tables import Table
from ...excel.file.pack import Properties, packed
from ...model import period as calendar
from ...model.text import name_of
from ...model.wording import definitions, table_title
from ...words import say
from ..charts.office import PLAIN
from ..release import Release, marked
from ..text.definitions import definitions_frame
from ..text.indicators import indicator_frame, indicator_table
from ..text.table import footnote, is_bound, period_notes, subtitle
from .glance_sheet import add_glance
from .plain_table import PlainTable, is_marked, plain_counts, plain_frame, plain_table, plotted
from .sheets import Handout, add_chart, open_handout, set_print, settle_labels, write_lines, write_table, write_top

CONTENTS, INDICATORS, DEFINITIONS, COUNTS = "Contents", "Indicators", "Definitions", "Counts"


def build_handout(release: Release, corrected: Sequence[str] = ()) -> bytes:
    """Make a quarter's hand-out workbook, which opens with the quarter at a glance.

    `corrected` are the figures that the last report of the quarter had otherwise.
    """
    buffer = io.BytesIO()
    handout = open_handout(buffer, release, PLAIN)
    sheets = add_glance(handout, corrected)
    contents = handout.workbook.add_worksheet(CONTENTS)
    sheets |= dict(_add_table(handout, name) for name in release.tables)
    sheets[_add_indicators(handout)] = indicator_table(release).title
    sheets[_add_definitions(handout)] = release.say("definitions_title")
    _add_counts(handout)
    _write_contents(handout, contents, sheets | {COUNTS: release.say("handout_counts")})
    handout.workbook.worksheets()[0].activate()
    handout.workbook.close()
    return packed(buffer.getvalue(), _properties(release), edit=settle_labels)


def _properties(release: Release) -> Properties:
    """Give what the workbook says of itself; it names no person."""
    return Properties(
        release.say(release.title_name),
        f"{release.name_quarter()}, {release.name_months()}",
        calendar.printed(release.period),
        _fingerprint(release),
        release.language,
    )


def _fingerprint(release: Release) -> str:
    return release.say("handout_fingerprint", file=release.workbook, sha256=release.sha256)


def _fingerprints(release: Release) -> list[str]:
    """Name each workbook with its fingerprint."""
    each = zip(map(name_of, release.paths), release.sha256.split(", "), strict=True)
    return [release.say("handout_fingerprint", file=name, sha256=mark) for name, mark in each]


def _add_table(handout: Handout, name: str) -> tuple[str, str]:
    """Add the sheet of one table: title, unit and period, source, notes, the table, its chart. Give name and title."""
    release, table = handout.release, handout.release.table(name)
    worksheet = handout.workbook.add_worksheet(f"{table.spec.slide:02d} {name.replace('_', ' ')}"[:31])
    plain, shown = plain_table(release, table), plotted(table)
    named = table_title(name, release.language)
    heading = marked(named, plain.findings)
    top = write_top(handout, worksheet, heading, _lines_above(release, table))
    below = write_table(handout, worksheet, plain, top, name=name) + 1
    below = write_lines(handout, worksheet, below, _disputes(release, plain)) + 1
    words = f"{marked(named, is_marked(plain, shown))}. {subtitle(release, table)}"
    add_chart(handout, worksheet, plain, shown, top=top, below=below, heading=words)
    set_print(worksheet, pages=1)
    return worksheet.get_name(), heading


def _disputes(release: Release, plain: PlainTable) -> list[str]:
    """Write why figures of a sheet are in dispute."""
    findings = release.in_order(plain.findings)
    return [release.say("handout_disputed", statement=finding.statement) for finding in findings]


def _lines_above(release: Release, table: Table) -> list[str]:
    """List a table's unit and period, its source, and what a reader must know before the figures."""
    there = {cell.mark for cell in table.cells}
    notes = [note for note in table.footnotes if note.mark in there]
    lines = [subtitle(release, table), release.source_line(table.spec.name)]
    lines += definitions(table.spec, release.language)
    lines += [release.say("handout_marked", column=partial(say, "handout_notes"))] if notes else []
    lines += [f"{note.mark} {footnote(release, note)}" for note in notes]
    lines += [release.say("percent_note", sum=added) for kind, added in table.uneven_percents if kind == "column"]
    remarks = {
        "at_least_note": is_bound(table),
        "handout_blank": table.blanks,
        "handout_no_total": any(column.is_stock or column.joined for column in table.spec.columns),
    }
    lines += period_notes(release, table)
    return [*lines, *(release.say(name) for name, applies in remarks.items() if applies)]


def add_frame(handout: Handout, name: str, heading: str, frame: pd.DataFrame, *, lines: Sequence[str] = ()) -> str:
    """Add a sheet with any plain frame as an Excel table, and give its name: indicators, the plan and the trend."""
    worksheet = handout.workbook.add_worksheet(name)
    top = write_top(handout, worksheet, heading, lines)
    write_table(handout, worksheet, plain_frame(frame), top, name=f"frame_{name.casefold()}")
    set_print(worksheet, pages=0)
    return name


def _add_indicators(handout: Handout) -> str:
    release = handout.release
    table = indicator_table(release).on_one_line
    lines = [release.name_quarter(), table.source, *table.notes]
    return add_frame(handout, INDICATORS, table.title, indicator_frame(release), lines=lines)


def _add_definitions(handout: Handout) -> str:
    release = handout.release
    heading, lines = release.say("definitions_title"), [release.say("definitions_about")]
    return add_frame(handout, DEFINITIONS, heading, definitions_frame(release), lines=lines)


def _add_counts(handout: Handout) -> None:
    """Add the sheet with every count as it was read, one a row."""
    release, worksheet = handout.release, handout.workbook.add_worksheet(COUNTS)
    plain = plain_counts(release)
    lines = [release.say("handout_keys"), *_disputes(release, plain)]
    top = write_top(handout, worksheet, release.say("handout_counts"), lines)
    write_table(handout, worksheet, plain, top, name="counts")
    worksheet.freeze_panes(top + 1, 0)
    set_print(worksheet, pages=0)


def _write_contents(handout: Handout, worksheet: Worksheet, sheets: dict[str, str]) -> None:
    """Write what this is, where it comes from, and a link to each of the others."""
    release = handout.release
    row = write_top(handout, worksheet, release.say(release.title_name), [release.say("handout_about")])
    period = f"{calendar.printed(release.period)}: {release.name_quarter()}, {release.name_months()}"
    pairs = [(release.say("reporting_period"), period)]
    pairs += [(release.say("handout_workbook"), text) for text in _fingerprints(release)]
    for place, (name, text) in enumerate(pairs, row):
        worksheet.write_string(place, 0, name, handout.formats["note"])
        worksheet.write_string(place, 1, text, handout.formats["note"])
    _write_links(handout, worksheet, row + len(pairs) + 1, sheets)
    worksheet.set_column(0, 0, 34)
    worksheet.set_column(1, 1, 90)
    set_print(worksheet, pages=1)


def _write_links(handout: Handout, worksheet: Worksheet, row: int, sheets: dict[str, str]) -> None:
    for column, name in enumerate(("handout_sheet", "handout_table")):
        worksheet.write_string(row, column, handout.release.say(name), handout.formats["head"])
    for place, (name, heading) in enumerate(sheets.items(), row + 1):
        worksheet.write_url(place, 0, f"internal:'{name}'!A1", handout.formats["link"], name)
        worksheet.write_string(place, 1, heading, handout.formats["text"])
