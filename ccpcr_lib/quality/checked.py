"""A workbook file → it read and checked, beside the other quarters' workbooks in its folder."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ..excel.copies import Copy, sort_out, the_one
from ..excel.dating import quarter_in
from ..excel.reader import Reading, read_workbook, workbooks
from ..excel.rules import make_finding
from ..model.errors import CannotReadError
from ..model.finding import Finding, sort_findings
from ..model.text import name_of
from ..model.wording import listed
from .check import check_reading


@dataclass(frozen=True, eq=False)
class Checked:
    """A quarter's reading, what is wrong with it, and the readings of other quarters it was held against."""

    reading: Reading = field(repr=False)
    problems: tuple[Finding, ...]
    others: tuple[Reading, ...] = field(repr=False, default=())

    @property
    def period(self) -> str:
        """The quarter, such as ``2010-Q2``."""
        return self.reading.period

    @property
    def workbook(self) -> str:
        """The name of the workbook file."""
        return name_of(self.reading.path)


def check_workbook(path: str | Path, period: str | None = None) -> Checked:
    """Read a quarter's workbook and check it, also against other quarters' workbooks in its folder.

    `period` (``2010-Q2``) is needed only where neither the workbook nor its name says it. Of the folder, workbooks with
    a quarter in their names are read. Raise CannotReadError, in one line, for a file that is no workbook of this
    report.
    """
    reading = read_workbook(path, period)
    others, unused = beside(reading)
    return Checked(reading, tuple(sort_findings((*unused, *check_reading(reading, others)))), others)


def check_together(files: Mapping[str, Path]) -> dict[str, Checked]:
    """Read and check the workbooks of several quarters of one folder, each as `check_workbook` does and read once.

    `files` are the workbooks by their quarters, one at least. What is told of the folder is told with the first.
    """
    (first, path), *later = files.items()
    checked = {first: check_workbook(path)}
    known = {reading.path.name: reading for reading in (checked[first].reading, *checked[first].others)}
    for quarter, path in later:
        reading = known.get(path.name) or read_workbook(path)
        others = tuple(other for other in known.values() if other.period != reading.period)
        checked[quarter] = Checked(reading, tuple(sort_findings(check_reading(reading, others))), others)
    return checked


def beside(reading: Reading) -> tuple[tuple[Reading, ...], list[Finding]]:
    """Read the other quarters' workbooks in the folder, and make a finding of each that could not be used.

    A copy of a workbook is not read, and where two report one quarter and their names do not say which counts, none is.
    """
    named = sort_out(path for path in workbooks(reading.path.parent) if quarter_in(path.stem))
    unused = [_aside(copy) for copy in named.copies if copy.path.name != reading.path.name]
    by_quarter: dict[str, list[Reading]] = {}
    for path in named.kept:
        if path.name == reading.path.name:
            continue
        try:
            other = read_workbook(path)
        except CannotReadError as reason:
            unused.append(make_finding("unread_quarter", (), why=str(reason)))
            continue
        by_quarter.setdefault(other.period, []).append(other)
    by_quarter.pop(reading.period, None)
    others = [_the_one(group, unused) for group in by_quarter.values()]
    return tuple(filter(None, others)), unused


def _aside(copy: Copy) -> Finding:
    return make_finding("copy_aside", (), file=copy.path.name, first=copy.first.name, printed=copy.quarter)


def _the_one(group: Sequence[Reading], unused: list[Finding]) -> Reading | None:
    """Choose the reading of a quarter that counts, and add a finding of those that do not; None where nothing tells."""
    quarter = group[0].period
    path = the_one([reading.path for reading in group], quarter)
    if path is None:
        files = listed(reading.path.name for reading in group)
        unused.append(make_finding("quarter_twice", (), variant="unclear", printed=quarter, files=files))
    else:
        left = (reading.path.name for reading in group if reading.path != path)
        unused += [make_finding("quarter_twice", (), printed=quarter, file=name, first=path.name) for name in left]
    return next((reading for reading in group if reading.path == path), None)
