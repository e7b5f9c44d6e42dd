"""Does a table agree with itself: totals with their parts, shares with their counts.

A total that does not fit is told once, where its rows and columns meet if they do: one wrong cell makes its row,
its column and the whole wrong by the same difference, and that cell is what the officer must look at.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, floor

from ..model.catalogue import is_stock, spec
from ..model.finding import Finding
from ..words import say
from .cube import Claim, Count, Facts, add
from .notes import check_notes
from .rules import make_finding


@dataclass(frozen=True)
class Misfit:
    """A printed total that its parts do not add up to, and by how much it is too high."""

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
    once = bool(spec(table).totals) and spec(table).totals[0].once
    misfits = []
    for claim in facts.claims_by_table.get(table, ()):
        if claim.kind != "total" or is_stock(claim.measure):
            continue
        parts = facts.parts(claim)
        if once and "category" not in claim.key:
            yield from _once(facts, claim, parts)
        elif parts:
            misfits += _misfit(claim, parts)
    for group in _same_cause(misfits):
        yield _tell_misfits(group)


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


def _tell_misfits(group: list[Misfit]) -> Finding:
    """Tell a group of misfits once: at the one cell they share, else at the finest total."""
    common, first = _common(group), group[0]
    claims = [misfit.claim.source for misfit in group]
    if len(group) > 1 and len(common) == 1:
        return _meeting_cell(group, common[0])
    return make_finding(
        "total",
        [*claims, *(part.source for part in common)],
        table=first.claim.table,
        printed=first.claim.text,
        expected=str(first.total),
        total=str(int(first.claim.value)),
        parts=str(len(first.parts)),
    )


def _meeting_cell(group: list[Misfit], cell: Count) -> Finding:
    """Name the one cell in which the misfits meet, and the figure that fits them all."""
    first, second, *_ = (misfit.claim for misfit in group)
    return make_finding(
        "total",
        [cell.source, *(misfit.claim.source for misfit in group)],
        variant="cell",
        table=cell.table,
        printed=str(cell.value),
        expected=str((cell.value or 0) + group[0].difference),
        first=first.text,
        first_cell=_cell(first),
        second=second.text,
        second_cell=_cell(second),
    )


def _cell(claim: Claim) -> str:
    return claim.source.rpartition("!")[2]


def _once(facts: Facts, claim: Claim, parts: list[Count]) -> Iterator[Finding]:
    """Check a total that counts each person once: at least the largest row, at most all rows together."""
    rows: dict[str, list[Count]] = defaultdict(list)
    for part in parts:
        rows[part.key["category"]].append(part)
    most = add(parts)
    if not rows or most is None:
        return
    sums = {name: sum(part.value or 0 for part in row) for name, row in rows.items()}
    largest = max(sums.values())
    if not largest <= claim.value <= most:
        yield make_finding(
            "total_once",
            [claim.source, *(part.source for name, row in rows.items() if sums[name] == largest for part in row)],
            table=claim.table,
            printed=claim.text,
            expected=say("from_to", low=largest, high=most),
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
            expected=str(total),
            total=str(int(whole.value)),
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
                first=_cell(plans[0]),
            )


# --- shares ------------------------------------------------------------------------------------------------


def _shares(facts: Facts, table: str) -> Iterator[Finding]:
    """Check each printed percent, and whether each set of them adds to 100."""
    sets: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in facts.claims_by_table.get(table, ()):
        if claim.kind != "share":
            continue
        yield from _share(facts, claim)
        if claim.key != {"period": facts.period}:
            divided_by = sorted(set(claim.key) - {"period"})
            sets[claim.measure, claim.unit, len(claim.key["period"]), *divided_by].append(claim)
    for claims in sets.values():
        yield from _hundred(facts, claims)


def _share(facts: Facts, claim: Claim) -> Iterator[Finding]:
    """Yield a finding unless a percent is the exact share rounded down or up, by counts or by printed totals."""
    parts = facts.parts(claim)
    part, total = add(parts), _whole(facts, claim)
    if part is None or not total or _is_rounded(claim, part, total) or _fits_printed_totals(facts, claim):
        return
    exact = 100 * part / total
    low, high = floor(exact + 1e-9), ceil(exact - 1e-9)
    yield make_finding(
        "share",
        [claim.source, *(count.source for count in parts)],
        table=claim.table,
        printed=f"{100 * claim.value:g} %",
        expected=f"{low} %" if low == high else say("either", first=f"{low} %", second=f"{high} %"),
        part=str(part),
        total=str(total),
        exact=f"{exact:.1f}",
    )


def _whole(facts: Facts, claim: Claim) -> int | None:
    """Add up what a percent is a share of: all of its measure in the quarter."""
    return add(facts.covered(claim.table, claim.measure, claim.unit, {"period": facts.period}))


def _fits_printed_totals(facts: Facts, claim: Claim) -> bool:
    """Check a percent against the totals that the sheet prints itself, right or wrong."""
    part, whole = (
        facts.claimed.get((claim.table, claim.measure, claim.unit, frozenset(key.items())))
        for key in (claim.key, {"period": facts.period})
    )
    if part is None or whole is None or not whole.value:
        return False
    return _is_rounded(claim, int(part.value), int(whole.value))


def _is_rounded(claim: Claim, part: int, total: int) -> bool:
    """Check a percent for being part of total, rounded down or up at the precision it is printed with."""
    text = claim.text
    decimals = len(text.partition("%")[0].rpartition(".")[2]) if "." in text and "%" in text else 0
    scale = 10.0 ** min(decimals, 6)
    exact = 100 * part / total * scale
    return floor(exact + 1e-6) - 1e-6 <= 100 * claim.value * scale <= ceil(exact - 1e-6) + 1e-6


def _hundred(facts: Facts, claims: list[Claim]) -> Iterator[Finding]:
    """Note a set of percents that does not add to 100 although its parts make the whole."""
    percents, whole = [100 * claim.value for claim in claims], _whole(facts, claims[0])
    is_complete = add(part for claim in claims for part in facts.parts(claim)) == whole
    if whole and is_complete and len(claims) > 1 and abs(sum(percents) - 100) > 0.05 * len(claims) + 1e-9:
        yield make_finding(
            "shares_to_100",
            [claim.source for claim in claims],
            table=claims[0].table,
            printed=f"{sum(percents):g} %",
            expected="100 %",
        )
