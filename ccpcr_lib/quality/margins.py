"""Do tables that print the same measure agree: every set of dimensions both know, every period both know.

A count that does not say its sex may belong to either. So each table gives an interval for each margin cell, from
what it knows to what is possible, and two tables contradict each other where their intervals do not meet.
A pair of tables makes one finding, at the coarsest margin that shows it. In question are the cells of the finest, as
far as they can be what is wrong: a count that may belong elsewhere never makes a table say too much, zeros are named
only where a table has nothing else there, and what a third table shows more closely is not named again as a whole.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from ..model import period as calendar
from ..model.finding import Finding, sheet_of
from ..model.measure import is_stock
from ..model.wording import measure_label, table_title
from ..words import say
from .facts import Facts
from .rules import make_finding
from .sums import Sum, add_up
from .views import Atom, Margin, MarginCell, TableView, margins_of, name_cell, views_by_measure

TablePair = frozenset[str]
"""Two tables that print the same measure."""


class Total(NamedTuple):
    """What a table says of one margin cell, and the atoms it adds up."""

    sum: Sum
    atoms: tuple[Atom, ...] = ()


NOTHING = Total(Sum())
"""What a table says of a margin cell in which it has no atom."""


class Clash(NamedTuple):
    """A margin cell, and what two tables say of it that cannot both be right."""

    cell: MarginCell
    says: Mapping[str, Total]

    def excess(self, table: str) -> int:
        """Give how many more a table certainly says than the other allows, below zero how many fewer it allows."""
        own, (other,) = self.says[table].sum, [total.sum for name, total in self.says.items() if name != table]
        if other.most is not None and own.least > other.most:
            return own.least - other.most
        return (own.most or 0) - other.least

    @property
    def smallest(self) -> int:
        """How many clients it is about: a difference in one is easier to see than one in seventeen."""
        return sum((total.sum for total in self.says.values()), start=Sum()).least


class Contradiction(NamedTuple):
    """What two tables clash in, at the coarsest margin that shows it and at the finest; the cells in question there."""

    tables: TablePair
    margin: Margin
    coarsest: Sequence[Clash]
    finest: Sequence[Clash]
    depth: int = 0
    cells: frozenset[str] = frozenset()


def check_margins(facts: Facts) -> Iterator[Finding]:
    """Compare all tables of each measure and unit, and yield a finding for each contradiction."""
    for measure, views in views_by_measure(facts):
        yield from _compare(facts, measure, views)


def _compare(facts: Facts, measure: str, views: list[TableView]) -> Iterator[Finding]:
    """Go from the coarsest margin to the finest, and yield one finding for each pair of tables that contradicts.

    Pairs that show at the same margin, in the same cells, make one finding together.
    """
    contradictions: dict[TablePair, Contradiction] = {}
    for margin in margins_of(views, is_stock=is_stock(measure)):
        known = [view for view in views if view.knows(margin)]
        says = {view.table: _totals(facts, view, margin) for view in known if len(known) > 1}
        for pair in map(frozenset, combinations(says, 2)):
            clashes = _clashes({table: says[table] for table in says if table in pair})
            if clashes:
                coarsest = contradictions.get(pair, Contradiction(pair, margin, clashes, clashes))
                contradictions[pair] = coarsest._replace(finest=clashes, depth=margin.depth)
    groups: dict[tuple[Margin, frozenset[MarginCell]], list[Contradiction]] = defaultdict(list)
    for contradiction in _located(list(contradictions.values())):
        cells = frozenset(clash.cell for clash in contradiction.coarsest)
        groups[contradiction.margin, cells].append(contradiction)
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
        yield contradiction._replace(cells=frozenset(cells))


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
    dimensions = [name for name, _ in clash.cell]
    atoms = clash.says[table].atoms
    return [atom for atom in atoms if clash.excess(table) < 0 or atom.says(dimensions)]


def _clashes(says: Mapping[str, Mapping[MarginCell, Total]]) -> list[Clash]:
    """List the margin cells in which two tables cannot both be right, of what each says of the cells of a margin."""
    (first, left), (second, right) = says.items()
    both = ((cell, left.get(cell, NOTHING), right.get(cell, NOTHING)) for cell in dict.fromkeys([*left, *right]))
    return [Clash(cell, {first: mine, second: yours}) for cell, mine, yours in both if not mine.sum.meets(yours.sum)]


def _totals(facts: Facts, view: TableView, margin: Margin) -> dict[MarginCell, Total]:
    """Add up the atoms in each cell of a margin."""
    cells = view.divided_by(margin, facts.period).items()
    return {cell: Total(add_up(there, view.adds, asked=margin.dimensions), tuple(there)) for cell, there in cells}


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


def _extent(cell: MarginCell) -> tuple[tuple[str, ...], str]:
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
