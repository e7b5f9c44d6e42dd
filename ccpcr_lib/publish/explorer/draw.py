"""A view → its chart: bars side by side, stacked bars, columns or lines over time. Every mark carries its number."""

import textwrap
from collections.abc import Sequence
from itertools import product
from typing import Any

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis.breakdown import PERIODS, TOTAL, BrokenDownCount, Codes
from .. import theme
from ..charts.bars import FEWEST_ROWS
from ..charts.canvas import (
    FOOT_WRAP,
    MOST_TWO_LINE_ROWS,
    Chart,
    ChartHeading,
    Keywords,
    clean_axis,
    first_dispute,
    open_page,
    row_size,
    wrap,
)
from .labels import disputes, figure_text, member_label, number, subtitle, title, why_empty
from .layout import column_label, file_name
from .view import View

PANELS_A_ROW, ROW_GAP = 4, 0.08
ROOM = 1.3
"""How much longer an axis is than its longest bar, so that the number at its end has room."""

Mark = tuple[str, float, str]
"""A mark over time: its period, its length, the text at its end."""
MarkedPanel = tuple[str, list[Mark]]
"""A heading, and marks from left to right."""


def draw(view: View) -> Chart:
    """Draw the chart of a view's choice."""
    figure = {"bars": _bars, "stacked": _stacked}.get(view.choice.chart, _over_time)(view)
    return Chart(file_name(view), title(view), figure, numbers(view))


def numbers(view: View) -> pd.DataFrame:
    """Lay the plotted numbers out: rows × columns, Int64, NA where none is known."""
    breakdown = view.breakdown
    columns = {
        column_label(view, codes): [number(view, breakdown.figures.get((row, codes))) for row in breakdown.row_codes]
        for codes in breakdown.column_codes
    }
    rows = [member_label(view, breakdown.rows, row) for row in breakdown.row_codes]
    return pd.DataFrame(columns, index=pd.Index(rows), dtype="Int64")


def chart_heading(view: View, blank: str = "") -> ChartHeading:
    """Write what stands around a chart; of what is in dispute the first finding, and how many more there are.

    `blank` stands in place of what explains the …, for a chart that has none.
    """
    lines = first_dispute(disputes(view))
    lines += [line for text in why_empty(view, blank) for line in textwrap.wrap(text, FOOT_WRAP)]
    ends = (view.releases[0], view.releases[-1])
    sources = dict.fromkeys(release.source_line(view.choice.table) for release in ends)
    return ChartHeading(title(view, between="\n"), subtitle(view), [*lines, *sources])


def _cell(view: View, row: str, codes: Codes) -> tuple[float, str]:
    """Give a mark's length and the text at its end."""
    figure: BrokenDownCount | None = view.breakdown.figures.get((row, codes))
    is_count = figure is not None and view.choice.show == "counts"
    length = figure.total.at_least if figure and is_count else number(view, figure)
    return float(length or 0), figure_text(view, figure)


