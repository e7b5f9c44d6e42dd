"""A table's rows over the quarters at hand: from one quarter to the next as slopes, month by month as small columns."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from ...analysis.disputes import each_once
from ...analysis.series import Actual
from ...analysis.tables import Table
from ...model import period as calendar
from ...model.plan import Indicator, default_indicator
from ...words import one_line
from .. import theme
from ..release import Release
from ..release import marked as with_mark
from ..text.indicators import history_line
from ..text.members import Naming
from ..text.progress import name_span
from .canvas import ChartHeading, Drawing, open_page
from .captions import title_of
from .kinds import draw, laid
from .plot import Captions, Lane, Mark, Plot, numbers, row_labels, row_name

CLOSEST = 0.062
"""How close labels may come, in parts of the axis."""


def followed(release: Release, table: Table) -> dict[str, Indicator]:
    """Follow each row of a table, by its code."""
    whole = replace(default_indicator(table.spec.measure, table.spec.unit), table=table.spec.name)
    keys = (table.row_key(member) for member in table.members)
    return {"".join(key.values()): replace(whole, key=key) for key in keys}


def _plot(release: Release, table: Table, form: tuple[str, str, str], rows: Mapping[str, Sequence[Actual]]) -> Plot:
    """Lay points out, those of a row by its code; `form` is its name, its kind and the dimension over its columns."""
    name, kind, dimension = form
    by = ("case_type" if table.spec.rows == "case_type" else "category", dimension)
    columns = [
        Lane((points[0].period,), is_headed=any(point.is_bound for point in points))
        for points in zip(*rows.values(), strict=True)
    ]
    marks = [tuple(Mark(point.figure, disputes=point.disputes) for point in points) for points in rows.values()]
    captions = _captions(release, table, name, list(rows.values()))
    return Plot(name, kind, captions, by, tuple(Lane((code,)) for code in rows), tuple(columns), tuple(marks))


def _captions(release: Release, table: Table, form: str, rows: Sequence[Sequence[Actual]]) -> Captions:
    """Give what is said around points, from the first of them to the table's quarter."""
    last = calendar.quarters_in(table.quarter)[-1]
    span = name_span(release, (calendar.quarter_of(rows[0][0].period), last))
    subtitle = release.stamp(f"{release.say(f'unit_{table.spec.unit}')}; {span}")
    heading = ChartHeading(title_of(release, table.spec.name, form), subtitle, [history_line(release)])
    findings = each_once(point.disputes for points in rows for point in points)
    name = Naming(table.spec, table.quarter, has_years=True).name
    return Captions(heading, name, "", release.language, findings)


# --- slopes ------------------------------------------------------------------------------------------------


def slope(release: Release, table: Table) -> Drawing:
    """Draw a line from one quarter to the next for each row, labelled at both ends; what fell is dashed."""
    quarters, rows = _ends(table.quarter), followed(release, table)
    points = {code: [release.history.actual(row, quarter) for quarter in quarters] for code, row in rows.items()}
    plot = _plot(release, table, ("slope", "bars", "quarter"), points)
    figure, ((axis,),) = open_page(plot.heading)
    known = plot.frame.notna().all(axis=1)
    drawn, marks = plot.frame[known], np.array([[bool(mark.disputes) for mark in row] for row in plot.marks])[known]
    top = max(float(plot.frame.max().max(skipna=True) or 1), 1.0) if len(drawn) else 1.0
    with matplotlib.rc_context(theme.rc()):
        _draw_slopes(axis, drawn)
        _label_ends(axis, drawn, top, marks)
        axis.set_ylim(-0.12 * top, 1.08 * top)
        if drawn.empty:
            axis.text(0.5, 0.5 * top, release.say("not_reported"), ha="center", color=theme.MUTED)
    return Drawing(plot.heading.title, figure, plot.frame)


def _ends(period: str) -> tuple[str, str]:
    """Give what a slope leads from and to: the quarter before and this one; of what is longer, first and last."""
    quarters = calendar.quarters_in(period)
    return (calendar.previous(period), period) if len(quarters) == 1 else (quarters[0], quarters[-1])


def _draw_slopes(axis: Axes, drawn: pd.DataFrame) -> None:
    for before, now in drawn.itertuples(index=False):
        style = theme.DASH if now < before else "-"
        axis.plot([0, 1], [before, now], color=theme.DARK, linewidth=1.8, marker="o", linestyle=style)
    axis.set_xlim(-0.35, 1.75)
    axis.set_xticks([0, 1], drawn.columns)
    axis.tick_params(axis="x", labelcolor=theme.INK)
    axis.set_yticks([])
    for place in (0, 1):
        axis.axvline(place, color=theme.RULE, linewidth=1, zorder=0)


def _label_ends(axis: Axes, drawn: pd.DataFrame, top: float, marks: np.ndarray) -> None:
    """Write the number on the left, number and name on the right, moved apart where they would cover each other.

    Equal numbers on the left are written once, with the mark of one that is in dispute.
    """
    for column, (x, shift, side) in enumerate(((0, -0.08, "right"), (1, 0.08, "left"))):
        values = drawn.iloc[:, column].astype(float).to_numpy()
        groups = _same(values) if side == "right" else [[place] for place in np.argsort(values, kind="stable")]
        heights = apart([values[group[0]] for group in groups], CLOSEST * top * 1.2)
        for group, height in zip(groups, heights, strict=True):
            text = with_mark(theme.number(int(values[group[0]])), marks[group, column].any())
            if side == "left":
                text = f"{text}  {one_line(str(drawn.index[group[0]]))}"
            axis.plot([x, x + shift * 0.8], [values[group[0]], height], color=theme.RULE, linewidth=0.8, zorder=1)
            axis.text(x + shift, height, text, ha=side, va="center", size=theme.SMALL_SIZE + 1)


def _same(values: np.ndarray) -> list[list[int]]:
    """Group equal values, from the lowest up."""
    return [list(np.flatnonzero(values == value)) for value in sorted(set(values))]


def apart(heights: Sequence[float], least: float) -> list[float]:
    """Move ascending heights up until neighbours are at least so far apart.

    >>> apart([0, 0, 5], 2)
    [0, 2, 5]
    """
    moved: list[float] = []
    for height in heights:
        moved.append(max(height, moved[-1] + least) if moved else height)
    return moved


# --- small panels ------------------------------------------------------------------------------------------


def multiples(release: Release, table: Table) -> Drawing:
    """Draw one small panel for each row, a column for every month from the first workbook to this one."""
    rows = {code: release.history.monthly(indicator) for code, indicator in followed(release, table).items()}
    plot = _plot(release, table, ("multiples", "columns", "month"), rows)
    months = laid(plot)
    frame = numbers(months, [row_name(months, month) for month in months.rows], row_labels(plot))
    return Drawing(plot.heading.title, draw(plot), frame)
