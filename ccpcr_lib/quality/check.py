"""A reading, and the readings of other quarters → every finding, once, in the order of the slides."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from ..excel.plan_file import plan_in
from ..excel.reader import Reading
from ..model.catalogue import spec
from ..model.finding import Finding, Said, sort_findings
from ..model.resources import resource
from .alike import check_alike
from .arithmetic import check_arithmetic
from .completeness import check_completeness
from .explanations import (
    EXPLANATION_VOID,
    EXPLANATIONS_FILE,
    Explanation,
    explain,
    explanation_unused,
    read_explanations,
)
from .facts import Facts, facts_of
from .localise.odd_ones import find_odd_ones
from .margins import check_margins
from .narrative import check_narrative
from .over_time import check_over_time, check_repeated
from .planned import check_plan
from .relation_lines import read_relations
from .relations import Tested, check_relations, evaluate_relations

RELATIONS_FILE = "relations.csv"

UNSETTLED = frozenset(
    {"unknown_row", "unknown_column", "row_twice", "column_twice", "wrong_month", "wrong_quarter", "merged_count"}
)
"""Rules of the reader about a row, column or cell that nobody can place."""

CONSEQUENCES = frozenset({"missing_row", "missing_column"})
"""Rules of the reader that may only follow from one of those."""

DOUBTS = frozenset({"copied", "unusual"})
"""Rules that doubt figures although nothing contradicts them."""

Says = tuple[str, str, tuple[tuple[str, str], ...]]
"""What a finding says, wherever it says it: its rule, its variant, and its fields."""


def _broken_tables(reading: Reading) -> set[str]:
    """Name the tables with a row or column nobody can place: their figures are judged once that is mended."""
    return {finding.table for finding in reading.findings if finding.rule in UNSETTLED}


def check_reading(reading: Reading, others: Sequence[Reading] = ()) -> tuple[Finding, ...]:
    """Check a quarter's reading. `others` are readings of other quarters, for what can be compared over time.

    Relations, the plan and explanations are read from the workbook's own folder; relations come with the project if it
    has none.
    """
    folder, broken = reading.path.parent, _broken_tables(reading)
    facts, quarters = facts_of(reading).without(broken), [facts_of(other) for other in others]
    read = [finding for finding in reading.findings if finding.rule not in CONSEQUENCES or finding.table not in broken]
    unreadable = {cell for finding in read for cell in finding.where}
    lines = [line for line in read_explanations(folder / EXPLANATIONS_FILE) if line.period in ("", reading.period)]
    alone = [*read, *check_narrative(reading), *_check(facts, quarters, folder, unreadable)]
    told, left = explain(alone, lines)
    compared, unused = _compare(facts, quarters, folder, left)
    open_doubts = [finding for finding in told if not _is_explained_by(finding, compared)]
    return tuple(sort_findings([*open_doubts, *compared, *map(explanation_unused, unused)]))


def _check(facts: Facts, others: Sequence[Facts], folder: Path, unreadable: Collection[str]) -> Iterator[Finding]:
    """Run the checks that look at one thing alone. The cells `unreadable` have a finding of the reader already."""
    _, broken = read_relations(relations_file(folder))
    plan, mistaken = plan_in(folder)
    yield from (*broken, *mistaken)
    yield from check_plan(facts, plan)
    yield from check_completeness(facts, others, unreadable)
    yield from check_alike(facts)
    yield from check_over_time(facts, others)


def _compare(
    facts: Facts, others: Sequence[Facts], folder: Path, lines: Sequence[Explanation]
) -> tuple[list[Finding], list[Explanation]]:
    """Run the checks in which figures disagree, and tell each mistake once; give the explanations not used, too."""
    relations, _ = read_relations(relations_file(folder))
    accepted: set[Said] = set()

    def compare(facts: Facts) -> list[Finding]:
        found = (
            *check_arithmetic(facts),
            *check_margins(facts),
            *check_relations(facts, others, relations),
            *check_repeated(facts, others),
        )
        return _join_twins(found)

    def disagreements(facts: Facts) -> list[Finding]:
        return [finding for finding in compare(facts) if finding.said not in accepted and not _is_question(finding)]

    found = compare(facts)
    marked, left = explain(found, lines)
    explained = [finding for finding in marked if finding.remark]
    voids = [finding for finding in marked if finding.rule == EXPLANATION_VOID]
    accepted |= {finding.said for finding in explained}
    unsettled = [finding for finding in found if finding.said not in accepted]
    questions = [finding for finding in unsettled if _is_question(finding)]
    open_ones = [finding for finding in unsettled if not _is_question(finding)]
    told, left = explain(find_odd_ones(facts, others, relations, open_ones, disagreements, explained), left)
    return [*explained, *questions, *told, *voids], left


def _is_question(finding: Finding) -> bool:
    """Check whether a finding only asks: no cell is wrong because of it."""
    return finding.rule == "relation" and finding.severity == "note"


def tested_relations(reading: Reading, others: Sequence[Reading] = ()) -> list[Tested]:
    """Give every declared relation as tested in this quarter: what holds is worth knowing too."""
    relations, _ = read_relations(relations_file(reading.path.parent))
    return list(evaluate_relations(facts_of(reading), [facts_of(other) for other in others], relations))


def relations_file(folder: Path) -> Path:
    """Name the relations that hold for the workbooks of a folder: its own, else those that come with the project."""
    own = folder / RELATIONS_FILE
    return own if own.is_file() else resource(f"data/{RELATIONS_FILE}")


def _is_explained_by(doubt: Finding, findings: Sequence[Finding]) -> bool:
    """Check whether a doubt about a figure, or a copied block, is a consequence of a cell that is likely wrong."""
    if doubt.rule not in DOUBTS:
        return False
    odd = {cell for finding in findings if finding.table == doubt.table for cell in finding.where[: finding.odd]}
    return not odd.isdisjoint(doubt.where if doubt.rule == "copied" else doubt.where[:1])


def _join_twins(findings: Iterable[Finding]) -> list[Finding]:
    """Join findings that say the same of one measure in two tables: the figures were typed twice."""
    kept: dict[Says | tuple[Says, tuple[str, ...]], Finding] = {}
    for finding in findings:
        content = (finding.rule, finding.variant, tuple(sorted(finding.fields.items())))
        first = kept.get(content)
        if first is None:
            kept[content] = finding
        elif _share_a_measure(first, finding):
            kept[content] = _joined(first, finding)
        else:
            kept[content, finding.where] = finding
    return list(kept.values())


def _share_a_measure(first: Finding, second: Finding) -> bool:
    """Check whether two findings are about different tables that count the same."""
    if not (first.table and second.table and first.table != second.table):
        return False
    measures = ({column.measure for column in spec(finding.table).counts} for finding in (first, second))
    return bool(set.intersection(*measures))


def _joined(first: Finding, second: Finding) -> Finding:
    """Join two findings into one that names the first cell of each, then all of them."""
    where = tuple(dict.fromkeys((first.where[0], second.where[0], *first.where, *second.where)))
    evidence = (cell for cell in (*first.evidence, *second.evidence) if cell not in where)
    return replace(first, where=where, named=2, evidence=tuple(dict.fromkeys(evidence)))
