"""A part of a table → a native table on a slide, its cells merged as in print, its lines and colours our own."""

from collections.abc import Iterator
from itertools import product
from typing import TYPE_CHECKING

from .. import theme
from .blocks import FIGURE, HEAD, STUB, TOTAL, Block
from .draw import describe, points
from .layout import PAD, PAD_HIGH, Part, style_of
from .text import paragraphs_xml, solid

if TYPE_CHECKING:
    from pptx.slide import Slide

PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own table style “No Style, No Grid”: no lines and no colours but ours."""

FILLS = {HEAD: theme.HEAD_FILL, TOTAL: theme.TOTAL_FILL, STUB: theme.PAPER, FIGURE: theme.PAPER}
RULES = "".join(f'<a:{side} w="6350">{solid(theme.RULE)}</a:{side}>' for side in ("lnL", "lnR", "lnT", "lnB"))
"""The thin lines around a cell."""


def add_part(slide: "Slide", part: Part, corner: tuple[float, float], *, name: str, words: str) -> None:
    """Add a part of a table, its upper left corner in points; `words` are read to those who cannot see it."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Length

    (left, top), none = points(*corner), Length(0)
    wide, high = sum(points(*part.widths), start=none), sum(points(*part.heights), start=none)
    shape = slide.shapes.add_table(1, 1, left, top, wide, high)
    describe(shape, name, words)
    shape.table.horz_banding = False
    table = shape.table._tbl
    for style in table.iter("{*}tableStyleId"):
        style.text = PLAIN_STYLE
    for old in (table.tblGrid, *table.tr_lst):
        table.remove(old)
    table.extend(list(parse_xml(f"<a:tbl {nsdecls('a')}>{_grid(part)}{_rows(part)}</a:tbl>")))


def _grid(part: Part) -> str:
    """Write the width of each column."""
    columns = "".join(f'<a:gridCol w="{width}"/>' for width in points(*part.widths))
    return f"<a:tblGrid>{columns}</a:tblGrid>"


def _rows(part: Part) -> str:
    """Write each row with its height, a cell in every column."""
    blocks = {place: block for block in part.blocks for place in _places(block)}
    rows = []
    for row, height in enumerate(points(*part.heights)):
        cells = (_cell(blocks.get((row, column)), row, column) for column in range(len(part.widths)))
        rows.append(f'<a:tr h="{height}">{"".join(cells)}</a:tr>')
    return "".join(rows)


def _places(block: Block) -> Iterator[tuple[int, int]]:
    return product(range(block.row, block.bottom), range(block.column, block.right))


def _cell(block: Block | None, row: int, column: int) -> str:
    """Write a cell: with its block's text if it is the block's first, else without, merged with it or alone."""
    end = f'<a:endParaRPr sz="{theme.EMPTY_POINTS * 100}"/>'  # letters of an empty cell make a row high too
    if block is None or (row, column) != (block.row, block.column):
        text, anchor, fill = f"<a:bodyPr/><a:lstStyle/><a:p>{end}</a:p>", "", ""
    else:
        inside = paragraphs_xml(block.paragraphs, style_of(block), mark=block.mark, end=end)
        text = f'<a:bodyPr wrap="square"><a:noAutofit/></a:bodyPr><a:lstStyle/>{inside}'
        anchor, fill = ' anchor="ctr"', solid(FILLS[block.kind])
    beside, above = points(PAD, PAD_HIGH)
    look = f'marL="{beside}" marR="{beside}" marT="{above}" marB="{above}"{anchor}'
    return f"<a:tc{_merged(block, row, column)}><a:txBody>{text}</a:txBody><a:tcPr {look}>{RULES}{fill}</a:tcPr></a:tc>"


def _merged(block: Block | None, row: int, column: int) -> str:
    """Write over how many rows and columns a cell reaches, or that the one above or beside it reaches over it."""
    if block is None:
        return ""
    is_top, is_left = row == block.row, column == block.column
    attributes = {
        "rowSpan": block.rows if is_top and block.rows > 1 else 0,
        "gridSpan": block.columns if is_left and block.columns > 1 else 0,
        "hMerge": int(not is_left),
        "vMerge": int(not is_top),
    }
    return "".join(f' {name}="{value}"' for name, value in attributes.items() if value)
