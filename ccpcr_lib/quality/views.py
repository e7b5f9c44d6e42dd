"""Facts → what each table says of a measure that several print, and the margins they can be compared by.

A count that does not say a dimension may belong to any of its codes.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import NamedTuple

from ..model import period as calendar
from ..model.catalogue import spec
from ..model.codelist import codelist
from ..model.measure import Adding, adding
from ..model.records import Count, name_key
from ..model.table import DIMENSIONS, Key
from .facts import Facts
from .notes import split_by_note

MarginCell = tuple[tuple[str, str], ...]
"""One cell of a margin: (dimension, code) for each of its dimensions, then its period."""


class Margin(NamedTuple):
    """What tables are compared by: dimensions, and months or the whole quarter. All else is summed over."""

    dimensions: tuple[str, ...]
    by_month: bool

    @property
    def depth(self) -> int:
        """How finely it divides: by how many dimensions, months among them."""
        return len(self.dimensions) + self.by_month


@dataclass(frozen=True)
class Atom:
    """A count, or what its note says of a part of it."""

    key: Key
    value: int | None
    count: Count

    @property
    def source(self) -> str:
        """The cell it stands in."""
        return self.count.source

    def says(self, dimensions: Sequence[str]) -> bool:
        """Check whether it says every one of these dimensions; else it is not certain where it belongs."""
        return all(name in self.key for name in dimensions)


class TableView(NamedTuple):
    """What one table says of one measure: its atoms, the dimensions it has, whether it knows months."""

    table: str
    atoms: tuple[Atom, ...]
    dimensions: frozenset[str]
    has_months: bool

    @property
    def adds(self) -> Adding:
        """How what it says adds up."""
        return adding(self.atoms[0].count.measure, self.atoms[0].count.unit)

    def knows(self, margin: Margin) -> bool:
        """Check whether it divides by all that the margin does."""
        return set(margin.dimensions) <= self.dimensions and (self.has_months or not margin.by_month)

    def divided_by(self, margin: Margin, quarter: str) -> dict[MarginCell, list[Atom]]:
        """Sort its atoms into the cells of a margin that they belong to, or may belong to."""
        codes = {name: [(name, code) for code in self._codes_of(name)] for name in margin.dimensions}
        cells: dict[MarginCell, list[Atom]] = defaultdict(list)
        for atom in self.atoms:
            period = ("period", atom.key["period"] if margin.by_month else quarter)
            said = [[(name, atom.key[name])] if name in atom.key else codes[name] for name in margin.dimensions]
            for choice in product(*said):
                cells[*choice, period].append(atom)
        return cells

    def _codes_of(self, name: str) -> list[str]:
        """List the codes that an atom may have where it lacks a dimension."""
        if name in DIMENSIONS:
            return list(codelist(DIMENSIONS[name]).members)
        return sorted({atom.key[name] for atom in self.atoms if name in atom.key})


def views_by_measure(facts: Facts) -> Iterator[tuple[str, list[TableView]]]:
    """Give the views of each measure and unit that more than one table prints."""
    groups: dict[tuple[str, str], dict[str, list[Count]]] = defaultdict(lambda: defaultdict(list))
    for count in facts.counts:
        if calendar.contains(facts.period, count.key["period"]):
            groups[count.measure, count.unit][count.table].append(count)
    for (measure, _), tables in groups.items():
        if len(tables) > 1:
            yield measure, [_view(facts, table, counts) for table, counts in tables.items()]


def _view(facts: Facts, table: str, counts: Sequence[Count]) -> TableView:
    """Collect what one table says of one measure; its notes divide its counts further.

    Tables that list their rows from different lists have no category in common, so each names its own.
    """
    category = f"category:{spec(table).codelist}"
    atoms = []
    for count in counts:
        for part in split_by_note(facts, count):
            named = {**part.key}
            if "category" in named:
                named[category] = named.pop("category")
            atoms.append(Atom(named, part.value, count))
    dimensions = frozenset().union(*(atom.key for atom in atoms)) - {"period"}
    has_months = any(calendar.MONTH.fullmatch(atom.key["period"]) for atom in atoms)
    return TableView(table, tuple(atoms), dimensions, has_months)


def margins_of(views: Sequence[TableView], *, is_stock: bool) -> list[Margin]:
    """List the margins from coarse to fine: sets of dimensions, over the quarter, then by month.

    A stock is compared month by month only: it is never summed.
    """
    names = sorted(set().union(*(view.dimensions for view in views)))
    sets = [dimensions for size in range(len(names) + 1) for dimensions in combinations(names, size)]
    margins = [Margin(*divided) for divided in product(sets, (True,) if is_stock else (False, True))]
    return sorted(margins, key=lambda margin: margin.depth)


def name_cell(cell: MarginCell, language: str = "en") -> str:
    """Name what a margin cell stands for, its category from the list that is its dimension's name.

    >>> name_cell((("category:skills", "sewing"), ("period", "2010-04")))
    'Sewing, April'
    """
    lists = [name.partition(":")[2] for name, _ in cell if name.startswith("category:")]
    key = {name.partition(":")[0]: code for name, code in cell}
    return name_key(key, category_list=lists[0] if lists else "", language=language)
