"""A view → its plot and its picture, drawn as the charts of the report are."""

import textwrap
from functools import partial

import pandas as pd

from ...analysis.breakdown import BrokenDownCount
from ..charts import kinds
from ..charts.canvas import FOOT_WRAP, Chart, ChartHeading
from ..charts.plot import Captions, Plot, lay_out
from .labels import (
    disputes,
    member_label,
    name_member,
    percent_notes,
    subtitle,
    title,
    unit_label,
    unmarked_title,
    why_empty,
)
from .layout import column_label, file_name
from .view import View


def draw(view: View) -> Chart:
    """Draw the chart of a view's choice."""
    return Chart(file_name(view), title(view), kinds.draw(plot_of(view)), numbers(view))


def plot_of(view: View, blank: str = "") -> Plot:
    """Lay a view out; `blank` stands in place of what explains the …, for a chart that has none."""
    known = disputes(view)
    said = [*percent_notes(view), *why_empty(view, blank)]
    lines = [line for text in said for line in textwrap.wrap(text, FOOT_WRAP)]
    sources = dict.fromkeys(release.source_line(view.choice.table) for release in (view.releases[0], view.releases[-1]))
    captions = Captions(
        ChartHeading(unmarked_title(view, between="\n"), subtitle(view), [*lines, *sources]),
        partial(name_member, view),
        unit_label(view),
        view.choice.language,
        known,
        tuple(known),
        is_share=view.choice.show == "shares",
    )
    return lay_out(view.breakdown, captions, form=view.choice.table, kind=view.choice.chart)


def numbers(view: View) -> pd.DataFrame:
    """Lay the numbers of a view out, its totals with them: rows × columns, Int64, NA where none is known."""
    breakdown = view.breakdown
    columns = {
        column_label(view, codes): [_number(view, breakdown.figures.get((row, codes))) for row in breakdown.row_codes]
        for codes in breakdown.column_codes
    }
    rows = [member_label(view, breakdown.rows, row) for row in breakdown.row_codes]
    return pd.DataFrame(columns, index=pd.Index(rows), dtype="Int64")


def _number(view: View, figure: BrokenDownCount | None) -> int | None:
    if figure is None:
        return None
    return figure.percent if view.choice.show == "shares" else figure.number
