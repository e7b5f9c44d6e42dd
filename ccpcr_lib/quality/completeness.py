"""Is anything missing: blank counts, and months in which everything is zero where chance would hardly make it so."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from math import comb

from ..model import period as calendar
from ..model.catalogue import spec
from ..model.finding import Finding
from ..model.records import Count
from ..model.wording import period_label, table_title
from .chance import chance_of_none, spread_of, tally
from .facts import Facts
from .rules import make_finding

EMPTY = 0.01
"""Months of zeros are told where chance would give any in a table of the workbook less often than this."""


def check_completeness(
    facts: Facts, others: Sequence[Facts] = (), unreadable: Collection[str] = ()
) -> Iterator[Finding]:
    """Check every table for blanks and for empty months; earlier ones of `others` say what is usual in a month.

    `unreadable` are cells that hold something nobody can read: they are not blank, and have a finding already.
    """
    for table, counts in facts.by_table.items():
        yield from _blanks(table, [count for count in counts if count.source not in unreadable])
    yield from _empty_months(facts, [other for other in others if other.period < facts.period])


def _blanks(table: str, counts: Iterable[Count]) -> Iterator[Finding]:
    blank = [count.source for count in counts if count.value is None]
    if len(blank) == 1:
        yield make_finding("blank", blank, table=table, title=table_title(table))
    elif blank:
        yield make_finding("blank", blank, variant="many", table=table, count=str(len(blank)), title=table_title(table))


def _empty_months(facts: Facts, earlier: Sequence[Facts]) -> Iterator[Finding]:
    """Note months in which a table has only zeros while others have figures; once a measure, in its first table.

    How many figures the other months have says how likely that is, and the earlier quarters whether happenings come
    together: then a month without any is no wonder.
    """
    by_table = {table: months for table in facts.by_table if len(months := _months(facts, table)) > 1}
    told: set[tuple[str, tuple[str, ...]]] = set()
    for table, months in by_table.items():
        empty = tuple(month for month, group in months.items() if all(count.value == 0 for count in group))
        about = spec(table).measure, empty
        if not 0 < len(empty) < len(months) or about in told:
            continue
        if _chance(facts, earlier, table, (len(empty), len(months))) * len(by_table) < EMPTY:
            told.add(about)
            yield _empty(table, [count.source for month in empty for count in months[month]], empty)


def _months(facts: Facts, table: str) -> dict[str, list[Count]]:
    """Sort a table's counts of its own measure by their months."""
    months: dict[str, list[Count]] = {}
    measure = spec(table).measure
    for count in facts.by_table.get(table, ()):
        if count.measure == measure and calendar.MONTH.fullmatch(count.key["period"]):
            months.setdefault(count.key["period"], []).append(count)
    return months


def _chance(facts: Facts, earlier: Sequence[Facts], table: str, empty: tuple[int, int]) -> float:
    """Give the chance that so many of the quarter's months, whichever, have none of all that is known to happen."""
    number, of = empty
    past = [total for other in earlier for total in _totals(other, table)]
    happened = tally([*past, *_totals(facts, table)])
    none = chance_of_none(happened.total, among=number, of=happened.number, spread=spread_of([tally(past)]))
    return comb(of, number) * none


def _totals(facts: Facts, table: str) -> list[int]:
    """Add up each month of a table, as far as it is known."""
    cube = facts.cube(spec(table).measure, spec(table).unit)
    return [cube.total({"period": month}, table=table).least for month in _months(facts, table)]


def _empty(table: str, where: Sequence[str], empty: Sequence[str]) -> Finding:
    names = dict(zip(("first", "second"), (period_label(month, "en") for month in empty), strict=False))
    variant = "two" if len(empty) > 1 else ""
    return make_finding("empty_months", where, variant=variant, table=table, title=table_title(table), **names)
