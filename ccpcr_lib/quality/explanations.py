"""Explained findings: ``explanations.csv`` → findings marked as explained, and explanations that no longer hold.

A line names the finding by rule, table and cells and repeats the figure it speaks of. When the figure changes the
explanation is void, and says so.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..model.finding import Finding
from ..model.list_file import lines_of, text_of
from ..words import say
from .rules import make_finding

EXPLANATIONS_FILE = "explanations.csv"

EXPLANATION_VOID = "explanation_void"
"""The rule of an explanation that no longer holds."""


class Explanation(NamedTuple):
    """One line of the file: the finding by rule, table and cells, the figures it speaks of, and who explains.

    `cells` names one or more cells of the finding, in question or evidence, ``;`` between them. `role` is a role, never
    a name. What is left empty of `period`, `table` and `expected` is not compared.
    """

    period: str
    rule: str
    table: str
    cells: str
    printed: str
    expected: str
    explanation: str
    role: str
    date: str


COLUMNS = Explanation._fields
NAMING = ("rule", "cells", "explanation")
"""The columns without which no line explains anything."""


def read_explanations(path: Path) -> list[Explanation]:
    """Read the lines of the file in their order, empty ones left out; without a file there is no explanation.

    Raise CannotReadError for a file that is not UTF-8, or without the columns that name a finding.
    """
    text = text_of(path) if path.is_file() else ""
    lines = lines_of(text, path.name, *NAMING) if text.strip() else {}
    return [Explanation(**{name: line.get(name, "") for name in COLUMNS}) for line in lines.values()]


def explain(
    findings: Iterable[Finding], explanations: Sequence[Explanation]
) -> tuple[list[Finding], list[Explanation]]:
    """Mark explained findings as notes, and add one for each explanation that is void; give those left over, too."""
    result: list[Finding] = []
    used: set[int] = set()
    for finding in findings:
        match = next((line for line in explanations if _speaks_of(line, finding)), None)
        if match is None or finding.severity == "error":
            result.append(finding)
            continue
        used.add(id(match))
        still_holds = match.printed == finding.printed and match.expected in ("", finding.expected)
        result += [_explained(finding, match)] if still_holds else [finding, _void(finding, match)]
    return result, [line for line in explanations if id(line) not in used]


def _speaks_of(line: Explanation, finding: Finding) -> bool:
    cells = [cell.strip() for cell in line.cells.split(";")]
    named = (*finding.where, *finding.evidence)
    is_named = all(cell in named for cell in cells) and line.table in ("", finding.table)
    return is_named and line.rule in (finding.rule, *(other.rule for other in finding.settled))


def _explained(finding: Finding, line: Explanation) -> Finding:
    by = ", ".join(filter(None, (line.role, line.date)))
    return replace(finding, severity="note", remark=say("explained", by=by, explanation=line.explanation))


def _void(finding: Finding, line: Explanation) -> Finding:
    printed, expected = _figures(finding.printed, finding.expected), _figures(line.printed, line.expected)
    return make_finding(
        EXPLANATION_VOID, finding.where, table=finding.table, printed=printed, expected=expected, date=line.date
    )


def _figures(printed: str, expected: str) -> str:
    """Name the figures a finding is about: both where both are known."""
    return say("figure_against", printed=printed, expected=expected) if printed and expected else printed or expected


def explanation_unused(line: Explanation) -> Finding:
    """Say that an explanation is needed no longer."""
    return make_finding(
        "explanation_unused", [line.cells], table=line.table, date=line.date, explanation=line.explanation
    )


def add_explanation(path: Path, line: Explanation) -> str:
    """Give the text of the file with one more line; an older line on the same finding is replaced."""
    same = (line.period, line.rule, line.table, line.cells)
    kept = [old for old in read_explanations(path) if (old.period, old.rule, old.table, old.cells) != same]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows((*kept, line))
    return text.getvalue()
