"""Reporting periods as short strings: month ``2010-04``, quarter ``2010-Q2``, half-year ``2010-H1``, year ``2010``.

A year of four quarters that begins in April, July or October is written by its ends: ``2010-Q3..2011-Q2``. Periods stay
plain text so that they sort, join and print without help; these functions hold the calendar.
"""

import re
from collections.abc import Sequence
from enum import Enum
from functools import cache

QUARTER = re.compile(r"(\d{4})-Q([1-4])")
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")
HALF = re.compile(r"(\d{4})-H([12])")
YEAR = re.compile(r"\d{4}")
RUN = re.compile(r"(\d{4}-Q[2-4])\.\.(\d{4}-Q[1-3])")
"""A year that is none of the calendar, by its first quarter and its last."""


class Relative(Enum):
    """A period as a declaration names it, seen from the period of a report. It is never a real one: these are text.

    A quarter is divided into months, whatever is longer into its quarters.
    """

    M1 = "m1"
    M2 = "m2"
    M3 = "m3"
    QUARTER = "quarter"
    PREVIOUS = "previous"
    YEAR = "year"
    Q1 = "q1"
    Q2 = "q2"
    Q3 = "q3"
    Q4 = "q4"

    def __repr__(self) -> str:
        return repr(self.value)


MONTHS = (Relative.M1, Relative.M2, Relative.M3)
"""The three months of the quarter."""

QUARTERS = (Relative.Q1, Relative.Q2, Relative.Q3, Relative.Q4)
"""The quarters of a half-year, which has two, or of a year."""

IN_QUARTER = (*MONTHS, Relative.QUARTER, Relative.PREVIOUS, Relative.YEAR)
"""What the workbook of a quarter may speak of."""


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


def is_longer(text: str) -> bool:
    """Check whether `text` is a half-year or a year, of the calendar or not: the periods made of quarters.

    >>> [is_longer(text) for text in ("2010", "2010-H1", "2010-Q3..2011-Q2", "2010-Q2", "2010-Q3..2010-Q4")]
    [True, True, True, False, False]
    """
    run = RUN.fullmatch(text)
    if run:
        return run[2] == _after(run[1], 3)
    return (HALF.fullmatch(text) or YEAR.fullmatch(text)) is not None


@cache
def quarters_in(period: str) -> tuple[str, ...]:
    """List the quarters of a year or half-year; a quarter has itself. Raise ValueError for anything else.

    >>> quarters_in("2010-H2"), quarters_in("2010-Q4..2011-Q3")
    (('2010-Q3', '2010-Q4'), ('2010-Q4', '2011-Q1', '2011-Q2', '2011-Q3'))
    """
    if is_quarter(period):
        return (period,)
    if not is_longer(period):
        raise ValueError(f"{period!r} is made of no quarters. Write it like 2010-Q2, 2010-H1 or 2010.")
    half = HALF.fullmatch(period)
    if half:
        first, count = quarter(int(half[1]), 2 * int(half[2]) - 1), 2
    else:
        first, count = period[:7] if RUN.fullmatch(period) else quarter(int(period), 1), 4
    return tuple(_after(first, place) for place in range(count))


def period_of(quarters: Sequence[str]) -> str:
    """Name the period that some quarters in a row make. Raise ValueError where they make none.

    >>> period_of(["2010-Q1", "2010-Q2"]), period_of(["2010-Q3", "2010-Q4", "2011-Q1", "2011-Q2"])
    ('2010-H1', '2010-Q3..2011-Q2')
    """
    first = quarters[0]
    year, number = split_quarter(first)
    names = (first, f"{year}-H{(number + 1) // 2}", f"{year}", f"{first}..{quarters[-1]}")
    name = next((name for name in names if is_period(name) and quarters_in(name) == tuple(quarters)), None)
    if name is None:
        raise ValueError(f"{', '.join(quarters)} make no quarter, half-year or year.")
    return name


def is_period(text: str) -> bool:
    """Check whether a report can be made of it: a quarter, or what is made of quarters."""
    return is_quarter(text) or is_longer(text)


