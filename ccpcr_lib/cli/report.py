"""``ccpcr report``: a quarter's whole report."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..words import say
from .common import EXIT_FINDINGS, fail, language_option, load, one_line, period_option, progress

if TYPE_CHECKING:
    from ..publish.build import Options
    from ..publish.release import Release


AFTER_NOTEBOOKS = 1
"""The part of a report that follows its notebooks: deck, hand-out and print."""


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
def report(
    which: str,
    *,
    data: Path,
    out: Path,
    period: str | None,
    language: str,
    fresh_kernels: bool,
    template: Path | None,
    final: bool,
) -> None:
    """Make the whole report of a quarter.

    Name the quarter (2010-Q2) or the workbook itself. The report is a folder with index.html to open, one page
    for each notebook, the slide deck (deck.pptx), the tables as a workbook (tables.xlsx), all of it as report.pdf,
    charts (PNG and SVG), counts.csv, and the executed notebooks.

    \b
    Exit code: 0 done, 1 errors in the workbook or nothing filled in (nothing is made), 2 the workbook cannot be read.
    """
    from ..publish.pages.workers import open_workers  # light: they import what is heavy while the workbook is read

    with one_line(), open_workers(0 if fresh_kernels else None) as workers:
        from ..publish.terminal import print_findings

        loaded = load(find(which, data), period)
        if loaded.has_errors:
            print_findings([loaded])
            fail(say("report_has_errors"), EXIT_FINDINGS)
        if loaded.is_blank:
            print_findings([loaded])
            fail(say("report_is_blank", period=loaded.period), EXIT_FINDINGS)
        # heavy: only once it is known that there is a report to make
        from ..publish.build import Options
        from ..publish.release import release

        folder = build(release(loaded, language), Options(out, fresh_kernels, template, final, workers))
    print_findings([loaded])
    click.echo(say("report_done", period=loaded.period, file=folder / "index.html"))


def find(which: str, data: Path) -> Path:
    """Take a file as it is; look a quarter up among the workbooks of the data folder."""
    from ..analysis.history import find_workbook
    from ..model.period import is_quarter

    return find_workbook(data, which) if is_quarter(which) and not Path(which).exists() else Path(which)


def build(shown: "Release", options: "Options") -> Path:
    """Make the report, showing in a terminal how far it is; give its folder."""
    from .. import __version__
    from ..publish.build import Listener, build_report
    from ..publish.pages.notebooks import NotebookError, notebook_paths
    from ..publish.release import UnsettledError

    missing: list[str] = []
    with progress(say("report_progress", period=shown.period), len(notebook_paths()) + AFTER_NOTEBOOKS) as step:
        try:
            folder = build_report(shown, options, version=__version__, listener=Listener(step, missing.append))
        except (NotebookError, UnsettledError) as reason:
            fail(say("report_failed", reason=reason), EXIT_FINDINGS)
    for line in missing:
        click.echo(line)
    return folder
