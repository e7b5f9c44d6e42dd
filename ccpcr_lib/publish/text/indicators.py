"""Achievements → the indicator table that donors know: baseline, target, actual by quarter, year to date, state.

One row an indicator. What was not reported is a mark of its own, never a zero; every percent shows its formula; what a
reader must know of a row is a lettered note under the table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from html import escape

import pandas as pd

from ...analysis.achievement import Achievement
from ...analysis.series import Actual
from ...analysis.tables import MARKS
from ...model import period as calendar
from ...model.codelist import codelist
from ...model.finding import Finding
from ...model.wording import named_year
from ...words import BETWEEN, in_language, one_line
from .. import theme
from ..release import Release, marked
from .progress import amount, formula, missing_quarters, name_period, own_formula, why_bound
from .table import lines_html, marked_total

NONE = "–"
"""Stands where nothing is set."""

CLASSES = {"unit": "words", "state": "words", "percent": "percent", "to_date": "percent"}
"""How the cells of some columns are styled; the others hold figures alone."""

YEARS_REMARKED = frozenset({"remark_stock", "remark_attendance", "remark_derived", "remark_none"})
"""How quarters make a year where a reader would not guess it."""


@dataclass(frozen=True)
class IndicatorTable:
    """The table as text, ready to be laid out: `columns` are codes, `heads` their headings, `notes` in their order.

    Below the subtitle, each language stands on a line of its own.
    """

    title: str
    subtitle: str
    columns: tuple[str, ...]
    heads: tuple[str, ...]
    names: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[str, ...]
    source: str

    @property
    def on_one_line(self) -> "IndicatorTable":
        """The same table, the languages of every text on one line."""
        heads, names, notes = (tuple(map(one_line, texts)) for texts in (self.heads, self.names, self.notes))
        rows = tuple(tuple(map(one_line, row)) for row in self.rows)
        return replace(self, heads=heads, names=names, rows=rows, notes=notes, source=one_line(self.source))


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
    restated = (point.restated for achievement in release.achievements for point in achievement.quarters)
    in_notes = {finding for later in restated if later for finding in later.disputes}
    why = release.why_disputed(disputes_shown(release.achievements) | in_notes)
    return IndicatorTable(
        marked(f"{release.say('indicators_title')}, {year_of(release)}", why),
        release.stamp(release.name_quarter()),
        columns,
        tuple(_head(release, column) for column in columns),
        tuple(_lines(release, achievement.indicator.name) for achievement in release.achievements),
        rows,
        (*(f"{marks[note]}  {note}" for note in notes), *why, _say(release, "states_note")),
        history_line(release, between="\n"),
    )


def disputes_shown(achievements: Iterable[Achievement]) -> set[Finding]:
    """Give the findings that dispute a figure of some indicators: of a quarter, of the year, of the plan."""
    groups = (
        (point.disputes for achievement in achievements for point in achievement.quarters),
        (achievement.disputes for achievement in achievements),
        (achievement.plan_disputes for achievement in achievements if achievement.target is not None),
    )
    return {finding for group in groups for disputes in group for finding in disputes}


def indicator_frame(release: Release) -> pd.DataFrame:
    """Lay the indicators out as a plain frame of text, named by the index."""
    table = indicator_table(release).on_one_line
    index = pd.Index(table.names, name=release.say("indicator"))
    return pd.DataFrame(list(table.rows), index=index, columns=list(table.heads), dtype="str")


def indicator_html(release: Release) -> str:
    """Lay the indicators out as one HTML element, the same for the same figures."""
    table = indicator_table(release)
    heads = (_say(release, "indicator"), *table.heads)
    head = "".join(f'<th scope="col">{lines_html(text)}</th>' for text in heads)
    body = "".join(
        f'<tr><th scope="row">{lines_html(name)}</th>{"".join(_html_cells(table, row))}</tr>'
        for name, row in zip(table.names, table.rows, strict=True)
    )
    notes = "<br>".join(lines_html(note) for note in (*table.notes, table.source))
    return (
        f'<figure class="ccpcr-table ccpcr-indicators" id="indicators"><table><caption><strong>{escape(table.title)}'
        f"</strong><br>{escape(table.subtitle)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        f"<figcaption>{notes}</figcaption></figure>"
    )


def _html_cells(table: IndicatorTable, row: tuple[str, ...]) -> Iterable[str]:
    for column, text in zip(table.columns, row, strict=True):
        style = f' class="{CLASSES[column]}"' if column in CLASSES else ""
        yield f"<td{style}>{lines_html(text)}</td>"


def history_line(release: Release, *, between: str = BETWEEN) -> str:
    """Name the workbooks that the figures over time come from."""
    periods = release.history.periods
    if len(periods) == 1:
        return release.say("source_file", between=between, file=release.workbook)
    return release.say("source_many", between=between, count=len(periods), first=periods[0], last=periods[-1])


def _lines(release: Release, text: Callable[[str], str]) -> str:
    """Give what `text` says in each of the release's languages, one beneath the other."""
    return in_language(release.language, text, between="\n")


