"""Several workbooks of one quarter → the one that counts: the file that is named after the quarter and nothing else.

``2010-Q3 v2.xlsx`` or ``Copy of 2010-Q3.xlsx`` never counts beside ``2010-Q3.xlsx``. Where no name settles it, nobody
does: a person must say.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import IntEnum
from pathlib import Path
from typing import NamedTuple

from ..model import period as calendar
from ..model.text import fold
from .dating import quarter_in, whole_quarter
from .reader import SYNTHETIC


class Naming(IntEnum):
    """How well a file is named as the workbook of its quarter, the best first."""

    PROPER = 0
    """``2010-Q3``"""
    OTHERWISE = 1
    """``Q3 2010``"""
    MADE_UP = 2
    """``2010-Q3-SYNTHETIC``"""
    COPY = 3
    """Anything else."""


class Copy(NamedTuple):
    """A workbook that is left aside, the quarter it is of, and the file that counts in its place."""

    path: Path
    first: Path
    quarter: str


class Sorted(NamedTuple):
    """The workbooks of a folder that count, and the copies among them."""

    kept: tuple[Path, ...]
    copies: tuple[Copy, ...]


def naming(path: Path, quarter: str) -> Naming:
    """Judge the name of a workbook of a quarter."""
    stem = path.stem.strip()
    if stem.casefold() == quarter.casefold():
        return Naming.PROPER
    if whole_quarter(stem) == quarter:
        return Naming.OTHERWISE
    bare = stem[: -len(SYNTHETIC)].rstrip(" -_") if fold(stem).endswith(fold(SYNTHETIC)) else ""
    return Naming.MADE_UP if whole_quarter(bare) == quarter else Naming.COPY


def the_one(paths: Sequence[Path], quarter: str) -> Path | None:
    """Choose the workbook that counts of those of a quarter; None where their names do not settle it."""
    if len(paths) == 1:
        return paths[0]
    named = sorted((naming(path, quarter), path) for path in paths)
    is_settled = len(named) > 1 and named[0][0] < named[1][0] and named[0][0] < Naming.COPY
    return named[0][1] if is_settled else None


def sort_out(paths: Iterable[Path]) -> Sorted:
    """Set the copies among workbooks aside, by their names alone; where no name settles it all are kept."""
    paths = list(paths)
    groups: dict[str, list[Path]] = defaultdict(list)
    for path in paths:
        if named := quarter_in(path.stem):
            groups[calendar.quarter(*named)].append(path)
    copies = [copy for quarter, group in groups.items() for copy in copies_of(group, quarter)]
    aside = {copy.path for copy in copies}
    return Sorted(tuple(path for path in paths if path not in aside), tuple(copies))


def copies_of(paths: Sequence[Path], quarter: str) -> list[Copy]:
    """List the workbooks of a quarter that do not count, where their names say which one does."""
    first = the_one(paths, quarter)
    return [Copy(path, first, quarter) for path in paths if path != first] if first else []
