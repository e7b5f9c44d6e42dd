"""A printed report (PDF) → the words of its pages. Of how a page is drawn nothing is read: browsers differ in it."""

import re
import zlib
from collections.abc import Iterator, Mapping

from ...words import say
from .compare import changed_lines
from .shown import WHOLE, Difference

FONT = re.compile(rb"/BaseFont\s*/(?:[A-Z]{6}\+)?([^\s/>]+)")
OBJECT = re.compile(rb"(?:^|[\r\n])(\d+) 0 obj\b(.*?)[\r\n]endobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
MARK = re.compile(r"(?:[0-9a-f] ?){64}")
"""A fingerprint in print: it is compared where it stands in the pages themselves."""
SHORT = 80
"""So long may a place be that is quoted: letters that are printed one by one cannot be read in a line."""
PAGE = re.compile(rb"/Type\s*/Page\b")
SHOWN = re.compile(rb"/(F\d+)\s+[\d.]+\s+Tf|(<[0-9A-Fa-f]+>|\[[^\]]*\])\s*TJ?j?|\b(BT|Tm|Td)\b")
GLYPHS = re.compile(rb"<([0-9A-Fa-f]+)>")
SINGLE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>\s*(?=[\r\n])")
RANGE = re.compile(rb"<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]{4})>\s*<([0-9A-Fa-f]+)>")


def print_difference(before: bytes, now: bytes) -> Difference:
    """Compare two prints by the words of their pages; what else differs is named, as a picture is."""
    old, new = words_printed(before), words_printed(now)
    if len(old) != len(new):
        return Difference((say("pages_changed", before=len(old), now=len(new)),))
    pages = enumerate(zip(old, new, strict=True), 1)
    changed = [_of_page(number, was, is_now) for number, (was, is_now) in pages if was != is_now]
    if _fonts(before) != _fonts(now):
        return Difference(tuple(changed), unknown=(say("print_fonts"),))
    return Difference(tuple(changed), (WHOLE,))


def _of_page(number: int, before: list[str], now: list[str]) -> str:
    """Say how a page differs: by the one place where it does, or that there are several."""
    places = list(changed_lines(before, now))
    change = places[0] if len(places) == 1 and len(places[0]) < SHORT else say("words_printed", count=len(places))
    return say("part_changed", part=say("page_number", number=number), change=change)


def _fonts(pdf: bytes) -> set[bytes]:
    """Name the fonts that a print is written in: a computer that lacks one of them takes another."""
    return set(FONT.findall(pdf))


def words_printed(pdf: bytes) -> list[list[str]]:
    """List the words of each page of a print, in the order in which they are drawn; raise ValueError for no print."""
    if not pdf.startswith(b"%PDF"):
        raise ValueError
    objects = {int(number): content for number, content in OBJECT.findall(pdf)}
    pages = [content for content in objects.values() if PAGE.search(content)]
    if not pages:
        raise ValueError
    return [_words(page, objects) for page in pages]


def _words(page: bytes, objects: Mapping[int, bytes]) -> list[str]:
    resources = _resolved(page, objects)
    fonts = {name: _alphabet(objects, int(font)) for name, font in re.findall(rb"/(F\d+)\s+(\d+) 0 R", resources)}
    contents = re.search(rb"/Contents\s+(\d+)", page)
    drawn = _unpacked(objects[int(contents[1])]) if contents else b""
    return MARK.sub("…", " ".join("".join(_texts(drawn, fonts)).split())).split(" ")


def _resolved(page: bytes, objects: Mapping[int, bytes]) -> bytes:
    """Give a page with what it names as its resources."""
    named = re.search(rb"/Resources\s+(\d+) 0 R", page)
    return page + objects[int(named[1])] if named else page


def _texts(drawn: bytes, fonts: Mapping[bytes, Mapping[int, str]]) -> Iterator[str]:
    alphabet: Mapping[int, str] = {}
    for font, glyphs, start in SHOWN.findall(drawn):
        if font:
            alphabet = fonts.get(font, {})
        elif start:
            yield " "
        for codes in GLYPHS.findall(glyphs):
            yield from (alphabet.get(int(codes[at : at + 4], 16), "?") for at in range(0, len(codes), 4))


def _alphabet(objects: Mapping[int, bytes], font: int) -> dict[int, str]:
    """Give the letters of a font by their numbers."""
    table = re.search(rb"/ToUnicode\s+(\d+)", objects[font])
    if not table:
        return {}
    listed = _unpacked(objects[int(table[1])])
    letters: dict[int, str] = {}
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", listed, re.DOTALL):
        letters |= {int(code, 16): _letter(text) for code, text in SINGLE.findall(block)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", listed, re.DOTALL):
        for first, last, text in RANGE.findall(block):
            start = int(text, 16)
            letters |= {code: chr(start + code - int(first, 16)) for code in range(int(first, 16), int(last, 16) + 1)}
    return letters


def _letter(text: bytes) -> str:
    return bytes.fromhex(text.decode()).decode("utf-16-be", errors="replace")


def _unpacked(content: bytes) -> bytes:
    stream = STREAM.search(content)
    if not stream:
        raise ValueError
    return zlib.decompressobj().decompress(stream[1]) if b"FlateDecode" in content else stream[1]
