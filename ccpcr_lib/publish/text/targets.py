"""A year or an indicator without a target → one line that says how to add it, in place of an empty chart."""

from functools import partial

from ...model import period as calendar
from ...model.plan import Indicator
from ...model.wording import quarter_label
from ..release import Release


def has_targets(release: Release) -> bool:
    """Check whether any indicator has a target that the year so far can be held against."""
    return any(achievement.target is not None for achievement in release.achievements)


def no_targets(release: Release) -> str:
    """Write that the year has no target, or none that says what is due by now, and how to add one."""
    year = release.period[:4]
    is_part = any(target.period[:4] == year for target in release.plan.targets)
    quarter = partial(quarter_label, release.period)
    return release.say("no_target_due" if is_part else "no_target_year", between="\n", year=year, quarter=quarter)


def no_burn_up(release: Release, indicator: Indicator) -> str:
    """Write why nothing grows towards a plan: quarters are not added up, or nothing is due. Nothing where it does."""
    code, year = indicator.code, release.period[:4]
    if not indicator.adds_up:
        return release.say("no_burn_up", between="\n", name=indicator.name)
    if any(release.plan.due(code, quarter) is not None for quarter in calendar.quarters_to(f"{year}-Q4")):
        return ""
    is_set = any(target.indicator == code and target.period[:4] == year for target in release.plan.targets)
    name = "no_burn_up_due" if is_set else "no_burn_up_target"
    return release.say(name, between="\n", name=indicator.name, year=year)
