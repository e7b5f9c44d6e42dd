"""A reading → the `Facts` of a quarter: its counts and claims as records, sorted for the checks, and its cubes."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TypeVar
from weakref import WeakKeyDictionary

from ..excel.nearby import near_code
from ..excel.reader import Reading
from ..model.catalogue import CATALOGUE, home_table, spec
from ..model.column import row_dimension
from ..model.records import Claim, Count, FrozenKey, Identity, identify, identity
from ..model.table import TableSpec, slots
from .cube import Cube, NoAnswerError
from .sums import Sum

Fact = TypeVar("Fact", Count, Claim)

Counted = tuple[str, str]
"""What is counted: a measure and a unit."""


@dataclass(frozen=True)
class Facts:
    """A quarter's counts and claims, by table; `absent` are counts that the sheet has no cell for.

    `calculated` are the cells that hold a formula, `texts` those of counts that no formula adds. `is_elsewhere`: its
    cells stand in another workbook, and sums do not name them.
    """

    period: str
    counts: tuple[Count, ...]
    claims: tuple[Claim, ...]
    absent: tuple[Count, ...] = ()
    calculated: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()
    is_elsewhere: bool = False

    def without(self, tables: Collection[str]) -> "Facts":
        """Leave tables out."""
        if not tables:
            return self
        counts, absent = (
            tuple(count for count in counts if count.table not in tables) for counts in (self.counts, self.absent)
        )
        claims = tuple(claim for claim in self.claims if claim.table not in tables)
        return replace(self, counts=counts, claims=claims, absent=absent)

    @cached_property
    def by_table(self) -> dict[str, tuple[Count, ...]]:
        """The counts of each table."""
        return _grouped(self.counts)

    @cached_property
    def claims_by_table(self) -> dict[str, tuple[Claim, ...]]:
        """The claims of each table."""
        return _grouped(self.claims)

    @cached_property
    def absent_by_table(self) -> dict[str, tuple[Count, ...]]:
        """The counts that each table has no cell for."""
        return _grouped(self.absent)

    def cells_of(self, name: str) -> set[str]:
        """Give every cell that a table's sheet prints: its counts and its claims."""
        counts = (count.source for count in self.by_table.get(name, ()))
        return {*counts, *(claim.source for claim in self.claims_by_table.get(name, ()))}

    @cached_property
    def claimed(self) -> dict[Identity, Claim]:
        """The first total that each table prints of a measure, unit and key; from paper where there is no other."""
        totals: dict[Identity, Claim] = {}
        for claim in sorted(self.claims, key=lambda claim: claim.is_on_paper):
            if claim.kind == "total":
                totals.setdefault(identity(claim), claim)
        return totals

    @cached_property
    def notes(self) -> dict[str, tuple[Claim, ...]]:
        """The parts of each note, by the cell it stands in."""
        notes: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if claim.kind == "note":
                notes[claim.source].append(claim)
        return {source: tuple(parts) for source, parts in notes.items()}

    @cached_property
    def cubes(self) -> dict[Counted, Cube]:
        """The cube of each measure and unit."""
        groups: dict[Counted, dict[str, list[Count]]] = defaultdict(lambda: defaultdict(list))
        for count in (*self.counts, *self.absent):
            groups[count.measure, count.unit][count.table].append(count)
        return {counted: self._cube(counted, tables) for counted, tables in groups.items()}

    def _cube(self, counted: Counted, tables: Mapping[str, Sequence[Count]]) -> Cube:
        home = home_table(*counted).name
        order = [known.name for known in CATALOGUE]
        names = sorted(tables, key=lambda name: (name != home, order.index(name)))
        return Cube(*counted, self.period, {name: tuple(tables[name]) for name in names}, self.is_elsewhere)

    def cube(self, measure: str, unit: str) -> Cube:
        """Give the cube of a measure and unit: one that the workbook does not count answers nothing."""
        return self.cubes.get((measure, unit)) or Cube(measure, unit, self.period, {})

    def total(self, about: Count | Claim) -> Sum | None:
        """Add up the counts that a claim, or a count of another quarter, is about; None where there are none."""
        try:
            return self.cube(about.measure, about.unit).total(about.key, table=about.table)
        except NoAnswerError:
            return None

    def parts(self, claim: Claim) -> tuple[Count, ...]:
        """List the counts that a claim is about, and those that may be part of it; none where nothing is counted."""
        try:
            return self.cube(claim.measure, claim.unit).counts(claim.key, claim.table)
        except NoAnswerError:
            return ()

    @cached_property
    def elsewhere(self) -> "Facts":
        """The same, of another quarter: its cells stand in another workbook, and are not named as cells of this one."""
        return replace(self, is_elsewhere=True)

    @cached_property
    def with_zeros(self) -> "Facts":
        """The same, with a zero in the place of every blank."""
        counts, absent = (tuple(map(_zero_if_blank, counts)) for counts in (self.counts, self.absent))
        return replace(self, counts=counts, absent=absent)


