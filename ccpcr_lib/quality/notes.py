"""Notes in cells: do they add up to their cell, and does a total's note fit the notes of its parts.

A note divides its cell by case type, ``6 (SA1, NC2, TL2)``, or by sex, ``27 (F25, M2)``. ``4/2`` is four, of whom two
are male.
"""

from collections.abc import Iterator, Sequence

from ..model.finding import Finding
from ..model.measure import adding
from ..model.records import Claim, Count, name_key
from ..model.table import Key
from .facts import Facts
from .rules import make_finding
from .sums import Sum, add_up


def check_notes(facts: Facts, table: str) -> Iterator[Finding]:
    """Check each note against its own cell, and a total's note against the notes of its parts."""
    cells: list[Count | Claim] = [*facts.by_table.get(table, ())]
    cells += [claim for claim in facts.claims_by_table.get(table, ()) if claim.kind == "total"]
    for cell in cells:
        if cell.source not in facts.notes:
            continue
        own = [part for part in facts.notes[cell.source] if divided_by(part, cell)]
        if own and cell.value is not None:
            yield from _note_in_cell(cell, int(cell.value), own)
        if own and isinstance(cell, Claim):
            yield from _note_against_parts(facts, cell, own)


def divided_by(part: Claim, cell: Count | Claim) -> str:
    """Name the dimension that a note's part divides its cell by; empty where it divides nothing."""
    return next((name for name in part.key if name not in cell.key), "")


def _note_in_cell(cell: Count | Claim, value: int, parts: list[Claim]) -> Iterator[Finding]:
    """Check that a note adds up to its cell; where it speaks of some clients only, that it is not more than all."""
    total = int(sum(part.value for part in parts))
    is_of_some = speaks_of_some(parts, cell)
    if total > value or (total != value and not is_of_some):
        yield make_finding(
            "note_part" if is_of_some else "note_sum",
            [cell.source],
            table=cell.table,
            printed=parts[0].text,
            expected=str(value),
            total=str(total),
            value=str(value),
        )


def speaks_of_some(parts: Sequence[Claim], cell: Count | Claim) -> bool:
    """Check whether a note may leave clients of its cell out: ``4/2`` does, and one that divides in two ways."""
    return "/" in parts[0].text or len({divided_by(part, cell) for part in parts}) > 1


def _note_against_parts(facts: Facts, cell: Claim, parts: list[Claim]) -> Iterator[Finding]:
    """Hold a total's note against the notes of the cells it adds up; cells without a note may hold anything.

    In question is the total's note: it says what several others, each of which fits its own cell, say together.
    """
    counts = facts.parts(cell)
    if not any(facts.notes.get(count.source) for count in counts):
        return
    for part in parts:
        dimension = divided_by(part, cell)
        total = _noted(facts, counts, dimension, part.key[dimension])
        if not total.allows(part.value):
            label = name_key({dimension: part.key[dimension]}, period=False)
            yield make_finding(
                "note_parts",
                [cell.source],
                table=cell.table,
                evidence=(count.source for count in counts),
                printed=parts[0].text,
                expected=str(total),
                label=label,
                value=str(int(part.value)),
                known=str(total),
            )
            return


def _noted(facts: Facts, counts: Sequence[Count], dimension: str, code: str) -> Sum:
    """Add up what the counts' notes say of one code; what has no note may be of any."""
    parts = [part for count in counts for part in split_by_note(facts, count)]
    said = [part for part in parts if part.key.get(dimension, code) == code]
    return add_up(said, adding(counts[0].measure, counts[0].unit), asked={dimension})


def split_by_note(facts: Facts, count: Count) -> list[Count]:
    """Divide a count by its own note, into parts that add up to it; ``4/2`` is two male and two female.

    A blank, and a note that does not fit its cell, divide nothing.
    """
    parts = facts.notes.get(count.source, ())
    if not parts or count.value is None:
        return [count]
    dimensions = {divided_by(part, count) for part in parts}
    rest = count.value - int(sum(part.value for part in parts))
    if len(dimensions) != 1 or "" in dimensions or rest < 0:
        return [count]
    divided = [_part(count, part.key, int(part.value)) for part in parts]
    return [*divided, _part(count, {"sex": "F"} if "/" in parts[0].text else {}, rest)] if rest else divided


def _part(count: Count, key: Key, value: int) -> Count:
    """Make a part of a count: what a note says of some of its clients."""
    return Count(
        count.table, count.measure, count.unit, {**count.key, **key, "period": count.key["period"]}, value, count.source
    )
