"""A plan and the workbooks beside it → what is planned for a period: by its year, or added up from its quarters."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from ..excel.plan_file import plan_in
from ..model import period as calendar
from ..model.catalogue import CATALOGUE
from ..model.plan import Indicator, Plan, Target
from ..model.records import Claim, all_known
from ..quality.facts import Facts
from ..quality.planned import printed_plans
from .judgement import Planned


def plan_beside(folder: Path, quarters: Iterable[Facts]) -> Plan:
    """Give the plan that holds for workbooks of a folder: its own, and where that is silent what they print themselves.

    A printed plan is the year's; it does not say when it is due. What the first of `quarters` prints counts.
    """
    plan, _ = plan_in(folder)
    printed: dict[tuple[str, str], Target] = {}
    for facts in quarters:
        year = facts.period[:4]
        for indicator in plan.indicators:
            claims = printed_plans(facts, indicator, year) if plan.in_year(indicator.code, year) is None else []
            if claims:
                target = Target(indicator.code, year, claims[0].value, "none", claims[0].source)
                printed.setdefault((indicator.code, year), target)
    return Plan(plan.indicators, (*plan.targets, *printed.values()))


def planned_in(plan: Plan, indicator: Indicator, period: str) -> Planned:
    """Give what is planned for a period, and what is due at its end.

    What adds up has the year's target, or in any other period than a year of the calendar the sum of what its quarters
    have: none where one of them has none. Of anything else it is the level at the end.
    """
    code, last = indicator.code, calendar.quarters_in(period)[-1]
    if calendar.is_quarter(period):
        return Planned(plan.in_year(code, period[:4]), plan.due(code, period), plan.in_quarter(code, period))
    if calendar.YEAR.fullmatch(period):
        return Planned(plan.in_year(code, period), plan.due(code, last))
    if not indicator.adds_up:
        level = plan.in_quarter(code, last)
        return Planned(level, level)
    added = _added(plan, code, calendar.quarters_in(period))
    return Planned(added, added)


def _added(plan: Plan, code: str, quarters: Sequence[str]) -> float | None:
    parts = all_known(plan.in_quarter(code, quarter) for quarter in quarters)
    return None if parts is None else sum(parts)


def claims_planned(plan: Plan, period: str) -> tuple[Claim, ...]:
    """Give what a table of a longer period prints as its plan; a part of a client is not printed."""
    claims = []
    for table in CATALOGUE:
        for column in (column for column in table.columns if column.role == "plan"):
            indicator = _followed(plan, column.measure, column.unit)
            target = planned_in(plan, indicator, period).target if indicator else None
            if target is not None and target == int(target):
                about = (table.name, column.measure, column.unit, {"period": period})
                claims.append(Claim(*about, target, "", "plan", ""))
    return tuple(claims)


def _followed(plan: Plan, measure: str, unit: str) -> Indicator | None:
    """Find the indicator that follows all of a measure."""
    return next(
        (known for known in plan.indicators if not known.key and (known.measure, known.unit) == (measure, unit)), None
    )
