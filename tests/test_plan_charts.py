"""Charts of the plan and of time: what they plot, worked out by hand, and that their texts have room."""

from dataclasses import replace

import pandas as pd
import pytest
from extent import proof
from figures import clashes, texts
from histories import history_of_counts
from workbooks import DEMO, changed

from ccpcr_lib import Release, release
from ccpcr_lib.model.plan import Plan, Target
from ccpcr_lib.publish.charts import chart
from ccpcr_lib.publish.charts.bullets import bullets
from ccpcr_lib.publish.charts.burn_up import burn_up
from ccpcr_lib.publish.charts.growth import growth_plot
from ccpcr_lib.publish.charts.runs import run_chart
from ccpcr_lib.publish.text.indicators import indicator_frame, indicator_html, indicator_table

LAST = DEMO / "2011-Q4-SYNTHETIC.xlsx"
LANGUAGES = ("en", "km", "en+km")


def plain(series) -> list:
    return [None if pd.isna(value) else value for value in series]


def drawn(source, language: str) -> list:
    shown = release(source, language)
    return [
        burn_up(shown, "referred"),
        bullets(shown),
        run_chart(shown, "referred"),
        run_chart(shown, "visited"),
        chart(shown, "family_assessments", "slope"),
        chart(shown, "referrals_by_type", "multiples"),
    ]


def test_the_burn_up_has_a_gap_where_nothing_was_reported_and_the_plan_grows_by_five(quarter):
    numbers = burn_up(release(quarter), "referred").numbers
    assert plain(numbers["Actual"]) == [None] * 3 + [15, 17, 18] + [None] * 6
    assert plain(numbers["Plan"]) == [5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60]


def test_growth_after_a_gap_is_at_least_so_many_in_office_too(quarter):
    marks = [actual for actual, _ in growth_plot(release(quarter)).marks]
    assert [(mark.number, mark.is_least) for mark in marks[2:7]] == [
        (None, False),
        (15, True),
        (17, True),
        (18, True),
        (None, False),
    ]
    whole = [actual for actual, _ in growth_plot(release(LAST)).marks]
    assert not any(mark.is_least for mark in whole)


def test_a_quarter_known_only_as_a_whole_stands_at_its_end(quarter):
    numbers = burn_up(release(quarter), "assessed").numbers
    assert plain(numbers["Actual"]) == [None, None, 36, 51, 53, 54] + [None] * 6


def added_up(history, code: str) -> list:
    shown = Release(history.reports[-1])
    object.__setattr__(shown, "_history", history)
    return plain(burn_up(shown, code).numbers["Actual"])


@pytest.mark.parametrize(
    ("february", "line"),
    [
        (5, [10, 15, 15, 19, 19, 19]),  # its own months, whatever the next workbook says of the quarter
        (None, [None, None, 25, 29, 29, 29]),  # the next workbook's 25 stands in
    ],
)
def test_a_quarter_grows_by_its_own_months_or_stands_at_its_end_where_another_workbook_speaks_for_it(february, line):
    first, second = {"m1": 10, "m2": february, "m3": 0}, {"previous": 25, "m1": 4, "m2": 0, "m3": 0}
    history = history_of_counts("family_assessments", {"2010-Q1": first, "2010-Q2": second})
    assert added_up(history, "assessed") == [*line, *[None] * 6]


def test_a_blank_month_is_a_gap_in_what_is_added_up():
    quarters = {"2010-Q1": {"m1": 10, "m2": None, "m3": 1}}
    assert added_up(history_of_counts("referrals_by_type", quarters), "referred") == [10, None, 11, *[None] * 9]


def test_a_plan_that_does_not_say_when_is_a_point_at_the_end_of_the_year(tmp_path):
    alone = release(changed(tmp_path, {}))
    numbers = burn_up(alone, "referred").numbers
    assert plain(numbers["Plan"]) == [None] * 11 + [60]


def test_two_dollar_signs_in_a_name_are_no_formula(quarter):
    shown = release(quarter)
    named = tuple(replace(one, name_en="Cost $x_{$ of visits") for one in shown.plan.indicators)
    object.__setattr__(shown, "plan", Plan(named, shown.plan.targets))
    assert clashes(run_chart(shown, "visited").figure) == []


def test_what_does_not_add_up_has_no_burn_up(quarter):
    with pytest.raises(ValueError, match="not added up"):
        burn_up(release(quarter), "attended")


def test_visits_grow_towards_a_plan(quarter):
    # Six in the first quarter, as slide 17 says of it; 37 in the second.
    numbers = burn_up(release(quarter), "visited").numbers
    assert plain(numbers["Actual"])[:3] == [None, None, 6]
    assert plain(numbers["Actual"])[5:] == [43, *[None] * 6]


def test_a_year_of_girls_who_may_be_more_grows_by_the_least():
    counts = {"2010-Q1": {"m1": 2, "m2": 0, "m3": 1}}
    shown = Release(history_of_counts("referrals_by_sex", counts).reports[-1])
    girls = replace(shown.plan.indicator("referred"), code="girls", table="referrals_by_sex", key={"sex": "F"})
    object.__setattr__(shown, "plan", Plan((girls,)))
    # Four case types have a column for girls: 4 × 2 in January, 4 × 1 in March.
    assert plain(burn_up(shown, "girls").numbers["Actual"]) == [8, 8, 12, *[None] * 9]


