"""A settled table → warnings where its figures may be of something else: its title says so, or all are of some people.

Such a table is read all the same: nobody but the officer can know what was meant.
"""

from collections.abc import Iterable

from ..model.codelist import codelist
from ..model.column import DeclaredKey
from ..model.table import DIMENSIONS
from ..model.wording import table_title
from .file.address import Place
from .heading import PEOPLE, place_naming
from .settle_rows import label_place
from .settled import Settled
from .titles import says_beside


def report_doubts(table: Settled) -> None:
    """Report a title that speaks of another thing, and a group of people that stands over all figures."""
    _report_title(table)
    _report_only_some(table)


def _report_title(table: Settled) -> None:
    """Report a title that says “planned”, “percent” or “fees” where no column of the table is headed so."""
    title = table.recognised.title
    if title is None:
        return
    said = {code for heading in table.recognised.headings.values() for level in heading.own for _, code in level}
    words = says_beside(str(table.grid.at(*title)), table.name, said)
    if words:
        table.report("title_says_more", title, words=words, title=table_title(table.name))


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
