"""Pieces of a cell's text, each with its look → what is struck out in it, and the text without its raised marks.

A footnote's number stands raised behind a figure, and is no digit of it. Struck text still stands in the cell.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from .address import Place
from .facts import SheetFacts
from .styles import Look

Piece = tuple[str, Look]

_MARK = "\ue000"
_RAISED = re.compile("[\u00b2\u00b3\u00b9\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d6a\u1d78\u1d9b-\u1dbf\u2070-\u209c]+")
"""Marks that are characters of their own: ¹ ² ³ ⁴ ₅ ⁽ ⁾ ᵃ ᵇ."""
_ORDINALS = frozenset({"st", "nd", "rd", "th"})
"""What stands raised behind a number and belongs to it: 2nd quarter."""


def mark_cell(facts: SheetFacts, places: Iterable[Place], pieces: Sequence[Piece]) -> None:
    """Keep what is struck out and raised in the cells at some places; what is blank is neither."""
    struck = "".join(text for text, look in pieces if look.is_struck).strip()
    if struck:
        facts.struck.update(dict.fromkeys(places, struck))
    if not any(look.is_raised for _, look in pieces):
        return
    text = "".join(text for text, _ in pieces)
    left = _without(_joined_ordinals(pieces))
    if left != text:
        facts.raised.update(dict.fromkeys(places, left.strip()))


def mark_whole(facts: SheetFacts, places: Iterable[Place], look: Look) -> None:
    """Keep that all of a cell is struck out or raised, whatever stands in it."""
    if look.is_struck:
        facts.struck.update(dict.fromkeys(places, ""))
    if look.is_raised:
        facts.raised.update(dict.fromkeys(places, ""))


def has_raised(text: str) -> bool:
    """Check whether a raised character stands in a text."""
    return not text.isascii() and bool(_RAISED.search(text))


def without_raised(text: str) -> str:
    """Leave raised characters out of a text; between two digits each leaves a gap, so that they make no number.

    >>> without_raised("²7 (F5³)"), without_raised("5¹7"), without_raised("57"), without_raised("¹")
    ('7 (F5)', '5 7', '57', '')
    """
    return _filled(_RAISED.sub(_marked, text)).strip() if has_raised(text) else text


def _marked(raised: re.Match[str]) -> str:
    before = raised.string[: raised.start()]
    is_ordinal = unicodedata.normalize("NFKC", raised[0]).lower() in _ORDINALS and before[-1:].isdigit()
    return raised[0] if is_ordinal else _MARK


def _joined_ordinals(pieces: Sequence[Piece]) -> list[Piece]:
    """Put pieces of one look together, and take what belongs to the number before it as not raised."""
    joined: list[Piece] = []
    for text, look in pieces:
        raised = Look(is_raised=look.is_raised and bool(text.strip()))
        if joined and joined[-1][1] == raised:
            joined[-1] = joined[-1][0] + text, raised
        else:
            joined.append((text, raised))
    before = ("", *(text for text, _ in joined))
    return [
        (text, Look() if text.strip().lower() in _ORDINALS and before[number].rstrip()[-1:].isdigit() else look)
        for number, (text, look) in enumerate(joined)
    ]


def _without(pieces: Sequence[Piece]) -> str:
    return _filled("".join(_MARK if look.is_raised else text for text, look in pieces))


def _filled(text: str) -> str:
    return re.sub(rf"(?<=\d){_MARK}+(?=\d)", " ", text).replace(_MARK, "") if _MARK in text else text
