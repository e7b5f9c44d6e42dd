"""Whole percents of counts: they add to 100, and each is its exact share rounded down or up."""

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccpcr_lib.analysis.percents import whole_percents

counts = st.lists(st.integers(0, 10**6), min_size=1, max_size=30)
some_counts = counts.filter(any)


@given(some_counts)
def test_whole_percents_add_to_100(values):
    assert sum(whole_percents(values)) == 100


@given(some_counts)
def test_a_whole_percent_is_its_exact_share_rounded_down_or_up(values):
    exact = [Fraction(100 * value, sum(values)) for value in values]
    near = zip(whole_percents(values), exact, strict=True)
    assert all(percent in (floor(share), ceil(share)) for percent, share in near)


@given(some_counts)
def test_a_larger_count_never_has_the_smaller_percent_and_of_equal_ones_the_first_is_not_behind(values):
    percents = whole_percents(values)
    ranked = sorted(range(len(values)), key=lambda place: (-values[place], place))
    assert [percents[place] for place in ranked] == sorted(percents, reverse=True)


@given(counts, st.data())
def test_one_unknown_count_leaves_every_percent_unknown(values, data):
    values[data.draw(st.integers(0, len(values) - 1))] = None
    assert whole_percents(values) == [None] * len(values)


@pytest.mark.parametrize(
    ("values", "percents"),
    [
        ([1, 1, 1], [34, 33, 33]),
        ([1, 2, 3], [17, 33, 50]),
        ([7, 9, 12, 8, 0, 1, 0], [19, 24, 32, 22, 0, 3, 0]),
        ([5], [100]),
        ([0, 0], [None, None]),
        ([], []),
    ],
)
def test_whole_percents_of_counts_worked_out_by_hand(values, percents):
    assert whole_percents(values) == percents
