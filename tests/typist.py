"""Types figures into a new workbook as a person would: into its open cells, new names into the free rows.

The workbook is saved without any stored result, so that what is read of it LibreOffice has calculated.
"""

import io
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

import openpyxl
from python_calamine import CalamineWorkbook
from truth import Truth, records

from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.forms.layout import EntrySheet, Field
from ccpcr_lib.forms.workbook import Draft, write_workbook

FIELDS = ("period", "case_type", "sex", "age_band", "category")


@cache
def drafted(period: str, language: str = "en", *, has_checks: bool = True) -> Draft:
    """Draft the new workbook of a quarter; without its sheet Checks LibreOffice takes half as long."""
    draft = draft_from(period, Path("new.xlsx"), language=language, plan=60)
    return draft if has_checks else replace(draft, checks=())


@cache
def _written(draft: Draft) -> bytes:
    """Write a draft once, however often it is typed into."""
    return write_workbook(draft)


def typed(path: Path, draft: Draft, truth: Truth, *, notes: Mapping[str, object] | None = None) -> Path:
    """Write a drafted workbook, type a quarter's counts into it, then `notes` (``Sheet!A1`` → content), and save."""
    book = openpyxl.load_workbook(io.BytesIO(_written(draft)))
    for laid in draft.sheets:
        _type_table(book[laid.name], laid, [record for record in records(truth) if record[0] == laid.table])
    for address, content in (notes or {}).items():
        sheet, _, cell = address.rpartition("!")
        book[sheet][cell] = content
    book.save(path)
    return path


def check_lines(path: Path) -> list[tuple[str, str, str]]:
    """Read the lines of a workbook's sheet Checks below its second heading: table, sentence, state."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Checks").to_python(skip_empty_area=False)
    lines = [(row[0], row[1], row[5]) for row in rows if row[3] and row[3] in "=≤≥⇔≠"]
    assert len(lines) > 100
    return lines


def _type_table(sheet, laid: EntrySheet, rows: Iterable[tuple]) -> None:
    free = [item for item in laid.fields if item.slot.role == "stub" and item.is_free]
    named: dict[str, str] = {}
    cells = {item.stands_for: item for item in laid.counts}
    for _, measure, *codes, unit, value in rows:
        key = {name: code for name, code in zip(FIELDS, codes, strict=True) if code is not None}
        if key.get("category", laid.members[0]) not in laid.members:
            name = key["category"]
            if name not in named:
                stub = free[len(named)]
                named[name] = stub.slot.text.code
                _type(sheet, stub, name)
            key["category"] = named[name]
        _type(sheet, cells[measure, unit, frozenset(key.items())], value)


def _type(sheet, item: Field, content: object) -> None:
    cell = sheet.cell(item.row + 1, item.column + 1, content)
    assert not cell.protection.locked, f"{sheet.title}!{cell.coordinate} is locked"
