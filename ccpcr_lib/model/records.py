"""What a workbook says, as light records: counts, claims, and what their keys say.

The reader makes them; every check and every table works on them. A `Count` is one base cell, a `Claim` is what the
sheet prints about others (a total, a share, a note, the plan). A dimension that a count's key lacks is unknown; one
that a claim's key lacks is summed over. Nothing changes them; they are not frozen, which would take four times as long
to make.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from .codelist import codelist
from .table import Key
from .wording import period_label

FrozenKey = frozenset[tuple[str, str]]
"""A key, or a part of it, as a set of (dimension, code): sets can be compared, and one can lie within another."""

StandsFor = tuple[str, str, FrozenKey]
"""What a figure stands for, in whatever table: measure, unit, and its whole key."""

Identity = tuple[str, str, str, FrozenKey]
"""What a count or a claim is about: table, measure, unit, and its whole key."""

T = TypeVar("T")


@dataclass(slots=True, eq=False)
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
        self.codes = codes_of(self.key)


@dataclass(slots=True, eq=False)
class Claim:
    """What a cell prints about other cells: `kind` is total, share (0-1), note or plan.

    `is_on_paper`: somebody copied it from the paper form, beside a total that the sheet may work out itself.
    """

    table: str
    measure: str
    unit: str
    key: Key
    value: float
    source: str
    kind: str
    text: str
    is_on_paper: bool = False


def are_on_paper(claims: Iterable[Claim]) -> bool:
    """Check whether all of some claims were copied from paper."""
    return all(claim.is_on_paper for claim in claims)


def codes_of(key: Key) -> FrozenKey:
    """Give a key without its period, as a set of pairs.

    >>> codes_of({"sex": "F", "period": "2010-Q2"})
    frozenset({('sex', 'F')})
    """
    return frozenset(key.items()) - {("period", key.get("period"))}


def identity(fact: Count | Claim) -> Identity:
    """Name what a fact is about, to compare it with others."""
    return identify(fact.table, fact.measure, fact.unit, fact.key)


def identify(table: str, measure: str, unit: str, key: Key) -> Identity:
    """Name what a count or a claim with this key would be about."""
    return table, measure, unit, frozenset(key.items())


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
