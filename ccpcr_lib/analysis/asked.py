"""A report and the name of a figure, as a sentence of the workbook asks for it → the figure, and what disputes it."""

from collections.abc import Sequence

from ..model import period as calendar
from ..model.figures import parse_figure
from ..model.finding import Finding
from ..model.measure import IN_CARE
from ..model.table import real_key
from ..quality.in_care import in_care, parts_in_care
from ..quality.sums import Sum, reported
from .disputes import each_once
from .report import Report

Asked = tuple[Sum | None, tuple[Finding, ...]]
"""A figure, None where there is none, and the findings that dispute it."""


def figure_asked(report: Report, name: str) -> Asked:
    """Give the figure of a name, as `model.figures` reads it, and the findings that dispute it."""
    home = name.partition(".")[0].strip()
    if home == IN_CARE:
        return _in_care(report, name)
    if home not in report.tables:
        return None, ()
    table = report.filled(home)
    asked = parse_figure(name, table.members)
    if asked.kind == "plan":
        return reported(table.planned), table.plan_disputes
    about = (asked.measure, asked.unit, real_key(asked.key, report.period))
    return table.total_of(*about), table.disputed_of(*about)


def _in_care(report: Report, name: str) -> Asked:
    period = real_key(parse_figure(name).key, report.period)["period"]
    quarters = {quarter.period: quarter.facts for quarter in report.quarters}
    asked = (period,) if calendar.MONTH.fullmatch(period) else calendar.quarters_in(period)
    total = in_care(quarters, asked)
    disputes = (_disputes(quarter, asked) for quarter in report.quarters) if total else ()
    return total, each_once(disputes)


def _disputes(quarter: Report, asked: Sequence[str]) -> tuple[Finding, ...]:
    """List the findings that dispute what a quarter's workbook has of the clients in care of some periods."""
    parts = ((measure, month) for measure, month in parts_in_care(asked) if calendar.contains(quarter.period, month))
    totals = [quarter.facts.cube(measure, "clients").total({"period": month}) for measure, month in parts]
    return quarter.disputes.at(cell for total in totals for cell in total.cells)
