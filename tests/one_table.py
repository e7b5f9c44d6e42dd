"""A workbook of one table, typed wrongly at one place, beside a table that nothing is wrong with; and how it is read.

Each stands on a sheet of its own: its title in A1, its headings from A2. `cell` names a place of the picture there.
"""

from collections.abc import Iterable
from functools import cache
from itertools import product
from pathlib import Path

import openpyxl
from counted import as_records
from layout_typing import Layout, Typing
from layout_writer import picture_of
from pictures import Picture, Place, name_of, stamp
from truth import Q1_2013, Q2_2010, Q4_2011

from ccpcr_lib.excel.reader import Reading, read_workbook

STYLES = {"en": {}, "km": {"labels": "khmer", "months": "khmer"}}
"""Language → how labels are typed."""
SHEET, OTHER = "Report", "Other"
TRUTH_IDS = {truth.period: truth for truth in (Q2_2010, Q4_2011, Q1_2013)}


def cases(*tables: str, of: Iterable[tuple] = ((),)) -> list[tuple]:
    """List every case with every table, for each of the truths, by name: period, table, then the case itself."""
    return [(period, table, *case) for (period, table), case in product(product(TRUTH_IDS, tables), of)]


def typing_of(period: str, language: str = "en") -> Typing:
    return Typing(TRUTH_IDS[period], Layout(**STYLES[language]))


@cache
def drawn(period: str, table: str, language: str = "en", **style: object) -> Picture:
    """Draw a table of a truth, without row numbers and percents."""
    layout = Layout(numbered=False, share="none", **STYLES[language], **style)
    return picture_of(TRUTH_IDS[period], layout, table)


def written(folder: Path, period: str, table: str, picture: Picture) -> tuple[Path, dict[str, tuple]]:
    """Write a picture on its sheet, and another table on another; give the path, and cell → count."""
    book = openpyxl.Workbook()
    book.active.title = SHEET
    _, counts = stamp(book.active, picture, (1, 1))
    other = "education" if table == "family_visits" else "family_visits"
    counts |= stamp(book.create_sheet(OTHER), drawn(period, other), (1, 1))[1]
    book.save(folder / f"{period}.xlsx")
    return folder / f"{period}.xlsx", counts


def read(folder: Path, period: str, table: str, picture: Picture) -> tuple[Reading, dict[str, tuple]]:
    """Write a picture and read it; give the reading, and cell → count as it was typed."""
    path, counts = written(folder, period, table, picture)
    return read_workbook(path), counts


def cell(place: Place) -> str:
    """Name a place of a picture by its cell on its sheet."""
    return f"{SHEET}!{name_of(*place, (2, 1))}"


def leaf(picture: Picture, number: int) -> Place:
    """Find the lowest heading of one column of counts."""
    row, columns = picture.rows.count("head") - 1, [at for at, role in enumerate(picture.columns) if role == "count"]
    while (row, columns[number]) not in picture.cells:
        row -= 1
    return row, columns[number]


# --- what is asked of a reading ---


def severities_at(reading: Reading, *cells: str) -> set[str]:
    """Give the severities of what is found at any of these cells."""
    return {item.severity for item in reading.findings if set(cells) & set(item.where)}


def messages_at(reading: Reading, at: str) -> str:
    return "\n".join(item.message for item in reading.findings if at in item.where)


def troubles(reading: Reading) -> list[str]:
    """List what was found with the tables that are there, notes apart."""
    return [item.message for item in reading.findings if item.severity != "note" and item.rule != "missing_table"]


def counts_of(reading: Reading) -> dict[str, tuple]:
    """Give cell → count."""
    return dict(zip(reading.counts["source"], as_records(reading.counts), strict=True))


def assert_nothing_else_is_counted(reading: Reading, typed: dict[str, tuple]) -> None:
    """Every count that was read stands in its own cell, as it was typed; some may be missing."""
    assert {at: it for at, it in counts_of(reading).items() if typed.get(at) != it} == {}
