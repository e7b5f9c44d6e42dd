"""A table's rows over time: from one quarter to the next as slopes, month by month as small panels on one scale."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis.series import Actual
from ...analysis.tables import Table
from ...model import period as calendar
from ...model.plan import Indicator, default_indicator
from ...model.table import Text
from ...model.wording import quarter_label
from ...words import in_language, one_line
from .. import theme
from ..release import Release
from ..release import marked as with_mark
from ..text.indicators import history_line
from ..text.progress import name_period, name_span
from ..text.table import label
from .bars import row_labels
from .canvas import MOST_TWO_LINE_ROWS, ChartHeading, Marked, first_dispute, open_page, wrap
from .marks import Marks, marks_in

PANELS_ACROSS = 4
MOST_LABELLED = 6
"""A panel with more bars has a number on the largest only; all are printed beside the chart."""

CLOSEST = 0.062
"""How close labels may come, in parts of the axis."""


def rows_of(release: Release, table: Table) -> dict[str, Indicator]:
    """Follow each row of a table, by its label."""
    whole = replace(default_indicator(table.spec.measure, table.spec.unit), table=table.spec.name)
    rows = zip(row_labels(release, table), table.members, strict=True)
    return {label: replace(whole, key=table.row_key(member)) for label, member in rows}


# --- slopes ------------------------------------------------------------------------------------------------


def two_quarters(release: Release, table: Table) -> pd.DataFrame:
    """Lay rows out against the quarter before and this one, as the workbooks at hand say (NA: not reported)."""
    return _two_quarters(release, table).map(lambda point: point.figure).astype("Int64")


def two_quarters_marks(release: Release, table: Table) -> Marks:
    """Lay out which of these figures are in dispute."""
    return marks_in(_two_quarters(release, table).map(lambda point: point.disputes))


def _two_quarters(release: Release, table: Table) -> pd.DataFrame:
    quarters = (calendar.previous(table.quarter), table.quarter)
    rows = rows_of(release, table)
    columns = dict(_quarter_column(release, rows.values(), quarter) for quarter in quarters)
    return pd.DataFrame(columns, index=pd.Index(rows), dtype="object")


def _quarter_column(release: Release, rows: Iterable[Indicator], quarter: str) -> tuple[str, list[Actual]]:
    """Give a quarter's name and its rows; the name says so where some figures are only at least so many."""
    name = in_language(release.language, partial(quarter_label, quarter), between="\n")
    points = [release.history.actual(indicator, quarter) for indicator in rows]
    if any(point.is_bound for point in points):
        name += f"\n{release.say('at_least_line')}"
    return name, points


def slope(release: Release, table: Table, marked: Marked, numbers: pd.DataFrame) -> Figure:
    """Draw a line from one quarter to the next for each row, labelled at both ends; what fell is dashed."""
    around = _heading(release, marked, table.spec.unit, (calendar.previous(table.quarter), table.quarter))
    figure, axes = open_page(around)
    axis, drawn = axes[0, 0], numbers.dropna()
    top = max(float(numbers.max().max(skipna=True) or 1), 1.0) if len(drawn) else 1.0
    with matplotlib.rc_context(theme.rc()):
        for before, now in drawn.itertuples(index=False):
            style = (0, (4, 2)) if now < before else "-"
            axis.plot([0, 1], [before, now], color=theme.DARK, linewidth=1.8, marker="o", linestyle=style)
        _label_ends(axis, drawn, top, marked.marks.places[numbers.notna().all(axis=1)])
        axis.set_xlim(-0.35, 1.75)
        axis.set_ylim(-0.12 * top, 1.08 * top)
        axis.set_xticks([0, 1], numbers.columns)
        axis.tick_params(axis="x", labelcolor=theme.INK)
        axis.set_yticks([])
        for place in (0, 1):
            axis.axvline(place, color=theme.RULE, linewidth=1, zorder=0)
        if drawn.empty:
            axis.text(0.5, 0.5 * top, release.say("not_reported"), ha="center", color=theme.MUTED)
    return figure


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


def by_period(release: Release, table: Table) -> pd.DataFrame:
    """Lay every month from the first workbook to this one out against the rows (NA: not reported)."""
    return _by_period(release, table).map(lambda point: point.figure).astype("Int64")


