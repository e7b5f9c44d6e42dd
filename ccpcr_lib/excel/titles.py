"""A text → the tables whose titles stand in it."""

import re
from collections.abc import Collection
from functools import cache

from ..model.codelist import codelist, fold
from ..model.text import words_of
from ..words import LANGUAGES, say
from .file.grid import Content

OTHER_THINGS = ("plan", "share", "money", "staff", "time", "average")
"""What a title may say that its figures are; the first two are headings of columns, too."""


@cache
def titles_in(folded: str) -> dict[str, int]:
    """Map each table whose title stands in a folded text to the length of its longest title there."""
    lengths = {}
    for member in codelist("tables").members.values():
        titles = map(fold, (member.label_en, member.label_km, *member.aliases))
        length = max((len(title) for title in titles if title in folded), default=0)
        if length:
            lengths[member.code] = length
    return lengths


@cache
def is_title(content: Content | None) -> bool:
    """Check whether a text holds the title of a table."""
    return isinstance(content, str) and bool(titles_in(fold(content)))


@cache
def own_titles() -> frozenset[str]:
    """List the titles, folded, of the sheets that a new workbook has beside its tables, in every language."""
    names = ("checks_title", "lists_title", "narrative_title")
    return frozenset(fold(say(name, language)) for name in names for language in LANGUAGES)


def says_beside(text: str, table: str, headed: Collection[str]) -> str:
    """Give the first words in which a table's title says that its figures are another thing; empty where none does.

    What the table has columns for (`headed`), and what its own titles say, is no other thing.

    >>> says_beside("Family visits (planned)", "family_visits", ()), says_beside("Family visits", "family_visits", ())
    ('planned', '')
    """
    member = codelist("tables").members[table]
    known = " ".join(_plain(title) for title in (member.label_en, member.label_km, *member.aliases))
    for thing in OTHER_THINGS:
        found = None if thing in headed else _says(thing).search(_plain(text))
        if found and not _says(thing).search(known):
            return found[0].strip()
    return ""


def _plain(text: str) -> str:
    return " ".join(words_of(text))


@cache
def _says(thing: str) -> re.Pattern[str]:
    """Match the program's words for a thing: whole words in English; Khmer has no spaces between them."""
    english, khmer = (say(f"label_title.{thing}", language).split("|") for language in ("en", "km"))
    return re.compile(rf"\b(?:{'|'.join(map(_plain, english))})\b|{'|'.join(map(_plain, khmer))}")
