"""Words of the program and of a list → the pattern of a label that begins or ends with one of them."""

import re
from collections.abc import Iterable
from functools import cache

from ..model.codelist import codelist
from ..model.text import marked
from ..words import listed

_GAP = r"[\s\W_]*"
"""Whatever stands between two words."""


@cache
def total_words() -> re.Pattern[str]:
    """Match a label that begins with a word for total, whatever follows it; ``Summit`` does not, nor ``T 5``."""
    return _begins_with(_totals())


@cache
def paper_totals() -> re.Pattern[str]:
    """Find the words of a total on paper in a label: ``Paper total``, ``Total (as on the form)``, ``សរុបលើក្រដាស``."""
    total, by = _word(_totals()), rf"(?:{_word(listed('label_paper_by'))}{_GAP})"
    paper, papers = (_word(listed("label_paper"), ending) for ending in ("", "s?"))
    forms = (
        _word(codelist("headings").members["paper_total"].spellings),
        rf"{total}{_GAP}(?:{by}+{papers}|{paper})",
        rf"{paper}{_GAP}{by}*{total}",
    )
    return re.compile(rf"(?<![a-z]){_GAP}(?:[a-z]\)\s*)?{by}*(?:{'|'.join(forms)})", re.IGNORECASE)


@cache
def total_stems() -> tuple[str, ...]:
    """List what every label with a word for total holds: looked for first, since most labels hold none of it."""
    spelt = (*_totals(), *codelist("headings").members["paper_total"].spellings)
    words = sorted({marked(word) for word in spelt}, key=lambda word: (len(word), word))
    return tuple(word for place, word in enumerate(words) if not any(short in word for short in words[:place]))


def _totals() -> list[str]:
    """List the words for a total; ``T`` alone is none where more follows it."""
    return [word for word in codelist("headings").members["total"].spellings if len(word) > 1]


@cache
def beginning(words: str) -> re.Pattern[str]:
    """Match a label that begins with one of the program's words of this name, in whatever language."""
    return _begins_with(listed(words))


@cache
def ending(words: str) -> re.Pattern[str]:
    """Find the program's words of this name at the end of a label, in whatever language."""
    return re.compile(rf"(?<![a-z])(?:{_spelt(listed(words))})\W*$", re.IGNORECASE)


def _begins_with(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"[\s\W]*(?:[a-z]\)\s*)?(?:{_spelt(words)})(?![a-z])", re.IGNORECASE)


def _word(words: Iterable[str], ending: str = "") -> str:
    """Match one of some words, as a whole; `ending` is a pattern of what it may end with."""
    return rf"(?:{_spelt(words)}){ending}(?![a-z])"


def _spelt(words: Iterable[str]) -> str:
    spelt = (re.escape(word).replace(r"\ ", "[ -]*") for word in sorted(map(marked, words), key=len, reverse=True))
    return "|".join(spelt)
