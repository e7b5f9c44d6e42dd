"""What a hand slips on in typing a quarter from paper: from a sound quarter to the slips of one kind that it allows.

A slip gives the new content of every cell that it changes, ``Sheet!A1``.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise

from sound_quarters import Cell, Sound
from ways_of_totals import Contents, follow, paper_totals, results

MONTHS = ("m1", "m2", "m3")
LOOK_ALIKE = {"6": "9", "9": "6", "1": "7", "7": "1"}
Slips = Iterable[Contents]


# --- one cell: from a cell to the figures that are typed there by mistake ---


def retyped(figures: Callable[[Cell, Sound], Iterable[int]]) -> Callable[[Sound], Slips]:
    """Make a kind of slips in one cell of the figures that a hand might type there."""

    def slips(quarter: Sound) -> Iterator[Contents]:
        for cell in quarter.cells:
            for figure in sorted(set(figures(cell, quarter)) - {cell.value}):
                if figure >= 0:
                    yield {cell.address: figure}

    return slips


def one_more(cell: Cell, _: Sound) -> list[int]:
    return [cell.value + 1]


def one_fewer(cell: Cell, _: Sound) -> list[int]:
    return [cell.value - 1]


def digits_transposed(cell: Cell, _: Sound) -> list[int]:
    text = str(cell.value)
    return [int(text[:at] + text[at + 1] + text[at] + text[at + 2 :]) for at in range(len(text) - 1)]


def digit_doubled(cell: Cell, _: Sound) -> list[int]:
    text = str(cell.value)
    return [int(text[: at + 1] + text[at:]) for at in range(len(text))]


def digit_dropped(cell: Cell, _: Sound) -> list[int]:
    text = str(cell.value)
    return [int(text[:at] + text[at + 1 :]) for at in range(len(text))] if len(text) > 1 else []


def slipped_zero(cell: Cell, _: Sound) -> list[int]:
    return [cell.value * 10, cell.value * 1000]


def zero_typed(cell: Cell, _: Sound) -> list[int]:
    return [0]


def look_alike(cell: Cell, _: Sound) -> list[int]:
    text = str(cell.value)
    places = [at for at, digit in enumerate(text) if digit in LOOK_ALIKE]
    return [int(text[:at] + LOOK_ALIKE[text[at]] + text[at + 1 :]) for at in places]


def neighbours_figure(cell: Cell, quarter: Sound) -> list[int]:
    return neighbours(quarter)[cell.address]


def last_quarters_figure(cell: Cell, quarter: Sound) -> list[int]:
    left = quarter.before.by_sense.get(cell.sense) if quarter.before else None
    return [left.value] if left else []


def quarter_before(cell: Cell, _: Sound) -> list[int]:
    return [cell.value + off for off in (-3, -2, -1, 1, 2, 3)] if cell.period == "previous" else []


def any_figure(_: Cell, __: Sound) -> range:
    return range(100)


# --- several cells ---


@cache
def rows(quarter: Sound) -> list[tuple[Cell, ...]]:
    """List the counts of each row of each sheet, from left to right."""
    return _lines(quarter, lambda cell: (cell.field.row, cell.field.column))


@cache
def columns(quarter: Sound) -> list[tuple[Cell, ...]]:
    """List the counts of each column of each sheet, from top to bottom."""
    return _lines(quarter, lambda cell: (cell.field.column, cell.field.row))


@cache
def neighbours(quarter: Sound) -> dict[str, list[int]]:
    """Give the figures that stand beside, above and below each count."""
    beside: dict[str, list[int]] = {cell.address: [] for cell in quarter.cells}
    for one, other in (pair for line in (*rows(quarter), *columns(quarter)) for pair in pairwise(line)):
        beside[one.address].append(other.value)
        beside[other.address].append(one.value)
    return beside


def _lines(quarter: Sound, place: Callable[[Cell], tuple[int, int]]) -> list[tuple[Cell, ...]]:
    lines: dict[tuple[str, int], list[Cell]] = {}
    for cell in sorted(quarter.cells, key=place):
        lines.setdefault((cell.sheet, place(cell)[0]), []).append(cell)
    return [tuple(line) for line in lines.values()]


def _typed_over(cells: Sequence[Cell], figures: Sequence[int]) -> Contents:
    """Give the cells whose figure becomes another one."""
    pairs = zip(cells, figures, strict=True)
    return {cell.address: figure for cell, figure in pairs if figure != cell.value}


def _exchanged(pairs: Iterable[tuple[Cell, Cell]]) -> Contents:
    both = [(cell, other.value) for one, two in pairs for cell, other in ((one, two), (two, one))]
    return _typed_over([cell for cell, _ in both], [figure for _, figure in both])


def swapped_in_row(quarter: Sound) -> Slips:
    return (_exchanged([pair]) for line in rows(quarter) for pair in pairwise(line))


def swapped_in_column(quarter: Sound) -> Slips:
    return (_exchanged([pair]) for line in columns(quarter) for pair in pairwise(line))


def wrong_side(quarter: Sound) -> Iterator[Contents]:
    """Count one client under the other sex; where a table does not divide by sex, in the column beside."""
    for line in rows(quarter):
        for one, other in ((one, other) for one in line for other in line if one.value and one is not other):
            if _are_sides(one, other, line):
                yield _typed_over([one, other], [one.value - 1, other.value + 1])


def _are_sides(one: Cell, other: Cell, line: Sequence[Cell]) -> bool:
    apart = {name for name, _ in one.about ^ other.about}
    if "sex" in dict(one.about):
        return apart == {"sex"} and one.period == other.period
    return abs(line.index(one) - line.index(other)) == 1 and apart.isdisjoint({"measure", "unit"})


def _months(quarter: Sound) -> list[dict[str, dict[frozenset, Cell]]]:
    """Give each sheet's columns of months: month → what a row stands for → the count there."""
    tables = []
    for name, sheet in quarter.sheets.items():
        own = [cell for cell in quarter.cells if cell.sheet == name and cell.period in MONTHS]
        if sheet.spec.rows != "month" and own:
            tables.append({month: {cell.about: cell for cell in own if cell.period == month} for month in MONTHS})
    return tables


