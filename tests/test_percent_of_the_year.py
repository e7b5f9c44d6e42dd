"""Percents of a year: divided anew where part and whole add alike, given per quarter or refused where they do not."""

from dataclasses import replace

import pytest
from histories import report_of
from plans import QUARTERS, REFERRED, edited
from workbooks import WORKBOOK

from ccpcr_lib import Release, load, release
from ccpcr_lib.analysis.achievement import achieve
from ccpcr_lib.analysis.history import History
from ccpcr_lib.model.plan import Indicator, Plan, Target
from ccpcr_lib.publish.text.indicators import indicator_table
from ccpcr_lib.publish.text.progress import progress_sentence


def share_of(part: str, whole: str, **more) -> Indicator:
    return Indicator("share", "Share", "ចំណែក", unit="percent", ratio=(part, whole), direction="up", **more)


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("assessed", "referred"),
        ("visited", "referred"),
        ("followed_up", "attended"),
        ("served", "followed_up_skills"),
    ],
)
def test_a_percent_of_two_figures_that_add_alike_is_divided_anew(part, whole):
    assert Plan((share_of(part, whole),)).indicator("share").year_made == "ratio"


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("attended", "referred"),
        ("referred", "attended"),
        ("visited", "in_shelter"),
        ("in_shelter", "referred"),
        ("followed_up_skills_times", "followed_up_skills"),
        ("attended", "in_shelter"),
        ("followed_up", "reintegrated"),
        ("followed_up_skills_times", "reintegrated"),
    ],
)
def test_a_percent_of_two_figures_that_do_not_add_alike_is_refused_or_given_per_quarter(part, whole):
    with pytest.raises(ValueError, match="do not add alike"):
        Plan((share_of(part, whole),))
    assert Plan((share_of(part, whole, per_quarter=True),)).indicator("share").year_made == "none"


def test_only_a_percent_is_given_per_quarter():
    with pytest.raises(ValueError, match="only a percent"):
        replace(REFERRED, per_quarter=True)


def uneven_year(*targets: Target):
    """Follow up on reintegrated clients, in percent of them: 81 %, 100 %, 79 % and 90 % in the quarters of 2010."""
    figures = ((13, 16), (14, 14), (11, 14), (9, 10))
    reports = tuple(
        report_of(quarter, follow_up_support={"m1": part}, reintegration={"m1": whole})
        for quarter, (part, whole) in zip(QUARTERS, figures, strict=True)
    )
    share = share_of("followed_up", "reintegrated", per_quarter=True)
    return Release(reports[-1]), achieve(History(reports), Plan((share,), targets), share)


def test_a_percent_per_quarter_has_no_figure_for_the_year():
    shown, one = uneven_year()
    assert [round(100 * point.value) for point in one.quarters] == [81, 100, 79, 90]
    assert (one.to_date, one.percent, one.state) == (None, None, "no_target")
    said = progress_sentence(shown, one)
    assert said == "“Share” is 90 % in the 4th quarter of 2010, with no target set. There is no figure for the year."
    assert "26 %" not in said


def test_a_percent_of_two_figures_that_add_alike_may_be_given_per_quarter_and_its_note_says_no_more(tmp_path):
    (tmp_path / WORKBOOK.name).write_bytes(WORKBOOK.read_bytes())
    edited(tmp_path, Indicators_K9="assessed / referred per quarter")
    told = indicator_table(release(load(tmp_path / WORKBOOK.name))).notes
    without_year = [note for note in told if "per quarter" in note]
    assert [note[3:] for note in without_year] == ["It is given per quarter and has no figure for the year."]


def test_a_percent_per_quarter_is_held_against_the_targets_of_its_quarters():
    shown, one = uneven_year(Target("share", "2010-Q4", 0.95, "by quarter", ""))
    assert one.state == "on_plan"  # 90 % is within a tenth of 95 %
    assert one.percent_of_quarter.value == 95
    assert progress_sentence(shown, one) == (
        "“Share” is on plan: 90 % in the 4th quarter of 2010, with a target of 95 %. There is no figure for the year."
    )


def test_a_percent_of_bounds_is_known_between_theirs():
    reports = (report_of("2010-Q1", follow_up_support={"m1": 3, "m2": 2}, life_skills={"quarter": 1}),)
    share = share_of("followed_up", "attended")
    one = achieve(History(reports), Plan((share,)), share)
    # 3 to 5 clients of 11: the first topic has one in each of its columns, the others none.
    assert (one.reached.least, one.reached.most, one.reached.is_bound) == (3 / 11, 5 / 11, True)
    assert (one.to_date, one.quarters[0].value) == (None, None)
