"""What a person types for more than a quarter → the period, and the workbooks of its quarters.

A year is ``2010``; a half-year ``2010-H1``, ``H1 2010``, ``first half of 2010``; a donor's year, which begins in April,
July or October, ``2010/11`` with the month that it begins in, or its months: ``July 2010 to June 2011``.
"""

import re
from collections.abc import Collection, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..model import period as calendar
from ..model.codelist import spellings
from ..model.errors import CannotReadError
from ..model.text import fold
from ..words import say
from .dating import whole_quarter
from .named_files import Which, data_folder, folder_named, quarters_of, says, workbook_of
from .named_periods import normal
from .reader import workbooks

STARTS = {1: 1, 4: 2, 7: 3, 10: 4}
"""The months that a year may begin in, with their quarters: the counts are by quarter."""
_YEAR = r"(?:(?:year|fy|ឆ្នាំ) ?)?(?P<year>(?:19|20)\d\d)(?: year)?"
_FIRST, _SECOND = r"(?:1st|first|1|i|one|ទី ?1|1|មួយ|ទីមួយ)", r"(?:2nd|second|2|ii|two|ទី ?2|ពីរ|ទីពីរ)"
_HALF = (
    rf"(?:h ?(?:(?P<h1>1)|2)|(?:(?P<half1>{_FIRST})|{_SECOND}) (?:half|semester|half[- ]year)"
    rf"|(?:half(?:[- ]year)?|semester|ឆមាស) ?(?:(?P<behind1>{_FIRST})|{_SECOND}))"
)
_LINK = r"(?: ?[-/,] ?| (?:of|in) (?:the )?| )?"
HALVES = (re.compile(f"(?:the )?{_HALF}{_LINK}{_YEAR}"), re.compile(f"{_YEAR}{_LINK}(?:the )?{_HALF}"))
WHOLE_YEAR = re.compile(_YEAR)
TWO_YEARS = re.compile(
    r"(?:(?:year|fy|ឆ្នាំ) ?)?(?P<year>(?:19|20)\d\d) ?[-/–] ?(?:(?P<century>(?:19|20))?(?P<next>\d\d))"
)
MONTHS = re.compile(
    r"(?:from )?(?P<first>\D+?)[ -]?(?P<year1>(?:19|20)\d\d)? ?(?:to|until|till|ដល់|[-–—]) ?"
    r"(?P<last>\D+?)[ -]?(?P<year2>(?:19|20)\d\d)"
)


class Together(NamedTuple):
    """A half-year or a year, and the workbooks of its quarters, of which there is one at least."""

    period: str
    files: Mapping[str, Path]


def start_of(text: str) -> int:
    """Read the month that a year begins in, as a number or a name; raise CannotReadError for what is no such month.

    >>> start_of("07"), start_of("July"), start_of("1")
    (7, 7, 1)
    """
    plain = normal(text).strip()
    number = int(plain) if plain.isdigit() and len(plain) < 3 else _month(plain)
    if number not in STARTS:
        raise CannotReadError(say("no_start_of_year", text=text))
    return number


@cache
def whole_span(text: str, starts: int | None = None) -> str | None:
    """Give the half-year or year that a text names, and names nothing else; `starts` is the month a year begins in.

    Raise CannotReadError for a year of two years where nobody says when it begins, and for one that begins otherwise.

    >>> whole_span("2010"), whole_span("H1 2010"), whole_span("first half of 2010"), whole_span("2010", 7)
    ('2010', '2010-H1', '2010-H1', '2010-Q3..2011-Q2')
    >>> whole_span("2010/11", 7), whole_span("July 2010 to June 2011"), whole_span("2010-Q2"), whole_span("May 2010")
    ('2010-Q3..2011-Q2', '2010-Q3..2011-Q2', None, None)
    """
    period = _whole_span(text, starts)
    if period is None or starts is None or (period, starts) == (_year_named(period, starts), starts):
        return period
    raise CannotReadError(say("other_start_of_year", period=text, starts=f"{starts:02d}"))


def _year_named(period: str, starts: int) -> str:
    """Name the year that begins in a month of the first year of a period, where that is a year at all."""
    return "" if calendar.HALF.fullmatch(period) else calendar.year_from(int(period[:4]), STARTS[starts])


def _whole_span(text: str, starts: int | None) -> str | None:
    plain = " ".join(normal(text).replace("_", " ").split())
    run = plain.replace("q", "Q")
    if calendar.is_longer(run) and ".." in run:
        return run
    if year := WHOLE_YEAR.fullmatch(plain):
        return calendar.year_from(int(year["year"]), STARTS[starts or 1])
    if half := next(filter(None, (pattern.fullmatch(plain) for pattern in HALVES)), None):
        return f"{half['year']}-H{1 if half['h1'] or half['half1'] or half['behind1'] else 2}"
    return _of_two_years(text, plain, starts) or _of_months(plain)


