"""A label → what its row or its column is for: a total, percents, a part of others, the numbers of rows, remarks."""

from functools import cache

from ..model.codelist import codelist, fold
from ..model.text import marked
from ..words import listed
from .beginnings import beginning, ending
from .file.grid import Content
from .labels import PAPER_TOTAL, TOTAL, mentions
from .names import split_label

TOTALS = frozenset({TOTAL, ("heading", "at_least"), PAPER_TOTAL})
TOTAL_HEADS = frozenset(code for _, code in TOTALS)


def is_total(label: Content | None) -> bool:
    """Check whether a row label says total: ``TOTAL``, ``Total 2nd Quarter``, ``At least``, ``Q2``, ``Paper total``."""
    return not TOTALS.isdisjoint(mentions(label)) or _names_a_quarter(label)


def is_on_paper(label: Content | None) -> bool:
    """Check whether a label says that totals copied from the paper form stand there."""
    return PAPER_TOTAL in mentions(label)


def _names_a_quarter(label: Content | None) -> bool:
    """Check whether a label names a quarter and nothing else, as the row of what a quarter's months make."""
    return {kind for kind, _ in mentions(label)} in ({"quarter"}, {"quarter", "year"})


def says_only_total(label: Content | None) -> bool:
    """Check whether a label is a word for the total, perhaps of a period; “Total care” may be somebody's name."""
    if not isinstance(label, str):
        return is_total(label)
    is_word = codelist("headings").find(label) in TOTAL_HEADS
    return is_word or len(mentions(label)) > 1 or _names_a_quarter(label) or is_on_paper(label)


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

    >>> is_part("of which girls"), is_part("a) Including new clients"), is_part("Inclusive education")
    (True, True, False)
    """
    if not isinstance(label, str):
        return False
    return bool(beginning("label_part").match(marked(label)) or ending("label_part_end").search(marked(label)))


def heads_numbers(label: Content | None) -> bool:
    """Check whether a heading says that the numbers of rows stand below it."""
    return ("heading", "no") in mentions(label)


def is_remark(label: Content | None) -> bool:
    """Check whether a heading says that remarks stand below it, in one language or in two."""
    return isinstance(label, str) and any(fold(part) in _remark_words() for part in (label, *split_label(label)))


@cache
def _remark_words() -> frozenset[str]:
    return frozenset(map(fold, listed("label_remark")))
