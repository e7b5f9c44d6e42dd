"""A plain table → how wide its columns are, in letters, and how many lines its rows take."""

import textwrap
from collections.abc import Sequence

from .plain_table import AtLeast, PlainTable, PlainValue

STUB_WIDEST, WIDEST, NARROWEST = 110, 22, 9
LONG, LONG_WIDEST = 80, 44
"""A text of more letters gets so wide a column, and so does the stub beside it."""
WORDS_WIDE, SIGN_WIDE = 14, 9
"""The letters that "at least 1,000" takes, and ``≥ 1,000 †``."""


def lines_in(values: Sequence[PlainValue], widths: Sequence[int]) -> int:
    """Count the lines of the longest text in a row."""
    texts = [(value, width) for value, width in zip(values, widths, strict=True) if isinstance(value, str) and value]
    return max((len(textwrap.wrap(text, width - 2)) for text, width in texts), default=1)


def widths_of(table: PlainTable) -> list[int]:
    """Give the width of each column, in letters."""
    values = list(zip(*table.rows, strict=True)) or [()] * len(table.heads)
    stubs, figures = values[: table.stubs], values[table.stubs :]
    is_long = any(_length(value) > LONG for column in figures for value in column)
    widest = [LONG_WIDEST if is_long else STUB_WIDEST for _ in stubs] + [_widest(column) for column in figures]
    return [_width(text, values[place], widest[place]) for place, text in enumerate(table.heads)]


def _widest(values: Sequence[PlainValue]) -> int:
    return LONG_WIDEST if any(_length(value) > LONG for value in values) else WIDEST


def _width(head: str, values: Sequence[PlainValue], widest: int) -> int:
    longest = max((_length(value) for value in values), default=0)
    words = max((len(word) for word in head.split()), default=0)
    return min(max(longest, words, NARROWEST), widest) + 2


def _length(value: PlainValue) -> int:
    """Give the letters that a value takes, if they are more than the narrowest column has."""
    if isinstance(value, AtLeast):
        return SIGN_WIDE if value.sign else WORDS_WIDE
    return len(value) if isinstance(value, str) else 0
