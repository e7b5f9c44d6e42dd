"""A workbook file → a `Reading`: its counts and its claims as records, and what could not be read.

Counts are the base cells; claims are what the sheet says of its own totals, shares, notes and plan. Neither is ever
mixed with the other. The frames of the contract are views of them, made when they are asked for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..model.catalogue import CATALOGUE
from ..model.codelist import fold
from ..model.errors import CannotReadError
from ..model.finding import Finding, sort_findings
from ..model.records import Claim, Count
from ..model.wording import table_title
from ..words import say
from .calculated import first_without_result, tell_once
from .dating import date_workbook
from .extract import extract_table
from .file.facts import refuse
from .file.grid import Grid, read_grids
from .file.package import open_package
from .finder import TITLE_REACH, Headed, RecognisedTable, Unclear, find_tables
from .frames import view_claims, view_counts
from .marks import hidden_cells
from .narrative import Bullet, SectionPlace, read_narrative
from .parts import Parts, about, join_parts
from .plan_file import PLAN_FILE
from .rules import make_finding
from .strays import report_strays
from .titles import own_titles
from .unread import report_missing_tables

if TYPE_CHECKING:
    import pandas as pd

SYNTHETIC = "SYNTHETIC"
"""What a workbook with made-up data says at the top of a sheet."""

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".ods")
LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini"})
"""What Windows leaves in a folder."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What a workbook says: `data` is the file as it was read, `base` are its counts, `claims` what it prints of them.

    `members` gives each recognised table's rows in the order they were found in.

    `places` names the cell that each table was found at, its stub's heading. `narrative` are the sentences for the
    deck, in their order; `section_places` are their sections and places as written, of those without a text too.
    `is_synthetic`: the workbook says of itself, at the top of a sheet, that its data are made up. `calculated` are the
    cells of claims that formulas fill, `texts` those of counts that stand there as texts: no formula adds them.
    `note_cells` gives the cell of a note in a column of notes, by that of the figure it speaks of. `sheets` gives how
    many rows and columns each sheet fills.
    """

    path: Path
    data: bytes = field(repr=False)
    period: str
    base: tuple[Count, ...] = field(repr=False)
    claims: tuple[Claim, ...] = field(repr=False)
    findings: tuple[Finding, ...]
    members: Mapping[str, tuple[str, ...]]
    places: Mapping[str, str]
    is_synthetic: bool = False
    narrative: tuple[Bullet, ...] = ()
    section_places: tuple[SectionPlace, ...] = ()
    calculated: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    note_cells: Mapping[str, str] = field(default_factory=dict)
    sheets: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def sha256(self) -> str:
        """The fingerprint of the file as it was read."""
        from hashlib import sha256  # what only checks a workbook needs none

        return sha256(self.data).hexdigest()

    @cached_property
    def counts(self) -> "pd.DataFrame":
        """Its counts as the frame of the contract: one row a base count."""
        return view_counts(self.base)

    @cached_property
    def printed(self) -> "pd.DataFrame":
        """Its claims as the frame of the contract; NA in a key column means summed over, shares are 0-1."""
        return view_claims(self.claims)


def read_workbook(path: str | Path, period: str | None = None) -> Reading:
    """Read a quarter's workbook.

    `period` (``2010-Q2``) is needed only where neither the workbook nor its name says it. The file is opened
    read-only. Raise CannotReadError with one line for a file that is no workbook or holds no known table.
    """
    path = Path(path)
    package = open_package(path)
    sheets = read_grids(package)
    prose = read_narrative(sheets)
    grids = [grid for grid in prose.grids if not _holds_no_tables(grid)]
    tables, unclear = _find_all(grids)
    if not tables:
        raise _without_tables(path, grids, unclear)
    quarter, misdated = date_workbook(grids, tables, path, period)
    parts, joined = join_parts(tables)
    extracts = {name: extract_table(own, quarter) for name, own in parts.items()}
    findings = [*prose.findings, *joined, *map(_unclear, unclear), *misdated]
    seen = {*extracts, *(name for region in unclear for name in region.candidates)}
    findings += [*report_missing_tables(grids, [*tables, *unclear], seen, path), *_hidden(parts)]
    findings += report_strays(grids, [*tables, *unclear])
    findings += hidden_cells([table for own in parts.values() for table in own])
    findings += [finding for extract in extracts.values() for finding in extract.findings]
    claims = tuple(claim for extract in extracts.values() for claim in extract.claims)
    return Reading(
        path,
        package.data,
        quarter,
        base=tuple(count for extract in extracts.values() for count in extract.counts),
        claims=claims,
        findings=tuple(sort_findings(tell_once(findings, prose.grids))),
        members=MappingProxyType({name: extract.members for name, extract in extracts.items()}),
        places=MappingProxyType({name: own[0].source for name, own in parts.items()}),
        is_synthetic=any(map(_says_synthetic, grids)),
        narrative=prose.bullets,
        section_places=prose.section_places,
        texts=frozenset(cell for extract in extracts.values() for cell in extract.texts),
        calculated=_formulas(grids) & {claim.source for claim in claims},
        note_cells=MappingProxyType({cell: at for own in extracts.values() for cell, at in own.note_cells.items()}),
        sheets=MappingProxyType({grid.name: _filled(grid) for grid in sheets}),
    )


def _filled(grid: Grid) -> tuple[int, int]:
    """Count the rows and columns of a sheet, up to the last that holds something; merged cells are held."""
    places = (*grid.cells, *grid.covered)
    return max((row for row, _ in places), default=-1) + 1, max((column for _, column in places), default=-1) + 1


def workbooks(folder: str | Path) -> list[Path]:
    """List the workbooks of a folder by name; Excel's own lock files, hidden files and the plan are none."""
    folder = Path(folder)
    if not folder.is_dir():
        raise CannotReadError(say("folder_missing", folder=folder.name))
    files = (path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    return sorted(path for path in files if path.name.lower() != PLAN_FILE and not is_left_behind(path.name))


def is_left_behind(name: str) -> bool:
    """Check whether a file is one that a program leaves behind while a workbook is open, or one that is hidden.

    >>> is_left_behind("~$2010-Q2.xlsx"), is_left_behind(".~lock.2010-Q2.xlsx#"), is_left_behind("2010-Q2.xlsx")
    (True, True, False)
    """
    return name.startswith(("~", ".")) or name.lower() in LEFT_BEHIND


# --- sheets ------------------------------------------------------------------------------------------------


def _holds_no_tables(grid: Grid) -> bool:
    """Check whether a sheet came with a new workbook to check it and to serve it: nothing is reported there."""
    above = (grid.at(row, 0) for row in range(TITLE_REACH))
    return any(isinstance(text, str) and fold(text) in own_titles() for text in above)


def _formulas(grids: Sequence[Grid]) -> frozenset[str]:
    """Name the cells of all sheets that formulas fill."""
    return frozenset(grid.source(*place) for grid in grids for place in grid.formulas)


def _says_synthetic(grid: Grid) -> bool:
    """Check whether a sheet's first rows say SYNTHETIC, as everything made by `ccpcr demo` does."""
    top = (text for (row, _), text in grid.cells.items() if row < 3 and isinstance(text, str))
    return any(text.startswith(SYNTHETIC) for text in top)


# --- tables ------------------------------------------------------------------------------------------------


def _find_all(grids: Sequence[Grid]) -> tuple[list[RecognisedTable], list[Unclear]]:
    """Find the tables of every sheet, in the order of the catalogue, and what could be more than one table."""
    before: Headed = {}
    sheets = [find_tables(grid, before) for grid in grids]
    order = {known.name: place for place, known in enumerate(CATALOGUE)}
    tables = sorted((table for named, _ in sheets for table in named), key=lambda table: order[table.spec.name])
    return tables, [region for _, unsure in sheets for region in unsure]


def _without_tables(path: Path, grids: Sequence[Grid], unclear: Sequence[Unclear]) -> CannotReadError:
    if unclear:
        return CannotReadError(_unclear(unclear[0]).message)
    first, count = first_without_result(grids)
    if first:
        return refuse(path, "file_not_calculated", first=first, count=str(count))
    return refuse(path, "file_without_tables" if any(grid.cells for grid in grids) else "file_blank")


# --- findings ----------------------------------------------------------------------------------------------


def _unclear(region: Unclear) -> Finding:
    first, second = map(table_title, region.candidates)
    return make_finding("unclear_table", region.source, first=first, second=second)


def _hidden(parts: Parts) -> list[Finding]:
    tables = [table for own in parts.values() for table in own]
    return [about(table, "hidden_sheet") for table in tables if table.region.grid.is_hidden]
