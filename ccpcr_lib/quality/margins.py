"""Do tables that print the same measure agree: every set of dimensions both know, every period both know.

A count that does not say its sex may belong to either. So each table gives an interval for each margin cell, from
what it knows to what is possible, and two tables contradict each other where their intervals do not meet.
A pair of tables is told of once, at the coarsest margin that shows it, with the cells of the finest.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from ..model import period as calendar
from ..model.catalogue import is_stock, spec
from ..model.codelist import codelist
from ..model.finding import Finding
from ..model.wording import measure_label, table_title
from ..words import say
from .cube import Count, Facts, name_key
from .notes import split_by_note
from .rules import make_finding

Margin = tuple[str, ...]
"""Dimensions that are compared; all others are summed over."""

MarginCell = tuple[tuple[str, str], ...]
"""One cell of a margin, as (dimension, code) pairs with the period last."""

Pair = frozenset[str]
"""The names of two tables."""


@dataclass(frozen=True)
class Atom:
    """A count, or what its note says of a part of it."""

    key: dict[str, str]
    value: int | None
    count: Count


@dataclass(frozen=True)
class View:
    """What one table says of one measure: its atoms, the dimensions it has, whether it knows months."""

    table: str
    atoms: tuple[Atom, ...]
    dimensions: frozenset[str]
    has_months: bool


@dataclass
class Interval:
    """What a table says of one margin cell: at least `known`, at most `possible` (None: no limit), from `atoms`."""

    known: int = 0
    possible: int | None = 0
    atoms: tuple[Atom, ...] = ()

    def add(self, atom: Atom, *, certain: bool) -> None:
        """Add one atom, which belongs here for certain or possibly."""
        if atom.value is None or self.possible is None:
            self.possible = None
        else:
            self.possible += atom.value
        self.known += (atom.value or 0) if certain else 0
        self.atoms = (*self.atoms, atom)

    def meets(self, other: "Interval") -> bool:
        """Check whether some number would satisfy both."""
        return (self.possible is None or other.known <= self.possible) and (
            other.possible is None or self.known <= other.possible
        )

    def __str__(self) -> str:
        if self.possible == self.known:
            return str(self.known)
        if self.possible is None:
            return say("at_least_figure", count=self.known)
        return say("from_to", low=self.known, high=self.possible)


@dataclass(frozen=True)
class Clash:
    """A margin cell, and what two tables say of it that cannot both be right."""

    cell: dict[str, str]
    says: dict[str, Interval]

    @property
    def smallest(self) -> int:
        """How many clients it is about: a difference in one is easier to see than one in seventeen."""
        return sum(interval.known for interval in self.says.values())


@dataclass(frozen=True)
class Contradiction:
    """A margin at which two tables contradict each other, and the cells in which they do."""

    dimensions: Margin
    by_month: bool
    clashes: list[Clash]


def check_margins(facts: Facts) -> Iterator[Finding]:
    """Compare all tables of each measure and unit, and yield a finding for each contradiction."""
    for measure, views in views_by_measure(facts):
        yield from _compare(facts, measure, views)


def views_by_measure(facts: Facts) -> Iterator[tuple[str, list[View]]]:
    """Give the views of each measure and unit that more than one table prints."""
    groups: dict[tuple[str, str], dict[str, list[Count]]] = defaultdict(lambda: defaultdict(list))
    for count in facts.counts:
        if calendar.contains(facts.period, count.key["period"]):
            groups[count.measure, count.unit][count.table].append(count)
    for (measure, _), tables in groups.items():
        if len(tables) > 1:
            yield measure, [view_of(facts, table, counts) for table, counts in tables.items()]


def view_of(facts: Facts, table: str, counts: list[Count]) -> View:
    """Say what one table says of one measure; its notes divide its counts further."""
    category = f"category:{spec(table).codelist}"
    atoms = []
    for count in counts:
        parts = split_by_note(facts, count) if count.value is not None else [(dict(count.key), None)]
        for key, value in parts:
            named = {category if name == "category" else name: code for name, code in key.items()}
            atoms.append(Atom(named, value, count))
    dimensions = frozenset(name for atom in atoms for name in atom.key if name != "period")
    return View(table, tuple(atoms), dimensions, any(calendar.MONTH.fullmatch(atom.key["period"]) for atom in atoms))


def _compare(facts: Facts, measure: str, views: list[View]) -> Iterator[Finding]:
    """Go from the coarsest margin to the finest; a pair of tables that contradicts is told of once."""
    coarsest: dict[Pair, Contradiction] = {}
    finest: dict[Pair, list[Clash]] = {}
    for dimensions, by_month in margins_of(views, is_stock=is_stock(measure)):
        for one, other in combinations(views, 2):
            if not (knows(one, dimensions, by_month) and knows(other, dimensions, by_month)):
                continue
            clashes = _clashes(facts, one, other, dimensions, by_month)
            if clashes:
                pair = frozenset((one.table, other.table))
                coarsest.setdefault(pair, Contradiction(dimensions, by_month, clashes))
                finest[pair] = clashes
    order = [view.table for view in views]
    for pairs in _showing_together(coarsest):
        tables = sorted(frozenset[str]().union(*pairs), key=order.index)
        yield _finding(
            facts,
            measure,
            tables=tables,
            clashes=[clash for pair in pairs for clash in coarsest[pair].clashes],
            finest=[clash for pair in pairs for clash in finest[pair]],
        )


def _showing_together(coarsest: Mapping[Pair, Contradiction]) -> list[list[Pair]]:
    """Group the pairs that contradict each other at the same margin, in the same cells: that is one contradiction."""
    groups: dict[tuple[Margin, bool, tuple[str, ...]], list[Pair]] = defaultdict(list)
    for pair, found in coarsest.items():
        cells = tuple(sorted(str(clash.cell) for clash in found.clashes))
        groups[found.dimensions, found.by_month, cells].append(pair)
    return list(groups.values())


def margins_of(views: list[View], *, is_stock: bool) -> list[tuple[Margin, bool]]:
    """List the margins from coarse to fine: sets of dimensions, over the quarter, then by month.

    A stock is compared month by month only: it is never summed.
    """
    names = sorted(frozenset[str]().union(*(view.dimensions for view in views)))
    subsets = [subset for size in range(len(names) + 1) for subset in combinations(names, size)]
    return sorted(
        ((subset, by_month) for subset in subsets for by_month in ((True,) if is_stock else (False, True))),
        key=lambda margin: len(margin[0]) + margin[1],
    )


def knows(view: View, dimensions: Margin, by_month: bool) -> bool:
    """Tell whether a table divides by these dimensions, and by months if asked."""
    return set(dimensions) <= view.dimensions and (view.has_months or not by_month)


def _clashes(facts: Facts, one: View, other: View, dimensions: Margin, by_month: bool) -> list[Clash]:
    """List the margin cells in which two tables cannot both be right."""
    left, right = (_intervals(facts, view, dimensions, by_month) for view in (one, other))
    none = Interval()
    pairs = ((cell, left.get(cell, none), right.get(cell, none)) for cell in dict.fromkeys([*left, *right]))
    return [
        Clash(dict(cell), {one.table: mine, other.table: yours}) for cell, mine, yours in pairs if not mine.meets(yours)
    ]


def _intervals(facts: Facts, view: View, dimensions: Margin, by_month: bool) -> dict[MarginCell, Interval]:
    """Give each margin cell's interval: atoms that lack a dimension may belong to any of its codes."""
    codes = codes_in(view, dimensions)
    cells: dict[MarginCell, Interval] = {}
    for atom in view.atoms:
        certain = all(name in atom.key for name in dimensions)
        for cell in cells_of(atom, dimensions, codes, atom.key["period"] if by_month else facts.period):
            cells.setdefault(cell, Interval()).add(atom, certain=certain)
    return cells


