"""Sheets → the quarters and years that their titles, covers and names say, as `Evidence`.

Only what claims to date the report is taken; sentences, remarks, plans and comparisons say nothing of it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import NamedTuple

from ..model.text import fold
from .dates import Evidence, Weight
from .file.address import Place
from .file.grid import Content, Grid
from .finder import RecognisedTable
from .named_periods import buddhist_years, lone_years, named_quarters, normal, other_span, years
from .region import Extent
from .values import shown

TITLE_ROWS = 6
COVER_ROWS = 40
MAX_CLAIM = 160
_QUARTER_LABELS = frozenset(
    {"quarter", "quarterno", "reportingquarter", "reportingperiod", "period", "ត្រីមាស", "ត្រីមាសទី"}
)
_PERIOD_LABELS = _QUARTER_LABELS | frozenset(
    {"reportperiod", "periodcovered", "reportingdate", "daterange", "from", "fromdate", "start", "startdate", "begin"}
    | {"periodfrom", "ពី", "ចាប់ពី", "រយៈពេលរាយការណ៍", "រយៈពេល"}
)
_TO_LABELS = frozenset({"to", "until", "till", "enddate", "end", "periodto", "todate", "ដល់"})
_YEAR_LABELS = frozenset({"year", "reportingyear", "fiscalyear", "reportyear", "ឆ្នាំ"})
_ERA_LABELS = frozenset({"ពុទ្ធសករាជ", "ពស", "be", "buddhistera", "buddhistyear"})
_LABELS = _PERIOD_LABELS | _YEAR_LABELS | _ERA_LABELS
_TITLE_YEAR = re.compile(r"(?:\b(?:in|of|for|year|planned|plan)|ឆ្នាំ)\s*((?:19|20)\d\d)\b")
_OTHER_TIME = re.compile(
    r"\b(?:compar\w*|previous\w*|last|prior|before|since|than|versus|vs|next|following|coming|plan\w*|target\w*|forecast"
    r"|remarks?|notes?|baseline|history|earlier|first time)\b|ប្រៀបធៀប|ធៀប|មុន|បន្ទាប់|ផែនការ|គោលដៅ|ចំណុចដៅ|កំណត់សម្គាល់"
)
_SENTENCE = re.compile(
    r"\b(?<!who )(?<!that )(?:was|were|is|are|has|have|had|will|came|went|because|due|more|less|fewer|increased?"
    r"|decreased?|there|we|they)\b"
)
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-‐-―/]\s*(?:(?:19|20)\d\d|\d\d)(?!\d)")
"""A school year or a fiscal year, which is no year of the report."""
_OLD = re.compile(r"\b(?:founded|established|since|law|act|built|copyright|tel|phone|created|born|started)\b|©")
_YEAR_TITLE = re.compile(r"\breports?\b|statistic|របាយការណ៍|^\W*(?:fy|fiscal year|year|ឆ្នាំ)?\W*\d{4}\W*$")
_REPORT = re.compile(r"report|period|quarter|title|statistic|ត្រីមាស|របាយការណ៍")


@dataclass
class _Sheet:
    """A sheet and the boxes of its tables; `starts` are their first rows."""

    grid: Grid
    boxes: tuple[Extent, ...]
    starts: tuple[int, ...]

    def is_inside(self, place: Place) -> bool:
        row, column = place
        return any(top <= row <= bottom and left <= column <= right for top, bottom, left, right in self.boxes)

    @cached_property
    def free(self) -> list[Place]:
        """The places of texts, and of numbers that may be years, in no table, from top to bottom."""
        places = [at for at, content in self.grid.cells.items() if isinstance(content, str) or _is_year(content)]
        return sorted(place for place in places if not self.is_inside(place))

    def is_title_row(self, row: int) -> bool:
        """Check whether a row may hold a title: near above a table, above all tables, or on a cover."""
        if row < min(self.starts, default=COVER_ROWS):
            return row < COVER_ROWS
        return any(start - TITLE_ROWS <= row < start for start in self.starts)

    def beside(self, place: Place) -> list[Place]:
        """List what stands within two columns left and right of a cell, in no table."""
        row, column = place
        right = column + self.grid.spans.get(place, (1, 1))[1]
        near = [(row, other) for other in (column - 2, column - 1, right, right + 1)]
        return [other for other in near if other in self.grid.cells and not self.is_inside(other)]


def _is_year(content: Content) -> bool:
    return isinstance(content, float) and content.is_integer() and 1990 <= content < 2100


def dates_of_sheets(grids: Sequence[Grid], tables: Sequence[RecognisedTable]) -> Iterator[Evidence]:
    """List what sheets say of the report's period outside their tables: titles and covers, labels, names of sheets."""
    sheets = [_sheet(grid, [table for table in tables if table.region.grid.name == grid.name]) for grid in grids]
    for read in (_titles, _labels, _name):
        for sheet in sheets:
            yield from read(sheet)


