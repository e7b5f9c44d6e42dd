"""Every indicator that has a target, as a bar against it."""

from collections.abc import Sequence
from functools import partial

import matplotlib
import pandas as pd
from matplotlib.axes import Axes

from ...analysis.achievement import Achievement, Percent
from ...model.wording import named_year, quarter_label
from ...words import in_language, one_line
from .. import theme
from ..release import Release, marked
from ..text.indicators import disputes_shown, history_line
from ..text.progress import amount
from .canvas import Chart, ChartHeading, Keywords, open_page, row_size, wrap

NAME_WIDTH = 44
FEWEST, MOST_PERCENT = 2, 200
"""A chart is at least this many bars high, and a bar at most this long; an arrow says that it goes on."""


def bullets(release: Release) -> Chart:
    """Draw each indicator that has a target against it, with a mark at what is due by now.

    What is known only in part is hatched; what is known as at least so many goes on pale to what it may be at most.
    Indicators without a target are counted at the foot.
    """
    longer = "_longer" if release.is_longer else ""
    title = release.say(f"chart_bullets{longer}", between="\n", year=partial(named_year, release.period))
    planned = [achievement for achievement in release.achievements if achievement.target is not None]
    is_of_year = all(achievement.planned.target is not None for achievement in planned)
    axis = release.say(f"percent_axis{longer}" if is_of_year else "percent_axis_due")
    subtitle = release.stamp(f"{axis}; {release.name_quarter()}")
    without = release.say("without_target", count=len(release.achievements) - len(planned))
    disputes = tuple(disputes_shown(planned))
    title, foot = marked(title, disputes), [*release.why_disputed(disputes)[:1], without, history_line(release)]
    figure, axes = open_page(ChartHeading(title, subtitle, foot))
    with matplotlib.rc_context(theme.rc()):
        _draw(release, axes[0, 0], planned)
    return Chart("plan-targets-bullets", one_line(title), figure, _numbers(release, planned))


def _numbers(release: Release, planned: Sequence[Achievement]) -> pd.DataFrame:
    rows = [(_reached(known), known.planned.due, known.planned.target) for known in planned]
    columns = [release.say(name) for name in ("year_to_date", "due_column", "target_column")]
    names = [achievement.indicator.name(release.language) for achievement in planned]
    return pd.DataFrame(rows, index=names, columns=columns, dtype="Float64")


def _reached(achievement: Achievement) -> float | None:
    """Give what has been reached, or at least; None for a percent that is not known."""
    is_known = achievement.reached.exact is not None or achievement.is_bound or not achievement.parts
    return achievement.reached.least if is_known else None


def _percent(achievement: Achievement, figure: float | None) -> float:
    """Give a figure in percent of the target; of a target of 0 whatever is there is all of it."""
    return 100 * (figure or 0) / achievement.target if achievement.target else 100.0 * bool(figure)


def _draw(release: Release, axis: Axes, planned: Sequence[Achievement]) -> None:
    names = [_name(release, achievement) for achievement in planned]
    size = row_size([max(names, key=lambda name: name.count("\n"), default="")] * len(names))
    top = min(max([100, *(_percent(achievement, _reached(achievement)) for achievement in planned)]), MOST_PERCENT)
    for row, achievement in enumerate(planned):
        _bar(axis, row, achievement, top)
        words = wrap(_words(release, achievement), 24)
        axis.annotate(words, (top + 4, row), (4, 0), textcoords="offset points", va="center", size=size)
    _name_due(release, axis, planned)
    axis.set_yticks(range(len(names)), names, size=size)
    axis.set_ylim(max(len(planned), FEWEST) - 0.4, -1)
    axis.set_xlim(0, top * 1.5)
    ticks = range(0, int(top) + 1, 25 if top <= 125 else 50)
    axis.set_xticks(ticks, [theme.percent(tick) for tick in ticks])
    axis.spines["bottom"].set_visible(False)


def _name(release: Release, achievement: Achievement) -> str:
    return wrap(in_language(release.language, achievement.indicator.name, between="\n"), NAME_WIDTH)


def _bar(axis: Axes, row: int, achievement: Achievement, top: float) -> None:
    """Draw one row: the target as a track, what was reached on it, what is due as a mark across."""
    reached = _percent(achievement, _reached(achievement))
    axis.barh(row, 100, height=0.6, color=theme.LIGHT, alpha=0.6, linewidth=0)
    is_whole = achievement.reached.exact is not None or achievement.is_bound
    look: Keywords = {} if is_whole else {"hatch": "////", "edgecolor": theme.PAPER}
    if achievement.is_bound:
        most = min(_percent(achievement, achievement.reached.most), top)
        axis.barh(row, most, height=0.3, color=theme.PAPER, edgecolor=theme.DARK, linewidth=1)
    axis.barh(row, min(reached, MOST_PERCENT), height=0.3, color=theme.DARK, **look)
    if reached > MOST_PERCENT:
        axis.plot(MOST_PERCENT, row, ">", color=theme.DARK, markersize=13, clip_on=False)
    axis.plot([100, 100], [row - 0.36, row + 0.36], color=theme.INK, linewidth=1.6)
    if _is_due_apart(achievement):
        due = _percent(achievement, achievement.planned.due)
        axis.plot([due, due], [row - 0.42, row + 0.42], color=theme.ACCENT, linewidth=2.6)


def _is_due_apart(achievement: Achievement) -> bool:
    """Check whether something else than the whole target is due by now."""
    return achievement.planned.due not in (None, achievement.target)


def _name_due(release: Release, axis: Axes, planned: Sequence[Achievement]) -> None:
    """Write at the first mark of what is due what it is."""
    row = next((row for row, achievement in enumerate(planned) if _is_due_apart(achievement)), None)
    if row is not None:
        place = (_percent(planned[row], planned[row].planned.due), row - 0.46)
        text = release.say("due_mark", quarter=partial(quarter_label, release.quarters[-1]), between="\n")
        axis.annotate(text, place, ha="center", va="bottom", size=theme.SMALL_SIZE, color=theme.ACCENT)


def _words(release: Release, achievement: Achievement) -> str:
    """Write what was reached of the target, its percent if there is one, and below it the state: ``3 / 6 = 50 %``.

    Where no year's target is set, it is of what is due by now, which stands between them.
    """
    reached, target = achievement.reached.exact, achievement.target
    count = marked(amount(achievement, _reached(achievement)), achievement.disputes)
    if achievement.is_bound or (reached is None and not achievement.parts):
        count = release.say("at_least_count", count=count)
    disputes = (*achievement.disputes, *achievement.plan_disputes)
    percent = f" = {marked(theme.percent(Percent(reached, target).value), disputes)}" if reached and target else ""
    state = release.say(f"state_{achievement.state}", between="\n")
    planned = marked(amount(achievement, target), achievement.plan_disputes)
    of_due = [release.say("of_due", between="\n")] if achievement.planned.target is None else []
    return "\n".join([f"{count} / {planned}{percent}", *of_due, state])
