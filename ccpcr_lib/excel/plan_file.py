"""`plan.xlsx` → a `Plan`: sheet Indicators, sheet Targets, and a finding at each cell that cannot be understood.

Both sheets are known by their column headings, wherever they stand. What is broken is left out of the plan and told;
one mistake is told once.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..model import period as calendar
from ..model.catalogue import CATALOGUE, spec
from ..model.codelist import codelist, fold
from ..model.finding import Finding, finding
from ..model.plan import ACCUMULATE, DIRECTIONS, FORMULAS, SHAPES, Indicator, Plan, Target, adds_up, why_not_added
from ..model.table import DIMENSIONS, Key, TableSpec
from .grid import Content, Grid, read_grids
from .package import open_package
from .values import parse_value, shown

FILE = "plan.xlsx"
INDICATORS = ("code", "name_en", "table", "measure", "accumulate", "direction")
TARGETS = ("indicator", "period", "value", "shape")
OPTIONAL = ("name_km", "filter", "unit", "baseline", "baseline_period", "formula", "source")
PERCENT = "percent"
TITLE_ROWS = 10
_RATIO = re.compile(r"([\w-]+)\s*/\s*([\w-]+)")


@dataclass(frozen=True)
class Line:
    """One filled row of a sheet: what stands in each column, and the cell it stands in."""

    cells: Mapping[str, Content]
    places: Mapping[str, str]
    percents: frozenset[str]

    def text(self, column: str) -> str:
        """Give a cell as a person sees it; empty where there is none."""
        return shown(self.cells.get(column), percent=column in self.percents)

    def where(self, column: str) -> str:
        """Name a cell; a column that the sheet lacks is told at the first."""
        return self.places.get(column) or next(iter(self.places.values()))


class MistakeError(Exception):
    """One thing in a line that cannot be understood."""

    def __init__(self, rule: str, line: Line, column: str, **fields: str) -> None:
        fields = {"printed": line.text(column), "column": column, **fields}
        self.finding = finding(rule, line.where(column), **fields)
        super().__init__(self.finding.message)


def plan_in(folder: Path) -> tuple[Plan, tuple[Finding, ...]]:
    """Read the plan of a folder; without one every measure is followed and nothing is planned."""
    path = folder / FILE
    return read_plan(path) if path.is_file() else (Plan(), ())


def read_plan(path: Path) -> tuple[Plan, tuple[Finding, ...]]:
    """Read a plan; raise CannotReadError for a file that is no workbook. Shares are 0-1."""
    stat = path.stat()
    return _read(path, (stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=8)
def _read(path: Path, _: tuple[int, int]) -> tuple[Plan, tuple[Finding, ...]]:
    grids, findings = read_grids(open_package(path)), []
    indicator_lines = _lines(path, grids, INDICATORS, findings)
    target_lines = _lines(path, grids, TARGETS, findings)
    shares = {line.text("code") for line in indicator_lines if line.text("unit") == PERCENT}
    codes = {line.text("code") for line in indicator_lines} | {one.code for one in Plan().indicators}
    indicators = _collect(_indicators(indicator_lines, codes - shares), findings)
    targets = _collect(_targets(target_lines, codes, shares), findings)
    return Plan(tuple(indicators), tuple(targets)), tuple(findings)


def _collect(items, findings: list[Finding]) -> list:
    """Keep what was understood, and put what was not among the findings."""
    kept = []
    for item in items:
        findings.append(item.finding) if isinstance(item, MistakeError) else kept.append(item)
    return kept


# --- sheets ------------------------------------------------------------------------------------------------


def _lines(path: Path, grids: list[Grid], needed: tuple[str, ...], findings: list[Finding]) -> list[Line]:
    """Find the sheet with the columns `needed`, and give its filled rows."""
    best = max((_heading(grid, needed) for grid in grids), key=lambda found: len(found[2]), default=None)
    known = best[2] if best else {}
    missing = [column for column in needed if column not in known]
    if len(missing) > len(needed) // 2:
        findings.append(finding("plan_sheet", (), file=path.name, expected=", ".join(needed)))
        return []
    grid, row, _ = best
    findings += [
        finding("plan_column", _source(path, grid, row, min(known.values())), expected=column) for column in missing
    ]
    rows = sorted({place[0] for place in grid.cells if place[0] > row and place[1] in known.values()})
    return [_line(path, grid, number, known) for number in rows] if not missing else []


def _heading(grid: Grid, needed: tuple[str, ...]) -> tuple[Grid, int, dict[str, int]]:
    """Find the row of a sheet that has most of the headings, and the column of each."""
    columns = codelist("plan_columns")
    wanted, best = {*needed, *OPTIONAL}, (grid, 0, {})
    for row in range(min(TITLE_ROWS, grid.height)):
        found: dict[str, int] = {}
        for (place, column), content in sorted(grid.cells.items()):
            code = columns.find(content) if place == row and isinstance(content, str) else None
            if code in wanted:
                found.setdefault(code, column)
        if len(found.keys() & set(needed)) > len(best[2].keys() & set(needed)):
            best = (grid, row, found)
    return best


def _source(path: Path, grid: Grid, row: int, column: int) -> str:
    return f"[{path.name}]{grid.source(row, column)}"


def _line(path: Path, grid: Grid, row: int, columns: Mapping[str, int]) -> Line:
    cells = {name: grid.at(row, column) for name, column in columns.items()}
    places = {name: _source(path, grid, row, column) for name, column in columns.items()}
    percents = frozenset(name for name, column in columns.items() if (row, column) in grid.percents)
    return Line(cells, places, percents)


# --- indicators --------------------------------------------------------------------------------------------


def _indicators(lines: list[Line], counted: set[str]):
    """Give each line's indicator, or the first mistake in it; `counted` are the codes that a percent may name."""
    first: dict[str, str] = {}
    for line in lines:
        try:
            code = _needed(line, "code")
            if code in first:
                raise MistakeError("plan_twice", line, "code", first=first[code])
            first[code] = line.where("code")
            yield _ratio(line, code, counted) if line.text("unit") == PERCENT else _indicator(line, code)
        except MistakeError as mistake:
            yield mistake


