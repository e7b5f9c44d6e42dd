"""A table as it was drawn on a sheet → a `Picture`, which can be turned, pulled apart, put together and drawn again.

Every cell keeps the count that it shows: wherever a picture is put, it is known which count stands in which cell.
All that is done to columns is done to rows of the picture turned on its side.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from openpyxl.utils import get_column_letter

Place = tuple[int, int]
Spans = dict[Place, Place]


class Cell(NamedTuple):
    """What stands in a cell, the count that it shows, if one, and its number format."""

    content: object
    count: tuple | None = None
    form: str = "General"


@dataclass(frozen=True, repr=False)
class Picture:
    """A table without a place: its title, what each row and column is, its cells from (0, 0), its merged cells.

    A row or column is one of: head, no, stub, member, count, total, share, plan, joined, subtotal, blank.
    """

    title: str | None
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: Mapping[Place, Cell]
    spans: Mapping[Place, Place]

    def __repr__(self) -> str:
        """Draw it in plain text, a line a row: so a failing test shows it."""
        height = 1 + max((row for row, _ in self.cells), default=0)
        width = 1 + max((column for _, column in self.cells), default=0)
        lines = ([self.at(row, column) for column in range(width)] for row in range(height))
        drawn = (" | ".join("" if it is None else repr(it)[:24] for it in line) for line in lines)
        return "\n".join(["", *drawn, ""])

    def _repr_pretty_(self, printer, cycle: bool) -> None:
        """Let Hypothesis show it so too."""
        printer.text(repr(self))

    def at(self, row: int, column: int) -> object:
        """Give what stands in a cell."""
        return self.cells.get((row, column), Cell(None)).content

    def places(self, row: str, column: str) -> list[Place]:
        """List the places in rows of one kind and columns of one kind."""
        lines = [line for line, role in enumerate(self.rows) if role == row]
        return [(line, place) for line in lines for place, role in enumerate(self.columns) if role == column]


# --- what is done to rows ---


def pick(picture: Picture, order: Sequence[int | None], *, role: str = "blank") -> Picture:
    """Put rows in another order: left out, repeated, or None for a new one; what is merged stays so where it can."""
    rows = tuple(role if old is None else picture.rows[old] for old in order)
    cells = {
        (new, column): cell
        for new, old in enumerate(order)
        for (row, column), cell in picture.cells.items()
        if row == old and not _is_covered(picture, (row, column))
    }
    spans: Spans = {}
    for (top, left), (height, width) in picture.spans.items():
        for number, run in enumerate(_runs(order, range(top, top + height))):
            spans[run[0], left] = (run[-1] - run[0] + 1, width)
            if number == 0 and (top, left) in picture.cells and (run[0], left) not in cells:
                cells[run[0], left] = picture.cells[top, left]
    return replace(picture, rows=rows, cells=cells, spans={at: size for at, size in spans.items() if size != (1, 1)})


def _is_covered(picture: Picture, place: Place) -> bool:
    return any(
        place != (top, left) and top <= place[0] < top + height and left <= place[1] < left + width
        for (top, left), (height, width) in picture.spans.items()
    )


def _runs(order: Sequence[int | None], merged: range) -> Iterator[list[int]]:
    """Give the new places of merged rows, those together that still follow each other; new rows may lie between."""
    run: list[int] = []
    for new, old in enumerate(order):
        if old in merged and (not run or old > order[run[-1]]):
            run.append(new)
        elif old is not None:
            if run:
                yield run
            run = [new] if old in merged else []
    if run:
        yield run


def with_row(picture: Picture, before: int, contents: Mapping[int, object] | None = None, role="blank") -> Picture:
    """Put a row in, with contents by column."""
    order = [*range(before), None, *range(before, len(picture.rows))]
    return put(pick(picture, order, role=role), {(before, column): it for column, it in (contents or {}).items()})


def put(picture: Picture, contents: Mapping[Place, object]) -> Picture:
    """Type over cells; the count that a cell shows stays its own. None empties a cell."""
    cells = dict(picture.cells)
    for place, content in contents.items():
        cells[place] = cells.get(place, Cell(None))._replace(content=content)
    return replace(picture, cells=cells)


# --- columns are the rows of what is turned on its side ---


def flip(picture: Picture) -> Picture:
    """Turn a table on its side, as Excel does when it pastes transposed: what stood down stands across."""
    return Picture(
        picture.title,
        picture.columns,
        picture.rows,
        {(column, row): cell for (row, column), cell in picture.cells.items()},
        {(left, top): (width, height) for (top, left), (height, width) in picture.spans.items()},
    )


def across(change: Callable[..., Picture], picture: Picture, *given: object, **named: object) -> Picture:
    """Do to columns what a change does to rows."""
    return flip(change(flip(picture), *given, **named))


# --- off a sheet, and onto another ---


def lift(sheet, rows: Sequence[str], columns: Sequence[str], counts: Mapping[str, tuple]) -> Picture:
    """Lift a table off a sheet of its own, with its title in the first row; rows below those named are totals."""
    cells = {
        (cell.row - 2, cell.column - 1): Cell(
            cell.value, counts.get(f"{sheet.title}!{cell.coordinate}"), cell.number_format
        )
        for line in sheet.iter_rows(min_row=2)
        for cell in line
        if cell.value is not None
    }
    spans = {
        (merged.min_row - 2, merged.min_col - 1): (merged.size["rows"], merged.size["columns"])
        for merged in sheet.merged_cells.ranges
    }
    roles = (*rows, *["total"] * (sheet.max_row - 1 - len(rows)))
    return Picture(sheet.cell(1, 1).value, roles, tuple(columns), cells, spans)


def stamp(sheet, picture: Picture, at: Place, *, gap: int = 0) -> tuple[Place, dict[str, tuple]]:
    """Draw a picture with its title above; give the first row and column that are free, and cell → count."""
    top, left = at
    if picture.title is not None:
        sheet.cell(top, left, picture.title)
        top += 1 + gap
    counts = {}
    for (row, column), cell in picture.cells.items():
        if cell.content is not None:
            sheet.cell(top + row, left + column, cell.content).number_format = cell.form
        if cell.count is not None:
            counts[f"{sheet.title}!{name_of(row, column, (top, left))}"] = cell.count
    for (row, column), (height, width) in picture.spans.items():
        sheet.merge_cells(
            start_row=top + row,
            start_column=left + column,
            end_row=top + row + height - 1,
            end_column=left + column + width - 1,
        )
    return (top + len(picture.rows), left + len(picture.columns)), counts


def name_of(row: int, column: int, origin: Place = (1, 1)) -> str:
    """Name a picture's cell as Excel does, once the picture's first cell stands at `origin`."""
    return f"{get_column_letter(origin[1] + column)}{origin[0] + row}"
