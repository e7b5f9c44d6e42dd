"""Does the plan agree: its quarters with its year, and what the workbook prints of the plan with the plan file."""

from collections.abc import Iterator

from ..excel.plan_file import FILE
from ..model import period as calendar
from ..model.finding import Finding
from ..model.plan import Indicator, Plan, Target
from .facts import Claim, Facts
from .rules import found


def check_plan(facts: Facts, plan: Plan) -> Iterator[Finding]:
    """Check a plan for itself and against a workbook's printed plan. A plan without targets agrees with everything."""
    for indicator in plan.indicators:
        for target in plan.targets:
            if target.indicator == indicator.code and calendar.YEAR.fullmatch(target.period):
                yield from _quarters(plan, indicator, target)
                yield from _printed(facts, indicator, target)


def _quarters(plan: Plan, indicator: Indicator, year: Target) -> Iterator[Finding]:
    """Hold the four quarters' targets against the year's, where all are set and may be added."""
    quarters = [plan.target(indicator.code, name) for name in calendar.quarters_to(f"{year.period}-Q4")]
    if indicator.accumulate != "sum" or None in quarters:
        return
    total = sum(quarter.value for quarter in quarters)
    if total != year.value:
        cells = [year.source, *(quarter.source for quarter in quarters)]
        figures = {"printed": f"{total:g}", "expected": f"{year.value:g}"}
        cell = year.source.partition("]")[2]
        yield found("plan_quarters", cells, table=indicator.table, year=year.period, cell=cell, **figures)


def _printed(facts: Facts, indicator: Indicator, target: Target) -> Iterator[Finding]:
    """Hold the year's plan as the workbook prints it against the target; once, at the first cell that differs."""
    claim = next((one for one in printed_plans(facts, indicator, target.period) if one.value != target.value), None)
    if claim is not None:
        yield found(
            "plan_file",
            [claim.source, target.source],
            table=claim.table,
            printed=f"{claim.value:g}",
            expected=f"{target.value:g}",
            file=FILE,
            cell=target.source.partition("]")[2],
        )


def printed_plans(facts: Facts, indicator: Indicator, year: str) -> list[Claim]:
    """List what a workbook prints as the year's plan of exactly this indicator."""
    about = (indicator.measure, indicator.unit, {**indicator.key, "period": year})
    return [one for one in facts.claims if one.kind == "plan" and (one.measure, one.unit, dict(one.key)) == about]
