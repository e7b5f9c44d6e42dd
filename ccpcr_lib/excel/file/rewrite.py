"""A workbook, and what is to stand in some of its cells → a copy of it that is the same in everything else.

Only the XML of these cells is written anew, so that formats, formulas, charts and macros stay as they are. No formula
is written over, and nothing is put where something stands that was not read.
"""

import io
import zipfile
from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from math import isclose
from typing import TYPE_CHECKING, NamedTuple

from ...model.finding import cell_of, sheet_of
from .address import Place, column_letters, column_number, place_of
from .facts import refuse
from .package import Package, sheet_parts
from .standard import WORKBOOK

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

Edit = Callable[["Element"], None]
"""Changes the XML of one part."""

AFTER_CALCULATION = frozenset(
    {
        "oleSize",
        "customWorkbookViews",
        "pivotCaches",
        "smartTagPr",
        "smartTagTypes",
        "webPublishing",
        "fileRecoveryPr",
        "webPublishObjects",
        "extLst",
    }
)
"""What follows the settings of calculation in a workbook's XML."""

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_KEPT = ("r", "s")
"""What stays of a cell: its address and its format."""


class New(NamedTuple):
    """What is to stand in a cell: a whole number, a text, or None for nothing.

    `shares` are the percent that stood there and the new one (0-1): a number stays a number, what was text is the text.
    `was_blank`: nothing was read there.
    """

    content: int | str | None
    shares: tuple[float, float] | None = None
    was_blank: bool = False


def rewritten(package: Package, cells: Mapping[str, New]) -> bytes:
    """Give a copy of an Excel workbook with other contents in some cells, which are named as ``Sheet!A1``.

    The stored results of its formulas stay as they are. Raise CannotReadError for a cell with a formula, and for one
    that should be blank and is not.
    """
    sheets: dict[str, dict[str, New]] = {}
    for cell, new in cells.items():
        sheets.setdefault(sheet_of(cell), {})[cell] = new
    parts = _parts(package.standard)
    named = sheet_parts(parts)
    return _packed(package.standard, {named[sheet]: partial(_fill, package, own) for sheet, own in sheets.items()})


def has_formulas(package: Package) -> bool:
    """Check whether a formula fills any cell of a workbook."""
    return any(facts.formulas for facts in package.facts.values())


def to_calculate(package: Package, data: bytes) -> bytes:
    """Take the results of formulas out of a copy of a workbook, and have it calculated when a program opens it.

    So nobody reads a total that is none any more: the reader refuses these formulas until Excel has saved the file.
    """
    named = sheet_parts(_parts(data))
    filled = {sheet: facts.formulas for sheet, facts in package.facts.items() if facts.formulas}
    edits: dict[str, Edit] = {named[sheet]: partial(_clear, places) for sheet, places in filled.items()}
    return _packed(data, {**edits, WORKBOOK: _ask})


# --- the package -------------------------------------------------------------------------------------------


def _parts(data: bytes) -> dict[str, bytes]:
    """Give the parts of a package by their names in lower case."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename.lower(): archive.read(entry) for entry in archive.infolist()}


def _packed(data: bytes, edits: Mapping[str, Edit]) -> bytes:
    """Pack a workbook anew with some parts edited; all others are as they were, byte by byte."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(buffer, "w") as copy:
        for entry in archive.infolist():
            content, edit = archive.read(entry), edits.get(entry.filename.lower())
            copy.writestr(entry, _edited(content, edit) if edit else content)
    return buffer.getvalue()


def _edited(content: bytes, edit: Edit) -> bytes:
    from lxml import etree

    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    edit(root)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _ask(workbook: "Element") -> None:
    """Set that everything is calculated when the file is opened."""
    from lxml import etree

    settings = workbook.find("{*}calcPr")
    if settings is None:
        settings = etree.Element(_tag(workbook, "calcPr"))
        names = [etree.QName(child).localname for child in workbook.iterchildren("*")]
        later = (place for place, name in enumerate(names) if name in AFTER_CALCULATION)
        workbook.insert(next(later, len(names)), settings)
    settings.set("fullCalcOnLoad", "1")


def _tag(element: "Element", name: str) -> str:
    """Name a tag in the namespace of an element."""
    return f"{element.tag.rpartition('}')[0]}}}{name}"


# --- cells -------------------------------------------------------------------------------------------------


def _cells(sheet: "Element") -> Iterator[tuple[Place, "Element"]]:
    """Give every cell of a sheet with its place; one without an address follows the one before."""
    row = -1
    for line in sheet.iterfind("{*}sheetData/{*}row"):
        row, column = int(line.get("r") or row + 2) - 1, -1
        for cell in line.iterfind("{*}c"):
            row, column = place_of(cell.get("r")) if cell.get("r") else (row, column + 1)
            yield (row, column), cell


def _clear(places: Collection[Place], sheet: "Element") -> None:
    for value in (value for place, cell in _cells(sheet) if place in places for value in cell.findall("{*}v")):
        value.getparent().remove(value)


def _fill(package: Package, contents: Mapping[str, New], sheet: "Element") -> None:
    known = dict(_cells(sheet))
    for cell, new in contents.items():
        place = place_of(cell_of(cell))
        at = known.get(place)
        if at is not None and (at.find("{*}f") is not None or place in package.facts[sheet_of(cell)].formulas):
            raise refuse(package.path, "compare_formula_there", cell=cell)
        if at is not None and new.was_blank and "".join(at.itertext()).strip():
            raise refuse(package.path, "compare_not_blank", cell=cell)
        _write(_new_cell(sheet, place) if at is None else at, new)


def _new_cell(sheet: "Element", place: Place) -> "Element":
    """Make a cell, and its row, where a sheet has none."""
    from lxml import etree

    row, column = place
    lines = sheet.find("{*}sheetData")
    line = next((line for line in lines if line.get("r") == str(row + 1)), None)
    if line is None:
        line = etree.Element(_tag(sheet, "row"), r=str(row + 1))
        lines.insert(sum(int(other.get("r", "0")) <= row for other in lines), line)
    cell = etree.Element(_tag(sheet, "c"), r=f"{column_letters(column)}{row + 1}")
    letters = (other.get("r", "").rstrip("0123456789") for other in line)
    line.insert(sum(column_number(letter) < column for letter in letters), cell)
    return cell


def _write(cell: "Element", new: New) -> None:
    """Write a cell anew; its format stays."""
    from lxml import etree

    content = _content(cell, new)
    for name in set(cell.attrib) - {*_KEPT}:
        del cell.attrib[name]
    for child in list(cell):
        cell.remove(child)
    if isinstance(content, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, _tag(cell, "is")), _tag(cell, "t"))
        text.set(_SPACE, "preserve")
        text.text = content
    elif content is not None:
        etree.SubElement(cell, _tag(cell, "v")).text = repr(content)


def _content(cell: "Element", new: New) -> float | str | None:
    """Give what is written: a percent is scaled as the number that stands there, which may be 0.06 or 6."""
    value = cell.find("{*}v")
    if new.shares is None or value is None or cell.get("t", "n") != "n":
        return new.content
    before, now = new.shares
    scale = next((scale for scale in (1, 100) if isclose(float(value.text), before * scale)), None)
    return new.content if scale is None or not before else round(now * scale, 12)
