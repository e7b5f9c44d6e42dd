"""This quarter against others: what it prints of the one before, and counts far outside their history."""

from collections.abc import Iterator, Sequence

from ..model import period as calendar
from ..model.catalogue import CATALOGUE
from ..model.finding import Finding
from ..model.table import Column
from ..model.wording import measure_label, period_label
from .chance import compare_with_history
from .cube import Count, Facts, add, name_key
from .rules import make_finding

FEWEST_QUARTERS = 6
"""Below so many earlier quarters nothing is said about what is usual."""

UNUSUAL = 0.001
"""A count is unusual where chance alone gives one as far off less often than this."""


def check_over_time(facts: Facts, others: Sequence[Facts]) -> Iterator[Finding]:
    """Compare with other quarters' workbooks; yield nothing where there are none."""
    before = next((other for other in others if other.period == calendar.previous(facts.period)), None)
    if before:
        yield from _previous_column(facts, before)
    earlier = [other for other in others if other.period < facts.period]
    yield from _unusual(facts, sorted(earlier, key=lambda other: other.period))


def _previous_column(facts: Facts, before: Facts) -> Iterator[Finding]:
    """Hold the column of the quarter before against that quarter's own workbook."""
    for count in facts.counts:
        if count.key["period"] != before.period or count.value is None:
            continue
        own = before.covered(count.table, count.measure, count.unit, count.key)
        total = add(own)
        if own and total is not None and total != count.value:
            yield _differs(count, before, own, total)


def _differs(count: Count, before: Facts, own: list[Count], total: int) -> Finding:
    return make_finding(
        "previous_quarter",
        [count.source],
        table=count.table,
        printed=str(count.value),
        expected=str(total),
        measure=measure_label(count.measure),
        who=name_key(count.key, period=False),
        period=period_label(before.period, "en"),
        quarter=before.period,
        other=own[0].source,
    )


def _unusual(facts: Facts, earlier: Sequence[Facts]) -> Iterator[Finding]:
    """Note totals that chance would hardly give; stocks are left out, and so is everything with too short a history."""
    for declared in CATALOGUE:
        column = next(column for column in declared.counts if not column.is_stock)
        now = _total(facts, declared.name, column)
        past = [total for other in earlier if (total := _total(other, declared.name, column)) is not None]
        if now is None or len(past) < FEWEST_QUARTERS or declared.counts_once:
            continue
        p = compare_with_history(now, past)
        if p < UNUSUAL:
            yield _rare(facts, declared.name, column, now, past, p)


def _total(facts: Facts, table: str, column: Column) -> int | None:
    counts = facts.covered(table, column.measure, column.unit, {"period": facts.period})
    return add(counts) if counts else None


def _rare(facts: Facts, table: str, column: Column, now: int, past: list[int], p: float) -> Finding:
    counts = facts.covered(table, column.measure, column.unit, {"period": facts.period})
    return make_finding(
        "unusual",
        [count.source for count in counts if count.value],
        table=table,
        printed=str(now),
        expected=f"{sum(past) / len(past):.1f}",
        measure=measure_label(column.measure),
        periods=str(len(past)),
        p=f"{p:.1g}",
    )
