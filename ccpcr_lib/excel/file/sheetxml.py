"""One sheet of Excel's XML → its facts: by pattern where it is written as Excel writes it, else by parsing."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.parsers import expat

from .address import Place, column_number, place_of
from .facts import SheetFacts, check_extent, refuse
from .stored import StoredFormula, formula_cells, may_show_nothing

_SMALL = 1_000_000
"""In fewer bytes no workbook has too many cells."""
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_FAR_CELL = re.compile(rb'<c r="(?![A-Z]{1,2}[0-9]{1,3}")([^"]*)"')
_ODD_CELL = re.compile(rb'<c(?![a-zA-Z]| r="[A-Z])')
_BLANK_VALUE = re.compile(rb"</v>(?<![0-9A-Za-z!?>]</v>)")
"""The end of a value that may be nothing but white space."""
_NUMBERS = frozenset({"", "n", "b", "d"})
"""The kinds of cells whose value is no text."""
_REST = rb"(?:(?!</c>).)*?"
_MAY_BE_FORMULA = re.compile(rb"f[\s/>]")
"""What every formula's tag has, found much faster than the tag."""
_FORMULA_TAG = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]+)"([^>]*)><f((?:\s[^>]*?)?)(?:/>|>([^<]*)</f>)'
    rb"(?:(<v)(?:\s[^>]*?)?(?:/>|>([^<]*)</v>))?</c>"
)
_KIND = re.compile(r'\st="([^"]*)"')
_ATTRIBUTE = re.compile(r'\s([a-z]+)="([^"]*)"')
_ERROR = re.compile(
    rb'<c r="([A-Z]{1,3}[0-9]+)"[^>]*? t="e"[^>]*?(?:/>|>' + _REST + rb"(?:<v>([^<]*)</v>|</c>))", re.DOTALL
)


def sheet_facts(path: Path, name: str, xml: bytes, percents: frozenset[str]) -> SheetFacts:
    """Collect the facts of one sheet; `percents` are the style numbers that show a percent.

    Raise CannotReadError for a sheet that reaches too far or is no XML.
    """
    formulas = _formulas(xml) if _MAY_BE_FORMULA.search(xml) else (set[Place](), list[StoredFormula]())
    if formulas is None or not _is_as_excel_writes(xml) or "0" in percents:
        return _parsed_facts(path, name, xml, percents)
    facts = SheetFacts()
    style = f' s="(?:{"|".join(sorted(percents))})"'
    if percents and re.search(style.encode(), xml):
        pattern = f'<c r="([A-Z]+[0-9]+)"[^>]*?{style}'
        facts.percents = {place_of(cell.decode()) for cell in re.findall(pattern.encode(), xml)}
    if b't="e"' in xml:
        facts.errors = {place_of(cell.decode()): text.decode() for cell, text in _ERROR.findall(xml)}
    facts.formulas, to_judge = formulas
    _add_formulas(path, name, facts, to_judge)
    _check_far_cells(path, name, _FAR_CELL.findall(xml))
    return facts


