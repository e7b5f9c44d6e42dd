"""Live checks within a table: totals, those copied from paper, and its column of the quarter before."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from ..model import period as calendar
from ..model.catalogue import CATALOGUE
from ..model.codelist import codelist
from ..model.measure import is_stock
from ..model.paper import PAPER, paper_slots
from ..model.records import codes_of
from ..model.table import Slot, TableSpec
from ..model.wording import measure_label, table_title
from ..quality.keys import people_of
from ..words import say
from .ahead import Ahead, name_figure, of_earlier
from .checks import Check, Operand, Side


def hold_totals(ahead: Ahead) -> Iterator[Check]:
    """Hold the printed totals of each table's rows, columns and whole against all its counts."""
    for table in CATALOGUE:
        printed = [slot for slot in ahead.laid(table) if slot.role == "total" and not is_stock(slot.measure)]
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


def hold_paper_totals(ahead: Ahead) -> Iterator[Check]:
    """Hold each total that somebody copies from paper against its counts."""
    for table in CATALOGUE:
        for slot in paper_slots(table, ahead.period, tuple(ahead.members[table.name])):
            if slot.role == PAPER:
                is_quarter = slot.key["period"] == ahead.period and len(slot.key) > 1
                who = partial(name_figure, table.name, slot.key, is_dated=not is_quarter)
                measure, unit = partial(measure_label, slot.measure), partial(codelist("units").label, slot.unit)
                on_paper = _printed(table, slot)
                typed = replace(on_paper, role="count", is_bound=_is_bound(ahead, table, slot))
                sentence = partial(say, "live_paper", measure=measure, unit=unit, who=who)
                yield Check(table.name, sentence, Side((on_paper,)), "=", Side((typed,)), is_asked=True)


def hold_previous(ahead: Ahead) -> Iterator[Check]:
    """Hold each column of the quarter before against that quarter's own workbook."""
    known = {facts.period: facts for facts in ahead.before}
    for table in CATALOGUE:
        for slot in ahead.laid(table):
            if slot.role == "count" and slot.key["period"] == calendar.previous(ahead.period):
                own = Operand(table.name, slot.measure, slot.unit, slot.key)
                given = of_earlier(known.get(slot.key["period"]), own)
                if given:
                    yield _repeated(table, own, given)


def _repeated(table: TableSpec, own: Operand, given: Operand) -> Check:
    measure, who = partial(measure_label, own.measure), partial(name_figure, table.name, own.key)
    sentence = partial(say, "live_previous", measure=measure, who=who)
    return Check(table.name, sentence, Side((own,)), "=", Side((given,)))
