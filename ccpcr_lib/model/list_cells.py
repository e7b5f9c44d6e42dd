"""What stands in a cell of a CSV file → as a spreadsheet leaves it alone, and back."""

import re

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_AS_DATE = re.compile(r"'*(?!\d{4}-\d\d-\d\d$)\d+(?:\s*[/:-]\s*\d+){1,2}")


def as_text(value: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula.

    >>> as_text("=SUM(A1)"), as_text("RAO")
    ("'=SUM(A1)", 'RAO')
    """
    return f"'{value}" if _FORMULA.match(value) else value


def as_kept(value: str) -> str:
    """Put an apostrophe before what Excel would change when it opens the file: a formula, or ``4/2``, to it a date.

    >>> as_kept("4/2"), as_kept("-"), as_kept("2010-04-30")
    ("'4/2", "'-", '2010-04-30')
    """
    return f"'{value}" if _is_changed(value) else value


def as_read(cell: str) -> str:
    """Give what was written with `as_text` or `as_kept`, without the blanks around it.

    >>> as_read(" '=SUM(A1)"), as_read("'4/2"), as_read("'90s")
    ('=SUM(A1)', '4/2', "'90s")
    """
    text = cell.strip()
    return text[1:] if text.startswith("'") and _is_changed(text) else text


def _is_changed(value: str) -> bool:
    return bool(_FORMULA.match(value) or _AS_DATE.fullmatch(value))