def year_from(year: int, number: int) -> str:
    """Name the year that begins with a quarter.

    >>> year_from(2010, 1), year_from(2010, 3)
    ('2010', '2010-Q3..2011-Q2')
    """
    return period_of([_after(quarter(year, number), place) for place in range(4)])


def parts(period: str) -> tuple[str, ...]:
    """List what a period is divided into: a quarter into months, whatever is longer into quarters.

    >>> parts("2010-Q2"), parts("2010-H1")
    (('2010-04', '2010-05', '2010-06'), ('2010-Q1', '2010-Q2'))
    """
    return months(period) if is_quarter(period) else quarters_in(period)


def printed(period: str) -> str:
    """Write a period as a heading has it: a year that is none of the calendar by both of its years.

    >>> printed("2010-Q3..2011-Q2"), printed("2009-Q2..2010-Q1"), printed("2010-H1")
    ('2010/11', '2009/10', '2010-H1')
    """
    run = RUN.fullmatch(period)
    return f"{period[:4]}/{run[2][2:4]}" if run else period


def folder_of(period: str) -> str:
    """Name the folder of a period's report.

    >>> folder_of("2010-Q3..2011-Q2"), folder_of("2010")
    ('2010-11', '2010')
    """
    return printed(period).replace("/", "-")


def _after(text: str, count: int) -> str:
    """Name the quarter so many quarters after another; before it, where the number is negative."""
    year, number = split_quarter(text)
    place = 4 * year + number - 1 + count
    return quarter(place // 4, place % 4 + 1)


@cache
def previous(text: str) -> str:
    """Name the period of the same length before.

    >>> previous("2010-Q2"), previous("2010-Q1"), previous("2010-H1"), previous("2010")
    ('2010-Q1', '2009-Q4', '2009-H2', '2009')
    """
    quarters = quarters_in(text)
    return period_of([_after(quarter, -len(quarters)) for quarter in quarters])


@cache
def following(text: str) -> str:
    """Name the quarter after.

    >>> following("2010-Q2"), following("2010-Q4")
    ('2010-Q3', '2011-Q1')
    """
    return _after(text, 1)


@cache
def quarters_to(text: str) -> tuple[str, ...]:
    """List the quarters of a year up to this one.

    >>> quarters_to("2010-Q2")
    ('2010-Q1', '2010-Q2')
    """
    year, number = split_quarter(text)
    return tuple(quarter(year, earlier) for earlier in range(1, number + 1))


@cache
def resolve(relative: Relative, of: str) -> str:
    """Turn a relative period of a declaration into a real one, seen from the period `of`.

    The year of what is longer than a quarter is it itself: what is planned for a half-year is planned for all of it.

    >>> [resolve(relative, "2010-Q2") for relative in IN_QUARTER]
    ['2010-04', '2010-05', '2010-06', '2010-Q2', '2010-Q1', '2010']
    >>> [resolve(relative, "2010-H1") for relative in (Relative.Q2, Relative.YEAR, Relative.PREVIOUS)]
    ['2010-Q2', '2010-H1', '2009-H2']
    """
    if relative in MONTHS:
        return months(of)[MONTHS.index(relative)]
    if relative in QUARTERS:
        return quarters_in(of)[QUARTERS.index(relative)]
    if relative is Relative.PREVIOUS:
        return previous(of)
    return of[:4] if relative is Relative.YEAR and is_quarter(of) else of


@cache
def contains(outer: str, inner: str) -> bool:
    """Check whether period `inner` lies in period `outer` (a period lies in itself).

    >>> contains("2010-Q2", "2010-05"), contains("2010-Q2", "2010-Q1"), contains("2010", "2010-Q1")
    (True, False, True)
    >>> contains("2010-Q3..2011-Q2", "2011-06"), contains("2010-Q3..2011-Q2", "2010")
    (True, False)
    """
    if outer == inner:
        return True
    if is_quarter(outer):
        return MONTH.fullmatch(inner) is not None and inner in months(outer)
    if not is_longer(outer):
        return False
    within = quarters_in(inner) if is_period(inner) else (quarter_of(inner),)
    return set(within) <= set(quarters_in(outer))
