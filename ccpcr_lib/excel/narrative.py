"""A sheet of sentences → `Bullet` records, and the grids without them: no table is looked for among sentences.

Such a sheet has a row with the headings Section and Text (Order and Text (Khmer) beside them, in any order), wherever
it stands; each row below it is one bullet of the deck. What ``{table.name}`` in a sentence means is settled later.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..model.codelist import codelist, fold, spellings
from ..model.finding import Finding
from .file.address import Place
from .file.grid import Content, ErrorCell, Grid, Uncalculated
from .finder import find_tables
from .marks import mark_at
from .region import Extent
from .rules import make_finding
from .values import parse_value, shown

SECTION, ORDER, TEXT, TEXT_KM = "section", "order", "text", "text_km"

SectionPlace = tuple[str, str]
"""What a sentence belongs to, as it is written: its section, and its place there."""

Order = tuple[int, int, int]
"""Where a sentence stands in the deck: the place of its section, its place there, its row."""


class Bullet(NamedTuple):
    """One sentence of the deck: its section's code, its text in English and in Khmer (empty where not given)."""

    section: str
    text: str
    text_km: str
    source: str
    source_km: str


class Narrative(NamedTuple):
    """The bullets of a workbook, by section and order; what is wrong with them; the grids without them.

    `section_places` are the sections of all sentences, down the sheets, those that are not written yet included.
    """

    bullets: tuple[Bullet, ...]
    findings: tuple[Finding, ...]
    grids: tuple[Grid, ...]
    section_places: tuple[SectionPlace, ...] = ()


@dataclass
class _Sheet:
    """What is read of one sheet: `columns` are those of the headings in row `top`, Section and Text among them.

    `taken` are the rows of sentences.
    """

    grid: Grid
    top: int
    columns: dict[str, int]
    bullets: list[tuple[Order, Bullet]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    section_places: list[SectionPlace] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)

    def place(self, row: int, code: str) -> Place:
        return row, self.columns[code]

    def at(self, row: int, code: str) -> Content | None:
        return self.grid.at(*self.place(row, code)) if code in self.columns else None

    def shown(self, row: int, code: str) -> str:
        return shown(self.at(row, code))

    def source(self, row: int, code: str) -> str:
        """Name a cell; where the sheet lacks its column, that of the text."""
        return self.grid.source(*self.place(row, code if code in self.columns else TEXT))


def read_narrative(grids: Sequence[Grid]) -> Narrative:
    """Read the sentences of every sheet that has them."""
    heads = [_header(grid) for grid in grids]
    sheets = [_read_sheet(grid, *head) for grid, head in zip(grids, heads, strict=True) if head]
    without = {id(sheet.grid): _without(sheet) for sheet in sheets}
    ordered = sorted((pair for sheet in sheets for pair in sheet.bullets), key=lambda pair: pair[0])
    return Narrative(
        tuple(bullet for _, bullet in ordered),
        tuple(finding for sheet in sheets for finding in sheet.findings),
        tuple(without.get(id(grid), grid) for grid in grids),
        tuple(place for sheet in sheets for place in sheet.section_places),
    )


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Find the row that heads sentences, and the column of each of its headings."""
    rows: dict[int, dict[int, str]] = {}
    known = spellings("narrative")
    texts = ((place, content) for place, content in grid.cells.items() if isinstance(content, str))
    for (row, column), code in sorted((place, known[fold(text)]) for place, text in texts if fold(text) in known):
        rows.setdefault(row, {})[column] = code
    heads = ((row, codes) for row, codes in rows.items() if {SECTION, TEXT} <= {*codes.values()})
    row, codes = next(heads, (0, {}))
    return (row, _side_by_side(grid, row, codes)) if codes else None


def _side_by_side(grid: Grid, row: int, codes: dict[int, str]) -> dict[str, int]:
    """Choose the headings that stand side by side with Section and Text: “No” may head another table's rows."""
    section = next(column for column, code in codes.items() if code == SECTION)
    text = min((column for column, code in codes.items() if code == TEXT), key=lambda column: abs(column - section))
    chosen = {SECTION: section, TEXT: text}
    ends = {column: column + grid.spans.get((row, column), (1, 1))[1] for column in codes}
    left, right = min(section, text), max(ends[section], ends[text])
    for column, code in [*codes.items()] * len(codes):
        if code not in chosen and left <= ends[column] and column <= right:
            chosen[code] = column
            left, right = min(left, column), max(right, ends[column])
    return chosen


