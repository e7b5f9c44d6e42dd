"""A seed → quarters of SYNTHETIC counts that agree with each other, but for a few faults.

Every table counts the events of the same story, so that tables and quarters agree as they would in a well-kept report.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from ..excel.frames import counts_frame
from ..model import period as calendar
from ..model.catalogue import CATALOGUE
from ..model.column import DeclaredKey
from ..model.period import Relative
from ..model.table import Key, Slot, TableSpec, real_key, slots
from .story import FIRST, Event, tell

FAULTY_QUARTER = "2010-Q3"

Events = Mapping[tuple[str, str, str], list[Event]]
"""What happened, by measure, unit and quarter."""


@dataclass(frozen=True)
class Fault:
    """A figure typed wrongly on purpose: where, and by how much it is off."""

    table: str
    key: DeclaredKey
    measure: str
    off: int
    unit: str = "clients"


FAULTS = (
    Fault("referral_sources", {"period": Relative.QUARTER, "category": "own_network", "sex": "F"}, "referred", 1),
    Fault("family_visits", {"period": Relative.PREVIOUS, "case_type": "DV"}, "visited", 10),
    Fault("referrals_by_age", {"period": Relative.M2}, "in_shelter", -9),
    Fault("skills_follow_up", {"period": Relative.QUARTER, "category": "sewing"}, "followed_up_skills", -9, "times"),
)


def simulate(seed: int) -> dict[str, pd.DataFrame]:
    """Give the counts of each quarter from 2009 to 2011, as frames of the contract, faults planted in 2010-Q3.

    Raise CannotReadError where a list has members that these clients never have, or lacks one that they have.
    """
    events = _by_quarter(tell(seed))
    quarters = sorted({quarter for _, _, quarter in events})
    return {quarter: _counts(events, quarter) for quarter in quarters if quarter >= FIRST}


def _by_quarter(events: list[Event]) -> Events:
    grouped = defaultdict(list)
    for event in events:
        grouped[event.measure, event.unit, calendar.quarter_of(event.period)].append(event)
    return grouped


def _counts(events: Events, quarter: str) -> pd.DataFrame:
    """Count the events for every cell of every table."""
    rows = [row for spec in CATALOGUE for row in _table_rows(events, spec, quarter)]
    return counts_frame(rows)


def _table_rows(events: Events, spec: TableSpec, quarter: str) -> Iterator[tuple[object, ...]]:
    for slot in slots(spec, quarter):
        if slot.role != "count":
            continue
        happened = events.get((slot.measure, slot.unit, calendar.quarter_of(slot.key["period"])), ())
        value = sum(_matches(event, spec, slot.key) for event in happened)
        value = max(value + _fault(spec.name, slot, quarter), 0)
        names = ("case_type", "sex", "age_band", "category")
        codes = (slot.key.get(name) for name in names)
        yield (spec.name, slot.measure, slot.key["period"], *codes, slot.unit, value, "")


def _matches(event: Event, spec: TableSpec, key: Key) -> bool:
    named = {(spec.codelist if name == "category" else name): code for name, code in key.items() if name != "period"}
    return calendar.contains(key["period"], event.period) and all(
        event.key.get(name) == code for name, code in named.items()
    )


def _fault(table: str, slot: Slot, quarter: str) -> int:
    """Give by how much a cell is off on purpose."""
    if quarter != FAULTY_QUARTER:
        return 0
    for fault in FAULTS:
        key = real_key(fault.key, quarter)
        if (fault.table, fault.measure, fault.unit, key) == (table, slot.measure, slot.unit, dict(slot.key)):
            return fault.off
    return 0
