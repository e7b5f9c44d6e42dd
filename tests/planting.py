"""The quarter's workbook with a few cells or parts changed in its XML: quicker than writing it anew."""

import re
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from xml.sax.saxutils import escape

from workbooks import WORKBOOK

FIXTURES = Path(__file__).parent / "fixtures"
SHEET = "xl/worksheets/sheet2.xml"
"""The part of the workbook that holds the sheet Slide 6."""


def parts_of(path: Path = WORKBOOK) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def pack(path: Path, parts: dict[str, bytes], *, compression: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", compression, compresslevel=1) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return path


def change(folder: Path, part: str, edit: Callable[[bytes], bytes | None], name: str = "2010-Q2.xlsx") -> Path:
    """Copy the workbook with one part edited; a part edited to None is left out."""
    parts = parts_of()
    edited = edit(parts[part])
    if edited == parts[part]:
        raise ValueError(f"nothing changed in {part}")
    kept = {known: content for known, content in parts.items() if known != part}
    return pack(folder / name, kept if edited is None else {**kept, part: edited})


def saved(path: Path) -> Path:
    """Take out of a workbook what asks for its calculation, as a program does that has calculated and saved it."""
    parts = parts_of(path)
    workbook = re.sub(rb' fullCalcOnLoad="[^"]*"', b"", parts["xl/workbook.xml"])
    return pack(path, {**parts, "xl/workbook.xml": workbook})


def without_declaration(xml: bytes) -> bytes:
    return re.sub(rb"^<\?xml[^>]*\?>", b"", xml)


def sheet_part(sheet: str, parts: dict[str, bytes]) -> str:
    names = re.findall(rb'<sheet [^>]*?name="([^"]*)"', parts["xl/workbook.xml"])
    return f"xl/worksheets/sheet{names.index(sheet.encode()) + 1}.xml"


def cell_xml(cell: str, content: object, date_style: int, style: str = "") -> str:
    """Write a cell; `style` is the attribute with the number of its format, which a date does not keep."""
    if content is None:
        return f'<c r="{cell}"{style}/>'
    if isinstance(content, bool):
        return f'<c r="{cell}"{style} t="b"><v>{int(content)}</v></c>'
    if isinstance(content, date):
        return f'<c r="{cell}" s="{date_style}"><v>{(content - date(1899, 12, 30)).days}</v></c>'
    if isinstance(content, int | float):
        return f'<c r="{cell}"{style}><v>{content}</v></c>'
    if content.startswith("#"):
        return f'<c r="{cell}"{style} t="e"><v>{content}</v></c>'
    if content.startswith("="):
        return f'<c r="{cell}"{style}><f>{escape(content[1:])}</f></c>'
    return f'<c r="{cell}"{style} t="inlineStr"><is><t xml:space="preserve">{escape(content)}</t></is></c>'


def plant(folder: Path, *changes: tuple[str, str, object], name: str = "2010-Q2.xlsx") -> Path:
    """Put contents into cells that the workbook already has, given as (sheet, cell, content)."""
    parts = parts_of()
    styles, date_style = add_date_style(parts["xl/styles.xml"].decode())
    parts["xl/styles.xml"] = styles.encode()
    for sheet, cell, content in changes:
        part = sheet_part(sheet, parts)
        pattern = rf'<c r="{cell}"( s="\d+")?(?:[^>]*/>|[^>]*>.*?</c>)'
        xml, found = re.subn(
            pattern,
            lambda old, c=cell, v=content: cell_xml(c, v, date_style, old[1] or ""),
            parts[part].decode(),
            flags=re.S,
        )
        if found != 1:
            raise ValueError(f"{sheet} has no cell {cell}")
        parts[part] = xml.encode()
    return pack(folder / name, parts)


def add_date_style(styles: str) -> tuple[str, int]:
    opening, inside = re.search(r"<cellXfs[^>]*>(.*?)</cellXfs>", styles, re.S).group(0, 1)
    count = len(re.findall(r"<xf ", inside))
    longer = opening.replace(
        "</cellXfs>", '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/></cellXfs>'
    )
    return styles.replace(opening, longer), count
