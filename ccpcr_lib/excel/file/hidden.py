"""A sheet of Excel's XML → the rows and columns that nobody sees: hidden, filtered out, or of no height or width."""

import re

from .facts import FARTHEST, SheetFacts

_MARKERS, _MARKERS_OF_COLUMNS = (b"hidden", b' ht="0', b" ht='0"), (b"hidden", b'width="0', b"width='0")
_TAG = re.compile(rb"<(?:\w+:)?(row|col)(?:\s[^>]*)?/?>")
_ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*[\"']\s*([^\"']*?)\s*[\"']")


def add_hidden(facts: SheetFacts, xml: bytes) -> None:
    """Add the hidden rows and columns of one sheet to its facts; a row without a number follows the one before."""
    head = xml[: xml.find(b"sheetData")]
    if not (any(marker in xml for marker in _MARKERS) or any(marker in head for marker in _MARKERS_OF_COLUMNS)):
        return
    row = 0
    for tag in _TAG.finditer(xml):
        attributes = dict(_ATTRIBUTE.findall(tag[0]))
        if tag[1] == b"col":
            facts.hidden_columns.update(_columns(attributes))
            continue
        row = _whole(attributes.get(b"r"), row + 1)
        if _is_hidden(attributes, b"ht"):
            facts.hidden_rows.add(row - 1)


def _columns(attributes: dict[bytes, bytes]) -> range:
    first = _whole(attributes.get(b"min"), 1)
    last = min(_whole(attributes.get(b"max"), first), FARTHEST[1] + 1)
    return range(first - 1, last) if _is_hidden(attributes, b"width") else range(0)


def _is_hidden(attributes: dict[bytes, bytes], size: bytes) -> bool:
    is_nothing = re.fullmatch(rb"0+(\.0*)?", attributes.get(size, b"1"))
    return attributes.get(b"hidden", b"0").lower() in (b"1", b"true", b"on") or bool(is_nothing)


def _whole(text: bytes | None, otherwise: int) -> int:
    return int(text) if text and text.isdigit() else otherwise
