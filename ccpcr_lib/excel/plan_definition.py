"""The cells of a plan that define an indicator → a `Definition`, its nature, and whether clients come as a group.

All of them may be blank, and a plan may lack their columns.
"""

import re
from collections.abc import Sequence

from ..model.codelist import fold
from ..model.definition import EVENT, FREQUENCIES, NATURES, YES, YES_NO, Definition
from ..words import Words, listed, sentences
from .lines import Attempt, Line, MistakeError, choice

DEFINING = (
    "counts_en",
    "counts_km",
    "excludes_en",
    "excludes_km",
    "responsible",
    "frequency",
    "nature",
    "in_groups",
)
"""The columns."""

_TEACHER = "គ្រូ"
"""What makes a role of a Khmer word for Mr or Mrs."""
_NUMBER = re.compile(r"\d(?:[\s().+-]*\d){5,}")
"""The number of a telephone."""


def read_definition(attempt: Attempt) -> Definition:
    """Read what counts, what does not, who answers for it and how often it is collected."""
    line = attempt.line
    role, frequency = attempt(_role), attempt(_word, "frequency", FREQUENCIES)
    return Definition(_both(line, "counts"), _both(line, "excludes"), role or "", frequency or "")


def read_nature(attempt: Attempt) -> str:
    """Read whether the staff decide how much there is, or it happens to the shelter: what is not said happens to it."""
    return attempt(_word, "nature", NATURES) or EVENT


def read_in_groups(attempt: Attempt) -> bool:
    """Read whether clients may come as a group; what is not said they do not."""
    return attempt(_word, "in_groups", YES_NO) == YES


def _both(line: Line, name: str) -> Words:
    english, khmer = line.text(f"{name}_en"), line.text(f"{name}_km")
    return Words(english or khmer, khmer)


def _role(line: Line) -> str:
    """Read a role; refuse what names a person, as far as that can be seen: Mr, Mrs, an address, a telephone."""
    role = line.text("responsible")
    titles = "|".join(map(re.escape, listed("plan_titles")))
    if (
        "@" in role
        or _NUMBER.search(role)
        or re.search(rf"(?:^|[\s(,/])(?:{titles})(?![a-z]|{_TEACHER})", role, re.IGNORECASE)
    ):
        raise MistakeError("plan_person", line, "responsible")
    return role


def _word(line: Line, column: str, known: Sequence[str]) -> str:
    """Read one of the words of a column, also as a report writes it in either language; empty where nothing stands."""
    written = fold(line.text(column))
    said = {fold(text): word for word in known for text in sentences()[f"{column}.{word}"] if text}
    return said.get(written, "") if written in said else choice(line, column, known) if line.text(column) else ""
