"""Texts, results and titles → cells of a worksheet, in the workbook's formats and language: what all sheets share."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from ..model.wording import quarter_label, span_label
from ..words import BETWEEN, in_language, say
from . import style
from .finish import BLANK_RESULT
from .formulas import Formula


class Page(Worksheet):
    """A worksheet that takes formulas as they are written.

    XlsxWriter looks in each for thirty functions of newer versions of Excel, which no formula here has, to put a prefix
    before them: half of the time that a workbook takes.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")


@dataclass(frozen=True)
class Pen:
    """The formats by name, the language, the quarter, a line shown above every title.

    `source` names the workbook that given figures come from.
    """

    formats: Mapping[str, Format]
    language: str
    quarter: str
    banner: str = ""
    source: str = ""

    def say(self, name: str, *, between: str = BETWEEN, **fields: object) -> str:
        """Give a sentence in the workbook's language; a field may be a function of the language."""
        return say(name, self.language, between=between, **fields)

    @property
    def quarter_name(self) -> str:
        """The quarter's name in the workbook's language."""
        return in_language(self.language, partial(quarter_label, self.quarter))


def write_title(worksheet: Worksheet, pen: Pen, title: str) -> None:
    """Write what stands above everything: the banner, the title, the quarter with its code and its months."""
    months = in_language(pen.language, partial(span_label, pen.quarter))
    for row, height in enumerate(style.TITLE_HEIGHTS):
        worksheet.set_row(row, height)
    write_text(worksheet, (0, 0), pen.banner, pen.formats["banner"])
    worksheet.write_string(1, 0, title, pen.formats["title"])
    worksheet.write_string(2, 0, f"{pen.quarter}: {pen.quarter_name} ({months})", pen.formats["quarter"])


def write_text(worksheet: Worksheet, place: tuple[int, int], text: str, shape: Format) -> None:
    """Write a text as text, whatever it looks like; an empty one leaves the cell blank."""
    if text:
        worksheet.write_string(*place, text, shape)
    else:
        worksheet.write_blank(*place, None, shape)


def write_result(worksheet: Worksheet, place: tuple[int, int], formula: Formula, shape: Format | None) -> None:
    """Write a formula with its result."""
    worksheet.write_formula(*place, formula.text, shape, BLANK_RESULT if formula.value is None else formula.value)


def lay_out_print(worksheet: Worksheet, bottom: int, right: int) -> None:
    """Print what is written and no more, on A4 across, one page wide."""
    worksheet.set_landscape()
    worksheet.set_paper(style.A4)
    worksheet.fit_to_pages(1, 0)
    worksheet.print_area(0, 0, bottom, right)
    worksheet.hide_gridlines(2)
