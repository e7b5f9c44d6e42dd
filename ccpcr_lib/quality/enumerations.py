"""A sentence → the names it lists: ``sewing, weaving and pottery``, each with whether it is known, and where.

What is known is looked for first, so that a name with an “and” in it stays whole.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from ..model.figures import BRACES
from ..model.text import fold, look_alike, seen, words_of
from ..words import listed

OWN, ELSEWHERE, FIGURE = "\ue000", "\ue001", "\ue002"
"""What stands in a sentence for a name of the list it is held against, for one of another list, for what is no name."""

SHORTEST = 3
"""A spelling of fewer letters is looked for in no sentence: ``ST`` may be anything."""

MOST_WORDS, MOST_SIGNS = 4, 30
"""What is longer is no name: words, and signs where a script has no blanks between them."""

_PARTS = re.compile(r"[.;:!?()\[\]។៖—–\"“”«»]|\s-\s")
_COMMAS = ",،、"
_DIGIT = re.compile(r"\d")


class Enumeration(NamedTuple):
    """What a part of a sentence lists: how many names, how many of them are the list's own, and those nobody knows."""

    names: int
    own: int
    unknown: tuple[str, ...]


def lists_names(text: str) -> bool:
    """Check whether a text may list names: a comma or a word such as “and” stands in it."""
    return _between().search(text) is not None


def enumerations(text: str, own: Sequence[str], others: Sequence[str]) -> Iterator[Enumeration]:
    """Give what a text lists, part by part; nothing where none of them is its own, or nothing is listed.

    `own` are spellings of the list it is held against, `others` those of all lists.

    >>> next(enumerations("They learn sewing, weaving and pottery.", ["Sewing", "Weaving"], []))
    Enumeration(names=3, own=2, unknown=('pottery',))
    """
    bare = BRACES.sub(FIGURE, look_alike(seen(text)))
    if not _between().search(bare):
        return
    with_own, found = _pattern(tuple(own)).subn(OWN, bare)
    if not found:
        return
    masked = _pattern(tuple(others)).sub(ELSEWHERE, with_own)
    known = [_words(spelling) for spelling in (*own, *others)]
    for place, part in enumerate(_PARTS.split(masked)):
        names = _names(part, is_first=place == 0)
        partly = [name for name in names if _is_part(name, known)]
        unknown = tuple(name for name in names if name not in partly and _is_name(name))
        mine = sum(OWN in name or name in partly for name in names)
        yield Enumeration(len(names), mine, unknown)


@cache
def _pattern(spellings: tuple[str, ...]) -> re.Pattern[str]:
    """Make a pattern of all spellings, the longest first."""
    longest_first = sorted({*spellings}, key=lambda spelling: (-len(spelling), spelling))
    written = [_written(spelling) for spelling in longest_first if len(fold(spelling)) >= SHORTEST]
    return re.compile("|".join(written) or r"(?!)", re.IGNORECASE)


def _written(spelling: str) -> str:
    """Write the pattern of a spelling: whole words in any case, in one or many; Khmer wherever it stands."""
    if not spelling.isascii():
        return r"\s*".join(re.escape(word) for word in look_alike(spelling).split())
    plural = r"s?\W+".join(re.escape(word.removesuffix("s")) for word in words_of(spelling))
    return rf"(?<![^\W_]){plural}s?(?![^\W_])"


@cache
def _between() -> re.Pattern[str]:
    """Make a pattern of what stands between two names: a comma, a word such as “and”, or both."""
    listed_words = [re.escape(word) for word in listed("list_between")]
    words = "|".join(rf"(?<=\s){word}\s+" if word.isascii() else rf"{word}\s*" for word in listed_words)
    return re.compile(rf"\s*[{_COMMAS}]\s*(?:{words})?|\s*(?:{words})")


@cache
def _leads() -> re.Pattern[str]:
    """Make a pattern of what leads up to a list, its words such as “such as” included."""
    words = [rf"\b{word}\b" if word.isascii() else word for word in map(re.escape, listed("list_leads"))]
    return re.compile(rf".*(?:{'|'.join(words)})", re.IGNORECASE)


def _names(part: str, *, is_first: bool) -> list[str]:
    """Split a part of a sentence at its commas; the words that lead up to the first name make that one unreadable."""
    first, *others = (name.strip() for name in _between().split(part))
    bare = _leads().sub("", first).strip()
    is_clear = bare != first or OWN in first or ELSEWHERE in first or (others and not is_first)
    names = [bare] if is_clear else [FIGURE] if others else []
    return [name for name in (*names, *others) if name]


@cache
def _words(text: str) -> frozenset[str]:
    return frozenset(map(fold, words_of(text)))


def _is_part(name: str, known: Sequence[frozenset[str]]) -> bool:
    """Check whether a name is a part of a known one, as “hygiene” is of “Body hygiene”."""
    words = _words(name)
    is_masked = any(sign in name for sign in (OWN, ELSEWHERE, FIGURE))
    return bool(words) and not is_masked and any(words <= other for other in known)


def _is_name(text: str) -> bool:
    """Check whether a text may be a name: a few words that no sentence is built of, and no figure."""
    words = [word.casefold() for word in text.split()]
    is_short = len(words) <= MOST_WORDS and (text.isascii() or len(text) <= MOST_SIGNS)
    is_built = not {*listed("no_name")}.isdisjoint(words) or words[0].endswith("ed")
    is_masked = any(sign in text for sign in (OWN, ELSEWHERE, FIGURE))
    return is_short and not is_built and not is_masked and not _DIGIT.search(text)
