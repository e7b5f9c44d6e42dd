"""A column's heading → what it mentions at each level, the member it names, and what it says beside its declaration.

A heading may stand in several rows: a month over the sexes, a case type over them. The lowest level that speaks of a
dimension decides.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from ..model.period import Relative
from ..model.table import DIMENSIONS, Column
from .file.address import Place
from .file.grid import Content
from .labels import PAPER_TOTAL, TOTAL, Mention, mentions
from .region import Region
from .roles import is_on_paper

ANY_MONTH, ANY_QUARTER = ("month", "*"), ("quarter", "*")
PEOPLE = ("case_type", "sex", "age_band")
"""What a sheet may divide people by where the declaration does not."""
ONE_OF_EACH = (*DIMENSIONS, "quarter")
"""Of each of these a heading can name but one."""
Level = frozenset[Mention]


class ColumnHeading(NamedTuple):
    """What a column's heading mentions, from the lowest row up: as it stands, and with spanners filled in.

    Where merged headings were taken apart, a spanner stands over its first column only and reaches right.
    """

    own: tuple[Level, ...]
    filled: tuple[Level, ...]


def read_heading(region: Region, column: int) -> ColumnHeading:
    """Read one column's heading."""
    grid, own, filled = region.grid, [], []
    has_leaf = grid.at(region.leaf, column) is not None
    for row in range(region.leaf, region.top - 1, -1):
        content = grid.at(row, column)
        own.append(_said(region, row, column))
        is_open = content is None and has_leaf and row < region.leaf
        filled.append(mentions(spanner(region, row, column)) if is_open else own[-1])
    return ColumnHeading(tuple(own), tuple(filled))


def _said(region: Region, row: int, column: int) -> Level:
    """List what a cell of a heading mentions; words that name nothing may stand above or below “Total”: “On paper”."""
    content = region.grid.at(row, column)
    named = mentions(content)
    if row == region.top or not isinstance(content, str) or named - {TOTAL}:
        return named
    above = region.grid.at(row - 1, column) or spanner(region, row - 1, column)
    together = frozenset({TOTAL}) in (named, mentions(above)) and is_on_paper(f"{above} {content}")
    return frozenset({PAPER_TOTAL}) if together else named


def spanner(region: Region, row: int, column: int) -> Content | None:
    """Give what stands nearest on the left in a row of the heading: where nothing was merged, it reaches right."""
    contents = (region.grid.at(row, left) for left in range(column - 1, region.stub, -1))
    return next((content for content in contents if content is not None), None)


def nest(region: Region, headings: Mapping[int, ColumnHeading]) -> tuple[dict[int, ColumnHeading], set[int]]:
    """Put columns that name a sex alone under the case type, age band or month on their left, in the same row.

    So stand a case type, then its sexes, where a table with its sexes below their case types is turned. Where only the
    last has any, they may as well be of all. Gives the headings, and the columns that others are put under.
    """
    nested, parents, parent = dict(headings), set[int](), None
    if not any({"sex"} == _kinds(heading) for heading in headings.values()):
        return nested, parents
    for column in region.columns:
        heading = headings[column]
        kinds = _kinds(heading)
        if kinds == {"sex"} and parent is not None:
            above = headings[parent]
            nested[column] = ColumnHeading((*heading.own, *above.own), (*heading.filled, *above.filled))
            parents.add(parent)
        elif kinds:
            parent = column if "sex" not in kinds else None
    return (dict(headings), set()) if parents == {parent} else (nested, parents)


@cache
def _kinds(heading: ColumnHeading) -> frozenset[str]:
    """Name the dimensions that a heading speaks of."""
    return frozenset(kind for level in heading.filled for kind, _ in level if kind in DIMENSIONS)


def codes(heading: ColumnHeading, kind: str) -> tuple[str, ...]:
    """Give the codes of a kind that the lowest level which speaks of it names, in their order."""
    for level in (*heading.own, *heading.filled):
        named = sorted(code for other, code in level if other == kind)
        if named:
            return tuple(named)
    return ()


