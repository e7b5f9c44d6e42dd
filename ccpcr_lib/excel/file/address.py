"""What the engine does not say of a sheet, and where cells are: `SheetFacts`, places, A1 notation, extents.

Rows and columns are counted from 0.
"""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from ...model.finding import CannotReadError
from ...words import say

Place = tuple[int, int]
"""A row and a column, of a sheet or of a laid-out table."""
MAX_AREA = 2_000_000
FARTHEST = (1_048_575, 16_383)
"""The last row and column a sheet can have."""


@dataclass
class SheetFacts:
    """What the engine does not say of one sheet: error cells, formulas without a result, percent formats."""

    errors: dict[Place, str] = field(default_factory=dict)
    uncalculated: set[Place] = field(default_factory=set)
    percents: set[Place] = field(default_factory=set)


def refuse(path: Path, sentence: str, **fields: str) -> CannotReadError:
    """Build the error for a file that cannot be read, from the name of a sentence in ``words/files.csv``.

    >>> str(refuse(Path("2010-Q2.xlsx"), "file_not_excel"))
    '2010-Q2.xlsx: this is not an Excel workbook. Save it from Excel as .xlsx and try again.'
    """
    return CannotReadError(say(sentence, **fields), file=path.name)


def check_extent(path: Path, sheet: str, row: int, column: int) -> None:
    """Refuse a sheet whose last cell is so far out that it could not be laid out in memory."""
    if row > FARTHEST[0] or column > FARTHEST[1] or (row + 1) * (column + 1) > MAX_AREA:
        cell = f"{column_letters(column)}{row + 1}"
        raise refuse(path, "file_reaches_too_far", sheet=sheet, cell=cell)


@cache
def column_letters(column: int) -> str:
    """Name a column, counted from 0, by its letters.

    >>> column_letters(3), column_letters(26)
    ('D', 'AA')
    """
    higher, rest = divmod(column, 26)
    return (column_letters(higher - 1) if higher else "") + chr(65 + rest)


@cache
def column_number(letters: str) -> int:
    """Number a column, counted from 0, from its letters.

    >>> column_number("A"), column_number("XFD")
    (0, 16383)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def place_of(cell: str) -> Place:
    """Read A1 notation into a place.

    >>> place_of("D3")
    (2, 3)
    """
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]) - 1, column_number(letters)
