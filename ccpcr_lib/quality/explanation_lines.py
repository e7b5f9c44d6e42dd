"""Lines of ``explanations.csv`` that explain nothing → findings: what they name is not known, or needed no longer.

Whoever mistypes a rule or a cell has still given a reason: such a line is to be corrected, never removed.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from ..excel.file.address import column_number
from ..excel.reader import Reading
from ..excel.rules import READING_RULES
from ..model.catalogue import CATALOGUE
from ..model.cell_names import CellName, cell_name
from ..model.codelist import codelist
from ..model.finding import Finding
from ..model.period import is_quarter
from ..model.text import name_of, on_one_line
from ..words import did_you_mean
from .explanations import (
    EXPLANATION_UNKNOWN,
    EXPLANATION_UNUSED,
    EXPLANATIONS_FILE,
    OF_LINES,
    Explanation,
    numbered_explanations,
    said_of,
)
from .rules import CHECK_RULES, make_finding

RULES = {**READING_RULES, **CHECK_RULES}


def explanations_of(path: Path, period: str) -> tuple[dict[int, Explanation], list[Finding]]:
    """Give the lines that speak of a quarter by the numbers of their rows, and a finding for each of no quarter."""
    lines = numbered_explanations(path)
    dated = {number: line for number, line in lines.items() if line.period in ("", period)}
    undated = [
        _unknown(number, "period", line.period)
        for number, line in lines.items()
        if line.period and not is_quarter(line.period)
    ]
    return dated, undated


def unused_lines(
    numbered: Mapping[int, Explanation], unused: Iterable[Explanation], reading: Reading, findings: Collection[Finding]
) -> Iterator[Finding]:
    """Say of each line that explained nothing why: what it names is not known, another finding is there, or none."""
    numbers = {id(line): number for number, line in numbered.items()}
    for line in unused:
        yield from [*_unknown_names(numbers[id(line)], line, reading)] or [_not_needed(line, findings)]


def _unknown_names(number: int, line: Explanation, reading: Reading) -> Iterator[Finding]:
    if line.rule not in RULES:
        yield _unknown(number, "rule", line.rule, did_you_mean(line.rule, sorted(RULES)))
    elif RULES[line.rule] == "error":
        yield _unknown(number, "error", line.rule)
    tables = [table.name for table in CATALOGUE]
    if line.table and line.table not in tables:
        titles = {text: member.code for member in codelist("tables").members.values() for text in member.spellings}
        known = {title: code for title, code in titles.items() if code in tables}
        yield _unknown(number, "table", line.table, did_you_mean(line.table, tables, known))
    for cell in line.cells.split(";"):
        if not _is_of_another_file(cell, reading):
            yield from _unknown_cell(number, cell, reading)


def _is_of_another_file(cell: str, reading: Reading) -> bool:
    """Check whether a cell is one of the plan, of another quarter's workbook, or of a CSV file."""
    return ("[" in cell and f"[{name_of(reading.path)}]" not in cell) or ".csv!" in cell.casefold()


def _unknown_cell(number: int, written: str, reading: Reading) -> Iterator[Finding]:
    named = cell_name(written)
    sheets = {cell_name(f"{sheet}!A1").sheet: sheet for sheet in reading.sheets}
    are_several = written.count("!") > 1 and named.sheet not in sheets
    if are_several or not named.row or not named.sheet:
        yield _unknown(number, "cell", written)
    elif named.sheet not in sheets:
        sheet = written.rpartition("!")[0].strip(" '=") or named.sheet
        yield _unknown(number, "sheet", sheet, did_you_mean(sheet, reading.sheets))
    elif not _lies_in(named, reading.sheets[sheets[named.sheet]]):
        yield _unknown(number, "cell", written)


def _lies_in(cell: CellName, size: tuple[int, int]) -> bool:
    rows, columns = size
    return cell.row <= rows and column_number(cell.column) < columns


def _unknown(number: int, variant: str, written: str, near: str = "") -> Finding:
    where = [f"{EXPLANATIONS_FILE}!A{number}"]
    return make_finding(EXPLANATION_UNKNOWN, where, variant=variant, written=on_one_line(written), near=near)


def _not_needed(line: Explanation, findings: Collection[Finding]) -> Finding:
    """Say that an explanation is needed no longer; where its cell has another finding, that it does not explain that.

    The other one may be what was meant.
    """
    cells = {cell_name(cell) for cell in line.cells.split(";")}
    others = [finding.rule for finding in findings if _is_open(finding) and cell_name(finding.where[0]) in cells]
    fields = {"about": line.rule, "others": ", ".join(dict.fromkeys(others))} if others else {}
    variant = "other" if others else ""
    where = [on_one_line(line.cells)]
    return make_finding(EXPLANATION_UNUSED, where, variant=variant, table=line.table, **said_of(line), **fields)


def _is_open(finding: Finding) -> bool:
    """Check whether a finding can be explained, and is not yet."""
    can_be = finding.where and finding.severity != "error" and not finding.remark
    return bool(can_be) and finding.rule not in OF_LINES
