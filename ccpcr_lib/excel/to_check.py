"""What a person names to be checked → the files: quarters, half-years, years, workbooks, plans, all of a folder.

Among several files, those that no officer means are passed over in silence: what programs leave behind, lists,
photographs. Other files that are no workbooks are named.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from ..words import say
from .copies import sort_out
from .dating import quarter_in, whole_quarter
from .file.facts import refuse
from .named_files import find_workbook, folder_named, reported_twice, say_aside
from .named_spans import find_together
from .plan_file import PLAN_FILE
from .reader import SUFFIXES, is_left_behind, workbooks

BESIDE_WORKBOOKS = frozenset(
    {".csv", ".tsv", ".md", ".jpg", ".jpeg", ".png", ".gif", ".bmp", ".heic", ".tif", ".tiff", ".webp", ".svg"}
)
"""What else belongs into a folder of workbooks: lists, explanations, photographs, notes on the project."""
PATTERN = frozenset("*?[")


class ToCheck(NamedTuple):
    """The files to check, what is to be said of others, and where somebody must say which workbook counts."""

    files: tuple[Path, ...]
    passed_over: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


def to_check(names: Sequence[Path], folder: Path | None = None) -> ToCheck:
    """List what is to be checked; `folder` is that of the workbooks, where a quarter or a bare name is given.

    Raise CannotReadError for a name that stands for nothing, and for a folder without a workbook.
    """
    spread = [path for name in names for path in _spread(name)]
    parts = [_of(name, folder, is_alone=len(spread) == 1) for name in spread]
    files = dict.fromkeys(file for part in parts for file in part.files)
    passed_over = tuple(line for part in parts for line in part.passed_over)
    return ToCheck(tuple(files), passed_over, tuple(line for part in parts for line in part.unclear))


def _spread(name: Path) -> Iterable[Path]:
    """Give the files of a pattern that no shell has spread: ``data/*.xlsx``."""
    is_pattern = not PATTERN.isdisjoint(name.name) and not name.exists()
    return sorted(name.parent.glob(name.name)) or [name] if is_pattern else [name]


def _of(name: Path, folder: Path | None, *, is_alone: bool) -> ToCheck:
    if together := find_together(name, folder):
        return ToCheck(tuple(together.files.values()))
    is_quarter = whole_quarter(name.as_posix()) is not None
    if not is_quarter and not name.is_file() and (named := folder_named(name)):
        return _of_folder(named, is_alone=is_alone)
    if is_alone or not name.is_file():
        return ToCheck((find_workbook(name, folder),))
    return _chosen([name])


def _of_folder(folder: Path, *, is_alone: bool) -> ToCheck:
    """List the workbooks of a folder that count, and its plan; a copy is named and left aside."""
    there = sort_out(workbooks(folder))
    others = sorted(path for path in folder.iterdir() if path.is_file() and path not in workbooks(folder))
    rest = _chosen(others)
    if is_alone and not (there.kept or rest.files):
        raise refuse(folder.resolve(), "file_is_folder")
    passed_over = (*map(say_aside, there.copies), *rest.passed_over)
    return ToCheck((*there.kept, *rest.files), passed_over, tuple(_unclear(there.kept)))


def _chosen(files: Iterable[Path]) -> ToCheck:
    """Choose the workbooks among some files, plans too, and name those that nobody would lay there."""
    files = [file for file in files if not is_left_behind(file.name)]
    strange = [file for file in files if file.suffix.lower() not in BESIDE_WORKBOOKS | {*SUFFIXES}]
    chosen = (file for file in files if file.suffix.lower() in SUFFIXES)
    return ToCheck(tuple(chosen), tuple(say("check_passed_over", file=file.name) for file in strange))


def _unclear(kept: Sequence[Path]) -> Iterator[str]:
    """Ask which of the workbooks that are named after one quarter counts."""
    named = sorted((named, path) for path in kept if (named := quarter_in(path.stem)))
    for (year, number), group in groupby(named, key=lambda pair: pair[0]):
        paths = [path for _, path in group]
        if len(paths) > 1:
            yield reported_twice(paths, f"{year}-Q{number}")


def is_plan(file: Path) -> bool:
    """Check whether a file is named as the plan."""
    return file.name.lower() == PLAN_FILE
