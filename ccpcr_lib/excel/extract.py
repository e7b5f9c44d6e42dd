"""A settled table → its counts and its printed claims as records, with findings at their cells.

Counts are the base cells. Totals, shares, notes and plan figures are claims the sheet makes about them;
they are kept apart, each with the key it claims to be about.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..model import period as calendar
from ..model.column import DeclaredKey
from ..model.finding import Finding
from ..model.records import Claim, Count
from ..model.table import Column, Key, join_keys, joined_places
from ..model.text import plain
from .doubts import report_doubts
from .file.address import Place
from .file.grid import Content
from .finder import RecognisedTable
from .groups import report_groups
from .marks import report_marks
from .roles import is_on_paper
from .settle import report_missing, settle
from .settled import Settled
from .values import Value, divides, parse_value

PROBLEMS_OF_A_FIGURE = (None, "negative", "fraction", "error_value", "unknown_note")
"""What can be wrong with a figure that stands where a note belongs, which makes it a finding and no mere remark."""

MARKED = ("struck_text", "raised_figure")
"""What is wrong with a figure that is struck out, or nothing but raised: nobody knows whether it counts."""


@dataclass
class Extract:
    """What was read of one table: its findings, its members, its base counts, what it prints of them.

    `texts` are the cells of counts that stand there as texts, which no formula adds.
    `note_cells` gives the cell of each note that stands in a column of notes, by that of the figure it speaks of.
    """

    findings: list[Finding]
    members: tuple[str, ...]
    counts: list[Count] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    note_cells: dict[str, str] = field(default_factory=dict)


def extract_table(parts: Sequence[RecognisedTable], quarter: str) -> Extract:
    """Read a table's figures for its quarter, from all the parts it was found in, in their order.

    Problems become findings; nothing is dropped silently.
    """
    first, *others = (settle(part, quarter) for part in parts)
    report_missing(first, others)
    report_doubts([first, *others])
    report_groups([first, *others])
    members = dict.fromkeys(member for table in (first, *others) for member in table.members)
    extract = Extract([], tuple(members))
    for table in (first, *others):
        _read_part(table, extract)
        extract.findings += table.findings
    return extract


def _read_part(table: Settled, extract: Extract) -> None:
    """Read the figures of one part of a table: counts, and what it prints of them."""
    for row, key in table.rows.items():
        for column in table.columns:
            _read_body_cell(table, extract, (row, column), key)
    for row in table.sums:
        for column in table.columns:
            _read_claim(table, extract, [(row, column)])
    for column in table.columns:
        _read_heading_figure(table, extract, (table.region.leaf, column))
    for row in table.region.totals:
        for places in _total_groups(table, row):
            _read_claim(table, extract, [(row, column) for column in places])
    for row in table.region.shares:
        for column, declared in table.columns.items():
            if declared.role in ("count", "total"):
                _read_claim(table, extract, [(row, column)], kind="share")
    for row in (*table.rows, *table.region.totals):
        for column in table.notes:
            _read_note(table, extract, (row, column))
    report_marks(table)


def _read_body_cell(table: Settled, extract: Extract, place: Place, row_key: DeclaredKey) -> None:
    """Read one cell of a member's row: a base count, or a claim about the row."""
    grid, column = table.grid, table.columns[place[1]]
    if place in grid.covered:
        if column.role == "count":
            _report_merged(table, grid.covered[place])
        return
    if column.role != "count":
        is_lone = column.joined and place not in grid.spans
        _read_claim(table, extract, _joined_rows(table, place) if is_lone else _spanned(table, place))
    elif place in grid.spans and len(_spanned(table, place)) > 1:
        if place in grid.cells:
            table.report("merged_count", place)
    else:
        _read_count(table, extract, place, row_key)


