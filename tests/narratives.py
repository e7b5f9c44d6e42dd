"""The quarter's workbook with other sentences, and the findings at its sentences."""

from workbooks import opened

from ccpcr_lib import load

OWN_QUESTION = ("unlisted", "note", ("Narrative!C40",))
"""What is asked of the real quarter's sentences: no table has the “business management” of slide 23."""


def found(path):
    """List the findings at sentences, as (rule, severity, cells), but for the real quarter's own question."""
    told = [(item.rule, item.severity, item.where) for item in load(path).problems]
    return [item for item in told if item[2][0].startswith("Narr") and item != OWN_QUESTION]


def with_sentences(folder, rows, *, sheet="Narrative", at=(3, 1), name="2010-Q2.xlsx"):
    """Copy the workbook with other sentences: rows below headings, anywhere on a sheet of any name."""
    book = opened()
    book.remove(book["Narrative"])
    page = book.create_sheet(sheet)
    for down, row in enumerate(rows):
        for right, content in enumerate(row):
            page.cell(at[0] + down, at[1] + right, content)
    book.save(folder / name)
    return folder / name
