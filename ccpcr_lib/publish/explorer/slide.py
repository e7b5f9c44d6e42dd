"""A view → a presentation of one slide, as the deck has them: a title, a native chart to edit, where it comes from."""

from ...words import one_line
from .. import theme
from ..charts.kinds import laid
from ..deck import saved
from ..deck.charts import add_plot
from ..deck.draw import add_slide, add_text, describe, titled
from ..deck.stage import GAP, Box, open_stage
from ..deck.text import Style, height
from .draw import plot_of
from .labels import missing, sentence
from .layout import plain_text
from .view import View

SUBTITLE = Style(theme.CELL_POINTS, colour=theme.MUTED)
FOOT = Style(theme.EMPTY_POINTS, colour=theme.MUTED)


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
    shape = add_plot(slide, room, plot, view.choice.table, has_title=False)
    describe(shape, shape.name, plain_text(view))
    return saved(stage, view.release, one_line(title))
