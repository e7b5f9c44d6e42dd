"""The sheet `About`: which quarter it is, who reports, how to fill the workbook in."""

from functools import partial

from ...model.wording import in_language, quarter_label, word
from .layout import TITLE_LINES
from .sheets import Pen, lay_out_print, write_title

HOW = ("new_how_entry", "new_how_blank", "new_how_names", "new_how_persons")
WIDTHS = (30, 80)


def write_about(sheet, pen: Pen, period: str) -> None:
    """Write the sheet that the workbook opens on."""
    write_title(sheet, pen, say(pen, "report_title"), period)
    quarter = in_language(pen.language, partial(quarter_label, period))
    lines = [("new_period", f"{period} ({quarter})", "text"), ("new_shelter", "", "entry_text")]
    lines += [("new_prepared", "", "entry_text"), *(("new_how", say(pen, code), "text") for code in HOW)]
    for row, (label, text, shape) in enumerate(lines, TITLE_LINES):
        is_repeated = row > TITLE_LINES and lines[row - TITLE_LINES - 1][0] == label
        sheet.write_string(row, 0, "" if is_repeated else say(pen, label), pen.formats["label"])
        sheet.write_string(row, 1, text, pen.formats[shape])
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    lay_out_print(sheet, TITLE_LINES + len(lines), 1)
    sheet.activate()


def say(pen: Pen, code: str, **fields: object) -> str:
    """Say a word or a sentence in the workbook's language."""
    return in_language(pen.language, lambda language: word(code, language, **fields))
