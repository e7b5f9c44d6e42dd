"""Differences → the list to settle them in: what both workbooks say, at which cells, and a column to fill in."""

import io
from collections.abc import Sequence

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..excel.agreed_list import AGREED, CELL, FIGURE
from ..excel.file.pack import Properties
from ..model.wording import table_title
from ..quality.agreed import told
from ..quality.difference import Difference, Files
from ..words import say
from .finish import finish
from .style import AS_TEXT, FORMATS, height, lines

COLUMNS = ("list_table", "list_what", CELL, FIGURE, CELL, FIGURE, AGREED, "list_remark")
WIDTHS = (30, 44, 22, 18, 22, 18, 18, 26)
FIRST, SECOND, TO_FILL = 2, 4, 6
"""The columns of the first workbook, of the second, and of what was agreed."""
TITLE, HOW, FILES, HEAD = range(4)
"""The rows above the lines."""
SHAPES = {
    "title": FORMATS["title"],
    "how": FORMATS["text"],
    "head": FORMATS["head"],
    "words": FORMATS["rule"] | {"valign": "top"},
    "figure": FORMATS["figure"] | {"valign": "top", "text_wrap": True},
    "agreed": FORMATS["entry_text"] | {"align": "center", "num_format": AS_TEXT},
    "remark": FORMATS["entry_text"],
}
HIGHEST = 409
"""The most points that Excel gives a row."""


def differences_list(differences: Sequence[Difference], files: Files) -> bytes:
    """Write the list as a workbook; what is not settled by a figure is not in it.

    The column to fill in holds text, so that no program makes a date of 4/2.
    """
    buffer = io.BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    formats = {name: workbook.add_format(shape) for name, shape in SHAPES.items()}
    sheet = workbook.add_worksheet(say("list_sheet"))
    _head(sheet, formats, files)
    for row, difference in enumerate((known for known in differences if known.in_list), HEAD + 1):
        _line(sheet, formats, row, difference)
    return finish(workbook, buffer, Properties(say("list_title", "en+km"), language="en+km"))


def _head(sheet: Worksheet, formats: dict[str, Format], files: Files) -> None:
    """Write what stands above the lines, and set how the sheet looks on screen and on paper."""
    sheet.write_string(TITLE, 0, say("list_title", "en+km"), formats["title"])
    how, last = say("list_how", "en+km", between="\n"), len(COLUMNS) - 1
    sheet.merge_range(HOW, 0, HOW, last, how, formats["how"])
    sheet.set_row(HOW, height(1 + sum(lines(line, sum(WIDTHS)) for line in how.split("\n"))))  # Khmer is taller
    for column, file in ((FIRST, files.first), (SECOND, files.second)):
        sheet.merge_range(FILES, column, FILES, column + 1, file, formats["head"])
    for column, (code, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
        sheet.write_string(HEAD, column, say(code, "en+km"), formats["head"])
        sheet.set_column(column, column, width)
    sheet.freeze_panes(HEAD + 1, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:H{HEAD + 1 + 10_000}"})
    sheet.repeat_rows(FILES, HEAD)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)


def _line(sheet: Worksheet, formats: dict[str, Format], row: int, difference: Difference) -> None:
    table = table_title(difference.table) if difference.table else say("compare_sentences")
    words = (table, difference.what, *told(difference))
    shapes = ("words", "words", "words", "figure", "words", "figure")
    for column, (text, shape) in enumerate(zip(words, shapes, strict=True)):
        sheet.write_string(row, column, text, formats[shape])
    sheet.write_blank(row, TO_FILL, None, formats["agreed"])
    sheet.write_blank(row, TO_FILL + 1, None, formats["remark"])
    sheet.set_row(row, min(height(max(map(lines, words, WIDTHS))), HIGHEST))
