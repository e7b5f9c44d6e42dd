"""Findings that say the same of one measure in two tables → one finding: the figures were typed twice."""

from collections.abc import Iterable
from dataclasses import replace

from ..model.catalogue import spec
from ..model.finding import Content, Finding, Said


def join_twins(findings: Iterable[Finding]) -> list[Finding]:
    """Join findings that say the same of one measure in two tables: the figures were typed twice."""
    kept: dict[Content | Said, Finding] = {}
    for finding in findings:
        first = kept.get(finding.content)
        if first is None:
            kept[finding.content] = finding
        elif _share_a_measure(first, finding):
            kept[finding.content] = _joined(first, finding)
        else:
            kept[finding.said] = finding
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
