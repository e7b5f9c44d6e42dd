"""Recognised tables → the quarter they report, and a finding for every heading or name that says otherwise.

The workbook itself comes first (``Planned 2010``, ``in 2010``, a reporting period, the months), then the file's name,
then what the person asked for. All of that must agree.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..model import period as calendar
from ..model.codelist import KHMER_DIGITS, fold
from ..model.finding import Finding
from .file.facts import refuse
from .file.grid import Grid
from .finder import RecognisedTable
from .labels import mentions, years
from .rules import make_finding
from .values import shown

_QUARTER_TEXT = re.compile(
    r"(?P<y1>(?:19|20)\d\d)\s*[-_ .]*Q(?P<q1>[1-4])(?!\d)"
    r"|(?<![a-z0-9])Q(?P<q2>[1-4])\s*[-_ .]*(?:of\s+)?(?P<y2>(?:19|20)\d\d)"
    r"|(?P<q3>[1-4])(?:st|nd|rd|th)?[-_ ]*(?:quarter|qtr)[-_ ,.]*(?:of\s+|in\s+)?(?P<y3>(?:19|20)\d\d)",
    re.IGNORECASE,
)
_TITLE_YEAR = re.compile(r"(?:\b(?:in|of|for|year|planned|plan)|ឆ្នាំ)\s*((?:19|20)\d\d)\b", re.IGNORECASE)
_PERIOD_LABEL = ("reportingperiod", "period", "quarter", "reportingquarter", "រយៈពេលរាយការណ៍", "ត្រីមាស")
_YEAR_LABEL = ("year", "reportingyear", "ឆ្នាំ")
TITLE_ROWS = 6


class Evidence(NamedTuple):
    """Something that says which quarter (1-4) or year it is, and where it stands."""

    source: str
    quarter: int | None = None
    year: int | None = None


@cache
def quarter_in(text: str) -> tuple[int, int] | None:
    """Find a quarter with its year in a text, as (year, quarter).

    >>> quarter_in("Report 2nd quarter of 2010"), quarter_in("report_2010-Q2_final"), quarter_in("2010")
    ((2010, 2), (2010, 2), None)
    """
    parts = _QUARTER_TEXT.search(text.translate(KHMER_DIGITS))
    if not parts:
        return None
    year = parts["y1"] or parts["y2"] or parts["y3"]
    return int(year), int(parts["q1"] or parts["q2"] or parts["q3"])


def date_workbook(
    grids: list[Grid], tables: list[RecognisedTable], path: Path, asked: str | None
) -> tuple[str, list[Finding]]:
    """Settle the quarter of a workbook; raise CannotReadError where nothing says it.

    `asked` is the quarter a person named. Findings: ``period_conflict``, one for each thing that disagrees.
    """
    evidence = [*_month_evidence(tables), *_title_evidence(tables), *_cover_evidence(grids)]
    evidence += _name_evidence(path, has_year=any(piece.year for piece in evidence))
    if asked:
        evidence.append(_asked_evidence(asked))
    number, year = _settle(piece.quarter for piece in evidence), _settle(piece.year for piece in evidence)
    if number is None or year is None:
        raise refuse(path, "file_without_quarter" if year else "file_without_year")
    return calendar.quarter(year, number), _conflicts(evidence, year, number)


def _asked_evidence(asked: str) -> Evidence:
    year, number = calendar.split_quarter(asked)
    return Evidence("--period", number, year)


def _name_evidence(path: Path, *, has_year: bool) -> Iterator[Evidence]:
    """Read the file's name: a quarter, or where the workbook names no year, a lone year."""
    in_name = {*re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", path.stem)}
    yield from _quarter_evidence(path.stem, path.name)
    if not quarter_in(path.stem) and len(in_name) == 1 and not has_year:
        yield Evidence(path.name, year=int(in_name.pop()))


def _settle(votes: Iterable[int | None]) -> int | None:
    """Take the number with most votes; at a tie the one that came first."""
    given = [vote for vote in votes if vote is not None]
    return Counter(given).most_common(1)[0][0] if given else None


def _conflicts(evidence: list[Evidence], year: int, number: int) -> list[Finding]:
    """Report every place that says another quarter or year. Single odd months are found where they are read."""
    odd: dict[str, Evidence] = {}
    for piece in evidence:
        if not _agrees(piece, year, number):
            odd.setdefault(piece.source, piece)
    first = next(piece.source for piece in evidence if _agrees(piece, year, number))
    return [_conflict(piece, year, number, first) for piece in odd.values()]


def _agrees(piece: Evidence, year: int, number: int) -> bool:
    return piece.year in (None, year) and piece.quarter in (None, number)


def _conflict(piece: Evidence, year: int, number: int, first: str) -> Finding:
    if piece.quarter:
        printed, expected = calendar.quarter(piece.year or year, piece.quarter), calendar.quarter(year, number)
    else:
        printed, expected = str(piece.year), str(year)
    return make_finding("period_conflict", piece.source, printed=printed, expected=expected, first=first)


def _month_evidence(tables: list[RecognisedTable]) -> Iterator[Evidence]:
    """Take each table's months as one word on the quarter: the one that most of them lie in. Years stand alone."""
    for table in tables:
        mentioned = list(_heading_mentions(table))
        months = [(source, (int(code) + 2) // 3) for source, kind, code in mentioned if kind == "month"]
        number = _settle(quarter for _, quarter in months)
        if number:
            yield Evidence(next(source for source, quarter in months if quarter == number), quarter=number)
        yield from (Evidence(source, year=int(code)) for source, kind, code in mentioned if kind == "year")


def _heading_mentions(table: RecognisedTable) -> Iterator[tuple[str, str, str]]:
    """List what a table's headings and month labels mention, as (source, kind, code).

    A year beside a quarter is that quarter's own, and may be last year's: it is left out.
    """
    region = table.region
    places = [(row, column) for row in range(region.top, region.leaf + 1) for column in (region.stub, *region.columns)]
    if table.spec.rows == "month":
        places += [(row, region.stub) for row in region.rows]
    for place in places:
        mentioned = mentions(region.grid.cells.get(place))
        has_quarter = any(kind == "quarter" for kind, _ in mentioned)
        for kind, code in mentioned:
            if not (kind == "year" and has_quarter):
                yield region.grid.source(*place), kind, code


def _title_evidence(tables: list[RecognisedTable]) -> Iterator[Evidence]:
    """Read years and quarters in the titles above tables."""
    for table in tables:
        region = table.region
        for place, content in region.grid.cells.items():
            if region.top - TITLE_ROWS <= place[0] < region.top and isinstance(content, str):
                source = region.grid.source(*place)
                yield from _quarter_evidence(content, source)
                if not quarter_in(content):
                    named = _TITLE_YEAR.findall(content.translate(KHMER_DIGITS))
                    yield from (Evidence(source, year=int(year)) for year in named)


def _cover_evidence(grids: list[Grid]) -> Iterator[Evidence]:
    """Read a reporting period: a quarter or a year beside, or in one cell with, a label that says so."""
    for grid in grids:
        for (row, column), content in grid.cells.items():
            if not isinstance(content, str):
                continue
            label = fold(content)
            if label.startswith("reportingperiod"):
                yield from _quarter_evidence(content, grid.source(row, column))
            if label in _PERIOD_LABEL or label in _YEAR_LABEL:
                text, source = shown(grid.cells.get((row, column + 1))), grid.source(row, column + 1)
                yield from _quarter_evidence(text, source)
                if label in _YEAR_LABEL and not quarter_in(text):
                    yield from (Evidence(source, year=int(year)) for year in years(text)[:1])


def _quarter_evidence(text: str, source: str) -> Iterator[Evidence]:
    year, number = quarter_in(text) or (None, None)
    if number:
        yield Evidence(source, number, year)
