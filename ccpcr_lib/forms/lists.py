"""Open lists and cells of notes → the hidden sheet `Lists`: names for drop-downs, and what each note adds up to.

A note such as ``(SA1, NC2)`` is text. Its sum is worked out there: every name a note may use becomes a blank, what is
left are numbers, and these are added up. A note that this cannot read is left to ``ccpcr check``.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.worksheet import Worksheet

from ..excel.file.address import column_letters
from ..model.codelist import KHMER_DIGITS, codelist
from .formulas import Formula, area, quoted
from .layout import EntrySheet, Note, is_spare
from .pen import Pen, write_result

SHEET = "Lists"
TOP = 4
"""The first row of what is listed."""
NAMES_FROM = 4
"""The first column of names; those before it hold the notes."""
MOST_PARTS = 20
"""The numbers of a note that are added up; further ones are not looked at."""
MARKS = "()[],;:=-–/&+*."


@dataclass(frozen=True)
class NoteSums:
    """The rows of `Lists` that hold one table's note sums, and the row of each note."""

    first: int
    last: int
    rows: Mapping[Note, int]

    def column(self, number: int) -> str:
        """Name the cells of one of its columns: 1 for the sums, 2 for whether they differ from their figures."""
        letter = column_letters(number)
        return f"{SHEET}!${letter}${self.first + 1}:${letter}${self.last + 1}"


def write_notes(worksheet: Worksheet, pen: Pen, sheets: Sequence[EntrySheet]) -> dict[str, NoteSums]:
    """Write every note's sum and whether it differs from its figure; give their places by table."""
    worksheet.write_string(1, 0, pen.say("lists_title"))
    top, sums = TOP, {}
    for sheet in (sheet for sheet in sheets if sheet.notes):
        rows = {note: row for row, note in enumerate(sheet.notes, top)}
        for note, row in rows.items():
            worksheet.write_string(row, 0, f"{sheet.name}!{_cell(note.row, note.column)}")
            for column, formula in enumerate(_note_formulas(sheet, note, row), 1):
                write_result(worksheet, (row, column), formula, None)
        sums[sheet.table] = NoteSums(top, top + len(rows) - 1, rows)
        top += len(rows)
    return sums


def _note_formulas(sheet: EntrySheet, note: Note, row: int) -> tuple[Formula, Formula]:
    """Write a note's sum, and 1 where it differs from its figure; nothing where there is no note or none to read."""
    cell, figure = (f"'{sheet.name}'!{_cell(place.row, place.column)}" for place in (note, note.figure))
    numbers = ",".join(str(place) for place in range(MOST_PARTS))
    parts = f'MID(SUBSTITUTE(TRIM({_numbers_only(cell)})," ",REPT(" ",50)),50*{{{numbers}}}+1,50)'
    total = f'=IF(TRIM({cell})="","",IFERROR(SUMPRODUCT(--("0"&TRIM({parts}))),""))'
    own = f"B{row + 1}"
    return Formula(total, None), Formula(f'=IF(OR({own}="",{figure}=""),"",IF({own}={figure},0,1))', None)


def _numbers_only(cell: str) -> str:
    """Write a formula that turns all but the numbers of a note into blanks, Khmer digits into digits."""
    text = f"UPPER({cell})"
    for khmer, digit in KHMER_DIGITS.items():
        text = f'SUBSTITUTE({text},"{chr(khmer)}","{chr(digit)}")'
    for name in (*_names(), *MARKS):
        text = f'SUBSTITUTE({text},{quoted(name)}," ")'
    return text


def _names() -> list[str]:
    """List what a note may name, the longest first: a code may be part of a label."""
    members = [member for name in ("case_types", "sexes") for member in codelist(name).members.values()]
    names = {text.upper() for member in members for text in (member.code, member.label_km)}
    names |= {member.label_en.upper() for member in codelist("sexes").members.values()}
    return sorted(names, key=lambda name: (-len(name), name))


def _cell(row: int, column: int) -> str:
    return area(row, column, row, column)


def write_names(
    worksheet: Worksheet, pen: Pen, sheets: Sequence[EntrySheet], known: Mapping[str, Sequence[str]]
) -> dict[str, str]:
    """Write the names of every open list, those `known` from elsewhere too; give their cells by table, as formulas."""
    cells = {}
    for column, sheet in enumerate((sheet for sheet in sheets if sheet.spec.is_open), NAMES_FROM):
        names = list(dict.fromkeys(_names_of(pen, sheet, known.get(sheet.table, ()))))
        worksheet.write_string(TOP - 1, column, sheet.name)
        for row, name in enumerate(names, TOP):
            worksheet.write_string(row, column, name)
        letter = column_letters(column)
        cells[sheet.table] = f"={SHEET}!${letter}${TOP + 1}:${letter}${TOP + len(names)}"
    return cells


def _names_of(pen: Pen, sheet: EntrySheet, known: Sequence[str]) -> Iterator[str]:
    codes = codelist(sheet.spec.codelist)
    yield from (codes.label(code, pen.language) for code in codes.members)
    yield from (codes.label(name, pen.language) for name in (*sheet.members, *known) if not is_spare(name))
