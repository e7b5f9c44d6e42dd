"""Bars side by side: one panel for each month, sex, quarter or unit, one bar for each row, the number at its end.

Small panels on one scale need no legend and no colour, stay readable in grey, and keep rows with no cases.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import matplotlib
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from ...analysis.tables import Table
from ...model import period as calendar
from ...model.codelist import codelist
from ...model.table import Key
from ...model.wording import month_label, quarter_label
from ...quality.cube import UNSAID, NoAnswerError
from ...words import in_language
from .. import theme
from ..release import Release
from ..release import marked as with_mark
from .canvas import Keywords, Marked, clean_axis, code_label, draw_page, row_size, stub_labels, wrap
from .marks import Marks, marks_of

NARROW = 14
FEWEST_ROWS = 5
"""A panel is at least this many rows high, so that two bars are not two walls."""


def row_total(table: Table, member: str, **key: str) -> int | None:
    """Give one row's count over what `key` leaves open; where it is only bounded, how many there are at least."""
    return plotted(table, {**table.row_key(member), **key})


def plotted(table: Table, key: Key, *, unit: str = "") -> int | None:
    """Give the number that a mark stands for: the count, or how many at least of clients who may stand in several.

    None where a figure was not reported, or the sheet does not say whom it is about. `unit` is the table's own if none
    is named.
    """
    try:
        total = table.total_of(table.spec.measure, unit or table.spec.unit, key)
    except NoAnswerError:
        return None
    return total.exact if total.blanks or not is_bound_in(table, key, unit=unit) else total.at_least


def is_bound_in(table: Table, key: Key, *, unit: str = "") -> bool:
    """Check whether clients may stand in several of the counts of a table that `key` adds up."""
    spec = table.spec
    return spec.overlap_in(spec.measure, unit or spec.unit, {"period": table.quarter, **key}, table.quarter)


def headed(release: Release, heading: str, *, is_bound: bool) -> str:
    """Write under the heading of figures that are only bounded that there are at least so many."""
    if not is_bound:
        return heading
    return f"{heading}\n{codelist('headings').label('at_least', release.language, between=' · ')}"


def panels(release: Release, table: Table, marked: Marked, numbers: pd.DataFrame, *, shared: bool = True) -> Figure:
    """Draw `numbers` (rows × panels, Int64, NA where not reported) as panels of bars; the last one is the darkest."""
    figure, axes = draw_page(release, table, marked, len(numbers.columns))
    largest = numbers.max().fillna(0)
    with matplotlib.rc_context(theme.rc()):
        for place, (axis, heading) in enumerate(zip(axes, numbers.columns, strict=True)):
            tone = theme.DARK if shared and place == len(axes) - 1 else theme.MIDDLE
            draw_bars(axis, list(numbers.index), tone, bars_of(release, numbers, marked, place))
            clean_axis(axis, heading, top=float(largest.max() if shared else largest[heading]))
    return figure


class Bar(NamedTuple):
    """A bar: its length, the text at its end, and whether its number is known, or only at least so many."""

    length: int
    text: str
    is_known: bool


def bars_of(release: Release, numbers: pd.DataFrame, marked: Marked, column: int) -> list[Bar]:
    """Make the bars of a column of numbers, marked where they are in dispute."""
    values = zip(numbers.iloc[:, column], marked.least[:, column], marked.marks.column(column), strict=True)
    return [_bar(release, None if pd.isna(value) else int(value), int(least), mark) for value, least, mark in values]


def _bar(release: Release, number: int | None, least: int, mark: bool) -> Bar:
    if number is not None or not least:
        return Bar(number or 0, with_mark(theme.number(number), mark), number is not None)
    return Bar(least, with_mark(release.say("at_least_count", count=theme.number(least)), mark), False)


def draw_bars(axis: Axes, labels: Sequence[str], tone: str, bars: Sequence[Bar]) -> None:
    """Draw one panel of horizontal bars, first row on top; hatched where there are at least so many."""
    lay_bars(axis, bars, {"color": tone, "height": 0.62})
    axis.set_yticks(range(len(labels)), labels, size=row_size(labels))
    axis.set_ylim(max(len(labels), FEWEST_ROWS) - 0.5, -0.5)
    size = row_size([bar.text for bar in bars])
    for row, bar in enumerate(bars):
        axis.annotate(bar.text, (bar.length, row), xytext=(5, 0), textcoords="offset points", va="center", size=size)


