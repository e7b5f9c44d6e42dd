"""The workbooks of some quarters → what a half-year or a year has: its facts, its findings, a reading of all of them.

Each quarter's own workbook counts. Where there is none, the column “previous quarter” of the next one stands in, as far
as it goes; all else of that quarter is not known, so that nothing is added as if it were none. Every cell has the
quarter of its workbook in front: ``2010-Q2: Slide 12!D3``.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from ..excel.reader import Reading
from ..model import period as calendar
from ..model.catalogue import CATALOGUE, spec
from ..model.finding import Finding, sort_findings
from ..model.records import Claim, Count, Identity, identity
from ..model.wording import listed, quarter_label, table_title
from ..quality.facts import Facts, facts_of, left_out
from ..quality.rules import make_finding
from .disputes import Disputes, disputes_of

Problems = Mapping[str, Sequence[Finding]]
"""The findings of each quarter that has a workbook."""


@dataclass(frozen=True, eq=False)
class Longer:
    """A period of several quarters: the readings of those that have a workbook, and of the one behind it if need be."""

    period: str
    readings: Mapping[str, Reading]

    @property
    def quarters(self) -> tuple[str, ...]:
        """Its quarters, whether they have a workbook or not."""
        return calendar.quarters_in(self.period)

    @property
    def own(self) -> tuple[Reading, ...]:
        """The readings of its quarters, in their order."""
        return tuple(self.readings[quarter] for quarter in self.quarters if quarter in self.readings)

    @property
    def missing(self) -> tuple[str, ...]:
        """Its quarters without a workbook."""
        return tuple(quarter for quarter in self.quarters if quarter not in self.readings)

    @property
    def members(self) -> dict[str, tuple[str, ...]]:
        """The rows of every table of the period: those of its workbooks, its quarters where these have months."""
        quarters = calendar.QUARTERS[: len(self.quarters)]
        of_periods = tuple(quarter.value for quarter in quarters)
        return {name: of_periods if spec(name).rows == "month" else rows for name, rows in self.rows.items()}

    @cached_property
    def rows(self) -> dict[str, tuple[str, ...]]:
        """The rows of every table that one of its workbooks has, in the order in which they first stand."""
        names = [known.name for known in CATALOGUE if any(known.name in reading.members for reading in self.own)]
        return {name: self._rows_of(name) for name in names}

    def _rows_of(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(row for reading in self.own for row in reading.members.get(name, ())))

    @cached_property
    def counts(self) -> tuple[Count, ...]:
        """All counts of its quarters that stand in a cell."""
        return tuple(count for count in self._every if count.source)

    @cached_property
    def facts(self) -> Facts:
        """Its counts, and those that nobody reported; what its sheets print stands for a quarter, and not for it."""
        return Facts(self.period, self.counts, (), tuple(count for count in self._every if not count.source))

    @property
    def facts_of_quarters(self) -> tuple[Facts, ...]:
        """The facts of each of its workbooks, the last quarter's first."""
        return tuple(facts_of(reading) for reading in reversed(self.own))

    @cached_property
    def _every(self) -> list[Count]:
        return [count for name in self.rows for quarter in self.quarters for count in self._of(name, quarter)]

    def _of(self, name: str, quarter: str) -> Iterator[Count]:
        """Give what is counted of a table in a quarter, reported or not."""
        reading, rows = self.readings.get(quarter), self.rows[name]
        if reading and name in reading.members:
            reported = facts_of(reading).by_table.get(name, ())
            absent = left_out(spec(name), quarter, reading.members[name], reported, also=rows)
            yield from _named(_within(quarter, (*reported, *absent)), quarter)
            return
        stands_in = () if reading else self.standing_in(name, quarter)
        counted = {(count.measure, count.unit) for count in stands_in}
        yield from _named(stands_in, calendar.following(quarter))
        for count in _within(quarter, left_out(spec(name), quarter, (), (), also=rows)):
            if (count.measure, count.unit) not in counted:
                yield count

    def standing_in(self, name: str, quarter: str) -> tuple[Count, ...]:
        """Give what the next quarter's workbook says of a quarter that has none; nothing where it was left blank."""
        later = self.readings.get(calendar.following(quarter))
        if later is None or name not in later.members:
            return ()
        facts = facts_of(later)
        counts = (*facts.by_table.get(name, ()), *facts.absent_by_table.get(name, ()))
        before = tuple(count for count in counts if count.key["period"] == quarter)
        return before if any(count.value is not None for count in before) else ()

    def reading(self) -> Reading:
        """Put its workbooks together, of which it has one at least; it has no bytes and no sentences of its own."""
        first, own = self.own[0], self.own
        places = {name: _place(name, own) for name in self.rows}
        is_synthetic = any(reading.is_synthetic for reading in own)
        return Reading(
            first.path, b"", self.period, self.counts, (), (), self.members, places, is_synthetic=is_synthetic
        )

    def problems(self, of_quarters: Problems) -> tuple[Finding, ...]:
        """Join the findings of its quarters, each cell with its quarter in front, and say which quarter is missing."""
        told = [_told(finding, quarter) for quarter in self.quarters for finding in of_quarters.get(quarter, ())]
        missing = [self._missing(quarter) for quarter in self.missing]
        return tuple(sort_findings(dict.fromkeys((*missing, *told))))

    def _missing(self, quarter: str) -> Finding:
        name, later = quarter_label(quarter, "en"), calendar.following(quarter)
        stood_in = [table for table in self.rows if self.standing_in(table, quarter)]
        if stood_in:
            titles = listed(f"“{table_title(table)}”" for table in stood_in)
            return make_finding("missing_quarter", (), variant="stood_in", quarter=name, later=later, tables=titles)
        return make_finding("missing_quarter", (), quarter=name)

    def disputes(self, problems: Iterable[Finding]) -> Disputes:
        """Say which figures the findings dispute: a quarter as in its own report, the whole as any of them.

        What a sheet prints as a quarter's total stands beside the same figure here, and is part of the whole.
        """
        printed: dict[Identity, tuple[str, ...]] = defaultdict(tuple)
        for quarter in self.quarters:
            for claim in facts_of(self.readings[quarter]).claims if quarter in self.readings else ():
                if claim.kind != "share" and calendar.contains(self.period, claim.key["period"]):
                    for about in _abouts(claim, quarter, self.period):
                        printed[about] += (in_quarter(claim.source, quarter),)
        return Disputes(disputes_of(self.facts, problems).findings, printed)

    def cells_of(self, name: str) -> set[str]:
        """Give every cell that a table's sheets print, base counts or not."""
        own = ((reading.period, facts_of(reading)) for reading in self.own)
        return {in_quarter(cell, quarter) for quarter, facts in own for cell in facts.cells_of(name)}


