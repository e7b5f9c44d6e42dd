"""The bytes of an old Excel workbook (.xls) → the facts of each of its sheets.

The file is a small file system of sectors with a stream `Workbook` in it: records of a kind, a length and
content (MS-XLS, BIFF8). Only the records that say what the engine does not are looked at. The formats before Excel 97
have the same records with other content: they are refused.
"""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from .address import Place
from .binary_text import Record, Runs, fonts_of, pieces_of, rich_strings
from .facts import SheetFacts, check_extent, check_filled, refuse
from .formats import LITERAL, PERCENT, Sections, disagree, kind_of, percent_sections
from .marks import mark_cell, mark_whole
from .styles import Look
from .tokens import is_volatile, tokens_may_show_nothing

_CELLS = frozenset({0x0203, 0x027E, 0x0006, 0x00BD, 0x00FD, 0x0204, 0x0205, 0x00D6})
_START, _STRING, _ROW, _COLUMNS, _EXCEL_97 = 0x0809, 0x00FD, 0x0208, 0x007D, 0x0600
_FORMAT, _XF, _SHEET, _MULRK, _ERROR, _FORMULA, _LOCKED = 0x041E, 0x00E0, 0x0085, 0x00BD, 0x0205, 0x0006, 0x002F
_SHARED, _ARRAY, _WAITING = 0x04BC, 0x0221, 0x005E
_AREAS = {_SHARED: 8, _ARRAY: 12}
"""Where in their records the formulas of areas begin."""
_ALWAYS, _ON_OPENING = 1, 2
"""When a formula asks to be calculated."""
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_END = 0xFFFFFFFA


class _Styles(NamedTuple):
    """What the cells of a workbook refer to: how each style looks, which show a percent, the strings with runs."""

    looks: list[Look]
    percents: frozenset[int]
    literals: frozenset[int]
    fonts: list[Look]
    strings: Mapping[int, tuple[str, Runs]]
    by_value: Mapping[int, Sections]


def binary_facts(path: Path, data: bytes) -> dict[str, SheetFacts]:
    """Collect the facts of every sheet; raise CannotReadError for an older format, or what does not hold together."""
    try:
        stream = _workbook_stream(data)
        book = list(_records(stream, 0))
        if book[0][0] != _START or struct.unpack_from("<H", book[0][1])[0] != _EXCEL_97:
            raise refuse(path, "file_too_old")
        styles = _styles(book)
        sheets = [(struct.unpack_from("<I", body)[0], _sheet_name(body)) for kind, body in book if kind == _SHEET]
        if len({name for _, name in sheets}) < len(sheets):
            raise refuse(path, "file_damaged_inside")  # two sheets of one name
        return {name: _sheet_facts(path, name, _records(stream, start), styles) for start, name in sheets}
    except (struct.error, IndexError, KeyError, StopIteration) as error:
        raise refuse(path, "file_damaged_inside") from error


def _styles(book: list[Record]) -> _Styles:
    written = [(struct.unpack_from("<H", body)[0], _text(body, 2)) for kind, body in book if kind == _FORMAT]
    forms = {number: percent_sections(code) for number, code in ((9, "0%"), (10, "0%"), *written)}
    styles = [struct.unpack_from("<HH", body) for kind, body in book if kind == _XF]
    shown = {number: forms.get(form, ()) for number, (_, form) in enumerate(styles)}
    fonts = fonts_of(book)
    return _Styles(
        [fonts[font] for font, _ in styles],
        frozenset(number for number, sections in shown.items() if kind_of(sections) == PERCENT),
        frozenset(number for number, sections in shown.items() if kind_of(sections) == LITERAL),
        fonts,
        rich_strings(book, fonts),
        {number: sections for number, sections in shown.items() if disagree(sections)},
    )


def _text(body: bytes, start: int) -> str:
    """Read a text that begins with its length in two bytes, and one that says how wide its characters are."""
    is_wide = body[start + 2] & 1
    return body[start + 3 :].decode("utf-16-le" if is_wide else "latin-1", "replace")


def is_locked(data: bytes) -> bool:
    """Check whether an old workbook asks for a password."""
    try:
        return any(kind == _LOCKED for kind, _ in _records(_workbook_stream(data), 0))
    except (struct.error, IndexError, KeyError, StopIteration):
        return False


def _workbook_stream(data: bytes) -> bytes:
    """Follow the file's sectors to the workbook's stream; large streams lie in sectors, small ones in one stream."""
    size, small = (1 << shift for shift in struct.unpack_from("<HH", data, 30))
    first, cutoff, first_small = (struct.unpack_from("<I", data, place)[0] for place in (48, 56, 60))
    blocks = [block for block in struct.unpack_from("<109I", data, 76) if block < _END]
    table = _numbers(b"".join(data[(block + 1) * size : (block + 2) * size] for block in blocks))
    directory = _chain(data, table, first, size, size)
    entries = [directory[place : place + 128] for place in range(0, len(directory), 128)]
    named = {_entry_name(entry).casefold(): entry for entry in reversed(entries)}
    entry = named.get("workbook") or named["book"]  # a file may hold the workbook for Excel 95 beside that for Excel 97
    start, length = struct.unpack_from("<II", entry, 116)
    if length >= cutoff:
        return _chain(data, table, start, size, size)[:length]
    within = _chain(data, table, struct.unpack_from("<I", entries[0], 116)[0], size, size)
    return _chain(within, _numbers(_chain(data, table, first_small, size, size)), start, small, 0)[:length]


