"""A recognised table of a quarter: which declared column and row each place is, and what was found wrong with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..model import period as calendar
from ..model.codelist import codelist
from ..model.column import DeclaredKey, row_dimension
from ..model.finding import Finding
from ..model.table import KEY_COLUMNS, Column, Key, TableSpec
from ..model.text import plain
from ..model.wording import table_title
from ..words import say
from .file.address import Place
from .file.grid import Grid
from .finder import RecognisedTable
from .list_edits import how_to_add
from .region import Region
from .rules import make_finding
from .values import Value, parse_value, shown

MAX_PRINTED = 60


@dataclass
class Settled:
    """A recognised table with its columns and rows settled for a quarter: place → declared column, row → key.

    `sums` are rows that only add up those below them. `notes` maps each column of notes to the column of figures that
    it speaks of.
    """

    recognised: RecognisedTable
    quarter: str
    columns: dict[int, Column] = field(default_factory=dict)
    rows: dict[int, DeclaredKey] = field(default_factory=dict)
    sums: dict[int, DeclaredKey] = field(default_factory=dict)
    notes: dict[int, int] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def spec(self) -> TableSpec:
        """Its declaration."""
        return self.recognised.spec

    @cached_property
    def name(self) -> str:
        """The name of its declaration."""
        return self.spec.name

    @cached_property
    def region(self) -> Region:
        """Its place on the sheet."""
        return self.recognised.region

    @cached_property
    def grid(self) -> Grid:
        """The sheet it stands on."""
        return self.region.grid

    @cached_property
    def periods(self) -> dict[calendar.Relative, str]:
        """What the declaration's relative periods are in this quarter."""
        return {relative: calendar.resolve(relative, self.quarter) for relative in calendar.IN_QUARTER}

    @cached_property
    def keys(self) -> dict[int, DeclaredKey]:
        """What each row stands for, a sum of others too."""
        return self.rows | self.sums

    def about(self, place: Place) -> Key:
        """Give the real key of the count at a place, its dimensions in the order of the contract."""
        row, column = place
        return self._ordered(self._real_columns[column] | self._real_rows[row])

    def real_key(self, key: DeclaredKey) -> Key:
        """Give a key with its real period, its dimensions in the order of the contract."""
        return self._ordered(self._resolved(key))

    def _ordered(self, real: Key) -> Key:
        real = {"period": self.quarter, **real}
        return {name: real[name] for name in KEY_COLUMNS if name in real}

    @cached_property
    def _real_columns(self) -> dict[int, dict[str, str]]:
        return {place: self._resolved(column.key) for place, column in self.columns.items()}

    @cached_property
    def _real_rows(self) -> dict[int, dict[str, str]]:
        return {row: self._resolved(key) for row, key in self.rows.items()}

    def _resolved(self, key: DeclaredKey) -> dict[str, str]:
        return {name: code if isinstance(code, str) else self.periods[code] for name, code in key.items()}

    @cached_property
    def members(self) -> tuple[str, ...]:
        """The members its rows stand for, in the order they were found in."""
        keys = (key for _, key in sorted(self.keys.items()))
        return tuple(dict.fromkeys(self._member_of(key) for key in keys))

    def _member_of(self, row_key: DeclaredKey) -> str:
        """Give the member that a row stands for, whatever it says of people besides."""
        code = row_key[row_dimension(self.spec.rows)]
        return code.value if isinstance(code, calendar.Relative) else code

    def value(self, place: Place) -> Value:
        """Read one cell; one that is struck out, or nothing but raised, has a problem and no figure."""
        grid = self.grid
        if grid.struck and place in grid.struck and place in grid.cells:
            return Value(problem="struck_text", bad_part=shorten(shown(grid.struck[place]) or self.text(place)))
        if grid.raised and place in grid.raised:
            return Value(problem="raised_figure")
        return parse_value(grid.cells.get(place), percent=place in grid.percents)

    def number(self, row: int, column: int) -> int:
        """Give the number at a place; 0 where there is none."""
        return self.value((row, column)).number or 0

    def figures(self, rows: Iterable[int], columns: Sequence[int]) -> list[list[int]]:
        """Give the numbers of some rows in some columns, row by row; 0 where there is none."""
        return [[self.number(row, column) for column in columns] for row in rows]

    def month(self, number: str) -> calendar.Relative | None:
        """Name a month, by its two digits, as declarations do; None for one of another quarter."""
        months = [name[-2:] for name in calendar.months(self.quarter)]
        return calendar.MONTHS[months.index(number)] if number in months else None

    def is_counted(self, column: int) -> bool:
        """Check whether a column is one of those that a total adds up."""
        declared = self.recognised.columns.get(column)
        return declared is not None and declared.role == "count" and not declared.is_stock

    def text(self, place: Place) -> str:
        """Give one cell as a person sees it."""
        return shown(self.grid.cells.get(place), percent=place in self.grid.percents)

    def report(self, rule: str, place: Place, *others: Place, variant: str = "", **fields: str) -> None:
        """Add a finding at one cell, and others it is about; what stands there is `printed` unless the fields do."""
        fields["printed"] = shorten(fields.get("printed", self.text(place)))
        where = [self.grid.source(*cell) for cell in (place, *others)]
        self.findings.append(make_finding(rule, where, variant=variant, table=self.name, **fields))

    def report_unknown(self, rule: str, places: Sequence[Place], *, nameless: str, lists: Sequence[str]) -> None:
        """Add a finding at a label or heading nobody knows, with the nearest one that some code lists know.

        `nameless` is the name of the words for a blank one: then the finding also names the figures, the other places.
        It says which of the lists may be edited, and how.
        """
        import difflib

        place, *figures = places
        text = self.text(place)
        known = {member.label_en: name for name in lists for member in codelist(name).members.values()}
        alike = [label for label in known if digits(label) == digits(text)]
        near = difflib.get_close_matches(shorten(text), alike, 1, 0.6)
        fields = {"printed": text or say(nameless)}
        if near:
            fields |= {"near": near[0], "edit": how_to_add([known[near[0]]])}
        elif text:
            fields["edit"] = how_to_add(lists)
        variant = "near" if near else "" if text else "nameless"
        self.report(rule, place, *(() if text else figures), variant=variant, **fields)

    def report_missing(self, rule: str, expected: str) -> None:
        """Add a finding, at the stub's heading, for a column or a row that the declaration has and the sheet lacks."""
        title, where = table_title(self.name), self.recognised.source
        self.findings.append(make_finding(rule, where, table=self.name, title=title, expected=expected))


def digits(text: str) -> list[str]:
    """List the digits of a text: “Grade 3” is no misspelling of “Grade 9”, nor is “Grade III”.

    >>> digits("Grade 12"), digits("Grade III")
    (['1', '2'], [])
    """
    return [letter for letter in plain(text) if letter.isdigit()]


def shorten(text: str) -> str:
    """Cut a text that is too long for a message.

    >>> len(shorten("word " * 100))
    60
    """
    return text if len(text) <= MAX_PRINTED else text[: MAX_PRINTED - 1].rstrip() + "…"
