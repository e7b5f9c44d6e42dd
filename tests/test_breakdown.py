import pytest

from ccpcr_lib import load
from ccpcr_lib.analysis.breakdown import (
    TOTAL,
    ChoiceError,
    Counted,
    break_down,
    counted_by,
    dimensions,
    with_percents,
)
from ccpcr_lib.model.catalogue import CATALOGUE, spec
from ccpcr_lib.quality.cube import UNSAID
from ccpcr_lib.words import say

REFERRED = Counted("referred", "clients")


def broken_down(quarter, name, by, what=None):
    table = quarter.filled(name)
    return break_down([table], what or counted_by(table.spec)[0], by)


def values(found) -> dict:
    return {key: figure.value for key, figure in found.figures.items()}


@pytest.fixture(scope="module")
def two_quarters(two_workbooks):
    return [load(path) for path in two_workbooks]


def test_a_table_offers_the_dimensions_it_has_and_only_those():
    offered = {known.name: dimensions(known, counted_by(known)[0]) for known in CATALOGUE[:8]}
    assert offered == {
        "referrals_by_type": ("month", "case_type"),
        "referrals_by_sex": ("month", "case_type", "sex"),
        "referrals_by_age": ("month", "age_band", "sex"),
        "referral_sources": ("sex", "category"),
        "education": ("month", "category"),
        "other_services": ("category",),
        "life_skills": ("case_type", "sex", "category"),
        "vocational_skills": ("month", "category"),
    }
    assert dimensions(spec("referrals_by_sex"), Counted("reintegrated", "clients")) == ("month",)


def test_a_table_offers_everything_it_counts():
    assert [(item.measure, item.unit) for item in counted_by(spec("skills_follow_up"))] == [
        ("followed_up_skills", "clients"),
        ("followed_up_skills", "times"),
    ]


def test_counts_add_up_over_what_is_left_open(quarter):
    found = broken_down(quarter, "referrals_by_sex", ["sex"])
    assert values(found) == {("F", ()): 16, ("M", ()): 0, (UNSAID, ()): 2, (TOTAL, ()): 18}


def test_a_combination_that_the_table_does_not_have_has_no_figure(quarter):
    found = broken_down(quarter, "referrals_by_sex", ["case_type", "sex"])
    sexual_abuse = {key[1]: value for key, value in values(found).items() if key[0] == "SA"}
    assert sexual_abuse == {(UNSAID,): 1, (TOTAL,): 1}
    assert found.rows == "case_type"
    assert found.column_codes == (("F",), ("M",), (UNSAID,), (TOTAL,))


def test_what_is_broken_down_by_all_dimensions_has_its_own_rows_down_the_side(quarter):
    found = broken_down(quarter, "referrals_by_age", ["month", "age_band", "sex"])
    assert (found.rows, found.columns) == ("age_band", ("month", "sex"))
    assert found.column_codes[:2] == (("2010-04", "F"), ("2010-04", "M"))
    assert found.figures[TOTAL, (TOTAL, TOTAL)].value == 18


def test_nothing_broken_down_is_one_figure(quarter):
    assert values(broken_down(quarter, "education", [])) == {(TOTAL, ()): 11}


def test_a_stock_is_never_summed_over_months(quarter):
    in_shelter = Counted("in_shelter", "clients")
    with pytest.raises(ChoiceError, match=r"months cannot be added up\. Tick “month”"):
        broken_down(quarter, "referrals_by_age", [], in_shelter)
    found = broken_down(quarter, "referrals_by_age", ["month"], in_shelter)
    assert values(found) == {("2010-04", ()): 61, ("2010-05", ()): 51, ("2010-06", ()): 43}


def test_of_who_may_stand_in_several_rows_there_are_at_least_as_many_as_the_largest_says(quarter):
    found = broken_down(quarter, "life_skills", ["category"])
    assert {value for key, value in values(found).items() if key[0] != TOTAL} == {25}
    assert str(found.figures[TOTAL, ()].total) == "25 to 175"
    by_sex = broken_down(quarter, "life_skills", ["sex"])
    assert {row: str(figure.total) for (row, _), figure in by_sex.figures.items()} == {
        "F": "19 to 133",
        "M": "0",
        UNSAID: "6 to 42",
        TOTAL: "25 to 175",
    }


