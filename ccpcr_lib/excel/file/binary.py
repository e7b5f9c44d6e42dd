"""The bytes of an old Excel workbook (.xls) → the facts of each of its sheets.

The file is a small file system of sectors with a stream `Workbook` in it: records of a kind, a length and
content (MS-XLS, BIFF8). Only the records that say what the engine does not are looked at.
"""

import struct
from collections.abc import Iterator
from pathlib import Path

from .address import Place
from .facts import SheetFacts, check_extent, refuse
from .tokens import is_volatile, tokens_may_show_nothing

_NUMBERS = frozenset({0x0203, 0x027E, 0x0006})
_CELLS = _NUMBERS | {0x00BD, 0x00FD, 0x0204, 0x0205}
_FORMAT, _XF, _SHEET, _MULRK, _ERROR, _FORMULA, _LOCKED = 0x041E, 0x00E0, 0x0085, 0x00BD, 0x0205, 0x0006, 0x002F
_SHARED, _ARRAY, _WAITING = 0x04BC, 0x0221, 0x005E
_AREAS = {_SHARED: 8, _ARRAY: 12}
"""Where in their records the formulas of areas begin."""
_ALWAYS, _ON_OPENING = 1, 2
"""When a formula asks to be calculated."""
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_END = 0xFFFFFFFA


def binary_facts(path: Path, data: bytes) -> dict[str, SheetFacts]:
    """Collect the facts of every sheet; raise CannotReadError where the file does not hold together."""
    try:
        stream = _workbook_stream(data)
        book = list(_records(stream, 0))
        formats = {struct.unpack_from("<H", body)[0] for kind, body in book if kind == _FORMAT and b"%" in body}
        styles = [struct.unpack_from("<H", body, 2)[0] for kind, body in book if kind == _XF]
        percents = {number for number, style in enumerate(styles) if style in formats | {9, 10}}
        sheets = [(struct.unpack_from("<I", body)[0], _sheet_name(body)) for kind, body in book if kind == _SHEET]
        return {name: _sheet_facts(path, name, _records(stream, start), percents) for start, name in sheets}
    except (struct.error, IndexError, KeyError, StopIteration) as error:
        raise refuse(path, "file_damaged_inside") from error


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
    entry = next(entry for entry in entries if _entry_name(entry) in ("Workbook", "Book"))
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


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """Give the records from `start` to the end of that part of the stream."""
    while start + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, start)
        if kind == 0x000A:
            return
        yield kind, stream[start + 4 : start + 4 + length]
        start += 4 + length


def _sheet_name(body: bytes) -> str:
    return body[8:].decode("utf-16-le" if body[7] & 1 else "latin-1", "replace")


def _sheet_facts(path: Path, name: str, records: Iterator[tuple[int, bytes]], percents: set[int]) -> SheetFacts:
    facts, last, formulas = SheetFacts(), (0, 0), _Formulas()
    for kind, body in records:
        formulas.add(kind, body)
        if kind in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            last = max(last[0], row), max(last[1], column)
            _add_cell(facts, kind, body, percents)
    check_extent(path, name, *last)
    formulas.tell(facts)
    return facts


def _add_cell(facts: SheetFacts, kind: int, body: bytes, percents: set[int]) -> None:
    row, column, style = struct.unpack_from("<HHH", body)
    if kind == _MULRK:
        styles = struct.unpack_from(f"<{'HI' * ((len(body) - 6) // 6)}", body, 4)[::2]
        facts.percents |= {(row, column + step) for step, style in enumerate(styles) if style in percents}
    elif kind == _ERROR and body[7]:
        facts.errors[row, column] = _ERRORS.get(body[6], "#ERROR")
    elif kind == _FORMULA and body[12:14] == b"\xff\xff" and body[6] == 2:
        facts.errors[row, column] = _ERRORS.get(body[8], "#ERROR")
    elif kind in _NUMBERS and style in percents:
        facts.percents.add((row, column))


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
