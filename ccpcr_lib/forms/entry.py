"""Cells to type into → what guards them: whole numbers only, names from a list, a word of help at each.

The sheets are protected without a password: that guards against slips, not against people.
"""

from collections.abc import Iterable

from xlsxwriter.worksheet import Worksheet

from ..model.measure import measure
from ..model.paper import PAPER
from ..words import in_language, languages_of, say
from .formulas import ranges
from .layout import EntrySheet, Field, Note
from .pen import Pen

SHORT, LONG = 32, 255
"""How many characters Excel shows of a message's title, and of the message."""
HELP = {"plan": "new_help_plan", PAPER: "new_help_paper"}
"""What to type into a cell that is for no count."""
ALLOWED = {"format_columns": True, "format_rows": True}

Rule = dict[str, object]
"""What XlsxWriter wants to know of a cell's validation."""


def protect(worksheet: Worksheet) -> None:
    """Lock every cell that is not for typing; widths and heights stay free."""
    worksheet.protect("", ALLOWED)


def guard_counts(worksheet: Worksheet, pen: Pen, sheet: EntrySheet) -> None:
    """Take whole numbers from 0 up in the cells of counts, of the plan and of totals on paper, and nothing else."""
    entries = [cell for cell in sheet.fields if cell.is_entry]
    for role, counted in dict.fromkeys((cell.slot.role, cell.slot.measure) for cell in entries):
        cells = (cell for cell in entries if (cell.slot.role, cell.slot.measure) == (role, counted))
        rule: Rule = {"validate": "integer", "criteria": ">=", "value": 0}
        rule |= _message(pen, "input", "new_help_title", HELP.get(role, "new_help_count"))
        rule |= _message(pen, "error", "new_error_title", "new_error")
        _apply(worksheet, _rectangles(cells), rule | _definition(pen, counted) if role == "count" else rule)


def _definition(pen: Pen, counted: str) -> Rule:
    """Write at a cell what counts, and how it is typed, in the languages there is room for."""

    def words(language: str) -> str:
        return " ".join(filter(None, (measure(counted).definition(language), say("new_help_count", language))))

    texts = [in_language(pen.language, words, between="\n"), words(languages_of(pen.language)[-1])]
    fitting = [text for text in texts if len(text) <= LONG]
    return {"input_message": fitting[0]} if fitting else {}


def guard_names(worksheet: Worksheet, pen: Pen, sheet: EntrySheet, names: str) -> None:
    """Offer the names of the code list in the free rows, and warn of a new one without refusing it."""
    free = (cell for cell in sheet.fields if cell.slot.role == "stub" and cell.is_free)
    rule: Rule = {"validate": "list", "source": names, "error_type": "warning"}
    rule |= _message(pen, "input", "new_name_title", "new_help_name")
    rule |= _message(pen, "error", "new_name_title", "new_error_name")
    _apply(worksheet, _rectangles(free), rule)


def guard_notes(worksheet: Worksheet, pen: Pen, notes: Iterable[Note]) -> None:
    """Show beside every note how one is written."""
    cells = _rectangles(note.field for note in notes)
    _apply(worksheet, cells, {"validate": "any"} | _message(pen, "input", "new_note_title", "new_help_note"))


def guard_free(worksheet: Worksheet, pen: Pen, cells: str, message: tuple[str, str]) -> None:
    """Show what belongs into an area that takes anything; `message` names its title and its text."""
    _apply(worksheet, [cells], {"validate": "any"} | _message(pen, "input", *message))


def _message(pen: Pen, kind: str, title: str, text: str) -> Rule:
    return {f"{kind}_title": _fitting(pen, title, SHORT), f"{kind}_message": _fitting(pen, text, LONG)}


def _fitting(pen: Pen, name: str, room: int) -> str:
    """Give a sentence in both languages where both fit, else in the one a sheet in both is for first of all."""
    text = pen.say(name)
    return text if len(text) <= room else say(name, "km")[:room]


def _rectangles(cells: Iterable[Field]) -> list[str]:
    text = ranges(cells)
    return text.split(",") if text else []


def _apply(worksheet: Worksheet, areas: Iterable[str], rule: Rule) -> None:
    for area in areas:
        worksheet.data_validation(area, rule)
