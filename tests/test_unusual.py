"""Single counts and totals far outside their own history are noted, and nothing that happens now and then anyway."""

from collections.abc import Mapping, Sequence

import pytest
from histories import table_of
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ccpcr_lib.model import period as calendar
from ccpcr_lib.quality.chance import chance_of_none, compare_with_history, mixed_tails, spread_of, tally
from ccpcr_lib.quality.unusual import check_unusual

Rows = Mapping[str, Sequence[int | None]]


def told(table: str, earlier: Sequence[Rows], now: Rows):
    period, quarters = "2008-Q1", []
    for rows in (*earlier, now):
        quarters.append(table_of(period, table, rows))
        period = calendar.following(period)
    return list(check_unusual(quarters[-1], quarters[:-1]))


USUAL = [
    {"DV": (3, 2, 5), "SA": (1, 4, 2), "NC": (6, 3, 4)},
    {"DV": (2, 4, 3), "SA": (3, 1, 2), "NC": (5, 7, 4)},
    {"DV": (4, 1, 3), "SA": (2, 2, 0), "NC": (4, 5, 6)},
    {"DV": (3, 3, 6), "SA": (1, 2, 5), "NC": (3, 6, 5)},
    {"DV": (5, 2, 2), "SA": (0, 3, 2), "NC": (7, 4, 2)},
    {"DV": (1, 3, 4), "SA": (2, 1, 3), "NC": (5, 5, 6)},
]
LIKE_BEFORE = {"DV": (4, 2, 3), "SA": (2, 3, 1), "NC": (4, 5, 6)}


def test_a_count_ten_times_as_large_is_noted_at_its_cell_with_what_is_usual():
    (item,) = told("family_visits", USUAL, LIKE_BEFORE | {"SA": (2, 30, 1), "NC": (1, 2, 3), "DV": (1, 0, 2)})
    assert (item.severity, item.variant, item.where) == ("note", "month", ("family_visits!D2",))
    assert (item.printed, item.expected) == ("30", "0 to 5")
    assert (
        "Clients who visited their families, Sexual Abuse (SA), August: 30; in the 18 earlier months it was 0 to 5."
        in item.statement
    )


def test_figures_as_before_are_not_noted():
    assert told("family_visits", USUAL, LIKE_BEFORE) == []


def test_a_short_history_says_nothing_of_single_counts():
    assert told("family_visits", USUAL[1:], LIKE_BEFORE | {"SA": (2, 30, 1)}) == []


def test_only_the_strangest_count_of_a_measure_is_told():
    items = told(
        "life_skills", [{"budgeting": (5,), "child_rights": (6,)}] * 7, {"budgeting": (31,), "child_rights": (45,)}
    )
    assert [(item.variant, item.where, item.expected) for item in items] == [("quarter", ("life_skills!B5",), "6")]


def test_where_the_total_is_told_its_counts_are_not():
    (item,) = told("family_visits", USUAL, LIKE_BEFORE | {"SA": (20, 30, 40)})
    assert (item.variant, item.printed) == ("", "114")


def test_a_zero_where_there_were_always_many_is_noted():
    many = [{"DV": (20, 22, 19), "NC": (18, 25, 21)}] * 6
    (item,) = told("family_visits", many, {"DV": (26, 0, 23), "NC": (20, 27, 22)})
    assert (item.where, item.printed, item.expected) == (("family_visits!D1",), "0", "19 to 22")


def test_people_who_come_in_groups_are_nothing_strange():
    groups = [{"RC": (10, 0, 0)}, {"RC": (0, 0, 0)}, {"RC": (0, 12, 0)}, {"RC": (0, 0, 0)}, {"RC": (0, 0, 8)}] * 2
    assert told("referrals_by_type", groups, {"RC": (0, 14, 0)}) == []
    steady = [{"RC": (1, 0, 1)}, {"RC": (0, 1, 0)}, {"RC": (2, 0, 1)}, {"RC": (0, 0, 1)}, {"RC": (1, 1, 0)}] * 2
    assert [item.rule for item in told("referrals_by_type", steady, {"RC": (0, 14, 0)})] == ["unusual"]


def test_a_stock_is_never_strange_and_a_new_name_has_no_history():
    quiet = dict.fromkeys(("m1", "m2", "m3"), (60, 1, 0, 0, 0, 0, 0, 1))
    fuller = dict.fromkeys(("m1", "m2", "m3"), (600, 1, 0, 0, 0, 0, 0, 1))
    assert told("referrals_by_age", [quiet] * 7, fuller) == []
    assert told("partner_referrals", [{"CWDA": (9, 8, 9)}] * 7, {"CWDA": (1, 2, 3), "Licadho": (0, 19, 0)}) == []


@pytest.mark.parametrize(("own", "others"), [(1, 1), (0.5, 3), (4, 40), (20, 7.5)])
@pytest.mark.parametrize("x", [0, 3, 25])
def test_the_mixed_tails_are_those_of_scipy(x, own, others):
    expected = stats.betabinom.cdf(x, 25, own, others), stats.betabinom.sf(x - 1, 25, own, others)
    assert mixed_tails(x, 25, own, others) == pytest.approx(expected, rel=1e-6)


counts = st.lists(st.integers(0, 60), min_size=2, max_size=12)


@given(st.integers(0, 80), counts, st.floats(0, 20))
@settings(max_examples=settings.default.max_examples // 2)
def test_a_p_value_lies_between_none_and_one(x, earlier, spread):
    assert 0 <= compare_with_history(x, tally(earlier), spread) <= 1


@given(st.integers(0, 60), st.integers(0, 60), st.floats(0.1, 9), st.floats(0.1, 9))
@settings(max_examples=settings.default.max_examples // 2)
def test_the_mixed_tails_turn_over(x, rest, own, others):
    low, high = mixed_tails(x, x + rest, own, others)
    assert mixed_tails(rest, x + rest, others, own) == (pytest.approx(high), pytest.approx(low))
    assert low + high >= 1 - 1e-9


@given(st.integers(0, 200), st.integers(1, 50), st.floats(0, 5), st.floats(0, 5))
@settings(max_examples=settings.default.max_examples // 2)
def test_none_is_rarer_the_more_happened_and_commoner_the_more_rates_vary(n, more, steady, varied):
    low, high = sorted((steady, varied))
    none = chance_of_none(n, among=1, of=3, spread=low)
    assert 0 <= chance_of_none(n + more, among=1, of=3, spread=low) <= none * (1 + 1e-9) <= 1 + 1e-9
    assert none <= chance_of_none(n, among=1, of=3, spread=high) * (1 + 1e-6)


@given(st.lists(counts, max_size=4))
def test_rates_vary_by_no_less_than_nothing_in_whatever_order(rows):
    spread = spread_of(map(tally, rows))
    assert spread >= 0
    assert spread_of([tally(reversed(row)) for row in reversed(rows)]) == pytest.approx(spread)


def test_the_spread_of_counts_from_two_rates_is_that_of_the_rates():
    # Rates of 10 and 30, half the time each: their mean is 20 and their variance 100, a quarter of its square.
    draws = [*stats.poisson.rvs(10, size=4000, random_state=1), *stats.poisson.rvs(30, size=4000, random_state=2)]
    assert spread_of([tally(map(int, draws))]) == pytest.approx(0.25, abs=0.01)
