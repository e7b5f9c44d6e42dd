"""The content of an OpenDocument sheet → the facts of each of its sheets.

OpenDocument writes equal cells and rows once, with a number of times: a small file can stand for a sheet that no
memory holds, so its extent is counted before the engine lays it out.
"""

from dataclasses import dataclass, field
from pathlib import Path
from xml.parsers import expat

from .address import Place
from .facts import FARTHEST, SheetFacts, check_extent, check_filled
from .formats import LITERAL, PERCENT, disagree, kind_of
from .marks import Piece, mark_cell, mark_whole
from .opendocument_styles import DEFAULT, OpenDocumentStyles
from .stored import may_show_nothing
from .styles import Look

_CELLS = frozenset({"table-cell", "covered-table-cell"})
_UNSEEN = frozenset({"collapse", "filter"})
_STORED_AS = {
    "float": "value",
    "percentage": "value",
    "currency": "value",
    "boolean": "boolean-value",
    "date": "date-value",
    "time": "time-value",
}
"""Which attribute holds a result of each kind."""
_SPACE = {"s": " ", "tab": "\t", "line-break": "\n", "p": "\n"}


def opendocument_facts(path: Path, xml: bytes, styles: bytes = b"") -> dict[str, SheetFacts]:
    """Collect the facts of every sheet from its content and the file's common styles.

    Raise CannotReadError for a sheet that reaches too far.
    """
    check_filled(path, xml.count(b"office:value-type="))
    known = OpenDocumentStyles()
    if styles:
        _parse(styles, _StyleParser(known))
    collected = _ContentParser(path, known)
    _parse(xml, collected)
    return collected.sheets


def _parse(xml: bytes, collected: "_StyleParser | _ContentParser") -> None:
    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = collected.start, collected.end
    parser.CharacterDataHandler = collected.text
    parser.buffer_text = True
    parser.Parse(xml, True)


def _plain(attributes: dict[str, str]) -> dict[str, str]:
    return {name.rpartition(":")[2]: value for name, value in attributes.items()}


class _StyleParser:
    """Hands on the styles of a part that has no cells."""

    def __init__(self, styles: OpenDocumentStyles) -> None:
        self.styles, self.text = styles, styles.text

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.styles.start(tag.rpartition(":")[2], _plain(attributes))

    def end(self, tag: str) -> None:
        self.styles.end(tag.rpartition(":")[2])


@dataclass
class _Row:
    """The row being read: its number, how often it stands there, its style for cells, whether anybody sees it."""

    number: int = 0
    times: int = 0
    style: str = ""
    is_hidden: bool = False


@dataclass
class _Cell:
    """The cell being read: its column, how often it stands there, its kind, its style, the pieces of its text."""

    column: int = 0
    times: int = 0
    kind: str = ""
    style: str = DEFAULT
    pieces: list[Piece] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def value(self) -> str:
        return "".join(text for text, _ in self.pieces)