def filled_cells(sheets: Sequence[bytes]) -> int:
    """Count the cells with something in them by the tags that end it; small sheets have too few to count.

    >>> filled_cells([b"<c/><c><v>3</v></c>" * 100_000] * 2), filled_cells([b"<c><v>3</v></c>"])
    (200000, 0)
    """
    if sum(map(len, sheets)) < _SMALL:
        return 0
    return sum((xml.count(b"v>") + xml.count(b"is>")) // 2 for xml in sheets)


def _is_as_excel_writes(xml: bytes) -> bool:
    """Check whether every cell begins with its address, nothing is quoted, and the sheet ends where it should."""
    if b":c" in xml or b"<!" in xml or _ODD_CELL.search(xml) or _BLANK_VALUE.search(xml):
        return False
    return xml.rstrip().endswith(b"</worksheet>")


def _formulas(xml: bytes) -> tuple[set[Place], list[StoredFormula]] | None:
    """Find the formulas of a sheet by their pattern: those with a result of their own, and those to be judged.

    None where one is written otherwise.
    """
    found = _FORMULA.findall(xml)
    if len(found) != len(_FORMULA_TAG.findall(xml)):
        return None
    is_sure = [not one[2] and _has_result(one) for one in found]
    places = {place_of(one[0].decode()) for one, sure in zip(found, is_sure, strict=True) if sure}
    return places, [_as_stored(one) for one, sure in zip(found, is_sure, strict=True) if not sure]


def _has_result(found: tuple[bytes, ...]) -> bool:
    """Check whether a result stands beside a formula, or an empty text that it can show."""
    _, own, _, text, has_value, value = found
    if value:
        return not value.isspace()
    return bool(has_value) and b't="str"' in own and may_show_nothing(text.decode(errors="replace"))


def _as_stored(found: tuple[bytes, ...]) -> StoredFormula:
    cell, own, inside, text, has_value, value = (part.decode(errors="replace") for part in found)
    kind = _KIND.search(own)
    attributes = dict(_ATTRIBUTE.findall(inside)) if inside else {}
    return _stored(place_of(cell), kind[1] if kind else "", text, value if has_value else None, attributes)


def _stored(place: Place, kind: str, text: str, value: str | None, attributes: Mapping[str, str]) -> StoredFormula:
    get = attributes.get
    return StoredFormula(place, kind, text, value, get("t", ""), get("si", ""), get("ref", ""))


def _add_formulas(path: Path, name: str, facts: SheetFacts, formulas: Sequence[StoredFormula]) -> None:
    """Judge formulas and add their cells; those that one formula fills must not reach out of what can be laid out."""
    filled = 0
    for formula in formulas:
        if formula.fills_many:
            corners = [_place(path, corner) for corner in formula.area.replace("$", "").split(":")]
            check_extent(path, name, *corners[-1])
            (top, left), (bottom, right) = corners[0], corners[-1]
            filled += max(bottom - top + 1, 0) * max(right - left + 1, 0)
    check_extent(path, name, max(filled - 1, 0), 0)
    filled_by, facts.uncalculated = formula_cells(formulas)
    facts.formulas |= filled_by


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
    _add_formulas(path, name, collected.facts, collected.formulas)
    return collected.facts


class _SheetParser:
    """Collects the facts of a sheet whose cells may lack their addresses: such a cell follows the one before."""

    def __init__(self, path: Path, percents: frozenset[str]) -> None:
        self.path, self.facts, self.percents = path, SheetFacts(), percents
        self.last, self.place = (0, 0), (-1, -1)
        self.kind, self.inside = "", ""
        self.written: dict[str, str] = {}
        self.attributes: dict[str, str] = {}
        self.formulas: list[StoredFormula] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.inside = tag = tag.rpartition(":")[2]
        if tag == "row":
            number = attributes.get("r", "")
            self.place = (int(number) - 1 if number.isdecimal() else self.place[0] + 1), -1
        elif tag == "c":
            self._start_cell(attributes)
        elif tag in ("f", "v"):
            self.written.setdefault(tag, "")
            self.attributes = attributes if tag == "f" else self.attributes

    def _start_cell(self, attributes: dict[str, str]) -> None:
        row, column = self.place
        self.place = _place(self.path, attributes["r"]) if "r" in attributes else (row, column + 1)
        self.last = max(self.last[0], self.place[0]), max(self.last[1], self.place[1])
        self.kind, self.written = attributes.get("t", ""), {}
        if attributes.get("s", "0") in self.percents:
            self.facts.percents.add(self.place)

    def end(self, tag: str) -> None:
        self.inside = ""
        if tag.rpartition(":")[2] != "c":
            return
        if self.kind == "e":
            self.facts.errors[self.place] = self.written.get("v", "")
        elif self.kind in _NUMBERS and self.written.get("v", "").isspace():
            self.facts.errors[self.place] = "#ERROR"  # no number, and not nothing
        if "f" in self.written:
            text, value = self.written["f"], self.written.get("v")
            self.formulas.append(_stored(self.place, self.kind, text, value, self.attributes))

    def text(self, text: str) -> None:
        if self.inside in self.written:
            self.written[self.inside] += text