def _read_sheet(grid: Grid, top: int, columns: dict[str, int]) -> _Sheet:
    """Read what is clearly a sentence first, then the other rows, unless a table of the report stands there."""
    sheet, others = _Sheet(grid, top, columns), []
    for row in range(top + 1, grid.height):
        is_clear = _section(sheet, row) and not (_is_one_cell(sheet, row) or _is_figure(sheet, row))
        others += [] if is_clear else [row]
        if is_clear:
            _read_sentence(sheet, row)
    others = [row for row in others if _may_be_sentence(sheet, row)]
    boxes = [table.region.box for table in find_tables(_without(sheet))[0]] if others else []
    for row in others:
        if not any(_is_inside(sheet, row, box) for box in boxes):
            _read_sentence(sheet, row)
    return sheet


def _section(sheet: _Sheet, row: int) -> str | None:
    return codelist("sections").find(sheet.shown(row, SECTION))


def _is_one_cell(sheet: _Sheet, row: int) -> bool:
    """Check whether one merged cell reaches over section and text: a title, no sentence."""
    covered, places = sheet.grid.covered, (sheet.place(row, SECTION), sheet.place(row, TEXT))
    return len({covered.get(place, place) for place in places}) == 1


def _is_figure(sheet: _Sheet, row: int) -> bool:
    """Check whether a number stands where a text belongs: the row may be one of a table."""
    return parse_value(sheet.at(row, TEXT)).number is not None


def _may_be_sentence(sheet: _Sheet, row: int) -> bool:
    """Check whether a row has a text, and if it is a number, a section that is known."""
    has_text = any(sheet.at(row, code) for code in (TEXT, TEXT_KM))
    return has_text and not _is_one_cell(sheet, row) and (not _is_figure(sheet, row) or bool(_section(sheet, row)))


def _is_inside(sheet: _Sheet, row: int, box: Extent) -> bool:
    top, bottom, left, right = box
    return top <= row <= bottom and any(left <= sheet.columns[code] <= right for code in (SECTION, TEXT))


def _read_sentence(sheet: _Sheet, row: int) -> None:
    """Read a row; a section nobody knows is a finding, a row without a text only says that a sentence belongs here."""
    sheet.taken.add(row)
    section, text, text_km = _section(sheet, row), _text(sheet, row, TEXT), _text(sheet, row, TEXT_KM)
    if sheet.shown(row, SECTION):
        sheet.section_places.append((sheet.shown(row, SECTION), sheet.shown(row, ORDER)))
    if not (text or text_km):
        return
    sections = codelist("sections").members
    if section:
        order = list(sections).index(section), _order(sheet, row, section), row
        bullet = Bullet(section, text, text_km, sheet.source(row, TEXT), sheet.source(row, TEXT_KM))
        sheet.bullets.append((order, bullet))
    else:
        printed, known = sheet.shown(row, SECTION), ", ".join(member.label_en for member in sections.values())
        where = sheet.source(row, SECTION)
        sheet.findings.append(make_finding("unknown_section", where, printed=printed, known=known))


def _text(sheet: _Sheet, row: int, code: str) -> str:
    content = sheet.at(row, code)
    struck = [mark for mark in _marks(sheet, row, code) if mark.severity == "error"]
    if struck:
        sheet.findings += struck
        return ""
    if isinstance(content, ErrorCell | Uncalculated):
        rule = "error_value" if isinstance(content, ErrorCell) else "not_calculated"
        sheet.findings.append(make_finding(rule, sheet.source(row, code), printed=shown(content)))
        return ""
    return shown(sheet.grid.written.get(sheet.place(row, code), content)) if code in sheet.columns else ""


def _marks(sheet: _Sheet, row: int, code: str) -> Sequence[Finding]:
    """Give the findings for what is struck out or raised in a cell."""
    return mark_at(sheet.grid, sheet.place(row, code)) if code in sheet.columns else ()


def _order(sheet: _Sheet, row: int, section: str) -> int:
    """Read a bullet's place in its section; without one it stays behind the sentence above it there."""
    above = next((order[1] for order, bullet in reversed(sheet.bullets) if bullet.section == section), 0)
    value = parse_value(sheet.at(row, ORDER))
    sheet.findings += _marks(sheet, row, ORDER)
    if value.problem or value.share is not None:
        where = sheet.source(row, ORDER)
        sheet.findings.append(make_finding("sentence_order", where, printed=sheet.shown(row, ORDER)))
        return above
    return above if value.number is None else value.number


def _without(sheet: _Sheet) -> Grid:
    """Leave out what stands in the columns of the sentences, in the rows of sentences and in that of the headings."""
    rows, columns = sheet.taken | {sheet.top} if sheet.taken else set(), set(sheet.columns.values())
    cells = {at: content for at, content in sheet.grid.cells.items() if at[0] not in rows or at[1] not in columns}
    return replace(sheet.grid, cells=cells)
