"""A table's charts as Office draws them: what is plotted and how, from the same numbers as the pictures.

The deck and the hand-out draw these as native charts, which can be edited; a native chart holds what it plots and
nothing else, so totals that a picture shows in a panel of their own are left to the table.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

import pandas as pd

from ...analysis.achievement import Achievement
from ...analysis.tables import Table
from ...model.finding import Finding
from ...model.wording import month_label, quarter_label
from ...words import in_language
from .. import theme
from ..release import Release
from ..text.table import label, subtitle
from . import FORMS, title_of
from .burn_up import burn_up_disputes, burn_up_numbers
from .marks import Marks, Numbers, marks_in, marks_of

STACKED, BARS, LINES = "stacked", "bars", "lines"


@dataclass(frozen=True)
class Plot:
    """A native chart: its title, its unit and period, its kind, and rows x series of whole numbers (NA where blank).

    The title has a line for each language; where there are two, labels are longer. `pale` are the rows drawn lighter
    than the others, or, where there are several series, the series. `marks` says which numbers are in dispute.
    """

    form: str
    title: str
    unit: str
    kind: str
    numbers: pd.DataFrame
    pale: tuple[int, ...] = ()
    is_bilingual: bool = False
    marks: Marks | None = None

    @property
    def heading(self) -> str:
        """The title, with its mark where a number is in dispute."""
        return self.marks.title(self.title) if self.marks else self.title

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings that dispute a number."""
        return self.marks.findings if self.marks else ()

    def is_marked(self, row: int, series: int) -> bool:
        """Check whether a number is in dispute."""
        return self.marks is not None and bool(self.marks.places[row, series])

    @property
    def series(self) -> dict[str, list[float | None]]:
        """The values of each series, by its name; whole ones as whole numbers."""
        return {str(name): [_number(value) for value in self.numbers[name]] for name in self.numbers}

    @property
    def has_negative(self) -> bool:
        """Whether some bars go the other way: clients who left."""
        return any(value is not None and value < 0 for values in self.series.values() for value in values)

    def pieces(self, rows: int) -> list["Plot"]:
        """Cut a chart into charts of at most so many rows, as few as that takes and of about the same length."""
        count = -(-len(self.numbers) // rows)
        edges = [round(len(self.numbers) * place / count) for place in range(count + 1)]
        return [self._piece(start, end) for start, end in pairwise(edges)]

    def _piece(self, start: int, end: int) -> "Plot":
        """Take some rows; those of a lone series that are pale stay pale."""
        pale = self.pale if len(self.series) > 1 else tuple(row - start for row in self.pale if start <= row < end)
        marks = self.marks.rows(start, end) if self.marks else None
        return replace(self, numbers=self.numbers.iloc[start:end], pale=pale, marks=marks)

    def tone(self, place: int) -> str:
        """Give the colour of a series."""
        if len(self.series) == 1 or self.kind == STACKED:
            return theme.TONES[place % len(theme.TONES)]
        return theme.LIGHT if place in self.pale else theme.DARK


def _number(value: float | None) -> float | None:
    if value is None or pd.isna(value):
        return None
    return int(value) if value == int(value) else round(float(value), 2)


def _parts(form: str) -> Numbers:
    """Give the parts of a form's numbers, without the total that stands in their last column."""
    return lambda release, table: FORMS[form].numbers(release, table).iloc[:, :-1]


def _plan_and_total(release: Release, table: Table) -> pd.DataFrame:
    rows = [release.say("planned_year", year=table.quarter[:4]), _quarter(release, table)]
    return pd.DataFrame(
        {release.say(f"unit_{table.spec.unit}"): [table.planned, table.total().exact]}, index=rows, dtype="Int64"
    )


def _quarter(release: Release, table: Table) -> str:
    return in_language(release.language, partial(quarter_label, table.quarter))


def _steps(release: Release, table: Table) -> pd.DataFrame:
    numbers = FORMS["movement"].numbers(release, table)[["clients"]]
    return numbers.rename(columns={"clients": release.say("unit_clients")})


KINDS: dict[str, tuple[str, str, Numbers]] = {
    "members": ("members", BARS, FORMS["members"].numbers),
    "months": ("months", STACKED, _parts("months")),
    "against_plan": ("against_plan", BARS, _plan_and_total),
    "type_and_sex": ("type_and_sex", STACKED, _parts("type_and_sex")),
    "members_by_sex": ("members_by_sex", STACKED, _parts("members_by_sex")),
    "previous_and_this": ("previous_and_this", BARS, FORMS["previous_and_this"].numbers),
    "clients_and_times": ("clients_and_times", BARS, FORMS["clients_and_times"].numbers),
    "pyramid": ("pyramid", BARS, FORMS["pyramid"].numbers),
    "matrix": ("members", BARS, FORMS["members"].numbers),
    "movement": ("movement", BARS, _steps),
}
"""Form of a picture → the form a native chart is titled by, its kind, its numbers. Office knows no matrix of counts:
the native chart of one shows the rows' totals."""


OF_MEMBERS = frozenset({"members", "months", "members_by_sex", "previous_and_this", "clients_and_times"})
"""Forms that have a row for each member of their table."""

PALE = {
    "against_plan": (0,),
    "previous_and_this": (0,),
    "clients_and_times": (1,),
    "pyramid": (1,),
}
"""What is drawn lighter: the plan, the quarter before, times, men."""

STEPS_A_MONTH = 4
"""A movement has a month's count, and three steps to the next one."""


def plots_of(release: Release, name: str) -> list[Plot]:
    """Lay out every native chart that a table's declaration asks for."""
    return [_plot(release, name, form) for form in release.table(name).spec.charts]


def _plot(release: Release, name: str, form: str) -> Plot:
    table = release.table(name)
    titled, kind, numbers = KINDS[form]
    plotted = numbers(release, table).rename(index=_one_line, columns=_one_line)
    if titled in OF_MEMBERS:  # a picture shortens long labels, Office breaks them
        plotted.index = pd.Index([label(release, table, table.spec.stub(member)) for member in table.members])
    title, unit, pale = title_of(release, name, titled), subtitle(release, table), _pale(form, len(plotted))
    marks = marks_of(release, name, numbers)
    return Plot(form, title, unit, kind, plotted, pale, release.is_bilingual, marks)


def _pale(form: str, rows: int) -> tuple[int, ...]:
    """List the rows drawn lighter, or the series: of a movement all steps between two months' counts."""
    if form == "movement":
        return tuple(row for row in range(rows) if row % STEPS_A_MONTH)
    return PALE.get(form, ())


def growth_plot(release: Release) -> Plot | None:
    """Lay out how the first indicator with a plan has grown in the year, month by month; None where none has one."""
    planned = [
        achievement for achievement in release.achievements if achievement.target and achievement.indicator.adds_up
    ]
    if not planned:
        return None
    indicator, year = planned[0].indicator, release.period[:4]
    numbers = burn_up_numbers(release, planned[0]).rename(
        index=lambda month: in_language(release.language, partial(month_label, month)),
        columns={"actual": release.say("chart_actual"), "plan": release.say("chart_plan")},
    )
    title = release.say("chart_burn_up", between="\n", name=indicator.name, year=year)
    unit = f"{release.say(f'unit_{indicator.unit}')}; {year}"
    marks = _growth_marks(planned[0], burn_up_disputes(release, planned[0]), numbers)
    return Plot("burn_up", title, unit, LINES, numbers, is_bilingual=release.is_bilingual, marks=marks)


def _growth_marks(achievement: Achievement, months: Sequence[tuple[Finding, ...]], numbers: pd.DataFrame) -> Marks:
    """Mark what has been added up by the end of each month, and the plan."""
    unknown: list[tuple[Finding, ...]] = [()] * (len(numbers) - len(months))
    disputes = pd.DataFrame({"actual": [*months, *unknown], "plan": [achievement.plan_disputes] * len(numbers)})
    return marks_in(disputes.where(numbers.notna().to_numpy(), ()))


def _one_line(label: object) -> str:
    return " ".join(str(label).split())
