"""What is planned: indicators, the figure each of them follows, and the targets set for it.

An `Indicator` names a measure of a table, perhaps only a part of it, and says whether more is better; how its quarters
make a year, its measure says. Where no plan speaks of a measure of the catalogue, it is an indicator without a target.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal

from ..words import did_you_mean, in_language, say
from . import period as calendar
from .catalogue import CATALOGUE, home_table, spec
from .column import row_dimension
from .definition import FREQUENCIES, Definition
from .errors import UnknownNameError
from .measure import IN_CARE, Adding, adding
from .measure import measure as measure_of
from .table import Key, TableSpec
from .wording import counted_label

DIRECTIONS = ("up", "down", "neutral")
BY_QUARTER = "by quarter"
SHAPES = ("equal", BY_QUARTER, "none")
"""How a year's target is due, as it is typed into the plan: evenly, as set for each quarter, or not before its end."""

FORMULAS = ("actual / target", "actual / due")
"""What the percent of an indicator is of, as it is typed into the plan: the year's target, or what is due by now."""

PER_QUARTER = "per quarter"
"""What is typed behind a percent whose part and whole do not add alike: it has a figure for each quarter, none for a
year."""

YearMade = Adding | Literal["ratio", "none"]
"""How quarters make a year: as the measure adds; ``ratio``: divided anew from the year's counts; ``none``: not at all.
"""


@dataclass(frozen=True)
class Indicator:
    """One followed figure. `key` narrows its table down, such as ``{"case_type": "TL"}``.

    `ratio` names two other indicators, part and whole, of which this one is the percent; it has no table then. One that
    is given `per_quarter` has no figure for a year. `nature` is one of `NATURES`; `in_groups`: clients may come as one.
    """

    code: str
    name_en: str
    name_km: str
    table: str = ""
    measure: str = ""
    key: Key = field(default_factory=dict)
    unit: str = "clients"
    direction: str = "neutral"
    formula: str = FORMULAS[0]
    ratio: tuple[str, str] | tuple[()] = ()
    per_quarter: bool = False
    baseline: float | None = None
    baseline_period: str = ""
    source: str = ""
    nature: str = "event"
    in_groups: bool = False
    definition: Definition = field(default_factory=Definition)

    def __post_init__(self) -> None:
        """Refuse a count without a year: only of a percent may quarters stand for themselves."""
        if self.per_quarter and not self.ratio:
            raise ValueError(f"{self.code}: only a percent is given per quarter.")

    @property
    def year_made(self) -> YearMade:
        """How its quarters make a year."""
        if self.ratio:
            return "none" if self.per_quarter else "ratio"
        return adding(self.measure, self.unit)

    @property
    def adds_up(self) -> bool:
        """Whether its quarters add up to the year: happenings are counted, not who was there."""
        return self.year_made in ("flow", "events")

    @property
    def counts_again(self) -> bool:
        """Whether a period counts most of the same clients as the one before: a stock, or all who are there."""
        return self.year_made in ("stock", "attendance", "derived")

    @property
    def is_managed(self) -> bool:
        """Whether the shelter plans it itself, such as a training, so that chance is no word for how many there are."""
        return self.nature == "managed"

    @property
    def declared(self) -> TableSpec:
        """The declaration of its table."""
        return spec(self.table)

    @property
    def frequency(self) -> str:
        """How often it is collected: as the plan says, else as its table does; a percent is one of a quarter."""
        own = [] if self.ratio else [column for column in self.declared.counts if column.measure == self.measure]
        is_monthly = any(column.key.get("period") in calendar.MONTHS for column in own)
        is_monthly |= bool(own) and row_dimension(self.declared.rows) == "period"
        return self.definition.frequency or FREQUENCIES[0 if is_monthly else 1]

    def name(self, language: str = "en") -> str:
        """Give its name in `language`."""
        return in_language(language, lambda language: self.name_km if language == "km" else self.name_en)


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
        """Add the measures that the plan does not speak of; refuse a percent of a year that nobody can divide."""
        object.__setattr__(self, "indicators", (*self.indicators, *_others(self.indicators)))
        uneven = [known.code for known in self.indicators if self.is_uneven(known)]
        if uneven:
            raise ValueError(f"{uneven[0]}: its part and its whole do not add alike. Give it per quarter.")

    def is_uneven(self, indicator: Indicator) -> bool:
        """Check whether a percent of the year is asked for, though its part and its whole do not add alike."""
        if not indicator.ratio or indicator.per_quarter:
            return False
        parts = [known for code in indicator.ratio for known in self.indicators if known.code == code]
        return len({part.year_made for part in parts}) > 1

    @cached_property
    def _targets(self) -> dict[tuple[str, str], Target]:
        return {(target.indicator, target.period): target for target in self.targets}

    def indicator(self, code: str) -> Indicator:
        """Give one indicator by its code, or by the measure that it follows whole.

        Raise KeyError with the codes there are.
        """
        by_code = (known for known in self.indicators if known.code == code)
        whole = (known for known in self.indicators if known.measure == code and not known.key)
        indicator = next(by_code, None) or next(whole, None)
        if indicator is None:
            codes = [known.code for known in self.indicators]
            named = {name: known.code for known in self.indicators for name in (known.name_en, known.name_km)}
            near = did_you_mean(code, codes, named)
            raise UnknownNameError(say("name_no_indicator", name=code, known=", ".join(codes), near=near))
        return indicator

    def whole(self, measure: str) -> Indicator | None:
        """Give the indicator that follows the clients of a measure whole; None where nothing counts it."""
        follows = (known for known in self.indicators if known.measure == measure and not known.key)
        return next((known for known in follows if known.unit == "clients"), None)

    def target(self, code: str, period: str) -> Target | None:
        """Give the target of an indicator in exactly this period, if one is set."""
        return self._targets.get((code, period))

    def in_year(self, code: str, year: str) -> float | None:
        """Give the target of a year: its own, or the sum of its four quarters where those are set and may be added.

        A percent that is given per quarter has none.
        """
        own, indicator = self._value(code, year), self.indicator(code)
        if indicator.per_quarter:
            return None
        if own is not None or not indicator.adds_up:
            return own
        return _sum([self._value(code, quarter) for quarter in calendar.quarters_to(f"{year}-Q4")])

    def in_quarter(self, code: str, quarter: str) -> float | None:
        """Give the target of one quarter: its own, or an even part of the year's, or the level to hold all year."""
        year, own, indicator = self.target(code, quarter[:4]), self._value(code, quarter), self.indicator(code)
        if own is not None or year is None or year.shape != "equal" or indicator.per_quarter:
            return own
        return year.value / 4 if indicator.adds_up else year.value

    def due(self, code: str, quarter: str) -> float | None:
        """Give what is due by the end of a quarter: a part of the year's target, or the level to hold.

        None where no target is set, or where the plan does not say when it is due. When the year is over, its target
        is due.
        """
        year = self.in_year(code, quarter[:4])
        if year is not None and quarter.endswith("Q4"):
            return year
        if not self.indicator(code).adds_up:
            return self.in_quarter(code, quarter)
        return _sum([self.in_quarter(code, until) for until in calendar.quarters_to(quarter)])

    def _value(self, code: str, period: str) -> float | None:
        target = self.target(code, period)
        return target.value if target else None


