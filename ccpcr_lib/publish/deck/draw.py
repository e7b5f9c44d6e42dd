"""Parts of tables, charts and sentences → shapes on a slide: text boxes, native tables and charts, pictures, notes."""

import io
from collections.abc import Sequence

from .. import theme
from ..plots import LINES, STACKED, Plot
from .blocks import FIGURE, HEAD, STUB, TOTAL
from .layout import PAD, PAD_HIGH, Part, style_of
from .stage import Box, Stage
from .text import NOT_XML, Style, complex_script, fit, height, write

TITLE_STYLES = tuple(
    Style(size, bold=True, colour=theme.DARK) for size in range(theme.HEADING_POINTS, theme.SLIDE_POINTS - 1, -2)
)
BANNER_STYLE = Style(theme.SLIDE_POINTS, bold=True, colour=theme.ACCENT)
PLAIN_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own table style “No Style, No Grid”: no lines and no colours but ours."""


def add_slide(stage: Stage, title: str, notes: Sequence[str]):
    """Add a slide with its title and its speaker notes, and give it."""
    slide = stage.presentation.slides.add_slide(stage.layout)
    for shape in list(slide.placeholders):
        if shape.placeholder_format.type.name not in ("TITLE", "CENTER_TITLE"):
            shape._element.getparent().remove(shape._element)
    lines = title.split(" · ")
    style = fit(lines, TITLE_STYLES, (stage.title.width, stage.title.height - PAD))
    shape = slide.shapes.title
    if shape is None:
        add_text(slide, stage.title, lines, style).name = "Title"
    else:
        _place(shape, stage.title)
        _fill(shape.text_frame, lines, style)
    finish(stage, slide, notes)
    return slide


def finish(stage: Stage, slide, notes: Sequence[str]) -> None:
    """Write a slide's speaker notes, and the banner where the data are made up."""
    slide.notes_slide.notes_text_frame.text = NOT_XML.sub(" ", "\n".join([stage.banner_text, *notes]).strip())
    if stage.banner:
        add_text(slide, stage.banner, [stage.banner_text], BANNER_STYLE).name = "Banner"


def _points(*lengths: float):
    from pptx.util import Pt

    return tuple(Pt(length) for length in lengths)


def _place(shape, box: Box) -> None:
    shape.left, shape.top, shape.width, shape.height = _points(box.left, box.top, box.width, box.height)


def _fill(frame, paragraphs: Sequence[str], style: Style) -> None:
    from pptx.enum.text import MSO_ANCHOR

    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.TOP
    write(frame, paragraphs, style)


def add_text(slide, box: Box, paragraphs: Sequence[str], style: Style):
    """Add a text box with no margins of its own, and give it."""
    shape = slide.shapes.add_textbox(*_points(box.left, box.top, box.width, box.height))
    _fill(shape.text_frame, paragraphs, style)
    return shape


def write_into(slide, shape, box: Box, text: tuple[Sequence[str], Sequence[Style]], *, grows: bool = False) -> None:
    """Write paragraphs into a placeholder, or into a box of their own where there is none, in the style that fits.

    A placeholder that `grows` reaches further down where its text needs it, as far as the box.
    """
    paragraphs, styles = text
    if shape is None:
        add_text(slide, box, paragraphs, fit(paragraphs, styles, (box.width, box.height)))
        return
    style = fit(paragraphs, styles, (shape.width.pt, shape.height.pt))
    needed = height(paragraphs, style, shape.width.pt)
    if grows and needed > shape.height.pt:
        top = min(shape.top.pt, box.bottom - needed)
        _place(shape, Box(shape.left.pt, top, shape.width.pt, needed))
    _fill(shape.text_frame, paragraphs, style)


def describe(shape, name: str, words: str) -> None:
    """Name a shape, and give it the text that is read to those who cannot see it."""
    shape.name = name
    shape._element.xpath(".//p:cNvPr")[0].set("descr", words)


