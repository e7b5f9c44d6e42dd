"""The year growing towards its plan: what an indicator has added up to, month by month."""

from dataclasses import replace
from itertools import accumulate, chain, pairwise
from operator import or_
from typing import Literal

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ...analysis.achievement import Achievement
from ...analysis.judgement import Reached
from ...analysis.series import Actual, has_months
from ...analysis.year import from_quarters
from ...model import period as calendar
from ...model.finding import Finding
from ...model.measure import adding
from ...model.plan import Indicator
from ...model.records import all_known
from ...model.wording import month_label
from ...quality.sums import Sum, add_quarters
from ...words import in_language, one_line
from .. import theme
from ..release import Release, marked
from ..text.progress import amount
from .canvas import Chart, Keywords, open_page
from .periods import NUMBER, as_floats, count_axis, gaps, hatch, heading, numbers_shown

MONTHS = np.arange(1, 13)
NAMES_APART = 20
"""How far the names of two lines that end together stand apart, in points."""
ROOM = 14.6
"""How far the months' axis reaches: to the right of December stand the names of the lines."""


def burn_up(release: Release, code: str) -> Chart:
    """Draw an indicator against the plan of the year.

    Raise KeyError for no such indicator, ValueError for one whose quarters are not added up.
    """
    achievement = of_year(release, release.achievement(code))
    indicator = achievement.indicator
    if not indicator.adds_up:
        raise ValueError(f"{code}: its quarters are not added up, so nothing grows towards a plan.")
    numbers = burn_up_numbers(release, achievement)
    title = release.say("chart_burn_up", between="\n", name=indicator.name, year=release.year)
    disputes = burn_up_disputes(release, achievement)
    shown = (finding for month in (*disputes, achievement.plan_disputes) for finding in month)
    around = heading(release, indicator, (title, release.year), shown)
    figure, axes = open_page(around)
    with matplotlib.rc_context(theme.rc()):
        _draw(release, axes[0, 0], numbers, achievement)
        _label(release, axes[0, 0], as_floats(numbers["actual"]), achievement)
    name = f"plan-{indicator.code}-burn-up".replace("_", "-")
    return Chart(name, one_line(around.title), figure, numbers_shown(release, numbers))


def of_year(release: Release, achievement: Achievement) -> Achievement:
    """Give where an indicator stands in the year that is drawn: of a half-year, in the calendar's year to its end."""
    if len(release.quarters) != 2:
        return achievement
    to_date = calendar.quarters_to(release.quarters[-1])
    quarters = tuple(release.history.actual(achievement.indicator, quarter) for quarter in to_date)
    year = from_quarters(achievement.indicator, quarters)
    return replace(achievement, quarters=quarters, reached=Reached(year.least, year.most, not year.blanks))


# --- numbers -----------------------------------------------------------------------------------------------


def burn_up_numbers(release: Release, achievement: Achievement) -> pd.DataFrame:
    """Lay out the year's months: what has been added up by the end of each, and the plan; NA where not known.

    After a gap, what is known goes on from what was known before: it is then at least so many.
    """
    actuals = pd.Series(_added_up(release, achievement), dtype="Int64")
    frame = pd.DataFrame({"actual": actuals, "plan": pd.Series(_plan_line(release, achievement), dtype="Float64")})
    return frame.set_axis(pd.Index(_year_months(release), name="period"), axis=0)


def _year_months(release: Release) -> list[str]:
    return [month for quarter in _year_quarters(release) for month in calendar.months(quarter)]


def _year_quarters(release: Release) -> tuple[str, ...]:
    if len(release.quarters) == 4:
        return release.quarters
    return calendar.quarters_to(f"{release.period[:4]}-Q4")


def _added_up(release: Release, achievement: Achievement) -> list[float | None]:
    """Add up what each month of the year adds to the ones before, at least; None where that is not known."""
    indicator, steps = achievement.indicator, [Sum()]
    ends: list[float | None] = []
    for step in chain.from_iterable(_steps(release, indicator, point) for point in achievement.quarters):
        steps += [step] if step else []
        ends.append(add_quarters(steps, adding(indicator.measure, indicator.unit)).least if step else None)
    return ends + [None] * (12 - len(ends))


def _steps(release: Release, indicator: Indicator, point: Actual) -> list[Sum | None]:
    """Give what each month of a quarter adds; all of it at its end where its months do not make up the quarter."""
    months = [release.history.actual(indicator, month) for month in calendar.months(point.period)]
    steps = [month.total if month.total.is_known else None for month in months] if has_months(indicator) else []
    known = [step for step in steps if step]
    of_months = add_quarters(known, adding(indicator.measure, indicator.unit)) if known else None
    is_made_up = len(known) == 3 and of_months is not None and of_months.least == point.total.least
    if is_made_up or (not point.is_reported and known):
        return steps
    return [None, None, point.total if point.is_reported else None]


def only_at_least(known: np.ndarray, achievement: Achievement) -> list[bool]:
    """Say of each month of the year so far whether what has been added up by its end is at least so many.

    It is from the first month on that nobody reported, or that counts only bound.
    """
    bound = [point.is_bound for point in achievement.quarters for _ in range(3)]
    open_months = map(or_, _missing_months(known, achievement), bound)
    return list(accumulate(open_months, or_))


def burn_up_disputes(release: Release, achievement: Achievement) -> list[tuple[Finding, ...]]:
    """List the findings that dispute what has been added up by the end of each month of the year so far."""
    so_far: dict[Finding, None] = {}
    ends = []
    for point in achievement.quarters:
        months = calendar.months(point.period)
        *early, last = (_month_disputes(release, achievement.indicator, month) for month in months)
        for disputes in (*early, (*last, *point.disputes)):
            so_far |= dict.fromkeys(disputes)
            ends.append(tuple(so_far))
    return ends


