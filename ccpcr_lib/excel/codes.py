"""A label of words that nobody knows → the code in its brackets: ``Domestic abuse (DV)``."""

import re
from functools import cache

from ..model.codelist import codelist, fold, spellings
from ..model.text import glue, marked, words_of
from .other_things import other_things

MAX_CODED = 80
"""No longer is a label of unknown words with a code in brackets; what is longer is a remark."""
IN_BRACKETS = re.compile(r"[(\[{]([^()\[\]{}]*)[)\]}]")
_DIGIT = re.compile(r"\d")
_SCRIPTS = re.compile(r"(?<=[a-z])(?=[\u1780-\u17d3])|(?<=[\u1780-\u17d3])(?=[a-z])")


def plain_words(label: str) -> list[str]:
    """Split a label into words in lower case, two scripts without a blank between them too.

    >>> plain_words("Femaleស្រី, girls")
    ['female', 'ស្រី', 'girls']
    """
    return _SCRIPTS.sub(" ", " ".join(words_of(label))).split()


def words_in(label: str) -> list[str]:
    """Split a label into folded words.

    >>> words_in("Femaleស្រី, girls")
    ['female', 'ស្រី', 'girl']
    """
    return [fold(word) for word in plain_words(label)]


@cache
def code_in_brackets(codes: str, label: str) -> str | None:
    """Give the one code, of those people write (DV, RAO), that stands in brackets, unless other words speak against it.

    Words speak against it where some in a row name another member; figures do, and a long remark does.
    """
    label = marked(label)
    written = {fold(code): code for code in codelist(codes).members if code.isupper()}
    found = [(match, written[fold(match[1])]) for match in IN_BRACKETS.finditer(label) if fold(match[1]) in written]
    if len(found) != 1 or len(label) > MAX_CODED:
        return None
    match, code = found[0]
    if other_things(IN_BRACKETS.sub(" ", label)):
        return None  # “Planned (SA)”, “All but (SA)”
    if any(map(str.isalnum, label[match.end() :])) and any(map(str.isalnum, label[: match.start()])):
        return None  # what stands behind the code may say more than the code does
    words = words_in(f"{label[: match.start()]} / {label[match.end() :]}")
    runs = (glue(words[start:end]) for start in range(len(words)) for end in range(start + 1, len(words) + 1))
    named = {spellings(codes)[run] for run in runs if run in spellings(codes)}
    is_named = any(len(word) > 2 for word in words) and not any(map(_DIGIT.search, words))
    return code if is_named and named <= {code} else None
