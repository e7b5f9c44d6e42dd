"""A text → the other things than counts of all that it speaks of: plans, money, staff, another time, one sex, a “not”.

A title or a heading that does may stand over figures that are no counts; a label that does may name nobody.
"""

import re
from functools import cache

from ..model.codelist import codelist, fold, spellings
from ..model.text import words_of
from ..words import listed

OTHER_THINGS = ("plan", "share", "money", "staff", "time", "previous", "derived", "not", "but")
"""What a text may say that figures are, instead of counts. Of clients of one sex it says “some”.

“But” are words that turn a label into another (without, other, former), and that any title may have.
"""
NO_NAMES = frozenset({"plan", "share", "money", "time", "previous", "derived"})
"""A label that says nothing but one of these names nobody; “Staff” or “Girls” may refer clients."""
_TIME = re.compile(
    r"\b(?:q[1-4]|quarter [1-4]|(?:[1-4](?:st|nd|rd|th)|first|second|third|fourth) quarter|(?:19|20)\d\d"
    r"|(?:sub ?)?total|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\b"
)
"""A time or a sum behind a known name."""
_SIGNS = {"money": re.compile(r"[$€£¥៛]"), "share": re.compile("%")}


@cache
def other_things(text: str) -> dict[str, str]:
    """Map each other thing than a count of all that a text speaks of to the words it says so in.

    >>> other_things("Cost per child (planned)"), other_things("Family visits to boys and girls")
    ({'plan': 'planned', 'money': 'cost'}, {})
    """
    words = _words(text)
    signs = {thing: sign[0] for thing, pattern in _SIGNS.items() if (sign := pattern.search(text))}
    found = {thing: match[0] for thing in OTHER_THINGS if (match := _other(thing).search(words))} | signs
    sex = _one_sex(words)
    return found | ({"some": sex} if sex else {})


@cache
def names_nobody(codes: str, label: str) -> bool:
    """Check whether a label can be no new name of a list: all it says is another thing, or it says so of a known name.

    >>> names_nobody("skills", "Last quarter"), names_nobody("skills", "Sewing (planned)")
    (True, True)
    >>> names_nobody("partners", "Plan International"), names_nobody("skills", "N/A"), names_nobody("skills", "?")
    (False, True, True)
    """
    if not words_of(label) or _words(label) in map(_words, listed("label_no_name")):
        return True
    if says_only_other_things(label) and not NO_NAMES.isdisjoint(other_things(label)):
        return True
    rest, find = _rest(label), codelist(codes).find
    is_known, is_dated = find(rest) is not None, find(_TIME.sub(" ", rest)) is not None
    return is_known if rest != _words(label) else is_dated and not is_known


def says_only_other_things(text: str) -> bool:
    """Check whether a text speaks of other things than counts and of nothing else: ``Plan``, ``Costs per month``.

    >>> says_only_other_things("Average per month"), says_only_other_things("Plan International")
    (True, False)
    """
    rest = _rest(text)
    return rest != _words(text) and {*rest.split()} <= {*listed("label_filler")}


def _rest(text: str) -> str:
    """Give the words of a text without those that speak of other things."""
    words = _words(text)
    for thing in other_things(text).keys() - {"some"}:
        words = _other(thing).sub(" ", words)
    return " ".join(words.split())


@cache
def _words(text: str) -> str:
    """Give the words of a text without those that only hold a word of another thing: “assess” holds the Khmer price."""
    return " ".join(_compounds().sub(" ", " ".join(words_of(text))).split())


@cache
def _compounds() -> re.Pattern[str]:
    return re.compile("|".join(" ".join(words_of(word)) for word in listed("label_other.known")))


@cache
def _other(thing: str) -> re.Pattern[str]:
    """Match the program's words for a thing: whole words in English; Khmer has no spaces between them."""
    words = [" ".join(words_of(word)) for word in listed(f"label_other.{thing}")]
    return re.compile("|".join(rf"\b{word}\b" if word.isascii() else word for word in words))


def _one_sex(words: str) -> str:
    """Give the word for a sex in a text, if it names just one of them."""
    sexes = spellings("sexes")
    named = {word: sexes[fold(word)] for word in words.split() if len(word) > 2 and fold(word) in sexes}
    named |= {word: code for word, code in sexes.items() if not word.isascii() and word in words}
    return next(iter(named)) if len(set(named.values())) == 1 else ""


def goes_on(text: str) -> bool:
    """Check whether a text says that something is continued, or names a page or a part.

    >>> goes_on("Table 3 (continued)"), goes_on("Salaries")
    (True, False)
    """
    words = _words(text)
    return any(word in words for word in listed("label_continued"))
