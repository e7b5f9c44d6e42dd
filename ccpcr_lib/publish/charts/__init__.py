"""Charts of a quarter: each table's declaration names the forms that answer its question.

`charts_of` draws them from the same recomputed table that is shown beside them; `save` writes a figure for slides.
"""

import io
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from ...words import one_line
from .. import theme
from ..files import write_whole
from ..release import Release
from .canvas import Chart
from .forms import picture_of
from .pixels import pack

PICTURES = (".png", ".svg", ".jpg", ".jpeg", ".pdf")
__all__ = ["Chart", "chart", "charts_of", "png", "save", "svg"]


def chart(release: Release, name: str, form: str) -> Chart:
    """Draw one chart of a table. Raise KeyError for an unknown table or form, ValueError for one that does not suit."""
    drawn = picture_of(release, name, form)
    stem = f"{release.table(name).spec.slide:02d}-{name}-{form}".replace("_", "-")
    return Chart(stem, one_line(drawn.title), drawn.figure, drawn.numbers)


def charts_of(release: Release, name: str) -> list[Chart]:
    """Draw every chart that a table's declaration asks for."""
    return [chart(release, name, form) for form in release.table(name).spec.charts]


def png(figure: Figure) -> bytes:
    """Draw a figure as PNG at the resolution it was made for, the same bytes for the same figure."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    with matplotlib.rc_context(theme.rc()):
        canvas = FigureCanvasAgg(figure)  # before the layout, which measures texts as this canvas will draw them
        _lay_out(figure)
        canvas.draw()
    return pack(np.asarray(canvas.buffer_rgba()), dpi=figure.dpi, level=theme.PNG_LEVEL)


def svg(figure: Figure) -> bytes:
    """Draw a figure as SVG with its letters as outlines, so that Khmer shows on any computer."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    buffer, dpi = io.BytesIO(), figure.dpi
    with matplotlib.rc_context(theme.rc()):
        _lay_out(figure)
        FigureCanvasSVG(figure).print_svg(buffer, metadata={"Date": None})  # `savefig` would draw everything twice
    figure.dpi = dpi  # which it sets to that of SVG
    return buffer.getvalue()


def _lay_out(figure: Figure) -> None:
    """Place the panels once and for all, to a millionth: the solver's last digits differ from run to run."""
    engine = figure.get_layout_engine()
    if not isinstance(engine, ConstrainedLayoutEngine):
        return
    engine.execute(figure)
    figure.set_layout_engine(None)
    for axis in figure.axes:
        left, bottom, width, height = (round(edge, 6) for edge in axis.get_position().bounds)
        axis.set_position((left, bottom, width, height))


def save(figure: Figure, path: str | Path) -> list[Path]:
    """Write a figure as PNG (200 dpi, sized for a 16:9 slide) and SVG, and give the paths.

    A picture's ending of `path` is ignored: both are written.
    """
    path = Path(path)
    stem = path.with_suffix("") if path.suffix.lower() in PICTURES else path
    files = {stem.with_name(f"{stem.name}.png"): png(figure), stem.with_name(f"{stem.name}.svg"): svg(figure)}
    for file, content in files.items():
        write_whole(file, content)
    return list(files)
