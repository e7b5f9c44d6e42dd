"""A workbook's bytes → one `Grid` per sheet: every cell that holds something, with its address and its merge.

Rows and columns are counted from 0. A merged cell stands at its upper left corner; the others point to it.
"""

import io
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ...model.errors import CannotReadError
from ...model.text import holdable
from .address import Place, column_letters
from .facts import MAX_AREA, SheetFacts, refuse
from .formats import LITERAL, NEITHER, PERCENT, kind_at
from .marks import has_raised, without_raised
from .package import Package

if TYPE_CHECKING:
    from python_calamine import CalamineSheet


_UNHELD = re.compile("_x(?:d[89a-f][0-9a-f]{2}|fff[ef])_", re.IGNORECASE)
"""How a file writes halves of letters and what is no character, which the engine leaves as it is."""


@dataclass(frozen=True, slots=True)
class ErrorCell:
    """A cell that shows an Excel error such as ``#REF!``."""

    text: str


@dataclass(frozen=True, slots=True)
class Uncalculated:
    """A formula whose result no program has stored."""


Content = str | int | float | bool | datetime | date | time | timedelta | ErrorCell | Uncalculated
"""What a cell that holds something can hold."""


@dataclass
class Grid:
    """One sheet: `cells` by place, `spans` of merged cells, `covered` places → their merged cell, percent places.

    `height` is how many rows it has, the blank ones above included. `struck` gives what is struck out in a cell,
    `written` the text of one whose raised marks were left aside, `raised` are those that are nothing but raised.
    `distrust` is that of its facts, `formulas` are the places that formulas fill. `is_turned`: its rows are the columns
    of the sheet; what it says of places in the sheet's own terms stays true.
    """

    name: str
    cells: dict[Place, Content]
    spans: dict[Place, tuple[int, int]] = field(default_factory=dict)
    covered: dict[Place, Place] = field(default_factory=dict)
    percents: frozenset[Place] = frozenset()
    is_hidden: bool = False
    height: int = 0
    is_turned: bool = False
    distrust: str = ""
    struck: dict[Place, str] = field(default_factory=dict)
    written: dict[Place, str] = field(default_factory=dict)
    raised: set[Place] = field(default_factory=set)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[Place] = frozenset()

    @cached_property
    def columns_of(self) -> dict[int, set[int]]:
        """The columns in which each row holds something; asked for when the grid is made."""
        filled: dict[int, set[int]] = {}
        for row, column in self.cells:
            filled.setdefault(row, set()).add(column)
        return filled

    def at(self, row: int, column: int) -> Content | None:
        """Give what a reader sees at a place: the merged cell's content if it is part of one."""
        place = (row, column)
        return self.cells.get(self.covered.get(place, place))

    def source(self, row: int, column: int) -> str:
        """Name a place as ``Sheet!A1``."""
        if self.is_turned:
            row, column = column, row
        return f"{self.name}!{column_letters(column)}{row + 1}"

    def on_sheet(self, place: Place) -> Place:
        """Give a place as the sheet counts it."""
        return place[::-1] if self.is_turned else place

    def turned(self) -> "Grid":
        """Give the sheet with its rows as columns and its columns as rows."""
        return Grid(
            self.name,
            {place[::-1]: content for place, content in self.cells.items()},
            {place[::-1]: size[::-1] for place, size in self.spans.items()},
            {place[::-1]: merged[::-1] for place, merged in self.covered.items()},
            frozenset(place[::-1] for place in self.percents),
            is_hidden=self.is_hidden,
            height=1 + max((column for _, column in (*self.cells, *self.covered)), default=-1),
            is_turned=not self.is_turned,
            struck={place[::-1]: text for place, text in self.struck.items()},
            written={place[::-1]: text for place, text in self.written.items()},
            raised={place[::-1] for place in self.raised},
            hidden_rows=self.hidden_columns,
            hidden_columns=self.hidden_rows,
            formulas=frozenset(place[::-1] for place in self.formulas),
        )


