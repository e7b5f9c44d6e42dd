"""The year's plan as a track with what has been counted so far on it, and the rows beside it."""

from dataclasses import replace
from functools import partial

import matplotlib
from matplotlib.axes import Axes

from ...analysis.tables import Table
from ...model.chart_forms import MEMBERS
from ...model.wording import quarter_label
from ...words import say
from .. import theme
from ..release import Release, marked
from .bars import ROOM, bars, draw_bars, longest_in
from .canvas import Drawing, clean_axis, open_page, wrap
from .captions import captions_of, crossed_plot
from .plot import Lane, Mark, Plot, column_heading

NARROW = 14


def against_plan(release: Release, table: Table) -> Drawing:
    """Draw the rows beside the track of the plan; alone, where there is no plan or the quarter's total is not known."""
    plot = crossed_plot(release, table, "against_plan", MEMBERS)
    total, planned = table.total().exact, table.planned
    if planned is None or total is None:
        return Drawing(plot.heading.title, bars(plot), plot.frame)
    beside = (*table.disputed(), *table.plan_disputes)
    plot = replace(plot, captions=replace(plot.captions, always=beside))
    figure, ((track, axis),) = open_page(plot.heading, 2, widths=(1, 2.2))
    with matplotlib.rc_context(theme.rc()):
        draw_bars(axis, plot, 0)
        clean_axis(axis, column_heading(plot, plot.columns[0]), top=longest_in(plot.column(0)) * ROOM)
        axis.tick_params(labelleft=True)
        _draw_track(release, track, table, (total, planned))
    return Drawing(plot.heading.title, figure, plot.frame)


def _draw_track(release: Release, axis: Axes, table: Table, counted: tuple[int, int]) -> None:
    """Draw a track as high as the rows: the year's plan, and on it what has been counted, both as numbers."""
    (total, planned), year, rows = counted, release.period[:4], len(table.members)
    axis.sharey(axis)
    heading = release.say("planned_year", year=year, between="\n")
    axis.set_title(heading, loc="left", size=theme.LABEL_SIZE, weight="bold", pad=8)
    full = rows - 0.4
    height = full * min(total / planned, 1)
    bottom = rows - 0.7
    axis.bar(0, -full, bottom=bottom, width=0.5, color=theme.LIGHT, edgecolor=theme.MIDDLE, hatch="..", linewidth=1)
    axis.bar(0, -height, bottom=bottom, width=0.5, color=theme.DARK)
    figures = {
        "count": marked(theme.number(total), table.disputed()),
        "plan": marked(theme.number(planned), table.plan_disputes),
    }
    words = release.say("of_planned", between="\n", year=year, **figures)
    side = "top" if height > full / 2 else "bottom"
    axis.annotate(wrap(words, NARROW), (0.35, bottom - height), va=side, size=theme.LABEL_SIZE)
    axis.set_xlim(-0.35, 2)
    axis.set_xticks([])
    axis.tick_params(labelleft=False)
    axis.spines["bottom"].set_visible(False)


def plan_beside_total(release: Release, table: Table) -> Plot:
    """Lay out what Office draws: the year's plan, pale, and what has been counted."""
    names = {
        "plan": partial(say, "planned_year", year=table.quarter[:4]),
        "total": partial(quarter_label, table.quarter),
    }
    figures = ((table.planned, table.plan_disputes), (table.total().exact, table.disputed()))
    marks = tuple((Mark(number, disputes=disputes),) for number, disputes in figures)
    rows = (Lane(("plan",), is_pale=True), Lane(("total",)))
    captions = replace(
        captions_of(release, table, "against_plan"), name=lambda _, code, language: names[code](language)
    )
    return Plot("against_plan", "bars", captions, ("figure",), rows, (Lane(()),), marks)
