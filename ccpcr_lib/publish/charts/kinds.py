"""The kinds of chart: how each is drawn as a picture and by Office, and which chosen breakdowns it suits.

A new kind is a function that draws a `Plot`, and one line in `KINDS`: the report, the explorer and the deck have it.
"""

from collections.abc import Callable
from dataclasses import dataclass

from matplotlib.figure import Figure

from ...analysis.breakdown import PERIODS, TOTAL, Breakdown
from .bars import bars, stacked
from .over_periods import columns, lines, over_periods
from .plot import Plot
from .shapes import from_below, matrix, pyramid

MOST_PANELS, MOST_PARTS, FEWEST_POINTS, MOST_PERIODS = 8, 3, 3, 12


@dataclass(frozen=True)
class Native:
    """How Office draws a chart: its type, by the name that python-pptx gives it, and what that looks like."""

    chart_type: str
    is_lying: bool = True
    is_stacked: bool = False
    is_line: bool = False


BARS, STACKED = Native("BAR_CLUSTERED"), Native("BAR_STACKED", is_stacked=True)
COLUMNS, LINES = Native("COLUMN_CLUSTERED", is_lying=False), Native("LINE_MARKERS", is_lying=False, is_line=True)

Suits = Callable[[Breakdown, str], bool]
"""Whether a kind suits a breakdown of which counts or shares are shown."""


@dataclass(frozen=True)
class Kind:
    """How a kind of chart is drawn, what Office draws in its place, and what is done to a plot before.

    One that does not say which breakdowns it suits is drawn only where it is declared.
    """

    draw: Callable[[Plot], Figure]
    native: Native
    suits: Suits | None = None
    lay: Callable[[Plot], Plot] = lambda plot: plot


def laid(plot: Plot) -> Plot:
    """Lay a plot out as its kind draws it."""
    return KINDS[plot.kind].lay(plot)


def draw(plot: Plot) -> Figure:
    """Draw a plot as its kind."""
    return KINDS[plot.kind].draw(laid(plot))


def native_of(plot: Plot) -> Native:
    """Give how Office draws a plot."""
    return KINDS[plot.kind].native


# --- what suits whom ---------------------------------------------------------------------------------------


def choosable() -> tuple[str, ...]:
    """List the kinds of chart that may be chosen, the best first."""
    return tuple(name for name, kind in KINDS.items() if kind.suits)


def suited(breakdown: Breakdown, *, show: str) -> tuple[str, ...]:
    """List those of them that suit a breakdown."""
    return tuple(name for name, kind in KINDS.items() if kind.suits and kind.suits(breakdown, show))


def has_few_panels(breakdown: Breakdown, show: str) -> bool:
    """Check whether there are few columns, so that every number has room, and no long time runs from top to bottom."""
    is_long = breakdown.rows in PERIODS and len(breakdown.members) > MOST_PERIODS
    return len(breakdown.column_codes) <= MOST_PANELS and not is_long


def can_be_stacked(breakdown: Breakdown, show: str) -> bool:
    """Check whether the parts make a whole, and every one is known."""
    return show == "counts" and not breakdown.blanks and makes_a_whole(breakdown)


def makes_a_whole(breakdown: Breakdown) -> bool:
    """Check whether the few parts of each row add up to its total, so that they can be stacked if all are known."""
    overlap = breakdown.is_bound or any(map(breakdown.overlaps, breakdown.columns))
    is_whole = any(TOTAL in codes for codes in breakdown.column_codes) and len(breakdown.columns) == 1
    return is_whole and 1 < len(breakdown.parts) <= MOST_PARTS and not overlap


def has_points(fewest: int) -> Suits:
    """Check for so many periods or more side by side, and few panels."""

    def has_enough(breakdown: Breakdown, show: str) -> bool:
        points, panels = _over_time(breakdown)
        return points >= fewest and panels <= MOST_PANELS

    return has_enough


def _over_time(breakdown: Breakdown) -> tuple[int, int]:
    """Count the periods that a breakdown has side by side, and the panels that are left."""
    if breakdown.rows in PERIODS:
        return len(breakdown.members), len(breakdown.parts) or 1
    place = next((place for place, name in enumerate(breakdown.columns) if name in PERIODS), None)
    if place is None:
        return 0, 0
    others = {codes[:place] + codes[place + 1 :] for codes in breakdown.parts}
    return len({codes[place] for codes in breakdown.parts}), max(len(breakdown.members), 1) * len(others)


def has_ages_and_sexes(breakdown: Breakdown, show: str) -> bool:
    """Check whether nothing but the two sexes stands beside the ages."""
    return (breakdown.rows, breakdown.columns, len(breakdown.parts)) == ("age_band", ("sex",), 2)


KINDS = {
    "bars": Kind(bars, BARS, has_few_panels),
    "stacked": Kind(stacked, STACKED, can_be_stacked),
    "columns": Kind(columns, COLUMNS, has_points(2), over_periods),
    "lines": Kind(lines, LINES, has_points(FEWEST_POINTS), over_periods),
    "pyramid": Kind(pyramid, BARS, has_ages_and_sexes, from_below),
    "matrix": Kind(matrix, BARS),
}