def read_grids(package: Package) -> list[Grid]:
    """Read every sheet of a workbook, hidden ones too; raise CannotReadError for a file without sheets."""
    import python_calamine as calamine

    try:
        visible = calamine.SheetVisibleEnum.Visible
        workbook = calamine.CalamineWorkbook.from_filelike(io.BytesIO(package.standard))
        grids = [
            _grid(package, workbook.get_sheet_by_name(sheet.name), is_hidden=sheet.visible != visible)
            for sheet in workbook.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
    except (KeyboardInterrupt, SystemExit, MemoryError, CannotReadError):
        raise
    except BaseException as error:  # the engine's panics are no Exception
        raise refuse(package.path, "file_unreadable") from error
    if not grids:
        raise refuse(package.path, "file_without_sheets")
    return grids


def _grid(package: Package, sheet: "CalamineSheet", *, is_hidden: bool) -> Grid:
    values = sheet.to_python(skip_empty_area=False)
    cells: dict[Place, Content] = {
        (row, column): value
        for row, line in enumerate(values)
        for column, value in enumerate(line)
        if value != "" and not (value.__class__ is str and not value.strip())
    }
    _hold_texts(cells)
    facts = _facts_of(package, sheet.name)
    percents = _settle_percents(cells, facts)
    cells.update({place: ErrorCell(text) for place, text in facts.errors.items()})
    cells.update(dict.fromkeys(facts.uncalculated, Uncalculated()))
    height = max(len(values), *(row + 1 for row, _ in (*facts.errors, *facts.uncalculated)), 0)
    grid = Grid(holdable(sheet.name), cells, percents=percents, is_hidden=is_hidden, height=height)
    grid.hidden_rows, grid.hidden_columns = frozenset(facts.hidden_rows), frozenset(facts.hidden_columns)
    grid.distrust, grid.formulas = facts.distrust, frozenset(facts.formulas)
    _merge(package.path, grid, sheet.merged_cell_ranges or (), max(map(len, values), default=0))
    _leave_marks_aside(grid, facts)
    return grid


def _facts_of(package: Package, sheet: str) -> SheetFacts:
    """Find what is known of a sheet; raise CannotReadError where nothing is, for then nothing can be trusted there."""
    if sheet in package.facts:
        return package.facts[sheet]
    alike = [facts for name, facts in package.facts.items() if _alike(name) == _alike(sheet)]
    if len(alike) != 1:
        raise refuse(package.path, "file_without_facts", sheet=sheet)
    return alike[0]


def _alike(name: str) -> str:
    """Put a sheet's name in the one form that all programs' forms of it have: control characters and space apart."""
    return "".join(filter(str.isprintable, unicodedata.normalize("NFC", name))).replace(" ", "").casefold()


def _settle_percents(cells: dict[Place, Content], facts: SheetFacts) -> frozenset[Place]:
    """List the places that show a percent; where its sign is only typed, 6 in a cell that shows 6% becomes 0.06."""
    percents, literals = set(facts.percents), set(facts.literals)
    of_kind = {PERCENT: percents, LITERAL: literals, NEITHER: set[Place]()}
    for place, sections in facts.by_value.items():
        number = _number(cells.get(place))
        of_kind[NEITHER if number is None else kind_at(sections, number)].add(place)
    for place in literals:
        number = _number(cells.get(place))
        if number is not None:
            cells[place] = number / 100
    return frozenset(percents | literals)


def _number(content: Content | None) -> float | None:
    return content if isinstance(content, int | float) and not isinstance(content, bool) else None


def _hold_texts(cells: dict[Place, Content]) -> None:
    """Leave out of the texts what no file can hold and nobody sees; Excel writes U+0007 as ``_x0007_``."""
    texts = {place: text for place, text in cells.items() if isinstance(text, str)}
    if _held(whole := "".join(texts.values())) == whole:
        return
    for place, text in texts.items():
        held = _held(text)
        if held.strip():
            cells[place] = held
        else:
            del cells[place]


def _held(text: str) -> str:
    return holdable(_UNHELD.sub("", text) if "_x" in text else text)


def _leave_marks_aside(grid: Grid, facts: SheetFacts) -> None:
    """Read each text without its raised marks; keep how it is written, and what is struck out."""
    grid.struck = {place: holdable(text) for place, text in facts.struck.items() if place in grid.cells}
    texts = {place: holdable(text) for place, text in facts.raised.items() if place in grid.cells}
    if has_raised("".join(text for text in grid.cells.values() if text.__class__ is str)):
        written = ((place, text) for place, text in grid.cells.items() if isinstance(text, str) and has_raised(text))
        texts |= {place: without_raised(texts.get(place) or text) for place, text in written if texts.get(place) != ""}
    grid.raised = {place for place, text in texts.items() if not text.strip()}
    for place in texts.keys() - grid.raised:
        grid.written[place] = str(grid.cells[place])
        grid.cells[place] = texts[place]


def _merge(path: Path, grid: Grid, ranges: Iterable[tuple[Place, Place]], width: int) -> None:
    """Settle which places are covered by a merged cell, as far as the sheet's own cells reach."""
    for (top, left), (bottom, right) in ranges:
        rows, columns = range(top, min(bottom + 1, grid.height)), range(left, min(right + 1, width))
        places = [(row, column) for row in rows for column in columns]
        grid.spans[top, left] = (len(rows), len(columns))
        grid.covered.update(dict.fromkeys(places[1:], (top, left)))
        if len(grid.covered) > MAX_AREA:
            raise refuse(path, "file_merged_without_end", sheet=grid.name)
    for place in grid.covered.keys() & grid.cells.keys():
        del grid.cells[place]
