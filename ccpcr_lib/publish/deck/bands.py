"""What fills the width of a slide, one below the other: texts and rows of tiles, each as high as it needs.

All lengths are in points.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from .. import theme
from ..text.tiles import Tile
from .draw import add_text, points
from .stage import GAP, Box
from .text import Style, colour, height, longest_word, on_one_line, width, write_each

if TYPE_CHECKING:
    from pptx.slide import Slide

PAD = 8.0
"""The space between the edge of a tile and its text."""
FIGURES = tuple(Style(size, bold=True, colour=theme.DARK) for size in theme.TILE_POINTS)
NAME, DETAIL = Style(theme.CELL_POINTS, bold=True), Style(theme.SMALL_POINTS, colour=theme.MUTED, above=4)

TIGHT = tuple(style for style in FIGURES if style.size <= theme.TIGHT_TILE_POINTS)
"""The figures of tiles that have little room."""

Groups = Sequence[tuple[Sequence[str], Style]]
"""Paragraphs, and how they look."""


class Band(NamedTuple):
    """How high it is, what draws it into a box on a slide, and what it says."""

    height: float
    draw: Callable[["Slide", Box], None]
    texts: Sequence[str]


def text_band(name: str, paragraphs: Sequence[str], style: Style, room: float) -> Band:
    """Lay paragraphs out for a width, in a box called `name`."""

    def draw(slide: "Slide", box: Box) -> None:
        add_text(slide, box, paragraphs, style).name = name

    return Band(height(paragraphs, style, room), draw, paragraphs)


def tile_bands(tiles: Sequence[Tile], columns: int, look: tuple[int, Sequence[Style]], room: float) -> list[Band]:
    """Lay tiles out in rows of so many; none where their words are too wide for that.

    `look` is how many details each has, and the styles of its figure, of which the first is taken that fits.
    """
    details, figures = look
    wide = (room - (columns - 1) * GAP) / columns
    inner = wide - 2 * PAD
    figure = next((style for style in figures if all(width(tile.figure, style) <= inner for tile in tiles)), None)
    if figure is None:
        return []
    written = [_groups(tile, figure, details, inner) for tile in tiles]
    if max(longest_word(text, style) for groups in written for texts, style in groups for text in texts) > inner:
        return []
    high = 2 * PAD + max(sum(height(texts, style, inner) for texts, style in groups) for groups in written)
    rows = [range(start, min(start + columns, len(tiles))) for start in range(0, len(tiles), columns)]
    return [_row([(tiles[place], written[place]) for place in row], wide, high) for row in rows]


def _groups(tile: Tile, figure: Style, details: int, inner: float) -> Groups:
    """Write a tile's figure, its name, and as many of its details; two languages on one line where that fits."""
    shown = [line for detail in tile.details[:details] for line in on_one_line("\n".join(detail), DETAIL, inner)]
    return [([tile.figure], figure), (on_one_line("\n".join(tile.name), NAME, inner), NAME), (shown, DETAIL)]


def _row(tiles: Sequence[tuple[Tile, Groups]], wide: float, high: float) -> Band:
    def draw(slide: "Slide", box: Box) -> None:
        for place, (tile, groups) in enumerate(tiles):
            _add_tile(slide, Box(box.left + place * (wide + GAP), box.top, wide, high), tile, groups)

    return Band(high, draw, [text for _, groups in tiles for texts, _ in groups for text in texts])


def _add_tile(slide: "Slide", box: Box, tile: Tile, groups: Groups) -> None:
    """Draw a tile: one shape with all that it says, so that it is read, moved and copied as one."""
    texts, style = groups[0]
    shape = add_text(slide, box, texts, style)
    frame = shape.text_frame
    frame.margin_left, frame.margin_right, frame.margin_top, frame.margin_bottom = points(PAD, PAD, PAD, PAD)
    write_each(frame, [(paragraphs, look) for paragraphs, look in groups if paragraphs])
    shape.fill.solid()
    shape.fill.fore_color.rgb = colour(theme.TOTAL_FILL)
    shape.line.color.rgb = colour(theme.MIDDLE)
    (shape.line.width,) = points(theme.EDGE)
    shape.name = f"tile {tile.measure}"
