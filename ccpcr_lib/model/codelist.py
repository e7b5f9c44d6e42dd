"""Code lists: ``data/codelists/*.csv`` → members with a code, an English and a Khmer label, and other spellings.

Codes stand in data, labels at the edges. The same lists name rows and columns when a workbook is read,
when a table is shown, and when a chart is drawn.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from ..words import BETWEEN, LISTS, Words, did_you_mean, in_language, say, word_file
from .errors import CannotReadError, UnknownNameError
from .list_file import numbered_list
from .resources import lists_folder
from .text import KHMER_DIGITS, fold, glue, seen, tidy_label

__all__ = ["KHMER_DIGITS", "OPEN", "CodeList", "Member", "codelist", "fold", "read_codelist", "spellings", "tidy_label"]


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
        spelt = {text: known.code for known in self.members.values() for text in known.spellings}
        near = did_you_mean(code, self.members, spelt)
        raise UnknownNameError(say("name_no_code", name=code, list=self.name, near=near))

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
    where a shelter wants another one. Raise CannotReadError for a code that stands twice, or one without a label, for
    a closed list without members, and for a file that cannot be read.
    """
    words = word_file(path.stem) if path.stem in LISTS else {}
    lines = numbered_list(path)
    rows = {number: _member(line, words.get(line["code"], Words("", ""))) for number, line in lines.items()}
    members = {code: Member(code, *labels) for code, labels in words.items()} | {row.code: row for row in rows.values()}
    for number, row in rows.items():
        if not row.label_en:
            raise CannotReadError(say("list_no_label", line=number, code=seen(row.code)), file=path.name)
    if not members and not is_open:
        raise CannotReadError(say("list_no_lines"), file=path.name)
    return CodeList(path.stem, MappingProxyType(members), is_open)


def _member(row: Mapping[str, str], own: Words) -> Member:
    """Give the entry of a line; its label has the digits that all figures have, and is known as it was written too."""
    label_en, label_km = row.get("label_en") or own.en, row.get("label_km") or own.km
    shown, aliases = label_km.translate(KHMER_DIGITS), [*filter(None, row.get("aliases", "").split("|"))]
    return Member(row["code"], label_en, shown, (*aliases, *([label_km] if shown != label_km else [])))


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
            for written in (label, glue((label, code)), glue((code, label))):
                known = codes.setdefault(written, member.code)
                if known != member.code:
                    clash = say("list_spelling_twice", text=seen(text), first=seen(known), second=seen(member.code))
                    raise CannotReadError(clash, file=f"{name}.csv")
    return MappingProxyType(codes)
