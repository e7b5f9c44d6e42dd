"""What every sheet of a new workbook is written with: formats, language, and what stands above each title."""

from dataclasses import dataclass
from functools import partial

from ..model.wording import quarter_label, span_label
from ..words import in_language, say
from . import style
from .formulas import Formula

BLANK_RESULT = " "
"""What is stored as the result of a formula that shows nothing: with an empty text it would look never calculated."""


@dataclass(frozen=True)
class Pen:
    """The formats by name, the language, the quarter, a line shown above every title.

    `source` names the workbook that given figures come from.
    """

    formats: dict
    language: str
    quarter: str
    banner: str = ""
    source: str = ""

    def say(self, name: str, **fields: object) -> str:
        """Give a sentence in the workbook's language."""
        return say(name, self.language, **fields)


def write_title(sheet, pen: Pen, title: str) -> None:
    """Write what stands above everything: the banner, the title, the quarter with its code and its months."""
    months = in_language(pen.language, partial(span_label, pen.quarter))
    name = in_language(pen.language, partial(quarter_label, pen.quarter))
    for row, height in enumerate(style.TITLE_HEIGHTS):
        sheet.set_row(row, height)
    write_text(sheet, (0, 0), pen.banner, pen.formats["banner"])
    sheet.write_string(1, 0, title, pen.formats["title"])
    sheet.write_string(2, 0, f"{pen.quarter}: {name} ({months})", pen.formats["quarter"])


def write_text(sheet, place: tuple[int, int], text: str, shape) -> None:
    """Write a text as text, whatever it looks like; an empty one leaves the cell blank."""
    if text:
        sheet.write_string(*place, text, shape)
    else:
        sheet.write_blank(*place, None, shape)


def write_result(sheet, place: tuple[int, int], formula: Formula, shape) -> None:
    """Write a formula with its result."""
    sheet.write_formula(*place, formula.text, shape, BLANK_RESULT if formula.value is None else formula.value)


def lay_out_print(sheet, bottom: int, right: int) -> None:
    """Print what is written and no more, on A4 across, one page wide."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, bottom, right)
    sheet.hide_gridlines(2)