def months_swapped(quarter: Sound) -> Slips:
    return (
        _exchanged((cell, table[other][about]) for about, cell in table[one].items() if about in table[other])
        for table in _months(quarter)
        for one, other in combinations(MONTHS, 2)
    )


def month_left(quarter: Sound) -> Slips:
    return (_left(quarter, table[month].values()) for table in _months(quarter) for month in MONTHS)


def table_left(quarter: Sound) -> Slips:
    return (_left(quarter, [cell for cell in quarter.cells if cell.sheet == name]) for name in quarter.sheets)


def _left(quarter: Sound, cells: Iterable[Cell]) -> Contents:
    """Leave in some cells what stood there in the workbook of the quarter before."""
    known = quarter.before.by_sense if quarter.before else {}
    left = [cell for cell in cells if cell.sense in known]
    return _typed_over(left, [known[cell.sense].value for cell in left])


def figure_as_text(quarter: Sound) -> Slips:
    return ({cell.address: str(cell.value)} for cell in quarter.cells if cell.value)


def changes_a_result(quarter: Sound, slip: Contents) -> bool:
    """Check whether a total or a percent comes out otherwise: formulas skip a figure that is typed as text."""
    return bool(follow(quarter, slip))


def wrong_total(quarter: Sound) -> Iterator[Contents]:
    """Type another total, or another percent: by two points or more, which no way of rounding gives."""
    for sheet in quarter.sheets.values():
        for cell, value in results(sheet).items():
            if isinstance(value, int):
                yield from _other_totals(cell, value)
            else:
                points = (round(100 * value) + off for off in (-10, -3, -2, 2, 3, 10))
                yield from ({cell: point / 100} for point in points if 0 <= point <= 100)


def wrong_paper_total(quarter: Sound) -> Iterator[Contents]:
    """Type another total on paper than the paper has."""
    for sheet in quarter.sheets.values():
        for cell, value in paper_totals(sheet).items():
            yield from _other_totals(cell, value)


def _other_totals(cell: str, value: float) -> Slips:
    return ({cell: value + off} for off in (-10, -2, -1, 1, 2, 10) if value + off >= 0)


def column_slipped(quarter: Sound) -> Slips:
    """Type a column one row too low, its last figure on top."""
    return (_typed_over(line, [cell.value for cell in (line[-1], *line[:-1])]) for line in columns(quarter))


def rows_exchanged(quarter: Sound) -> Iterator[Contents]:
    """Type two rows of a table each in the other's place."""
    for one, other in combinations(rows(quarter), 2):
        if one[0].sheet == other[0].sheet and len(one) == len(other):
            yield _exchanged(zip(one, other, strict=True))