def bounded(target: float):
    """Follow up on 3 to 5 and on 4 to 5 clients, and plan so many."""
    quarters = {"2010-Q1": {"m1": 3, "m2": 2}, "2010-Q2": {"m1": 4, "m3": 1}}
    history = history_of_counts("follow_up_support", quarters)
    shown = Release(history.reports[-1])
    followed = replace(shown.plan.indicator("followed_up"), direction="up")
    object.__setattr__(shown, "_history", history)
    object.__setattr__(shown, "plan", Plan((followed,), (Target("followed_up", "2010", target, "equal", ""),)))
    return shown


def test_a_bullet_of_bounds_says_at_least_and_what_it_leaves_open():
    found = bullets(bounded(8))
    assert found.numbers.values.tolist() == [[4, 8, 8]]
    said = " ".join(text for text, _ in texts(found.figure))
    assert "≥ 4 / 8" in said
    assert "◌ open" in said
    assert "incomplete" not in said
    assert clashes(found.figure) == []
    (axis,) = found.figure.axes
    track, most, least = (round(bar.get_width()) for bar in axis.patches)
    assert (track, most, least) == (100, 100, 50)  # 10 at most of 8, but no bar leaves the chart


def test_a_run_of_bounds_is_drawn_as_at_least_and_has_no_gap():
    found = run_chart(release(LAST), "attended")
    assert list(found.numbers.columns) == ["At least"]
    assert plain(found.numbers["At least"])[-4:] == [50, 51, 53, 49]
    said = [text for text, _ in texts(found.figure)]
    assert any("at least" in text for text in said)
    assert not any("not reported" in text for text in said)


def test_a_slope_of_bounds_is_named_at_least():
    numbers = chart(bounded(8), "follow_up_support", "slope").numbers
    assert [name.split("\n")[-1] for name in numbers.columns] == ["At least", "At least"]
    assert numbers.iloc[0].tolist() == [3, 4]


def test_bullets_show_what_has_a_target_and_count_the_rest(quarter):
    found = bullets(release(quarter))
    assert found.numbers.values.tolist() == [[18, 30, 60]]
    said = " ".join(text for text, _ in texts(found.figure))
    assert "Indicators without a target: 14" in said
    assert "≥ 18 / 60" in said
    assert "incomplete" in said


def test_slopes_go_from_the_quarter_before_to_this_one(quarter):
    numbers = chart(release(quarter), "family_assessments", "slope").numbers
    assert numbers.values.tolist() == [[3, 1], [3, 1], [29, 2], [0, 3], [0, 0], [1, 10], [0, 1]]


def test_a_quarter_nobody_reported_has_no_slope(quarter):
    found = chart(release(quarter), "education", "slope")
    assert plain(found.numbers.iloc[:, 0]) == [None] * 13
    assert "not reported" in [text for text, _ in texts(found.figure)]


def test_small_panels_show_each_case_type_month_by_month(quarter):
    numbers = chart(release(quarter), "referrals_by_type", "multiples").numbers
    assert numbers.T.values.tolist() == [
        [1, 0, 0],
        [0, 1, 0],
        [1, 0, 1],
        [3, 0, 0],
        [0, 0, 0],
        [10, 0, 0],
        [0, 1, 0],
    ]


def test_rows_that_are_months_have_no_course_of_their_own(quarter):
    with pytest.raises(ValueError, match="other rows than months"):
        chart(release(quarter), "referrals_by_sex", "slope")


@pytest.mark.slow
@proof("language", LANGUAGES, sample=1)
def test_texts_have_room(quarter, language):
    found = {one.name: clash for one in drawn(quarter, language) if (clash := clashes(one.figure))}
    assert found == {}


@pytest.mark.slow
@proof("language", LANGUAGES, sample=1)
def test_texts_have_room_where_every_chart_has_points_enough(language):
    charts = drawn(LAST, language)
    assert {one.name: clash for one in charts if (clash := clashes(one.figure))} == {}
    assert all(any(text.startswith("SYNTHETIC") for text, _ in texts(one.figure)) for one in charts)


def test_the_indicator_table_has_a_row_for_each_indicator(quarter):
    frame = indicator_frame(release(quarter))
    assert list(frame.columns) == [
        "Unit",
        "Baseline",
        "Target 2010",
        "Due by now",
        "Q1",
        "Q2",
        "Year to date",
        "Percent",
        "State",
        "Notes",
    ]
    assert frame.loc["Clients referred to the shelter"].tolist() == [
        "clients", "–", "60", "30", "…", "18", "≥ 18", "–", "◔ incomplete", "a, b"
    ]  # fmt: skip
    assert frame.loc["Family assessments"].tolist() == [
        "clients", "–", "–", "–", "36", "18", "54", "–", "○ no target set", "e"
    ]  # fmt: skip
    assert len(frame) == 15


def test_every_letter_has_its_note_and_every_note_its_letter(quarter):
    table = indicator_table(release(quarter))
    used = {letter for row in table.rows for letter in row[-1].split(", ") if letter}
    assert used == {note[0] for note in table.notes[:-1]} - {"†"}


def test_a_whole_year_shows_its_percents_with_their_formula():
    frame = indicator_frame(release(LAST))
    assert frame.loc["Clients referred to the shelter", "Percent"] == "65 ÷ 60 = 108 %"
    assert all("÷" in text for text in frame["Percent"] if text != "–")
    assert frame.loc["Families assessed, in percent of newly referred clients", "Year to date"] == "65 ÷ 65 = 100 %"


def test_the_indicator_table_is_stable_html(quarter):
    assert indicator_html(release(quarter, "en+km")) == indicator_html(release(quarter, "en+km"))
