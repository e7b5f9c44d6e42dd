"""Kinds of slips made in typing a quarter from paper, and one slip of a kind drawn at random into a sound quarter.

A kind lists every slip of it that a quarter allows; all are equally likely. `KINDS` are what checks may be tuned on,
`UNSEEN` what nothing may be tuned on.
"""

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import slips
from slips import Slips, retyped
from sound_quarters import Sound, quarters, sound
from ways_of_totals import Contents, Way, follow, paper_totals, results


def _always(_: Sound, __: Contents) -> bool:
    return True


class Kind(NamedTuple):
    """A kind of slip: its name, the slips that a quarter allows, and what a workbook must have for it.

    Not every slip is one that `matters`: it is asked when one is drawn. Whoever `takes_totals` leaves those of the
    table as well, where they are typed.
    """

    name: str
    slips: Callable[[Sound], Slips]
    needs: str = ""
    takes_totals: bool = False
    matters: Callable[[Sound, Contents], bool] = _always

    def suits(self, way: Way) -> bool:
        """Check whether it can happen where totals come about this way."""
        has = {"": True, "formulas": way.follows, "typed totals": way.is_typed, "totals on paper": way.is_on_paper}
        return has[self.needs]


@dataclass(frozen=True)
class Fault:
    """Slips in one quarter, of one kind or of several: what is typed into which cells.

    `number` is the one it was drawn by. `also` is what else is typed wrongly where totals are typed.
    """

    kind: str
    number: int
    seed: int
    period: str
    slips: tuple[Contents, ...]
    also: Contents

    @property
    def quarter(self) -> Sound:
        return sound(self.seed, self.period)

    def changes(self, way: Way) -> Contents:
        """Give the new content of every cell that is typed wrongly."""
        changes = {cell: content for slip in self.slips for cell, content in slip.items()}
        return {**changes, **self.also} if way.is_typed else changes

    def names(self, slip: Contents, cells: Collection[str]) -> bool:
        """Check whether cells are those of one of its slips: all that it changes, and none that it did not type.

        A month or a table that was left was left in the figures too that are the same in both quarters. Its totals need
        not be among them: who types the figures anew adds them up anew.
        """
        left = _left_alike(self.quarter, slip, self.kind) if self.kind in LEFT else set()
        return slip.keys() <= set(cells) <= slip.keys() | left | self.also.keys()

    def told(self, way: Way) -> str:
        """Say what was typed over: ``Education!B7 3→4``."""
        old = before(self.quarter)
        return ", ".join(f"{cell} {old.get(cell)}→{new!r}" for cell, new in self.changes(way).items())


def _left_alike(quarter: Sound, slip: Contents, kind: str) -> set[str]:
    """Name the cells of the month or the table that was left which say the same as in the quarter before."""
    known = quarter.before.by_sense if quarter.before else {}
    same = [cell for cell in quarter.cells if cell.sense in known and known[cell.sense].value == cell.value]
    left = [cell for cell in quarter.cells if cell.address in slip]
    sheets, periods = {cell.sheet for cell in left}, {cell.period for cell in left}
    return {cell.address for cell in same if cell.sheet in sheets and (kind == "table_left" or cell.period in periods)}


@cache
def before(quarter: Sound) -> Contents:
    """Give what stands in the counts, totals and percents of a sound quarter, and in its totals on paper."""
    counts = {cell.address: cell.value for cell in quarter.cells}
    claims = [results(sheet) | paper_totals(sheet) for sheet in quarter.sheets.values()]
    return counts | {cell: value for of_sheet in claims for cell, value in of_sheet.items()}


SINGLE = (
    slips.one_more,
    slips.one_fewer,
    slips.digits_transposed,
    slips.digit_doubled,
    slips.digit_dropped,
    slips.slipped_zero,
    slips.zero_typed,
    slips.look_alike,
    slips.neighbours_figure,
    slips.last_quarters_figure,
    slips.quarter_before,
)
SEVERAL = (slips.swapped_in_row, slips.swapped_in_column, slips.wrong_side, slips.months_swapped, slips.month_left)
KINDS = {
    **{figures.__name__: Kind(figures.__name__, retyped(figures)) for figures in SINGLE},
    **{several.__name__: Kind(several.__name__, several) for several in SEVERAL},
    "table_left": Kind("table_left", slips.table_left, takes_totals=True),
    "figure_as_text": Kind("figure_as_text", slips.figure_as_text, needs="formulas", matters=slips.changes_a_result),
    "wrong_total": Kind("wrong_total", slips.wrong_total, needs="typed totals"),
    "wrong_paper_total": Kind("wrong_paper_total", slips.wrong_paper_total, needs="totals on paper"),
}
"""Eighteen kinds or more for each way: a figure typed as text is none where nothing is calculated, nor is a total wrong
that formulas make."""

UNSEEN = {
    "any_figure": Kind("any_figure", retyped(slips.any_figure)),
    "column_slipped": Kind("column_slipped", slips.column_slipped),
    "rows_exchanged": Kind("rows_exchanged", slips.rows_exchanged),
}
TWO = "two_at_once"
"""Two slips in single cells of one quarter, each of any kind."""
LEFT = frozenset({"month_left", "table_left"})
"""What is left of the quarter before as a block."""


# --- drawing ---


@cache
def draw_fault(name: str, number: int, seeds: tuple[int, ...]) -> Fault:
    """Draw the fault of a number and a kind (of `KINDS`, `UNSEEN` or `TWO`); it is the same in every run and way."""
    draw = random.Random(f"{name} {number}")
    while True:
        seed = draw.choice(seeds)
        quarter = sound(seed, draw.choice(quarters(seed)))
        kinds = draw.sample(SINGLE, 2) if name == TWO else ()
        drawn = [_drawn(KINDS[kind.__name__], quarter, draw) for kind in kinds] or [_drawn(_kind(name), quarter, draw)]
        if all(drawn) and len({cell for slip in drawn for cell in slip}) == sum(map(len, drawn)):
            return Fault(name, number, seed, quarter.period, tuple(drawn), left_totals(name, quarter, drawn))


def _kind(name: str) -> Kind:
    return (KINDS | UNSEEN)[name]


def _drawn(kind: Kind, quarter: Sound, draw: random.Random) -> Contents:
    """Draw one slip of a kind; an empty one where the quarter allows none."""
    allowed = [slip for slip in kind.slips(quarter) if slip]
    while allowed:
        slip = allowed.pop(draw.randrange(len(allowed)))
        if kind.matters(quarter, slip):
            return slip
    return {}


def left_totals(name: str, quarter: Sound, drawn: Sequence[Contents]) -> Contents:
    """Work out the typed totals that are left together with a whole table."""
    if name == TWO or not _kind(name).takes_totals:
        return {}
    return follow(quarter, drawn[0])


def suits(name: str, way: Way) -> bool:
    """Check whether a kind of fault can happen where totals come about this way."""
    return name == TWO or _kind(name).suits(way)
