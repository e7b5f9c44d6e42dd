"""Small histories without a workbook: quarters of a few counts, for what is worked out over time."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from ccpcr_lib.analysis.history import History
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.excel.frames import counts_frame, printed_frame
from ccpcr_lib.excel.reader import Reading
from ccpcr_lib.model import period as calendar
from ccpcr_lib.model.catalogue import spec
from ccpcr_lib.model.table import slots

Figures = Mapping[str, int | None]


def report_of(period: str, **tables: Figures) -> Report:
    """Make a quarter's report. A table's figures stand in the first row: ``{"m1": 3, "previous": 5}``, zeros below.

    In a table of months, every count of a month has its figure. None is a blank cell; the quarter before is blank where
    it is not given.
    """
    rows = [row for name, figures in tables.items() for row in _rows(period, name, figures)]
    members = MappingProxyType({name: spec(name).members for name in tables})
    places = MappingProxyType({name: f"{name}!A1" for name in tables})
    path = Path(f"{period}.xlsx")
    return Report(Reading(path, "", period, counts_frame(rows), printed_frame(()), (), members, places), ())


def history_of_counts(table: str, quarters: Mapping[str, Figures]) -> History:
    """Make a history in which one table is reported, quarter by quarter."""
    return History(tuple(report_of(period, **{table: figures}) for period, figures in sorted(quarters.items())))


def _rows(period: str, name: str, figures: Figures):
    declared = spec(name)
    names = {calendar.resolve(calendar.Relative(relative), period): value for relative, value in figures.items()}
    for place, slot in enumerate(slot for slot in slots(declared, period) if slot.role == "count"):
        first = {} if declared.rows == "month" else declared.row_key(declared.members[0])
        usual = None if slot.key["period"] == calendar.previous(period) and "previous" not in figures else 0
        value = names.get(slot.key["period"], usual) if first.items() <= slot.key.items() else usual
        codes = [slot.key.get(column) for column in ("case_type", "sex", "age_band", "category")]
        yield (name, slot.measure, slot.key["period"], *codes, slot.unit, value, f"{name}!A{place + 1}")
