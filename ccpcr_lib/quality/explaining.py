"""What somebody types after ``ccpcr explain`` → the finding at that cell, and the line that explains it."""

import re
from collections.abc import Sequence
from datetime import date
from difflib import get_close_matches

from ..excel.file.address import column_number
from ..model.cell_names import CellName, cell_name
from ..model.errors import CannotReadError
from ..model.finding import Finding
from ..model.list_table import LONGEST, is_lost
from ..model.text import seen
from ..words import say
from .explanations import OF_LINES, Explanation

_UNTYPED = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff]")
"""Signs that no keyboard types and no file of text holds."""


def finding_at(findings: Sequence[Finding], cell: str, rule: str | None = None) -> Finding:
    """Give the finding that stands first at a cell, however the cell is written, of one rule if there are several.

    Raise CannotReadError where there is none, with the nearest cell that has one, where there are several, and for an
    error, which cannot be explained.
    """
    explained = [each for each in findings if each.where and each.rule not in OF_LINES]
    here = [each for each in explained if each.where[0] == cell.strip()]
    here = here or [each for each in explained if cell_name(each.where[0]) == cell_name(cell)]
    there = [each for each in here if rule is None or each.rule == rule.strip().lower()]
    if not there:
        raise CannotReadError(_nothing_here(explained, seen(cell), rule if here else None))
    if len(there) > 1:
        rules = ", ".join(dict.fromkeys(each.rule for each in there))
        raise CannotReadError(say("explain_several", cell=there[0].where[0], rules=rules))
    if there[0].severity == "error":
        raise CannotReadError(say("explain_error", cell=there[0].where[0]))
    return there[0]


def explanation_of(finding: Finding, period: str, text: str, role: str) -> Explanation:
    """Make the line that explains a finding of a quarter today, in the words of a role.

    Raise CannotReadError for words that say nothing, that were lost on their way here, or that are too long.
    """
    words, by = _typed(text), _typed(role)
    if is_lost(words) or is_lost(by):
        raise CannotReadError(say("explain_garbled"))
    if not any(map(str.isalnum, words)):
        raise CannotReadError(say("explain_no_reason"))
    if max(len(words), len(by)) >= LONGEST:
        raise CannotReadError(say("explain_too_long", count=len(words), limit=LONGEST))
    figures, today = (finding.printed, finding.expected), date.today().isoformat()
    return Explanation(period, finding.rule, finding.table, finding.where[0], *figures, words, by, today)


def _typed(text: str) -> str:
    """Give a text without signs that nobody typed, its lines ended in one way."""
    return _UNTYPED.sub("", re.sub(r"\r\n?", "\n", text)).strip()


def _nothing_here(findings: Sequence[Finding], cell: str, rule: str | None) -> str:
    """Say that no finding is at a cell, which one may be meant, and which cells have one."""
    cells = [*dict.fromkeys(each.where[0] for each in findings)]
    if rule:
        rules = ", ".join(dict.fromkeys(each.rule for each in findings if cell_name(each.where[0]) == cell_name(cell)))
        return say("explain_other_rule", cell=cell, rule=seen(rule), rules=rules)
    if not cells:
        return say("explain_nothing_anywhere", cell=cell)
    near = _nearest(findings, cells, cell)
    name = "explain_nearest" if near else "explain_nothing_here"
    return say(name, cell=cell, near=near, cells=", ".join(cells))


def _nearest(findings: Sequence[Finding], cells: Sequence[str], cell: str) -> str:
    """Name the cell with a finding that may be meant; empty where none is near.

    It is that of a finding this cell takes part in, else one on the same sheet, or on a sheet of nearly that name.
    """
    asked = cell_name(cell)
    part = [each.where[0] for each in findings if asked in map(cell_name, (*each.where, *each.evidence))]
    if part:
        return part[0]
    sheets = [cell_name(each).sheet for each in cells]
    near = [asked.sheet] if asked.sheet in sheets else get_close_matches(asked.sheet, sheets, n=1)
    on_sheet = [each for each in cells if cell_name(each).sheet in near]
    same = [each for each in cells if not asked.sheet and cell_name(each)[1:] == asked[1:]]
    return min(same or on_sheet, key=lambda each: _steps(asked, cell_name(each)), default="")


def _steps(asked: CellName, other: CellName) -> int:
    """Count the rows and columns between two cells."""
    return abs(asked.row - other.row) + abs(column_number(asked.column) - column_number(other.column))
