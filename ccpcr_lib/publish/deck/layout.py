"""Blocks of a table and the room on a slide → parts that fit: column widths, row heights, long and wide tables split.

Letters are never made smaller: what does not fit goes on to the next slide, with the heading and the stub repeated.
All lengths are in points.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product

from .. import theme
from .blocks import FIGURE, HEAD, STUB, Block, TableBlocks, cut
from .text import Style, height, longest_word, width

PAD, PAD_HIGH = 5.0, 2.5
"""The space between a cell's edge and its text, beside it and above it."""
STUB_WIDEST, STUB_NARROWEST, FIGURE_COMMON, WORDS_WIDEST = 420.0, 120.0, 66.0, 150.0
BILINGUAL_HEADS = (92.0, 150.0)
"""How wide a heading in two languages may make a column."""
STUB_PATIENCES = (0.7, 1.0, 0.5)
"""The part of its liked width that a stub is content with, so that the headings of figures need fewer lines."""
STUB_SHARES = (0.42, 0.34, 0.26)
"""The part of a full room that a stub may take. Of each of these three, the one is taken that makes a table lowest."""
LIKINGS = tuple(product(BILINGUAL_HEADS, STUB_PATIENCES, STUB_SHARES))
WIDEN = 1.35
"""How much wider than its text a table may be drawn to fill its room."""


@dataclass(frozen=True)
class Part:
    """A piece of a table that fits a slide: its blocks counted from its own corner, its columns and its rows."""

    blocks: tuple[Block, ...]
    widths: tuple[float, ...]
    heights: tuple[float, ...]

    @property
    def wide(self) -> float:
        """How wide it is."""
        return sum(self.widths)

    @property
    def high(self) -> float:
        """How high it is."""
        return sum(self.heights)


def style_of(block: Block) -> Style:
    """Give the look of a block's text."""
    align = {HEAD: "center", STUB: "left"}.get(block.kind, "right")
    align = "left" if block.column == 0 else align
    return Style(theme.CELL_POINTS, bold=block.kind not in (STUB, FIGURE), align=align)


def lay_out(table: TableBlocks, room: tuple[float, float]) -> list[Part]:
    """Lay a table out in parts for a room (width, height); one part where it fits as a whole."""
    return [part for columns in _column_runs(table, room[0]) for part in _row_parts(table, columns, room)]


def _column_runs(table: TableBlocks, room: float) -> list[list[int]]:
    """Group the columns of figures, as few groups as have room beside the stub, of about the same number."""
    least, columns = _wishes(table)[0], list(range(1, table.width))
    for runs in _runs(columns):
        if all(least[0] + sum(least[column] for column in run) <= room for run in runs):
            return runs
    return runs


def _runs(places: list[int]) -> Iterator[list[list[int]]]:
    """Cut a list into one run, into two, and so on, of about the same length."""
    for count in range(1, len(places) + 1):
        edges = [round(len(places) * place / count) for place in range(count + 1)]
        yield [places[start:end] for start, end in pairwise(edges)]


def _row_parts(table: TableBlocks, columns: list[int], room: tuple[float, float]) -> Iterator[Part]:
    """Split the rows so that each part, with the heading repeated, is no higher than the room."""
    widths, heights = min(
        ((widths, _heights(table, columns, widths)) for widths in _choices(table, columns, room[0])),
        key=lambda pair: sum(pair[1]),
    )
    head = sum(heights[: table.heads])
    for rows in _row_runs(heights, list(range(table.heads, table.height)), room[1] - head):
        yield _part(table, columns, rows, (widths, heights))


def _row_runs(heights: Sequence[float], rows: list[int], room: float) -> list[list[int]]:
    """Cut rows into as few runs as fit, of about the same length where that fits too; no total is left alone."""
    filled = _with_company(_filled(heights, rows, room))
    even = _with_company(next(runs for runs in _runs(rows) if len(runs) == len(filled)))
    return even if all(sum(heights[row] for row in run) <= room for run in even) else filled


def _filled(heights: Sequence[float], rows: list[int], room: float) -> list[list[int]]:
    """Fill run after run as far as its room goes."""
    runs: list[list[int]] = [[]]
    for row in rows:
        if runs[-1] and sum(heights[taken] for taken in (*runs[-1], row)) > room:
            runs.append([])
        runs[-1].append(row)
    return runs


def _with_company(runs: list[list[int]]) -> list[list[int]]:
    """Move a row to the last run where that has the total only."""
    if len(runs) < 2 or len(runs[-1]) > 1 or len(runs[-2]) < 2:
        return runs
    *others, before, last = runs
    return [*others, before[:-1], [before[-1], *last]]


