"""Achievements → the indicator table that donors know: baseline, target, actual by quarter, year to date, state.

One row an indicator. What was not reported is a mark of its own, never a zero, and every percent shows its formula.
"""

from html import escape

import pandas as pd

from ..analysis.plan import Achievement
from ..analysis.series import Actual
from ..model import period as calendar
from ..model.wording import in_language, quarter_label
from . import theme
from .progress import amount, formula, missing_quarters, name_period
from .release import Release


def indicator_frame(release: Release) -> pd.DataFrame:
    """Lay the indicators out as text: one row each, named by the index; one column a quarter of the year so far."""
    heads = _heads(release)
    rows = [dict(zip(heads, _row(release, one), strict=True)) for one in release.achievements]
    names = [one.indicator.name(release.language) for one in release.achievements]
    return pd.DataFrame(rows, index=pd.Index(names, name=release.say("indicator")), columns=heads, dtype="str")


def indicator_html(release: Release) -> str:
    """Lay the indicators out as one HTML element, the same for the same figures."""
    frame = indicator_frame(release)
    head = "".join(f'<th scope="col">{_lines(text)}</th>' for text in (frame.index.name, *frame.columns))
    body = "".join(
        f'<tr><th scope="row">{_lines(name)}</th>{"".join(f"<td>{_lines(text)}</td>" for text in row)}</tr>'
        for name, row in zip(frame.index, frame.to_numpy(), strict=True)
    )
    title = f"{release.say('indicators_title')}, {release.period[:4]}"
    return (
        f'<figure class="ccpcr-table ccpcr-indicators" id="indicators"><table><caption><strong>{escape(title)}'
        f"</strong><br>{escape(release.stamp(release.name_quarter()))}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        f"</table><figcaption>{_lines(release.say('states_note'))}<br>{escape(history_line(release))}</figcaption>"
        "</figure>"
    )


def history_line(release: Release) -> str:
    """Say which workbooks the figures over time come from."""
    periods = release.history.periods
    if len(periods) == 1:
        return release.say("source_file", file=release.report.workbook)
    return release.say("source_many", count=len(periods), first=periods[0], last=periods[-1])


def _lines(text: str) -> str:
    """Put the languages of a bilingual label on lines of their own."""
    return escape(text).replace(" · ", "<br>")


def _heads(release: Release) -> list[str]:
    year = release.period[:4]
    quarters = [
        in_language(release.language, lambda one, quarter=quarter: quarter_label(quarter, one))
        for quarter in calendar.quarters_to(release.period)
    ]
    words = [release.say("baseline"), release.say("target_year", year=year)]
    rest = [release.say(code) for code in ("year_to_date", "percent_of_target", "state", "remark")]
    return [release.say("unit"), *words, *quarters, *rest]


def _row(release: Release, one: Achievement) -> list[str]:
    unit = "percent" if one.parts else one.indicator.unit
    return [
        release.say(f"unit_{unit}"),
        _baseline(release, one),
        amount(one, one.target) if one.target is not None else "–",
        *(_actual(release, one, point) for point in one.quarters),
        _year(release, one),
        formula(one),
        release.say(f"state_{one.state}"),
        remark(release, one),
    ]


def _baseline(release: Release, one: Achievement) -> str:
    if one.indicator.baseline is None:
        return "–"
    when = one.indicator.baseline_period
    named = in_language(release.language, lambda language: when if len(when) == 4 else name_period(when, language))
    return f"{amount(one, one.indicator.baseline)} ({named})"


def _actual(release: Release, one: Achievement, point: Actual) -> str:
    if point.is_partial and not one.parts:
        return release.say("at_least_count", count=theme.number(point.known))
    return amount(one, point.value)


def _year(release: Release, one: Achievement) -> str:
    if one.indicator.accumulate == "none" and not one.parts:
        return release.say("not_added")
    if one.to_date is None and one.at_least:
        return release.say("at_least_count", count=theme.number(one.at_least))
    return amount(one, one.to_date)


def remark(release: Release, one: Achievement) -> str:
    """Say what a reader must know of a row: what is missing, what is due, how the year was made, what was revised."""
    return in_language(release.language, lambda language: "; ".join(_remarks(release, one, language)))


def _remarks(release: Release, one: Achievement, language: str) -> list[str]:
    own = Release(release.report, language)
    said = []
    if missing := missing_quarters(one, language):
        said.append(own.say("remark_missing", missing=missing))
    if one.due is not None and one.indicator.accumulate == "sum":
        said.append(own.say("remark_due", due=amount(one, one.due)))
    if one.indicator.accumulate in ("last", "max"):
        said.append(own.say(f"remark_{one.indicator.accumulate}"))
    said += [text for point in one.quarters if (text := _origin(own, point))]
    if one.target is not None and one.indicator.source:
        said.append(own.say("remark_source", source=one.indicator.source))
    return said


def _origin(own: Release, point: Actual) -> str:
    """Say where a quarter's figure comes from, if it is not the quarter's own workbook."""
    named = name_period(point.period, own.language)
    if point.revised_from is not None:
        return own.say("remark_revised", period=named, before=theme.number(point.revised_from))
    is_own = point.reported_in in ("", point.period)
    return "" if is_own else own.say("remark_restated", period=named, later=point.reported_in)
