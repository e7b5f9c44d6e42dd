"""Code lists: ``data/codelists/*.csv`` → members with a code, an English and a Khmer label, and other spellings.

Codes stand in data, labels at the edges. The same lists name rows and columns when a workbook is read,
when a table is shown, and when a chart is drawn.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ..words import BETWEEN, LISTS, Words, in_language, say, word_file
from .errors import CannotReadError
from .list_file import read_list
from .resources import lists_folder

KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_SPACES = re.compile(r"\s+")


class Member(NamedTuple):
    """One entry of a code list: its code, its label in both languages, and how else it is written."""

    code: str
    label_en: str
    label_km: str
    aliases: tuple[str, ...] = ()

    def label(self, language: str = "en", *, between: str = BETWEEN) -> str:
        """Give the label in `language`: ``en``, ``km``, or ``en+km`` for both, with `between` between them."""
        return in_language(language, Words(self.label_en, self.label_km).label, between=between)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way this member may be written in a sheet, its code included; a label nobody has written is none."""
        return tuple(text for text in (self.label_en, self.label_km, *self.aliases, self.code) if fold(text))


class CodeList(NamedTuple):
    """A named list of members by code, in reporting order; an open list takes names it has never seen."""

    name: str
    members: MappingProxyType[str, Member]
    is_open: bool = False

    def member(self, code: str) -> Member:
        """Give the member of a code; a name that an open list does not know stands for itself."""
        if code in self.members:
            return self.members[code]
        if self.is_open:
            return Member(code, code, code)
        raise KeyError(f"{code!r} is not in the code list {self.name}.")

    def label(self, code: str, language: str = "en", *, between: str = BETWEEN) -> str:
        """Give the label of a code in `language`; of both languages, `between` stands between them."""
        return self.member(code).label(language, between=between)

    def find(self, text: str) -> str | None:
        """Give the code that `text` names, whatever its case, spacing and punctuation; None if unknown.

        >>> codelist("case_types").find("domestic  violence(DV)"), codelist("case_types").find("no case type")
        ('DV', None)
        """
        return spellings(self.name).get(fold(text))


OPEN = frozenset({"topics", "skills", "organisations", "destinations", "partners", "services"})


def read_codelist(path: Path, *, is_open: bool) -> CodeList:
    """Read one code list from its CSV file: columns code, label_en, label_km, aliases split by ``|``.

    A list whose labels are the program's own words has its members from there, and here their aliases, or a label
    where a shelter wants another one. Raise CannotReadError for a code that stands twice, or one without a label, and
    for a file that cannot be read.
    """
    words = word_file(path.stem) if path.stem in LISTS else {}
    rows = [_member(line, words.get(line["code"], Words("", ""))) for line in read_list(path)]
    members = {code: Member(code, *labels) for code, labels in words.items()} | {row.code: row for row in rows}
    for row in rows:
        if not row.label_en:
            raise CannotReadError(say("list_no_label", code=row.code), file=path.name)
    return CodeList(path.stem, MappingProxyType(members), is_open)


def _member(row: Mapping[str, str], own: Words) -> Member:
    label_en, label_km = row.get("label_en") or own.en, row.get("label_km") or own.km
    return Member(row["code"], label_en, label_km, tuple(filter(None, row.get("aliases", "").split("|"))))


@cache
def codelist(name: str) -> CodeList:
    """Give the code list `name`, read once."""
    return read_codelist(lists_folder() / f"{name}.csv", is_open=name in OPEN)


@cache
def spellings(name: str) -> Mapping[str, str]:
    """Map every folded spelling of a code list to its code, code and label together included.

    Raise CannotReadError where one spelling names two members.
    """
    codes: dict[str, str] = {}
    for member in codelist(name).members.values():
        code = fold(member.code)
        for text in member.spellings:
            label = fold(text)
            for written in (label, label + code, code + label):
                known = codes.setdefault(written, member.code)
                if known != member.code:
                    clash = say("list_spelling_twice", text=text, first=known, second=member.code)
                    raise CannotReadError(clash, file=f"{name}.csv")
    return MappingProxyType(codes)


@cache
def fold(text: str) -> str:
    """Reduce a label to what makes it that label: letters and digits, lower case, no plural s, no spaces.

    >>> fold("HIV / AIDS  spreading"), fold("0 – 10 Years"), fold("ថ្នាក់ទី១")
    ('hivaidspreading', '010year', 'ថ្នាក់ទី1')
    """
    text = unicodedata.normalize("NFKC", text).casefold().translate(KHMER_DIGITS).replace("%", " percent ")
    return "".join(map(_singular, "".join(map(_kept, text)).split()))


@cache
def _kept(character: str) -> str:
    """Keep letters, digits and marks; what has no width is nothing, anything else a space."""
    if character in "\u200b\u200c\u200d":
        return ""
    return character if unicodedata.category(character)[0] in "LNM" else " "


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def tidy_label(text: str) -> str:
    """Trim a label typed into a sheet and close up its spaces; this is the code of a new open-list member.

    >>> tidy_label("  Cooking   class ")
    'Cooking class'
    """
    return _SPACES.sub(" ", text.replace("\u200b", "")).strip()
