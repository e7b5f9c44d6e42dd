"""A plain table → a worksheet: its title, the lines that explain it, an Excel table, a native chart under it."""

import io
import math
import re
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .. import theme
from ..charts.kinds import Native
from ..charts.looks import looks_by_code
from ..release import DAGGER, Release, marked
from ..theme import Look
from .plain_table import AtLeast, PlainTable, PlainValue, Plotted
from .widths import lines_in, widths_of

CHART_WIDE, CHART_FRAME, CHART_ROW = 860, 170, 30
LETTER, COLUMN = 7, 64
"""How wide a letter and an empty column are, in pixels."""
PIXELS = 4 / 3
"""Pixels in a point."""
A4, LINE_WIDE = 9, 110
LINE_HIGH = {False: 18, True: 24}
"""How high a row is, in points, without and with Khmer."""
LINE_MORE = {False: 14, True: 18}
"""How much higher each further line of a text makes it."""
_NUMBER = b'<c:showVal val="1"/>'
_NUMBER_ALONE = b"".join(
    b'<c:show%s val="%d"/>' % (name, name == b"Val")
    for name in (b"LegendKey", b"Val", b"CatName", b"SerName", b"Percent", b"BubbleSize")
)

Settings = Mapping[str, object]
"""What XlsxWriter wants to know of a workbook."""


@dataclass(frozen=True)
class Handout:
    """An open hand-out: the workbook, its release, and its cell formats by name."""

    workbook: Workbook
    release: Release
    formats: Mapping[str, Format]


RIGHT: dict[str, object] = {"align": "right"}
FORMATS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": theme.TITLE_SIZE, "font_color": theme.DARK},
    "note": {"font_color": theme.MUTED},
    "lead": {"font_color": theme.INK},
    "strong": {"bold": True, "font_color": theme.DARK},
    "link": {"font_color": theme.DARK, "underline": 1},
    "head": {"bold": True, "bg_color": theme.HEAD_FILL, "bottom": 1, "text_wrap": True, "align": "center"},
    "text": {"text_wrap": True},
    "words": {"text_wrap": True, "align": "left", "indent": 1},
    "figure": RIGHT,
    "number": RIGHT | {"num_format": "#,##0"},
    "share": RIGHT | {"num_format": "0 %"},
    "sign": RIGHT | {"num_format": '"≥ "#,##0'},
    "sign_share": RIGHT | {"num_format": '"≥ "0 %'},
}

FIGURE = re.compile(r"[≥≤<>÷=≈]?[\s\d.,%]*[…–†]?[\s†]*")
"""A text that is a figure, or stands for one: ``≥ 18``, ``24 †``, ``100 %``, ``…``, ``–``."""
NUMBERS = ("number", "share", "least", "sign", "sign_share")
"""The formats of numbers. They stand right, and so do figures that are texts; words stand off them."""


def open_handout(buffer: io.BytesIO, release: Release, options: Settings) -> Handout:
    """Open a workbook with its formats; totals are bold."""
    workbook = Workbook(buffer, options)
    font = theme.OFFICE_KHMER if "km" in release.language else theme.OFFICE_FONT
    plain = {"font_name": font, "font_size": theme.LABEL_SIZE, "valign": "vcenter"}
    forms = FORMATS | {"least": RIGHT | {"num_format": _at_least_format(release)}}
    forms |= {f"{name} {DAGGER}": _marked(forms[name]) for name in NUMBERS}
    bold = ("text", "words", "figure", *NUMBERS, *(f"{name} {DAGGER}" for name in NUMBERS))
    totals = {f"bold {name}": forms[name] | {"bold": True} for name in bold}
    formats = {name: workbook.add_format(plain | form) for name, form in (forms | totals).items()}
    return Handout(workbook, release, formats)


def _marked(form: Mapping[str, object]) -> dict[str, object]:
    """Give the format of a figure in dispute: it shows the mark and stays a number."""
    return {**form, "num_format": f'{form["num_format"]}" {DAGGER}"'}


