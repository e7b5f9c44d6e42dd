"""One side of a relation: its terms → what they add up to in the quarters that are known.

A term is a figure of a table, or of one of its members, seen from the period that is tested: that period, the one
before, the quarter's first month, its later ones, all quarters so far. The clients in care stand in no table: a term
without one means them.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ..model import period as calendar
from ..model.catalogue import spec
from ..model.column import row_dimension
from ..model.measure import IN_CARE, adding
from ..model.records import FrozenKey, name_key
from ..model.table import Key
from ..model.wording import counted_label
from ..words import say
from .cube import NoAnswerError
from .facts import Facts
from .in_care import in_care
from .noted import noted_total
from .sums import Sum, add_quarters

CLIENTS = "clients"
"""The shift that asks how many clients a flow is about, who may stand in several months."""

TO_DATE = "to_date"
"""The shift that means all quarters so far: those whose workbooks are known."""

SHIFTS = ("", "previous", "first", "later", TO_DATE, CLIENTS)
"""Which period a term means, seen from the one that is tested."""

ENOUGH_EARLIER = 4
"""So many quarters before, one after the other, must be known before a figure `TO_DATE` can be called wrong: a year."""


class Term(NamedTuple):
    """One figure of a relation, added or taken away; that of the clients in care has no table.

    `codes` say of whom: the members that it names, by their dimensions.
    """

    sign: int
    table: str
    measure: str
    unit: str
    shift: str
    codes: FrozenKey = frozenset()

    @property
    def is_in_care(self) -> bool:
        """Whether it means the clients in care."""
        return self.measure == IN_CARE

    @property
    def label(self) -> str:
        """Name the figure: what it counts, and of whom."""
        label = counted_label(self.measure, self.unit)
        if not self.codes:
            return label
        who = name_key(dict(self.codes), category_list=spec(self.table).codelist, period=False)
        return say("measure_of", measure=label, who=who)


class Evaluated(NamedTuple):
    """One side of a relation worked out: its value (None where not known), and how it came about."""

    value: Sum | None
    words: str = ""


class Seen(NamedTuple):
    """What a relation is tested with: the quarters known, the period and the member, and what becomes of a blank."""

    quarters: Mapping[str, Facts]
    period: str
    member: Key
    missing: str

    @property
    def facts(self) -> Mapping[str, Facts]:
        """The facts of the quarters, with a zero for every blank where that is how the relation takes it."""
        if self.missing != "zero":
            return self.quarters
        return {period: facts.with_zeros for period, facts in self.quarters.items()}


def evaluate(seen: Seen, terms: tuple[Term, ...]) -> Evaluated:
    """Work out one side: add up its terms; what is not known at all, or is taken away unknown, makes it unknown."""
    side, figures = Sum(), []
    for term in terms:
        figure = _figure(seen, term)
        if figure is None or (figure.most is None and (term.sign < 0 or not figure.is_known)):
            return Evaluated(None)
        figures.append(figure)
        side = side + figure if term.sign > 0 else side - figure
    return Evaluated(side, _words(terms, figures))


def _words(terms: Sequence[Term], figures: Sequence[Sum]) -> str:
    """Write a side out: ``Clients in the shelter``, or ``61 - 12 - 0 + 2`` for a sum."""
    if len(terms) == 1:
        return terms[0].label
    signed = (f" {'+' if term.sign > 0 else '-'} {figure}" for term, figure in zip(terms, figures, strict=True))
    return "".join(signed).removeprefix(" + ")


def _figure(seen: Seen, term: Term) -> Sum | None:
    """Add up a term in the periods its shift names; None where a period or the table is not there."""
    periods = shifted(seen.quarters, term.shift, seen.period)
    if term.is_in_care:
        return in_care(seen.facts, periods)
    figures = [_in_period(seen, term, period) for period in periods]
    there = [figure for figure in figures if figure is not None]
    return add_quarters(there, adding(term.measure, term.unit)) if len(there) == len(figures) else None


def _in_period(seen: Seen, term: Term, period: str) -> Sum | None:
    """Add up a term in one period: of the members it names, and of that which is tested if its table divides by it."""
    facts = seen.facts.get(calendar.quarter_of(period))
    if facts is None or term.table not in facts.by_table:
        return None
    member = {name: code for name, code in seen.member.items() if has_dimension(term.table, name)}
    cube, key = facts.cube(term.measure, term.unit), {**member, **dict(term.codes), "period": period}
    try:
        if term.codes:
            return noted_total(facts, cube, key, table=term.table, by_client=term.shift == CLIENTS)
        return cube.total(key, table=term.table, by_client=term.shift == CLIENTS)
    except NoAnswerError:
        return None


def shifted(quarters: Collection[str], shift: str, period: str) -> Sequence[str]:
    """List the periods that a term means, seen from `period`, where these quarters are known."""
    quarter = calendar.quarter_of(period)
    first, *later = calendar.months(quarter)
    if shift == "previous":
        return (_before(period),)
    if shift == TO_DATE:
        return tuple(sorted(name for name in quarters if name <= quarter))
    return {"": (period,), CLIENTS: (period,), "first": (first,), "later": tuple(later)}[shift]


def _before(period: str) -> str:
    """Name the month or the quarter before.

    >>> _before("2010-04"), _before("2010-Q1")
    ('2010-03', '2009-Q4')
    """
    if calendar.is_quarter(period):
        return calendar.previous(period)
    months = [
        *calendar.months(calendar.previous(calendar.quarter_of(period))),
        *calendar.months(calendar.quarter_of(period)),
    ]
    return months[months.index(period) - 1]


def earlier_in_a_row(quarters: Collection[str], period: str) -> int:
    """Count the quarters right before the one of `period` whose workbooks are known, without a gap.

    >>> earlier_in_a_row(["2009-Q4", "2009-Q3", "2009-Q1"], "2010-02")
    2
    """
    known, before = 0, calendar.previous(calendar.quarter_of(period))
    while before in quarters:
        known, before = known + 1, calendar.previous(before)
    return known


@cache
def has_dimension(table: str, dimension: str) -> bool:
    """Check whether a table divides its counts by a dimension.

    >>> has_dimension("education", "category"), has_dimension("education", "sex")
    (True, False)
    """
    declared = spec(table)
    return dimension == row_dimension(declared.rows) or any(dimension in column.key for column in declared.counts)
