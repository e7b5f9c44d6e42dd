"""Sections of the quarter before → the sheet `Narrative`: a row for each sentence of the deck, its text still empty."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from ..excel.narrative import ORDER, SECTION, TEXT, TEXT_KM, SectionPlace
from ..model.codelist import codelist
from .entry import guard_free, protect
from .formulas import area
from .layout import TITLE_LINES
from .pen import Pen, lay_out_print, write_text, write_title

SHEET = "Narrative"
HEADINGS = (SECTION, ORDER, TEXT, TEXT_KM)
WIDTHS = (30, 8, 70, 70)
SPARE_LINES = 12


def write_narrative(worksheet: Worksheet, pen: Pen, places: Sequence[SectionPlace]) -> None:
    """Write the sheet with the places of its sentences; what they say is for a person to write."""
    write_title(worksheet, pen, pen.say("narrative_title"))
    for column, (code, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        worksheet.write_string(TITLE_LINES, column, codelist("narrative").label(code), pen.formats["head"])
        worksheet.set_column(column, column, width)
    bottom = TITLE_LINES + len(places) + SPARE_LINES
    for row, place in enumerate([*places, *[("", "")] * SPARE_LINES], TITLE_LINES + 1):
        _write_line(worksheet, pen, row, place)
    cells = area(TITLE_LINES + 1, 0, bottom, len(HEADINGS) - 1)
    guard_free(worksheet, pen, cells, ("narrative_title", "narrative_help"))
    worksheet.freeze_panes(TITLE_LINES + 1, 0)
    lay_out_print(worksheet, bottom, len(HEADINGS) - 1)
    protect(worksheet)


def _write_line(worksheet: Worksheet, pen: Pen, row: int, place: SectionPlace) -> None:
    shape = pen.formats["entry_text"]
    for column, text in enumerate((*place, "", "")):
        if text.isdecimal():
            worksheet.write_number(row, column, int(text), shape)
        else:
            write_text(worksheet, (row, column), text, shape)
