"""Achievements → the indicator table that donors know: baseline, target, actual by quarter, year to date, state.

One row an indicator. What was not reported is a mark of its own, never a zero; every percent shows its formula; what a
reader must know of a row is a lettered note under the table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from html import escape

import pandas as pd

from ...analysis.achievement import Achievement
from ...analysis.series import Actual
from ...analysis.tables import MARKS
from ...model import period as calendar
from ...model.codelist import codelist
from ...words import in_language
from .. import theme
from ..release import Release
from .progress import amount, formula, missing_quarters, name_period, own_formula

NONE = "–"
"""Stands where nothing is set."""

CLASSES = {"unit": "words", "state": "words", "percent": "percent", "to_date": "percent"}
"""How the cells of some columns are styled; the others hold figures alone."""


@dataclass(frozen=True)
class IndicatorTable:
    """The table as text, ready to be laid out: `columns` are codes, `heads` their headings, `notes` in their order."""

    title: str
    subtitle: str
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    source: str


def indicator_table(release: Release) -> IndicatorTable:
    """Lay every indicator out as a row of text, in the release's language."""
    columns = _columns(release)
    remarks = [_remarks(release, achievement) for achievement in release.achievements]
    notes = tuple(dict.fromkeys(remark for row in remarks for remark in row))
    marks = {note: MARKS[place % 26] * (place // 26 + 1) for place, note in enumerate(notes)}
    rows = tuple(
        (*(_cell(release, achievement, column) for column in columns[:-1]), ", ".join(marks[remark] for remark in row))
        for achievement, row in zip(release.achievements, remarks, strict=True)
    )
    return IndicatorTable(
        f"{release.say('indicators_title')}, {release.period[:4]}",
        release.stamp(release.name_quarter()),
        columns,
        tuple(_head(release, column) for column in columns),
        tuple(achievement.indicator.name(release.language) for achievement in release.achievements),
        rows,
        (*(f"{marks[note]}  {note}" for note in notes), release.say("states_note")),
        history_line(release),
    )


def indicator_frame(release: Release) -> pd.DataFrame:
    """Lay the indicators out as a plain frame of text, named by the index."""
    table = indicator_table(release)
    index = pd.Index(table.names, name=release.say("indicator"))
    return pd.DataFrame(list(table.rows), index=index, columns=list(table.heads), dtype="str")


def indicator_html(release: Release) -> str:
    """Lay the indicators out as one HTML element, the same for the same figures."""
    table = indicator_table(release)
    head = "".join(f'<th scope="col">{_lines(text)}</th>' for text in (release.say("indicator"), *table.heads))
    body = "".join(
        f'<tr><th scope="row">{_lines(name)}</th>{"".join(_html_cells(table, row))}</tr>'
        for name, row in zip(table.names, table.rows, strict=True)
    )
    notes = "<br>".join(_lines(note) for note in (*table.notes, table.source))
    return (
        f'<figure class="ccpcr-table ccpcr-indicators" id="indicators"><table><caption><strong>{escape(table.title)}'
        f"</strong><br>{escape(table.subtitle)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"<figcaption>{notes}</figcaption></figure>"
    )


def _html_cells(table: IndicatorTable, row: tuple[str, ...]) -> Iterable[str]:
    for column, text in zip(table.columns, row, strict=True):
        style = f' class="{CLASSES[column]}"' if column in CLASSES else ""
        yield f"<td{style}>{_lines(text)}</td>"


def history_line(release: Release) -> str:
    """Name the workbooks that the figures over time come from."""
    periods = release.history.periods
    if len(periods) == 1:
        return release.say("source_file", file=release.report.workbook)
    return release.say("source_many", count=len(periods), first=periods[0], last=periods[-1])


def _lines(text: str) -> str:
    """Put the languages of a bilingual label on lines of their own."""
    return escape(text).replace(" · ", "<br>")


# --- columns and cells -------------------------------------------------------------------------------------


def _columns(release: Release) -> tuple[str, ...]:
    quarters = calendar.quarters_to(release.period)
    return ("unit", "baseline", "target", "due", *quarters, "to_date", "percent", "state", "notes")


def _head(release: Release, column: str) -> str:
    if calendar.is_quarter(column):
        return release.say("quarter_tick", number=column[-1])
    words = {
        "target": "target_year",
        "due": "due_column",
        "to_date": "year_to_date",
        "percent": "percent_of_target",
        "notes": "remark",
    }
    return release.say(words.get(column, column), year=release.period[:4])


def _cell(release: Release, achievement: Achievement, column: str) -> str:
    """Write one cell of an indicator's row."""
    if calendar.is_quarter(column):
        return _actual(release, achievement, next(point for point in achievement.quarters if point.period == column))
    if column == "unit":
        return _unit(release, achievement)
    if column == "baseline":
        return _baseline(release, achievement)
    if column in ("target", "due"):
        figure = getattr(achievement.planned, column)
        return NONE if figure is None else amount(achievement, figure)
    if column == "to_date":
        return _year(release, achievement)
    return formula(achievement) if column == "percent" else release.say(f"state_{achievement.state}")


def _unit(release: Release, achievement: Achievement) -> str:
    if achievement.parts:
        return release.say("percent_unit")
    return codelist("units").label(achievement.indicator.unit, release.language)


def _baseline(release: Release, achievement: Achievement) -> str:
    if achievement.indicator.baseline is None:
        return NONE
    when = achievement.indicator.baseline_period
    named = in_language(release.language, lambda language: when if len(when) == 4 else name_period(when, language))
    return f"{amount(achievement, achievement.indicator.baseline)} ({named})"


def _actual(release: Release, achievement: Achievement, point: Actual) -> str:
    if point.is_partial and not achievement.parts:
        return release.say("at_least_count", count=theme.number(point.known))
    return amount(achievement, point.value)


def _year(release: Release, achievement: Achievement) -> str:
    if achievement.indicator.accumulate == "none" and not achievement.parts:
        return release.say("not_added")
    if achievement.parts and None not in (achievement.parts[0].to_date, achievement.parts[1].to_date):
        return own_formula(achievement)
    if achievement.to_date is None and achievement.at_least:
        return release.say("at_least_count", count=theme.number(achievement.at_least))
    return amount(achievement, achievement.to_date)


# --- notes -------------------------------------------------------------------------------------------------


def _remarks(release: Release, achievement: Achievement) -> list[str]:
    """Write what a reader must know of a row: what is missing, how the year was made, what is stated by whom."""
    remarks = []
    if missing_quarters(achievement, "en"):
        remarks.append(release.say("remark_missing", missing=partial(missing_quarters, achievement)))
    if achievement.indicator.accumulate in ("last", "max"):
        remarks.append(release.say(f"remark_{achievement.indicator.accumulate}"))
    remarks += [text for point in achievement.quarters if (text := _origin(release, point))]
    if achievement.target is not None and achievement.indicator.source:
        remarks.append(release.say("remark_source", source=achievement.indicator.source))
    return remarks


def _origin(release: Release, point: Actual) -> str:
    """Write where a quarter's figure comes from, if it is not the quarter's own workbook."""
    period = partial(name_period, point.period)
    if point.revised_from is not None:
        return release.say("remark_revised", period=period, before=theme.number(point.revised_from))
    is_own = point.reported_in in ("", point.period)
    return "" if is_own else release.say("remark_restated", period=period, later=point.reported_in)
