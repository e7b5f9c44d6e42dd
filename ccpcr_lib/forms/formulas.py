"""A total, a share or a plan figure of a `Page` → its formula, and the result it has for the values written there.

The results are stored with the formulas, so that a new workbook reads before Excel has ever opened it.
Only functions that every Excel since 2007 and LibreOffice have are used.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from ..excel.file.address import column_letters
from ..model.table import Slot
from .layout import Field, Page


@dataclass(frozen=True)
class Formula:
    """A formula and its result; None where there is nothing to add up yet, which Excel shows as blank."""

    text: str
    value: float | None


def formula_of(page: Page, slot: Slot) -> Formula:
    """Write the formula of a total, a share or a plan figure."""
    if slot.role == "share":
        return _share(page, slot)
    parts = page.covered(slot)
    text = f'=IF(COUNT({ranges(parts)})=0,"",{_sum(page, slot, parts)})'
    return Formula(text, _result(page, slot, parts))


def _share(page: Page, slot: Slot) -> Formula:
    whole = Slot("total", 0, 0, key={"period": page.quarter}, measure=slot.measure, unit=slot.unit)
    parts, everything = page.covered(slot), page.covered(whole)
    part, total = _result(page, slot, parts), _result(page, whole, everything)
    dividend, divisor = _sum(page, slot, parts), _sum(page, whole, everything)
    text = f'=IF(COUNT({ranges(parts)})=0,"",IF({divisor}=0,"",{dividend}/{divisor}))'
    return Formula(text, part / total if total and part is not None else None)


def _sum(page: Page, slot: Slot, parts: Sequence[Field]) -> str:
    if not _counts_once(page, slot):
        return f"SUM({ranges(parts)})"
    return "+".join(f"MAX({ranges(column)})" for column in _by_column(parts))


def _result(page: Page, slot: Slot, parts: Sequence[Field]) -> int | None:
    if all(part.value is None for part in parts):
        return None
    columns = _by_column(parts) if _counts_once(page, slot) else [[part] for part in parts]
    return sum(max(part.value or 0 for part in column) for column in columns)


def _counts_once(page: Page, slot: Slot) -> bool:
    """Tell whether a figure adds up rows in which one person may stand several times.

    Then it is at least the largest row of each column; a person stands in one column only.
    """
    return any(total.once for total in page.spec.totals) and not page.spec.row_key("").keys() <= slot.key.keys()


def _by_column(parts: Iterable[Field]) -> list[list[Field]]:
    columns: dict[int, list[Field]] = defaultdict(list)
    for part in parts:
        columns[part.column].append(part)
    return [columns[column] for column in sorted(columns)]


def ranges(fields: Iterable[Field], *, sheet: str = "") -> str:
    """Write cells as the fewest ranges, such as ``B8:D14``; `sheet` in front of each if asked."""
    runs: dict[tuple[int, int], list[int]] = defaultdict(list)
    for column in _by_column(fields):
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


def area(top: int, left: int, bottom: int, right: int) -> str:
    """Write a rectangle in A1 notation.

    >>> area(7, 1, 13, 3), area(7, 1, 7, 1)
    ('B8:D14', 'B8')
    """
    first, last = f"{column_letters(left)}{top + 1}", f"{column_letters(right)}{bottom + 1}"
    return first if first == last else f"{first}:{last}"
