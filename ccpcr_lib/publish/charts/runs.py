"""An indicator's periods in sequence: a run chart with its median, from 12 periods on with control limits."""

from collections.abc import Sequence
from functools import partial

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ...analysis.runs import Run
from ...model import period as calendar
from ...words import in_language, one_line
from .. import theme
from ..release import Release, marked
from ..text.progress import name_period, name_span
from .canvas import Chart, Keywords, open_page, wrap
from .periods import NUMBER, as_floats, count_axis, gaps, hatch, heading, numbers_shown

MOST_LABELLED = 16
"""A run with more points has numbers only at its signals, its extremes and its end; all are printed beside it."""

MOST_NAMED = 6
"""A run with more periods names the quarters only."""

MEDIAN: Keywords = {"color": theme.MUTED, "linestyle": (0, (6, 3))}
LIMIT: Keywords = {"color": theme.ACCENT, "linestyle": "-"}


def run_chart(release: Release, code: str) -> Chart:
    """Draw an indicator's run. Raise KeyError for no such indicator, ValueError for a percent."""
    run = release.history.run(release.plan.indicator(code))
    periods = [point.period for point in run.points]
    title = release.say("chart_run_at_least" if run.is_bound else "chart_run", between="\n", name=run.indicator.name)
    disputes = (finding for point in run.points for finding in point.disputes)
    around = heading(release, run.indicator, (title, name_span(release, periods)), disputes)
    figure, axes = open_page(around)
    with matplotlib.rc_context(theme.rc()):
        _draw(release, axes[0, 0], run)
    values = pd.Series([point.figure for point in run.points], dtype="Int64")
    numbers = pd.DataFrame({"at_least" if run.is_bound else "actual": values}).set_axis(periods, axis=0)
    name = f"trend-{run.indicator.code}-run".replace("_", "-")
    return Chart(name, one_line(around.title), figure, numbers_shown(release, numbers))


def _draw(release: Release, axis: Axes, run: Run) -> None:
    values = as_floats([point.figure for point in run.points])
    top = max(np.nanmax([*values, run.high or 0, 1]) * 1.22, 1)
    for first, last in gaps(np.isnan(values)):
        hatch(release, axis, (first - 0.5, last + 0.5), top)
    axis.plot(range(len(values)), values, color=theme.DARK, linewidth=1.6, marker="o", markersize=4.5, zorder=3)
    _lines(release, axis, run)
    _label(axis, run, values)
    axis.set_xlim(-0.6, len(values) - 1 + max(len(values) * 0.2, 0.8))
    count_axis(axis, top)
    _period_ticks(release, axis, [point.period for point in run.points])


def _signal_places(run: Run) -> set[int]:
    signals = {period for signal in run.signals if signal.rule != "together" for period in signal.periods}
    return {place for place, point in enumerate(run.points) if point.period in signals}


def _disputed(run: Run) -> set[int]:
    return {place for place, point in enumerate(run.points) if point.disputes and point.figure is not None}


def _label(axis: Axes, run: Run, values: np.ndarray) -> None:
    """Ring the signals, and write the numbers that are to be read in the chart, those in dispute among them."""
    signals = _signal_places(run)
    ring: Keywords = {"markersize": 11, "fillstyle": "none", "color": theme.ACCENT, "markeredgewidth": 2}
    for place in signals:
        axis.plot(place, values[place], "o", **ring)
    known = [int(place) for place in np.flatnonzero(~np.isnan(values))]
    if len(known) > MOST_LABELLED:
        known = sorted({int(np.nanargmax(values)), int(np.nanargmin(values)), known[-1]} | signals | _disputed(run))
    for place in known:
        text = marked(theme.number(int(values[place])), run.points[place].disputes)
        axis.annotate(text, (place, values[place]), (0, 8), textcoords="offset points", ha="center", **NUMBER)


def _lines(release: Release, axis: Axes, run: Run) -> None:
    """Draw the median and the limits, each named at its right end; they rest on every point."""
    if run.centre is None:
        return
    end, disputes = len(run.points) - 0.7, _disputed(run)
    _line(
        axis,
        (end, run.centre),
        release.say("median_line", between="\n", centre=marked(f"{run.centre:g}", disputes)),
        MEDIAN,
    )
    on_trial = release.say("limits_trial", between="\n")
    trial = f" ({on_trial})" if run.is_trial else ""
    if run.high is not None:
        _line(
            axis,
            (end, run.high),
            release.say("upper_limit", between="\n", limit=marked(str(run.high), disputes)) + trial,
            LIMIT,
        )
    if run.low:
        _line(
            axis,
            (end, run.low),
            release.say("lower_limit", between="\n", limit=marked(str(run.low), disputes)) + trial,
            LIMIT,
        )


def _line(axis: Axes, end: tuple[float, float], name: str, look: Keywords) -> None:
    """Draw a level line from the first period to its end, with its name there."""
    axis.plot([-0.5, end[0]], [end[1], end[1]], linewidth=1.2, zorder=2, **look)
    place: Keywords = {"xytext": (6, 0), "textcoords": "offset points", "va": "center"}
    axis.annotate(wrap(name, 18), end, size=theme.SMALL_SIZE, color=look["color"], **place)


def _period_ticks(release: Release, axis: Axes, periods: Sequence[str]) -> None:
    """Name each period where there is room, else each quarter, with its year where it begins."""
    is_roomy = len(periods) <= MOST_NAMED
    label = _name if is_roomy else _quarter_tick
    labels = {place: label(release, period) for place, period in enumerate(periods) if is_roomy or _opens(period)}
    axis.set_xticks(list(labels), list(labels.values()), size=theme.SMALL_SIZE)


def _name(release: Release, period: str) -> str:
    return in_language(release.language, partial(name_period, period), between="\n")


def _opens(period: str) -> bool:
    """Check whether a period is a quarter or the first month of one."""
    return calendar.is_quarter(period) or period == calendar.months(calendar.quarter_of(period))[0]


def _quarter_tick(release: Release, period: str) -> str:
    year, number = calendar.split_quarter(calendar.quarter_of(period))
    text = release.say("quarter_tick", number=number, between="\n")
    return f"{text}\n{year}" if number == 1 else text
