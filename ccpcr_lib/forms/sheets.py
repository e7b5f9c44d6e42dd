"""An `EntrySheet` → the worksheet of one table: labels, entry cells, formulas with their results.

XlsxWriter is the one writer here that stores a formula's result beside it.
"""

from math import ceil

from xlsxwriter.worksheet import Worksheet

from ..model import period as calendar
from ..model.paper import ON_PAPER
from ..model.table import Text
from ..model.wording import definitions, table_title, text_label
from . import style
from .entry import guard_counts, guard_names, guard_notes, protect
from .formulas import formula_of
from .layout import TITLE_LINES, EntrySheet, Field, NoteHeading
from .pen import Pen, lay_out_print, write_result, write_text, write_title

AT_LEAST = Text("headings", "at_least")


def write_sheet(worksheet: Worksheet, pen: Pen, sheet: EntrySheet, *, names: str = "") -> None:
    """Write one table's sheet; `names` are the cells with the names of its drop-down, as a formula."""
    write_title(worksheet, pen, table_title(sheet.table, pen.language))
    _write_definitions(worksheet, pen, sheet)
    for cell in sheet.fields:
        _write_field(worksheet, pen, sheet, cell)
    for heading in sheet.note_headings:
        _write_note_heading(worksheet, pen, sheet, heading)
    for note in sheet.notes:
        worksheet.write_blank(note.row, note.column, None, pen.formats["note"])
    _guard(worksheet, pen, sheet, names)
    _set_sizes(worksheet, pen, sheet)
    is_given = any(_format(sheet, cell) == "given" for cell in sheet.fields)
    if is_given and pen.source:
        worksheet.write_string(sheet.bottom + 2, 0, pen.say("new_given", file=pen.source), pen.formats["quarter"])
    _open_at(worksheet, sheet)
    lay_out_print(worksheet, sheet.bottom + 2, _right(pen, sheet))


def _open_at(worksheet: Worksheet, sheet: EntrySheet) -> None:
    """Keep heads and row labels in sight, and open the sheet at its first count."""
    worksheet.freeze_panes(TITLE_LINES + sheet.spec.depth, 1)
    first = sheet.counts[0]
    worksheet.set_selection(first.row, first.column, first.row, first.column)


def _write_definitions(worksheet: Worksheet, pen: Pen, sheet: EntrySheet) -> None:
    """Write what counts and what does not in one wide cell above the table, as high as its lines need."""
    text, row = "\n".join(definitions(sheet.spec, pen.language, between="\n")), TITLE_LINES - 1
    if text:
        worksheet.merge_range(row, 0, row, _right(pen, sheet), text, pen.formats["definition"])
        wide = _stub_width(pen, sheet) + sum(_column_widths(pen, sheet))
        high = sum(style.lines(line, wide * style.DEFINITION_ROOM) for line in text.split("\n"))
        worksheet.set_row(row, style.height(high) + style.GAP)


def _write_field(worksheet: Worksheet, pen: Pen, sheet: EntrySheet, cell: Field) -> None:
    """Write one cell, merged if its slot is."""
    slot, shape = cell.slot, pen.formats[_format(sheet, cell)]
    if slot.rows > 1 or slot.columns > 1:
        below, beside = cell.row + slot.rows - 1, cell.column + slot.columns - 1
        worksheet.merge_range(cell.row, cell.column, below, beside, "", shape)
    if slot.text:
        write_text(worksheet, (cell.row, cell.column), _label(pen, sheet, cell).strip(), shape)
    elif cell.is_entry:
        worksheet.write(cell.row, cell.column, cell.value, shape)
    else:
        write_result(worksheet, (cell.row, cell.column), formula_of(sheet, slot), shape)


def _write_note_heading(worksheet: Worksheet, pen: Pen, sheet: EntrySheet, heading: NoteHeading) -> None:
    shape = pen.formats["head"]
    if heading.rows > 1:
        bottom = heading.row + heading.rows - 1
        worksheet.merge_range(heading.row, heading.column, bottom, heading.column, "", shape)
    label = text_label(Text("headings", "note"), sheet.quarter, pen.language, is_head=True)
    worksheet.write_string(heading.row, heading.column, label, shape)


