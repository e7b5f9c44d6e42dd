"""Recognised tables → the quarters and years that their headings and the labels of their totals say, as `Evidence`.

Only what claims to date the report is taken: headings over its own months, labels of totals. The quarter before, as the
heading of the column to compare with, says nothing of it.
"""

from collections.abc import Iterable, Iterator
from enum import IntEnum
from typing import NamedTuple

from ..model import period as calendar
from .finder import RecognisedTable
from .labels import Mention, mentions
from .region import Region


class Weight(IntEnum):
    """How much a piece of evidence says: the first kind there is settles the period; hints are never accused."""

    VOTE = 0
    CLAIM = 1
    HINT = 2


class Evidence(NamedTuple):
    """Something that says which quarter (1-4) or year it is, and where it stands; `or_year` may be meant as well."""

    source: str
    quarter: int | None = None
    year: int | None = None
    weight: Weight = Weight.VOTE
    or_year: int | None = None


def dates_of_tables(tables: Iterable[RecognisedTable]) -> Iterator[Evidence]:
    """List what tables say of the report's period: their months, years and quarters, each with its cell."""
    listed = list(tables)
    yield from _month_evidence(listed)
    yield from _quarter_headings(listed)


def _month_evidence(tables: Iterable[RecognisedTable]) -> Iterator[Evidence]:
    """Take each table's months as one word on the quarter: the one that most of them lie in. Years stand alone."""
    for table in tables:
        mentioned = list(_heading_mentions(table))
        months = [(source, (int(code) + 2) // 3) for source, kind, code in mentioned if kind == "month"]
        quarters = [quarter for _, quarter in months]
        number = max(quarters, key=quarters.count, default=None)
        if number:
            yield Evidence(next(source for source, quarter in months if quarter == number), quarter=number)
        yield from (Evidence(source, year=int(code)) for source, kind, code in mentioned if kind == "year")


def _heading_mentions(table: RecognisedTable) -> Iterator[tuple[str, str, str]]:
    """List the months and years that a table's headings and month labels mention, as (source, kind, code).

    A year beside a quarter is that quarter's own, and may be last year's: it is left out.
    """
    region = table.region
    places = [(row, column) for row in range(region.top, region.leaf + 1) for column in (region.stub, *region.columns)]
    if table.spec.rows == "month":
        places += [(row, region.stub) for row in region.rows]
    for place in places:
        mentioned = mentions(region.grid.cells.get(place))
        has_quarter = any(kind == "quarter" for kind, _ in mentioned)
        for kind, code in sorted(mentioned):
            if kind == "month" or (kind == "year" and not has_quarter):
                yield region.grid.source(*place), kind, code


def _quarter_headings(tables: Iterable[RecognisedTable]) -> Iterator[Evidence]:
    """List the quarters over a table's own months, over its totals, in the labels of its totals and of its rows."""
    for table in tables:
        region = table.region
        places = [(row, place) for place in region.columns if _is_own(table, place) for row in _heading_rows(region)]
        places += [(row, column) for row in _heading_rows(region) for column in region.label_columns]
        places += [(row, column) for row in (*region.totals, *region.subtotals) for column in region.stubs]
        cells = region.grid.covered
        for place in dict.fromkeys(cells.get(place, place) for place in places):
            mentioned = mentions(region.grid.cells.get(place))
            if any(kind == "quarter" for kind, _ in mentioned):
                yield from _mentioned_quarters(mentioned, region.grid.source(*place))


def _heading_rows(region: Region) -> range:
    return range(region.top, region.leaf + 1)


def _is_own(table: RecognisedTable, place: int) -> bool:
    """Check whether a column holds what the report itself counts: a month's figures, or a total of them."""
    column = table.columns.get(place)
    if column is None or column.role == "total":
        return column is not None
    own = [kind for level in table.headings[place].own for kind, _ in level]
    return column.key.get("period") in calendar.MONTHS and "month" in own


def _mentioned_quarters(mentioned: frozenset[Mention], source: str) -> Iterator[Evidence]:
    named = sorted((kind, int(code)) for kind, code in mentioned if kind in ("quarter", "year"))
    stated = [code for kind, code in named if kind == "year"]
    year = stated[0] if len(stated) == 1 else None
    yield from (Evidence(source, code, year, Weight.CLAIM) for kind, code in named if kind == "quarter")
