"""``ccpcr``: the commands an officer types. Heavy libraries are imported where they are used."""

import sys
from pathlib import Path
from typing import NoReturn

import click

from .publish.terminal import print_findings, print_json, print_proof

EXIT_FINDINGS, EXIT_UNREADABLE = 1, 2
LANGUAGES = ("en", "km", "en+km")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="ccpcr", prog_name="ccpcr")
def main() -> None:
    """The shelter's quarterly report, from its Excel workbook.

    \b
    A usual quarter:
      ccpcr check data/2010-Q3.xlsx      is the workbook in order?
      ccpcr report 2010-Q3               make the report in reports/2010-Q3/
      ccpcr check data/2010-Q3.xlsx --annotate checked.xlsx
      ccpcr explain data/2010-Q3.xlsx "Slide 7!H9" "typed by hand, corrected on the next slide"
      ccpcr tidy data/2010-Q3.xlsx -o counts.csv
      ccpcr new 2010-Q4                  a workbook to type the next quarter into
      ccpcr lab                          look at the figures, take charts to slides
      ccpcr verify reports/2010-Q3       can the report be made again, figure by figure?
    """
    for stream in (sys.stdout, sys.stderr):
        # Not every terminal and file on Windows knows Khmer letters: better a "?" than no answer.
        stream.reconfigure(errors="replace")


period_option = click.option(
    "--period", metavar="QUARTER", help="The quarter, such as 2010-Q2, if neither the workbook nor its name says it."
)


@main.command()
@click.argument("which", metavar="PERIOD|FILE")
@click.option(
    "--data", default="data", show_default=True, type=click.Path(path_type=Path), help="Folder of the workbooks."
)
@click.option(
    "--out", default="reports", show_default=True, type=click.Path(path_type=Path), help="Folder of the reports."
)
@click.option(
    "--language", default="en", show_default=True, type=click.Choice(LANGUAGES), help="English, Khmer or both."
)
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
    from .model.finding import CannotReadError

    try:
        loaded = _load(_find_workbook(which, data), period)
        if loaded.has_errors:
            print_findings([loaded])
            _fail(
                "No report was made: correct the errors above in the workbook, save it, and try again.", EXIT_FINDINGS
            )
        if loaded.is_blank:
            print_findings([loaded])
            _fail(f"No report was made: nothing of {loaded.period} is filled in yet. Type the figures.", EXIT_FINDINGS)
        folder = _build(loaded, out, options)
    except (CannotReadError, OSError) as reason:
        _fail(_why(reason), EXIT_UNREADABLE)
    print_findings([loaded])
    click.echo(f"The report of {loaded.period} is ready. Open {folder / 'index.html'}")


@main.command()
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
    from .model.finding import CannotReadError

    try:
        if annotate and len(files) != 1:
            raise CannotReadError("--annotate takes one workbook at a time.")
        reports = [_load(path, period) for path in files]
        if annotate:
            _write_annotated(reports[0], annotate)
    except (CannotReadError, OSError) as reason:
        _fail(_why(reason), EXIT_UNREADABLE)
    if as_json:
        print_json(reports)
    else:
        print_findings(reports, say_none=True)
    if any(item.severity != "note" for loaded in reports for item in loaded.problems):
        raise SystemExit(EXIT_FINDINGS)


def _write_annotated(loaded, out: Path) -> None:
    from .excel.annotate import annotate
    from .publish.files import write_whole

    _refuse_overwriting(loaded.reading.path, out)
    write_whole(out, annotate(loaded.reading.path, loaded.problems))
    click.echo(f"The annotated copy is {out}", err=True)


@main.command()
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
    from .model.finding import CannotReadError
    from .publish.files import write_whole
    from .quality.explanations import FILE, add_explanation

    try:
        loaded = _load(file, period)
        item = _explanation(loaded, cell, text, rule, role)
        path = loaded.reading.path.parent / FILE
        write_whole(path, add_explanation(path, item))
    except (CannotReadError, OSError) as reason:
        _fail(_why(reason), EXIT_UNREADABLE)
    click.echo(f"Explained in {path}")


def _explanation(loaded, cell: str, text: str, rule: str | None, role: str):
    """Make the explanation of the one finding that stands first at a cell; raise CannotReadError for none or many."""
    from datetime import date

    from .model.finding import CannotReadError
    from .quality.explanations import Explanation

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


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o", "--out", required=True, type=click.Path(path_type=Path), metavar="OUT.csv|.parquet", help="File to write."
)
@period_option
def tidy(file: Path, out: Path, period: str | None) -> None:
    """Write a workbook's counts as one tidy table, one row for each count, with the cell it stands in.

    \b
    Exit code: 0 done, 1 errors in the workbook (nothing is written), 2 the workbook cannot be read.
    """
    from .model.finding import CannotReadError
    from .publish.files import write_counts

    try:
        loaded = _load(file, period)
        _refuse_overwriting(file, out)
        if loaded.has_errors:
            print_findings([loaded])
            _fail("Nothing was written: correct the errors above in the workbook and try again.", EXIT_FINDINGS)
        write_counts(loaded.counts, out)
    except (CannotReadError, ValueError, OSError) as reason:
        _fail(_why(reason), EXIT_UNREADABLE)
    print_findings([loaded])
    click.echo(f"{len(loaded.counts)} counts of {loaded.period} written to {out}")