def lay_bars(axis: Axes, bars: Sequence[Bar], look: Keywords) -> None:
    """Draw bars from the first row on, hatched where a number is not known."""
    drawn = axis.barh(range(len(bars)), [bar.length for bar in bars], **look)
    for patch, bar in zip(drawn, bars, strict=True):
        if not bar.is_known:
            patch.set(hatch="////", edgecolor=theme.PAPER)


def by_month(release: Release, table: Table) -> pd.DataFrame:
    """Lay rows out against the quarter's months and the quarter."""
    columns = {
        month_name(release, month): [row_total(table, member, period=month) for member in table.members]
        for month in calendar.months(table.quarter)
    }
    columns[_whole_quarter(release, table)] = [row_total(table, member) for member in table.members]
    return _numbers(release, table, columns)


def month_name(release: Release, month: str) -> str:
    """Name a month, each language on a line of its own."""
    return in_language(release.language, partial(month_label, month), between="\n")


def _whole_quarter(release: Release, table: Table) -> str:
    """Name the quarter over its rows' totals, which may be only at least so many."""
    totals = [table.total(**table.row_key(member)) for member in table.members]
    is_bound = is_bound_in(table, table.row_key(table.members[0])) and any(total.exact is None for total in totals)
    return headed(release, quarter_name(release, table.quarter), is_bound=is_bound)


def types_by_sex(release: Release, table: Table) -> pd.DataFrame:
    """Lay the case types that the table counts out against sexes."""
    there = {count.key.get("case_type") for count in table.base}
    types = [code for code in codelist("case_types").members if code in there]
    labels = stub_labels(release, table, types, "case_types")
    return _by_sex(release, table, {label: {"case_type": code} for label, code in zip(labels, types, strict=True)})


def members_by_sex(release: Release, table: Table) -> pd.DataFrame:
    """Lay rows out against sexes."""
    keys = (table.row_key(member) for member in table.members)
    return _by_sex(release, table, dict(zip(row_labels(release, table), keys, strict=True)))


def _by_sex(release: Release, table: Table, keys: Mapping[str, Key]) -> pd.DataFrame:
    """Lay what `keys` stand for out against sexes, those whose sex the sheet does not say, and all."""
    unsaid = [_unsaid(table, key) for key in keys.values()]
    is_bound = any(is_bound_in(table, key) for key in keys.values())
    columns = {}
    for sex in codelist("sexes").members:
        said = [
            None if other != 0 else plotted(table, {**key, "sex": sex})
            for key, other in zip(keys.values(), unsaid, strict=True)
        ]
        columns[headed(release, code_label(release, "sexes", sex), is_bound=is_bound)] = said
    if any(unsaid):
        columns[headed(release, release.say("sex_unknown", between="\n"), is_bound=is_bound)] = unsaid
    total = codelist("headings").label("total", release.language, between="\n")
    columns[headed(release, total, is_bound=is_bound)] = [plotted(table, key) for key in keys.values()]
    return pd.DataFrame(columns, index=pd.Index(list(keys)), dtype="Int64")


def _unsaid(table: Table, key: Key) -> int | None:
    """Give the count of those whose sex the sheet does not say: none where it always does."""
    try:
        unsaid = table.recorded(**key, sex=UNSAID)
    except NoAnswerError:
        return 0
    return unsaid.exact if unsaid.blanks or not is_bound_in(table, key) else unsaid.at_least


def by_quarter(release: Release, table: Table) -> pd.DataFrame:
    """Lay rows out against the quarter before and this one."""
    before = calendar.previous(table.quarter)
    columns = {
        quarter_name(release, before): [row_total(table, member, period=before) for member in table.members],
        _whole_quarter(release, table): [row_total(table, member) for member in table.members],
    }
    return _numbers(release, table, columns)


