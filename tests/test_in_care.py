"""The clients in care: worked out anew for each period, in relations and beside what is counted of them."""

from pathlib import Path

import pytest
from disagreements import disagreements
from plans import edited, told
from planting import plant
from workbooks import DEMO, WORKBOOK, next_quarter

from ccpcr_lib import load, release
from ccpcr_lib.excel.plan_file import read_plan
from ccpcr_lib.quality.in_care import in_care

HEAD = "name,left,operator,right,by,periods,missing,severity,why\n"


def own_relation(folder: Path, line: str, *cells: tuple[str, str, object]):
    (folder / "relations.csv").write_text(HEAD + line + "\n", encoding="utf-8")
    return load(plant(folder, *cells) if cells else _copy(folder))


def _copy(folder: Path) -> Path:
    copy = folder / WORKBOOK.name
    copy.write_bytes(WORKBOOK.read_bytes())
    return copy


def broken(report) -> list[tuple[str, str, str]]:
    return [(item.where[0], item.printed, item.expected) for item in disagreements(report.problems, "relation")]


@pytest.mark.parametrize(
    ("periods", "says"),
    [
        (["2010-Q2"], "64"),  # 61 in April, 2 new in May and 1 in June
        (["2010-04"], "61"),
        (["2010-06"], "43"),
        (["2010-05", "2010-06"], "52"),  # 51 in May, 1 new in June
    ],
)
def test_it_is_the_stock_of_the_first_month_and_all_newly_referred_later(quarter, periods, says):
    assert str(in_care({quarter.period: quarter.facts}, periods)) == says


def test_a_longer_period_is_worked_out_anew_and_never_added(tmp_path, quarter):
    third = load(next_quarter(tmp_path / "2010-Q3.xlsx"))
    known = {report.period: report.facts for report in (quarter, third)}
    # The third quarter repeats the figures: 61 in April, and 2 + 1 + 15 + 2 + 1 newly referred after it.
    assert str(in_care(known, ["2010-Q2", "2010-Q3"])) == "82"
    assert in_care(known, ["2010-Q1", "2010-Q2"]) is None


@pytest.mark.parametrize(
    ("cell", "least"), [(("Slide 8", "B6", None), 52), (("Slide 6", "D9", None), 64), (("Slide 6", "E7", None), 63)]
)
def test_a_blank_leaves_it_open_where_it_belongs_to_it(tmp_path, cell, least):
    report = load(plant(tmp_path, cell))
    figure = in_care({report.period: report.facts}, ["2010-Q2"])
    assert figure.least == least
    assert (figure.most is None) == (least < 64)


SHIPPED = Path(__file__).parents[1] / "data" / "relations.csv"


@pytest.mark.parametrize(
    ("cells", "first", "printed", "expected"),
    [
        # 11 pupils, 2 of them in the first grade in April: 66 in all.
        ([("Slide 12", "C6", 57)], "Slide 12!C5", "66", "<= 64"),
        ([("Slide 15", "C5", 63)], "Slide 15!C5", "65", "<= 64"),
        # One topic: 45 girls of DV beside 20 others; the other topics say 25.
        ([("Slide 14", "C6", 45)], "Slide 14!C6", "65 to 215", "<= 64"),
        ([("Slide 16", "D7", 48)], "Slide 16!C7", "65", "<= 64"),
        # Case management alone; 12, 18, 6 and 1 clients had the other services.
        ([("Slide 13", "C8", 65)], "Slide 13!C8", "65 to 102", "<= 64"),
        # By case type at least 30, 7, 30, 5 and 1 in their largest months, in April 52 and in May 27.
        ([("Slide 17", "D6", 30), ("Slide 17", "E8", 30)], "Slide 17!D6", "73 to 89", "<= 64"),
    ],
)
def test_nothing_that_is_counted_of_them_exceeds_the_clients_in_care(tmp_path, cells, first, printed, expected):
    (tmp_path / "relations.csv").write_bytes(SHIPPED.read_bytes())
    found = [item for item in broken(load(plant(tmp_path, *cells))) if item[2] == expected]
    assert [item[1] for item in found] == [printed]


def test_a_months_visits_do_not_exceed_who_was_in_the_shelter_that_month(tmp_path):
    (tmp_path / "relations.csv").write_bytes(SHIPPED.read_bytes())
    found = broken(load(plant(tmp_path, ("Slide 17", "F6", 44))))
    assert ("Slide 17!F6", "44", "<= 43") in found


def test_as_many_as_were_in_care_is_not_too_many(tmp_path):
    (tmp_path / "relations.csv").write_bytes(SHIPPED.read_bytes())
    problems = load(plant(tmp_path, ("Slide 15", "C5", 62))).problems
    assert [item for item in problems if item.rule == "relation" and item.severity != "note"] == []


