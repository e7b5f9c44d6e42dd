"""Where cells are: places, and A1 notation. Rows and columns are counted from 0."""

from functools import cache

Place = tuple[int, int]
"""A row and a column, of a sheet or of a laid-out table."""


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
