"""The clients in care are made of stocks and of those who came → the findings that dispute one of these parts."""

from collections.abc import Iterable
from contextlib import suppress

from ..model import period as calendar
from ..model.finding import Finding
from ..quality.cube import NoAnswerError
from .disputes import each_once
from .report import Report


def disputes_in_care(reports: Iterable[Report], parts: Iterable[tuple[str, str]]) -> tuple[Finding, ...]:
    """List the findings that dispute parts of the clients in care, each once.

    `reports` are those of quarters; `parts` are measures, each with its month, as `parts_in_care` lists them. A part
    that no workbook has is disputed by nothing.
    """
    of_quarters = {report.period: report for report in reports}
    groups = []
    for measure, month in parts:
        report = of_quarters.get(calendar.quarter_of(month))
        with suppress(NoAnswerError):
            if report:
                groups.append(report.disputes.at(report.facts.cube(measure, "clients").total({"period": month}).cells))
    return each_once(groups)
