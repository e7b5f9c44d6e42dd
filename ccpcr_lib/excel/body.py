"""A region's header → the rows below it: members, totals, sums between members, parts of other rows, to the end.

A table goes on as long as rows with figures follow each other. Blank rows end it, unless figures and their total follow
below them.
"""

from collections.abc import Container, Sequence

from .adding import CHANCE, are_sums, is_made_of
from .file.address import Place
from .names import is_known_row
from .region import Region, is_numeral, number_at
from .roles import divides_only, is_part, is_share, is_subtotal, is_total, says_only_total
from .values import parse_value

BLANK_REACH = 2
"""So many blank rows end a table, unless figures and their total follow."""


def fill_body(region: Region, stop: int | None) -> None:
    """Walk down from the header and sort rows into members, totals and parts, until the table ends."""
    blanks, is_closed = 0, False
    for row in range(region.leaf + 1, min(region.grid.height, stop or region.grid.height)):
        label, has_figures = region.label(row), region.has_figures(row)
        if label is None and not has_figures:
            blanks += 1
            if (is_closed or blanks == BLANK_REACH) and not _total_follows(region, row, stop):
                break
            continue
        blanks = 0
        if is_closed and not has_figures and not is_total(label):
            break
        kind = _kind(region, row)
        kind.append(row)
        ends = kind is region.totals and not is_subtotal(label)
        is_closed = bool(region.rows) and (ends or (is_closed and kind is not region.rows))
    rows = range(region.top, region.bottom + 1)
    written = set().union(*(region.grid.columns_of.get(row, ()) for row in rows))
    region.columns = [column for column in region.columns if column in written]
    _set_lone_total_apart(region)
    _set_subtotals_apart(region)
    _set_rows_below_apart(region)


def _kind(region: Region, row: int) -> list[int]:
    """Choose what a filled row is: a total, a row of percents, a part of the row above, or a member."""
    label = region.label(row)
    if is_total(label) or (label is None and row - 1 in region.totals and _goes_with_total(region, row)):
        return region.totals
    if is_share(label) and region.totals:
        return region.shares
    is_foot = bool(region.totals and region.rows) and region.totals[-1] > region.rows[-1] and divides_only(label)
    return region.parts if (is_part(label) or is_foot) and region.has_figures(row) else region.rows


def _goes_with_total(region: Region, row: int) -> bool:
    """Check whether a row without a label belongs to the total above it: merged, percents, or sums of its figures."""
    return sums_row_above(region, row, but_for=region.grid.spans)


def goes_with_row_above(region: Region, row: int) -> bool:
    """Check whether a row is a second one, without a label, of a total or of a sum between members."""
    return region.label(row) is None and row - 1 in (*region.totals, *region.subtotals)


def sums_row_above(region: Region, row: int, *, but_for: Container[Place] = ()) -> bool:
    """Check whether a row has only percents, and sums of figures side by side in the row above; some places aside."""
    cells, above = region.grid.cells, row - 1
    places = [(row, column) for column in region.columns if (row, column) in cells and (row, column) not in but_for]
    totals = [number_at(region, above, column) for column in region.columns]
    sums = {sum(totals[start:end]) for start in range(len(totals)) for end in range(start + 1, len(totals) + 1)}
    values = (parse_value(cells[place], percent=place in region.grid.percents) for place in places)
    return all(value.share is not None or value.number in sums for value in values)


def _total_follows(region: Region, gap: int, stop: int | None) -> bool:
    """Check whether blank rows lie inside a table: below them come its total, and before it only rows with figures."""
    for row in range(gap + 1, min(region.grid.height, stop or region.grid.height)):
        label, cells = region.label(row), region.grid.cells
        written = [cells[row, column] for column in region.columns if (row, column) in cells]
        if is_total(label):
            return True
        if (label is not None or written) and not any(map(is_numeral, written)):
            return False
    return False


def _set_lone_total_apart(region: Region) -> None:
    """Take a last row without a label, in which each figure is the sum of those above it, for the total."""
    if len(region.rows) < 2 or region.label(region.rows[-1]) is not None:
        return
    *members, last = region.rows
    columns = [column for column in region.columns if (last, column) in region.grid.cells]
    if columns and are_sums(*_figures(region, last, members, columns)):
        region.rows = members
        region.totals.append(last)


def _set_subtotals_apart(region: Region) -> None:
    """Take the totals with members above and below them out of the table's own totals.

    One that adds nothing up and is not simply called a total is a member: an organisation may be called “Total care”.
    """
    if not region.rows:
        return
    first, last = region.rows[0], region.rows[-1]
    wholes = [row for row in region.totals if not is_subtotal(region.label(row))]
    inside = [row for row in region.totals if first < row < (last if row in wholes else max([last, *wholes]))]
    candidates = region.totals if len(region.totals) > 1 else inside
    for row in list(candidates):
        if (
            is_total(region.label(row))
            and not says_only_total(region.label(row))
            and not adds_up(region, row, region.columns, members=region.rows)
        ):
            _take_for_name(region, row)
    region.subtotals = [row for row in inside if row in region.totals]
    region.totals = [row for row in region.totals if row not in inside]


def _take_for_name(region: Region, row: int) -> None:
    """Take a row that is called a total and is none for a member, or for a row below the total of those above it."""
    is_below = any(region.rows[0] < total < row and says_only_total(region.label(total)) for total in region.totals)
    if is_below:
        region.totals.remove(row)
        region.below.append(row)
    else:
        region.name_member(row)


def _set_rows_below_apart(region: Region) -> None:
    """Take the unknown rows below the total of the table, which no other total counts in, out of the members."""
    whole = [row for row in region.subtotals if not is_subtotal(region.label(row))]
    if whole and not any(row > whole[-1] or row < region.rows[0] for row in region.totals):
        region.below += [row for row in region.rows if row > whole[-1] and not is_known_row(region.label(row))]
        region.rows = [row for row in region.rows if row not in region.below]
        last = [row for row in whole if row > region.rows[-1]]
        region.subtotals = [row for row in region.subtotals if row not in last]
        region.totals += last


def adds_up(
    region: Region, row: int, columns: Sequence[int], *, members: Sequence[int], or_largest: bool = False
) -> bool:
    """Check whether a row is the sum of the members above it, of those since the last such row, or of those below.

    One that is no sum by chance may also be that of the two or more members next to it. `or_largest`: or the largest
    of them, as totals of clients who may stand in several rows are.
    """
    last = max((total for total in (*region.totals, *region.subtotals) if total < row), default=-1)
    filled = [column for column in columns if (row, column) in region.grid.cells]
    figures = [number_at(region, row, column) for column in filled]
    above, below = [at for at in reversed(members) if at < row], [at for at in members if at > row]
    by_chance = sum(figures) < CHANCE
    for others, ends in ((above, {len(above), sum(at > last for at in above)}), (below, {len(below)})):
        may_end = ends if by_chance else ends | set(range(2, len(others) + 1))
        for largest in (False, True) if or_largest else (False,):
            rows = ([number_at(region, at, column) for column in filled] for at in others)
            if is_made_of(figures, rows, may_end, largest=largest):
                return True
    return False


def _figures(
    region: Region, row: int, others: Sequence[int], columns: Sequence[int]
) -> tuple[list[int], list[list[int]]]:
    """Give the figures of a row, and those of others, in some columns."""
    figures, *rest = ([number_at(region, line, column) for column in columns] for line in (row, *others))
    return figures, rest
