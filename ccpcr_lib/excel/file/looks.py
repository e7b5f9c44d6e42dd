"""A sheet of Excel's XML, its styles and its strings → which cells are struck out, raised, or typed percents.

Looked at only where a style or a string is marked at all, for it takes longer than reading the values.
"""

import io
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from .address import Place, place_of
from .facts import SheetFacts
from .marks import Piece, mark_cell, mark_whole
from .styles import Look, Styles, look_of

Strings = Mapping[str, ET.Element]
"""The shared strings that have runs of their own look, by their number."""

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class _Cell(NamedTuple):
    """A cell that holds something: its place, style, kind, and its element."""

    place: Place
    style: str
    kind: str
    element: ET.Element


def marked_strings(xml: bytes, styles: Styles) -> Strings:
    """Give the shared strings with runs, if any is struck out or raised, or a whole cell may be."""
    if not (_is_marked(xml) or (xml and (styles.struck or styles.raised))):
        return {}
    kept, number = {}, 0
    for _, element in ET.iterparse(io.BytesIO(xml)):
        if element.tag.rpartition("}")[2] != "si":
            continue
        if element.find("{*}r") is not None:
            kept[str(number)] = element
        else:
            element.clear()
        number += 1
    return kept


def add_looks(facts: SheetFacts, xml: bytes, styles: Styles, strings: Strings) -> None:
    """Add what is struck out, raised, or a typed percent on one sheet to its facts."""
    special = styles.struck | styles.raised | styles.literals | styles.by_value.keys()
    if not (strings or special or (b"rPr" in xml and _is_marked(xml))):
        return
    for cell in _cells(xml):
        if cell.style in styles.literals:
            facts.literals.add(cell.place)
        if cell.style in styles.by_value:
            facts.by_value[cell.place] = styles.by_value[cell.style]
        look = Look(cell.style in styles.struck, cell.style in styles.raised)
        pieces = _pieces(cell, strings, look)
        if pieces:
            mark_cell(facts, [cell.place], pieces)
        else:
            mark_whole(facts, [cell.place], look)


def _is_marked(xml: bytes) -> bool:
    return b"trike" in xml or b"vertAlign" in xml


def _cells(xml: bytes) -> Iterator[_Cell]:
    """Give each cell with its place; one without an address follows the one before."""
    row = -1
    for _, element in ET.iterparse(io.BytesIO(xml)):
        if element.tag.rpartition("}")[2] != "row":
            continue
        row, column = int(element.get("r", row + 2)) - 1, -1
        for cell in element.iterfind("{*}c"):
            address = cell.get("r")
            place = place_of(address.upper()) if address else (row, column + 1)
            column = place[1]
            if not len(cell):
                continue
            yield _Cell(place, cell.get("s", "0"), cell.get("t", ""), cell)
        element.clear()


def _pieces(cell: _Cell, strings: Strings, look: Look) -> list[Piece]:
    """Give the pieces of a text with runs; a run without properties looks as its cell does. Empty for other cells."""
    if cell.kind == "s":
        text = strings.get(cell.element.findtext("{*}v", "").strip())
    else:
        text = cell.element.find("{*}is") if cell.kind == "inlineStr" else None
    if text is None or text.find("{*}r") is None:
        return []
    return [piece for part in text for piece in _part(part, look)]


def _part(part: ET.Element, look: Look) -> Sequence[Piece]:
    kind = part.tag.rpartition("}")[2]
    if kind == "t":
        return [(_unescaped(part.text or ""), look)]
    if kind != "r":
        return []  # how a word is pronounced is no text of the cell
    own = part.find("{*}rPr")
    return [(_unescaped(part.findtext("{*}t", "")), look if own is None else look_of(own))]


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
