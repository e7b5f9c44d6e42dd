"""A quarter and what is open → the sheet `About`: which quarter it is, who reports, how to fill the workbook in."""

from xlsxwriter.worksheet import Worksheet

from . import style
from .checks import FAILS
from .entry import protect
from .formulas import Formula
from .layout import TITLE_LINES
from .pen import Pen, lay_out_print, write_text, write_title

SHEET = "About"
HOW = (
    "new_how_entry",
    "new_how_blank",
    "new_how_names",
    "new_how_notes",
    "new_how_paper",
    "new_how_checks",
    "new_how_persons",
)
WIDTHS = (34, 88)


def write_about(worksheet: Worksheet, pen: Pen, summary: Formula | None = None) -> None:
    """Write the sheet that the workbook opens on; `summary` says what is open."""
    write_title(worksheet, pen, pen.say("report_title"))
    if summary:
        _write_summary(worksheet, pen, summary)
    lines = _lines(pen)
    for row, line in enumerate(lines, TITLE_LINES + 2):
        _write_line(worksheet, pen, row, line)
    for column, width in enumerate(WIDTHS):
        worksheet.set_column(column, column, width)
    lay_out_print(worksheet, TITLE_LINES + 2 + len(lines), 1)
    protect(worksheet)
    worksheet.activate()


def _lines(pen: Pen) -> list[tuple[str, str, str]]:
    """Give the lines as the name of a label (empty under the same label), a text, and its format."""
    lines = [("reporting_period", f"{pen.quarter} ({pen.quarter_name})", "text")]
    lines += [("new_shelter", "", "entry_text"), ("new_prepared", "", "entry_text")]
    return lines + [("" if number else "new_how", pen.say(name), "text") for number, name in enumerate(HOW)]


def _write_line(worksheet: Worksheet, pen: Pen, row: int, line: tuple[str, str, str]) -> None:
    name, text, shape = line
    label = pen.say(name) if name else ""
    write_text(worksheet, (row, 0), label, pen.formats["label"])
    write_text(worksheet, (row, 1), text, pen.formats[shape])
    worksheet.set_row(row, style.height(max(style.lines(label, WIDTHS[0]), style.lines(text, WIDTHS[1]))))


def _write_summary(worksheet: Worksheet, pen: Pen, summary: Formula) -> None:
    """Write the banner that counts what is open; it turns red as long as something does not hold."""
    shape = pen.formats["summary"]
    worksheet.merge_range(TITLE_LINES, 0, TITLE_LINES, 1, "", shape)
    worksheet.write_formula(TITLE_LINES, 0, summary.text, shape, summary.value)
    worksheet.set_row(TITLE_LINES, style.height(2))
    rule = {"type": "formula", "criteria": f'=LEFT($A${TITLE_LINES + 1},1)="{FAILS}"', "format": pen.formats["fails"]}
    worksheet.conditional_format(TITLE_LINES, 0, TITLE_LINES, 1, rule)