def _at_least_format(release: Release) -> str:
    """Give the format that says of a number that there are at least so many: it stays a number; of two languages ≥."""
    words = "≥" if release.is_bilingual else release.say("number_at_least", least="").strip()
    return f'"{words} "#,##0'


def settle_labels(part: str, content: bytes) -> bytes:
    """Say in a chart's XML what its labels do not show: where nothing is said, LibreOffice shows it all."""
    return content.replace(_NUMBER, _NUMBER_ALONE) if part.startswith("xl/charts/") else content


def write_top(handout: Handout, worksheet: Worksheet, heading: str, lines: Sequence[str]) -> int:
    """Write a sheet's title and the lines under it; give the row in which its table begins."""
    worksheet.hide_gridlines(2)
    worksheet.set_default_row(_line_high(handout))
    worksheet.write_string(0, 0, handout.release.stamp(heading), handout.formats["title"])
    return write_lines(handout, worksheet, 1, lines) + 1


def _line_high(handout: Handout) -> int:
    return LINE_HIGH["km" in handout.release.language]


def write_lines(
    handout: Handout, worksheet: Worksheet, row: int, lines: Sequence[str], look: tuple[str, int] = ("note", LINE_WIDE)
) -> int:
    """Write lines of text one under the other, long ones on several rows; give the row below them.

    `look` is the name of their format, and how many letters a row takes.
    """
    form, wide = look
    for text in (part for line in lines for part in textwrap.wrap(line, wide, break_long_words=False)):
        worksheet.write_string(row, 0, text, handout.formats[form])
        row += 1
    return row


def write_table(handout: Handout, worksheet: Worksheet, table: PlainTable, top: int, *, name: str) -> int:
    """Write a plain table as an Excel table called `name`; give the row below it."""
    for row, values in enumerate(table.rows, 1):
        weight = "bold " if row > len(table.rows) - table.totals else ""
        for column, value in enumerate(values):
            kind = marked(kind_of(value, is_stub=column < table.stubs), table.is_marked((row - 1, column)))
            write_cell(worksheet, (top + row, column), value, handout.formats[weight + kind])
    heads = [{"header": text, "header_format": handout.formats["head"]} for text in named_once(table.heads)]
    last = top + len(table.rows)
    look = {"name": name, "columns": heads, "autofilter": False, "style": None}
    worksheet.add_table(top, 0, last, len(table.heads) - 1, look)
    _set_widths(handout, worksheet, table, top)
    return last + 1


def _set_widths(handout: Handout, worksheet: Worksheet, table: PlainTable, top: int) -> None:
    """Make columns as wide as what stands in them, and the heading and the rows as high as their longest texts need."""
    widths = widths_of(table)
    for column, width in enumerate(widths):
        worksheet.set_column(column, column, width)
    lines = max(math.ceil(len(text) / (width - 2)) for text, width in zip(table.heads, widths, strict=True))
    worksheet.set_row(top, _line_high(handout) * lines)
    worksheet.repeat_rows(top)
    for row, values in enumerate(table.rows, top + 1):
        if more := lines_in(values, widths) - 1:
            worksheet.set_row(row, _line_high(handout) + more * LINE_MORE["km" in handout.release.language])


def _last_column(table: PlainTable) -> int:
    """Name the last column that a sheet prints: that of the table, or that under the right edge of its chart."""
    missing = CHART_WIDE - sum(width * LETTER + 5 for width in widths_of(table))
    return len(table.heads) - 1 + max(math.ceil(missing / COLUMN), 0)


def kind_of(value: PlainValue, *, is_stub: bool) -> str:
    """Name the format of a value."""
    if isinstance(value, AtLeast):
        return _kind_of_least(value)
    if isinstance(value, str):
        return "text" if is_stub else "figure" if FIGURE.fullmatch(value) else "words"
    return "share" if isinstance(value, float) else "number"


def _kind_of_least(value: AtLeast) -> str:
    if not value.sign:
        return "least"
    return "sign_share" if isinstance(value.number, float) else "sign"


