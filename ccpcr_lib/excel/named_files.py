"""What a person names → the workbook: a file, a quarter however it is written, a name in the data folder, a folder.

Whoever asks for a workbook asks here, so that a command, a notebook and a program understand the same.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from ..model import period as calendar
from ..model.errors import CannotReadError
from ..model.resources import resource
from ..words import did_you_mean, say
from .copies import Copy, sort_out, the_one
from .dating import quarter_in, whole_quarter
from .file.facts import refuse
from .named_periods import named_quarters
from .reader import SUFFIXES, read_workbook, workbooks

DATA = "data"
"""What the folder of the workbooks is called in a project."""
Which = str | Path


def find_workbook(which: Which, folder: Path | None = None, *, period: str | None = None) -> Path:
    """Give the workbook that somebody names; `folder` is that of the workbooks, else the project's own is meant.

    It may be a file; a quarter (``2010-Q3``, ``Q3 2010``); the bare name of a file in that folder; or a folder, of
    which `period` is the quarter, where it has several. Raise CannotReadError, in one line with the quarters there are
    and the nearest, where nothing is called so or several files are.
    """
    path = Path(which)
    if path.is_file():
        return path
    if quarter := whole_quarter(path.as_posix()):
        return _of_quarter(quarter, folder or data_folder())
    named = folder_named(path)
    if named:
        return find_workbook(period, named) if period else _only_one(named)
    there = _elsewhere(path, folder)
    if there is None:
        raise _not_there(path, folder)
    return there


def find_workbooks(which: Which | None = None, folder: Path | None = None) -> list[Path]:
    """List the workbooks that somebody names: all of a folder, or the one that `find_workbook` gives.

    Without a name they are those of the project. Raise CannotReadError for a folder that is not there.
    """
    if which is None:
        return workbooks(folder or data_folder())
    path = Path(which)
    is_quarter = whole_quarter(path.as_posix()) is not None
    if not is_quarter and (named := folder_named(path)):
        return workbooks(named)
    is_named = is_quarter or path.is_file() or path.suffix.lower() in SUFFIXES
    return [find_workbook(path, folder)] if is_named or _elsewhere(path, folder) else workbooks(path)


def folder_named(which: Which) -> Path | None:
    """Give the folder that somebody names, here or in the project; of a project's folder the workbooks' one."""
    places = (place for place in (Path(which), data_folder().parent / which) if place.is_dir())
    here = next(places, None)
    return here / DATA if here and not workbooks(here) and _holds_workbooks(here / DATA) else here


def data_folder() -> Path:
    """Give the project's folder of workbooks: of where we are, of a folder above, else of where the program stands."""
    if _holds_workbooks(Path(DATA)):
        return Path(DATA)
    above = (home / DATA for home in Path.cwd().parents)
    there = next(filter(_holds_workbooks, above), None)
    if there or Path(DATA).is_dir():
        return there or Path(DATA)
    try:
        return resource(DATA)
    except CannotReadError:
        return Path(DATA)


def asked_quarter(period: str | None) -> str | None:
    """Read a quarter that somebody asks for, however it is written; raise CannotReadError for what is none."""
    if period is None:
        return None
    quarter = whole_quarter(period)
    if quarter is None:
        raise CannotReadError(say("not_a_quarter", period=period))
    return quarter


# --- what is said ------------------------------------------------------------------------------------------


def say_near(asked: str, quarters: Sequence[str], files: Iterable[str] = ()) -> str:
    """Ask for the nearest of some quarters: in time, where a quarter or a month was asked for; else of all names."""
    is_month = calendar.MONTH.fullmatch(asked)
    quarter = calendar.quarter_of(asked) if is_month else whole_quarter(asked)
    numbers = {named.quarter for named in named_quarters(asked)}
    if quarter:
        near = min(quarters, key=lambda known: (_apart(known, quarter), known), default="")
    else:  # a quarter without its year is the last of that number
        near = next((known for known in reversed(quarters) if {calendar.split_quarter(known)[1]} == numbers), "")
    return did_you_mean(near or asked, [near] if near else [*quarters, *files])


def say_aside(copy: Copy) -> str:
    """Say that a copy was left aside, and for which workbook."""
    return say("workbook_aside", file=copy.path.name, first=copy.first.name, period=copy.quarter)


def reported_twice(paths: Sequence[Path], quarter: str) -> str:
    """Ask which of several workbooks of a quarter counts."""
    first, second = paths[:2]
    return say("quarter_reported_twice", file=second.name, first=first.name, period=quarter)


