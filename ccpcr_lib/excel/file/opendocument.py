"""The content of an OpenDocument sheet → the facts of each of its sheets.

OpenDocument writes equal cells and rows once, with a number of times: a small file can stand for a sheet that no
memory holds, so its extent is counted before the engine lays it out.
"""

from pathlib import Path
from xml.parsers import expat

from .address import Place
from .facts import SheetFacts, check_extent
from .stored import may_show_nothing

_STORED_AS = {
    "float": "value",
    "percentage": "value",
    "currency": "value",
    "boolean": "boolean-value",
    "date": "date-value",
    "time": "time-value",
}
"""Which attribute holds a result of each kind."""


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
        self.attributes: dict[str, str] = {}

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
            self.attributes = plain

    def text(self, text: str) -> None:
        self.value += text

    def end(self, tag: str) -> None:
        is_formula = "formula" in self.attributes
        is_cell = tag.rpartition(":")[2] in ("table-cell", "covered-table-cell")
        if not is_cell or not (self.kind or self.value.strip() or is_formula):
            return
        check_extent(self.path, self.name, self.row + self.rows - 1, self.column + self.columns - 1)
        facts = self.sheets.setdefault(self.name, SheetFacts())
        if self.kind == "error":
            facts.errors.update(dict.fromkeys(self._places(self.rows, self.columns), self.value.strip()))
        elif self.kind == "percentage":
            facts.percents.update(self._places(self.rows, self.columns))
        if is_formula:
            self._add_formula(facts)
        self.kind, self.value, self.attributes = "", "", {}

    def _add_formula(self, facts: SheetFacts) -> None:
        """Add a formula's cells: those it is repeated to, or those that one formula fills."""
        spans = (_times(self.attributes.get(f"number-matrix-{name}-spanned")) for name in ("rows", "columns"))
        rows, columns = map(max, zip(spans, (self.rows, self.columns), strict=True))
        check_extent(self.path, self.name, self.row + rows - 1, self.column + columns - 1)
        places = self._places(rows, columns)
        facts.formulas.update(places)
        if not _is_calculated(self.kind, self.value, self.attributes):
            facts.uncalculated.update(places)

    def _places(self, rows: int, columns: int) -> list[Place]:
        return [
            (row, column)
            for row in range(self.row, self.row + rows)
            for column in range(self.column, self.column + columns)
        ]


def _is_calculated(kind: str, shown: str, attributes: dict[str, str]) -> bool:
    """Check whether a formula's result is stored; LibreOffice leaves an empty text out, and its kind with it."""
    if kind in _STORED_AS:
        return bool(attributes.get(_STORED_AS[kind], "").strip())
    if kind == "error" or (kind == "string" and (shown.strip() or attributes.get("string-value"))):
        return True
    return not shown.strip() and kind in ("", "string") and may_show_nothing(attributes["formula"])


def _times(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 1
