"""Achievements → one plain sentence each, generated so that it cannot disagree with the figures; periods by name."""

from collections.abc import Sequence
from functools import partial

from ...analysis.achievement import Achievement, Percent
from ...analysis.series import Actual
from ...model import period as calendar
from ...model.finding import Finding
from ...model.plan import Indicator
from ...model.wording import month_label, named_year, quarter_label
from ...words import in_language, say
from .. import theme
from ..release import Release, marked
from .phrases import Phrase, Subject, finished, noun, phrase, series


def progress_sentence(release: Release, achievement: Achievement) -> str:
    """Write where an indicator stands against the plan, and what is not known of it."""
    return in_language(release.language, partial(_progress, release.period, achievement), between="\n")


def _progress(period: str, achievement: Achievement, language: str) -> str:
    noun, subject = _spoken_of(achievement.indicator, language)
    fields: dict[str, str] = {
        "noun": noun,
        "subject": subject,
        "year": named_year(period, language),
        "in_year": _in_year(period, language),
        "count": marked(amount(achievement, achievement.reached.least), achievement.disputes),
        "most": marked(amount(achievement, achievement.reached.most), achievement.disputes),
        "target": marked(amount(achievement, achievement.target), achievement.plan_disputes),
        "due": marked(amount(achievement, achievement.planned.due), achievement.plan_disputes),
        "quarter": quarter_label(achievement.now.period, language),
        "month": month_label(calendar.months(achievement.now.period)[-1], language),
        "quarters": say("of_quarters", language, known=achievement.known_quarters, all=len(achievement.quarters)),
        "missing": _missing(achievement, language),
        "state": state_word(achievement, language),
        "why": why_bound(achievement.indicator, language),
    }
    sentences = [say(_progress_name(achievement), language, **fields), _of_quarter(achievement, language)]
    return " ".join(finished(Phrase(text), language).text for text in sentences if text)


def _spoken_of(indicator: Indicator, language: str) -> tuple[str, str]:
    """Name what an indicator follows, alone and as the subject of a sentence; a part or a percent by its own name."""
    if indicator.ratio or indicator.key or indicator.unit != "clients":
        named = say("quoted", language, text=indicator.name(language))
        return named, say("progress_is", language, noun=named)
    named = noun(Subject(indicator.measure), language)
    return named, say("progress_are", language, noun=named)


def _in_year(period: str, language: str) -> str:
    """Name the year that ends with a quarter, or is under way; a half-year or year that is told as a whole."""
    is_over = calendar.is_longer(period) or period == calendar.quarter(int(period[:4]), 4)
    return say("in_year" if is_over else "in_year_so_far", language, year=named_year(period, language))


def state_word(achievement: Achievement, language: str) -> str:
    """Name the state of an indicator without its sign, as it is said in a sentence."""
    if achievement.state == "over_achieved":
        return say("above_target", language)
    return say(f"state_{achievement.state}", language).partition(" ")[2]


def _of_quarter(achievement: Achievement, language: str) -> str:
    """Hold the quarter alone against its own target, unless it is all that the year has."""
    count, target = achievement.now.value, achievement.planned.in_quarter
    is_year = len(achievement.quarters) == 1 and target == achievement.planned.due
    if achievement.percent_of_quarter is None or not achievement.indicator.adds_up or is_year:
        return ""
    name = "met" if count == target else "more" if (count or 0) > (target or 0) else "fewer"
    return say(
        f"progress_quarter_{name}",
        language,
        count=marked(amount(achievement, count), achievement.now.disputes),
        target=marked(amount(achievement, target), achievement.plan_disputes),
    )


def _progress_name(achievement: Achievement) -> str:
    """Name the sentence that suits what is known of an indicator, and how its quarters make a year."""
    if achievement.indicator.per_quarter:
        return _name_of_quarter(achievement)
    if achievement.parts and achievement.parts[1].to_date == 0:
        return "progress_no_whole"
    if achievement.is_bound:
        return _name_of_bound(achievement)
    if achievement.to_date is None:
        return _name_of_part(achievement)
    if achievement.state == "no_target":
        return "progress_now_no_target" if achievement.indicator.year_made == "stock" else "progress_no_target"
    if achievement.planned.due is None:
        return "progress_no_due" if achievement.indicator.adds_up else "progress_level_no_due"
    if not achievement.indicator.adds_up:
        return "progress_level"
    if achievement.planned.target is None:
        return "progress_so_far"
    return "progress_year" if achievement.planned.due == achievement.planned.target else "progress_whole"


