"""A sheet that lists things, one in each row under headings → its `Line`s, and a finding for each mistake in a cell.

Such a sheet is known by its column headings, wherever it stands. Each cell is read by itself, so that a line with three
mistakes is told of three times, and a line with none is kept.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..model import period as calendar
from ..model.codelist import KHMER_DIGITS, codelist, fold
from ..model.finding import Finding
from .file.grid import Content, ErrorCell, Grid, Uncalculated
from .rules import make_finding
from .values import parse_value, shown

TITLE_ROWS = 10
"""The headings stand in one of so many rows from the top."""


@dataclass(frozen=True)
class Columns:
    """The columns of a sheet, by code: those it must have, those it may have, and the code list that names them."""

    names: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One filled row of a sheet: what stands in each column, and the cell it stands in."""

    cells: Mapping[str, Content]
    places: Mapping[str, str]
    percents: frozenset[str]
    broken: tuple[Finding, ...] = ()
    """A finding for each cell that shows an error, or has a formula that no program has calculated."""

    def text(self, column: str) -> str:
        """Give a cell as a person sees it; empty where there is none."""
        return shown(self.cells.get(column), percent=column in self.percents)

    def where(self, column: str) -> str:
        """Name a cell; a column that the sheet lacks is told at the first."""
        return self.places.get(column) or next(iter(self.places.values()))


class MistakeError(Exception):
    """One thing in a cell that cannot be understood."""

    def __init__(self, rule: str, line: Line, column: str, **fields: str) -> None:
        fields = {"printed": line.text(column), "column": column, **fields}
        self.finding = make_finding(rule, line.where(column), **fields)
        super().__init__(self.finding.message)


class Attempt:
    """Reads the cells of one line, one after another, and keeps each mistake: a line may have several."""

    def __init__(self, line: Line) -> None:
        self.line, self.findings = line, []

    def __call__(self, read: Callable, *arguments: object, **options: object) -> object:
        """Read something of the line; None where it cannot be understood."""
        try:
            return read(self.line, *arguments, **options)
        except MistakeError as mistake:
            self.findings.append(mistake.finding)
            return None


class Once:
    """Refuses what stands twice in the same columns."""

    def __init__(self, *columns: str) -> None:
        self.columns, self.first = columns, {}

    def __call__(self, line: Line) -> None:
        """Raise MistakeError, at the last of the columns, for a line that says again what another has said."""
        said = tuple(fold(line.text(column)) for column in self.columns)
        place = line.where(self.columns[-1])
        if all(said) and self.first.setdefault(said, place) != place:
            raise MistakeError("plan_twice", line, self.columns[-1], first=self.first[said])


def read_all(lines: Iterable[Line], read: Callable[[Attempt], object], findings: list[Finding]) -> list:
    """Read each line; keep those without a mistake, and put the mistakes of the others among the findings."""
    kept = []
    for line in lines:
        attempt = Attempt(line)
        item = None if line.broken else read(attempt)
        findings += [*line.broken, *attempt.findings]
        if item is not None:
            kept.append(item)
    return kept


# --- sheets ------------------------------------------------------------------------------------------------


def find_lines(path: Path, grids: list[Grid], columns: Columns, findings: list[Finding]) -> list[Line] | None:
    """Find every sheet with these columns, and give their filled rows.

    None where there is no such sheet, or one without a column it must have: that goes to `findings`.
    """
    headings = [_heading(grid, columns) for grid in grids]
    whole = [found for found in headings if found[2].keys() >= set(columns.needed)]
    if not whole:
        best = max(headings, key=lambda found: len(found[2].keys() & set(columns.needed)), default=None)
        findings += _missing(path, best, columns)
        return None
    return [line for heading in whole for line in _filled(path, *heading)]


def _missing(path: Path, best: tuple[Grid, int, dict[str, int]] | None, columns: Columns) -> list[Finding]:
    """Name the columns that the likeliest sheet lacks, or say that there is none."""
    grid, row, known = best or (None, 0, {})
    missing = [column for column in columns.needed if column not in known]
    if len(missing) > len(columns.needed) // 2:
        return [make_finding("plan_sheet", (), file=path.name, expected=", ".join(columns.needed))]
    place = _source(path, grid, row, min(known.values()))
    return [make_finding("plan_column", place, expected=column) for column in missing]


def _filled(path: Path, grid: Grid, heading: int, columns: Mapping[str, int]) -> list[Line]:
    rows = sorted({row for row, column in grid.cells if row > heading and column in columns.values()})
    return [_line(path, grid, row, columns) for row in rows]


def _heading(grid: Grid, columns: Columns) -> tuple[Grid, int, dict[str, int]]:
    """Find the row of a sheet that has most of the headings, and the place of each."""
    names, best = codelist(columns.names), (grid, 0, {})
    wanted, needed = {*columns.needed, *columns.optional}, set(columns.needed)
    for row in range(min(TITLE_ROWS, grid.height)):
        found: dict[str, int] = {}
        for (place, column), content in sorted(grid.cells.items()):
            code = names.find(content) if place == row and isinstance(content, str) else None
            if code in wanted:
                found.setdefault(code, column)
        if len(found.keys() & needed) > len(best[2].keys() & needed):
            best = (grid, row, found)
    return best


def _source(path: Path, grid: Grid, row: int, column: int) -> str:
    return f"[{path.name}]{grid.source(row, column)}"


def _line(path: Path, grid: Grid, row: int, columns: Mapping[str, int]) -> Line:
    cells = {name: grid.at(row, column) for name, column in columns.items()}
    places = {name: _source(path, grid, row, column) for name, column in columns.items()}
    percents = frozenset(name for name, column in columns.items() if (row, column) in grid.percents)
    broken = (_broken(places[name], content) for name, content in cells.items())
    return Line(cells, places, percents, tuple(filter(None, broken)))


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


def choice(line: Line, column: str, known: list[str] | tuple[str, ...], *, default: str = "") -> str:
    """Read one of the words that a column knows, whatever its case and punctuation."""
    text = line.text(column) or default
    if not text:
        raise MistakeError("plan_empty", line, column)
    found = {fold(one): one for one in known}.get(fold(text))
    if found is None:
        raise MistakeError("plan_unknown", line, column, expected=", ".join(known))
    return found


def period(line: Line, column: str) -> str:
    """Read a year or a quarter."""
    text = needed(line, column).translate(KHMER_DIGITS)
    if not (calendar.YEAR.fullmatch(text) or calendar.is_quarter(text)):
        raise MistakeError("plan_period", line, column)
    return text


def number(line: Line, column: str, *, is_share: bool) -> float:
    """Read a whole number, or a percent where the indicator is one."""
    needed(line, column)
    value = parse_value(line.cells[column], percent=column in line.percents)
    number = value.share if is_share else value.number
    is_dash = isinstance(line.cells[column], str) and not any(letter.isdigit() for letter in line.cells[column])
    if number is None or value.parts or is_dash or (not is_share and value.share is not None):
        expected = "a percent, written like 95 %," if is_share else "a whole number"
        raise MistakeError("plan_number", line, column, expected=expected)
    return number
