"""Excel's styles → the numbers of those that change what a figure says: percents, struck out, raised."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from .formats import LITERAL, PERCENT, Section, Sections, disagree, kind_of, percent_sections

BUILTIN_PERCENT = frozenset({"9", "10"})
_OFF = frozenset({"0", "false", "off"})


class Styles(NamedTuple):
    """The style numbers of cells, as text, by what they do; `literals` show a percent sign that is only typed.

    `by_value` gives the formats of those where the number decides whether the sign is only typed.
    """

    percents: frozenset[str] = frozenset()
    literals: frozenset[str] = frozenset()
    struck: frozenset[str] = frozenset()
    raised: frozenset[str] = frozenset()
    by_value: Mapping[str, Sections] = MappingProxyType({})


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
    forms: dict[str | None, Sections] = dict.fromkeys(BUILTIN_PERCENT, (Section(PERCENT),))
    for written in root.iterfind("{*}numFmts/{*}numFmt"):
        forms[written.get("numFmtId")] = percent_sections(written.get("formatCode", ""))
    is_marked = b"trike" in xml or b"vertAlign" in xml
    fonts = [look_of(font) for font in root.iterfind("{*}fonts/{*}font")] if is_marked else []
    looks = {str(number): look for number, look in enumerate(fonts)}
    styles = [(str(number), style) for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf"))]
    shown = {number: forms.get(style.get("numFmtId"), ()) for number, style in styles}
    return Styles(
        frozenset(number for number, sections in shown.items() if kind_of(sections) == PERCENT),
        frozenset(number for number, sections in shown.items() if kind_of(sections) == LITERAL),
        frozenset(number for number, style in styles if looks.get(style.get("fontId", "0"), PLAIN).is_struck),
        frozenset(number for number, style in styles if looks.get(style.get("fontId", "0"), PLAIN).is_raised),
        {number: sections for number, sections in shown.items() if disagree(sections)},
    )


def look_of(font: ET.Element) -> Look:
    """Read a font, or the properties of a run of text: ``<strike val="0"/>`` is no strike."""
    names = {child.tag.rpartition("}")[2]: child.get(_value_name(child), "1") for child in font}
    is_struck = any(names.get(name, "0").lower() not in _OFF for name in ("strike", "dstrike"))
    return Look(is_struck, names.get("vertAlign", "") in ("superscript", "subscript"))


def _value_name(element: ET.Element) -> str:
    return next((name for name in element.attrib if name.rpartition("}")[2] == "val"), "val")