def _month_disputes(release: Release, indicator: Indicator, month: str) -> tuple[Finding, ...]:
    return release.history.actual(indicator, month).disputes if has_months(indicator) else ()


def _plan_line(release: Release, achievement: Achievement) -> list[float | None]:
    """Give the plan at the end of each month: a straight line where it is even, else the ends of quarters."""
    code = achievement.indicator.code
    if calendar.RUN.fullmatch(release.period):
        return _planned_by_quarters(release, code)
    target = release.plan.target(code, release.period[:4])
    if target is not None and target.shape == "equal":
        return [target.value * month / 12 for month in MONTHS]
    return [end for quarter in _year_quarters(release) for end in (None, None, release.plan.due(code, quarter))]


def _planned_by_quarters(release: Release, code: str) -> list[float | None]:
    """Add up what is due in each quarter of a year that is none of the calendar, as far as every quarter has a part."""
    parts = [release.plan.in_quarter(code, quarter) for quarter in release.quarters]
    ends = [all_known(parts[: place + 1]) for place in range(len(parts))]
    return [end for known in ends for end in (None, None, None if known is None else sum(known))]


# --- drawing -----------------------------------------------------------------------------------------------


def _draw(release: Release, axis: Axes, numbers: pd.DataFrame, achievement: Achievement) -> None:
    known, plan = as_floats(numbers["actual"]), as_floats(numbers["plan"])
    top = max(np.nanmax([*known, *plan, 1]) * 1.18, 1)
    missing = _missing_months(known, achievement)
    for first, last in gaps(missing):
        hatch(release, axis, (first, last + 1), top)
    _draw_plan(release, axis, plan, achievement, known)
    for x, y in _segments(known, missing):
        axis.plot(x, y, color=theme.DARK, linewidth=2.4, marker="o", markersize=5, clip_on=False, zorder=3)
        axis.fill_between(x, 0, y, color=theme.LIGHT, alpha=0.55, linewidth=0)
    axis.set_xlim(0, ROOM)
    count_axis(axis, top)
    axis.set_xticks(MONTHS - 0.5, [_short_month(release, month) for month in numbers.index])
    axis.tick_params(axis="x", labelsize=theme.SMALL_SIZE)


def _missing_months(known: np.ndarray, achievement: Achievement) -> list[bool]:
    """Mark the months that nobody reported: not those of a quarter that is known as a whole."""
    whole = [point.is_reported for point in achievement.quarters for _ in range(3)]
    return [not is_whole and np.isnan(value) for value, is_whole in zip(known, whole, strict=False)]


def _segments(known: np.ndarray, missing: list[bool]) -> list[tuple[list[float], list[float]]]:
    """Join the known ends of months, from nothing at the year's beginning; a month nobody reported breaks the line."""
    segments: list[tuple[list[float], list[float]]] = [([0], [0.0])]
    for month, (value, is_missing) in enumerate(zip(known, missing, strict=False), 1):
        if is_missing:
            segments.append(([], []))
        elif not np.isnan(value):
            segments[-1][0].append(month)
            segments[-1][1].append(value)
    return [(x, y) for x, y in segments if x and x != [0]]


def _draw_plan(release: Release, axis: Axes, plan: np.ndarray, achievement: Achievement, known: np.ndarray) -> None:
    """Draw the plan where it is set: a line between ends that are set one after the other, a point where one is not."""
    ends = np.flatnonzero(~np.isnan(plan)) + 1
    if not len(ends):
        return
    step = 1 if len(ends) == 12 else 3
    x, y = [0, *ends], [0, *plan[ends - 1]]
    look: Keywords = {"color": theme.MUTED, "linewidth": 1.6, "linestyle": (0, (5, 3))}
    for start, end in pairwise(zip(x, y, strict=True)):
        if end[0] - start[0] == step:
            axis.plot((start[0], end[0]), (start[1], end[1]), **look)
    if step == 3:
        axis.plot(ends, plan[ends - 1], "D", color=theme.MUTED, markersize=5)
    words = f"{release.say('plan_line')} {marked(amount(achievement, plan[ends[-1] - 1]), achievement.plan_disputes)}"
    up, side = _place_beside(known[ends[-1] - 1], y[-1])
    axis.annotate(words, (ends[-1], y[-1]), (8, up), textcoords="offset points", color=theme.MUTED, va=side)


def _place_beside(reached: float, planned: float) -> tuple[float, Literal["top", "bottom"]]:
    """Place the name of the plan's line at its end, in points: out of the way of what was reached by then, if it is."""
    if np.isnan(reached):
        return 0, "bottom"
    return (-NAMES_APART, "top") if reached >= planned else (NAMES_APART, "bottom")


def _label(release: Release, axis: Axes, known: np.ndarray, achievement: Achievement) -> None:
    """Write the number at each point, and beside the last one of how many quarters it is known."""
    places, disputes = np.flatnonzero(~np.isnan(known)), burn_up_disputes(release, achievement)
    for place in places:
        number = marked(theme.number(int(known[place])), disputes[place])
        axis.annotate(number, (place + 1, known[place]), (-4, 6), textcoords="offset points", ha="right", **NUMBER)
    if len(places):
        name = "actual_quarters" if achievement.to_date is not None else "at_least_quarters"
        quarters = {"known": achievement.known_quarters, "all": len(achievement.quarters)}
        text = release.say(name, between="\n", **quarters)
        end = (places[-1] + 1, known[places[-1]])
        axis.annotate(text, end, (10, -3), textcoords="offset points", va="center", color=theme.DARK)


def _short_month(release: Release, month: str) -> str:
    def short(language: str) -> str:
        name = month_label(month, language)
        return name[:3] if language == "en" else name

    return in_language(release.language, short, between="\n")
