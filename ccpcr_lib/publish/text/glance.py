"""A quarter at a glance → its table as text: about ten rows in the order of a child's way, the rate in words."""

from dataclasses import dataclass
from functools import partial

import pandas as pd

from ...analysis.achievement import Achievement
from ...analysis.glance import GlanceRow
from ...analysis.rates import Rate
from ...analysis.series import Actual
from ...model import period as calendar
from ...model.glance import glance_lines
from ...model.measure import measure
from ...words import BETWEEN, in_language, one_line, say
from .. import theme
from ..release import Release, marked
from .glance_remarks import remarks
from .progress import amount

NONE = "–"
"""Stands where the plan sets nothing, and where a row is a part of nothing."""
NO_BREAK = "\u00a0"
LEAST = "at_least_count"
"""The words of a figure that is at least so many, in a cell: ``≥ 25``."""
COLUMNS = ("now", "before", "year_before", "trend", "rate", "to_date", "due", "plan", "state")


@dataclass(frozen=True)
class GlanceTable:
    """The table as text: a stage and a name for each row, and its cells under `heads`, in the order of `columns`.

    Each language of a text stands on a line of its own. `notes` say why figures are in dispute.
    """

    columns: tuple[str, ...]
    heads: tuple[str, ...]
    stages: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]


def glance_table(release: Release) -> GlanceTable:
    """Lay the quarter out at a glance; what no row has, such as a plan, has no column."""
    rows = release.glance.rows
    columns = tuple(column for column in COLUMNS if _is_needed(release, column))
    cells = tuple(tuple(_cell(release, row, column) for column in columns) for row in rows)
    return GlanceTable(
        columns,
        tuple(_head(release, column) for column in columns),
        tuple(release.say(f"glance_stage.{row.line.stage}", between="\n") for row in rows),
        tuple(in_language(release.language, row.line.name, between="\n") for row in rows),
        cells,
        (*remarks(release, cells), *release.why_disputed({finding for row in rows for finding in row.disputes})),
    )


def glance_frame(release: Release) -> pd.DataFrame:
    """Lay it out as a plain frame of text, named by the index."""
    table = glance_table(release)
    index = pd.Index(map(one_line, table.names), name=release.say("glance_indicator"))
    rows = [list(map(one_line, row)) for row in table.rows]
    return pd.DataFrame(rows, index=index, columns=list(map(one_line, table.heads)), dtype="str")


def _is_needed(release: Release, column: str) -> bool:
    """Check whether a column has anything to say: those of the quarter always, the others where some row has it."""
    rows = release.glance.rows
    if column in ("due", "plan", "state"):
        return any(row.achievement.target is not None for row in rows)
    if column == "to_date":
        return not release.is_longer
    if column in ("before", "year_before"):
        is_said = column == "before" or any(row.before.period != row.year_before.period for row in rows)
        return is_said and any(getattr(row, column).total.is_known for row in rows)
    if column == "trend":
        return any(row.trend for row in rows)
    return True


def _head(release: Release, column: str) -> str:
    if column in ("now", "before", "year_before"):
        period = getattr(release.glance.rows[0], column).period if release.glance.rows else release.period
        return in_language(release.language, partial(short_label, period), between="\n")
    if column == "trend":
        return _trend_head(release)
    return release.say(f"glance_{column}", between="\n", year=calendar.printed(release.glance.year))


def short_label(period: str, language: str) -> str:
    """Name a period as short as it goes.

    >>> short_label("2010-Q2", "en"), short_label("2010-H1", "en"), short_label("2010-Q3..2011-Q2", "en")
    ('Q2 2010', '2010-H1', '2010/11')
    """
    if not calendar.is_quarter(period):
        return calendar.printed(period)
    year, number = calendar.split_quarter(period)
    return say("glance_quarter", language, year=year, number=number)


def _cell(release: Release, row: GlanceRow, column: str) -> str:
    """Write one cell of a row."""
    achievement = row.achievement
    if column in ("now", "before", "year_before"):
        return _figure(release, getattr(row, column))
    if column == "trend":
        return trend_words(row)
    if column == "rate":
        return _rate(release, row)
    if column == "to_date":
        return _to_date(release, row)
    if achievement.target is None:
        return NONE
    if column == "state":
        return release.say(f"state_{achievement.state}", between="\n")
    planned = achievement.planned.due if column == "due" else achievement.planned.target
    return NONE if planned is None else marked(amount(achievement, planned), achievement.plan_disputes)