def _zero_if_blank(count: Count) -> Count:
    if count.value is not None:
        return count
    return Count(count.table, count.measure, count.unit, count.key, 0, count.source)


def _grouped(facts: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
    """Sort records by their table."""
    tables: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        tables[fact.table].append(fact)
    return {table: tuple(group) for table, group in tables.items()}


_KNOWN: WeakKeyDictionary[Reading, Facts] = WeakKeyDictionary()
"""The facts of the readings that somebody still holds: each quarter is held against all others."""


def facts_of(reading: Reading) -> Facts:
    """Take a reading's counts and claims, and those counts that its sheets have no cell for; made once a reading."""
    if reading not in _KNOWN:
        _KNOWN[reading] = _made_of(reading)
    return _KNOWN[reading]


def _made_of(reading: Reading) -> Facts:
    facts = Facts(reading.period, reading.base, reading.claims, calculated=reading.calculated, texts=reading.texts)
    absent = (
        count
        for table, members in reading.members.items()
        for count in left_out(spec(table), reading.period, members, facts.by_table.get(table, ()))
    )
    return replace(facts, absent=tuple(absent))


def _are_divided(declared: TableSpec, counts: Iterable[Count]) -> bool:
    """Check whether any count is divided further than its table declares."""
    row, divides = row_dimension(declared.rows), _declared(declared)
    return any(count.codes - {(row, count.key.get(row, ""))} not in divides for count in counts)


@cache
def _declared(declared: TableSpec) -> frozenset[FrozenKey]:
    return frozenset(column.divides for column in declared.counts)


def _divides(count: Count, about: Identity) -> bool:
    """Check whether a count is about some of the clients that a declared count is about."""
    table, measure, unit, codes = about
    return (count.table, count.measure, count.unit) == (table, measure, unit) and codes <= identity(count)[-1]


def left_out(
    declared: TableSpec, quarter: str, members: Sequence[str], reported: Sequence[Count], *, also: Sequence[str] = ()
) -> Iterator[Count]:
    """Give the counts that a sheet has no cell for, so that no total passes over them: they are not known.

    `members` are the rows of the sheet, `also` others that stand beside them in a longer period. Only a member that an
    open list does not name had no cases, and even it is not known where a new name is one letter from its own.
    """
    rows = declared.rows_of((*members, *(member for member in also if member not in members)))
    is_whole = len(reported) == len(rows) * len(declared.counts)
    if is_whole and not _are_divided(declared, reported):
        return
    known = {identity(count) for count in reported}
    misspelt = {near_code(declared.codelist, member) for member in members} if declared.is_open else set()
    for slot in slots(declared, quarter, rows):
        if slot.role != "count":
            continue
        about = identify(declared.name, slot.measure, slot.unit, slot.key)
        if about not in known and not any(_divides(count, about) for count in reported):
            is_unnamed = declared.is_open and members and slot.key["category"] not in (*members, *misspelt)
            yield Count(declared.name, slot.measure, slot.unit, slot.key, 0 if is_unnamed else None, "")
