"""Findings → the terminal: in words by workbook and table, or as JSON for another program."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ..model.finding import COLUMNS, SEVERITIES
from ..model.wording import table_title
from ..words import say

if TYPE_CHECKING:
    from ..analysis.report import Report
    from ..model.finding import Finding
    from .proof.verify import Proof


def print_findings(reports: "Sequence[Report]", *, say_none: bool = False) -> None:
    """Print findings by workbook and table, in words; coloured only in a terminal."""
    for loaded in reports:
        if len(reports) > 1 or say_none:
            click.secho(f"{loaded.workbook} ({loaded.period})", bold=True)
        for table in dict.fromkeys(item.table for item in loaded.problems):
            _print_group(table, [item for item in loaded.problems if item.table == table])
        if loaded.problems or say_none:
            click.echo(_summary(loaded.problems))


def _print_group(table: str, problems: list) -> None:
    colours = {"error": "red", "warning": "yellow", "note": "cyan"}
    click.secho(table_title(table) if table else "The workbook", underline=True)
    for item in problems:
        click.echo(f"  {click.style(item.severity, fg=colours[item.severity])}: {item.message}")


def in_numbers(problems: "Sequence[Finding]", language: str = "en") -> dict[str, str]:
    """Count findings by severity, in words.

    >>> in_numbers([])
    {'error': '0 errors', 'warning': '0 warnings', 'note': '0 notes'}
    """
    counts = {name: sum(item.severity == name for item in problems) for name in SEVERITIES}
    codes = {name: f"count_{name}_one" if count == 1 else f"count_{name}" for name, count in counts.items()}
    return {name: say(code, language, count=counts[name]) for name, code in codes.items()}


def _summary(problems: "Sequence[Finding]") -> str:
    """Count what was found: ``2 warnings, 1 note.``"""
    there = {item.severity for item in problems}
    parts = [text for name, text in in_numbers(problems).items() if name in there]
    return f"{', '.join(parts)}." if parts else "Nothing to report."


def print_json(reports: "Sequence[Report]") -> None:
    """Print the findings of reports as one JSON list, in UTF-8 whatever the terminal."""
    found = [{column: getattr(item, column) for column in COLUMNS} for loaded in reports for item in loaded.problems]
    click.echo(json.dumps(found, ensure_ascii=False, indent=2).encode())


def print_proof(proof: "Proof") -> None:
    """Print what is the same and what changed of a report that was made again, and the result in the last line."""
    from .proof.verify import lines_of

    click.secho(f"The report of {proof.provenance.period}, made again", bold=True)
    words = {True: ("same   ", "green"), False: ("changed", "yellow"), None: ("note   ", "cyan")}
    for is_same, line in lines_of(proof):
        word, colour = words[is_same]
        click.echo(f"{click.style(word, fg=colour)} {line}")
    outputs = [output for outputs in proof.notebooks.values() for output in outputs]
    changed = sum(bool(output.differences) for output in outputs)
    click.echo(f"{len(outputs) - changed} of {len(outputs)} tables, charts and texts show the same figures.")