def _indicator(line: Line, code: str) -> Indicator:
    table = spec(_choice(line, "table", [known.name for known in CATALOGUE]))
    measure = _choice(line, "measure", list(dict.fromkeys(column.measure for column in table.counts)))
    units = list(dict.fromkeys(column.unit for column in table.counts if column.measure == measure))
    unit = _choice(line, "unit", units, default="clients" if "clients" in units else units[0])
    accumulate = _choice(line, "accumulate", ACCUMULATE)
    if accumulate == "sum" and not adds_up(measure, unit):
        raise MistakeError("plan_accumulate", line, "accumulate", why=why_not_added(measure))
    return Indicator(
        code, *_names(line), table.name, measure, _filter(line, table), unit, accumulate, **_judgement(line, FORMULAS)
    )


def _ratio(line: Line, code: str, counted: set[str]) -> Indicator:
    """Read an indicator that is the percent of one indicator in another, such as ``assessed / referred``."""
    found = _RATIO.fullmatch(line.text("formula"))
    if not found or not {*found.groups()} <= counted:
        raise MistakeError("plan_ratio", line, "formula", expected=", ".join(sorted(counted)))
    _choice(line, "accumulate", ("none",), default="none")
    return Indicator(code, *_names(line), unit=PERCENT, ratio=found.groups(), **_judgement(line, ()))


def _names(line: Line) -> tuple[str, str]:
    name = _needed(line, "name_en")
    return name, line.text("name_km") or name


def _judgement(line: Line, formulas: tuple[str, ...]) -> dict[str, object]:
    """Read which way is better, the percent's formula, the baseline, and where the target comes from."""
    formula = {"formula": _choice(line, "formula", formulas, default=formulas[0])} if formulas else {}
    baseline, period = None, ""
    if line.text("baseline"):
        baseline = _number(line, "baseline", is_share=line.text("unit") == PERCENT)
        period = _period(line, "baseline_period")
    direction = _choice(line, "direction", DIRECTIONS)
    return formula | {
        "direction": direction,
        "baseline": baseline,
        "baseline_period": period,
        "source": line.text("source"),
    }


def _filter(line: Line, table: TableSpec) -> Key:
    """Read a filter such as ``case_type=TL; sex=F``."""
    key: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in re.split(r"[;,]", line.text("filter")))):
        name, _, value = (piece.strip() for piece in part.partition("="))
        code = _member(table, name, value)
        if code is None:
            raise MistakeError("plan_filter", line, "filter", part=part, expected=", ".join(_dimensions(table)))
        key[name] = code
    return key


def _dimensions(table: TableSpec) -> list[str]:
    names = [*table.row_key(""), *(name for column in table.counts for name in column.key)]
    return [name for name in dict.fromkeys(names) if name != "period"]


def _member(table: TableSpec, dimension: str, text: str) -> str | None:
    if dimension not in _dimensions(table) or not text:
        return None
    codes = codelist(table.codelist if dimension == "category" else DIMENSIONS[dimension])
    return codes.find(text) or (text if codes.is_open else None)


# --- targets -----------------------------------------------------------------------------------------------


def _targets(lines: list[Line], codes: set[str], shares: set[str]):
    """Give each line's target, or the first mistake in it."""
    first: dict[tuple[str, str], str] = {}
    for line in lines:
        try:
            target = _target(line, codes, shares)
            about = (target.indicator, target.period)
            if about in first:
                raise MistakeError("plan_twice", line, "period", first=first[about])
            first[about] = line.where("period")
            yield target
        except MistakeError as mistake:
            yield mistake


def _target(line: Line, codes: set[str], shares: set[str]) -> Target:
    code, period = _choice(line, "indicator", sorted(codes)), _period(line, "period")
    value = _number(line, "value", is_share=code in shares)
    shape = _choice(line, "shape", SHAPES, default="by quarter" if calendar.is_quarter(period) else "none")
    return Target(code, period, value, shape, line.where("value"))


# --- cells -------------------------------------------------------------------------------------------------


def _needed(line: Line, column: str) -> str:
    if not line.text(column):
        raise MistakeError("plan_empty", line, column)
    return line.text(column)


def _choice(line: Line, column: str, known: list[str] | tuple[str, ...], *, default: str = "") -> str:
    """Read one of the words that a column knows, whatever its case and punctuation."""
    text = line.text(column) or default
    if not text:
        raise MistakeError("plan_empty", line, column)
    found = {fold(one): one for one in known}.get(fold(text))
    if found is None:
        raise MistakeError("plan_unknown", line, column, expected=", ".join(known))
    return found


def _period(line: Line, column: str) -> str:
    text = _needed(line, column)
    if not (calendar.YEAR.fullmatch(text) or calendar.is_quarter(text)):
        raise MistakeError("plan_period", line, column)
    return text


def _number(line: Line, column: str, *, is_share: bool) -> float:
    """Read a whole number, or a percent where the indicator is one."""
    _needed(line, column)
    value = parse_value(line.cells[column], percent=column in line.percents)
    number = value.share if is_share else value.number
    if number is None or value.parts or (not is_share and value.share is not None):
        raise MistakeError("plan_number", line, column, expected="a percent" if is_share else "a whole number")
    return number
