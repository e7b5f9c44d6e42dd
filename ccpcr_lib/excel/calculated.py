"""Findings at formulas without a result → one finding, which names how many there are, on which sheets, the first."""

from collections.abc import Sequence

from ..model.finding import Finding, sheet_of, sort_findings
from .file.grid import Grid, Uncalculated
from .rules import make_finding

RULE = "not_calculated"
ALONE = "file"
"""The reason that needs no sentence of its own where it meets one cell only."""
SEVERAL = "several"
"""How several formulas are told that have no result, where others in the file have one."""


FOLLOWING = frozenset({"table_unread", "unclear_table"})
"""What is wrong with a sheet whose titles, headings or row labels are formulas without a result."""
BESIDE = FOLLOWING | {"unread_numbers"}
"""What is said of such a sheet besides."""


def tell_once(findings: Sequence[Finding], grids: Sequence[Grid]) -> list[Finding]:
    """Join the findings at formulas without a result into one that names all their cells.

    `grids` are the sheets of the file, which say why no result in it is to be trusted, if so. A table that such a sheet
    has and that could not be read is no finding of its own.
    """
    reason = next((grid.distrust for grid in grids if grid.distrust), "")
    blank = _without_result(grids)
    following = [finding for finding in findings if finding.rule in FOLLOWING and _sheet(finding) in blank]
    told = sort_findings(finding for finding in findings if finding.rule == RULE)
    if not following and (not told or (reason in ("", ALONE) and len(told) == 1)):
        return list(findings)
    unread = set(map(_sheet, following))
    cells = [
        *(cell for finding in told for cell in finding.where),
        *(cell for name in sorted(unread) for cell in blank[name]),
    ]
    where = _in_order(cells, grids)
    tables = {finding.table for finding in (*told, *following)}
    table = tables.pop() if len(tables) == 1 else ""
    joined = make_finding(RULE, where, variant=_variant(reason, where), table=table, **_counted(where))
    gone = {RULE, "missing_table"} if following else {RULE}
    others = (finding for finding in findings if finding.rule not in gone)
    return [joined, *(finding for finding in others if finding.rule not in BESIDE or _sheet(finding) not in unread)]


def _in_order(cells: Sequence[str], grids: Sequence[Grid]) -> list[str]:
    """Put cells in the order of their sheets, each once."""
    order = {grid.name: place for place, grid in enumerate(grids)}
    return sorted(dict.fromkeys(cells), key=lambda cell: order.get(sheet_of(cell), 0))


def _sheet(finding: Finding) -> str:
    return sheet_of(finding.where[0]) if finding.where else ""


def _without_result(grids: Sequence[Grid]) -> dict[str, list[str]]:
    """Name the cells of each sheet whose formulas have no result, row by row."""
    cells = {
        grid.name: [place for place, content in grid.cells.items() if isinstance(content, Uncalculated)]
        for grid in grids
    }
    named = {grid.name: [grid.source(*place) for place in sorted(cells[grid.name])] for grid in grids}
    return {name: sources for name, sources in named.items() if sources}


def _variant(reason: str, where: Sequence[str]) -> str:
    """Choose the sentence: by the reason, and whether the cell that is named first says already which sheet it is."""
    return f"{reason or SEVERAL}.sheets" if len(_sheets(where)) > 1 and reason != "manual" else reason or SEVERAL


def _counted(where: Sequence[str]) -> dict[str, str]:
    return {"count": str(len(where)), "sheets": ", ".join(_sheets(where))}


def _sheets(where: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(map(sheet_of, where)))


def first_without_result(grids: Sequence[Grid]) -> tuple[str, int]:
    """Name the first cell of a file whose formula has no result, and count them all; an empty name for none."""
    cells = [cell for sheet in _without_result(grids).values() for cell in sheet]
    return (cells[0] if cells else ""), len(cells)
