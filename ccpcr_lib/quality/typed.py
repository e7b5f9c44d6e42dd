"""A reading → what stands in its cells, each figure with what it stands for: so are two workbooks held together.

Counts stand beside what is printed of them; the parts of a note are one figure, in whatever order they are written.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ..excel.reader import Reading
from ..excel.values import shown
from ..model.records import Claim, Count, FrozenKey, Identity, identify, identity
from ..model.table import Key

COUNT, NOTE, SHARE, TOTAL = "count", "note", "share", "total"

Parts = frozenset[tuple[FrozenKey, float]]
"""The parts of a note: what each stands for, and how many."""

NARROWEST = 1e-9
HALF_A_PERCENT = 0.005


class Typed(NamedTuple):
    """What a cell says of one thing: `kind` is count, total, share (0-1), note or plan; `value` None where blank.

    `text` is the whole cell as a person sees it; a cell may say several things.
    """

    kind: str
    about: Identity
    value: float | Parts | None
    cell: str
    text: str
    is_calculated: bool = False

    @property
    def table(self) -> str:
        """The table it stands in."""
        return self.about[0]

    @property
    def key(self) -> dict[str, str]:
        """What it stands for."""
        return dict(self.about[3])

    def says_same(self, other: "Typed") -> bool:
        """Check whether both say the same; a percent that a formula gives is rounded as the other one was typed."""
        if self.kind != SHARE or not isinstance(self.value, float) or not isinstance(other.value, float):
            return self.value == other.value
        margin = HALF_A_PERCENT if self.is_calculated or other.is_calculated else 0
        return abs(self.value - other.value) <= margin + NARROWEST


def typed_in(reading: Reading) -> list[Typed]:
    """List what stands in a workbook's tables, count by count, then claim by claim, in the order they were read."""
    texts = _texts(reading)
    figures = [_count(count, texts) for count in reading.base]
    figures += [_claim(claim, reading) for claim in reading.claims if claim.kind != NOTE]
    return [*figures, *_notes(reading, figures)]


def _texts(reading: Reading) -> dict[str, str]:
    """Give the text of each cell that says more than a number."""
    beside = reading.note_cells
    return {claim.source: claim.text for claim in reading.claims if claim.kind != NOTE or claim.source not in beside}


def _count(count: Count, texts: dict[str, str]) -> Typed:
    text = texts.get(count.source) or ("" if count.value is None else str(count.value))
    return Typed(COUNT, identity(count), count.value, count.source, text)


def _claim(claim: Claim, reading: Reading) -> Typed:
    is_bare = claim.kind == SHARE and "%" not in claim.text
    text = shown(claim.value, percent=True) if is_bare else claim.text
    is_calculated = claim.source in reading.calculated
    return Typed(claim.kind, identity(claim), claim.value, claim.source, text, is_calculated)


def _notes(reading: Reading, figures: Sequence[Typed]) -> Iterator[Typed]:
    """Give the notes of a workbook, each with what the figure that it divides stands for."""
    parts: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        if claim.kind == NOTE:
            parts.setdefault(claim.source, []).append(claim)
    divided = {figure.cell: figure.key for figure in reversed(figures)}
    for source, own in parts.items():
        first, key = own[0], divided.get(source) or _shared([claim.key for claim in own])
        about = identify(first.table, first.measure, first.unit, key)
        value = frozenset((frozenset(claim.key.items()), claim.value) for claim in own)
        beside = reading.note_cells.get(source)
        text = f"({first.text.rpartition('(')[2]}" if beside else first.text
        yield Typed(NOTE, about, value, beside or source, text)


def _shared(keys: Sequence[Key]) -> Key:
    """Give what all keys say."""
    first, *others = keys
    return {name: code for name, code in first.items() if all(key.get(name) == code for key in others)}
