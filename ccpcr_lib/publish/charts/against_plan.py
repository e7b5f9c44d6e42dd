"""The quarter against its own part of the plan, the year so far against what is due by now, and the rows beside them.

A quarter is never drawn against a year's plan: that stands in words alone, above. Where the plan does not say how much
of it is for the quarter, or due by now, no bar is drawn for it, and that is said.
"""

from dataclasses import replace
from functools import partial
from typing import NamedTuple

import matplotlib
import pandas as pd
from matplotlib.axes import Axes

from ...analysis.achievement import Achievement
from ...analysis.disputes import each_once
from ...analysis.judgement import Reached
from ...analysis.tables import Table
from ...model.chart_forms import MEMBERS
from ...model.finding import Finding
from ...model.wording import quarter_label
from ...words import in_language, say
from .. import theme
from ..release import Release, marked
from ..text.indicators import year_of
from ..text.progress import amount
from .bars import ROOM, bars, draw_bars, longest_in
from .canvas import Drawing, Keywords, clean_axis, open_page, wrap
from .captions import captions_of, crossed_plot, title_of
from .plot import Captions, Lane, Mark, Plot, column_heading, numbers

PAIR = 3.5
"""A pair is so many bars high: a heading, two bars, and room below. Two pairs are as high as the rows beside them."""

HEADING_WIDTH, NUMBER_WIDTH = 36, 18
"""How many letters stand on a line of a pair's heading, and at the end of a bar."""

MORE_ROOM = 1.9
"""The axis of the pairs is so much longer than their longest bar that words have room behind it."""


class Pair(NamedTuple):
    """What was reached and what was planned of it: of the ``quarter``, or of the year ``so_far``."""

    of: str
    reached: Mark
    planned: Mark


def against_plan(release: Release, table: Table) -> Drawing:
    """Draw the pairs beside the rows; the rows alone, where the plan sets nothing that they can be held against."""
    followed = _followed(release, table)
    plot = crossed_plot(release, table, "against_plan", MEMBERS)
    plot = replace(plot, captions=_with_plan(release, plot.captions, followed))
    pairs = compared(release, followed)
    if not pairs:
        plot = _without_plan(release, table, plot)
        return Drawing(plot.heading.title, bars(plot), plot.frame)
    figure, ((plan, axis),) = open_page(plot.heading, 2, widths=(1.25, 2))
    with matplotlib.rc_context(theme.rc()):
        draw_bars(axis, plot, 0)
        clean_axis(axis, column_heading(plot, plot.columns[0]), top=longest_in(plot.column(0)) * ROOM)
        axis.tick_params(labelleft=True)
        _draw_pairs(release, plan, followed, pairs)
    return Drawing(plot.heading.title, figure, _frame(plot, _paired(release, plot.captions, followed)))


def plan_plot(release: Release, table: Table) -> Plot:
    """Lay out what Office draws: the same pairs, what is planned pale; the rows where there are none."""
    followed = _followed(release, table)
    captions = _with_plan(release, captions_of(release, table, "against_plan"), followed)
    if compared(release, followed):
        return _paired(release, captions, followed)
    rows = crossed_plot(release, table, "against_plan", MEMBERS)
    return _without_plan(release, table, replace(rows, captions=captions))


def _without_plan(release: Release, table: Table, rows: Plot) -> Plot:
    """Give the rows a title that promises no plan."""
    heading = replace(rows.captions.heading, title=title_of(release, table.spec.name, "members"))
    return replace(rows, captions=replace(rows.captions, heading=heading))


# --- what is compared --------------------------------------------------------------------------------------


def compared(release: Release, followed: Achievement) -> list[Pair]:
    """Pair the quarter with its own part of the plan, and the year so far with what is due, as far as that is set.

    In a first quarter both are the same, and a level to hold all year has no year so far: the quarter stands alone.
    """
    planned, pairs = followed.planned, []
    if planned.in_quarter is not None:
        now = followed.now
        reached = Reached(now.total.least, now.total.most, now.is_reported)
        part = _planned(planned.in_quarter, followed)
        pairs.append(Pair("quarter", _reached(reached, now.disputes), part))
    is_same = bool(pairs) and (release.period.endswith("Q1") or not followed.indicator.adds_up)
    if planned.due is not None and not is_same:
        pairs.append(Pair("so_far", _reached(followed.reached, followed.disputes), _planned(planned.due, followed)))
    return pairs


def _followed(release: Release, table: Table) -> Achievement:
    """Find where the indicator stands that follows a table's own measure whole.

    Its plan is in dispute also where what the sheet prints of it is.
    """
    wanted = (table.spec.measure, table.spec.unit)
    followed = next(
        known
        for known in release.achievements
        if not known.indicator.key and (known.indicator.measure, known.indicator.unit) == wanted
    )
    return replace(followed, plan_disputes=each_once((followed.plan_disputes, table.plan_disputes)))


def _reached(reached: Reached, disputes: tuple[Finding, ...]) -> Mark:
    """Make the mark of what was reached: of at least so many where a part is not known, of nothing where nothing is."""
    least = int(reached.least)
    if reached.exact is not None:
        return Mark(least, least, disputes)
    return Mark(least, least, disputes, is_least=True) if least else Mark(disputes=disputes)


def _planned(figure: float, followed: Achievement) -> Mark:
    number = int(figure) if figure == int(figure) else round(figure, 2)
    return Mark(number, disputes=followed.plan_disputes)


