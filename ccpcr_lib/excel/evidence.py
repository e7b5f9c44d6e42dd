"""A region and a declared table → how much speaks for it: its rows, its stub's heading, its title, and what is against.

A closed list is known by its members. An open one takes any name, so it needs more: its own stub heading, a known
member, or its title; the heading or the title of another table speaks against it.
"""

from collections.abc import Mapping
from itertools import takewhile
from typing import NamedTuple

from ..model.codelist import fold
from ..model.table import ROW_AXES, TableSpec
from .file.address import Place
from .labels import mentions
from .region import Region
from .stub import RowLabel
from .titles import is_title, titles_in

TITLE_REACH = 6
OWN_TITLE, SHORTER_TITLE = 3.0, 1.0
"""A title that no other table's title there is longer than, and one that is."""
FOREIGN_STUB, FOREIGN_TITLE = 2.0, 1.5
"""What the heading or the title of another table takes away."""


class Titles(NamedTuple):
    """What stands over a region: `named` are the titles in each text that has any, nearest first, with their lengths.

    Those are the texts above its header, in it, then the sheet's name, which has no place. `above` are the cells of the
    texts over its columns, nearest first, `axes` the row axes that its stub's headings speak of; `continued` is the
    table that was read under the same heading before.
    """

    named: tuple[tuple[Mapping[str, int], Place | None], ...]
    above: tuple[Place, ...] = ()
    axes: frozenset[str] = frozenset()
    continued: str = ""

    def continuing(self, name: str) -> "Titles":
        """Take a region without any title for the continuation of the table of this name."""
        return self if self.is_foreign else self._replace(continued=name)

    def match(self, declared: TableSpec) -> float:
        """Score the nearest text that holds a title of this table; a heading that was read before is as good."""
        if declared.name == self.continued:
            return OWN_TITLE
        for lengths, _ in self.named:
            if declared.name in lengths:
                return OWN_TITLE if lengths[declared.name] == max(lengths.values()) else SHORTER_TITLE
        return 0.0

    def over(self, declared: TableSpec) -> tuple[Place, ...]:
        """List the cells of the texts over this table, down from its title; of one without any the nearest alone."""
        title = next((place for lengths, place in self.named if place and declared.name in lengths), None)
        if title is None:
            return self.above[:1]
        return (title, *takewhile(lambda place: place != title, self.above))

    @property
    def is_foreign(self) -> bool:
        """Whether any text is a title of a table; of which, `match` says."""
        return bool(self.named)


def read_titles(region: Region, floor: int) -> Titles:
    """Read what stands over a region: the texts that may be its title, and its stub's headings.

    A title right above a table is its own: one above the table beside it says nothing then. `floor` is the last row
    on the sheet that belongs to another table.
    """
    grid = region.grid
    top, _, left, right = region.box
    first = max(floor + 1, top - TITLE_REACH)
    rows = [place for place in grid.cells if first <= place[grid.is_turned] < top]
    above = sorted(rows, key=grid.on_sheet, reverse=True)
    own = [place for place in above if left <= grid.on_sheet(place)[1] <= right]
    above = own if any(is_title(grid.cells[place]) for place in own) else above
    heading = range(region.top, region.leaf + 1)
    inside = [(row, column) for row in heading for column in (region.stub, *region.columns)]
    texts = [(grid.cells.get(place), place) for place in (*above, *inside)]
    named = [(titles_in(fold(text)), place) for text, place in (*texts, (grid.name, None)) if isinstance(text, str)]
    stub = {mention for row in heading for mention in mentions(grid.at(row, region.stub))}
    axes = frozenset(code for kind, code in stub if kind == "heading" and code in ROW_AXES)
    over = tuple(place for place in own if isinstance(grid.cells[place], str))
    return Titles(tuple((lengths, place) for lengths, place in named if lengths), over, axes)


def most(declared: TableSpec, titles: Titles) -> float:
    """Weigh what speaks for a table before its rows are read: its support is no more than that."""
    stub, title = declared.rows in titles.axes, titles.match(declared)
    return 2 + stub + title - _against(stub=stub, title=title, titles=titles)


def _against(*, stub: bool, title: float, titles: Titles) -> float:
    """Weigh what the heading of another stub, and the title of another table, take away."""
    return FOREIGN_STUB * bool(titles.axes and not stub) + FOREIGN_TITLE * (titles.is_foreign and not title)


def support(region: Region, declared: TableSpec, labels: Mapping[int, RowLabel], titles: Titles) -> float | None:
    """Weigh what speaks for a table besides its columns; None if too little."""
    rows = [label.member is not None for row, label in labels.items() if region.has_figures(row)]
    known = sum(rows) / len(rows) if rows else 0.0
    stub, title = declared.rows in titles.axes, titles.match(declared)
    is_whole = stub and title == OWN_TITLE
    if known < 0.5 and not declared.is_open and not is_whole:
        return None
    against, weight = _against(stub=stub, title=title, titles=titles), 2 * known + stub + title
    has_evidence = bool(known or stub or title) and weight + 0.5 * bool(known) + stub > against
    return weight - against if has_evidence or not declared.is_open else None
