"""A quarter's facts → its `System`: the cells that could be wrong, and what must hold between them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ...model.records import Claim, Count
from ..facts import Facts
from ..notes import split_by_note
from .figure import Figure, Role
from .linear import Constraint, Form, Part, add_forms
from .lines import Lines
from .past import Past

WORKED_OUT = frozenset({"total", "total_once", "share"})
"""Constraints of what is worked out from other figures."""


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
    def worked_out(self) -> dict[int, list[tuple[int, int]]]:
        """What is worked out from each figure: the constraint and the claim; what is copied from paper is not."""
        worked_out: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for place, constraint in enumerate(self.constraints):
            claim = constraint.claim
            if claim is not None and constraint.kind in WORKED_OUT and not self.is_on_paper(claim):
                for number in constraint.terms:
                    worked_out[number].append((place, claim))
        return worked_out

    @cached_property
    def lines(self) -> Lines:
        """The rows and columns in which its counts stand; asked for when all is written down."""
        return Lines(self.figures)

    @cached_property
    def past(self) -> Past:
        """What other months and quarters have in a figure's place."""
        return Past(self.facts, self.others, self.figures)

    @cached_property
    def notes_in(self) -> dict[str, list[int]]:
        """The parts of each note, by its cell."""
        notes: dict[str, list[int]] = defaultdict(list)
        for number, figure in enumerate(self.figures):
            if figure.role == "note":
                notes[figure.source].append(number)
        return notes

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


def _role(claim: Claim) -> Role:
    roles: dict[str, Role] = {"total": "total", "share": "share", "note": "note", "plan": "plan"}
    return roles[claim.kind]
