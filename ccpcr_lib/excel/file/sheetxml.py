"""One sheet of Excel's XML → its facts: by pattern where it is written as Excel writes it, else by parsing."""

import re
from pathlib import Path
from xml.parsers import expat

from .address import Place, column_number, place_of
from .facts import SheetFacts, check_extent, refuse

_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_FAR_CELL = re.compile(rb'<c r="(?![A-Z]{1,2}[0-9]{1,3}")([^"]*)"')
_ODD_CELL = re.compile(rb'<c(?![a-zA-Z]| r="[A-Z])')
_REST = rb"(?:(?!</c>).)*?"
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]+)"([^>]*)><f(?:/>|[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v[^>]*>([^<]*)</v>)?'
)
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]+)"[^>]*? t="e"[^>]*?(?:/>|>' + _REST + rb"(?:<v>([^<]*)</v>|</c>))", re.DOTALL
)


def sheet_facts(path: Path, name: str, xml: bytes, percents: frozenset[str]) -> SheetFacts:
    """Collect the facts of one sheet; `percents` are the style numbers that show a percent.

    Raise CannotReadError for a sheet that reaches too far or is no XML.
    """
    if not _is_as_excel_writes(xml):
        return _parsed_facts(path, name, xml, percents)
    facts = SheetFacts()
    style = f' s="(?:{"|".join(sorted(percents))})"'
    if percents and re.search(style.encode(), xml):
        pattern = f'<c r="([A-Z]+[0-9]+)"[^>]*?{style}'
        facts.percents = {place_of(cell.decode()) for cell in re.findall(pattern.encode(), xml)}
    if b't="e"' in xml:
        facts.errors = {place_of(cell.decode()): text.decode() for cell, text in _ERROR.findall(xml)}
    if b"<f" in xml:
        formulas = _FORMULA.findall(xml)
        facts.uncalculated = {
            place_of(cell.decode())
            for cell, attributes, value in formulas
            if not (value or b't="str"' in attributes or b't="e"' in attributes)
        }
    _check_far_cells(path, name, _FAR_CELL.findall(xml))
    return facts


def _is_as_excel_writes(xml: bytes) -> bool:
    """Check whether every cell begins with its address, and the sheet ends where it should."""
    return xml.rstrip().endswith(b"</worksheet>") and b":c" not in xml and not _ODD_CELL.search(xml)


def _check_far_cells(path: Path, name: str, cells: list[bytes]) -> None:
    """Check a sheet's extent by its far cells alone: without one it ends before ZZ1000."""
    if cells:
        places = [_place(path, cell.decode(errors="replace")) for cell in cells]
        check_extent(path, name, max(row for row, _ in places), max(25, *(column for _, column in places)))


def _place(path: Path, cell: str) -> Place:
    address = _CELL.fullmatch(cell.upper())
    if not address:
        raise refuse(path, "file_damaged_inside")
    return int(address[2]) - 1, column_number(address[1])


def _parsed_facts(path: Path, name: str, xml: bytes, percents: frozenset[str]) -> SheetFacts:
    collected, parser = _SheetParser(path, percents), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = collected.start, collected.end
    parser.CharacterDataHandler = collected.text
    parser.Parse(xml, True)
    check_extent(path, name, *collected.last)
    return collected.facts


class _SheetParser:
    """Collects the facts of a sheet whose cells may lack their addresses: such a cell follows the one before."""

    def __init__(self, path: Path, percents: frozenset[str]) -> None:
        self.path, self.facts, self.percents = path, SheetFacts(), percents
        self.last, self.place = (0, 0), (-1, -1)
        self.kind, self.has_formula, self.value, self.in_value = "", False, "", False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        self.in_value = tag == "v"
        if tag == "row":
            number = attributes.get("r", "")
            self.place = (int(number) - 1 if number.isdecimal() else self.place[0] + 1), -1
        elif tag == "c":
            self._start_cell(attributes)
        elif tag == "f":
            self.has_formula = True

    def _start_cell(self, attributes: dict[str, str]) -> None:
        row, column = self.place
        self.place = _place(self.path, attributes["r"]) if "r" in attributes else (row, column + 1)
        self.last = max(self.last[0], self.place[0]), max(self.last[1], self.place[1])
        self.kind, self.has_formula, self.value = attributes.get("t", ""), False, ""
        if attributes.get("s", "") in self.percents:
            self.facts.percents.add(self.place)

    def end(self, tag: str) -> None:
        self.in_value = False
        if tag.rpartition(":")[2] != "c":
            return
        if self.kind == "e":
            self.facts.errors[self.place] = self.value
        elif self.has_formula and not self.value and self.kind != "str":
            self.facts.uncalculated.add(self.place)

    def text(self, text: str) -> None:
        if self.in_value:
            self.value += text
