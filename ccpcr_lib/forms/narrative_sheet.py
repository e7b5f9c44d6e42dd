"""The sheet `Narrative`: a row for each sentence of the deck; the sections of the quarter before, their text empty."""

from collections.abc import Sequence

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


def write_narrative(sheet, pen: Pen, headings: Sequence[SectionPlace]) -> None:
    """Write the sheet with the sections of its sentences; what they say is for a person to write."""
    write_title(sheet, pen, pen.say("narrative_title"))
    for column, (code, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.write_string(TITLE_LINES, column, codelist("narrative").label(code), pen.formats["head"])
        sheet.set_column(column, column, width)
    bottom = TITLE_LINES + len(headings) + SPARE_LINES
    for row, heading in enumerate([*headings, *[("", "")] * SPARE_LINES], TITLE_LINES + 1):
        _write_line(sheet, pen, row, heading)
    cells = area(TITLE_LINES + 1, 0, bottom, len(HEADINGS) - 1)
    guard_free(sheet, pen, cells, ("narrative_title", "narrative_help"))
    sheet.freeze_panes(TITLE_LINES + 1, 0)
    lay_out_print(sheet, bottom, len(HEADINGS) - 1)
    protect(sheet)


def _write_line(sheet, pen: Pen, row: int, heading: SectionPlace) -> None:
    shape = pen.formats["entry_text"]
    for column, text in enumerate((*heading, "", "")):
        if text.isdecimal():
            sheet.write_number(row, column, int(text), shape)
        else:
            write_text(sheet, (row, column), text, shape)
