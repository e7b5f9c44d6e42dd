"""What disagrees in a quarter → findings: one for each mistake, those that are explained as notes."""

from collections.abc import Collection, Sequence

from ..model.finding import Finding, Said
from .arithmetic import check_arithmetic
from .explanations import EXPLANATION_VOID, Explanation, explain
from .facts import Facts
from .localise.odd_ones import find_odd_ones
from .margins import check_margins
from .over_time import check_repeated
from .relations import Relation, check_relations
from .twins import join_twins


def tell_disagreements(
    facts: Facts, others: Sequence[Facts], relations: Sequence[Relation], explanations: Sequence[Explanation]
) -> tuple[list[Finding], list[Explanation]]:
    """Run the rules by which figures disagree, and tell each mistake once; give the explanations not used, too.

    What is explained is right although it looks wrong, and says nothing of the rest.
    """

    def disagreements(facts: Facts, tables: Collection[str]) -> list[Finding]:
        found = compare(facts, others, relations, tables)
        return [finding for finding in found if finding.said not in accepted and not _is_question(finding)]

    found = compare(facts, others, relations)
    marked, left = explain(found, explanations)
    explained = [finding for finding in marked if finding.remark]
    voids = [finding for finding in marked if finding.rule == EXPLANATION_VOID]
    accepted: set[Said] = {finding.said for finding in explained}
    unsettled = [finding for finding in found if finding.said not in accepted]
    questions = [finding for finding in unsettled if _is_question(finding)]
    mistakes = [finding for finding in unsettled if not _is_question(finding)]
    told, left = explain(find_odd_ones(facts, others, relations, mistakes, disagreements, explained), left)
    return [*explained, *questions, *told, *voids], left


def compare(
    facts: Facts, others: Sequence[Facts], relations: Sequence[Relation], tables: Collection[str] | None = None
) -> list[Finding]:
    """List all that disagrees, each disagreement for itself; within tables, only in these if some are named."""
    found = (
        *check_arithmetic(facts, tables),
        *check_margins(facts),
        *check_relations(facts, others, relations),
        *check_repeated(facts, others),
    )
    return join_twins(found)


def _is_question(finding: Finding) -> bool:
    """Check whether a finding only asks: no cell is wrong because of it."""
    return finding.rule == "relation" and finding.severity == "note"
