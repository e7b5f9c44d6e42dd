"""A reading → light records to check and to add up: counts, claims, and what a key covers.

Every check works on these: a `Count` is one base cell, a `Claim` is what the sheet prints about others
(a total, a share, a note, the plan). A dimension that a count's key lacks is unknown; one that a claim's key lacks
is summed over.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple, TypeVar

import pandas as pd

from ..excel.reader import Reading
from ..model import period as calendar
from ..model.codelist import codelist
from ..model.table import KEY_COLUMNS, Key
from ..model.wording import period_label

FrozenKey = frozenset[tuple[str, str]]
"""A key, or a part of it, as a set of (dimension, code): sets can be compared, and one can lie within another."""

StandsFor = tuple[str, str, FrozenKey]
"""What a figure stands for, in whatever table: measure, unit, and its whole key."""

Identity = tuple[str, str, str, FrozenKey]
"""What a count or a claim is about: table, measure, unit, and its whole key."""

T = TypeVar("T")


@dataclass(frozen=True, slots=True, eq=False)
class Count:
    """One base count: what it stands for, its value (None where blank), its cell."""

    table: str
    measure: str
    unit: str
    key: Key
    value: int | None
    source: str
    codes: FrozenKey = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Keep the key without its period as a set, which is what a search compares."""
        object.__setattr__(self, "codes", codes_of(self.key))


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """What a cell prints about other cells: `kind` is total, share (0-1), note or plan."""

    table: str
    measure: str
    unit: str
    key: Key
    value: float
    source: str
    kind: str
    text: str


Fact = TypeVar("Fact", Count, Claim)


@dataclass(frozen=True)
class Facts:
    """A quarter's counts and claims, by table."""

    period: str
    counts: tuple[Count, ...]
    claims: tuple[Claim, ...]

    def without(self, tables: Collection[str]) -> "Facts":
        """Leave tables out."""
        if not tables:
            return self
        counts = tuple(count for count in self.counts if count.table not in tables)
        return Facts(self.period, counts, tuple(claim for claim in self.claims if claim.table not in tables))

    @cached_property
    def by_table(self) -> dict[str, tuple[Count, ...]]:
        """The counts of each table."""
        return _grouped(self.counts)

    @cached_property
    def by_measure(self) -> dict[tuple[str, str, str], tuple[Count, ...]]:
        """The counts of each table, measure and unit."""
        groups: dict[tuple[str, str, str], list[Count]] = defaultdict(list)
        for count in self.counts:
            groups[count.table, count.measure, count.unit].append(count)
        return {about: tuple(counts) for about, counts in groups.items()}

    @cached_property
    def claims_by_table(self) -> dict[str, tuple[Claim, ...]]:
        """The claims of each table."""
        return _grouped(self.claims)

    @cached_property
    def claimed(self) -> dict[Identity, Claim]:
        """The first printed total of each table, measure, unit and key."""
        totals: dict[Identity, Claim] = {}
        for claim in self.claims:
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

    def parts(self, claim: Claim) -> list[Count]:
        """List the counts that a claim is about."""
        return self.covered(claim.table, claim.measure, claim.unit, claim.key)

    def covered(self, table: str, measure: str, unit: str, key: Key) -> list[Count]:
        """List the counts that a key covers; months lie in their quarter.

        A count whose own key lacks a dimension that `key` asks for is unknown there, and is not covered.
        """
        period, wanted = key["period"], codes_of(key)
        return [
            count
            for count in self.by_measure.get((table, measure, unit), ())
            if wanted <= count.codes and calendar.contains(period, count.key["period"])
        ]


def codes_of(key: Key) -> FrozenKey:
    """Give a key without its period, as a set of pairs.

    >>> codes_of({"sex": "F", "period": "2010-Q2"})
    frozenset({('sex', 'F')})
    """
    return frozenset(pair for pair in key.items() if pair[0] != "period")


def _grouped(facts: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
    """Sort records by their table."""
    tables: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        tables[fact.table].append(fact)
    return {table: tuple(group) for table, group in tables.items()}


def facts_of(reading: Reading) -> Facts:
    """Turn a reading's frames into records."""
    return Facts(reading.period, tuple(counts_of(reading.counts)), tuple(claims_of(reading.printed)))


def counts_of(frame: pd.DataFrame) -> Iterator[Count]:
    """Give the rows of the contract's frame `counts` as records."""
    for about, value in zip(_rows(frame), _numbers(frame["value"]), strict=True):
        yield Count(about.table, about.measure, about.unit, about.key, value, about.source)


def claims_of(frame: pd.DataFrame) -> Iterator[Claim]:
    """Give the rows of the contract's frame `printed` as records."""
    claimed = zip(_rows(frame), frame["value"], frame["kind"], frame["text"], strict=True)
    for about, value, kind, text in claimed:
        yield Claim(about.table, about.measure, about.unit, about.key, float(value), about.source, kind, text)


class _Row(NamedTuple):
    """What every row of both frames says: what it is about, and its cell."""

    table: str
    measure: str
    unit: str
    source: str
    key: Key


def _rows(frame: pd.DataFrame) -> Iterator[_Row]:
    keys = zip(*(_codes(frame[name]) for name in KEY_COLUMNS), strict=True)
    about = zip(frame["table"], frame["measure"], frame["unit"], frame["source"], keys, strict=True)
    for table, measure, unit, source, codes in about:
        key = {name: code for name, code in zip(KEY_COLUMNS, codes, strict=True) if code is not None}
        yield _Row(table, measure, unit, source, key)


def _codes(column: pd.Series) -> list[str | None]:
    """Give a column of codes, None where it is NA."""
    return [None if absent else text for text, absent in zip(column, column.isna(), strict=True)]


def _numbers(column: pd.Series) -> list[int | None]:
    """Give a column as whole numbers, None where it is NA."""
    return [None if absent else int(number) for number, absent in zip(column, column.isna(), strict=True)]


def identity(fact: Count | Claim) -> Identity:
    """Name what a fact is about, to compare it with others."""
    return identify(fact.table, fact.measure, fact.unit, fact.key)


def identify(table: str, measure: str, unit: str, key: Key) -> Identity:
    """Name what a count or a claim with this key would be about."""
    return table, measure, unit, frozenset(key.items())


def add(counts: Iterable[Count]) -> int | None:
    """Add counts up; None where one of them is blank: what is not known is not zero."""
    values = all_known(count.value for count in counts)
    return None if values is None else sum(values)


def all_known(values: Iterable[T | None]) -> list[T] | None:
    """List values; None where one of them is not known.

    >>> all_known([1, 2]), all_known([1, None])
    ([1, 2], None)
    """
    listed = list(values)
    known = [value for value in listed if value is not None]
    return known if len(known) == len(listed) else None


def name_key(key: Key, *, category_list: str = "", period: bool = True, language: str = "en") -> str:
    """Name what a key stands for, its category from the code list `category_list`.

    >>> name_key({"case_type": "TL", "sex": "F", "period": "2010-04"})
    'Trafficking for Labor (TL), Female, April'
    """
    names = []
    if "category" in key:
        names.append(codelist(category_list).label(key["category"], language) if category_list else key["category"])
    if "case_type" in key:
        names.append(f"{codelist('case_types').label(key['case_type'], language)} ({key['case_type']})")
    if "age_band" in key:
        names.append(codelist("age_bands").label(key["age_band"], language))
    if "sex" in key:
        names.append(codelist("sexes").label(key["sex"], language))
    if period:
        names.append(period_label(key["period"], language))
    return ", ".join(names)
