"""Explained findings: ``explanations.csv`` → findings marked as explained, and explanations that no longer hold.

A line names the finding by rule, table and cells and repeats the figure it speaks of. When the figure changes the
explanation is void, and says so.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields, replace
from pathlib import Path

from ..model.finding import Finding
from ..words import say
from .rules import make_finding

FILE = "explanations.csv"


@dataclass(frozen=True)
class Explanation:
    """One line of the file: the finding by rule, table and cells, the figures it speaks of, and who explains.

    `cells` names one or more cells of the finding, ``;`` between them. `role` is a role, never a name. What is left
    empty of `period`, `table` and `expected` is not compared.
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


COLUMNS = tuple(field.name for field in fields(Explanation))


def read_explanations(path: Path) -> list[Explanation]:
    """Read the file; none is no explanation."""
    if not path.is_file():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = ({name: (value or "").strip() for name, value in row.items() if name} for row in csv.DictReader(file))
        return [Explanation(**{name: row.get(name, "") for name in COLUMNS}) for row in rows if any(row.values())]


def explain(findings: Iterable[Finding], explanations: Sequence[Explanation], period: str) -> list[Finding]:
    """Mark explained findings as notes, and add a finding for each explanation that is void or no longer needed."""
    own = [item for item in explanations if item.period in ("", period)]
    result, used = [], set()
    for finding in findings:
        match = next((item for item in own if _speaks_of(item, finding)), None)
        if match is None or finding.severity == "error":
            result.append(finding)
        elif match.printed == finding.printed and match.expected in ("", finding.expected):
            used.add(id(match))
            result.append(_explained(finding, match))
        else:
            used.add(id(match))
            result += [finding, _void(finding, match)]
    unused = [item for item in own if id(item) not in used]
    return result + [
        make_finding("explanation_unused", [item.cells], table=item.table, date=item.date, explanation=item.explanation)
        for item in unused
    ]


def _speaks_of(item: Explanation, finding: Finding) -> bool:
    cells = [cell.strip() for cell in item.cells.split(";")]
    is_named = all(cell in finding.where for cell in cells) and item.table in ("", finding.table)
    return is_named and item.rule == finding.rule


def _explained(finding: Finding, item: Explanation) -> Finding:
    by = ", ".join(filter(None, (item.role, item.date)))
    return replace(finding, severity="note", remark=say("explained", by=by, explanation=item.explanation))


def _void(finding: Finding, item: Explanation) -> Finding:
    then, now = _figures(item), _figures(finding)
    return make_finding(
        "explanation_void", finding.where, table=finding.table, printed=now, expected=then, date=item.date
    )


def _figures(record: Finding | Explanation) -> str:
    """Write which figures a finding, or an explanation of it, is about."""
    if record.printed and record.expected:
        return say("against", printed=record.printed, expected=record.expected)
    return record.printed or record.expected


def add_explanation(path: Path, item: Explanation) -> str:
    """Give the text of the file with one more line; an older line on the same finding is replaced."""
    same = (item.period, item.rule, item.table, item.cells)
    kept = [old for old in read_explanations(path) if (old.period, old.rule, old.table, old.cells) != same]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(astuple(line) for line in (*kept, item))
    return text.getvalue()
