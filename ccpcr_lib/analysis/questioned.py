"""A report → the same report, each figure of its tables 1 where a finding disputes it, else 0.

Whoever lays figures out for a chart lays the marks out too: in the same way, from these tables.
"""

from dataclasses import dataclass, replace

from ..model.finding import Finding
from ..model.table import Key
from ..quality.records import Count, identify, identity
from ..quality.sums import Sum
from .disputes import Disputes
from .report import Report
from .tables import Adds, Cell, Table


def questioned(report: Report, finding: Finding) -> Report:
    """Give a report in which each figure that a finding disputes is 1, and every other one 0, whatever they are."""
    marked = replace(report)
    disputes = report.disputes.only(finding)
    for name in report.tables:
        marked.keep(_questioned(report.filled(name), disputes))
    return marked


def _questioned(table: Table, disputes: Disputes) -> Table:
    cubes = {counted: _Questioned(counted, table.quarter, cube, disputes) for counted, cube in table.cubes.items()}
    base = tuple(_question(count, disputes) for count in table.base)
    cells = tuple(_question_plan(cell, disputes) for cell in table.cells)
    return replace(table, base=base, cubes=cubes, cells=cells)


def _question(count: Count, disputes: Disputes) -> Count:
    value = int(bool(disputes.of(identity(count), (count.source,))))
    return Count(count.table, count.measure, count.unit, count.key, value, count.source)


def _question_plan(cell: Cell, disputes: Disputes) -> Cell:
    if cell.slot.role != "plan" or cell.total is None:
        return cell
    return replace(cell, total=_mark(bool(disputes.joined(cell.disputes))))


def _mark(is_disputed: bool) -> Sum:
    return Sum(int(is_disputed), int(is_disputed))


@dataclass(frozen=True)
class _Questioned:
    """What adds up as a cube does, and refuses what it refuses, but gives 1 for what is in dispute, else 0."""

    counted: tuple[str, str]
    quarter: str
    cube: Adds
    disputes: Disputes

    def total(self, key: Key, *, table: str = "", by_client: bool = False) -> Sum:
        """Give 1 where a total is in dispute, else 0."""
        return self._asked(key, table, self.cube.total(key, table=table, by_client=by_client))

    def recorded(self, key: Key, *, table: str) -> Sum:
        """Give 1 where the sum of what is recorded just so is in dispute, else 0."""
        return self._asked(key, table, self.cube.recorded(key, table=table))

    def _asked(self, key: Key, table: str, total: Sum) -> Sum:
        about = identify(table, *self.counted, {"period": self.quarter, **key})
        return _mark(bool(self.disputes.of(about, total.cells)))
