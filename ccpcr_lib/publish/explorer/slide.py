"""A view → a presentation of one 16:9 slide: a title, a native chart to edit, and where its figures come from.

The workbook that PowerPoint keeps behind the chart holds what is plotted and nothing else, every name in it as text.
"""

import io
from dataclasses import dataclass

import pandas as pd
from lxml import etree
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_LEGEND_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from ...analysis.breakdown import PERIODS, TOTAL, BrokenDownCount
from .. import theme
from ..charts.office import plotted_workbook, same_bytes
from ..charts.plots import Plot
from ..release import DAGGER
from .draw import chart_heading
from .labels import disputed_by, member_label, missing, number
from .layout import column_label, plain_text
from .view import View

WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.6)
FOOT_LINE = Inches(0.22)
TITLE_ONLY = 5
KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "lines": XL_CHART_TYPE.LINE_MARKERS,
}
HATCHED = (
    MSO_PATTERN.WIDE_UPWARD_DIAGONAL,
    MSO_PATTERN.DIAGONAL_CROSS,
    MSO_PATTERN.DARK_HORIZONTAL,
    MSO_PATTERN.WIDE_DOWNWARD_DIAGONAL,
    MSO_PATTERN.DOTTED_GRID,
)
MARKERS = (XL_MARKER_STYLE.CIRCLE, XL_MARKER_STYLE.SQUARE, XL_MARKER_STYLE.TRIANGLE, XL_MARKER_STYLE.DIAMOND)
"""What tells series apart once the three tones are used up."""

Series = dict[str, list[BrokenDownCount | None]]
"""The figures of each series by its name, one for each category."""


