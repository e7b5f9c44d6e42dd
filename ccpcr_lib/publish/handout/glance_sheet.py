"""A quarter at a glance → the first sheet of the hand-out: its message, its rows as numbers, their trend as sparklines.

The sparklines are drawn from columns of numbers at the right of the table, which are not printed.
"""

from collections.abc import Mapping, Sequence
from functools import partial

from xlsxwriter.utility import xl_range_abs
from xlsxwriter.worksheet import Worksheet

from ...analysis.achievement import Achievement
from ...analysis.glance import GlanceRow
from ...analysis.series import Actual
from ...excel.file.address import Place
from ...model import period as calendar
from ...model.finding import Finding
from ...model.wording import month_label, quarter_label
from ...words import in_language, one_line, say
from .. import theme
from ..release import Release, marked
from ..text.glance import NONE, GlanceTable, glance_table, short_label, whom
from ..text.indicators import history_line
from ..text.open_figures import open_lines
from ..text.progress import amount
from ..text.summary import changes_told, summary
from .plain_table import AtLeast, PlainTable, PlainValue
from .sheets import Handout, kind_of, set_print, write_cell, write_lines, write_table, write_top

TABLE = "glance"
TREND_WIDE, POINT_WIDE, FIGURE_WIDE = 17, 9, 9
"""How wide the columns of sparklines, of their numbers, and of other figures are, in letters."""
WIDE = 150
"""How many letters a row of text takes: the table is wide."""
HEADROOM = 1.2
"""How much higher a cell is than the highest column of its sparkline."""
TITLE_HIGH = 30
"""How high the row of the title is, in points."""
MARGIN = 0.4
"""How far the print stays off the edges of the paper, in inches."""
FIGURES = ("now", "before", "year_before", "counted_of", "whole_of", "percent_of", "to_date", "due", "plan")
"""The columns of figures, which are narrow."""
WORDS = ("whom", "state")
"""The columns of words."""

Value = tuple[PlainValue, Sequence[Finding]]
"""What stands in a cell, and what disputes it."""


def add_glance(handout: Handout, corrected: Sequence[str] = ()) -> dict[str, str]:
    """Add the sheet, and give its name and title; nothing where the lists name nothing that is shown of a quarter."""
    release, title = handout.release, say("glance_title")
    if not release.glance.rows:
        return {}
    worksheet, table = handout.workbook.add_worksheet(title), glance_table(release)
    columns, plain = _columns(table), _plain(release, table)
    heading = marked(_heading(release), plain.disputes)
    row = _write_message(handout, worksheet, heading, corrected) + 1
    below = write_table(handout, worksheet, plain, row, name=TABLE)
    notes = [line for note in table.notes for line in note.split("\n")]
    end = write_lines(handout, worksheet, below + 1, notes, ("note", WIDE))
    for place, column in enumerate(columns, 2):
        if column in FIGURES:
            worksheet.set_column(place, place, FIGURE_WIDE)
        elif column in WORDS:
            _place_marks(handout, worksheet, plain, (row + 1, place))
    if "trend" in columns:
        _write_trend(handout, worksheet, (row, 2 + columns.index("trend")), len(plain.heads))
    worksheet.set_margins(MARGIN, MARGIN, MARGIN, MARGIN)
    worksheet.print_area(0, 0, end, len(plain.heads) - 1)
    set_print(worksheet, pages=1)
    return {title: heading}


def _place_marks(handout: Handout, worksheet: Worksheet, plain: PlainTable, corner: tuple[int, int]) -> None:
    """Put what stands for words where words stand, and not where figures do."""
    top, column = corner
    for line, values in enumerate(plain.rows, top):
        if values[column] == NONE:
            write_cell(worksheet, (line, column), NONE, handout.formats["words"])


def _heading(release: Release) -> str:
    return release.say("glance_short_title", quarter=partial(quarter_label, release.period))


def _write_message(handout: Handout, worksheet: Worksheet, heading: str, corrected: Sequence[str]) -> int:
    """Write the title, the sentence for the quarter, what changed, what is open and where it comes from."""
    release = handout.release
    row = write_top(handout, worksheet, heading, []) - 1
    worksheet.set_row(0, TITLE_HIGH)
    row = write_lines(handout, worksheet, row, summary(release).split("\n"), ("lead", WIDE)) + 1
    row = write_lines(handout, worksheet, row, [release.say("glance_changes")], ("strong", WIDE))
    changes = (line for change in changes_told(release) for line in change.split("\n"))
    row = write_lines(handout, worksheet, row, [f"• {line}" for line in changes], ("lead", WIDE)) + 1
    lines = [*open_lines(release, corrected), history_line(release)]
    return write_lines(handout, worksheet, row, [*lines, *_blank(release)], ("note", WIDE))


def _blank(release: Release) -> list[str]:
    """Explain blank cells, if there are any."""
    is_blank = any(point.figure is None for row in release.glance.rows for point in row.trend)
    return [release.say("handout_blank")] if is_blank else []


def _columns(table: GlanceTable) -> list[str]:
    """List the columns behind stage and name: the rate in its parts, the trend last."""
    parts = {"rate": ["counted_of", "whole_of", "whom", "percent_of"], "trend": []}
    columns = [part for column in table.columns for part in parts.get(column, [column])]
    return [*columns, *(column for column in table.columns if column == "trend")]


