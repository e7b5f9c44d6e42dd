"""What is planned: indicators, the figure each of them follows, and the targets set for it.

An `Indicator` names a measure of a table, perhaps only a part of it, and says how its quarters make a year and
whether more is better. Where no plan speaks of a measure of the catalogue, it is an indicator without a target.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

from ..words import in_language
from . import period as calendar
from .catalogue import CATALOGUE, FLOWS, is_stock, spec
from .codelist import codelist
from .table import Key, TableSpec

ACCUMULATE = ("sum", "last", "max", "none")
"""How quarters make a year: added up, the last one, the largest one, or not at all."""

DIRECTIONS = ("up", "down", "neutral")
SHAPES = ("equal", "by quarter", "none")
"""How a year's target is due: evenly, as set for each quarter, or not before the year is over."""

FORMULAS = ("actual / target", "actual / due")


@dataclass(frozen=True)
class Indicator:
    """One followed figure. `key` narrows its table down, such as ``{"case_type": "TL"}``.

    `ratio` names two other indicators, part and whole, of which this one is the percent; it has no table then.
    """

    code: str
    name_en: str
    name_km: str
    table: str = ""
    measure: str = ""
    key: Key = field(default_factory=dict)
    unit: str = "clients"
    accumulate: str = "none"
    direction: str = "neutral"
    formula: str = FORMULAS[0]
    ratio: tuple[str, str] | tuple[()] = ()
    baseline: float | None = None
    baseline_period: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse a sum that counts clients twice."""
        if self.accumulate == "sum" and not adds_up(self.measure, self.unit):
            raise ValueError(f"{self.code}: {why_not_added(self.measure)}")

    @property
    def declared(self) -> TableSpec:
        """The declaration of its table."""
        return spec(self.table)

    def name(self, language: str = "en") -> str:
        """Give its name in `language`."""
        return in_language(language, lambda one: self.name_km if one == "km" else self.name_en)


@dataclass(frozen=True)
class Target:
    """What is to be reached in a period (a year or a quarter), how it is due, and the cell that says so.

    A percent is a share here, 0-1.
    """

    indicator: str
    period: str
    value: float
    shape: str
    source: str


@dataclass(frozen=True)
class Plan:
    """The indicators in their order, and their targets. ``Plan()`` has every measure and no target."""

    indicators: tuple[Indicator, ...] = ()
    targets: tuple[Target, ...] = ()

    def __post_init__(self) -> None:
        """Add the measures that the plan does not speak of."""
        object.__setattr__(self, "indicators", (*self.indicators, *_others(self.indicators)))

    @cached_property
    def _targets(self) -> dict[tuple[str, str], Target]:
        return {(one.indicator, one.period): one for one in self.targets}

    def indicator(self, code: str) -> Indicator:
        """Give one indicator by its code, or by the measure that it follows whole.

        Raise KeyError with the codes there are.
        """
        followed = (one for one in self.indicators if one.measure == code and not one.key)
        by_code = (one for one in self.indicators if one.code == code)
        found = next(by_code, None) or next(followed, None)
        if found is None:
            raise KeyError(
                f"there is no indicator {code!r}; there are: {', '.join(one.code for one in self.indicators)}"
            )
        return found

    def target(self, code: str, period: str) -> Target | None:
        """Give the target of an indicator in exactly this period, if one is set."""
        return self._targets.get((code, period))

    def in_year(self, code: str, year: str) -> float | None:
        """Give the target of a year: its own, or the sum of its four quarters where those are set and may be added.

        A count whose quarters make no year has none.
        """
        own, how = self.target(code, year), self._accumulate(code)
        quarters = [self.target(code, name) for name in calendar.quarters_to(f"{year}-Q4")]
        if how == "none":
            return None
        if own is not None or None in quarters or how != "sum":
            return own and own.value
        return sum(one.value for one in quarters)

    def in_quarter(self, code: str, quarter: str) -> float | None:
        """Give the target of one quarter: its own, or an even part of the year's, or the level to hold all year."""
        year, own, how = self.target(code, quarter[:4]), self.target(code, quarter), self._accumulate(code)
        if own is not None or year is None or year.shape != "equal" or how == "none":
            return own and own.value
        return year.value / 4 if how == "sum" else year.value

    def due(self, code: str, quarter: str) -> float | None:
        """Give what is due by the end of a quarter: a part of the year's target, or the level to hold.

        None where no target is set, or where the plan does not say when it is due. When the year is over, its target
        is due.
        """
        year, how = self.in_year(code, quarter[:4]), self._accumulate(code)
        if year is not None and quarter.endswith("Q4"):
            return year
        if how != "sum":
            return self.in_quarter(code, quarter)
        parts = [self.in_quarter(code, name) for name in calendar.quarters_to(quarter)]
        return None if None in parts else sum(parts)

    def _accumulate(self, code: str) -> str:
        """Say how the quarters of an indicator make a year; a percent of a year is divided anew from its counts."""
        indicator = self.indicator(code)
        return "ratio" if indicator.ratio else indicator.accumulate


