"""Where the year stands: states, percents with their formulas, and what is not known."""

from dataclasses import replace
from fractions import Fraction

import pytest
from histories import history_of_counts, report_of
from hypothesis import given
from hypothesis import strategies as st
from workbooks import DEMO

from ccpcr_lib import Release, load_all, release
from ccpcr_lib.analysis.achievement import (
    STATES,
    Percent,
    Planned,
    achieve,
    achievements,
    add_quarters,
    judge,
    plan_of,
    year_to_date,
)
from ccpcr_lib.analysis.history import History, history_of
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.analysis.series import actual, monthly, quarterly, revisions
from ccpcr_lib.model.plan import DIRECTIONS, Indicator, Plan, Target, default_indicator
from ccpcr_lib.publish.text.progress import formula, own_formula, progress_sentence

REFERRED = default_indicator("referred", "clients")
VISITED = default_indicator("visited", "clients")
IN_SHELTER = default_indicator("in_shelter", "clients")
QUARTERS = ("2010-Q1", "2010-Q2", "2010-Q3", "2010-Q4")


def planned(value: float, shape: str = "equal", direction: str = "up") -> Plan:
    return Plan((replace(REFERRED, direction=direction),), (Target("referred", "2010", value, shape, ""),))


def referred(*quarters: int | None) -> History:
    """Refer so many clients in the first month of each quarter of 2010; None: there is no workbook."""
    known = {name: value for name, value in zip(QUARTERS, quarters, strict=False) if value is not None}
    return history_of_counts("referrals_by_type", {name: {"m1": value} for name, value in known.items()})


def state(plan: Plan, *quarters: int | None) -> str:
    return achieve(referred(*quarters), plan, plan.indicator("referred")).state


# --- the real quarter ---


def test_eighteen_of_sixty_from_one_of_two_quarters_is_incomplete_and_never_thirty_percent(quarter):
    one = release(quarter).achievement("referred")
    assert (one.state, one.to_date, one.at_least) == ("incomplete", None, 18)
    assert one.planned == Planned(target=60, due=30, in_quarter=15)
    assert (one.known_quarters, len(one.quarters)) == (1, 2)
    assert one.percent is None
    assert one.percent_of_quarter == Percent(18, 15)
    said = progress_sentence(release(quarter), one)
    assert "18 of 60 planned for 2010, from 1 of 2 quarters" in said
    assert "incomplete." in said
    assert said.endswith("This quarter alone against its own target: 18 ÷ 15 = 120 %.")
    assert "30 %" not in said
    assert "behind" not in said


def test_every_other_indicator_has_no_target_and_says_so(quarter):
    shown = release(quarter)
    others = [one for one in shown.achievements if one.indicator.code != "referred"]
    assert len(others) == 13
    assert {one.state for one in others} == {"no_target"}
    assert all("no target set" in progress_sentence(shown, one) for one in others if one.to_date is not None)


def test_what_the_next_workbook_says_of_a_quarter_is_known_of_it(quarter):
    # Slides 16 and 17 print 36 and 6 for the first quarter: the year's assessments are 36 + 18; visits are not added.
    one, other = (release(quarter).achievement(code) for code in ("assessed", "visited"))
    assert [point.value for point in one.quarters] == [36, 18]
    assert one.quarters[0].reported_in == "2010-Q2"
    assert one.to_date == 54
    assert [point.value for point in other.quarters] == [6, 37]
    assert other.to_date == 37


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
        ((40, 21), "over_achieved"),  # 61 of 60 for the whole year
        ((15, 15, 15, 15), "on_plan"),
        ((10, 10, 10, 10), "behind"),
        ((None, 18), "incomplete"),
        ((None, 61), "incomplete"),
        ((15, None, 1), "incomplete"),
    ],
)
def test_more_is_better_where_the_plan_says_so(quarters, expected):
    assert state(planned(60), *quarters) == expected


@pytest.mark.parametrize(("quarters", "expected"), [((15, 15), "on_plan"), ((3, 4), "below"), ((30, 31), "above")])
def test_without_a_direction_nothing_is_good_or_bad(quarters, expected):
    assert state(planned(60, direction="neutral"), *quarters) == expected


@pytest.mark.parametrize(("quarters", "expected"), [((15, 15), "on_plan"), ((3, 4), "ahead"), ((30, 31), "behind")])
def test_less_is_better_where_the_plan_says_so(quarters, expected):
    assert state(planned(60, direction="down"), *quarters) == expected


def test_a_target_for_the_year_alone_is_judged_when_the_year_is_over():
    assert state(planned(60, "none"), 15, 15) == "incomplete"
    assert state(planned(60, "none"), 15, 15, 15, 15) == "on_plan"


