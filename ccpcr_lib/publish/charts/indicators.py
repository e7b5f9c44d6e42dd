"""Charts of indicators: the year growing towards its plan, every indicator against its target, a run of periods.

What was not reported is a gap, hatched and named, never a zero and never bridged by a line.
"""

from collections.abc import Sequence

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from ...analysis.plan import Achievement
from ...analysis.series import Actual, actual, has_months
from ...analysis.trend import Run, run
from ...model import period as calendar
from ...model.plan import Indicator
from ...model.wording import in_language, month_label, quarter_label, word
from .. import theme
from ..indicators import history_line
from ..progress import amount, name_period, name_span
from ..release import Release
from .canvas import Chart, Heading, foot_lines, open_page, row_size, wrap

NUMBER = {"weight": "bold", "zorder": 4, "path_effects": [withStroke(linewidth=3, foreground=theme.PAPER)]}
"""How a number stands on a line: with a rim of paper, so that no line runs through it."""

NAME_WIDTH = 44
FEWEST_BULLETS, MOST_PERCENT = 2, 200
"""A chart is at least this many bars high, and a bar at most this long."""

MOST_LABELLED = 16
"""A run with more points has numbers only at its signals, its extremes and its end; all are printed beside it."""


def heading(release: Release, indicator: Indicator, title: str, when: str) -> Heading:
    """Say what stands around an indicator's chart; its figures come from the workbooks of several quarters."""
    disputes = foot_lines(release, indicator.table)[:-1] if indicator.table in release.tables else []
    unit = release.say(f"unit_{indicator.unit}")
    said = release.stamp(f"{unit}; {when}")
    return Heading(title + release.dagger(indicator.table), said, [*disputes, history_line(release)])


# --- burn-up -----------------------------------------------------------------------------------------------


def burn_up(release: Release, code: str) -> Chart:
    """Draw what an indicator has added up to, month by month, against the plan of the year.

    Raise ValueError for an indicator whose periods do not add up.
    """
    achievement = release.achievement(code)
    indicator = achievement.indicator
    if indicator.accumulate != "sum":
        raise ValueError(f"{code}: its quarters are not added up, so nothing grows towards a plan.")
    numbers = burn_up_numbers(release, achievement)
    title = release.say("chart_burn_up", name=indicator.name, year=release.period[:4])
    around = heading(release, indicator, title, release.period[:4])
    figure, axes = open_page(around)
    with matplotlib.rc_context(theme.rc()):
        _draw_burn_up(release, axes[0, 0], numbers, achievement)
    return Chart(f"plan-{code}-burn-up".replace("_", "-"), around.title, figure, _shown(release, numbers))


def burn_up_numbers(release: Release, achievement: Achievement) -> pd.DataFrame:
    """Lay out the year's months: what has been added up by the end of each (NA where not reported), and the plan.

    After a gap, what is known goes on from what was known before: it is then at least so many.
    """
    year = release.period[:4]
    months = [month for quarter in calendar.quarters_to(f"{year}-Q4") for month in calendar.months(quarter)]
    frame = pd.DataFrame({"actual": _cumulated(release, achievement), "plan": _plan_line(release, achievement)})
    return frame.set_axis(pd.Index(months, name="period"), axis=0)


def _cumulated(release: Release, achievement: Achievement) -> "pd.Series":
    total, ends = 0, []
    for point in achievement.quarters:
        steps = _steps(release, achievement.indicator, point)
        ends += [None if step is None else (total := total + step) for step in steps]
    return pd.Series(ends + [None] * (12 - len(ends)), dtype="Int64")


def _steps(release: Release, indicator: Indicator, point: Actual) -> list[int | None]:
    """Give what each month of a quarter adds; where only the quarter is known, all of it at its end."""
    months = [actual(release.history, indicator, month).value for month in calendar.months(point.period)]
    if has_months(indicator) and any(month is not None for month in months):
        return months
    return [None, None, point.value]


def _plan_line(release: Release, achievement: Achievement) -> "pd.Series":
    """Give the plan at the end of each month: a straight line where it is even, points where it is set by quarter."""
    code, year = achievement.indicator.code, release.period[:4]
    ends: list[float | None] = []
    for quarter in calendar.quarters_to(f"{year}-Q4"):
        ends += [None, None, release.plan.due(code, quarter)]
    target = release.plan.target(code, year)
    if target is not None and target.shape == "equal":
        ends = [target.value * month / 12 for month in range(1, 13)]
    return pd.Series(ends, dtype="Float64")


