"""A workbook file → a `Reading`: counts, printed claims, and what could not be read, per the frame contract.

`counts` has one row per reported base count; `printed` holds what the sheet says of its own totals, shares,
notes and plan. Neither is ever mixed with the other.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pandas as pd

from ..model.catalogue import CATALOGUE, spec
from ..model.codelist import codelist, fold
from ..model.finding import CannotReadError, Finding, sort_findings
from ..model.wording import table_title
from .body import Region
from .dating import date_workbook
from .extract import COUNT_FIELDS, PRINTED_FIELDS, Extract, extract_table
from .file.grid import Grid, read_grids
from .file.package import open_package
from .finder import TITLE_REACH, FoundTable, Unclear, find_tables
from .labels import own_titles
from .narrative import Bullet, Heading, read_narrative
from .plan_file import FILE as PLAN
from .rules import make_finding
from .values import parse_value

SYNTHETIC = "SYNTHETIC"
SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
_TABLES = tuple(known.name for known in CATALOGUE)
CATEGORY_DTYPES = MappingProxyType(
    {
        "table": pd.CategoricalDtype(_TABLES),
        "measure": pd.CategoricalDtype(tuple(codelist("measures").members)),
        "case_type": pd.CategoricalDtype(tuple(codelist("case_types").members)),
        "sex": pd.CategoricalDtype(tuple(codelist("sexes").members)),
        "age_band": pd.CategoricalDtype(tuple(codelist("age_bands").members)),
        "unit": pd.CategoricalDtype(tuple(codelist("units").members)),
        "kind": pd.CategoricalDtype(("total", "share", "note", "plan")),
    }
)
_CODES = {
    name: {None: -1} | {code: place for place, code in enumerate(dtype.categories)}
    for name, dtype in CATEGORY_DTYPES.items()
}


@dataclass(frozen=True)
class Reading:
    """What a workbook says. `members` gives each found table's rows in the order they were found in.

    `narrative` are the sentences for the deck, in their order; `headings` are their sections and places as written,
    of those without a text too. `is_synthetic` tells that the workbook says of itself,
    at the top of a sheet, that its data are made up.
    """

    path: Path
    sha256: str
    period: str
    counts: pd.DataFrame
    printed: pd.DataFrame
    findings: tuple[Finding, ...]
    members: MappingProxyType
    places: MappingProxyType
    is_synthetic: bool = False
    narrative: tuple[Bullet, ...] = ()
    headings: tuple[Heading, ...] = ()


def read_workbook(path: str | Path, period: str | None = None) -> Reading:
    """Read a quarter's workbook.

    `period` (``2010-Q2``) is needed only where neither the workbook nor its name says it. The file is opened
    read-only. Raise CannotReadError with one line for a file that is no workbook or holds no known table.
    """
    path = Path(path)
    package = open_package(path)
    narrative = read_narrative(read_grids(package))
    grids = [grid for grid in narrative.grids if not holds_no_tables(grid)]
    tables, unclear = _find_all(grids)
    if not tables:
        raise CannotReadError(_no_tables(path, grids, unclear))
    quarter, findings = date_workbook(grids, tables, path, period)
    kept, twice = _keep_first(tables)
    extracts = {table.spec.name: extract_table(table, quarter) for table in kept}
    found = [*narrative.findings, *twice, *_unclear_findings(unclear), *findings]
    found += [*_missing(extracts, unclear, path), *_hidden(kept)]
    found += _unread_numbers(grids, [table.region for table in tables] + [item.region for item in unclear])
    for extract in extracts.values():
        found += extract.findings
    return Reading(
        path,
        package.sha256,
        quarter,
        counts_frame(row for extract in extracts.values() for row in extract.counts),
        printed_frame(row for extract in extracts.values() for row in extract.printed),
        tuple(sort_findings(found)),
        MappingProxyType({name: extract.members for name, extract in extracts.items()}),
        MappingProxyType({table.spec.name: table.source for table in kept}),
        any(map(_says_synthetic, grids)),
        narrative.bullets,
        narrative.headings,
    )


def _says_synthetic(grid: Grid) -> bool:
    """Tell whether a sheet's first rows say SYNTHETIC, as everything made by `ccpcr demo` does."""
    top = (text for (row, _), text in grid.cells.items() if row < 3 and isinstance(text, str))
    return any(text.startswith(SYNTHETIC) for text in top)


