"""Is a table, or a month of it, still that of the quarter before: copied, or left from the last file.

Figures that are the same again are told where chance would hardly make them so, whatever their rates are
(`chance.agreement`). A stock says nothing. Zeros, and a table in which nothing happened more than once, say something
only where enough earlier quarters show that they change. Clients who attend stand in several rows and stay from one
quarter to the next: rows of theirs that say the same count once. And what stayed the same from quarter to quarter
before may do so again.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod
from typing import NamedTuple

from ..model import period as calendar
from ..model.catalogue import spec
from ..model.finding import Finding
from ..model.measure import adding, is_stock
from ..model.records import Count, FrozenKey
from ..model.wording import listed, month_label, table_title
from .chance import agreement, agreement_of_none
from .facts import Facts
from .keys import people_of
from .rules import make_finding
from .unusual import FEWEST_QUARTERS

AT_ALL = 0.1
"""Above this chance nothing is looked up in earlier quarters."""

TABLE, MONTHS, CERTAIN = 2e-5, 5e-6, 1e-7
"""A whole table is told below the first chance, months below the second: over all tables together that is
at most 1 in 1500 quarters. Months, and clients who stay, are a note; below the third they are a warning."""

WHOLE = -1
"""The place of what is counted over the whole quarter, beside those of its months, 0 to 2."""

Place = tuple[str, str, int, FrozenKey]
"""What a count stands for in any quarter: measure, unit, the month's place, the rest of its key."""

Places = Mapping[Place, Count]
"""A table's counts of a quarter, by what they stand for."""


@dataclass(frozen=True)
class Pair:
    """A table's counts in a quarter beside those of the quarter before; what one of them has no row for is none."""

    now: Places
    then: Places

    def values(self, place: Place) -> tuple[int | None, int | None]:
        """Give the figures of a place: of the quarter, and of the one before."""
        now, then = self.now.get(place), self.then.get(place)
        return (now.value if now else 0), (then.value if then else 0)

    def agrees(self, places: Collection[Place]) -> bool:
        """Check whether both say the same in all of these places."""
        return all(now == then for now, then in map(self.values, places))

    def says(self, places: Collection[Place]) -> bool:
        """Check whether the quarter counts anything in these places."""
        return any(self.values(place)[0] for place in places)

    def by_month(self) -> dict[int, list[Place]]:
        """Sort its places by their months."""
        months: dict[int, list[Place]] = {}
        for place in dict.fromkeys([*self.now, *self.then]):
            months.setdefault(place[2], []).append(place)
        return months

    def left(self) -> "Pair":
        """Give the first month of the quarter beside the last month of the one before."""
        last = {
            (measure, unit, 0, codes): count for (measure, unit, month, codes), count in self.then.items() if month == 2
        }
        return Pair({place: count for place, count in self.now.items() if place[2] == 0}, last)


class Copy(NamedTuple):
    """What says the same as before: the months, all their places, and the variant of the finding."""

    variant: str
    months: tuple[int, ...]
    places: tuple[Place, ...]


def check_copied(facts: Facts, others: Sequence[Facts]) -> Iterator[Finding]:
    """Hold each table against the quarter before, if its workbook is there; quarters before it say what is usual."""
    quarters = {other.period: other for other in others if other.period < facts.period} | {facts.period: facts}
    if calendar.previous(facts.period) in quarters:
        for table in facts.by_table:
            yield from _copied(quarters, facts.period, table)


def _copied(quarters: Mapping[str, Facts], quarter: str, table: str) -> Iterator[Finding]:
    """Tell a table that was copied; else its months that were; else a first month left from the last file."""
    pair = _pair(quarters, quarter, table)
    for seen, copy in ((pair, _same(pair)), (pair.left(), _left(pair.left()))):
        if _chance(seen, copy, ()) > AT_ALL:
            continue
        known = [period for period in quarters if period < quarter and calendar.previous(period) in quarters]
        pairs = [_pair(quarters, period, table) for period in known]
        earlier = [other.left() for other in pairs] if copy.variant == "left" else pairs
        chance = _chance(seen, copy, earlier)
        if chance < (MONTHS if copy.variant else TABLE) and _says_enough(seen, copy, earlier):
            yield _finding(quarters[quarter], table, copy, chance)
            return


def _pair(quarters: Mapping[str, Facts], quarter: str, table: str) -> Pair:
    """Take a table in a quarter and in the one before."""
    before = quarters.get(calendar.previous(quarter))
    return Pair(_by_place(quarters[quarter], table), _by_place(before, table) if before else {})


def _by_place(facts: Facts, table: str) -> dict[Place, Count]:
    """Give a table's counts by what they stand for; what it repeats of the quarter before is left out."""
    months = {month: place for place, month in enumerate(calendar.months(facts.period))} | {facts.period: WHOLE}
    return {
        (count.measure, count.unit, months[count.key["period"]], count.codes): count
        for count in facts.by_table.get(table, ())
        if count.key["period"] in months
    }


