"""The quarter's workbook with other sentences, and the findings at its sentences."""

import openpyxl
from workbooks import WORKBOOK

from ccpcr_lib import load


def found(path):
    """List the findings at sentences, as (rule, severity, cells)."""
    return [(item.rule, item.severity, item.where) for item in load(path).problems if item.where[0].startswith("Narr")]


def with_sentences(folder, rows, *, sheet="Narrative", at=(3, 1), name="2010-Q2.xlsx"):
    """Copy the workbook with other sentences: rows below headings, anywhere on a sheet of any name."""
    book = openpyxl.load_workbook(WORKBOOK)
    book.remove(book["Narrative"])
    page = book.create_sheet(sheet)
    for down, row in enumerate(rows):
        for right, content in enumerate(row):
            page.cell(at[0] + down, at[1] + right, content)
    book.save(folder / name)
    return folder / name
