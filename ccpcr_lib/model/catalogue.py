"""The fourteen tables of the quarterly report, each declared once, in the order of the slides.

To read it: `rows` is what stands down the left side; `columns` is what stands across, from left to right.
``counts_by`` crosses dimensions, ``months`` is the quarter's three months, ``total`` and ``share`` are what
the sheet works out for itself. To add a table, add a declaration: nothing else is needed.
"""

from functools import cache

from ..words import did_you_mean, say
from .codelist import codelist
from .declared import check_catalogue
from .errors import UnknownNameError
from .measure import IN_CARE, STOCK
from .period import MONTHS, Relative
from .table import DIMENSIONS, Column, TableSpec, Text, TotalRow

NO_SEX_SPLIT = frozenset({"SA", "ST", "SW"})
"""Case types the slides give one column only: whether those clients are girls or boys is not said."""


def heading(code: str) -> Text:
    """Take a heading from the code list ``headings``."""
    return Text("headings", code)


def months(measure: str, *, under: str = "clients") -> tuple[Column, ...]:
    """Declare one column for each month of the quarter, under one spanner."""
    spanners = (heading(under), Text("period", "quarter"))
    return tuple(
        Column("count", measure, {"period": month}, (*spanners[:1], Text("period", month.value))) for month in MONTHS
    )


def previous_quarter(measure: str) -> Column:
    """Declare a column that repeats what the quarter before reported."""
    return Column("count", measure, {"period": Relative.PREVIOUS}, (heading("clients"), Text("period", "previous")))


def counts_by(measure: str, *dimensions: str, under: str) -> tuple[Column, ...]:
    """Declare one column for each combination of the dimensions; case types without a split by sex get one column."""
    keys: list[dict[str, str]] = [{}]
    for dimension in dimensions:
        keys = [
            {**key, dimension: code} if not (dimension == "sex" and key.get("case_type") in NO_SEX_SPLIT) else key
            for key in keys
            for code in _codes(dimension, key)
        ]
    return tuple(
        Column("count", measure, key, (heading(under), *(Text(DIMENSIONS[name], code) for name, code in key.items())))
        for key in keys
    )


def _codes(dimension: str, key: dict[str, str]) -> tuple[str, ...]:
    if dimension == "sex" and key.get("case_type") in NO_SEX_SPLIT:
        return ("",)
    return tuple(codelist(DIMENSIONS[dimension]).members)


def count(measure: str, head: str, *, unit: str = "clients") -> Column:
    """Declare a column of counts that nothing divides."""
    return Column("count", measure, {}, (heading(head),), unit)


def total(measure: str, *, joined: bool = False) -> Column:
    """Declare the sheet's own total of a row; `joined`: one merged cell for all rows."""
    return Column("total", measure, {}, (heading("total"),), joined=joined)


def share(measure: str) -> Column:
    """Declare the sheet's own percent of a row in the whole."""
    return Column("share", measure, {}, (heading("share"),))


def plan(measure: str) -> Column:
    """Declare the year's plan: one merged cell, for all rows together."""
    return Column("plan", measure, {"period": Relative.YEAR}, (heading("plan"),), joined=True)


ALL_MONTHS = TotalRow(joins="period")
BOTH_SEXES = TotalRow(joins="sex", shares=True)


def catalogue_of(*tables: TableSpec) -> tuple[TableSpec, ...]:
    """Put declared tables together, in the order of the slides.

    Raise DeclarationError for two of one name, or no title.
    """
    check_catalogue(tables)
    return tables


