"""A settled table → warnings where its figures may be of something else: its title says so, or all are of one group.

Such a table is read all the same: nobody but the officer can know what was meant.
"""

from collections.abc import Iterable, Iterator

from ..model.codelist import codelist
from ..model.column import DeclaredKey
from ..model.table import DIMENSIONS, ROW_AXES
from ..model.wording import table_title
from .file.address import Place
from .file.grid import Content
from .heading import PEOPLE, place_naming
from .labels import mentions
from .named_periods import other_span
from .settle_rows import label_place
from .settled import Settled
from .titles import says_beside

MAX_TITLE = 100
"""What is longer is a sentence: it says what is counted and what is not."""


def report_doubts(table: Settled) -> None:
    """Report a title that speaks of another thing or time, and a group of people that stands over all figures."""
    _report_title(table)
    _report_time(table)
    _report_only_some(table)


def _report_title(table: Settled) -> None:
    """Report a title, a heading or the name of a sheet that says “planned” or “fees” where no column is headed so."""
    known = {code for heading in table.recognised.headings.values() for level in heading.own for _, code in level}
    for place, text in _titles(table):
        words = says_beside(text, table.name, known)
        if words:
            table.report("title_says_more", place, printed=text, words=words, title=table_title(table.name))
            return


def _report_time(table: Settled) -> None:
    """Report a title, or the name of a sheet or of a total, that speaks of another time than one quarter."""
    title, region = table.recognised.title, table.region
    texts: list[tuple[Place, Content | None]] = [(title, table.grid.cells[title])] if title else []
    texts += [(label_place(table, row), region.label(row)) for row in region.totals]
    for place, text in (*texts, ((region.top, region.stub), table.grid.name)):
        words, quarters = other_span(text) if isinstance(text, str) else ("", ())
        if quarters:
            fields = {"words": words, "expected": table.quarter, "title": table_title(table.name)}
            table.report("other_time", place, printed=str(text), **fields)
            return


def _titles(table: Settled) -> Iterator[tuple[Place, str]]:
    """Give the texts over a table's counts, each with its cell; the sheet's name at the table's first cell.

    A row without figures stands over those below it.
    """
    region, cells = table.region, table.grid.cells
    counts = [column for column, declared in table.columns.items() if declared.role == "count"]
    heads = [(row, column) for row in range(region.top, region.leaf + 1) for column in (*region.stubs, *counts)]
    known = table.recognised.members
    blocks = [row for row in region.rows[:-1] if not (region.has_figures(row) or known.get(row))]
    for place in (table.recognised.title, *heads, *(label_place(table, row) for row in blocks)):
        if place and isinstance(text := cells.get(place), str) and len(text) <= MAX_TITLE and not _heads_rows(text):
            yield place, text
    yield (region.top, region.stub), table.grid.name


def _heads_rows(text: str) -> bool:
    """Check whether a text heads the labels of rows: the Khmer of a destination is also that of a target."""
    return any(kind == "heading" and code in ROW_AXES for kind, code in mentions(text))


def _report_only_some(table: Settled) -> None:
    """Report a table that speaks of the same people everywhere, girls alone, and is declared to speak of all."""
    counts = {place: column for place, column in table.columns.items() if column.role == "count"}
    declared = {table.spec.rows, *(kind for column in table.spec.counts for kind in column.key)}
    for kind in PEOPLE:
        if kind in declared:
            continue
        if _one_group(kind, [column.key for column in counts.values()]):
            _report_group(table, place_naming(table.region, min(counts), kind))
        elif group := _one_group(kind, table.rows.values()):
            _report_group(table, label_place(table, min(table.rows)), printed=codelist(DIMENSIONS[kind]).label(group))


def _one_group(kind: str, keys: Iterable[DeclaredKey]) -> str:
    """Give the one code of a kind that all keys have; empty where there is none."""
    groups = {key.get(kind) for key in keys}
    return str(groups.pop() or "") if len(groups) == 1 else ""


def _report_group(table: Settled, place: Place, **fields: str) -> None:
    table.report("only_some", place, title=table_title(table.name), **fields)
