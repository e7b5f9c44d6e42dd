"""What guards the cells to type into: whole numbers only, names from a list, a word of help at each.

The sheets are protected without a password: that guards against slips, not against people.
"""

from collections.abc import Iterable

from ..words import say
from .formulas import ranges
from .layout import Field, Note, Page, is_spare
from .pen import Pen

SHORT, LONG = 32, 255
"""How many characters Excel shows of a message's title, and of the message."""
ALLOWED = {"format_columns": True, "format_rows": True}


def protect(sheet) -> None:
    """Lock every cell that is not for typing; widths and heights stay free."""
    sheet.protect("", ALLOWED)


def guard_counts(sheet, pen: Pen, page: Page) -> None:
    """Take whole numbers from 0 up in the cells of counts and of the plan, and nothing else."""
    for role, code in (("count", "new_help_count"), ("plan", "new_help_plan")):
        cells = [item for item in page.fields if item.slot.role == role and item.is_entry]
        rule = {"validate": "integer", "criteria": ">=", "value": 0}
        rule |= _message(pen, "input", "new_help_title", code) | _message(pen, "error", "new_error_title", "new_error")
        _apply(sheet, _rectangles(cells), rule)


def guard_names(sheet, pen: Pen, page: Page, names: str) -> None:
    """Offer the names of the code list in the free rows, and warn of a new one without refusing it."""
    free = [item for item in page.fields if item.slot.role == "stub" and is_spare(item.slot.text.code)]
    rule = {"validate": "list", "source": names, "error_type": "warning"}
    rule |= _message(pen, "input", "new_name_title", "new_help_name")
    rule |= _message(pen, "error", "new_name_title", "new_error_name")
    _apply(sheet, _rectangles(free), rule)


def guard_notes(sheet, pen: Pen, notes: Iterable[Note]) -> None:
    """Say beside every note how one is written."""
    cells = _rectangles(note.field for note in notes if note.figure)
    _apply(sheet, cells, {"validate": "any"} | _message(pen, "input", "new_note_title", "new_help_note"))


def guard_free(sheet, pen: Pen, cells: str, codes: tuple[str, str]) -> None:
    """Say what belongs into an area that takes anything."""
    _apply(sheet, [cells], {"validate": "any"} | _message(pen, "input", *codes))


def _message(pen: Pen, kind: str, title: str, text: str) -> dict[str, str]:
    return {f"{kind}_title": _fitting(pen, title, SHORT), f"{kind}_message": _fitting(pen, text, LONG)}


def _fitting(pen: Pen, code: str, room: int) -> str:
    """Say something in both languages where both fit, else in the one a sheet in both is for first of all."""
    text = pen.say(code)
    return text if len(text) <= room else say(code, "km")[:room]


def _rectangles(cells: Iterable[Field]) -> list[str]:
    text = ranges(cells)
    return text.split(",") if text else []


def _apply(sheet, cells: list[str], rule: dict[str, object]) -> None:
    for cell in cells:
        sheet.data_validation(cell, rule)
