"""Live checks of the declared relations."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from ..model import period as calendar
from ..model.catalogue import home_table, spec
from ..model.table import Key
from ..quality.in_care import parts_in_care
from ..quality.relation_sides import CLIENTS, Term, earlier_in_a_row, has_dimension, shifted
from ..quality.relations import Relation
from ..words import Words, say
from .ahead import Ahead, name_figure, of_earlier
from .checks import Check, Operand, Side
from .layout import is_spare


def hold_relations(ahead: Ahead, relations: Iterable[Relation]) -> Iterator[Check]:
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
    keys = [slot.key for table in tables for slot in ahead.laid(spec(table)) if slot.role == "count"]
    codes = dict.fromkeys(key[relation.by] for key in keys if relation.by in key)
    is_of_one_table = len({term.table for term in (*relation.left, *relation.right)}) == 1
    return [{relation.by: code} for code in codes if is_of_one_table or not is_spare(code)]


def _declared(ahead: Ahead, relation: Relation, key: Key, left: Side, right: Side) -> Check:
    table = relation.table
    why = Words(relation.why, relation.why_km)
    sentence = partial(say, "live_relation", who=partial(name_figure, table, key), why=why.label)
    earlier = earlier_in_a_row({facts.period for facts in ahead.before}, ahead.period)
    at_once, is_note = relation.missing == "zero", relation.severity_after(earlier) == "note"
    return Check(table, sentence, left, relation.operator, right, at_once, is_note)


def _side(ahead: Ahead, terms: Sequence[Term], period: str, member: Key) -> Side | None:
    """Write one side: figures of this quarter by their place, earlier ones by their number; None if unknown.

    It is unknown, too, where a term is about clients of whom only a note can speak, or a row that its table lacks.
    """
    if not all(term.is_in_care or _islaid(ahead, term, member) for term in terms):
        return None
    known = {facts.period: facts for facts in ahead.before}
    operands: list[Operand] = []
    for term in terms:
        for own in _operands(term, shifted({*known, ahead.period}, term.shift, period), member):
            home = calendar.quarter_of(own.key["period"])
            operand = own if home == ahead.period else of_earlier(known.get(home), own)
            if operand is None:
                return None
            operands.append(operand)
    return Side(tuple(operands))


def _asked(term: Term, member: Key) -> Key:
    """Give whom a term is about: the members it names, and the one that is tested where its table divides by it."""
    return {name: code for name, code in member.items() if has_dimension(term.table, name)} | dict(term.codes)


def _islaid(ahead: Ahead, term: Term, member: Key) -> bool:
    """Return whether rows and columns of a table say whom a term is about, with no cell that may be about others."""
    asked = _asked(term, member)
    slots_of_it = [
        slot
        for slot in ahead.laid(spec(term.table))
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
