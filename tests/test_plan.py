"""Where the year stands: the real quarter, the state of an indicator, and what is due quarter by quarter."""

from dataclasses import replace

import pytest
from histories import history_of_counts
from plans import ATTENDED, QUARTERS, REFERRED, VISITED, planned, referred, state

from ccpcr_lib import Release, load_all, release
from ccpcr_lib.analysis.achievement import Percent, achieve, achievements, plan_of
from ccpcr_lib.analysis.history import history_of
from ccpcr_lib.analysis.judgement import Planned
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.model.plan import Plan, Target
from ccpcr_lib.publish.text.progress import formula, progress_sentence

# --- the real quarter ---


def test_eighteen_of_sixty_from_one_of_two_quarters_is_incomplete_and_never_thirty_percent(quarter):
    one = release(quarter).achievement("referred")
    assert (one.state, one.to_date, one.at_least) == ("incomplete", None, 18)
    assert one.planned == Planned(target=60, due=30, in_quarter=15)
    assert (one.known_quarters, len(one.quarters)) == (1, 2)
    assert one.percent is None
    assert one.percent_of_quarter == Percent(18, 15)
    said = progress_sentence(release(quarter), one)
    assert said == (
        "Referrals to the shelter came to at least 18 of 60 planned for 2010, from 1 of 2 quarters; the 1st quarter of "
        "2010 is not reported, so the year is incomplete and cannot be judged. "
        "The quarter alone had 18, more than the 15 planned for it."
    )


def test_every_other_indicator_has_no_target_and_says_so(quarter):
    shown = release(quarter)
    others = [one for one in shown.achievements if one.indicator.code != "referred"]
    assert len(others) == 14
    assert {one.state for one in others} == {"no_target"}
    assert all("no target set" in progress_sentence(shown, one) for one in others if one.to_date is not None)


def test_what_the_next_workbook_says_of_a_quarter_is_known_of_it(quarter):
    # Slides 16 and 17 print 36 and 6 for the first quarter: 36 + 18 assessments in the year, and 6 + 37 visits.
    one, other = (release(quarter).achievement(code) for code in ("assessed", "visited"))
    assert [point.value for point in one.quarters] == [36, 18]
    assert one.quarters[0].reported_in == "2010-Q2"
    assert one.to_date == 54
    assert [point.value for point in other.quarters] == [6, 37]
    assert other.to_date == 43


def test_without_a_plan_file_the_plan_that_the_workbook_prints_holds_for_the_year_alone(quarter):
    alone = Report(replace(quarter.reading, path=quarter.reading.path.parent / "elsewhere" / "x.xlsx"), ())
    target = plan_of(alone).target("referred", "2010")
    assert target == Target("referred", "2010", 60.0, "none", "Slide 6!C6")
    assert plan_of(alone).due("referred", "2010-Q2") is None


# --- states ---


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        ((15, 15), "on_plan"),  # 30 of 30 due
        ((15, 12), "on_plan"),  # 27: within a tenth
        ((15, 11), "behind"),  # 26 of 30 due
        ((20, 14), "ahead"),  # 34 of 30 due
        ((17, 17), "ahead"),  # 34: more than a tenth above
        ((16, 17), "on_plan"),  # 33: a tenth above
        ((40, 21), "ahead"),  # 61: a tenth of the year's 60 is no difference
        ((40, 26), "ahead"),  # 66: just a tenth above
        ((40, 27), "over_achieved"),  # 67 of 60 for the whole year
        ((15, 15, 15, 15), "on_plan"),
        ((20, 20, 10, 15), "on_plan"),  # 65 of 60, the year over
        ((20, 20, 10, 17), "over_achieved"),  # 67 of 60
        ((20, 20, 10, 4), "on_plan"),  # 54
        ((20, 20, 10, 3), "behind"),  # 53
        ((10, 10, 10, 10), "behind"),
        ((None, 18), "incomplete"),
        ((None, 61), "incomplete"),
        ((15, None, 1), "incomplete"),
    ],
)
def test_more_is_better_where_the_plan_says_so(quarters, expected):
    assert state(planned(60), *quarters) == expected


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        ((15, 15), "on_plan"),
        ((16, 17), "on_plan"),
        ((3, 4), "below"),
        ((17, 17), "above"),
        ((30, 31), "above"),
        ((40, 27), "above"),
        ((20, 20, 10, 15), "on_plan"),
        ((20, 20, 10, 17), "above"),
    ],
)
def test_without_a_direction_nothing_is_good_or_bad(quarters, expected):
    assert state(planned(60, direction="neutral"), *quarters) == expected


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        ((15, 15), "on_plan"),
        ((16, 17), "on_plan"),
        ((3, 4), "ahead"),
        ((17, 17), "behind"),
        ((30, 31), "behind"),
        ((40, 27), "behind"),
        ((20, 20, 10, 15), "on_plan"),
        ((20, 20, 10, 17), "behind"),
        ((20, 20, 10, 3), "ahead"),
    ],
)
def test_less_is_better_where_the_plan_says_so(quarters, expected):
    assert state(planned(60, direction="down"), *quarters) == expected


