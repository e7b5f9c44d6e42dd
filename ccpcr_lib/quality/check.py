"""A reading, and the readings of other quarters → every finding, once, in the order of the slides."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from ..excel.plan_file import PLAN_FILE, plan_in
from ..excel.reader import Reading
from ..model.finding import Finding, sort_findings
from ..model.resources import resource
from .alike import check_alike
from .completeness import check_completeness
from .disagreements import tell_disagreements
from .explanation_lines import explanations_of, unused_lines
from .explanations import EXPLANATIONS_FILE, explain
from .facts import Facts, facts_of
from .misnamed import misnamed_files
from .narrative import check_narrative
from .over_time import check_over_time
from .planned import check_plan
from .relation_lines import read_relations
from .relations import Tested, evaluate_relations
from .twins import join_twins

RELATIONS_FILE = "relations.csv"

BESIDE = (PLAN_FILE, RELATIONS_FILE, EXPLANATIONS_FILE)
"""The files beside a workbook that are read by their names."""

UNSETTLED = frozenset(
    {"unknown_row", "unknown_column", "row_twice", "column_twice", "wrong_month", "wrong_quarter", "merged_count"}
)
"""Rules of the reader about a row, column or cell that nobody can place."""

CONSEQUENCES = frozenset({"missing_row", "missing_column"})
"""Rules of the reader that may only follow from one of those."""

DOUBTS = frozenset({"copied", "unusual"})
"""Rules that doubt figures although nothing contradicts them."""


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
    lines, undated = explanations_of(folder / EXPLANATIONS_FILE, reading.period)
    relations, broken_lines = read_relations(relations_file(folder))
    alone = [*read, *check_narrative(reading), *broken_lines, *_check(facts, quarters, folder, unreadable)]
    told, left = explain(join_twins(alone), [*lines.values()])
    compared, unused = tell_disagreements(facts, quarters, relations, left)
    open_doubts = [finding for finding in told if not _is_explained_by(finding, compared)]
    found = [*open_doubts, *compared]
    not_read = [*misnamed_files(folder, BESIDE), *undated, *unused_lines(lines, unused, reading, found)]
    return tuple(sort_findings([*found, *not_read]))


def _check(facts: Facts, others: Sequence[Facts], folder: Path, unreadable: Collection[str]) -> Iterator[Finding]:
    """Run the checks that look at one thing alone. The cells `unreadable` have a finding of the reader already."""
    plan, mistaken = plan_in(folder)
    yield from mistaken
    yield from check_plan(facts, plan)
    yield from check_completeness(facts, others, unreadable)
    yield from check_alike(facts)
    yield from check_over_time(facts, others)


def tested_relations(reading: Reading, others: Sequence[Reading] = ()) -> list[Tested]:
    """Give every declared relation as tested in this quarter: what holds is worth knowing too."""
    relations, _ = read_relations(relations_file(reading.path.parent))
    return list(evaluate_relations(facts_of(reading), [facts_of(other) for other in others], relations))


def relations_file(folder: Path) -> Path:
    """Name the relations that hold for the workbooks of a folder: its own, else those that come with the project."""
    own = folder / RELATIONS_FILE
    return own if own.exists() or own.is_symlink() else resource(f"data/{RELATIONS_FILE}")


def _is_explained_by(doubt: Finding, findings: Sequence[Finding]) -> bool:
    """Check whether a doubt about a figure, or a copied block, is a consequence of a cell that is likely wrong."""
    if doubt.rule not in DOUBTS:
        return False
    odd = {cell for finding in findings if finding.table == doubt.table for cell in finding.where[: finding.odd]}
    return not odd.isdisjoint(doubt.where if doubt.rule == "copied" else doubt.where[:1])
