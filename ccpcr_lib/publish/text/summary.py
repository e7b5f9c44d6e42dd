"""A quarter at a glance → one sentence for all of it, and what changed in three lines."""

from collections.abc import Iterable, Sequence
from functools import partial

from ...analysis.achievement import Achievement
from ...analysis.glance import MOST_CHANGES
from ...analysis.series import Actual
from ...analysis.trend import Change
from ...model import period as calendar
from ...model.measure import IN_CARE, NEW
from ...model.wording import listed, month_label, when_label
from ...words import in_language, in_languages, say
from ..release import Release, marked
from .glance import figure_words, in_a_sentence, known_quarters
from .progress import amount, missing_quarters, state_word

REINTEGRATED = "reintegrated"
GROUPS = {
    "met": ("on_plan", "ahead", "over_achieved"),
    "above": ("above",),
    "below": ("below",),
    "behind": ("behind",),
    "unsaid": ("incomplete", "open"),
}
"""How the states of targets are told together."""
CAUTIONS = ("may_be_chance", "too_few")
"""The verdicts that a change is told with: what it may not be taken for."""


def summary(release: Release) -> str:
    """Say in one sentence how the quarter was: who was there, who came, who left, and where the plan stands."""
    return in_language(release.language, partial(_summary, release), between="\n")


def people(release: Release) -> list[str]:
    """Say the half of it that is about clients, as a sentence in each language."""
    return in_languages(release.language, lambda language: say("glance_people", language, **_who(release, language)))


def standing(release: Release) -> list[str]:
    """Say the half of it that is about the plan, as a sentence in each language."""
    return in_languages(release.language, partial(_standing, release))


def _standing(release: Release, language: str) -> str:
    text = say("glance_stands", language, plan=_plan(release, language))
    return text[:1].upper() + text[1:]


def _summary(release: Release, language: str) -> str:
    return say("glance_sentence", language, **_who(release, language), plan=_plan(release, language))


def _who(release: Release, language: str) -> dict[str, str]:
    """Say of which quarter it is, who was in care, who of them came, and who left."""
    rows = {measure: release.glance.row(measure) for measure in (IN_CARE, NEW, REINTEGRATED)}
    points = {measure: row.now if row else Actual(release.period) for measure, row in rows.items()}
    return {
        "when": when_label(release.period, language),
        "care": _people("glance_care", points[IN_CARE], language),
        "new": _people("glance_new", points[NEW], language),
        "out": _people("glance_out", points[REINTEGRATED], language),
    }


def _people(name: str, point: Actual, language: str) -> str:
    """Say how many there were, as far as that is known."""
    if not point.total.is_known:
        return say(f"{name}_unknown", language)
    if point.total.exact == 0:
        return say(f"{name}_none", language, dagger=marked("", point.disputes))
    count = marked(str(point.total.least), point.disputes)
    if point.total.exact is None:
        count = say("number_at_least", language, least=count)
    return say(_number(name, point.total.exact), language, count=count)


def _number(name: str, count: int | None) -> str:
    """Name the sentence of one, or of several."""
    return f"{name}_one" if count == 1 else name


def _plan(release: Release, language: str) -> str:
    """Say where the targets of the year stand, or why that cannot be said."""
    every = [achievement for achievement in release.achievements if achievement.target is not None]
    planned = [row.achievement for row in release.glance.planned] or every
    year, more = when_label(release.glance.year, language), len(every) - len(planned)
    if not planned:
        return say("glance_no_target", language, year=year)
    told = _standings(planned, year, language)
    return f"{told}; {say(_number('glance_more', more), language, count=more)}" if more else told


def _standings(planned: Sequence[Achievement], year: str, language: str) -> str:
    """Say where the targets stand that the page shows, or why that cannot be said."""
    if all(achievement.state in GROUPS["unsaid"] for achievement in planned):
        return _unsaid(planned, year, language)
    if len(planned) == 1:
        name, state = in_a_sentence(planned[0].indicator.name(language)), state_word(planned[0], language)
        return say("glance_targets_one", language, year=year, name=name, state=state)
    groups = "; ".join(_groups(planned, language))
    return say("glance_targets", language, all=len(planned), year=year, groups=groups)


def _unsaid(planned: Sequence[Achievement], year: str, language: str) -> str:
    """Say why nothing can be said of the year: what is known of its only target, or which quarters are missing."""
    missing, only = missing_quarters(planned[0], language), planned[0]
    if missing and len(planned) == 1 and only.at_least:
        return say(
            "glance_part",
            language,
            count=marked(str(only.at_least), only.disputes),
            target=marked(amount(only, only.target), only.plan_disputes),
            year=year,
            name=in_a_sentence(only.indicator.name(language)),
            quarters=known_quarters(only, language),
        )
    if not missing:
        return say("glance_open", language)
    return say("glance_missing" if ", " in missing else "glance_missing_one", language, missing=missing)


def _groups(planned: Sequence[Achievement], language: str) -> Iterable[str]:
    """Say how many targets stand alike, and name those that are not simply met."""
    for name, states in GROUPS.items():
        there = [achievement for achievement in planned if achievement.state in states]
        names = [in_a_sentence(achievement.indicator.name(language)) for achievement in there]
        if there:
            yield say(_number(f"glance_{name}", len(there)), language, count=len(there), names=listed(names, language))
        elif name == "met":
            yield say("glance_met_none", language)


def changes_told(release: Release) -> list[str]:
    """Say what changed, the clearest first; that nothing did, or could be compared, where it is so.

    Where there is room, the months in which clients came are told, unless they were compared already.
    """
    changes = release.glance.changes
    told = [in_language(release.language, partial(_change, release, change), between="\n") for change in changes]
    if len(told) < MOST_CHANGES and NEW not in {change.indicator.measure for change in changes}:
        told += _movement(release)
    if told:
        return told
    is_known = any(row.before.value is not None for row in release.glance.rows)
    return [release.say("glance_all_same" if is_known else "glance_no_changes", between="\n")]


def _movement(release: Release) -> list[str]:
    """Say in which months, or quarters of what is longer, clients came, where that is known; nothing where none did."""
    row = release.glance.row(NEW)
    months = [release.history.actual(row.indicator, month) for month in calendar.parts(release.period)] if row else []
    if row is None or any(point.value is None for point in months) or not any(point.value for point in months):
        return []

    def parts(language: str) -> str:
        return listed((_in_part(point, language) for point in months), language)

    return [release.say("glance_months", between="\n", name=row.line.name, parts=parts)]


def _in_part(point: Actual, language: str) -> str:
    count = figure_words(point, language)
    if calendar.is_quarter(point.period):
        return say("glance_in_quarter", language, when=when_label(point.period, language), count=count)
    return say("glance_in_month", language, month=month_label(point.period, language), count=count)


def _change(release: Release, change: Change, language: str) -> str:
    row = release.glance.row(change.indicator.measure)
    return say(
        "glance_rose" if (change.difference or 0) > 0 else "glance_fell",
        language,
        name=row.line.name(language) if row else change.indicator.name(language),
        now=figure_words(change.now, language),
        before=figure_words(change.before, language),
        when=when_label(change.before.period, language),
        verdict=say(f"glance_{change.verdict}", language) if change.verdict in CAUTIONS else "",
    )
