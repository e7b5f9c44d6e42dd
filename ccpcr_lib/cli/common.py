"""What the commands share: options, how a workbook is read, how a command ends that cannot go on."""

import errno
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ..words import LANGUAGES, say

if TYPE_CHECKING:
    from ..analysis.report import Report

EXIT_FINDINGS, EXIT_UNREADABLE = 1, 2
FULL = (errno.ENOSPC, errno.EDQUOT)
"""How the system says that there is no room for a file."""
OLD_LISTS = ("words.csv", "plan_help.csv")
"""Code lists of version 1.0 whose words come with the program now."""

period_option = click.option(
    "--period", metavar="QUARTER", help="The quarter, such as 2010-Q2, if neither the workbook nor its name says it."
)
data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder of the workbooks, if a quarter or a bare name is given.  [default: data]",
)
year_option = click.option(
    "--year-starts", metavar="MONTH", help="The month a donor's year begins in: 2010 with 07 is July 2010 to June 2011."
)
language_option = click.option(
    "--language", default="en", show_default=True, type=click.Choice(LANGUAGES), help="English, Khmer or both."
)


@contextmanager
def one_line(*others: type[Exception]) -> Iterator[None]:
    """End the command in one line where a file cannot be read or written, or where one of `others` is raised.

    So it ends where the lists do not fit the declared tables: these are made when they are first imported, in here.
    """
    from ..model.errors import CannotReadError, DeclarationError

    expected: tuple[type[Exception], ...] = (CannotReadError, DeclarationError, OSError, *others)
    try:
        yield
    except expected as reason:
        fail(why(reason), EXIT_UNREADABLE)


def why(reason: Exception) -> str:
    """Give in one line why a command cannot go on; what the system says of a file, without its folders and numbers."""
    from ..model.errors import DeclarationError

    if isinstance(reason, DeclarationError):
        from ..model.resources import lists_folder

        return say("tables_and_lists", folder=lists_folder().name, reason=str(reason).removesuffix("."))
    if not isinstance(reason, OSError):
        return str(reason)
    file = reason.filename2 or reason.filename
    if not file:
        return say("cannot_write_anywhere", reason=reason.strerror or reason)
    if reason.errno in FULL:
        return say("disk_full", file=Path(file).name)
    return say("cannot_write", file=Path(file).name, reason=reason.strerror or reason)


def fail(line: str, code: int) -> NoReturn:
    """Print why a command ends, and end it with an exit code."""
    click.echo(line, err=True)
    raise SystemExit(code)


@contextmanager
def progress(title: str, parts: int) -> Iterator[Callable[[str], None]]:
    """Show in a terminal how far work of so many parts is; give what is told the name of each as it is done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console, columns = Console(stderr=True), (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(title, total=parts)

        def step(name: str) -> None:
            bar.update(task, advance=1, description=say("progress_part", name=name))

        yield step


def load(which: Path, data: Path | None, period: str | None) -> "Report":
    """Read and check the workbook that is named; `period` is the quarter asked for, if any. Raise CannotReadError."""
    from ..analysis.report import load as read
    from ..excel.named_files import asked_quarter

    warn_of_old_lists()
    return read(find(which, data, period), asked_quarter(period))


def find(which: Path, data: Path | None, period: str | None) -> Path:
    """Find the workbook that is named; `period` is the quarter asked for, if any. Raise CannotReadError."""
    from ..excel.named_files import asked_quarter, find_workbook
    from ..excel.named_spans import whole_span
    from ..model.errors import CannotReadError

    if not which.exists() and whole_span(which.as_posix()):
        raise CannotReadError(say("quarter_wanted", period=which))
    return find_workbook(which, data, period=asked_quarter(period))


def year_named(which: Path, starts: str | None) -> Path:
    """Give what names the year that somebody means, where they say the month it begins in; raise CannotReadError."""
    from ..excel.named_spans import start_of, whole_span
    from ..model.errors import CannotReadError

    if starts is None:
        return which
    year = whole_span(which.as_posix(), start_of(starts))
    if year is None:
        raise CannotReadError(say("start_of_no_year", period=which))
    return Path(year)


def warn_of_old_lists() -> None:
    """Name the code lists of an older version that nothing reads any more, and what to do with them."""
    from ..model.resources import lists_folder

    for file in filter(Path.is_file, (lists_folder() / name for name in OLD_LISTS)):
        click.echo(say("old_list", file=file.name), err=True)


def refuse_overwriting(file: Path, out: Path) -> None:
    """Refuse to write over the workbook itself; raise CannotReadError."""
    from ..model.errors import CannotReadError

    if out.exists() and file.samefile(out):
        raise CannotReadError(say("is_the_workbook", file=out.name))
