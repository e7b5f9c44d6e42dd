"""A piece of HTML → the cells of its tables by row and column, their title, its texts."""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.html import HtmlElement

SAID_IN = ("alt", "title", "href", "aria-label", "placeholder", "value", "content")
"""The attributes in which a page says something."""
NOT_SAID = ("style",)


def lines_of(tree: "HtmlElement") -> Iterator[str]:
    """Give the texts of a page, or a piece of one, in their order, but those in the cells of its tables: figures."""
    for element in tree.iter():
        is_cell = isinstance(element.tag, str) and any(one.tag == "td" for one in (element, *element.iterancestors()))
        yield from (element.get(name, "") for name in SAID_IN if element.get(name))
        texts = [] if is_cell or element.tag in NOT_SAID else [element.text]
        parent = element.getparent()
        in_cell = parent is not None and any(one.tag == "td" for one in (parent, *parent.iterancestors()))
        texts += [] if in_cell else [element.tail]
        yield from (" ".join(text.split()) for text in texts if text and text.strip())


def caption_of(html: str) -> str:
    """Give the title of the first table in a piece of HTML, or nothing."""
    caption = parsed(html).find(".//caption/strong") if "<caption" in html else None
    return "" if caption is None else " ".join(caption.text_content().split())


def cells_of(html: str) -> dict[str, str]:
    """Name the cells of the tables in a piece of HTML by their row and column.

    >>> cells_of("<table><tr><th></th><th>May</th></tr><tr><th>Grade 2</th><td>3</td></tr></table>")
    {'Grade 2, May': '3'}
    """
    cells: dict[str, str] = {}
    for table in parsed(html).iter("table"):
        grid = _spread(table)
        for (row, column), cell in grid.items():
            if cell.tag == "td" and cell.is_first:
                cells[free_name(cells, _name(grid, row, column))] = cell.text
    return cells


def parsed(html: str) -> "HtmlElement":
    """Parse a page, or a piece of one."""
    from lxml.html import fromstring

    return fromstring(f"<div>{html}</div>")


class _Cell(NamedTuple):
    """A cell of a table, or one of the places it spans; it is first where it begins."""

    tag: str
    text: str
    is_first: bool


_Grid = Mapping[tuple[int, int], _Cell]
"""A table's cells by row and column."""


def _spread(table: "HtmlElement") -> _Grid:
    """Lay a table's cells out by row and column; one that spans several stands in each of them."""
    grid: dict[tuple[int, int], _Cell] = {}
    for row, line in enumerate(table.iter("tr")):
        column = 0
        for cell in line.iterchildren("th", "td"):
            while (row, column) in grid:
                column += 1
            text = " ".join(" ".join(cell.itertext()).split())
            across = int(cell.get("colspan", 1))
            for down, right in product(range(int(cell.get("rowspan", 1))), range(across)):
                grid[row + down, column + right] = _Cell(cell.tag, text, (down, right) == (0, 0))
            column += across
    return grid


def _name(grid: _Grid, row: int, column: int) -> str:
    """Name a cell by the heads beside and above it; without a head beside it, by the first cell of its row."""
    heads = [(line, place, cell.text) for (line, place), cell in sorted(grid.items()) if cell.tag == "th"]
    beside = [text for line, _, text in heads if line == row]
    above = [text for line, place, text in heads if place == column and line < row]
    first = [grid[row, 0].text] if not beside and column and (row, 0) in grid else []
    return ", ".join(dict.fromkeys(filter(None, [*beside, *first, *above])))


def free_name(taken: Mapping[str, str], name: str) -> str:
    """Give a name that is not taken: two rows may be called the same."""
    numbered = (f"{name} ({count})" for count in range(2, len(taken) + 3))
    return next(free for free in (name, *numbered) if free not in taken)