def _report_merged(table: Settled, corner: Place) -> None:
    """Report a heading or a label that is merged over counts, once; a merged figure is reported where it stands."""
    is_read = corner[1] in table.columns and corner[0] in (*table.keys, *table.region.totals)
    where = (table.grid.source(*corner),)
    if not is_read and all((item.rule, item.where) != ("merged_count", where) for item in table.findings):
        table.report("merged_count", corner, variant="label")


def _read_count(table: Settled, extract: Extract, place: Place, row_key: DeclaredKey) -> None:
    value, column = table.value(place), table.columns[place[1]]
    if value.problem:
        table.report(value.problem, place, part=value.bad_part)
    elif value.number is None and value.share is not None:
        table.report("not_a_number", place, variant="percent")
    count = Count(table.name, column.measure, column.unit, table.about(place), value.number, table.grid.source(*place))
    extract.counts.append(count)
    if table.grid.cells.get(place).__class__ is str:
        extract.texts.append(count.source)
    if value.parts or value.share is not None:
        _add_claims(table, extract, "", {**column.key, **row_key}, column, value, place)


def _read_heading_figure(table: Settled, extract: Extract, place: Place) -> None:
    """Read a figure that stands in the heading itself, as slide 14 has the total of all clients there."""
    column = table.columns[place[1]]
    if (
        column.role in ("total", "plan", "paper_total")
        and place not in table.grid.covered
        and table.value(place).number is not None
    ):
        below = [(row, place[1]) for row in table.region.totals]
        _read_claim(table, extract, [place, *below])


def _joined_rows(table: Settled, place: Place) -> list[Place]:
    """List the rows that a lone figure in a joined column is about: all, if it stands once or is repeated."""
    places = [(row, place[1]) for row in table.rows]
    contents = [table.grid.cells.get(other) for other in places]
    repeated = table.columns[place[1]].role == "plan" and len(set(map(str, contents))) == 1
    if place == places[0] and (repeated or all(content is None for content in contents[1:])):
        return places
    return [] if repeated else [place]


def _spanned(table: Settled, place: Place) -> list[Place]:
    """List the table's own places under a merged cell."""
    if place not in table.grid.spans:
        return [place]
    rows, columns = table.grid.spans[place]
    body = (*table.rows, *table.sums, *table.region.totals)
    return [
        (row, column)
        for row in range(place[0], place[0] + rows)
        for column in range(place[1], place[1] + columns)
        if column in table.columns and row in body
    ]


def _total_groups(table: Settled, row: int) -> Iterator[list[int]]:
    """Group the places of a total row that one figure speaks for, merged or standing first among blanks.

    Of totals from paper any may be left out, so that a blank beside one says nothing.
    """
    places = list(table.columns)
    taken: set[int] = set()
    joined = () if is_on_paper(table.region.label(row)) else table.spec.totals
    for joins in (total.joins for total in joined if total.joins):
        for group in joined_places([table.columns[place] for place in places], joins):
            columns = [places[index] for index in group]
            if len(columns) > 1 and not taken & set(columns) and _speaks_for_all(table, row, columns):
                taken |= set(columns)
                yield columns
    yield from ([place] for place in places if place not in taken and (row, place) not in table.grid.covered)


def _speaks_for_all(table: Settled, row: int, columns: list[int]) -> bool:
    first, *rest = [table.grid.cells.get((row, column)) for column in columns]
    if first is None or any((row, column) in table.grid.spans for column in columns):
        return False
    is_repeated = table.columns[columns[-1]].role == "total" and all(content == first for content in rest)
    return is_repeated or all(content is None for content in rest)


def _read_claim(table: Settled, extract: Extract, places: Sequence[Place], *, kind: str = "") -> None:
    """Read a total, share or plan figure, and settle what it is about: all the places it speaks for.

    `kind` is what it claims; it follows from its column where it is not given.
    """
    if not places or table.grid.cells.get(places[0]) is None:
        return
    place = places[0]
    if len(places) == 1:
        places = _spanned(table, place) or places
    column = table.columns[place[1]]
    kind = kind or ("total" if column.role in ("count", "paper_total") else column.role)
    value = _share_value(table, place) if kind == "share" else table.value(place)
    if value.problem:
        table.report(value.problem, place, part=value.bad_part)
    _add_claims(table, extract, kind, _claimed_key(table, places), column, value, place)


