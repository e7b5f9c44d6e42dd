"""A choice and a folder of workbooks → the answer: what is seen, with the page and the picture that show it."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from ...analysis.breakdown import TOTAL, ChoiceError, break_down, with_percents
from ..charts.kinds import suited
from ..pages.show import Page, Picture
from ..quarters import Quarters, Source, quarters
from .choice import Choice, filled_in, names, releases_of
from .draw import draw
from .layout import plain_text, view_html
from .view import View


class Answer(View):
    """A view that shows itself in a notebook."""

    @property
    def page(self) -> Page:
        """The sentence and the table."""
        return Page(view_html(self), plain_text(self))

    @cached_property
    def picture(self) -> Picture | Page:
        """The chart; an empty page where no chart suits."""
        return Picture(draw(self)) if self.choice.chart else Page("", "")


def explore(
    source: Source,
    table: str,
    *,
    periods: str | Sequence[str] = (),
    by: str | Sequence[str] | None = None,
    counted: str = "",
    chart: str = "",
    show: str = "counts",
    language: str = "en",
) -> Answer:
    """Break a table of one or more quarters down by its own dimensions, as the explorer does.

    `source` is the folder of the workbooks. `periods` are quarters such as ``"2010-Q2"``, `by` dimensions such as
    ``("case_type", "sex")``, `counted` a measure, with ``/times`` where times are meant; `chart` is a kind of chart,
    `show` ``"counts"`` or ``"shares"``. Whatever is left out is chosen.
    Raise ChoiceError where there is nothing to show, ValueError for a name that is none.
    """
    periods, by = names(periods), None if by is None else names(by)
    return answer(quarters(source), Choice(table, periods, by, counted, chart, show, language))


def answer(there: Quarters, choice: Choice) -> Answer:
    """Answer a choice. A kind of chart that does not suit is replaced. Raise ChoiceError where there is no answer."""
    choice = filled_in(choice, there)
    releases = releases_of(choice, there)
    tables = [release.table(choice.table) for release in releases]
    breakdown = with_percents(break_down(tables, choice.what, choice.by or ()))
    if choice.show == "shares" and (breakdown.is_bound or TOTAL not in breakdown.row_codes):
        raise ChoiceError("choice_shares")
    kinds = suited(breakdown, show=choice.show)
    chart = choice.chart if choice.chart in kinds else next(iter(kinds), "")
    return Answer(replace(choice, chart=chart), releases, breakdown, kinds)
