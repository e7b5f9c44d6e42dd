"""Whole percents of counts: each is rounded by itself, half up, as on everybody's calculator."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccpcr_lib.analysis.achievement import Percent
from ccpcr_lib.analysis.percents import whole_percent, whole_percents

COUNTS = st.integers(0, 10**6)
counts = st.lists(COUNTS, min_size=1, max_size=30)
some_counts = counts.filter(any)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [
        (5, 11, 45),  # 45.45
        (1, 8, 13),  # 12.5
        (1, 18, 6),  # 5.56
        (1, 16, 6),  # 6.25
        (3, 8, 38),  # 37.5
        (1, 200, 1),  # 0.5
        (1, 201, 0),  # 0.4975
        (199, 200, 100),  # 99.5
        (29, 200, 15),  # 14.5, where 100 * (29 / 200) falls below it
        (57, 200, 29),  # 28.5
        (0, 7, 0),
        (7, 7, 100),
        (18, 15, 120),
        (65, 60, 108),  # 108.33
        (15, 22.5, 67),  # 66.67 of what is due
        (9, 22.5, 40),
        (0.285, 1, 29),  # a share of 57 / 200
        (0.145, 1, 15),
        (0.9, 0.95, 95),  # 94.74
        (1 / 3, 2 / 3, 50),
        (13 / 16, 1, 81),  # 81.25
        (1, 0.0000001, 1_000_000_000),
        (2_000_001, 400_000_000, 1),  # 0.50000025
        (1_999_999, 400_000_000, 0),  # 0.49999975
    ],
)
def test_a_percent_worked_out_by_hand(part, whole, percent):
    assert whole_percent(part, whole) == percent
    assert Percent(part, whole).value == percent


@given(COUNTS, st.integers(1, 10**6))
def test_a_percent_is_within_half_a_point_of_the_true_one_and_a_half_goes_up(part, whole):
    off = whole_percent(part, whole) - Fraction(100 * part, whole)
    assert -Fraction(1, 2) < off <= Fraction(1, 2)


@given(st.integers(0, 10**4), st.integers(1, 10**4))
def test_a_share_that_was_divided_before_has_the_same_percent_as_its_counts(part, whole):
    assert whole_percent(part / whole, 1) == whole_percent(part, whole)


@given(COUNTS, st.integers(1, 10**4), st.integers(1, 10**4))
def test_a_percent_depends_on_the_ratio_alone(part, whole, times):
    assert whole_percent(times * part, times * whole) == whole_percent(part, whole)


@given(some_counts)
def test_each_of_several_percents_is_what_it_would_be_by_itself(values):
    assert whole_percents(values) == [whole_percent(value, sum(values)) for value in values]


@given(some_counts)
def test_a_larger_count_never_has_the_smaller_percent_and_equal_counts_have_the_same(values):
    ranked = sorted(zip(values, whole_percents(values), strict=True))
    assert [percent for _, percent in ranked] == sorted(percent for _, percent in ranked)
    assert len(set(ranked)) == len(set(values))


@given(some_counts)
def test_percents_miss_100_by_no_more_than_half_a_point_each(values):
    parts = len([value for value in values if value])
    assert abs(sum(whole_percents(values)) - 100) <= parts / 2


@given(some_counts, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_no_percent(values, random):
    order = random.sample(range(len(values)), len(values))
    shuffled = whole_percents([values[place] for place in order])
    assert shuffled == [whole_percents(values)[place] for place in order]


@given(counts, st.data())
def test_one_unknown_count_leaves_every_percent_unknown(values, data):
    values[data.draw(st.integers(0, len(values) - 1))] = None
    assert whole_percents(values) == [None] * len(values)


@pytest.mark.parametrize(
    ("values", "percents"),
    [
        ([1, 1, 1], [33, 33, 33]),
        ([1, 2, 3], [17, 33, 50]),
        ([3, 5], [38, 63]),
        ([1, 1, 1, 1, 1, 1, 1, 1], [13] * 8),
        ([1, 1, 2, 3, 0, 10, 1], [6, 6, 11, 17, 0, 56, 6]),
        ([2, 5, 1, 1, 1, 1], [18, 45, 9, 9, 9, 9]),
        ([7, 9, 12, 8, 0, 1, 0], [19, 24, 32, 22, 0, 3, 0]),
        ([5], [100]),
        ([1] * 201, [0] * 201),
        ([0, 0], [None, None]),
        ([], []),
    ],
)
def test_whole_percents_of_counts_worked_out_by_hand(values, percents):
    assert whole_percents(values) == percents
