"""A part of a table → a native table on a slide, its cells merged as in print, its lines and colours our own."""

from typing import TYPE_CHECKING

from .. import theme
from .blocks import FIGURE, HEAD, STUB, TOTAL, Block
from .draw import describe, points
from .layout import PAD, PAD_HIGH, Part, style_of
from .text import colour, write

if TYPE_CHECKING:
    from pptx.slide import Slide
    from pptx.table import Table, _Cell

PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own table style “No Style, No Grid”: no lines and no colours but ours."""

FILLS = {HEAD: theme.HEAD_FILL, TOTAL: theme.TOTAL_FILL, STUB: theme.PAPER, FIGURE: theme.PAPER}


def add_part(slide: "Slide", part: Part, corner: tuple[float, float], *, name: str, words: str) -> None:
    """Add a part of a table, its upper left corner in points; `words` are read to those who cannot see it."""
    left, top, wide, high = points(*corner, part.wide, part.high)
    shape = slide.shapes.add_table(len(part.heights), len(part.widths), left, top, wide, high)
    describe(shape, name, words)
    for style in shape.table._tbl.iter("{*}tableStyleId"):
        style.text = PLAIN_STYLE
    shape.table.horz_banding = False
    _measure(shape.table, part)
    cells = [list(row.cells) for row in shape.table.rows]
    for cell in (cell for line in cells for cell in line):
        _empty(cell)
    for block in part.blocks:
        _add_block(cells, block)


def _measure(table: "Table", part: Part) -> None:
    """Set the width of each column and the height of each row."""
    for column, width in enumerate(points(*part.widths)):
        table.columns[column].width = width
    for row, height in enumerate(points(*part.heights)):
        table.rows[row].height = height


def _empty(cell: "_Cell") -> None:
    """Give a cell without text letters of its own: those of an empty cell make a row high too."""
    cell.margin_left, cell.margin_right, cell.margin_top, cell.margin_bottom = points(PAD, PAD, PAD_HIGH, PAD_HIGH)
    _rule(cell)
    end = cell.text_frame.paragraphs[0]._p.get_or_add_endParaRPr()
    end.set("sz", str(theme.EMPTY_POINTS * 100))


def _rule(cell: "_Cell") -> None:
    """Draw the thin lines around a cell."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    properties = cell._tc.get_or_add_tcPr()
    for place, side in enumerate(("lnL", "lnR", "lnT", "lnB")):
        line = f'<a:solidFill><a:srgbClr val="{theme.RULE[1:].upper()}"/></a:solidFill>'
        properties.insert(place, parse_xml(f'<a:{side} {nsdecls("a")} w="6350">{line}</a:{side}>'))


def _add_block(cells: list[list["_Cell"]], block: Block) -> None:
    """Write a block into its cell, which is merged over the block's rows and columns."""
    from pptx.enum.text import MSO_ANCHOR

    cell = cells[block.row][block.column]
    if block.rows > 1 or block.columns > 1:
        cell.merge(cells[block.bottom - 1][block.right - 1])
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(cell.text_frame, block.paragraphs, style_of(block), mark=block.mark)
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(FILLS[block.kind])
