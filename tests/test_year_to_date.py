"""What a year so far may be made of: a flow is added, a stock and persons never, and what is not known is not zero."""

from dataclasses import replace

import pytest
from histories import history_of_counts, recounted, report_of
from plans import ATTENDED, FOLLOWED_UP, IN_SHELTER, REFERRED, VISITED, referred
from workbooks import DEMO

from ccpcr_lib import Release, load_all, release
from ccpcr_lib.analysis.achievement import achieve
from ccpcr_lib.analysis.history import History, history_of
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.analysis.series import Actual, actual, monthly, quarterly
from ccpcr_lib.analysis.year import from_quarters
from ccpcr_lib.model import period as calendar
from ccpcr_lib.model.plan import Indicator, Plan, Target, default_indicator
from ccpcr_lib.publish.text.progress import formula, own_formula, progress_sentence
from ccpcr_lib.quality.sums import UNKNOWN, Sum

TIMES = default_indicator("followed_up_skills", "times")


def year(indicator: Indicator, *quarters: Sum) -> str:
    """Write what a year is made of these quarters."""
    names = calendar.quarters_to(f"2010-Q{len(quarters)}")
    return str(from_quarters(indicator, [Actual(name, total) for name, total in zip(names, quarters, strict=True)]))


@pytest.mark.parametrize(
    ("indicator", "made", "expected"),
    [
        (REFERRED, "flow", "43"),
        (VISITED, "flow", "43"),
        (default_indicator("enrolled", "clients"), "flow", "43"),
        (default_indicator("trained", "clients"), "flow", "43"),
        (TIMES, "events", "43"),
        (IN_SHELTER, "stock", "37"),
        (ATTENDED, "attendance", "37 to 43"),
        (FOLLOWED_UP, "attendance", "37 to 43"),
        (default_indicator("followed_up_skills", "clients"), "attendance", "37 to 43"),
        (default_indicator("served", "clients"), "attendance", "37 to 43"),
    ],
)
def test_six_and_thirty_seven_make_a_year_as_their_measure_adds(indicator, made, expected):
    assert indicator.year_made == made
    assert year(indicator, Sum(6, 6), Sum(37, 37)) == expected


@pytest.mark.parametrize(
    ("indicator", "expected"), [(REFERRED, "at least 37"), (IN_SHELTER, "37"), (ATTENDED, "at least 37")]
)
def test_a_quarter_nobody_reported_leaves_open_how_many_there_are_at_most(indicator, expected):
    assert year(indicator, UNKNOWN, Sum(37, 37)) == expected


def test_a_stock_whose_last_quarter_nobody_reported_has_no_year():
    assert year(IN_SHELTER, Sum(37, 37), UNKNOWN) == "at least 0"


@pytest.mark.parametrize(
    ("quarters", "expected"),
    [
        ((Sum(25, 175),), "25 to 175"),
        ((Sum(25, 175), Sum(12, 12)), "25 to 187"),
        ((Sum(5, 5), Sum(25, 175), Sum(9, 9)), "25 to 189"),
        ((Sum(25, 175), Sum(7, None, 1)), "at least 25"),
        ((Sum(7, None, 1), Sum(25, 175)), "at least 25"),
    ],
)
def test_a_year_of_attendance_keeps_its_bounds(quarters, expected):
    assert year(ATTENDED, *quarters) == expected


def test_a_month_may_be_added_to_a_year_of_girls_who_may_be_more():
    # Slide 7, girls: 16 to 18 in the quarter, since SA and SW name no sex.
    girls = replace(REFERRED, table="referrals_by_sex", key={"sex": "F"})
    assert year(girls, Sum(16, 18), Sum(4, 4)) == "20 to 22"


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
    assert (found.value, str(found.total), found.is_partial, found.is_bound) == (None, "at least 7", True, False)
    assert [point.value for point in monthly(history, REFERRED)] == [5, None, 2]


def test_what_the_next_workbook_says_in_part_is_known_in_part():
    history = history_of_counts("family_visits", {"2010-Q2": {"m1": 3}})

    def value(count):
        before = (count.key["period"], count.key["case_type"]) == ("2010-Q1", "DV")
        return 5 if before else count.value

    history = History(tuple(recounted(report, value) for report in history.reports))
    found = actual(history, VISITED, "2010-Q1")
    assert (found.value, str(found.total), found.is_reported) == (None, "at least 5", False)


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
    assert (found.value, str(found.total), found.is_bound, found.figure) == (None, "8 to 14", True, 8)


def test_a_missing_quarter_in_the_middle_is_a_gap():
    history = referred(5, None, 7)
    assert [(point.period, point.value) for point in quarterly(history, REFERRED)] == [
        ("2010-Q1", 5),
        ("2010-Q2", None),
        ("2010-Q3", 7),
    ]
    assert len(monthly(history, REFERRED)) == 9
