"""A region and a declared table → how much speaks for it: its rows, its stub's heading, its title, and what is against.

A closed list is known by its members. An open one takes any name, so it needs more: its own stub heading, a known
member, or its title; the heading or the title of another table speaks against it.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ..model.codelist import fold
from ..model.table import ROW_AXES, TableSpec
from .body import Region
from .file.grid import Content
from .labels import mentions
from .stub import RowLabel
from .titles import is_title, titles_in

TITLE_REACH = 6
OWN_TITLE, SHORTER_TITLE = 3.0, 1.0
"""A title that no other table's title there is longer than, and one that is."""
FOREIGN_STUB, FOREIGN_TITLE = 2.0, 1.5
"""What the heading or the title of another table takes away."""


class Titles(NamedTuple):
    """The folded texts that may be a region's title, nearest first: above its header, in it, then the sheet's name.

    `continued` is the table that was read under the same heading before.
    """

    texts: tuple[str, ...]
    continued: str = ""

    def continuing(self, name: str) -> "Titles":
        """Take a region without any title for the continuation of the table of this name."""
        return self if self.is_foreign else self._replace(continued=name)

    def match(self, declared: TableSpec) -> float:
        """Score the nearest text that holds a title of this table; a heading that was read before is as good."""
        if declared.name == self.continued:
            return OWN_TITLE
        for text in self.texts:
            lengths = titles_in(text)
            if declared.name in lengths:
                return OWN_TITLE if lengths[declared.name] == max(lengths.values()) else SHORTER_TITLE
        return 0.0

    @property
    def is_foreign(self) -> bool:
        """Whether any text is a title of a table; of which, `match` says."""
        return any(map(titles_in, self.texts))


def read_titles(region: Region, floor: int) -> Titles:
    """List the texts that may be the title of a region.

    A title right above a table is its own: one above the table beside it says nothing then. `floor` is the last row
    on the sheet that belongs to another table.
    """
    grid = region.grid
    top, _, left, right = region.box
    on_sheet = {grid.on_sheet(place): content for place, content in grid.cells.items()}
    first = max(floor + 1, top - TITLE_REACH)
    above = sorted((place for place in on_sheet if first <= place[0] < top), reverse=True)
    own = [place for place in above if left <= place[1] <= right]
    above = own if any(is_title(on_sheet[place]) for place in own) else above
    inside = [(row, column) for row in range(region.top, region.leaf + 1) for column in (region.stub, *region.columns)]
    texts = (*(on_sheet[place] for place in above), *(grid.cells.get(place) for place in inside))
    return Titles(tuple(fold(text) for text in (*texts, grid.name) if isinstance(text, str)))


def support(region: Region, declared: TableSpec, labels: Mapping[int, RowLabel], titles: Titles) -> float | None:
    """Weigh what speaks for a table besides its columns; None if too little."""
    rows = [label.member is not None for row, label in labels.items() if region.has_figures(row)]
    known = sum(rows) / len(rows) if rows else 0.0
    axes = _axes(region)
    stub, title = declared.rows in axes, titles.match(declared)
    is_whole = stub and title == OWN_TITLE
    if known < 0.5 and not declared.is_open and not is_whole:
        return None
    against = FOREIGN_STUB * bool(axes and not stub) + FOREIGN_TITLE * (titles.is_foreign and not title)
    weight = 2 * known + stub + title
    has_evidence = bool(known or stub or title) and weight + 0.5 * bool(known) + stub > against
    return weight - against if has_evidence or not declared.is_open else None


def _axes(region: Region) -> set[str]:
    """Name the row axes that the headings of a region's stub speak of."""
    rows = range(region.top, region.leaf + 1)
    heads: Iterable[Content | None] = (region.grid.at(row, region.stub) for row in rows)
    return {code for head in heads for kind, code in mentions(head) if kind == "heading" and code in ROW_AXES}
