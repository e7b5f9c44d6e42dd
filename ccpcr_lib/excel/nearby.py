"""A name nobody knows → what it may be: a known name one letter off, or a word for the total."""

import re
from collections.abc import Iterable
from functools import cache

from ..model.codelist import codelist
from ..model.text import fold, glue, words_of
from .roles import TOTAL_HEADS, is_total

LETTERS = 5
"""A name of fewer letters is not taken for another's misspelling: RAO and RAC may be two organisations."""
TOTAL_LETTERS = 4
_FIGURES = re.compile(r"\s*\(\s*\d+\s*\)\s*$")
"""Figures that somebody put behind a name."""
_LOOKALIKES = str.maketrans("01|!", "olli")


@cache
def near_member(codes: str, label: str) -> str | None:
    """Give the label of the member of a list that a name is one letter away from, or but for figures in brackets.

    >>> near_member("skills", "Sewng"), near_member("skills", "Sewing (6)"), near_member("partners", "CWDB")
    ('Sewing', 'Sewing', None)
    """
    for member in codelist(codes).members.values():
        near = _nearest(label, member.spellings)
        if near is not None:
            return near
    bare = _FIGURES.sub("", label)
    return codelist(codes).label(code) if bare != label and (code := codelist(codes).find(bare)) else None


@cache
def near_code(codes: str, member: str) -> str | None:
    """Give the code of the member of a list that a new member's name is one letter away from.

    >>> near_code("skills", "Sewng"), near_code("skills", "sewing")
    ('sewing', None)
    """
    known = codelist(codes)
    near = None if member in known.members else near_member(codes, member)
    return known.find(near) if near else None


@cache
def are_near(codes: str, one: str, other: str) -> bool:
    """Check whether the names of two members of a list are one letter apart, in any of their spellings.

    >>> are_near("skills", "Cookery", "Cokery"), are_near("skills", "Sewng", "sewing"), are_near("skills", "a", "b")
    (True, True, False)
    """
    spellings = codelist(codes).member(other).spellings
    return any(_nearest(text, spellings) for text in codelist(codes).member(one).spellings)


def _nearest(label: str, spellings: Iterable[str]) -> str | None:
    written = _forms(label)
    return next((text for text in spellings if any(map(_is_misspelt, written, _forms(text)))), None)


@cache
def _forms(text: str) -> tuple[str, str]:
    """Give a name folded, and with its plural s left on: a letter missing may be that one."""
    return fold(text), glue(words_of(text))


def _is_misspelt(written: str, known: str) -> bool:
    """Check whether a folded name is a known one but for one letter, its figures the same."""
    same_figures = re.findall(r"\d", written) == re.findall(r"\d", known)
    return same_figures and min(len(written), len(known)) >= LETTERS and is_one_letter_off(written, known)


@cache
def near_total(label: str) -> str | None:
    """Give the word for a total that a name is one letter away from, or looks like; None where there is none.

    >>> near_total("Toal"), near_total("T0TAL"), near_total("Tools")
    ('Total', 'Total', None)
    """
    if is_total(label):
        return None
    written = fold(label.translate(_LOOKALIKES))
    for code in sorted(TOTAL_HEADS):
        heading = codelist("headings").members[code]
        for text in (heading.label_en, heading.label_km, *heading.aliases):
            known = fold(text)
            is_long = min(len(written), len(known)) >= TOTAL_LETTERS
            if is_long and (written == known or is_one_letter_off(written, known)):
                return text
    return None


def is_one_letter_off(one: str, other: str) -> bool:
    """Check whether two words differ by one letter: left out, too many, another one, or two in the wrong order.

    >>> is_one_letter_off("sewng", "sewing"), is_one_letter_off("weavign", "weaving"), is_one_letter_off("a", "a")
    (True, True, False)
    """
    if one == other or abs(len(one) - len(other)) > 1:
        return False
    start = next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), None)
    if start is None:
        return True
    one, other = one[start:], other[start:]
    swapped = one[:2][::-1] == other[:2] and one[2:] == other[2:]
    return swapped or one[1:] == other[1:] or one[1:] == other or one == other[1:]
