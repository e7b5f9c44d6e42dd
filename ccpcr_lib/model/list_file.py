"""A CSV file that an officer edits → its lines by column, or CannotReadError where nothing of it can be read."""

import csv
import io
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

from ..words import say
from .errors import CannotReadError


def read_list(path: Path) -> list[dict[str, str]]:
    """Read the lines of a code list, none of which is without a code or has that of another.

    Raise CannotReadError for a line that is, and for a file that cannot be read at all.
    """
    lines = [*lines_of(text_of(path), path.name, "code").values()]
    codes = [line["code"] for line in lines]
    for line, code in zip(lines, codes, strict=True):
        if not code:
            written = ", ".join(filter(None, line.values()))
            raise CannotReadError(say("list_no_code", written=written), file=path.name)
        if codes.count(code) > 1:
            raise CannotReadError(say("list_code_twice", code=code), file=path.name)
    return lines


def text_of(path: Path) -> str:
    """Read a whole file; raise CannotReadError where it is not there, not to be opened, or not written in UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        unopened = "file_missing" if isinstance(error, FileNotFoundError) else "file_not_opened"
        why = "list_encoding" if isinstance(error, UnicodeDecodeError) else unopened
        raise CannotReadError(say(why), file=path.name) from error


def lines_of(text: str, file: str, *needed: str) -> dict[int, dict[str, str]]:
    """Read what each line says by column, by the number of its row; what it does not say is empty.

    An empty line is left out. Raise CannotReadError where the first line does not name the columns that are `needed`.
    """
    try:
        head, *rows = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    except csv.Error as error:
        raise CannotReadError(say("list_encoding"), file=file) from error
    columns = [name.strip() for name in head]
    for column in needed:
        if column not in columns:
            raise CannotReadError(say("list_no_column", column=column, needed=", ".join(needed)), file=file)
    lines = {number: _line(columns, row) for number, row in enumerate(rows, 2)}
    return {number: line for number, line in lines.items() if any(line.values())}


def _line(columns: Sequence[str], row: Sequence[str]) -> dict[str, str]:
    cells = zip_longest(columns, row[: len(columns)], fillvalue="")
    return {column: cell.strip() for column, cell in cells if column}
