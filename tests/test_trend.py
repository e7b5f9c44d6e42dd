"""What has changed, by exact methods; expected values are worked out here by whole numbers and fractions."""

from fractions import Fraction
from math import comb, log2

import pytest
from histories import history_of_counts
from plans import ASSESSED, ATTENDED, FOLLOWED_UP, IN_SHELTER, REFERRED, VISITED

from ccpcr_lib import Release, release
from ccpcr_lib.analysis.history import history_of
from ccpcr_lib.analysis.series import Actual
from ccpcr_lib.analysis.trend import changes, compare, run
from ccpcr_lib.model.plan import Indicator, default_indicator
from ccpcr_lib.publish.text.progress import change_sentence, change_sentences, run_sentence, run_sentences
from ccpcr_lib.quality.sums import UNKNOWN, Sum


def at_most(x: int, n: int, chance: Fraction) -> Fraction:
    """The chance of at most x in n trials, exactly."""
    return sum(comb(n, k) * chance**k * (1 - chance) ** (n - k) for k in range(x + 1))


def now_and_before(now: int | None, before: int | None):
    known = (UNKNOWN if value is None else Sum(value, value) for value in (before, now))
    return tuple(Actual(period, total) for period, total in zip(("2010-Q1", "2010-Q2"), known, strict=True))


# --- the real quarter ---


def test_assessments_fell_from_36_to_18_and_chance_is_unlikely(quarter):
    change, _ = changes(history_of(quarter), ASSESSED)
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


def test_visits_rose_from_6_to_37_and_chance_is_unlikely(quarter):
    change, _ = changes(history_of(quarter), VISITED)
    assert (change.before.value, change.now.value, change.verdict) == (6, 37, "unlikely_chance")
    assert change.p == pytest.approx(float(2 * at_most(6, 43, Fraction(1, 2))))
    assert (round(change.low, 2), round(change.high, 2)) == (2.58, 17.88)
    low, high = (Fraction(edge).limit_denominator(10**9) for edge in (change.low, change.high))
    assert float(1 - at_most(36, 43, low / (1 + low))) == pytest.approx(0.025, abs=1e-6)
    assert float(at_most(37, 43, high / (1 + high))) == pytest.approx(0.025, abs=1e-6)


def test_the_sentence_says_it_plainly(quarter):
    said = change_sentence(
        release(quarter), changes(history_of(quarter), release(quarter).plan.indicator("assessed"))[0]
    )
    assert said.startswith("Family assessments fell from 36 (1st quarter of 2010) to 18 (2nd quarter of 2010); ")
    assert "a change this large is unlikely to be chance" in said
    assert "0.50 times as many, 95 % interval 0.27 to 0.90" in said


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
    assert compare(ASSESSED, *now_and_before(now, before)).verdict == verdict


def test_a_stock_is_said_and_not_judged():
    change = compare(IN_SHELTER, *now_and_before(43, 61))
    assert (change.verdict, change.difference, change.p) == ("stock", -18, None)


def test_all_who_are_there_are_counted_again_and_not_judged():
    assert compare(ATTENDED, *now_and_before(31, 50)).verdict == "stock"
    quarters = {f"{2007 + place // 4}-Q{place % 4 + 1}": {"quarter": 5} for place in range(14)}
    assert run(history_of_counts("life_skills", quarters), ATTENDED).high is None


def test_a_percent_has_no_run():
    with pytest.raises(ValueError, match="is a percent"):
        run(months_of(STEADY), Indicator("s", "s", "s", unit="percent", ratio=("a", "b")))


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


def test_what_cannot_be_compared_is_named_together(quarter):
    shown = release(quarter)
    group = [shown.history.changes(one)[0] for one in shown.plan.indicators if not one.ratio]
    said = change_sentences(shown, group)
    assert len(said) == 3
    assert said[-1].startswith("Not compared with the 1st quarter of 2010, which was not reported or only in part: ")


# --- runs ---


