"""This quarter against others: what it prints of the one before, what was copied from it, and what is unusual."""

from collections.abc import Iterator, Sequence

from ..model import period as calendar
from ..model.finding import Finding
from ..model.records import Count, name_key
from ..model.wording import measure_label, period_label
from .copied import check_copied
from .facts import Facts
from .rules import make_finding
from .sums import Sum
from .unusual import check_unusual


def check_over_time(facts: Facts, others: Sequence[Facts]) -> Iterator[Finding]:
    """Compare with other quarters' workbooks; yield nothing where there are none."""
    yield from check_copied(facts, others)
    yield from check_unusual(facts, [other for other in others if other.period < facts.period])


def check_repeated(facts: Facts, others: Sequence[Facts]) -> Iterator[Finding]:
    """Hold the column of the quarter before against that quarter's own workbook, if it is there."""
    before = next((other for other in others if other.period == calendar.previous(facts.period)), None)
    if before is None:
        return
    for count in facts.counts:
        if count.key["period"] != before.period or count.value is None:
            continue
        own = before.total(count)
        if own is not None and not own.allows(count.value):
            yield _differs(count, before, own)


def _differs(count: Count, before: Facts, own: Sum) -> Finding:
    return make_finding(
        "previous_quarter",
        [count.source],
        table=count.table,
        printed=str(count.value),
        expected=str(own),
        measure=measure_label(count.measure),
        who=name_key(count.key, period=False),
        period=period_label(before.period, "en"),
        quarter=before.period,
        other=own.cells[0] if own.cells else before.period,
    )