def codes_in(view: View, dimensions: Margin) -> dict[str, list[str]]:
    """List the codes of each dimension that a table has."""
    return {name: sorted({atom.key[name] for atom in view.atoms if name in atom.key}) for name in dimensions}


def cells_of(atom: Atom, dimensions: Margin, codes: dict[str, list[str]], period: str) -> Iterable[MarginCell]:
    """List the margin cells that an atom belongs to, or may belong to where it lacks a dimension."""
    cells: list[MarginCell] = [()]
    for name in dimensions:
        options = [atom.key[name]] if name in atom.key else _every(name, codes)
        cells = [(*cell, (name, code)) for cell in cells for code in options]
    return [(*cell, ("period", period)) for cell in cells]


def _every(name: str, codes: dict[str, list[str]]) -> list[str]:
    """List every code that an unsaid dimension could have."""
    lists = {"case_type": "case_types", "sex": "sexes", "age_band": "age_bands"}
    return list(codelist(lists[name]).members) if name in lists else codes[name]


def _finding(facts: Facts, measure: str, *, tables: list[str], clashes: list[Clash], finest: list[Clash]) -> Finding:
    """Say what each table says of the most telling margin cell, and where the finest difference lies."""
    cell = _most_telling(clashes)
    says = {table: interval for clash in clashes if clash.cell == cell for table, interval in clash.says.items()}
    told = [table for table in tables if table in says]
    is_finer = any(set(clash.cell) != set(cell) or clash.cell["period"] != cell["period"] for clash in finest)
    fields = {"cells": "; ".join(sorted({_name(clash.cell) for clash in finest})[:4])} if is_finer else {}
    return make_finding(
        "margin",
        _cells_of(finest, cell, tables),
        variant="finer" if is_finer else "",
        table=tables[0],
        printed="; ".join(str(says[table]) for table in told),
        measure=measure_label(measure),
        cell=_name(cell),
        says=", ".join(say("table_says", table=_sheet(facts, table), figure=says[table]) for table in told),
        **fields,
    )


def _most_telling(clashes: list[Clash]) -> dict[str, str]:
    """Choose the margin cell about the fewest clients, of the first pair of tables."""
    tables = clashes[0].says.keys()
    return min((clash for clash in clashes if clash.says.keys() == tables), key=lambda clash: clash.smallest).cell


def _cells_of(clashes: list[Clash], cell: dict[str, str], tables: list[str]) -> list[str]:
    """List the cells in question: those with figures in the most telling margin cell first, zeros last."""
    rank: dict[str, tuple[bool, bool, int]] = {}
    for clash in clashes:
        for atom in (atom for interval in clash.says.values() for atom in interval.atoms):
            this = (not atom.count.value, clash.cell != cell, tables.index(atom.count.table))
            rank[atom.count.source] = min(this, rank.get(atom.count.source, this))
    return sorted(rank, key=lambda source: rank[source])


def _sheet(facts: Facts, table: str) -> str:
    sheet = facts.by_table[table][0].source.rpartition("!")[0]
    return say("table_on_sheet", title=table_title(table), sheet=sheet)


def _name(cell: dict[str, str]) -> str:
    category = next((name for name in cell if name.startswith("category:")), "")
    key = {("category" if name == category else name): code for name, code in cell.items()}
    return name_key(key, category_list=category.partition(":")[2])
