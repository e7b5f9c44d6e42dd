"""Runs of an indicator's periods: median, limits and signals; expected values are worked out by hand."""

from dataclasses import replace
from math import log2

import pytest
from histories import history_of_counts
from plans import ATTENDED, FOLLOWED_UP, IN_SHELTER, REFERRED, VISITED

from ccpcr_lib import Release, release
from ccpcr_lib.analysis.history import history_of
from ccpcr_lib.analysis.runs import run
from ccpcr_lib.model.plan import Indicator
from ccpcr_lib.publish.text.runs import run_sentence, run_sentences


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


ONE_BY_ONE = replace(REFERRED, in_groups=False)


def test_a_month_beyond_the_limits_because_of_a_group_is_told_and_no_signal():
    history = months_of([*STEADY[:-1], 30])  # all 30 are of one case type
    found = run(history, REFERRED)
    assert [(one.rule, one.periods) for one in found.signals] == [("together", ("2009-12",))]
    assert run_sentence(release_of(history), found).endswith(
        " 30 in December 2009 lies outside the limits, but 30 of 30 came together (DV): no signal."
    )


def test_a_month_beyond_the_limits_is_named():
    found = run(months_of([*STEADY[:-1], 30]), ONE_BY_ONE)
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
    found = run(shifted("follow_up_support"), replace(FOLLOWED_UP, nature="event"))
    assert (len(found.known), found.high, found.signals) == (18, None, ())


def test_a_shift_is_a_signal_of_what_happens_and_none_of_what_is_planned():
    history = shifted("family_visits")
    happening = run(history, replace(VISITED, nature="event"))
    assert [(one.rule, len(one.periods)) for one in happening.signals] == [("long_run", 9)]
    planned = run(history, VISITED)
    assert (planned.centre, planned.high, planned.signals) == (happening.centre, None, ())
    assert run_sentence(release_of(history), planned) == (
        "Clients who visited their families: median 6.5, from 18 of 18 periods. "
        "Planned work: no limits, and no signals."
    )


def test_all_who_are_there_are_counted_again_and_have_no_limits():
    quarters = {f"{2007 + place // 4}-Q{place % 4 + 1}": {"quarter": 5} for place in range(14)}
    happening = replace(ATTENDED, nature="event")
    assert run(history_of_counts("life_skills", quarters), happening).high is None


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
        "Fewer than 12 periods, so medians only, no limits and no signals: Clients referred to the shelter 2.",
        "Planned work, so medians only, no limits and no signals: Clients who visited their families 8.",
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


def test_a_percent_has_no_run():
    with pytest.raises(ValueError, match="is a percent"):
        run(months_of(STEADY), Indicator("s", "s", "s", unit="percent", ratio=("a", "b")))
