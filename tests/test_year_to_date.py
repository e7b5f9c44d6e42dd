"""What a year so far may be made of: a flow is added, a stock and persons never, and what is not known is not zero."""

from dataclasses import replace

import pytest
from histories import history_of_counts, report_of
from plans import IN_SHELTER, REFERRED, VISITED, referred
from workbooks import DEMO

from ccpcr_lib import Release, load_all, release
from ccpcr_lib.analysis.achievement import achieve, add_quarters
from ccpcr_lib.analysis.history import History, history_of
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.analysis.series import actual, monthly, quarterly, revisions
from ccpcr_lib.model.plan import Indicator, Plan, Target
from ccpcr_lib.publish.text.progress import formula, own_formula, progress_sentence


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