def workbooks(folder: str | Path) -> list[Path]:
    """List the workbooks of a folder by name; Excel's own lock files, hidden files and the plan are none."""
    folder = Path(folder)
    if not folder.is_dir():
        raise CannotReadError(f"{folder.name}: there is no such folder. Name the folder that holds the workbooks.")
    files = (path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    return sorted(path for path in files if path.name != PLAN and not path.name.startswith(("~$", ".")))


def counts_frame(rows: Iterable[tuple]) -> pd.DataFrame:
    """Lay count rows out as the frame of the contract: one row a base count, `value` Int64, NA where blank."""
    return _frame(rows, COUNT_FIELDS, "Int64")


def printed_frame(rows: Iterable[tuple]) -> pd.DataFrame:
    """Lay claims out as a frame: kind total, share (0-1), note or plan; NA in a key column means summed over."""
    return _frame(rows, PRINTED_FIELDS, "Float64")


def _frame(rows: Iterable[tuple], fields: tuple[str, ...], number: str) -> pd.DataFrame:
    columns = list(zip(*rows, strict=True)) or [()] * len(fields)
    return pd.DataFrame(
        {name: _column(name, column, number) for name, column in zip(fields, columns, strict=True)}, copy=False
    )


def _column(name: str, values: tuple, number: str):
    if name in CATEGORY_DTYPES:
        codes = np.fromiter(map(_CODES[name].get, values), np.int8, len(values))
        return pd.Categorical.from_codes(codes, dtype=CATEGORY_DTYPES[name], validate=False)
    if name != "value":
        return pd.array(np.array(values, dtype=object), dtype="str")
    blank = np.fromiter((value is None for value in values), bool, len(values))
    array, kind = (pd.arrays.IntegerArray, np.int64) if number == "Int64" else (pd.arrays.FloatingArray, np.float64)
    return array(np.fromiter((value or 0 for value in values), kind, len(values)), blank)


def holds_no_tables(grid: Grid) -> bool:
    """Tell whether a sheet came with a new workbook to check it and to serve it: nothing is reported there."""
    above = (grid.at(row, 0) for row in range(TITLE_REACH))
    return any(isinstance(text, str) and fold(text) in own_titles() for text in above)


def _find_all(grids: list[Grid]) -> tuple[list[FoundTable], list[Unclear]]:
    tables, unclear = [], []
    for grid in grids:
        found, unsure = find_tables(grid)
        tables += found
        unclear += unsure
    order = {name: place for place, name in enumerate(_TABLES)}
    return sorted(tables, key=lambda table: order[table.spec.name]), unclear


def _keep_first(tables: list[FoundTable]) -> tuple[list[FoundTable], list[Finding]]:
    """Keep each table's first appearance, a visible one before a hidden one; the others are findings."""
    kept: dict[str, FoundTable] = {}
    findings = []
    for table in sorted(tables, key=lambda table: table.region.grid.is_hidden):
        first = kept.setdefault(table.spec.name, table)
        if first is not table:
            title = table_title(table.spec.name)
            findings.append(
                make_finding("table_twice", table.source, table=table.spec.name, title=title, first=first.source)
            )
    return [kept[name] for name in _TABLES if name in kept], findings


def _no_tables(path: Path, grids: list[Grid], unclear: list[Unclear]) -> str:
    if unclear:
        return _unclear_findings(unclear)[0].message
    cells = sum(len(grid.cells) for grid in grids)
    seen = "every sheet is empty" if not cells else "no table of the quarterly report is in it"
    return f"{path.name}: {seen}. Choose the quarter's workbook; its tables are known by their headings and row labels."


def _unclear_findings(unclear: list[Unclear]) -> list[Finding]:
    names = codelist("tables")
    return [
        make_finding(
            "unclear_table",
            item.region.grid.source(item.region.top, item.region.stub),
            candidates=" or ".join(f"“{names.label(name)}”" for name in item.candidates),
        )
        for item in unclear
    ]


def _missing(extracts: dict[str, Extract], unclear: list[Unclear], path: Path) -> list[Finding]:
    possible = {name for item in unclear for name in item.candidates}
    return [
        make_finding("missing_table", (), table=name, title=table_title(name), file=path.name)
        for name in _TABLES
        if name not in extracts and name not in possible and not spec(name).is_optional
    ]


def _hidden(tables: list[FoundTable]) -> list[Finding]:
    return [
        make_finding("hidden_sheet", table.source, table=table.spec.name, title=table_title(table.spec.name))
        for table in tables
        if table.region.grid.is_hidden
    ]


def _unread_numbers(grids: list[Grid], regions: list[Region]) -> list[Finding]:
    """Note the numbers that stand in no known table: one finding a sheet."""
    findings = []
    for grid in grids:
        boxes = [region.box for region in regions if region.grid is grid]
        places = list(grid.cells)
        for top, bottom, left, right in boxes:
            places = [(row, column) for row, column in places if not (top <= row <= bottom and left <= column <= right)]
        places = [place for place in places if parse_value(grid.cells[place]).number is not None]
        if places:
            many = "a number stands" if len(places) == 1 else f"{len(places)} numbers, this one first, stand"
            where = [grid.source(*place) for place in sorted(places)]
            findings.append(make_finding("unread_numbers", where, count=many))
    return findings
