"""A view → its chart: bars side by side, stacked bars, columns or lines over time. Every mark carries its number."""

from collections.abc import Sequence

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis.breakdown import PERIODS, TOTAL
from ...analysis.breakdown import Figure as Number
from .. import theme
from ..charts.bars import FEWEST_ROWS
from ..charts.canvas import FOOT_WRAP, MOST_TWO_LINE_ROWS, Chart, Heading, clean_axis, open_page, row_size, wrap
from ..release import DAGGER
from .labels import figure_text, is_disputed, member_label, number, subtitle, title
from .layout import column_label, file_name
from .view import View

PANELS_A_ROW = 4
ROOM = 1.3
"""How much longer an axis is than its longest bar, so that the number at its end has room."""

Codes = tuple[str, ...]


def draw(view: View) -> Chart:
    """Draw the chart of a view's choice."""
    figure = {"bars": _bars, "stacked": _stacked}.get(view.choice.chart, _over_time)(view)
    return Chart(file_name(view), title(view), figure, numbers(view))


def numbers(view: View) -> pd.DataFrame:
    """Lay the plotted numbers out: rows × columns, Int64, NA where none is known."""
    columns = {
        column_label(view, codes): [number(view, view.found.figures.get((row, codes))) for row in view.found.row_codes]
        for codes in view.found.column_codes
    }
    rows = [member_label(view, view.found.rows, row) for row in view.found.row_codes]
    return pd.DataFrame(columns, index=pd.Index(rows), dtype="Int64")


def words_of(view: View) -> Heading:
    """Write what stands around a chart; of what is in dispute the first finding, and how many more there are."""
    import textwrap

    disputes = [item for one in view.releases for item in one.disputes(view.choice.table)] if is_disputed(view) else []
    more = f" (+{len(disputes) - 1})" if len(disputes) > 1 else ""
    first = [f"{DAGGER} {item.statement}{more}" for item in disputes[:1]]
    lines = [line for text in first for line in textwrap.wrap(text, FOOT_WRAP, max_lines=2, placeholder=f" …{more}")]
    sources = dict.fromkeys(one.source_line(view.choice.table) for one in (view.releases[0], view.releases[-1]))
    return Heading(title(view), subtitle(view), [*lines, *sources])


def _cells(view: View, row: str, codes: Codes) -> tuple[float, str]:
    """Give a mark's length and the text at its end."""
    figure: Number | None = view.found.figures.get((row, codes))
    return float(number(view, figure) or 0), figure_text(view, figure)


def _bars(view: View) -> Figure:
    """Draw one panel for each column, one bar for each row; totals are darkest."""
    found = view.found
    figure, axes = open_page(words_of(view), len(found.column_codes))
    axes = list(axes.flat)
    marks = {codes: [_cells(view, row, codes) for row in found.members or (TOTAL,)] for codes in found.column_codes}
    top = max((length for panel in marks.values() for length, _ in panel), default=0)
    labels = _fitting([member_label(view, found.rows, row) for row in found.members or (TOTAL,)])
    with matplotlib.rc_context(theme.rc()):
        for axis, (codes, panel) in zip(axes, marks.items(), strict=True):
            tone = theme.DARK if TOTAL in codes or len(axes) == 1 else theme.MIDDLE
            _bar_panel(axis, labels, panel, tone)
            heading = wrap(column_label(view, codes), 100 // (len(axes) + 2)) if found.columns else ""
            clean_axis(axis, heading, top=top * ROOM / 1.18)
    return figure


def _fitting(labels: Sequence[str]) -> list[str]:
    """Break long labels where there are few of them; many stand on one line each."""
    return [wrap(text) if len(labels) <= MOST_TWO_LINE_ROWS else text.replace("\n", " ") for text in labels]


def _bar_panel(axis: Axes, labels: Sequence[str], marks: Sequence[tuple[float, str]], tone: str) -> None:
    axis.barh(range(len(labels)), [length for length, _ in marks], color=tone, height=0.62)
    axis.set_yticks(range(len(labels)), labels, size=row_size(labels))
    axis.set_ylim(max(len(labels), FEWEST_ROWS) - 0.5, -0.5)
    for place, (length, text) in enumerate(marks):
        _write(axis, text, (length, place), (5, 0), va="center", size=row_size(labels))


def _write(axis: Axes, text: str, at: tuple[float, float], offset: tuple[float, float], **look: object) -> None:
    if text:
        axis.annotate(text, at, xytext=offset, textcoords="offset points", **{"size": theme.LABEL_SIZE, **look})


def _stacked(view: View) -> Figure:
    """Draw one bar for each row, its parts behind one another, its total at the end; a legend names the parts."""
    found = view.found
    rows, whole = found.members or (TOTAL,), next(codes for codes in found.column_codes if TOTAL in codes)
    figure, ((axis,),) = open_page(words_of(view))
    labels = _fitting([member_label(view, found.rows, row) for row in rows])
    left = [0.0] * len(rows)
    with matplotlib.rc_context(theme.rc()):
        for codes, tone, hatch in zip(found.parts, theme.TONES, theme.HATCHES, strict=False):
            lengths = [_cells(view, row, codes)[0] for row in rows]
            look = {"color": tone, "hatch": hatch, "edgecolor": theme.PAPER, "height": 0.62}
            axis.barh(range(len(rows)), lengths, left=left, label=column_label(view, codes).replace("\n", " "), **look)
            left = [before + length for before, length in zip(left, lengths, strict=True)]
        axis.set_yticks(range(len(rows)), labels, size=row_size(labels))
        axis.set_ylim(max(len(rows), FEWEST_ROWS) - 0.5, -0.5)
        for place, row in enumerate(rows):
            _write(axis, _sum_text(view, row, whole), (left[place], place), (6, 0), va="center", size=row_size(labels))
        clean_axis(axis, "", top=max(left) * ROOM / 1.18)
        axis.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(found.parts), frameon=False)
    return figure


