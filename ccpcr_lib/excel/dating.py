"""Recognised tables → the quarter they report, and a finding for every heading or name that says otherwise.

The workbook itself comes first (``Planned 2010``, ``in 2010``, a reporting period, the months), then the file's name,
then what the person asked for. All of that must agree.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

from ..model import period as calendar
from ..model.finding import Finding
from .covers import dates_of_sheets
from .dates import Evidence, Weight, dates_of_tables
from .file.facts import refuse
from .file.grid import Grid
from .finder import RecognisedTable
from .named_periods import named_quarters, normal
from .rules import make_finding

_EXACT = re.compile(r"(?<!\d)(\d{4})-q([1-4])(?!\d)")


@cache
def quarter_in(text: str) -> tuple[int, int] | None:
    """Find a quarter with its year in a text, as (year, quarter): one written as 2010-Q2 before any other.

    >>> quarter_in("Report 2nd quarter of 2010"), quarter_in("report_2010-Q2_final"), quarter_in("2010")
    ((2010, 2), (2010, 2), None)
    >>> quarter_in("2010-Q2 2011-01-15")
    (2010, 2)
    """
    if exact := _EXACT.search(normal(text)):
        return int(exact[1]), int(exact[2])
    return next(((named.year, named.quarter) for named in named_quarters(text) if named.year), None)


@cache
def whole_quarter(text: str) -> str | None:
    """Give the quarter that a text names, and names nothing else, however it is written.

    >>> whole_quarter("Q3 2010"), whole_quarter("2010q3"), whole_quarter("2010-Q3 v2"), whole_quarter("Q3")
    ('2010-Q3', '2010-Q3', None, None)
    """
    named = named_quarters(text)
    if len(named) != 1 or named[0].year is None or (named[0].start, named[0].end) != (0, len(normal(text))):
        return None
    return calendar.quarter(named[0].year, named[0].quarter)


def date_workbook(
    grids: list[Grid], tables: list[RecognisedTable], path: Path, asked: str | None
) -> tuple[str, list[Finding]]:
    """Settle the quarter of a workbook; raise CannotReadError where nothing says it.

    `asked` is the quarter a person named. Findings: ``period_conflict``, one for each thing that disagrees.
    """
    evidence = [*dates_of_tables(tables), *dates_of_sheets(grids, tables)]
    evidence += _name_evidence(path, has_year=any(piece.year and piece.weight < Weight.HINT for piece in evidence))
    if asked:
        evidence.append(_asked_evidence(asked))
    number = _settle([(piece.weight, piece.quarter) for piece in evidence])
    year = _settle([(piece.weight, piece.year) for piece in evidence])
    if number is None or year is None:
        raise refuse(path, "file_without_quarter" if year else "file_without_year")
    return calendar.quarter(year, number), _conflicts(evidence, year, number)


def _asked_evidence(asked: str) -> Evidence:
    year, number = calendar.split_quarter(asked)
    return Evidence("--period", number, year)


def _name_evidence(path: Path, *, has_year: bool) -> Iterator[Evidence]:
    """Read the file's name: a quarter, or where the workbook names no year, a lone year."""
    in_name = {*re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", path.stem)}
    quarter = quarter_in(path.stem)
    if quarter:
        yield Evidence(path.name, quarter[1], quarter[0])
        return
    if len(in_name) == 1 and not has_year:
        yield Evidence(path.name, year=int(in_name.pop()))
    yield from (Evidence(path.name, named.quarter, weight=Weight.HINT) for named in named_quarters(path.stem))


def _settle(votes: Sequence[tuple[Weight, int | None]]) -> int | None:
    """Take the number with most votes of the weightiest kind there is, at a tie the first; hints must all be one."""
    for weight in Weight:
        given = [vote for kind, vote in votes if vote is not None and kind == weight]
        if given and (weight < Weight.HINT or len(set(given)) == 1):
            return Counter(given).most_common(1)[0][0]
    return None


def _conflicts(evidence: list[Evidence], year: int, number: int) -> list[Finding]:
    """Report every place that says another quarter or year. Single odd months are found where they are read."""
    odd: dict[str, Evidence] = {}
    for piece in evidence:
        if piece.weight < Weight.HINT and not _agrees(piece, year, number):
            odd.setdefault(piece.source, piece)
    like = [piece for piece in evidence if number == piece.quarter or year == piece.year]
    sound = (piece for piece in evidence if _agrees(piece, year, number) and piece.source not in odd)
    first = next(sound, like[0])
    return [_conflict(piece, year, number, first.source) for piece in odd.values()]


def _agrees(piece: Evidence, year: int, number: int) -> bool:
    is_year = piece.year is None or year in (piece.year, piece.or_year)
    return is_year and piece.quarter in (None, number)


def _conflict(piece: Evidence, year: int, number: int, first: str) -> Finding:
    if piece.quarter:
        printed, expected = calendar.quarter(piece.year or year, piece.quarter), calendar.quarter(year, number)
    else:
        printed, expected = str(piece.year), str(year)
    return make_finding("period_conflict", piece.source, printed=printed, expected=expected, first=first)
