"""A quarter's facts → its `System`: the cells that could be wrong, and what must hold between them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, NamedTuple

from ...excel.file.address import place_of
from ...model import period as calendar
from ...model.finding import cell_of, sheet_of
from ...model.records import Claim, Count, FrozenKey, codes_of
from ..facts import Facts
from ..notes import split_by_note
from .linear import Constraint, Form, Part, add_forms

Role = Literal["count", "total", "share", "note", "plan", "target"]
"""What a figure is: a base count, or what is printed of others. A target stands in the plan's file."""


PlaceInQuarter = tuple[str, str, str, str, FrozenKey]
"""What a figure stands for in whatever quarter: table, measure, unit, period, the rest of its key."""


class Figure(NamedTuple):
    """A figure that could be wrong: the cell it stands in, what it is, how much it says, its count or claim.

    Percents are in percent. A cell with a note holds several figures: its own, and one for each part of the note.
    """

    source: str
    role: Role
    value: float
    fact: Count | Claim


@dataclass
class System:
    """The figures of a quarter by their numbers, and what must hold between them; `others` are other quarters."""

    facts: Facts
    others: Sequence[Facts] = ()
    figures: list[Figure] = field(default_factory=list)
    constraints: list[Constraint] = field(default_factory=list)
    _numbers: dict[int, int] = field(default_factory=dict)
    _said: set[tuple[frozenset[tuple[int, float]], float | None, float | None]] = field(default_factory=set)

    def number(self, fact: Count | Claim, role: Role, value: float) -> int:
        """Give the number of a figure, a new one where it is met for the first time."""
        if id(fact) not in self._numbers:
            self._numbers[id(fact)] = len(self.figures)
            self.figures.append(Figure(fact.source, role, value, fact))
        return self._numbers[id(fact)]

    def form(self, fact: Count | Claim) -> Form | None:
        """Give a figure as a sum of itself; what the sheet has no cell for is known to be none, a blank is open."""
        if fact.value is None:
            return None
        if not fact.source:
            return Form({}, fact.value)
        if isinstance(fact, Count):
            return Form({self.number(fact, "count", fact.value): 1})
        value = 100 * fact.value if fact.kind == "share" else fact.value
        return Form({self.number(fact, _role(fact), value): 1})

    def parts(self, counts: Iterable[Count], *, divided: bool = False) -> list[Part]:
        """Give counts as parts of a sum; `divided`: each by its note, where that fits it."""
        if not divided:
            return [Part(count.key, count.value, self.form(count)) for count in counts]
        return [part for count in counts for part in self._by_note(count)]

    def _by_note(self, count: Count) -> list[Part]:
        own, parts = self.form(count), split_by_note(self.facts, count)
        if own is None or parts == [count]:
            return [Part(count.key, count.value, own)]
        notes = [form for note in self.facts.notes[count.source] if (form := self.form(note))]
        known = notes[: len(parts) - 1]
        rest = own - add_forms(known)  # of the last part, so that all together are always the count
        return [Part(part.key, part.value, form) for part, form in zip(parts, [*known, rest], strict=True)]

    def add(self, constraints: Iterable[Constraint], claim: Claim | None = None) -> None:
        """Add what must hold, each once, unless it speaks of no figure; `claim` is worked out from the others."""
        for constraint in constraints:
            terms = {number: times for number, times in constraint.terms.items() if times}
            said = (frozenset(terms.items()), constraint.least, constraint.most)
            if terms and said not in self._said:
                self._said.add(said)
                about = self._numbers.get(id(claim)) if claim else None
                self.constraints.append(constraint._replace(terms=terms, claim=about))

    @cached_property
    def values(self) -> list[float]:
        """How much each figure says."""
        return [figure.value for figure in self.figures]

    @cached_property
    def touching(self) -> dict[int, list[int]]:
        """The constraints that speak of each figure."""
        touching: dict[int, list[int]] = defaultdict(list)
        for place, constraint in enumerate(self.constraints):
            for number in constraint.terms:
                touching[number].append(place)
        return touching

    @cached_property
    def before(self) -> Facts | None:
        """The quarter before, if its workbook is there."""
        return next((other for other in self.others if other.period == calendar.previous(self.facts.period)), None)

    def in_quarter_before(self, number: int) -> set[float]:
        """Give the figure that the quarter before has in a count's place; none where it is not known."""
        figure = self.figures[number]
        value = self._before_by_place.get(place_in_quarter(figure.fact, self.facts.period))
        return set() if value is None else {value}

    @cached_property
    def _before_by_place(self) -> dict[PlaceInQuarter, int | None]:
        before = self.before
        counts = before.counts if before else ()
        return {place_in_quarter(count, before.period): count.value for count in counts if before}

    def history(self, number: int) -> list[int]:
        """List what else is counted in a count's row: in the other months, and in other quarters."""
        fact = self.figures[number].fact
        row = self._rows.get(_row_of(fact), []) if isinstance(fact, Count) else []
        return [count.value for count in row if count is not fact and count.value is not None]

    @cached_property
    def _rows(self) -> dict[tuple[str, str, str, FrozenKey], list[Count]]:
        """The counts of each row, of all quarters that are known."""
        rows: dict[tuple[str, str, str, FrozenKey], list[Count]] = defaultdict(list)
        for facts in (self.facts, *self.others):
            for count in facts.counts:
                if calendar.contains(facts.period, count.key["period"]):
                    rows[_row_of(count)].append(count)
        return rows

    @cached_property
    def notes_in(self) -> dict[str, list[int]]:
        """The parts of each note, by its cell."""
        notes: dict[str, list[int]] = defaultdict(list)
        for number, figure in enumerate(self.figures):
            if figure.role == "note":
                notes[figure.source].append(number)
        return notes

    def lines_of(self, number: int) -> tuple[list[int], list[int]]:
        """List the counts of a count's table that stand in its column and in its row, itself among them."""
        table = self.figures[number].fact.table
        sheet, row, column = self._places[number]
        return self._lines[table, sheet, "column", column], self._lines[table, sheet, "row", row]

    def alike_in_row(self, number: int) -> list[int]:
        """List the counts in a count's row that differ from it in one dimension alone: the month, the sex, the age."""
        _, row = self.lines_of(number)
        return [other for other in row if len(self.differences(number, other)) == 1]

    def differences(self, number: int, other: int) -> set[str]:
        """Name the dimensions in which two figures differ."""
        first, second = self.figures[number].fact.key, self.figures[other].fact.key
        return {name for name in first.keys() | second.keys() if first.get(name) != second.get(name)}

    @cached_property
    def _places(self) -> dict[int, tuple[str, int, int]]:
        """The sheet, the row and the column of each count."""
        counts = [(number, figure.source) for number, figure in enumerate(self.figures) if figure.role == "count"]
        return {number: (sheet_of(source), *place_of(cell_of(source))) for number, source in counts}

    @cached_property
    def _lines(self) -> dict[tuple[str, str, str, int], list[int]]:
        """The counts in each row and each column of each table, in their order."""
        lines: dict[tuple[str, str, str, int], list[int]] = defaultdict(list)
        for number, (sheet, row, column) in sorted(self._places.items(), key=lambda item: item[1]):
            table = self.figures[number].fact.table
            lines[table, sheet, "column", column].append(number)
            lines[table, sheet, "row", row].append(number)
        return lines

    def pairs_of_lines(self, table: str) -> Iterator[tuple[list[int], list[int]]]:
        """Give each two columns, and each two rows, of a table that are neighbours or differ in their months alone."""
        for axis in ("column", "row"):
            lines = [line for (name, _, way, _), line in self._lines.items() if (name, way) == (table, axis)]
            for place, line in enumerate(lines):
                for other in lines[place + 1 :]:
                    is_near = other is lines[place + 1] or self.differences(line[0], other[0]) == {"period"}
                    if is_near and len(line) == len(other):
                        yield line, other

    def total(self, place: int) -> float:
        """Add up the figures of a constraint."""
        return sum(times * self.values[number] for number, times in self.constraints[place].terms.items())

    def is_on_paper(self, number: int) -> bool:
        """Check whether a figure is a total that was copied from the paper form."""
        fact = self.figures[number].fact
        return isinstance(fact, Claim) and fact.is_on_paper

    def is_calculated(self, number: int) -> bool:
        """Check whether a figure is the result of a formula."""
        return number in self._calculated

    @cached_property
    def _calculated(self) -> set[int]:
        return {number for number, figure in enumerate(self.figures) if figure.source in self.facts.calculated}


def place_in_quarter(fact: Count | Claim, quarter: str) -> PlaceInQuarter:
    """Say what a figure stands for in whatever quarter: its month by its number, the quarter before by its own name."""
    period = fact.key["period"]
    months = calendar.months(quarter)
    place = str(months.index(period)) if period in months else "" if period == quarter else "before"
    return fact.table, fact.measure, fact.unit, place, codes_of(fact.key)


def _row_of(count: Count) -> tuple[str, str, str, FrozenKey]:
    return count.table, count.measure, count.unit, count.codes


def _role(claim: Claim) -> Role:
    roles: dict[str, Role] = {"total": "total", "share": "share", "note": "note", "plan": "plan"}
    return roles[claim.kind]
