"""A report → the same report, each sum of its tables as many as there are at least.

Whoever lays figures out for a chart lays these out too, and can say "at least" where a part was not reported.
"""

from dataclasses import replace

from ..model.table import Key
from ..quality.facts import Counted
from ..quality.sums import Sum
from .report import Report


def at_least(report: Report) -> Report:
    """Give a report whose sums are what is known for sure; where nothing is, they stay unknown."""
    least = replace(report)
    for name in report.tables:
        least.keep(report.filled(name).recast(_least))
    return least


def _least(_counted: Counted, _key: Key, total: Sum) -> Sum:
    return Sum(total.least, total.least, 0, total.cells) if total.least else total