def months_of(values: list[int]):
    """Refer so many clients in each month from January 2009 on."""
    names = [f"{2009 + place // 4}-Q{place % 4 + 1}" for place in range(len(values) // 3)]
    rows = [
        dict(zip(("m1", "m2", "m3"), values[3 * place : 3 * place + 3], strict=True)) for place in range(len(names))
    ]
    return history_of_counts("referrals_by_type", dict(zip(names, rows, strict=True)))


STEADY = [5, 4, 6, 5, 7, 3, 5, 6, 4, 5, 3, 7]


def test_below_twelve_points_there_is_a_median_only():
    found = run(months_of(STEADY[:9]), REFERRED)
    assert (found.centre, found.low, found.high, found.signals) == (5, None, None, ())


def test_from_twelve_points_on_there_are_limits_on_trial_below_twenty():
    found = run(months_of(STEADY), REFERRED)
    # The mean is 60 / 12 = 5; a Poisson count of mean 5 is above 13 in fewer than 0.00135 of all months.
    assert (found.low, found.high, found.is_trial) == (0, 13, True)
    assert not run(months_of(STEADY * 2), REFERRED).is_trial


def test_a_month_beyond_the_limits_is_named():
    found = run(months_of([*STEADY[:-1], 30]), REFERRED)
    assert [(one.rule, one.periods) for one in found.signals] == [("outside", ("2009-12",))]
    assert "30 in December 2009 lies outside the limits" in run_sentence(
        release_of(months_of([*STEADY[:-1], 30])), found
    )


def test_a_shift_is_a_long_run():
    values = [4, 5, 3, 4, 5, 4, 3, 4, 5, 9, 8, 9, 10, 8, 9, 10, 9, 8]
    found = run(months_of(values), REFERRED)
    # 18 points off the median of 6.5; runs longer than round(log2(18) + 3) = 7 are signals: here nine and nine.
    assert round(log2(18) + 3) == 7
    assert [(one.rule, one.periods[0], len(one.periods)) for one in found.signals] == [("long_run", "2009-01", 9)]


def sides(*runs: int) -> list[int]:
    """Months above and below 5.5 in turn, so many each."""
    return [value for place, length in enumerate(runs) for value in [(8, 3)[place % 2]] * length]


@pytest.mark.parametrize(
    ("lengths", "expected"),
    [
        # 18 points, nine on each side: a run is too long from 8 on (log2(18) + 3 = 7.2), crossings too few below 5.
        ((7, 2, 1, 3, 1, 4), []),
        ((8, 4, 1, 5), [("long_run", 8)]),
        ((4, 5, 2, 4, 3), [("few_crossings", 2)]),
        ((4, 4, 2, 3, 3, 2), []),
    ],
)
def test_runs_are_judged_to_the_point(lengths, expected):
    found = run(months_of(sides(*lengths)), REFERRED)
    assert found.centre == 5.5
    assert [(one.rule, len(one.periods)) for one in found.signals] == expected


def test_sides_that_are_not_even_are_not_judged():
    # Eight above the median of 5, two below: the rules suppose that half of the points lie on each side.
    assert run(months_of([5] * 20 + [7] * 8 + [3] * 2), REFERRED).signals == ()


def shifted(table: str):
    """Nine months of few, and nine of many."""
    few_and_many = (dict.fromkeys(("m1", "m2", "m3"), 4 + 5 * (place > 2)) for place in range(6))
    names = (f"{2009 + place // 4}-Q{place % 4 + 1}" for place in range(6))
    return history_of_counts(table, dict(zip(names, few_and_many, strict=True)))


def test_a_shift_of_clients_who_may_come_again_is_no_signal():
    found = run(shifted("follow_up_support"), FOLLOWED_UP)
    assert (len(found.known), found.high, found.signals) == (18, None, ())


def test_a_shift_of_visits_is_a_signal_since_each_visit_happens_once():
    found = run(shifted("family_visits"), VISITED)
    assert [(one.rule, len(one.periods)) for one in found.signals] == [("long_run", 9)]


def test_a_month_nobody_reported_ends_a_run():
    whole, broken = months_of(sides(8, 4, 1, 5)), months_of([*sides(4), None, *sides(4), *sides(0, 4, 1, 5), 3, 3])
    assert [one.rule for one in run(whole, REFERRED).signals] == ["long_run"]
    assert run(broken, REFERRED).signals == ()


def test_zeros_that_are_the_median_are_no_run():
    found = run(
        months_of([0, 0, 1, 0, 0, 2, 0, 0, 1, 1, 0, 0, 1, 0, 1, 0, 2, 0, 0, 1, 0, 1, 1, 0, 1, 0, 0, 1, 0, 0]), REFERRED
    )
    assert found.centre == 0
    assert found.signals == ()


def test_runs_with_a_median_only_are_said_together(quarter):
    shown = release(quarter)
    chosen = [shown.plan.indicator(code) for code in ("referred", "in_shelter", "visited")]
    assert run_sentences(shown, [shown.history.run(one) for one in chosen]) == [
        "Fewer than 12 periods, so medians only, no limits and no signals: Clients referred to the shelter 2; "
        "Clients who visited their families 8.",
        "Most of the same clients are counted again, so medians only, no limits and no signals: "
        "Clients in the shelter 51.",
    ]


def test_a_stock_has_no_signals(quarter):
    found = run(history_of(quarter), IN_SHELTER)
    assert ([point.value for point in found.points], found.centre, found.high) == ([61, 51, 43], 51, None)


def test_a_month_nobody_reported_is_a_gap_and_no_zero():
    found = run(months_of([*STEADY[:6], None, *STEADY[7:]]), REFERRED)
    assert found.points[6].value is None
    assert len(found.known) == 11
    assert found.high is None


def release_of(history):
    return Release(history.reports[-1])
