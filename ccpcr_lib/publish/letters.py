"""What charts write → a line for each word with a letter that no font here has: a chart shows a box in its place.

Pages, slides and workbooks are shown by programs that bring more fonts; a chart is drawn with those of the house.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ..model.wording import table_title
from ..words import languages_of, say
from . import theme
from .release import Release
from .text.members import Naming

MOST = 5
"""How many words are named; of more it is said how many they are."""
SURE = re.compile(r"[\s\x21-\x7e\u00a0-\u017f\u1780-\u17dd\u17e0-\u17e9\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026]*")
"""What every font of the house has between them: where nothing else is written, none is looked into."""


class Written(NamedTuple):
    """A text that a chart writes, and the cell of a figure it stands at, where it comes from a sheet."""

    text: str
    cell: str = ""


def missing_letters(release: Release) -> list[str]:
    """Say of each word that a chart of a quarter writes, once, that it has letters which no font has."""
    words: dict[str, str] = {}
    for text, cell in _written(release):
        if not SURE.fullmatch(text):
            for word in filter(_has_box, text.split()):
                words[word] = words.get(word) or cell
    named = [
        say("letters_missing_at" if cell else "letters_missing", word=word, cell=cell)
        for word, cell in list(words.items())[:MOST]
    ]
    more = len(words) - len(named)
    return [*named, *([say("letters_missing_more", count=more)] if more else [])]


def _written(release: Release) -> Iterator[Written]:
    """List what charts write: the names of tables and of their members, of sheets, of the file, of indicators."""
    languages = languages_of(release.language)
    for name in release.tables:
        table = release.table(name)
        naming = Naming(table.spec, table.quarter)
        for count in table.base:
            for dimension, code in sorted(count.codes):
                yield from (Written(naming.name(dimension, code, language), count.source) for language in languages)
        yield from (Written(table_title(name, language)) for language in languages)
        yield Written(release.sheet(name))
    yield Written(release.workbook)
    for indicator in release.plan.indicators:
        yield from (Written(indicator.name(language)) for language in languages)


def _has_box(word: str) -> bool:
    return any(letter.isprintable() and ord(letter) not in _known() for letter in word)


@cache
def _known() -> frozenset[int]:
    """List the characters that the fonts of the house have between them, in regular and in bold."""
    from matplotlib import get_data_path
    from matplotlib.ft2font import FT2Font

    own = Path(get_data_path(), "fonts", "ttf")
    regular = (own / "DejaVuSans.ttf", theme.FONT_FOLDER / "NotoSansKhmer-Regular.ttf")
    bold = (own / "DejaVuSans-Bold.ttf", theme.FONT_FOLDER / "NotoSansKhmer-Bold.ttf")
    has_regular, has_bold = (
        frozenset(code for path in paths for code in FT2Font(str(path)).get_charmap()) for paths in (regular, bold)
    )
    return has_regular & has_bold
