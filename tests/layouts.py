"""One truth in many messy layouts: a `Layout` says how an officer happened to type the tables, `write` does it.

Nothing here knows the reader. `write` also says in which cell each count stands.
"""

from pathlib import Path

from layout_typing import Layout
from layout_writer import Writer
from truth import Truth

LAYOUTS = {
    "as the slides": Layout(),
    "one sheet": Layout(sheets="stacked"),
    "one sheet, no blank row": Layout(sheets="tight", title_gap=0),
    "side by side": Layout(sheets="beside"),
    "offset": Layout(origin=(12, 6)),
    "unmerged": Layout(merged=False),
    "unmerged and long": Layout(merged=False, months="long", sheets="stacked"),
    "months with the year": Layout(months="year"),
    "months as dates": Layout(months="date"),
    "months with a dot": Layout(months="dotted"),
    "text numbers": Layout(digits="text"),
    "padded numbers": Layout(digits="padded"),
    "non-breaking spaces": Layout(digits="nbsp"),
    "decimals": Layout(digits="float"),
    "khmer digits": Layout(digits="khmer"),
    "khmer": Layout(labels="khmer", months="khmer", digits="khmer"),
    "khmer unmerged": Layout(labels="khmer", months="khmer", merged=False),
    "no codes": Layout(labels="name"),
    "codes only": Layout(labels="code"),
    "codes first": Layout(labels="reversed"),
    "dashes": Layout(zero="-"),
    "long dashes": Layout(zero=" – "),
    "shares as numbers": Layout(share="number"),
    "shares as text": Layout(share="text"),
    "shares under their counts": Layout(share="under"),
    "shares beside their counts": Layout(share="beside"),
    "no shares": Layout(share="none"),
    "remarks": Layout(remarks=True),
    "notes in cells": Layout(notes=True),
    "sheets in reverse": Layout(sheets="reversed"),
    "upper case": Layout(drift="upper"),
    "odd spaces": Layout(drift="spaces"),
    "punctuation": Layout(drift="punctuation"),
    "broken lines": Layout(drift="lines"),
    "no row numbers": Layout(numbered=False),
    "no row numbers, at the edge, unmerged": Layout(numbered=False, merged=False, sheets="tight"),
    "columns backwards": Layout(backwards=True),
    "total first": Layout(total_first=True),
    "blank rows inside": Layout(gaps=True),
    "no total rows": Layout(totals=False),
    "no total rows, stacked tight": Layout(totals=False, sheets="tight", title_gap=0, merged=False),
    "everything at once": Layout(
        sheets="beside",
        origin=(9, 4),
        merged=False,
        months="long",
        digits="padded",
        zero="—",
        share="text",
        labels="name",
        drift="upper",
        remarks=False,
        notes=True,
        numbered=False,
        gaps=True,
    ),
}


def write(truth: Truth, layout: Layout, folder: Path) -> tuple[Path, dict[str, tuple]]:
    """Write a workbook; give its path, and cell → the count that stands there."""
    writer = Writer(truth, layout)
    return writer.write(folder / layout.file), writer.sources
