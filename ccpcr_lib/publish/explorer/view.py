"""A choice and the quarters it is about → a `View`: its figures, and the charts that suit them."""

from dataclasses import dataclass, replace
from functools import cached_property

from ...analysis.breakdown import TOTAL, Breakdown, ChoiceError, break_down, in_doubt, with_percents
from ...analysis.history import History, load_all
from ...model.table import TableSpec
from ..pages.show import Page, Picture
from ..release import Release
from .choice import Choice, filled_in, releases_of, suited


@dataclass(frozen=True)
class View:
    """One answer: the choice with nothing left open, the quarters it is drawn from, the figures, the fitting charts."""

    choice: Choice
    releases: tuple[Release, ...]
    found: Breakdown
    kinds: tuple[str, ...]

    @property
    def release(self) -> Release:
        """The last of the quarters, which says whatever is the same in all."""
        return self.releases[-1]

    @property
    def spec(self) -> TableSpec:
        """The table's declaration."""
        return self.release.table(self.choice.table).spec

    @property
    def page(self) -> Page:
        """The sentence and the table, to show in a notebook."""
        from .layout import plain_text, view_html

        return Page(view_html(self), plain_text(self))

    @cached_property
    def picture(self) -> Picture | Page:
        """The chart, to show in a notebook; an empty page where no chart suits."""
        from .draw import draw

        return Picture(draw(self)) if self.choice.chart else Page("", "")


def explore(source: History | str, table: str, **choice: object) -> View:
    """Break a table of one or more quarters down by its own dimensions, as the explorer does.

    `source` is the folder of the workbooks. `choice` names what is to be seen: ``periods``, ``by``, ``counted``,
    ``chart``, ``show`` (``"counts"`` or ``"shares"``), ``language``; whatever is left out is chosen.
    Raise ChoiceError where there is nothing to show, ValueError for a name that is none.
    """
    history = source if isinstance(source, History) else load_all(source)
    return view_of(history, Choice(table, **choice))


def view_of(history: History, choice: Choice) -> View:
    """Answer a choice. A kind of chart that does not suit is replaced. Raise ChoiceError where there is no answer."""
    choice = filled_in(choice, history)
    releases = releases_of(choice, history)
    tables = [one.table(choice.table) for one in releases]
    spec = tables[0].spec
    doubts = [in_doubt(one.report, choice.table) for one in releases]
    found = with_percents(break_down(tables, choice.what, choice.by, doubts=doubts))
    if choice.show == "shares" and (spec.totals[0].once or TOTAL not in found.row_codes):
        raise ChoiceError("choice_shares")
    kinds = suited(found, spec, show=choice.show)
    chart = choice.chart if choice.chart in kinds else next(iter(kinds), "")
    return View(replace(choice, chart=chart), releases, found, kinds)