def _part(
    table: TableBlocks, columns: list[int], run: list[int], lengths: tuple[Sequence[float], Sequence[float]]
) -> Part:
    """Cut some columns and a run of rows out, the heading and the stub with them; `lengths` are widths and heights."""
    widths, heights = lengths
    rows = range(run[0], run[-1] + 1)
    taken = range(columns[0], columns[-1] + 1)
    blocks = []
    for span, down in ((range(table.heads), 0), (rows, rows.start - table.heads)):
        stub = cut(table.blocks, span, range(1))
        figures = [replace(block, column=block.column - taken.start + 1) for block in cut(table.blocks, span, taken)]
        blocks += [replace(block, row=block.row - down) for block in (*stub, *figures)]
    kept = (*heights[: table.heads], *(heights[row] for row in rows))
    return Part(tuple(blocks), tuple(widths), kept)


def _wishes(table: TableBlocks, head: float = BILINGUAL_HEADS[0]) -> tuple[list[float], list[float]]:
    """Give for each column how wide it must be, and how wide it would like to be, for a heading up to `head`."""
    least, liked = [0.0] * table.width, [0.0] * table.width
    for block in table.blocks:
        if block.columns > 1:
            continue
        style, texts = style_of(block), [f"{text}{block.mark}" for text in block.paragraphs]
        least[block.column] = max(least[block.column], 2 * PAD + max(longest_word(text, style) for text in texts))
        wide = 2 * PAD + max(width(text, style) for text in texts)
        most = WORDS_WIDEST if block.kind != HEAD else head if len(texts) > 1 else FIGURE_COMMON
        liked[block.column] = max(liked[block.column], min(wide, most))
    common = min(max(liked[1:], default=0), FIGURE_COMMON)
    liked = [max(least[place], wish, common) for place, wish in enumerate(liked) if place]
    stub = max(_widest_stub(table), least[0])
    return [max(least[0], min(stub, STUB_NARROWEST)), *least[1:]], [min(stub, max(STUB_WIDEST, least[0])), *liked]


def _widest_stub(table: TableBlocks) -> float:
    texts = [(text, style_of(block)) for block in table.blocks if block.column == 0 for text in block.paragraphs]
    return 2 * PAD + max(width(text, style) for text, style in texts)


def _choices(table: TableBlocks, columns: list[int], room: float) -> list[tuple[float, ...]]:
    """List the widths that are worth trying, each once: where there is plenty of room, most likings come to the same.

    A liking is how wide a heading may make its column, which part of its liked width contents the stub, and which part
    of a full room the stub may take.
    """
    wishes = {head: _wishes(table, head) for head in BILINGUAL_HEADS}
    own = {head: tuple([of_all[column] for column in (0, *columns)] for of_all in wishes[head]) for head in wishes}
    return list(dict.fromkeys(_widths(own[head], room, *contents) for head, *contents in LIKINGS))


def _widths(wishes: tuple[Sequence[float], ...], room: float, patience: float, share: float) -> tuple[float, ...]:
    """Share the room out: what is liked, a little more where there is plenty, less for figures where there is not."""
    least, liked = wishes
    if sum(liked) <= room:
        factor = min(room / sum(liked), WIDEN)
        return tuple(wish * factor for wish in liked)
    stub = room - sum(liked[1:])
    if stub < liked[0] * patience:
        stub = min(liked[0], max(least[0], min(room * share, room - sum(least[1:]))))
    spare = max(room - stub - sum(least[1:]), 0) / max(sum(liked[1:]) - sum(least[1:]), 1)
    return (stub, *(low + (high - low) * spare for low, high in zip(least[1:], liked[1:], strict=True)))


def _heights(table: TableBlocks, columns: list[int], widths: Sequence[float]) -> list[float]:
    """Give every row the height of its highest block.

    The last row of a merged block has room for all of its text: that is how LibreOffice draws it.
    """
    heights = [2 * PAD_HIGH + theme.CELL_POINTS * theme.LINE] * table.height
    place = {column: at for at, column in enumerate([0, *columns])}
    for block in table.blocks:
        spanned = [widths[place[column]] for column in range(block.column, block.right) if column in place]
        if not spanned:
            continue
        style, room = style_of(block), sum(spanned) - 2 * PAD
        texts = [f"{text}{block.mark if at == 0 else ''}" for at, text in enumerate(block.paragraphs)]
        needed = 2 * PAD_HIGH + height(texts, style, room)
        heights[block.bottom - 1] = max(heights[block.bottom - 1], needed)
    return heights