def _numbers(block: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(block) // 4}I", block[: len(block) // 4 * 4])


def _chain(data: bytes, table: tuple[int, ...], start: int, size: int, offset: int) -> bytes:
    """Put the sectors of a stream together; a chain that runs in a circle ends when it is as long as the table."""
    sectors: list[bytes] = []
    while start < _END and len(sectors) <= len(table):
        sectors.append(data[offset + start * size : offset + (start + 1) * size])
        start = table[start]
    return b"".join(sectors)


def _entry_name(entry: bytes) -> str:
    return entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)].decode("utf-16-le", "replace")


def _records(stream: bytes, start: int) -> Iterator[Record]:
    """Give the records from `start` to the end of that part of the stream."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        if kind == 0x000A:
            return
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _sheet_name(body: bytes) -> str:
    return body[8:].decode("utf-16-le" if body[7] & 1 else "latin-1", "replace")


def _sheet_facts(path: Path, name: str, records: Iterator[Record], styles: _Styles) -> SheetFacts:
    facts, last, cells, formulas = SheetFacts(), (0, 0), 0, _Formulas()
    for kind, body in records:
        formulas.add(kind, body)
        if kind in (_ROW, _COLUMNS):
            _add_hidden(facts, kind, body)
        if kind in _CELLS:
            cells += 1
            check_filled(path, cells)
            row, column = struct.unpack_from("<HH", body)
            last = max(last[0], row), max(last[1], column)
            _add_cell(facts, kind, body, styles)
    check_extent(path, name, *last)
    formulas.tell(facts)
    return facts


def _add_cell(facts: SheetFacts, kind: int, body: bytes, styles: _Styles) -> None:
    """Add what one record says of a cell, or of several cells side by side."""
    row, column, style = struct.unpack_from("<HHH", body)
    if kind == _MULRK:
        for step, other in enumerate(struct.unpack_from(f"<{'HI' * ((len(body) - 6) // 6)}", body, 4)[::2]):
            _add_style(facts, (row, column + step), other, styles)
    elif kind == _STRING:
        _add_string(facts, body, styles)
    else:
        _add_error(facts, kind, body)
        _add_style(facts, (row, column), style, styles)


def _add_hidden(facts: SheetFacts, kind: int, body: bytes) -> None:
    """Add a row, or columns, that are hidden or of no size."""
    if kind == _ROW:
        row, _, _, height = struct.unpack_from("<HHHH", body)
        if body[12] & 0x20 or not height & 0x7FFF:
            facts.hidden_rows.add(row)
    else:
        first, last, width, _, flags = struct.unpack_from("<HHHHH", body)
        if flags & 1 or not width:
            facts.hidden_columns.update(range(first, last + 1))


def _add_style(facts: SheetFacts, place: Place, style: int, styles: _Styles) -> None:
    """Add what a style says of a whole cell: a percent, or how it looks."""
    if style in styles.percents:
        facts.percents.add(place)
    if style in styles.literals:
        facts.literals.add(place)
    if style in styles.by_value:
        facts.by_value[place] = styles.by_value[style]
    if style < len(styles.looks):
        mark_whole(facts, [place], styles.looks[style])


def _add_string(facts: SheetFacts, body: bytes, styles: _Styles) -> None:
    """Add how a text looks, run by run where it has runs."""
    row, column, style, number = struct.unpack_from("<HHHI", body)
    if number in styles.strings:
        text, runs = styles.strings[number]
        mark_cell(facts, [(row, column)], pieces_of(text, runs, styles.fonts, styles.looks[style]))
    else:
        mark_whole(facts, [(row, column)], styles.looks[style])


def _add_error(facts: SheetFacts, kind: int, body: bytes) -> None:
    row, column = struct.unpack_from("<HH", body)
    if kind == _ERROR and body[7]:
        facts.errors[row, column] = _ERRORS.get(body[6], "#ERROR")
    elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        facts.errors[row, column] = _ERRORS.get(body[8], "#ERROR")


class _Formulas:
    """Collects the formulas of a sheet, and those that stand for several cells: these name the first cell of all."""

    def __init__(self) -> None:
        self.cells: dict[Place, bytes] = {}
        self.areas: dict[Place, bytes] = {}
        self.last, self.is_waiting = (0, 0), False

    def add(self, kind: int, body: bytes) -> None:
        """Add what a record says of formulas; one that stands for several cells follows the first of them."""
        if kind == _FORMULA:
            row, column = struct.unpack_from("<HH", body)
            self.last = row, column
            self.cells[self.last] = body
        elif kind in _AREAS:
            self.areas[self.last] = body[_AREAS[kind] + 2 :]
        elif kind == _WAITING:
            self.is_waiting = True

    def tell(self, facts: SheetFacts) -> None:
        """Add the cells; a sheet may say itself that it was not calculated when it was saved."""
        facts.formulas.update(self.cells)
        facts.uncalculated = {place for place, body in self.cells.items() if not self._is_calculated(body)}
        if self.is_waiting:
            facts.distrust_results("file")

    def _is_calculated(self, body: bytes) -> bool:
        """Check one formula; `xlwt` stores an empty text for each, also for those that cannot show one."""
        flags, tokens = struct.unpack_from("<H", body, 14)[0], body[22:]
        if flags & _ON_OPENING or (flags & _ALWAYS and not is_volatile(tokens)):
            return False
        if tokens[:1] == b"\x01":
            row, column = struct.unpack_from("<HH", tokens, 1)
            tokens = self.areas.get((row, column), b"")
        return body[12:14] != b"\xff\xff" or body[6] != 3 or tokens_may_show_nothing(tokens)