CATALOGUE = catalogue_of(
    TableSpec(
        "referrals_by_type",
        slide=6,
        rows="case_type",
        columns=(plan("referred"), *months("referred", under="actual"), total("referred")),
        totals=(ALL_MONTHS,),
        charts=("against_plan", "months"),
    ),
    TableSpec(
        "referrals_by_sex",
        slide=7,
        rows="month",
        columns=(
            total("referred"),
            *counts_by("referred", "case_type", "sex", under="referred"),
            count("reintegrated", "reintegrated"),
        ),
        totals=(BOTH_SEXES,),
        charts=("type_and_sex",),
    ),
    TableSpec(
        "referrals_by_age",
        slide=8,
        rows="month",
        columns=(
            count("in_shelter", "in_shelter"),
            *counts_by("referred", "age_band", "sex", under="age_bands"),
            total("referred"),
            count("reintegrated", "reintegrated"),
        ),
        totals=(BOTH_SEXES,),
        charts=("pyramid", "movement"),
    ),
    TableSpec(
        "referral_sources",
        slide=9,
        rows="organisation",
        columns=(*counts_by("referred", "sex", under="sexes"), total("referred"), share("referred")),
        totals=(TotalRow(shares=True),),
        charts=("members_by_sex",),
    ),
    TableSpec(
        "education",
        slide=12,
        rows="grade",
        columns=(*months("enrolled"), total("enrolled"), share("enrolled")),
        charts=("months",),
    ),
    TableSpec(
        "other_services",
        slide=13,
        rows="service",
        columns=(count("served", "clients"),),
        is_optional=True,
    ),
    TableSpec(
        "life_skills",
        slide=14,
        rows="topic",
        columns=(*counts_by("attended", "case_type", "sex", under="case_type"), total("attended", joined=True)),
        charts=("matrix",),
    ),
    TableSpec(
        "vocational_skills",
        slide=15,
        rows="skill",
        members=("sewing", "weaving", "hairdressing", "photoshop"),
        columns=(*months("trained"), total("trained"), share("trained")),
        charts=("months",),
    ),
    TableSpec(
        "family_assessments",
        slide=16,
        rows="case_type",
        columns=(previous_quarter("assessed"), *months("assessed"), total("assessed"), share("assessed")),
        totals=(TotalRow(), ALL_MONTHS),
        charts=("previous_and_this",),
    ),
    TableSpec(
        "family_visits",
        slide=17,
        rows="case_type",
        columns=(previous_quarter("visited"), *months("visited"), total("visited"), share("visited")),
        totals=(TotalRow(), ALL_MONTHS),
        charts=("previous_and_this",),
    ),
    TableSpec(
        "reintegration",
        slide=18,
        rows="destination",
        columns=(*months("reintegrated"), total("reintegrated"), share("reintegrated")),
        totals=(TotalRow(shares=True),),
        charts=("months",),
    ),
    TableSpec(
        "partner_referrals",
        slide=19,
        rows="partner",
        columns=(*months("referred_out"), total("referred_out"), share("referred_out")),
        charts=("months",),
    ),
    TableSpec(
        "follow_up_support",
        slide=20,
        rows="case_type",
        columns=months("followed_up"),
        totals=(TotalRow(), ALL_MONTHS),
        charts=("months",),
    ),
    TableSpec(
        "skills_follow_up",
        slide=21,
        rows="skill",
        members=("sewing", "hairdressing", "weaving", "formal_education", "formal_education_community"),
        columns=(count("followed_up_skills", "clients"), count("followed_up_skills", "times", unit="times")),
        charts=("clients_and_times",),
    ),
)


@cache
def spec(name: str) -> TableSpec:
    """Give one table's declaration; raise KeyError with the known names for a name that is none."""
    for known in CATALOGUE:
        if known.name == name:
            return known
    names = [known.name for known in CATALOGUE]
    titled = {label: code for code in names for label in codelist("tables").member(code).spellings}
    near = did_you_mean(name, names, titled)
    raise UnknownNameError(say("name_no_table", name=name, known=", ".join(names), near=near))


@cache
def home_table(measure: str, unit: str) -> TableSpec:
    """Find the home of a measure: the first table that counts it before anything else; else the first that does.

    The home of the clients in care is that of the stock they begin with.
    """
    if measure == IN_CARE:
        return home_table(STOCK, unit)
    tables = [
        table for table in CATALOGUE if any((column.measure, column.unit) == (measure, unit) for column in table.counts)
    ]
    return next((table for table in tables if table.measure == measure), tables[0])
