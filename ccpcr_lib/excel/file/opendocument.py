"""The content of an OpenDocument sheet → the facts of each of its sheets.

OpenDocument writes equal cells and rows once, with a number of times: a small file can stand for a sheet that no
memory holds, so its extent is counted before the engine lays it out.
"""

from pathlib import Path
from xml.parsers import expat

from .facts import SheetFacts, check_extent


def opendocument_facts(path: Path, xml: bytes) -> dict[str, SheetFacts]:
    """Collect the facts of every sheet; raise CannotReadError for one that reaches too far."""
    collected, parser = _ContentParser(path), expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = collected.start, collected.end
    parser.CharacterDataHandler = collected.text
    parser.Parse(xml, True)
    return collected.sheets


class _ContentParser:
    """Follows tables, rows and cells; keeps the errors and percents, each at every place it is repeated to."""

    def __init__(self, path: Path) -> None:
        self.path, self.name = path, ""
        self.sheets: dict[str, SheetFacts] = {}
        self.row = self.column = self.rows = self.columns = 0
        self.kind, self.value = "", ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        plain = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        if tag == "table":
            self.name, self.row, self.rows = plain.get("name", ""), 0, 0
            self.sheets[self.name] = SheetFacts()
        elif tag == "table-row":
            self.row, self.column, self.columns = self.row + self.rows, 0, 0
            self.rows = _times(plain.get("number-rows-repeated"))
        elif tag in ("table-cell", "covered-table-cell"):
            self.column, self.columns = self.column + self.columns, _times(plain.get("number-columns-repeated"))
            self.value, self.kind = "", attributes.get("calcext:value-type") or plain.get("value-type", "")

    def text(self, text: str) -> None:
        self.value += text

    def end(self, tag: str) -> None:
        if tag.rpartition(":")[2] not in ("table-cell", "covered-table-cell") or not (self.kind or self.value.strip()):
            return
        check_extent(self.path, self.name, self.row + self.rows - 1, self.column + self.columns - 1)
        places = [
            (row, column)
            for row in range(self.row, self.row + self.rows)
            for column in range(self.column, self.column + self.columns)
            if self.kind in ("error", "percentage")
        ]
        facts = self.sheets.setdefault(self.name, SheetFacts())
        if self.kind == "error":
            facts.errors.update(dict.fromkeys(places, self.value.strip()))
        elif self.kind == "percentage":
            facts.percents.update(places)
        self.kind, self.value = "", ""


def _times(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 1
