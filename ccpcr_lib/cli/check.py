"""``ccpcr check`` and ``ccpcr explain``: what does not add up, and what is right although it looks wrong."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..publish.terminal import print_findings, print_json
from .common import EXIT_FINDINGS, load, one_line, period_option, refuse_overwriting

if TYPE_CHECKING:
    from ..analysis.report import Report
    from ..quality.explanations import Explanation


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Write the findings as a JSON list.")
@click.option(
    "--annotate",
    type=click.Path(path_type=Path),
    metavar="OUT.xlsx",
    help="Also write a copy of the workbook with the cells coloured and a comment on each.",
)
@period_option
def check(files: tuple[Path, ...], as_json: bool, annotate: Path | None, period: str | None) -> None:
    """Say what does not add up in workbooks, cell by cell.

    Every total, share and note is recomputed, tables that print the same thing are compared, and so are other
    quarters' workbooks in the same folder (named like 2010-Q1.xlsx). What is explained in explanations.csv is a note.

    \b
    Exit code: 0 nothing above a note, 1 findings, 2 a workbook cannot be read.
    """
    from ..model.finding import CannotReadError

    with one_line():
        if annotate and len(files) != 1:
            raise CannotReadError("--annotate takes one workbook at a time.")
        reports = [load(path, period) for path in files]
        if annotate:
            _write_annotated(reports[0], annotate)
    if as_json:
        print_json(reports)
    else:
        print_findings(reports, say_none=True)
    if any(item.severity != "note" for loaded in reports for item in loaded.problems):
        raise SystemExit(EXIT_FINDINGS)


def _write_annotated(loaded: "Report", out: Path) -> None:
    from ..excel.annotate import annotate
    from ..publish.files import write_whole

    refuse_overwriting(loaded.reading.path, out)
    write_whole(out, annotate(loaded.reading.path, loaded.problems))
    click.echo(f"The annotated copy is {out}", err=True)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("cell", metavar="SHEET!CELL")
@click.argument("text")
@click.option("--rule", help="The rule, where a cell has more than one finding.")
@click.option("--role", default="M&E officer", show_default=True, help="Who explains: a role, never a name.")
@period_option
def explain(file: Path, cell: str, text: str, rule: str | None, role: str, period: str | None) -> None:
    """Explain a finding, so that it does not come back.

    Writes one line into explanations.csv beside the workbook. The explanation holds as long as the figure stays.

    \b
    Exit code: 0 done, 2 there is no such finding, or it cannot be explained.
    """
    from ..publish.files import write_whole
    from ..quality.explanations import FILE, add_explanation

    with one_line():
        loaded = load(file, period)
        item = _explanation(loaded, cell, text, rule, role)
        path = loaded.reading.path.parent / FILE
        write_whole(path, add_explanation(path, item))
    click.echo(f"Explained in {path}")


def _explanation(loaded: "Report", cell: str, text: str, rule: str | None, role: str) -> "Explanation":
    """Make the explanation of the one finding that stands first at a cell; raise CannotReadError for none or many."""
    from datetime import date

    from ..model.finding import CannotReadError
    from ..quality.explanations import Explanation

    there = [item for item in loaded.problems if item.where[:1] == (cell,) and rule in (None, item.rule)]
    if not there:
        cells = ", ".join(dict.fromkeys(item.where[0] for item in loaded.problems if item.where)) or "none"
        raise CannotReadError(f"{cell}: there is no finding at this cell. The cells with findings are: {cells}.")
    if len(there) > 1:
        raise CannotReadError(
            f"{cell}: there is more than one finding. Choose with --rule: {', '.join(item.rule for item in there)}."
        )
    if there[0].severity == "error":
        raise CannotReadError(f"{cell}: a figure that cannot be read cannot be explained. Correct the cell.")
    found = there[0]
    figures = (found.printed, found.expected)
    return Explanation(loaded.period, found.rule, found.table, cell, *figures, text, role, date.today().isoformat())
