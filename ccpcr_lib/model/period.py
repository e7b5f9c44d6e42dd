"""Reporting periods as short sortable strings: month ``2010-04``, quarter ``2010-Q2``, year ``2010``.

Periods stay plain text so that they sort, join and print without help; these functions hold the calendar.
"""

import re
from functools import cache

QUARTER = re.compile(r"(\d{4})-Q([1-4])")
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
YEAR = re.compile(r"\d{4}")

RELATIVE = ("m1", "m2", "m3", "quarter", "previous", "year")
"""What a table declaration says instead of a date: months 1-3, the quarter, the one before, its year."""


def is_quarter(text: str) -> bool:
    """Check whether `text` is a quarter such as ``2010-Q2``."""
    return QUARTER.fullmatch(text) is not None


def quarter(year: int, number: int) -> str:
    """Name a quarter.

    >>> quarter(2010, 2)
    '2010-Q2'
    """
    return f"{year:04d}-Q{number}"


def split_quarter(text: str) -> tuple[int, int]:
    """Split a quarter into year and number; raise ValueError for anything else.

    >>> split_quarter("2010-Q2")
    (2010, 2)
    """
    parts = QUARTER.fullmatch(text)
    if not parts:
        raise ValueError(f"{text!r} is not a quarter. Write it like 2010-Q2.")
    return int(parts[1]), int(parts[2])


@cache
def months(text: str) -> tuple[str, str, str]:
    """List the three months of a quarter.

    >>> months("2010-Q2")
    ('2010-04', '2010-05', '2010-06')
    """
    year, number = split_quarter(text)
    first, second, third = (f"{year:04d}-{month:02d}" for month in range(3 * number - 2, 3 * number + 1))
    return first, second, third


def quarter_of(period: str) -> str:
    """Name the quarter a month lies in; a quarter is its own.

    >>> quarter_of("2010-04"), quarter_of("2010-Q1")
    ('2010-Q2', '2010-Q1')
    """
    if is_quarter(period):
        return period
    return quarter(int(period[:4]), (int(period[5:7]) + 2) // 3)


def months_of(period: str) -> tuple[str, ...]:
    """List the months of a quarter; a month is its own.

    >>> months_of("2010-Q2"), months_of("2010-05")
    (('2010-04', '2010-05', '2010-06'), ('2010-05',))
    """
    return months(period) if is_quarter(period) else (period,)


@cache
def previous(text: str) -> str:
    """Name the quarter before.

    >>> previous("2010-Q2"), previous("2010-Q1")
    ('2010-Q1', '2009-Q4')
    """
    year, number = split_quarter(text)
    return quarter(year, number - 1) if number > 1 else quarter(year - 1, 4)


@cache
def following(text: str) -> str:
    """Name the quarter after.

    >>> following("2010-Q2"), following("2010-Q4")
    ('2010-Q3', '2011-Q1')
    """
    year, number = split_quarter(text)
    return quarter(year, number + 1) if number < 4 else quarter(year + 1, 1)


@cache
def quarters_to(text: str) -> tuple[str, ...]:
    """List the quarters of a year up to this one.

    >>> quarters_to("2010-Q2")
    ('2010-Q1', '2010-Q2')
    """
    year, number = split_quarter(text)
    return tuple(quarter(year, earlier) for earlier in range(1, number + 1))


@cache
def resolve(relative: str, of: str) -> str:
    """Turn a relative period of a declaration into a real one, seen from the quarter `of`.

    >>> [resolve(word, "2010-Q2") for word in RELATIVE]
    ['2010-04', '2010-05', '2010-06', '2010-Q2', '2010-Q1', '2010']
    """
    if relative in ("m1", "m2", "m3"):
        return months(of)[int(relative[1]) - 1]
    return {"quarter": of, "previous": previous(of), "year": of[:4]}[relative]


@cache
def contains(outer: str, inner: str) -> bool:
    """Check whether period `inner` lies in period `outer` (a period lies in itself).

    >>> contains("2010-Q2", "2010-05"), contains("2010-Q2", "2010-Q1"), contains("2010", "2010-Q1")
    (True, False, True)
    """
    if outer == inner:
        return True
    if YEAR.fullmatch(outer):
        return inner.startswith(outer + "-")
    return is_quarter(outer) and MONTH.fullmatch(inner) is not None and inner in months(outer)
