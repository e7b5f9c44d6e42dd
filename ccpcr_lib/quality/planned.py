"""Does the plan agree: its quarters with its year, and what the workbook prints of the plan with the plan file."""

from collections.abc import Iterator

from ..excel.plan_file import PLAN_FILE
from ..model import period as calendar
from ..model.finding import Finding
from ..model.plan import Indicator, Plan, Target
from ..model.records import Claim, all_known
from .facts import Facts
from .rules import make_finding


def check_plan(facts: Facts, plan: Plan) -> Iterator[Finding]:
    """Check a plan for itself and against a workbook's printed plan. A plan without targets agrees with everything."""
    for indicator, year in _years(plan):
        yield from _quarters(plan, indicator, year)
        yield from _printed(facts, plan, indicator, year)


def check_quarters(plan: Plan) -> Iterator[Finding]:
    """Check a plan for itself, where there is no workbook to hold it against."""
    for indicator, year in _years(plan):
        yield from _quarters(plan, indicator, year)


def _years(plan: Plan) -> Iterator[tuple[Indicator, str]]:
    """List each indicator with each of the years that the plan has targets for."""
    years = sorted({target.period[:4] for target in plan.targets})
    return ((indicator, year) for indicator in plan.indicators for year in years)


def _quarters(plan: Plan, indicator: Indicator, year: str) -> Iterator[Finding]:
    """Hold the four quarters' targets against the year's, where all are set and may be added."""
    whole = plan.target(indicator.code, year)
    quarters = all_known(plan.target(indicator.code, quarter) for quarter in calendar.quarters_to(f"{year}-Q4"))
    if whole is None or quarters is None or not indicator.adds_up:
        return
    total = sum(quarter.value for quarter in quarters)
    if total != whole.value:
        cells = [whole.source, *(quarter.source for quarter in quarters)]
        figures = {"printed": f"{total:g}", "expected": f"{whole.value:g}"}
        yield make_finding("plan_quarters", cells, table=indicator.table, year=year, cell=_cell(whole), **figures)


def _printed(facts: Facts, plan: Plan, indicator: Indicator, year: str) -> Iterator[Finding]:
    """Hold the year's plan as the workbook prints it against the target; once, at the first cell that differs.

    In question are both; the quarters' targets only where no target of the year is set.
    """
    planned = plan.in_year(indicator.code, year)
    periods = (year, *calendar.quarters_to(f"{year}-Q4"))
    targets = [target for period in periods if (target := plan.target(indicator.code, period))]
    whole = [target for target in targets if target.period == year]
    claims = printed_plans(facts, indicator, year) if planned is not None else []
    claim = next((claim for claim in claims if claim.value != planned), None)
    if claim is not None:
        yield make_finding(
            "plan_file",
            [claim.source, *(target.source for target in (whole or targets))],
            table=claim.table,
            evidence=(target.source for target in targets),
            printed=f"{claim.value:g}",
            expected=f"{planned:g}",
            file=PLAN_FILE,
            cell=_cell(targets[0]),
        )


def _cell(target: Target) -> str:
    return target.source.partition("]")[2]


def printed_plans(facts: Facts, indicator: Indicator, year: str) -> list[Claim]:
    """List what a workbook prints as the year's plan of exactly this indicator."""
    about = (indicator.measure, indicator.unit, {**indicator.key, "period": year})
    plans = (claim for claim in facts.claims if claim.kind == "plan")
    return [claim for claim in plans if (claim.measure, claim.unit, dict(claim.key)) == about]
