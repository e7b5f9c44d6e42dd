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
    "touching tables": Layout(sheets="touching"),
    "touching tables, no row numbers": Layout(sheets="touching", numbered=False),
    "both languages": Layout(labels="{} / {}"),
    "both languages, one below the other": Layout(labels="{}\n{}"),
    "both languages, one in brackets": Layout(labels="{} ({})", share="none"),
    "khmer months with their word": Layout(labels="khmer", months="khmer with its word"),
    "invisible characters": Layout(drift="invisible"),
    "invisible characters in figures": Layout(digits="invisible"),
    **{
        shape if sheets == "each" else f"{shape}, {sheets}": Layout(shape=shape, sheets=sheets, numbered=False)
        for shape in ("pasted", "turned", "turned under a spanner", "nested", "nested, bare")
        for sheets in ("each", "stacked", "beside")
    },
    "pasted, unmerged": Layout(shape="pasted, unmerged", numbered=False),
    "turned, unmerged": Layout(shape="turned, unmerged", numbered=False),
    "turned, khmer": Layout(shape="turned", labels="khmer", months="khmer", numbered=False),
    "turned, both languages": Layout(shape="turned", labels="{} / {}", numbered=False),
    "turned, months as dates": Layout(shape="turned", months="date", numbered=False),
    "nested, khmer": Layout(shape="nested", labels="khmer", months="khmer", numbered=False),
    "continued": Layout(shape="continued"),
    "continued, no row numbers": Layout(shape="continued", numbered=False, title_gap=0),
    "continued with its title": Layout(shape="continued with its title"),
    "continued with its title, one sheet": Layout(shape="continued with its title", sheets="stacked"),
    "continued with its title, khmer": Layout(shape="continued with its title", labels="khmer", months="khmer"),
    "continued on the next sheet": Layout(shape="continued", on_next_sheet=True),
    "continued with its title on the next sheet": Layout(shape="continued with its title", on_next_sheet=True),
    **{
        shape: Layout(shape=shape)
        for shape in (
            "a spacer after the labels",
            "a spacer after the numbers",
            "a spacer between figures",
            "a spacer before the total",
            "spacer rows",
            "spacers everywhere",
            "total on top",
            "subtotals",
        )
    },
    "spacers everywhere, one sheet": Layout(shape="spacers everywhere", sheets="stacked"),
    "spacers everywhere, khmer": Layout(shape="spacers everywhere", labels="khmer", months="khmer"),
    "subtotals, khmer": Layout(shape="subtotals", labels="khmer", months="khmer"),
    "total on top, no row numbers": Layout(shape="total on top", numbered=False),
}

DIVIDED = {
    **{
        f"{by}{of}": Layout(divided=by, **style)
        for by in ("by sexes", "with totals", "by plan", "without a split")
        for of, style in (
            ("", {}),
            (", unmerged", {"merged": False}),
            (", one sheet", {"sheets": "stacked"}),
            (", khmer", {"labels": "khmer", "months": "khmer"}),
            (", turned", {"shape": "turned", "numbered": False}),
        )
    },
    "by girls and boys": Layout(divided="by girls and boys"),
    "by girls and boys, one sheet": Layout(divided="by girls and boys", sheets="stacked"),
    "without a split, girls and boys": Layout(divided="without a split, girls and boys"),
    "without a split, girls and boys, unmerged": Layout(divided="without a split, girls and boys", merged=False),
}
"""Layouts with one dimension more than the slides have: the counts are parts of those of the truth."""


def write(truth: Truth, layout: Layout, folder: Path) -> tuple[Path, dict[str, tuple]]:
    """Write a workbook; give its path, and cell → the count that stands there."""
    writer = Writer(truth, layout)
    return writer.write(folder / layout.file), writer.sources