def _say(release: Release, name: str, **fields: object) -> str:
    """Give a sentence in each of the release's languages, one beneath the other."""
    return release.say(name, between="\n", **fields)


# --- columns and cells -------------------------------------------------------------------------------------


def year_of(release: Release) -> str:
    """Name what the indicators are of: the year to date, or all of a half-year or year."""
    return release.name_quarter() if release.is_longer else release.period[:4]


def _columns(release: Release) -> tuple[str, ...]:
    quarters = release.quarters if release.is_longer else calendar.quarters_to(release.period)
    return ("unit", "baseline", "target", "due", *quarters, "to_date", "percent", "state", "notes")


def _head(release: Release, column: str) -> str:
    if calendar.is_quarter(column):
        is_of_two_years = release.is_longer and release.quarters[0][:4] != release.quarters[-1][:4]
        name = "quarter_tick_year" if is_of_two_years else "quarter_tick"
        return _say(release, name, number=column[-1], year=column[:4])
    words = {
        "target": "target_year",
        "due": "due_column",
        "to_date": "to_date" if release.is_longer else "year_to_date",
        "percent": "percent_of_target",
        "notes": "remark",
    }
    return _say(release, words.get(column, column), year=year_of(release))


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
        return NONE if figure is None else marked(amount(achievement, figure), achievement.plan_disputes)
    if column == "to_date":
        return _year(release, achievement)
    return formula(achievement) if column == "percent" else _say(release, f"state_{achievement.state}")


def _unit(release: Release, achievement: Achievement) -> str:
    if achievement.parts:
        return _say(release, "percent_unit")
    return codelist("units").label(achievement.indicator.unit, release.language, between="\n")


def _baseline(release: Release, achievement: Achievement) -> str:
    if achievement.indicator.baseline is None:
        return NONE
    when = achievement.indicator.baseline_period
    named = when if len(when) == 4 else _lines(release, partial(name_period, when))
    return f"{amount(achievement, achievement.indicator.baseline)} ({named})"


def _actual(release: Release, achievement: Achievement, point: Actual) -> str:
    if achievement.parts:
        return NONE if point.is_bound else marked(amount(achievement, point.value), point.disputes)
    if point.is_partial:
        return _say(release, "at_least_count", count=marked(theme.number(point.total.least), point.disputes))
    return marked(amount(achievement, point.value), point.disputes)


def _year(release: Release, achievement: Achievement) -> str:
    if achievement.indicator.per_quarter:
        return _say(release, "not_added")
    if achievement.parts and None not in (achievement.parts[0].to_date, achievement.parts[1].to_date):
        return own_formula(achievement)
    if achievement.is_bound or (achievement.to_date is None and achievement.at_least):
        at_least = marked(amount(achievement, achievement.reached.least), achievement.disputes)
        return _say(release, "at_least_count", count=at_least)
    return marked(amount(achievement, achievement.to_date), achievement.disputes)


# --- notes -------------------------------------------------------------------------------------------------


def _remarks(release: Release, achievement: Achievement) -> list[str]:
    """Write what a reader must know of a row: what is missing, how the year was made, what is stated by whom."""
    remarks = []
    if missing_quarters(achievement, "en"):
        remarks.append(_say(release, "remark_missing", missing=partial(missing_quarters, achievement)))
    remark = f"remark_{achievement.indicator.year_made}"
    if remark in YEARS_REMARKED:
        remarks.append(_say(release, f"{remark}_half" if calendar.HALF.fullmatch(release.period) else remark))
    elif achievement.is_bound:
        remarks.append(_lines(release, partial(why_bound, achievement.indicator)))
    remarks += [text for point in achievement.quarters if (text := _origin(release, point))]
    if release.is_longer and achievement.target is None and _is_planned(release, achievement):
        remarks.append(_say(release, "remark_no_target", year=partial(named_year, release.period)))
    if achievement.target is not None and achievement.indicator.source:
        remarks.append(_say(release, "remark_source", source=achievement.indicator.source))
    return remarks


def _is_planned(release: Release, achievement: Achievement) -> bool:
    """Check whether the plan has any target of an indicator in a year that a period lies in."""
    years = {quarter[:4] for quarter in release.quarters}
    code = achievement.indicator.code
    return any(target.indicator == code and target.period[:4] in years for target in release.plan.targets)


def _origin(release: Release, point: Actual) -> str:
    """Write where a quarter's figure comes from, if it is not the quarter's own workbook."""
    period = partial(name_period, point.period)
    if later := point.restated:
        now = partial(marked_total, later.total, later.disputes)
        return _say(release, "remark_revised", period=period, later=later.reported_in, now=now)
    is_own = point.reported_in in ("", point.period)
    return "" if is_own else _say(release, "remark_restated", period=period, later=point.reported_in)
