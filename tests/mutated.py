"""Sheets of a quarter with one thing changed at random: what a hand slips on, never what it means to type.

A `Change` takes the picture of a sheet to another one. The count of a cell that is typed over is nobody's any more.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from counted import as_records
from hypothesis import strategies as st
from layouts import LAYOUTS, write
from pictures import Cell, Picture, across, pick, stamp
from truth import Q4_2011
from workbooks import WORKBOOK

from ccpcr_lib.excel.reader import read_workbook

EDITED = ("edited",)
"""What stands for the count of a cell that was typed over."""
Change = Callable[[Picture], Picture]
Sheets = dict[str, Picture]

WORDS = (
    "Total",
    "x",
    "DV",
    "F",
    "12 (SA1)",
    "-",
    "7 7",
    "Grade 1",
    "Remarks",
    "All",
    "2nd quarter",
    "សរុប",
    "17 %",
    " ",
)
CONTENTS = st.one_of(
    st.none(),
    st.integers(-3, 400),
    st.floats(0, 9, width=16),
    st.booleans(),
    st.dates(),
    st.sampled_from(WORDS),
    st.text("aMF0១០ .-/()%ស", max_size=6),
)


def pictures_of(path: Path) -> Sheets:
    """Take the sheets of a workbook as pictures, each cell with the count that is read there."""
    counts = read_workbook(path).counts
    found = dict(zip(counts["source"], as_records(counts), strict=True))
    return {sheet.title: _whole(sheet, found) for sheet in openpyxl.load_workbook(path)}


def _whole(sheet, found: dict[str, tuple]) -> Picture:
    written = [cell for line in sheet.iter_rows() for cell in line if cell.value is not None]
    cells = {
        (cell.row - 1, cell.column - 1): Cell(
            cell.value, found.get(f"{sheet.title}!{cell.coordinate}"), cell.number_format
        )
        for cell in written
    }
    spans = {
        (it.min_row - 1, it.min_col - 1): (it.size["rows"], it.size["columns"]) for it in sheet.merged_cells.ranges
    }
    return Picture(None, ("line",) * sheet.max_row, ("line",) * sheet.max_column, cells, spans)


@cache
def quarters() -> dict[str, Sheets]:
    """Give the sheets with counts of the real quarter and of another one, by period."""
    with TemporaryDirectory() as folder:
        other, _ = write(Q4_2011, LAYOUTS["as the slides"], Path(folder))
        both = {"2010-Q2": pictures_of(WORKBOOK), Q4_2011.period: pictures_of(other)}
    return {period: {name: it for name, it in sheets.items() if counts_in(it)} for period, sheets in both.items()}


def counts_in(picture: Picture) -> list[tuple]:
    """List the counts of a sheet that nobody typed over."""
    return [cell.count for cell in picture.cells.values() if cell.count not in (None, EDITED)]


def saved(folder: Path, period: str, name: str, picture: Picture) -> tuple[Path, set[str]]:
    """Save a changed sheet beside one that is whole; give the path, and the cells whose counts were typed over."""
    whole = next(other for other in quarters()[period] if other != name)
    book = openpyxl.Workbook()
    book.active.title = name
    _, counts = stamp(book.active, picture, (1, 1))
    stamp(book.create_sheet(whole), quarters()[period][whole], (1, 1))
    book.save(folder / f"{period}.xlsx")
    return folder / f"{period}.xlsx", {cell for cell, count in counts.items() if count == EDITED}


# --- changes ---


@st.composite
def retyped(draw: st.DrawFn, picture: Picture) -> Picture:
    """Type something else into any cell, or into one beside the table."""
    place = draw(st.tuples(st.integers(0, len(picture.rows)), st.integers(0, len(picture.columns))))
    old = picture.cells.get(place, Cell(None))
    count = EDITED if old.count else None
    return _with(picture, place, Cell(draw(CONTENTS), count))


@st.composite
def misspelt(draw: st.DrawFn, picture: Picture) -> Picture:
    """Change, drop or double one letter of a label, or blank it."""
    labels = sorted(at for at, cell in picture.cells.items() if isinstance(cell.content, str) and not cell.count)
    place = draw(st.sampled_from(labels))
    text = picture.cells[place].content
    at = draw(st.integers(0, len(text) - 1))
    put_there = draw(st.sampled_from(("", text[at] * 2, "x", "e", "1", "ក")))
    content = draw(st.sampled_from((text[:at] + put_there + text[at + 1 :], None)))
    return _with(picture, place, picture.cells[place]._replace(content=content))


@st.composite
def stray(draw: st.DrawFn, picture: Picture) -> Picture:
    """Leave a number somewhere in or around the table, where nothing stands."""
    rows, columns = len(picture.rows) + 4, len(picture.columns) + 4
    free = [(row, column) for row in range(rows) for column in range(columns) if not _is_taken(picture, (row, column))]
    return _with(picture, draw(st.sampled_from(free)), Cell(draw(st.integers(1, 300))))


@st.composite
def moved(draw: st.DrawFn, picture: Picture) -> Picture:
    """Swap two lines, double one, leave one out, or put a blank one in: rows or columns."""
    along = draw(st.sampled_from(("rows", "columns")))
    number = len(getattr(picture, along))
    order: list[int | None] = list(range(number))
    first, second = draw(st.integers(0, number - 1)), draw(st.integers(0, number - 1))
    match draw(st.sampled_from(("swap", "double", "leave out", "put in"))):
        case "swap":
            order[first], order[second] = order[second], order[first]
        case "double":
            order.insert(second, first)
        case "leave out":
            del order[first]
        case _:
            order.insert(first, None)
    return pick(picture, order) if along == "rows" else across(partial(pick, order=order), picture)


def _with(picture: Picture, place: tuple[int, int], cell: Cell) -> Picture:
    """Type a cell over; a row of zeros that loses its name is a spare row, whose counts are nobody's either."""
    cells = {**picture.cells, place: cell}
    row = {at: it for at, it in picture.cells.items() if at[0] == place[0] and it.count}
    if not str(cell.content or "").strip() and not any(it.count[-1] for it in row.values()):
        cells |= {at: it._replace(count=EDITED) for at, it in row.items()}
    return replace(picture, cells=cells)


def _is_taken(picture: Picture, place: tuple[int, int]) -> bool:
    return place in picture.cells or any(
        top <= place[0] < top + height and left <= place[1] < left + width
        for (top, left), (height, width) in picture.spans.items()
    )
