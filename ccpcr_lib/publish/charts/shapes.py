"""Charts with a shape of their own: the age pyramid, the matrix of who was reached, the movement of clients."""

from collections.abc import Sequence
from itertools import repeat
from typing import Literal, NamedTuple

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis.tables import Table
from ...model import period as calendar
from ...model.chart_forms import own_counts
from ...model.codelist import codelist
from ...model.table import DIMENSIONS, Column, real_key
from .. import theme
from ..release import Release
from ..release import marked as with_mark
from .bars import Bar, bars_of, headed, is_bound_in, lay_bars, month_name, plotted, quarter_name, row_labels
from .canvas import Keywords, Marked, code_label, draw_page, row_size

FIELD_FITS = 6
"""How many letters of the usual size a field of a matrix holds."""


class Half(NamedTuple):
    """Half of a pyramid: its tone, the side its bars end on, and how far from there a number stands, in points."""

    tone: str
    side: Literal["left", "right"]
    offset: tuple[float, float]


WOMEN, MEN = Half(theme.DARK, "right", (-6, 0)), Half(theme.LIGHT, "left", (6, 0))


def by_age_and_sex(release: Release, table: Table) -> pd.DataFrame:
    """Lay age bands out against sexes, the eldest on top."""
    bands = list(reversed(codelist("age_bands").members))
    columns = {}
    for sex in codelist("sexes").members:
        keys = [{"age_band": band, "sex": sex} for band in bands]
        is_bound = any(is_bound_in(table, key) for key in keys)
        heading = headed(release, code_label(release, "sexes", sex), is_bound=is_bound)
        columns[heading] = [plotted(table, key) for key in keys]
    labels = pd.Index([code_label(release, "age_bands", band) for band in bands])
    return pd.DataFrame(columns, index=labels, dtype="Int64")


def pyramid(release: Release, table: Table, marked: Marked, numbers: pd.DataFrame) -> Figure:
    """Draw women to the left and men to the right of the age bands; a further sex of the list to the right of them."""
    figure, axes = draw_page(release, table, marked, len(numbers.columns))
    top = max(float(numbers.max().fillna(0).max()), 1.0) * 1.18
    with matplotlib.rc_context(theme.rc()):
        halves = (WOMEN, *repeat(MEN, len(axes) - 1))
        for place, (axis, heading, half) in enumerate(zip(axes, numbers.columns, halves, strict=True)):
            _half(axis, list(numbers.index), half, bars_of(release, numbers, marked, place))
            axis.set_title(heading, loc=half.side, size=theme.LABEL_SIZE, weight="bold", pad=8)
            axis.set_xlim((top, 0) if half is WOMEN else (0, top))
    return figure


def _half(axis: Axes, labels: Sequence[str], half: Half, bars: Sequence[Bar]) -> None:
    """Draw half of a pyramid, one bar for each age band; the first half turns the axis that both share."""
    lay_bars(axis, bars, {"color": half.tone, "edgecolor": theme.DARK, "height": 0.7})
    axis.set_yticks(range(len(labels)), labels)
    if half is WOMEN:
        axis.invert_yaxis()
    axis.set_xticks([])
    axis.spines["bottom"].set_visible(False)
    look: Keywords = {"textcoords": "offset points", "va": "center", "ha": half.side, "size": theme.LABEL_SIZE}
    for row, bar in enumerate(bars):
        axis.annotate(bar.text, (bar.length, row), half.offset, **look)


def reach(release: Release, table: Table) -> pd.DataFrame:
    """Lay rows out against every column of what the table counts, such as case type and sex."""
    columns = {
        _column_name(release, table, column): [
            plotted(table, real_key({**column.key, **table.spec.row_key(member)}, table.quarter))
            for member in table.members
        ]
        for column in own_counts(table.spec)
    }
    return pd.DataFrame(columns, index=pd.Index(row_labels(release, table)), dtype="Int64")


def _column_name(release: Release, table: Table, column: Column) -> str:
    """Name a column of the matrix by its key, a case type by its code; the whole quarter where it names no period."""
    key = real_key(column.key, table.quarter)
    period = key.pop("period")
    names = [code if name == "case_type" else code_label(release, DIMENSIONS[name], code) for name, code in key.items()]
    if not names or "period" in column.key:
        names = [(quarter_name if calendar.is_quarter(period) else month_name)(release, period), *names]
    return "\n".join(names)