def write_cell(worksheet: Worksheet, place: tuple[int, int], value: PlainValue, form: Format) -> None:
    """Write a value into a cell, a number as a number."""
    if value is None:
        worksheet.write_blank(*place, None, form)
    elif isinstance(value, str):
        worksheet.write_string(*place, value, form)
    elif isinstance(value, AtLeast):
        worksheet.write_number(*place, value.number, form)
    else:
        worksheet.write_number(*place, value, form)


def set_print(worksheet: Worksheet, *, pages: int) -> None:
    """Print a sheet on A4 across, as wide as the page and on so many pages, 0 for as many as it takes."""
    worksheet.set_landscape()
    worksheet.set_paper(A4)
    worksheet.fit_to_pages(1, pages)


def named_once(heads: Sequence[str]) -> list[str]:
    """Give each heading a name of its own, as a table of Excel wants it: a second one gets a number.

    >>> named_once(["Total", "%", "total"])
    ['Total', '%', 'total (2)']
    """
    seen: dict[str, int] = {}
    named = []
    for text in heads:
        count = seen[text.casefold()] = seen.get(text.casefold(), 0) + 1
        named.append(text if count == 1 else f"{text} ({count})")
    return named


def add_chart(
    handout: Handout, worksheet: Worksheet, table: PlainTable, plotted: Plotted, *, top: int, below: int, heading: str
) -> None:
    """Draw a native chart at row `below` of a table that stands at row `top`, and print the sheet down to it."""
    chart = handout.workbook.add_chart({"type": "bar"} | ({"subtype": "stacked"} if plotted.native.is_stacked else {}))
    series = _series(worksheet.get_name(), table, plotted, top)
    looks = looks_by_code(plotted.by, plotted.codes or ("",))
    for cells, look in zip(series, looks, strict=True):
        chart.add_series(cells | _dressed(plotted.native, look))
    _dress(handout, chart, heading, has_legend=len(series) > 1)
    bars = len(plotted.columns) if plotted.across else len(table.rows) - table.totals
    high = CHART_FRAME + bars * CHART_ROW
    chart.set_size({"width": CHART_WIDE, "height": high})
    end = below + math.ceil(high / (_line_high(handout) * PIXELS))
    worksheet.print_area(0, 0, end, _last_column(table))
    worksheet.insert_chart(
        below, 0, chart, {"description": f"{heading}: {', '.join(table.heads)}", "object_position": 2}
    )


def _dress(handout: Handout, chart: Chart, heading: str, *, has_legend: bool) -> None:
    """Give a chart its title and bare axes: the marks carry the numbers."""
    text = {"name": handout.formats["text"].font_name, "color": theme.INK}
    chart.set_title({"name": heading, "overlay": False, "name_font": {**text, "size": theme.LABEL_SIZE, "bold": True}})
    every_row = {"interval_unit": 1}  # a program left alone leaves labels out
    chart.set_y_axis(
        {"reverse": True, **every_row, "num_font": text, "major_tick_mark": "none", "line": {"color": theme.RULE}}
    )
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_legend({"position": "bottom", "font": text} if has_legend else {"none": True})


def _series(name: str, table: PlainTable, plotted: Plotted, top: int) -> list[dict[str, object]]:
    """Name the cells of each series: a column over the members, or the total row under its headings."""
    last = top + len(table.rows)
    if plotted.across:
        left, right = plotted.columns[0], plotted.columns[-1]
        return [{"categories": [name, top, left, top, right], "values": [name, last, left, last, right]}]
    first, end = top + 1, last - table.totals
    return [
        {
            "name": [name, top, column],
            "categories": [name, first, 0, end, 0],
            "values": [name, first, column, end, column],
        }
        for column in plotted.columns
    ]


def _dressed(native: Native, look: Look) -> dict[str, object]:
    """Give a series its look, its numbers on its bars."""
    colour = look.letters if native.is_stacked else theme.INK
    labels = {"value": True, "num_format": "#,##0;-#,##0;" if native.is_stacked else "#,##0", "font": {"color": colour}}
    return {
        "fill": {"color": look.tone},
        "border": {"color": look.seam if native.is_stacked else look.edge},
        "gap": 45,
        "data_labels": labels | ({"position": "center"} if native.is_stacked else {}),
    }
