"""Excel's styles → the numbers of those that change what a figure says: percents, struck out, raised."""

import xml.etree.ElementTree as ET
from typing import NamedTuple

from .formats import LITERAL, PERCENT, percent_kind

BUILTIN_PERCENT = frozenset({"9", "10"})
_OFF = frozenset({"0", "false", "off"})


class Styles(NamedTuple):
    """The style numbers of cells, as text, by what they do; `literals` show a percent sign that is only typed."""

    percents: frozenset[str] = frozenset()
    literals: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()


class Look(NamedTuple):
    """How a piece of text is shown: struck out; raised or lowered."""

    is_struck: bool = False
    is_raised: bool = False


PLAIN = Look()


def read_styles(xml: bytes) -> Styles:
    """List the styles of cells that show a percent, are struck out, are raised; raise ParseError for no XML."""
    if not xml:
        return Styles()
    root = ET.fromstring(xml)
    kinds: dict[str | None, str] = dict.fromkeys(BUILTIN_PERCENT, PERCENT)
    for written in root.iterfind("{*}numFmts/{*}numFmt"):
        kinds[written.get("numFmtId")] = percent_kind(written.get("formatCode", ""))
    is_marked = b"trike" in xml or b"vertAlign" in xml
    fonts = [look_of(font) for font in root.iterfind("{*}fonts/{*}font")] if is_marked else []
    looks = {str(number): look for number, look in enumerate(fonts)}
    styles = [(str(number), style) for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf"))]
    return Styles(
        frozenset(number for number, style in styles if kinds.get(style.get("numFmtId")) == PERCENT),
        frozenset(number for number, style in styles if kinds.get(style.get("numFmtId")) == LITERAL),
        frozenset(number for number, style in styles if looks.get(style.get("fontId", "0"), PLAIN).is_struck),
        frozenset(number for number, style in styles if looks.get(style.get("fontId", "0"), PLAIN).is_raised),
    )


def look_of(font: ET.Element) -> Look:
    """Read a font, or the properties of a run of text: ``<strike val="0"/>`` is no strike."""
    names = {child.tag.rpartition("}")[2]: child.get(_value_name(child), "1") for child in font}
    is_struck = any(names.get(name, "0").lower() not in _OFF for name in ("strike", "dstrike"))
    return Look(is_struck, names.get("vertAlign", "") in ("superscript", "subscript"))


def _value_name(element: ET.Element) -> str:
    return next((name for name in element.attrib if name.rpartition("}")[2] == "val"), "val")
