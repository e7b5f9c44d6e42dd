"""Exact methods for small counts, held against SciPy's: intervals, tails, limits, crossings."""

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ccpcr_lib.quality.chance import binomial_tails, fewest_crossings, poisson_limits, ratio_interval


@pytest.mark.parametrize(("now", "before"), [(18, 36), (37, 6), (1, 0), (0, 4), (3, 3), (250, 199), (1, 40)])
def test_the_intervals_are_those_of_scipy(now, before):
    edges = stats.binomtest(now, now + before).proportion_ci(0.95, method="exact")
    expected = [edge / (1 - edge) if edge < 1 else inf for edge in (edges.low, edges.high)]
    assert ratio_interval(now, before) == pytest.approx(expected, rel=1e-5)


@given(st.integers(0, 300), st.integers(0, 300))
@settings(max_examples=settings.default.max_examples // 2)
def test_an_interval_holds_the_ratio_and_turns_over_with_it(now, before):
    if now + before == 0:
        return
    low, high = ratio_interval(now, before)
    assert low <= (now / before if before else inf) <= high
    turned = ratio_interval(before, now)
    assert low == pytest.approx(1 / turned[1] if turned[1] else inf, rel=1e-4, abs=1e-6)


@pytest.mark.parametrize("x", [0, 299_000, 300_000, 301_500, 600_000])
def test_the_tails_of_large_counts_are_those_of_scipy_and_come_at_once(x):
    low, high = binomial_tails(x, 600_000, 0.5)
    assert (low, high) == pytest.approx(
        (stats.binom.cdf(x, 600_000, 0.5), stats.binom.sf(x - 1, 600_000, 0.5)), rel=1e-6
    )


def test_counts_in_the_thousands_are_compared_too():
    low, high = binomial_tails(2500, 5000, 0.5)
    assert (low, high) == (pytest.approx(0.5056, abs=1e-4), pytest.approx(0.5056, abs=1e-4))


@pytest.mark.parametrize("mean", [0.2, 1, 5, 12.5, 60, 900])
def test_the_limits_leave_out_no_more_than_chance_may(mean):
    low, high = poisson_limits(mean)
    assert stats.poisson.sf(high, mean) <= 0.00135
    assert stats.poisson.sf(high - 1, mean) > 0.00135
    assert low == 0 or stats.poisson.cdf(low - 1, mean) <= 0.00135
    assert stats.poisson.cdf(low, mean) > 0.00135


@pytest.mark.parametrize("points", [10, 12, 20, 36, 60])
def test_the_fewest_crossings_are_those_of_the_binomial(points):
    assert fewest_crossings(points) == stats.binom.ppf(0.05, points - 1, 0.5)
