"""What must hold between figures, in neutral records → formulas that say it in Excel while somebody types.

A `Check` names its figures by what they are about, never by a cell; the entry sheets say where they stand. Who declares
the rules makes these records; here they only become formulas with their results, and the cells they speak of.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..model.table import Key, Slot
from ..quality.cube import Sum
from ..quality.relations import BOTH_OR_NEITHER, OPERATORS
from .formulas import Formula, Result, ranges, result_of
from .layout import EntrySheet, Field, is_spare

HOLDS, FAILS, OPEN, WORTH_KNOWING = "✓", "✗", "…", "!"

FORMULAS = {"=": "{}={}", "!=": "{}<>{}", "<=": "{}<={}", ">=": "{}>={}", BOTH_OR_NEITHER: "({}>0)=({}>0)"}
"""How Excel compares two figures."""

EntrySheets = Mapping[str, EntrySheet]
"""The sheets of a workbook, by the names of their tables."""

Placed = tuple[EntrySheet, Field]
"""A cell, and the sheet it stands on."""


@dataclass(frozen=True)
class Operand:
    """A table's counts that a key covers, added up; its printed total of that key; or a `value` known already.

    `printing` says which of the totals of one key it is, where a table prints it more than once.
    """

    table: str = ""
    measure: str = ""
    unit: str = ""
    key: Key = field(default_factory=dict)
    sign: int = 1
    is_printed: bool = False
    printing: int = 0
    value: int | None = None


@dataclass(frozen=True)
class Side:
    """One side of a check: operands that belong to it for certain, and some that may belong to it as well."""

    operands: tuple[Operand, ...]
    maybe: tuple[Operand, ...] = ()

    @property
    def all(self) -> tuple[Operand, ...]:
        """All of them."""
        return (*self.operands, *self.maybe)


@dataclass(frozen=True)
class Check:
    """One thing that must hold; `sentence` says it in a language.

    It is judged once every figure is there; `at_once`: as soon as any is. `is_note`: where it does not hold, that is
    worth knowing and no more.
    """

    table: str
    sentence: Callable[[str], str]
    left: Side
    operator: str
    right: Side
    at_once: bool = False
    is_note: bool = False


@dataclass(frozen=True)
class SettledCheck:
    """A check with its figures placed on the sheets: what Excel shows for it, and the cells it speaks of."""

    check: Check
    sheets: EntrySheets = field(repr=False)

    @cached_property
    def left(self) -> Formula:
        """What the left side shows."""
        return _shown(self.sheets, self.check.left)

    @cached_property
    def right(self) -> Formula:
        """What the right side shows."""
        return _shown(self.sheets, self.check.right)

    @cached_property
    def cells(self) -> dict[str, list[Field]]:
        """The cells in question, by table."""
        by_table: dict[str, list[Field]] = defaultdict(list)
        for sheet, cell in self._placed:
            by_table[sheet.table].append(cell)
        return dict(by_table)

    @property
    def state(self) -> Formula:
        """Whether it holds: a tick, a cross, or dots while figures are missing."""
        (waits, is_waiting), (holds, is_true) = self._wait(), _comparison(self.sheets, self.check)
        fails = WORTH_KNOWING if self.check.is_note else FAILS
        text = f'IF({holds},"{HOLDS}","{fails}")'
        if waits:
            text = f'IF({waits},"{OPEN}",{text})'
        shown: Result = OPEN if is_waiting else HOLDS if is_true else fails
        free = self._of_free_row()
        if free:
            text = f'IF({_count(free)}=0,"",{text})'
            shown = shown if any(cell.value is not None for _, cell in free) else None
        return Formula(f"={text}", shown)

    def _wait(self) -> tuple[str, bool]:
        """Write when it cannot be judged yet, and whether that is so now."""
        if self.check.at_once:
            return f"{_count(self._placed)}=0", all(_result(sheet, cell) is None for sheet, cell in self._placed)
        free = self._of_free_row()
        needed = [(sheet, cell) for sheet, cell in self._placed if free or not cell.is_free]
        waits = f"{_count(needed)}<{len(needed)}" if needed else ""
        return waits, any(cell.value is None for _, cell in needed)

    def _of_free_row(self) -> list[Placed]:
        """List the cells of a free row, where the check is about one: nothing need hold while nobody uses it."""
        is_about_one = any(is_spare(operand.key.get("category", "named")) for operand in self.check.left.operands)
        return [(sheet, cell) for sheet, cell in self._placed if cell.is_free] if is_about_one else []

    @cached_property
    def _placed(self) -> list[Placed]:
        return list(_place(self.sheets, (*self.check.left.all, *self.check.right.all)))


def _place(sheets: EntrySheets, operands: Iterable[Operand]) -> Iterator[Placed]:
    """Give the cells of operands; one with a value known already has none."""
    for operand in operands:
        if operand.value is None:
            sheet = sheets[operand.table]
            yield from ((sheet, cell) for cell in _cells(sheet, operand))


def _cells(sheet: EntrySheet, operand: Operand) -> list[Field]:
    about = Slot("total", 0, 0, key=operand.key, measure=operand.measure, unit=operand.unit)
    if not operand.is_printed:
        return sheet.covered(about)
    wanted = Field(about, 0, 0).stands_for
    printed = [cell for cell in sheet.fields if cell.slot.role == "total" and cell.stands_for == wanted]
    return printed[operand.printing : operand.printing + 1]


def _count(placed: Iterable[Placed]) -> str:
    return f"COUNT({_areas(placed)})"


def _areas(placed: Iterable[Placed]) -> str:
    by_sheet: dict[str, list[Field]] = defaultdict(list)
    for sheet, cell in placed:
        by_sheet[sheet.name].append(cell)
    return ",".join(ranges(cells, sheet=name) for name, cells in by_sheet.items())


def _sum(sheets: EntrySheets, operands: Sequence[Operand]) -> tuple[str, int]:
    """Write operands as one sum, and add them up."""
    text, total = "", Sum()
    for sign, mark in ((1, "+"), (-1, "-")):
        signed = [operand for operand in operands if operand.sign == sign]
        placed = list(_place(sheets, signed))
        given = _added(operand.value or 0 for operand in signed)
        shown = given + _added(int(_result(sheet, cell) or 0) for sheet, cell in placed)
        text += f"{mark}SUM({_areas(placed)})" if placed else ""
        text += f"{mark}{given}" if given.least else ""
        total = total + shown if sign > 0 else total - shown
    return text.removeprefix("+") or "0", total.least


def _added(numbers: Iterable[int]) -> Sum:
    """Add numbers up as Excel does, for which a blank is nothing."""
    return sum((Sum(number, number) for number in numbers), start=Sum())


def _result(sheet: EntrySheet, cell: Field) -> float | None:
    return cell.value if cell.is_entry else result_of(sheet, cell.slot)


def _shown(sheets: EntrySheets, side: Side) -> Formula:
    """Show a side: its figure, or from what to what it may be; nothing while nothing is typed."""
    text, least = _sum(sheets, side.operands)
    shown: Result = least
    if side.maybe:
        more, extra = _sum(sheets, side.maybe)
        text, shown = f'{text}&" – "&({text}+{more})', f"{least} – {least + extra}"
    placed = list(_place(sheets, side.all))
    if not placed:
        return Formula(f"={text}", shown)
    is_blank = all(_result(sheet, cell) is None for sheet, cell in placed)
    return Formula(f'=IF({_count(placed)}=0,"",{text})', None if is_blank else shown)


def _comparison(sheets: EntrySheets, check: Check) -> tuple[str, bool]:
    """Compare both sides; where figures may belong to one, some number must satisfy both."""
    (left, left_least), (right, right_least) = (_sum(sheets, side.operands) for side in (check.left, check.right))
    if not (check.left.maybe or check.right.maybe):
        holds = OPERATORS[check.operator].holds(left_least, right_least)
        return FORMULAS[check.operator].format(f"({left})", f"({right})"), holds
    (left_more, left_extra), (right_more, right_extra) = (
        _sum(sheets, side.maybe) for side in (check.left, check.right)
    )
    text = f"AND(({left})<=({right})+({right_more}),({right})<=({left})+({left_more}))"
    return text, left_least <= right_least + right_extra and right_least <= left_least + left_extra
