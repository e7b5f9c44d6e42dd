"""Does a table agree with itself: totals with their parts, shares with their counts.

A total that does not fit is told once, where its rows and columns meet if they do: one wrong cell makes its row,
its column and the whole wrong by the same difference, and that cell is what the officer must look at.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from ..model.catalogue import spec
from ..model.finding import Finding, cell_of
from ..model.measure import is_stock
from ..model.records import Claim, Count, FrozenKey, are_on_paper, codes_of
from .facts import Facts
from .keys import people_of
from .notes import check_notes
from .rules import make_finding
from .shares import check_shares
from .sums import Sum, add_up


class Misfit(NamedTuple):
    """A printed total that its parts do not add up to; `total` is what they do add up to."""

    claim: Claim
    parts: tuple[Count, ...]
    total: Sum

    @property
    def difference(self) -> int:
        """Printed less counted for certain."""
        return int(self.claim.value) - self.total.least


def check_arithmetic(facts: Facts, tables: Collection[str] | None = None) -> Iterator[Finding]:
    """Check the totals, shares and notes of every table, or of some. Yield findings in no special order."""
    for table in (name for name in facts.by_table if tables is None or name in tables):
        yield from _totals(facts, table)
        yield from _plans(facts, table)
        yield from check_shares(facts, table)
        yield from check_notes(facts, table)


# --- totals ------------------------------------------------------------------------------------------------


def _totals(facts: Facts, table: str) -> Iterator[Finding]:
    misfits = [misfit for claim in facts.claims_by_table.get(table, ()) if (misfit := _misfit(facts, claim))]
    bounded = [misfit for misfit in misfits if _is_bound(facts, misfit.claim)]
    yield from _totals_of_totals(facts, table)
    exact = [misfit for misfit in misfits if misfit not in bounded]
    for wrong, finding in ((bounded, _out_of_bounds), (exact, _misfits_finding)):
        groups = _same_cause(wrong)
        vouched = _vouched(facts, table, is_bound=wrong is bounded) if len(groups) == 1 else set()
        for group in groups:
            yield finding(group, vouched)


def _misfit(facts: Facts, claim: Claim) -> Misfit | None:
    """Hold a printed total against its parts; None where it may be right, or nothing is counted."""
    total = facts.total(claim) if claim.kind == "total" and not is_stock(claim.measure) else None
    if total is None or total.allows(claim.value):
        return None
    return Misfit(claim, facts.parts(claim), total)


def _is_bound(facts: Facts, claim: Claim) -> bool:
    """Check whether clients may stand in several of the counts that a total adds up."""
    return spec(claim.table).overlap_in(claim.measure, claim.unit, claim.key, facts.period)


def _vouched(facts: Facts, table: str, *, is_bound: bool) -> set[str]:
    """Name the cells that some printed total adds up and fits: changing one of them alone would break that total.

    `is_bound`: of the totals of clients who may stand in several counts, those that are the least they can be. Where
    totals are wrong for several causes this says nothing: of two exchanged cells each breaks one of them.
    """
    claims = (claim for claim in facts.claims_by_table.get(table, ()) if claim.kind == "total")
    alike = ((claim, facts.total(claim)) for claim in claims if _is_bound(facts, claim) == is_bound)
    fitting = [total for claim, total in alike if total and not total.blanks and total.least == claim.value]
    return {cell for total in fitting for cell in total.cells}


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


def _misfits_finding(group: list[Misfit], vouched: Collection[str]) -> Finding:
    """Make one finding of a group of misfits: at the one cell they share, else at the finest total.

    In question are the totals, and the parts that they have in common, unless another total vouches for these.
    """
    common, first = _common(group), group[0]
    if len(group) > 1 and len(common) == 1:
        return _wrong_cell(common[0], group)
    return make_finding(
        "total",
        [*(misfit.claim.source for misfit in group), *(part.source for part in common if part.source not in vouched)],
        variant="paper" if are_on_paper(misfit.claim for misfit in group) else "",
        table=first.claim.table,
        evidence=(part.source for part in first.parts),
        printed=first.claim.text,
        value=str(int(first.claim.value)),
        expected=str(first.total),
        count=str(len(first.parts)),
    )


def _wrong_cell(cell: Count, group: list[Misfit]) -> Finding:
    first, second = group[0].claim, group[1].claim
    return make_finding(
        "total",
        [cell.source],
        variant="cell",
        table=cell.table,
        evidence=(misfit.claim.source for misfit in group),
        printed=str(cell.value),
        expected=str((cell.value or 0) + group[0].difference),
        first=first.text,
        first_cell=cell_of(first.source),
        second=second.text,
        second_cell=cell_of(second.source),
    )


def _out_of_bounds(group: list[Misfit], vouched: set[str]) -> Finding:
    """Make a finding of totals of clients who may stand in several counts: too few for the largest, or too many.

    In question are the totals and the counts that speak against them, the largest of each kind or all, if no other
    total vouches for them.
    """
    claim, parts, total = group[0].claim, group[0].parts, group[0].total
    against = _largest(parts) if claim.value < total.least else [part for part in parts if part.value]
    doubtful = [part for part in against if part.source not in vouched] or against
    return make_finding(
        "total_once",
        [*(misfit.claim.source for misfit in group), *(part.source for part in doubtful)],
        variant="_".join(["paper"] * are_on_paper(misfit.claim for misfit in group) + ["open"] * (total.most is None)),
        table=claim.table,
        printed=claim.text,
        expected=str(total),
        largest=str(total.least),
        most=str(total.most),
    )


def _largest(parts: Sequence[Count]) -> list[Count]:
    """List the largest counts of each kind of people."""
    kinds: dict[FrozenKey, list[Count]] = defaultdict(list)
    for part in parts:
        kinds[people_of(part.key)].append(part)
    largest = {people: add_up(kind, "attendance").least for people, kind in kinds.items()}
    return [part for part in parts if part.value and part.value == largest[people_of(part.key)]]


def _totals_of_totals(facts: Facts, table: str) -> Iterator[Finding]:
    """Check that the printed totals of groups of people add up to the printed whole: nobody is in two groups."""
    totals = [claim for claim in facts.claims_by_table.get(table, ()) if claim.kind == "total"]
    for whole in totals:
        groups = groups_of(facts, whole, totals)
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


def groups_of(facts: Facts, whole: Claim, totals: Sequence[Claim]) -> list[Claim]:
    """List the totals of groups of people that together make up a whole: each count lies in just one of them.

    None where the whole is no total of a period in which clients count once.
    """
    if set(whole.key) != {"period"} or not _is_bound(facts, whole):
        return []
    groups = [claim for claim in totals if _is_group_of(claim, whole)]
    counts = [id(part) for claim in groups for part in facts.parts(claim)]
    return groups if sorted(counts) == sorted(map(id, facts.parts(whole))) else []


def _is_group_of(claim: Claim, whole: Claim) -> bool:
    """Check whether a total is about some of the people that the whole is about, and was copied from paper as that."""
    same = (claim.measure, claim.unit, claim.key["period"]) == (whole.measure, whole.unit, whole.key["period"])
    same = same and claim.is_on_paper == whole.is_on_paper
    return same and len(claim.key) > 1 and people_of(claim.key) == codes_of(claim.key)


def _plans(facts: Facts, table: str) -> Iterator[Finding]:
    """Check that the plan of a period is the same wherever the table prints it."""
    first: dict[str, Claim] = {}
    for plan in facts.claims_by_table.get(table, ()):
        if plan.kind != "plan" or set(plan.key) != {"period"}:
            continue
        other = first.setdefault(plan.key["period"], plan)
        if other.value != plan.value:
            yield make_finding(
                "plan",
                [plan.source, other.source],
                table=table,
                printed=plan.text,
                expected=other.text,
                first=cell_of(other.source),
            )