def _sheet(grid: Grid, tables: Sequence[RecognisedTable]) -> _Sheet:
    boxes = tuple(table.region.box for table in tables)
    return _Sheet(grid, boxes, tuple(box[0] for box in boxes))


def _titles(sheet: _Sheet) -> Iterator[Evidence]:
    """Read titles and covers; those of a sheet of plans or of another time are hints.

    Where no table stands and several quarters are named, none of them dates the report.
    """
    places = [place for place in sheet.free if sheet.is_title_row(place[0])]
    pieces = [piece for place in places for piece in _title(sheet, place)]
    first_of = {piece.source: piece.quarter for piece in reversed(pieces) if piece.quarter}
    named, name = {*first_of.values()}, sheet.grid.name
    is_history = not sheet.boxes and (len(named) > 1 or bool(named_quarters(name)))
    for piece in pieces:
        if not (is_history and piece.quarter):
            yield piece._replace(weight=Weight.HINT) if _OTHER_TIME.search(normal(name)) else piece


def _labels(sheet: _Sheet) -> Iterator[Evidence]:
    for place in sheet.free:
        if isinstance(sheet.grid.cells[place], str):
            yield from _labelled(sheet, place)


def _name(sheet: _Sheet) -> Iterator[Evidence]:
    """Read the name of a sheet; that of one without a table is a hint."""
    weight = Weight.CLAIM if sheet.boxes else Weight.HINT
    yield from _claims(sheet.grid.name, sheet.grid.source(0, 0), weight, has_vote=False)


def _title(sheet: _Sheet, place: Place) -> Iterator[Evidence]:
    text, source = shown(sheet.grid.cells[place]), sheet.grid.source(*place)
    years = _title_years(text)
    if sheet.boxes:
        yield from (Evidence(source, year=year) for year in years.stated)
    if (named_quarters(text) or years.lone) and _stands_as_title(sheet, place):
        yield from _claims(text, source, Weight.CLAIM)
        yield from (Evidence(source, year=year, weight=years.weight) for year in years.lone)
    yield from _eras(text, source)


class _Years(NamedTuple):
    """The years of a title: those after a word such as “in”, and those that stand alone, with what they weigh."""

    stated: tuple[int, ...] = ()
    lone: tuple[int, ...] = ()
    weight: Weight = Weight.HINT


@cache
def _title_years(text: str) -> _Years:
    """Read the years of a title that names no quarter; what was founded or enacted in a year says nothing."""
    if named_quarters(text):
        return _Years()
    plain = _YEARS.sub(" ", normal(text))
    is_old = len(text) > MAX_CLAIM or _OLD.search(plain)
    lone = () if is_old else lone_years(plain)
    is_claim = len(lone) == 1 and not _OTHER_TIME.search(plain) and bool(_YEAR_TITLE.search(plain))
    stated = tuple(map(int, _TITLE_YEAR.findall(plain)))
    return _Years(stated, lone, Weight.CLAIM if is_claim else Weight.HINT)


def _eras(text: str, source: str) -> Iterator[Evidence]:
    """Read a year of the Buddhist era: it begins in April or May, and may be one or the other of two years."""
    for year in buddhist_years(text):
        yield Evidence(source, year=year - 543, weight=Weight.CLAIM, or_year=year - 544)


def _stands_as_title(sheet: _Sheet, place: Place) -> bool:
    """Check whether a text stands alone in its row, or right of a label that speaks of the report."""
    beside = sheet.beside(place)
    texts = [normal(shown(sheet.grid.cells[other])) for other in beside]
    is_label = all(other[1] < place[1] for other in beside) and len(beside) == 1 and _REPORT.search(texts[0])
    return not beside or bool(is_label and not _OTHER_TIME.search(texts[0]))


