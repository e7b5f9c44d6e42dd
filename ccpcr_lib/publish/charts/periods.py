"""What charts over periods share: what stands around them, gaps where nothing was reported, numbers on lines, the axis.

What was not reported is a gap, hatched and named, never a zero and never bridged by a line.
"""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from ...model.finding import Finding
from ...model.plan import Indicator
from ...words import in_language
from .. import theme
from ..release import Release, marked
from ..text.indicators import history_line
from ..text.progress import name_period
from .canvas import ChartHeading, Keywords, first_dispute

NUMBER: Keywords = {"weight": "bold", "zorder": 4, "path_effects": [withStroke(linewidth=3, foreground=theme.PAPER)]}
"""How a number stands on a line: with a rim of paper, so that no line runs through it."""


def heading(
    release: Release, indicator: Indicator, titled: tuple[str, str], disputes: Iterable[Finding]
) -> ChartHeading:
    """Write what stands around an indicator's chart: its title and when it is about, why its figures are in dispute."""
    (title, when), findings = titled, tuple(dict.fromkeys(disputes))
    subtitle = release.stamp(f"{release.say(f'unit_{indicator.unit}')}; {when}")
    return ChartHeading(marked(title, findings), subtitle, [*first_dispute(findings), history_line(release)])


def gaps(unknown: Sequence[bool]) -> list[tuple[int, int]]:
    """Give the runs of unknown values as (first, last) places.

    >>> gaps([True, True, False, True])
    [(0, 1), (3, 3)]
    """
    runs: list[tuple[int, int]] = []
    for place, is_unknown in enumerate(unknown):
        if is_unknown and runs and runs[-1][1] == place - 1:
            runs[-1] = (runs[-1][0], place)
        elif is_unknown:
            runs.append((place, place))
    return runs


def hatch(release: Release, axis: Axes, span: tuple[float, float], top: float) -> None:
    """Mark periods that nobody reported."""
    axis.axvspan(*span, facecolor="none", edgecolor=theme.RULE, hatch="////", linewidth=0)
    text = release.say("not_reported", between="\n")
    label: Keywords = {"ha": "center", "va": "center", "color": theme.MUTED, "size": theme.LABEL_SIZE}
    box = {"facecolor": theme.PAPER, "edgecolor": "none", "pad": 3}
    axis.text(sum(span) / 2, top / 2, text, rotation=0 if span[1] - span[0] > 1.5 else 90, bbox=box, **label)


def count_axis(axis: Axes, top: float) -> None:
    """Number an axis from 0 to `top` in whole numbers."""
    ticks = MaxNLocator(nbins=5, integer=True).tick_values(0, top)
    axis.set_yticks([tick for tick in ticks if tick <= top])
    axis.set_ylim(0, top)
    axis.grid(axis="y")
    axis.tick_params(axis="y", labelleft=True, labelcolor=theme.MUTED)


def numbers_shown(release: Release, numbers: pd.DataFrame) -> pd.DataFrame:
    """Name the columns and the periods of plotted numbers in the release's language."""
    names = {name: release.say(f"{name}_line") for name in ("actual", "at_least", "plan") if name in numbers}
    rows = [in_language(release.language, partial(name_period, period)) for period in numbers.index]
    return numbers.rename(columns=names).set_axis(pd.Index(rows), axis=0)


def as_floats(values: Iterable[float | None]) -> np.ndarray:
    """Turn figures into numbers to draw, NaN where one is not known."""
    return np.array([np.nan if value is None or pd.isna(value) else value for value in values], dtype=float)
