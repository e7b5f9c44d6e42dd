"""An open workbook → its bytes, as a program that has calculated it would save them.

XlsxWriter asks every program to calculate its files anew, and leaves out that a result is an empty text. Here all
results are stored, and nothing is asked.
"""

import io
import zipfile

from xlsxwriter import Workbook

BLANK_RESULT = " "
"""What stands for an empty text while the workbook is open: XlsxWriter stores an empty one as no result."""
_WRITTEN, _SAVED = b"</f><v> </v>", b"</f><v></v>"


def finish(workbook: Workbook, buffer: io.BytesIO) -> bytes:
    """Close a workbook that is written into a buffer, and give its bytes; the same workbook gives the same bytes."""
    workbook.calc_on_load = False
    workbook.close()
    saved = io.BytesIO()
    with zipfile.ZipFile(buffer) as written, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as package:
        for part in written.infolist():
            content = written.read(part)
            package.writestr(part, content.replace(_WRITTEN, _SAVED) if _WRITTEN in content else content)
    return saved.getvalue()
