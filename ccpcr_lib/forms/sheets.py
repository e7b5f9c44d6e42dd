"""A `Page` → the sheet of one table, written with XlsxWriter: labels, entry cells, formulas with their results.

XlsxWriter is the one writer here that stores a formula's result beside it.
"""

from math import ceil

from ..model import period as calendar
from ..model.table import Text
from ..model.wording import table_title, text_label
from . import style
from .entry import guard_counts, guard_names, guard_notes, protect
from .formulas import formula_of
from .layout import TITLE_LINES, Field, Note, Page, is_spare
from .pen import Pen, lay_out_print, write_result, write_text, write_title


def write_page(sheet, pen: Pen, page: Page, *, names: str = "") -> None:
    """Write one table's sheet; `names` says where the names of its drop-down stand."""
    write_title(sheet, pen, table_title(page.spec.name, pen.language))
    for item in page.fields:
        _write_field(sheet, pen, page, item)
    for note in page.notes:
        _write_note(sheet, pen, page, note)
    _guard(sheet, pen, page, names)
    _set_sizes(sheet, pen, page)
    is_given = any(_format(page, item) == "given" for item in page.fields)
    if is_given and pen.source:
        sheet.write_string(page.bottom + 2, 0, pen.say("new_given", file=pen.source), pen.formats["quarter"])
    sheet.freeze_panes(TITLE_LINES + page.spec.depth, 1)
    sheet.set_selection(page.counts[0].row, page.counts[0].column, page.counts[0].row, page.counts[0].column)
    lay_out_print(sheet, page.bottom + 2, max(page.right, _reach_of_title(pen, page)))


def _write_field(sheet, pen: Pen, page: Page, item: Field) -> None:
    """Write one cell, merged if its slot is."""
    slot, shape = item.slot, pen.formats[_format(page, item)]
    if slot.rows > 1 or slot.columns > 1:
        below, beside = item.row + slot.rows - 1, item.column + slot.columns - 1
        sheet.merge_range(item.row, item.column, below, beside, "", shape)
    if slot.text:
        write_text(sheet, (item.row, item.column), _label(pen, page, item).strip(), shape)
    elif item.is_entry:
        sheet.write(item.row, item.column, item.value, shape)
    else:
        write_result(sheet, (item.row, item.column), formula_of(page, slot), shape)


def _write_note(sheet, pen: Pen, page: Page, note: Note) -> None:
    """Write a cell for a note, or the heading above such cells."""
    if note.figure:
        sheet.write_blank(note.row, note.column, None, pen.formats["note"])
        return
    label, shape = _note_label(pen, page), pen.formats["head"]
    if note.rows > 1:
        sheet.merge_range(note.row, note.column, note.row + note.rows - 1, note.column, "", shape)
    sheet.write_string(note.row, note.column, label, shape)


def _note_label(pen: Pen, page: Page) -> str:
    return text_label(Text("headings", "note"), page.quarter, pen.language, is_head=True)


def _format(page: Page, item: Field) -> str:
    if item.slot.role == "stub" and is_spare(item.slot.text.code):
        return "spare"
    if item.is_entry and item.value is not None:
        is_earlier = item.slot.key["period"] == calendar.previous(page.quarter)
        return "given" if is_earlier or item.slot.role == "plan" else "count"
    return "total" if item.slot.role == "plan" and not item.is_entry else item.slot.role


def _label(pen: Pen, page: Page, item: Field) -> str:
    return text_label(item.slot.text, page.quarter, pen.language, is_head=item.slot.role == "head")


def _guard(sheet, pen: Pen, page: Page, names: str) -> None:
    guard_counts(sheet, pen, page)
    guard_notes(sheet, pen, page.notes)
    if names:
        guard_names(sheet, pen, page, names)
    protect(sheet)


def _set_sizes(sheet, pen: Pen, page: Page) -> None:
    """Make each column as wide and each row as high as its labels need: no program does it for merged cells."""
    stub = _stub_width(pen, page)
    sheet.set_column(0, 0, stub)
    sheet.set_column(1, max(page.right, _reach_of_title(pen, page)), style.COLUMN_WIDTH)
    for note in page.notes:
        sheet.set_column(note.column, note.column, style.NOTE_WIDTH)
    for row in range(TITLE_LINES, page.bottom + 1):
        labels = [item for item in page.fields if item.slot.text and item.row + item.slot.rows - 1 == row]
        high = max((_lines(pen, page, item, stub) for item in labels), default=1)
        sheet.set_row(row, style.height(high))


def _stub_width(pen: Pen, page: Page) -> int:
    least, most = style.STUB_WIDTHS
    longest = max(style.length(_label(pen, page, item)) for item in page.fields if item.slot.role == "stub")
    return min(max(least, longest + 2), most)


def _reach_of_title(pen: Pen, page: Page) -> int:
    """Say how many columns the title reaches over: a print must not cut it."""
    title = table_title(page.spec.name, pen.language)
    beyond = style.TITLE_SCALE * style.length(title) - _stub_width(pen, page)
    return max(0, ceil(beyond / style.COLUMN_WIDTH))


def _lines(pen: Pen, page: Page, item: Field, stub: int) -> int:
    """Say how many lines a label needs in its last row, where it is merged over several."""
    width = stub if item.column == 0 else (style.COLUMN_WIDTH - 2) * item.slot.columns
    return max(1, style.lines(_label(pen, page, item), width) - (item.slot.rows - 1))
