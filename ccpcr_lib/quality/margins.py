"""Do tables that print the same measure agree: every set of dimensions both know, every period both know.

A count that does not say its sex may belong to either. So each table gives an interval for each margin cell, from
what it knows to what is possible, and two tables contradict each other where their intervals do not meet.
A pair of tables makes one finding, at the coarsest margin that shows it. In question are the cells of the finest, as
far as they can be what is wrong: a count that may belong elsewhere never makes a table say too much, zeros are named
only where a table has nothing else there, and what a third table shows more closely is not named again as a whole.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from ..model import period as calendar
from ..model.catalogue import spec
from ..model.codelist import codelist
from ..model.finding import Finding, sheet_of
from ..model.measure import Adding, adding, is_stock
from ..model.table import DIMENSIONS, Key
from ..model.wording import measure_label, table_title
from ..words import say
from .facts import Facts
from .notes import split_by_note
from .records import Count, name_key
from .rules import make_finding
from .sums import Sum, add_up

Margin = tuple[str, ...]
"""The dimensions that tables are compared by; what else divides their counts is summed over."""

Level = tuple[Margin, bool]
"""A margin over the quarter, or by month."""

MarginCell = tuple[tuple[str, str], ...]
"""One cell of a margin: (dimension, code) for each of its dimensions, then its period."""

TablePair = frozenset[str]
"""Two tables that print the same measure."""


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


@dataclass(frozen=True)
class TableView:
    """What one table says of one measure: its atoms, the dimensions it has, whether it knows months."""

    table: str
    atoms: tuple[Atom, ...]
    dimensions: frozenset[str]
    has_months: bool

    @property
    def adds(self) -> Adding:
        """How what it says adds up."""
        return adding(self.atoms[0].count.measure, self.atoms[0].count.unit)


@dataclass(frozen=True)
class Total:
    """What a table says of one margin cell, and the atoms it adds up."""

    sum: Sum
    atoms: tuple[Atom, ...] = ()


NOTHING = Total(Sum())
"""What a table says of a margin cell in which it has no atom."""


@dataclass(frozen=True)
class Clash:
    """A margin cell, and what two tables say of it that cannot both be right."""

    cell: MarginCell
    says: Mapping[str, Total]

    def excess(self, table: str) -> int:
        """Say how many more a table certainly says than the other allows, below zero how many fewer it allows."""
        own, (other,) = self.says[table].sum, [total.sum for name, total in self.says.items() if name != table]
        if other.most is not None and own.least > other.most:
            return own.least - other.most
        return (own.most or 0) - other.least

    @property
    def smallest(self) -> int:
        """How many clients it is about: a difference in one is easier to see than one in seventeen."""
        return sum((total.sum for total in self.says.values()), start=Sum()).least


@dataclass(frozen=True)
class Contradiction:
    """What two tables clash in: at the coarsest level that shows it, and at the finest; the cells in question there."""

    tables: TablePair
    level: Level
    coarsest: Sequence[Clash]
    finest: Sequence[Clash]
    depth: int = 0
    cells: frozenset[str] = frozenset()


def check_margins(facts: Facts) -> Iterator[Finding]:
    """Compare all tables of each measure and unit, and yield a finding for each contradiction."""
    for measure, views in views_by_measure(facts):
        yield from _compare(facts, measure, views)


def views_by_measure(facts: Facts) -> Iterator[tuple[str, list[TableView]]]:
    """Give the views of each measure and unit that more than one table prints."""
    groups: dict[tuple[str, str], dict[str, list[Count]]] = defaultdict(lambda: defaultdict(list))
    for count in facts.counts:
        if calendar.contains(facts.period, count.key["period"]):
            groups[count.measure, count.unit][count.table].append(count)
    for (measure, _), tables in groups.items():
        if len(tables) > 1:
            yield measure, [view_of(facts, table, counts) for table, counts in tables.items()]


def view_of(facts: Facts, table: str, counts: list[Count]) -> TableView:
    """Collect what one table says of one measure; its notes divide its counts further.

    Tables that list their rows from different lists have no category in common, so each names its own.
    """
    category = f"category:{spec(table).codelist}"
    atoms = []
    for count in counts:
        for part in split_by_note(facts, count):
            named = {category if name == "category" else name: code for name, code in part.key.items()}
            atoms.append(Atom(named, part.value, count))
    dimensions = frozenset(name for atom in atoms for name in atom.key if name != "period")
    return TableView(
        table, tuple(atoms), dimensions, any(calendar.MONTH.fullmatch(atom.key["period"]) for atom in atoms)
    )


def _compare(facts: Facts, measure: str, views: list[TableView]) -> Iterator[Finding]:
    """Go from the coarsest margin to the finest, and yield one finding for each pair of tables that contradicts.

    Pairs that show at the same margin, in the same cells, make one finding together.
    """
    contradictions: dict[TablePair, Contradiction] = {}
    for level in margins_of(views, is_stock=is_stock(measure)):
        for first, second in combinations(views, 2):
            clashes = _clashes(facts, first, second, level)
            if clashes:
                pair = frozenset((first.table, second.table))
                coarsest = contradictions.get(pair, Contradiction(pair, level, clashes, clashes))
                contradictions[pair] = replace(coarsest, finest=clashes, depth=depth(level))
    groups: dict[tuple[Level, frozenset[MarginCell]], list[Contradiction]] = defaultdict(list)
    for contradiction in _located(list(contradictions.values())):
        cells = frozenset(clash.cell for clash in contradiction.coarsest)
        groups[contradiction.level, cells].append(contradiction)
    order = [view.table for view in views]
    for group in groups.values():
        tables = sorted({table for pair in group for table in pair.tables}, key=order.index)
        yield _finding(facts, measure, tables, group)


def _located(contradictions: Sequence[Contradiction]) -> Iterator[Contradiction]:
    """Name the cells in question of each contradiction: where a finer one shows all of it in a table, only those there.

    So a boy too many in June, whom only slide 7 can place in June, does not question April in a table without months.
    """
    for contradiction in contradictions:
        cells: set[str] = set()
        for table in contradiction.tables:
            finer = [other for other in contradictions if table in other.tables and other.depth > contradiction.depth]
            clashes = [near for clash in contradiction.finest for near in _nearer(clash, table, finer)]
            cells |= _suspects(clashes, table)
        yield replace(contradiction, cells=frozenset(cells))


def _nearer(clash: Clash, table: str, finer: Sequence[Contradiction]) -> list[Clash]:
    """List the finer clashes of a table that make up a clash; that clash where none do."""
    for other in finer:
        inside = [near for near in other.finest if _lies_in(near.cell, clash.cell)]
        if inside and sum(near.excess(table) for near in inside) == clash.excess(table):
            return inside
    return [clash]


def _lies_in(inner: MarginCell, outer: MarginCell) -> bool:
    """Check whether a margin cell is a part of another."""
    *names, (_, period) = outer
    return set(names) <= set(inner) and calendar.contains(period, inner[-1][1])


def _suspects(clashes: Sequence[Clash], table: str) -> set[str]:
    """Name a table's cells that can be wrong: those with figures, zeros only where it has nothing else there."""
    atoms = [atom for clash in clashes for atom in _that_may_be_wrong(clash, table)]
    return {atom.source for atom in atoms if atom.count.value} or {atom.source for atom in atoms}


