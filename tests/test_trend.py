"""What has changed, by exact methods; expected values are worked out here by whole numbers and fractions."""

from dataclasses import replace
from fractions import Fraction
from math import comb

import pytest
from histories import history_of_counts
from plans import ASSESSED, ATTENDED, IN_SHELTER, REFERRED, VISITED

from ccpcr_lib.analysis.history import History, history_of
from ccpcr_lib.analysis.series import Actual
from ccpcr_lib.analysis.trend import Together, changes, compare, groups, season
from ccpcr_lib.model.measure import measures
from ccpcr_lib.model.plan import Indicator, default_indicator
from ccpcr_lib.quality.sums import UNKNOWN, Sum

HAPPENING = replace(ASSESSED, nature="event")
"""Assessments, if nobody planned how many there are."""


def at_most(x: int, n: int, chance: Fraction) -> Fraction:
    """The chance of at most x in n trials, exactly."""
    return sum(comb(n, k) * chance**k * (1 - chance) ** (n - k) for k in range(x + 1))


def now_and_before(now: int | None, before: int | None):
    known = (UNKNOWN if value is None else Sum(value, value) for value in (before, now))
    return tuple(Actual(period, total) for period, total in zip(("2010-Q1", "2010-Q2"), known, strict=True))


# --- the real quarter ---


def test_what_fell_from_36_to_18_is_hardly_chance(quarter):
    change, _ = changes(history_of(quarter), HAPPENING)
    assert (change.before.value, change.now.value, change.verdict) == (36, 18, "unlikely_chance")
    assert change.ratio == 0.5
    # Of 54 families, at most 18 fall into one of two equal quarters with this chance; twice that, both ways.
    assert change.p == pytest.approx(float(2 * at_most(18, 54, Fraction(1, 2))))
    assert round(change.p, 4) == 0.0198
    # Clopper and Pearson 1934: the edges are the chances at which 18 or fewer, 18 or more of 54 have 2.5 %.
    assert round(change.low, 3) == 0.267
    assert round(change.high, 3) == 0.904
    low, high = (Fraction(edge).limit_denominator(10**9) for edge in (change.low, change.high))
    assert float(1 - at_most(17, 54, low / (1 + low))) == pytest.approx(0.025, abs=1e-6)
    assert float(at_most(18, 54, high / (1 + high))) == pytest.approx(0.025, abs=1e-6)


def test_what_rose_from_6_to_37_is_hardly_chance(quarter):
    change, _ = changes(history_of(quarter), replace(VISITED, nature="event"))
    assert (change.before.value, change.now.value, change.verdict) == (6, 37, "unlikely_chance")
    assert change.p == pytest.approx(float(2 * at_most(6, 43, Fraction(1, 2))))
    assert (round(change.low, 2), round(change.high, 2)) == (2.58, 17.88)
    low, high = (Fraction(edge).limit_denominator(10**9) for edge in (change.low, change.high))
    assert float(1 - at_most(36, 43, low / (1 + low))) == pytest.approx(0.025, abs=1e-6)
    assert float(at_most(37, 43, high / (1 + high))) == pytest.approx(0.025, abs=1e-6)


# --- verdicts ---


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [
        (36, 18, "unlikely_chance"),
        (20, 14, "may_be_chance"),
        (5, 0, "too_few"),  # 2 / 2^5 = 6 %: no change of five could be told from chance
        (6, 0, "unlikely_chance"),  # 2 / 2^6 = 3 %
        (0, 0, "unchanged"),
        (21, 21, "unchanged"),
        (None, 18, "not_comparable"),
        (18, None, "not_comparable"),
    ],
)
def test_a_change_is_judged_as_far_as_its_counts_bear(before, now, verdict):
    assert compare(HAPPENING, *now_and_before(now, before)).verdict == verdict


def test_a_stock_is_said_and_not_judged():
    change = compare(IN_SHELTER, *now_and_before(43, 61))
    assert (change.verdict, change.difference, change.p) == ("stock", -18, None)


def test_all_who_are_there_are_counted_again_and_not_judged():
    assert compare(replace(ATTENDED, nature="event"), *now_and_before(31, 50)).verdict == "stock"


def test_what_the_shelter_plans_is_compared_and_not_judged(quarter):
    change, _ = changes(history_of(quarter), ASSESSED)
    assert (change.before.value, change.now.value, change.difference) == (36, 18, -18)
    assert (change.verdict, change.p, change.ratio) == ("managed", None, None)
    assert compare(ATTENDED, *now_and_before(31, 50)).verdict == "managed"
    assert compare(ASSESSED, *now_and_before(18, 18)).verdict == "unchanged"
    assert compare(ASSESSED, *now_and_before(18, None)).verdict == "not_comparable"


def test_each_measure_says_whether_it_is_planned_and_who_may_come_in_groups():
    assert {code for code, known in measures().items() if known.nature == "event"} == {
        "referred",
        "in_shelter",
        "in_care",
    }
    assert [code for code, known in measures().items() if known.in_groups] == ["referred"]
    assert (REFERRED.nature, REFERRED.in_groups, VISITED.nature) == ("event", True, "managed")


def test_a_month_is_never_compared_with_a_quarter_nor_a_percent_at_all():
    with pytest.raises(ValueError, match="not of one length"):
        compare(ASSESSED, Actual("2010-03", Sum(4, 4)), Actual("2010-Q2", Sum(18, 18)))
    with pytest.raises(ValueError, match="is a percent"):
        compare(Indicator("s", "s", "s", unit="percent", ratio=("a", "b")), *now_and_before(1, 1))


