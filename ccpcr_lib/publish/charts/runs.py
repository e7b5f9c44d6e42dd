"""An indicator's periods in sequence: a run chart with its median, from 12 periods on with control limits."""

from collections.abc import Sequence

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ...analysis.trend import Run, run
from ...model import period as calendar
from ...words import in_language
from .. import theme
from ..release import Release
from ..text.progress import name_period, name_span
from .canvas import Chart, open_page, wrap
from .periods import NUMBER, as_floats, count_axis, gaps, hatch, heading, numbers_shown

MOST_LABELLED = 16
"""A run with more points has numbers only at its signals, its extremes and its end; all are printed beside it."""

MOST_NAMED = 6
"""A run with more periods names the quarters only."""


def run_chart(release: Release, code: str) -> Chart:
    """Draw an indicator's run. Raise KeyError for no such indicator, ValueError for a percent."""
    found = run(release.history, release.plan.indicator(code))
    periods = [point.period for point in found.points]
    title = release.say("chart_run", name=found.indicator.name)
    around = heading(release, found.indicator, title, name_span(release, periods))
    figure, axes = open_page(around)
    with matplotlib.rc_context(theme.rc()):
        _draw(release, axes[0, 0], found)
    values = pd.Series([point.value for point in found.points], dtype="Int64")
    numbers = pd.DataFrame({"actual": values}).set_axis(periods, axis=0)
    name = f"trend-{found.indicator.code}-run".replace("_", "-")
    return Chart(name, around.title, figure, numbers_shown(release, numbers))


def _draw(release: Release, axis: Axes, found: Run) -> None:
    values = as_floats([point.value for point in found.points])
    top = max(np.nanmax([*values, found.high or 0, 1]) * 1.22, 1)
    for first, last in gaps(np.isnan(values)):
        hatch(release, axis, (first - 0.5, last + 0.5), top)
    axis.plot(range(len(values)), values, color=theme.DARK, linewidth=1.6, marker="o", markersize=4.5, zorder=3)
    _lines(release, axis, found)
    _label(axis, values, _signal_places(found))
    axis.set_xlim(-0.6, len(values) - 1 + max(len(values) * 0.2, 0.8))
    count_axis(axis, top)
    _period_ticks(release, axis, [point.period for point in found.points])


def _signal_places(found: Run) -> set[int]:
    signals = {period for one in found.signals for period in one.periods}
    return {place for place, point in enumerate(found.points) if point.period in signals}


def _label(axis: Axes, values: np.ndarray, signals: set[int]) -> None:
    """Ring the signals, and write the numbers that are to be read in the chart."""
    ring = {"markersize": 11, "fillstyle": "none", "color": theme.ACCENT, "markeredgewidth": 2}
    for place in signals:
        axis.plot(place, values[place], "o", **ring)
    known = [int(place) for place in np.flatnonzero(~np.isnan(values))]
    if len(known) > MOST_LABELLED:
        known = sorted({int(np.nanargmax(values)), int(np.nanargmin(values)), known[-1]} | signals)
    for place in known:
        text = theme.number(int(values[place]))
        axis.annotate(text, (place, values[place]), (0, 8), textcoords="offset points", ha="center", **NUMBER)


def _lines(release: Release, axis: Axes, found: Run) -> None:
    """Draw the median and the limits, each named at its right end."""
    if found.centre is None:
        return
    trial = f" ({release.say('limits_trial')})" if found.is_trial else ""
    lines = [(found.centre, release.say("median_line", centre=f"{found.centre:g}"), (0, (6, 3)), theme.MUTED)]
    if found.high is not None:
        lines.append((found.high, release.say("upper_limit", limit=found.high) + trial, "-", theme.ACCENT))
    if found.low:
        lines.append((found.low, release.say("lower_limit", limit=found.low) + trial, "-", theme.ACCENT))
    end = len(found.points) - 0.7
    for value, words, style, colour in lines:
        axis.plot([-0.5, end], [value, value], color=colour, linestyle=style, linewidth=1.2, zorder=2)
        place = {"xytext": (6, 0), "textcoords": "offset points", "va": "center"}
        axis.annotate(wrap(words, 18), (end, value), size=theme.SMALL_SIZE, color=colour, **place)


def _period_ticks(release: Release, axis: Axes, periods: Sequence[str]) -> None:
    """Name each period where there is room, else each quarter, with its year where it begins."""
    if len(periods) <= MOST_NAMED:
        places, labels = range(len(periods)), [_name(release, period) for period in periods]
    else:
        places = [place for place, period in enumerate(periods) if _opens_quarter(period)]
        labels = [_quarter_tick(release, periods[place]) for place in places]
    axis.set_xticks(places, labels, size=theme.SMALL_SIZE)


def _name(release: Release, period: str) -> str:
    return in_language(release.language, lambda one: name_period(period, one), between="\n")


def _opens_quarter(period: str) -> bool:
    return calendar.is_quarter(period) or period == calendar.months(calendar.quarter_of(period))[0]


def _quarter_tick(release: Release, period: str) -> str:
    year, number = calendar.split_quarter(calendar.quarter_of(period))
    text = release.say("quarter_tick", number=number, between="\n")
    return f"{text}\n{year}" if number == 1 else text
