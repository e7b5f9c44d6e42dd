"""Small histories without a workbook: quarters of a few counts, for what is worked out over time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from ccpcr_lib.analysis.history import History
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.excel.reader import Reading
from ccpcr_lib.model import period as calendar
from ccpcr_lib.model.catalogue import spec
from ccpcr_lib.model.records import Count
from ccpcr_lib.model.table import slots
from ccpcr_lib.quality.facts import Facts

Figures = Mapping[str, int | None]


def report_of(period: str, **tables: Figures) -> Report:
    """Make a quarter's report. A table's figures stand in the first row: ``{"m1": 3, "previous": 5}``, zeros below.

    In a table of months, every count of a month has its figure. None is a blank cell; the quarter before is blank where
    it is not given.
    """
    counts = tuple(count for name, figures in tables.items() for count in _counts(period, name, figures))
    members = MappingProxyType({name: spec(name).members for name in tables})
    places = MappingProxyType({name: f"{name}!A1" for name in tables})
    path = Path(f"{period}.xlsx")
    return Report(Reading(path, b"", period, counts, (), (), members, places), ())


def recounted(report: Report, tell: Callable[[Count], int | None]) -> Report:
    """Give a report with other values: `tell` says the value of each count. What the sheets print stays."""
    base = tuple(replace(count, value=tell(count)) for count in report.reading.base)
    return Report(replace(report.reading, base=base), report.problems, report.others)


def history_of_counts(table: str, quarters: Mapping[str, Figures]) -> History:
    """Make a history in which one table is reported, quarter by quarter."""
    return History(tuple(report_of(period, **{table: figures}) for period, figures in sorted(quarters.items())))


def table_of(period: str, name: str, rows: Mapping[str, Sequence[int | None]]) -> Facts:
    """Make the facts of a quarter with one table: a row's figures in the order of its columns, zeros elsewhere.

    The column of the quarter before is not among them. A row that the declaration lacks stands below.
    """
    declared, counts, given = spec(name), [], {row: list(figures) for row, figures in rows.items()}
    for slot in slots(declared, period, declared.rows_of(tuple(rows))):
        if slot.role != "count" or slot.key["period"] == calendar.previous(period):
            continue
        figures = given.get(declared.rows_of(tuple(rows))[slot.row - declared.depth])
        value = figures.pop(0) if figures else 0
        source = f"{name}!{chr(65 + slot.column)}{slot.row - declared.depth + 1}"
        counts.append(Count(name, slot.measure, slot.unit, dict(slot.key), value, source))
    return Facts(period, tuple(counts), ())


def _counts(period: str, name: str, figures: Figures):
    declared = spec(name)
    names = {calendar.resolve(calendar.Relative(relative), period): value for relative, value in figures.items()}
    for place, slot in enumerate(slot for slot in slots(declared, period) if slot.role == "count"):
        first = {} if declared.rows == "month" else declared.row_key(declared.members[0])
        usual = None if slot.key["period"] == calendar.previous(period) and "previous" not in figures else 0
        value = names.get(slot.key["period"], usual) if first.items() <= slot.key.items() else usual
        yield Count(name, slot.measure, slot.unit, dict(slot.key), value, f"{name}!A{place + 1}")
