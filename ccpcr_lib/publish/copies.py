"""A workbook with all that it is read with → copies of one moment in a snapshot, for a report to be made of."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from ..model.period import quarters_in
from ..words import say
from .photographs import PHOTOGRAPHS, left_out, photographs_of
from .proof.provenance import other_quarters, read_with
from .snapshot import Snapshot

Warn = Callable[[str], None]

DATA = "data"
"""Where the copies of a workbook and of what it is read with lie in a snapshot."""


def copy_workbook(snapshot: Snapshot, workbook: Path, name: str = "", *, warn: Warn = lambda line: None) -> Path:
    """Copy a workbook, the plan and the other quarters beside it; give the copy of it, which may have another `name`.

    Raise CannotReadError where a file that is needed cannot be read; of another quarter `warn` hears a line. Another
    file of that name is left out.
    """
    name = name or workbook.name
    there = read_with(workbook)
    snapshot.take([path for path in there if path == workbook], DATA, name=name)
    snapshot.take([path for path in there if path != workbook], DATA)
    others = (path for path in other_quarters(workbook) if path.name != name)
    for path in snapshot.take(others, DATA, is_needed=False):
        warn(say("file_left_out", file=path.name))
    return snapshot.of(workbook)


def copy_together(
    snapshot: Snapshot, workbooks: Mapping[str, Path], *, without: Collection[str] = (), warn: Warn = lambda line: None
) -> Path:
    """Copy the workbooks of a half-year or a year, by the names that they get, as `copy_workbook` does one of them.

    Files named in `without` are left out. Give the folder of the copies.
    """
    first, own = next(iter(workbooks.values())), {path.name for path in workbooks.values()}
    for name, path in workbooks.items():
        snapshot.take([path], DATA, name=name)
    snapshot.take([path for path in read_with(first) if path != first], DATA)
    left = {*own, *workbooks, *without}
    for path in snapshot.take([path for path in other_quarters(first) if path.name not in left], DATA, is_needed=False):
        warn(say("file_left_out", file=path.name))
    return snapshot.folder / DATA


def copy_photographs(snapshot: Snapshot, workbook: Path, period: str, *, warn: Warn = lambda line: None) -> None:
    """Copy the photographs of a quarter, or of those of a longer period; `warn` hears of each that cannot be read.

    They lie beside the workbooks.
    """
    for quarter in quarters_in(period):
        pictures = photographs_of(workbook, quarter)
        for line in left_out(snapshot.take(pictures, f"{DATA}/{PHOTOGRAPHS}/{quarter}", is_needed=False)):
            warn(line)


def new_since(snapshot: Snapshot, workbook: Path, period: str) -> list[str]:
    """Name the files that a workbook would be read with now, and that were not there when it was copied."""
    pictures = (path for quarter in quarters_in(period) for path in photographs_of(workbook, quarter))
    there = [*read_with(workbook), *other_quarters(workbook), *pictures]
    return [path.name for path in there if path not in snapshot.asked]