def _trend_head(release: Release) -> str:
    """Say what the little charts of the rows show: quarters, or months."""
    trend = next(row.trend for row in release.glance.rows if row.trend)
    if not calendar.is_quarter(trend[0].period):
        return release.say("glance_trend_months", between="\n")
    return release.say("glance_trend_quarters", between="\n", count=len(trend))


def trend_words(row: GlanceRow) -> str:
    """Write the figures of a row's little chart, the last one last: ``15, 2, 1``."""
    return ", ".join(theme.number(None if point.figure is None else int(point.figure)) for point in row.trend)


def _rate(release: Release, row: GlanceRow) -> str:
    """Write a row's rate; of what is longer than a quarter, that each quarter alone has one, where it is so."""
    if row.rate:
        return in_language(release.language, partial(rate_words, row.rate), between="\n")
    return release.say("not_added", between="\n") if row.line.whole else NONE


def _figure(release: Release, point: Actual) -> str:
    """Write a quarter's figure: how many, at least how many (≥), or what stands for one not reported."""
    return in_language(release.language, partial(figure_words, point, least=LEAST), between="\n")


def figure_words(point: Actual, language: str, *, least: str = "number_at_least") -> str:
    """Write a figure in one language: how many, at least how many, or what stands for one not reported."""
    if point.total.exact is not None or not point.total.is_known:
        return marked(theme.number(point.total.exact), point.disputes)
    number = marked(theme.number(point.total.least), point.disputes)
    return say(least, language, least=number, count=number)


def _to_date(release: Release, row: GlanceRow) -> str:
    """Write the year to date; what is made anew or not added says so by being at least so many."""
    achieved = row.achievement
    if achieved.to_date is not None:
        return marked(amount(achieved, achieved.to_date), achieved.disputes)
    if not achieved.at_least:
        return theme.number(None)
    least = marked(theme.number(achieved.at_least), achieved.disputes)
    return release.say(LEAST, between="\n", count=least)


def known_quarters(achieved: Achievement, language: str) -> str:
    """Say from how many of the year's quarters so far a figure is: ``1 of 2 quarters``."""
    return say("of_quarters", language, known=achieved.known_quarters, all=len(achieved.quarters))


def rate_words(rate: Rate, language: str) -> str:
    """Write a rate: ``24 † of 64 clients in care (38 %)``; at least so many, and no percent, where that is so.

    What is not known is a mark of its own.
    """
    if not rate.is_known:
        return theme.number(None)
    known = {"part": figure_words(rate.part, language), "whole": figure_words(rate.whole, language)}
    of = say("glance_of", language, between=BETWEEN, **known, name=whom(rate, language))
    if rate.percent is None:
        return of
    percent = marked(theme.percent(rate.percent), rate.disputes).replace(" ", NO_BREAK)
    percent = percent if rate.is_exact else say("number_at_least", language, least=percent)
    written = say("glance_percent", language, of=of, percent=percent)
    every = len(calendar.quarters_in(rate.part.period))
    if rate.quarters == every:
        return written
    return say("glance_rate_from", language, rate=written, quarters=partial(_of_quarters, rate.quarters, every))


def _of_quarters(known: int, every: int, language: str) -> str:
    return say("of_quarters", language, known=known, all=every)


def whom(rate: Rate, language: str) -> str:
    """Name whose part a rate is, and since when they are counted where that is to date."""
    name = whole_label(rate.line.whole, language)
    return say("glance_since", language, name=name, year=rate.since[:4]) if rate.since else name


def whole_label(code: str, language: str) -> str:
    """Name whose part a rate is, as short as it goes: ``in care``."""
    lines = {line.measure: line for line in glance_lines()}
    return in_a_sentence(lines[code].name(language) if code in lines else measure(code).label(language))


def in_a_sentence(name: str) -> str:
    """Begin a name with a small letter, as within a sentence.

    >>> in_a_sentence("Clients in care")
    'clients in care'
    """
    return name[:1].lower() + name[1:]


def disputed_cells(release: Release) -> int:
    """Count the cells that findings above a note name as the odd ones."""
    above = (finding for finding in release.problems if finding.severity != "note" and finding.where)
    return len({finding.where[0] for finding in above})


def blanks(release: Release) -> int:
    """Count the figures that were left blank in the workbooks there are."""
    return sum(len(release.table(name).left_blank) for name in release.tables)
