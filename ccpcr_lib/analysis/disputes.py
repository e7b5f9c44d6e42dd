"""Findings above a note → which figures are in dispute, and by which of them.

A figure rests on the base cells that it adds and on every total or note cell that prints the same figure; a percent on
what its part and its whole rest on, and on the cell that prints it. A figure is in dispute exactly when one of these
cells is in question (`Finding.where`). A wrong printed percent disputes that percent, not the counts beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain

from ..model.finding import Finding
from ..model.records import Identity, identity
from ..quality.facts import Facts

OF_PERCENTS = frozenset({"share"})
"""Rules that question the percent printed in a cell, whatever else stands there."""

REPEATING = frozenset({"explanation_void"})
"""Rules that only repeat the cells of another finding, which is there too."""

Cells = Mapping[Identity, tuple[str, ...]]
"""What is printed → the cells that print it."""


@dataclass(frozen=True)
class Disputes:
    """The findings above a note of a quarter, and what its sheets print beside base counts: no finding, no dispute."""

    findings: tuple[Finding, ...] = ()
    printed: Cells = field(default_factory=dict, repr=False)
    shares: Cells = field(default_factory=dict, repr=False)

    def of(self, about: Identity, cells: Iterable[str] = ()) -> tuple[Finding, ...]:
        """List the findings that dispute a figure: what it is about, and the base cells that it adds."""
        return self.at((*cells, *self.printed.get(about, ())))

    def at(self, cells: Iterable[str]) -> tuple[Finding, ...]:
        """List the findings that question the figures in some cells."""
        return self._at(cells, self._of_counts)

    def of_share(self, about: Identity) -> tuple[Finding, ...]:
        """List the findings that dispute a percent as it is printed."""
        cells = self.shares.get(about, ())
        return self.joined(self.at(cells), self._at(cells, self._of_percents))

    def joined(self, *groups: Iterable[Finding]) -> tuple[Finding, ...]:
        """Join groups of findings into one, each once, in the order of the quarter's findings."""
        wanted = {finding for group in groups for finding in group}
        return tuple(finding for finding in self.findings if finding in wanted)

    def _at(self, cells: Iterable[str], index: Mapping[str, Sequence[Finding]]) -> tuple[Finding, ...]:
        return self.joined(*(index.get(cell, ()) for cell in cells))

    @cached_property
    def _of_counts(self) -> Mapping[str, Sequence[Finding]]:
        return _by_cell(finding for finding in self.findings if finding.rule not in OF_PERCENTS)

    @cached_property
    def _of_percents(self) -> Mapping[str, Sequence[Finding]]:
        return _by_cell(finding for finding in self.findings if finding.rule in OF_PERCENTS)


def _by_cell(findings: Iterable[Finding]) -> Mapping[str, Sequence[Finding]]:
    """Sort findings by each cell in question."""
    cells: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        for cell in finding.where:
            cells[cell].append(finding)
    return cells


def each_once(groups: Iterable[Iterable[Finding]]) -> tuple[Finding, ...]:
    """Join groups of findings, of whatever quarters, into one, each once."""
    return tuple(dict.fromkeys(chain.from_iterable(groups)))


def disputes_of(facts: Facts, findings: Iterable[Finding]) -> Disputes:
    """Take a quarter's findings above a note, with the cells in which its sheets print totals, notes, plan and shares.

    A finding that names no cell disputes nothing.
    """
    printed: dict[Identity, tuple[str, ...]] = defaultdict(tuple)
    shares: dict[Identity, tuple[str, ...]] = defaultdict(tuple)
    for claim in facts.claims:
        cells = shares if claim.kind == "share" else printed
        cells[identity(claim)] += (claim.source,)
    above = (finding for finding in findings if finding.severity != "note" and finding.rule not in REPEATING)
    return Disputes(tuple(finding for finding in above if finding.where), printed, shares)
