"""The chart forms by their names, each with what a table must be for it to be drawn: a form suits it, or is refused.

A form crosses dimensions, and is drawn as one of the kinds of ``publish/charts``. Which declaration it suits is said
here, so that a chart that would come out empty or wrong is refused when its table is declared.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

from ..words import say
from .codelist import codelist
from .column import DIMENSIONS, PERIOD_ROWS, Column, Declaration
from .errors import DeclarationError
from .period import MONTHS, QUARTERS, Relative

DeclaredCodes = frozenset[tuple[str, str | Relative]]
"""A declared key, or a part of it, as a set of pairs."""


class Crossed(NamedTuple):
    """What stands down the side of a chart, what stands across, and the kind of chart that it is drawn as.

    `rows` are the table's own, or the members of a dimension; `columns` this quarter, it and the one before
    (``quarters``), its months, the quarters of a longer period (``parts``), the sexes, the units, or all columns that
    are declared.
    """

    rows: str
    columns: str
    kind: str


@dataclass(frozen=True)
class ChartForm:
    """A form: whether a declared table has what it needs, which ``form_needs`` says in words, and what is crossed.

    `office` is what Office draws, where that is something else. A form that crosses nothing has numbers of its own.
    """

    suits: Callable[[Declaration], bool]
    crossed: Crossed | None = None
    office: Crossed | None = None
    is_declared: bool = True
    """Whether a declaration may ask for it; the others are drawn of several quarters, on request."""


def own_counts(table: Declaration) -> list[Column]:
    """List the columns that count what the table counts first of all."""
    return [column for column in table.counts if (column.measure, column.unit) == (table.measure, table.unit)]


def counts_now(table: Declaration) -> list[Column]:
    """List those of them that count in this quarter."""
    return [column for column in own_counts(table) if column.key.get("period") is not Relative.PREVIOUS]


def _periods(table: Declaration) -> set[str | Relative | None]:
    return {column.key.get("period") for column in own_counts(table)}


def _has_months(table: Declaration) -> bool:
    """Check whether its columns divide all of this quarter by month, each month alike."""
    return _divided_by(table, MONTHS)


def _has_quarter_columns(table: Declaration) -> bool:
    """Check whether its columns divide all of a longer period by quarter, each quarter alike."""
    return _divided_by(table, QUARTERS) or _divided_by(table, QUARTERS[:2])


def _divided_by(table: Declaration, periods: Sequence[Relative]) -> bool:
    if table.rows in PERIOD_ROWS or {column.key.get("period") for column in counts_now(table)} != set(periods):
        return False
    first, *others = (
        {column.divides for column in counts_now(table) if column.key["period"] == period} for period in periods
    )
    return all(other == first for other in others)


def _has_sexes(columns: list[Column], *, always: bool) -> bool:
    """Check whether columns divide by sex: in each of their other divisions all sexes, or, unless `always`, none."""
    sexes = set(codelist("sexes").members)
    sides: dict[DeclaredCodes, set[str | Relative]] = {}
    for column in columns:
        rest = frozenset(pair for pair in column.key.items() if pair[0] != "sex")
        sides.setdefault(rest, set()).add(column.key.get("sex", ""))
    allowed: list[set[str]] = [sexes] if always else [sexes, {""}]
    return sexes in sides.values() and all(side in allowed for side in sides.values())


def _types_and_sexes(table: Declaration) -> bool:
    columns = counts_now(table)
    by_type = table.rows == "case_type" or all("case_type" in column.key for column in columns)
    return by_type and _has_sexes(columns, always=table.rows == "case_type")


def _members_and_sexes(table: Declaration) -> bool:
    return bool(counts_now(table)) and _has_sexes(counts_now(table), always=True)


def _previous_and_now(table: Declaration) -> bool:
    """Check whether the quarter before stands beside this one."""
    return table.rows not in PERIOD_ROWS and bool(counts_now(table)) and Relative.PREVIOUS in _periods(table)


def _both_units(table: Declaration) -> bool:
    """Check whether what is counted in one unit is counted in others alike: clients and times."""
    units: dict[str, Counter[DeclaredCodes]] = {}
    for column in table.counts:
        if column.measure == table.measure:
            units.setdefault(column.unit, Counter())[frozenset(column.key.items())] += 1
    first, *others = units.values()
    return bool(others and counts_now(table)) and all(other == first for other in others)


def _ages_and_sexes(table: Declaration) -> bool:
    """Check whether all of its columns name an age band and a sex, and every pair of them is there."""
    named = {(column.key.get("age_band"), column.key.get("sex")) for column in counts_now(table)}
    return named == set(product(codelist(DIMENSIONS["age_band"]).members, codelist("sexes").members))


def _stock_and_steps(table: Declaration) -> bool:
    """Check whether its months count who was in the shelter, who came and who left, undivided."""
    undivided = {column.measure for column in table.counts if not column.key}
    return table.rows == "month" and table.measure == "referred" and {"in_shelter", "reintegrated"} <= undivided


def _has_plan(table: Declaration) -> bool:
    adds = {column.adds for column in counts_now(table)}
    return bool(adds) and "attendance" not in adds and any(column.role == "plan" for column in table.columns)


def _has_now(table: Declaration) -> bool:
    return bool(counts_now(table))


def _has_quarters(table: Declaration) -> bool:
    """Check whether each of its rows has a figure of the quarter."""
    return table.rows not in PERIOD_ROWS and bool(counts_now(table))


MEMBERS = Crossed("rows", "quarter", "bars")

CHART_FORMS = {
    "members": ChartForm(_has_now, MEMBERS),
    "months": ChartForm(_has_months, Crossed("rows", "month", "bars"), Crossed("rows", "month", "stacked")),
    "quarters": ChartForm(_has_quarter_columns, Crossed("rows", "parts", "bars"), Crossed("rows", "parts", "stacked")),
    "against_plan": ChartForm(_has_plan, MEMBERS),
    "type_and_sex": ChartForm(
        _types_and_sexes, Crossed("case_type", "sex", "bars"), Crossed("case_type", "sex", "stacked")
    ),
    "members_by_sex": ChartForm(_members_and_sexes, Crossed("rows", "sex", "bars"), Crossed("rows", "sex", "stacked")),
    "previous_and_this": ChartForm(_previous_and_now, Crossed("rows", "quarters", "bars")),
    "clients_and_times": ChartForm(_both_units, Crossed("rows", "unit", "bars")),
    "pyramid": ChartForm(_ages_and_sexes, Crossed("age_band", "sex", "pyramid")),
    "matrix": ChartForm(lambda table: len(own_counts(table)) > 1, Crossed("rows", "columns", "matrix"), MEMBERS),
    "movement": ChartForm(_stock_and_steps),
    "slope": ChartForm(_has_quarters, is_declared=False),
    "multiples": ChartForm(lambda table: _has_months(table) or _has_quarter_columns(table), is_declared=False),
}


def check_chart(table: Declaration, form: str) -> None:
    """Refuse a chart form nobody draws, and one that the table has no figures for; raise DeclarationError."""
    if form not in CHART_FORMS:
        raise DeclarationError(f"{table.name}: nobody draws a chart {form!r}; choose of {', '.join(CHART_FORMS)}.")
    if not CHART_FORMS[form].suits(table):
        needs = say(f"form_needs.{form}")
        raise DeclarationError(f"{table.name}: no chart {form!r} can be drawn of it, which needs {needs}.")