def _sum_text(view: View, row: str, whole: Codes) -> str:
    """Write a bar's total, and the parts it is made of, in the order of the bar."""
    parts = " + ".join(
        theme.number(int(length)) for codes in view.found.parts if (length := _cells(view, row, codes)[0])
    )
    total = _cells(view, row, whole)[1]
    return f"{total} = {parts}" if "+" in parts else total


def _over_time(view: View) -> Figure:
    """Draw one panel for each row and column that is no period, with the periods from left to right."""
    panels = _panels(view)
    columns = min(len(panels), PANELS_A_ROW)
    figure, axes = open_page(words_of(view), columns, rows=-(-len(panels) // columns))
    figure.get_layout_engine().set(hspace=0.08)
    axes = list(axes.flat)
    top = max((length for _, marks in panels for _, length, _ in marks), default=0)
    with matplotlib.rc_context(theme.rc()):
        for axis, (heading, marks) in zip(axes, panels, strict=False):
            _time_panel(axis, marks, is_line=view.choice.chart == "lines")
            axis.set_title(
                wrap(heading, 100 // (columns + 1)),
                loc="left",
                size=theme.LABEL_SIZE,
                weight="bold",
                color=theme.INK,
                pad=8,
            )
            axis.set_ylim(0, max(top, 1) * ROOM)
        for axis in axes[len(panels) :]:
            axis.set_visible(False)
    return figure


def _panels(view: View) -> list[tuple[str, list[tuple[str, float, str]]]]:
    """Take a view apart into panels: a heading, and (period, length, text) from left to right."""
    found = view.found
    if found.rows in PERIODS:
        return [
            (
                column_label(view, codes) if found.columns else "",
                [(member_label(view, found.rows, row), *_cells(view, row, codes)) for row in found.members],
            )
            for codes in found.parts
        ]
    panels: dict[tuple, list] = {}
    place = next(place for place, name in enumerate(found.columns) if name in PERIODS)
    for row in found.members or (TOTAL,):
        for codes in found.parts:
            others = tuple(code for at, code in enumerate(codes) if at != place)
            mark = (member_label(view, found.columns[place], codes[place]), *_cells(view, row, codes))
            panels.setdefault((row, *others), []).append(mark)
    dims = (found.rows, *(name for at, name in enumerate(found.columns) if at != place))
    return [(_heading(view, dims, key), marks) for key, marks in panels.items()]


def _heading(view: View, dimensions: Codes, codes: Codes) -> str:
    return ", ".join(member_label(view, name, code) for name, code in zip(dimensions, codes, strict=True))


def _time_panel(axis: Axes, marks: Sequence[tuple[str, float, str]], *, is_line: bool) -> None:
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
