"""Charts with a shape of their own: the age pyramid, and the matrix of who was reached."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, repeat
from typing import Literal, NamedTuple

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from .. import theme
from .bars import ROOM, lay_bars, longest_in
from .canvas import Keywords, open_page, row_size
from .looks import look_of
from .plot import Plot, column_heading, row_labels

FIELD_FITS = 6
"""How many letters of the usual size a field of a matrix holds."""


class Half(NamedTuple):
    """Half of a pyramid: the side its bars end on, and how far from there a number stands, in points."""

    side: Literal["left", "right"]
    offset: tuple[float, float]


WOMEN, MEN = Half("right", (-6, 0)), Half("left", (6, 0))


def from_below(plot: Plot) -> Plot:
    """Turn the rows upside down, so that the first stands at the bottom: the youngest. Totals are left out."""
    parts = plot.parts
    return replace(parts, rows=parts.rows[::-1], marks=parts.marks[::-1])


def pyramid(plot: Plot) -> Figure:
    """Draw women to the left and men to the right of the age bands; a further sex of the list to the right of them."""
    figure, ((*axes,),) = open_page(plot.heading, len(plot.columns))
    limit = longest_in(chain.from_iterable(plot.marks)) * ROOM
    with matplotlib.rc_context(theme.rc()):
        for place, (axis, half) in enumerate(zip(axes, (WOMEN, *repeat(MEN, len(axes) - 1)), strict=True)):
            heading = column_heading(plot, plot.columns[place])
            _half(axis, plot, place, half)
            axis.set_title(heading, loc=half.side, size=theme.LABEL_SIZE, weight="bold", pad=8)
            axis.set_xlim((limit, 0) if half is WOMEN else (0, limit))
    return figure


def _half(axis: Axes, plot: Plot, place: int, half: Half) -> None:
    """Draw half of a pyramid, one bar for each age band; the first half turns the axis that both share."""
    look, labels = look_of(plot, plot.columns[place]), row_labels(plot)
    lay_bars(axis, plot.column(place), look, {"height": 0.7})
    axis.set_yticks(range(len(labels)), labels)
    if half is WOMEN:
        axis.invert_yaxis()
    axis.set_xticks([])
    axis.spines["bottom"].set_visible(False)
    letters: Keywords = {"textcoords": "offset points", "va": "center", "ha": half.side, "size": theme.LABEL_SIZE}
    for row, mark in enumerate(plot.column(place)):
        axis.annotate(plot.text(mark), (mark.length, row), half.offset, **letters)


def matrix(plot: Plot) -> Figure:
    """Draw a matrix of counts, darker for more; a zero is an empty field, so that gaps show."""
    import seaborn
    from matplotlib.colors import LinearSegmentedColormap

    figure, ((axis,),) = open_page(plot.heading)
    shades = LinearSegmentedColormap.from_list("house", [theme.PAPER, theme.LIGHT, theme.MIDDLE])
    texts = [[plot.text(mark) for mark in row] for row in plot.marks]
    look: Keywords = {"cmap": shades, "cbar": False, "linewidths": 1, "linecolor": theme.RULE}
    letters = {"color": theme.INK, "size": _field_size(texts)}
    with matplotlib.rc_context(theme.rc()):
        counts = np.array([[int(mark.number or 0) for mark in row] for row in plot.marks])
        seaborn.heatmap(counts, annot=np.array(texts), fmt="", annot_kws=letters, ax=axis, **look)
        axis.set_xticks(axis.get_xticks(), [column_heading(plot, column) for column in plot.columns])
        axis.set_yticks(axis.get_yticks(), row_labels(plot))
        axis.xaxis.tick_top()
        axis.tick_params(axis="x", rotation=0, labelcolor=theme.INK)
        axis.tick_params(axis="y", rotation=0, labelsize=row_size(row_labels(plot)))
    return figure


def _field_size(texts: Sequence[Sequence[str]]) -> float:
    """Give the letter size at which numbers have room in the fields of a matrix: long ones stand smaller."""
    longest = max((len(text) for row in texts for text in row), default=0)
    return row_size([row[0] for row in texts]) * min(1, FIELD_FITS / max(longest, 1))