def by_period_marks(release: Release, table: Table) -> Marks:
    """Lay out which of these figures are in dispute."""
    return marks_in(_by_period(release, table).map(lambda point: point.disputes))


def _by_period(release: Release, table: Table) -> pd.DataFrame:
    rows = rows_of(release, table)
    series = {label: release.history.monthly(indicator) for label, indicator in rows.items()}
    periods = [point.period for point in next(iter(series.values()))]
    names = [in_language(release.language, partial(name_period, period)) for period in periods]
    return pd.DataFrame(series, index=pd.Index(names), dtype="object")


def multiples(release: Release, table: Table, marked: Marked, numbers: pd.DataFrame) -> Figure:
    """Draw one small panel for each row, a bar a month, all on one scale; the largest number is written."""
    across = min(PANELS_ACROSS, len(numbers.columns))
    around = _heading(release, marked, table.spec.unit, (release.history.periods[0], table.quarter))
    figure, axes = open_page(around, across, rows=-(-len(numbers.columns) // across))
    top, ends = max(float(numbers.max().max(skipna=True) or 1), 1.0) * 1.3, _ends(release)
    with matplotlib.rc_context(theme.rc()):
        titles = enumerate(_panel_titles(release, table))
        for axis, row, (place, name) in zip(axes.flat, numbers.columns, titles, strict=False):
            _panel(axis, numbers[row], top, ends)
            _panel_numbers(axis, numbers[row], marked.marks.column(place))
            axis.set_title(name, loc="left", size=theme.SMALL_SIZE + 1, weight="bold", pad=4)
        for axis in axes.flat[len(numbers.columns) :]:
            axis.set_axis_off()
    return figure


def _panel_titles(release: Release, table: Table) -> list[str]:
    """Name the rows over their panels; many have each language on a line of its own."""
    between = " " if len(table.members) <= MOST_TWO_LINE_ROWS else "\n"
    rows = [Text(table.spec.codelist, member) for member in table.members]
    return [wrap(label(release, table, row, between=between), 24) for row in rows]


def _ends(release: Release) -> list[str]:
    """Name the first and the last month that the small panels have, a line for each language."""
    first, last = calendar.months(release.history.periods[0])[0], calendar.months(release.period)[-1]
    return [in_language(release.language, partial(name_period, month), between="\n") for month in (first, last)]


def _panel(axis: Axes, values: pd.Series, top: float, ends: Sequence[str]) -> None:
    """Draw one row's months, the first and the last named by `ends`; a month nobody reported is hatched."""
    heights = values.fillna(0).astype(int).to_numpy()
    unknown = values.isna().to_numpy()
    axis.bar(range(len(values)), heights, color=theme.DARK, width=0.8)
    axis.bar(np.flatnonzero(unknown), top, width=1, color="none", edgecolor=theme.RULE, hatch="////", linewidth=0)
    axis.set_xticks([-0.5, len(values) - 0.5], ends, size=theme.SMALL_SIZE - 1.5)
    left, right = axis.get_xticklabels()
    left.set_horizontalalignment("left")
    right.set_horizontalalignment("right")
    axis.set_xlim(-0.6, len(values) - 0.4)
    axis.set_ylim(0, top)
    axis.set_yticks([])


def _panel_numbers(axis: Axes, values: pd.Series, marks: Sequence[bool]) -> None:
    """Write the numbers over one row's months, of many the largest and those in dispute."""
    heights = values.fillna(0).astype(int).to_numpy()
    labelled = np.flatnonzero(heights) if len(heights) <= MOST_LABELLED else [int(heights.argmax())]
    for place in sorted({*map(int, labelled), *np.flatnonzero(marks).tolist()}):
        text = with_mark(theme.number(None if pd.isna(values.iloc[place]) else int(heights[place])), marks[place])
        axis.annotate(text, (place, heights[place]), (0, 3), textcoords="offset points", ha="center", size=9)


def _heading(release: Release, marked: Marked, unit: str, periods: Sequence[str]) -> ChartHeading:
    subtitle = release.stamp(f"{release.say(f'unit_{unit}')}; {name_span(release, periods)}")
    return ChartHeading(marked.title, subtitle, [*first_dispute(marked.marks.findings), history_line(release)])
