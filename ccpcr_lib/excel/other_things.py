"""A text → the other things than counts of all that it speaks of: plans, money, staff, another time, one sex, a “not”.

A title or a heading that does may stand over figures that are no counts; a label that does may name nobody.
"""

import re
from functools import cache

from ..model.codelist import codelist, fold, spellings
from ..model.text import words_of
from ..words import listed

OTHER_THINGS = ("plan", "share", "money", "staff", "time", "derived", "not")
"""What a text may say that figures are, instead of counts. Of clients of one sex it says “some”."""
NO_NAMES = frozenset({"plan", "share", "money", "time", "derived"})
"""A label that says nothing but one of these names nobody; “Staff” or “Girls” may refer clients."""
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
    rest, found = _words(label), other_things(label)
    if not words_of(label) or rest in map(_words, listed("label_no_name")):
        return True
    for thing in found.keys() - {"some"}:
        rest = _other(thing).sub(" ", rest)
    is_bare = {*rest.split()} <= {*listed("label_filler")} and not NO_NAMES.isdisjoint(found)
    return is_bare or (bool(found) and codelist(codes).find(rest.strip()) is not None)


@cache
def _words(text: str) -> str:
    """Give the words of a text without those that only hold a word of another thing: “assess” holds the Khmer price."""
    words = " ".join(words_of(text))
    for known in listed("label_other.known"):
        words = words.replace(" ".join(words_of(known)), " ")
    return " ".join(words.split())


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
