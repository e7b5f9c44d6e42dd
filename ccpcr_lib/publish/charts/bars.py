"""Bars that lie: a panel of them for each column, or one bar for each row with its parts behind each other.

Small panels need no legend, stay readable in grey, and keep rows with no cases.
"""

from collections.abc import Iterable, Sequence

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from .. import theme
from ..theme import Look
from .canvas import Keywords, clean_axis, open_page, row_size, wrap
from .looks import look_of
from .plot import Mark, Plot, column_heading, column_name, row_labels

FEWEST_ROWS = 5
"""A panel is at least this many rows high, so that two bars are not two walls."""
FEW_PANELS, ROOM, MORE_ROOM = 4, 1.18, 1.3
"""An axis is so much longer than its longest bar that the number at its end has room; more, where panels are small."""


def bars(plot: Plot) -> Figure:
    """Draw one panel for each column, one bar for each row, the number at its end; all units but one to a scale."""
    figure, axes = open_page(plot.heading, len(plot.columns))
    longest = [longest_in(plot.column(place)) for place in range(len(plot.columns))]
    room = ROOM if len(longest) <= FEW_PANELS else MORE_ROOM
    with matplotlib.rc_context(theme.rc()):
        for place, axis in enumerate(axes[0]):
            draw_bars(axis, plot, place)
            clean_axis(axis, _heading(plot, place), top=room * (longest[place] if "unit" in plot.by else max(longest)))
    return figure


def longest_in(marks: Iterable[Mark]) -> float:
    """Give the longest of some marks, at least 1."""
    return max((mark.length for mark in marks), default=0) or 1


def _heading(plot: Plot, place: int) -> str:
    """Head a panel by its column, in lines as long as it is wide; a lone one that nothing divides has no heading.

    Beside the last of a few panels there is room for some letters more.
    """
    panels = len(plot.columns)
    letters = 100 // (panels + 2)
    heading = column_heading(plot, plot.columns[place]) if plot.by[1:] else ""
    is_free = panels <= FEW_PANELS and place == panels - 1
    return wrap(heading, max(letters, 20) if is_free else letters)


def draw_bars(axis: Axes, plot: Plot, place: int) -> None:
    """Draw one panel of bars, first row on top."""
    marks = plot.column(place)
    lay_bars(axis, marks, look_of(plot, plot.columns[place]), {"height": 0.62})
    name_rows(axis, row_labels(plot))
    size = row_size([plot.text(mark) for mark in marks])
    for row, mark in enumerate(marks):
        write_at_end(axis, plot.text(mark), (mark.length, row), size)


def lay_bars(axis: Axes, marks: Sequence[Mark], look: Look, keywords: Keywords) -> None:
    """Draw bars from the first row on."""
    dress(axis.barh(range(len(marks)), [mark.length for mark in marks], **keywords), marks, look)


def dress(drawn: Iterable[Rectangle], marks: Sequence[Mark], look: Look) -> None:
    """Give bars their tone and their edge, and hatch those that say that there are at least so many."""
    for patch, mark in zip(drawn, marks, strict=True):
        patch.set(facecolor=look.tone, edgecolor=look.edge, linewidth=theme.EDGE if mark.length else 0)
        if mark.is_least or mark.number is None:
            patch.set(hatch=theme.HATCH, edgecolor=look.seam)


def name_rows(axis: Axes, labels: Sequence[str]) -> None:
    """Name the rows at the side of a panel, the first one on top."""
    axis.set_yticks(range(len(labels)), labels, size=row_size(labels))
    axis.set_ylim(max(len(labels), FEWEST_ROWS) - 0.5, -0.5)


def write_at_end(axis: Axes, text: str, end: tuple[float, float], size: float) -> None:
    """Write what a bar says behind its end, if it says something."""
    if text:
        axis.annotate(text, end, xytext=(5, 0), textcoords="offset points", va="center", size=size)


def stacked(plot: Plot) -> Figure:
    """Draw one bar for each row, its parts one after another, its total at the end; a legend names the parts."""
    figure, ((axis,),) = open_page(plot.heading)
    whole = next(place for place, column in enumerate(plot.columns) if column.is_total)
    with matplotlib.rc_context(theme.rc()):
        ends = _stack(axis, plot.parts)
        labels = row_labels(plot)
        name_rows(axis, labels)
        for row, end in enumerate(ends):
            write_at_end(axis, _sum_text(plot, row, whole), (end, row), row_size(labels))
        clean_axis(axis, "", top=(max(ends) or 1) * MORE_ROOM)
        axis.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=len(plot.columns) - 1, frameon=False)
    return figure


def _stack(axis: Axes, parts: Plot) -> list[float]:
    """Draw the parts of each bar and give where the bars end."""
    ends = [0.0] * len(parts.rows)
    for place, column in enumerate(parts.columns):
        look, lengths = look_of(parts, column), [mark.length for mark in parts.column(place)]
        keywords: Keywords = {"color": look.tone, "edgecolor": look.seam, "height": 0.62}
        widths = [theme.EDGE if length else 0 for length in lengths]
        axis.barh(range(len(ends)), lengths, left=ends, label=column_name(parts, column), linewidth=widths, **keywords)
        ends = [before + length for before, length in zip(ends, lengths, strict=True)]
    return ends


def _sum_text(plot: Plot, row: int, whole: int) -> str:
    """Write a bar's total, and the parts it is made of, in the order of the bar."""
    lengths = (int(mark.length) for mark in plot.parts.marks[row])
    parts = " + ".join(theme.number(length) for length in lengths if length)
    total = plot.text(plot.marks[row][whole])
    return f"{total} = {parts}" if "+" in parts else total
