"""Does a table agree with itself: totals with their parts, shares with their counts.

A total that does not fit is told once, where its rows and columns meet if they do: one wrong cell makes its row,
its column and the whole wrong by the same difference, and that cell is what the officer must look at.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from ..model.catalogue import is_stock, spec
from ..model.finding import Finding, cell_of
from ..words import say
from .cube import Claim, Count, Facts, add, all_known, identify
from .notes import check_notes
from .rules import make_finding


@dataclass(frozen=True)
class Misfit:
    """A printed total that its parts do not add up to; `total` is what they do add up to."""

    claim: Claim
    parts: tuple[Count, ...]
    total: int

    @property
    def difference(self) -> int:
        """Printed less counted."""
        return int(self.claim.value) - self.total


def check_arithmetic(facts: Facts) -> Iterator[Finding]:
    """Check every table's totals, shares and notes. Yield findings in no special order."""
    for table in facts.by_table:
        yield from _totals(facts, table)
        yield from _plans(facts, table)
        yield from _shares(facts, table)
        yield from check_notes(facts, table)


# --- totals ------------------------------------------------------------------------------------------------


def _totals(facts: Facts, table: str) -> Iterator[Finding]:
    misfits: list[Misfit] = []
    for claim in facts.claims_by_table.get(table, ()):
        if claim.kind != "total" or is_stock(claim.measure):
            continue
        parts = facts.parts(claim)
        if spec(table).counts_once and "category" not in claim.key:
            yield from _once(facts, claim, parts)
        elif parts:
            misfits += _misfit(claim, parts)
    for group in _same_cause(misfits):
        yield _misfits_finding(group)


def _misfit(claim: Claim, parts: list[Count]) -> list[Misfit]:
    known = sum(part.value or 0 for part in parts)
    is_partial = any(part.value is None for part in parts)
    fits = claim.value >= known if is_partial else claim.value == known
    return [] if fits else [Misfit(claim, tuple(parts), known)]


def _same_cause(misfits: list[Misfit]) -> list[list[Misfit]]:
    """Group misfits that one wrong cell would explain: the same difference, and parts in common."""
    groups: list[list[Misfit]] = []
    for misfit in sorted(misfits, key=lambda misfit: len(misfit.parts)):
        for group in groups:
            if group[0].difference == misfit.difference and _common([*group, misfit]):
                group.append(misfit)
                break
        else:
            groups.append([misfit])
    return groups


def _common(group: list[Misfit]) -> list[Count]:
    others = [{id(part) for part in misfit.parts} for misfit in group[1:]]
    return [part for part in group[0].parts if all(id(part) in other for other in others)]


def _misfits_finding(group: list[Misfit]) -> Finding:
    """Make one finding of a group of misfits: at the one cell they share, else at the finest total."""
    common, first = _common(group), group[0]
    if len(group) > 1 and len(common) == 1:
        return _wrong_cell(common[0], group)
    return make_finding(
        "total",
        [*(misfit.claim.source for misfit in group), *(part.source for part in common)],
        table=first.claim.table,
        printed=first.claim.text,
        value=str(int(first.claim.value)),
        expected=str(first.total),
        count=str(len(first.parts)),
    )


def _wrong_cell(cell: Count, group: list[Misfit]) -> Finding:
    first, second = group[0].claim, group[1].claim
    return make_finding(
        "total",
        [cell.source, *(misfit.claim.source for misfit in group)],
        variant="cell",
        table=cell.table,
        printed=str(cell.value),
        expected=str((cell.value or 0) + group[0].difference),
        first=first.text,
        first_cell=cell_of(first.source),
        second=second.text,
        second_cell=cell_of(second.source),
    )


def _once(facts: Facts, claim: Claim, parts: list[Count]) -> Iterator[Finding]:
    """Check a total that counts each person once: at least the largest row, at most all rows together."""
    rows: dict[str, list[Count]] = defaultdict(list)
    for part in parts:
        rows[part.key["category"]].append(part)
    sums = all_known(add(row) for row in rows.values())
    if not sums:
        return
    largest, most = max(sums), sum(sums)
    if not largest <= claim.value <= most:
        largest_rows = [row for row, total in zip(rows.values(), sums, strict=True) if total == largest]
        yield make_finding(
            "total_once",
            [claim.source, *(part.source for row in largest_rows for part in row)],
            table=claim.table,
            printed=claim.text,
            expected=say("number_from_to", least=largest, most=most),
            largest=str(largest),
            most=str(most),
        )
    yield from _totals_of_total(facts, claim)


