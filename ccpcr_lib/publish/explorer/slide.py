"""A view → a presentation of one slide, as the deck has them: a title, a native chart to edit, where it comes from."""

import io
from dataclasses import replace
from typing import TYPE_CHECKING

from ...words import one_line
from .. import theme
from ..charts import png
from ..charts.canvas import ChartHeading
from ..charts.kinds import draw, laid, native_of
from ..charts.plot import Plot
from ..deck import saved
from ..deck.charts import add_plot
from ..deck.draw import add_slide, add_text, describe, points, titled
from ..deck.stage import GAP, Box, open_stage
from ..deck.text import Style, height
from .draw import plot_of
from .layout import plain_text
from .spoken import missing, sentence
from .view import View

if TYPE_CHECKING:
    from pptx.slide import Slide

SUBTITLE = Style(theme.CELL_POINTS, colour=theme.MUTED)
FOOT = Style(theme.EMPTY_POINTS, colour=theme.MUTED)


POINTS_AN_INCH = 72
MOST_MARKS, MOST_LINES, MOST_POINTS = 40, 4, 6
"""How many marks one native chart has room for; how many lines, where they have more points than so many."""


def one_slide(view: View) -> bytes:
    """Write a view's chart as a presentation of one slide, the same bytes for the same view."""
    plot = laid(plot_of(view, missing(view))).parts
    title, subtitle, foot = plot.heading.title, [plot.heading.subtitle], plot.heading.foot
    stage = titled(open_stage(None, view.release), title)
    slide, body = add_slide(stage, title, sentence(view).split("\n")), stage.body
    above, below = height(subtitle, SUBTITLE, body.width), height(foot, FOOT, body.width)
    add_text(slide, Box(body.left, body.top, body.width, above), subtitle, SUBTITLE).name = "Subtitle"
    add_text(slide, Box(body.left, body.bottom - below, body.width, below), foot, FOOT).name = "Source"
    room = Box(body.left, body.top + above + GAP, body.width, body.height - above - below - 2 * GAP)
    if is_crowded(plot):
        _add_picture(slide, room, view)
    else:
        shape = add_plot(slide, room, plot, view.choice.table, has_title=False)
        describe(shape, shape.name, plain_text(view))
    return saved(stage, view.release, one_line(title))


def is_crowded(plot: Plot) -> bool:
    """Check whether a plot has more marks, or more lines, than can be read in one chart without panels."""
    is_tangled = native_of(plot).is_line and len(plot.columns) > MOST_LINES and len(plot.rows) > MOST_POINTS
    return is_tangled or len(plot.rows) * len(plot.columns) > MOST_MARKS


def _add_picture(slide: "Slide", room: Box, view: View) -> None:
    """Add the picture that the explorer shows, without what the slide says around it."""
    plot = plot_of(view, missing(view))
    bare = replace(plot, captions=replace(plot.captions, heading=ChartHeading("", "", []), findings=()))
    figure = draw(bare)
    figure.set_size_inches(room.width / POINTS_AN_INCH, room.height / POINTS_AN_INCH)
    picture = slide.shapes.add_picture(io.BytesIO(png(figure)), *points(room.left, room.top, room.width, room.height))
    describe(picture, f"{view.choice.table} {plot.form}", plain_text(view))
