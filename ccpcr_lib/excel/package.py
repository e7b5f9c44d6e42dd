"""A workbook file → its bytes, checked, and what the fast engine would not say about its cells.

The engine (calamine) is quick and sees values and merges, but it reads an error cell as an empty one, has no
number formats, and dies on a lone cell in the last row of the last column. So the package is looked over first:
how much it unpacks to, how far each sheet really reaches, error cells, formulas nobody calculated, percent formats.
"""

import hashlib
import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from ..model.finding import CannotReadError

MAX_FILE = 60_000_000
MAX_UNPACKED = 60_000_000
MAX_AREA = 2_000_000
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
BUILTIN_PERCENT = frozenset({9, 10})
SHEETS_LIKE = re.compile(r"xl/(worksheets/[^/]+\.xml|sharedStrings\.xml|styles\.xml|workbook\.xml)", re.IGNORECASE)

_FAR_CELL = re.compile(rb'<c r="([A-Z]{3}[0-9]+|[A-Z]{1,2}[0-9]{4,})"')
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]+)"([^>]*)><f(?:/>|[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>([^<]*)</v>)?'
)
_ERROR = re.compile(rb'<c r="([A-Z]{1,3}[0-9]+)"[^>]*? t="e"[^>]*>.*?<v>([^<]*)</v>')


@dataclass
class SheetFacts:
    """What the engine does not say of one sheet: cells in A1 notation."""

    errors: dict[str, str] = field(default_factory=dict)
    uncalculated: set[str] = field(default_factory=set)
    percents: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Package:
    """A workbook file's bytes, its SHA-256, and the facts of each sheet by name (only for Excel's XML formats)."""

    path: Path
    data: bytes
    sha256: str
    facts: dict[str, SheetFacts]


def refuse(path: Path, why: str) -> CannotReadError:
    """Build the one line that says why a file cannot be read."""
    return CannotReadError(f"{path.name}: {why}")


def open_package(path: Path) -> Package:
    """Read a file once and look it over; raise CannotReadError with the reason for a file that is no workbook."""
    data = _read(path)
    digest = hashlib.sha256(data).hexdigest()
    if data.startswith(OLE_MAGIC):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refuse(path, "the workbook is locked with a password. Open it in Excel, remove the password, save it.")
        return Package(path, data, digest, {})
    if not data.startswith(b"PK"):
        raise refuse(path, "this is not an Excel workbook. Save it from Excel as .xlsx and try again.")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return Package(path, data, digest, _look_over(path, package))
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise refuse(path, "the file is damaged. Take it from the backup, or save it again from Excel.") from error
    except RuntimeError as error:
        raise refuse(path, "the file is locked with a password. Remove the password and save it again.") from error
    except (ET.ParseError, expat.ExpatError) as error:
        raise refuse(path, "the workbook is damaged inside. Open it in Excel, let it repair the file, save it.") from error


