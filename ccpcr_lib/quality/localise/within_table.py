"""What must hold within a table: totals and parts, percents, notes, the plan, its column of the quarter before."""

from collections.abc import Collection, Iterator, Sequence

from ...model.catalogue import spec
from ...model.measure import adding, is_stock
from ...model.records import Claim, Count
from ...model.table import Key
from ..arithmetic import groups_of
from ..cube import NoAnswerError
from ..facts import Facts
from ..notes import divided_by, speaks_of_some
from ..shares import Percent
from .linear import Bounds, Constraint, Form, at_most, bounds_of, equal, known, within
from .system import System


def hold_within_tables(system: System, tables: Collection[str]) -> None:
    """Say what must hold within some tables."""
    facts = system.facts
    for table in (name for name in facts.by_table if name in tables):
        claims = facts.claims_by_table.get(table, ())
        totals = [claim for claim in claims if claim.kind == "total"]
        for claim in totals:
            system.add(_total(system, claim), claim)
            system.add(_groups(system, claim, totals), claim)
        for claim in claims:
            if claim.kind == "share":
                system.add(_share(system, claim), claim)
        system.add(_plans(system, claims))
        system.add(_notes(system, table, totals))
        if system.past.before:
            system.add(_repeated(system, system.past.before, facts.by_table[table]))


def _total(system: System, claim: Claim) -> Iterator[Constraint]:
    """Hold a printed total against its parts."""
    own = system.form(claim)
    if is_stock(claim.measure) or own is None:
        return
    facts = system.facts
    try:
        cube = facts.cube(claim.measure, claim.unit)
        parts = system.parts(cube.counts(claim.key, claim.table))
    except NoAnswerError:
        return
    bounds = bounds_of(parts, adding(claim.measure, claim.unit), claim.key.keys() - {"period"})
    once = spec(claim.table).overlap_in(claim.measure, claim.unit, claim.key, facts.period)
    yield from within("total_once" if once else "total", known(own), bounds)


def _groups(system: System, whole: Claim, totals: Sequence[Claim]) -> Iterator[Constraint]:
    """Hold a total of clients who count once against the totals of groups that share nobody."""
    groups = groups_of(system.facts, whole, totals)
    forms = [form for claim in groups if (form := system.form(claim))]
    own = system.form(whole)
    if groups and own:
        yield equal("total", own, sum(forms, start=Form({})))


def _share(system: System, claim: Claim) -> Iterator[Constraint]:
    """Hold a percent against its part and its whole: it is less than one off, at the precision that it is printed with.

    The percent times its whole is no sum; it is written as one that is right where either of them changes.
    """
    percent = Percent(system.facts, claim)
    if not percent.total or percent.part is None:
        return
    printed = None if percent.fits_counts else percent.printed_totals
    sides = map(system.form, printed) if printed else (_counted(system, claim, key) for key in (claim.key, percent.key))
    part, whole = sides
    if part is None or whole is None:
        return
    own, step, printed_percent = system.form(claim), 1 / percent.scale, 100 * claim.value
    total = sum(times * system.figures[number].value for number, times in whole.terms.items()) + whole.constant
    drift = own.times(total) - Form({}, printed_percent * total) if own else Form({})
    nearly = 1e-3 * step
    yield at_most("share", whole.times(printed_percent - step) + drift, part.times(100), by=nearly)
    yield at_most("share", part.times(100), whole.times(printed_percent + step) + drift, by=nearly)


def _counted(system: System, claim: Claim, key: Key) -> Form | None:
    cube = system.facts.cube(claim.measure, claim.unit)
    parts = system.parts(cube.counts(key, claim.table))
    return bounds_of(parts, adding(claim.measure, claim.unit), key.keys() - {"period"}).exact


def _plans(system: System, claims: Sequence[Claim]) -> Iterator[Constraint]:
    """Hold what a table prints as the plan of a period against the other places where it does."""
    first: dict[str, Form] = {}
    for claim in claims:
        form = system.form(claim) if claim.kind == "plan" and set(claim.key) == {"period"} else None
        if form:
            yield equal("plan", form, first.setdefault(claim.key["period"], form))


def _notes(system: System, table: str, totals: Sequence[Claim]) -> Iterator[Constraint]:
    """Hold each note against its cell, and a total's note against those of its parts."""
    facts = system.facts
    cells: list[Count | Claim] = [*facts.by_table.get(table, ()), *totals]
    for cell in cells:
        notes = [note for note in facts.notes.get(cell.source, ()) if divided_by(note, cell)]
        own = system.form(cell)
        if not notes or own is None:
            continue
        forms = [form for note in notes if (form := system.form(note))]
        noted = sum(forms, start=Form({}))
        yield at_most("note", noted, own) if speaks_of_some(notes, cell) else equal("note", noted, own)
        if isinstance(cell, Claim):
            yield from _note_of_total(system, cell, notes)


def _note_of_total(system: System, cell: Claim, notes: Sequence[Claim]) -> Iterator[Constraint]:
    facts = system.facts
    counts = facts.parts(cell)
    if not any(facts.notes.get(count.source) for count in counts):
        return
    parts = system.parts(counts, divided=True)
    for note in notes:
        dimension = divided_by(note, cell)
        said = [part for part in parts if part.key.get(dimension, note.key[dimension]) == note.key[dimension]]
        form = system.form(note)
        if form:
            yield from within("note_parts", known(form), bounds_of(said, adding(cell.measure, cell.unit), {dimension}))


def _repeated(system: System, before: Facts, counts: Sequence[Count]) -> Iterator[Constraint]:
    """Hold what a table repeats of the quarter before against that quarter's own workbook."""
    for count in counts:
        if count.key["period"] != before.period:
            continue
        form, total = system.form(count), before.total(count)
        if form and total is not None:
            most = None if total.most is None else Form({}, total.most)
            yield from within("previous_quarter", known(form), Bounds((Form({}, total.least),), most))
