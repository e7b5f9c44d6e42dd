"""A word that nobody knows → the known one that was most likely meant."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from types import MappingProxyType

LIKENESS = 0.6
"""How alike two words are that may be meant for each other, from 0 to 1: `difflib` calls it a ratio."""


def near_words(written: str, known: Iterable[str], count: int = 3) -> list[str]:
    """List the known words that somebody may have meant, the likeliest first: whatever the case, then nearly so.

    >>> near_words("sewng", ["sewing", "weaving"]), near_words("dv", ["DV", "SA"]), near_words("pie", ["bars"])
    (['sewing'], ['DV'], [])
    """
    words: dict[str, str] = {}
    for word in known:
        words.setdefault(_plain(word), word)
    plain = _plain(written)
    if plain in words:
        return [words[plain]]
    return [words[near] for near in get_close_matches(plain, words, count, LIKENESS)]


def nearest(written: object, known: Iterable[str], spelt: Mapping[str, str] = MappingProxyType({})) -> str:
    """Give the known word that was most likely meant, empty where none is near; `spelt` maps other spellings to words.

    >>> nearest("family visit", ["family_visits"]), nearest("Sewng", [], {"Sewing": "sewing"}), nearest("x", ["sewing"])
    ('family_visits', 'sewing', '')
    """
    words = {word: word for word in known} | dict(spelt)
    spellings = near_words(str(written), words, 1)
    return words[spellings[0]] if spellings else ""


def _plain(word: str) -> str:
    return " ".join(word.replace("_", " ").replace("-", " ").split()).casefold()