def _name_of_quarter(achievement: Achievement) -> str:
    """Name the sentence of a percent that has a figure for the quarter alone."""
    if achievement.reached.exact is None:
        return "progress_quarter_unknown"
    return "progress_quarter_no_target" if achievement.planned.due is None else "progress_quarter_level"


def _name_of_bound(achievement: Achievement) -> str:
    """Name the sentence of what was reported in full, and is known as at least so many."""
    if achievement.state == "no_target":
        return "progress_bound_no_target"
    if achievement.planned.due is None:
        return "progress_bound_no_due"
    return "progress_bound_open" if achievement.state == "open" else "progress_bound"


def _name_of_part(achievement: Achievement) -> str:
    """Name the sentence of what was not reported, or only in part."""
    if achievement.parts or not (achievement.reached.least or achievement.known_quarters):
        return "progress_unknown_missing" if _missing(achievement, "en") else "progress_unknown"
    return "progress_no_target_part" if achievement.state == "no_target" else "progress_incomplete"


def _missing(achievement: Achievement, language: str) -> str:
    """Say which quarters of the year were not reported, or not in full; nothing where all were."""
    points = _missing_points(achievement)
    if not points:
        return ""
    periods = dict.fromkeys(point.period for point in points)
    quarters = [phrase("the_quarter", language, quarter=quarter_label(period, language)) for period in periods]
    form = "many" if len(quarters) > 1 else "one"
    name = f"missing_part_{form}" if any(point.cells for point in points) else f"missing_{form}"
    return say(name, language, quarters=series(quarters, language).text)


def why_bound(indicator: Indicator, language: str) -> str:
    """Explain why counts that were reported in full say no more than bounds."""
    return say("bound_again" if indicator.counts_again or indicator.ratio else "bound_unsaid", language)


def amount(achievement: Achievement, value: float | None) -> str:
    """Write a figure of an indicator: a share as a percent; what is due of a count may be 22.5."""
    if value is None:
        return theme.number(None)
    if achievement.indicator.ratio:
        return theme.percent(Percent(value, 1).value)
    return theme.number(int(value)) if value == int(value) else f"{value:,.1f}"


def formula(achievement: Achievement) -> str:
    """Write the year to date as a percent of its target, with the formula: ``18 ÷ 60 = 30 %``; a dash without one."""
    if achievement.percent is None:
        return "–"
    return _divided(achievement, achievement.percent, achievement.disputes)


def _divided(achievement: Achievement, percent: Percent, disputes: Sequence[Finding]) -> str:
    """Write a percent with its formula; `disputes` are those of its part."""
    part = marked(amount(achievement, percent.part), disputes)
    whole = marked(amount(achievement, percent.whole), achievement.plan_disputes)
    return f"{part} ÷ {whole} = {marked(theme.percent(percent.value), (*disputes, *achievement.plan_disputes))}"


def own_formula(achievement: Achievement) -> str:
    """Write what a percent of the year was divided from: ``65 ÷ 65 = 100 %``."""
    part, whole = (marked(theme.number(part.to_date), part.disputes) for part in achievement.parts)
    return f"{part} ÷ {whole} = {marked(amount(achievement, achievement.to_date), achievement.disputes)}"


def missing_quarters(achievement: Achievement, language: str) -> str:
    """Name the quarters of the year that were not wholly reported."""
    missing = dict.fromkeys(point.period for point in _missing_points(achievement))
    return ", ".join(quarter_label(quarter, language) for quarter in missing)


def _missing_points(achievement: Achievement) -> list[Actual]:
    parts = achievement.parts or (achievement,)
    return [point for part in parts for point in part.quarters if not point.is_reported]


def name_period(period: str, language: str) -> str:
    """Name a month with its year, a quarter, or what is made of quarters."""
    if calendar.is_period(period):
        return quarter_label(period, language)
    return month_label(period, language, year=True)


def name_span(release: Release, periods: Sequence[str]) -> str:
    """Name the first and the last of some periods in the release's language."""
    first, last = (in_language(release.language, partial(name_period, period)) for period in (periods[0], periods[-1]))
    return first if first == last else f"{first} – {last}"