def _read(path: Path) -> bytes:
    if path.is_dir():
        raise refuse(path, "this is a folder. Name the workbook inside it.")
    try:
        size = path.stat().st_size
    except OSError as error:
        raise refuse(path, "there is no such file. Check the name and the folder.") from error
    if size == 0:
        raise refuse(path, "the file is empty. Save the workbook again from Excel.")
    if size > MAX_FILE:
        raise refuse(path, f"the file has {size // 1_000_000} MB; a quarter's workbook has far less than 60 MB.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise refuse(path, "the file cannot be opened. Close it in other programs and try again.") from error


def _look_over(path: Path, package: zipfile.ZipFile) -> dict[str, SheetFacts]:
    entries = {info.filename: info for info in package.infolist()}
    if sum(info.file_size for info in entries.values()) > MAX_UNPACKED:
        raise refuse(path, "the file unpacks to more than 60 MB; a quarter's workbook has far less. Save only its tables.")
    parts = {name: package.read(name) for name in entries if SHEETS_LIKE.fullmatch(name) or name == "content.xml"}
    if any(b"<!DOCTYPE" in part[:4096] or b"<!ENTITY" in part for part in parts.values()):
        raise refuse(path, "the file holds XML entities, which no workbook needs. Do not use a file from this source.")
    if "content.xml" in parts:
        ET.fromstring(parts["content.xml"])
        return {}
    if "xl/workbook.xml" not in parts:
        raise refuse(path, "this archive holds no workbook. Save the workbook from Excel as .xlsx and try again.")
    relations = package.read("xl/_rels/workbook.xml.rels") if "xl/_rels/workbook.xml.rels" in entries else b""
    percents = _percent_styles(parts.get("xl/styles.xml", b""))
    facts = {}
    for name, part in _sheet_parts(parts["xl/workbook.xml"], relations).items():
        if part not in parts:
            raise refuse(path, f"the sheet “{name}” is missing inside the file. Open it in Excel, let it repair the file.")
        facts[name] = _sheet_facts(path, name, parts[part], percents)
    return facts


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _sheet_parts(workbook: bytes, relations: bytes) -> dict[str, str]:
    """Map each worksheet's name to its part; chart and dialog sheets have no cells."""
    if not relations:
        return {}
    targets = {
        item.get("Id"): item.get("Target", "")
        for item in ET.fromstring(relations)
        if item.get("Type", "").endswith("/worksheet")
    }
    found = {}
    for item in ET.fromstring(workbook).iter():
        if _local(item.tag) != "sheet":
            continue
        reference = next((value for key, value in item.attrib.items() if _local(key) == "id"), "")
        if reference in targets:
            target = targets[reference]
            found[item.get("name", "")] = target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
    return found


def _percent_styles(styles: bytes) -> frozenset[bytes]:
    """List the style numbers whose number format shows a percent."""
    if not styles:
        return frozenset()
    root = ET.fromstring(styles)
    custom = {
        int(item.get("numFmtId", -1)) for item in root.iter() if _local(item.tag) == "numFmt" and "%" in item.get("formatCode", "")
    }
    formats = next((item for item in root if _local(item.tag) == "cellXfs"), ())
    percent = BUILTIN_PERCENT | custom
    return frozenset(str(place).encode() for place, item in enumerate(formats) if int(item.get("numFmtId", 0)) in percent)


def _sheet_facts(path: Path, name: str, xml: bytes, percents: frozenset[bytes]) -> SheetFacts:
    """Collect the facts of one sheet, by pattern where it is written as Excel writes it, else by parsing."""
    as_excel_does = xml.count(b"<c ") == xml.count(b'<c r="') and not xml.count(b":row")
    if not as_excel_does or not xml.rstrip().endswith(b"</worksheet>"):
        return _parsed_facts(path, name, xml, percents)
    _check_far_cells(path, name, _FAR_CELL.findall(xml))
    facts = SheetFacts()
    if percents:
        pattern = rb'<c r="([A-Z]+[0-9]+)"[^>]*? s="(?:%s)"' % b"|".join(sorted(percents))
        facts.percents = {cell.decode() for cell in re.findall(pattern, xml)}
    if b't="e"' in xml:
        facts.errors = {cell.decode(): text.decode() for cell, text in _ERROR.findall(xml)}
    if b"<f" in xml:
        facts.uncalculated = {
            cell.decode() for cell, attributes, value in _FORMULA.findall(xml) if not value and b't="str"' not in attributes
        }
    return facts


def _check_far_cells(path: Path, name: str, cells: list[bytes]) -> None:
    """Check a sheet's extent by its far cells alone: without one it ends before ZZ1000."""
    if cells:
        letters = {cell.rstrip(b"0123456789") for cell in cells} | {b"Z"}
        rows = max(int(cell.lstrip(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ")) for cell in cells)
        _check_area(path, name, rows, max(letters, key=column_number))


def _check_area(path: Path, name: str, rows: int, last_column: bytes) -> None:
    columns = column_number(last_column)
    if rows * columns > MAX_AREA:
        cell = f"{last_column.decode()}{rows}"
        raise refuse(path, f"the sheet “{name}” reaches as far as {cell}. Delete what stands far outside its tables.")


def column_number(letters: bytes | str) -> int:
    """Number a column from its letters, counted from 1.

    >>> column_number("A"), column_number("XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters.encode() if isinstance(letters, str) else letters:
        number = number * 26 + letter - 64
    return number


class _SheetParser:
    """Collects the facts of a sheet whose XML is not laid out as Excel does."""

    def __init__(self, percents: frozenset[bytes]) -> None:
        self.facts, self.percents = SheetFacts(), percents
        self.rows, self.last_column = 0, b"A"
        self.cell, self.kind, self.has_formula, self.value, self.in_value = "", "", False, "", False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "c":
            self.cell, self.kind = attributes.get("r", ""), attributes.get("t", "")
            self.has_formula, self.value = False, ""
            letters = self.cell.rstrip("0123456789")
            if attributes.get("s", "").encode() in self.percents:
                self.facts.percents.add(self.cell)
            self.rows = max(self.rows, int(self.cell[len(letters) :] or 0))
            self.last_column = max(self.last_column, letters.encode(), key=column_number)
        elif tag == "f":
            self.has_formula = True
        self.in_value = tag == "v"

    def end(self, tag: str) -> None:
        self.in_value = False
        if tag.rpartition(":")[2] != "c":
            return
        if self.kind == "e":
            self.facts.errors[self.cell] = self.value
        elif self.has_formula and not self.value and self.kind != "str":
            self.facts.uncalculated.add(self.cell)

    def text(self, text: str) -> None:
        if self.in_value:
            self.value += text


def _parsed_facts(path: Path, name: str, xml: bytes, percents: frozenset[bytes]) -> SheetFacts:
    collected, parser = _SheetParser(percents), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = collected.start, collected.end
    parser.CharacterDataHandler = collected.text
    parser.Parse(xml, True)
    _check_area(path, name, collected.rows, collected.last_column)
    return collected.facts
