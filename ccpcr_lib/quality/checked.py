"""A workbook file → it read and checked, beside the other quarters' workbooks in its folder."""

from dataclasses import dataclass, field
from pathlib import Path

from ..excel.dating import quarter_in
from ..excel.reader import Reading, read_workbook, workbooks
from ..excel.rules import make_finding
from ..model.errors import CannotReadError
from ..model.finding import Finding, sort_findings
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
        return self.reading.path.name


def check_workbook(path: str | Path, period: str | None = None) -> Checked:
    """Read a quarter's workbook and check it, also against other quarters' workbooks in its folder.

    `period` (``2010-Q2``) is needed only where neither the workbook nor its name says it. Of the folder, workbooks with
    a quarter in their names are read. Raise CannotReadError, in one line, for a file that is no workbook of this
    report.
    """
    reading = read_workbook(path, period)
    others, unused = beside(reading)
    return Checked(reading, tuple(sort_findings((*unused, *check_reading(reading, others)))), others)


def beside(reading: Reading) -> tuple[tuple[Reading, ...], list[Finding]]:
    """Read the other quarters' workbooks in the folder, and make a finding of each that could not be used."""
    others: dict[str, Reading] = {}
    unused: list[Finding] = []
    for path in workbooks(reading.path.parent):
        if path.name == reading.path.name or quarter_in(path.stem) is None:
            continue
        try:
            other = read_workbook(path)
        except CannotReadError as reason:
            unused.append(make_finding("unread_quarter", (), why=str(reason)))
            continue
        first = others.setdefault(other.period, other)
        if first is not other and other.period != reading.period:
            fields = {"printed": other.period, "file": path.name, "first": first.path.name}
            unused.append(make_finding("quarter_twice", (), **fields))
    others.pop(reading.period, None)
    return tuple(others.values()), unused