def _that_may_be_wrong(clash: Clash, table: str) -> list[Atom]:
    """List a table's atoms in a margin cell; where it says too much, only those that certainly belong there."""
    names = [name for name, _ in clash.cell]
    atoms = clash.says[table].atoms
    return [atom for atom in atoms if clash.excess(table) < 0 or all(name in atom.key for name in names)]


def depth(level: Level) -> int:
    """Say how finely a level divides: by how many dimensions, months among them."""
    return len(level[0]) + level[1]


def margins_of(views: list[TableView], *, is_stock: bool) -> list[Level]:
    """List the margins from coarse to fine: sets of dimensions, over the quarter, then by month.

    A stock is compared month by month only: it is never summed.
    """
    names = sorted(set().union(*(view.dimensions for view in views)))
    margins = [margin for size in range(len(names) + 1) for margin in combinations(names, size)]
    levels = [(margin, by_month) for margin in margins for by_month in ((True,) if is_stock else (False, True))]
    return sorted(levels, key=depth)


def knows(view: TableView, dimensions: Margin, by_month: bool) -> bool:
    """Check whether a table divides by these dimensions, and by months if asked."""
    return set(dimensions) <= view.dimensions and (view.has_months or not by_month)


def _clashes(facts: Facts, first: TableView, second: TableView, level: Level) -> list[Clash]:
    """List the margin cells in which two tables cannot both be right; none where they do not both divide so far."""
    if not (knows(first, *level) and knows(second, *level)):
        return []
    left, right = _totals(facts, first, level), _totals(facts, second, level)
    says = [(cell, left.get(cell, NOTHING), right.get(cell, NOTHING)) for cell in dict.fromkeys([*left, *right])]
    return [
        Clash(cell, {first.table: mine, second.table: yours})
        for cell, mine, yours in says
        if not mine.sum.meets(yours.sum)
    ]


