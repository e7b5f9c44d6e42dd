"""A report → the same report, each sum of its tables as many as there are at least.

Whoever lays figures out for a chart lays these out too, and can say "at least" where a part was not reported.
"""

from dataclasses import dataclass, replace

from ..model.table import Key
from ..quality.sums import Sum
from .report import Report
from .tables import Adds


def at_least(report: Report) -> Report:
    """Give a report whose sums are what is known for sure; where nothing is, they stay unknown."""
    least = replace(report)
    for name in report.tables:
        table = report.filled(name)
        least.keep(replace(table, cubes={counted: _Least(cube) for counted, cube in table.cubes.items()}))
    return least


@dataclass(frozen=True)
class _Least:
    """What adds up as a cube does, and refuses what it refuses, but gives the least for the whole."""

    cube: Adds

    def total(self, key: Key, *, table: str = "", by_client: bool = False) -> Sum:
        """Give the least that a total can be."""
        return _least(self.cube.total(key, table=table, by_client=by_client))

    def recorded(self, key: Key, *, table: str) -> Sum:
        """Give the least that is recorded just so."""
        return _least(self.cube.recorded(key, table=table))


def _least(total: Sum) -> Sum:
    return Sum(total.least, total.least, 0, total.cells) if total.least else total
