"""A plot → a native chart on a slide, which can be edited: its workbook holds what it plots and nothing else.

The deck draws its tables' charts so, and the explorer the one that it saves for slides.
"""

from typing import TYPE_CHECKING, cast

from ...words import one_line
from .. import theme
from ..charts.kinds import native_of
from ..charts.looks import looks_of
from ..charts.office import plotted_workbook
from ..charts.plot import Mark, Plot, row_name, series_name
from ..release import DAGGER
from ..theme import Look
from .draw import describe, points
from .stage import Box
from .text import Style, colour, complex_script, height, width, write

if TYPE_CHECKING:
    from pptx.chart.axis import _BaseAxis
    from pptx.chart.chart import Chart
    from pptx.chart.data import ChartData
    from pptx.chart.datalabel import DataLabel, DataLabels
    from pptx.chart.plot import BarPlot, LinePlot
    from pptx.chart.point import Point
    from pptx.chart.series import BarSeries, LineSeries, _BaseSeries
    from pptx.enum.chart import XL_LABEL_POSITION
    from pptx.shapes.graphfrm import GraphicFrame
    from pptx.slide import Slide
    from pptx.text.text import Font

LABELS_WIDEST, LABEL_GAP, NUMBER = 0.45, 10.0, 44.0
"""The part of a chart's width its labels may take; the space beside them, and for a number, in points."""
LEGEND, LEGEND_LINE, LEGEND_KEY = 34.0, 24.0, 28.0
"""The height of a legend of one line, what each further line takes, and the width of the sign before a name."""
TITLE = Style(theme.CELL_POINTS, bold=True, align="center")
TITLE_WIDEST = 0.8
"""The part of a chart's width in which its title must find room."""
LEAST, MARKED = '"≥ "', f'" {DAGGER}"'
"""What stands before a number in its format, and behind it."""
PARTLY = "#,##0.0#"
"""The format of a number that is not whole."""
STRONG, THIN = 3.0, 1.5
"""How wide a line is in points, and one that stands behind it."""
PATTERNS = ("LIGHT_UPWARD_DIAGONAL", "LIGHT_HORIZONTAL", "LIGHT_DOWNWARD_DIAGONAL", "LIGHT_VERTICAL", "DOTTED_GRID")
MARKERS = ("CIRCLE", "SQUARE", "TRIANGLE", "DIAMOND")
DASHES = ("SOLID", "DASH", "ROUND_DOT", "LONG_DASH", "DASH_DOT", "LONG_DASH_DOT")
"""What tells series apart once the tones are used up."""


def add_plot(slide: "Slide", box: Box, plot: Plot, of: str, *, has_title: bool = True) -> "GraphicFrame":
    """Add a native chart `of` a table, or of the plan; its workbook holds what it plots and nothing else."""
    from pptx.enum.chart import XL_CHART_TYPE

    (left, top), (wide, high) = points(box.left, box.top), points(box.width, box.height)
    chart_type = XL_CHART_TYPE[native_of(plot).chart_type]
    # the library declares that it gives the chart, and gives the frame around it
    shape = cast("GraphicFrame", slide.shapes.add_chart(chart_type, left, top, wide, high, _data(plot)))
    describe(shape, f"{of} {plot.form}", read_aloud(plot))
    shape.chart_part.chart_workbook.update_from_xlsx_blob(plotted_workbook(plot))
    _number_axes(shape.chart)
    _dress(shape.chart, plot, has_title=has_title)
    if native_of(plot).is_lying:
        _give_labels_room(shape.chart, plot, box)
    return shape


def _data(plot: Plot) -> "ChartData":
    from pptx.chart.data import ChartData

    data = ChartData(number_format=_format(plot))
    data.categories = [row_name(plot, row) for row in plot.rows]
    for place, column in enumerate(plot.columns):
        data.add_series(series_name(plot, column), [mark.number for mark in plot.column(place)])
    return data


def _number_axes(chart: "Chart") -> None:
    """Number the axes from 1: the library's numbers are below zero, which Office does not know.

    They stay small, for LibreOffice takes all from two thousand million on for one number.
    """
    places = list(chart._chartSpace.iter("{*}axId", "{*}crossAx"))
    numbers = list(dict.fromkeys(named.get("val") for named in places))
    for named in places:
        named.set("val", str(numbers.index(named.get("val")) + 1))


