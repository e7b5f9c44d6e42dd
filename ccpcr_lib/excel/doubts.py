"""A settled table → warnings where its figures may be of something else: its title says so, or all are of one group.

Such a table is read all the same: nobody but the officer can know what was meant.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence

from ..model import period as calendar
from ..model.codelist import codelist, fold
from ..model.column import DeclaredKey
from ..model.table import DIMENSIONS, ROW_AXES, Column
from ..model.wording import table_title
from .file.address import Place
from .file.grid import Content
from .heading import PEOPLE, place_naming
from .labels import mentions
from .named_periods import other_span
from .other_things import other_things, says_only_other_things
from .settle_rows import label_place
from .settled import Settled
from .titles import titles_in

MAX_TITLE = 100
"""What is longer is a sentence: it says what is counted and what is not."""
OfSheet = tuple[Place, Content | None, bool]
"""A cell, a text that stands there, and whether it is the name of the sheet instead."""


def report_doubts(parts: Sequence[Settled]) -> None:
    """Report a title that speaks of another thing or time, and a group of people that stands over all figures."""
    for table in parts:
        _report_title(table)
        _report_time(table)
    for kind in PEOPLE:
        _report_only_some(parts, kind)


def _report_title(table: Settled) -> None:
    """Report a title, a heading or the name of a sheet that says “planned” or “fees” where no column is headed so."""
    headings = table.recognised.headings.values()
    known = {code for heading in headings for level in heading.own for _, code in level}
    known |= {column.role for column in table.columns.values()}
    for place, text, is_sheet in _titles(table):
        words = _says_beside(text, table.name, known) if isinstance(text, str) else ""
        if words and not (is_sheet and _is_free_name(str(text), table.name)):
            _report(table, "title_says_more", place, is_sheet=is_sheet, printed=str(text), words=words)
            return


def _report_time(table: Settled) -> None:
    """Report a title, or the name of a sheet or of a total, that speaks of another time than one quarter."""
    title, region = table.recognised.title, table.region
    texts: list[OfSheet] = [(title, table.grid.cells[title], False)] if title else []
    texts += [(label_place(table, row), region.label(row), False) for row in region.totals]
    before = any(column.key.get("period") is calendar.Relative.PREVIOUS for column in table.columns.values())
    own = {int(calendar.previous(table.quarter)[-1]), int(table.quarter[-1])} if before else set()
    for place, text, is_sheet in (*texts, ((region.top, region.stub), table.grid.name, True)):
        is_short = isinstance(text, str) and len(text) <= MAX_TITLE
        words, quarters = other_span(str(text)) if is_short else ("", frozenset())
        if quarters and quarters != own:
            fields = {"printed": str(text), "words": words, "expected": table.quarter}
            _report(table, "other_time", place, is_sheet=is_sheet, **fields)
            return


def _report(table: Settled, rule: str, place: Place, *, is_sheet: bool = False, **fields: str) -> None:
    table.report(rule, place, variant="sheet" if is_sheet else "", title=table_title(table.name), **fields)


def _titles(table: Settled) -> Iterator[OfSheet]:
    """Give the texts over a table's counts, each with its cell; the sheet's name at the table's first cell.

    A row without figures stands over those below it.
    """
    region, cells = table.region, table.grid.cells
    counts = [column for column, declared in table.columns.items() if declared.role == "count"]
    heading = range(region.top, region.leaf + 1)
    heads = [(row, column) for row in heading for column in (*region.label_columns, *counts)]
    known = table.recognised.members
    blocks = [row for row in region.rows[:-1] if not (region.has_figures(row) or known.get(row))]
    for place in (table.recognised.title, *heads, *(label_place(table, row) for row in blocks)):
        if place and isinstance(text := cells.get(place), str) and len(text) <= MAX_TITLE and not _heads_rows(text):
            yield place, text, False
    yield (region.top, region.stub), table.grid.name, True


def _heads_rows(text: str) -> bool:
    """Check whether a text heads the labels of rows: the Khmer of a destination is also that of a target."""
    return any(kind == "heading" and code in ROW_AXES for kind, code in mentions(text))


def _is_free_name(sheet: str, table: str) -> bool:
    """Check whether a sheet's name is a name somebody gave it: “Plan vs actual”; neither “Plan” nor “Planned visits”."""
    return not says_only_other_things(sheet) and table not in titles_in(fold(sheet))


def _says_beside(text: str, table: str, headed: Collection[str]) -> str:
    """Give the first words in which a text says that a table's figures are another thing; empty where none does.

    What the table has columns for (`headed`), and what its own titles say, is no other thing.

    >>> _says_beside("Family visits (planned)", "family_visits", ()), _says_beside("Family visits", "family_visits", ())
    ('planned', '')
    """
    found = other_things(text)
    if not found:
        return ""
    member = codelist("tables").members[table]
    known = other_things(" ".join((member.label_en, member.label_km, *member.aliases)))
    is_headed = {thing: thing in headed for thing in found}
    is_headed |= {"some": not {"F", "M"}.isdisjoint(headed), "but": True}
    return next((words for thing, words in found.items() if not is_headed[thing] and thing not in known), "")


def _report_only_some(parts: Sequence[Settled], kind: str) -> None:
    """Report a table that speaks of the same people everywhere, girls alone, and is declared to speak of all."""
    first = parts[0]
    if kind == first.spec.rows or any(kind in column.key for column in first.spec.counts):
        return
    headed = [(table, place, column) for table in parts for place, column in _counts(table)]
    labelled = [(table, row, key) for table in parts for row, key in table.rows.items()]
    if _one_group(kind, (column.key for _, _, column in headed)):
        table, column, _ = headed[0]
        _report(table, "only_some", place_naming(table.region, column, kind))
    elif group := _one_group(kind, (key for _, _, key in labelled)):
        table, row, _ = labelled[0]
        place, printed = label_place(table, row), codelist(DIMENSIONS[kind]).label(group)
        table.report("only_some", place, variant="rows", printed=printed, title=table_title(table.name))


def _counts(table: Settled) -> list[tuple[int, Column]]:
    return [(place, column) for place, column in table.columns.items() if column.role == "count"]


def _one_group(kind: str, keys: Iterable[DeclaredKey]) -> str:
    """Give the one code of a kind that all keys have; empty where there is none."""
    groups = {key.get(kind) for key in keys}
    return str(groups.pop() or "") if len(groups) == 1 else ""
