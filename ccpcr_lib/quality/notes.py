"""Notes in cells: do they add up to their cell, and does a total's note fit the notes of its parts.

A note divides its cell by case type, ``6 (SA1, NC2, TL2)``, or by sex, ``27 (F25, M2)``. ``4/2`` is four, of whom two
are male.
"""

from collections.abc import Iterator

from ..model.finding import Finding
from ..words import say
from .cube import Claim, Count, Facts, name_key
from .rules import make_finding


def check_notes(facts: Facts, table: str) -> Iterator[Finding]:
    """Check each note against its own cell, and a total's note against the notes of its parts."""
    cells: list[Count | Claim] = [*facts.by_table.get(table, ())]
    cells += [claim for claim in facts.claims_by_table.get(table, ()) if claim.kind == "total"]
    for cell in cells:
        parts = facts.notes.get(cell.source, ())
        own = [part for part in parts if _dimension(part, cell)]
        if own and cell.value is not None:
            yield from _note_in_cell(cell, int(cell.value), own)
        if own and isinstance(cell, Claim):
            yield from _note_against_parts(facts, cell, own)


def _dimension(part: Claim, cell: Count | Claim) -> str:
    """Name the dimension that a note's part divides its cell by."""
    return next((name for name in part.key if name not in cell.key), "")


def _note_in_cell(cell: Count | Claim, value: int, parts: list[Claim]) -> Iterator[Finding]:
    total = int(sum(part.value for part in parts))
    is_one_kind = len({_dimension(part, cell) for part in parts}) == 1
    some = "/" in parts[0].text or not is_one_kind
    if total > value or (total != value and not some):
        rule = "note_part" if some else "note_sum"
        yield make_finding(
            rule,
            [cell.source],
            table=cell.table,
            printed=parts[0].text,
            expected=str(value),
            total=str(total),
            value=str(value),
        )


def _note_against_parts(facts: Facts, cell: Claim, parts: list[Claim]) -> Iterator[Finding]:
    """Hold a total's note against the notes of the cells it adds up; cells without a note may hold anything."""
    counts = facts.parts(cell)
    if not any(facts.notes.get(count.source) for count in counts):
        return
    for part in parts:
        dimension = _dimension(part, cell)
        known, unknown, cells = _split(facts, counts, dimension, part.key[dimension])
        if not known <= part.value <= known + unknown:
            expected = str(known) if not unknown else say("from_to", low=known, high=known + unknown)
            label = name_key({dimension: part.key[dimension]}, period=False)
            yield make_finding(
                "note_parts",
                [cell.source, *cells],
                table=cell.table,
                printed=parts[0].text,
                expected=expected,
                label=label,
                value=str(int(part.value)),
                known=expected,
            )
            return


def _split(facts: Facts, counts: list[Count], dimension: str, code: str) -> tuple[int, int, list[str]]:
    """Add up what the parts' notes say of one code: for certain, and possibly."""
    known, unknown, cells = 0, 0, []
    for count in counts:
        atoms = split_by_note(facts, count)
        known += sum(value for key, value in atoms if key.get(dimension) == code)
        unknown += sum(value for key, value in atoms if dimension not in key)
        cells.append(count.source)
    return known, unknown, cells


def split_by_note(facts: Facts, count: Count) -> list[tuple[dict[str, str], int]]:
    """Divide a count by its own note: (key, value) pairs that add up to it; ``4/2`` is two male and two female.

    A note that does not fit its cell divides nothing.
    """
    whole = [(dict(count.key), count.value or 0)]
    parts = facts.notes.get(count.source, ())
    dimensions = {_dimension(part, count) for part in parts}
    rest = (count.value or 0) - int(sum(part.value for part in parts))
    if not parts or len(dimensions) != 1 or "" in dimensions or rest < 0:
        return whole
    atoms = [(dict(part.key) | {"period": count.key["period"]}, int(part.value)) for part in parts]
    remainder = dict(count.key) | ({"sex": "F"} if "/" in parts[0].text else {})
    return [*atoms, (remainder, rest)] if rest else atoms
