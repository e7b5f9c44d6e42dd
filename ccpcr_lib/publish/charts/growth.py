"""The first indicator with a plan → how it has grown in the year, month by month, as Office draws it."""

import pandas as pd

from ...analysis.achievement import Achievement
from ...model.finding import Finding
from ...model.wording import month_label
from ...words import say
from ..release import Release
from .burn_up import burn_up_disputes, burn_up_numbers, of_year, only_at_least
from .canvas import ChartHeading
from .periods import as_floats
from .plot import Captions, Lane, Mark, Plot

ACTUAL, PLAN = "actual", "plan"


def growth_plot(release: Release) -> Plot | None:
    """Lay out what has been added up by the end of each month, and the plan; None where nothing grows to a plan."""
    planned = [
        achievement for achievement in release.achievements if achievement.target and achievement.indicator.adds_up
    ]
    if not planned:
        return None
    indicator, year = planned[0].indicator, release.year
    title = release.say("chart_burn_up", between="\n", name=indicator.name, year=year)
    heading = ChartHeading(title, f"{release.say(f'unit_{indicator.unit}')}; {year}", ())
    marks = _marks(release, of_year(release, planned[0]))
    findings = [finding for row in marks.values() for mark in row for finding in mark.disputes]
    captions = Captions(heading, _name, "", release.language, findings)
    rows, columns = (Lane((month,)) for month in marks), (Lane((ACTUAL,)), Lane((PLAN,), is_pale=True))
    return Plot("burn_up", "lines", captions, ("month", "line"), tuple(rows), columns, tuple(marks.values()))


def _marks(release: Release, achievement: Achievement) -> dict[str, tuple[Mark, Mark]]:
    """Give the marks of each month of the year: what has been added up, and the plan."""
    frame, disputes = burn_up_numbers(release, achievement), burn_up_disputes(release, achievement)
    least = only_at_least(as_floats(frame["actual"]), achievement)
    later = len(frame) - len(disputes)
    disputes, least = [*disputes, *[()] * later], [*least, *[False] * later]
    return {
        month: (_mark(actual, disputed, is_least=is_least), _mark(plan, achievement.plan_disputes))
        for (month, actual, plan), disputed, is_least in zip(frame.itertuples(), disputes, least, strict=True)
    }


def _mark(number: float, disputes: tuple[Finding, ...], *, is_least: bool = False) -> Mark:
    """Make a mark; one that is not known is not in dispute."""
    if pd.isna(number):
        return Mark()
    whole = int(number) if number == int(number) else round(float(number), 2)
    return Mark(whole, int(whole), disputes, is_least=is_least)


def _name(dimension: str, code: str, language: str) -> str:
    return month_label(code, language) if dimension == "month" else say(f"chart_{code}", language)
