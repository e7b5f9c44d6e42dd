"""Months or quarters from left to right: a plot turned so that its periods are its rows, drawn as columns or lines."""

from collections.abc import Sequence
from itertools import chain

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis.breakdown import PERIODS
from .. import theme
from .bars import dress, longest_in
from .canvas import Keywords, open_page, seen_length, wrap
from .looks import look_of
from .plot import Lane, Mark, Plot, full_name, row_name

PANELS_A_ROW, ROW_GAP, ROOM, MORE_ROOM = 4, 0.04, 1.35, 1.6
BAR, ABOVE, ABOVE_POINT = 0.7, 4, 7
"""How wide a bar is of its place, and how far above a bar and a point its number stands, in points."""
LETTERS, SMALL_LETTERS, KHMER = 96, 112, 0.8
"""How many letters stand across a page, and how many small ones; of Khmer, so many of one."""
NOTHING = Mark(is_there=False)


def over_periods(plot: Plot) -> Plot:
    """Turn a plot so that its rows are periods, and its columns what its rows and the rest of its columns were.

    One whose rows are periods stays as it is. Totals are left out.
    """
    parts = plot.parts
    place = next((place for place, name in enumerate(plot.by[1:], 1) if name in PERIODS), None)
    if place is None:
        return parts
    marks = {
        (*row.codes, *column.codes): mark
        for row, line in zip(parts.rows, parts.marks, strict=True)
        for column, mark in zip(parts.columns, line, strict=True)
    }
    periods = dict.fromkeys(codes[place] for codes in marks)
    others = dict.fromkeys((*codes[:place], *codes[place + 1 :]) for codes in marks)
    laid = [[marks.get((*codes[:place], period, *codes[place:]), NOTHING) for codes in others] for period in periods]
    by = (plot.by[place], *plot.by[:place], *plot.by[place + 1 :])
    rows, columns = (Lane((period,)) for period in periods), (Lane(codes) for codes in others)
    return Plot(plot.form, plot.kind, plot.captions, by, tuple(rows), tuple(columns), tuple(map(tuple, laid)))


def columns(plot: Plot) -> Figure:
    """Draw one panel for each column, a bar for each period."""
    return _panels(plot, is_line=False)


def lines(plot: Plot) -> Figure:
    """Draw one panel for each column, a line through the periods whose number is known."""
    return _panels(plot, is_line=True)


