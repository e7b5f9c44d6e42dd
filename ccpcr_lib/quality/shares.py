"""Does each printed percent fit its counts, and does a set of percents add to 100."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import ceil, floor

from ..model.finding import Finding
from ..model.records import Claim, identify
from ..words import say
from .facts import Facts
from .rules import make_finding
from .sums import UNKNOWN, Sum


def check_shares(facts: Facts, table: str) -> Iterator[Finding]:
    """Check each printed percent, and whether each set of them adds to 100."""
    sets: dict[tuple[str, str, int, tuple[str, ...]], list[Claim]] = defaultdict(list)
    for claim in facts.claims_by_table.get(table, ()):
        if claim.kind != "share":
            continue
        yield from _share(Percent(facts, claim))
        divides = tuple(sorted(set(claim.key) - {"period"}))
        if claim.key != {"period": facts.period} and not claim.is_on_paper:
            sets[claim.measure, claim.unit, len(claim.key["period"]), divides].append(claim)
    for claims in sets.values():
        yield from _hundred(facts, claims)


class Percent:
    """A printed percent with what it is about: `part` of `total`, None where they are not known exactly.

    `scale` is how many steps it has between one percent and the next, as it is printed.
    """

    def __init__(self, facts: Facts, claim: Claim) -> None:
        self.facts, self.claim = facts, claim
        self.key = {"period": facts.period}
        part, total = facts.total(claim), facts.cube(claim.measure, claim.unit).total(self.key, table=claim.table)
        self.cells = part.cells if part else ()
        self.part, self.total = part.exact if part else None, total.exact
        text = claim.text
        decimals = len(text.partition("%")[0].rpartition(".")[2]) if "." in text and "%" in text else 0
        self.scale = 10.0 ** min(decimals, 6)

    @property
    def fits_counts(self) -> bool:
        """Whether it is part of total, rounded down or up; false where they are not known."""
        return bool(self.total) and self.part is not None and self._is_rounded(self.part, self.total or 0)

    @property
    def is_rounded_by_itself(self) -> bool:
        """Whether it is part of total, rounded half up at the precision it is printed with; false if not known."""
        if self.part is None or not self.total:
            return False
        nearest = (200 * self.part * int(self.scale) + self.total) // (2 * self.total)
        return abs(100 * self.claim.value * self.scale - nearest) < 1e-6

    @property
    def printed_totals(self) -> tuple[Claim, Claim] | None:
        """The printed totals of its part and its whole, where it is right by these, whatever the counts add up to."""
        claim, claimed = self.claim, self.facts.claimed
        part, whole = (
            claimed.get(identify(claim.table, claim.measure, claim.unit, key)) for key in (claim.key, self.key)
        )
        if part and whole and whole.value and self._is_rounded(int(part.value), int(whole.value)):
            return part, whole
        return None

    def _is_rounded(self, part: int, total: int) -> bool:
        """Check whether the percent is part of total, rounded down or up at the precision it is printed with."""
        exact, printed = 100 * part / total * self.scale, 100 * self.claim.value * self.scale
        return floor(exact + 1e-6) - 1e-6 <= printed <= ceil(exact - 1e-6) + 1e-6


def _share(percent: Percent) -> Iterator[Finding]:
    """Yield a finding unless the percent is the exact share rounded down or up, by counts or by printed totals."""
    if not percent.total or percent.part is None or percent.fits_counts or percent.printed_totals:
        return
    exact = 100 * percent.part / percent.total
    low, high = floor(exact + 1e-9), ceil(exact - 1e-9)
    yield make_finding(
        "share",
        [percent.claim.source],
        table=percent.claim.table,
        evidence=percent.cells,
        printed=f"{100 * percent.claim.value:g} %",
        expected=f"{low} %" if low == high else say("percent_either", low=low, high=high),
        part=str(percent.part),
        total=str(percent.total),
        exact=f"{exact:.1f}",
    )


def _hundred(facts: Facts, claims: Sequence[Claim]) -> Iterator[Finding]:
    """Check that a complete set of shares adds to 100, as near as rounding each of them by itself allows."""
    percents = [100 * claim.value for claim in claims]
    if len(claims) < 2 or abs(sum(percents) - 100) <= 0.05 * len(claims) + 1e-9:
        return
    printed = [Percent(facts, claim) for claim in claims]
    total = printed[0].total
    parts = sum((facts.total(claim) or UNKNOWN for claim in claims), start=Sum())
    if total and parts.exact == total and not all(percent.is_rounded_by_itself for percent in printed):
        yield make_finding(
            "shares_to_100",
            [claim.source for claim in claims],
            table=claims[0].table,
            printed=f"{sum(percents):g} %",
            expected="100 %",
        )