def _draw_burn_up(release: Release, axis: Axes, numbers: pd.DataFrame, achievement: Achievement) -> None:
    passed, places = 3 * len(achievement.quarters), np.arange(1, 13)
    plan = numbers["plan"].astype(float).to_numpy()
    known = numbers["actual"].astype(float).to_numpy()
    top = max(np.nanmax([*known, *plan, 1]) * 1.18, 1)
    if not np.isnan(plan).all():
        drawn = ~np.isnan(plan)
        x, y = np.r_[0, places[drawn]], np.r_[0, plan[drawn]]
        axis.plot(x, y, color=theme.MUTED, linewidth=1.6, linestyle=(0, (5, 3)))
        words = f"{release.say('plan_line')} {amount(achievement, plan[drawn][-1])}"
        is_passed = not np.isnan(known[-1]) and known[-1] >= plan[-1]
        side = {"va": "top"} if is_passed else {"va": "bottom"}
        place = ((places[drawn][-1], plan[drawn][-1]), (8, -6 if is_passed else 0))
        axis.annotate(words, *place, textcoords="offset points", color=theme.MUTED, **side)
    for first, last in _gaps(known[:passed]):
        _hatch(release, axis, (first, last + 1), top)
    _draw_steps(axis, known, starts_at_zero=not np.isnan(known[0]))
    _label_end(release, axis, known, achievement)
    axis.set_xlim(0, 14.6)
    _whole_numbers(axis, top)
    axis.set_xticks(places - 0.5, [_short_month(release, month) for month in numbers.index])
    axis.tick_params(axis="x", labelsize=theme.SMALL_SIZE)


def _gaps(values: Sequence[float]) -> list[tuple[int, int]]:
    """Give the runs of unknown values as (first, last) places.

    >>> _gaps([float("nan"), float("nan"), 1.0, float("nan")])
    [(0, 1), (3, 3)]
    """
    gaps: list[tuple[int, int]] = []
    for place, value in enumerate(values):
        if not np.isnan(value):
            continue
        if gaps and gaps[-1][1] == place - 1:
            gaps[-1] = (gaps[-1][0], place)
        else:
            gaps.append((place, place))
    return gaps


def _hatch(release: Release, axis: Axes, span: tuple[float, float], top: float) -> None:
    """Mark periods that nobody reported."""
    look = {"facecolor": "none", "edgecolor": theme.RULE, "hatch": "////", "linewidth": 0}
    axis.axvspan(*span, **look)
    text = release.say("not_reported", between="\n")
    label = {"ha": "center", "va": "center", "color": theme.MUTED, "size": theme.LABEL_SIZE}
    box = {"facecolor": theme.PAPER, "edgecolor": "none", "pad": 3}
    axis.text(sum(span) / 2, top / 2, text, rotation=0 if span[1] - span[0] > 1.5 else 90, bbox=box, **label)


def _draw_steps(axis: Axes, known: np.ndarray, *, starts_at_zero: bool) -> None:
    """Draw what has been added up as a filled line with a point at each month's end; a gap stays open."""
    x, y = np.arange(1, 13), known
    if starts_at_zero:
        x, y = np.r_[0, x], np.r_[0, y]
    axis.plot(x, y, color=theme.DARK, linewidth=2.4, marker="o", markersize=5, clip_on=False, zorder=3)
    axis.fill_between(x, 0, np.nan_to_num(y), where=~np.isnan(y), color=theme.LIGHT, alpha=0.55, linewidth=0)
    for place, value in zip(x, y, strict=True):
        if not np.isnan(value) and place:
            text = theme.number(int(value))
            axis.annotate(text, (place, value), (-4, 6), textcoords="offset points", ha="right", **NUMBER)


def _label_end(release: Release, axis: Axes, known: np.ndarray, achievement: Achievement) -> None:
    """Say beside the last point how much is known, and of how many quarters."""
    places = np.flatnonzero(~np.isnan(known))
    if not len(places):
        return

    def words(language: str) -> str:
        counted = word("of_quarters", language, known=achievement.known_quarters, all=len(achievement.quarters))
        return f"{word('actual_line', language)}: {counted}"

    text = in_language(release.language, words, between="\n")
    end = (places[-1] + 1, known[places[-1]])
    axis.annotate(text, end, (10, -3), textcoords="offset points", va="center", color=theme.DARK)