def test_a_partly_reported_quarter_is_never_compared_with_a_whole_one():
    quarters = {"2010-Q1": {"m1": 9, "m2": None, "m3": 4}, "2010-Q2": {"m1": 9}}
    before, year = changes(history_of_counts("referrals_by_type", quarters), default_indicator("referred", "clients"))
    assert (before.verdict, before.p, before.difference) == ("not_comparable", None, None)
    assert year.verdict == "not_comparable"


def test_the_same_quarter_a_year_before_is_compared():
    quarters = {"2009-Q2": {"m1": 4}, "2010-Q1": {"m1": 7}, "2010-Q2": {"m1": 9}}
    before, year = changes(history_of_counts("referrals_by_type", quarters), default_indicator("referred", "clients"))
    assert [(one.before.period, one.before.value) for one in (before, year)] == [("2010-Q1", 7), ("2009-Q2", 4)]


# --- clients who came together ---


def test_ten_of_eighteen_who_came_in_april_are_a_group(quarter):
    assert groups(history_of(quarter), REFERRED, "2010-Q2") == (Together("2010-Q2", "2010-04", "RC", 10, 18),)
    assert groups(history_of(quarter), replace(REFERRED, in_groups=False), "2010-Q2") == ()


def test_a_group_in_one_of_two_quarters_leaves_no_verdict():
    quarters = {"2010-Q1": {"m1": 4, "m2": 1, "m3": 2}, "2010-Q2": {"m1": 15, "m2": 15, "m3": 15}}
    change, _ = changes(history_of_counts("referrals_by_type", quarters), REFERRED)
    assert (change.verdict, change.p, change.difference) == ("together", None, 38)
    assert [(group.month, group.count, group.whole) for group in change.groups] == [("2010-01", 4, 7)]


def test_where_nobody_came_as_a_group_the_verdict_stands():
    quarters = {"2010-Q1": {"m1": 2, "m2": 2, "m3": 2}, "2010-Q2": {"m1": 9, "m2": 8, "m3": 8}}
    change, _ = changes(history_of_counts("referrals_by_type", quarters), REFERRED)
    assert (change.verdict, change.groups) == ("unlikely_chance", ())


@pytest.mark.parametrize(
    ("months", "count"),
    [((5, 5, 0), 0), ((6, 5, 0), 6), ((1, 0, 0), 0), ((2, 1, 0), 2), ((0, 0, 0), 0), ((None, 9, 0), 0)],
)
def test_a_group_is_more_than_half_of_the_quarter_and_more_than_one_client(months, count):
    quarters = {"2010-Q1": dict(zip(("m1", "m2", "m3"), months, strict=True))}
    there = groups(history_of_counts("referrals_by_type", quarters), REFERRED, "2010-Q1")
    assert [group.count for group in there] == ([count] if count else [])


def test_a_table_without_case_types_asks_the_home_of_its_measure(quarter):
    girls = replace(REFERRED, code="girls", table="referrals_by_age", key={"sex": "F"})
    assert groups(history_of(quarter), girls, "2010-Q2") == (Together("2010-Q2", "2010-04", "RC", 10, 18),)
    returnees = replace(REFERRED, code="returnees", key={"case_type": "RC"})
    assert groups(history_of(quarter), returnees, "2010-Q2") == (Together("2010-Q2", "2010-04", "RC", 10, 10),)


# --- the season ---


def referred(*quarters: int | None) -> History:
    """Refer so many clients in each quarter from the 1st of 2009 on; None: there is no workbook."""
    names = [f"{2009 + place // 4}-Q{place % 4 + 1}" for place in range(len(quarters))]
    known = {name: {"m1": value} for name, value in zip(names, quarters, strict=True) if value is not None}
    return history_of_counts("referrals_by_type", known)


@pytest.mark.parametrize(
    ("quarters", "is_alike"),
    [
        ((0, 0, 12, 16, 5, 5, 5, 9), True),  # both rose
        ((0, 0, 16, 12, 5, 5, 9, 5), True),  # both fell
        ((0, 0, 16, 12, 5, 5, 5, 9), False),
        ((0, 0, 16, 16, 5, 5, 5, 9), False),
        ((0, 0, 12, 16, 5, 5, 9, 9), None),  # nothing moved this year
        ((0, 0, None, 16, 5, 5, 5, 9), None),
        ((0, 0, 12, None, 5, 5, 5, 9), None),
        ((5, 5, 5, 9), None),  # no year before
    ],
)
def test_the_season_is_seen_where_all_four_quarters_are_known(quarters, is_alike):
    there = season(referred(*quarters), REFERRED)
    assert (there.is_alike if there else None) is is_alike


def test_a_first_quarter_is_held_against_the_last_one_of_two_years_before():
    there = season(referred(1, 1, 1, 12, 16, 1, 1, 5, 9), REFERRED)
    assert (there.before.period, there.then.period) == ("2009-Q4", "2010-Q1")
    assert (there.before.value, there.then.value) == (12, 16)


def test_what_the_shelter_plans_has_no_season():
    assert season(referred(0, 0, 12, 16, 5, 5, 5, 9), replace(REFERRED, nature="managed")) is None
