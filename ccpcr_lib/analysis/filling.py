"""A declared table and a quarter's counts → the table filled in: every total and share recomputed, none copied."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ..excel.file.address import Place
from ..excel.values import NotePart
from ..model.records import Claim, Count, Identity, identify, identity
from ..model.table import Key, Slot, TableSpec, Text, TotalRow, slots
from ..quality.cube import Cube
from ..quality.facts import Counted, Facts, left_out
from ..quality.sums import reported
from .disputes import Disputes
from .percents import whole_percents
from .tables import MARKS, NO_DISPUTES, Cell, Footnote, Table

AT_LEAST, TOTAL = Text("headings", "at_least"), Text("headings", "total")
"""What a total row is called."""


def build_table(spec: TableSpec, facts: Facts, members: Sequence[str], *, disputes: Disputes = NO_DISPUTES) -> Table:
    """Fill a declared table from a quarter's facts; plan figures and notes come from what the sheet prints.

    `members` are the rows in the order of the sheet, none where the table is not there.
    """
    rows = spec.rows_of(members)
    absent = facts.absent_by_table.get(spec.name, ()) if members else left_out(spec, facts.period, (), ())
    base = (*facts.by_table.get(spec.name, ()), *absent)
    claims = tuple(claim for claim in facts.claims_by_table.get(spec.name, ()) if not claim.is_on_paper)
    cubes = _cubes(spec, facts.period, base)
    table = Table(spec, facts.period, rows, (), _footnotes(claims, base), base, cubes, disputes)
    laid = slots(replace(spec, totals=_reading_totals(spec)), facts.period, rows)
    marks = _marks(table, claims)
    filled = _headed([_fill(table, claims, slot) for slot in laid])
    marked = [
        replace(cell, mark=marks.get(_about(spec, cell.slot), "")) if cell.slot.role in ("count", "total") else cell
        for cell in filled
    ]
    return replace(table, cells=tuple(_with_disputes(table, cell) for cell in _with_percents(table, marked)))


def _cubes(spec: TableSpec, quarter: str, base: Sequence[Count]) -> dict[Counted, Cube]:
    """Give the cube of each measure and unit that the table counts, of its own counts alone."""
    counts: dict[Counted, list[Count]] = defaultdict(list)
    for count in base:
        counts[count.measure, count.unit].append(count)
    return {counted: Cube(*counted, quarter, {spec.name: tuple(own)}) for counted, own in counts.items()}


def _with_disputes(table: Table, cell: Cell) -> Cell:
    """Add what disputes a cell's count, and its percent if it has one."""
    slot, about = cell.slot, (cell.slot.measure, cell.slot.unit, cell.slot.key)
    disputes = table.disputes.of(_about(table.spec, slot), cell.total.cells) if cell.total else ()
    percents = table.disputed_share(*about) if cell.percent is not None else ()
    return replace(cell, disputes=disputes, percent_disputes=percents)


def _headed(cells: Sequence[Cell]) -> list[Cell]:
    """Mark the totals in rows that are called "at least"; a row whose totals are known exactly is called a total."""
    bound = {cell.slot.row for cell in cells if cell.slot.role == "total" and cell.value is None}
    called = {cell.slot.row for cell in cells if cell.slot.text == AT_LEAST}
    return [_in_row(cell, is_bound=cell.slot.row in bound) if cell.slot.row in called else cell for cell in cells]


def _in_row(cell: Cell, *, is_bound: bool) -> Cell:
    """Fit a cell into a row that is declared to be called "at least"."""
    if is_bound or cell.slot.text != AT_LEAST:
        return replace(cell, is_headed=is_bound)
    return replace(cell, slot=replace(cell.slot, text=TOTAL))


def _marks(table: Table, claims: Sequence[Claim]) -> dict[Identity, str]:
    """Give the marks of footnotes by what their cells are about."""
    marks = {note.source: note.mark for note in table.footnotes}
    sources = {identity(count): count.source for count in table.base}
    sources |= {identity(claim): claim.source for claim in claims if claim.kind == "total"}
    return {about: marks[source] for about, source in sources.items() if source in marks}


