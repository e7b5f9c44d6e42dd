"""On plan, ahead, behind and over-achieved mean the same for every indicator: a tenth is no difference."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import REFERRED

from ccpcr_lib.analysis.judgement import Planned, Reached, judge
from ccpcr_lib.model.plan import DIRECTIONS
from ccpcr_lib.words import say

COUNTS = st.integers(0, 300)


def states(figure, due, target) -> tuple[str, ...]:
    """Judge a figure for an indicator of which more is better, of one of which fewer is, and of one without either."""
    reached, planned = Reached(figure, figure, True), Planned(target, due)
    return tuple(judge(replace(REFERRED, direction=direction), reached, planned) for direction in DIRECTIONS)


@pytest.mark.parametrize(
    ("figure", "due", "target", "expected"),
    [
        # The year is over, so that its target is due: from 90 % to 110 % it is on plan.
        (65, 60, 60, ("on_plan", "on_plan", "on_plan")),
        (49, 48, 48, ("on_plan", "on_plan", "on_plan")),
        (52, 48, 48, ("on_plan", "on_plan", "on_plan")),  # 52.8
        (53, 48, 48, ("over_achieved", "behind", "above")),
        (54, 48, 48, ("over_achieved", "behind", "above")),
        (66, 60, 60, ("on_plan", "on_plan", "on_plan")),
        (67, 60, 60, ("over_achieved", "behind", "above")),
        (54, 60, 60, ("on_plan", "on_plan", "on_plan")),
        (53, 60, 60, ("behind", "ahead", "below")),
        (11, 10, 10, ("on_plan", "on_plan", "on_plan")),
        (9, 10, 10, ("on_plan", "on_plan", "on_plan")),
        (12, 10, 10, ("over_achieved", "behind", "above")),
        # Below ten there is nothing within a tenth but the figure itself.
        (5, 4, 4, ("over_achieved", "behind", "above")),
        (3, 4, 4, ("behind", "ahead", "below")),
        # In the year: ahead of what is due, and over-achieved only where the whole year's target is passed by a tenth.
        (33, 30, 60, ("on_plan", "on_plan", "on_plan")),
        (34, 30, 60, ("ahead", "behind", "above")),
        (60, 30, 60, ("ahead", "behind", "above")),
        (66, 30, 60, ("ahead", "behind", "above")),
        (67, 30, 60, ("over_achieved", "behind", "above")),
        (24, 22.5, 45, ("on_plan", "on_plan", "on_plan")),  # up to 24.75
        (25, 22.5, 45, ("ahead", "behind", "above")),
        (20, 22.5, 45, ("behind", "ahead", "below")),  # from 20.25
        # Nothing is due yet, or nothing may happen at all.
        (0, 0, 60, ("on_plan", "on_plan", "on_plan")),
        (1, 0, 60, ("ahead", "behind", "above")),
        (0, 0, 0, ("on_plan", "on_plan", "on_plan")),
        (1, 0, 0, ("over_achieved", "behind", "above")),
        # Targets of quarters alone: there is no year's target to pass.
        (67, 60, None, ("ahead", "behind", "above")),
        (0, 60, None, ("behind", "ahead", "below")),
        # Percents, a tenth of the percent that is due.
        (0.9, 0.95, 0.95, ("on_plan", "on_plan", "on_plan")),
        (0.855, 0.95, 0.95, ("on_plan", "on_plan", "on_plan")),  # just a tenth below
        (0.85, 0.95, 0.95, ("behind", "ahead", "below")),
        (1.0, 0.95, 0.95, ("on_plan", "on_plan", "on_plan")),
        (0.33, 0.3, 0.3, ("on_plan", "on_plan", "on_plan")),  # just a tenth above, and 0.3 + 0.03 is a little more
        (1.0, 0.9, 0.9, ("over_achieved", "behind", "above")),
        (11 / 30, 1 / 3, 1 / 3, ("on_plan", "on_plan", "on_plan")),
        (0.0, 0.0, 0.0, ("on_plan", "on_plan", "on_plan")),
    ],
)
def test_a_state_worked_out_by_hand_for_more_for_fewer_and_for_neither(figure, due, target, expected):
    assert states(figure, due, target) == expected


@given(COUNTS, COUNTS, COUNTS)
def test_what_is_on_plan_is_so_in_every_direction_and_only_within_a_tenth(figure, due, target):
    are_on_plan = {state == "on_plan" for state in states(figure, due, target)}
    assert are_on_plan == {abs(figure - due) <= Fraction(due, 10)}


@given(COUNTS, COUNTS, COUNTS)
def test_more_is_never_a_lesser_state_where_more_is_better(figure, due, target):
    order = ["behind", "on_plan", "ahead", "over_achieved"]
    more, now = states(figure + 1, due, target)[0], states(figure, due, target)[0]
    assert order.index(more) >= order.index(now)


@given(COUNTS, COUNTS, COUNTS, st.integers(1, 9))
def test_a_state_depends_on_ratios_alone(figure, due, target, times):
    assert states(times * figure, times * due, times * target) == states(figure, due, target)


@given(COUNTS, COUNTS)
def test_a_percent_is_judged_as_the_counts_it_was_divided_from(figure, due):
    assert states(figure / 300, due / 300, due / 300) == states(figure, due, due)


def test_the_note_under_the_table_says_the_rule_in_both_languages():
    note = say("states_note")
    assert "On plan: within a tenth of what is due by now." in note
    assert "Over-achieved: more than a tenth above the target of the whole year, where more is better." in note
    assert say("states_note", "km").count("មួយភាគដប់") == 4