def _short_month(release: Release, month: str) -> str:
    return in_language(release.language, lambda one: _first_letters(month_label(month, one), one), between="\n")


def _first_letters(name: str, language: str) -> str:
    return name[:3] if language == "en" else name


def _whole_numbers(axis: Axes, top: float) -> None:
    """Let an axis count from 0 to `top` in whole numbers."""
    ticks = MaxNLocator(nbins=5, integer=True).tick_values(0, top)
    axis.set_yticks([tick for tick in ticks if tick <= top])
    axis.set_ylim(0, top)
    axis.grid(axis="y")
    axis.tick_params(axis="y", labelleft=True, labelcolor=theme.MUTED)


def _shown(release: Release, numbers: pd.DataFrame) -> pd.DataFrame:
    """Name the rows and columns of plotted numbers in the release's language."""
    names = {name: release.say(f"{name}_line") for name in ("actual", "plan") if name in numbers}
    rows = [
        in_language(release.language, lambda one, period=period: name_period(period, one)) for period in numbers.index
    ]
    return numbers.rename(columns=names).set_axis(pd.Index(rows), axis=0)


# --- bullets -----------------------------------------------------------------------------------------------


def bullets(release: Release) -> Chart:
    """Draw each indicator that has a target as a bar against it, with a mark at what is due by now.

    What is known only in part is hatched. Indicators without a target are counted at the foot.
    """
    title = release.say("chart_bullets", year=release.period[:4])
    subtitle = release.stamp(f"{release.say('percent_axis')}; {release.name_quarter()}")
    planned = [one for one in release.achievements if one.target]
    without = release.say("without_target", count=len(release.achievements) - len(planned))
    figure, axes = open_page(Heading(title, subtitle, [without, history_line(release)]))
    with matplotlib.rc_context(theme.rc()):
        _draw_bullets(release, axes[0, 0], planned)
    return Chart("plan-targets-bullets", title, figure, _bullet_numbers(release, planned))


def _bullet_numbers(release: Release, planned: Sequence[Achievement]) -> pd.DataFrame:
    rows = [(_reached(one), one.due, one.target) for one in planned]
    columns = [release.say(code) for code in ("year_to_date", "due_column", "target_column")]
    names = [one.indicator.name(release.language) for one in planned]
    return pd.DataFrame(rows, index=names, columns=columns, dtype="Float64")


def _reached(one: Achievement) -> float | None:
    """Give the year to date, or what is known of it."""
    return one.to_date if one.to_date is not None or one.parts else one.at_least


def _draw_bullets(release: Release, axis: Axes, planned: Sequence[Achievement]) -> None:
    names = [wrap(one.indicator.name(release.language), NAME_WIDTH) for one in planned]
    rows = max(len(planned), FEWEST_BULLETS)
    size = row_size([max(names, key=lambda name: name.count("\n"), default="")] * len(names))
    top = min(max([100, *(100 * (_reached(one) or 0) / one.target for one in planned)]), MOST_PERCENT)
    for row, one in enumerate(planned):
        _draw_bullet(axis, row, one)
        words = wrap(_bullet_words(release, one), 24)
        axis.annotate(words, (top + 2, row), (4, 0), textcoords="offset points", va="center", size=size)
    first = next(((row, one) for row, one in enumerate(planned) if one.due is not None), None)
    if first:
        place = (100 * first[1].due / first[1].target, first[0] - 0.46)
        text = release.say("due_mark", quarter=lambda one: quarter_label(release.period, one), between="\n")
        axis.annotate(text, place, ha="center", va="bottom", size=theme.SMALL_SIZE, color=theme.ACCENT)
    axis.set_yticks(range(len(names)), names, size=size)
    axis.set_ylim(rows - 0.4, -1)
    axis.set_xlim(0, top * 1.5)
    ticks = range(0, int(top) + 1, 25 if top <= 125 else 50)
    axis.set_xticks(ticks, [theme.percent(tick) for tick in ticks])
    axis.spines["bottom"].set_visible(False)