@cache
def clash(heading: ColumnHeading, column: Column) -> str:
    """Name a kind of which a heading names two where it must name one; empty where there is none.

    A spanner over all columns may speak of both sexes: it divides nothing. One that names another member than the
    heading below it contradicts that.
    """
    needed = {"month" if name == "period" else name for name in column.key}
    lowest = next((level for level in heading.own if level), frozenset())
    kinds = needed | ({"quarter"} if "month" in needed else set()) | {kind for kind, _ in lowest}
    doubled = (kind for kind in ONE_OF_EACH if kind in kinds and len(codes(heading, kind)) > 1)
    return next(doubled, "") or next((kind for kind in DIMENSIONS if _contradicts_itself(heading, kind)), "")


def _contradicts_itself(heading: ColumnHeading, kind: str) -> bool:
    """Check whether two levels of a heading name different members of a kind, each just one."""
    named = [{code for other, code in level if other == kind} for level in heading.own]
    return len(set().union(*(codes for codes in named if len(codes) == 1))) > 1


@cache
def beyond(heading: ColumnHeading, column: Column) -> Mapping[str, str]:
    """Give what a heading says of people that its declared column does not: the boys of SA, the girls of April.

    What only a spanner from further left says counts where that spanner, or the month below it, makes the column.
    """
    is_divided = column.role == "count" and bool(column.key)
    levels = (*heading.own, *heading.filled) if is_divided else heading.own
    return {kind: code for kind, code in _single(levels) if kind not in column.key}


def _single(levels: tuple[Level, ...]) -> Iterator[tuple[str, str]]:
    """Give each kind of people that exactly one code is named of, at its lowest level."""
    for kind in PEOPLE:
        named = next((found for level in levels if (found := [code for other, code in level if other == kind])), [])
        if len(named) == 1:
            yield kind, named[0]


def says_more(heading: ColumnHeading, column: Column) -> str:
    """Name what a heading says that makes a column of counts none: plan, share, times, paper_total; else empty."""
    if column.role != "count":
        return ""
    named = {code for level in (*heading.own, *heading.filled) for kind, code in level if kind == "heading"}
    others = [code for code in ("plan", "share", "times", "paper_total") if code in named and code != column.unit]
    return "" if "actual" in named and others == ["plan"] else next(iter(others), "")


def column_needs(column: Column) -> frozenset[Mention]:
    """List what a sheet's heading must mention to be this declared column.

    Months and the quarter before are asked for as any month, any quarter: which one it is, the sheet says.
    """
    if column.role != "count":
        return frozenset({("heading", column.role)})
    if not column.key:
        return frozenset({("heading", column.heads[-1].code)})
    wanted: set[Mention] = set(column.divides)
    period = column.key.get("period")
    if period:
        wanted.add(ANY_QUARTER if period is Relative.PREVIOUS else ANY_MONTH)
    return frozenset(wanted)


@cache
def generic(mentioned: frozenset[Mention]) -> frozenset[Mention]:
    """Put any month for each month and any quarter for each quarter; leave years aside."""
    any_of = {"month": ANY_MONTH, "quarter": ANY_QUARTER}
    return frozenset(any_of.get(kind, (kind, code)) for kind, code in mentioned if kind != "year")


def heading_place(region: Region, column: int) -> Place:
    """Give the lowest written cell of a column's heading."""
    for row in range(region.leaf, region.top - 1, -1):
        if region.grid.at(row, column) is not None:
            return region.grid.covered.get((row, column), (row, column))
    return region.leaf, column


def place_naming(region: Region, column: int, kind: str) -> Place:
    """Give the cell of a column's heading that names something of a kind; a spanner may stand further left."""
    for row in range(region.leaf, region.top - 1, -1):
        for left in range(column, region.stub, -1):
            content = region.grid.at(row, left)
            if content is not None:
                if any(other == kind for other, _ in mentions(content)):
                    return region.grid.covered.get((row, left), (row, left))
                break
    return heading_place(region, column)
