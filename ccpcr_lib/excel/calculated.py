"""Findings at formulas without a result → one finding, where the whole file was never calculated."""

from collections.abc import Sequence

from ..model.finding import Finding, sort_findings
from .file.grid import Grid
from .rules import make_finding

RULE = "not_calculated"
ALONE = "file"
"""The reason that needs no sentence of its own where it meets one cell only."""


def tell_once(findings: Sequence[Finding], grids: Sequence[Grid]) -> list[Finding]:
    """Join the findings at formulas into one that names all their cells, if no result in the file is to be trusted.

    `grids` are the sheets of the file, which say so.
    """
    reason = next((grid.distrust for grid in grids if grid.distrust), "")
    told = sort_findings(finding for finding in findings if finding.rule == RULE)
    if not told or not reason or (reason == ALONE and len(told) == 1):
        return list(findings)
    where = list(dict.fromkeys(cell for finding in told for cell in finding.where))
    tables = {finding.table for finding in told}
    table = tables.pop() if len(tables) == 1 else ""
    joined = make_finding(RULE, where, variant=reason, table=table, count=str(len(where)))
    return [joined, *(finding for finding in findings if finding.rule != RULE)]
