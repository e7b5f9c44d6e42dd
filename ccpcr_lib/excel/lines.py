"""A sheet that lists things, one in each row under headings → its `Line`s, and a finding for each mistake in a cell.

Such a sheet is known by its column headings, wherever it stands. Each cell is read by itself, so that a line with three
mistakes has three findings, and a line with none is kept.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from ..model import period as calendar
from ..model.codelist import codelist, fold
from ..model.finding import Finding
from ..model.text import plain
from ..words import did_you_mean, say
from .file.grid import Content, ErrorCell, Grid, Uncalculated
from .marks import mark_at
from .rules import make_finding
from .values import parse_value, shown

TITLE_ROWS = 10
"""The headings stand in one of so many rows from the top."""

P = ParamSpec("P")
T = TypeVar("T")


class Columns(NamedTuple):
    """The columns of a sheet, by code: those it must have, those it may have, and the code list that names them."""

    names: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()


class Line(NamedTuple):
    """One filled row of a sheet: what stands in each column, and the cell it stands in."""

    cells: Mapping[str, Content | None]
    places: Mapping[str, str]
    percents: frozenset[str]
    broken: tuple[Finding, ...] = ()
    """A finding for each cell that shows an error, is struck out, or has a formula that no program has calculated."""
    noted: tuple[Finding, ...] = ()
    """A note for each cell that is read without its raised marks."""

    def text(self, column: str) -> str:
        """Give a cell as a person sees it; empty where there is none."""
        return shown(self.cells.get(column), percent=column in self.percents)

    def where(self, column: str) -> str:
        """Name a cell; where the sheet lacks the column, the first of the line."""
        return self.places.get(column) or next(iter(self.places.values()))


class MistakeError(Exception):
    """One thing in a cell that cannot be understood."""

    def __init__(self, rule: str, line: Line, column: str, *, variant: str = "", **fields: str) -> None:
        fields = {"printed": line.text(column), "column": column, **fields}
        self.finding = make_finding(rule, line.where(column), variant=variant, **fields)
        super().__init__(self.finding.message)


class Attempt:
    """Reads the cells of one line, one after another, and keeps each mistake: a line may have several."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.findings: list[Finding] = []

    def __call__(self, read: Callable[Concatenate[Line, P], T], *arguments: P.args, **options: P.kwargs) -> T | None:
        """Read something of the line; None, and a finding, where it cannot be understood."""
        try:
            return read(self.line, *arguments, **options)
        except MistakeError as mistake:
            self.findings.append(mistake.finding)
            return None


class Once:
    """Refuses what stands twice in the same columns."""

    def __init__(self, *columns: str) -> None:
        self.columns = columns
        self.first: dict[tuple[str, ...], str] = {}

    def __call__(self, line: Line) -> None:
        """Raise MistakeError, at the last of the columns, for a line that says again what another has said."""
        texts = tuple(fold(line.text(column)) for column in self.columns)
        place = line.where(self.columns[-1])
        if all(texts) and self.first.setdefault(texts, place) != place:
            raise MistakeError("plan_twice", line, self.columns[-1], first=self.first[texts])


def read_all(lines: Iterable[Line], read: Callable[[Attempt], T | None], findings: list[Finding]) -> list[T]:
    """Read each line; keep those without a mistake, and put the mistakes of the others among the findings."""
    kept: list[T] = []
    for line in lines:
        attempt = Attempt(line)
        record = None if line.broken else read(attempt)
        findings += [*line.broken, *line.noted, *attempt.findings]
        if record is not None:
            kept.append(record)
    return kept


# --- sheets ------------------------------------------------------------------------------------------------


class _Heading(NamedTuple):
    """The row of a sheet that heads its lines, and where each known column stands."""

    path: Path
    grid: Grid
    row: int
    columns: Mapping[str, int]

    def source(self, row: int, column: int) -> str:
        """Name a cell with its file, as Excel does."""
        return f"[{self.path.name}]{self.grid.source(row, column)}"


def find_lines(path: Path, grids: list[Grid], columns: Columns, findings: list[Finding]) -> list[Line] | None:
    """Find every sheet with these columns, and give their filled rows.

    None where there is no such sheet, or one without a column it must have: that goes to `findings`.
    """
    headings = [_heading(path, grid, columns) for grid in grids]
    whole = [heading for heading in headings if heading.columns.keys() >= set(columns.needed)]
    if not whole:
        findings += _missing(path, headings, columns.needed)
        return None
    return [line for heading in whole for line in _lines(heading)]


