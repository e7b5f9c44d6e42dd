"""This quarter against others: what it prints of the one before, and counts far outside their history."""

from collections.abc import Iterator, Sequence

from ..model import period as calendar
from ..model.catalogue import CATALOGUE
from ..model.finding import Finding
from ..model.measure import adding
from ..model.records import Count, name_key
from ..model.table import TableSpec
from ..model.wording import measure_label, period_label
from .chance import compare_with_history
from .facts import Facts
from .rules import make_finding
from .sums import Sum

FEWEST_QUARTERS = 6
"""Below so many earlier quarters nothing is said about what is usual."""

UNUSUAL = 0.001
"""A count is unusual where chance alone gives one as far off less often than this."""


def check_over_time(facts: Facts, others: Sequence[Facts]) -> Iterator[Finding]:
    """Compare with earlier quarters' workbooks; yield nothing where there are none."""
    earlier = [other for other in others if other.period < facts.period]
    yield from _unusual(facts, sorted(earlier, key=lambda other: other.period))


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


def _unusual(facts: Facts, earlier: Sequence[Facts]) -> Iterator[Finding]:
    """Note totals that chance would hardly give; stocks are left out, and so is everything with too short a history."""
    for declared in CATALOGUE:
        now = _total(facts, declared)
        past = [total for other in earlier if (total := _total(other, declared)) is not None]
        if now is None or len(past) < FEWEST_QUARTERS or adding(declared.measure, declared.unit) == "attendance":
            continue
        p = compare_with_history(now, past)
        if p < UNUSUAL:
            yield _rare(facts, declared, (now, past), p)


def _total(facts: Facts, declared: TableSpec) -> int | None:
    """Add up the quarter of a table; None where it is not there or not known exactly."""
    cube = facts.cube(declared.measure, declared.unit)
    return cube.total({}, table=declared.name).exact if declared.name in cube.tables else None


def _rare(facts: Facts, declared: TableSpec, counted: tuple[int, list[int]], p: float) -> Finding:
    now, past = counted
    counts = facts.cube(declared.measure, declared.unit).counts({}, declared.name)
    return make_finding(
        "unusual",
        [count.source for count in counts if count.value],
        table=declared.name,
        printed=str(now),
        expected=f"{sum(past) / len(past):.1f}",
        measure=measure_label(declared.measure),
        periods=str(len(past)),
        p=f"{p:.1g}",
    )
