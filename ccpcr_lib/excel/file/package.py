"""A workbook file → its bytes, checked, and what the fast engine would not say about its cells.

The engine (calamine) is quick and sees values and merges, but it reads an error cell as an empty one, has no
number formats, and dies on a lone cell in the last row of the last column. So the package is looked over first:
how much it unpacks to, how far each sheet really reaches, error cells, formulas nobody calculated, percent formats.
"""

import io
import posixpath
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from .binary import binary_facts, is_locked
from .facts import SheetFacts, refuse
from .opendocument import opendocument_facts
from .sheetxml import sheet_facts

MEGABYTE = 1_000_000
MAX_FILE = MAX_UNPACKED = 60 * MEGABYTE
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
BUILTIN_PERCENT = frozenset({"9", "10"})
_MEDIA = (".bin", ".emf", ".gif", ".jpeg", ".jpg", ".png", ".wmf")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class Package(NamedTuple):
    """A workbook file's bytes, and the facts of each sheet by name."""

    path: Path
    data: bytes
    facts: dict[str, SheetFacts]


def open_package(path: Path) -> Package:
    """Read a file once and look it over; raise CannotReadError with the reason for a file that is no workbook."""
    data = _read(path)
    try:
        return Package(path, data, _look_over(path, data))
    except (ET.ParseError, expat.ExpatError) as error:
        raise refuse(path, "file_damaged_inside") from error
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, ValueError, struct.error, zlib.error) as error:
        raise refuse(path, "file_damaged") from error


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise refuse(path, "file_is_folder")
    try:
        size = path.stat().st_size
    except (OSError, ValueError) as error:
        raise refuse(path, "file_missing") from error
    if size == 0:
        raise refuse(path, "file_empty")
    if size > MAX_FILE:
        raise refuse(path, "file_too_large", size=f"{size // MEGABYTE}", limit=f"{MAX_FILE // MEGABYTE}")
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse(path, "file_not_opened") from error


def _look_over(path: Path, data: bytes) -> dict[str, SheetFacts]:
    if data.startswith(OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data or is_locked(data):
            raise refuse(path, "file_locked")
        return binary_facts(path, data)
    if not data.startswith(b"PK"):
        raise refuse(path, "file_not_excel")
    parts = _unpack(path, data)
    if "content.xml" in parts:
        return opendocument_facts(path, parts["content.xml"])
    if "xl/workbook.xml" not in parts:
        raise refuse(path, "file_without_workbook")
    return _excel_facts(path, parts)


# --- the archive --------------------------------------------------------------------------------------------


def _unpack(path: Path, data: bytes) -> dict[str, bytes]:
    """Unpack every part but pictures, by its name in lower case: part names differ by case in no workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise refuse(path, "file_unpacks_too_large", limit=f"{MAX_UNPACKED // MEGABYTE}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse(path, "file_locked")
    names = [entry.filename.replace("\\", "/").lower() for entry in entries]
    if len(set(names)) < len(names):
        raise zipfile.BadZipFile  # a part stands twice
    parts = {name: _part(data, entry) for name, entry in zip(names, entries, strict=True) if not name.endswith(_MEDIA)}
    if any(b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part for part in parts.values()):
        raise refuse(path, "file_with_entities")
    if any(part.startswith(_WIDE) for part in parts.values()):
        raise refuse(path, "file_unusual_encoding")
    return parts


def _part(data: bytes, entry: zipfile.ZipInfo) -> bytes:
    """Unpack one part, and never more of it than the archive's directory says: a directory may lie."""
    name, extra = struct.unpack_from("<HH", data, entry.header_offset + 26)
    start = entry.header_offset + 30 + name + extra
    content = data[start : start + entry.compress_size]
    if entry.compress_type == zipfile.ZIP_DEFLATED:
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, entry.file_size + 1)
    elif entry.compress_type != zipfile.ZIP_STORED:
        raise NotImplementedError  # packed in a way Excel does not use
    if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
        raise zipfile.BadZipFile  # not what the directory says
    return content


# --- Excel's parts ------------------------------------------------------------------------------------------


def _excel_facts(path: Path, parts: dict[str, bytes]) -> dict[str, SheetFacts]:
    percents = _percent_styles(parts.get("xl/styles.xml", b""))
    facts = {}
    for name, part in _sheet_parts(parts["xl/workbook.xml"], parts.get("xl/_rels/workbook.xml.rels", b"")).items():
        if part not in parts:
            raise refuse(path, "file_without_part", sheet=name)
        facts[name] = sheet_facts(path, name, parts[part], percents)
    reason = _distrust(parts["xl/workbook.xml"]) if any(sheet.formulas for sheet in facts.values()) else ""
    for sheet in facts.values():
        if reason:
            sheet.distrust_results(reason)
    return facts


def _distrust(workbook: bytes) -> str:
    """Say why no result is to be trusted: the file asks for calculation on opening, or was saved without it.

    Excel and LibreOffice leave out that request when they save: a file that has it was never saved by them.
    """
    for settings in ET.fromstring(workbook).iter():
        if settings.tag.rpartition("}")[2] == "calcPr":
            if not _is_false(settings, "fullCalcOnLoad") or not _is_true(settings, "calcCompleted"):
                return "file"
            if settings.get("calcMode") == "manual" and not _is_true(settings, "calcOnSave"):
                return "manual"
    return ""


def _is_false(settings: ET.Element, name: str) -> bool:
    return settings.get(name, "0").strip() in ("0", "false")


def _is_true(settings: ET.Element, name: str) -> bool:
    return settings.get(name, "1").strip() in ("1", "true")


def _sheet_parts(workbook: bytes, relations: bytes) -> dict[str, str]:
    """Map each sheet's name to its part."""
    if not relations:
        return {}
    targets = {relation.get("Id"): relation.get("Target", "") for relation in ET.fromstring(relations)}
    parts = {}
    for sheet in ET.fromstring(workbook).iterfind("{*}sheets/{*}sheet"):
        reference = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        if reference in targets:
            parts[sheet.get("name", "")] = posixpath.normpath(posixpath.join("/xl", targets[reference]))[1:].lower()
    return parts


def _percent_styles(styles: bytes) -> frozenset[str]:
    """List the style numbers whose number format shows a percent."""
    if not styles:
        return frozenset()
    root = ET.fromstring(styles)
    formats = root.iterfind("{*}numFmts/{*}numFmt")
    percents = BUILTIN_PERCENT | {form.get("numFmtId") for form in formats if "%" in form.get("formatCode", "")}
    styles_of_cells = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    return frozenset(str(number) for number, style in styles_of_cells if style.get("numFmtId") in percents)
