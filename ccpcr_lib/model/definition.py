"""What an indicator counts, in the words of whoever keeps the plan: what does not, who answers for it, how often."""

from dataclasses import dataclass

from ..words import Words, say, sentences
from .text import fold

_ROLE = "role."
"""How the names of the words for roles begin."""

MANAGED, EVENT = "managed", "event"
NATURES = (MANAGED, EVENT)
"""Whether the staff decide how much of it there is, or it happens to the shelter, as it is typed into the plan."""

FREQUENCIES = ("monthly", "quarterly", "half-yearly", "yearly")
"""How often a figure is collected, as it is typed into the plan."""

YES = "yes"
YES_NO = (YES, "no")
"""Whether clients may come as a group, as it is typed into the plan."""

UNWRITTEN = Words("", "")
"""What nobody has written."""


@dataclass(frozen=True)
class Definition:
    """What counts and what does not, in both languages, a role that answers for it, and one of `FREQUENCIES`.

    What is empty nobody has written; then the definition of the measure holds.
    """

    counts: Words = UNWRITTEN
    excludes: Words = UNWRITTEN
    responsible: str = ""
    frequency: str = ""


def roles(language: str = "en") -> list[str]:
    """List the roles that the program knows how to name; a plan may name others.

    >>> "social worker" in roles()
    True
    """
    return [say(name, language) for name in sentences() if name.startswith(_ROLE)]


def role_label(role: str, language: str) -> str:
    """Name a role in `language`, however the plan writes it; one that nobody has translated as it is written.

    >>> role_label("Teacher", "km"), role_label("cook", "km")
    ('គ្រូបង្រៀន', 'cook')
    """
    names = (name for name, words in sentences().items() if name.startswith(_ROLE) and fold(role) in map(fold, words))
    name = next(names, None)
    return say(name, language) if name else role
