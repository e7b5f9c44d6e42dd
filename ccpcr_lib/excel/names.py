"""A row label → the member of its list that it names, in one language or two, its number and its sex put aside."""

import re
from functools import cache

from ..model.codelist import codelist
from ..model.table import CATEGORIES, DIMENSIONS
from ..model.text import marked
from .codes import IN_BRACKETS, code_in_brackets, plain_words
from .file.grid import Content
from .labels import Mention, mentions

ROW_LISTS = {**DIMENSIONS, **CATEGORIES}
_MARKED = r"[(\[]?\d{1,3}\s*(?:[)\]៖។]|\.(?!\d)|[:‐-―-](?!\s*\d))|[a-z\u1780-\u17a2][.)]"
_MARKED_NUMBER = re.compile(rf"^\s*(?:{_MARKED})\s*")
_NUMBERED = re.compile(rf"^\s*(?:{_MARKED}|\d{{1,3}}\s+(?=[^\W\d]))\s*")
_SIGNS = r"\s*[/\\,;&+|·•→>=]\s*|\s*[-\u2010-\u2015\u2212]\s*"
_SEPARATORS = re.compile(rf"{_SIGNS}|\s+(?:and|or|to|plus|with|vs|និង|ឬ|ដល់|បូក)\s+", re.IGNORECASE)
_ONLY_NUMBER = re.compile(r"[\d០-៩]+")
_SEX_BEHIND = re.compile(r"^(?P<name>.*\w)\W+(?P<sex>\w+)\W*$", re.DOTALL)
_KHMER = re.compile(r"[\u1780-\u17b3]")


@cache
def split_label(label: str) -> tuple[str, ...]:
    """Take a label apart where it lists things; what stands before the first number belongs to each.

    >>> split_label("Sewing / Weaving"), split_label("Grade 1-3")
    (('Sewing', 'Weaving'), ('Grade 1', 'Grade 3'))
    """
    first, *others = [piece for piece in _SEPARATORS.split(label.strip()) if piece] or [""]
    words = re.sub(r"[\d០-៩]+$", "", first)
    return (first, *(words + piece if _ONLY_NUMBER.fullmatch(piece) else piece for piece in others))


@cache
def without_sex(label: Content | None) -> tuple[str, str]:
    """Take a sex off the end of a label: ``Sewing (F)`` → ``Sewing``, F; both empty where it names none.

    >>> without_sex("Sewing (F)"), without_sex("Sewing - girls"), without_sex("Sewing")
    (('Sewing', 'F'), ('Sewing', 'F'), ('', ''))
    """
    parts = _SEX_BEHIND.match(label) if isinstance(label, str) else None
    sex = codelist("sexes").find(parts["sex"]) if parts else None
    return (parts["name"], sex) if parts and sex else ("", "")


@cache
def row_member(rows: str, label: Content | None) -> str | None:
    """Give the member of a row axis that a label names, its number in front (``3. Sewing``) put aside.

    On the axis ``month`` a member is the month's number, ``04``.
    """
    if rows != "month":
        return _member(ROW_LISTS[rows], label) if isinstance(label, str) else None
    mentioned = mentions(_MARKED_NUMBER.sub("", marked(label)) if isinstance(label, str) else label)
    months = [code for kind, code in mentioned if kind == "month"]
    return months[0] if len(months) == 1 and _is_only_month(mentioned) else None


@cache
def is_known_row(label: Content | None) -> bool:
    """Check whether a label names a row of any table."""
    return any(row_member(rows, label) for rows in ROW_LISTS)


@cache
def _member(codes: str, label: str) -> str | None:
    """Look a label up, its number put aside; one in two languages must name the same in both."""
    label = marked(label)
    for text in (label, _NUMBERED.sub("", label)):
        code = codelist(codes).find(text)
        if code:
            return code
    named = _in_two_languages(codes, label)
    if named and None not in named:
        return named.pop() if len(named) == 1 else None
    return code_in_brackets(codes, _NUMBERED.sub("", label))


@cache
def names_two(rows: str, label: Content | None) -> bool:
    """Check whether a label names two members of its list: a list or span of them, or others in its brackets or Khmer.

    In an open list such a label is no new name, it is a mistake; so is one known in one of its languages only.

    >>> names_two("skill", "Sewing/Weaving"), names_two("grade", "Grade 1-3"), names_two("skill", "Sewing")
    (True, True, False)
    """
    if rows == "month" or not isinstance(label, str) or _member(ROW_LISTS[rows], label):
        return False
    find, text = codelist(ROW_LISTS[rows]).find, _NUMBERED.sub("", marked(label))
    with_bracket = {find(IN_BRACKETS.sub(" ", text)), *(find(match[1]) for match in IN_BRACKETS.finditer(text))}
    listed = {row_member(rows, piece) for piece in split_label(text)}
    is_two = len(with_bracket - {None}) > 1 or (None not in listed and len(listed) > 1)
    return is_two or bool(_in_two_languages(ROW_LISTS[rows], label))


def _in_two_languages(codes: str, label: str) -> set[str | None]:
    """Read a label as one language and then the other, whatever stands between: what each part names.

    The set is empty where no part names anything, or the label is in one language. Words of one may stand in the other
    (``RAO Org / អង្គការ RAO``): every place to part them is tried.
    """
    words = plain_words(_NUMBERED.sub("", label))
    best: set[str | None] = set()
    for place in range(1, len(words)):
        parts = [" ".join(words[:place]), " ".join(words[place:])]
        if bool(_KHMER.search(parts[0])) == bool(_KHMER.search(parts[1])):
            continue
        named = {codelist(codes).find(part) for part in parts}
        if len(named - {None}) == 1 == len(named):
            return named
        best = named if named != {None} else best
    return best


def _is_only_month(mentioned: frozenset[Mention]) -> bool:
    return {kind for kind, _ in mentioned} <= {"month", "year"}
