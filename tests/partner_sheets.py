"""Small workbooks of one table, with formulas as Excel stores them: quicker than a whole quarter."""

import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from xlsxwriter import Workbook

from ccpcr_lib.forms.finish import finish

HEAD = (["Cases referred to partner NGOs in 2010"], [], ["Names of NGOs", "Apr", "May", "Jun", "Total"])
SUM = "=SUM(B4:D4)"
SECOND_ROW = ["CWDA", 0, 1, 0, 1]


def written(folder: Path, name: str, rows: Iterable[Sequence[object]]) -> Path:
    """A workbook of one sheet; (formula, result) is a formula as Excel stores it."""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet("Partners")
    for row, contents in enumerate(rows):
        for column, content in enumerate(contents):
            if isinstance(content, tuple):
                sheet.write_formula(row, column, content[0], None, content[1])
            else:
                sheet.write(row, column, content)
    (folder / name).write_bytes(finish(book, buffer))
    return folder / name


def partners(folder: Path, name: str, *rows: Sequence[object]) -> Path:
    """A workbook of partner referrals."""
    return written(folder, name, (*HEAD, *rows))
