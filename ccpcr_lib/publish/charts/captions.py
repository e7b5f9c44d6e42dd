"""A chart form and a table → what is said in and around the chart, and the plot of what the form crosses."""

from functools import partial

from ...analysis.breakdown import TOTAL
from ...analysis.crossing import cross
from ...analysis.tables import Table
from ...model.chart_forms import Crossed
from ...model.wording import measure_label, quarter_label, table_title
from ..release import Release
from ..text.members import Naming
from ..text.table import subtitle
from .canvas import ChartHeading
from .plot import Captions, Plot, lay_out


def title_of(release: Release, name: str, form: str) -> str:
    """Give a chart's title, a line for each language."""
    words = {"title": partial(table_title, name), "measure": partial(measure_label, release.table(name).spec.measure)}
    return release.say(f"chart_{form}", between="\n", **words)


def captions_of(release: Release, table: Table, form: str) -> Captions:
    """Give what is said in and around a table's chart."""
    name = table.spec.name
    heading = ChartHeading(title_of(release, name, form), subtitle(release, table), [release.source_line(name)])
    unit = release.say(f"unit_{table.spec.unit}")
    return Captions(heading, partial(_name, table), unit, release.language, table.disputes.findings)


def _name(table: Table, dimension: str, code: str, language: str) -> str:
    """Name a member; all months are the quarter, all quarters the longer period."""
    if code == TOTAL and dimension in ("month", "quarter"):
        return quarter_label(table.quarter, language)
    return Naming(table.spec, table.quarter).name(dimension, code, language)


def crossed_plot(release: Release, table: Table, form: str, crossed: Crossed) -> Plot:
    """Lay out what a form crosses."""
    breakdown = cross(table, crossed.rows, crossed.columns)
    return lay_out(breakdown, captions_of(release, table, form), form=form, kind=crossed.kind)
