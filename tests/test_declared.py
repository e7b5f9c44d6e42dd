"""A declaration refuses nonsense when it is made, and says what is wrong with it."""

from dataclasses import replace

import pytest

from ccpcr_lib.model.catalogue import (
    CATALOGUE,
    catalogue_of,
    count,
    counts_by,
    heading,
    months,
    plan,
    previous_quarter,
    share,
    spec,
    total,
)
from ccpcr_lib.model.chart_forms import CHART_FORMS, check_chart
from ccpcr_lib.model.period import Relative
from ccpcr_lib.model.table import Column, TableSpec, Text, TotalRow

HEAD = (heading("clients"),)


def table(*columns: Column, rows: str = "grade", **more) -> TableSpec:
    """Declare a table of a few columns."""
    return TableSpec(more.pop("name", "education"), more.pop("slide", 12), rows, columns, **more)


def test_what_makes_sense_is_taken():
    assert table(*months("enrolled"), total("enrolled"), share("enrolled")).measure == "enrolled"
    assert catalogue_of(*CATALOGUE) == CATALOGUE


# --- a column ---


@pytest.mark.parametrize(
    ("why", "column"),
    {
        "cannot have the role 'sum'": {"role": "sum"},
        "has no heading": {"heads": ()},
        "counts 'fed', which is no measure": {"measure": "fed"},
        "no column counts in_care: it is worked out from other measures": {"measure": "in_care"},
        "counts in 'hours', which is no unit": {"unit": "hours"},
        "headed 'girls', which is not in the list 'headings'": {"heads": (heading("girls"),)},
        "headed 'm4', which is not in the list 'period'": {"heads": (Text("period", "m4"),)},
        "headed 'DV', which is not in the list 'villages'": {"heads": (Text("villages", "DV"),)},
        "divided by 'village'": {"key": {"village": "Svay Rieng"}},
        "divided by 'category'": {"key": {"category": "sewing"}},
        "divided by 'month'": {"key": {"month": "m1"}},
        "the sex 'X'; known: F, M": {"key": {"sex": "X"}},
        "the case_type 'dv'": {"key": {"case_type": "dv"}},
        "the age_band '0-9'": {"key": {"age_band": "0-9"}},
        "the period 'm4'": {"key": {"period": "m4"}},
        "the period 'm1'": {"key": {"period": "m1"}},
        "the period '2010-04'": {"key": {"period": "2010-04"}},
        "the period 'year'": {"key": {"period": Relative.YEAR}},
        "the period 'quarter'": {"key": {"period": Relative.QUARTER}},
        "headed 'total', which names no counts": {"heads": (heading("total"),)},
        "headed 'grade', which names no counts": {"heads": (heading("grade"),)},
        "headed 'quarter', which names no counts": {"heads": (Text("period", "quarter"),)},
        "the quarter before is one column of enrolled": {"key": {"period": Relative.PREVIOUS, "sex": "F"}},
        "a count column of enrolled cannot be joined": {"joined": True},
        "a share column of enrolled cannot be joined": {"role": "share", "joined": True},
    }.items(),
)
def test_a_column_that_makes_no_sense_is_refused(why, column):
    said = {"role": "count", "measure": "enrolled", "key": {}, "heads": HEAD} | column
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        Column(**said)
    assert why in str(refused.value)


# --- a table ---

CLIENTS = count("enrolled", "clients")
TIMES = count("enrolled", "times", unit="times")
STOCK = count("in_shelter", "in_shelter")
SEXES = counts_by("enrolled", "sex", under="sexes")
MONTHS = months("enrolled")
GIRLS, BOYS = SEXES
APART = Column("count", "enrolled", {}, (heading("actual"),))

YEAR = {"period": Relative.YEAR}


def planned(key, *, joined=True):
    return table(CLIENTS, Column("plan", "enrolled", key, (heading("plan"),), joined=joined))


