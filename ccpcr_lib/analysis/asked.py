"""A figure that a sentence asks for by its name, as `model.figures` reads it → what a report knows of it."""

from ..model import period as calendar
from ..model.figures import parse_figure
from ..model.finding import Finding
from ..model.measure import IN_CARE
from ..model.table import real_key
from ..quality.in_care import in_care
from ..quality.sums import Sum, reported
from .report import Report

Answer = tuple[Sum | None, tuple[Finding, ...]]
"""What is known of a figure, None where there is none of that name, and the findings that dispute it."""


def asked_for(report: Report, name: str) -> Answer:
    """Give the figure of a name, and the findings that dispute it."""
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


def _in_care(report: Report, name: str) -> Answer:
    period = real_key(parse_figure(name).key, report.period)["period"]
    quarters = {quarter.period: quarter.facts for quarter in report.quarters}
    asked = (period,) if calendar.MONTH.fullmatch(period) else calendar.quarters_in(period)
    total = in_care(quarters, asked)
    return total, report.disputes.at(total.cells if total else ())
