"""A report and the name of a figure, as a sentence of the workbook asks for it → the figure, and what disputes it."""

from ..model import period as calendar
from ..model.figures import parse_figure
from ..model.finding import Finding
from ..model.measure import IN_CARE
from ..model.table import real_key
from ..quality.in_care import in_care, parts_in_care
from ..quality.sums import Sum, reported
from .in_care import disputes_in_care
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
    return total, disputes_in_care(report.quarters, parts_in_care(asked)) if total else ()