def adds_up(measure: str, unit: str) -> bool:
    """Tell whether quarters of a measure may be added: each client stands in one of them only, or times are counted.

    >>> adds_up("referred", "clients"), adds_up("in_shelter", "clients"), adds_up("visited", "clients")
    (True, False, False)
    """
    return unit == "times" or measure in FLOWS


def why_not_added(measure: str) -> str:
    """Say why quarters of a measure must not be added."""
    if not measure:
        return "percents are never added or averaged"
    if is_stock(measure):
        return "a stock says how many there are at a time"
    return "the same client may stand in several quarters"


def usual_accumulation(measure: str, unit: str) -> str:
    """Say how quarters of a measure make a year, if nothing else is wanted.

    >>> usual_accumulation("visited", "clients"), usual_accumulation("followed_up_skills", "times")
    ('max', 'sum')
    """
    return "sum" if adds_up(measure, unit) else "last" if is_stock(measure) else "max"


def counts_again(indicator: Indicator) -> bool:
    """Tell whether a period counts most of the same clients as the one before: a stock, or all who are there."""
    table = spec(indicator.table)
    return is_stock(indicator.measure) or bool(table.totals and table.totals[0].once)


def _others(known: Iterable[Indicator]) -> list[Indicator]:
    """Make an indicator of each measure that no known one follows whole."""
    known = tuple(known)
    followed, codes = {(one.measure, one.unit) for one in known if not one.key}, {one.code for one in known}
    columns = dict.fromkeys((column.measure, column.unit) for table in CATALOGUE for column in table.counts)
    others = [default_indicator(*column) for column in columns if column not in followed]
    return [replace(one, code=f"{one.code}_all") if one.code in codes else one for one in others]


def default_indicator(measure: str, unit: str) -> Indicator:
    """Make the indicator of a measure and unit, from the table that counts it first of all.

    >>> default_indicator("reintegrated", "clients").table, default_indicator("in_shelter", "clients").accumulate
    ('reintegration', 'last')
    """
    names = codelist("measures").member(measure)
    unit_names = codelist("units").member(unit)
    words = (f" ({unit_names.label_en})", f" ({unit_names.label_km})") if unit == "times" else ("", "")
    return Indicator(
        _code(measure, unit),
        names.label_en + words[0],
        names.label_km + words[1],
        home_table(measure, unit).name,
        measure,
        unit=unit,
        accumulate=usual_accumulation(measure, unit),
    )


def _code(measure: str, unit: str) -> str:
    return measure if unit == "clients" else f"{measure}_{unit}"


def home_table(measure: str, unit: str) -> TableSpec:
    """Find the table that a measure is best taken from: the first that counts it before anything else."""
    tables = [
        table for table in CATALOGUE if any((column.measure, column.unit) == (measure, unit) for column in table.counts)
    ]
    return next((table for table in tables if table.measure == measure), tables[0])
