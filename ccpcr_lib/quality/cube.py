"""A reading → light records to check and to add up: counts, claims, and what a key covers.

Every check works on these: a `Count` is one base cell, a `Claim` is what the sheet prints about others
(a total, a share, a note, the plan). A dimension that a count's key lacks is unknown; one that a claim's key lacks
is summed over.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from ..excel.reader import Reading
from ..model import period as calendar
from ..model.codelist import codelist
from ..model.table import KEY_COLUMNS, Key
from ..model.wording import period_label


@dataclass(frozen=True, slots=True, eq=False)
class Count:
    """One base count: what it stands for, its value (None where blank), its cell."""

    table: str
    measure: str
    unit: str
    key: Key
    value: int | None
    source: str
    codes: frozenset = field(init=False, repr=False)

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
        counts, claims = ((fact for fact in facts if fact.table not in tables) for facts in (self.counts, self.claims))
        return Facts(self.period, tuple(counts), tuple(claims)) if tables else self

    @cached_property
    def by_table(self) -> dict[str, tuple[Count, ...]]:
        """The counts of each table."""
        return _grouped(self.counts)

    @cached_property
    def by_measure(self) -> dict[tuple[str, str, str], tuple[Count, ...]]:
        """The counts of each table, measure and unit."""
        found = defaultdict(list)
        for count in self.counts:
            found[count.table, count.measure, count.unit].append(count)
        return {name: tuple(rows) for name, rows in found.items()}

    @cached_property
    def claims_by_table(self) -> dict[str, tuple[Claim, ...]]:
        """The claims of each table."""
        return _grouped(self.claims)

    @cached_property
    def claimed(self) -> dict[tuple, Claim]:
        """The first printed total of each table, measure, unit and key."""
        found: dict[tuple, Claim] = {}
        for claim in self.claims:
            if claim.kind == "total":
                found.setdefault(identity(claim), claim)
        return found

    @cached_property
    def notes(self) -> dict[str, tuple[Claim, ...]]:
        """The parts of each note, by the cell it stands in."""
        found: dict[str, list[Claim]] = defaultdict(list)
        for claim in self.claims:
            if claim.kind == "note":
                found[claim.source].append(claim)
        return {source: tuple(parts) for source, parts in found.items()}

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


def codes_of(key: Key) -> frozenset:
    """Give a key without its period, as a set of pairs."""
    return frozenset(pair for pair in key.items() if pair[0] != "period")


def _grouped(items: Iterable) -> dict[str, tuple]:
    found = defaultdict(list)
    for item in items:
        found[item.table].append(item)
    return {name: tuple(rows) for name, rows in found.items()}


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


def _rows(frame: pd.DataFrame) -> Iterator[tuple]:
    columns = [_plain(frame[name]) for name in ("table", "measure", "unit", "value", "source", *KEY_COLUMNS)]
    for table, measure, unit, value, source, *codes in zip(*columns, strict=True):
        key = {name: code for name, code in zip(KEY_COLUMNS, codes, strict=True) if code is not None}
        yield table, measure, unit, value, source, key


def _plain(column: pd.Series) -> list:
    """Give a column as plain values, None where it is NA."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        names = [*column.cat.categories, None]
        return [names[code] for code in column.cat.codes]
    missing = column.isna().to_numpy()
    return [None if absent else value for value, absent in zip(column.array, missing, strict=True)]


def identity(fact: Count | Claim) -> tuple:
    """Say what a fact is about, to compare it with others: table, measure, unit, key."""
    return fact.table, fact.measure, fact.unit, frozenset(fact.key.items())


def add(counts: Iterable[Count]) -> int | None:
    """Add counts up; None where one of them is blank: what is not known is not zero."""
    values = [count.value for count in counts]
    return None if None in values else sum(values)


def name_key(key: Key, *, category_list: str = "", period: bool = True, language: str = "en") -> str:
    """Say what a key stands for: ``Trafficking for Labor (TL), Female, April``."""
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
