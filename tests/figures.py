"""Where the texts of a drawn figure stand, and which of them stand on another or leave the figure."""

from itertools import combinations

import matplotlib
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from ccpcr_lib.publish import theme


def texts(figure: Figure) -> list[tuple[str, Bbox]]:
    """List every text that is seen, with the box it takes when the figure is drawn for a slide."""
    figure.set_dpi(theme.FILE_DPI)
    canvas = FigureCanvasAgg(figure)
    with matplotlib.rc_context(theme.rc()):
        figure.draw_without_rendering()
        found = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
        return [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in found]


def clashes(figure: Figure) -> list[str]:
    """Name the texts that stand on each other or leave the figure, by more than a pixel."""
    seen, whole = texts(figure), figure.bbox
    outside = [
        f"{text!r} leaves the figure"
        for text, box in seen
        if box.x0 < whole.x0 - 1 or box.x1 > whole.x1 + 1 or box.y0 < whole.y0 - 1 or box.y1 > whole.y1 + 1
    ]
    inner = [(text, Bbox.from_extents(box.x0 + 1, box.y0 + 1, box.x1 - 1, box.y1 - 1)) for text, box in seen]
    return outside + [f"{one!r} on {other!r}" for (one, a), (other, b) in combinations(inner, 2) if a.overlaps(b)]