def _sum(parts: Sequence[float | None]) -> float | None:
    """Add targets up; None where one is not set."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None


def _others(known: Iterable[Indicator]) -> list[Indicator]:
    """Make an indicator of each measure that no known one follows whole."""
    known = tuple(known)
    followed = {(indicator.measure, indicator.unit) for indicator in known if not indicator.key}
    counted = dict.fromkeys((column.measure, column.unit) for table in CATALOGUE for column in table.counts)
    counted[IN_CARE, "clients"] = None
    others = [default_indicator(*pair) for pair in counted if pair not in followed]
    taken = {indicator.code for indicator in known}
    return [replace(other, code=f"{other.code}_all") if other.code in taken else other for other in others]


def default_indicator(measure: str, unit: str) -> Indicator:
    """Make the indicator of a measure and unit, from the table that counts it first of all.

    >>> default_indicator("reintegrated", "clients").table, default_indicator("in_shelter", "clients").year_made
    ('reintegration', 'stock')
    """
    known = measure_of(measure)
    return Indicator(
        _code(measure, unit),
        counted_label(measure, unit, "en"),
        counted_label(measure, unit, "km"),
        home_table(measure, unit).name,
        measure,
        unit=unit,
        nature=known.nature,
        in_groups=known.in_groups,
    )


def _code(measure: str, unit: str) -> str:
    return measure if unit == "clients" else f"{measure}_{unit}"