def _with_plan(release: Release, captions: Captions, followed: Achievement) -> Captions:
    """Add to what stands around a chart what the plan says of the year, and what it does not say."""
    planned, year = followed.planned, year_of(release)
    target = marked(amount(followed, planned.target), followed.plan_disputes)
    words = {
        "planned_none": (planned.target, planned.due, planned.in_quarter) == (None, None, None),
        "planned_whole": planned.target is not None,
        "planned_no_part": not release.is_longer and planned.target is not None and planned.in_quarter is None,
        "planned_no_due": planned.due is None and planned.in_quarter is not None,
    }
    said = [release.say(name, year=year, count=target) for name, applies in words.items() if applies]
    heading = replace(captions.heading, subtitle="; ".join([captions.heading.subtitle, *said]))
    marks = [mark for pair in compared(release, followed) for mark in pair[1:]]
    shown = [finding for mark in marks for finding in mark.disputes]
    beside = (*shown, *(followed.plan_disputes if planned.target is not None else ()))
    findings = dict.fromkeys((*captions.findings, *beside))
    return replace(captions, heading=heading, findings=tuple(findings), always=tuple(dict.fromkeys(beside)))


# --- names and numbers -------------------------------------------------------------------------------------


def _paired(release: Release, captions: Captions, followed: Achievement) -> Plot:
    """Lay the pairs out as bars, one below the other."""
    pairs = compared(release, followed)
    rows = [(Lane((pair.of,)), Lane((f"{pair.of}_plan",), is_pale=True)) for pair in pairs]
    marks = tuple((mark,) for pair in pairs for mark in pair[1:])
    named = replace(captions, name=lambda _, code, language: _name(release, followed, code, language))
    lanes = tuple(lane for both in rows for lane in both)
    return Plot("against_plan", "bars", named, ("figure",), lanes, (Lane(()),), marks)


def _name(release: Release, followed: Achievement, code: str, language: str) -> str:
    """Name a bar by what it is of, and its period."""
    quarter = quarter_label(release.period, language)
    if code == "quarter":
        return quarter
    if code == "so_far":
        known, quarters, year = followed.known_quarters, len(followed.quarters), year_of(release)
        name = "so_far" if known == quarters else "so_far_part"
        return say(name, language, year=year, known=known, all=quarters)
    return say("planned_for" if code == "quarter_plan" else "due_mark", language, quarter=quarter)


def _frame(rows: Plot, pairs: Plot) -> pd.DataFrame:
    """List everything that is plotted: the rows, and below them the pairs."""
    (head,) = rows.frame.columns
    names = map(partial(_frame_name, pairs), pairs.rows, (mark for (mark,) in pairs.marks))
    return pd.concat([rows.frame, numbers(pairs, list(names), [head])])


def _frame_name(pairs: Plot, row: Lane, mark: Mark) -> str:
    """Name a bar of a pair, and say where its number is only at least so many."""

    def name(language: str) -> str:
        named = pairs.captions.name("", row.codes[0], language)
        return say("named_at_least", language, name=named) if mark.is_least else named

    return in_language(pairs.captions.language, name, between="\n")


# --- drawing -----------------------------------------------------------------------------------------------


def _draw_pairs(release: Release, axis: Axes, followed: Achievement, pairs: list[Pair]) -> None:
    """Draw the pairs, one below the other, as high as the rows beside them, each under what it is of."""
    first, last = sorted(axis.get_ylim())
    unit = (last - first) / (2 * PAIR)
    words = {"quarter_plan": "planned_part", "so_far_plan": "due_part"}
    for place, pair in enumerate(pairs):
        top = first + PAIR * unit * place
        heading = in_language(release.language, partial(_name, release, followed, pair.of), between="\n")
        look: Keywords = {"size": theme.LABEL_SIZE, "weight": "bold", "va": "bottom"}
        axis.annotate(wrap(heading, HEADING_WIDTH), (0, top + 0.9 * unit), **look)
        axis.plot([0, 0], [top + unit, top + 2.7 * unit], color=theme.RULE, linewidth=1)
        _bar(axis, top + 1.4 * unit, pair.reached, unit)
        _write(axis, (pair.reached.length, top + 1.4 * unit), _text(release, pair.reached))
        _bar(axis, top + 2.3 * unit, pair.planned, unit, is_plan=True)
        count = marked(theme.number(pair.planned.number), pair.planned.disputes)
        said = release.say(words[f"{pair.of}_plan"], between="\n", count=count)
        _write(axis, (pair.planned.length, top + 2.3 * unit), said)
    axis.set_xlim(0, longest_in(mark for pair in pairs for mark in pair[1:]) * MORE_ROOM)
    axis.set_xticks([])
    axis.tick_params(labelleft=False)
    axis.spines["bottom"].set_visible(False)


def _bar(axis: Axes, row: float, mark: Mark, unit: float, *, is_plan: bool = False) -> None:
    """Draw one bar: what is planned pale, what is only known as at least so many hatched."""
    if is_plan:
        look: Keywords = {"color": theme.LIGHT, "edgecolor": theme.MIDDLE, "linewidth": 1}
    elif mark.is_least:
        look = {"color": theme.DARK, "edgecolor": theme.PAPER, "hatch": theme.HATCH, "linewidth": 0}
    else:
        look = {"color": theme.DARK, "linewidth": 0}
    axis.barh(row, mark.length, height=0.7 * unit, **look)


def _write(axis: Axes, end: tuple[float, float], text: str) -> None:
    place: Keywords = {"xytext": (5, 0), "textcoords": "offset points", "va": "center", "size": theme.LABEL_SIZE}
    axis.annotate(wrap(text, NUMBER_WIDTH), end, **place)


def _text(release: Release, mark: Mark) -> str:
    """Write what was reached, or that it is at least so many."""
    number = theme.number(mark.number)
    return marked(release.say("at_least_count", count=number) if mark.is_least else number, mark.disputes)
