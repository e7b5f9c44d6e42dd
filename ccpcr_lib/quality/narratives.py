"""The sentences of two workbooks → those that differ, section by section."""

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from ..excel.narrative import Bullet
from .difference import SENTENCE, At, Difference


def compare_narratives(first: Sequence[Bullet], second: Sequence[Bullet]) -> Iterator[Difference]:
    """List the sentences that differ, in the order of the deck, each language by itself."""
    for section in dict.fromkeys(bullet.section for bullet in (*first, *second)):
        own, other = ([bullet for bullet in bullets if bullet.section == section] for bullets in (first, second))
        texts, others = ([bullet[1:3] for bullet in bullets] for bullets in (own, other))
        matcher = SequenceMatcher(None, texts, others, autojunk=False)
        for kind, start, end, other_start, other_end in matcher.get_opcodes():
            if kind != "equal":
                yield from _differing(section, own[start:end], other[other_start:other_end])


def _differing(section: str, first: Sequence[Bullet], second: Sequence[Bullet]) -> Iterator[Difference]:
    """Hold sentences of one section together in their order; what is left over only one workbook has."""
    for own, other in zip_longest(first, second):
        for one, two in zip(_texts(own), _texts(other), strict=True):
            if one.text != two.text:
                yield Difference(SENTENCE, "", one, two, key={"section": section})


def _texts(bullet: Bullet | None) -> tuple[At, At]:
    """Give a sentence in English and in Khmer, each with its cell, which may be blank."""
    if bullet is None:
        return At(), At()
    has_column = bullet.source_km != bullet.source
    return At(bullet.source, bullet.text), At(bullet.source_km, bullet.text_km) if has_column else At()
