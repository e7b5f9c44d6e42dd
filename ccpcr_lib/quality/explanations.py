"""Explained findings: ``explanations.csv`` → findings marked as explained, and explanations that no longer hold.

A line names the finding by rule, table and cells and repeats the figure it speaks of. When the figure changes the
explanation is void, and says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..excel.dating import whole_quarter
from ..model.cell_names import cell_name
from ..model.errors import CannotReadError
from ..model.finding import Finding
from ..model.list_change import with_line
from ..model.list_file import lines_of, text_of
from ..model.list_table import column_name, is_empty
from ..model.text import on_one_line
from ..words import say
from .rules import make_finding

EXPLANATIONS_FILE = "explanations.csv"

EXPLANATION_VOID = "explanation_void"
"""The rule of an explanation that no longer holds."""

EXPLANATION_UNUSED = "explanation_unused"
"""The rule of an explanation that explains nothing any more."""


EXPLANATION_UNKNOWN = "explanation_unknown"
"""The rule of a line that names what there is not."""

OF_LINES = frozenset({EXPLANATION_VOID, EXPLANATION_UNUSED, EXPLANATION_UNKNOWN})
"""The rules of lines of the file: what they find is not to be explained."""


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

    Raise CannotReadError for a file that cannot be read, one without the columns that name a finding, and a line that
    fills only some of them.
    """
    return [*numbered_explanations(path).values()]


def numbered_explanations(path: Path) -> dict[int, Explanation]:
    """Read the lines of the file by the numbers of their rows; raise CannotReadError as `read_explanations` does."""
    return _numbered(_text(path), path.name)


def _text(path: Path) -> str:
    return text_of(path) if path.exists() or path.is_symlink() else ""


def _numbered(text: str, file: str) -> dict[int, Explanation]:
    """Read the explanations of a text by the numbers of their rows; what explains nothing is a remark, and left out."""
    lines = {} if is_empty(text) else lines_of(text, file, *NAMING)
    for number, line in lines.items():
        empty = [column for column in NAMING if not line[column]]
        if empty and len(empty) < len(NAMING):
            raise CannotReadError(say("explanation_incomplete", line=number, column=empty[0]), file=file)
    return {number: _explanation(line) for number, line in lines.items() if line["rule"]}


def _explanation(line: Mapping[str, str]) -> Explanation:
    """Make the explanation of a line; its quarter, rule and table may be written in any way that is understood."""
    fields = {name: line.get(name, "") for name in COLUMNS}
    names = {name: column_name(fields[name]) for name in ("rule", "table")}
    return Explanation(**fields | names | {"period": whole_quarter(fields["period"]) or fields["period"]})


def explain(
    findings: Iterable[Finding], explanations: Sequence[Explanation]
) -> tuple[list[Finding], list[Explanation]]:
    """Mark explained findings as notes, and add one for each explanation that is void; give those left over, too.

    Of several explanations of a finding the last one that holds counts. One that holds for another finding is not void.
    """
    pairs = [(finding, [line for line in explanations if _speaks_of(line, finding)]) for finding in findings]
    holding = [[line for line in lines if _holds(line, finding)] for finding, lines in pairs]
    used = {id(lines[-1]) for lines in holding if lines}
    result: list[Finding] = []
    for (finding, lines), those_that_hold in zip(pairs, holding, strict=True):
        void = [line for line in lines if id(line) not in used]
        if those_that_hold:
            result.append(_explained(finding, those_that_hold[-1]))
        else:
            result += [finding, *(_void(finding, line) for line in void[:1])]
            used.update(map(id, void[:1]))
    return result, [line for line in explanations if id(line) not in used]


def _speaks_of(line: Explanation, finding: Finding) -> bool:
    if finding.severity == "error" or line.rule not in (finding.rule, *(other.rule for other in finding.settled)):
        return False
    named = {cell_name(cell) for cell in (*finding.where, *finding.evidence)}
    return named.issuperset(map(cell_name, line.cells.split(";"))) and line.table in ("", finding.table)


def _holds(line: Explanation, finding: Finding) -> bool:
    """Check whether a finding still has the figures that a line speaks of, as Excel may have spaced them."""
    printed, expected = _close(line.printed), _close(line.expected)
    return printed == _close(finding.printed) and expected in ("", _close(finding.expected))


def _close(figure: str) -> str:
    return "".join(figure.split())


def _explained(finding: Finding, line: Explanation) -> Finding:
    by = ", ".join(filter(None, (line.role, line.date))) or say("explanation_undated")
    return replace(finding, severity="note", remark=on_one_line(say("explained", by=by, explanation=line.explanation)))


def _void(finding: Finding, line: Explanation) -> Finding:
    figures = {
        "printed": _figures(finding.printed, finding.expected),
        "expected": on_one_line(_figures(line.printed, line.expected)),
    }
    return make_finding(EXPLANATION_VOID, finding.where, table=finding.table, **figures, date=_date(line))


def _figures(printed: str, expected: str) -> str:
    """Name the figures a finding is about: both where both are known."""
    return say("figure_against", printed=printed, expected=expected) if printed and expected else printed or expected


def said_of(line: Explanation) -> dict[str, str]:
    """Give what a finding says of an explanation: of when it is, and its words."""
    return {"date": _date(line), "explanation": on_one_line(line.explanation)}


def _date(line: Explanation) -> str:
    return on_one_line(line.date) or say("explanation_undated")


class Added(NamedTuple):
    """The text of the file with one more explanation, and the one of the same finding whose place it takes, if any."""

    text: str
    earlier: Explanation | None


def add_explanation(path: Path, line: Explanation) -> Added:
    """Add a line that explains a finding; an older line of the same quarter, rule and cell says this instead.

    All else in the file stays. Raise CannotReadError where it cannot be read.
    """
    text = _text(path)
    numbered = _numbered(text, path.name)
    at = next((number for number, old in numbered.items() if _is_same(old, line)), None)
    return Added(with_line(text, path.name, line._asdict(), NAMING, at=at), numbered[at] if at else None)


def _is_same(old: Explanation, line: Explanation) -> bool:
    """Check whether an older line explains the same finding; its table may be left empty."""
    is_there = cell_name(old.cells) == cell_name(line.cells) and old.table in ("", line.table)
    return is_there and (old.period, old.rule) == (line.period, line.rule)