def _apart(one: str, other: str) -> int:
    (year, number), (other_year, other_number) = calendar.split_quarter(one), calendar.split_quarter(other)
    return abs(4 * (year - other_year) + number - other_number)


def _not_there(path: Path, folder: Path | None) -> CannotReadError:
    """Refuse a name that stands for nothing; one that looks like a file's is refused as a file."""
    is_path = len(path.parts) > 1
    place = _place(path, folder)
    files = workbooks(place) if place.is_dir() else []
    names = [file.name for file in files]
    if is_path or path.suffix:
        return refuse(path, "file_not_there", near=did_you_mean(path.name, names))
    quarters = quarters_of(files)
    fields = {"folder": _name(place), "quarters": ", ".join(quarters) or say("history_none")}
    return CannotReadError(say("workbook_not_there", name=path, near=say_near(str(path), quarters, names), **fields))


def _name(folder: Path) -> str:
    return folder.name or str(folder)


# --- where it is -------------------------------------------------------------------------------------------


def quarters_of(files: Iterable[Path]) -> list[str]:
    """List the quarters of some workbooks, by their names, else by what they say; what cannot be read has none."""
    return sorted({quarter for file in files if (quarter := _named_quarter(file) or says(file))})


def _of_quarter(quarter: str, folder: Path) -> Path:
    """Find a quarter's workbook in a folder: by name, then by what it says; a copy never goes before it."""
    chosen, files = workbook_of(quarter, folder), workbooks(folder)
    if chosen is None:
        quarters = quarters_of(files)
        fields = {"folder": _name(folder), "quarters": ", ".join(quarters) or say("history_none")}
        raise CannotReadError(say("quarter_not_there", period=quarter, near=say_near(quarter, quarters), **fields))
    return chosen


def says(file: Path) -> str | None:
    """Give the quarter that a workbook says it is of; None where it cannot be read."""
    try:
        return read_workbook(file).period
    except CannotReadError:
        return None


def workbook_of(quarter: str, folder: Path, says: Callable[[Path], str | None] = says) -> Path | None:
    """Find a quarter's workbook in a folder; None where there is none. `says` reads the quarter of a workbook.

    Raise CannotReadError where several may be it.
    """
    files = workbooks(folder)
    proper = [file for file in files if file.stem.casefold() == quarter.casefold()]
    there = proper or [file for file in files if (_named_quarter(file) or says(file)) == quarter]
    there = there or [file for file in files if says(file) == quarter]
    chosen = the_one(there, quarter) if there else None
    if there and chosen is None:
        raise CannotReadError(reported_twice(there, quarter))
    return chosen


def _only_one(folder: Path) -> Path:
    """Give the one workbook that a folder has; raise CannotReadError, naming its quarters, where it has several."""
    quarters = quarters_of(sort_out(workbooks(folder)).kept)
    if len(quarters) == 1:
        return _of_quarter(quarters[0], folder)
    if quarters:
        raise refuse(folder.resolve(), "folder_has_several", quarters=", ".join(quarters))
    raise refuse(folder.resolve(), "file_is_folder")


def _elsewhere(path: Path, folder: Path | None) -> Path | None:
    """Find a file that is not where we are: in its folder or in that of the workbooks, in whatever case or ending.

    A folder with a quarter in it (``data/2010-Q3``) is looked through for it. None where there is no such file.
    """
    place = _place(path, folder)
    if not place.is_dir():
        return None
    if len(path.parts) > 1 and (quarter := whole_quarter(path.name)):
        return _of_quarter(quarter, place)
    files = [file for file in place.iterdir() if file.is_file() and file.suffix.lower() in SUFFIXES]
    names: tuple[Callable[[Path], str], ...] = (lambda file: file.name, lambda file: file.stem)
    same = ([file for file in files if name(file).casefold() == path.name.casefold()] for name in names)
    return next((group[0] for group in same if len(group) == 1), None)


def _place(path: Path, folder: Path | None) -> Path:
    """Give the folder to look through for a file: its own, here or in the project, else that of the workbooks."""
    if len(path.parts) == 1:
        return folder or data_folder()
    return path.parent if path.parent.is_dir() else data_folder().parent / path.parent


def _holds_workbooks(folder: Path) -> bool:
    return folder.is_dir() and any(_named_quarter(file) for file in workbooks(folder))


def _named_quarter(file: Path) -> str | None:
    named = quarter_in(file.stem)
    return calendar.quarter(*named) if named else None
