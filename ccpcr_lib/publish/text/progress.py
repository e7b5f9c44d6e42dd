"""Achievements → one plain sentence each, generated so that it cannot disagree with the figures; periods by name."""

from collections.abc import Sequence
from functools import partial

from ...analysis.achievement import Achievement, Percent
from ...model import period as calendar
from ...model.finding import Finding
from ...model.plan import Indicator
from ...model.wording import month_label, quarter_label
from ...words import in_language, say
from .. import theme
from ..release import Release, marked


def progress_sentence(release: Release, achievement: Achievement) -> str:
    """Write where an indicator stands against the plan, and what is not known of it."""
    return in_language(release.language, partial(_progress, release.period, achievement), between="\n")


def _progress(period: str, achievement: Achievement, language: str) -> str:
    fields: dict[str, str] = {
        "name": achievement.indicator.name(language),
        "year": period[:4],
        "count": marked(amount(achievement, achievement.reached.least), achievement.disputes),
        "most": marked(amount(achievement, achievement.reached.most), achievement.disputes),
        "target": marked(amount(achievement, achievement.target), achievement.plan_disputes),
        "due": marked(amount(achievement, achievement.planned.due), achievement.plan_disputes),
        "percent": formula(achievement),
        "quarter": quarter_label(period, language),
        "quarters": say("of_quarters", language, known=achievement.known_quarters, all=len(achievement.quarters)),
        "missing": missing_quarters(achievement, language),
        "state": say(f"state_{achievement.state}", language),
        "why": why_bound(achievement.indicator, language),
    }
    sentence = say(_progress_name(achievement), language, **fields)
    of_quarter = achievement.percent_of_quarter
    if of_quarter is None or not achievement.indicator.adds_up:
        return sentence
    divided = _divided(achievement, of_quarter, achievement.now.disputes)
    return f"{sentence} {say('progress_quarter', language, formula=divided)}"


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
        return "progress_no_due"
    if not achievement.indicator.adds_up:
        return "progress_level"
    return "progress_so_far" if achievement.planned.target is None else "progress_whole"


def _name_of_quarter(achievement: Achievement) -> str:
    """Name the sentence of a percent that has a figure for the quarter alone."""
    if achievement.reached.exact is None:
        return "progress_quarter_unknown"
    return "progress_quarter_no_target" if achievement.planned.due is None else "progress_quarter_level"


def _name_of_bound(achievement: Achievement) -> str:
    """Name the sentence of what was reported in full, and is known as at least so many."""
    if achievement.state == "no_target":
        return "progress_bound_no_target"
    return "progress_bound_no_due" if achievement.planned.due is None else "progress_bound"


def _name_of_part(achievement: Achievement) -> str:
    """Name the sentence of what was not reported, or only in part."""
    if achievement.parts or not any(point.cells for point in achievement.quarters):
        return "progress_unknown"
    return "progress_no_target_part" if achievement.state == "no_target" else "progress_incomplete"


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
    parts = achievement.parts or (achievement,)
    missing = dict.fromkeys(point.period for part in parts for point in part.quarters if not point.is_reported)
    return ", ".join(quarter_label(quarter, language) for quarter in missing)


def name_period(period: str, language: str) -> str:
    """Name a month with its year, or a quarter."""
    if calendar.is_quarter(period):
        return quarter_label(period, language)
    return month_label(period, language, year=True)


def name_span(release: Release, periods: Sequence[str]) -> str:
    """Name the first and the last of some periods in the release's language."""
    first, last = (in_language(release.language, partial(name_period, period)) for period in (periods[0], periods[-1]))
    return first if first == last else f"{first} – {last}"
