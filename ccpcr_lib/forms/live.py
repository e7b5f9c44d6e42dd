"""The rules of the checks → the same rules in neutral records, for a workbook that checks itself while it is typed.

Totals come from the declarations of the tables, agreement between tables from their margins, everything else from
``relations.csv``. No rule is written down here a second time. What a formula cannot say stays with ``ccpcr check``.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations

from ..model import period as calendar
from ..model.catalogue import CATALOGUE, home_table, spec
from ..model.codelist import codelist
from ..model.measure import is_stock
from ..model.paper import PAPER, paper_slots
from ..model.records import Count, codes_of, name_key
from ..model.table import Key, Slot, TableSpec, slots
from ..model.wording import measure_label, table_title
from ..quality.cube import NoAnswerError
from ..quality.facts import Facts
from ..quality.in_care import parts_in_care
from ..quality.keys import people_of
from ..quality.relation_sides import CLIENTS, Term, earlier_in_a_row, has_dimension, shifted
from ..quality.relations import Relation
from ..quality.views import Margin, MarginCell, TableView, margins_of, name_cell, views_by_measure
from ..words import Words, say
from .checks import Check, Operand, Side
from .layout import is_spare


@dataclass(frozen=True)
class Ahead:
    """The quarter to be typed: the rows of each table, and what earlier quarters' workbooks say."""

    period: str
    members: Mapping[str, Sequence[str]]
    before: Sequence[Facts] = ()


def live_checks(ahead: Ahead, relations: Iterable[Relation]) -> list[Check]:
    """List everything that must hold in the quarter's workbook and that a formula can say."""
    return [*_totals(ahead), *_on_paper(ahead), *_previous(ahead), *_margins(ahead), *_relations(ahead, relations)]


def _laid(ahead: Ahead, table: TableSpec) -> list[Slot]:
    return slots(table, ahead.period, tuple(ahead.members[table.name]))


# --- totals ---------------------------------------------------------------------------------------------------


def _totals(ahead: Ahead) -> Iterator[Check]:
    """Hold the printed totals of each table's rows, columns and whole against all its counts."""
    for table in CATALOGUE:
        printed = [slot for slot in _laid(ahead, table) if slot.role == "total" and not is_stock(slot.measure)]
        units = dict.fromkeys((slot.measure, slot.unit) for slot in printed)
        for measure, unit in units:
            own = [slot for slot in printed if (slot.measure, slot.unit) == (measure, unit)]
            yield from _totals_of(ahead, table, own)


def _totals_of(ahead: Ahead, table: TableSpec, printed: Sequence[Slot]) -> Iterator[Check]:
    """Sort a measure's printed totals into those of rows, of columns and of the whole, and hold each kind up."""
    last = table.depth + len(ahead.members[table.name])
    parts = [
        slot for slot in printed if _is_part(slot, ahead.period) and calendar.contains(ahead.period, slot.key["period"])
    ]
    exact = [slot for slot in parts if not _is_bound(ahead, table, slot)]
    beside = [_printed(table, slot) for slot in exact if slot.row < last]
    below = [_printed(table, slot) for slot in exact if slot.row >= last]
    for rule, totals in (("live_rows", beside), ("live_columns", below)):
        if totals:
            yield _adds_up(ahead, table, rule, totals)
    wholes = [slot for slot in printed if not _is_part(slot, ahead.period)]
    for printing, slot in enumerate(wholes):
        whole = replace(_printed(table, slot), printing=printing)
        if not _is_bound(ahead, table, slot):
            yield _adds_up(ahead, table, "live_whole", [whole])
    yield from _groups(ahead, table, wholes, [slot for slot in parts if slot not in exact and slot.row >= last])


def _is_part(slot: Slot, quarter: str) -> bool:
    """Return whether a total is of a part of what its table counts in the quarter."""
    return slot.key != {"period": quarter}


def _is_bound(ahead: Ahead, table: TableSpec, slot: Slot) -> bool:
    """Return whether clients may stand in several of the counts of a total, which is then only at least so many."""
    return table.overlap_in(slot.measure, slot.unit, slot.key, ahead.period)