def _totals(facts: Facts, view: TableView, level: Level) -> dict[MarginCell, Total]:
    """Add up each margin cell: atoms that lack a dimension may belong to any of its codes."""
    dimensions, by_month = level
    codes = codes_in(view, dimensions)
    atoms: dict[MarginCell, list[Atom]] = defaultdict(list)
    for atom in view.atoms:
        for cell in cells_of(atom, dimensions, codes, atom.key["period"] if by_month else facts.period):
            atoms[cell].append(atom)
    return {cell: Total(add_up(there, view.adds, asked=dimensions), tuple(there)) for cell, there in atoms.items()}


def codes_in(view: TableView, dimensions: Margin) -> dict[str, list[str]]:
    """List the codes of each dimension that a table has."""
    return {name: sorted({atom.key[name] for atom in view.atoms if name in atom.key}) for name in dimensions}


def cells_of(atom: Atom, dimensions: Margin, codes: Mapping[str, list[str]], period: str) -> list[MarginCell]:
    """List the margin cells that an atom belongs to, or may belong to where it lacks a dimension."""
    cells: list[MarginCell] = [()]
    for name in dimensions:
        options = [atom.key[name]] if name in atom.key else _every(name, codes)
        cells = [(*cell, (name, code)) for cell in cells for code in options]
    return [(*cell, ("period", period)) for cell in cells]


def _every(name: str, codes: Mapping[str, list[str]]) -> list[str]:
    """List every code that an unsaid dimension could have."""
    return list(codelist(DIMENSIONS[name]).members) if name in DIMENSIONS else codes[name]


def _finding(facts: Facts, measure: str, tables: list[str], group: Sequence[Contradiction]) -> Finding:
    """Name what each table says of the most telling margin cell, and where the finest difference lies."""
    cell = min(group[0].coarsest, key=lambda clash: clash.smallest).cell
    clashes = [clash for pair in group for clash in pair.finest]
    there = [clash for pair in group for clash in pair.coarsest if clash.cell == cell]
    says = {table: total for clash in there for table, total in clash.says.items()}
    numbers = {table: str(says[table].sum) for table in tables if table in says}
    is_finer = any(_extent(clash.cell) != _extent(cell) for clash in clashes)
    finer = {"finer": "; ".join(sorted({name_cell(clash.cell) for clash in clashes})[:4])} if is_finer else {}
    took_part, in_question = _ranked(clashes, cell, tables), {source for pair in group for source in pair.cells}
    return make_finding(
        "margin",
        [source for source in took_part if source in in_question],
        variant="finer" if finer else "",
        table=tables[0],
        evidence=took_part,
        printed="; ".join(numbers.values()),
        measure=measure_label(measure),
        who=name_cell(cell),
        says=", ".join(_says(facts, table, number) for table, number in numbers.items()),
        **finer,
    )


def _extent(cell: MarginCell) -> tuple[Margin, str]:
    """Give what a margin cell is divided by, and its period."""
    *_, (_, period) = cell
    return tuple(name for name, _ in cell), period


def _ranked(clashes: list[Clash], cell: MarginCell, tables: list[str]) -> list[str]:
    """List the cells that took part: those with figures in the most telling margin cell first, zeros last."""
    rank: dict[str, tuple[bool, bool, int]] = {}
    for clash in clashes:
        for atom in (atom for total in clash.says.values() for atom in total.atoms):
            this = (not atom.count.value, clash.cell != cell, tables.index(atom.count.table))
            rank[atom.count.source] = min(this, rank.get(atom.count.source, this))
    return sorted(rank, key=lambda source: rank[source])


def _says(facts: Facts, table: str, number: str) -> str:
    sheet = sheet_of(facts.by_table[table][0].source)
    return say("margin_says", title=table_title(table), sheet=sheet, number=number)


def name_cell(cell: MarginCell, language: str = "en") -> str:
    """Name what a margin cell stands for, its category from the list that is its dimension's name.

    >>> name_cell((("category:skills", "sewing"), ("period", "2010-04")))
    'Sewing, April'
    """
    lists = [name.partition(":")[2] for name, _ in cell if name.startswith("category:")]
    key = {name.partition(":")[0]: code for name, code in cell}
    return name_key(key, category_list=lists[0] if lists else "", language=language)
