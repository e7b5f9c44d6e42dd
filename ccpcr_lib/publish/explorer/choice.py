"""What a person chooses to see, and what can be chosen: only what the table has, only charts that suit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...analysis.breakdown import PERIODS, TOTAL, Breakdown, ChoiceError, Counted, counted_by, dimensions
from ...model.catalogue import CATALOGUE, spec
from ...model.period import following
from ..quarters import Quarters
from ..release import Release

KINDS = ("bars", "stacked", "columns", "lines")
SHOWN = ("counts", "shares")
MOST_PANELS, MOST_PARTS, FEWEST_POINTS = 8, 3, 3


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
        _refuse("chart", [self.chart], ["", *KINDS])
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
            raise ValueError(f"{name} is {choice!r}. Choose of: {', '.join(filter(None, known))}.")


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


def suited(breakdown: Breakdown, *, show: str) -> tuple[str, ...]:
    """List the kinds of chart that suit a breakdown, the best first.

    Few panels, so that every number has room; parts are stacked only where they make a whole and every one is known;
    lines need three points.
    """
    kinds = []
    if len(breakdown.column_codes) <= MOST_PANELS:
        kinds.append("bars")
    if makes_a_whole(breakdown) and show == "counts" and not breakdown.blanks:
        kinds.append("stacked")
    points, panels = _over_time(breakdown)
    if points > 1 and panels <= MOST_PANELS:
        kinds += ["columns", "lines"] if points >= FEWEST_POINTS else ["columns"]
    return tuple(kinds)


def makes_a_whole(breakdown: Breakdown) -> bool:
    """Check whether the few parts of each row add up to its total, so that they can be stacked if all are known."""
    overlap = breakdown.is_bound or any(map(breakdown.overlaps, breakdown.columns))
    is_whole = any(TOTAL in codes for codes in breakdown.column_codes) and len(breakdown.columns) == 1
    return is_whole and 1 < len(breakdown.parts) <= MOST_PARTS and not overlap


def _over_time(breakdown: Breakdown) -> tuple[int, int]:
    """Count the periods that a breakdown has side by side, and the panels that are left."""
    if breakdown.rows in PERIODS:
        return len(breakdown.members), len(breakdown.parts) or 1
    place = next((place for place, name in enumerate(breakdown.columns) if name in PERIODS), None)
    if place is None:
        return 0, 0
    others = {codes[:place] + codes[place + 1 :] for codes in breakdown.parts}
    return len({codes[place] for codes in breakdown.parts}), max(len(breakdown.members), 1) * len(others)
