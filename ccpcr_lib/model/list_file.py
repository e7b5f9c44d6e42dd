"""A CSV file that an officer edits → its lines by column, or CannotReadError where they cannot be told.

Its bytes become text in `list_text`, its text rows and columns in `list_table`; `list_change` adds lines to it.
"""

import re
from collections.abc import Mapping
from pathlib import Path

from ..words import say
from .errors import CannotReadError
from .list_table import table_of
from .list_text import text_of
from .text import seen

__all__ = ["lines_of", "numbered_list", "read_list", "text_of"]

_MONTHS = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_DATE = re.compile(
    rf"\d{{1,2}}-(?:{_MONTHS})(?:-\d\d(?:\d\d)?)?|(?:{_MONTHS})-\d\d|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}", re.I
)
"""How Excel writes a date, as it makes of a code such as ``11-17``."""


def read_list(path: Path) -> list[dict[str, str]]:
    """Read the lines of a code list, none of which is without a code or has that of another.

    Raise CannotReadError for a line that is, and for a file that cannot be read at all.
    """
    return [*numbered_list(path).values()]


def numbered_list(path: Path) -> dict[int, dict[str, str]]:
    """Read the lines of a code list by the numbers of their rows; raise CannotReadError as `read_list` does."""
    lines = lines_of(text_of(path), path.name, "code")
    first: dict[str, int] = {}
    for number, line in lines.items():
        _refuse_code(number, line, path.name)
        other = first.setdefault(line["code"], number)
        if other != number:
            why = say("list_code_twice", code=seen(line["code"]), first=other, line=number)
            raise CannotReadError(why, file=path.name)
    return lines


def _refuse_code(number: int, line: Mapping[str, str], file: str) -> None:
    code = line["code"]
    if not code:
        written = seen(", ".join(filter(None, line.values())))
        raise CannotReadError(say("list_no_code", line=number, written=written), file=file)
    if _DATE.fullmatch(code):
        raise CannotReadError(say("list_code_date", line=number, code=code), file=file)


def lines_of(text: str, file: str, *needed: str) -> dict[int, dict[str, str]]:
    """Read what each line says by column, by the number of its row; what it does not say is empty.

    An empty line is left out. Raise CannotReadError where the first line does not name the columns that are `needed`,
    and where a line does not fit them.
    """
    table = table_of(text, file, *needed)
    lines = {row.number: table.line(row) for row in table.rows}
    return {number: line for number, line in lines.items() if any(line.values())}
