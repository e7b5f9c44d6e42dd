"""What a person chooses to see, and what can be chosen: only what the table has, only charts that suit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...analysis.breakdown import ChoiceError, Counted, counted_by, dimensions
from ...model.catalogue import CATALOGUE, spec
from ...model.period import following
from ...words import did_you_mean, say
from ..charts.kinds import choosable
from ..quarters import Quarters
from ..release import Release

SHOWN = ("counts", "shares")


@dataclass(frozen=True)
class Choice:
    """A table, and how to see it. Whatever is left empty is chosen: the last quarter, the table's own rows, a chart.

    `by` are dimensions such as ``("case_type", "sex")``; `counted` is a measure, with ``/times`` where times are meant.
    """

    table: str
    periods: tuple[str, ...] = ()
    by: tuple[str, ...] | None = None
    counted: str = ""
    chart: str = ""
    show: str = "counts"
    language: str = "en"

    def __post_init__(self) -> None:
        """Refuse what nobody can choose."""
        _refuse("table", [self.table], [known.name for known in CATALOGUE])
        declared = spec(self.table)
        _refuse("counted", [self.counted], ["", *map(name_counted, counted_by(declared))])
        _refuse("by", self.by or (), dimensions(declared, self.what))
        _refuse("chart", [self.chart], ["", *choosable()])
        _refuse("show", [self.show], SHOWN)

    @property
    def what(self) -> Counted:
        """The thing that is counted."""
        things = {name_counted(thing): thing for thing in counted_by(spec(self.table))}
        return things[self.counted] if self.counted else next(iter(things.values()))


def names(chosen: str | Sequence[str]) -> tuple[str, ...]:
    """List the names that were chosen; one name is a list of one.

    >>> names("2010-Q2"), names(["month", "sex"])
    (('2010-Q2',), ('month', 'sex'))
    """
    return (chosen,) if isinstance(chosen, str) else tuple(chosen)


def _refuse(name: str, chosen: Sequence[str], known: Sequence[str]) -> None:
    """Raise ValueError for the first choice that nobody knows."""
    for choice in chosen:
        if choice not in known:
            there = list(filter(None, known))
            near = did_you_mean(choice, there)
            raise ValueError(say("name_not_known", what=name, name=choice, known=", ".join(there), near=near))


def name_counted(thing: Counted) -> str:
    """Name a thing that is counted by one word.

    >>> name_counted(Counted("referred", "clients")), name_counted(Counted("followed_up_skills", "times"))
    ('referred', 'followed_up_skills/times')
    """
    return thing.measure if thing.unit == "clients" else f"{thing.measure}/{thing.unit}"


def filled_in(choice: Choice, there: Quarters) -> Choice:
    """Choose what was left empty, and put the rest in order."""
    declared = spec(choice.table)
    has = dimensions(declared, choice.what)
    own = tuple(name for name in has if name != "month" or declared.rows == "month")
    by = own[:1] if choice.by is None else choice.by
    periods = tuple(sorted(set(choice.periods))) or there.periods[-1:]
    return replace(choice, periods=periods, by=tuple(name for name in has if name in by))


def releases_of(choice: Choice, there: Quarters) -> tuple[Release, ...]:
    """Open the chosen quarters. Raise ChoiceError for none, for one with errors, for one without the table.

    Raise ValueError for a quarter that the folder has no workbook of.
    """
    if not there.periods:
        raise ChoiceError("choice_no_workbook")
    if not choice.periods:
        raise ChoiceError("choice_no_quarter")
    _refuse("periods", choice.periods, there.periods)
    releases = tuple(there.open(period, choice.language) for period in choice.periods)
    for release in releases:
        if release.has_errors:
            raise ChoiceError("choice_errors", file=release.workbook)
        if choice.table not in release.tables:
            raise ChoiceError("choice_no_table", quarter=release.period)
    return releases


def stretches(periods: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Cut quarters in their order where one is left out; give the first and the last of each stretch.

    >>> stretches(("2009-Q4", "2010-Q1", "2010-Q3"))
    (('2009-Q4', '2010-Q1'), ('2010-Q3', '2010-Q3'))
    """
    starts = [place for place, quarter in enumerate(periods) if not place or quarter != following(periods[place - 1])]
    return tuple(
        (periods[start], periods[end - 1]) for start, end in zip(starts, [*starts[1:], len(periods)], strict=True)
    )


def tables_in(there: Quarters, periods: Sequence[str]) -> tuple[str, ...]:
    """List the tables that at least one of some quarters has, in the order of the slides."""
    names = {name for period in periods for name in there.open(period).tables}
    return tuple(known.name for known in CATALOGUE if known.name in names)
