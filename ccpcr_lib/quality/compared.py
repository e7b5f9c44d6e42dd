"""Two readings of one quarter → every difference, by table: two people typed the same paper forms.

Figures are matched by what they stand for, never by their cells, so the layouts may be as different as they like. What
a formula adds up follows from its parts, and is only told where these are the same.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from ..excel.reader import Reading, read_workbook
from ..model.catalogue import CATALOGUE
from ..model.errors import CannotReadError
from ..model.finding import Finding
from ..words import say
from .difference import TABLE, At, Difference, Files
from .matched import compare_table
from .narratives import compare_narratives
from .shape import Side
from .typed import Typed, typed_in

FIGURE_RULES = frozenset(
    {
        "not_a_number",
        "fraction",
        "negative",
        "too_large",
        "error_value",
        "date",
        "true_false",
        "not_calculated",
        "struck_text",
        "raised_figure",
        "unknown_note",
    }
)
"""Rules of the reader about single cells: all other errors leave open what a table's rows and columns are."""

NOT_COMPARED = frozenset({"unknown_note", "unknown_section"})
"""Warnings of the reader about what it leaves out: a note nobody can read, a sentence that belongs to no slide."""


class Compared(NamedTuple):
    """Two readings, and in what they differ."""

    first: Reading
    second: Reading
    differences: tuple[Difference, ...]

    @property
    def files(self) -> Files:
        """What both workbooks are called, with their folders where the names are the same."""
        first, second = self.first.path, self.second.path
        if first.name != second.name:
            return Files(first.name, second.name)
        if first.parent.name != second.parent.name:
            return Files(f"{first.parent.name}/{first.name}", f"{second.parent.name}/{second.name}")
        return Files(str(first), str(second))

    def name_of(self, reading: Reading) -> str:
        """Give what one of the two workbooks is called."""
        return self.files.first if reading is self.first else self.files.second

    @property
    def unread(self) -> tuple[tuple[Reading, tuple[Finding, ...]], ...]:
        """What cannot be read in each workbook, if there is anything: it was not compared."""
        return tuple((reading, findings) for reading in self[:2] if (findings := _unread(reading)))


def _unread(reading: Reading) -> tuple[Finding, ...]:
    findings = reading.findings
    return tuple(finding for finding in findings if finding.severity == "error" or finding.rule in NOT_COMPARED)


def compare_workbooks(first: Path, second: Path, period: str | None = None) -> Compared:
    """Read two workbooks of one quarter and compare them; `period` is needed only where they do not say theirs.

    Raise CannotReadError for a file that is no workbook, for two quarters, and where both are the same file.
    """
    readings = read_workbook(first, period), read_workbook(second, period)
    compared = Compared(*readings, ())
    _refuse_alike(compared)
    return compared._replace(differences=tuple(compare_readings(*readings)))


def _refuse_alike(compared: Compared) -> None:
    """Refuse what proves nothing: a file beside itself or its copy, and two quarters."""
    first, second, files = compared.first, compared.second, compared.files
    if first.path.samefile(second.path):
        raise CannotReadError(say("compare_itself", file=first.path.name))
    if first.data == second.data:
        raise CannotReadError(say("compare_copy", first=files.first, second=files.second))
    if first.period != second.period:
        fields = {"first": files.first, "second": files.second, "period": first.period, "other": second.period}
        raise CannotReadError(say("compare_two_quarters", **fields))


def compare_readings(first: Reading, second: Reading) -> list[Difference]:
    """List in what two readings of one quarter differ, by table in the order of the catalogue, sentences last.

    What an error of either is about is left out: a cell that cannot be read, a table whose rows or columns are open.
    """
    sides = [_Whole(reading, *_unreadable(reading), _by_table(typed_in(reading))) for reading in (first, second)]
    unknown = sides[0].tables | sides[1].tables
    there = [known.name for known in CATALOGUE if known.name in {*first.places, *second.places} - unknown]
    differences = [difference for table in there for difference in _compare(table, *sides)]
    return [*differences, *compare_narratives(first.narrative, second.narrative)]


class _Whole(NamedTuple):
    """A reading, the tables and cells of it that cannot be compared, and what stands in each table."""

    reading: Reading
    tables: frozenset[str]
    cells: frozenset[str]
    typed: dict[str, list[Typed]]

    def side(self, table: str) -> Side:
        return Side(self.reading, self.cells, tuple(self.typed.get(table, ())))


def _unreadable(reading: Reading) -> tuple[frozenset[str], frozenset[str]]:
    unread = _unread(reading)
    tables = frozenset(finding.table for finding in unread if finding.rule not in FIGURE_RULES)
    cells = frozenset(cell for finding in unread if finding.rule in FIGURE_RULES for cell in finding.where)
    return tables, cells


def _by_table(typed: Iterable[Typed]) -> dict[str, list[Typed]]:
    tables: dict[str, list[Typed]] = {}
    for figure in typed:
        tables.setdefault(figure.table, []).append(figure)
    return tables


def _compare(table: str, first: _Whole, second: _Whole) -> Iterator[Difference]:
    places: Sequence[str] = [whole.reading.places.get(table, "") for whole in (first, second)]
    if all(places):
        yield from compare_table(table, first.side(table), second.side(table))
    else:
        yield Difference(TABLE, table, At(places[0]), At(places[1]))
