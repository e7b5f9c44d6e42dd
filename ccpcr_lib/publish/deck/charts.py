"""A plot → a native chart on a slide, which can be edited: its workbook holds what it plots and nothing else."""

from typing import TYPE_CHECKING, cast

from ...words import one_line
from .. import theme
from ..charts.office import plotted_workbook
from ..charts.plots import LINES, STACKED, Plot
from ..release import DAGGER, marked
from .draw import describe, points
from .stage import Box
from .text import Style, colour, complex_script, height, width, write

if TYPE_CHECKING:
    from pptx.chart.axis import _BaseAxis
    from pptx.chart.chart import Chart
    from pptx.chart.datalabel import DataLabel, DataLabels
    from pptx.chart.plot import BarPlot, LinePlot
    from pptx.chart.point import Point
    from pptx.chart.series import BarSeries, LineSeries, _BaseSeries
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.slide import Slide
    from pptx.text.text import Font

LABELS_WIDEST, LABEL_GAP, NUMBER, LEGEND = 0.45, 10.0, 44.0, 34.0
"""The part of a chart's width its labels may take; the space beside them, for a number, for the legend, in points."""
TITLE = Style(theme.CELL_POINTS, bold=True, align="center")
MARKED = f'#,##0" {DAGGER}"'
"""How the label of a number in dispute is formatted."""
TITLE_WIDEST = 0.8
"""The part of a chart's width in which its title must find room."""


def add_plot(slide: "Slide", box: Box, plot: Plot, of: str) -> None:
    """Add a native chart `of` a table, or of the plan; its workbook holds what it plots and nothing else."""
    from pptx.chart.data import ChartData
    from pptx.enum.chart import XL_CHART_TYPE

    data = ChartData(number_format="0")
    data.categories = list(plot.numbers.index)
    for series, values in plot.series.items():
        data.add_series(series, values)
    kinds = {STACKED: XL_CHART_TYPE.BAR_STACKED, LINES: XL_CHART_TYPE.LINE_MARKERS}
    kind = kinds.get(plot.kind, XL_CHART_TYPE.BAR_CLUSTERED)
    left, top, wide, high = points(box.left, box.top, box.width, box.height)
    # the library declares that it gives the chart, and gives the frame around it
    shape = cast("GraphicFrame", slide.shapes.add_chart(kind, left, top, wide, high, data))
    describe(shape, f"{of} {plot.form}", _read_aloud(plot))
    shape.chart_part.chart_workbook.update_from_xlsx_blob(plotted_workbook(plot))
    _dress(shape.chart, plot)
    if plot.kind != LINES:
        _give_labels_room(shape.chart, plot, box)


def _give_labels_room(chart: "Chart", plot: Plot, box: Box) -> None:
    """Fix where the bars stand, so that each row's label has its room: a program left alone leaves labels out."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    style = Style(theme.CELL_POINTS)
    widest = max((width(label, style) for label in plot.numbers.index), default=0) + LABEL_GAP
    left = min(widest / box.width, LABELS_WIDEST)
    top, legend = title_height(plot, box.width) / box.height, (LEGEND if chart.has_legend else LABEL_GAP) / box.height
    sides = {"x": left, "y": top, "w": 1 - left - NUMBER / box.width, "h": 1 - top - legend}
    modes = "".join(f'<c:{side}Mode val="edge"/>' for side in "xy")
    values = "".join(f'<c:{side} val="{value:.4f}"/>' for side, value in sides.items())
    layout = f'<c:layoutTarget val="inner"/>{modes}{values}'
    area = chart._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{layout}</c:manualLayout></c:layout>"))


def title_height(plot: Plot, width: float) -> float:
    """Give the height of a chart's title with the space around it, in a chart `width` points wide."""
    return height(_title_lines(plot), TITLE, width * TITLE_WIDEST) + 2 * LABEL_GAP


def _title_lines(plot: Plot) -> list[str]:
    return [*plot.heading.split("\n"), plot.unit]


def _read_aloud(plot: Plot) -> str:
    """Put a chart into words: its title, its unit, and every number it plots."""
    rows = [
        f"{label}: {', '.join(_number(plot, row, place) for place in range(len(plot.series)))}"
        for row, label in enumerate(plot.numbers.index)
    ]
    return f"{one_line(plot.heading)}. {plot.unit}. {'; '.join(rows)}."


def _number(plot: Plot, row: int, place: int) -> str:
    name, values = list(plot.series.items())[place]
    number = marked(theme.number(values[row]), plot.is_marked(row, place))
    return number if len(plot.series) == 1 else f"{name} {number}"