def _totals_of_total(facts: Facts, whole: Claim) -> Iterator[Finding]:
    """Check that the printed totals of the groups add up to the printed whole: a person is in one group only."""
    if set(whole.key) != {"period"}:
        return
    groups = [
        claim
        for claim in facts.claims_by_table[whole.table]
        if claim.kind == "total" and len(claim.key) > 1 and "category" not in claim.key
    ]
    total = int(sum(claim.value for claim in groups))
    if groups and total != whole.value:
        yield make_finding(
            "total",
            [whole.source, *(claim.source for claim in groups)],
            variant="groups",
            table=whole.table,
            printed=whole.text,
            value=str(int(whole.value)),
            expected=str(total),
        )


def _plans(facts: Facts, table: str) -> Iterator[Finding]:
    """Check that the plan is the same wherever the table prints it."""
    plans = [
        claim for claim in facts.claims_by_table.get(table, ()) if claim.kind == "plan" and set(claim.key) == {"period"}
    ]
    for other in plans[1:]:
        if other.value != plans[0].value:
            yield make_finding(
                "plan",
                [other.source, plans[0].source],
                table=table,
                printed=other.text,
                expected=plans[0].text,
                first=cell_of(plans[0].source),
            )


# --- shares ------------------------------------------------------------------------------------------------


def _shares(facts: Facts, table: str) -> Iterator[Finding]:
    """Check each printed percent, and whether each set of them adds to 100."""
    sets: dict[tuple[str, str, int, tuple[str, ...]], list[Claim]] = defaultdict(list)
    for claim in facts.claims_by_table.get(table, ()):
        if claim.kind != "share":
            continue
        yield from _Share(facts, claim).check()
        divides = tuple(sorted(set(claim.key) - {"period"}))
        if claim.key != {"period": facts.period}:
            sets[claim.measure, claim.unit, len(claim.key["period"]), divides].append(claim)
    for claims in sets.values():
        yield from _hundred(facts, claims)


class _Share:
    """A printed share with the counts it is about: `part` of `total`, None where they are not known."""

    def __init__(self, facts: Facts, claim: Claim) -> None:
        self.facts, self.claim = facts, claim
        self.key = {"period": facts.period}
        self.parts = facts.parts(claim)
        self.part = add(self.parts)
        self.total = add(facts.covered(claim.table, claim.measure, claim.unit, self.key))

    def check(self) -> Iterator[Finding]:
        """Yield a finding unless the percent is the exact share rounded down or up, by counts or by printed totals."""
        if not self.total or self.part is None:
            return
        printed = 100 * self.claim.value
        if self._is_rounded(self.part, self.total) or self._is_of_printed_totals():
            return
        exact = 100 * self.part / self.total
        low, high = floor(exact + 1e-9), ceil(exact - 1e-9)
        yield make_finding(
            "share",
            [self.claim.source, *(part.source for part in self.parts)],
            table=self.claim.table,
            printed=f"{printed:g} %",
            expected=f"{low} %" if low == high else say("percent_either", low=low, high=high),
            part=str(self.part),
            total=str(self.total),
            exact=f"{exact:.1f}",
        )

    def _is_of_printed_totals(self) -> bool:
        """Check whether the percent is right by the totals that the table prints, whatever its counts add up to."""
        claim, claimed = self.claim, self.facts.claimed
        part, whole = (
            claimed.get(identify(claim.table, claim.measure, claim.unit, key)) for key in (claim.key, self.key)
        )
        return bool(part and whole and whole.value and self._is_rounded(int(part.value), int(whole.value)))

    def _is_rounded(self, part: int, total: int) -> bool:
        """Check whether the percent is part of total, rounded down or up at the precision it is printed with."""
        text = self.claim.text
        decimals = len(text.partition("%")[0].rpartition(".")[2]) if "." in text and "%" in text else 0
        scale = 10.0 ** min(decimals, 6)
        exact, printed = 100 * part / total * scale, 100 * self.claim.value * scale
        return floor(exact + 1e-6) - 1e-6 <= printed <= ceil(exact - 1e-6) + 1e-6


def _hundred(facts: Facts, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Check that a complete set of shares adds to 100, as near as their rounding allows."""
    percents = [100 * claim.value for claim in claims]
    total = _Share(facts, claims[0]).total
    is_complete = add(part for claim in claims for part in facts.parts(claim)) == total
    if total and is_complete and len(claims) > 1 and abs(sum(percents) - 100) > 0.05 * len(claims) + 1e-9:
        yield make_finding(
            "shares_to_100",
            [claim.source for claim in claims],
            table=claims[0].table,
            printed=f"{sum(percents):g} %",
            expected="100 %",
        )
