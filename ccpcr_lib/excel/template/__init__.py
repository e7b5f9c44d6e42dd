"""A quarter → the workbook to type it into, laid out from the same declarations that read it.

Totals and shares are formulas with their results stored beside them, so a workbook filled by a program reads at once.
"""

import io
from datetime import datetime

import pandas as pd

from ...model import period as calendar
from ...model.catalogue import CATALOGUE
from .about import write_about
from .layout import Page, lay_out, values_of
from .sheets import Pen, write_page
from .style import FORMATS

MADE = datetime(2000, 1, 1)
"""The date in every new workbook's properties: the same workbook is the same file."""


def new_workbook(
    period: str, *, counts: pd.DataFrame | None = None, plan: int | None = None, language: str = "en", banner: str = ""
) -> bytes:
    """Write a quarter's workbook: a sheet `About` and one sheet for each table.

    `counts`, a frame of the contract, fills the entry cells; names that an open list lacks get a row, and what it does
    not have stays blank. `plan` is the year's plan, in people. `banner` is shown on every sheet above the title.
    Raise ValueError for a period that is no quarter, or an unknown language.
    """
    calendar.split_quarter(period)
    pages = lay_out_pages(period, counts, plan)
    return _write(pages, period, language, banner)


def lay_out_pages(period: str, counts: pd.DataFrame | None, plan: int | None) -> list[Page]:
    """Lay every table of the catalogue out with its values."""
    pages = []
    for spec in CATALOGUE:
        values = {} if counts is None else values_of(counts, spec.name)
        year = frozenset({("period", period[:4])})
        values |= {(column.measure, column.unit, year): plan for column in spec.columns if column.role == "plan"}
        pages.append(lay_out(spec, period, values))
    return pages


def _write(pages: list[Page], period: str, language: str, banner: str) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": MADE})
    pen = Pen({name: book.add_format(shape) for name, shape in FORMATS.items()}, language, banner)
    write_about(book.add_worksheet("About"), pen, period)
    for page in pages:
        write_page(book.add_worksheet(page.sheet), pen, page)
    book.close()
    return buffer.getvalue()