def _same(pair: Pair) -> Copy:
    """Find what agrees by its place: the whole table, or some of its months."""
    by_month = pair.by_month()
    same = [month for month, places in by_month.items() if pair.agrees(places)]
    if len(same) < len(by_month):
        same = [month for month in same if month != WHOLE and pair.says(by_month[month])]
        return _copy("month" if len(same) == 1 else "months", same, by_month)
    return _copy("", same, by_month)


def _left(pair: Pair) -> Copy:
    """Find whether the first month is the last one of the quarter before."""
    by_month = pair.by_month()
    return _copy("left", [month for month, places in by_month.items() if pair.agrees(places)], by_month)


def _copy(variant: str, months: Sequence[int], by_month: Mapping[int, Sequence[Place]]) -> Copy:
    return Copy(variant, tuple(months), tuple(place for month in months for place in by_month[month]))


def _chance(pair: Pair, copy: Copy, earlier: Sequence[Pair]) -> float:
    """Give the chance of so much agreement at most: the product of what each figure counts for."""
    said = ((place, pair.values(place)[0]) for place in copy.places if not is_stock(place[0]))
    values = {place: value for place, value in said if value is not None}
    quiet = _quiet(values, earlier)
    weights: dict[tuple[object, ...], float] = {}
    for place, value in values.items():
        evidence = _evidence(place, value)
        weight = max(agreement(value), _habit(earlier, place)) if value else _of_none(earlier, place, quiet)
        weights[evidence] = max(weights.get(evidence, 0), weight)
    return prod(weights.values())


def _evidence(place: Place, value: int) -> tuple[object, ...]:
    """Name what a figure is evidence of: its place; of attendance, so many clients of a kind, in whatever rows."""
    measure, unit, month, codes = place
    people = people_of(dict(codes))
    return (measure, unit, month, people, value) if adding(measure, unit) == "attendance" else place


def _habit(earlier: Sequence[Pair], place: Place) -> float:
    """Give how often a row that counted something stayed the same before; one more time it did not is added.

    Once is no habit: that may be the first copy.
    """
    counted = [values for values in (pair.values(place) for pair in earlier) if any(values)]
    return sum(now == then for now, then in counted) / (len(counted) + 1) if len(counted) > 1 else 0.0


def _of_none(earlier: Sequence[Pair], place: Place, quiet: float) -> float:
    """Give what a zero counts for: something (below 1) where enough quarters say that it is not always zero.

    Taken is how often it was zero, or zero again, one more time added; less often than that where all is `quiet`.
    """
    if len(earlier) < FEWEST_QUARTERS:
        return 1.0
    values = [pair.values(place) for pair in earlier]
    again = [now for now, then in values if then == 0]
    often = max((sum(now == 0 for now in some) + 1) / (len(some) + 1) for some in ([now for now, _ in values], again))
    return agreement_of_none(often**quiet)


def _quiet(values: Mapping[Place, int], earlier: Sequence[Pair]) -> float:
    """Give how much happens, of what did in the earlier quarters on average; 1 where it is no less."""
    happened = sum(pair.values(place)[0] or 0 for pair in earlier for place in values)
    return min(sum(values.values()) * len(earlier) / happened, 1.0) if happened else 1.0


def _says_enough(pair: Pair, copy: Copy, earlier: Sequence[Pair]) -> bool:
    """Check whether figures change at all: by what they are, or by what they were in the earlier quarters.

    They do not where nothing happened more than once, as far as is known; nor where all of it stayed the same twice
    before, and at least every second time.
    """
    same = sum(other.agrees(copy.places) and other.says(copy.places) for other in earlier)
    happened = (pair.values(place)[0] or 0 for place in copy.places if not is_stock(place[0]))
    return (len(earlier) >= FEWEST_QUARTERS or max(happened, default=0) > 1) and same < max(2, len(earlier) / 2)


def _finding(facts: Facts, table: str, copy: Copy, chance: float) -> Finding:
    """Name what was copied: a warning for a whole table of what happened, or where there is hardly any doubt."""
    months, before = calendar.months(facts.period), calendar.previous(facts.period)
    counts = [count for count in facts.by_table[table] if calendar.contains(facts.period, count.key["period"])]
    fields = {"title": table_title(table), "other": before}
    if copy.variant:
        counts = [count for count in counts if count.key["period"] in {months[month] for month in copy.months}]
        of = [calendar.months(before)[month] for month in ((2,) if copy.variant == "left" else copy.months)]
        fields["other"] = listed(month_label(month, "en", year=True) for month in of)
        fields["months"] = listed(month_label(months[month], "en") for month in copy.months)
    where, others = ([count.source for count in some] for some in (counts, facts.by_table[table]))
    finding = make_finding("copied", where, variant=copy.variant, table=table, evidence=others, **fields)
    is_plain = not copy.variant and adding(spec(table).measure, spec(table).unit) == "flow"
    return finding if is_plain or chance < CERTAIN else replace(finding, severity="note")
