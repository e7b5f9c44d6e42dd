"""Findings: what is wrong with a figure, at which cell, in words an officer can act on.

A rule has a stable name, a severity and a message; a `Finding` is one rule met at some cells.
The records stand in the model because the reader makes the first of them and the checks the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

SEVERITIES = ("error", "warning", "note")
COLUMNS = ("rule", "severity", "table", "where", "message", "printed", "expected")


class CannotReadError(Exception):
    """A file is no workbook this project can read; the message says why and what to do (exit code 2)."""


@dataclass(frozen=True)
class Finding:
    """One thing that does not hold.

    `where` lists cells as ``Sheet!A1``, the one to look at first in front. `printed` is what stands there,
    `expected` what should; both are text, empty where there is nothing to say.
    """

    rule: str
    severity: str
    table: str
    where: tuple[str, ...]
    message: str
    printed: str = ""
    expected: str = ""
    statement: str = ""
    """The message without the advice, for readers who cannot correct the workbook."""


@dataclass(frozen=True)
class Rule:
    """A kind of finding: how grave it is, its message with ``{fields}``, and what to do about it."""

    severity: str
    message: str
    advice: str = ""


READING_RULES = MappingProxyType(
    {
        "not_a_number": Rule(
            "error", "{printed} stands where a number belongs. Type the number, or 0 if there were none."
        ),
        "fraction": Rule(
            "error", "{printed} is not a whole number. People and times are counted whole; correct the figure."
        ),
        "negative": Rule("error", "{printed} is below zero. A count cannot be negative; correct the figure."),
        "too_large": Rule("error", "{printed} is too large to be a count. Correct the figure."),
        "error_value": Rule(
            "error", "the cell shows the Excel error {printed}. Repair the formula or type the number."
        ),
        "date": Rule(
            "error", "a date ({printed}) stands where a number belongs. Format the cell as a number and type it again."
        ),
        "true_false": Rule("error", "{printed} stands where a number belongs. Type the number."),
        "not_calculated": Rule(
            "error", "the formula here has no result yet. Open the file in Excel, save it there, and try again."
        ),
        "merged_count": Rule(
            "error", "one merged cell stands for several counts. Unmerge it and type each count in its own cell."
        ),
        "unknown_row": Rule("error", "the row “{printed}” is not one this table knows.{hint} Correct the label."),
        "unknown_column": Rule(
            "error",
            "there are figures under the heading “{printed}”, which this table does not know.{hint} "
            "Correct the heading.",
        ),
        "row_twice": Rule("error", "the row “{printed}” stands twice, first in {first}. Keep one of them."),
        "column_twice": Rule("error", "the heading “{printed}” stands twice, first in {first}. Correct one of them."),
        "wrong_month": Rule(
            "error",
            "{printed} is not a month of {expected}, the quarter of this report. Correct the heading or the file.",
        ),
        "wrong_quarter": Rule("error", "{printed} stands here; the quarter should be {expected}. Correct the heading."),
        "table_twice": Rule(
            "error", "the table “{title}” is in this file a second time; the first is at {first}. Delete one of them."
        ),
        "unclear_table": Rule(
            "error", "this could be {candidates}: the headings fit both. Write the table's title above it."
        ),
        "period_conflict": Rule(
            "error", "the period is {printed} here but {expected} in {first}. Correct the one that is wrong."
        ),
        "unknown_note": Rule(
            "warning",
            "the note in “{printed}” has a part nobody can read: {part}. Write it like (SA1, NC2) or (F6, M6).",
        ),
        "missing_table": Rule(
            "warning",
            "the table “{title}” was not found in {file}. The report is made without it; add the table if it belongs.",
        ),
        "missing_column": Rule(
            "warning",
            "the table “{title}” has no column for {expected}. Add the column, or the report has no such figures.",
        ),
        "missing_row": Rule(
            "warning", "the table “{title}” has no row for {expected}. Add the row; write 0 if there were none."
        ),
        "unread_numbers": Rule(
            "note",
            "{count} outside every table this report knows; nothing was read there. "
            "If it is a table, check its headings.",
        ),
        "subtotal": Rule(
            "note", "the row “{printed}” adds up a part of the table. It was not read: the parts themselves were."
        ),
        "quarter_twice": Rule(
            "warning",
            "{file} reports {printed} too, as {first} does, and was left out. Keep one of them in the folder.",
        ),
        "unread_quarter": Rule(
            "note", "another quarter's workbook was left out: {why}", "Mend the file, or move it out of the folder."
        ),
        "plan_sheet": Rule(
            "error", "{file} has no sheet with the columns {expected}. Add it, or start again from data/plan.xlsx."
        ),
        "plan_column": Rule("error", "the column “{expected}” is missing here. Add it; data/plan.xlsx has an example."),
        "plan_empty": Rule("error", "nothing stands here for “{column}”. Fill it in, or delete the line."),
        "plan_unknown": Rule("error", "“{printed}” is not known as {column}. Choose one of: {expected}."),
        "plan_twice": Rule("error", "{printed} stands twice, first in {first}. Keep one of them."),
        "plan_number": Rule("error", "“{printed}” cannot be a {column}. Type {expected} that is not below zero."),
        "plan_period": Rule("error", "“{printed}” is neither a year nor a quarter. Write it like 2010 or 2010-Q2."),
        "plan_accumulate": Rule(
            "error", "quarters of this figure do not add up to a year: {why}. Write “{expected}” as accumulate."
        ),
        "plan_filter": Rule(
            "error",
            "“{part}” narrows nothing down in this table, which divides by: {expected}. Write it like case_type=TL.",
        ),
        "plan_no_year": Rule(
            "error",
            "a target for the year {printed}, but the quarters of this figure make no year (accumulate is “none”). "
            "Set targets by quarter, or say how quarters accumulate.",
        ),
        "plan_ratio": Rule(
            "error", "“{printed}” does not say a percent of what. Write part / whole, with two of: {expected}."
        ),
        "unknown_section": Rule(
            "warning",
            "“{printed}” is no section of the deck, so this sentence is not shown. Choose one of: {known}.",
        ),
        "sentence_order": Rule(
            "warning",
            "the order of this sentence, “{printed}”, is no whole number, so it stays behind the sentence above it. "
            "Type 1, 2, 3 …, or leave the cell blank.",
        ),
        "hidden_sheet": Rule("note", "the table “{title}” was read from a hidden sheet. Show the sheet, or delete it."),
    }
)


def finding(rule: str, where: str | Iterable[str], *, table: str = "", **fields: str) -> Finding:
    """Make a reading finding from its rule and the fields its message names.

    >>> finding("negative", "Slide 12!D5", table="education", printed="-3").message
    'Slide 12!D5: -3 is below zero. A count cannot be negative; correct the figure.'
    """
    cells = (where,) if isinstance(where, str) else tuple(where)
    return make(READING_RULES[rule], rule, cells, table, fields)


def make(rule: Rule, name: str, cells: tuple[str, ...], table: str, fields: dict[str, str]) -> Finding:
    """Fill a rule's message and put the first cell in front of it."""
    words = {field: "" for _, field, _, _ in Formatter().parse(rule.message) if field} | fields
    statement = rule.message.format(**words)
    if cells:
        statement = f"{cells[0]}: {statement}"
    message = f"{statement} {rule.advice}".rstrip()
    return Finding(
        name, rule.severity, table, cells, message, fields.get("printed", ""), fields.get("expected", ""), statement
    )


def findings_frame(findings: Iterable[Finding]) -> "pd.DataFrame":
    """Lay findings out as a frame with the columns rule, severity, table, where, message, printed, expected."""
    import pandas as pd

    rows = [{column: getattr(item, column) for column in COLUMNS} | {"where": list(item.where)} for item in findings]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def worst(findings: Iterable[Finding]) -> str | None:
    """Name the gravest severity among findings; None if there are none."""
    present = {item.severity for item in findings}
    return next((severity for severity in SEVERITIES if severity in present), None)
