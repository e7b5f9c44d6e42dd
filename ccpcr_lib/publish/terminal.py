"""Findings → the terminal: in words by workbook and table, or as JSON for another program."""

from collections.abc import Sequence
from typing import Protocol

import click

from ..model.finding import COLUMNS, Finding
from ..model.wording import in_numbers, table_title
from ..words import say
from .files import json_text

COLOURS = {"error": "red", "warning": "yellow", "note": "cyan"}


class Judged(Protocol):
    """What is said of a workbook in a terminal: its name, its quarter, what is wrong with it."""

    @property
    def workbook(self) -> str:
        """The name of the workbook file."""

    @property
    def period(self) -> str:
        """The quarter, such as ``2010-Q2``; empty for a plan."""

    @property
    def problems(self) -> Sequence[Finding]:
        """What is wrong with the workbook."""


def print_findings(reports: Sequence[Judged], *, say_none: bool = False) -> None:
    """Print findings by workbook and table, in words; coloured only in a terminal."""
    for report in reports:
        if len(reports) > 1 or say_none:
            click.secho(f"{report.workbook} ({report.period})" if report.period else report.workbook, bold=True)
        for table in dict.fromkeys(finding.table for finding in report.problems):
            _print_group(table, [finding for finding in report.problems if finding.table == table])
        if report.problems or say_none:
            click.echo(_summary(report.problems, is_plan=not report.period))


def _print_group(table: str, findings: Sequence[Finding]) -> None:
    click.secho(table_title(table) if table else say("findings_workbook"), underline=True)
    for finding in findings:
        click.echo(f"  {click.style(finding.severity, fg=COLOURS[finding.severity])}: {finding.message}")


def _summary(findings: Sequence[Finding], *, is_plan: bool) -> str:
    """Count findings by the severities there are: ``2 warnings, 1 note.``"""
    there = {finding.severity for finding in findings}
    counts = [count for severity, count in in_numbers(findings).items() if severity in there]
    return (
        say("findings_counted", counts=", ".join(counts))
        if counts
        else say("plan_none" if is_plan else "findings_none")
    )


def print_json(reports: Sequence[Judged]) -> None:
    """Print the findings of reports as one JSON list, in UTF-8 whatever the terminal."""
    findings = (finding for report in reports for finding in report.problems)
    rows = [{column: getattr(finding, column) for column in COLUMNS} for finding in findings]
    click.echo(json_text(rows, indent=2).encode())