@main.command()
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
    """Write twelve quarterly workbooks of made-up data, to try everything on that needs a history.

    Every sheet says SYNTHETIC. The workbooks agree with each other, but for the faults of one quarter (2010-Q3) and one
    month that is out of the ordinary (family visits in May 2011).

    \b
    Then, for example:
      ccpcr report 2011-Q4 --data data/demo --out reports/demo
      ccpcr check data/demo/2010-Q3-SYNTHETIC.xlsx
    """
    from .publish.demo import SEED, write_demo

    try:
        written = write_demo(out, SEED if seed is None else seed)
    except OSError as reason:
        _fail(_why(reason), EXIT_UNREADABLE)
    click.echo(f"{len(written)} files of SYNTHETIC data are in {out}, {written[0].name} to {written[-2].name}.")


@main.command()
@click.argument("period", metavar="PERIOD")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), metavar="FILE", help="File to write.  [default: data/PERIOD.xlsx]"
)
@click.option(
    "--from",
    "previous",
    type=click.Path(path_type=Path),
    metavar="PREVIOUS.xlsx",
    help="Workbook of the quarter before.  [default: the one in the folder of FILE, if it is there]",
)
@click.option(
    "--language", default="en", show_default=True, type=click.Choice(LANGUAGES), help="English, Khmer or both."
)
def new(period: str, out: Path | None, previous: Path | None, language: str) -> None:
    """Write the workbook to type a quarter into.

    It takes whole numbers only, adds up by itself, and shows a contradiction the moment it is typed. What is known of
    the quarter before is filled in. A workbook that is there already is never overwritten.

    \b
    Exit code: 0 done, 2 it cannot be made.
    """
    from .analysis.new_workbook import draft_from
    from .excel.template import write_workbook
    from .model.finding import CannotReadError
    from .publish.files import write_whole

    try:
        out = out or Path("data", f"{period}.xlsx")
        draft = draft_from(period, out, previous, language=language)
        write_whole(out, write_workbook(draft))
    except (CannotReadError, OSError) as reason:
        _fail(_why(reason), EXIT_UNREADABLE)
    given = (
        f"What was known comes from {draft.source}." if draft.source else "No workbook of the quarter before is there."
    )
    click.echo(f"The workbook of {period} is {out}. {given}")


@main.command(context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("options", nargs=-1, type=click.UNPROCESSED)
def lab(options: tuple[str, ...]) -> None:
    """Open the notebooks in JupyterLab, on this computer only. OPTIONS are passed on to it.

    Run it in the folder of the project. The first page, notebooks/start.ipynb, leads to everything else.

    \b
    Exit code: 0 ended by hand, 2 there is no such page in this folder.
    """
    from .model.finding import CannotReadError
    from .publish.lab import open_lab

    try:
        raise SystemExit(open_lab(Path.cwd(), options))
    except CannotReadError as reason:
        _fail(str(reason), EXIT_UNREADABLE)


@main.command()
@click.argument("folder", metavar="REPORT", type=click.Path(path_type=Path))
def verify(folder: Path) -> None:
    """Prove a report: make its figures again and compare each with what the report shows.

    REPORT is a report's folder, such as reports/2010-Q2. Its notebooks run again on the workbook they name; the
    workbook's fingerprint and the versions are compared first. Pictures are compared by the numbers they plot.

    \b
    Exit code: 0 everything is the same, 1 something changed, 2 it cannot be run again.
    """
    from .model.finding import CannotReadError
    from .publish.verify import verify as prove

    try:
        proof = prove(folder)
    except (CannotReadError, OSError) as reason:
        _fail(_why(reason), EXIT_UNREADABLE)
    print_proof(proof)
    raise SystemExit(EXIT_FINDINGS if proof.has_changed else 0)


def _why(reason: Exception) -> str:
    """Say in one line why a command cannot go on; what the system says of a file, without its folders and numbers."""
    if not isinstance(reason, OSError):
        return str(reason)
    name = Path(reason.filename2 or reason.filename or "file").name
    return f"{name}: {reason.strerror}. Choose another name or folder to write to."


def _fail(line: str, code: int) -> NoReturn:
    click.echo(line, err=True)
    raise SystemExit(code)


def _load(path: Path, period: str | None):
    from .analysis.report import load
    from .model.finding import CannotReadError
    from .model.period import is_quarter

    if period is not None and not is_quarter(period):
        raise CannotReadError(f"--period {period}: this is not a quarter. Write it like 2010-Q2.")
    return load(path, period)


def _find_workbook(which: str, data: Path) -> Path:
    """Take a file as it is; look a quarter up among the workbooks of the data folder."""
    from .analysis.history import find_workbook
    from .model.period import is_quarter

    return find_workbook(data, which) if is_quarter(which) and not Path(which).exists() else Path(which)


def _refuse_overwriting(file: Path, out: Path) -> None:
    from .model.finding import CannotReadError

    if out.exists() and file.samefile(out):
        raise CannotReadError(f"{out.name}: this is the workbook itself. Choose another name to write to.")


def _build(loaded, out: Path, options: dict) -> Path:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from . import __version__
    from .publish.build import Listener, Options, build_report
    from .publish.final import UnsettledError
    from .publish.notebooks import NotebookError, notebook_paths

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
            _fail(f"No report was made: {reason}", EXIT_FINDINGS)
    for line in missing:
        click.echo(line)
    return folder