def _dress(chart: "Chart", plot: Plot) -> None:
    """Set letters, title and legend, then the axes, then the marks."""
    from pptx.enum.chart import XL_LEGEND_POSITION

    _font(chart.font, _size(plot), theme.INK)
    complex_script(chart.font._rPr)
    chart.has_title = True
    write(chart.chart_title.text_frame, _title_lines(plot), TITLE)
    chart.has_legend = len(plot.series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _dress_axes(chart, plot)
    (_dress_lines if plot.kind == LINES else _dress_bars)(chart.plots[0], plot)


def _size(plot: Plot) -> float:
    return theme.CROWDED_POINTS if len(plot.numbers) > theme.CROWDED else theme.CELL_POINTS


def _font(font: "Font", size: float, tone: str) -> None:
    font.size, font.color.rgb = points(size)[0], colour(tone)


def _dress_axes(chart: "Chart", plot: Plot) -> None:
    """Leave the axis of counts bare, for the marks carry the numbers; put the first row on top."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK

    counts, rows = chart.value_axis, chart.category_axis
    counts.has_major_gridlines = False
    counts.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    counts.major_tick_mark = rows.major_tick_mark = XL_TICK_MARK.NONE
    counts.format.line.fill.background()
    rows.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    rows.format.line.color.rgb = colour(theme.RULE)
    _label_every_row(rows)
    rows.reverse_order = plot.kind != LINES
    if not plot.has_negative:
        counts.minimum_scale = 0


def _label_every_row(axis: "_BaseAxis") -> None:
    """Ask for a label at every row: Office leaves some out where it thinks them too many."""
    from pptx.oxml.ns import qn

    skip = axis._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _dress_lines(plotted: "LinePlot", plot: Plot) -> None:
    """Draw what was reached as a strong line with its numbers, the plan as a thin one."""
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.util import Pt

    for place, series in enumerate(plotted.series):
        series.smooth = False
        series.format.line.width = Pt(3 if place == 0 else 1.5)
        series.marker.format.fill.solid()
        series.format.line.color.rgb = series.marker.format.fill.fore_color.rgb = colour(theme.TONES[place])
    labels = plotted.series[0].data_labels
    labels.show_value, labels.position = True, XL_LABEL_POSITION.ABOVE
    _font(labels.font, theme.CELL_POINTS, theme.INK)
    _mark_labels(plotted.series[0], plot, 0)


def _dress_bars(plotted: "BarPlot", plot: Plot) -> None:
    """Colour the bars of each series, and those rows of a lone series that are to be pale."""
    plotted.gap_width = 45
    if plot.kind == STACKED:
        plotted.overlap = 100
    for place, series in enumerate(plotted.series):
        tone = plot.tone(place)
        series.invert_if_negative = False
        _paint(series, tone)
        series.format.line.color.rgb = colour(theme.PAPER if plot.kind == STACKED else theme.DARK)
        _label_bars(series.data_labels, plot, tone)
        _mark_labels(series, plot, place)
        for row in plot.pale if len(plot.series) == 1 else ():
            _paint(series.points[row], theme.LIGHT)


def _paint(part: "_BaseSeries | Point", tone: str) -> None:
    part.format.fill.solid()
    part.format.fill.fore_color.rgb = colour(tone)


def _label_bars(labels: "DataLabels", plot: Plot, tone: str) -> None:
    """Put the numbers on the bars: in the middle of a stacked one, where a zero has no place, else at the end."""
    from pptx.enum.chart import XL_LABEL_POSITION

    is_stacked = plot.kind == STACKED
    labels.show_value, labels.number_format_is_linked = True, False
    labels.number_format = "#,##0;-#,##0;" if is_stacked else "#,##0"
    labels.position = XL_LABEL_POSITION.CENTER if is_stacked else XL_LABEL_POSITION.OUTSIDE_END
    _font(labels.font, _size(plot), theme.PAPER if is_stacked and tone != theme.LIGHT else theme.INK)


def _mark_labels(series: "BarSeries | LineSeries", plot: Plot, place: int) -> None:
    """Give the label of each number in dispute a format of its own with the mark, which stays when it is edited."""
    whole = series.data_labels
    for row in (row for row in range(len(plot.numbers)) if plot.is_marked(row, place)):
        label = series.points[row].data_label
        _font(label.font, whole.font.size.pt, f"#{whole.font.color.rgb}")
        label.position = whole.position
        _add_format(label, f"{MARKED};-{MARKED};" if plot.kind == STACKED else MARKED)


def _add_format(label: "DataLabel", number_format: str) -> None:
    from pptx.oxml.ns import qn

    element = label._get_or_add_dLbl()
    form = element.makeelement(qn("c:numFmt"), {"formatCode": number_format, "sourceLinked": "0"})
    element.find(qn("c:idx")).addnext(form)
