"""A file beside the workbook that is read by its name, and is called nearly so → a finding, since nothing reads it."""

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from pathlib import Path

from ..excel.reader import is_left_behind
from ..model.finding import Finding
from .rules import make_finding

LIKE = 0.85
"""How alike the names of two files are that may be meant for each other, from 0 to 1."""

_ENDING = re.compile(r"\.(?:csv|txt|tsv|xls[xmb]?|ods)$")
_COPY = re.compile(r"^copy of |[ _-]*(?:\(\d+\)|(?:copy|v?\d+|final|new|old)(?![a-z]))+$")
_WORKBOOK = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")


def misnamed_files(folder: Path, names: Iterable[str]) -> list[Finding]:
    """Make a finding of each file that nothing reads, although it is called nearly as one that is missing."""
    return [_finding(name, path) for name in names for path in nearly_named(folder, name)]


def nearly_named(folder: Path, name: str) -> Iterator[Path]:
    """List the files of a folder that are called nearly so, where none is called so.

    ``explanations.csv.csv``, ``relations (1).csv``, ``relations.xlsx``; ``Relations.CSV``, where that is another name.
    """
    files = sorted(folder.iterdir()) if folder.is_dir() and not _is_there(folder, name) else []
    for path in files:
        if path.is_file() and not is_left_behind(path.name) and _is_near(_bare(path.name), _bare(name)):
            yield path


def _is_there(folder: Path, name: str) -> bool:
    """Check whether a file has this name; that of a workbook may be written in capitals."""
    path = folder / name
    is_workbook = name.endswith(_WORKBOOK)
    return (
        path.exists() or path.is_symlink() or (is_workbook and name in {each.name.lower() for each in folder.iterdir()})
    )


def _bare(name: str) -> str:
    """Take the endings and the marks of a copy from a name.

    >>> _bare("Plan.xlsx.xlsx"), _bare("Copy of relations (1).csv"), _bare("explanations - Copy.csv")
    ('plan', 'relations', 'explanations')
    """
    bare = name.casefold().strip()
    while (shorter := _COPY.sub("", _ENDING.sub("", bare)).strip()) != bare:
        bare = shorter
    return bare


def _is_near(one: str, other: str) -> bool:
    """Check whether two bare names are meant for each other; one that still has an ending is of another kind."""
    return "." not in one and SequenceMatcher(None, one, other).ratio() >= LIKE


def _finding(name: str, path: Path) -> Finding:
    ending = path.suffix.lower()
    is_of_its_kind = name.endswith(ending) or (name.endswith(".csv") and ending not in _WORKBOOK)
    variant = "" if is_of_its_kind else name.rpartition(".")[2]
    return make_finding("misnamed_file", (), variant=variant, printed=path.name, expected=name)
