"""A plot → the workbook behind its native chart, which holds what it plots and nothing else."""

import io

from ...excel.file.pack import packed
from .plot import Plot, row_name, series_name

PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""How workbooks are written: a text that begins like a formula, a link or a number is that text."""


def plotted_workbook(plot: Plot) -> bytes:
    """Write the workbook behind a native chart: the plotted rows and series, every label as text."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, PLAIN)
    sheet = book.add_worksheet("Sheet1")
    for row, member in enumerate(plot.rows, 1):
        sheet.write_string(row, 0, row_name(plot, member))
    for place, column in enumerate(plot.columns):
        sheet.write_string(0, place + 1, series_name(plot, column))
        for row, mark in enumerate(plot.column(place), 1):
            if mark.number is not None:
                sheet.write_number(row, place + 1, mark.number)
    book.close()
    return packed(buffer.getvalue())
