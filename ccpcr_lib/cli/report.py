"""``ccpcr report``: a quarter's whole report."""

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..words import say
from .common import (
    EXIT_FINDINGS,
    data_option,
    fail,
    find,
    language_option,
    load,
    one_line,
    period_option,
    progress,
    warn_of_old_lists,
    year_named,
    year_option,
)

if TYPE_CHECKING:
    from ..analysis.report import Report
    from ..excel.named_spans import Together
    from ..publish.build import Options
    from ..publish.release import Release
    from ..publish.snapshot import Snapshot
    from ..publish.workshop import Workshop

AFTER_NOTEBOOKS = 1
"""The part of a report that follows its notebooks: deck, hand-out and print."""


@click.command()
@click.argument("which", metavar="PERIOD|FILE")
@data_option
@year_option
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
    data: Path | None,
    year_starts: str | None,
    out: Path,
    period: str | None,
    language: str,
    fresh_kernels: bool,
    template: Path | None,
    final: bool,
) -> None:
    """Make the whole report of a quarter, a half-year or a year.

    Name the quarter (2010-Q2) or the workbook itself; or a half-year (2010-H1), a year (2010), a donor's year (2010
    --year-starts 07): it is made of the workbooks of its quarters, and one that is missing is named.

    The report is a folder with index.html to open, one page for each notebook, the slide deck (deck.pptx), the tables
    as a workbook (tables.xlsx), all of it as report.pdf, charts (PNG and SVG), counts.csv, and the executed notebooks.

    \b
    Exit code: 0 done, 1 errors in the workbook or nothing filled in (nothing is made), 2 the workbook cannot be read
    or is not there. Of a half-year or a year one of its workbooks is enough; errors in one are named with its quarter.
    """
    with one_line(), ExitStack() as until_the_end:
        # light: what is heavy is imported by the programs that run cells, while the workbook is read
        from ..model.glance import glance_lines
        from ..model.period import folder_of, printed
        from ..publish.pages.workers import open_workers
        from ..publish.snapshot import Snapshot, lists_of_now
        from ..publish.workshop import only_one, open_workshop

        shop = until_the_end.enter_context(open_workshop(out))
        snapshot = Snapshot(shop.folder("read"))
        until_the_end.enter_context(lists_of_now(snapshot))
        glance_lines()  # what is wrong with their list is said before any work
        workers = until_the_end.enter_context(open_workers(0 if fresh_kernels else None))

        together = find_longer(which, data, period, year_starts)
        workbook = next(iter(together.files.values())) if together else find_quarter(Path(which), data, period)
        loaded = read_together(together, snapshot) if together else read_copies(workbook, snapshot, period)
        name = folder_of(loaded.period)
        until_the_end.enter_context(only_one(out, name))
        refuse_other(out / name, loaded.period)
        # heavy: only once it is known that there is a report to make
        from ..publish.build import Options
        from ..publish.corrected import corrected_since
        from ..publish.kept import keep
        from ..publish.release import release
        from ..publish.terminal import print_findings

        if template and template.is_file():
            snapshot.take([template], "template")
        master = snapshot.of(template) if template else None
        shown = release(loaded, language)
        corrected = corrected_since(out / name, shown.counts)
        build(shown, shop, Options(fresh_kernels, master, final, corrected=corrected, workers=workers))
        kept = keep(out / name)
        folder = shop.put(name)
    print_findings([loaded])
    tell_kept(kept)
    tell_meanwhile(snapshot, workbook, loaded.period)
    click.echo(say("report_done", period=printed(loaded.period), file=folder / "index.html"))


def find_longer(which: str, data: Path | None, period: str | None, year_starts: str | None) -> "Together | None":
    """Find the workbooks of a half-year or a year; None where another thing is named. Raise CannotReadError.

    `year_starts` is the month that a year begins in, as somebody types it.
    """
    from ..excel.named_spans import find_together

    return find_together(year_named(Path(which), year_starts), data, period=period)


def find_quarter(which: Path, data: Path | None, period: str | None) -> Path:
    """Find a quarter's workbook; where a bare name is that of nothing, say how periods are typed."""
    from ..excel.named_spans import asked_period
    from ..model.errors import CannotReadError

    try:
        return find(which, data, period)
    except CannotReadError as reason:
        if which.suffix or len(which.parts) > 1 or asked_period(which.name) or which.exists():
            raise
        raise CannotReadError(say("report_of_what", reason=reason)) from reason


def refuse_other(folder: Path, period: str) -> None:
    """Refuse to put a year in the place of another one whose folder is called so; raise CannotReadError."""
    from ..model.errors import CannotReadError
    from ..model.period import is_longer
    from ..publish.proof.provenance import read

    try:
        there = read(folder).period
    except CannotReadError:
        return
    if is_longer(there) and there != period:
        raise CannotReadError(say("report_of_other_year", folder=folder, there=there, period=period))


def read_copies(workbook: Path, snapshot: "Snapshot", period: str | None) -> "Report":
    """Copy a workbook and all that it is read with, and read the copies; end the command where it cannot be shown."""
    from ..publish.copies import copy_workbook

    return _read(load(copy_workbook(snapshot, workbook, warn=click.echo), None, period), snapshot, workbook)


def read_together(together: "Together", snapshot: "Snapshot") -> "Report":
    """Copy the workbooks of a half-year or a year, and read the copies, as `read_copies` does one."""
    from ..analysis.report import load as read
    from ..publish.copies import copy_together

    warn_of_old_lists()
    copies = copy_together(snapshot, {path.name: path for path in together.files.values()}, warn=click.echo)
    return _read(read(copies, together.period), snapshot, next(iter(together.files.values())))


def _read(loaded: "Report", snapshot: "Snapshot", workbook: Path) -> "Report":
    """Copy the photographs of what was read; end the command where it cannot be shown."""
    from ..model.period import printed
    from ..publish.copies import copy_photographs
    from ..publish.terminal import print_findings

    if loaded.has_errors or loaded.is_blank:
        print_findings([loaded])
        name = "report_has_errors" if loaded.has_errors else "report_is_blank"
        fail(say(name, period=printed(loaded.period)), EXIT_FINDINGS)
    copy_photographs(snapshot, workbook, loaded.period, warn=click.echo)
    return loaded


def build(shown: "Release", shop: "Workshop", options: "Options") -> None:
    """Make the report, showing in a terminal how far it is, and at once what it lacks."""
    from .. import __version__
    from ..model.period import printed
    from ..publish.build import Listener, build_report
    from ..publish.pages.notebooks import NotebookError, notebook_paths
    from ..publish.unsettled import UnsettledError

    with progress(
        say("report_progress", period=printed(shown.period)), len(notebook_paths()) + AFTER_NOTEBOOKS
    ) as step:
        try:
            build_report(shown, shop, options, version=__version__, listener=Listener(step, click.echo))
        except (NotebookError, UnsettledError) as reason:
            fail(say("report_failed", reason=reason), EXIT_FINDINGS)


def tell_kept(kept: list[Path]) -> None:
    """Say what of somebody's own was kept that stood in the report's place, and where it is."""
    from ..model.wording import listed

    if kept:
        names = listed([path.name for path in kept])
        click.echo(say("report_kept", files=names, folder=kept[0].parent))


def tell_meanwhile(snapshot: "Snapshot", workbook: Path, period: str) -> None:
    """Say which files have changed, or are new, since the report was begun."""
    from ..publish.copies import new_since

    for name in snapshot.changed:
        click.echo(say("report_shows_earlier", file=name))
    for name in new_since(snapshot, workbook, period):
        click.echo(say("report_lacks_new", file=name))
