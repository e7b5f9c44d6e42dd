"""A text → the tables whose titles stand in it."""

from collections.abc import Collection
from functools import cache

from ..model.codelist import codelist, fold
from ..words import LANGUAGES, say
from .file.grid import Content
from .other_things import other_things


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
    found = other_things(text)
    if not found:
        return ""
    member = codelist("tables").members[table]
    known = other_things(" ".join((member.label_en, member.label_km, *member.aliases)))
    is_headed = {thing: thing in headed for thing in found} | {"some": not {"F", "M"}.isdisjoint(headed)}
    return next((words for thing, words in found.items() if not is_headed[thing] and thing not in known), "")
