"""The name of a cell as somebody types or copies it → what makes it that cell, however it is written."""

import re
from functools import lru_cache
from typing import NamedTuple

from .text import marked, plain

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_QUOTES = "'\"‘’“”"
_OF_CALC = re.compile(r"^(.+)\.(\$?[A-Za-z]{1,3}\$?[0-9]{1,7})$")


class CellName(NamedTuple):
    """A cell: its sheet in small letters without blanks, its column and its row; empty and 0 where none is named."""

    sheet: str
    column: str
    row: int


@lru_cache(maxsize=4096)
def cell_name(text: str) -> CellName:
    """Read the name of a cell as Excel or a person writes it.

    >>> {cell_name(text) for text in ("'Family visits'!$B$8", "family visits ! b8", "=[2010-Q2.xlsx]Family Visits!B8")}
    {CellName(sheet='familyvisits', column='B', row=8)}
    >>> cell_name("Slide 7!H9")
    CellName(sheet='slide7', column='H', row=9)
    """
    written = plain(text).lstrip("= ")
    calc = _OF_CALC.match(written) if "!" not in written else None
    sheet, cell = (calc[1], calc[2]) if calc else written.rpartition("!")[::2]
    if not sheet and not _CELL.fullmatch(cell.strip()):
        sheet, cell = cell, ""
    place = _CELL.fullmatch(cell.replace(" ", "").partition(":")[0])
    name = sheet.strip().removeprefix("$").strip(_QUOTES).rpartition("]")[2].strip(_QUOTES + " ")
    key = "".join(marked(name.replace("''", "'")).split())
    return CellName(key, place[1].upper(), int(place[2])) if place else CellName(key, cell.strip().upper(), 0)