def _give_labels_room(chart: "Chart", plot: Plot, box: Box) -> None:
    """Fix where the bars stand, so that each row's label has its room: a program left alone leaves labels out."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    style = Style(theme.CELL_POINTS)
    widest = max((width(row_name(plot, row), style) for row in plot.rows), default=0) + LABEL_GAP
    left = min(widest / box.width, LABELS_WIDEST)
    above = title_height(plot, box.width) if chart.has_title else LABEL_GAP
    top, legend = above / box.height, (_legend_height(plot, box.width) if chart.has_legend else LABEL_GAP) / box.height
    sides = {"x": left, "y": top, "w": 1 - left - NUMBER / box.width, "h": 1 - top - legend}
    modes = "".join(f'<c:{side}Mode val="edge"/>' for side in "xy")
    values = "".join(f'<c:{side} val="{value:.4f}"/>' for side, value in sides.items())
    layout = f'<c:layoutTarget val="inner"/>{modes}{values}'
    area = chart._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    area.insert(0, parse_xml(f"<c:layout {nsdecls('c')}><c:manualLayout>{layout}</c:manualLayout></c:layout>"))


def _legend_height(plot: Plot, room: float) -> float:
    """Give the height of a legend that names the columns, in a chart so many points wide."""
    style = Style(theme.CELL_POINTS)
    names = sum(width(series_name(plot, column), style) + LEGEND_KEY for column in plot.columns)
    return LEGEND + int(names / room) * LEGEND_LINE


def _are_named(plot: Plot) -> bool:
    """Check whether a reader needs the names of columns: of several, and of one that is only at least so many."""
    return len(plot.columns) > 1 or any(column.is_headed for column in plot.columns)


def title_height(plot: Plot, width: float) -> float:
    """Give the height of a chart's title with the space around it, in a chart `width` points wide."""
    return height(_title_lines(plot), TITLE, width * TITLE_WIDEST) + 2 * LABEL_GAP


def _title_lines(plot: Plot) -> list[str]:
    return [*plot.heading.title.split("\n"), plot.heading.subtitle]


def read_aloud(plot: Plot) -> str:
    """Put a chart into words: its title, its unit, and every number it plots."""
    names = [f"{series_name(plot, column)} " if _are_named(plot) else "" for column in plot.columns]
    rows = [
        f"{row_name(plot, row)}: {', '.join(name + plot.text(mark) for name, mark in zip(names, marks, strict=True))}"
        for row, marks in zip(plot.rows, plot.marks, strict=True)
    ]
    return f"{one_line(plot.heading.title)}. {plot.heading.subtitle}. {'; '.join(rows)}."


def _dress(chart: "Chart", plot: Plot, *, has_title: bool) -> None:
    """Set letters, title and legend, then the axes, then the marks."""
    from pptx.enum.chart import XL_LEGEND_POSITION

    _font(chart.font, _size(plot), theme.INK)
    complex_script(chart.font._rPr)
    chart.has_title = has_title
    if has_title:
        write(chart.chart_title.text_frame, _title_lines(plot), TITLE)
    chart.has_legend = _are_named(plot)
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _dress_axes(chart, plot)
    (_dress_lines if native_of(plot).is_line else _dress_bars)(chart.plots[0], plot)


def _size(plot: Plot) -> float:
    return theme.CROWDED_POINTS if len(plot.rows) > theme.CROWDED else theme.CELL_POINTS


def _font(font: "Font", size: float, tone: str) -> None:
    font.size, font.color.rgb = points(size)[0], colour(tone)


def _dress_axes(chart: "Chart", plot: Plot) -> None:
    """Leave the axis of counts bare, for the marks carry the numbers; put the first row on top."""
    from pptx.enum.chart import XL_TICK_LABEL_POSITION, XL_TICK_MARK

    counts, rows = chart.value_axis, chart.category_axis
    counts.has_major_gridlines = rows.has_major_gridlines = False
    counts.tick_label_position = XL_TICK_LABEL_POSITION.NONE
    counts.major_tick_mark = rows.major_tick_mark = XL_TICK_MARK.NONE
    counts.format.line.fill.background()
    rows.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    rows.format.line.color.rgb = colour(theme.RULE)
    _label_every_row(rows)
    rows.reverse_order = native_of(plot).is_lying
    if not plot.has_negative:
        counts.minimum_scale = 0


def _label_every_row(axis: "_BaseAxis") -> None:
    """Ask for a label at every row: Office leaves some out where it thinks them too many."""
    from pptx.oxml.ns import qn

    skip = axis._element.makeelement(qn("c:tickLblSkip"), {"val": "1"})
    axis._element.find(qn("c:noMultiLvlLbl")).addprevious(skip)


