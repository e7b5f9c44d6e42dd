"""What is planned for a half-year and a year: the year's own target, or what its quarters have together."""

from dataclasses import replace

import pytest
from histories import history_of_counts, report_of
from plans import IN_SHELTER, REFERRED, planned
from workbooks import DEMO

from ccpcr_lib import release
from ccpcr_lib.analysis.achievement import achieve
from ccpcr_lib.analysis.planned import claims_planned, planned_in
from ccpcr_lib.analysis.report import joined
from ccpcr_lib.model.plan import Plan, Target, default_indicator
from ccpcr_lib.publish.text.indicators import indicator_table

JULY = "2010-Q3..2011-Q2"


def plan_of(*targets: tuple[str, float, str], indicator=REFERRED) -> Plan:
    return Plan((indicator,), tuple(Target(indicator.code, *target, "") for target in targets))


@pytest.mark.parametrize(
    ("targets", "period", "expected"),
    [
        ([("2010", 60, "equal")], "2010", 60),
        ([("2010", 60, "equal")], "2010-H1", 30),
        ([("2010", 60, "none")], "2010", 60),
        ([("2010", 60, "none")], "2010-H1", None),
        ([("2010", 60, "equal")], JULY, None),
        ([("2010", 60, "equal"), ("2011", 80, "equal")], JULY, 15 + 15 + 20 + 20),
        ([("2010", 60, "equal"), ("2011", 80, "equal")], "2010-Q2..2011-Q1", 15 + 15 + 15 + 20),
        ([("2010", 60, "equal"), ("2011", 80, "none")], JULY, None),
        ([("2010-Q1", 10, "by quarter"), ("2010-Q2", 14, "by quarter")], "2010-H1", 24),
        ([("2010-Q1", 10, "by quarter"), ("2010-Q2", 14, "by quarter")], "2010", None),
        ([("2010-Q1", 10, "by quarter"), ("2010-Q2", 14, "by quarter")], "2010-H2", None),
        ([("2010", 61, "equal")], "2010-H1", 30.5),
        ([], "2010", None),
    ],
)
def test_a_period_has_its_years_target_or_the_sum_of_its_quarters(targets, period, expected):
    plan = plan_of(*targets)
    assert planned_in(plan, plan.indicator("referred"), period).target == expected


@pytest.mark.parametrize("period", ["2010", "2010-H1", "2010-H2"])
def test_a_level_is_held_and_never_added(period):
    plan = plan_of(("2010", 50, "equal"), indicator=IN_SHELTER)
    assert planned_in(plan, IN_SHELTER, period).target == 50


def test_a_level_over_two_plans_is_that_of_the_end():
    plan = plan_of(("2010", 50, "equal"), ("2011", 40, "equal"), indicator=IN_SHELTER)
    assert planned_in(plan, IN_SHELTER, JULY).target == 40


def test_a_half_year_is_judged_by_its_own_quarters():
    history = history_of_counts("referrals_by_type", {"2010-Q1": {"m1": 14}, "2010-Q2": {"m1": 9}})
    plan = planned(60)
    achieved = achieve(history, plan, plan.indicator("referred"), "2010-H1")
    assert (achieved.to_date, achieved.target, achieved.state) == (23, 30, "behind")
    assert (achieved.percent.part, achieved.percent.whole) == (23, 30)


def test_a_year_that_lacks_a_quarter_is_incomplete_and_names_it():
    history = history_of_counts("referrals_by_type", {"2010-Q1": {"m1": 14}, "2010-Q3": {"m1": 9}})
    plan = planned(60)
    achieved = achieve(history, plan, plan.indicator("referred"), "2010")
    assert (achieved.at_least, achieved.state) == (23, "incomplete")
    assert [point.period for point in achieved.quarters if not point.is_reported] == ["2010-Q2", "2010-Q4"]


def test_what_is_given_per_quarter_has_no_figure_for_a_year():
    share = replace(REFERRED, code="rate", table="", measure="", ratio=("visited", "in_shelter"), per_quarter=True)
    plan = Plan((share,), ())
    reports = {quarter: report_of(quarter, family_visits={"m1": 3}) for quarter in ("2010-Q1", "2010-Q2")}
    shown = release(joined("2010-H1", reports))
    achieved = achieve(shown._history, plan, share, "2010-H1")
    assert achieved.to_date is None


def test_the_plan_of_a_table_is_that_of_its_period_and_never_a_part_of_a_client():
    assert [claim.value for claim in claims_planned(planned(60), "2010-H1")] == [30]
    assert claims_planned(planned(61), "2010-H1") == ()
    assert claims_planned(planned(60), JULY) == ()


def test_a_donors_year_without_a_target_says_so():
    shown = release(DEMO, period="2009-Q2..2010-Q1")
    table = indicator_table(shown)
    row = table.rows[[*shown.plan.indicators].index(shown.plan.indicator("followed_up_skills_times"))]
    assert row[table.columns.index("target")] == "–"
    note = next(note for note in table.notes if note.startswith(row[-1].split(", ")[0]))
    assert note.endswith("No target for 2009/10: the plan does not say what is due in each of its quarters.")


def test_the_indicators_of_a_donors_year_have_its_quarters_in_their_order():
    table = indicator_table(release(DEMO, period=JULY))
    first = table.columns.index("2010-Q3")
    assert table.columns[first : first + 4] == ("2010-Q3", "2010-Q4", "2011-Q1", "2011-Q2")
    assert table.heads[first : first + 4] == ("Q3 2010", "Q4 2010", "Q1 2011", "Q2 2011")
    assert table.title.startswith("Indicators against the plan, 2010/11")


def test_events_have_their_own_indicator_whose_quarters_are_added():
    times = default_indicator("followed_up_skills", "times")
    plan = plan_of(("2010", 60, "equal"), ("2011", 40, "equal"), indicator=times)
    assert planned_in(plan, times, JULY).target == 15 + 15 + 10 + 10
