"""``ccpcr report``: a quarter's whole report."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..publish.terminal import print_findings
from .common import EXIT_FINDINGS, fail, language_option, load, one_line, period_option

if TYPE_CHECKING:
    from ..analysis.report import Report


@click.command()
@click.argument("which", metavar="PERIOD|FILE")
@click.option(
    "--data", default="data", show_default=True, type=click.Path(path_type=Path), help="Folder of the workbooks."
)
@click.option(
    "--out", default="reports", show_default=True, type=click.Path(path_type=Path), help="Folder of the reports."
)
@language_option
@click.option("--fresh-kernels", is_flag=True, help="Run each notebook in a kernel of its own (slower, same outputs).")
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE.pptx",
    help="Make the slide deck with the master of this presentation.",
)
@click.option("--final", is_flag=True, help="Leave the slide “Figures to confirm” out; refused while figures disagree.")
@period_option
def report(which: str, data: Path, out: Path, period: str | None, **options: object) -> None:
    """Make the whole report of a quarter.

    Name the quarter (2010-Q2) or the workbook itself. The report is a folder with index.html to open, one page
    for each notebook, the slide deck (deck.pptx), the tables as a workbook (tables.xlsx), all of it as report.pdf,
    charts (PNG and SVG), counts.csv, and the executed notebooks.

    \b
    Exit code: 0 done, 1 errors in the workbook or nothing filled in (nothing is made), 2 the workbook cannot be read.
    """
    with one_line():
        loaded = load(find(which, data), period)
        if loaded.has_errors:
            print_findings([loaded])
            fail("No report was made: correct the errors above in the workbook, save it, and try again.", EXIT_FINDINGS)
        if loaded.is_blank:
            print_findings([loaded])
            fail(f"No report was made: nothing of {loaded.period} is filled in yet. Type the figures.", EXIT_FINDINGS)
        folder = build(loaded, out, options)
    print_findings([loaded])
    click.echo(f"The report of {loaded.period} is ready. Open {folder / 'index.html'}")


def find(which: str, data: Path) -> Path:
    """Take a file as it is; look a quarter up among the workbooks of the data folder."""
    from ..analysis.history import find_workbook
    from ..model.period import is_quarter

    return find_workbook(data, which) if is_quarter(which) and not Path(which).exists() else Path(which)


def build(loaded: "Report", out: Path, options: dict) -> Path:
    """Make the report, showing in a terminal how far it is; `options` are those of `publish.build`."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from .. import __version__
    from ..publish.build import Listener, Options, build_report
    from ..publish.pages.notebooks import NotebookError, notebook_paths
    from ..publish.release import UnsettledError

    console, missing = Console(stderr=True), []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(f"Report of {loaded.period}", total=len(notebook_paths()))
        try:
            folder = build_report(
                loaded,
                Options(out, **options),
                version=__version__,
                listener=Listener(
                    lambda name: progress.update(task, advance=1, description=f"{name} done"), missing.append
                ),
            )
        except (NotebookError, UnsettledError) as reason:
            fail(f"No report was made: {reason}", EXIT_FINDINGS)
    for line in missing:
        click.echo(line)
    return folder
