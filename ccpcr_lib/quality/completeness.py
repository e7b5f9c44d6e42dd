"""Is anything missing: blank counts, months in which everything is zero, a table copied from the quarter before."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from ..model import period as calendar
from ..model.catalogue import spec
from ..model.finding import Finding
from ..model.wording import period_label, table_title
from ..words import say
from .cube import Count, Facts
from .rules import make_finding

FEWEST_TO_COMPARE = 6
"""A table must have so many counts above zero before being the same as another one means anything."""


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
    if blank:
        fields = {"count": str(len(blank)), "title": table_title(table)}
        yield make_finding("blank", blank, variant="many" if len(blank) > 1 else "", table=table, **fields)


def _empty_months(facts: Facts, table: str, counts: tuple[Count, ...]) -> Iterator[Finding]:
    """Note months in which a table has only zeros while other months have figures."""
    months: dict[str, list[Count]] = defaultdict(list)
    for count in counts:
        if calendar.MONTH.fullmatch(count.key["period"]) and count.measure == spec(table).measure:
            months[count.key["period"]].append(count)
    empty = [month for month, group in months.items() if all(count.value == 0 for count in group)]
    if empty and len(empty) < len(months):
        names = f" {say('and')} ".join(period_label(month, "en") for month in empty)
        where = [count.source for month in empty for count in months[month]]
        yield make_finding("empty_months", where, table=table, months=names, title=table_title(table))


def _copied(facts: Facts, before: Facts, table: str) -> Iterator[Finding]:
    """Warn where a table repeats the quarter before, figure by figure."""
    now, then = (_by_place(one, table) for one in (facts, before))
    if sum(bool(value) for value in now.values()) >= FEWEST_TO_COMPARE and now == then:
        where = [count.source for count in facts.by_table[table]]
        yield make_finding("copied", where, table=table, title=table_title(table), other=before.period)


Place = tuple[str, str, int, tuple[tuple[str, str], ...]]
"""What a value stands for in any quarter: measure, unit, the place of its month, the rest of its key."""


def _by_place(facts: Facts, table: str) -> dict[Place, int | None]:
    """Give a table's values by what they stand for, months as first, second, third; the quarter before left out."""
    months = calendar.months(facts.period)
    places = {}
    for count in facts.by_table.get(table, ()):
        period = count.key["period"]
        if calendar.contains(facts.period, period):
            place = months.index(period) if period in months else 0
            places[count.measure, count.unit, place, tuple(sorted({**count.key, "period": ""}.items()))] = count.value
    return places