@pytest.mark.parametrize(
    ("left", "operator", "right", "holds"),
    [
        ("in_care", "=", "referrals_by_age.in_shelter@first + referrals_by_age.referred@later", True),
        ("in_care", ">=", "referrals_by_type.referred", True),
        ("in_care - reintegration.reintegrated", ">=", "partner_referrals.referred_out", True),
        ("family_visits.visited@clients", "<=", "in_care", True),
        ("family_visits.visited@clients", "=", "education.enrolled + vocational_skills.trained", False),  # 31-37, 17
        ("family_visits.visited@clients", "=", "family_assessments.assessed + family_assessments.assessed", True),
        ("life_skills.attended", ">=", "in_care", True),  # 25 to 175: there may be so many
        ("life_skills.attended", "<=", "education.enrolled", False),
        ("in_care@previous", ">=", "referrals_by_type.referred", None),
        ("in_care@to_date", "=", "in_care", True),
        ("in_care.clients", "=", "in_care", True),
        ("in_care.clients@first", "=", "in_care@first", True),
        ("education.enrolled@clients", "<=", "in_care.clients", True),
        ("in_care@first", "=", "referrals_by_age.in_shelter@first", True),
        ("referrals_by_age.in_shelter@later", "<=", "in_care", True),
    ],
)
def test_it_stands_in_a_relation_like_any_figure(tmp_path, left, operator, right, holds):
    report = own_relation(tmp_path, f"x,{left},{operator},{right},,quarter,,warning,Why.")
    assert [item.holds for item in report.relations] == [holds]


def test_by_month_it_is_who_was_in_the_shelter(tmp_path):
    report = own_relation(tmp_path, "x,in_care,=,referrals_by_age.in_shelter,,month,,warning,Why.")
    assert [item.figures for item in report.relations] == ["61 = 61", "51 = 51", "43 = 43"]


def test_a_relation_between_nothing_but_clients_in_care_names_no_table(tmp_path):
    report = own_relation(tmp_path, "x,in_care,<,in_care,,quarter,,warning,Why.")
    assert [item.rule for item in report.problems if item.where == ("relations.csv!A2",)] == ["relation_broken"]
    report = own_relation(tmp_path, "x,in_care,!=,in_care,,quarter,,warning,Never.")
    found = [item for item in report.problems if item.rule == "relation"]
    assert [(item.table, item.printed) for item in found] == [("", "64")]


@pytest.mark.parametrize("term", ["in_caring", "in_care@tomorrow", "in_care.times", "clients", "in_care in_care"])
def test_a_term_near_it_is_refused(tmp_path, term):
    report = own_relation(tmp_path, f"x,{term},<=,education.enrolled,,quarter,,warning,Why.")
    assert [item.rule for item in report.problems if item.where == ("relations.csv!A2",)] == ["relation_broken"]


def in_care_of(report):
    return next(known for known in release(report).achievements if known.indicator.measure == "in_care")


def test_it_is_an_indicator_of_every_report(quarter):
    standing = in_care_of(quarter)
    assert (standing.now.value, str(standing.reached.least), standing.to_date) == (64, "64", None)
    assert standing.indicator.name("en") == "Clients in care"


def test_its_year_begins_with_the_first_month_and_is_never_the_sum_of_quarters():
    # 60 in the first quarter, 9 newly referred in the second, which by itself had 60 as well.
    standing = in_care_of(load(DEMO / "2010-Q2-SYNTHETIC.xlsx"))
    assert [point.value for point in standing.quarters] == [60, 60]
    assert standing.to_date == 69
    assert standing.state == "no_target"


def test_a_plan_sets_a_target_for_it_at_its_home(tmp_path):
    target = {"Targets_A3": "in_shelter", "Targets_B3": 2010, "Targets_C3": 70}
    path = edited(tmp_path, Indicators_D4="referrals_by_age", Indicators_E4="in_care", **target)
    assert told(path) == []
    plan, _ = read_plan(path)
    assert {known.code for known in plan.indicators if known.measure == "in_care"} == {"in_shelter"}


@pytest.mark.parametrize(
    ("cells", "rule"),
    [
        ({"Indicators_D4": "education", "Indicators_E4": "in_care"}, ("plan_unknown", "Indicators!E4")),
        ({"Indicators_E4": "in_care", "Indicators_F4": "sex=F"}, ("plan_filter", "Indicators!F4")),
        ({"Indicators_E4": "in_care", "Indicators_G4": "times"}, ("plan_unknown", "Indicators!G4")),
    ],
)
def test_a_plan_asks_for_it_whole_in_clients_and_nowhere_else(tmp_path, cells, rule):
    assert rule in told(edited(tmp_path, **cells))
