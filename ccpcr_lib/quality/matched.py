"""A table as two people typed it → the figures that differ, and those that only one of them typed.

A total or a percent that a formula gives follows from its counts: it is told only where these are the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, zip_longest
from typing import NamedTuple

from ..excel.file.address import place_of
from ..excel.reader import Reading
from ..model import period as calendar
from ..model.finding import cell_of, sheet_of
from ..model.records import Identity
from .cube import NoAnswerError
from .difference import FORMULA, At, Difference
from .facts import facts_of
from .shape import Shape, Side, settle_shape
from .typed import COUNT, SHARE, TOTAL, Typed

DERIVED = (TOTAL, SHARE)
"""What follows from counts."""

Sheets = Mapping[str, str]
"""The sheets of one workbook and what they are called in the other; empty where its layout is another."""


class Pair(NamedTuple):
    """What both workbooks say of one thing; where only one says something, `figure` is that, and there is no other."""

    figure: Typed
    other: Typed | None = None
    is_first: bool = True
    """Whether `figure` stands in the first workbook."""

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.other is None or not self.figure.says_same(self.other)

    @property
    def figures(self) -> list[Typed]:
        """What there is."""
        return [figure for figure in (self.figure, self.other) if figure]


def compare_table(table: str, first: Side, second: Side) -> Iterator[Difference]:
    """List in what two workbooks differ in a table that both have: rows and columns first, then figures."""
    shape = settle_shape(table, first, second)
    yield from shape.differences
    sheets = _sheets(shape.first, shape.second)
    apart = [pair for pair in _pairs(shape.first, shape.second, sheets) if pair.differs]
    differing = chain(shape.alone, *(pair.figures for pair in apart))
    counts = [figure for figure in differing if figure.kind == COUNT]
    differences: dict[tuple[str, str], Difference] = {}
    for pair in apart:
        if _is_told(pair, shape, sheets, counts):
            difference = _difference(pair, shape, sheets)
            if not _is_unreadable(difference, first, second):
                differences.setdefault((difference.first.cell, difference.second.cell), difference)
    yield from sorted(differences.values(), key=_place)


def _place(difference: Difference) -> tuple[bool, str, tuple[int, int]]:
    """Order differences by their cells; what the first workbook has no cell for comes last."""
    cell = difference.first.cell or difference.second.cell
    return not difference.first.cell, sheet_of(cell), place_of(cell_of(cell))


def _is_unreadable(difference: Difference, first: Side, second: Side) -> bool:
    return difference.first.cell in first.unreadable or difference.second.cell in second.unreadable


# --- pairs -------------------------------------------------------------------------------------------------


def _sheets(first: Side, second: Side) -> Sheets:
    """Map the sheets of one workbook to those of the other where each count has one place in both; else nothing."""
    others = {figure.about: figure.cell for figure in second.typed if figure.kind == COUNT}
    sheets: dict[str, str] = {}
    for figure in first.typed:
        other = others.get(figure.about) if figure.kind == COUNT else None
        if other is None:
            continue
        is_there = sheets.setdefault(sheet_of(figure.cell), sheet_of(other)) == sheet_of(other)
        if not is_there or cell_of(figure.cell) != cell_of(other):
            return {}
    return sheets


def _cell_there(cell: str, sheets: Sheets) -> str:
    """Name the same place in the other workbook; empty where its layout is another."""
    sheet = sheets.get(sheet_of(cell))
    return f"{sheet}!{cell_of(cell)}" if sheet else ""


def _pairs(first: Side, second: Side, sheets: Sheets) -> Iterator[Pair]:
    """Put together what is about the same thing, in the order of the first workbook."""
    groups: dict[tuple[str, Identity], tuple[list[Typed], list[Typed]]] = {}
    for place, side in enumerate((first, second)):
        for figure in side.typed:
            groups.setdefault((figure.kind, figure.about), ([], []))[place].append(figure)
    for own, others in groups.values():
        yield from _matched(own, others, sheets)


def _matched(own: Sequence[Typed], others: Sequence[Typed], sheets: Sheets) -> Iterator[Pair]:
    """Put figures of one meaning together, a plan that stands twice too: by their place, the rest in order."""
    by_cell = {figure.cell: figure for figure in others}
    pairs = [Pair(figure, by_cell.pop(_cell_there(figure.cell, sheets), None)) for figure in own]
    yield from (pair for pair in pairs if pair.other)
    for one, other in zip_longest((pair.figure for pair in pairs if not pair.other), by_cell.values()):
        if one and other:
            yield Pair(one, other)
        elif one and not _is_again(one, others, sheets):
            yield Pair(one)
        elif other and not _is_again(other, own, sheets):
            yield Pair(other, is_first=False)


def _is_again(figure: Typed, others: Sequence[Typed], sheets: Sheets) -> bool:
    """Check whether a figure only repeats, in another layout, what the other workbook says too."""
    return not sheets and any(map(figure.says_same, others))


def _difference(pair: Pair, shape: Shape, sheets: Sheets) -> Difference:
    figure, other, is_first = pair
    own = At(figure.cell, figure.text)
    there = At(other.cell, other.text) if other else _at(pair, shape, sheets)
    first, second = (own, there) if is_first else (there, own)
    kind = FORMULA if is_first and figure.is_calculated else figure.kind
    table, measure, unit, _ = figure.about
    return Difference(kind, table, first, second, measure, unit, figure.key)


def _at(pair: Pair, shape: Shape, sheets: Sheets) -> At:
    """Give what stands in one workbook in the place of a figure that only the other has.

    That is the same cell, or of a note or percent behind a number, that of the number. A formula leaves it no place.
    """
    figure, (own, side) = pair.figure, _sides(pair, shape)
    cell = _cell_there(figure.cell, sheets if pair.is_first else _back(sheets))
    beside = {(known.kind, known.about) for known in own.typed if known.cell == figure.cell} - {figure[:2]}
    places = (known for known in side.typed if known.cell == cell or (known.kind, known.about) in beside)
    there = next(places, None)
    if there is None:
        return At(cell)
    return At() if there.is_calculated else At(there.cell, there.text)


def _sides(pair: Pair, shape: Shape) -> tuple[Side, Side]:
    """Give the workbook that a figure stands in, and the other one."""
    return (shape.first, shape.second) if pair.is_first else (shape.second, shape.first)


def _back(sheets: Sheets) -> Sheets:
    return {there: here for here, there in sheets.items()}


# --- what is told ------------------------------------------------------------------------------------------


def _is_told(pair: Pair, shape: Shape, sheets: Sheets, counts: Sequence[Typed]) -> bool:
    """Check whether a difference is one of its own; `counts` are those that differ.

    A total that was typed into the first workbook is one wherever its parts differ: it stays in the copy.
    """
    figure, other, is_first = pair
    own, there = _sides(pair, shape)
    if other:
        return not _follows(figure, other, there.reading, counts)
    if figure.is_calculated or (figure.kind == COUNT and figure.value is None):
        return False
    if figure.kind not in DERIVED or (is_first and figure.kind == TOTAL and _has_part(figure, counts)):
        return True
    if _is_left_blank(figure, there, _cell_there(figure.cell, sheets if is_first else _back(sheets))):
        return True
    follows = _has_part(figure, counts) and _adds_up(own.reading, figure)
    return not (follows or _adds_up(there.reading, figure))


def _is_left_blank(figure: Typed, other: Side, cell: str) -> bool:
    """Check whether the other workbook prints the like, and not this one: percents of other rows, totals around it."""
    if figure.kind == SHARE and not any(
        typed.kind == SHARE and typed.key.keys() == figure.key.keys() for typed in other.typed
    ):
        return False
    if not cell:
        return figure.kind == SHARE
    row, column = place_of(cell_of(cell))
    places = [place_of(cell_of(typed.cell)) for typed in other.typed if sheet_of(typed.cell) == sheet_of(cell)]
    return any(place[0] == row for place in places) and any(place[1] == column for place in places)


def _follows(one: Typed, other: Typed, reading: Reading, counts: Sequence[Typed]) -> bool:
    """Check whether a formula gives another figure because its counts differ; `reading` is the other workbook's."""
    if one.kind not in DERIVED or not one.is_calculated or not _has_part(one, counts):
        return False
    return other.is_calculated or _adds_up(reading, other)


def _has_part(figure: Typed, counts: Sequence[Typed]) -> bool:
    """Check whether a total rests on one of these counts; a percent rests on all of its table."""
    alike = (count for count in counts if count.about[:3] == figure.about[:3])
    return any(figure.kind == SHARE or _may_belong(figure.key, count.key) for count in alike)


def _may_belong(asked: dict[str, str], key: dict[str, str]) -> bool:
    said = (key.get(name, code) == code for name, code in asked.items() if name != "period")
    return calendar.contains(asked["period"], key["period"]) and all(said)


def _adds_up(reading: Reading, figure: Typed) -> bool:
    """Check whether a total is what a workbook's own counts add up to; a percent may be anything."""
    if figure.kind == SHARE or not isinstance(figure.value, float):
        return True
    table, measure, unit, _ = figure.about
    try:
        return facts_of(reading).cube(measure, unit).total(figure.key, table=table).allows(figure.value)
    except NoAnswerError:
        return False
