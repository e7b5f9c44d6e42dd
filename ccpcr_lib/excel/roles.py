"""A label → what its row or its column is for: a total, percents, a part of others, the numbers of rows, remarks."""

import re
from functools import cache

from ..model.codelist import codelist, fold
from ..model.text import marked, words_of
from ..words import LANGUAGES, say
from .beginnings import beginning
from .file.grid import Content
from .labels import mentions
from .names import split_label

TOTALS = frozenset({("heading", "total"), ("heading", "at_least")})
TOTAL_HEADS = frozenset(code for _, code in TOTALS)
OTHER_THINGS = ("plan", "share", "money", "staff", "time", "derived", "not")
"""What a title may say that its figures are, instead of counts; the first two are headings of columns, too."""


def is_total(label: Content | None) -> bool:
    """Check whether a row label says total: ``TOTAL``, ``Subtotal``, ``Total 2nd Quarter``, ``At least``."""
    return not TOTALS.isdisjoint(mentions(label))


def says_only_total(label: Content | None) -> bool:
    """Check whether a label is a word for the total, perhaps of a period; “Total care” may be somebody's name."""
    if not isinstance(label, str):
        return is_total(label)
    return codelist("headings").find(label) in TOTAL_HEADS or len(mentions(label)) > 1


def is_subtotal(label: Content | None) -> bool:
    """Check whether a label is a word for the total of a part: ``Sub total``."""
    return isinstance(label, str) and bool(beginning("label_subtotal").match(marked(label)))


@cache
def divides_only(label: Content | None) -> bool:
    """Check whether a label names a sex or an age band and nothing else: it divides what stands before it."""
    kinds = {kind for kind, _ in mentions(label)}
    return bool(kinds) and kinds <= {"sex", "age_band"}


def is_share(label: Content | None) -> bool:
    """Check whether a label says that its row holds percents."""
    return mentions(label) == {("heading", "share")}


@cache
def is_part(label: Content | None) -> bool:
    """Check whether a label names a part of what stands before it.

    >>> is_part("of which girls"), is_part("- Including new clients"), is_part("Inclusive education")
    (True, True, False)
    """
    return isinstance(label, str) and bool(beginning("label_part").match(marked(label)))


def heads_numbers(label: Content | None) -> bool:
    """Check whether a heading says that the numbers of rows stand below it."""
    return ("heading", "no") in mentions(label)


def is_remark(label: Content | None) -> bool:
    """Check whether a heading says that remarks stand below it, in one language or in two."""
    return isinstance(label, str) and any(fold(part) in _remark_words() for part in (label, *split_label(label)))


@cache
def _remark_words() -> frozenset[str]:
    return frozenset(fold(word) for language in LANGUAGES for word in say("label_remark", language).split("|"))


def names_nobody(label: str) -> bool:
    """Check whether a label speaks of another time, or of what is worked out of counts: it names no member of a list.

    >>> names_nobody("Last quarter"), names_nobody("Average"), names_nobody("Plan International")
    (True, True, False)
    """
    return not {"share", "time", "derived"}.isdisjoint(other_things(label))


@cache
def other_things(text: str) -> dict[str, str]:
    """Map each other thing than a count that a text speaks of to the words it says so in.

    >>> other_things("Cost per child (planned)"), other_things("Family visits")
    ({'plan': 'planned', 'money': 'cost'}, {})
    """
    words = " ".join(words_of(text))
    found = ((thing, _other(thing).search(words)) for thing in OTHER_THINGS)
    return {thing: match[0] for thing, match in found if match}


@cache
def _other(thing: str) -> re.Pattern[str]:
    """Match the program's words for a thing: whole words in English; Khmer has no spaces between them."""
    listed = (say(f"label_other.{thing}", language).split("|") for language in ("en", "km"))
    english, khmer = ([" ".join(words_of(word)) for word in words] for words in listed)
    return re.compile(rf"\b(?:{'|'.join(english)})\b|{'|'.join(khmer)}")
