"""What a chart shows, whoever draws it: a breakdown's rows and columns by their names, and a mark for each figure.

The pictures of the report, those of the explorer and the charts that Office draws are all drawn from a `Plot`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import pandas as pd

from ...analysis.breakdown import TOTAL, Breakdown, BrokenDownCount, Codes, Dimensions
from ...model.codelist import codelist
from ...model.finding import Finding
from ...quality.cube import UNSAID
from ...words import BETWEEN, in_language, in_languages, languages_of, say
from .. import theme
from ..release import marked
from .canvas import ChartHeading, first_dispute, side_labels

Namer = Callable[[str, str, str], str]
"""What a member is called: of its dimension, its code and the language."""
CodePlace = tuple[str, str]
"""A dimension, and the code of one of its members."""


@dataclass(frozen=True)
class Mark:
    """A number as it is drawn: how many there are at least where it is not known, and what disputes it.

    `is_least`: it says itself that there are at least so many, and is hatched. `is_there`: nothing is written where a
    table has no such figure.
    """

    number: float | None = None
    least: int = 0
    disputes: tuple[Finding, ...] = ()
    is_least: bool = False
    is_there: bool = True

    @property
    def is_whole(self) -> bool:
        """Whether its number is a whole one; a part of a plan may be 7.5."""
        return self.number is None or self.number == int(self.number)

    @property
    def length(self) -> float:
        """How long it is drawn."""
        return self.least if self.number is None else self.number


@dataclass(frozen=True)
class Lane:
    """A row or a column of marks: its code in each dimension. `is_headed`: its figures are only at least so many."""

    codes: Codes
    is_headed: bool = False
    is_pale: bool = False

    @property
    def is_total(self) -> bool:
        """Whether it adds others up."""
        return TOTAL in self.codes


@dataclass(frozen=True)
class Captions:
    """What is said in and around a chart: its heading without marks, what its members are called, the language.

    `name` names a member; `unit` stands for the columns where nothing divides them. `findings` are those that may
    dispute a figure, in their order; `always` are those that dispute what is
    shown whatever is drawn.
    """

    heading: ChartHeading
    name: Namer
    unit: str
    language: str = "en"
    findings: Sequence[Finding] = ()
    always: tuple[Finding, ...] = ()
    is_share: bool = False


@dataclass(frozen=True)
class Plot:
    """Marks by row and column. `by` are the dimension down the side, and those over the columns."""

    form: str
    kind: str
    captions: Captions
    by: Dimensions
    rows: tuple[Lane, ...]
    columns: tuple[Lane, ...]
    marks: tuple[tuple[Mark, ...], ...]

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that dispute something it shows."""
        shown = {finding for row in self.marks for mark in row for finding in mark.disputes}
        shown |= set(self.captions.always)
        return tuple(finding for finding in dict.fromkeys(self.captions.findings) if finding in shown)

    @property
    def heading(self) -> ChartHeading:
        """What stands around it: the title marked where a figure is in dispute, and at the foot why."""
        heading, findings = self.captions.heading, self.findings
        title = marked(heading.title, findings)
        return replace(heading, title=title, foot=[*first_dispute(findings), *heading.foot])

    @property
    def is_bilingual(self) -> bool:
        """Whether it is said in two languages."""
        return len(languages_of(self.captions.language)) > 1

    @property
    def has_negative(self) -> bool:
        """Whether some marks go the other way: clients who left."""
        return any(mark.length < 0 for row in self.marks for mark in row)

    @property
    def parts(self) -> "Plot":
        """The same without the columns that add others up."""
        places = [place for place, column in enumerate(self.columns) if not column.is_total]
        marks = tuple(tuple(row[place] for place in places) for row in self.marks)
        return replace(self, columns=tuple(self.columns[place] for place in places), marks=marks)

    def pieces(self, rows: int) -> list["Plot"]:
        """Cut it into plots of at most so many rows, as few as that takes and of about the same length."""
        count = -(-len(self.rows) // rows)
        edges = [round(len(self.rows) * place / count) for place in range(count + 1)]
        return [replace(self, rows=self.rows[start:end], marks=self.marks[start:end]) for start, end in pairwise(edges)]

    def column(self, place: int) -> list[Mark]:
        """List the marks of a column."""
        return [row[place] for row in self.marks]

    @property
    def frame(self) -> pd.DataFrame:
        """Its numbers (Int64, NA where not known) under the names that a picture has."""
        heads = [column_heading(self, column) for column in self.columns]
        return numbers(self, row_labels(self), heads)

    def text(self, mark: Mark) -> str:
        """Write what stands at a mark: the number, how many there are at least, or what stands for one not known."""
        if not mark.is_there:
            return ""
        is_known = mark.number is not None or mark.is_least
        text = theme.number(mark.length if is_known else None)
        if mark.is_least:
            text = say("at_least_count", count=text)
        elif is_known and self.captions.is_share:
            text = theme.percent(int(mark.length))
        return marked(text, mark.disputes)


def numbers(plot: Plot, rows: Sequence[str], columns: Sequence[str]) -> pd.DataFrame:
    """Lay the numbers out under these names: rows × columns, Int64 (Float64 for a part of a plan), NA where unknown."""
    values = {place: [mark.number for mark in plot.column(place)] for place in range(len(columns))}
    dtype = "Int64" if all(mark.is_whole for row in plot.marks for mark in row) else "Float64"
    return pd.DataFrame(values, dtype=dtype).set_axis(list(columns), axis=1).set_axis(pd.Index(rows), axis=0)


# --- from a breakdown --------------------------------------------------------------------------------------


def lay_out(breakdown: Breakdown, captions: Captions, *, form: str, kind: str) -> Plot:
    """Take a breakdown's members as rows, its columns with their totals, and every figure as a mark."""
    rows, by = breakdown.members or (TOTAL,), (breakdown.rows, *breakdown.columns)
    figures = {codes: [breakdown.figures.get((row, codes)) for row in rows] for codes in breakdown.column_codes}
    columns = tuple(Lane(codes, any(figure and figure.is_headed for figure in figures[codes])) for codes in figures)
    marks = tuple(zip(*([_mark(figure, captions) for figure in column] for column in figures.values()), strict=True))
    return Plot(form, kind, captions, by, tuple(Lane((row,)) for row in rows), columns, marks)


def _mark(figure: BrokenDownCount | None, captions: Captions) -> Mark:
    if figure is None:
        return Mark(is_there=False)
    if captions.is_share:
        is_there = figure.value is None or figure.percent is not None
        return Mark(figure.percent, disputes=figure.percent_disputes, is_there=is_there)
    is_least = not figure.is_headed if figure.is_bound else bool(figure.number is None and figure.total.least)
    return Mark(figure.number, figure.total.least, figure.disputes, is_least)


# --- names -------------------------------------------------------------------------------------------------


def row_name(plot: Plot, row: Lane, *, between: str = BETWEEN) -> str:
    """Name a row."""
    return _named(plot, zip(plot.by[:1], row.codes, strict=True), between)


def column_name(plot: Plot, column: Lane, *, between: str = BETWEEN) -> str:
    """Name a column by all its dimensions, a case type by its code; where nothing divides them, by what is counted."""
    return _named(plot, map(_head, _places(plot, column)), between) or plot.captions.unit


def full_name(plot: Plot, column: Lane, *, between: str = BETWEEN) -> str:
    """Name a column by all its dimensions, spelled out."""
    return _named(plot, _places(plot, column), between)


def _places(plot: Plot, column: Lane) -> Iterable[CodePlace]:
    return zip(plot.by[1:], column.codes, strict=True)


def _head(place: CodePlace) -> CodePlace:
    """Let a case type go by its code."""
    name, code = place
    return ("", code) if name == "case_type" and code not in (TOTAL, UNSAID) else place


def _named(plot: Plot, places: Iterable[CodePlace], between: str) -> str:
    """Join the names of members, in each language for itself; one that is the same again stands once."""
    there = list(places)

    def names(language: str) -> str:
        return ", ".join(dict.fromkeys(_name(plot, place, language) for place in there))

    return in_language(plot.captions.language, names, between=between)


def _name(plot: Plot, place: CodePlace, language: str) -> str:
    """Name a member in one language; one without a dimension is its own name, but for a total over everything."""
    dimension, code = place
    return plot.captions.name(dimension, code, language) if dimension or code == TOTAL else code


def row_labels(plot: Plot) -> list[str]:
    """Label the rows for an axis."""
    return side_labels([row_name(plot, row, between="\n") for row in plot.rows])


def column_heading(plot: Plot, column: Lane) -> str:
    """Name a column over its marks, each dimension and each language on a line, and whether it is only at least."""
    places = map(_head, _places(plot, column))
    lines = [line for place in places for line in _lines(plot, place)] or plot.captions.unit.split(BETWEEN)
    return "\n".join(dict.fromkeys([*lines, *_at_least(plot, column, lines)]))


def series_name(plot: Plot, column: Lane) -> str:
    """Name a column on one line, and whether it is only at least."""
    name = column_name(plot, column)
    return " ".join([name, *_at_least(plot, column, [name])])


def _at_least(plot: Plot, column: Lane, lines: Sequence[str]) -> list[str]:
    """Say of figures that are only so many that they are at least so many, unless their name is just that."""
    least = codelist("headings").label("at_least", plot.captions.language, between=BETWEEN)
    is_said = {least, *least.split(BETWEEN)} & set(lines)
    return [least] if column.is_headed and not is_said else []


def _lines(plot: Plot, place: CodePlace) -> list[str]:
    names = in_languages(plot.captions.language, partial(_name, plot, place))
    return [name for name in names if name]
