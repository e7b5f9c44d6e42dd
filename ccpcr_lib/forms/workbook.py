"""A quarter → the workbook to type it into, laid out from the same declarations that read it.

Totals and shares are formulas with their results stored beside them, so a workbook filled by a program reads at once.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from ..excel.file.pack import Properties
from ..excel.narrative import SectionPlace
from ..model import period as calendar
from ..model.catalogue import CATALOGUE
from ..model.wording import quarter_label
from ..words import in_language, languages_of, say
from . import about, checks_sheet, lists, narrative_sheet
from .checks import Check, SettledCheck
from .finish import finish
from .formulas import Formula
from .layout import EntrySheet, lay_out, values_of
from .pen import Page, Pen
from .sheets import write_sheet
from .style import FORMATS, at_least


@dataclass(frozen=True, eq=False)
class Draft:
    """Everything a new workbook is made of.

    `source` names the workbook that given figures come from, `names` what its open lists called their new members,
    `section_places` the sections of its sentences (None: no sheet for sentences). `remarks` are what a person who makes
    the workbook should know of it, a line each; they stand nowhere in the workbook.
    """

    sheets: Sequence[EntrySheet]
    language: str = "en"
    banner: str = ""
    checks: Sequence[Check] = ()
    source: str = ""
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)
    section_places: Sequence[SectionPlace] | None = None
    remarks: tuple[str, ...] = ()


def new_workbook(
    period: str, *, counts: pd.DataFrame | None = None, plan: int | None = None, language: str = "en", banner: str = ""
) -> bytes:
    """Write a quarter's workbook: a sheet `About` and one sheet for each table.

    `counts`, a frame of the contract, fills the entry cells; names that an open list lacks get a row, and what it does
    not have stays blank. `plan` is the year's plan, in people. `banner` is shown on every sheet above the title.
    Raise ValueError for a period that is no quarter, or an unknown language.
    """
    return write_workbook(Draft(lay_out_sheets(period, counts, plan), language, banner))


def lay_out_sheets(period: str, counts: pd.DataFrame | None = None, plan: int | None = None) -> list[EntrySheet]:
    """Lay every table of the catalogue out with its values."""
    calendar.split_quarter(period)
    sheets = []
    for spec in CATALOGUE:
        values = {} if counts is None else values_of(counts, spec.name)
        year = frozenset({("period", period[:4])})
        values |= {(column.measure, column.unit, year): plan for column in spec.columns if column.role == "plan"}
        sheets.append(lay_out(spec, period, values))
    return sheets


def write_workbook(draft: Draft) -> bytes:
    """Write a drafted workbook; a sheet `Checks` where it has checks, `Narrative` where it has places for sentences."""
    buffer = io.BytesIO()
    workbook = Workbook(buffer, {"in_memory": True})
    _write_sheets(_add_worksheets(workbook, draft), _pen(workbook, draft), draft)
    return finish(workbook, buffer, _properties(draft))


def _properties(draft: Draft) -> Properties:
    """Give what the workbook says of itself: what it is, and of which quarter."""
    quarter = draft.sheets[0].quarter
    named = in_language(draft.language, partial(quarter_label, quarter))
    return Properties(say("report_title", draft.language), named, quarter, language=draft.language)


def _pen(workbook: Workbook, draft: Draft) -> Pen:
    is_bilingual = len(languages_of(draft.language)) > 1
    words = "≥ " if is_bilingual else say("number_at_least", draft.language, least="")
    shapes = FORMATS | {"least": FORMATS["least"] | at_least(words)}
    formats = {name: workbook.add_format(shape) for name, shape in shapes.items()}
    return Pen(formats, draft.language, draft.sheets[0].quarter, draft.banner, draft.source)


def _add_worksheets(workbook: Workbook, draft: Draft) -> dict[str, Worksheet]:
    """Add the sheets in the order they are shown in; give them by name."""
    names = [about.SHEET, *(sheet.name for sheet in draft.sheets)]
    names += [narrative_sheet.SHEET] if draft.section_places is not None else []
    names += [checks_sheet.SHEET] if draft.checks else []
    worksheets = {name: workbook.add_worksheet(name, Page) for name in (*names, lists.SHEET)}
    worksheets[lists.SHEET].hide()
    return worksheets


def _write_sheets(worksheets: Mapping[str, Worksheet], pen: Pen, draft: Draft) -> None:
    sums = lists.write_notes(worksheets[lists.SHEET], pen, draft.sheets)
    names = lists.write_names(worksheets[lists.SHEET], pen, draft.sheets, draft.names)
    for sheet in draft.sheets:
        write_sheet(worksheets[sheet.name], pen, sheet, names=names.get(sheet.table, ""))
    if draft.section_places is not None:
        narrative_sheet.write_narrative(worksheets[narrative_sheet.SHEET], pen, draft.section_places)
    summary = _write_checks(worksheets, pen, draft, sums) if draft.checks else None
    about.write_about(worksheets[about.SHEET], pen, summary)


def _write_checks(
    worksheets: Mapping[str, Worksheet], pen: Pen, draft: Draft, sums: Mapping[str, lists.NoteSums]
) -> Formula:
    """Write the checks, let the cells in question turn red, and give on one line what is open."""
    by_table = {sheet.table: sheet for sheet in draft.sheets}
    settled = [SettledCheck(check, by_table) for check in draft.checks]
    lines = checks_sheet.lines_of(pen, settled, draft.sheets, sums)
    checks_sheet.write_checks(worksheets[checks_sheet.SHEET], pen, lines, draft.sheets)
    for sheet in draft.sheets:
        checks_sheet.redden_slips(worksheets[sheet.name], pen, sheet)
        checks_sheet.redden(worksheets[sheet.name], pen, sheet, lines)
        if sheet.table in sums:
            checks_sheet.redden_notes(worksheets[sheet.name], pen, sums[sheet.table])
    return checks_sheet.summary(pen, lines, draft.sheets)