REFUSED = {
    "the plan of enrolled is one joined cell": lambda: planned({"period": Relative.M1}, joined=False),
    "one joined cell for the year, not one for {'period': 'm2'}": lambda: planned({"period": Relative.M2}),
    "one joined cell for the year, not one for {'period': 'year'}": lambda: planned(YEAR, joined=False),
    "one joined cell for the year, not one for {}": lambda: planned({}),
    "not one for {'period': 'year', 'sex': 'F'}": lambda: planned(YEAR | {"sex": "F"}),
    "'Education' is no name of a table": lambda: table(CLIENTS, name="Education"),
    "'check ups' is no name of a table": lambda: table(CLIENTS, name="check ups"),
    "'clients_who_were_examined_by_a_doctor' is no name": lambda: table(
        CLIENTS, name="clients_who_were_examined_by_a_doctor"
    ),
    "there is no slide 0": lambda: table(CLIENTS, slide=0),
    "rows are 'village'": lambda: table(CLIENTS, rows="village"),
    "rows are 'sex'": lambda: table(CLIENTS, rows="sex"),
    "['grade_13'] not in the code list grades": lambda: table(CLIENTS, members=("grade_1", "grade_13")),
    "the rows ['grade_1'] stand twice": lambda: table(CLIENTS, members=("grade_1", "grade_2", "grade_1")),
    "all three months, in their order": lambda: table(CLIENTS, rows="month", members=("m1", "m2")),
    "no column counts anything": lambda: table(total("enrolled")),
    "no column counts anything.": lambda: table(),
    "a stock and nothing else": lambda: table(STOCK),
    "a column of enrolled names a month, as its rows do": lambda: table(*MONTHS, rows="month"),
    "a column of enrolled names a case_type, as its rows do": lambda: table(
        *counts_by("enrolled", "case_type", under="case_type"), rows="case_type"
    ),
    "a column of assessed names a month": lambda: table(
        previous_quarter("assessed"), count("assessed", "actual"), rows="month"
    ),
    "{} and {} count the same enrolled": lambda: table(CLIENTS, APART),
    "{} and {'sex': 'F'} count the same enrolled": lambda: table(CLIENTS, GIRLS),
    "{'period': 'm1'} and {} count the same enrolled": lambda: table(*MONTHS, APART),
    "{'sex': 'F'} and {'case_type': 'DV'} count the same enrolled": lambda: table(
        GIRLS, counts_by("enrolled", "case_type", under="case_type")[0]
    ),
    "columns of enrolled in clients do not stand side by side": lambda: table(GIRLS, total("enrolled"), BOYS),
    "enrolled in clients is not counted in all three months": lambda: table(*MONTHS[:2]),
    "two columns mean the same: ('total', 'enrolled'": lambda: table(CLIENTS, total("enrolled"), total("enrolled")),
    "two headings cannot be told apart: ['clients']": lambda: table(CLIENTS, count("trained", "clients")),
    "two headings cannot be told apart: ['clients', 'm1']": lambda: table(*months("trained"), CLIENTS),
    "it has a total of visited, which it does not count": lambda: table(CLIENTS, total("visited")),
    "it has a share of visited, which it does not count": lambda: table(CLIENTS, share("visited")),
    "it has a plan of visited, which it does not count": lambda: table(CLIENTS, plan("visited")),
    "it has a total of enrolled, which it does not count": lambda: table(TIMES, total("enrolled")),
    "no count says what a total is about, {'sex': 'F'}": lambda: table(
        CLIENTS, Column("total", "enrolled", {"sex": "F"}, (heading("total"),))
    ),
    "no count says what a total is about, {}": lambda: table(previous_quarter("assessed"), total("assessed")),
    "one plan at most, for what it counts first of all": lambda: table(
        CLIENTS, count("trained", "actual"), plan("trained")
    ),
    "no header is found by its headings": lambda: table(CLIENTS, total("enrolled")),
    "no header is found by its headings: two of one kind": lambda: table(count("enrolled", "actual")),
    "no header is found by its headings: two of one kind, or a lone unit": lambda: table(GIRLS),
    "do not tell ('enrolled', 'clients') from ('trained', 'clients')": lambda: table(
        *SEXES, *counts_by("trained", "sex", under="actual")
    ),
    "it has no total row": lambda: table(CLIENTS, totals=()),
    "two of its total rows are the same": lambda: table(CLIENTS, totals=(TotalRow(), TotalRow())),
    "a total row joins 'sex', by which no column is divided": lambda: table(*MONTHS, totals=(TotalRow(joins="sex"),)),
    "a total row joins 'period', by which": lambda: table(*SEXES, totals=(TotalRow(joins="period"),)),
    "a total row joins 'village', by which": lambda: table(*SEXES, totals=(TotalRow(joins="village"),)),
    "a total row joins 'category', by which": lambda: table(*SEXES, totals=(TotalRow(joins="category"),)),
    "no chart is drawn of it": lambda: table(CLIENTS, charts=()),
    "nobody draws a chart 'pie'": lambda: table(CLIENTS, charts=("pie",)),
    "nobody draws a chart 'burn_up'": lambda: table(CLIENTS, charts=("burn_up",)),
    "the chart 'members' is drawn twice": lambda: table(CLIENTS, charts=("members", "members")),
    "the chart 'slope' is of several quarters": lambda: table(CLIENTS, charts=("slope",)),
    "no chart 'months' can be drawn of it, which needs columns for all three months": lambda: table(
        CLIENTS, charts=("months",)
    ),
    "no chart 'against_plan' can be drawn of it, which needs a plan": lambda: table(CLIENTS, charts=("against_plan",)),
    "no chart 'movement' can be drawn of it, which needs months with": lambda: table(
        CLIENTS, rows="month", charts=("movement",)
    ),
}


@pytest.mark.parametrize(("why", "declare"), REFUSED.items(), ids=REFUSED)
def test_a_table_that_makes_no_sense_is_refused(why, declare):
    with pytest.raises(ValueError) as refused:  # noqa: PT011
        declare()
    assert why in str(refused.value)


def test_who_may_come_again_is_not_drawn_against_a_plan():
    columns = (plan("followed_up"), *months("followed_up"))
    with pytest.raises(ValueError, match="counts of this quarter that add up"):
        table(*columns, charts=("against_plan",))


def test_rows_that_are_months_have_no_slope():
    with pytest.raises(ValueError, match="other rows than months, and counts of this quarter"):
        check_chart(spec("referrals_by_sex"), "slope")
    check_chart(spec("family_assessments"), "slope")


# --- the catalogue ---


def test_two_tables_of_one_name_are_refused():
    again = replace(spec("other_services"), slide=22)
    with pytest.raises(ValueError, match="two tables are called 'other_services'"):
        catalogue_of(*CATALOGUE, again)


def test_a_table_without_a_title_is_refused():
    with pytest.raises(ValueError, match=r"check_ups: it has no title in tables\.csv"):
        catalogue_of(*CATALOGUE, replace(spec("other_services"), name="check_ups"))


def test_a_second_plan_is_refused():
    planned = replace(spec("family_visits"), columns=(plan("visited"), *spec("family_visits").columns))
    with pytest.raises(ValueError, match="one plan of the year, not one in each of referrals_by_type, family_visits"):
        catalogue_of(*CATALOGUE[:5], planned)


@pytest.mark.parametrize("known", CATALOGUE, ids=lambda known: known.name)
def test_every_table_says_the_same_when_it_is_declared_again(known):
    assert replace(known) == known
    assert [form for form in known.charts if not CHART_FORMS[form].suits(known)] == []
