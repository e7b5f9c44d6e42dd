"""``ccpcr check`` and ``ccpcr explain``: what does not add up, and what is right although it looks wrong."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..words import say, word_file
from .common import (
    EXIT_FINDINGS,
    EXIT_UNREADABLE,
    data_option,
    load,
    one_line,
    period_option,
    refuse_overwriting,
    warn_of_old_lists,
)

if TYPE_CHECKING:
    from ..analysis.report import Report
    from ..model.finding import Finding
    from ..quality.checked import Checked
    from ..quality.explanations import Explanation
    from ..quality.plan_checked import CheckedPlan

ROLE = word_file("commands")["explain_role"].en
"""Who explains, where nobody says. Only this one file is read for it: the help must come at once."""


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="PERIOD|FILE|FOLDER...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write the findings as a JSON list.")
@click.option(
    "--annotate",
    type=click.Path(path_type=Path),
    metavar="OUT.xlsx",
    help="Also write a copy of the workbook with the cells coloured and a comment on each.",
)
@data_option
@period_option
def check(
    names: tuple[Path, ...], *, as_json: bool, annotate: Path | None, data: Path | None, period: str | None
) -> None:
    """List what does not add up in workbooks, cell by cell.

    Name a quarter (2010-Q3), a workbook, or a folder for all of its workbooks. A plan is checked as a plan.

    Every total, share and note is recomputed, tables that print the same thing are compared, and so are other
    quarters' workbooks in the same folder (named like 2010-Q1.xlsx). What is explained in explanations.csv is a note.

    \b
    Exit code: 0 nothing above a note, 1 findings, 2 a workbook cannot be read.
    """
    with one_line():
        from ..excel.named_files import asked_quarter
        from ..excel.to_check import to_check
        from ..model.errors import CannotReadError
        from ..publish.terminal import print_findings, print_json

        period = asked_quarter(period)
        asked = to_check(names, data)
        if annotate and len(asked.files) != 1:
            raise CannotReadError(say("check_annotate_one"))
        warn_of_old_lists()
        checked, refused = _check_each(asked.files, period)
        if annotate:
            _write_annotated(checked[0], annotate)
    for line in (*asked.passed_over, *asked.unclear, *refused):
        click.echo(line, err=True)
    if as_json:
        print_json(checked)
    elif checked:
        print_findings(checked, say_none=True)
    if refused:
        raise SystemExit(EXIT_UNREADABLE)
    if asked.unclear or any(finding.severity != "note" for workbook in checked for finding in workbook.problems):
        raise SystemExit(EXIT_FINDINGS)


def _check_each(files: Sequence[Path], period: str | None) -> "tuple[list[Checked | CheckedPlan], list[str]]":
    """Check each of some files, and say why others cannot be read; raise CannotReadError where it is the only one."""
    from ..model.errors import CannotReadError
    from ..quality.plan_checked import check_file

    checked, refused = [], []
    for file in files:
        try:
            checked.append(check_file(file, period))
        except CannotReadError as reason:
            if len(files) == 1:
                raise
            refused.append(str(reason))
    return checked, refused


def _write_annotated(checked: "Checked | CheckedPlan", out: Path) -> None:
    from ..excel.annotate import annotate
    from ..model.errors import CannotReadError
    from ..publish.files import write_whole
    from ..quality.plan_checked import CheckedPlan

    if isinstance(checked, CheckedPlan):
        raise CannotReadError(say("check_annotate_plan", file=checked.workbook))
    refuse_overwriting(checked.reading.path, out)
    write_whole(out, annotate(checked.reading.path, checked.problems))
    click.echo(say("check_annotated", file=out), err=True)


@click.command()
@click.argument("which", metavar="PERIOD|FILE", type=click.Path(path_type=Path))
@click.argument("cell", metavar="SHEET!CELL")
@click.argument("text")
@click.option("--rule", help="The rule, where a cell has more than one finding.")
@click.option("--role", default=ROLE, show_default=True, help="Who explains: a role, never a name.")
@data_option
@period_option
def explain(
    which: Path, cell: str, text: str, *, rule: str | None, role: str, data: Path | None, period: str | None
) -> None:
    """Explain a finding, so that it does not come back.

    Writes one line into explanations.csv beside the workbook. The explanation holds as long as the figure stays.

    \b
    Exit code: 0 done, 2 there is no such finding, or it cannot be explained.
    """
    with one_line():
        from ..publish.files import write_whole
        from ..quality.explanations import EXPLANATIONS_FILE, add_explanation

        loaded = load(which, data, period)
        path = loaded.reading.path.parent / EXPLANATIONS_FILE
        write_whole(path, add_explanation(path, _explanation(loaded, _the_finding(loaded, cell, rule), text, role)))
    click.echo(say("explain_done", file=path))


def _the_finding(loaded: "Report", cell: str, rule: str | None) -> "Finding":
    """Give the one finding that stands first at a cell; raise CannotReadError for none, several, or an error."""
    from ..model.errors import CannotReadError

    there = [finding for finding in loaded.problems if finding.where[:1] == (cell,) and rule in (None, finding.rule)]
    if not there:
        cells = ", ".join(dict.fromkeys(finding.where[0] for finding in loaded.problems if finding.where))
        name = "explain_nothing_here" if cells else "explain_nothing_anywhere"
        raise CannotReadError(say(name, cell=cell, cells=cells))
    if len(there) > 1:
        raise CannotReadError(say("explain_several", cell=cell, rules=", ".join(finding.rule for finding in there)))
    if there[0].severity == "error":
        raise CannotReadError(say("explain_error", cell=cell))
    return there[0]


def _explanation(loaded: "Report", finding: "Finding", text: str, role: str) -> "Explanation":
    from datetime import date

    from ..quality.explanations import Explanation

    figures = (finding.printed, finding.expected)
    today = date.today().isoformat()
    return Explanation(loaded.period, finding.rule, finding.table, finding.where[0], *figures, text, role, today)
