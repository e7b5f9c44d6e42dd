"""The chart forms that a declaration asks for → pictures, and plots for Office to draw.

Most forms cross dimensions and are drawn as a kind of chart; the others have a drawing of their own.
"""

from dataclasses import replace

from ...model.chart_forms import CHART_FORMS, check_chart
from ...model.errors import UnknownNameError
from ...words import did_you_mean, say
from ..release import Release
from .against_plan import against_plan, plan_plot
from .canvas import Drawing
from .captions import crossed_plot
from .kinds import draw, laid
from .movement import movement, movement_plot
from .over_time import multiples, slope
from .plot import Plot

PICTURES = {"against_plan": against_plan, "movement": movement, "slope": slope, "multiples": multiples}
"""Forms that the report draws in a way of their own."""
NATIVE = {"against_plan": plan_plot, "movement": movement_plot}
"""Forms whose numbers are laid out for Office in a way of their own."""


def picture_of(release: Release, name: str, form: str) -> Drawing:
    """Draw what the report shows. Raise KeyError for an unknown table or form, ValueError where one does not suit."""
    table = release.table(name)
    if form not in CHART_FORMS:
        forms = table.spec.charts
        near = did_you_mean(form, [*forms, *CHART_FORMS])
        raise UnknownNameError(say("name_no_chart", name=form, table=name, known=", ".join(forms), near=near))
    about = CHART_FORMS[form]
    check_chart(table.spec, form)
    if form in PICTURES or about.crossed is None:
        return PICTURES[form](release, table)
    plot = crossed_plot(release, table, form, about.crossed)
    return Drawing(plot.heading.title, draw(plot), laid(plot).frame)


def plots_of(release: Release, name: str) -> list[Plot]:
    """Lay out every native chart that a table's declaration asks for: what is plotted alone, so no totals."""
    return [_native(release, name, form) for form in release.table(name).spec.charts]


def _native(release: Release, name: str, form: str) -> Plot:
    """Lay out what Office draws; it is titled by the form that it looks like."""
    table, about = release.table(name), CHART_FORMS[form]
    crossed = about.office or about.crossed
    if form in NATIVE or crossed is None:
        return NATIVE[form](release, table)
    titled = next((known for known, other in CHART_FORMS.items() if other.crossed == crossed), form)
    return replace(laid(crossed_plot(release, table, titled, crossed)).parts, form=form)
