"""Faults planted one by one → how many are noticed, and whether the changed cell is the one that is named first.

Only findings above a note count, and only those that the quarter does not have without the fault.
"""

import gc
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from statistics import median

from sound_quarters import earlier, sound
from typing_faults import Fault, draw_fault, suits
from ways_of_totals import WAYS, Way, planted

from ccpcr_lib.excel.reader import Reading
from ccpcr_lib.model.finding import Finding
from ccpcr_lib.quality.check import check_reading

SEEDS = (1, 2, 3)


@dataclass(frozen=True)
class Outcome:
    """What is told of one fault where totals come about one way, and the processor seconds that the checks took."""

    fault: Fault
    way: Way
    findings: tuple[Finding, ...]
    seconds: float

    @property
    def is_noticed(self) -> bool:
        return bool(self.findings)

    @property
    def is_named(self) -> bool:
        """Whether the first cell of the first finding is a changed one."""
        return self.is_noticed and not self._changed.isdisjoint(self.findings[0].where[:1])

    @property
    def is_exact(self) -> bool:
        """Whether a finding, for two slips one each, is about the changed cells and no other."""
        slips = [set(slip) for slip in self.fault.slips] if len(self.fault.slips) > 1 else [self._changed]
        told = [set(finding.where) for finding in self.findings]
        return all(slip in told for slip in slips)

    @property
    def names_the_slip(self) -> bool:
        """Whether a finding, for two slips one each, is about what was typed, of a block left all or what changed."""
        return all(any(self.fault.names(slip, one.where) for one in self.findings) for slip in self.fault.slips)

    @property
    def is_explained(self) -> bool:
        """Whether the first finding says which of its cells are likely wrong."""
        return self.is_noticed and self.findings[0].odd > 0

    @property
    def extra(self) -> float:
        """The seconds that the checks took beyond those of the quarter without the fault; below 0 where fewer."""
        return self.seconds - without_fault(self.fault.seed, self.fault.period, self.way)[1]

    @property
    def _changed(self) -> set[str]:
        return set(self.fault.changes(self.way))


def outcome(fault: Fault, way: Way) -> Outcome:
    """Plant a fault, read the workbook and check it beside the quarters before it."""
    known = without_fault(fault.seed, fault.period, way)[0]
    findings, seconds = _checked(planted(fault.quarter, way, fault.changes(way)), fault.seed)
    new = (finding for finding in findings if finding.severity != "note" and finding not in known)
    return Outcome(fault, way, tuple(new), seconds)


@cache
def without_fault(seed: int, period: str, way: Way) -> tuple[tuple[Finding, ...], float]:
    """Check a sound quarter: its findings, and the processor seconds they took once the quarters before are known."""
    _checked(planted(sound(seed, period), way, {}), seed)
    return _checked(planted(sound(seed, period), way, {}), seed)


def _checked(reading: Reading, seed: int) -> tuple[tuple[Finding, ...], float]:
    others = earlier(seed, reading.period)
    gc.disable()
    start = time.process_time()
    findings = check_reading(reading, others)
    seconds = time.process_time() - start
    gc.enable()
    return findings, seconds


def outcomes(kinds: Iterable[str], way: Way, faults: int, seeds: tuple[int, ...] = SEEDS) -> Iterator[Outcome]:
    """Plant so many faults of each kind that can happen."""
    for kind in kinds:
        if suits(kind, way):
            yield from (outcome(draw_fault(kind, number, seeds), way) for number in range(faults))


# --- the table ---

HEADS = (
    *("", "faults", "noticed", "named first", "exactly", "findings"),
    *("one likely", "of these first", "exactly", "ms", "worst"),
)


def measure(kinds: Sequence[str], ways: Sequence[str], faults: int, seeds: tuple[int, ...] = SEEDS) -> list[Outcome]:
    """Plant faults of each kind in each way, print a table of what is told of them, and give what was told."""
    tried: list[Outcome] = []
    for way in (WAYS[name] for name in ways):
        of_way = list(outcomes(kinds, way, faults, seeds))
        by_kind = {kind: [one for one in of_way if one.fault.kind == kind] for kind in kinds}
        print(f"\ntotals {way.name}")
        print(table({**{kind: some for kind, some in by_kind.items() if some}, "all": of_way}))
        print(_without_faults(of_way))
        tried += of_way
    return tried


def _without_faults(tried: Iterable[Outcome]) -> str:
    quarters = {(one.fault.seed, one.fault.period, one.way) for one in tried}
    times = [1000 * without_fault(*quarter)[1] for quarter in sorted(quarters, key=str)]
    return f"the checks of the {len(times)} quarters without a fault: {median(times):.1f} ms, worst {max(times):.1f} ms"


def table(groups: dict[str, Sequence[Outcome]]) -> str:
    """Lay out a line of figures for each group of outcomes.

    Of all faults the share that is noticed; of these, how many are named first, are named exactly, and have one likely
    explanation, and how many findings each has; of those with one, how many are named first and exactly. The times are
    those of the checks alone: their median and the longest.
    """
    lines = [HEADS, *(_line(name, group) for name, group in groups.items())]
    wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(_aligned(line, wide)) for line in lines)


def _aligned(line: Sequence[str], wide: Sequence[int]) -> list[str]:
    return [line[0].ljust(wide[0]), *(text.rjust(width) for text, width in zip(line[1:], wide[1:], strict=True))]


def _line(name: str, group: Sequence[Outcome]) -> tuple[str, ...]:
    noticed = [one for one in group if one.is_noticed]
    likely = [one for one in noticed if one.is_explained]
    times = [1000 * one.seconds for one in group]
    return (
        name,
        str(len(group)),
        share(noticed, group),
        share([one for one in noticed if one.is_named], noticed),
        share([one for one in noticed if one.is_exact], noticed),
        f"{sum(len(one.findings) for one in noticed) / len(noticed):.2f}" if noticed else "-",
        share(likely, noticed),
        share([one for one in likely if one.is_named], likely),
        share([one for one in likely if one.is_exact], likely),
        f"{median(times):.1f}",
        f"{max(times):.1f}",
    )


def share(part: Sequence, whole: Sequence) -> str:
    """Give a share as a percent.

    >>> share([1], [1, 2, 3])
    '33 %'
    """
    return f"{100 * len(part) / len(whole):.0f} %" if whole else "-"
