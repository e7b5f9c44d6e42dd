"""A reading → light records to check and to add up: counts, claims, and what a key covers.

Every check works on these: a `Count` is one base cell, a `Claim` is what the sheet prints about others
(a total, a share, a note, the plan). A dimension that a count's key lacks is unknown; one that a claim's key lacks
is summed over.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import pandas as pd

from ..excel.reader import Reading
from ..model import period as calendar
from ..model.codelist import codelist
from ..model.table import KEY_COLUMNS, Key
from ..model.wording import period_label

Codes = frozenset[tuple[str, str]]
"""A key, or a part of one, as (dimension, code) pairs: what a search compares."""

Identity = tuple[str, str, str, Codes]
"""What a fact is about: table, measure, unit, key."""


@dataclass(frozen=True, slots=True, eq=False)
class Count:
    """One base count: what it stands for, its value (None where blank), its cell."""

    table: str
    measure: str
    unit: str
    key: Key
    value: int | None
    source: str
    codes: Codes = field(init=False, repr=False)

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


@dataclass(frozen=True)
class Facts:
    """A quarter's counts and claims, by table."""

    period: str
    counts: tuple[Count, ...]
    claims: tuple[Claim, ...]

    def without(self, tables: Collection[str]) -> "Facts":
        """Leave tables out."""
        counts = tuple(count for count in self.counts if count.table not in tables)
        claims = tuple(claim for claim in self.claims if claim.table not in tables)
        return Facts(self.period, counts, claims) if tables else self

    @cached_property
    def by_table(self) -> dict[str, tuple[Count, ...]]:
        """The counts of each table."""
        return _by_table(self.counts)

    @cached_property
    def by_measure(self) -> dict[tuple[str, str, str], tuple[Count, ...]]:
        """The counts of each table, measure and unit."""
        groups = defaultdict(list)
        for count in self.counts:
            groups[count.table, count.measure, count.unit].append(count)
        return {name: tuple(counts) for name, counts in groups.items()}

    @cached_property
    def claims_by_table(self) -> dict[str, tuple[Claim, ...]]:
        """The claims of each table."""
        return _by_table(self.claims)

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


def codes_of(key: Key) -> Codes:
    """Give a key without its period, as a set of pairs.

    >>> sorted(codes_of({"period": "2010-04", "case_type": "DV", "sex": "F"}))
    [('case_type', 'DV'), ('sex', 'F')]
    """
    return frozenset(pair for pair in key.items() if pair[0] != "period")


Fact = TypeVar("Fact", Count, Claim)


def _by_table(facts: Iterable[Fact]) -> dict[str, tuple[Fact, ...]]:
    tables: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        tables[fact.table].append(fact)
    return {name: tuple(rows) for name, rows in tables.items()}


def facts_of(reading: Reading) -> Facts:
    """Turn a reading's frames into records."""
    return Facts(reading.period, tuple(counts_of(reading.counts)), tuple(claims_of(reading.printed)))


def counts_of(frame: pd.DataFrame) -> Iterator[Count]:
    """Give the rows of `counts` as records."""
    for table, measure, unit, value, source, key in _rows(frame):
        yield Count(table, measure, unit, key, None if value is None else int(value), source)


def claims_of(frame: pd.DataFrame) -> Iterator[Claim]:
    """Give the rows of `printed` as records."""
    for (table, measure, unit, value, source, key), kind, text in zip(
        _rows(frame), frame["kind"], frame["text"], strict=True
    ):
        yield Claim(table, measure, unit, key, float(value), source, kind, text)


def _rows(frame: pd.DataFrame) -> Iterator[tuple[str, str, str, Any, str, Key]]:
    """Give each row as table, measure, unit, value, source, key."""
    columns = [_plain(frame[name]) for name in ("table", "measure", "unit", "value", "source", *KEY_COLUMNS)]
    for table, measure, unit, value, source, *codes in zip(*columns, strict=True):
        key = {name: code for name, code in zip(KEY_COLUMNS, codes, strict=True) if code is not None}
        yield table, measure, unit, value, source, key


def _plain(column: pd.Series) -> list[Any]:
    """Give a column as plain values, None where it is NA."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        names = [*column.cat.categories, None]
        return [names[code] for code in column.cat.codes]
    missing = column.isna().to_numpy()
    return [None if absent else value for value, absent in zip(column.array, missing, strict=True)]


def identity(fact: Count | Claim) -> Identity:
    """Name what a fact is about, to compare it with others."""
    return fact.table, fact.measure, fact.unit, frozenset(fact.key.items())


def add(counts: Iterable[Count]) -> int | None:
    """Add counts up; None where one of them is blank: what is not known is not zero."""
    total = 0
    for count in counts:
        if count.value is None:
            return None
        total += count.value
    return total


def name_key(key: Key, *, category_list: str = "", period: bool = True, language: str = "en") -> str:
    """Write what a key stands for, the period last unless it is left out.

    >>> name_key({"period": "2010-04", "case_type": "TL", "sex": "F"})
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