def _claimed_key(table: Settled, places: Sequence[Place]) -> DeclaredKey:
    """Give the key of a figure that speaks for all of these places."""
    start = {"period": calendar.Relative.QUARTER} if table.spec.rows == "month" else {}
    keys = [{**start, **table.columns[beside].key, **table.keys.get(row, {})} for row, beside in places]
    return join_keys(keys) if len(keys) > 1 else keys[0]


def _read_note(table: Settled, extract: Extract, place: Place) -> None:
    """Read a cell of a column of notes as if it stood in the cell of the figure it speaks of; words are a remark."""
    content = table.grid.cells.get(place)
    if content is None or (isinstance(content, str) and not any(letter.isdigit() for letter in content)):
        return
    if table.value(place).problem in MARKED:
        return  # reported with the other marks
    note = f"({table.text(place).strip('()')})"
    value = parse_value(f"0 {note}")
    if value.problem:
        if divides(table.text(place)) or parse_value(content).problem in PROBLEMS_OF_A_FIGURE:
            table.report("unknown_note", place, part=value.bad_part or note)
        return
    beside = (place[0], table.notes[place[1]])
    figure = table.grid.covered.get(beside, beside)
    column, key = table.columns[figure[1]], _claimed_key(table, _spanned(table, figure) or [beside])
    text, source = f"{table.text(figure)} {note}".strip(), table.grid.source(*figure)
    extract.note_cells[source] = table.grid.source(*place)
    for dimension, code, part in value.parts:
        about = table.real_key({**key, dimension: code})
        extract.claims.append(Claim(table.name, column.measure, column.unit, about, float(part), source, "note", text))


def _add_claims(
    table: Settled, extract: Extract, kind: str, key: DeclaredKey, column: Column, value: Value, place: Place
) -> None:
    """Add what a cell claims: a total or plan figure, a share, the parts of its note."""
    text, source = table.text(place), table.grid.source(*place)
    is_below = place[0] in table.region.totals and is_on_paper(table.region.label(place[0]))
    on_paper = is_below or column.role == "paper_total"
    for claimed, figure, part in _claims(kind, value):
        about = table.real_key({**key, **part})
        claim = Claim(table.name, column.measure, column.unit, about, float(figure), source, claimed, text, on_paper)
        extract.claims.append(claim)


def _claims(kind: str, value: Value) -> Iterator[tuple[str, float, Key]]:
    """List the claims of one value, as (kind, figure, the part of the key that its note names)."""
    if kind not in ("", "share") and value.number is not None:
        yield kind, value.number, {}
    if value.share is not None:
        yield "share", value.share, {}
    for dimension, code, part in value.parts:
        yield "note", part, {dimension: code}


def _share_value(table: Settled, place: Place) -> Value:
    """Read a cell of a percent column: 6% and 6 are 6 %; where no figure is above 1, all are fractions of 1."""
    value, content = table.value(place), table.grid.cells[place]
    if value.share is not None or value.problem in MARKED:
        return value
    figure = _as_float(content)
    if figure is None or figure < 0:
        return value
    figures = (_as_float(table.grid.cells.get((row, place[1]))) for row in (*table.rows, *table.region.totals))
    are_fractions = max((other for other in figures if other is not None), default=0) <= 1
    return Value(share=figure if are_fractions else figure / 100)


def _as_float(content: Content | None) -> float | None:
    if isinstance(content, str):
        content = plain(content).replace(",", ".")
        return float(content) if re.fullmatch(r"\d+(\.\d+)?", content) else None
    return float(content) if isinstance(content, int | float) and not isinstance(content, bool) else None
