"""The sheet `Narrative`: a row for each sentence of the deck; the sections of the quarter before, their text empty."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...model.codelist import fold
from ...model.wording import word
from ..grid import Grid, read_grids
from ..package import open_package
from ..values import shown
from .entry import guard_free, protect
from .formulas import area
from .layout import TITLE_LINES
from .pen import Pen, lay_out_print, say, write_text, write_title

SHEET = "Narrative"
HEADINGS = ("narrative_section", "narrative_order", "narrative_text", "narrative_text_km")
WIDTHS = (30, 8, 70, 70)
SPARE_LINES = 12

Heading = tuple[str, str]
"""What a sentence belongs to: its section, and its place there."""


def write_narrative(sheet, pen: Pen, headings: Sequence[Heading]) -> None:
    """Write the sheet with the sections of its sentences; what they say is for a person to write."""
    write_title(sheet, pen, say(pen, "narrative_title"))
    for column, (code, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.write_string(TITLE_LINES, column, word(code, "en"), pen.formats["head"])
        sheet.set_column(column, column, width)
    bottom = TITLE_LINES + len(headings) + SPARE_LINES
    for row, heading in enumerate([*headings, *[("", "")] * SPARE_LINES], TITLE_LINES + 1):
        _write_line(sheet, pen, row, heading)
    cells = area(TITLE_LINES + 1, 0, bottom, len(HEADINGS) - 1)
    guard_free(sheet, pen, cells, ("narrative_title", "narrative_help"))
    sheet.freeze_panes(TITLE_LINES + 1, 0)
    lay_out_print(sheet, bottom, len(HEADINGS) - 1)
    protect(sheet)


def _write_line(sheet, pen: Pen, row: int, heading: Heading) -> None:
    shape = pen.formats["entry_text"]
    for column, text in enumerate((*heading, "", "")):
        if text.isdecimal():
            sheet.write_number(row, column, int(text), shape)
        else:
            write_text(sheet, (row, column), text, shape)


def headings_in(path: Path) -> tuple[Heading, ...]:
    """List the sections of a workbook's sentences and their places; none where it has no such sheet."""
    return tuple(heading for grid in read_grids(open_package(path)) for heading in _headings(grid))


def _headings(grid: Grid) -> Iterator[Heading]:
    """Find the row that heads sentences on a sheet, and read its first columns downwards."""
    wanted = {fold(word(code, "en")): code for code in HEADINGS}
    heads: dict[int, dict[str, int]] = {}
    for (row, column), content in sorted(grid.cells.items(), key=lambda item: item[0]):
        code = wanted.get(fold(content)) if isinstance(content, str) else None
        if code:
            heads.setdefault(row, {}).setdefault(code, column)
    top = next((row for row, codes in heads.items() if {HEADINGS[0], HEADINGS[2]} <= codes.keys()), None)
    if top is not None:
        for row in range(top + 1, grid.height):
            cells = [shown(grid.at(row, heads[top].get(code, -1))) for code in HEADINGS[:2]]
            if cells[0]:
                yield cells[0], cells[1]