def add_part(slide, part: Part, corner: tuple[float, float], name: str, words: str) -> None:
    """Add a part of a table as a native table, its upper left corner in points."""
    from pptx.util import Pt

    size = (len(part.heights), len(part.widths))
    shape = slide.shapes.add_table(*size, *_points(*corner, part.wide, part.high))
    describe(shape, name, words)
    table = shape.table
    table._tbl.tblPr.find("{*}tableStyleId").text = PLAIN_STYLE
    table.horz_banding = False
    for column, width in zip(table.columns, part.widths, strict=True):
        column.width = Pt(width)
    for row, high in zip(table.rows, part.heights, strict=True):
        row.height = Pt(high)
    cells = [list(row.cells) for row in table.rows]
    for line in cells:
        for cell in line:
            _empty(cell)
    for block in part.blocks:
        _add_block(cells, block)


def _empty(cell) -> None:
    """Give a cell without text letters of the table's size: those of an empty cell make a row high too."""
    cell.margin_left, cell.margin_right, cell.margin_top, cell.margin_bottom = _points(PAD, PAD, PAD_HIGH, PAD_HIGH)
    _rule(cell)
    end = cell.text_frame.paragraphs[0]._p.get_or_add_endParaRPr()
    end.set("sz", str(theme.CELL_POINTS * 100))


def _rule(cell) -> None:
    """Draw the thin lines around a cell."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    properties = cell._tc.get_or_add_tcPr()
    for place, side in enumerate(("lnL", "lnR", "lnT", "lnB")):
        line = f'<a:solidFill><a:srgbClr val="{theme.RULE[1:].upper()}"/></a:solidFill>'
        properties.insert(place, parse_xml(f'<a:{side} {nsdecls("a")} w="6350">{line}</a:{side}>'))


def _add_block(cells, block) -> None:
    from pptx.dml.color import RGBColor
    from pptx.enum.text import MSO_ANCHOR

    cell = cells[block.row][block.column]
    if block.rows > 1 or block.columns > 1:
        cell.merge(cells[block.bottom - 1][block.right - 1])
    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
    write(cell.text_frame, block.paragraphs, style_of(block), mark=block.mark)
    fill = {HEAD: theme.HEAD_FILL, TOTAL: theme.TOTAL_FILL, STUB: theme.PAPER, FIGURE: theme.PAPER}[block.kind]
    cell.fill.solid()
    cell.fill.fore_color.rgb = RGBColor.from_string(fill[1:].upper())


def add_plot(slide, box: Box, plot: Plot, name: str) -> None:
    """Add a native chart whose workbook holds what it plots and nothing else."""
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE

    from ..embedded import plotted_workbook

    data = CategoryChartData(number_format="0")
    data.categories = list(plot.numbers.index)
    for series, values in plot.series.items():
        data.add_series(series, values)
    kinds = {STACKED: XL_CHART_TYPE.BAR_STACKED, LINES: XL_CHART_TYPE.LINE_MARKERS}
    kind = kinds.get(plot.kind, XL_CHART_TYPE.BAR_CLUSTERED)
    shape = slide.shapes.add_chart(kind, *_points(box.left, box.top, box.width, box.height), data)
    describe(shape, name, _read_aloud(plot))
    shape.chart.part.chart_workbook.update_from_xlsx_blob(plotted_workbook(plot))
    _dress(shape.chart, plot)


def _read_aloud(plot: Plot) -> str:
    """Say a chart in words: its title, and every number it plots."""
    rows = [
        f"{label}: {', '.join(_number(name, values[row], plot) for name, values in plot.series.items())}"
        for row, label in enumerate(plot.numbers.index)
    ]
    return f"{plot.title}. {plot.unit}. {'; '.join(rows)}."


def _number(name: str, value: float | None, plot: Plot) -> str:
    return theme.number(value) if len(plot.series) == 1 else f"{name} {theme.number(value)}"


def _dress(chart, plot: Plot) -> None:
    from pptx.enum.chart import XL_LEGEND_POSITION

    is_crowded = len(plot.numbers) > theme.CROWDED
    _font(chart.font, theme.CROWDED_POINTS if is_crowded else theme.CELL_POINTS, theme.INK)
    complex_script(chart.font._rPr)
    chart.has_title = True
    title = Style(theme.CELL_POINTS, bold=True, align="center")
    write(chart.chart_title.text_frame, [*plot.title.split(" · "), plot.unit], title)
    chart.has_legend = len(plot.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _dress_axes(chart, plot)
    (_dress_lines if plot.kind == LINES else _dress_bars)(chart.plots[0], plot)


def _font(font, size: float, colour: str) -> None:
    from pptx.dml.color import RGBColor
    from pptx.util import Pt

    font.size, font.color.rgb = Pt(size), RGBColor.from_string(colour[1:].upper())


def _dress_axes(chart, plot: Plot) -> None:
    """Leave the axis of counts bare, for the marks carry the numbers; put the first row on top."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK

    counts, rows = chart.value_axis, chart.category_axis
    counts.has_major_gridlines = False
    counts.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    counts.major_tick_mark = rows.major_tick_mark = XL_TICK_MARK.NONE
    counts.format.line.fill.background()
    rows.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    rows.format.line.color.rgb = _colour(theme.RULE)
    _label_every_row(rows)
    rows.reverse_order = plot.kind != LINES
    if not plot.has_negative:
        counts.minimum_scale = 0


