"""``ccpcr check`` and ``ccpcr explain``: what does not add up, and what is right although it looks wrong."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..words import meant, say, word_file
from .common import (
    EXIT_FINDINGS,
    EXIT_UNREADABLE,
    FULL,
    data_option,
    load,
    one_line,
    period_option,
    refuse_overwriting,
    warn_of_old_lists,
    year_named,
    year_option,
)

if TYPE_CHECKING:
    from ..quality.checked import Checked
    from ..quality.plan_checked import CheckedPlan

ROLE = word_file("commands")["explain_role"].en
"""Who explains, where nobody says. Only this one file is read for it: the help must come at once."""

_NO_OPTION = re.compile(r"-(?!-|h$)|--[^=]*\s")
"""What begins like an option and is none: ``-2 in the paper``."""


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
@year_option
def check(
    names: tuple[Path, ...],
    *,
    as_json: bool,
    annotate: Path | None,
    data: Path | None,
    period: str | None,
    year_starts: str | None,
) -> None:
    """List what does not add up in workbooks, cell by cell.

    Name a quarter (2010-Q3), a workbook, or a folder for all of its workbooks; a half-year (2010-H1) or a year (2010)
    stands for the workbooks of its quarters. A plan is checked as a plan.

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
        asked = to_check([year_named(name, year_starts) for name in names], data)
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


def _not_written(reason: OSError) -> str:
    """Say why an explanation could not be written: another program holds the file, the disk is full, or anything."""
    if reason.errno in FULL:
        return say("explain_disk_full")
    name = "explain_not_written" if isinstance(reason, PermissionError) else "explain_cannot_write"
    return say(name, reason=reason.strerror or reason)


class _TakesSentences(click.Command):
    """A command whose arguments are sentences, which may begin with a minus."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        return super().parse_args(ctx, [f" {text}" if _NO_OPTION.match(text) else text for text in args])


@click.command(cls=_TakesSentences)
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

    Writes one line into explanations.csv beside the workbook; all else in that file stays. The explanation holds as
    long as the figure stays. Explaining a finding again puts the new words in the place of the old ones.

    \b
    Exit code: 0 done, 2 there is no such finding, or it cannot be explained.
    """
    with one_line():
        from ..model.errors import CannotReadError
        from ..model.text import holdable, on_one_line
        from ..publish.files import write_whole
        from ..quality.explaining import explanation_of, finding_at
        from ..quality.explanations import EXPLANATIONS_FILE, add_explanation

        loaded = load(which, data, period)
        named = meant(cell).strip().removeprefix(f"{loaded.period}: ")  # as the report of a year names it
        finding = finding_at(loaded.problems, named, rule)
        path = loaded.reading.path.parent / EXPLANATIONS_FILE
        explained = explanation_of(finding, loaded.period, holdable(meant(text)), holdable(meant(role)))
        added = add_explanation(path, explained)
        try:
            write_whole(path, "\ufeff" + added.text)
        except OSError as reason:
            raise CannotReadError(_not_written(reason), file=path.name) from reason
    click.echo(say("explain_done", file=path))
    if added.earlier:
        click.echo(on_one_line(say("explain_replaced", **added.earlier._asdict())))
