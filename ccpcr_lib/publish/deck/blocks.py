"""A table as printed → blocks of text with their spans: the same for a recomputed table and for any plain frame.

A block is a cell of the printed table. Nothing here knows slides: `layout` finds the blocks their room.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from ...analysis.tables import Cell, Table
from .. import theme
from ..release import Release
from ..text.table import cell_text, label, percent_text

HEAD, STUB, FIGURE, TOTAL = "head", "stub", "figure", "total"


@dataclass(frozen=True)
class Block:
    """One printed cell: its place and span, its paragraphs, a raised mark, and its kind (head, stub, figure, total)."""

    row: int
    column: int
    rows: int
    columns: int
    paragraphs: tuple[str, ...]
    kind: str
    mark: str = ""

    @property
    def bottom(self) -> int:
        """The first row below it."""
        return self.row + self.rows

    @property
    def right(self) -> int:
        """The first column to its right."""
        return self.column + self.columns


@dataclass(frozen=True)
class TableBlocks:
    """A whole printed table: its blocks, and how many of its rows are heading."""

    blocks: tuple[Block, ...]
    heads: int

    @property
    def height(self) -> int:
        """How many rows it has."""
        return max(block.bottom for block in self.blocks)

    @property
    def width(self) -> int:
        """How many columns it has, the stub included."""
        return max(block.right for block in self.blocks)


def table_blocks(release: Release, table: Table) -> TableBlocks:
    """Lay a recomputed table out as blocks, as on its slide."""
    last = table.spec.depth + len(table.members)
    return TableBlocks(
        tuple(_block(release, table, cell, cell.slot.row >= last) for cell in table.cells), table.spec.depth
    )


def _block(release: Release, table: Table, cell: Cell, is_total: bool) -> Block:
    slot = cell.slot
    if slot.text is not None:
        if slot.role == "head":
            texts, kind = _lines(label(release, table, slot.text, is_head=True, between="\n")), HEAD
        else:
            texts, kind = (label(release, table, slot.text),), TOTAL if is_total else STUB
    else:
        texts, kind = _figures(release, cell), TOTAL if is_total or slot.role == "total" else FIGURE
    return Block(slot.row, slot.column, slot.rows, slot.columns, texts, kind, cell.mark)


def _figures(release: Release, cell: Cell) -> tuple[str, ...]:
    percent = () if cell.percent is None else (percent_text(cell).replace(" ", "\u00a0"),)
    return percent or ("",) if cell.slot.role == "share" else (*_lines(cell_text(release, cell)), *percent)


def frame_blocks(frame: pd.DataFrame) -> TableBlocks:
    """Lay a plain frame out as blocks: one heading row, its index as stub, every value as it is written."""
    heads = [str(frame.index.name or ""), *map(str, frame.columns)]
    blocks = [Block(0, column, 1, 1, _lines(text), HEAD) for column, text in enumerate(heads)]
    for row, (stub, values) in enumerate(zip(frame.index, frame.itertuples(index=False), strict=True), 1):
        blocks.append(Block(row, 0, 1, 1, (str(stub),), STUB))
        blocks += [Block(row, column, 1, 1, _lines(_written(value)), FIGURE) for column, value in enumerate(values, 1)]
    return TableBlocks(tuple(blocks), 1)


def _written(value: str | float | None) -> str:
    if value is None or pd.isna(value):
        return theme.number(None)
    return value.replace(" %", "\u00a0%") if isinstance(value, str) else f"{value:,}"


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text.split("\n"))


def without_marks(table: TableBlocks) -> TableBlocks:
    """Take the marks of notes out of a table."""
    return replace(table, blocks=tuple(replace(block, mark="") for block in table.blocks))


def cut(blocks: Sequence[Block], rows: range, columns: range) -> list[Block]:
    """Take the blocks of some rows and columns out; a merged block keeps the part of its span that is there."""
    kept = []
    for block in blocks:
        top, bottom = max(block.row, rows.start), min(block.bottom, rows.stop)
        left, right = max(block.column, columns.start), min(block.right, columns.stop)
        if top < bottom and left < right:
            kept.append(Block(top, left, bottom - top, right - left, block.paragraphs, block.kind, block.mark))
    return kept
