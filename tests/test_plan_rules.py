"""Rules of the year so far that hold for any figures."""

from dataclasses import replace
from fractions import Fraction
from typing import get_args

from hypothesis import given
from hypothesis import strategies as st
from plans import ATTENDED, IN_SHELTER, QUARTERS, REFERRED, VISITED, planned, referred, state

from ccpcr_lib.analysis.achievement import achieve
from ccpcr_lib.analysis.history import history_of
from ccpcr_lib.analysis.judgement import Planned, Reached, State, judge
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.analysis.series import Actual
from ccpcr_lib.analysis.year import from_quarters
from ccpcr_lib.model.plan import DIRECTIONS, Plan
from ccpcr_lib.quality.sums import UNKNOWN, Sum

COUNTS = st.integers(0, 200)


@given(st.lists(COUNTS, min_size=1, max_size=4))
def test_quarters_of_a_flow_add_up_to_the_year(values):
    assert achieve(referred(*values), Plan(), REFERRED).to_date == sum(values)


def totals(values: list[int | None]) -> list[Actual]:
    """Give quarters with these figures; None: nobody reported one."""
    known = (UNKNOWN if value is None else Sum(value, value) for value in values)
    return [Actual(name, total) for name, total in zip(QUARTERS, known, strict=False)]


@given(st.lists(COUNTS, min_size=2, max_size=4))
def test_a_stock_is_its_last_quarter_and_attendance_stays_between_its_largest_and_the_sum(values):
    assert from_quarters(IN_SHELTER, totals(values)) == Sum(values[-1], values[-1])
    assert from_quarters(ATTENDED, totals(values)) == Sum(max(values), sum(values))


@given(st.lists(COUNTS | st.none(), min_size=1, max_size=4), st.sampled_from([REFERRED, VISITED, ATTENDED]))
def test_a_quarter_nobody_reported_never_lowers_what_is_known(values, indicator):
    known = [value or 0 for value in values]
    year = from_quarters(indicator, totals(values))
    assert year.least == (max(known) if indicator is ATTENDED else sum(known))
    assert (year.most is None) == (None in values)


@given(COUNTS, COUNTS, COUNTS, COUNTS, st.sampled_from(DIRECTIONS))
def test_a_state_that_bounds_give_holds_for_every_figure_between(least, more, target, due, direction):
    indicator, planned_for = replace(REFERRED, direction=direction), Planned(target, due)
    judged = judge(indicator, Reached(least, least + more, True), planned_for)
    between = [judge(indicator, Reached(n, n, True), planned_for) for n in range(least, least + more + 1)]
    are_no_worse = direction != "neutral" and set(between) <= {"on_plan", "ahead", "over_achieved"}
    if len(set(between)) == 1 or are_no_worse:
        assert judged == between[-1 if direction == "down" else 0]
    else:
        assert judged == "open"


@given(
    st.lists(COUNTS, min_size=2, max_size=4),
    st.integers(0, 200),
    st.sampled_from(DIRECTIONS),
    st.data(),
)
def test_a_missing_quarter_never_makes_a_year_behind(values, target, direction, data):
    missing = data.draw(st.integers(0, len(values) - 2))
    known = [None if place == missing else value for place, value in enumerate(values)]
    assert state(planned(target, direction=direction), *known) == "incomplete"


@given(st.lists(COUNTS, min_size=2, max_size=4), st.permutations(range(4)))
def test_a_percent_does_not_depend_on_the_order_of_files(values, order):
    reports = list(referred(*values).reports)
    last = reports[-1]
    shuffled = tuple(reports[place].reading for place in order if place < len(reports) - 1)
    ordered = tuple(report.reading for report in reports[:-1])
    plan = planned(60)
    one, other = (
        achieve(history_of(Report(last.reading, (), others)), plan, plan.indicator("referred"))
        for others in (ordered, shuffled)
    )
    assert one == other
    assert one.percent.value == int(Fraction(100 * sum(values), 60) + Fraction(1, 2))


@given(st.floats(0, 500), st.floats(0, 500), st.floats(0, 500), st.sampled_from(DIRECTIONS))
def test_a_state_is_always_one_of_those_declared(to_date, target, due, direction):
    judged = judge(replace(REFERRED, direction=direction), Reached(to_date, to_date, True), Planned(target, due))
    assert judged in get_args(State)
    assert direction != "neutral" or judged in ("above", "below", "on_plan")
