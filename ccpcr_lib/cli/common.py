"""What the commands share: options, how a workbook is read, how a command ends that cannot go on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from ..words import LANGUAGES, say

if TYPE_CHECKING:
    from ..analysis.report import Report

EXIT_FINDINGS, EXIT_UNREADABLE = 1, 2
OLD_LISTS = ("words.csv", "plan_help.csv")
"""Code lists of version 1.0 whose words come with the program now."""

period_option = click.option(
    "--period", metavar="QUARTER", help="The quarter, such as 2010-Q2, if neither the workbook nor its name says it."
)
language_option = click.option(
    "--language", default="en", show_default=True, type=click.Choice(LANGUAGES), help="English, Khmer or both."
)


@contextmanager
def one_line(*others: type[Exception]) -> Iterator[None]:
    """End the command in one line where a file cannot be read or written, or where one of `others` is raised."""
    from ..model.finding import CannotReadError

    try:
        yield
    except (CannotReadError, OSError, *others) as reason:
        fail(why(reason), EXIT_UNREADABLE)


def why(reason: Exception) -> str:
    """Say in one line why a command cannot go on; what the system says of a file, without its folders and numbers."""
    if not isinstance(reason, OSError):
        return str(reason)
    name = Path(reason.filename2 or reason.filename or "file").name
    return f"{name}: {reason.strerror}. Choose another name or folder to write to."


def fail(line: str, code: int) -> NoReturn:
    """Say why a command ends, and end it."""
    click.echo(line, err=True)
    raise SystemExit(code)


def load(path: Path, period: str | None) -> "Report":
    """Read and check a workbook; `period` is the quarter asked for, if any. Raise CannotReadError."""
    from ..analysis.report import load as read
    from ..model.finding import CannotReadError
    from ..model.period import is_quarter

    if period is not None and not is_quarter(period):
        raise CannotReadError(f"--period {period}: this is not a quarter. Write it like 2010-Q2.")
    warn_of_old_lists()
    return read(path, period)


def warn_of_old_lists() -> None:
    """Name the code lists of an older version that nothing reads any more, and what to do with them."""
    from ..model.resources import lists_folder

    for file in filter(Path.is_file, (lists_folder() / name for name in OLD_LISTS)):
        click.echo(say("old_list", file=file.name), err=True)


def refuse_overwriting(file: Path, out: Path) -> None:
    """Refuse to write over the workbook itself."""
    from ..model.finding import CannotReadError

    if out.exists() and file.samefile(out):
        raise CannotReadError(f"{out.name}: this is the workbook itself. Choose another name to write to.")