def _panels(plot: Plot, *, is_line: bool) -> Figure:
    across = min(len(plot.columns), PANELS_A_ROW)
    letters = LETTERS / across
    figure, axes = open_page(plot.heading, across, rows=-(-len(plot.columns) // across), row_gap=ROW_GAP)
    top = longest_in(chain.from_iterable(plot.marks)) * (MORE_ROOM if is_line else ROOM)
    size = theme.LABEL_SIZE if across < PANELS_A_ROW else theme.SMALL_SIZE + 1
    with matplotlib.rc_context(theme.rc()):
        for place, (axis, column) in enumerate(zip(axes.flat, plot.columns, strict=False)):
            (_line if is_line else _bars)(axis, plot, place, top)
            _write(axis, plot, place, above=ABOVE_POINT if is_line else ABOVE)
            _name_periods(axis, plot, SMALL_LETTERS / across, has_lines=len(plot.columns) <= across)
            look: Keywords = {"size": size, "weight": "bold", "color": theme.INK, "pad": ABOVE}
            axis.set_title(_heading(plot, column, int(letters)), loc="left", **look)
            axis.set_ylim(0, top)
        for axis in list(axes.flat)[len(plot.columns) :]:
            axis.set_visible(False)
    return figure


def _heading(plot: Plot, column: Lane, letters: int) -> str:
    """Name a panel in lines of so many letters, fewer of Khmer, whose letters are wide."""
    lines = full_name(plot, column, between="\n").split("\n") if plot.by[1:] else []
    return "\n".join(wrap(line, letters if line.isascii() else int(letters * KHMER)) for line in lines)


def _bars(axis: Axes, plot: Plot, place: int, top: float) -> None:
    """Draw a bar for each period; one that nobody reported is hatched to the top, for it may be anything."""
    marks, look = plot.column(place), look_of(plot, plot.columns[place])
    dress(axis.bar(range(len(marks)), [mark.length for mark in marks], width=BAR), marks, look)
    unknown = [row for row, mark in enumerate(marks) if mark.is_there and mark.number is None and not mark.is_least]
    axis.bar(unknown, top, width=1, color="none", edgecolor=theme.RULE, hatch=theme.HATCH, linewidth=0)


def _line(axis: Axes, plot: Plot, place: int, top: float) -> None:
    """Draw a line through the numbers that are known; a hollow point where there are at least so many."""
    marks, look = plot.column(place), look_of(plot, plot.columns[place])
    dots: Keywords = {"marker": "o", "color": look.line, "markeredgecolor": look.line, "clip_on": False}
    known = [(row, mark.number) for row, mark in enumerate(marks) if mark.number is not None and not mark.is_least]
    if known:
        style = theme.DASH if look.is_dashed else "-"
        axis.plot(*zip(*known, strict=True), linestyle=style, markerfacecolor=look.tone, **dots)
    for row, mark in enumerate(marks):
        if mark.is_least:
            axis.plot(row, mark.length, markerfacecolor=theme.PAPER, **dots)


def _write(axis: Axes, plot: Plot, place: int, *, above: float) -> None:
    """Write what each mark says so many points above it; where there is no room the largest, and what is in dispute."""
    marks, letters = plot.column(place), LETTERS / min(len(plot.columns), PANELS_A_ROW)
    texts = [plot.text(mark) for mark in marks]
    for row in _with_room(marks, texts, letters):
        where: Keywords = {"xytext": (0, above), "textcoords": "offset points", "ha": "center"}
        axis.annotate(texts[row], (row, marks[row].length), size=theme.SMALL_SIZE, **where)


def _with_room(marks: Sequence[Mark], texts: Sequence[str], letters: float) -> list[int]:
    """List the marks whose texts are written in a panel so many letters wide, none of them on another one.

    Where not all have room, the largest is, then whatever is in dispute, from left to right.
    """
    if letters >= sum(len(text) + 1 for text in texts):
        return [row for row, text in enumerate(texts) if text]
    largest = max(range(len(marks)), key=lambda row: marks[row].length)
    written: list[int] = []
    for row in (largest, *(row for row, mark in enumerate(marks) if mark.disputes)):
        needed = [(len(texts[row]) + len(texts[other])) / 2 + 1 for other in written]
        apart = [abs(row - other) * letters / len(marks) for other in written]
        if all(own >= need for own, need in zip(apart, needed, strict=True)):
            written.append(row)
    return written


def _name_periods(axis: Axes, plot: Plot, letters: float, *, has_lines: bool) -> None:
    """Name the periods under a panel so many letters wide: the first and the last, where there is no room for all.

    `has_lines`: there is room below it for names of several lines.
    """
    names, last = [row_name(plot, row, between="\n") for row in plot.rows], len(plot.rows) - 1
    pieces = [piece for name in names for piece in (name.split() if has_lines else name.split("\n"))]
    has_room = letters >= max(map(seen_length, pieces)) * len(names)
    width = int(letters / len(names)) if has_room else int(letters / 2)
    places = range(len(names)) if has_room else (-0.5, last + 0.5)
    labels = [wrap(name, width) for name in (names if has_room else (names[0], names[-1]))]
    axis.set_xticks(list(places), labels, size=theme.SMALL_SIZE if has_room else theme.TINY_SIZE)
    if not has_room:
        first, *_, end = axis.get_xticklabels()
        first.set_horizontalalignment("left")
        end.set_horizontalalignment("right")
    axis.set_xlim(-0.6, last + 0.6)
    axis.set_yticks([])
    axis.tick_params(labelleft=False)
