"""What a table says of some of its clients, its notes included → their `Sum`.

A table may divide its clients by columns, or only by the notes in its cells, ``27 (F25, M2)``. Where the notes of the
parts and that of their total disagree, either may be right: the sum then reaches over both.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import reduce

from ..model.measure import Adding, adding
from ..model.records import Count
from ..model.table import Key
from .cube import Cube, NoAnswerError
from .facts import Facts
from .notes import split_by_note
from .sums import Sum, add_up

NOTED = ("case_type", "sex")
"""The dimensions by which a note can divide its cell."""


def noted_total(facts: Facts, cube: Cube, key: Key, *, table: str, by_client: bool = False) -> Sum:
    """Add up what `key` stands for in a table, where its columns or its notes say who it is.

    `by_client` is that of `Cube.total`. The cells are those that speak of just these clients, where any does. Raise
    NoAnswerError for what neither columns nor notes can divide.
    """
    adds = adding(cube.measure, cube.unit)
    adds = "attendance" if by_client and adds == "flow" else adds
    said = [_counts(cube, key, table), *([total] for total in _totals(facts, cube, key, table))]
    total = reduce(_both, (_about(facts, counts, key, adds) for counts in said))
    return replace(total, cells=()) if cube.is_elsewhere else total


def _counts(cube: Cube, key: Key, table: str) -> Sequence[Count]:
    """List the counts of a table that `key` stands for, or a part of which it may: a note can say so."""
    try:
        return cube.counts(key, table)
    except NoAnswerError as refused:
        if refused.variant != "dimension":
            raise
    return cube.counts({name: code for name, code in key.items() if name not in NOTED}, table)


def _totals(facts: Facts, cube: Cube, key: Key, table: str) -> Iterator[Count]:
    """Give the printed totals with a note that may divide them as `key` does."""
    for claim in facts.claims_by_table.get(table, ()):
        is_total = claim.kind == "total" and (claim.measure, claim.unit) == (cube.measure, cube.unit)
        asked = {name for name, code in key.items() if claim.key.get(name) != code}
        if is_total and claim.source in facts.notes and claim.key.keys() <= key.keys() and asked <= {*NOTED}:
            yield Count(table, cube.measure, cube.unit, {**claim.key}, int(claim.value), claim.source)


def _about(facts: Facts, counts: Sequence[Count], key: Key, adds: Adding) -> Sum:
    """Add up what counts and their notes say of a key."""
    asked = {name: code for name, code in key.items() if name != "period"}
    parts = [part for count in counts for part in split_by_note(facts, count)]
    may_be = [part for part in parts if all(part.key.get(name, code) == code for name, code in asked.items())]
    certain = [part for part in may_be if part.value and asked.keys() <= part.key.keys()]
    return replace(add_up(may_be, adds, asked=asked.keys()), cells=_cells(certain or counts))


def _cells(counts: Collection[Count]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(count.source for count in counts if count.source))


def _both(own: Sum, printed: Sum) -> Sum:
    """Give what two sums of the same clients say together: what both allow; where nothing is, what either does."""
    lows, highs = (own.least, printed.least), [most for most in (own.most, printed.most) if most is not None]
    cells = tuple(dict.fromkeys((*own.cells, *printed.cells)))
    if own.meets(printed):
        return Sum(max(lows), min(highs, default=None), own.blanks, cells)
    return Sum(min(lows), max(highs) if len(highs) == len(lows) else None, own.blanks, cells)