class _ContentParser:
    """Follows tables, rows and cells; keeps what is known of a cell at every place it is repeated to."""

    def __init__(self, path: Path, styles: OpenDocumentStyles) -> None:
        self.path, self.name, self.styles = path, "", styles
        self.sheets: dict[str, SheetFacts] = {}
        self.row, self.cell, self.columns = _Row(), _Cell(), list[str]()
        self.looks: list[Look] = []
        """The looks of the texts within each other that the parser is in; none outside of cells."""
        self.aside = 0
        """How many remarks and drawings the parser is in: their text is none of the cell."""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag, plain = tag.rpartition(":")[2], _plain(attributes)
        if tag in ("table", "table-column", "table-row"):
            self._start_line(tag, plain)
        elif tag in _CELLS:
            self._start_cell(plain, attributes.get("calcext:value-type") or plain.get("value-type", ""))
        elif self.looks:
            self._start_text(tag, plain)
        else:
            self.styles.start(tag, plain)

    def _start_line(self, tag: str, plain: dict[str, str]) -> None:
        is_hidden, style = plain.get("visibility") in _UNSEEN, plain.get("default-cell-style-name", "")
        if tag == "table":
            self.name, self.row, self.columns = plain.get("name", ""), _Row(), []
            if self.name and self.name in self.sheets:
                raise ValueError  # two sheets of one name
            self.sheets[self.name] = SheetFacts()
        elif tag == "table-row":
            times = _times(plain.get("number-rows-repeated"))
            self.row = _Row(self.row.number + self.row.times, times, style, is_hidden)
            self.cell = _Cell()
        else:
            start = len(self.columns)
            self.columns += [style] * min(_times(plain.get("number-columns-repeated")), FARTHEST[1] + 1 - start)
            if is_hidden and self.name in self.sheets:
                self.sheets[self.name].hidden_columns.update(range(start, len(self.columns)))

    def _start_cell(self, plain: dict[str, str], kind: str) -> None:
        column = self.cell.column + self.cell.times
        of_column = self.columns[column] if column < len(self.columns) else ""
        style = plain.get("style-name") or self.row.style or of_column or DEFAULT
        self.cell = _Cell(column, _times(plain.get("number-columns-repeated")), kind, style, attributes=plain)
        self.looks, self.aside = [self.styles.look("table-cell", style)], 0

    def _start_text(self, tag: str, plain: dict[str, str]) -> None:
        family = "text" if tag in ("span", "a") else "paragraph"
        self.looks.append(self.styles.look(family, plain.get("style-name", ""), around=self.looks[-1]))
        self.aside += tag in ("annotation", "shapes", "frame")
        is_first = tag == "p" and not self.cell.pieces
        self.text("" if is_first else _SPACE.get(tag, "") * _times(plain.get("c")))

    def text(self, text: str) -> None:
        if self.looks and not self.aside:
            self.cell.pieces.append((text, self.looks[-1]))
        elif not self.looks:
            self.styles.text(text)

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if not self.looks:
            self.styles.end(tag)
            return
        self.looks.pop()
        self.aside -= tag in ("annotation", "shapes", "frame")
        if tag in _CELLS:
            self.looks = []
            self._end_cell()

    def _end_cell(self) -> None:
        row, cell = self.row, self.cell
        is_formula = "formula" in cell.attributes
        if not (cell.kind or cell.value.strip() or is_formula):
            return
        check_extent(self.path, self.name, row.number + row.times - 1, cell.column + cell.times - 1)
        rows, columns = range(row.number, row.number + row.times), range(cell.column, cell.column + cell.times)
        facts = self.sheets.setdefault(self.name, SheetFacts())
        facts.hidden_rows.update(rows if row.is_hidden else ())
        self._add(facts, [(row, column) for row in rows for column in columns])
        if is_formula:
            self._add_formula(facts)

    def _add_formula(self, facts: SheetFacts) -> None:
        """Add a formula's cells: those it is repeated to, or those that one formula fills."""
        row, cell = self.row, self.cell
        spans = (_times(cell.attributes.get(f"number-matrix-{name}-spanned")) for name in ("rows", "columns"))
        rows, columns = map(max, zip(spans, (row.times, cell.times), strict=True))
        bottom, right = row.number + rows, cell.column + columns
        check_extent(self.path, self.name, bottom - 1, right - 1)
        places = [(down, across) for down in range(row.number, bottom) for across in range(cell.column, right)]
        facts.formulas.update(places)
        if not _is_calculated(cell.kind, cell.value, cell.attributes):
            facts.uncalculated.update(places)

    def _add(self, facts: SheetFacts, places: list[Place]) -> None:
        """Add what the cell is to the facts of its places."""
        cell = self.cell
        if cell.kind == "error":
            facts.errors.update(dict.fromkeys(places, cell.value.strip()))
        else:
            self._add_percent(facts, places)
        if not cell.pieces:
            mark_whole(facts, places, self.styles.look("table-cell", cell.style))
        elif any(any(look) for _, look in cell.pieces):
            mark_cell(facts, places, cell.pieces)

    def _add_percent(self, facts: SheetFacts, places: list[Place]) -> None:
        """Add whether the cell shows a percent; what a format types is typed whatever the cell says of its kind."""
        sections = self.styles.percent(self.cell.style)
        if disagree(sections) and any(section.kind == LITERAL for section in sections):
            facts.by_value.update(dict.fromkeys(places, sections))
        elif self.cell.kind == "percentage" or kind_of(sections) == PERCENT:
            facts.percents.update(places)
        elif disagree(sections):
            facts.by_value.update(dict.fromkeys(places, sections))
        elif kind_of(sections) == LITERAL:
            facts.literals.update(places)


def _is_calculated(kind: str, shown: str, attributes: dict[str, str]) -> bool:
    """Check whether a formula's result is stored; LibreOffice leaves an empty text out, and its kind with it."""
    if kind in _STORED_AS:
        return bool(attributes.get(_STORED_AS[kind], "").strip())
    if kind == "error" or (kind == "string" and (shown.strip() or attributes.get("string-value"))):
        return True
    return not shown.strip() and kind in ("", "string") and may_show_nothing(attributes["formula"])


def _times(text: str | None) -> int:
    return int(text) if text and text.isdecimal() else 1