def by_unit(release: Release, table: Table) -> pd.DataFrame:
    """Lay rows out against the units that its own measure is counted in: clients, times."""
    columns, keys = {}, [table.row_key(member) for member in table.members]
    own = [column.unit for column in table.spec.counts if column.measure == table.spec.measure]
    for unit in dict.fromkeys(own):
        is_bound = is_bound_in(table, keys[0], unit=unit)
        heading = headed(release, release.say(f"unit_{unit}", between="\n"), is_bound=is_bound)
        columns[heading] = [plotted(table, key, unit=unit) for key in keys]
    return _numbers(release, table, columns)


def only_total(release: Release, table: Table) -> pd.DataFrame:
    """Lay rows out with their total alone."""
    totals = [row_total(table, member) for member in table.members]
    return _numbers(release, table, {_whole_quarter(release, table): totals})


def against_plan_marks(release: Release, table: Table) -> Marks:
    """Lay out the marks of the rows; the quarter's total and the plan may be in dispute too."""
    rows = marks_of(release, table.spec.name, only_total)
    if table.planned is None or table.total().exact is None:
        return rows
    shown = release.in_order(rows.findings, table.disputed(), table.plan_disputes)
    return Marks(shown, rows.places)


def against_plan(release: Release, table: Table, marked: Marked, numbers: pd.DataFrame) -> Figure:
    """Draw the year's plan as a track with what has been counted so far on it, and the rows beside it."""
    total, planned = table.total().exact, table.planned
    if planned is None or total is None:
        return panels(release, table, marked, numbers)
    figure, (track, axis) = draw_page(release, table, marked, 2, widths=(1, 2.2))
    with matplotlib.rc_context(theme.rc()):
        draw_bars(axis, list(numbers.index), theme.DARK, bars_of(release, numbers, marked, 0))
        clean_axis(axis, numbers.columns[0], top=float(numbers.max().max() or 0))
        axis.tick_params(labelleft=True)
        _draw_track(release, track, table, (total, planned))
    return figure


def _draw_track(release: Release, axis: Axes, table: Table, counted: tuple[int, int]) -> None:
    """Draw a track as high as the rows: the year's plan, and on it what has been counted, both as numbers."""
    (total, planned), year, rows = counted, release.period[:4], len(table.members)
    axis.sharey(axis)
    heading = release.say("planned_year", year=year, between="\n")
    axis.set_title(heading, loc="left", size=theme.LABEL_SIZE, weight="bold", pad=8)
    full = rows - 0.4
    height = full * min(total / planned, 1)
    bottom = rows - 0.7
    axis.bar(0, -full, bottom=bottom, width=0.5, color=theme.LIGHT, edgecolor=theme.MIDDLE, hatch="..", linewidth=1)
    axis.bar(0, -height, bottom=bottom, width=0.5, color=theme.DARK)
    figures = {
        "count": with_mark(theme.number(total), table.disputed()),
        "plan": with_mark(theme.number(planned), table.plan_disputes),
    }
    words = release.say("of_planned", between="\n", year=year, **figures)
    side = "top" if height > full / 2 else "bottom"
    axis.annotate(wrap(words, NARROW), (0.35, bottom - height), va=side, size=theme.LABEL_SIZE)
    axis.set_xlim(-0.35, 2)
    axis.set_xticks([])
    axis.tick_params(labelleft=False)
    axis.spines["bottom"].set_visible(False)


def quarter_name(release: Release, quarter: str) -> str:
    """Name a quarter, each language on a line of its own."""
    return in_language(release.language, partial(quarter_label, quarter), between="\n")


def row_labels(release: Release, table: Table) -> list[str]:
    """Label the rows of a table for an axis."""
    codes = "period" if table.spec.rows == "month" else table.spec.codelist
    return stub_labels(release, table, table.members, codes)


def _numbers(release: Release, table: Table, columns: Mapping[str, Sequence[int | None]]) -> pd.DataFrame:
    """Lay columns of counts out against the labels of the table's rows."""
    return pd.DataFrame(columns, index=pd.Index(row_labels(release, table)), dtype="Int64")
