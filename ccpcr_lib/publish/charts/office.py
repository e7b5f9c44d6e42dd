"""Small Office packages made the same way each time: the workbook behind a chart, and any package with fixed times."""

import io
import re
import zipfile
from datetime import datetime

from .plot import Plot, row_name, series_name

FIRST_TIME = (1980, 1, 1, 0, 0, 0)
MADE = datetime(2000, 1, 1)
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(<)")
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
"""How workbooks are written: a text that begins like a formula, a link or a number is that text."""


def plotted_workbook(plot: Plot) -> bytes:
    """Write the workbook behind a native chart: the plotted rows and series, every label as text."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, PLAIN)
    book.set_properties({"created": MADE})
    sheet = book.add_worksheet("Sheet1")
    for row, member in enumerate(plot.rows, 1):
        sheet.write_string(row, 0, row_name(plot, member))
    for place, column in enumerate(plot.columns):
        sheet.write_string(0, place + 1, series_name(plot, column))
        for row, mark in enumerate(plot.column(place), 1):
            if mark.number is not None:
                sheet.write_number(row, place + 1, mark.number)
    book.close()
    return same_bytes(buffer.getvalue())


def same_bytes(package: bytes) -> bytes:
    """Pack an Office file anew with sorted parts and fixed times, those of the workbooks inside it included."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            part = zipfile.ZipInfo(name, FIRST_TIME)
            part.compress_type, part.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            new.writestr(part, _fixed(name, old.read(name)))
    return buffer.getvalue()


def _fixed(name: str, content: bytes) -> bytes:
    if name == "docProps/core.xml":
        return _TIMES.sub(rb"\g<1>" + MADE.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\2", content)
    return content
