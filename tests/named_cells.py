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
EXPLAINS = "odd_one_out"
"""The rule that explains findings together by a cell that is likely wrong, where there is such a rule."""


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
    def is_explained(self) -> bool:
        """Whether one cheapest explanation is told."""
        return any(item.rule == EXPLAINS and item.variant.startswith("likely") for item in self.findings)

    @property
    def _changed(self) -> set[str]:
        return set(self.fault.changes(self.way))


def outcome(fault: Fault, way: Way) -> Outcome:
    """Plant a fault, read the workbook and check it beside the quarters before it."""
    findings, seconds = _checked(planted(fault.quarter, way, fault.changes(way)), fault.seed)
    known = without_fault(fault.seed, fault.period, way)[0]
    new = (finding for finding in findings if finding.severity != "note" and finding not in known)
    return Outcome(fault, way, tuple(new), seconds)


@cache
def without_fault(seed: int, period: str, way: Way) -> tuple[tuple[Finding, ...], float]:
    """Check a sound quarter: its findings, and the processor seconds they took."""
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

HEADS = ("", "faults", "noticed", "named first", "exactly", "findings", "one likely", "ms", "worst")


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
    explanation, and how many findings each has. The times are those of the checks alone: their median and the longest.
    """
    lines = [HEADS, *(_line(name, group) for name, group in groups.items())]
    wide = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(_aligned(line, wide)) for line in lines)


def _aligned(line: Sequence[str], wide: Sequence[int]) -> list[str]:
    return [line[0].ljust(wide[0]), *(text.rjust(width) for text, width in zip(line[1:], wide[1:], strict=True))]


def _line(name: str, group: Sequence[Outcome]) -> tuple[str, ...]:
    noticed = [one for one in group if one.is_noticed]
    times = [1000 * one.seconds for one in group]
    has_rule = any(finding.rule == EXPLAINS for one in group for finding in one.findings)
    return (
        name,
        str(len(group)),
        share(noticed, group),
        share([one for one in noticed if one.is_named], noticed),
        share([one for one in noticed if one.is_exact], noticed),
        f"{sum(len(one.findings) for one in noticed) / len(noticed):.2f}" if noticed else "-",
        share([one for one in noticed if one.is_explained], noticed) if has_rule else "-",
        f"{median(times):.1f}",
        f"{max(times):.1f}",
    )


def share(part: Sequence, whole: Sequence) -> str:
    """Give a share as a percent.

    >>> share([1], [1, 2, 3])
    '33 %'
    """
    return f"{100 * len(part) / len(whole):.0f} %" if whole else "-"
