"""A quarter → the workbook to type it into, laid out from the same declarations that read it.

Totals and shares are formulas with their results stored beside them, so a workbook filled by a program reads at once.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import pandas as pd

from ..excel.narrative import SectionPlace
from ..model import period as calendar
from ..model.catalogue import CATALOGUE
from . import about, checks_sheet, lists, narrative_sheet
from .checks import Check, Settled
from .layout import Page, lay_out, values_of
from .pen import Pen
from .sheets import write_page
from .style import FORMATS

MADE = datetime(2000, 1, 1)
"""The date in every new workbook's properties: the same workbook is the same file."""


@dataclass(frozen=True, eq=False)
class Draft:
    """Everything a new workbook is made of.

    `source` names the workbook that given figures come from, `names` what its open lists called their new members,
    `headings` the sections of its sentences (None: no sheet for sentences). `told` is what a person who makes the
    workbook should know of it, a line each; it stands nowhere in the workbook.
    """

    pages: Sequence[Page]
    language: str = "en"
    banner: str = ""
    checks: Sequence[Check] = ()
    source: str = ""
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    headings: Sequence[SectionPlace] | None = None
    told: tuple[str, ...] = ()


def new_workbook(
    period: str, *, counts: pd.DataFrame | None = None, plan: int | None = None, language: str = "en", banner: str = ""
) -> bytes:
    """Write a quarter's workbook: a sheet `About` and one sheet for each table.

    `counts`, a frame of the contract, fills the entry cells; names that an open list lacks get a row, and what it does
    not have stays blank. `plan` is the year's plan, in people. `banner` is shown on every sheet above the title.
    Raise ValueError for a period that is no quarter, or an unknown language.
    """
    return write_workbook(Draft(lay_out_pages(period, counts, plan), language, banner))


def lay_out_pages(period: str, counts: pd.DataFrame | None = None, plan: int | None = None) -> list[Page]:
    """Lay every table of the catalogue out with its values."""
    calendar.split_quarter(period)
    pages = []
    for spec in CATALOGUE:
        values = {} if counts is None else values_of(counts, spec.name)
        year = frozenset({("period", period[:4])})
        values |= {(column.measure, column.unit, year): plan for column in spec.columns if column.role == "plan"}
        pages.append(lay_out(spec, period, values))
    return pages


def write_workbook(draft: Draft) -> bytes:
    """Write a drafted workbook; a sheet `Checks` where it has checks, `Narrative` where it has headings."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": MADE})
    _write_sheets(_add_sheets(book, draft), _pen(book, draft), draft)
    book.close()
    return buffer.getvalue()


def _pen(book, draft: Draft) -> Pen:
    formats = {name: book.add_format(shape) for name, shape in FORMATS.items()}
    return Pen(formats, draft.language, draft.pages[0].quarter, draft.banner, draft.source)


def _write_sheets(sheets: Mapping, pen: Pen, draft: Draft) -> None:
    names, sums = _write_lists(sheets[lists.SHEET], pen, draft)
    for page in draft.pages:
        write_page(sheets[page.sheet], pen, page, names=names.get(page.spec.name, ""))
    if draft.headings is not None:
        narrative_sheet.write_narrative(sheets[narrative_sheet.SHEET], pen, draft.headings)
    about.write_about(sheets[about.SHEET], pen, _write_checks(sheets, pen, draft, sums) if draft.checks else None)


def _add_sheets(book, draft: Draft) -> dict:
    """Add the sheets in the order they are shown in."""
    names = [about.SHEET, *(page.sheet for page in draft.pages)]
    names += [narrative_sheet.SHEET] if draft.headings is not None else []
    names += [checks_sheet.SHEET] if draft.checks else []
    sheets = {name: book.add_worksheet(name) for name in (*names, lists.SHEET)}
    sheets[lists.SHEET].hide()
    return sheets


def _write_lists(sheet, pen: Pen, draft: Draft) -> tuple[dict[str, str], dict[str, lists.NoteSums]]:
    sums = lists.write_notes(sheet, pen, draft.pages)
    return lists.write_names(sheet, pen, draft.pages, draft.names), sums


def _write_checks(sheets: Mapping, pen: Pen, draft: Draft, sums: Mapping[str, lists.NoteSums]):
    """Write the checks, let the cells in question turn red, and say on one line what is open."""
    by_table = {page.spec.name: page for page in draft.pages}
    settled = [Settled(check, by_table) for check in draft.checks]
    lines = checks_sheet.lines_of(pen, settled, draft.pages, sums)
    checks_sheet.write_checks(sheets[checks_sheet.SHEET], pen, lines, draft.pages)
    for page in draft.pages:
        checks_sheet.redden_slips(sheets[page.sheet], pen, page)
        checks_sheet.redden(sheets[page.sheet], pen, page, lines)
        if page.spec.name in sums:
            checks_sheet.redden_notes(sheets[page.sheet], pen, sums[page.spec.name])
    return checks_sheet.summary(pen, lines, draft.pages)
