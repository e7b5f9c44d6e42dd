"""``ccpcr tidy``, ``ccpcr new``, ``ccpcr demo``: counts as one table, the next quarter's workbook, made-up data."""

from pathlib import Path

import click

from ..words import say
from .common import EXIT_FINDINGS, data_option, fail, language_option, load, one_line, period_option, refuse_overwriting


@click.command()
@click.argument("which", metavar="PERIOD|FILE", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), metavar="OUT.csv|.parquet", help="File to write."
)
@data_option
@period_option
def tidy(which: Path, out: Path, data: Path | None, period: str | None) -> None:
    """Write a workbook's counts as one tidy table.

    It has one row for each count, with the cell it stands in.

    \b
    Exit code: 0 done, 1 errors in the workbook (nothing is written), 2 the workbook cannot be read.
    """
    with one_line(ValueError):
        from ..publish.files import write_counts
        from ..publish.terminal import print_findings

        loaded = load(which, data, period)
        refuse_overwriting(loaded.reading.path, out)
        if loaded.has_errors:
            print_findings([loaded])
            fail(say("tidy_has_errors"), EXIT_FINDINGS)
        write_counts(loaded.counts, out)
    print_findings([loaded])
    click.echo(say("tidy_done", count=len(loaded.counts), period=loaded.period, file=out))


@click.command()
@click.argument("period", metavar="PERIOD")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help="File to write.  [default: data/PERIOD.xlsx]"
)
@click.option(
    "--from",
    "previous",
    type=click.Path(path_type=Path),
    metavar="PREVIOUS.xlsx|PERIOD",
    help="Workbook of the quarter before.  [default: the one in the folder of FILE, if it is there]",
)
@language_option
def new(period: str, out: Path | None, previous: Path | None, language: str) -> None:
    """Write the workbook to type a quarter into.

    It takes whole numbers only, adds up by itself, and shows a contradiction the moment it is typed. What is known of
    the quarter before is filled in. A workbook that is there already is never overwritten.

    \b
    Exit code: 0 done, 2 it cannot be made.
    """
    with one_line():
        from ..excel.dating import whole_quarter
        from ..excel.named_files import find_workbook
        from ..forms.draft import draft_from
        from ..forms.workbook import write_workbook
        from ..publish.files import write_whole

        period = whole_quarter(period) or period
        out = out or Path("data", f"{period}.xlsx")
        previous = find_workbook(previous) if previous else None
        draft = draft_from(period, out, previous, language=language)
        write_whole(out, write_workbook(draft))
    name = "new_done" if draft.source else "new_done_alone"
    click.echo(say(name, period=period, file=out, source=draft.source))
    for line in draft.remarks:
        click.echo(line)


@click.command()
@click.option(
    "-o",
    "--out",
    default="data/demo",
    show_default=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder to write into.",
)
@click.option("--seed", type=int, help="Another number makes another history; the same number the same files.")
def demo(out: Path, seed: int | None) -> None:
    """Write a made-up history of twelve quarters.

    It is for trying everything on that needs a history. Every sheet says SYNTHETIC. The workbooks agree with each
    other, but for the faults of one quarter (2010-Q3) and one month out of the ordinary (family visits in May 2011).

    \b
    Then, for example:
      ccpcr report 2011-Q4 --data data/demo --out reports/demo
      ccpcr check data/demo/2010-Q3-SYNTHETIC.xlsx
    """
    with one_line():
        from ..forms.demo import SEED, write_demo

        written = write_demo(out, SEED if seed is None else seed)
    first, last = written[0].name, written[-2].name
    click.echo(say("demo_done", count=len(written), folder=out, first=first, last=last))