def _heading(path: Path, grid: Grid, columns: Columns) -> _Heading:
    """Find the row of a sheet that has most of the headings it must have; the first of several."""
    rows = [_heads(grid, row, columns) for row in range(min(TITLE_ROWS, grid.height))]
    known = [len(heads.keys() & set(columns.needed)) for heads in rows]
    if not any(known):
        return _Heading(path, grid, 0, {})
    row = known.index(max(known))
    return _Heading(path, grid, row, rows[row])


def _heads(grid: Grid, row: int, columns: Columns) -> dict[str, int]:
    """Map the columns that a row heads to their places; of two with one heading the left one counts."""
    heads: dict[str, int] = {}
    for (place, column), content in sorted(grid.cells.items(), key=lambda cell: cell[0]):
        code = codelist(columns.names).find(content) if place == row and isinstance(content, str) else None
        if code in (*columns.needed, *columns.optional):
            heads.setdefault(code, column)
    return heads


def _missing(path: Path, headings: list[_Heading], needed: Sequence[str]) -> list[Finding]:
    """Name the columns that the likeliest sheet lacks, or say that there is none."""
    best = max(headings, key=lambda heading: len(heading.columns.keys() & set(needed)), default=None)
    missing = [column for column in needed if best is None or column not in best.columns]
    if best is None or len(missing) > len(needed) // 2:
        return [make_finding("plan_sheet", (), file=path.name, expected=", ".join(needed))]
    place = best.source(best.row, min(best.columns.values()))
    return [make_finding("plan_column", place, expected=column) for column in missing]


def _lines(heading: _Heading) -> Iterator[Line]:
    columns = heading.columns.values()
    for row in sorted({row for row, column in heading.grid.cells if row > heading.row and column in columns}):
        yield _line(heading, row)


def _line(heading: _Heading, row: int) -> Line:
    grid, columns = heading.grid, heading.columns
    cells = {name: grid.at(row, column) for name, column in columns.items()}
    places = {name: heading.source(row, column) for name, column in columns.items()}
    percents = frozenset(name for name, column in columns.items() if (row, column) in grid.percents)
    broken = (_broken(places[name], content) for name, content in cells.items())
    marked = [mark for name, column in columns.items() for mark in mark_at(grid, (row, column), where=places[name])]
    wrong = (*filter(None, broken), *(mark for mark in marked if mark.severity == "error"))
    return Line(cells, places, percents, wrong, tuple(mark for mark in marked if mark.severity == "note"))


def _broken(place: str, content: Content | None) -> Finding | None:
    if isinstance(content, Uncalculated):
        return make_finding("not_calculated", place)
    return make_finding("error_value", place, printed=content.text) if isinstance(content, ErrorCell) else None


# --- cells -------------------------------------------------------------------------------------------------


def needed(line: Line, column: str) -> str:
    """Read a text that must be there."""
    if not line.text(column):
        raise MistakeError("plan_empty", line, column)
    return line.text(column)


def choice(line: Line, column: str, known: Sequence[str], *, default: str = "") -> str:
    """Read one of the words that a column knows, whatever its case and punctuation."""
    text = line.text(column) or default
    if not text:
        raise MistakeError("plan_empty", line, column)
    chosen = {fold(word): word for word in known}.get(fold(text))
    if chosen is None:
        raise MistakeError("plan_unknown", line, column, expected=", ".join(known), near=did_you_mean(text, known))
    return chosen


def period(line: Line, column: str) -> str:
    """Read a year or a quarter."""
    text = plain(needed(line, column))
    if not (calendar.YEAR.fullmatch(text) or calendar.is_quarter(text)):
        raise MistakeError("plan_period", line, column)
    return text


def number(line: Line, column: str, *, is_share: bool) -> float:
    """Read a whole number, or a percent where the indicator is one."""
    text = needed(line, column)
    value = parse_value(line.cells[column], percent=column in line.percents)
    number = value.share if is_share else value.number
    is_dash = not any(letter.isdigit() for letter in text)
    if number is None or value.parts or is_dash or (not is_share and value.share is not None):
        expected = say("plan_number_expected.percent" if is_share else "plan_number_expected")
        raise MistakeError("plan_number", line, column, variant="percent" if is_share else "", expected=expected)
    return number
