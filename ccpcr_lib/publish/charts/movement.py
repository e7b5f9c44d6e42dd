"""How clients moved through the shelter: from one month's count to the next by who left and who came."""

from dataclasses import replace
from itertools import pairwise

import matplotlib
import pandas as pd
from matplotlib.axes import Axes

from ...analysis.breakdown import Codes
from ...analysis.tables import Table
from ...model import period as calendar
from ...model.records import identity
from ...model.wording import month_label
from ...words import say
from .. import theme
from ..release import Release, marked
from .canvas import Drawing, Keywords, open_page
from .captions import captions_of
from .plot import Lane, Mark, Plot, numbers, row_name

CHANGES = ("reintegrated", "referred_on", "newly_referred")


def movement_plot(release: Release, table: Table) -> Plot:
    """Lay out how clients moved: counted in a month, less those reintegrated and referred on, plus the newly referred.

    The sheet counts everyone served in a month, so who leaves in April is missing from May. Changes are pale.
    """
    months = calendar.months(table.quarter)
    out = release.table("partner_referrals") if "partner_referrals" in release.tables else None
    steps: dict[Codes, Mark] = {(months[0],): _counted(table, "in_shelter", months[0])}
    for before, after in pairwise(months):
        left = _less(_counted(table, "reintegrated", before)), _less(_total(out, before))
        changes = zip(CHANGES, (*left, _total(table, after)), strict=True)
        steps |= {(name, after): mark for name, mark in changes} | {(after,): _counted(table, "in_shelter", after)}
    rows = tuple(Lane(codes[:1], is_pale=len(codes) > 1) for codes in steps)
    captions = replace(captions_of(release, table, "movement"), name=lambda _, code, language: _name(code, language))
    return Plot("movement", "bars", captions, ("step",), rows, (Lane(()),), tuple((mark,) for mark in steps.values()))


def _name(step: str, language: str) -> str:
    return say(step, language) if step in CHANGES else month_label(step, language)


def _counted(table: Table, measure: str, month: str) -> Mark:
    """Take the first count of a measure in a month; not known where there is none."""
    for count in table.base:
        if count.measure == measure and count.key["period"] == month:
            return Mark(count.value, disputes=table.disputes.of(identity(count), (count.source,)))
    return Mark()


def _total(table: Table | None, month: str) -> Mark:
    """Take the total of a month; not known where there is no such table."""
    if table is None:
        return Mark()
    return Mark(table.total(period=month).exact, disputes=table.disputed(period=month))


def _less(mark: Mark) -> Mark:
    return replace(mark, number=None if mark.number is None else -mark.number)


def _frame(plot: Plot) -> pd.DataFrame:
    """Lay the numbers out: the clients of each step, and whether it is a level or a step from one to the next."""
    frame = numbers(plot, [row_name(plot, row, between="\n") for row in plot.rows], ["clients"])
    return frame.assign(kind=["step" if row.is_pale else "level" for row in plot.rows]).rename_axis("label")


def movement(release: Release, table: Table) -> Drawing:
    """Draw the movement as steps from one month's count to the next; a gap between them would show as one."""
    plot = movement_plot(release, table)
    figure, ((axis,),) = open_page(plot.heading)
    with matplotlib.rc_context(theme.rc()):
        _draw(axis, plot)
        axis.set_xticks(range(len(plot.rows)), [row_name(plot, row, between="\n") for row in plot.rows])
        axis.tick_params(axis="x", labelcolor=theme.INK, labelsize=theme.SMALL_SIZE)
        axis.set_yticks([])
        axis.margins(y=0.12)
    return Drawing(plot.heading.title, figure, _frame(plot))


def _draw(axis: Axes, plot: Plot) -> None:
    """Draw the steps; a month whose count is not known stands as high as the steps before lead, hatched."""
    end = 0.0
    for place, (row, (mark,)) in enumerate(zip(plot.rows, plot.marks, strict=True)):
        change = mark.number or 0
        if not row.is_pale and mark.number is None:
            axis.bar(place, end, width=1, color="none", edgecolor=theme.RULE, hatch=theme.HATCH, linewidth=0)
            _write(axis, (place, end), mark, is_change=False)
            continue
        start = end if row.is_pale else 0.0
        end = start + change
        tone, hatch = _look(change, is_change=row.is_pale)
        look: Keywords = {"color": tone, "hatch": hatch, "edgecolor": theme.DARK, "linewidth": 0.6, "width": 0.66}
        axis.bar(place, change, bottom=start, **look)
        _write(axis, (place, max(start, end)), mark, is_change=row.is_pale)


def _look(change: float, *, is_change: bool) -> tuple[str, str]:
    """Give the tone and the hatch of a step: a month's count is dark, who came is paler, who left is hatched."""
    if not is_change:
        return theme.DARK, ""
    return (theme.MIDDLE, "") if change > 0 else (theme.LIGHT, theme.HATCH)


def _write(axis: Axes, top: tuple[float, float], mark: Mark, *, is_change: bool) -> None:
    """Write the number over a step: a change with its sign, a month's count bold."""
    number = None if mark.number is None else int(mark.number)
    text = f"{number:+d}" if is_change and number else theme.number(number)
    look: Keywords = {"size": theme.LABEL_SIZE, "weight": "normal" if is_change else "bold"}
    axis.annotate(marked(text, mark.disputes), top, (0, 4), textcoords="offset points", ha="center", **look)