def _dress_lines(plotted: "LinePlot", plot: Plot) -> None:
    """Draw strong lines with their numbers, and thin ones without behind them: the plan."""
    from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE
    from pptx.enum.dml import MSO_LINE

    for place, (series, (look, again)) in enumerate(zip(plotted.series, looks_of(plot), strict=True)):
        is_thin, series.smooth = plot.columns[place].is_pale, False
        (series.format.line.width,) = points(THIN if is_thin else STRONG)
        series.format.line.dash_style = getattr(MSO_LINE, DASHES[(2 * again + look.is_dashed) % len(DASHES)])
        series.marker.style = XL_MARKER_STYLE[MARKERS[place % len(MARKERS)]]
        series.marker.format.fill.solid()
        series.marker.format.fill.fore_color.rgb = colour(look.tone)
        series.format.line.color.rgb = series.marker.format.line.color.rgb = colour(look.line)
        if not is_thin:
            _label(series.data_labels, plot, XL_LABEL_POSITION.ABOVE, theme.INK)
            _mark_labels(series, plot, place)


def _dress_bars(plotted: "BarPlot", plot: Plot) -> None:
    """Colour the bars of each series; pale what is planned, hatched what is only known as at least so many."""
    from pptx.enum.chart import XL_LABEL_POSITION

    plotted.gap_width = 45
    is_stacked = native_of(plot).is_stacked
    if is_stacked:
        plotted.overlap = 100
    for place, (series, (look, again)) in enumerate(zip(plotted.series, looks_of(plot), strict=True)):
        series.invert_if_negative = False
        _paint(series, look, again)
        series.format.line.color.rgb = colour(look.seam if is_stacked else look.edge)
        position = XL_LABEL_POSITION.CENTER if is_stacked else XL_LABEL_POSITION.OUTSIDE_END
        _label(series.data_labels, plot, position, look.letters if is_stacked else theme.INK)
        _mark_labels(series, plot, place)
        for row, (member, mark) in enumerate(zip(plot.rows, plot.column(place), strict=True)):
            if member.is_pale or mark.is_least:
                _paint(series.points[row], theme.LOOKS[-1] if member.is_pale else look, int(mark.is_least))


def _paint(part: "_BaseSeries | Point", look: Look, again: int = 0) -> None:
    """Fill a bar with its tone; one that another has already with thin lines over it."""
    from pptx.enum.dml import MSO_PATTERN

    fill = part.format.fill
    if not again:
        fill.solid()
        fill.fore_color.rgb = colour(look.tone)
        return
    fill.patterned()
    fill.pattern = getattr(MSO_PATTERN, PATTERNS[(again - 1) % len(PATTERNS)])
    fill.fore_color.rgb, fill.back_color.rgb = colour(look.seam), colour(look.tone)


def _label(labels: "DataLabels", plot: Plot, position: "XL_LABEL_POSITION", tone: str) -> None:
    """Put the numbers at the marks: in the middle of a stacked bar, else at its end or above a point."""
    labels.show_value, labels.number_format_is_linked, labels.number_format = True, False, _format(plot)
    labels.position = position
    _font(labels.font, _size(plot), tone)


def _format(plot: Plot, mark: Mark | None = None) -> str:
    """Write the format of a number, with what its mark says of it; a zero has no room in stacked bars."""
    number = '0" %"' if plot.captions.is_share else "#,##0"
    if mark:
        number = number if mark.is_whole else PARTLY
        number = f"{LEAST if mark.is_least else ''}{number}{MARKED if mark.disputes else ''}"
    return f"{number};-{number};" if native_of(plot).is_stacked else number


def _mark_labels(series: "BarSeries | LineSeries", plot: Plot, place: int) -> None:
    """Give the label of a number in dispute, at least so many, or not whole a format that outlives editing."""
    whole = series.data_labels
    for row, mark in enumerate(plot.column(place)):
        if mark.number is not None and (mark.disputes or mark.is_least or not mark.is_whole):
            label = series.points[row].data_label
            _font(label.font, whole.font.size.pt, f"#{whole.font.color.rgb}")
            label.position = whole.position
            _add_format(label, _format(plot, mark))


def _add_format(label: "DataLabel", number_format: str) -> None:
    from pptx.oxml.ns import qn

    element = label._get_or_add_dLbl()
    form = element.makeelement(qn("c:numFmt"), {"formatCode": number_format, "sourceLinked": "0"})
    element.find(qn("c:idx")).addnext(form)
