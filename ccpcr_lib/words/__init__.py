"""What the program says: every sentence a person can read, one line of a CSV file here, in English and Khmer.

Each file beside this one has the columns `name`, `en`, `km`, and a sentence has named fields: ``{count} planned for
{year}``. Most files hold sentences, whose names are unique over all of them; those in `LISTS` label the
members of a list and are asked for by its name. Where the Khmer of a line is empty nobody has written it yet, and the
English stands in its place.
"""

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from .nearest import nearest

LANGUAGES = ("en", "km", "en+km")
"""English, Khmer, both."""
CALLED = {"english": "en", "khmer": "km", "both": "en+km", "km+en": "en+km"}
"""What somebody may call them."""

LISTS = frozenset({"headings", "months", "narrative", "plan_columns", "plan_help"})
"""The files that label the members of a list; all others hold sentences."""

BETWEEN = " · "
"""Stands between two languages that stand on one line."""

_FOLDER = Path(__file__).parent
_HALVES, _ALONE = re.compile("[\ud800-\udfff]"), re.compile("[\ud800-\udc7f\udd00-\udfff]")
"""Halves of letters: all of them, and those that stand for no byte of a name."""


class Words(NamedTuple):
    """A label or a sentence in both languages, its fields in braces."""

    en: str
    km: str

    def label(self, language: str) -> str:
        """Give it in one language, ``en`` or ``km``; in English where nobody has written the Khmer."""
        return self.km or self.en if language == "km" else self.en


def say(name: str, language: str = "en", /, *, between: str = BETWEEN, **fields: object) -> str:
    """Give a sentence in `language`, its fields filled in; of ``en+km`` both, with `between` between them.

    A field may be a function of the language. Raise KeyError for a name that no file has, or a field that is missing.

    >>> say("planned_whole", count=60, year=2010)
    '60 planned for 2010'
    """
    words = sentences()[name]

    def text(language: str) -> str:
        filled = {field: value(language) if callable(value) else value for field, value in fields.items()}
        return meant(words.label(language).format(**filled))

    return in_language(language, text, between=between)


def meant(text: str) -> str:
    """Give a text as it was meant that this computer has only as bytes, such as the name of a folder in Khmer.

    What is a letter in no way is a �. Such a text could be neither printed nor written into a file.

    >>> meant("\\udce1\\udc9e\\udc80 \\udcff")
    'ក �'
    """
    if not _HALVES.search(text):
        return text
    return _ALONE.sub("", text).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def listed(name: str) -> tuple[str, ...]:
    """List the words of a line that holds several, with a bar between them, in all languages.

    >>> "comments" in listed("label_remark")
    True
    """
    texts = in_languages("en+km", lambda language: say(name, language))
    return tuple(word for text in texts for word in text.split("|"))


def in_language(language: str, text: Callable[[str], str], *, between: str = BETWEEN) -> str:
    """Give what `text` says in `language`; for ``en+km`` in both, once where both are the same.

    >>> in_language("en+km", lambda language: say("unit_times", language))
    'Number of times · ចំនួនដង'
    """
    return between.join(in_languages(language, text))


def in_languages(language: str, text: Callable[[str], str]) -> list[str]:
    """List what `text` says in each language that `language` stands for; once where both are the same.

    >>> in_languages("en+km", lambda language: say("unit_times", language))
    ['Number of times', 'ចំនួនដង']
    """
    return list(dict.fromkeys(text(single) for single in languages_of(language)))


def one_line(text: str) -> str:
    """Put what was asked for with a line for each language on one line.

    >>> one_line(say("unit_times", "en+km", between="\\n"))
    'Number of times · ចំនួនដង'
    """
    return text.replace("\n", BETWEEN)


def did_you_mean(written: object, known: Iterable[str], spelt: Mapping[str, str] = MappingProxyType({})) -> str:
    """Ask for the nearest known word, with a blank in front, to stand behind a sentence; nothing where none is near.

    >>> did_you_mean("sewng", ["sewing"]), did_you_mean("pie", ["sewing"])
    (' Did you mean “sewing”?', '')
    """
    near = nearest(written, known, spelt)
    return f" {say('did_you_mean', near=near)}" if near else ""


@cache
def languages_of(language: str) -> tuple[str, ...]:
    """List the single languages that `language` stands for; raise ValueError where it is none.

    >>> languages_of("en+km")
    ('en', 'km')
    """
    if language not in LANGUAGES:
        near = did_you_mean(language, LANGUAGES, CALLED)
        raise ValueError(say("name_no_language", name=language, known=", ".join(LANGUAGES), near=near))
    return tuple(language.split("+"))


@cache
def sentences() -> Mapping[str, Words]:
    """Give every sentence by its name, read once. Raise ValueError where two lines have one name."""
    files = sorted(path.stem for path in _FOLDER.glob("*.csv") if path.stem not in LISTS)
    lines = [line for file in files for line in word_file(file).items()]
    return _by_name(lines, "ccpcr_lib/words")


@cache
def word_file(file: str) -> Mapping[str, Words]:
    """Give the lines of one file by their names, in the order of the file, read once.

    >>> word_file("months")["month_04"].en
    'April'
    """
    with (_FOLDER / f"{file}.csv").open(encoding="utf-8", newline="") as lines:
        columns, *rows = csv.reader(lines)
    named = (dict(zip(columns, row, strict=True)) for row in rows)
    return _by_name([(row["name"], Words(row["en"], row["km"])) for row in named], file)


def _by_name(lines: list[tuple[str, Words]], where: str) -> Mapping[str, Words]:
    by_name = dict(lines)
    if len(by_name) < len(lines):
        names = [name for name, _ in lines]
        raise ValueError(f"{where}: {next(name for name in names if names.count(name) > 1)!r} stands twice.")
    return MappingProxyType(by_name)