def _label_every_row(axis) -> None:
    """Ask for a label at every row: Office leaves some out where it thinks them too many."""
    from pptx.oxml.ns import qn

    skip = axis._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _colour(code: str):
    from pptx.dml.color import RGBColor

    return RGBColor.from_string(code[1:].upper())


def _dress_lines(plotted, plot: Plot) -> None:
    """Draw what was reached as a strong line with its numbers, the plan as a thin one."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    for place, series in enumerate(plotted.series):
        series.smooth = False
        series.format.line.width = Pt(3 if place == 0 else 1.5)
        series.marker.format.fill.solid()
        series.format.line.color.rgb = series.marker.format.fill.fore_color.rgb = _colour(theme.TONES[place])
    labels = plotted.series[0].data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.ABOVE
    _font(labels.font, theme.CELL_POINTS, theme.INK)


def _dress_bars(plotted, plot: Plot) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION

    plotted.gap_width = 45
    if plot.kind == STACKED:
        plotted.overlap = 100
    for place, series in enumerate(plotted.series):
        tone = plot.tone(place)
        series.invert_if_negative = False
        series.format.fill.solid()
        series.format.fill.fore_color.rgb = _colour(tone)
        series.format.line.color.rgb = _colour(theme.PAPER if plot.kind == STACKED else theme.DARK)
        labels = series.data_labels
        labels.show_value, labels.number_format_is_linked = True, False
        labels.number_format = "#,##0;-#,##0;" if plot.kind == STACKED else "#,##0"
        labels.position = XL_LABEL_POSITION.CENTER if plot.kind == STACKED else XL_LABEL_POSITION.OUTSIDE_END
        is_inside = plot.kind == STACKED and tone != theme.LIGHT
        _font(labels.font, theme.CELL_POINTS, theme.PAPER if is_inside else theme.INK)
        for row in plot.pale if len(plot.series) == 1 else ():
            series.points[row].format.fill.solid()
            series.points[row].format.fill.fore_color.rgb = _colour(theme.LIGHT)


def add_picture(slide, box: Box, picture: bytes, words: str) -> None:
    """Add a picture as large as the box allows, in its middle."""
    shape = slide.shapes.add_picture(io.BytesIO(picture), *_points(box.left, box.top))
    scale = min(box.width / shape.width.pt, box.height / shape.height.pt)
    width, height = shape.width.pt * scale, shape.height.pt * scale
    _place(shape, Box(box.left + (box.width - width) / 2, box.top + (box.height - height) / 2, width, height))
    describe(shape, "Photograph", words)
