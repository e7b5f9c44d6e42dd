"""A text → the tables whose titles stand in it."""

from functools import cache

from ..model.codelist import codelist, fold
from ..words import LANGUAGES, say
from .file.grid import Content


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
