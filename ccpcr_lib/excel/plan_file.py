"""`plan.xlsx` → a `Plan`: sheet Indicators, sheet Targets, and a finding at each cell that cannot be understood.

Both sheets are known by their column headings, wherever they stand. What is broken is left out of the plan, and each
mistake is one finding.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from ..model import period as calendar
from ..model.catalogue import CATALOGUE, home_table, spec
from ..model.codelist import codelist, fold
from ..model.column import row_dimension
from ..model.finding import Finding
from ..model.measure import IN_CARE
from ..model.plan import (
    BY_QUARTER,
    DIRECTIONS,
    FORMULAS,
    PER_QUARTER,
    SHAPES,
    Indicator,
    Plan,
    Target,
    default_indicator,
)
from ..model.table import DIMENSIONS, Key, TableSpec
from ..words import say
from .calculated import tell_once
from .file.grid import read_grids
from .file.package import open_package
from .lines import Attempt, Columns, Line, MistakeError, Once, choice, find_lines, needed, number, period, read_all
from .plan_definition import DEFINING, read_definition, read_in_groups, read_nature

PLAN_FILE = "plan.xlsx"
INDICATORS = Columns(
    "plan_columns",
    ("code", "name_en", "table", "measure", "direction"),
    ("name_km", "filter", "unit", "baseline", "baseline_period", "formula", "source", "accumulate", *DEFINING),
)
TARGETS = Columns("plan_columns", ("indicator", "period", "value", "shape"))
PERCENT = "percent"
_RATIO = re.compile(rf"([\w-]+)\s*[/÷]\s*([\w-]+)(\W+{PER_QUARTER}\W*)?", re.IGNORECASE)
ACCUMULATED = {"flow": "sum", "events": "sum", "stock": "last", "attendance": "max", "ratio": "none", "none": "none"}
"""What a plan of version 1.0 says in its column `accumulate`, by what is done now."""


def plan_in(folder: Path) -> tuple[Plan, tuple[Finding, ...]]:
    """Read the plan of a folder; without one every measure is followed and nothing is planned."""
    plans = (path for path in sorted(folder.glob("*")) if path.name.lower() == PLAN_FILE and path.is_file())
    path = next(plans, None)
    return read_plan(path) if path else (Plan(), ())


def read_plan(path: Path) -> tuple[Plan, tuple[Finding, ...]]:
    """Read a plan, and again only when the file has changed. Shares are 0-1.

    Raise CannotReadError for a file that is no workbook.
    """
    stat = path.stat()
    return _read(path, (stat.st_mtime_ns, stat.st_size))


@lru_cache(maxsize=8)
def _read(path: Path, _: tuple[int, int]) -> tuple[Plan, tuple[Finding, ...]]:
    grids = read_grids(open_package(path))
    findings: list[Finding] = []
    indicator_lines = find_lines(path, grids, INDICATORS, findings)
    target_lines = find_lines(path, grids, TARGETS, findings)
    if indicator_lines is None or target_lines is None:
        return Plan(), tuple(findings)
    codes = [*(usual.code for usual in Plan().indicators), *(line.text("code") for line in indicator_lines)]
    shares = {line.text("code") for line in indicator_lines if _is_share(line)}
    indicators = _indicators(indicator_lines, set(codes) - shares, findings)
    per_quarter = {indicator.code for indicator in indicators if indicator.per_quarter}
    targets = _targets(target_lines, Known(codes, shares, per_quarter), findings)
    return Plan(tuple(indicators), tuple(targets)), tuple(tell_once(findings, grids))


class Known(NamedTuple):
    """What the targets may speak of: codes, those that are a percent, those that have no figure for a year."""

    codes: Sequence[str]
    shares: Collection[str]
    per_quarter: Collection[str]


def _is_share(line: Line) -> bool:
    return fold(line.text("unit")) == PERCENT


# --- indicators --------------------------------------------------------------------------------------------


def _indicators(lines: Sequence[Line], counted: set[str], findings: list[Finding]) -> list[Indicator]:
    once = Once("code")
    read = read_all(lines, lambda attempt: _indicator(attempt, once, counted), findings)
    known = {line.text("code"): line for line in reversed(lines)}  # of two lines with one code the first is read
    read = _settled(read, known)
    counts = Plan(tuple(indicator for indicator in read if not indicator.ratio))
    uneven = [indicator for indicator in read if counts.is_uneven(indicator)]
    findings += [_uneven(known[indicator.code], indicator, counts) for indicator in uneven]
    findings += [note for indicator in read for note in _accumulated(known[indicator.code], indicator)]
    return [indicator for indicator in read if indicator not in uneven]


def _settled(read: Sequence[Indicator], known: Mapping[str, Line]) -> list[Indicator]:
    """Take what lines do not say of nature and groups from their measures; for percents, from their parts."""
    counts = [indicator for indicator in read if not indicator.ratio]
    usual = {indicator.code: indicator for indicator in Plan().indicators}
    usual |= {own.code: _filled(own, known[own.code], default_indicator(own.measure, own.unit)) for own in counts}
    percents = {own.code: _filled(own, known[own.code], usual.get(own.ratio[0], own)) for own in read if own.ratio}
    return [(usual | percents)[indicator.code] for indicator in read]


def _filled(indicator: Indicator, line: Line, usual: Indicator) -> Indicator:
    nature = indicator.nature if line.text("nature") else usual.nature
    in_groups = indicator.in_groups if line.text("in_groups") else usual.in_groups
    return replace(indicator, nature=nature, in_groups=in_groups)


def _uneven(line: Line, indicator: Indicator, counts: Plan) -> Finding:
    """Refuse a percent of the year whose part and whole do not add alike, and that does not say so."""
    part, whole = (say(f"year_made.{counts.indicator(code).year_made}") for code in indicator.ratio)
    formula = f"{' / '.join(indicator.ratio)} {PER_QUARTER}"
    names = dict(zip(("part", "whole"), indicator.ratio, strict=True))
    fields = {"part_adds": part, "whole_adds": whole, "expected": formula, **names}
    return MistakeError("plan_ratio", line, "formula", variant="uneven", **fields).finding


def _accumulated(line: Line, indicator: Indicator) -> Iterator[Finding]:
    """Note where an older plan says otherwise how quarters make a year than the measure does."""
    written, used = line.text("accumulate"), indicator.year_made
    if written and fold(written) != ACCUMULATED.get(used):
        fields = {"code": indicator.code, "expected": say(f"year_made.{used}")}
        yield MistakeError("plan_accumulate", line, "accumulate", **fields).finding


def _indicator(attempt: Attempt, once: Once, counted: set[str]) -> Indicator | None:
    """Read one line; `counted` are the codes that a percent may name."""
    attempt(once)
    code, name, line = attempt(needed, "code"), attempt(needed, "name_en"), attempt.line
    direction = attempt(choice, "direction", DIRECTIONS)
    baseline, baseline_period = _baseline(attempt)
    named = Indicator(
        code or "",
        name or "",
        line.text("name_km") or name or "",
        direction=direction or "",
        baseline=baseline,
        baseline_period=baseline_period,
        source=line.text("source"),
        definition=read_definition(attempt),
    )
    indicator = _share(attempt, named, counted) if _is_share(line) else _count(attempt, named)
    nature, in_groups = read_nature(attempt), read_in_groups(attempt)
    return None if attempt.findings else replace(indicator, nature=nature, in_groups=in_groups)


def _count(attempt: Attempt, named: Indicator) -> Indicator:
    """Add what an indicator counts; what depends on a table nobody knows is not judged."""
    formula = attempt(choice, "formula", FORMULAS, default=FORMULAS[0])
    table = attempt(choice, "table", [known.name for known in CATALOGUE])
    if table is None:
        return named
    units = _units(spec(table))
    measure = attempt(choice, "measure", list(units))
    if measure is None:
        return named
    unit = attempt(choice, "unit", units[measure], default=units[measure][0])
    key = attempt(_filter, spec(table), measure)
    if attempt.findings or not (formula and unit):
        return named
    return replace(named, table=table, measure=measure, key=key or {}, unit=unit, formula=formula)


def _units(table: TableSpec) -> dict[str, list[str]]:
    """List the units of each measure that a table can be asked for, the clients in care at their home."""
    units: dict[str, list[str]] = {}
    for column in table.counts:
        units[column.measure] = list(dict.fromkeys([*units.get(column.measure, ()), column.unit]))
    return units | ({IN_CARE: ["clients"]} if table == home_table(IN_CARE, "clients") else {})


def _share(attempt: Attempt, named: Indicator, counted: set[str]) -> Indicator:
    """Add what an indicator is the percent of: one indicator in another, such as ``assessed / referred``."""
    ratio, per_quarter = attempt(_ratio, counted) or ((), False)
    return replace(named, unit=PERCENT, ratio=ratio, per_quarter=per_quarter)


def _ratio(line: Line, counted: set[str]) -> tuple[tuple[str, str], bool]:
    """Read part and whole, and whether the percent is given per quarter only."""
    ratio, codes = _RATIO.fullmatch(line.text("formula")), {fold(code): code for code in sorted(counted)}
    part, whole = (codes.get(fold(ratio[place])) if ratio else None for place in (1, 2))
    if not (ratio and part and whole):
        raise MistakeError("plan_ratio", line, "formula", expected=", ".join(sorted(counted)))
    return (part, whole), bool(ratio[3])


def _baseline(attempt: Attempt) -> tuple[float | None, str]:
    """Read the baseline and its period, if there is one."""
    if not attempt.line.text("baseline"):
        return None, ""
    baseline = attempt(number, "baseline", is_share=_is_share(attempt.line))
    return baseline, attempt(period, "baseline_period") or ""


def _filter(line: Line, table: TableSpec, measure: str) -> Key:
    """Read a filter such as ``case_type=TL; sex=F``, by what divides the measure in its table."""
    key: dict[str, str] = {}
    dimensions = _dimensions(table, measure)
    for part in filter(None, (part.strip() for part in re.split(r"[;,]", line.text("filter")))):
        name, _, value = (piece.strip() for piece in part.partition("="))
        code = _member(table, name, value) if name in dimensions and name not in key else None
        if code is None:
            expected = ", ".join(dimensions) or say("plan_filter_nothing")
            raise MistakeError("plan_filter", line, "filter", part=part, expected=expected)
        key[name] = code
    return key


def _dimensions(table: TableSpec, measure: str) -> list[str]:
    columns = (column for column in table.counts if column.measure == measure)
    names = [row_dimension(table.rows), *(name for column in columns for name in column.key)]
    return [name for name in dict.fromkeys(names) if name != "period"]


def _member(table: TableSpec, dimension: str, text: str) -> str | None:
    codes = codelist(table.codelist if dimension == "category" else DIMENSIONS[dimension])
    return codes.find(text) or (text or None if codes.is_open else None)


# --- targets -----------------------------------------------------------------------------------------------


def _targets(lines: Sequence[Line], known: Known, findings: list[Finding]) -> list[Target]:
    once = Once("indicator", "period")
    return read_all(lines, lambda attempt: _target(attempt, once, known), findings)


def _target(attempt: Attempt, once: Once, known: Known) -> Target | None:
    """Read one line."""
    attempt(once)
    code, when = attempt(choice, "indicator", known.codes), attempt(period, "period")
    value = attempt(number, "value", is_share=code in known.shares)
    is_quarter = when is not None and calendar.is_quarter(when)
    shape = attempt(choice, "shape", SHAPES, default=BY_QUARTER if is_quarter else "none")
    if code in known.per_quarter and when and not is_quarter:
        attempt(_refuse_year)
    if attempt.findings or code is None or when is None or value is None or shape is None:
        return None
    return Target(code, when, value, shape, attempt.line.where("value"))


def _refuse_year(line: Line) -> None:
    raise MistakeError("plan_no_year", line, "period")
