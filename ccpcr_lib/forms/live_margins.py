"""Live checks between tables that print the same measure."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import combinations

from ..model.catalogue import CATALOGUE
from ..model.measure import is_stock
from ..model.records import Count
from ..model.wording import measure_label, table_title
from ..quality.facts import Facts
from ..quality.views import Margin, MarginCell, TableView, margins_of, name_cell, views_by_measure
from ..words import say
from .ahead import Ahead
from .checks import Check, Operand, Side


def hold_margins(ahead: Ahead) -> Iterator[Check]:
    """Hold tables of one measure against each other, in the finest cells both know.

    A coarser margin is implied by a finer one, unless there a count does not say where it belongs.
    """
    empty = Facts(ahead.period, tuple(_empty_counts(ahead)), ())
    for measure, views in views_by_measure(empty):
        margins = margins_of(views, is_stock=is_stock(measure))
        for pair in combinations(views, 2):
            known = [margin for margin in margins if all(view.knows(margin) for view in pair)]
            for margin in known:
                if not any(_implies(finer, margin, pair) for finer in known):
                    yield from _compared(ahead, measure, pair, margin)


def _empty_counts(ahead: Ahead) -> Iterator[Count]:
    for table in CATALOGUE:
        for slot in ahead.laid(table):
            if slot.role == "count":
                yield Count(table.name, slot.measure, slot.unit, slot.key, None, "")


def _implies(finer: Margin, coarser: Margin, views: Sequence[TableView]) -> bool:
    """Return whether a margin says all that a coarser one does: it divides further, and every count knows where."""
    divides = set(finer.dimensions) >= set(coarser.dimensions) and finer.by_month >= coarser.by_month
    return divides and finer != coarser and all(atom.says(finer.dimensions) for view in views for atom in view.atoms)


def _compared(ahead: Ahead, measure: str, views: Sequence[TableView], margin: Margin) -> Iterator[Check]:
    """Write one check for each cell of a margin."""
    sides = [_sides(ahead, view, margin) for view in views]
    first, second = (partial(table_title, view.table) for view in views)
    says = partial(say, "live_margin", measure=partial(measure_label, measure), first=first, second=second)
    for cell in dict.fromkeys([*sides[0], *sides[1]]):
        sentence = partial(says, cell=partial(name_cell, cell))
        left, right = (side.get(cell, Side(())) for side in sides)
        yield Check(views[0].table, sentence, left, "=", right)


def _sides(ahead: Ahead, view: TableView, margin: Margin) -> dict[MarginCell, Side]:
    """Sort a table's counts into the cells of a margin: those that belong there, and those that may."""
    sides: dict[MarginCell, Side] = {}
    for cell, atoms in view.divided_by(margin, ahead.period).items():
        certain = [atom.count for atom in atoms if atom.says(margin.dimensions)]
        maybe = [atom.count for atom in atoms if not atom.says(margin.dimensions)]
        sides[cell] = Side(_counted(certain), _counted(maybe))
    return sides


def _counted(counts: Iterable[Count]) -> tuple[Operand, ...]:
    return tuple(Operand(count.table, count.measure, count.unit, count.key) for count in counts)