def test_a_level_for_the_year_alone_is_not_due_before_the_year_is_over():
    alone = Plan((replace(VISITED, direction="up"),), (Target("visited", "2010", 20, "none", ""),))
    assert [alone.due("visited", name) for name in QUARTERS] == [None, None, None, 20]
    history = history_of_counts("family_visits", {"2010-Q1": {"m1": 3}})
    assert achieve(history, alone, alone.indicator("visited")).state == "incomplete"


def test_a_year_that_is_over_is_judged_though_a_quarter_has_no_target():
    targets = [Target("referred", name, 15, "by quarter", "") for name in QUARTERS[:3]]
    plan = Plan((replace(REFERRED, direction="up"),), (Target("referred", "2010", 60, "by quarter", ""), *targets))
    assert plan.due("referred", "2010-Q4") == 60
    assert state(plan, 15, 15, 15, 15) == "on_plan"


def test_a_count_whose_quarters_make_no_year_is_never_held_against_a_year():
    single = replace(REFERRED, accumulate="none", direction="up")
    plan = Plan((single,), (Target("referred", "2010", 60, "equal", ""),))
    one = achieve(referred(15, 15), plan, plan.indicator("referred"))
    assert (one.planned, one.percent, one.state) == (Planned(), None, "no_target")
    of_quarter = Plan((single,), (Target("referred", "2010-Q2", 15, "by quarter", ""),))
    assert achieve(referred(15, 15), of_quarter, single).state == "on_plan"


def test_targets_for_some_quarters_are_a_target_without_a_year():
    targets = [Target("referred", name, 10, "by quarter", "") for name in QUARTERS[:2]]
    plan = Plan((replace(REFERRED, direction="up"),), tuple(targets))
    history = referred(10, 11)
    one = achieve(history, plan, plan.indicator("referred"))
    assert (one.planned, one.target, one.state) == (Planned(None, 20, 10), 20, "on_plan")
    assert "21 in 2010 so far. 20 were due" in progress_sentence(Release(history.reports[-1]), one)


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
    plan = Plan((VISITED,), (Target("visited", "2010", 20, "equal", ""),))
    assert [plan.due("visited", name) for name in QUARTERS] == [20] * 4


def test_every_percent_shows_its_formula():
    plan = planned(60)
    one = achieve(referred(15, 12), plan, plan.indicator("referred"))
    assert formula(one) == "27 ÷ 60 = 45 %"
    due = replace(one, indicator=replace(one.indicator, formula="actual / due"))
    assert formula(due) == "27 ÷ 30 = 90 %"


# --- what may not be calculated ---


@pytest.mark.parametrize(
    ("indicator", "why"),
    [(IN_SHELTER, "a stock"), (VISITED, "the same client"), (Indicator("share", "s", "s", unit="percent"), "percents")],
)
def test_quarters_that_must_not_be_added_are_refused(indicator, why):
    with pytest.raises(ValueError, match=why):
        add_quarters(indicator, [1, 2])
    if indicator.table:
        with pytest.raises(ValueError, match=why):
            replace(indicator, accumulate="sum")


def test_a_stock_is_never_summed_over_months(quarter):
    table = quarter.filled("referrals_by_age")
    assert table.total_of("in_shelter", "clients", {"period": "2010-05"}) == 51
    with pytest.raises(ValueError, match="a stock"):
        table.total_of("in_shelter", "clients", {"period": "2010-Q2"})


def test_a_stocks_quarter_is_its_last_month(quarter):
    assert actual(history_of(quarter), IN_SHELTER, "2010-Q2").value == 43


def test_a_percent_of_the_year_is_divided_anew_and_not_averaged():
    # 1 of 2 and 90 of 98: 91 of 100, where the mean of both percents would be 71 %.
    figures = {"2010-Q1": (1, 2), "2010-Q2": (90, 98)}
    reports = [
        report_of(name, family_assessments={"m1": part}, referrals_by_type={"m1": whole})
        for name, (part, whole) in figures.items()
    ]
    share = Indicator("share", "s", "s", unit="percent", ratio=("assessed", "referred"), direction="up")
    one = achieve(History(tuple(reports)), Plan((share,)), share)
    assert one.to_date == 0.91
    assert [point.value for point in one.quarters] == [0.5, 90 / 98]
    assert own_formula(one) == "91 ÷ 100 = 91 %"
    target = Plan((share,), (Target("share", "2010", 0.7, "equal", ""),))
    assert formula(achieve(History(tuple(reports)), target, share)) == "91 % ÷ 70 % = 130 %"


# --- what is not known ---


def test_a_quarter_with_a_blank_month_is_partly_known():
    history = history_of_counts("referrals_by_type", {"2010-Q1": {"m1": 5, "m2": None, "m3": 2}})
    found = actual(history, REFERRED, "2010-Q1")
    assert (found.value, found.known, found.is_partial) == (None, 7, True)
    assert [point.value for point in monthly(history, REFERRED)] == [5, None, 2]


