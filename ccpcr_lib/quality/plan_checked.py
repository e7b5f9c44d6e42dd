"""A plan's workbook → what is wrong with it, whatever quarters are reported."""

from pathlib import Path
from typing import NamedTuple

from ..excel.plan_file import read_plan
from ..excel.to_check import is_plan
from ..model.errors import CannotReadError
from ..model.finding import Finding, sort_findings
from .checked import Checked, check_workbook
from .planned import check_quarters


class CheckedPlan(NamedTuple):
    """A plan that was checked: the name of its file, and what is wrong with it. It is of no quarter."""

    workbook: str
    problems: tuple[Finding, ...]
    period: str = ""


def check_file(path: Path, period: str | None = None) -> Checked | CheckedPlan:
    """Check a quarter's workbook or a plan, whichever the file is. Raise CannotReadError for what is neither."""
    if is_plan(path):
        return check_plan_file(path)
    try:
        return check_workbook(path, period)
    except CannotReadError:
        plan = _plan_or_none(path)
        if plan is None:
            raise
        return plan


def check_plan_file(path: Path) -> CheckedPlan:
    """Read a plan and check that its quarters agree with its years. Raise CannotReadError for what is no workbook."""
    plan, findings = read_plan(path)
    return CheckedPlan(path.name, tuple(sort_findings((*findings, *check_quarters(plan)))))


def _plan_or_none(path: Path) -> CheckedPlan | None:
    """Check a plan under another name; None where the file has not the sheets of one."""
    try:
        plan = check_plan_file(path)
    except CannotReadError:
        return None
    return None if any(finding.rule == "plan_sheet" for finding in plan.problems) else plan
