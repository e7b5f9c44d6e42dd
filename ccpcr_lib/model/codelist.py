"""Code lists: ``data/codelists/*.csv`` → members with a code, an English and a Khmer label, and other spellings.

Codes stand in data, labels at the edges. The same lists name rows and columns when a workbook is read,
when a table is shown, and when a chart is drawn.
"""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .resources import lists_folder

LANGUAGES = ("en", "km", "en+km")
KHMER_DIGITS = str.maketrans("០១២៣៤៥៦៧៨៩", "0123456789")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Member:
    """One entry of a code list: its code, its label in both languages, and how else it is written."""

    code: str
    label_en: str
    label_km: str
    aliases: tuple[str, ...] = ()

    def label(self, language: str = "en") -> str:
        """Give the label in `language`: ``en``, ``km``, or ``en+km`` for both."""
        if language not in LANGUAGES:
            raise ValueError(f"language is {language!r}. Choose one of: {', '.join(LANGUAGES)}.")
        if language == "en+km" and self.label_km != self.label_en:
            return f"{self.label_en} · {self.label_km}"
        return self.label_km if language == "km" else self.label_en

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every way this member may be written in a sheet, its code included."""
        return (self.label_en, self.label_km, *self.aliases, self.code)


@dataclass(frozen=True)
class CodeList:
    """A named list of members in reporting order; an open list takes names it has never seen."""

    name: str
    members: MappingProxyType
    is_open: bool = False

    def member(self, code: str) -> Member:
        """Give the member of a code; a name that an open list does not know stands for itself."""
        if code in self.members:
            return self.members[code]
        if self.is_open:
            return Member(code, code, code)
        raise KeyError(f"{code!r} is not in the code list {self.name}.")

    def label(self, code: str, language: str = "en") -> str:
        """Give the label of a code in `language`."""
        return self.member(code).label(language)

    def find(self, text: str) -> str | None:
        """Give the code that `text` names, whatever its case, spacing and punctuation; None if unknown.

        >>> codelist("case_types").find("domestic  violence(DV)"), codelist("case_types").find("Others")
        ('DV', None)
        """
        return spellings(self.name).get(fold(text))


OPEN = frozenset({"topics", "skills", "organisations", "destinations", "partners", "services"})


def read_codelist(path: Path, *, is_open: bool) -> CodeList:
    """Read one code list from its CSV file (columns code, label_en, label_km, aliases split by ``|``)."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [
            Member(row["code"], row["label_en"], row["label_km"], tuple(filter(None, row["aliases"].split("|"))))
            for row in csv.DictReader(file)
        ]
    members = {row.code: row for row in rows}
    if len(members) < len(rows):
        raise ValueError(f"{path.name}: a code stands twice. Each code may stand once.")
    return CodeList(path.stem, MappingProxyType(members), is_open)


@cache
def codelist(name: str) -> CodeList:
    """Give the code list `name`, read once."""
    return read_codelist(lists_folder() / f"{name}.csv", is_open=name in OPEN)


@cache
def spellings(name: str) -> dict[str, str]:
    """Map every folded spelling of a code list to its code, code and label together included."""
    found: dict[str, str] = {}
    for member in codelist(name).members.values():
        for text in member.spellings:
            for written in (text, f"{text} {member.code}", f"{member.code} {text}"):
                known = found.setdefault(fold(written), member.code)
                if known != member.code:
                    raise ValueError(f"{name}: {written!r} names both {known} and {member.code}.")
    return found


@cache
def fold(text: str) -> str:
    """Reduce a label to what makes it that label: letters and digits, lower case, no plural s, no spaces.

    >>> fold("HIV / AIDS  spreading"), fold("0 – 10 Years"), fold("ថ្នាក់ទី១")
    ('hivaidspreading', '010year', 'ថ្នាក់ទី1')
    """
    text = unicodedata.normalize("NFKC", text).casefold().translate(KHMER_DIGITS).replace("%", " percent ")
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" else " " for c in text if c not in "\u200b\u200c\u200d")
    return "".join(_singular(word) for word in kept.split())


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def tidy_label(text: str) -> str:
    """Trim a label typed into a sheet and close up its spaces; this is the code of a new open-list member."""
    return _SPACES.sub(" ", text.replace("\u200b", "")).strip()