def test_the_quarter_before_is_not_part_of_the_quarter(quarter):
    assert broken_down(quarter, "family_visits", []).figures[TOTAL, ()].value == 37


def test_times_are_counted_apart_from_clients(quarter):
    assert str(broken_down(quarter, "skills_follow_up", []).figures[TOTAL, ()].total) == "20 to 62"
    times = Counted("followed_up_skills", "times")
    assert broken_down(quarter, "skills_follow_up", [], times).figures[TOTAL, ()].value == 13


def test_quarters_stand_side_by_side_and_are_never_added_up(two_quarters):
    tables = [report.filled("family_visits") for report in two_quarters]
    found = break_down(tables, counted_by(tables[0].spec)[0], ["case_type"])
    assert found.columns == ("quarter",)
    assert found.column_codes == (("2010-Q2",), ("2010-Q3",))
    assert [found.figures[TOTAL, codes].value for codes in found.column_codes] == [37, 37]


def test_months_of_several_quarters_follow_each_other(two_quarters):
    tables = [report.filled("education") for report in two_quarters]
    found = break_down(tables, counted_by(tables[0].spec)[0], ["month"])
    assert found.row_codes == ("2010-04", "2010-05", "2010-06", "2010-07", "2010-08", "2010-09")


def test_a_blank_makes_what_it_is_part_of_unknown_and_nothing_else(blank_grade):
    found = broken_down(load(blank_grade), "education", ["category", "month"])
    unknown = {key for key, value in values(found).items() if value is None}
    april, may = ("2010-04",), ("2010-05",)
    assert unknown == {("grade_2", april), ("grade_2", (TOTAL,)), (TOTAL, april), (TOTAL, (TOTAL,))}
    assert found.figures[TOTAL, may].value == 0


def test_a_figure_is_disputed_where_a_finding_names_its_cells_or_its_printed_total(quarter):
    sewing_total = broken_down(quarter, "vocational_skills", ["category"])
    assert [row for (row, _), figure in sewing_total.figures.items() if figure.disputes] == ["sewing"]
    by_month = broken_down(quarter, "vocational_skills", ["month"])
    assert not any(figure.disputes for figure in by_month.figures.values())
    assert not any(figure.disputes for figure in broken_down(quarter, "education", ["category"]).figures.values())


def test_a_figure_names_the_findings_that_dispute_it(quarter):
    found = broken_down(quarter, "vocational_skills", ["category"])
    named = {row: [item.where[0] for item in figure.disputes] for (row, _), figure in found.figures.items()}
    assert named == {"sewing": ["Slide 15!F5"], "weaving": [], "hairdressing": [], "photoshop": [], TOTAL: []}


def test_blanks_are_counted_where_they_stand_however_they_are_broken_down(blank_grade):
    report = load(blank_grade)
    assert [broken_down(report, "education", by).blanks for by in ([], ["month"], ["category", "month"])] == [1, 1, 1]


def test_each_percent_of_a_column_is_rounded_by_itself_and_the_whole_is_100(quarter):
    found = with_percents(broken_down(quarter, "referrals_by_type", ["case_type"]))
    assert [figure.percent for figure in found.figures.values()] == [6, 6, 11, 17, 0, 56, 6, 100]


def test_a_column_without_cases_or_with_an_unknown_figure_has_no_percents(quarter, blank_grade):
    may = [("2010-05",)]
    found = with_percents(broken_down(quarter, "education", ["category", "month"]))
    assert {found.figures[row, codes].percent for row in found.row_codes for codes in may} == {None}
    found = with_percents(broken_down(load(blank_grade), "education", ["category"]))
    assert {figure.percent for figure in found.figures.values()} == {None}


def test_a_reason_is_a_sentence_in_each_language():
    reason = ChoiceError("choice_no_quarter")
    assert str(reason) == "Choose at least one quarter."
    assert reason.say("km") == say("choice_no_quarter", "km")
    assert reason.say("en+km") == f"{reason} {reason.say('km')}"