def _format(sheet: EntrySheet, cell: Field) -> str:
    """Name the format of a cell: its role, or `spare` for a free name, `given` for an earlier figure, or `least`."""
    if cell.slot.role == "stub" and cell.is_free:
        return "spare"
    if cell.is_entry and cell.value is not None:
        is_earlier = cell.slot.key["period"] == calendar.previous(sheet.quarter)
        return "given" if is_earlier or cell.slot.role == "plan" else "count"
    if cell.slot.role == "total" and _is_least(sheet, cell):
        return "least"
    return "total" if cell.slot.role == "plan" and not cell.is_entry else cell.slot.role


def _is_least(sheet: EntrySheet, cell: Field) -> bool:
    """Check whether a total is only at least so many, and stands in no row that is called so: it says so itself."""
    slot = cell.slot
    is_called = any(stub.slot.text == AT_LEAST for stub in sheet.fields if stub.row == cell.row)
    return not is_called and sheet.spec.overlap_in(slot.measure, slot.unit, slot.key, sheet.quarter)


def _label(pen: Pen, sheet: EntrySheet, cell: Field) -> str:
    text = cell.slot.text
    return text_label(text, sheet.quarter, pen.language, is_head=cell.slot.role == "head") if text else ""


def _guard(worksheet: Worksheet, pen: Pen, sheet: EntrySheet, names: str) -> None:
    guard_counts(worksheet, pen, sheet)
    guard_notes(worksheet, pen, sheet.notes)
    if names:
        guard_names(worksheet, pen, sheet, names)
    protect(worksheet)


def _set_sizes(worksheet: Worksheet, pen: Pen, sheet: EntrySheet) -> None:
    """Make each column as wide and each row as high as its labels need: no program does it for merged cells."""
    stub = _stub_width(pen, sheet)
    worksheet.set_column(0, 0, stub)
    for column, wide in enumerate(_column_widths(pen, sheet), 1):
        worksheet.set_column(column, column, wide)
    for row in range(TITLE_LINES, sheet.bottom + 1):
        labels = [cell for cell in sheet.fields if cell.slot.text and cell.row + cell.slot.rows - 1 == row]
        high = max((_lines(pen, sheet, cell, stub) for cell in labels), default=1)
        worksheet.set_row(row, style.height(high))


def _right(pen: Pen, sheet: EntrySheet) -> int:
    """Give the last column that is printed: the table's, or the last that the title reaches over."""
    return max(sheet.right, _reach_of_title(pen, sheet))


def _column_widths(pen: Pen, sheet: EntrySheet) -> list[int]:
    """Give the widths of the columns beside the row labels, in characters."""
    wide = _wide_columns(sheet)
    return [style.NOTE_WIDTH if column in wide else style.COLUMN_WIDTH for column in range(1, _right(pen, sheet) + 1)]


def _wide_columns(sheet: EntrySheet) -> set[int]:
    """List the columns of notes, and that of totals on paper, whose heading is long."""
    on_paper = {cell.column for cell in sheet.fields if cell.slot.role == "head" and cell.slot.text == ON_PAPER}
    return on_paper | {heading.column for heading in sheet.note_headings}


def _stub_width(pen: Pen, sheet: EntrySheet) -> int:
    least, most = style.STUB_WIDTHS
    longest = max(style.length(_label(pen, sheet, cell)) for cell in sheet.fields if cell.slot.role == "stub")
    return min(max(least, longest + 2), most)


def _reach_of_title(pen: Pen, sheet: EntrySheet) -> int:
    """Count the columns that the title reaches over: a print must not cut it."""
    title = table_title(sheet.table, pen.language)
    beyond = style.TITLE_SCALE * style.length(title) - _stub_width(pen, sheet)
    return max(0, ceil(beyond / style.COLUMN_WIDTH))


def _lines(pen: Pen, sheet: EntrySheet, cell: Field, stub: int) -> int:
    """Count the lines a label needs in its last row, where it is merged over several."""
    column = style.NOTE_WIDTH if cell.column in _wide_columns(sheet) else style.COLUMN_WIDTH
    width = stub if cell.column == 0 else (column - 2) * cell.slot.columns
    return max(1, style.lines(_label(pen, sheet, cell), width) - (cell.slot.rows - 1))
