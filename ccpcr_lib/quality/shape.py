"""A table as two people typed it → the rows and columns that only one of them has, and what both have.

A new name of an open list is the same row in both whatever its case and spaces. Two names that are nearly the same, or
that have the same figures, are told as perhaps one row, and their figures are compared.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from ..excel.nearby import are_near
from ..excel.reader import Reading
from ..model.catalogue import spec
from ..model.codelist import codelist, fold
from ..model.column import row_dimension
from ..model.records import FrozenKey
from ..model.table import TableSpec
from ..words import say
from .difference import COLUMN, NAME, ROW, At, Difference
from .typed import COUNT, Typed

Rows = Mapping[str, Sequence[Typed]]
"""The counts of each row, by its code."""

Names = Sequence[tuple[str, str]]
"""What rows are called in the first workbook and in the second."""


class Side(NamedTuple):
    """What one workbook says in a table, and the cells of it that cannot be read."""

    reading: Reading
    unreadable: frozenset[str]
    typed: tuple[Typed, ...]

    @property
    def counts(self) -> Iterator[Typed]:
        """Its counts."""
        return (figure for figure in self.typed if figure.kind == COUNT)


class Shape(NamedTuple):
    """The rows and columns that only one workbook has, the counts in them, and what both have of the table."""

    differences: list[Difference]
    alone: list[Typed]
    first: Side
    second: Side


def settle_shape(table: str, first: Side, second: Side) -> Shape:
    """Find the rows and columns that only one has; rows of the second go by their name in the first from here on."""
    declared = spec(table)
    dimension = row_dimension(declared.rows)
    own, other = _rows(first, dimension), _rows(second, dimension)
    same = _same_names(own, other)
    near = _near_names(declared, _without(own, other, same), _without(other, own, same))
    differences = [_two_names(table, dimension, (own[one], other[two])) for one, two in near]
    renamed = {two: one for one, two in (*same, *near)}
    typed = tuple(_renamed(figure, dimension, renamed) for figure in second.typed) if renamed else second.typed
    shape = Shape(differences, [], first, second._replace(typed=typed))
    shape = _take_out(shape, ROW, lambda figure: frozenset({(dimension, figure.key.get(dimension, ""))}))
    return _take_out(shape, COLUMN, lambda figure: _column(figure, dimension))


# --- rows and columns --------------------------------------------------------------------------------------


def _column(figure: Typed, dimension: str) -> tuple[str, str, FrozenKey]:
    """Give what a figure's column counts, and what its cells share."""
    _, measure, unit, key = figure.about
    return measure, unit, frozenset(pair for pair in key if pair[0] != dimension)


def _take_out(shape: Shape, kind: str, line: Callable[[Typed], Hashable]) -> Shape:
    """Tell the rows, or the columns, of counts that only one workbook has, and leave out all that stands in them."""
    lines = [_grouped(side.counts, line) for side in (shape.first, shape.second)]
    alone = [{code: own for code, own in lines[place].items() if code not in lines[1 - place]} for place in (0, 1)]
    for place, groups in enumerate(alone):
        shape.differences.extend(_only(kind, figures, is_first=not place) for figures in groups.values())
        shape.alone.extend(figure for figures in groups.values() for figure in figures)
    first, second = (
        side._replace(typed=tuple(figure for figure in side.typed if line(figure) not in gone))
        for side, gone in zip((shape.first, shape.second), alone, strict=True)
    )
    return shape._replace(first=first, second=second)


def _grouped(counts: Iterable[Typed], line: Callable[[Typed], Hashable]) -> dict[Hashable, list[Typed]]:
    groups: dict[Hashable, list[Typed]] = {}
    for count in counts:
        groups.setdefault(line(count), []).append(count)
    return groups


def _only(kind: str, counts: Sequence[Typed], *, is_first: bool) -> Difference:
    """Tell a row or a column that only one workbook has, with its figures."""
    first, (table, measure, unit, _) = counts[0], counts[0].about
    key = {name: code for name, code in first.key.items() if all(count.key.get(name) == code for count in counts)}
    at = At(first.cell, ", ".join(count.text or say("differ_blank") for count in counts))
    return Difference(kind, table, *((at, At()) if is_first else (At(), at)), measure, unit, key)


# --- names -------------------------------------------------------------------------------------------------


def _rows(side: Side, dimension: str) -> Rows:
    rows: dict[str, list[Typed]] = {}
    for count in side.counts:
        rows.setdefault(count.key.get(dimension, ""), []).append(count)
    return rows


def _without(rows: Rows, others: Rows, same: Names) -> Rows:
    """Leave out the rows that the other workbook has too."""
    known = {*others, *(name for names in same for name in names)}
    return {code: counts for code, counts in rows.items() if code not in known}


def _same_names(own: Rows, other: Rows) -> Names:
    """Find the new names that differ in case and spaces only."""
    folded = {fold(code): code for code in other if code not in own}
    return [(code, folded[fold(code)]) for code in own if code not in other and fold(code) in folded]


def _near_names(declared: TableSpec, own: Rows, other: Rows) -> Names:
    """Find the rows of an open list that may be one under two names: nearly the same, or with the same figures."""
    if not declared.is_open:
        return []
    pairs = [(one, two) for one in own for two in other]
    near = [pair for pair in pairs if are_near(declared.codelist, *pair)]
    alike = [(one, two) for one, two in pairs if _alike(own[one], other[two])]
    names: list[tuple[str, str]] = []
    for one, two in (*near, *alike):
        if all(one != first and two != second for first, second in names):
            names.append((one, two))
    return names


def _alike(own: Sequence[Typed], other: Sequence[Typed]) -> bool:
    """Check whether two rows have the same figures, and not only zeros and blanks."""
    one, two = ({_column(count, "category"): count.value for count in counts} for counts in (own, other))
    return one == two and any(one.values())


def _two_names(table: str, dimension: str, rows: tuple[Sequence[Typed], Sequence[Typed]]) -> Difference:
    first, second = (
        At(counts[0].cell, codelist(spec(table).codelist).label(counts[0].key[dimension])) for counts in rows
    )
    return Difference(NAME, table, first, second, key={dimension: rows[0][0].key[dimension]})


def _renamed(figure: Typed, dimension: str, names: Mapping[str, str]) -> Typed:
    """Give a figure of the second workbook with its row's name in the first, the parts of its note too."""

    def rename(key: FrozenKey) -> FrozenKey:
        return frozenset((name, names.get(code, code) if name == dimension else code) for name, code in key)

    value = figure.value
    if isinstance(value, frozenset):
        value = frozenset((rename(key), number) for key, number in value)
    return figure._replace(about=(*figure.about[:3], rename(figure.about[3])), value=value)
