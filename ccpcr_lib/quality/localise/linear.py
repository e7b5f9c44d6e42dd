"""Sums of cells: a `Form` is one, `Bounds` are what counts add up to, a `Constraint` is what must hold between them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...model.measure import Adding
from ...model.records import FrozenKey
from ...model.table import Key
from ..keys import kinds_of, people_of
from ..sums import most_people


@dataclass(frozen=True, slots=True)
class Form:
    """A sum of cells, each by its number and how often it is added, and of what is known for certain."""

    terms: Mapping[int, float]
    constant: float = 0

    def __add__(self, other: "Form") -> "Form":
        """Add two sums."""
        terms = dict(self.terms)
        for cell, times in other.terms.items():
            terms[cell] = terms.get(cell, 0) + times
        return Form(terms, self.constant + other.constant)

    def times(self, factor: float) -> "Form":
        """Give it so many times."""
        return Form({cell: times * factor for cell, times in self.terms.items()}, self.constant * factor)

    def __sub__(self, other: "Form") -> "Form":
        """Take another sum away."""
        return self + other.times(-1)


NOTHING = Form({})


def add_forms(forms: Iterable[Form]) -> Form:
    """Add sums of cells."""
    terms: dict[int, float] = {}
    constant = 0.0
    for form in forms:
        constant += form.constant
        for cell, times in form.terms.items():
            terms[cell] = terms.get(cell, 0) + times
    return Form(terms, constant)


class Part(NamedTuple):
    """A count, or a part of one, as a sum of cells; `form` is None where it is blank, `value` is what it is now."""

    key: Key
    value: int | None
    form: Form | None


class Bounds(NamedTuple):
    """What counts add up to: at least as much as each of `least`, at most `most`; None: a blank leaves it open.

    The first of `least` is the greatest as things stand.
    """

    least: Sequence[Form]
    most: Form | None

    @property
    def exact(self) -> Form | None:
        """What they add up to where that is known, else None."""
        return self.most if self.most is not None and list(self.least) == [self.most] else None


def known(number: Form) -> Bounds:
    """Give a sum that is known exactly as bounds."""
    return Bounds((number,), number)


def bounds_of(parts: Sequence[Part], adds: Adding, asked: Collection[str] = ()) -> Bounds:
    """Add counts up as `sums.add_up` does, in sums of cells: what it can say of numbers, this says of any."""
    if adds == "stock":
        last = max((part.key["period"] for part in parts), default="")
        parts = [part for part in parts if part.key["period"] == last]
    names = frozenset(asked)
    certain = [part for part in parts if names <= part.key.keys()]
    forms = [part.form for part in parts if part.form is not None]
    most = add_forms(forms) if len(forms) == len(parts) else None
    there = [part for part in certain if part.form is not None]
    if adds != "attendance":
        whole = len(there) == len(parts) and most is not None
        return Bounds((most if whole and most else add_forms(part.form for part in there if part.form),), most)
    return Bounds(tuple(_fewest(certain)), most)


def _fewest(parts: Sequence[Part]) -> Iterator[Form]:
    """Give sums that clients who may stand in several counts are no fewer than: of each kind its largest count.

    First the greatest of these sums, then each in which one other count takes the place of the largest.
    """
    groups: dict[FrozenKey, list[Part]] = defaultdict(list)
    for part in sorted(parts, key=lambda part: -(part.value or 0)):
        groups[people_of(part.key)].append(part)
    largest = {people: group[0].value or 0 for people, group in groups.items()}
    chosen = [people for kind in kinds_of(tuple(groups)) for people in most_people(kind, largest)]
    first = {people: groups[people][0].form or NOTHING for people in chosen}
    yield add_forms(first.values())
    for people in chosen:
        rest = add_forms(form for other, form in first.items() if other is not people)
        for part in groups[people][1:]:
            yield rest + (part.form or NOTHING)


class Constraint(NamedTuple):
    """What must hold: a sum of cells lies between `least` and `most`, None where that side is open.

    `kind` says of what it is: a total and its parts, a total of clients who count once, a percent, a note and its cell,
    a note and other notes, two tables, a declared relation, an earlier workbook. `claim` is the figure that is worked
    out from the others, where one is.
    """

    kind: str
    terms: Mapping[int, float]
    least: float | None
    most: float | None
    claim: int | None = None

    def allows(self, total: float) -> bool:
        """Check whether it holds for a sum of its cells."""
        return (self.least is None or total >= self.least - CLOSE) and (self.most is None or total <= self.most + CLOSE)


CLOSE = 1e-6
"""Numbers closer than this are taken for the same."""


def equal(kind: str, left: Form, right: Form) -> Constraint:
    """Say that two sums are the same."""
    difference = left - right
    return Constraint(kind, difference.terms, -difference.constant, -difference.constant)


def at_most(kind: str, left: Form, right: Form, *, by: float = 0) -> Constraint:
    """Say that a sum is at most as large as another, and smaller by `by`."""
    difference = left - right
    return Constraint(kind, difference.terms, None, -difference.constant - by)


def within(kind: str, left: Bounds, right: Bounds) -> Iterator[Constraint]:
    """Say that two sums may be the same: equal where both are exact, else neither above what the other allows."""
    if left.exact and right.exact:
        yield equal(kind, left.exact, right.exact)
        return
    yield from below(kind, left, right)
    yield from below(kind, right, left)


def below(kind: str, left: Bounds, right: Bounds) -> Iterator[Constraint]:
    """Say that a sum is no larger than another may be."""
    if right.most is not None:
        for form in left.least:
            yield at_most(kind, form, right.most)
