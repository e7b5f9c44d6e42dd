"""A workbook file → its bytes, checked, and what the fast engine would not say about its cells.

The engine (calamine) is quick and sees values and merges, but it reads an error cell as an empty one, has no
number formats, and dies on a lone cell in the last row of the last column. So the package is looked over first:
how much it unpacks to, how far each sheet really reaches, error cells, formulas nobody calculated, percent formats.
"""

import io
import struct
import xml.etree.ElementTree as ET
import zipfile
import zlib
from pathlib import Path
from typing import NamedTuple
from xml.parsers import expat

from .binary import binary_facts, is_locked
from .facts import SheetFacts, check_filled, refuse
from .hidden import add_hidden
from .looks import add_looks, marked_strings
from .opendocument import opendocument_facts
from .sheetxml import filled_cells, sheet_facts
from .standard import STRINGS, STYLES, WORKBOOK, is_standard, relations_of, standard_package, tidy_name, workbook_part
from .styles import read_styles

MEGABYTE = 1_000_000
MAX_FILE = MAX_UNPACKED = 60 * MEGABYTE
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
_MEDIA = (".bin", ".emf", ".gif", ".jpeg", ".jpg", ".png", ".wmf")
_WIDE = (b"\xff\xfe", b"\xfe\xff")


class Package(NamedTuple):
    """A workbook file's bytes, and the facts of each sheet by name.

    `standard` is the same workbook in the one way that every program reads: the file itself, but for odd packages.
    """

    path: Path
    data: bytes
    facts: dict[str, SheetFacts]
    standard: bytes


def open_package(path: Path) -> Package:
    """Read a file once and look it over; raise CannotReadError with the reason for a file that is no workbook."""
    data = _read(path)
    try:
        standard, parts = _parts(path, data)
        return Package(path, data, _look_over(path, parts) if parts else binary_facts(path, data), standard)
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


def _parts(path: Path, data: bytes) -> tuple[bytes, dict[str, bytes]]:
    """Give the workbook as every program reads it, and its parts; none for the old format, which has no parts."""
    if data.startswith(OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data or is_locked(data):
            raise refuse(path, "file_locked")
        return data, {}
    if not data.startswith(b"PK"):
        raise refuse(path, "file_not_excel")
    names, parts = _unpack(path, data)
    if "content.xml" in parts:
        return data, parts
    if not workbook_part(parts):
        raise refuse(path, "file_without_workbook")
    if is_standard(names, parts):
        return data, parts
    standard = standard_package(dict(zip(map(tidy_name, names), _contents(data), strict=True)))
    return standard, _unpack(path, standard)[1]


def _look_over(path: Path, parts: dict[str, bytes]) -> dict[str, SheetFacts]:
    if "content.xml" in parts:
        return opendocument_facts(path, parts["content.xml"], parts.get("styles.xml", b""))
    return _excel_facts(path, parts)


# --- the archive --------------------------------------------------------------------------------------------


def _unpack(path: Path, data: bytes) -> tuple[list[str], dict[str, bytes]]:
    """List the parts' names, and unpack all but pictures by name in lower case: by case alone no names differ."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise refuse(path, "file_unpacks_too_large", limit=f"{MAX_UNPACKED // MEGABYTE}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refuse(path, "file_locked")
    names = [tidy_name(entry.filename).lower() for entry in entries]
    if len(set(names)) < len(names):
        raise zipfile.BadZipFile  # a part stands twice
    parts = {name: _part(data, entry) for name, entry in zip(names, entries, strict=True) if not name.endswith(_MEDIA)}
    if any(b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part for part in parts.values()):
        raise refuse(path, "file_with_entities")
    if any(part.startswith(_WIDE) for part in parts.values()):
        raise refuse(path, "file_unusual_encoding")
    return [entry.filename for entry in entries], parts


def _contents(data: bytes) -> list[bytes]:
    """Unpack every part, pictures too, in the order of the archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [_part(data, entry) for entry in archive.infolist()]


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
    styles = read_styles(parts.get(STYLES, b""))
    strings = marked_strings(parts.get(STRINGS.lower(), b""), styles)
    sheets, facts = sheet_parts(parts), {}
    check_filled(path, filled_cells([parts[part] for part in sheets.values() if part in parts]))
    for name, part in sheets.items():
        if part not in parts:
            raise refuse(path, "file_without_part", sheet=name)
        facts[name] = sheet_facts(path, name, parts[part], styles.percents)
        add_looks(facts[name], parts[part], styles, strings)
        add_hidden(facts[name], parts[part])
    reason = _distrust(parts[WORKBOOK]) if any(sheet.formulas for sheet in facts.values()) else ""
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


def sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """Map each sheet's name to its part; raise ValueError where a name stands twice."""
    targets = {relation.identity: relation.part.lower() for relation in relations_of(parts, WORKBOOK)}
    named = {}
    for sheet in ET.fromstring(parts[WORKBOOK]).iterfind("{*}sheets/{*}sheet"):
        reference = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        if sheet.get("name", "") in named:
            raise ValueError  # two sheets of one name: the engine would read one of them twice
        if reference in targets:
            named[sheet.get("name", "")] = targets[reference]
    return named