def test_what_the_next_workbook_says_in_part_is_known_in_part():
    history = history_of_counts("family_visits", {"2010-Q2": {"m1": 3}})
    rows = history.reports[0].reading.counts
    rows.loc[(rows["period"] == "2010-Q1") & (rows["case_type"] == "DV"), "value"] = 5
    found = actual(history, VISITED, "2010-Q1")
    assert (found.value, found.known) == (None, 5)


def test_made_up_figures_are_never_shown_without_a_word(quarter):
    made_up = load_all(DEMO)["2010-Q1"].reading
    mixed = Report(quarter.reading, (), (made_up,))
    assert release(mixed).banner.startswith("SYNTHETIC")


def test_nothing_of_nothing_is_no_percent():
    share = Indicator("share", "s", "s", unit="percent", ratio=("assessed", "referred"), direction="up")
    report = report_of("2010-Q1", family_assessments={"m1": 0}, referrals_by_type={"m1": 0})
    one = achieve(History((report,)), Plan((share,)), share)
    assert one.to_date is None
    assert "nothing to take a percent of" in progress_sentence(Release(report), one)


def test_a_filter_on_what_the_sheet_does_not_say_gives_at_least_so_many():
    # Slide 7 has one column for SA, ST and SW: their girls are not known.
    girls = replace(REFERRED, table="referrals_by_sex", key={"sex": "F"})
    history = History((report_of("2010-Q2", referrals_by_sex={"m1": 2, "m2": 0, "m3": 0}),))
    found = actual(history, girls, "2010-Q2")
    # Four case types with a column for girls, two each; of the three others two each, who may be girls.
    assert (found.value, found.known) == (None, 8)


def test_a_missing_quarter_in_the_middle_is_a_gap():
    history = referred(5, None, 7)
    assert [(point.period, point.value) for point in quarterly(history, REFERRED)] == [
        ("2010-Q1", 5),
        ("2010-Q2", None),
        ("2010-Q3", 7),
    ]
    assert len(monthly(history, REFERRED)) == 9


def test_a_later_workbook_that_states_a_quarter_anew_is_listed_and_counts():
    history = history_of_counts("family_visits", {"2010-Q1": {"m1": 6}, "2010-Q2": {"previous": 8, "m1": 3}})
    ((indicator, point),) = revisions(history, Plan().indicators)
    assert indicator.measure == "visited"
    assert (point.period, point.value, point.revised_from, point.reported_in) == ("2010-Q1", 8, 6, "2010-Q2")
    assert actual(history, VISITED, "2010-Q1").value == 8
    assert actual(history, VISITED, "2010-01").value == 6


# --- rules with a shape ---

COUNTS = st.integers(0, 200)


@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_quarters_of_a_flow_add_up_to_the_year(values):
    assert achieve(referred(*values), Plan(), REFERRED).to_date == sum(values)


@given(st.lists(COUNTS, min_size=2, max_size=4))
def test_a_stock_is_its_last_quarter_and_persons_their_largest(values):
    assert year_to_date(IN_SHELTER, values) == values[-1]
    assert year_to_date(VISITED, values) == max(values)


@given(
    st.lists(COUNTS, min_size=2, max_size=4),
    st.integers(0, 200),
    st.sampled_from(DIRECTIONS),
    st.data(),
)
def test_a_missing_quarter_never_makes_a_year_behind(values, target, direction, data):
    missing = data.draw(st.integers(0, len(values) - 2))
    known = [None if place == missing else value for place, value in enumerate(values)]
    assert state(planned(target, direction=direction), *known) == "incomplete"


@given(st.lists(COUNTS, min_size=2, max_size=4), st.permutations(range(4)))
def test_a_percent_does_not_depend_on_the_order_of_files(values, order):
    reports = list(referred(*values).reports)
    last = reports[-1]
    shuffled = tuple(reports[place].reading for place in order if place < len(reports) - 1)
    ordered = tuple(report.reading for report in reports[:-1])
    plan = planned(60)
    one, other = (
        achieve(history_of(Report(last.reading, (), others)), plan, plan.indicator("referred"))
        for others in (ordered, shuffled)
    )
    assert one == other
    assert one.percent.value == int(Fraction(100 * sum(values), 60) + Fraction(1, 2))


@given(st.floats(0, 500), st.floats(0, 500), st.floats(0, 500), st.sampled_from(DIRECTIONS))
def test_a_state_is_always_one_of_those_declared(to_date, target, due, direction):
    judged = judge(replace(REFERRED, direction=direction), to_date, Planned(target, due))
    assert judged in STATES
    assert direction != "neutral" or judged in ("above", "below", "on_plan")


def test_a_quarter_reported_later_changes_nothing_for_an_earlier_report(tmp_path, quarter):
    history = load_all(quarter.reading.path.parent)
    assert {one.state for one in achievements(history_of(history["2010-Q2"]), Plan())} == {"no_target"}
