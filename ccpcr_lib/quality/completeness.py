"""Is anything missing: blank counts, months in which everything is zero, a table copied from the quarter before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from ..model import period as calendar
from ..model.catalogue import spec
from ..model.finding import Finding
from ..model.records import Count, FrozenKey
from ..model.wording import period_label, table_title
from .facts import Facts
from .rules import make_finding

FEWEST_TO_COMPARE = 6
"""A table must have so many counts above zero before being the same as another one means anything."""

RelativeKey = tuple[str, str, int, FrozenKey]
"""What a count stands for in any quarter: measure, unit, the month's number (from 0), the rest of its key."""


def check_completeness(facts: Facts, before: Facts | None, unreadable: Collection[str] = ()) -> Iterator[Finding]:
    """Check every table for blanks, for empty months, and against the quarter `before` if its workbook is there.

    `unreadable` are cells that hold something nobody can read: they are not blank, and have a finding already.
    """
    for table, counts in facts.by_table.items():
        yield from _blanks(table, [count for count in counts if count.source not in unreadable])
        yield from _empty_months(facts, table, counts)
        if before:
            yield from _copied(facts, before, table)


def _blanks(table: str, counts: Iterable[Count]) -> Iterator[Finding]:
    blank = [count.source for count in counts if count.value is None]
    if len(blank) == 1:
        yield make_finding("blank", blank, table=table, title=table_title(table))
    elif blank:
        yield make_finding("blank", blank, variant="many", table=table, count=str(len(blank)), title=table_title(table))


def _empty_months(facts: Facts, table: str, counts: tuple[Count, ...]) -> Iterator[Finding]:
    """Note months in which a table has only zeros while other months have figures."""
    months: dict[str, list[Count]] = defaultdict(list)
    for count in counts:
        if calendar.MONTH.fullmatch(count.key["period"]) and count.measure == spec(table).measure:
            months[count.key["period"]].append(count)
    empty = [month for month, group in months.items() if all(count.value == 0 for count in group)]
    if empty and len(empty) < len(months):
        where = [count.source for month in empty for count in months[month]]
        names = dict(zip(("first", "second"), (period_label(month, "en") for month in empty), strict=False))
        variant = "two" if len(empty) > 1 else ""
        yield make_finding("empty_months", where, variant=variant, table=table, title=table_title(table), **names)


def _copied(facts: Facts, before: Facts, table: str) -> Iterator[Finding]:
    """Warn where a table repeats the quarter before, figure by figure."""
    now, then = _by_place(facts, table), _by_place(before, table)
    if sum(bool(value) for value in now.values()) >= FEWEST_TO_COMPARE and now == then:
        counts = facts.by_table[table]
        where = [count.source for count in counts if calendar.contains(facts.period, count.key["period"])]
        others = (count.source for count in counts)
        yield make_finding("copied", where, table=table, evidence=others, title=table_title(table), other=before.period)


def _by_place(facts: Facts, table: str) -> dict[RelativeKey, int | None]:
    """Give a table's values by what they stand for; what it repeats of the quarter before is left out."""
    months = calendar.months(facts.period)
    values: dict[RelativeKey, int | None] = {}
    for count in facts.by_table.get(table, ()):
        period = count.key["period"]
        if calendar.contains(facts.period, period):
            month = months.index(period) if period in months else 0
            values[count.measure, count.unit, month, count.codes] = count.value
    return values