def _claims(text: str, source: str, weight: Weight, *, has_vote: bool = True) -> Iterator[Evidence]:
    """Read the one quarter that a title names; with its year it is a vote. Sentences and comparisons claim nothing."""
    for quarter, year in () if _tells(text) else _quarters_of(text):
        yield Evidence(source, quarter, year, Weight.VOTE if has_vote and year else weight)


@cache
def _tells(text: str) -> bool:
    """Check whether a text tells something, or speaks of another time, and so does not date the report."""
    plain = normal(text)
    is_prose = plain.endswith((".", "។", "!")) and len(plain.split()) > 5
    return len(text) > MAX_CLAIM or is_prose or bool(_OTHER_TIME.search(plain) or _SENTENCE.search(plain))


@cache
def _quarters_of(text: str) -> tuple[tuple[int, int | None], ...]:
    """Give the quarter of a title and its year; two where its number and its months differ, none where it lists some.

    >>> _quarters_of("Q2 (Apr-Jun 2010)"), _quarters_of("Q2 2010 (Jan-Mar)"), _quarters_of("Q1 and Q2 2010")
    (((2, 2010),), ((2, 2010), (1, 2010)), ())
    """
    named = named_quarters(text)
    quarters = list(dict.fromkeys(period.quarter for period in named))
    years = {period.year for period in named} - {None}
    year = years.pop() if len(years) == 1 else None
    is_list = len(quarters) > 1 and [period.is_span for period in named] != [False, True]
    return () if is_list else tuple((quarter, year) for quarter in quarters)


def _labelled(sheet: _Sheet, place: Place) -> Iterator[Evidence]:
    """Read what stands beside, or in one cell with, a label such as Reporting period, Quarter, Year, From and To."""
    grid, text = sheet.grid, str(sheet.grid.cells[place])
    label = fold(text)
    if label.startswith(("reportingperiod", "period")):
        yield from _quarters(text, grid.source(*place))
    if label not in _LABELS:
        return
    values = _values(grid, place)
    if label in _PERIOD_LABELS and len(values) < 2:
        below = place[0] + 1, place[1]
        values += _values(grid, below) if fold(shown(grid.at(*below))) in _TO_LABELS else []
    if not values:
        return
    source, texts = grid.source(*values[0]), [shown(grid.cells[value]) for value in values[:2]]
    yield from _read_values(label, texts, source)


def _read_values(label: str, texts: list[str], source: str) -> Iterator[Evidence]:
    """Read what stands right of a label; two quarters or two years side by side are headings and say nothing."""
    if label in _QUARTER_LABELS:
        texts = [f"quarter {text}" if len(text) < 8 and not named_quarters(text) else text for text in texts]
    if len({quarter for text in texts for quarter, _ in _quarters_of(text)[:1]}) > 1:
        return
    found = list(_quarters(texts[0], source)) or list(_quarters(" - ".join(texts), source))
    yield from found
    if label in _QUARTER_LABELS and not found:
        quarters = {(month + 2) // 3 for month in other_span(" - ".join(texts))[1]}
        yield from (Evidence(source, quarter, weight=Weight.CLAIM) for quarter in quarters)
    if label in _YEAR_LABELS and not found:
        stated = {year for text in texts for year in years(text)}
        yield from (Evidence(source, year=int(year)) for year in stated if len(stated) == 1 and year in years(texts[0]))
    yield from _eras(f"{label} {texts[0]}", source)


def _values(grid: Grid, label: Place) -> list[Place]:
    """List the cells right of a label, the word “to” left out, up to the next gap of two columns."""
    row, column = label
    values: list[Place] = []
    gap = 0
    column += grid.spans.get(label, (1, 1))[1]
    while gap < 2 and len(values) < 2:
        if (row, column) in grid.cells:
            is_word = fold(shown(grid.cells[row, column])) in _TO_LABELS | {""}
            values += [] if is_word else [(row, column)]
            gap = 0
        else:
            gap += (row, column) not in grid.covered
        column += 1
    return values


def _quarters(text: str, source: str) -> Iterator[Evidence]:
    """Read the quarter of a text that is labelled as the report's period."""
    yield from (Evidence(source, quarter, year) for quarter, year in _quarters_of(text))