def _reading_totals(spec: TableSpec) -> tuple[TotalRow, ...]:
    """Give each month its own total; a second total row is needed only where no column holds the quarter's total."""
    first, *others = spec.totals
    has_total_column = any(column.role == "total" for column in spec.columns)
    return tuple(dict.fromkeys((first.apart, *(() if has_total_column else others))))


def _about(spec: TableSpec, slot: Slot) -> Identity:
    return identify(spec.name, slot.measure, slot.unit, slot.key)


def _footnotes(claims: Sequence[Claim], base: Sequence[Count]) -> tuple[Footnote, ...]:
    """Collect the notes in cells. A part divides its cell by the dimension that the cell's own key leaves open."""
    own = {claim.source: claim.key for claim in claims if claim.kind == "total"}
    own |= {count.source: count.key for count in base}
    notes: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.kind == "note":
            notes.setdefault(claim.source, []).append(claim)
    footnotes = []
    for place, (source, parts) in enumerate(notes.items()):
        mark = MARKS[place % 26] * (place // 26 + 1)
        divided = tuple(_note_part(part, own[source]) for part in parts)
        footnotes.append(Footnote(mark, parts[0].text, divided, source))
    return tuple(footnotes)


def _note_part(part: Claim, cell: Key) -> NotePart:
    dimension = next((name for name in part.key if name not in cell), "sex")
    return dimension, part.key.get(dimension, ""), int(part.value)


def _fill(table: Table, claims: Sequence[Claim], slot: Slot) -> Cell:
    if slot.role == "count":
        own = (slot.measure, slot.unit, slot.key)
        counts = (count for count in table.base if (count.measure, count.unit, count.key) == own)
        count = next(counts, None)
        return Cell(slot, reported(count.value, count.source) if count else table.total_of(*own))
    if slot.role == "total":
        return Cell(slot, table.total_of(slot.measure, slot.unit, slot.key))
    if slot.role == "plan":
        return Cell(slot, reported(_planned(claims, slot.key)))
    return Cell(slot)


def _planned(claims: Sequence[Claim], key: Key) -> int | None:
    """Give the plan that the sheet prints for the year; what it plans for a month is another figure."""
    return next((int(claim.value) for claim in claims if claim.kind == "plan" and claim.key == key), None)


def _with_percents(table: Table, cells: list[Cell]) -> list[Cell]:
    """Add the percents: down a share column, and along a total row that prints them."""
    percents: dict[Place, int | None] = {}
    bottom = table.spec.depth + len(table.members)
    shares = [cell.slot for cell in cells if cell.slot.role == "share"]
    for column in {slot.column for slot in shares}:
        rows = [slot for slot in shares if slot.column == column]
        parts = _percents(table, [slot for slot in rows if slot.row < bottom])
        whole = 100 if parts and None not in parts.values() else None
        percents |= {(slot.row, slot.column): whole for slot in rows} | parts
    if table.spec.totals[0].shares:
        own, quarter = (table.spec.measure, table.spec.unit), {"period": table.quarter}
        totals = [cell.slot for cell in cells if cell.slot.role == "total" and cell.slot.row == bottom]
        along = [slot for slot in totals if (slot.measure, slot.unit) == own and slot.key != quarter]
        percents |= _percents(table, along)
    return [replace(cell, percent=percents.get((cell.slot.row, cell.slot.column))) for cell in cells]


def _percents(table: Table, group: list[Slot]) -> dict[Place, int | None]:
    """Work out percents of the quarter's whole; none where that is only at least so many, or not known."""
    values = [table.total_of(slot.measure, slot.unit, slot.key).exact for slot in group]
    is_whole = all(table.total_of(slot.measure, slot.unit, {}).exact is not None for slot in group)
    percents = whole_percents(values if is_whole else [None] * len(values))
    return {(slot.row, slot.column): percent for slot, percent in zip(group, percents, strict=True)}
