"""The parts of an Excel package → the same workbook under the names and namespaces that every program expects.

Where the workbook lies is said by relations, and a part may have any name; Strict Open XML has namespaces of its own.
The engine and openpyxl look in fixed places only: without a word they find nothing, or less than there is.
"""

import io
import posixpath
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

WORKBOOK, STYLES, STRINGS = "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml"
_CONTENTS, _ROOT = "[Content_Types].xml", ""
_FIXED = {"styles": STYLES, "sharedStrings": STRINGS, "theme": "xl/theme/theme1.xml"}
_PLAIN_TARGET = re.compile(r"(/xl/)?[A-Za-z][\w/]*\.[a-z]+")
_DIMENSION = re.compile(rb"<(?:\w+:)?dimension\b[^>]*?(?:/>|>\s*</(?:\w+:)?dimension\s*>)")
_EXTENT = re.compile(rb"ref\s*=\s*[\"'][A-Za-z]{1,3}[1-9][0-9]{0,6}(?::[A-Za-z]{1,3}[1-9][0-9]{0,6})?[\"']")
_STRICT = re.compile(rb"(?<==[\"'])http://purl\.oclc\.org/ooxml/(\w+)/")
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_OFFICE = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_TYPES = {name: name for name in ("worksheet", "styles", "sharedStrings")}
_DEFAULTS = {"rels": "application/vnd.openxmlformats-package.relationships+xml", "xml": "application/xml"}
_BARE_STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="1"><font/></fonts>'
    '<fills count="1"><fill><patternFill/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="{count}">{styles}</cellXfs></styleSheet>'
)


class Relation(NamedTuple):
    """One part's relation to another: its identity, its type, the other's name, and that name as it is written."""

    identity: str
    type: str
    part: str
    target: str
    is_outside: bool

    @property
    def kind(self) -> str:
        """What the other part is to it, such as ``worksheet``."""
        return self.type.rpartition("/")[2]


def tidy_name(name: str) -> str:
    """Name a part as the standard has it: no backslash, no slash in front.

    >>> tidy_name("\\\\xl\\\\workbook.xml")
    'xl/workbook.xml'
    """
    return name.replace("\\", "/").lstrip("/")


def relations_of(parts: Mapping[str, bytes], part: str) -> tuple[Relation, ...]:
    """List the relations of a part, of the whole package for an empty name; `parts` by name in lower case."""
    xml = parts.get(relations_name(part).lower())
    return _relations(xml, posixpath.dirname(part)) if xml else ()


def relations_name(part: str) -> str:
    """Name the part that has the relations of another.

    >>> relations_name("xl/workbook.xml")
    'xl/_rels/workbook.xml.rels'
    """
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")


@lru_cache(maxsize=4)
def _relations(xml: bytes, folder: str) -> tuple[Relation, ...]:
    return tuple(_relation(relation, folder) for relation in ET.fromstring(xml))


def _relation(relation: ET.Element, folder: str) -> Relation:
    target = relation.get("Target", "")
    name = posixpath.normpath(posixpath.join("/", folder, _unquoted(target.replace("\\", "/"))))[1:]
    is_outside = relation.get("TargetMode") == "External"
    return Relation(relation.get("Id", ""), relation.get("Type", ""), name, target, is_outside)


def _unquoted(name: str) -> str:
    if "%" not in name:
        return name
    from urllib.parse import unquote  # takes as long to import as a sheet to read

    return unquote(name)


def workbook_part(parts: Mapping[str, bytes]) -> str:
    """Name the part that holds the workbook, in lower case; empty where there is none. `parts` in lower case."""
    named = (relation.part.lower() for relation in relations_of(parts, _ROOT) if relation.kind == "officeDocument")
    part = next(named, WORKBOOK)
    return part if part in parts else ""


def is_standard(names: list[str], parts: Mapping[str, bytes]) -> bool:
    """Check whether every program finds all of a package; `names` as they are written, `parts` in lower case."""
    relations = relations_of(parts, WORKBOOK)
    return (
        {_CONTENTS, "_rels/.rels", WORKBOOK, STYLES} <= {*names}
        and workbook_part(parts) == WORKBOOK
        and b"purl.oclc.org" not in parts["_rels/.rels"] + parts[WORKBOOK][:4096]
        and all(_is_plain(relation) and relation.part in names for relation in relations if not relation.is_outside)
        and (STRINGS not in names or STRINGS.encode() in parts[_CONTENTS.lower()])
        and not any(map(_has_odd_extent, parts.values()))
    )


def _is_plain(relation: Relation) -> bool:
    """Check whether the engine understands a target, and a part that it looks for by name has that name."""
    fixed = _FIXED.get(relation.kind, relation.part) if relation.kind != "theme" else relation.part
    return bool(_PLAIN_TARGET.fullmatch(relation.target)) and relation.part == fixed


def _has_odd_extent(part: bytes) -> bool:
    written = _DIMENSION.search(part, 0, 8192) if part.find(b"dimension", 0, 8192) > 0 else None
    return bool(written and not _EXTENT.search(written[0]))


# --- written anew -------------------------------------------------------------------------------------------


