"""A total, a share or a plan figure of an `EntrySheet` → its formula, and its result for the values written there.

The results are stored with the formulas, so that a new workbook reads before Excel has ever opened it.
Only functions that every Excel since 2007 and LibreOffice have are used.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..excel.file.address import column_letters
from ..model.measure import adding
from ..model.records import FrozenKey
from ..model.table import Slot
from ..quality.keys import people_of
from ..quality.sums import add_up
from .layout import EntrySheet, Field

Result = float | str | None
"""What a formula shows; None where there is nothing to add up yet, which Excel shows as blank."""


@dataclass(frozen=True)
class Formula:
    """A formula and its result."""

    text: str
    value: Result


def formula_of(sheet: EntrySheet, slot: Slot) -> Formula:
    """Write the formula of a total, a share or a plan figure; of clients who may stand in several counts no share."""
    parts = sheet.covered(slot)
    shown = _sum(sheet, slot, parts)
    if slot.role == "share":
        whole = _whole(sheet, slot)
        if sheet.spec.overlap_in(whole.measure, whole.unit, whole.key, sheet.quarter):
            return Formula('=""', None)
        total = _sum(sheet, whole, sheet.covered(whole))
        shown = f'IF({total}=0,"",{shown}/{total})'
    return Formula(f'=IF(COUNT({ranges(parts)})=0,"",{shown})', result_of(sheet, slot))


def result_of(sheet: EntrySheet, slot: Slot) -> float | None:
    """Work out what that formula shows: a share is 0-1; None where nothing is typed, or the whole is 0."""
    figure = _added(sheet, slot)
    if slot.role != "share":
        return figure
    whole = _whole(sheet, slot)
    if sheet.spec.overlap_in(whole.measure, whole.unit, whole.key, sheet.quarter):
        return None
    total = _added(sheet, whole)
    return figure / total if total and figure is not None else None


def _whole(sheet: EntrySheet, share: Slot) -> Slot:
    """Give the total that a share is a part of: that of the whole quarter."""
    return Slot("total", 0, 0, key={"period": sheet.quarter}, measure=share.measure, unit=share.unit)


def _sum(sheet: EntrySheet, slot: Slot, parts: Sequence[Field]) -> str:
    """Write the sum of cells; where one client may stand in several of them, the largest of each kind of people."""
    if not sheet.spec.overlap_in(slot.measure, slot.unit, slot.key, sheet.quarter):
        return f"SUM({ranges(parts)})"
    return "+".join(f"MAX({ranges(kind)})" for kind in kinds_of(parts))


def kinds_of(parts: Iterable[Field]) -> list[list[Field]]:
    """Sort cells by the kind of people that they are about: nobody is of two kinds."""
    kinds: dict[FrozenKey, list[Field]] = defaultdict(list)
    for part in parts:
        kinds[people_of(part.key)].append(part)
    return list(kinds.values())


def _added(sheet: EntrySheet, slot: Slot) -> int | None:
    """Work out that sum; None where nothing is typed. Excel takes a blank for nothing."""
    parts = sheet.covered(slot)
    if all(part.value is None for part in parts):
        return None
    return add_up(parts, adding(slot.measure, slot.unit)).least


def _by_column(parts: Iterable[Field]) -> list[list[Field]]:
    columns: dict[int, list[Field]] = defaultdict(list)
    for part in parts:
        columns[part.column].append(part)
    return [columns[column] for column in sorted(columns)]


def ranges(cells: Iterable[Field], *, sheet: str = "") -> str:
    """Write cells as the fewest ranges, such as ``B8:D14``, a comma between them; `sheet` names theirs, if asked."""
    runs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for column in _by_column(cells):
        for first, last in _runs(sorted(part.row for part in column)):
            runs[first, last].append(column[0].column)
    prefix = f"'{sheet}'!" if sheet else ""
    return ",".join(
        prefix + area(top, left, bottom, right)
        for (top, bottom), columns in runs.items()
        for left, right in _runs(columns)
    )


def _runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Group ascending numbers into runs.

    >>> _runs([3, 4, 5, 9])
    [(3, 5), (9, 9)]
    """
    groups = groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0])
    runs = [[number for _, number in run] for _, run in groups]
    return [(run[0], run[-1]) for run in runs]


def quoted(text: str) -> str:
    """Write a text as a formula has it: in quotation marks, its own ones doubled.

    >>> quoted('Nothing is "open".')
    '"Nothing is ""open""."'
    """
    doubled = text.replace('"', '""')
    return f'"{doubled}"'


def area(top: int, left: int, bottom: int, right: int) -> str:
    """Write a rectangle in A1 notation.

    >>> area(7, 1, 13, 3), area(7, 1, 7, 1)
    ('B8:D14', 'B8')
    """
    first, last = f"{column_letters(left)}{top + 1}", f"{column_letters(right)}{bottom + 1}"
    return first if first == last else f"{first}:{last}"