def one_slide(view: View) -> bytes:
    """Write a view's chart as a presentation of one slide, the same bytes for the same view."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    heading, inner = chart_heading(view, missing(view)), WIDTH - 2 * EDGE
    title = slide.shapes.title
    title.left, title.top, title.width, title.height = EDGE, Inches(0.35), inner, Inches(0.9)
    _write(title.text_frame, heading.title, Look(26, bold=True))
    under = slide.shapes.add_textbox(EDGE, Inches(1.25), inner, Inches(0.4))
    _write(under.text_frame, heading.subtitle, Look(14, theme.MUTED))
    below = min(Inches(6.6), HEIGHT - FOOT_LINE * (len(heading.foot) + 1))
    foot = slide.shapes.add_textbox(EDGE, below, inner, HEIGHT - below)
    _write(foot.text_frame, "\n".join(heading.foot), Look(11, theme.MUTED))
    _add_chart(view, slide, (EDGE, Inches(1.75), inner, below - Inches(1.85)))
    buffer = io.BytesIO()
    deck.save(buffer)
    return same_bytes(buffer.getvalue())


@dataclass(frozen=True)
class Look:
    """How text looks: its size in points, its colour, whether it is bold."""

    size: float
    colour: str = theme.INK
    bold: bool = False


def _write(frame, text: str, look: Look) -> None:
    """Write text line by line, with a font for each script: PowerPoint does not fall back by itself."""
    frame.word_wrap = True
    for place, line in enumerate(text.split("\n")):
        paragraph = frame.paragraphs[0] if not place else frame.add_paragraph()
        paragraph.alignment = 1
        run = paragraph.add_run()
        run.text = line
        _style(run.font, look)


def _style(font, look: Look) -> None:
    latin, khmer = theme.FONT
    font.size, font.bold, font.name, font.color.rgb = Pt(look.size), look.bold, latin, _rgb(look.colour)
    properties = font._rPr
    for old in properties.findall(qn("a:cs")):
        properties.remove(old)
    latin_tag = properties.find(qn("a:latin"))
    complex_script = etree.Element(qn("a:cs"), typeface=khmer)
    latin_tag.addnext(complex_script)


def _rgb(colour: str) -> RGBColor:
    return RGBColor.from_string(colour.lstrip("#").upper())


def _add_chart(view: View, slide, box: tuple[int, int, int, int]) -> None:
    categories, series = _plotted(view)
    values = {name: [number(view, figure) for figure in figures] for name, figures in series.items()}
    shape = slide.shapes.add_chart(KINDS[view.choice.chart], *box, _chart_data(view, categories, values))
    shape._element.xpath(".//p:cNvPr")[0].set("descr", plain_text(view))
    chart = shape.chart
    frame = pd.DataFrame(values, index=categories, dtype="Int64")
    chart.part.chart_workbook.update_from_xlsx_blob(plotted_workbook(Plot("", "", "", view.choice.chart, frame)))
    _style(chart.font, Look(12))
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.TOP, False
    chart.has_title = False
    _clean_axes(view, chart)
    _label(view, chart.plots[0], list(series.values()))


def _chart_data(view: View, categories: list[str], values: dict[str, list[int | None]]) -> CategoryChartData:
    data = CategoryChartData(number_format='0" %"' if view.choice.show == "shares" else "#,##0")
    data.categories = categories
    for name, numbers in values.items():
        data.add_series(name, numbers)
    return data


def _plotted(view: View) -> tuple[list[str], Series]:
    """Give the categories and the series of the chart; over time the periods are the categories."""
    breakdown, rows = view.breakdown, view.breakdown.members or (TOTAL,)
    place = next((at for at, name in enumerate(breakdown.columns) if name in PERIODS), None)
    if view.choice.chart in ("columns", "lines") and place is not None:
        return _turned(view, rows, place)
    names = [_one_line(member_label(view, breakdown.rows, row)) for row in rows]
    series = {
        _one_line(column_label(view, codes)): [breakdown.figures.get((row, codes)) for row in rows]
        for codes in breakdown.parts
    }
    return names, series


def _turned(view: View, rows: tuple[str, ...], place: int) -> tuple[list[str], Series]:
    breakdown = view.breakdown
    series: Series = {}
    periods = list(dict.fromkeys(codes[place] for codes in breakdown.parts))
    dimensions = (breakdown.rows, *(name for at, name in enumerate(breakdown.columns) if at != place))
    for row in rows:
        for codes in breakdown.parts:
            others = (row, *(code for at, code in enumerate(codes) if at != place))
            places = zip(dimensions, others, strict=True)
            names = (member_label(view, name, code, is_head=True) for name, code in places)
            figures = series.setdefault(_one_line(", ".join(names)), [None] * len(periods))
            figures[periods.index(codes[place])] = breakdown.figures.get((row, codes))
    return [_one_line(member_label(view, breakdown.columns[place], code)) for code in periods], series


def _one_line(text: str) -> str:
    return text.replace("\n", " ")


def _clean_axes(view: View, chart) -> None:
    """Leave the names of the categories: the marks carry their numbers."""
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.value_axis.minimum_scale = 0
    axis = chart.category_axis
    axis.has_major_gridlines = False
    axis.format.line.color.rgb = _rgb(theme.RULE)
    axis.reverse_order = view.choice.chart in ("bars", "stacked")


def _label(view: View, plot, series: list[list[BrokenDownCount | None]]) -> None:
    """Colour the series and write each number at its mark, with † where it is in dispute."""
    is_line = view.choice.chart == "lines"
    if not is_line:
        plot.gap_width = 60
    for place, (drawn, figures) in enumerate(zip(plot.series, series, strict=True)):
        _colour(drawn, place, is_line=is_line)
        labels = drawn.data_labels
        labels.show_value, labels.number_format_is_linked, labels.number_format = True, False, _format(view)
        look = Look(12, theme.PAPER if view.choice.chart == "stacked" and place == 0 else theme.INK)
        _style(labels.font, look)
        if is_line:
            labels.position = XL_LABEL_POSITION.ABOVE
        for at, figure in enumerate(figures):
            if figure and disputed_by(view, figure):
                _style(drawn.points[at].data_label.font, look)
                _mark(drawn, at, _format(view, f'" {DAGGER}"'))


def _colour(drawn, place: int, *, is_line: bool) -> None:
    tone, fill = theme.TONES[place % len(theme.TONES)], drawn.format.fill
    if is_line:
        drawn.format.line.color.rgb, drawn.smooth = _rgb(tone), False
        drawn.marker.style = MARKERS[place % len(MARKERS)]
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = _rgb(tone)
    elif place < len(theme.TONES):
        fill.solid()
        fill.fore_color.rgb = _rgb(tone)
    else:
        fill.patterned()
        fill.pattern = HATCHED[(place - len(theme.TONES)) % len(HATCHED)]
        fill.fore_color.rgb, fill.back_color.rgb = _rgb(theme.DARK), _rgb(theme.PAPER)
        drawn.format.line.color.rgb = _rgb(theme.DARK)


def _format(view: View, mark: str = "") -> str:
    """Write the format of a number; in stacked bars a part that is 0 has no room and no label."""
    number = '0" %"' if view.choice.show == "shares" else "#,##0"
    return f"{number}{mark};;" if view.choice.chart == "stacked" else f"{number}{mark}"


def _mark(drawn, place: int, number_format: str) -> None:
    """Give one point's label a format of its own: the † stays when the number is edited."""
    label = drawn.points[place].data_label._get_or_add_dLbl()
    form = etree.Element(qn("c:numFmt"), formatCode=number_format, sourceLinked="0")
    label.find(qn("c:idx")).addnext(form)
