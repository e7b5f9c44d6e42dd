"""What the explorer saves of a view, opened again."""

import io

from pptx import Presentation

from ccpcr_lib.publish.explorer.slide import one_slide


def slide_of(view):
    """Save a view as a slide; give the slide and its chart."""
    (slide,) = Presentation(io.BytesIO(one_slide(view))).slides
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    return slide, chart
