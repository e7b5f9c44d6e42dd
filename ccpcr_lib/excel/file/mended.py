"""A part of a workbook as openpyxl writes it → as Office reads it, which repairs or refuses a file with other XML."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
SHAPES = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
FONTS = (f"{MAIN}font", f"{MAIN}rPr")
"""A font among the styles, and that of a piece of text in a cell or a comment."""
ORDER = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color"),
    *("name", "rFont", "family", "charset", "scheme", "extLst"),
)
"""What is said of a font, first things first; a font has a name, a piece of text an rFont."""


def mended(part: str, content: bytes) -> bytes:
    """Give a part as Office reads it; one in which nothing is wrong comes back as it is."""
    if not part.endswith(".xml") or not any(word in content for word in (b"font>", b"rPr>", b"wsDr")):
        return content
    from lxml import etree

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    for font in root.iter(*FONTS):
        font[:] = sorted(font, key=lambda said: ORDER.index(etree.QName(said).localname))
    if root.tag == f"{SHAPES}wsDr":
        _mend_shapes(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _mend_shapes(root: "Element") -> None:
    """Give each shape a number of its own, and its outline the namespace that openpyxl leaves out.

    A link of a shape goes: openpyxl keeps its name of the link, under which it writes another part.
    """
    for number, shape in enumerate(root.iter(f"{SHAPES}cNvPr"), 1):
        shape.set("id", str(number))
        for link in shape.findall(f"{DRAWING}hlinkClick") + shape.findall(f"{DRAWING}hlinkHover"):
            shape.remove(link)
    for outline in root.iter(f"{DRAWING}prstGeom", f"{DRAWING}custGeom"):
        for inner in outline.iter(f"{SHAPES}*"):
            inner.tag = inner.tag.replace(SHAPES, DRAWING)
