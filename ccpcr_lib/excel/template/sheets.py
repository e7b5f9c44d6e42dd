"""A `Page` → the sheet of one table, written with XlsxWriter: labels, entry cells, formulas with their results.

XlsxWriter is the one writer here that stores a formula's result beside it.
"""

from dataclasses import dataclass
from functools import partial

from ...model.codelist import codelist
from ...model.wording import in_language, quarter_label, span_label, text_label
from . import style
from .formulas import formula_of
from .layout import TITLE_LINES, Field, Page, is_spare

BLANK_RESULT = " "
"""What is stored as the result of a formula that shows nothing: with an empty text it would look never calculated."""


@dataclass(frozen=True)
class Pen:
    """What every sheet is written with: the formats by name, the language, a line shown above every title."""

    formats: dict
    language: str
    banner: str = ""


def write_title(sheet, pen: Pen, title: str, quarter: str) -> None:
    """Write what stands above everything: the banner, the title, the quarter with its code and its months."""
    months = in_language(pen.language, partial(span_label, quarter))
    name = in_language(pen.language, partial(quarter_label, quarter))
    for row, height in enumerate(style.TITLE_HEIGHTS):
        sheet.set_row(row, height)
    sheet.write_string(0, 0, pen.banner, pen.formats["banner"])
    sheet.write_string(1, 0, title, pen.formats["title"])
    sheet.write_string(2, 0, f"{quarter}: {name} ({months})", pen.formats["quarter"])


def write_page(sheet, pen: Pen, page: Page) -> None:
    """Write one table's sheet."""
    write_title(sheet, pen, codelist("tables").label(page.spec.name, pen.language), page.quarter)
    for item in page.fields:
        _write_field(sheet, pen, page, item)
    stub = _stub_width(pen, page)
    sheet.set_column(0, 0, stub)
    sheet.set_column(1, page.right, style.COLUMN_WIDTH)
    _set_heights(sheet, pen, page, stub)
    sheet.freeze_panes(TITLE_LINES + page.spec.depth, 1)
    lay_out_print(sheet, page.bottom, page.right)


def lay_out_print(sheet, bottom: int, right: int) -> None:
    """Print what is written and no more, on A4 across, one page wide."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.print_area(0, 0, bottom, right)
    sheet.hide_gridlines(2)


def _write_field(sheet, pen: Pen, page: Page, item: Field) -> None:
    """Write one cell, merged if its slot is."""
    slot, shape = item.slot, pen.formats[_format(page, item)]
    if slot.rows > 1 or slot.columns > 1:
        below, beside = item.row + slot.rows - 1, item.column + slot.columns - 1
        sheet.merge_range(item.row, item.column, below, beside, "", shape)
    if slot.text:
        sheet.write_string(item.row, item.column, _label(pen, page, item).strip(), shape)
    elif item.is_entry:
        sheet.write(item.row, item.column, item.value, shape)
    else:
        formula = formula_of(page, slot)
        result = BLANK_RESULT if formula.value is None else formula.value
        sheet.write_formula(item.row, item.column, formula.text, shape, result)


def _format(page: Page, item: Field) -> str:
    if item.slot.role == "stub" and is_spare(item.slot.text.code):
        return "spare"
    return "total" if item.slot.role == "plan" and not item.is_entry else item.slot.role


def _label(pen: Pen, page: Page, item: Field) -> str:
    return text_label(item.slot.text, page.quarter, pen.language, is_head=item.slot.role == "head")


def _stub_width(pen: Pen, page: Page) -> int:
    least, most = style.STUB_WIDTHS
    longest = max(len(_label(pen, page, item)) for item in page.fields if item.slot.role == "stub")
    return min(max(least, longest + 2), most)


def _set_heights(sheet, pen: Pen, page: Page, stub: int) -> None:
    """Make each row as high as its labels need: no program does it for merged cells."""
    for row in range(TITLE_LINES, page.bottom + 1):
        labels = [item for item in page.fields if item.slot.text and item.slot.rows == 1 and item.row == row]
        lines = max((_lines(pen, page, item, stub) for item in labels), default=1)
        sheet.set_row(row, style.LINE * lines + 4)


def _lines(pen: Pen, page: Page, item: Field, stub: int) -> int:
    room = stub if item.column == 0 else style.HEAD_CHARACTERS * item.slot.columns
    return -(-len(_label(pen, page, item)) // room)
