"""A text → the other things than counts that it speaks of: plans, percents, money, staff, another time, what is not so.

A title or a heading that does may stand over figures that are no counts; a label that does names nobody.
"""

import re
from functools import cache

from ..model.codelist import codelist
from ..model.text import words_of
from ..words import say

OTHER_THINGS = ("plan", "share", "money", "staff", "time", "derived", "not", "some")
"""What a text may say that figures are, instead of counts of all; `some` are the clients of one sex."""
_CURRENCY = re.compile(r"[$€£¥៛]")


@cache
def other_things(text: str) -> dict[str, str]:
    """Map each other thing than a count of all that a text speaks of to the words it says so in.

    >>> other_things("Cost per child (planned)"), other_things("Family visits")
    ({'plan': 'planned', 'money': 'cost'}, {})
    """
    words = " ".join(words_of(text))
    found = {thing: match[0] for thing in OTHER_THINGS if (match := _other(thing).search(words))}
    sign = _CURRENCY.search(text)
    return {**found, **({"money": sign[0]} if sign and "money" not in found else {})}


@cache
def names_nobody(codes: str, label: str) -> bool:
    """Check whether a label cannot be a new name of a list: it speaks of another time, or of a known name as no count.

    >>> names_nobody("skills", "Last quarter"), names_nobody("skills", "Sewing (planned)")
    (True, True)
    >>> names_nobody("partners", "Plan International"), names_nobody("skills", "N/A"), names_nobody("skills", "?")
    (False, True, True)
    """
    found = other_things(label)
    if not {"share", "time", "derived"}.isdisjoint(found) or _no_name().fullmatch(" ".join(words_of(label))):
        return True
    rest = label.casefold()
    for words in found.values():
        rest = rest.replace(words, " ")
    return bool(found) and codelist(codes).find(rest.strip(" ()[]-,:")) is not None


@cache
def _other(thing: str) -> re.Pattern[str]:
    """Match the program's words for a thing: whole words in English; Khmer has no spaces between them."""
    english, khmer = _listed(f"label_other.{thing}")
    return re.compile(rf"\b(?:{english})\b|{khmer}")


@cache
def _no_name() -> re.Pattern[str]:
    """Match what is written where there is no name; nothing but signs is none either."""
    english, khmer = _listed("label_no_name")
    return re.compile(f"(?:{english}|{khmer})?")


def _listed(name: str) -> list[str]:
    listed = (say(name, language).split("|") for language in ("en", "km"))
    return ["|".join(" ".join(words_of(word)) for word in words) for words in listed]
