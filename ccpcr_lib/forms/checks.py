"""What must hold between figures, in neutral records → formulas that say it in Excel while somebody types.

A `Check` names its figures by what they are about, never by a cell; the entry sheets say where they stand. Who declares
the rules makes these records; here they only become formulas with their results, and the cells they speak of.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..model.table import Key, Slot
from ..quality.relations import BOTH_OR_NEITHER, OPERATORS
from ..quality.sums import Sum, add_up
from .formulas import Formula, Result, kinds_of, ranges, result_of
from .layout import EntrySheet, Field, is_spare

HOLDS, FAILS, OPEN, WORTH_KNOWING = "✓", "✗", "…", "!"

FORMULAS = {
    "=": "{left}={right}",
    "!=": "{left}<>{right}",
    "<=": "{left}<={right}",
    ">=": "{left}>={right}",
    BOTH_OR_NEITHER: "({left}>0)=({right}>0)",
}
"""How Excel compares two figures."""

BOUND_FORMULAS = {
    "=": "AND({left}<={right_most},{right}<={left_most})",
    "!=": "OR({left}<>{left_most},{right}<>{right_most},{left}<>{right})",
    "<=": "{left}<={right_most}",
    ">=": "{left_most}>={right}",
    BOTH_OR_NEITHER: "OR(AND({left_most}>0,{right_most}>0),AND({left}=0,{right}=0))",
}
"""How Excel checks that two figures may satisfy an operator, where one of them is only bounded."""

EntrySheets = Mapping[str, EntrySheet]
"""The sheets of a workbook, by the names of their tables."""

Placed = tuple[EntrySheet, Field]
"""A cell, and the sheet it stands on."""


@dataclass(frozen=True)
class Operand:
    """A table's counts that a key covers, added up; its printed total of that key; or a `value` known already.

    `role` is that of its cells: count, total or paper_total. `printing` says which of the totals of one key it is,
    where a table prints it more than once. `is_bound`: clients may stand in several of the counts, so that there are at
    least as many as the largest of each kind of people.
    """

    table: str = ""
    measure: str = ""
    unit: str = ""
    key: Key = field(default_factory=dict)
    sign: int = 1
    role: str = "count"
    printing: int = 0
    value: int | None = None
    is_bound: bool = False


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
    worth knowing and no more. `is_asked`: somebody asks for it by typing its left figure, and that one is in question.
    """

    table: str
    sentence: Callable[[str], str]
    left: Side
    operator: str
    right: Side
    at_once: bool = False
    is_note: bool = False
    is_asked: bool = False


@dataclass(frozen=True)
class SettledCheck:
    """A check with its figures placed on the sheets: what Excel shows for it, and the cells it speaks of."""

    check: Check
    sheets: EntrySheets = field(repr=False)

    @cached_property
    def left(self) -> Formula:
        """What the left side shows."""
        return _formula(self.sheets, self.check.left)

    @cached_property
    def right(self) -> Formula:
        """What the right side shows."""
        return _formula(self.sheets, self.check.right)

    @cached_property
    def cells(self) -> dict[str, list[Field]]:
        """The cells in question, by table."""
        by_table: dict[str, list[Field]] = defaultdict(list)
        for sheet, cell in self._asking if self.check.is_asked else self._placed:
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
        asking = self._asking
        if asking:
            text = f'IF({_count(asking)}=0,"",{text})'
            shown = shown if any(cell.value is not None for _, cell in asking) else None
        return Formula(f"={text}", shown)

    def _wait(self) -> tuple[str, bool]:
        """Write when it cannot be judged yet, and whether that is so now."""
        if self.check.at_once:
            return f"{_count(self._placed)}=0", all(_result(sheet, cell) is None for sheet, cell in self._placed)
        free = self._of_free_row()
        needed = [(sheet, cell) for sheet, cell in self._placed if free or not cell.is_free]
        waits = f"{_count(needed)}<{len(needed)}" if needed else ""
        return waits, any(cell.value is None for _, cell in needed)

    @property
    def _asking(self) -> list[Placed]:
        """List the cells of which one must be filled before anything need hold."""
        return list(_place(self.sheets, self.check.left.all)) if self.check.is_asked else self._of_free_row()

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
    if operand.role == "count":
        return sheet.covered(about)
    wanted = Field(about, 0, 0).stands_for
    printed = [cell for cell in sheet.fields if cell.slot.role == operand.role and cell.stands_for == wanted]
    return printed[operand.printing : operand.printing + 1]


