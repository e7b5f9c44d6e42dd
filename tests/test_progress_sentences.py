"""Where an indicator stands against its plan, in a sentence that reads like a person's: every kind, by hand."""

from dataclasses import replace

import pytest
from histories import history_of_counts
from plans import ATTENDED, REFERRED

from ccpcr_lib import Release
from ccpcr_lib.analysis.achievement import achieve
from ccpcr_lib.model.plan import Indicator, Plan, Target
from ccpcr_lib.publish.text.progress import progress_sentence

QUARTERS = ("2010-Q1", "2010-Q2", "2010-Q3", "2010-Q4")


def said(*figures: int | None, target: float | None = 60, language: str = "en", **changed: object) -> str:
    """Give the sentence of referrals in the quarters of a year; None: the quarter has no workbook."""
    quarters = {name: {"m1": figure} for name, figure in zip(QUARTERS, figures, strict=False) if figure is not None}
    history = history_of_counts("referrals_by_type", quarters)
    indicator = replace(REFERRED, **changed)
    targets = () if target is None else (Target(indicator.code, "2010", target, "equal", ""),)
    achieved = achieve(history, Plan((indicator,), targets), indicator)
    return progress_sentence(Release(history.reports[-1], language), achieved)


@pytest.mark.parametrize(
    ("figures", "direction", "expected"),
    [
        ((8, 10), "up", "behind plan: 18 of 60 planned for 2010, with 30 due by the end of June. "
                        "The quarter alone had 10, fewer than the 15 planned for it."),
        ((15, 15), "up", "on plan: 30 of 60 planned for 2010, with 30 due by the end of June. "
                         "The quarter's own target was met: 15 of 15."),
        ((20, 16), "up", "ahead of plan: 36 of 60 planned for 2010, with 30 due by the end of June. "
                         "The quarter alone had 16, more than the 15 planned for it."),
        ((20, 16), "neutral", "more than planned: 36 of 60 planned for 2010, with 30 due by the end of June. "
                              "The quarter alone had 16, more than the 15 planned for it."),
        ((1, 1), "neutral", "fewer than planned: 2 of 60 planned for 2010, with 30 due by the end of June. "
                            "The quarter alone had 1, fewer than the 15 planned for it."),
        ((20, 16), "down", "behind plan: 36 of 60 planned for 2010, with 30 due by the end of June. "
                           "The quarter alone had 16, more than the 15 planned for it."),
        ((30, 40), "up", "above target: 70 of 60 planned for 2010, with 30 due by the end of June. "
                         "The quarter alone had 40, more than the 15 planned for it."),
        ((15, 15, 15, 16), "up", "on plan: 61 of 60 planned for 2010. "
                                 "The quarter alone had 16, more than the 15 planned for it."),
        ((15,), "up", "on plan: 15 of 60 planned for 2010, with 15 due by the end of March."),
        ((0,), "up", "behind plan: 0 of 60 planned for 2010, with 15 due by the end of March."),
    ],
)  # fmt: skip
def test_what_is_known_is_held_against_what_is_due(figures, direction, expected):
    assert said(*figures, direction=direction) == f"Referrals to the shelter are {expected}"


def test_a_state_stands_in_a_sentence_without_its_sign():
    assert not any(sign in said(8, 10, direction="up") for sign in "▲●▼★△▽○◔◌")


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ((None, 18), "Referrals to the shelter came to at least 18 of 60 planned for 2010, from 1 of 2 quarters; the "
                     "1st quarter of 2010 is not reported, so the year is incomplete and cannot be judged. "
                     "The quarter alone had 18, more than the 15 planned for it."),
        ((None, None, 15), "Referrals to the shelter came to at least 15 of 60 planned for 2010, from 1 of 3 quarters; "
                           "the 1st quarter of 2010 and the 2nd quarter of 2010 are not reported, so the year is "
                           "incomplete and cannot be judged. The quarter's own target was met: 15 of 15."),
        ((None, 0), "Referrals to the shelter came to at least 0 of 60 planned for 2010, from 1 of 2 quarters; the "
                    "1st quarter of 2010 is not reported, so the year is incomplete and cannot be judged. "
                    "The quarter alone had 0, fewer than the 15 planned for it."),
    ],
)  # fmt: skip
def test_a_year_that_is_not_wholly_reported_is_not_judged(figures, expected):
    assert said(*figures, direction="up") == expected


