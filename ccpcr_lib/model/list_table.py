"""The text of a CSV file → its rows and columns, whichever separator and order of columns Excel left.

Rows are counted as a spreadsheet counts them: from 1, empty ones too, and one with line breaks in its cells once.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from ..words import say
from .errors import CannotReadError
from .list_cells import as_read
from .list_text import is_garbled
from .text import seen

LONGEST = 32_767
"""The letters that a cell of Excel holds."""

SEPARATORS = (",", ";", "\t")

_WORDED = frozenset(
    ("aliases", "explanation", "role", "why", "why_km", "label_en", "label_km", "definition_en", "definition_km")
)
"""The columns that hold words: what was lost of them on the way is evident."""

_SEPARATOR_LINE = re.compile(r'"?sep=([^"\r\n])"?[,;\t]*(?:\r\n|\r|\n|$)', re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_ERROR_VALUE = re.compile(r"#(?:NAME\?|REF!|VALUE!|DIV/0!|NUM!|NULL!|N/A)")
_LOST_WORD = re.compile(r"""(?:^|[\s(\[{“‘«/|,;:–—-])["'…]*\?{3,}""")
"""What a Khmer word becomes that is saved in an encoding without it: question marks where a word begins."""


class Row(NamedTuple):
    """A row: its number, its cells as they stand there, and which lines of the text it takes: from one, before one."""

    number: int
    cells: tuple[str, ...]
    lines: tuple[int, int]


class ListTable(NamedTuple):
    """A CSV file taken apart: the lines of its text, its separator, the row with its headings, all rows below.

    `columns` are the names that the headings reduce to, empty where one has none. `is_plain`: commas or semicolons
    stand between all cells, and no line before the headings says so.
    """

    lines: tuple[str, ...]
    separator: str
    head: Row
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    is_plain: bool

    def line(self, row: Row) -> dict[str, str]:
        """Give what a row says by column; what it does not say is empty."""
        cells = [*row.cells, *[""] * len(self.columns)]
        return {column: as_read(cell) for column, cell in zip(self.columns, cells, strict=False) if column}


def is_empty(text: str) -> bool:
    """Check whether a text has nothing but separators and blanks of any kind: not even headings."""
    return all(letter.isspace() or letter in ',;"' for letter in _SEPARATOR_LINE.sub("", text, count=1))


def table_of(text: str, file: str, *needed: str) -> ListTable:
    """Take a text apart; its first row that is not empty has the headings, in any order and with others between them.

    Raise CannotReadError, with the number of the row, where the headings lack a column that is `needed`, and where a
    row does not fit them.
    """
    if is_empty(text):
        raise CannotReadError(say("list_empty", needed=", ".join(needed)), file=file)
    told = _SEPARATOR_LINE.match(text)
    lines = tuple(_LINE.findall(text[told.end() :] if told else text))
    separator = _separator(lines, (*SEPARATORS, *filter(None, [told and told[1]])), needed)
    raw = [*_rows(lines, separator, file)]
    raw = raw[next(place for place, row in enumerate(raw) if any(map(str.strip, row.cells))) :]
    head = _unwrapped(raw[0], separator)
    rows = [head, *(_unwrapped(row, separator, len(head.cells)) for row in raw[1:])]
    is_plain = not told and separator != "\t" and rows == raw
    table = ListTable(lines, separator, head, tuple(map(column_name, head.cells)), tuple(rows[1:]), is_plain)
    _refuse_headings(table, file, needed)
    for row in table.rows:
        _refuse_row(table, row, file)
    _refuse_cut(table, file)
    return table


def column_name(heading: str) -> str:
    """Reduce a heading to the name of its column.

    >>> column_name("\\ufeff Label EN ")
    'label_en'
    """
    return re.sub(r"[\W_]+", "_", seen(heading).casefold()).strip("_")


# --- rows --------------------------------------------------------------------------------------------------


def _separator(lines: Sequence[str], separators: Sequence[str], needed: Sequence[str]) -> str:
    """Choose what stands between cells: what makes the most of the needed columns out of the first row."""

    def worth(separator: str) -> tuple[int, int]:
        head = _unwrapped(_first(lines, separator), separator)
        names = {*map(column_name, head.cells)}
        return len(names & {*needed}), len(names)

    return max(separators, key=worth)


def _first(lines: Sequence[str], separator: str) -> Row:
    """Give the first row that is not empty; one without cells where it cannot be told with this separator."""
    try:
        return next(row for row in _rows(lines, separator, "") if any(map(str.strip, row.cells)))
    except (CannotReadError, StopIteration):
        return Row(1, (), (0, 0))


def _rows(lines: Sequence[str], separator: str, file: str) -> Iterator[Row]:
    reader = csv.reader(lines, delimiter=separator, strict=True, skipinitialspace=separator != "\t")
    number, start = 0, 0
    while start < len(lines):
        number += 1
        try:
            cells = tuple(next(reader))
        except csv.Error as error:
            is_long = sum(map(len, lines[start : reader.line_num])) > LONGEST
            name = "list_huge" if is_long else "list_quotes"
            raise CannotReadError(say(name, line=number, limit=LONGEST), file=file) from error
        if any(len(cell) > LONGEST for cell in cells):
            raise CannotReadError(say("list_huge", line=number, limit=LONGEST), file=file)
        yield Row(number, cells, (start, reader.line_num))
        start = reader.line_num


def _unwrapped(row: Row, separator: str, width: int = 0) -> Row:
    """Take a row apart that stands in one cell; of `width` cells, where that is known.

    So Excel saves a file of commas that it opened where semicolons are usual: each of its lines in the first column.
    """
    if len(row.cells) != 1 or separator not in row.cells[0]:
        return row
    try:
        inner = [*_rows(_LINE.findall(row.cells[0]), separator, "")]
    except CannotReadError:
        return row
    fits = len(inner) == 1 and len(inner[0].cells) == (width or len(inner[0].cells))
    return row._replace(cells=inner[0].cells) if fits else row


# --- what is refused ---------------------------------------------------------------------------------------


def _refuse_headings(table: ListTable, file: str, needed: Sequence[str]) -> None:
    line = table.head.number
    for column in needed:
        if column not in table.columns:
            why = say("list_no_column", line=line, column=column, needed=", ".join(needed))
            raise CannotReadError(why, file=file)
    for column in filter(None, table.columns):
        if table.columns.count(column) > 1:
            raise CannotReadError(say("list_column_twice", line=line, column=column), file=file)


def _refuse_row(table: ListTable, row: Row, file: str) -> None:
    """Refuse a row with more cells than columns, the headings once more, and words that were lost on the way."""
    count = max((place for place, cell in enumerate(row.cells, 1) if cell.strip()), default=0)
    if count > len(table.columns):
        why = say("list_too_many", line=row.number, count=count, columns=len(table.columns))
        raise CannotReadError(why, file=file)
    names = tuple(map(column_name, row.cells))
    if count > 1 and names[:count] == table.columns[:count] and not any(table.columns[count:]):
        raise CannotReadError(say("list_headings_twice", line=row.number), file=file)
    lost = next((text for column, text in _words(table.line(row)) if _is_lost(column, text)), None)
    if lost is not None:
        raise CannotReadError(say("list_garbled", line=row.number, written=seen(lost)[:40]), file=file)


def _refuse_cut(table: ListTable, file: str) -> None:
    """Refuse a file that ends within a line: the last has no end and fewer cells, where all others have them all."""
    rows = [row for row in table.rows if any(map(str.strip, row.cells))]
    if not rows or table.lines[rows[-1].lines[1] - 1].endswith(("\r", "\n")):
        return
    *others, last = rows
    width = len(table.columns)
    if len(last.cells) < width and all(len(row.cells) >= width for row in others):
        why = say("list_cut_line", line=last.number, count=len(last.cells), columns=width)
        raise CannotReadError(why, file=file)


def _words(line: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for column, text in line.items():
        if column in _WORDED:
            yield from ((column, word) for word in (text.split("|") if column == "aliases" else [text]))


def _is_lost(column: str, text: str) -> bool:
    return is_lost(text) or (column.endswith("_km") and "???" in text)


def is_lost(text: str) -> bool:
    """Check whether words were lost on the way: letters taken for others, question marks or ``#NAME?`` in their place.

    >>> is_lost("???????"), is_lost("SA1, ????"), is_lost("Why???"), is_lost("rÃ©fÃ©rÃ©s"), is_lost("#NAME?")
    (True, True, False, True, True)
    """
    return bool(_LOST_WORD.search(text) or _ERROR_VALUE.fullmatch(text)) or is_garbled(text)
