"""`plan.xlsx` → a `Plan`: sheet Indicators, sheet Targets, and a finding at each cell that cannot be understood.

Both sheets are known by their column headings, wherever they stand. What is broken is left out of the plan and told;
one mistake is told once.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..model import period as calendar
from ..model.catalogue import CATALOGUE, spec
from ..model.codelist import codelist, fold
from ..model.finding import Finding
from ..model.plan import (
    ACCUMULATE,
    DIRECTIONS,
    FORMULAS,
    SHAPES,
    Indicator,
    Plan,
    Target,
    adds_up,
    usual_accumulation,
    why_not_added,
)
from ..model.table import DIMENSIONS, Key, TableSpec
from .file.grid import read_grids
from .file.package import open_package
from .lines import Attempt, Columns, Line, MistakeError, Once, choice, find_lines, needed, number, period, read_all

FILE = "plan.xlsx"
INDICATORS = Columns(
    "plan_columns",
    ("code", "name_en", "table", "measure", "accumulate", "direction"),
    ("name_km", "filter", "unit", "baseline", "baseline_period", "formula", "source"),
)
TARGETS = Columns("plan_columns", ("indicator", "period", "value", "shape"))
PERCENT = "percent"
_RATIO = re.compile(r"([\w-]+)\s*/\s*([\w-]+)")


def plan_in(folder: Path) -> tuple[Plan, tuple[Finding, ...]]:
    """Read the plan of a folder; without one every measure is followed and nothing is planned."""
    there = (path for path in sorted(folder.glob("*")) if path.name.lower() == FILE and path.is_file())
    path = next(there, None)
    return read_plan(path) if path else (Plan(), ())


def read_plan(path: Path) -> tuple[Plan, tuple[Finding, ...]]:
    """Read a plan; raise CannotReadError for a file that is no workbook. Shares are 0-1."""
    stat = path.stat()
    return _read(path, (stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=8)
def _read(path: Path, _: tuple[int, int]) -> tuple[Plan, tuple[Finding, ...]]:
    grids, findings = read_grids(open_package(path)), []
    indicator_lines = find_lines(path, grids, INDICATORS, findings)
    target_lines = find_lines(path, grids, TARGETS, findings)
    if indicator_lines is None or target_lines is None:
        return Plan(), tuple(findings)
    shares = {line.text("code") for line in indicator_lines if _is_share(line)}
    own = [line.text("code") for line in indicator_lines]
    codes = [*(one.code for one in Plan().indicators), *own]
    once, twice = Once("code"), Once("indicator", "period")
    counted = set(codes) - shares
    indicators = read_all(indicator_lines, lambda line: _indicator(line, once, counted), findings)
    unadded = {one.code for one in indicators if one.accumulate == "none" and not one.ratio}
    known = Known(codes, shares, unadded)
    targets = read_all(target_lines, lambda line: _target(line, twice, known), findings)
    return Plan(tuple(indicators), tuple(targets)), tuple(findings)


@dataclass(frozen=True)
class Known:
    """What the targets may speak of: codes, those that are a percent, those whose quarters make no year."""

    codes: Sequence[str]
    shares: Collection[str]
    unadded: Collection[str]


def _is_share(line: Line) -> bool:
    return fold(line.text("unit")) == PERCENT


# --- indicators --------------------------------------------------------------------------------------------


def _indicator(attempt: Attempt, once: Once, counted: set[str]) -> Indicator | None:
    """Read one line; `counted` are the codes that a percent may name."""
    attempt(once)
    said = {"code": attempt(needed, "code"), "name_en": attempt(needed, "name_en")}
    said["name_km"] = attempt.line.text("name_km") or said["name_en"]
    said |= {"direction": attempt(choice, "direction", DIRECTIONS), "source": attempt.line.text("source")}
    said |= _baseline(attempt)
    said |= _share(attempt, counted) if _is_share(attempt.line) else _count(attempt)
    return None if attempt.findings else Indicator(**said)


def _count(attempt: Attempt) -> dict[str, object]:
    """Read what an indicator counts; what depends on a table nobody knows is not judged."""
    said = {"formula": attempt(choice, "formula", FORMULAS, default=FORMULAS[0])}
    said["accumulate"] = attempt(choice, "accumulate", ACCUMULATE)
    name = attempt(choice, "table", [known.name for known in CATALOGUE])
    if name is None:
        return said
    said["table"] = name
    measure = attempt(choice, "measure", list(dict.fromkeys(column.measure for column in spec(name).counts)))
    if measure is None:
        return said
    units = list(dict.fromkeys(column.unit for column in spec(name).counts if column.measure == measure))
    unit = attempt(choice, "unit", units, default=units[0])
    if said["accumulate"] == "sum" and unit and not adds_up(measure, unit):
        attempt(_refuse_sum, measure, unit)
    return said | {"measure": measure, "unit": unit, "key": attempt(_filter, spec(name), measure)}


def _refuse_sum(line: Line, measure: str, unit: str) -> None:
    why, expected = why_not_added(measure), usual_accumulation(measure, unit)
    raise MistakeError("plan_accumulate", line, "accumulate", why=why, expected=expected)


def _share(attempt: Attempt, counted: set[str]) -> dict[str, object]:
    """Read an indicator that is the percent of one indicator in another, such as ``assessed / referred``."""
    attempt(choice, "accumulate", ("none",), default="none")
    return {"unit": PERCENT, "ratio": attempt(_ratio, counted)}


def _ratio(line: Line, counted: set[str]) -> tuple[str, ...]:
    found = _RATIO.fullmatch(line.text("formula"))
    if not found or not {*found.groups()} <= counted:
        raise MistakeError("plan_ratio", line, "formula", expected=", ".join(sorted(counted)))
    return found.groups()


def _baseline(attempt: Attempt) -> dict[str, object]:
    """Read the baseline and its period, if there is one."""
    if not attempt.line.text("baseline"):
        return {}
    baseline = attempt(number, "baseline", is_share=_is_share(attempt.line))
    return {"baseline": baseline, "baseline_period": attempt(period, "baseline_period")}


def _filter(line: Line, table: TableSpec, measure: str) -> Key:
    """Read a filter such as ``case_type=TL; sex=F``, by what divides the measure in its table."""
    key: dict[str, str] = {}
    dimensions = _dimensions(table, measure)
    for part in filter(None, (part.strip() for part in re.split(r"[;,]", line.text("filter")))):
        name, _, value = (piece.strip() for piece in part.partition("="))
        code = _member(table, name, value) if name in dimensions and name not in key else None
        if code is None:
            expected = ", ".join(dimensions) or "nothing"
            raise MistakeError("plan_filter", line, "filter", part=part, expected=expected)
        key[name] = code
    return key


def _dimensions(table: TableSpec, measure: str) -> list[str]:
    columns = (column for column in table.counts if column.measure == measure)
    names = [*table.row_key(""), *(name for column in columns for name in column.key)]
    return [name for name in dict.fromkeys(names) if name != "period"]


def _member(table: TableSpec, dimension: str, text: str) -> str | None:
    codes = codelist(table.codelist if dimension == "category" else DIMENSIONS[dimension])
    return codes.find(text) or (text or None if codes.is_open else None)


# --- targets -----------------------------------------------------------------------------------------------


def _target(attempt: Attempt, once: Once, known: Known) -> Target | None:
    """Read one line."""
    attempt(once)
    code, when = attempt(choice, "indicator", known.codes), attempt(period, "period")
    value = attempt(number, "value", is_share=code in known.shares)
    usual = "by quarter" if when and calendar.is_quarter(when) else "none"
    shape = attempt(choice, "shape", SHAPES, default=usual)
    if code in known.unadded and when and not calendar.is_quarter(when):
        attempt(_refuse_year)
    return None if attempt.findings else Target(code, when, value, shape, attempt.line.where("value"))


def _refuse_year(line: Line) -> None:
    raise MistakeError("plan_no_year", line, "period")
