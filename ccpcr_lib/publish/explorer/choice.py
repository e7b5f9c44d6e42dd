"""What a person chooses to see, and what can be chosen: only what the table has, only charts that suit."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...analysis.breakdown import PERIODS, TOTAL, Breakdown, ChoiceError, Counted, counted, dimensions
from ...analysis.history import History
from ...excel.dating import quarter_in
from ...model.catalogue import CATALOGUE, spec
from ...model.period import following
from ...model.table import TableSpec
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
        """Take lists and single names as well as tuples, and refuse what nobody can choose."""
        object.__setattr__(self, "periods", _several(self.periods))
        object.__setattr__(self, "by", None if self.by is None else _several(self.by))
        _refuse("table", [self.table], [known.name for known in CATALOGUE])
        declared = spec(self.table)
        wanted = {item for item in counted(declared) if name_counted(item) == self.counted} or {None}
        _refuse("counted", [self.counted], ["", *map(name_counted, counted(declared))])
        _refuse("by", self.by or (), dimensions(declared, wanted.pop() or counted(declared)[0]))
        _refuse("chart", [self.chart], ["", *KINDS])
        _refuse("show", [self.show], SHOWN)

    @property
    def what(self) -> Counted:
        """The thing that is counted."""
        items = {name_counted(item): item for item in counted(spec(self.table))}
        return items[self.counted] if self.counted else next(iter(items.values()))


def _several(names: str | Sequence[str]) -> tuple[str, ...]:
    """Take one name for a list of one.

    >>> _several("2010-Q2"), _several(["month", "sex"])
    (('2010-Q2',), ('month', 'sex'))
    """
    return (names,) if isinstance(names, str) else tuple(names)


def _refuse(name: str, chosen: Sequence[str], known: Sequence[str]) -> None:
    for item in chosen:
        if item not in known:
            raise ValueError(f"{name} is {item!r}. Choose of: {', '.join(filter(None, known))}.")


def name_counted(item: Counted) -> str:
    """Name a thing that is counted by one word.

    >>> name_counted(Counted("referred", "clients")), name_counted(Counted("followed_up_skills", "times"))
    ('referred', 'followed_up_skills/times')
    """
    return item.measure if item.unit == "clients" else f"{item.measure}/{item.unit}"


def filled_in(choice: Choice, history: History) -> Choice:
    """Choose what was left empty, and put the rest in order."""
    declared = spec(choice.table)
    own = tuple(name for name in dimensions(declared, choice.what) if name != "month" or declared.rows == "month")
    by = own[:1] if choice.by is None else choice.by
    has = dimensions(declared, choice.what)
    periods = tuple(sorted(set(choice.periods))) or history.periods[-1:]
    return replace(choice, periods=periods, by=tuple(name for name in has if name in by))


def releases_of(choice: Choice, history: History) -> tuple[Release, ...]:
    """Open the chosen quarters. Raise ChoiceError for none, for one with errors, for one without the table.

    Raise ValueError for a quarter that the folder has no workbook of.
    """
    if not len(history):
        raise ChoiceError("choice_no_workbook")
    if not choice.periods:
        raise ChoiceError("choice_no_quarter")
    _refuse("periods", choice.periods, history.periods)
    opened = tuple(Release(history[period], choice.language) for period in choice.periods)
    for one in opened:
        if one.report.has_errors:
            raise ChoiceError("choice_errors", file=one.report.workbook)
        if choice.table not in one.tables:
            raise ChoiceError("choice_no_table", quarter=one.period)
    return opened


def stretches(periods: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Cut quarters in their order where one is left out; give the first and the last of each stretch.

    >>> stretches(("2009-Q4", "2010-Q1", "2010-Q3"))
    (('2009-Q4', '2010-Q1'), ('2010-Q3', '2010-Q3'))
    """
    starts = [place for place, one in enumerate(periods) if not place or one != following(periods[place - 1])]
    return tuple(
        (periods[start], periods[end - 1]) for start, end in zip(starts, [*starts[1:], len(periods)], strict=True)
    )


def unread_quarters(history: History) -> tuple[tuple[str, str], ...]:
    """List the files named after a quarter that could not be read: the name, and why."""
    reasons = (reason.partition(": ") for reason in history.unread)
    return tuple((name, why) for name, _, why in reasons if quarter_in(Path(name).stem))


def tables_in(history: History, periods: Sequence[str]) -> tuple[str, ...]:
    """List the tables that at least one of the quarters has, in the order of the slides."""
    there = {name for report in history.reports if report.period in periods for name in report.tables}
    return tuple(known.name for known in CATALOGUE if known.name in there)


def suited(found: Breakdown, declared: TableSpec, *, show: str) -> tuple[str, ...]:
    """List the kinds of chart that suit a breakdown, the best first.

    Few panels, so that every number has room; parts are stacked only where they make a whole and every one is known;
    lines need three points.
    """
    kinds = []
    if len(found.column_codes) <= MOST_PANELS:
        kinds.append("bars")
    if makes_a_whole(found, declared) and show == "counts" and not found.blanks:
        kinds.append("stacked")
    points, panels = _over_time(found)
    if points > 1 and panels <= MOST_PANELS:
        kinds += ["columns", "lines"] if points >= FEWEST_POINTS else ["columns"]
    return tuple(kinds)


def makes_a_whole(found: Breakdown, declared: TableSpec) -> bool:
    """Tell whether the few parts of each row add up to its total, so that they can be stacked if all are known."""
    overlap = declared.totals[0].once and (found.rows != "category")
    is_whole = any(TOTAL in codes for codes in found.column_codes) and len(found.columns) == 1
    return is_whole and 1 < len(found.parts) <= MOST_PARTS and not overlap


def _over_time(found: Breakdown) -> tuple[int, int]:
    """Count the periods that a breakdown has side by side, and the panels that are left."""
    if found.rows in PERIODS:
        return len(found.members), len(found.parts) or 1
    place = next((place for place, name in enumerate(found.columns) if name in PERIODS), None)
    if place is None:
        return 0, 0
    others = {codes[:place] + codes[place + 1 :] for codes in found.parts}
    return len({codes[place] for codes in found.parts}), max(len(found.members), 1) * len(others)