def test_without_a_target_only_the_year_is_said():
    assert said(8, 10, target=None) == "Referrals to the shelter came to 18 in 2010 so far, with no target set."
    assert said(8, 10, 9, 1, target=None) == "Referrals to the shelter came to 28 in 2010, with no target set."
    assert said(None, 10, target=None) == (
        "Referrals to the shelter came to at least 10 in 2010 so far, from 1 of 2 quarters, with no target set; "
        "the 1st quarter of 2010 is not reported."
    )


def test_a_part_of_a_measure_goes_by_its_own_name():
    assert said(8, 10, name_en="Domestic violence", key={"case_type": "DV"}, direction="up") == (
        "“Domestic violence” is behind plan: 18 of 60 planned for 2010, with 30 due by the end of June. "
        "The quarter alone had 10, fewer than the 15 planned for it."
    )


def test_an_uneven_part_of_the_year_is_due():
    assert "with 22.5 due by the end of June" in said(20, 20, target=45)


def test_a_stock_is_what_it_was_in_its_last_month():
    stock = Indicator("in_shelter", "s", "s", table="referrals_by_age", measure="in_shelter")
    history = history_of_counts("referrals_by_age", {"2010-Q1": {"m3": 50}, "2010-Q2": {"m1": 40, "m3": 43}})
    shown = Release(history.reports[-1])
    assert progress_sentence(shown, achieve(history, Plan((stock,)), stock)) == (
        "Clients in the shelter numbered 43 in June, with no target set."
    )
    plan = Plan((stock,), (Target("in_shelter", "2010-Q2", 60, "by quarter", ""),))
    assert progress_sentence(shown, achieve(history, plan, stock)) == (
        "Clients in the shelter are fewer than planned: 43, with a target of 60."
    )


def test_who_attended_is_at_least_so_many_and_may_be_judged_all_the_same():
    history = history_of_counts("life_skills", {"2010-Q1": {"quarter": 1}, "2010-Q2": {"quarter": 2}})
    attended = replace(ATTENDED, direction="up")
    plan = Plan((attended,), (Target("attended", "2010", 5, "equal", ""),))
    assert progress_sentence(Release(history.reports[-1]), achieve(history, plan, attended)) == (
        "Clients at life skills lessons are above target: at least 22 and at most 33 in 2010 so far, with 5 due by "
        "the end of June. The same client may stand in several of its counts."
    )


def test_a_target_that_is_not_due_yet_is_said():
    history = history_of_counts("referrals_by_type", {"2010-Q1": {"m1": 5}})
    plan = Plan((REFERRED,), (Target("referred", "2010", 60, "none", ""),))
    assert progress_sentence(Release(history.reports[-1]), achieve(history, plan, REFERRED)) == (
        "Referrals to the shelter came to 5 of 60 planned for 2010; the plan does not say how many are due by the end "
        "of March, so this is incomplete."
    )


def test_a_percent_whose_target_is_not_due_yet_is_no_part_of_it():
    share = Indicator("share", "Share", "s", unit="percent", ratio=("assessed", "referred"), direction="up")
    history = history_of_counts("family_assessments", {"2010-Q1": {"m1": 3}})
    other = history_of_counts("referrals_by_type", {"2010-Q1": {"m1": 4}})
    reading = replace(
        history.reports[0].reading,
        base=(*history.reports[0].reading.base, *other.reports[0].reading.base),
        members={**history.reports[0].reading.members, **other.reports[0].reading.members},
    )
    history = replace(history, reports=(replace(history.reports[0], reading=reading),))
    plan = Plan((share,), (Target("share", "2010", 0.95, "none", ""),))
    assert progress_sentence(Release(history.reports[-1]), achieve(history, plan, share)) == (
        "“Share” is 75 % in 2010 so far, with a target of 95 %; the plan does not say what is due by the end of "
        "March, so this is incomplete."
    )


def test_it_is_said_in_khmer_too():
    assert said(8, 10, direction="up", language="km").startswith("ការបញ្ជូនមកមណ្ឌល យឺតជាងផែនការ៖ 18 ក្នុងចំណោម 60 ")
    english, khmer = said(8, 10, direction="up", language="en+km").split("\n")
    assert english.startswith("Referrals")
    assert khmer.endswith("ត្រីមាសនេះតែឯងមាន 10 តិចជាង 15 ដែលបានគ្រោង។")