def in_quarter(source: str, quarter: str) -> str:
    """Name a cell of a quarter's workbook beside those of others.

    >>> in_quarter("Slide 12!D3", "2010-Q2")
    '2010-Q2: Slide 12!D3'
    """
    return f"{quarter}: {source}"


def _place(name: str, readings: Iterable[Reading]) -> str:
    """Name the place of a table: where the first workbook that has it has it."""
    return next(reading.places[name] for reading in readings if name in reading.places)


def _within(quarter: str, counts: Iterable[Count]) -> Iterator[Count]:
    return (count for count in counts if calendar.contains(quarter, count.key["period"]))


def _named(counts: Iterable[Count], quarter: str) -> Iterator[Count]:
    """Put the quarter of their workbook before the cells of counts."""
    for count in counts:
        source = in_quarter(count.source, quarter) if count.source else ""
        yield Count(count.table, count.measure, count.unit, count.key, count.value, source)


def _abouts(claim: Claim, quarter: str, period: str) -> Iterator[Identity]:
    """Name what a claim is printed of; a quarter's figure is part of the whole."""
    yield identity(claim)
    if claim.key["period"] == quarter:
        table, measure, unit, _ = identity(claim)
        yield table, measure, unit, frozenset({**claim.key, "period": period}.items())


def _told(finding: Finding, quarter: str) -> Finding:
    """Put the quarter before every cell of a finding; one that names no cell is told as it is."""
    where, evidence = (
        tuple(in_quarter(cell, quarter) for cell in cells) for cells in (finding.where, finding.evidence)
    )
    settled = tuple(_told(other, quarter) for other in finding.settled)
    return replace(finding, where=where, evidence=evidence, settled=settled)