def _groups(ahead: Ahead, table: TableSpec, wholes: Sequence[Slot], below: Sequence[Slot]) -> Iterator[Check]:
    """Hold the printed totals of groups of people against the whole, which only they add up to."""
    groups = [_printed(table, slot) for slot in below if people_of(slot.key) == codes_of(slot.key)]
    if wholes and groups:
        yield _adds_up(ahead, table, "live_groups", groups, against=_printed(table, wholes[0]))


def _adds_up(
    ahead: Ahead, table: TableSpec, rule: str, printed: Sequence[Operand], *, against: Operand | None = None
) -> Check:
    """Hold printed totals against all counts of their measure, or `against` another total; `rule` is the sentence's."""
    first = printed[0]
    everything = Operand(table.name, first.measure, first.unit, {"period": ahead.period})
    unit = partial(codelist("units").label, first.unit)
    sentence = partial(say, rule, title=partial(table_title, table.name), unit=unit)
    return Check(table.name, sentence, Side(tuple(printed)), "=", Side((against or everything,)), at_once=True)


def _printed(table: TableSpec, slot: Slot) -> Operand:
    return Operand(table.name, slot.measure, slot.unit, slot.key, role=slot.role)


def _on_paper(ahead: Ahead) -> Iterator[Check]:
    """Hold each total that somebody copies from paper against its counts."""
    for table in CATALOGUE:
        for slot in paper_slots(table, ahead.period, tuple(ahead.members[table.name])):
            if slot.role == PAPER:
                is_quarter = slot.key["period"] == ahead.period and len(slot.key) > 1
                who = partial(_who, table.name, slot.key, is_dated=not is_quarter)
                measure, unit = partial(measure_label, slot.measure), partial(codelist("units").label, slot.unit)
                on_paper = _printed(table, slot)
                typed = replace(on_paper, role="count", is_bound=_is_bound(ahead, table, slot))
                sentence = partial(say, "live_paper", measure=measure, unit=unit, who=who)
                yield Check(table.name, sentence, Side((on_paper,)), "=", Side((typed,)), is_asked=True)


# --- the quarter before ---------------------------------------------------------------------------------------


def _previous(ahead: Ahead) -> Iterator[Check]:
    """Hold each column of the quarter before against that quarter's own workbook."""
    known = {facts.period: facts for facts in ahead.before}
    for table in CATALOGUE:
        for slot in _laid(ahead, table):
            if slot.role == "count" and slot.key["period"] == calendar.previous(ahead.period):
                own = Operand(table.name, slot.measure, slot.unit, slot.key)
                given = _of_earlier(known.get(slot.key["period"]), own)
                if given:
                    yield _repeated(table, own, given)


def _repeated(table: TableSpec, own: Operand, given: Operand) -> Check:
    measure, who = partial(measure_label, own.measure), partial(_who, table.name, own.key)
    sentence = partial(say, "live_previous", measure=measure, who=who)
    return Check(table.name, sentence, Side((own,)), "=", Side((given,)))


# --- the same measure in two tables ---------------------------------------------------------------------------


def _margins(ahead: Ahead) -> Iterator[Check]:
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
        for slot in _laid(ahead, table):
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


# --- declared relations ---------------------------------------------------------------------------------------


def _relations(ahead: Ahead, relations: Iterable[Relation]) -> Iterator[Check]:
    """Write each relation for every period and member it is declared for; one that needs an unknown quarter waits."""
    for relation in relations:
        periods = calendar.months(ahead.period) if relation.periods == "month" else (ahead.period,)
        for period in periods:
            for member in _members_of(ahead, relation):
                left, right = (_side(ahead, terms, period, member) for terms in (relation.left, relation.right))
                if left and right:
                    yield _declared(ahead, relation, {**member, "period": period}, left, right)


