"""Words of the program and of a list → the pattern of a label that begins or ends with one of them."""

import re
from collections.abc import Iterable
from functools import cache

from ..model.codelist import codelist
from ..model.text import marked
from ..words import listed


@cache
def total_words() -> re.Pattern[str]:
    """Match a label that begins with a word for total, whatever follows it; ``Summit`` does not, nor ``T 5``."""
    return _begins_with(word for word in codelist("headings").members["total"].spellings if len(word) > 1)


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


def _spelt(words: Iterable[str]) -> str:
    spelt = (re.escape(word).replace(r"\ ", "[ -]*") for word in sorted(map(marked, words), key=len, reverse=True))
    return "|".join(spelt)
