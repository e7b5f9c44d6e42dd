"""The page every chart is drawn on: title, what is counted and when, the panels, the source line."""

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...model.finding import Finding
from ...words import one_line
from .. import theme
from ..release import DAGGER

WRAP = 32
MOST_TWO_LINE_ROWS = 8
FOOT_WRAP = 125
SUBTITLE_FITS = 105
"""How many letters of the usual size a line under the title holds; a longer one is written smaller."""
ROW_GAP = 0.02
"""How far rows of panels stand apart, in parts of the page."""

Keywords = dict[str, Any]
"""How something looks, as matplotlib's own keyword arguments; it checks them itself."""


@dataclass(frozen=True)
class Chart:
    """A finished chart: its file name without ending, its title, the closed figure, and the numbers it plots."""

    name: str
    title: str
    figure: Figure
    numbers: pd.DataFrame


class Drawing(NamedTuple):
    """What is drawn: its title, with its mark if it has one and a line for each language, the figure, its numbers."""

    title: str
    figure: Figure
    numbers: pd.DataFrame


@dataclass(frozen=True)
class ChartHeading:
    """What stands around a chart: its title, what is counted and when, and the lines at its foot.

    A title in two languages has a line for each.
    """

    title: str
    subtitle: str
    foot: Sequence[str]


def open_page(
    heading: ChartHeading, columns: int = 1, *, rows: int = 1, widths: Sequence[float] = (), row_gap: float = ROW_GAP
) -> tuple[Figure, np.ndarray]:
    """Open a page with panels (an array, rows × columns) on one scale. No pyplot: nothing is left open."""
    with matplotlib.rc_context(theme.rc()):
        figure = Figure(figsize=theme.FIGURE_INCHES, dpi=theme.FILE_DPI, facecolor=theme.PAPER)
        lines = heading.title.split("\n") if "\n" in heading.title else textwrap.wrap(heading.title, 66)[:2]
        top = 0.965 - 0.062 * len(lines)
        figure.text(0.03, 0.965, "\n".join(lines), size=theme.TITLE_SIZE, weight="bold", va="top", linespacing=1.25)
        size = theme.TEXT_SIZE * min(1, SUBTITLE_FITS / max(seen_length(heading.subtitle), 1))
        figure.text(0.03, top - 0.01, heading.subtitle, size=size, color=theme.MUTED, va="top")
        foot = "\n".join(heading.foot)
        figure.text(0.03, 0.02, foot, size=theme.SMALL_SIZE, color=theme.MUTED, linespacing=1.35)
        bottom = 0.04 + 0.032 * len(heading.foot)
        rect = (0.02, bottom, 0.96, top - 0.08 - bottom)
        figure.set_layout_engine("constrained", rect=rect, wspace=0.04, hspace=row_gap)
        ratios = {"width_ratios": list(widths)} if widths else {}
        axes = figure.subplots(rows, columns, sharey=True, squeeze=False, gridspec_kw=ratios)
    return figure, axes


def first_dispute(findings: Sequence[Finding]) -> list[str]:
    """Write the first of the findings that dispute a chart, in two lines at most, and how many more there are."""
    if not findings:
        return []
    more = f" (+{len(findings) - 1})" if len(findings) > 1 else ""
    statement = f"{DAGGER} {findings[0].statement}{more}"
    return textwrap.wrap(statement, FOOT_WRAP, max_lines=2, placeholder=f" …{more}")


def side_labels(names: Sequence[str]) -> list[str]:
    """Label rows for an axis, each language on a line; on one line and cut short where there are too many of them."""
    if len(names) <= MOST_TWO_LINE_ROWS:
        return [wrap(name) for name in names]
    return [textwrap.shorten(one_line(name), 2 * WRAP, placeholder=" …") for name in names]


def row_size(texts: Sequence[str]) -> float:
    """Give the letter size at which texts, one for each row, have room: the usual one, or smaller for many lines."""
    lines = sum(text.count("\n") + 1 for text in texts)
    return min(theme.LABEL_SIZE, theme.ROWS_HEIGHT / max(lines, 1))


def wrap(text: str, width: int = WRAP) -> str:
    """Break each line of a label at spaces. Khmer, written without spaces, is never cut."""
    return "\n".join(line for long in text.split("\n") for line in _wrap_line(long, width))


def _wrap_line(text: str, width: int) -> list[str]:
    unseen = len(text) - seen_length(text)
    return textwrap.wrap(text, width + unseen, break_long_words=False, break_on_hyphens=False) or [""]


def seen_length(text: str) -> int:
    """Count the letters that take width: marks above and below a Khmer letter take none.

    >>> seen_length("June"), seen_length("មិថុនា")
    (4, 3)
    """
    return sum(not unicodedata.category(letter).startswith("M") for letter in text)


def clean_axis(axes: Axes, title: str, *, top: float) -> None:
    """Leave an axis of bars from 0 to `top` with its heading only: the marks carry the numbers."""
    axes.set_title(title, loc="left", size=theme.LABEL_SIZE, weight="bold", color=theme.INK, pad=8)
    axes.set_xlim(0, top)
    axes.set_xticks([])
    axes.spines["bottom"].set_visible(False)
    axes.plot([0, 0], [-0.5, len(axes.get_yticks()) - 0.5], color=theme.RULE, linewidth=1)
    axes.set_xlabel("")
    axes.set_ylabel("")