def _bars(view: View) -> Figure:
    """Draw one panel for each column, one bar for each row; totals are darkest."""
    breakdown = view.breakdown
    figure, grid = open_page(chart_heading(view), len(breakdown.column_codes))
    axes, rows = list(grid.flat), breakdown.members or (TOTAL,)
    marks = {codes: [_cell(view, row, codes) for row in rows] for codes in breakdown.column_codes}
    top = max((length for panel in marks.values() for length, _ in panel), default=0)
    labels = _row_labels(view, rows)
    with matplotlib.rc_context(theme.rc()):
        for axis, (codes, panel) in zip(axes, marks.items(), strict=True):
            tone = theme.DARK if TOTAL in codes or len(axes) == 1 else theme.MIDDLE
            _bar_panel(axis, labels, panel, tone)
            heading = column_label(view, codes, between="\n") if breakdown.columns else ""
            clean_axis(axis, wrap(heading, 100 // (len(axes) + 2)), top=top * ROOM / 1.18)
    return figure


def _row_labels(view: View, rows: Sequence[str]) -> list[str]:
    """Name the rows; long names are broken where there are few of them, many stand on one line each."""
    if len(rows) > MOST_TWO_LINE_ROWS:
        return [member_label(view, view.breakdown.rows, row) for row in rows]
    return [wrap(member_label(view, view.breakdown.rows, row, between="\n")) for row in rows]


def _bar_panel(axis: Axes, labels: Sequence[str], marks: Sequence[tuple[float, str]], tone: str) -> None:
    axis.barh(range(len(labels)), [length for length, _ in marks], color=tone, height=0.62)
    axis.set_yticks(range(len(labels)), labels, size=row_size(labels))
    axis.set_ylim(max(len(labels), FEWEST_ROWS) - 0.5, -0.5)
    for place, (length, text) in enumerate(marks):
        _write(axis, text, (length, place), (5, 0), va="center", size=row_size(labels))


def _write(axis: Axes, text: str, at: tuple[float, float], offset: tuple[float, float], **look: Any) -> None:
    """Write a text at a mark, `offset` points away from it."""
    if text:
        axis.annotate(text, at, xytext=offset, textcoords="offset points", **{"size": theme.LABEL_SIZE, **look})


def _stacked(view: View) -> Figure:
    """Draw one bar for each row, its parts one after another, its total at the end; a legend names the parts."""
    breakdown = view.breakdown
    rows, whole = breakdown.members or (TOTAL,), next(codes for codes in breakdown.column_codes if TOTAL in codes)
    figure, ((axis,),) = open_page(chart_heading(view))
    labels = _row_labels(view, rows)
    with matplotlib.rc_context(theme.rc()):
        ends = _stack(axis, view, rows)
        axis.set_yticks(range(len(rows)), labels, size=row_size(labels))
        axis.set_ylim(max(len(rows), FEWEST_ROWS) - 0.5, -0.5)
        for place, row in enumerate(rows):
            _write(axis, _sum_text(view, row, whole), (ends[place], place), (6, 0), va="center", size=row_size(labels))
        clean_axis(axis, "", top=max(ends) * ROOM / 1.18)
        axis.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(breakdown.parts), frameon=False)
    return figure


def _stack(axis: Axes, view: View, rows: Sequence[str]) -> list[float]:
    """Draw the parts of each bar and give where the bars end; tone and hatch tell the parts apart, also in grey."""
    ends = [0.0] * len(rows)
    for codes, tone, hatch in zip(view.breakdown.parts, theme.TONES, theme.HATCHES, strict=False):
        lengths = [_cell(view, row, codes)[0] for row in rows]
        look: Keywords = {"color": tone, "hatch": hatch, "edgecolor": theme.PAPER, "height": 0.62}
        axis.barh(range(len(rows)), lengths, left=ends, label=column_label(view, codes), **look)
        ends = [before + length for before, length in zip(ends, lengths, strict=True)]
    return ends


def _sum_text(view: View, row: str, whole: Codes) -> str:
    """Write a bar's total, and the parts it is made of, in the order of the bar."""
    parts = " + ".join(
        theme.number(int(length)) for codes in view.breakdown.parts if (length := _cell(view, row, codes)[0])
    )
    total = _cell(view, row, whole)[1]
    return f"{total} = {parts}" if "+" in parts else total


def _over_time(view: View) -> Figure:
    """Draw one panel for each row and column that is no period, with the periods from left to right."""
    panels = _rows_over_time(view) if view.breakdown.rows in PERIODS else _columns_over_time(view)
    columns = min(len(panels), PANELS_A_ROW)
    figure, axes = open_page(chart_heading(view), columns, rows=-(-len(panels) // columns), row_gap=ROW_GAP)
    top = max((length for _, marks in panels for _, length, _ in marks), default=0)
    with matplotlib.rc_context(theme.rc()):
        for axis, (heading, marks) in zip(axes.flat, panels, strict=False):
            _time_panel(axis, marks, is_line=view.choice.chart == "lines")
            look: Keywords = {"size": theme.LABEL_SIZE, "weight": "bold", "color": theme.INK, "pad": 8}
            axis.set_title(wrap(heading, 90 // (columns + 1)), loc="left", **look)
            axis.set_ylim(0, max(top, 1) * ROOM)
        for axis in list(axes.flat)[len(panels) :]:
            axis.set_visible(False)
    return figure


def _rows_over_time(view: View) -> list[MarkedPanel]:
    """Take a view whose rows are periods apart: one panel for each column."""
    breakdown, panels = view.breakdown, []
    for codes in breakdown.parts:
        names = [member_label(view, breakdown.rows, row, between="\n") for row in breakdown.members]
        marks = [(name, *_cell(view, row, codes)) for name, row in zip(names, breakdown.members, strict=True)]
        panels.append((column_label(view, codes, between="\n") if breakdown.columns else "", marks))
    return panels


def _columns_over_time(view: View) -> list[MarkedPanel]:
    """Take a view with periods among its columns apart: one panel for each row and what else the columns divide by."""
    breakdown = view.breakdown
    panels: dict[Codes, list[Mark]] = {}
    place = next(place for place, name in enumerate(breakdown.columns) if name in PERIODS)
    names = (breakdown.rows, *breakdown.columns[:place], *breakdown.columns[place + 1 :])
    for row, codes in product(breakdown.members or (TOTAL,), breakdown.parts):
        name = member_label(view, breakdown.columns[place], codes[place], between="\n")
        key = (row, *codes[:place], *codes[place + 1 :])
        panels.setdefault(key, []).append((name, *_cell(view, row, codes)))
    return [(_heading(view, names, key), marks) for key, marks in panels.items()]


def _heading(view: View, dimensions: Codes, codes: Codes) -> str:
    places = zip(dimensions, codes, strict=True)
    return ", ".join(member_label(view, name, code, between="\n") for name, code in places)


def _time_panel(axis: Axes, marks: Sequence[Mark], *, is_line: bool) -> None:
    places, lengths = range(len(marks)), [length for _, length, _ in marks]
    if is_line:
        known = [(place, length) for place, (_, length, text) in enumerate(marks) if text and text[0].isdigit()]
        axis.plot(*zip(*known, strict=True) if known else ([], []), color=theme.DARK, marker="o", clip_on=False)
    else:
        axis.bar(places, lengths, color=theme.MIDDLE, width=0.62)
    for place, (_, length, text) in enumerate(marks):
        _write(axis, text, (place, length), (0, 6 if is_line else 4), ha="center")
    axis.set_xticks(places, [wrap(name, 9) for name, _, _ in marks], size=theme.SMALL_SIZE)
    axis.set_xlim(-0.6, len(marks) - 0.4)
    axis.set_yticks([])
    axis.tick_params(labelleft=False)