def _members_of(ahead: Ahead, relation: Relation) -> list[dict[str, str]]:
    if not relation.by:
        return [{}]
    tables = dict.fromkeys(term.table for term in relation.left)
    keys = [slot.key for table in tables for slot in _laid(ahead, spec(table)) if slot.role == "count"]
    codes = dict.fromkeys(key[relation.by] for key in keys if relation.by in key)
    is_of_one_table = len({term.table for term in (*relation.left, *relation.right)}) == 1
    return [{relation.by: code} for code in codes if is_of_one_table or not is_spare(code)]


def _declared(ahead: Ahead, relation: Relation, key: Key, left: Side, right: Side) -> Check:
    table = relation.table
    why = Words(relation.why, relation.why_km)
    sentence = partial(say, "live_relation", who=partial(_who, table, key), why=why.label)
    earlier = earlier_in_a_row({facts.period for facts in ahead.before}, ahead.period)
    at_once, is_note = relation.missing == "zero", relation.severity_after(earlier) == "note"
    return Check(table, sentence, left, relation.operator, right, at_once, is_note)


def _who(table: str, key: Key, language: str, *, is_dated: bool = True) -> str:
    """Name what a figure is about, a free row by its number; `is_dated`: and when."""
    if is_spare(key.get("category", "named")):
        free = say("new_free_row", language, number=len(key["category"]))
        return f"{free}, {name_key({'period': key['period']}, language=language)}" if is_dated else free
    return name_key(key, category_list=spec(table).codelist, period=is_dated, language=language)


def _side(ahead: Ahead, terms: Sequence[Term], period: str, member: Key) -> Side | None:
    """Write one side: figures of this quarter by their place, earlier ones by their number; None if unknown.

    It is unknown, too, where a term is about clients of whom only a note can speak, or a row that its table lacks.
    """
    if not all(term.is_in_care or _is_laid(ahead, term, member) for term in terms):
        return None
    known = {facts.period: facts for facts in ahead.before}
    operands: list[Operand] = []
    for term in terms:
        for own in _operands(term, shifted({*known, ahead.period}, term.shift, period), member):
            home = calendar.quarter_of(own.key["period"])
            operand = own if home == ahead.period else _of_earlier(known.get(home), own)
            if operand is None:
                return None
            operands.append(operand)
    return Side(tuple(operands))


def _asked(term: Term, member: Key) -> Key:
    """Give whom a term is about: the members it names, and the one that is tested where its table divides by it."""
    return {name: code for name, code in member.items() if has_dimension(term.table, name)} | dict(term.codes)


def _is_laid(ahead: Ahead, term: Term, member: Key) -> bool:
    """Return whether rows and columns of a table say whom a term is about, with no cell that may be about others."""
    asked = _asked(term, member)
    slots_of_it = [
        slot
        for slot in _laid(ahead, spec(term.table))
        if slot.role == "count" and (slot.measure, slot.unit) == (term.measure, term.unit)
    ]
    may_be = [slot.key for slot in slots_of_it if all(slot.key.get(name, code) == code for name, code in asked.items())]
    return bool(may_be) and all(asked.keys() <= key.keys() for key in may_be)


def _operands(term: Term, periods: Sequence[str], member: Key) -> Iterator[Operand]:
    """Give what a term adds up: a table's counts in each period; of the clients in care, what they are made of."""
    if term.is_in_care:
        for measure, month in parts_in_care(periods):
            yield Operand(home_table(measure, "clients").name, measure, "clients", {"period": month}, term.sign)
        return
    for period in periods:
        asked = {**_asked(term, member), "period": period}
        overlap = spec(term.table).overlap_in(term.measure, term.unit, asked, calendar.quarter_of(period))
        yield Operand(term.table, term.measure, term.unit, asked, term.sign, is_bound=overlap or term.shift == CLIENTS)


def _of_earlier(facts: Facts | None, operand: Operand) -> Operand | None:
    """Take an operand's number from the workbook of its own quarter; None where that does not say."""
    if facts is None:
        return None
    try:
        total = facts.cube(operand.measure, operand.unit).total(operand.key, table=operand.table)
    except NoAnswerError:
        return None
    return None if total.exact is None else Operand(sign=operand.sign, value=total.exact)
