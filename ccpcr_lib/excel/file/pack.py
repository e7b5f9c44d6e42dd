"""An Office file as a library wrote it → the file that goes out: the same bytes each time, and only our own properties.

A library's file says which program wrote it, when, and often by whom; some bring a small picture of a first page along.
"""

import io
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Mapping
from typing import NamedTuple
from xml.sax.saxutils import escape

from ...model.text import holdable
from .standard import package_xml, relations_name, relations_of

CONTENTS, ROOT, CORE = "[Content_Types].xml", "_rels/.rels", "docProps/core.xml"
FIRST_TIME = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a part can have."""
MADE = "2000-01-01T00:00:00Z"
"""When every file says it was made: the same content is the same file."""
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_RELATION = f"{_PACKAGE}relationships/metadata/core-properties"
_NAMESPACES = (
    f'xmlns:cp="{_PACKAGE}metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)


Edit = Callable[[str, bytes], bytes]
"""Gives a part of a name as it is to be."""


class Properties(NamedTuple):
    """What a file says of itself; it names no person, no program and no moment."""

    title: str
    subject: str = ""
    keywords: str = ""
    description: str = ""
    language: str = ""


def packed(package: bytes, properties: Properties | None = None, *, edit: Edit = lambda _, content: content) -> bytes:
    """Pack an Office file anew: sorted parts as `edit` gives them, one fixed time, and of all properties only these.

    Without `properties` it says nothing of itself, as a workbook inside another file. A part to which nothing leads,
    as openpyxl leaves some of a workbook with macros, is left out.
    """
    with zipfile.ZipFile(io.BytesIO(package)) as old:
        parts = {name: edit(name, old.read(name)) for name in old.namelist() if not _is_own(name)}
    reached = _reached(parts)
    kinds = [entry for entry in _entries(parts[CONTENTS]) if entry.get("PartName", "/").lstrip("/") in {"", *reached}]
    relations = [entry for entry in _entries(parts[ROOT]) if not _is_own(entry.get("Target", ""))]
    if properties:
        reached[CORE] = _core(properties)
        kinds.append(ET.Element("Override", PartName=f"/{CORE}", ContentType=_CORE_TYPE))
        relations.append(ET.Element("Relationship", Id="rIdProperties", Type=_CORE_RELATION, Target=CORE))
    listed = {CONTENTS: package_xml("content-types", "Types", kinds)}
    listed |= {ROOT: package_xml("relationships", "Relationships", relations)}
    return _zipped(reached | listed)


def _reached(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Give the parts to which relations lead from the package, each with its own relations."""
    by_lower = {name.lower(): content for name, content in parts.items()}
    seen, waiting = {""}, [""]
    while waiting:
        targets = {
            relation.part.lower() for relation in relations_of(by_lower, waiting.pop()) if not relation.is_outside
        }
        waiting += targets - seen
        seen |= targets
    listed = {relations_name(part).lower() for part in seen}
    return {name: content for name, content in parts.items() if name.lower() in seen | listed}


def _is_own(name: str) -> bool:
    """Check whether a part is one in which a file speaks of itself."""
    return name.lstrip("/").casefold().startswith("docprops/")


def _entries(xml: bytes) -> list[ET.Element]:
    """Give the lines of a list of the package, without its namespace."""
    return [ET.Element(entry.tag.rpartition("}")[2], entry.attrib) for entry in ET.fromstring(xml)]


def _core(properties: Properties) -> bytes:
    """Write the properties as XML; of no person there is an empty one, so that no program puts its user there."""
    lines = {
        "dc:title": properties.title,
        "dc:subject": properties.subject,
        "dc:creator": "",
        "cp:keywords": properties.keywords,
        "dc:description": properties.description,
        "dc:language": properties.language,
        "cp:lastModifiedBy": "",
    }
    written = "".join(f"<{name}>{escape(holdable(text))}</{name}>" for name, text in lines.items())
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{MADE}</dcterms:{name}>' for name in ("created", "modified")
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<cp:coreProperties {_NAMESPACES}>{written}{times}</cp:coreProperties>"
    ).encode()


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """Zip parts in the order of their names, the list of contents first."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts, key=lambda name: (name != CONTENTS, name)):
            part = zipfile.ZipInfo(name, FIRST_TIME)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(part, parts[name])
    return buffer.getvalue()