def _count(placed: Iterable[Placed]) -> str:
    return f"COUNT({_areas(placed)})"


def _areas(placed: Iterable[Placed]) -> str:
    by_sheet: dict[str, list[Field]] = defaultdict(list)
    for sheet, cell in placed:
        by_sheet[sheet.name].append(cell)
    return ",".join(ranges(cells, sheet=name) for name, cells in by_sheet.items())


@dataclass(frozen=True)
class _Shown:
    """What a side comes to: formulas of what it is at least and at most, and what they show."""

    least: str
    most: str
    total: Sum

    @property
    def is_exact(self) -> bool:
        """Whether it can be only one number, whatever is typed."""
        return self.least == self.most


def _side(sheets: EntrySheets, side: Side) -> _Shown:
    """Write a side, and add it up as Excel does, for which a blank is nothing."""
    total = Sum()
    for operand in side.operands:
        figure = _figure(sheets, operand)
        total = total + figure if operand.sign > 0 else total - figure
    for operand in side.maybe:
        total += Sum(0, _figure(sheets, operand).most)
    least, most = (_written(sheets, side.operands, is_least=is_least) for is_least in (True, False))
    more = f"+{_written(sheets, side.maybe, is_least=False)}" if side.maybe else ""
    return _Shown(least, most + more, total)


def _figure(sheets: EntrySheets, operand: Operand) -> Sum:
    """Add up one operand."""
    if operand.value is not None:
        return Sum(operand.value, operand.value)
    sheet = sheets[operand.table]
    cells = [replace(cell, value=int(_result(sheet, cell) or 0)) for cell in _cells(sheet, operand)]
    return add_up(cells, "attendance" if operand.is_bound else "flow")


def _written(sheets: EntrySheets, operands: Sequence[Operand], *, is_least: bool) -> str:
    """Write operands as one sum, for what it is at least or at most: what is bound is least as the largest of it."""
    text = ""
    for sign, mark in ((1, "+"), (-1, "-")):
        signed = [operand for operand in operands if operand.sign == sign]
        largest = [operand for operand in signed if operand.is_bound and is_least == (sign > 0)]
        added = list(_place(sheets, (operand for operand in signed if operand not in largest)))
        given = sum((Sum(operand.value, operand.value) for operand in signed if operand.value), start=Sum())
        text += f"{mark}SUM({_areas(added)})" if added else ""
        text += "".join(f"{mark}({_largest(sheets[operand.table], operand)})" for operand in largest)
        text += f"{mark}{given}" if given.least else ""
    return text.removeprefix("+") or "0"


def _largest(sheet: EntrySheet, operand: Operand) -> str:
    """Write the largest cell of each kind of people, added up over them."""
    kinds = kinds_of(_cells(sheet, operand))
    return "+".join(f"MAX({ranges(kind, sheet=sheet.name)})" for kind in kinds)


def _result(sheet: EntrySheet, cell: Field) -> float | None:
    return cell.value if cell.is_entry else result_of(sheet, cell.slot)


def _formula(sheets: EntrySheets, side: Side) -> Formula:
    """Show a side: its figure, or from what to what it may be where that is not one; nothing while nothing is typed."""
    shown = _side(sheets, side)
    least, most, total = shown.least, shown.most, shown.total
    text = least if shown.is_exact else f'IF({least}=({most}),{least},{least}&" – "&({most}))'
    result: Result = total.least if shown.is_exact or total.exact is not None else f"{total.least} – {total.most}"
    placed = list(_place(sheets, side.all))
    if not placed:
        return Formula(f"={text}", result)
    is_blank = all(_result(sheet, cell) is None for sheet, cell in placed)
    return Formula(f'=IF({_count(placed)}=0,"",{text})', None if is_blank else result)


def _comparison(sheets: EntrySheets, check: Check) -> tuple[str, bool]:
    """Compare both sides; where one is only bounded, some of the numbers it may be must satisfy the check."""
    left, right = _side(sheets, check.left), _side(sheets, check.right)
    is_exact = left.is_exact and right.is_exact
    text = (FORMULAS if is_exact else BOUND_FORMULAS)[check.operator].format(
        left=f"({left.least})", right=f"({right.least})", left_most=f"({left.most})", right_most=f"({right.most})"
    )
    return text, OPERATORS[check.operator].may_hold(left.total, right.total)