def _of_two_years(text: str, plain: str, starts: int | None) -> str | None:
    """Read ``2010/11`` and ``2010/2011``; with a hyphen it is a year only where somebody says when it begins."""
    match = TWO_YEARS.fullmatch(plain)
    if match is None or int(match["next"]) != (int(match["year"]) + 1) % 100:
        return None
    is_month = "/" not in plain and not match["century"] and int(match["next"]) <= 12
    if starts is None and is_month:
        return None
    if starts is None or starts == 1:
        raise CannotReadError(say("year_of_two_years", period=text))
    return calendar.year_from(int(match["year"]), STARTS[starts])


def _of_months(plain: str) -> str | None:
    """Read the first and the last month: ``January to June 2010``, ``July 2010 – June 2011``."""
    match = MONTHS.fullmatch(plain)
    first, last = (_month(match[name]) for name in ("first", "last")) if match else (0, 0)
    if match is None or (first - 1) % 3 or not last or last % 3:
        return None
    end = 4 * int(match["year2"]) + last // 3 - 1
    year = int(match["year1"] or match["year2"])
    start = 4 * year + (first - 1) // 3
    quarters = [calendar.quarter(place // 4, place % 4 + 1) for place in range(start, end + 1)]
    if len(quarters) < 2:
        return None
    try:
        return calendar.period_of(quarters)
    except ValueError:
        return None


def _month(text: str) -> int:
    """Give the number of a month by its name; 0 for what is none."""
    code = spellings("months").get(fold(text.strip(" .,")))
    return int(code[-2:]) if code else 0


def asked_period(text: str) -> str | None:
    """Read a quarter, a half-year or a year that somebody asks for; None for what is none of them."""
    return whole_quarter(text) or whole_span(text)


def asked_beside(text: str, period: str, there: Collection[str]) -> str:
    """Read the period that another one is to be compared with; empty where none is named.

    `there` are the quarters that have a workbook. Raise CannotReadError for what names no period, for one of another
    length or that is no earlier one, and for one of which there is no workbook.
    """
    other = asked_period(text) if text else ""
    if not other:
        if text:
            raise CannotReadError(say("compare_not_a_period", period=text))
        return ""
    quarters, own = calendar.quarters_in(other), calendar.quarters_in(period)
    name = "compare_other_length" if len(quarters) != len(own) else "compare_not_earlier" if quarters >= own else ""
    if name:
        raise CannotReadError(say(name, period=calendar.printed(period), other=calendar.printed(other)))
    if not {*quarters, *map(calendar.following, quarters)} & {*there}:  # the next one speaks of the quarter before
        raise CannotReadError(say("compare_not_there", other=calendar.printed(other), quarters=", ".join(there)))
    return other


def find_together(which: Which, folder: Path | None = None, *, period: str | None = None) -> Together | None:
    """Find the workbooks of the half-year or year that somebody names; None where another thing is named.

    It may be named alone, which means that of `folder`, else of the project; behind a folder (``data/2010``); or as the
    `period` of a folder. A file goes first, and a folder of workbooks that is called so is the one to look through.
    Raise CannotReadError where none of its quarters has a workbook, or several may be a quarter's.
    """
    path = Path(which)
    asked = whole_span(period) if period else None
    if path.is_file():
        if asked:
            raise CannotReadError(say("period_of_file", period=period, file=path.name))
        return None
    named = whole_span(path.as_posix())
    if named and asked in (None, named):
        return _in_folder(named, _called(path) or folder or data_folder())
    if asked and (place := folder_named(path)):
        return _in_folder(asked, place)
    behind = whole_span(path.name) if len(path.parts) > 1 else None
    if behind and asked in (None, behind) and not path.is_dir() and (place := folder_named(path.parent)):
        return _in_folder(behind, place)
    return None


def _called(path: Path) -> Path | None:
    """Give the folder of workbooks that is called like a period, if there is one here."""
    return path if path.is_dir() and workbooks(path) else None


def _in_folder(period: str, folder: Path) -> Together:
    says_once = cache(says)
    found = {quarter: workbook_of(quarter, folder, says_once) for quarter in calendar.quarters_in(period)}
    files = {quarter: path for quarter, path in found.items() if path}
    if not files:
        quarters = ", ".join(quarters_of(workbooks(folder) if folder.is_dir() else [])) or say("history_none")
        name = calendar.printed(period)
        raise CannotReadError(
            say("period_not_there", period=name, folder=folder.name or str(folder), quarters=quarters)
        )
    return Together(period, files)
