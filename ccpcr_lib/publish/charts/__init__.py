"""Charts of a quarter: each table's declaration names the forms that answer its question.

`charts_of` draws them from the same recomputed table that is shown beside them; `save` writes a figure for slides.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine

from ...analysis.tables import Table
from ...model.chart_forms import check_chart
from ...model.wording import measure_label, table_title
from ...words import one_line
from .. import theme
from ..files import write_whole
from ..release import Release
from . import bars, over_time, shapes
from .canvas import Chart, Marked
from .marks import Marks, least_of, marks_of
from .pixels import pack

PICTURES = (".png", ".svg", ".jpg", ".jpeg", ".pdf")
__all__ = ["FORMS", "Chart", "chart", "charts_of", "png", "save", "svg", "title_of"]


@dataclass(frozen=True)
class Form:
    """How a kind of chart lays its numbers out, and how it draws them."""

    numbers: Callable[[Release, Table], pd.DataFrame]
    draw: Callable[[Release, Table, Marked, pd.DataFrame], Figure] = bars.panels
    marks: Callable[[Release, Table], Marks] | None = None
    """Which of the numbers are in dispute; None: their own layout answers that."""


def _own_scales(release: Release, table: Table, marked: Marked, numbers: pd.DataFrame) -> Figure:
    return bars.panels(release, table, marked, numbers, shared=False)


FORMS = {
    "members": Form(bars.only_total),
    "months": Form(bars.by_month),
    "against_plan": Form(bars.only_total, bars.against_plan, bars.against_plan_marks),
    "type_and_sex": Form(bars.types_by_sex),
    "members_by_sex": Form(bars.members_by_sex),
    "previous_and_this": Form(bars.by_quarter),
    "clients_and_times": Form(bars.by_unit, _own_scales),
    "pyramid": Form(shapes.by_age_and_sex, shapes.pyramid),
    "matrix": Form(shapes.reach, shapes.matrix),
    "movement": Form(shapes.flows, shapes.movement),
    "slope": Form(over_time.two_quarters, over_time.slope, over_time.two_quarters_marks),
    "multiples": Form(over_time.by_period, over_time.multiples, over_time.by_period_marks),
}


def chart(release: Release, name: str, form: str) -> Chart:
    """Draw one chart of a table. Raise KeyError for an unknown table or form, ValueError for one that does not suit."""
    table, drawn = release.table(name), FORMS[form]
    check_chart(table.spec, form)
    numbers = drawn.numbers(release, table)
    marks = drawn.marks(release, table) if drawn.marks else marks_of(release, name, drawn.numbers)
    title = marks.title(title_of(release, name, form))
    least = least_of(release, name, drawn.numbers)
    figure = drawn.draw(release, table, Marked(title, marks, least), numbers)
    return Chart(f"{table.spec.slide:02d}-{name}-{form}".replace("_", "-"), one_line(title), figure, numbers)


def title_of(release: Release, name: str, form: str) -> str:
    """Give a chart's title, a line for each language."""
    words = {"title": partial(table_title, name), "measure": partial(measure_label, release.table(name).spec.measure)}
    return release.say(f"chart_{form}", between="\n", **words)


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
