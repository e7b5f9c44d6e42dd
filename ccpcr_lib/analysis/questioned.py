"""A report → the same report, each figure of its tables 1 where a finding disputes it, else 0.

Whoever lays figures out for a chart lays the marks out too: in the same way, from these tables.
"""

from dataclasses import replace

from ..model.finding import Finding
from ..model.records import Count, identify, identity
from ..model.table import Key
from ..quality.facts import Counted
from ..quality.sums import Sum
from .disputes import Disputes
from .report import Report
from .tables import Cell, Table


def questioned(report: Report, finding: Finding) -> Report:
    """Give a report in which each figure that a finding disputes is 1, and every other one 0, whatever they are."""
    marked = replace(report)
    disputes = report.disputes.only(finding)
    for name in report.tables:
        marked.keep(_questioned(report.filled(name), disputes))
    return marked


def _questioned(table: Table, disputes: Disputes) -> Table:
    def question_sum(counted: Counted, key: Key, total: Sum) -> Sum:
        about = identify(table.spec.name, *counted, {"period": table.quarter, **key})
        return _mark(bool(disputes.of(about, total.cells)))

    base = tuple(_question(count, disputes) for count in table.base)
    cells = tuple(_question_plan(cell, disputes) for cell in table.cells)
    return replace(table.recast(question_sum), base=base, cells=cells)


def _question(count: Count, disputes: Disputes) -> Count:
    value = int(bool(disputes.of(identity(count), (count.source,))))
    return Count(count.table, count.measure, count.unit, count.key, value, count.source)


def _question_plan(cell: Cell, disputes: Disputes) -> Cell:
    if cell.slot.role != "plan" or cell.total is None:
        return cell
    return replace(cell, total=_mark(bool(disputes.joined(cell.disputes))))


def _mark(is_disputed: bool) -> Sum:
    return Sum(int(is_disputed), int(is_disputed))
