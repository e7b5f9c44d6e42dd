"""What must hold between tables and quarters: one measure in two tables, and the declared relations."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from ...model import period as calendar
from ...model.measure import adding, is_stock
from ...model.table import Key
from ..cube import NoAnswerError
from ..facts import Facts
from ..in_care import parts_in_care
from ..relation_sides import CLIENTS, Term, earlier_in_a_row, has_dimension, shifted
from ..relations import BOTH_OR_NEITHER, Relation, periods_and_members
from ..views import Margin, MarginCell, TableView, margins_of, views_by_measure
from .linear import Bounds, Constraint, Form, Part, at_most, below, bounds_of, within
from .system import System

MANY = 10_000
"""More than any figure, in the constraint that two figures are both given or neither."""

NONE = Bounds((Form({}),), Form({}))


def constraints_of_margins(system: System, tables: Collection[str]) -> Iterator[Constraint]:
    """Say that tables which print the same measure agree, in every margin that both know, if these are among them."""
    for measure, views in views_by_measure(system.facts):
        for margin in margins_of(views, is_stock=is_stock(measure)):
            known = [view for view in views if view.knows(margin)]
            is_asked = len(known) > 1 and any(view.table in tables for view in known)
            says = [_says(system, view, margin) for view in known] if is_asked else []
            for left, right in combinations(says, 2):
                for cell in dict.fromkeys([*left, *right]):
                    yield from within("margin", left.get(cell, NONE), right.get(cell, NONE))


def _says(system: System, view: TableView, margin: Margin) -> dict[MarginCell, Bounds]:
    """Give what a table says of each cell of a margin."""
    forms: dict[int, dict[int, Part]] = {}
    says = {}
    for cell, atoms in view.divided_by(margin, system.facts.period).items():
        parts = []
        for atom in atoms:
            own = forms.setdefault(id(atom.count), {})
            if not own:
                same = [other for other in view.atoms if other.count is atom.count]
                divided = system.parts([atom.count], divided=True)
                own |= {id(other): part for other, part in zip(same, divided, strict=True)}
            parts.append(own[id(atom)]._replace(key=atom.key))
        says[cell] = bounds_of(parts, view.adds, margin.dimensions)
    return says


def constraints_of_relations(
    system: System, others: Sequence[Facts], relations: Iterable[Relation], tables: Collection[str]
) -> Iterator[Constraint]:
    """Say that the relations about these tables hold; one that only asks says nothing of which cell is wrong."""
    quarters = {other.period: other for other in others} | {system.facts.period: system.facts}
    earlier = earlier_in_a_row(quarters, system.facts.period)
    for relation in relations:
        terms = (*relation.left, *relation.right)
        speaks_of_them = any(term.is_in_care or term.table in tables for term in terms)
        if relation.severity_after(earlier) == "note" or not speaks_of_them:
            continue
        for period, member in periods_and_members(system.facts, relation):
            left, right = (
                _side(system, quarters, terms, period, member, relation.missing)
                for terms in (relation.left, relation.right)
            )
            if left and right:
                yield from _compared(relation.operator, left, right)


def _compared(operator: str, left: Bounds, right: Bounds) -> Iterator[Constraint]:
    if operator == "=":
        yield from within("relation", left, right)
    elif operator == "<=":
        yield from below("relation", left, right)
    elif operator == ">=":
        yield from below("relation", right, left)
    elif operator == BOTH_OR_NEITHER and left.exact and right.exact:
        yield at_most("relation", left.exact, right.exact.times(MANY))
        yield at_most("relation", right.exact, left.exact.times(MANY))


def _side(
    system: System, quarters: Mapping[str, Facts], terms: Sequence[Term], period: str, member: Key, missing: str
) -> Bounds | None:
    """Work out one side of a relation; None where a figure is not known, as the relation itself is not tested then."""
    side = NONE
    for term in terms:
        figure = _figure(system, quarters, term, period, member, is_zero=missing == "zero")
        if figure is None or (figure.most is None and term.sign < 0):
            return None
        side = _sum(side, figure) if term.sign > 0 else _difference(side, figure)
    return side


def _sum(left: Bounds, right: Bounds) -> Bounds:
    most = None if left.most is None or right.most is None else left.most + right.most
    if left.exact and right.exact and most is not None:
        return Bounds((most,), most)
    (first, *rest), (other, *others) = left.least, right.least
    return Bounds((first + other, *(form + other for form in rest), *(first + form for form in others)), most)


def _difference(left: Bounds, right: Bounds) -> Bounds:
    negative = Bounds(((right.most or Form({})).times(-1),), right.least[0].times(-1))
    return _sum(left, negative)


def _figure(
    system: System, quarters: Mapping[str, Facts], term: Term, period: str, member: Key, *, is_zero: bool
) -> Bounds | None:
    """Give a term in the periods that its shift names, the figures of earlier workbooks as numbers."""
    periods = shifted(quarters, term.shift, period)
    divided = {name: code for name, code in member.items() if has_dimension(term.table, name)} if term.table else {}
    asked: list[tuple[str, Key]] = [(term.measure, {**divided, **dict(term.codes), "period": name}) for name in periods]
    if term.is_in_care:
        asked = [(measure, {"period": month}) for measure, month in parts_in_care(periods)]
    elif len(periods) > 1 and adding(term.measure, term.unit) != "flow" and adding(term.measure, term.unit) != "events":
        return None
    total = NONE
    for measure, key in asked:
        facts = quarters.get(calendar.quarter_of(key["period"]))
        bounds = _in_period(system, facts, term, measure, key, is_zero=is_zero) if facts else None
        if bounds is None:
            return None
        total = _sum(total, bounds)
    return total


def _in_period(system: System, facts: Facts, term: Term, measure: str, key: Key, *, is_zero: bool) -> Bounds | None:
    unit = "clients" if term.is_in_care else term.unit
    cube = facts.cube(measure, unit)
    adds = adding(measure, unit)
    adds = "attendance" if term.shift == CLIENTS and adds == "flow" else adds
    try:
        counts = cube.counts(key, term.table or cube.answers(key))
    except NoAnswerError:
        return None
    if facts is system.facts:
        parts = system.parts(counts)
    else:
        parts = [
            Part(count.key, count.value, None if count.value is None else Form({}, count.value)) for count in counts
        ]
    if is_zero:
        parts = [part._replace(value=0, form=Form({})) if part.form is None else part for part in parts]
    return bounds_of(parts, adds, key.keys() - {"period"})
