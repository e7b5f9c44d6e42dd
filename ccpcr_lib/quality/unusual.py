"""Counts far outside their own history: a quarter's totals, and single counts.

A total is held against those of the earlier quarters, a single count against all earlier ones of its row and column:
months against months. The test is exact for counts of a Poisson process. Real counts vary more, since people come in
groups and work is done in rounds; so how much more is taken from the history itself, of a single count from all rows of
its table together, and the counts are taken to be negative binomial (`chance.compare_with_history`). A stock is left
out, and a total of clients who may stand in several counts.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple
from weakref import WeakKeyDictionary

from ..model import period as calendar
from ..model.catalogue import CATALOGUE, spec
from ..model.finding import Finding
from ..model.measure import adding, is_stock
from ..model.records import Count, FrozenKey, name_key
from ..model.table import TableSpec
from ..model.wording import counted_label, measure_label
from .chance import Tally, compare_with_history, spread_of, tally
from .facts import Facts
from .rules import make_finding
from .sums import Sum

FEWEST_QUARTERS = 6
"""Below so many earlier quarters nothing is said about what is usual."""

UNUSUAL = 0.001
"""A total is unusual where chance alone gives one as far off less often than this."""

STRANGE = 0.05
"""A single count is unusual where chance gives any as far off, among all in the workbook, less often than this."""

NEAR = 3
"""Nothing within so many standard deviations is that rare."""

Row = tuple[str, str, str, FrozenKey]
"""A row by the column of its counts: table, measure, unit, key without its period."""


class Rare(NamedTuple):
    """A count that chance would hardly give: how likely any so rare is among all that are compared, its row, itself."""

    p: float
    row: Row
    figure: Count


def check_unusual(facts: Facts, earlier: Sequence[Facts]) -> Iterator[Finding]:
    """Note totals and single counts that chance would hardly give; nothing where the history is too short.

    A single count is told once a measure, and not where a total of it is.
    """
    if len(earlier) < FEWEST_QUARTERS:
        return
    told = set()
    for declared in CATALOGUE:
        for finding in _totals(facts, earlier, declared):
            told.add(declared.measure)
            yield finding
    yield from _single(facts, earlier, told)


def _totals(facts: Facts, earlier: Sequence[Facts], declared: TableSpec) -> Iterator[Finding]:
    now = _total(facts, declared)
    past = [total for other in earlier if (total := _total(other, declared)) is not None]
    if now is None or len(past) < FEWEST_QUARTERS or adding(declared.measure, declared.unit) == "attendance":
        return
    p = _p(now, tally(past), [tally(past)])
    if p < UNUSUAL:
        yield _rare_total(facts, declared, (now, past), p)


def _p(value: int, history: Tally, rows: Iterable[Tally]) -> float:
    """Give the p-value of a count, its rate as spread as that of all `rows`, or as its own where that is more.

    How spread they are is looked at only where the count would be rare with a steady rate: else it is not with another.
    """
    steady = compare_with_history(value, history)
    if steady > STRANGE:
        return steady
    return compare_with_history(value, history, max(spread_of(rows), spread_of([history])))


def _total(facts: Facts, declared: TableSpec) -> int | None:
    """Add up the quarter of a table; None where it is not there or not known exactly."""
    cube = facts.cube(declared.measure, declared.unit)
    return cube.total({}, table=declared.name).exact if declared.name in cube.tables else None


def _rare_total(facts: Facts, declared: TableSpec, counted: tuple[int, list[int]], p: float) -> Finding:
    now, past = counted
    counts = facts.cube(declared.measure, declared.unit).counts({}, declared.name)
    return make_finding(
        "unusual",
        [count.source for count in counts if count.value],
        table=declared.name,
        printed=str(now),
        expected=f"{tally(past).total / len(past):.1f}",
        measure=measure_label(declared.measure),
        periods=str(len(past)),
        p=f"{p:.1g}",
    )


# --- single counts --------------------------------------------------------------------------------------------


def _single(facts: Facts, earlier: Sequence[Facts], told: set[str]) -> Iterator[Finding]:
    """Note the strangest count of each measure, where chance would hardly give one among all that are compared."""
    past = _past(earlier)
    fewest = dict.fromkeys(calendar.months(facts.period), 3 * FEWEST_QUARTERS) | {facts.period: FEWEST_QUARTERS}
    compared = [
        (row, count, value)
        for row, count, value in _counted(facts)
        if len(past.get(row, ())) >= fewest[count.key["period"]]
    ]
    strangest: dict[str, Rare] = {}
    for row, count, value in compared:
        if count.measure in told or not _is_far(value, past[row]):
            continue
        rows = (tally(values) for other, values in past.items() if other[:3] == row[:3])
        p = len(compared) * _p(value, tally(past[row]), rows)
        if p < (strangest[count.measure].p if count.measure in strangest else STRANGE):
            strangest[count.measure] = Rare(p, row, count)
    for rare in strangest.values():
        yield _rare_count(rare, past[rare.row])


def _is_far(value: int, past: Sequence[int]) -> bool:
    """Check whether a value is so far from the mean that it may be rare: the test itself takes longer."""
    mean = sum(past) / len(past)
    return (value - mean) ** 2 > NEAR**2 * mean


def _past(earlier: Sequence[Facts]) -> dict[Row, list[int]]:
    """Put together all earlier counts of each row."""
    past: dict[Row, list[int]] = {}
    for facts in earlier:
        for row, values in _values(facts).items():
            if row in past:
                past[row] += values
            else:
                past[row] = [*values]
    return past


_KNOWN: WeakKeyDictionary[Facts, Mapping[Row, Sequence[int]]] = WeakKeyDictionary()
"""The rows of the quarters that somebody still holds: each quarter is held against all others."""


def _values(facts: Facts) -> Mapping[Row, Sequence[int]]:
    """Sort what a quarter counts by its rows; made once a quarter."""
    known = _KNOWN.get(facts)
    if known is None:
        rows: dict[Row, list[int]] = {}
        for row, _, value in _counted(facts):
            rows.setdefault(row, []).append(value)
        known = _KNOWN[facts] = rows
    return known


def _counted(facts: Facts) -> Iterator[tuple[Row, Count, int]]:
    """List the quarter's own counts that are known, with their rows and values; a stock is none of them."""
    own = {facts.period, *calendar.months(facts.period)}
    stocks = {measure for measure, _ in facts.cubes if is_stock(measure)}
    for count in facts.counts:
        if count.value is not None and count.key["period"] in own and count.measure not in stocks:
            yield (count.table, count.measure, count.unit, count.codes), count, count.value


def _rare_count(rare: Rare, past: Sequence[int]) -> Finding:
    """Name a count, and the least and the most there were before."""
    count = rare.figure
    return make_finding(
        "unusual",
        [count.source],
        variant="month" if calendar.MONTH.fullmatch(count.key["period"]) else "quarter",
        table=count.table,
        printed=str(count.value),
        expected=str(Sum(min(past), max(past))),
        measure=counted_label(count.measure, count.unit),
        who=name_key(count.key, category_list=spec(count.table).codelist),
        periods=str(len(past)),
        p=f"{rare.p:.1g}",
    )
