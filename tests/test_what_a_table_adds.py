"""Of several tables that count the same, the home says how many; each other one says what it alone divides by."""

from dataclasses import replace

import pytest

from ccpcr_lib.model.catalogue import CATALOGUE, counts_by, spec, total
from ccpcr_lib.model.table import TableSpec
from ccpcr_lib.publish.text.adds import Told, is_home_of, told_by


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("referrals_by_type", Told(is_home=True, axis="case_type")),
        ("referrals_by_sex", Told(is_home=False, axis="sex")),
        ("referrals_by_age", Told(is_home=False, axis="age_band")),
        ("referral_sources", Told(is_home=False, axis="organisation")),
        ("education", Told(is_home=True, axis="grade")),
        ("life_skills", Told(is_home=True, axis="topic")),
    ],
)
def test_every_table_of_the_report_has_something_of_its_own_to_say(name, told):
    assert told_by(spec(name), CATALOGUE) == told


def test_where_the_home_is_not_in_the_workbook_the_next_table_is_one():
    there = [spec(name) for name in ("referrals_by_sex", "referrals_by_age", "referral_sources")]
    assert [told_by(table, there) for table in there] == [
        Told(is_home=True, axis="case_type"),
        Told(is_home=False, axis="age_band"),
        Told(is_home=False, axis="organisation"),
    ]


def declared(name: str, rows: str, *dimensions: str) -> TableSpec:
    columns = (*counts_by("trained", *dimensions, under="clients"), total("trained"))
    return replace(spec("education"), name=name, rows=rows, members=(), columns=columns, charts=("members",))


def test_a_table_of_ones_own_says_what_no_table_before_it_does():
    skills = spec("vocational_skills")  # by skill and month
    by_sex, by_type = declared("more", "skill", "sex"), declared("types", "case_type", "sex")
    by_month, again = declared("months", "month", "age_band"), declared("again", "skill", "sex")
    tables = [skills, by_sex, by_type, by_month, again]
    assert [told_by(table, tables).axis for table in tables] == ["skill", "sex", "case_type", "age_band", ""]


def test_a_table_by_month_tells_the_months_if_its_home_does_not():
    home, months = declared("home", "skill", "sex"), declared("months", "month", "sex")
    late = declared("late", "month", "sex")
    assert [told_by(table, [home, months, late]) for table in (home, months, late)] == [
        Told(is_home=True, axis="skill"),
        Told(is_home=False, axis="sex"),
        Told(is_home=False, axis="month"),
    ]


def test_a_stock_is_told_by_the_first_table_that_has_it():
    assert is_home_of(spec("referrals_by_age"), "in_shelter", "clients", CATALOGUE)
    assert not is_home_of(spec("referrals_by_sex"), "reintegrated", "clients", CATALOGUE)
    assert is_home_of(spec("reintegration"), "reintegrated", "clients", CATALOGUE)
    without = [table for table in CATALOGUE if table.name != "reintegration"]
    assert is_home_of(spec("referrals_by_sex"), "reintegrated", "clients", without)
    assert not is_home_of(spec("referrals_by_age"), "reintegrated", "clients", without)
