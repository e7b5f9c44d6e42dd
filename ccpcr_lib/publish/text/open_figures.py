"""What is open in a quarter → phrases: so many figures in dispute, not reported, corrected since the last report."""

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from ...model.catalogue import CATALOGUE
from ...model.wording import table_title
from ...words import BETWEEN, in_languages, say
from ..release import Release
from .glance import blanks, disputed_cells

MOST_NAMED = 5
"""So many corrected figures are named."""


class OpenFigures(NamedTuple):
    """What is said of some figures, and how many they are."""

    text: str
    figures: int


def open_phrases(release: Release, corrected: Sequence[str] = (), language: str = "") -> list[OpenFigures]:
    """Say how many figures are in dispute, how many were not reported, and which were corrected, if any.

    `corrected` are the figures that say something else than the last report of the quarter did. It is said in the
    release's language, of two languages on one line, unless `language` names another.
    """
    wanted = language or release.language
    phrases = [
        _phrase("glance_disputed", disputed_cells(release), wanted),
        _phrase("glance_blank", blanks(release), wanted),
    ]
    if release.missing:
        phrases.append(_phrase("glance_no_workbook", len(release.missing), wanted))
    absent = [known.name for known in CATALOGUE if not known.is_optional and known.name not in release.tables]
    if absent:
        phrases.append(_phrase("glance_no_table", len(absent), wanted, names=partial(_titles, absent)))
    if corrected:
        named = partial(_named, corrected)
        phrases.append(_phrase("glance_corrected", len(corrected), wanted, cells=named))
    return phrases


def open_lines(release: Release, corrected: Sequence[str] = ()) -> list[str]:
    """Say the same as a sentence in each of the release's languages."""
    return in_languages(release.language, partial(_sentence, release, corrected))


def _sentence(release: Release, corrected: Sequence[str], language: str) -> str:
    phrases = "; ".join(phrase.text for phrase in open_phrases(release, corrected, language))
    text = say("glance_open_figures", language, phrases=phrases)
    return text[:1].upper() + text[1:]


def _phrase(name: str, count: int, language: str, **fields: object) -> OpenFigures:
    named = f"{name}_none" if not count else f"{name}_one" if count == 1 else name
    return OpenFigures(say(named, language, between=BETWEEN, count=count, **fields), count)


def _titles(tables: Sequence[str], language: str) -> str:
    return ", ".join(table_title(name, language) for name in tables)


def _named(corrected: Sequence[str], language: str) -> str:
    """Name the figures that were corrected, the first of many."""
    cells, more = ", ".join(corrected[:MOST_NAMED]), len(corrected) - MOST_NAMED
    return say("glance_corrected_more", language, cells=cells, count=more) if more > 0 else cells