def matrix(release: Release, table: Table, marked: Marked, numbers: pd.DataFrame) -> Figure:
    """Draw a matrix of counts, darker for more; a zero is an empty field, so that gaps show."""
    import seaborn
    from matplotlib.colors import LinearSegmentedColormap

    figure, (axis,) = draw_page(release, table, marked, 1)
    shades = LinearSegmentedColormap.from_list("house", [theme.PAPER, theme.LIGHT, theme.MIDDLE])
    text = numbers.map(lambda value: theme.number(None if pd.isna(value) else int(value)))
    for row, column in np.argwhere(marked.marks.places):
        text.iloc[row, column] = with_mark(text.iloc[row, column], disputes=True)
    with matplotlib.rc_context(theme.rc()):
        seaborn.heatmap(
            numbers.fillna(0).astype(int),
            annot=text,
            fmt="",
            cmap=shades,
            cbar=False,
            linewidths=1,
            linecolor=theme.RULE,
            annot_kws={"color": theme.INK, "size": _field_size(text)},
            ax=axis,
        )
        axis.xaxis.tick_top()
        axis.tick_params(axis="x", rotation=0, labelcolor=theme.INK)
        axis.tick_params(axis="y", rotation=0, labelsize=row_size(numbers.index))
    return figure


def _field_size(text: pd.DataFrame) -> float:
    """Give the letter size at which numbers have room in the fields of a matrix: long ones stand smaller."""
    longest = max((len(number) for number in text.to_numpy().ravel()), default=0)
    return row_size(text.iloc[:, 0]) * min(1, FIELD_FITS / max(longest, 1))


def flows(release: Release, table: Table) -> pd.DataFrame:
    """Lay out how clients moved: counted in a month, less those reintegrated and referred on, plus the newly referred.

    The sheet counts everyone served in a month, so who leaves in April is missing from May. Columns: step, change.
    """
    months = calendar.months(table.quarter)
    stock = {month: _in(table, "in_shelter", month) for month in months}
    out = release.table("partner_referrals") if "partner_referrals" in release.tables else None
    steps = []
    for before, after in zip(months, (*months[1:], None), strict=True):
        steps.append((month_name(release, before), stock[before], "level"))
        if after is not None:
            changes = {
                "reintegrated": _minus(_in(table, "reintegrated", before)),
                "referred_on": _minus(out.total(period=before).exact if out else None),
                "newly_referred": table.total(period=after).exact,
            }
            steps += [(release.say(name, between="\n"), change, "step") for name, change in changes.items()]
    frame = pd.DataFrame(steps, columns=["label", "clients", "kind"]).set_index("label")
    return frame.astype({"clients": "Int64"})


def _in(table: Table, measure: str, month: str) -> int | None:
    """Give the first count of a measure in a month; None where there is none."""
    values = [count.value for count in table.base if count.measure == measure and count.key["period"] == month]
    return values[0] if values else None


def _minus(value: int | None) -> int | None:
    return None if value is None else -value


def movement(release: Release, table: Table, marked: Marked, numbers: pd.DataFrame) -> Figure:
    """Draw the movement as steps from one month's count to the next; a gap between them would show as one."""
    figure, (axis,) = draw_page(release, table, marked, 1)
    end = 0
    with matplotlib.rc_context(theme.rc()):
        for place, (clients, kind) in enumerate(zip(numbers["clients"], numbers["kind"], strict=True)):
            value, is_level = None if pd.isna(clients) else int(clients), kind == "level"
            start = 0 if is_level else end
            end = start + (value or 0)
            tone, hatch = _step_look(value or 0, is_level=is_level)
            look: Keywords = {"color": tone, "hatch": hatch, "edgecolor": theme.DARK, "linewidth": 0.6, "width": 0.66}
            axis.bar(place, value or 0, bottom=start, **look)
            _step_label(axis, (place, max(start, end)), marked.marks.text(_step(value, is_level), place), is_level)
        axis.set_xticks(range(len(numbers)), list(numbers.index))
        axis.tick_params(axis="x", labelcolor=theme.INK, labelsize=theme.SMALL_SIZE)
        axis.set_yticks([])
        axis.margins(y=0.12)
    return figure


def _step_look(change: int, *, is_level: bool) -> tuple[str, str]:
    """Give the tone and the hatch of a step: a month's count is dark, who came is paler, who left is hatched."""
    if is_level:
        return theme.DARK, ""
    return (theme.MIDDLE, "") if change > 0 else (theme.LIGHT, "////")


def _step(value: int | None, is_level: bool) -> str:
    """Write the number of a step: a change with its sign."""
    return theme.number(None) if value is None else str(value) if is_level or not value else f"{value:+d}"


def _step_label(axis: Axes, top: tuple[int, int], text: str, is_level: bool) -> None:
    """Write the number over a step: a month's count bold."""
    look: Keywords = {"size": theme.LABEL_SIZE, "weight": "bold" if is_level else "normal"}
    axis.annotate(text, top, (0, 4), textcoords="offset points", ha="center", **look)