def _plain(release: Release, table: GlanceTable) -> PlainTable:
    """Lay the rows out with numbers as numbers, and what disputes each of them."""
    heads = dict(zip(table.columns, table.heads, strict=True))
    columns, rows, disputes = _columns(table), list[list[PlainValue]](), dict[Place, tuple[Finding, ...]]()
    for place, row in enumerate(release.glance.rows):
        values = [_value(release, row, column) for column in columns]
        disputes |= {(place, at): tuple(found) for at, (_, found) in enumerate(values, 2) if found}
        rows.append([one_line(table.stages[place]), one_line(table.names[place]), *(value for value, _ in values)])
    named = [one_line(heads[column]) if column in heads else release.say(f"glance_{column}") for column in columns]
    first = [release.say("glance_stage"), release.say("glance_indicator")]
    return PlainTable([*first, *named], rows, disputes=disputes, stubs=2)


def _value(release: Release, row: GlanceRow, column: str) -> Value:
    """Give what stands in a cell of a row, and what disputes it."""
    if column in ("now", "before", "year_before"):
        point: Actual = getattr(row, column)
        return _figure(point), point.disputes if point.total.is_known else ()
    if column == "trend":
        return None, ()
    if column in ("counted_of", "whole_of", "whom", "percent_of"):
        return _part_of_rate(release, row, column)
    if column == "to_date":
        return _to_date(row.achievement)
    return _planned(release, row.achievement, column)


def _figure(point: Actual) -> PlainValue:
    """Give a figure as a number, at least so many as such; what is not known is a mark."""
    if point.total.exact is not None or not point.total.is_known:
        return theme.number(None) if point.total.exact is None else point.total.exact
    return AtLeast(point.total.least, sign=True)


def _part_of_rate(release: Release, row: GlanceRow, column: str) -> Value:
    rate = row.rate
    if rate is None:
        return NONE, ()
    if column == "whom":
        return in_language(release.language, partial(whom, rate)), ()
    if column == "percent_of":
        if rate.percent is None or not rate.is_known:
            return NONE, ()
        share = rate.percent / 100
        return share if rate.is_exact else AtLeast(share, sign=True), rate.disputes
    point = rate.part if column == "counted_of" else rate.whole
    return _figure(point), point.disputes if point.total.is_known else ()


def _to_date(achieved: Achievement) -> Value:
    """Give the year to date; what is not known in full is at least so many."""
    if achieved.to_date is not None:
        return _amount(achieved, achieved.to_date), achieved.disputes
    if not achieved.at_least:
        return theme.number(None), ()
    return AtLeast(achieved.at_least, sign=True), achieved.disputes


def _planned(release: Release, achieved: Achievement, column: str) -> Value:
    if achieved.target is None:
        return NONE, ()
    if column == "state":
        return release.say(f"state_{achieved.state}"), ()
    planned = achieved.planned.due if column == "due" else achieved.planned.target
    return (NONE, ()) if planned is None else (_amount(achieved, planned), achieved.plan_disputes)


def _amount(achieved: Achievement, value: float) -> PlainValue:
    """Give a whole number as such; what is due may be 22.5, a text like what stands for a figure elsewhere."""
    return int(value) if value == int(value) and not achieved.indicator.ratio else amount(achieved, value)


def _write_trend(handout: Handout, worksheet: Worksheet, corner: tuple[int, int], left: int) -> None:
    """Write the numbers of the trend from column `left` on, and the sparklines below a corner."""
    top, column = corner
    rows = handout.release.glance.rows
    periods = sorted({point.period for row in rows for point in row.trend})
    for place, period in enumerate(periods, left):
        named = in_language(handout.release.language, partial(_period_label, period))
        worksheet.write_string(top, place, named, handout.formats["head"])
    worksheet.set_column(column, column, TREND_WIDE)
    worksheet.set_column(left, left + len(periods) - 1, POINT_WIDE)
    for line, row in enumerate(rows, top + 1):
        points = {point.period: point for point in row.trend}
        for place, period in enumerate(periods, left):
            _write_point(handout, worksheet, (line, place), points.get(period))
        if row.trend:
            cells = xl_range_abs(line, left, line, left + len(periods) - 1)
            highest = max(point.figure or 0 for point in row.trend)
            worksheet.add_sparkline(line, column, {"range": cells, "max": max(highest, 1) * HEADROOM, **LOOK})


LOOK: Mapping[str, object] = {
    "type": "column",
    "min": 0,
    "series_color": theme.MIDDLE,
    "last_point": True,
    "last_color": theme.DARK,
}
"""How sparklines look: columns from zero on, the quarter itself dark."""


def _write_point(handout: Handout, worksheet: Worksheet, place: Place, point: Actual | None) -> None:
    """Write a number of the trend; nothing where it is not known in full."""
    value = None if point is None or point.figure is None else _figure(point)
    kind = marked(kind_of(value, is_stub=False), value is not None and point is not None and point.disputes)
    write_cell(worksheet, place, value, handout.formats[kind])


def _period_label(period: str, language: str) -> str:
    if not calendar.is_quarter(period):
        return month_label(period, language)
    return short_label(period, language)
