"""Every indicator that has a target, as a bar against it."""

from collections.abc import Sequence

import matplotlib
import pandas as pd
from matplotlib.axes import Axes

from ...analysis.achievement import Achievement, Percent
from ...model.wording import quarter_label
from .. import theme
from ..release import Release
from ..text.indicators import history_line
from ..text.progress import amount
from .canvas import Chart, Heading, open_page, row_size, wrap

NAME_WIDTH = 44
FEWEST, MOST_PERCENT = 2, 200
"""A chart is at least this many bars high, and a bar at most this long; an arrow says that it goes on."""


def bullets(release: Release) -> Chart:
    """Draw each indicator that has a target against it, with a mark at what is due by now.

    What is known only in part is hatched. Indicators without a target are counted at the foot.
    """
    title = release.say("chart_bullets", year=release.period[:4])
    subtitle = release.stamp(f"{release.say('percent_axis')}; {release.name_quarter()}")
    planned = [one for one in release.achievements if one.target is not None]
    without = release.say("without_target", count=len(release.achievements) - len(planned))
    figure, axes = open_page(Heading(title, subtitle, [without, history_line(release)]))
    with matplotlib.rc_context(theme.rc()):
        _draw(release, axes[0, 0], planned)
    return Chart("plan-targets-bullets", title, figure, _numbers(release, planned))


def _numbers(release: Release, planned: Sequence[Achievement]) -> pd.DataFrame:
    rows = [(_reached(one), one.planned.due, one.target) for one in planned]
    columns = [release.say(code) for code in ("year_to_date", "due_column", "target_column")]
    names = [one.indicator.name(release.language) for one in planned]
    return pd.DataFrame(rows, index=names, columns=columns, dtype="Float64")


def _reached(one: Achievement) -> float | None:
    """Give the year to date, or what is known of it."""
    return one.to_date if one.to_date is not None or one.parts else one.at_least


def _percent(one: Achievement, figure: float | None) -> float:
    """Give a figure in percent of the target; of a target of 0 whatever is there is all of it."""
    return 100 * (figure or 0) / one.target if one.target else 100.0 * bool(figure)


def _draw(release: Release, axis: Axes, planned: Sequence[Achievement]) -> None:
    names = [wrap(one.indicator.name(release.language), NAME_WIDTH) for one in planned]
    size = row_size([max(names, key=lambda name: name.count("\n"), default="")] * len(names))
    top = min(max([100, *(_percent(one, _reached(one)) for one in planned)]), MOST_PERCENT)
    for row, one in enumerate(planned):
        _bar(axis, row, one)
        words = wrap(_words(release, one), 24)
        axis.annotate(words, (top + 4, row), (4, 0), textcoords="offset points", va="center", size=size)
    _name_due(release, axis, planned)
    axis.set_yticks(range(len(names)), names, size=size)
    axis.set_ylim(max(len(planned), FEWEST) - 0.4, -1)
    axis.set_xlim(0, top * 1.5)
    ticks = range(0, int(top) + 1, 25 if top <= 125 else 50)
    axis.set_xticks(ticks, [theme.percent(tick) for tick in ticks])
    axis.spines["bottom"].set_visible(False)


def _bar(axis: Axes, row: int, one: Achievement) -> None:
    """Draw one row: the target as a track, what was reached on it, what is due as a mark across."""
    reached, is_whole = _percent(one, _reached(one)), one.to_date is not None
    axis.barh(row, 100, height=0.6, color=theme.LIGHT, alpha=0.6, linewidth=0)
    look = {} if is_whole else {"hatch": "////", "edgecolor": theme.PAPER}
    axis.barh(row, min(reached, MOST_PERCENT), height=0.3, color=theme.DARK, **look)
    if reached > MOST_PERCENT:
        axis.plot(MOST_PERCENT, row, ">", color=theme.DARK, markersize=13, clip_on=False)
    axis.plot([100, 100], [row - 0.36, row + 0.36], color=theme.INK, linewidth=1.6)
    if _is_due_apart(one):
        due = _percent(one, one.planned.due)
        axis.plot([due, due], [row - 0.42, row + 0.42], color=theme.ACCENT, linewidth=2.6)


def _is_due_apart(one: Achievement) -> bool:
    """Tell whether less than the whole target is due by now."""
    return one.planned.due is not None and one.planned.due != one.target


def _name_due(release: Release, axis: Axes, planned: Sequence[Achievement]) -> None:
    """Say at the first mark of what is due what it is."""
    row = next((row for row, one in enumerate(planned) if _is_due_apart(one)), None)
    if row is not None:
        place = (_percent(planned[row], planned[row].planned.due), row - 0.46)
        text = release.say("due_mark", quarter=lambda one: quarter_label(release.period, one), between="\n")
        axis.annotate(text, place, ha="center", va="bottom", size=theme.SMALL_SIZE, color=theme.ACCENT)


def _words(release: Release, one: Achievement) -> str:
    reached = _reached(one)
    count = amount(one, reached)
    if one.to_date is None and not one.parts:
        count = release.say("at_least_count", count=count)
    percent = f" = {theme.percent(Percent(one.to_date, one.target).value)}" if one.to_date and one.target else ""
    return f"{count} / {amount(one, one.target)}{percent} · {release.say(f'state_{one.state}')}"
