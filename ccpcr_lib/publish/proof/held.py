"""The files of a report, each held against the one that was made again: the same, another, or not to be told."""

import csv
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ...words import say
from .compare import changed_lines
from .packages import handout_shown, with_mark
from .pages import counts_difference, page_shown
from .pictures import are_alike, are_drawn_alike, beside_dots, words_of
from .printed import print_difference
from .shown import WHOLE, Difference, Shown, difference
from .slides import deck_difference


class Verdict(Enum):
    """What is proved of something; a `NOTE` is another than it was, which by itself changes no figure."""

    SAME = "same"
    CHANGED = "changed"
    NOTE = "note"
    UNPROVED = "unproved"


@dataclass(frozen=True)
class Held:
    """A file of a report: its name, what is proved of it, and what is to be said of it."""

    name: str
    verdict: Verdict
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What two reports have in common: whether the same programs drew them, and all they were made of is the same.

    The same programs give the same pictures; of the same workbook and lists, they give the same bytes. `marks` are the
    fingerprints of two workbooks: that they differ is said once, and not wherever a report quotes them.
    """

    is_drawn_alike: bool
    is_all_the_same: bool
    marks: tuple[str, str] = ("", "")


def hold(path: Path, again: Path, name: str, terms: Terms) -> Held:
    """Hold a file against the one that was made again, by what both show."""
    before, now = path.read_bytes(), again.read_bytes()
    if before == now:
        return Held(name, Verdict.SAME)
    try:
        found = KINDS[path.suffix](with_mark(before, *terms.marks), now)
    except _broken():
        return Held(name, Verdict.CHANGED, (say("file_broken", file=name),))
    return judged(name, found, terms)


def _broken() -> tuple[type[Exception], ...]:
    """List what is raised where a file is not what its name says."""
    from lxml.etree import LxmlError

    return (LxmlError, ValueError, LookupError, AttributeError, OSError, RuntimeError, zipfile.BadZipFile,
            zlib.error, csv.Error, SyntaxError)  # fmt: skip


def judged(name: str, found: Difference, terms: Terms) -> Held:
    """Say what a difference proves."""
    lines = [say("file_change", file=name, change=change) for change in found.changed]
    drawn = tuple(say("picture_changed", picture=_of(name, picture)) for picture in found.drawn)
    if lines or (drawn and terms.is_drawn_alike):
        return Held(name, Verdict.CHANGED, (*lines, *drawn))
    if found.unknown:
        return Held(name, Verdict.UNPROVED, found.unknown)
    if drawn:
        return Held(name, Verdict.UNPROVED, tuple(say("picture_unproved", picture=_of(name, it)) for it in found.drawn))
    if found.is_laid_out_otherwise and terms.is_all_the_same:
        return Held(name, Verdict.CHANGED, (say("file_laid_out", file=name),))
    return Held(name, Verdict.NOTE, (say("file_written", file=name),))


def _of(name: str, picture: str) -> str:
    return say("picture_in", file=name, picture=picture) if picture else name


def _by(shown: Callable[[bytes], Shown]) -> Callable[[bytes, bytes], Difference]:
    """Compare two files by what they show."""
    return lambda before, now: difference(shown(before), shown(now))


def _picture(before: bytes, now: bytes) -> Difference:
    if are_alike(before, now):
        return Difference(is_laid_out_otherwise=beside_dots(before) != beside_dots(now))
    return Difference(drawn=(WHOLE,))


def _drawing(before: bytes, now: bytes) -> Difference:
    old, new = before.decode("utf-8"), now.decode("utf-8")
    words = tuple(changed_lines(words_of(old), words_of(new)))
    return Difference(words, () if are_drawn_alike(old, new) else (WHOLE,), is_laid_out_otherwise=True)


KINDS: Mapping[str, Callable[[bytes, bytes], Difference]] = {
    ".html": _by(page_shown),
    ".csv": counts_difference,
    ".xlsx": _by(handout_shown),
    ".pptx": deck_difference,
    ".png": _picture,
    ".svg": _drawing,
    ".pdf": print_difference,
}