def _draw_bullet(axis: Axes, row: int, one: Achievement) -> None:
    """Draw one row: the target as a track, what was reached on it, what is due as a mark across."""
    reached, is_whole = 100 * (_reached(one) or 0) / one.target, one.to_date is not None
    axis.barh(row, 100, height=0.6, color=theme.LIGHT, alpha=0.6, linewidth=0)
    look = {} if is_whole else {"hatch": "////", "edgecolor": theme.PAPER}
    axis.barh(row, min(reached, MOST_PERCENT), height=0.3, color=theme.DARK, **look)
    axis.plot([100, 100], [row - 0.36, row + 0.36], color=theme.INK, linewidth=1.6)
    if one.due is not None:
        due = 100 * one.due / one.target
        axis.plot([due, due], [row - 0.42, row + 0.42], color=theme.ACCENT, linewidth=2.6)


def _bullet_words(release: Release, one: Achievement) -> str:
    count = amount(one, _reached(one))
    if one.to_date is None and not one.parts:
        count = release.say("at_least_count", count=count)
    return f"{count} / {amount(one, one.target)} · {release.say(f'state_{one.state}')}"


# --- run and control charts --------------------------------------------------------------------------------


def run_chart(release: Release, code: str) -> Chart:
    """Draw an indicator's periods in sequence: a run chart with its median, from 12 periods on with control limits."""
    found = run(release.history, release.plan.indicator(code))
    periods = [point.period for point in found.points]
    title = release.say("chart_run", name=found.indicator.name)
    around = heading(release, found.indicator, title, name_span(release, periods))
    figure, axes = open_page(around)
    with matplotlib.rc_context(theme.rc()):
        _draw_run(release, axes[0, 0], found)
    values = pd.Series([point.value for point in found.points], dtype="Int64")
    numbers = _shown(release, pd.DataFrame({"actual": values}).set_axis(periods, axis=0))
    return Chart(f"trend-{code}-run".replace("_", "-"), around.title, figure, numbers)


def _draw_run(release: Release, axis: Axes, found: Run) -> None:
    values = np.array([np.nan if point.value is None else point.value for point in found.points], dtype=float)
    places = np.arange(len(values))
    top = max(np.nanmax([*values, found.high or 0, 1]) * 1.22, 1)
    for first, last in _gaps(values):
        _hatch(release, axis, (first - 0.5, last + 0.5), top)
    signals = {period: one.rule for one in found.signals for period in one.periods}
    axis.plot(places, values, color=theme.DARK, linewidth=1.6, marker="o", markersize=4.5, zorder=3)
    _draw_lines(release, axis, found)
    for place, point in enumerate(found.points):
        if point.period in signals:
            axis.plot(place, values[place], "o", markersize=11, fillstyle="none", color=theme.ACCENT, markeredgewidth=2)
    for place in _labelled(values, [point.period in signals for point in found.points]):
        text = theme.number(int(values[place]))
        axis.annotate(text, (place, values[place]), (0, 8), textcoords="offset points", ha="center", **NUMBER)
    axis.set_xlim(-0.6, len(values) - 1 + max(len(values) * 0.2, 0.8))
    _whole_numbers(axis, top)
    _period_ticks(release, axis, [point.period for point in found.points])


def _labelled(values: np.ndarray, is_signal: Sequence[bool]) -> list[int]:
    """Choose the points that carry their number."""
    known = [int(place) for place in np.flatnonzero(~np.isnan(values))]
    if len(known) <= MOST_LABELLED or not known:
        return known
    extremes = {int(np.nanargmax(values)), int(np.nanargmin(values)), known[-1]}
    return sorted(extremes | {place for place in known if is_signal[place]})


def _draw_lines(release: Release, axis: Axes, found: Run) -> None:
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
    if len(periods) <= 6:
        labels = [
            in_language(release.language, lambda one, period=period: name_period(period, one), between="\n")
            for period in periods
        ]
        axis.set_xticks(range(len(periods)), labels, size=theme.SMALL_SIZE)
        return
    starts = [place for place, period in enumerate(periods) if calendar.is_quarter(period) or _opens_quarter(period)]
    labels = [_quarter_tick(release, periods[place]) for place in starts]
    axis.set_xticks(starts, labels, size=theme.SMALL_SIZE)


def _opens_quarter(month: str) -> bool:
    return month == calendar.months(calendar.quarter_of(month))[0]


def _quarter_tick(release: Release, period: str) -> str:
    year, number = calendar.split_quarter(calendar.quarter_of(period))
    text = release.say("quarter_tick", number=number, between="\n")
    return f"{text}\n{year}" if number == 1 else text


INDICATOR_FORMS = {"burn_up": burn_up, "run": run_chart}
"""The charts that one indicator can have."""