def test_a_target_for_the_year_alone_is_judged_when_the_year_is_over():
    assert state(planned(60, "none"), 15, 15) == "incomplete"
    assert state(planned(60, "none"), 15, 15, 15, 15) == "on_plan"


def test_a_level_for_the_year_alone_is_not_due_before_the_year_is_over():
    alone = Plan((replace(ATTENDED, direction="up"),), (Target("attended", "2010", 20, "none", ""),))
    assert [alone.due("attended", name) for name in QUARTERS] == [None, None, None, 20]
    history = history_of_counts("life_skills", {"2010-Q1": {"quarter": 3}})
    assert achieve(history, alone, alone.indicator("attended")).state == "incomplete"


def test_a_year_that_is_over_is_judged_though_a_quarter_has_no_target():
    targets = [Target("referred", name, 15, "by quarter", "") for name in QUARTERS[:3]]
    plan = Plan((replace(REFERRED, direction="up"),), (Target("referred", "2010", 60, "by quarter", ""), *targets))
    assert plan.due("referred", "2010-Q4") == 60
    assert state(plan, 15, 15, 15, 15) == "on_plan"


def test_targets_for_some_quarters_are_a_target_without_a_year():
    targets = [Target("referred", name, 10, "by quarter", "") for name in QUARTERS[:2]]
    plan = Plan((replace(REFERRED, direction="up"),), tuple(targets))
    history = referred(10, 11)
    one = achieve(history, plan, plan.indicator("referred"))
    assert (one.planned, one.target, one.state) == (Planned(None, 20, 10), 20, "on_plan")
    assert progress_sentence(Release(history.reports[-1]), one) == (
        "Referrals to the shelter are on plan: 21 in 2010 so far, with 20 due by the end of June. "
        "The quarter alone had 11, more than the 10 planned for it."
    )


def test_an_indicator_is_found_by_its_code_or_by_the_measure_it_follows_whole():
    plan = Plan((replace(REFERRED, code="R1"), replace(REFERRED, code="visited", key={"case_type": "TL"})))
    assert plan.indicator("R1") is plan.indicator("referred")
    assert plan.indicator("visited").key == {"case_type": "TL"}
    assert plan.indicator("visited_all").measure == "visited"


def test_targets_set_by_quarter_are_due_as_they_are_set():
    targets = [
        Target("referred", name, value, "by quarter", "") for name, value in zip(QUARTERS, (5, 10, 20, 25), strict=True)
    ]
    plan = Plan((replace(REFERRED, direction="up"),), (Target("referred", "2010", 60, "by quarter", ""), *targets))
    assert [plan.due("referred", name) for name in QUARTERS] == [5, 15, 35, 60]
    assert [plan.in_quarter("referred", name) for name in QUARTERS] == [5, 10, 20, 25]
    assert state(plan, 5, 10) == "on_plan"
    without_year = Plan(plan.indicators, tuple(targets))
    assert without_year.in_year("referred", "2010") == 60


def test_an_even_target_is_due_quarter_by_quarter():
    assert [planned(60).due("referred", name) for name in QUARTERS] == [15, 30, 45, 60]
    assert planned(60).in_quarter("referred", "2010-Q3") == 15


def test_a_level_is_due_at_any_time_and_not_divided():
    plan = Plan((ATTENDED,), (Target("attended", "2010", 20, "equal", ""),))
    assert [plan.due("attended", name) for name in QUARTERS] == [20] * 4


def test_visits_add_up_so_a_target_of_theirs_is_divided():
    plan = Plan((VISITED,), (Target("visited", "2010", 80, "equal", ""),))
    assert [plan.due("visited", name) for name in QUARTERS] == [20, 40, 60, 80]


def test_every_percent_shows_its_formula():
    plan = planned(60)
    one = achieve(referred(15, 12), plan, plan.indicator("referred"))
    assert formula(one) == "27 ÷ 60 = 45 %"
    due = replace(one, indicator=replace(one.indicator, formula="actual / due"))
    assert formula(due) == "27 ÷ 30 = 90 %"


def test_a_quarter_reported_later_changes_nothing_for_an_earlier_report(tmp_path, quarter):
    history = load_all(quarter.reading.path.parent)
    assert {one.state for one in achievements(history_of(history["2010-Q2"]), Plan())} == {"no_target"}
