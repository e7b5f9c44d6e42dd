"""A sheet of sentences → `Bullet` records, and the grids without them: no table is looked for among sentences.

Such a sheet has a row with the headings Section and Text (Order and Text (Khmer) beside them, in any order), wherever
it stands; each row below it is one bullet of the deck. What ``{table.name}`` in a sentence means is settled later.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ..model.codelist import codelist
from ..model.finding import Finding, finding
from .grid import ErrorCell, Grid, Uncalculated
from .values import parse_value, shown

SECTION, ORDER, TEXT, TEXT_KM = "section", "order", "text", "text_km"


@dataclass(frozen=True)
class Bullet:
    """One sentence of the deck: its section's code, its text in English and in Khmer (empty where not given)."""

    section: str
    text: str
    text_km: str
    source: str
    source_km: str

    def said(self, language: str) -> str:
        """Give the text in ``en`` or ``km``; English where no Khmer was written."""
        return (self.text_km if language == "km" else "") or self.text


@dataclass(frozen=True)
class Narrative:
    """The bullets of a workbook, by section and order; what is wrong with them; the grids without them."""

    bullets: tuple[Bullet, ...]
    findings: tuple[Finding, ...]
    grids: tuple[Grid, ...]


def read_narrative(grids: Sequence[Grid]) -> Narrative:
    """Read the sentences of every sheet that has them."""
    bullets: list[tuple[tuple, Bullet]] = []
    findings: list[Finding] = []
    left: list[Grid] = []
    for grid in grids:
        head = _header(grid)
        if head is None:
            left.append(grid)
            continue
        row, columns = head
        for line in range(row + 1, grid.height):
            bullets += _bullet(grid, line, columns, findings)
        left.append(_without(grid, row, columns))
    ordered = (bullet for _, bullet in sorted(bullets, key=lambda pair: pair[0]))
    return Narrative(tuple(ordered), tuple(findings), tuple(left))


def _header(grid: Grid) -> tuple[int, dict[str, int]] | None:
    """Find the row that heads sentences, and the column of each of its headings."""
    rows: dict[int, dict[str, int]] = {}
    for (row, column), content in sorted(grid.cells.items(), key=lambda item: item[0]):
        code = codelist("narrative").find(content) if isinstance(content, str) else None
        if code:
            rows.setdefault(row, {}).setdefault(code, column)
    return next(((row, heads) for row, heads in rows.items() if {SECTION, TEXT} <= heads.keys()), None)


def _without(grid: Grid, row: int, columns: dict[str, int]) -> Grid:
    """Leave out what stands in the columns of the sentences, from their headings down."""
    gone = set(columns.values())
    cells = {place: content for place, content in grid.cells.items() if place[0] < row or place[1] not in gone}
    return replace(grid, cells=cells)


def _bullet(grid: Grid, row: int, columns: dict[str, int], findings: list[Finding]) -> Iterator[tuple[tuple, Bullet]]:
    """Read one row: nothing where it has no text; a section nobody knows is a finding at its cell."""
    places = {code: (row, column) for code, column in columns.items()}
    texts = {code: _text(grid, places.get(code), findings) for code in (TEXT, TEXT_KM)}
    if not any(texts.values()):
        return
    named = shown(grid.at(*places[SECTION]))
    section = codelist("sections").find(named)
    if section is None:
        known = ", ".join(member.label_en for member in codelist("sections").members.values())
        findings.append(finding("unknown_section", grid.source(*places[SECTION]), printed=named, known=known))
        return
    place = list(codelist("sections").members).index(section)
    sources = [grid.source(*places.get(code, places[TEXT])) for code in (TEXT, TEXT_KM)]
    yield (place, _order(grid, places.get(ORDER), findings), row), Bullet(section, *texts.values(), *sources)


def _text(grid: Grid, place: tuple[int, int] | None, findings: list[Finding]) -> str:
    content = grid.at(*place) if place else None
    if isinstance(content, ErrorCell | Uncalculated):
        rule = "error_value" if isinstance(content, ErrorCell) else "not_calculated"
        findings.append(finding(rule, grid.source(*place), printed=shown(content)))
        return ""
    return shown(content)


def _order(grid: Grid, place: tuple[int, int] | None, findings: list[Finding]) -> int:
    """Read a bullet's place in its section; without one it keeps the place of its row."""
    value = parse_value(grid.at(*place) if place else None)
    if value.problem:
        findings.append(finding(value.problem, grid.source(*place), printed=shown(grid.at(*place))))
    return value.number or 0