def standard_package(parts: Mapping[str, bytes]) -> bytes:
    """Pack all parts that the workbook reaches anew, each under its usual name; `parts` by their tidy names.

    Raise ValueError where two parts would have one name.
    """
    by_lower = {name.lower(): content for name, content in parts.items()}
    written = {name.lower(): name for name in parts}
    names = dict(_named(by_lower, written))
    if len({*names.values()}) < len(names):
        raise ValueError  # two parts with one name
    packed = {new: _usual(by_lower[old]) for old, new in names.items()}
    packed |= dict(_relation_parts(by_lower, names))
    packed |= {STYLES: _bare_styles(packed)} if STYLES not in packed else {}
    packed[_CONTENTS] = _contents(by_lower, names)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in packed.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def _named(parts: Mapping[str, bytes], written: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Give each part that is reached, in lower case, and its new name."""
    book = workbook_part(parts)
    seen = {book: WORKBOOK}
    for number, relation in enumerate(relations_of(parts, book), 1):
        usual = f"xl/worksheets/sheet{number}.xml" if relation.kind == "worksheet" else _FIXED.get(relation.kind)
        if usual and relation.part.lower() in parts:
            seen.setdefault(relation.part.lower(), usual)
    waiting = [_ROOT, *seen]
    while waiting:
        for relation in relations_of(parts, waiting.pop()):
            part = relation.part.lower()
            if part in parts and not relation.is_outside and part not in seen:
                seen[part] = written[part]
                waiting.append(part)
    yield from seen.items()


def _usual_name(name: str) -> str:
    """Give the usual name for a strict one."""
    return _usual(f'="{name}"'.encode())[2:-1].decode()


def _usual(part: bytes) -> bytes:
    """Put the usual namespaces for the strict ones, and leave out an extent that is none."""
    if b"purl.oclc.org" in part:
        part = _STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", part)
    return _DIMENSION.sub(b"", part, count=1) if _has_odd_extent(part) else part


def _relation_parts(parts: Mapping[str, bytes], names: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """Write the relations of each part anew, their targets from the root; what is not there is left out."""
    for old, new in {_ROOT: _ROOT, **names}.items():
        relations = relations_of(parts, old)
        if old == _ROOT and not any(relation.kind == "officeDocument" for relation in relations):
            relations += (Relation("rIdWorkbook", f"{_RELATION}officeDocument", WORKBOOK, "", is_outside=False),)
        lines = [line for relation in relations if (line := _line(relation, names)) is not None]
        if lines:
            yield relations_name(new), package_xml("relationships", "Relationships", lines)


def _line(relation: Relation, names: Mapping[str, str]) -> ET.Element | None:
    part = names.get(relation.part.lower())
    if not (part or relation.is_outside):
        return None
    target = relation.target if relation.is_outside else f"/{part}"
    attributes = {"Id": relation.identity, "Type": _usual_name(relation.type), "Target": target}
    return ET.Element("Relationship", attributes | ({"TargetMode": "External"} if relation.is_outside else {}))


def _contents(parts: Mapping[str, bytes], names: Mapping[str, str]) -> bytes:
    """List the kinds of all parts: as they were listed, else those of the workbook, its sheets, styles and strings."""
    old = ET.fromstring(parts.get(_CONTENTS.lower(), b"<Types/>"))
    listed = {tidy_name(_unquoted(entry.get("PartName", ""))).lower(): entry.get("ContentType", "") for entry in old}
    ends = {entry.get("Extension", ""): entry.get("ContentType", "") for entry in old if entry.get("Extension")}
    book = workbook_part(parts)
    known = {relation.part.lower(): _TYPES.get(relation.kind, "") for relation in relations_of(parts, book)}
    known |= {book: "sheet.main"}
    kinds = {new: listed.get(part) or _type(known.get(part, "")) for part, new in names.items()}
    kinds = {**kinds, STYLES: _type("styles")}
    lines = [ET.Element("Default", Extension=end, ContentType=kind) for end, kind in {**ends, **_DEFAULTS}.items()]
    lines += [ET.Element("Override", PartName=f"/{name}", ContentType=kind) for name, kind in kinds.items() if kind]
    return package_xml("content-types", "Types", lines)


def _type(name: str) -> str:
    return f"{_OFFICE}{name}+xml" if name else ""


def package_xml(namespace: str, tag: str, lines: list[ET.Element]) -> bytes:
    """Write a list of a package, of its relations or its contents, from its lines, which have no namespace."""
    root = ET.Element(tag, xmlns=f"http://schemas.openxmlformats.org/package/2006/{namespace}")
    root.extend(lines)
    return bytes(ET.tostring(root, "utf-8", xml_declaration=True))


def _bare_styles(parts: Mapping[str, bytes]) -> bytes:
    """Make as many plain styles as the cells of a workbook without styles ask for."""
    sheets = (content for name, content in parts.items() if name.startswith("xl/worksheets/"))
    used = (int(number) for sheet in sheets for number in re.findall(rb"\bs=[\"'](\d{1,5})[\"']", sheet))
    count = max(used, default=0) + 1
    return _BARE_STYLES.format(count=count, styles="<xf/>" * count).encode()
