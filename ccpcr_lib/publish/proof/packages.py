"""An Office package → its parts: what stands in a sheet's cells, in a chart, and which part leads to which."""

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...excel.file.standard import relations_name, relations_of
from ...words import say
from .markup import free_name
from .pictures import beside_dots
from .shown import Shown

if TYPE_CHECKING:
    from lxml.etree import _Element

GENERAL = "General"
PICTURES = (".png", ".jpg", ".jpeg", ".gif")
MOST = 500_000_000
"""Bytes that a package may hold unpacked: more is no report."""


@dataclass(frozen=True)
class Package:
    """The parts of an Office file by name."""

    parts: Mapping[str, bytes]

    def xml(self, name: str) -> "_Element":
        """Parse a part."""
        from lxml import etree

        return etree.fromstring(self.parts[name], etree.XMLParser(resolve_entities=False, huge_tree=True))

    def leads(self, name: str) -> dict[str, str]:
        """Give the parts that a part names, by the names it has for them."""
        relations = {relations_name(name).lower(): self.parts.get(relations_name(name), b"")}
        return {one.identity: one.part for one in relations_of(relations, name) if not one.is_outside}

    @property
    def rest(self) -> object:
        """Everything in it, however it is packed; of pictures their dots."""
        return {name: _unpacked(name, content) for name, content in self.parts.items()}


def open_package(content: bytes) -> Package:
    """Open an Office file; raise BadZipFile for what is none, or for one that holds more than a report."""
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        names = opened.namelist()
        if sum(part.file_size for part in opened.infolist()) > MOST or len(set(names)) != len(names):
            raise zipfile.BadZipFile
        return Package({name: opened.read(name) for name in names} | {"": opened.comment})


def with_mark(content: bytes, old: str, new: str) -> bytes:
    """Write another fingerprint in the place of one, in a file or in what is packed in it."""
    if old == new or not content.startswith(b"PK"):
        return content.replace(old.encode(), new.encode()) if old else content
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, part in open_package(content).parts.items():
            if name:
                packed.writestr(name, with_mark(part, old, new))
    return buffer.getvalue()


def _unpacked(name: str, content: bytes) -> object:
    if name.endswith(".xlsx"):
        return open_package(content).rest
    return beside_dots(content) if name.endswith(".png") else content


def local(element: "_Element") -> str:
    """Give the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def named(tree: "_Element", *names: str) -> Iterator["_Element"]:
    """Give the elements of these names, in their order."""
    return (element for element in tree.iter("{*}*") if local(element) in names)


def text_of(element: "_Element", *names: str) -> str:
    """Join the texts of the elements of these names."""
    return "".join(one.text or "" for one in named(element, *names))


def said_in(element: "_Element") -> str:
    """Give what is said in an element, in one line."""
    return " ".join(text_of(element, "t").split())


# --- the workbook ---


def workbook_figures(package: Package) -> dict[str, str]:
    """Name what stands in the cells of a workbook, sheet by sheet: figures, formulas, and their formats."""
    book = package.xml("xl/workbook.xml")
    parts, strings = package.leads("xl/workbook.xml"), _strings(package)
    formats, figures = _formats(package), dict[str, str]()
    for sheet in named(book, "sheet"):
        part = next((parts[value] for name, value in sheet.items() if name.endswith("}id") and value in parts), "")
        name = sheet.get("name", "")
        is_seen = sheet.get("state", "visible") == "visible"
        figures[say("sheet_is_seen", sheet=name)] = say("seen" if is_seen else "seen_not")
        figures |= {f"{name}!{cell}": value for cell, value in _cells(package.xml(part), strings, formats).items()}
    return figures


def _strings(package: Package) -> list[str]:
    name = "xl/sharedStrings.xml"
    return [text_of(one, "t") for one in named(package.xml(name), "si")] if name in package.parts else []


def _formats(package: Package) -> list[str]:
    """Give the number format of each style of a cell."""
    if "xl/styles.xml" not in package.parts:
        return []
    styles = package.xml("xl/styles.xml")
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in named(styles, "numFmt")}
    kinds = [one for group in named(styles, "cellXfs") for one in group]
    return [own.get(kind.get("numFmtId"), kind.get("numFmtId") or "0") for kind in kinds]


def _cells(sheet: "_Element", strings: list[str], formats: list[str]) -> dict[str, str]:
    cells: dict[str, str] = {}
    for cell in named(sheet, "c"):
        place, value, style = cell.get("r", ""), text_of(cell, "v", "t"), int(cell.get("s", "0"))
        value = strings[int(value)] if cell.get("t") == "s" and value else value
        formula = text_of(cell, "f")
        if value or formula:
            cells[place] = value
        if formula:
            cells[say("cell_formula", cell=place)] = f"={formula}"
        if value and style < len(formats) and formats[style] not in ("0", GENERAL):
            cells[say("cell_format", cell=place)] = formats[style]
    return cells


def handout_shown(content: bytes) -> Shown:
    """Take the workbook for donors apart: cells, charts, and what else it says."""
    package = open_package(content)
    figures, lines = workbook_figures(package), list[str]()
    charts = sorted((name for name in package.parts if name.startswith("xl/charts/chart")), key=_by_number)
    for number, chart in enumerate(charts, 1):
        for name, value in chart_figures(package.xml(chart)).items():
            figures[say("part_of_chart", chart=number, part=name)] = value
        lines += chart_lines(package.xml(chart))
    others = sorted(name for name in package.parts if name.startswith(("xl/comments", "xl/drawings/drawing")))
    lines += [text for part in others for text in texts_of(package.xml(part))]
    return Shown(figures, lines, pictures_of(package), package.rest)


def _by_number(name: str) -> tuple[int, str]:
    return len(name), name


def pictures_of(package: Package) -> dict[str, bytes]:
    """Give the pictures of a package by their files' names."""
    return {posixpath.basename(name): content for name, content in package.parts.items() if name.endswith(PICTURES)}


def texts_of(tree: "_Element") -> list[str]:
    """List the paragraphs of a part, and what its pictures and charts are described by."""
    paragraphs = [said_in(one) for one in named(tree, "p")]
    described = [one.get("descr", "") for one in named(tree, "cNvPr")]
    return [text for text in (*paragraphs, *described) if text]


# --- a chart ---


def chart_figures(chart: "_Element") -> dict[str, str]:
    """Name the numbers that a chart plots: by series and by what stands at its axis."""
    figures: dict[str, str] = {}
    for series in named(chart, "ser"):
        title = " ".join(text_of(one, "v") for one in series if local(one) == "tx")
        heads = {place: text for one in series if local(one) in ("cat", "xVal") for place, text in _points(one)}
        for values in (one for one in series if local(one) in ("val", "yVal", "bubbleSize")):
            for place, number in _points(values):
                name = ", ".join(filter(None, (title, heads.get(place, place))))
                figures[free_name(figures, name)] = number
    return figures


def _points(element: "_Element") -> Iterator[tuple[str, str]]:
    return ((point.get("idx", ""), text_of(point, "v")) for point in named(element, "pt"))


def chart_lines(chart: "_Element") -> list[str]:
    """List what else a chart says: its texts, the names of its series and axes, how it writes its numbers."""
    codes = [one.get("formatCode", "") or one.text or "" for one in named(chart, "numFmt", "formatCode")]
    caches = [text_of(one, "v") for one in named(chart, "strCache")]
    return [*texts_of(chart), *caches, *filter(lambda code: code and code != GENERAL, codes)]
