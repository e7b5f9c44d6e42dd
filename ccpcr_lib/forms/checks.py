"""What must hold between figures, in neutral records → formulas that say it in Excel while somebody types.

A `Check` names its figures by what they are about, never by a cell; the pages say where they stand. Who declares the
rules makes these records; here they only become formulas with their results, and the cells they speak of.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from ..model.table import Key, Slot
from .formulas import Formula, formula_of, ranges
from .layout import Field, Page, is_spare

HOLDS, FAILS, OPEN, WORTH_KNOWING = "✓", "✗", "…", "!"
SIGNS = {"=": "=", "!=": "≠", "<=": "≤", ">=": "≥", "both-or-neither": "⇔"}
_EXCEL = {"=": "{}={}", "!=": "{}<>{}", "<=": "{}<={}", ">=": "{}>={}", "both-or-neither": "({}>0)=({}>0)"}
_PYTHON = {
    "=": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    "<=": lambda left, right: left <= right,
    ">=": lambda left, right: left >= right,
    "both-or-neither": lambda left, right: bool(left) == bool(right),
}

Pages = Mapping[str, Page]
Placed = tuple[Page, Field]


@dataclass(frozen=True)
class Figure:
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
    """One side of a check: figures that belong to it for certain, and some that may belong to it as well."""

    figures: tuple[Figure, ...]
    maybe: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Check:
    """One thing that must hold, said in a sentence for each language.

    It is judged once every figure is there; `at_once`: as soon as any is. `is_note`: where it does not hold, that is
    worth knowing and no more.
    """

    table: str
    sentence: Mapping[str, str]
    left: Side
    operator: str
    right: Side
    at_once: bool = False
    is_note: bool = False


@dataclass(frozen=True)
class Settled:
    """A check with its figures found on the pages: what Excel shows for it, and the cells it speaks of."""

    check: Check
    pages: Pages = field(repr=False)

    @cached_property
    def left(self) -> Formula:
        """What the left side shows."""
        return _shown(self.pages, self.check.left)

    @cached_property
    def right(self) -> Formula:
        """What the right side shows."""
        return _shown(self.pages, self.check.right)

    @cached_property
    def cells(self) -> dict[str, list[Field]]:
        """The cells in question, by table."""
        found: dict[str, list[Field]] = defaultdict(list)
        for side in (self.check.left, self.check.right):
            for page, item in _placed(self.pages, (*side.figures, *side.maybe)):
                found[page.spec.name].append(item)
        return dict(found)

    @property
    def state(self) -> Formula:
        """Whether it holds: a tick, a cross, or dots while figures are missing."""
        (waits, is_waiting), (holds, is_true) = self._wait(), _comparison(self.pages, self.check)
        fails = WORTH_KNOWING if self.check.is_note else FAILS
        text = f'IF({holds},"{HOLDS}","{fails}")'
        if waits:
            text = f'IF({waits},"{OPEN}",{text})'
        value = OPEN if is_waiting else HOLDS if is_true else fails
        free = self._of_free_row()
        if free:
            text = f'IF({_count(free)}=0,"",{text})'
            value = value if any(item.value is not None for _, item in free) else None
        return Formula(f"={text}", value)

    def _wait(self) -> tuple[str, bool]:
        """Write when it cannot be judged yet, and whether that is so now."""
        if self.check.at_once:
            return f"{_count(self._placed)}=0", all(_result(page, item) is None for page, item in self._placed)
        free = self._of_free_row()
        needed = [(page, item) for page, item in self._placed if free or not is_free(item)]
        waits = f"{_count(needed)}<{len(needed)}" if needed else ""
        return waits, any(item.value is None for _, item in needed)

    def _of_free_row(self) -> list[Placed]:
        """List the cells of a free row, where the check is about one: nothing need hold while nobody uses it."""
        is_about_one = any(is_spare(figure.key.get("category", "named")) for figure in self.check.left.figures)
        return [(page, item) for page, item in self._placed if is_free(item)] if is_about_one else []

    @cached_property
    def _placed(self) -> list[Placed]:
        sides = (self.check.left, self.check.right)
        return list(_placed(self.pages, (figure for side in sides for figure in (*side.figures, *side.maybe))))


def is_free(item: Field) -> bool:
    """Tell whether a cell stands in a row that is free for a new name."""
    return is_spare(item.slot.key.get("category", "named"))


def _placed(pages: Pages, figures: Iterable[Figure]) -> Iterable[Placed]:
    """Find the cells of figures."""
    for figure in figures:
        if figure.value is None:
            page = pages[figure.table]
            yield from ((page, item) for item in _cells(page, figure))


def _cells(page: Page, figure: Figure) -> list[Field]:
    about = Slot("total", 0, 0, key=figure.key, measure=figure.measure, unit=figure.unit)
    if not figure.is_printed:
        return page.covered(about)
    wanted = Field(about, 0, 0).identity
    printed = [item for item in page.fields if item.slot.role == "total" and item.identity == wanted]
    return printed[figure.printing : figure.printing + 1]


def _count(placed: Iterable[Placed]) -> str:
    return f"COUNT({_areas(placed)})"


def _areas(placed: Iterable[Placed]) -> str:
    by_page: dict[str, list[Field]] = defaultdict(list)
    for page, item in placed:
        by_page[page.sheet].append(item)
    return ",".join(ranges(items, sheet=sheet) for sheet, items in by_page.items())


def _sum(pages: Pages, figures: Sequence[Figure]) -> tuple[str, int]:
    """Write figures as one sum, and add them up."""
    text, total = "", 0
    for sign in (1, -1):
        signed = [figure for figure in figures if figure.sign == sign]
        placed = list(_placed(pages, signed))
        known = sum(figure.value for figure in signed if figure.value is not None)
        mark = "+" if sign > 0 else "-"
        text += f"{mark}SUM({_areas(placed)})" if placed else ""
        text += f"{mark}{known}" if known else ""
        total += sign * (known + sum(_value(page, item) for page, item in placed))
    return text.removeprefix("+") or "0", total


def _value(page: Page, item: Field) -> int:
    return int(_result(page, item) or 0)


def _result(page: Page, item: Field) -> float | None:
    return item.value if item.is_entry else formula_of(page, item.slot).value


def _shown(pages: Pages, side: Side) -> Formula:
    """Show a side: its figure, or from what to what it may be; nothing while nothing is typed."""
    text, value = _sum(pages, side.figures)
    placed = list(_placed(pages, (*side.figures, *side.maybe)))
    if side.maybe:
        more, extra = _sum(pages, side.maybe)
        text, value = f'{text}&" – "&({text}+{more})', f"{value} – {value + extra}"
    if not placed:
        return Formula(f"={text}", value)
    is_blank = all(_result(page, item) is None for page, item in placed)
    return Formula(f'=IF({_count(placed)}=0,"",{text})', None if is_blank else value)


def _comparison(pages: Pages, check: Check) -> tuple[str, bool]:
    """Compare both sides; where figures may belong to one, some number must satisfy both."""
    (left, known), (right, wanted) = (_sum(pages, side.figures) for side in (check.left, check.right))
    if not (check.left.maybe or check.right.maybe):
        return _EXCEL[check.operator].format(f"({left})", f"({right})"), _PYTHON[check.operator](known, wanted)
    (left_more, more), (right_more, extra) = (_sum(pages, side.maybe) for side in (check.left, check.right))
    text = f"AND(({left})<=({right})+({right_more}),({right})<=({left})+({left_more}))"
    return text, known <= wanted + extra and wanted <= known + more
