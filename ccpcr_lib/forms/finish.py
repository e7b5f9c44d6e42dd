"""An open workbook → its bytes, as a program that has calculated it would save them.

XlsxWriter asks every program to calculate its files anew, and leaves out that a result is an empty text. Here all
results are stored, and nothing is asked.
"""

import io

from xlsxwriter import Workbook

from ..excel.file.pack import Properties, packed

BLANK_RESULT = " "
"""What stands for an empty text while the workbook is open: XlsxWriter stores an empty one as no result."""
_WRITTEN, _SAVED = b"</f><v> </v>", b"</f><v></v>"


def finish(workbook: Workbook, buffer: io.BytesIO, properties: Properties | None = None) -> bytes:
    """Close a workbook that is written into a buffer, and give its bytes, with what it says of itself.

    The same workbook gives the same bytes.
    """
    workbook.calc_on_load = False
    workbook.close()
    return packed(buffer.getvalue(), properties, edit=lambda _, content: content.replace(_WRITTEN, _SAVED))
