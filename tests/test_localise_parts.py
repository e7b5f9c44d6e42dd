"""The parts of which mistakes are located: sums of cells, likelihoods, steps, and repairs after which all holds."""

import random
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sound_quarters import earlier, sound
from ways_of_totals import WAYS, planted

from ccpcr_lib.model.records import Claim, Count
from ccpcr_lib.quality.facts import Facts, facts_of
from ccpcr_lib.quality.localise.likelihood import (
    LEAST_FROM_HISTORY,
    MOST_FROM_HISTORY,
    SLIPS,
    against_history,
    slip,
)
from ccpcr_lib.quality.localise.linear import Bounds, Form, Part, at_most, bounds_of, equal, known, within
from ccpcr_lib.quality.localise.odd_ones import build
from ccpcr_lib.quality.localise.search import find_repairs
from ccpcr_lib.quality.localise.state import Reach, State, state_of
from ccpcr_lib.quality.localise.system import System
from ccpcr_lib.quality.sums import add_up

FEW = settings(max_examples=25)
MONTHS = ("2010-04", "2010-05", "2010-06")

# --- sums of cells say what sums of numbers say ---

ASKED = ((), ("sex",), ("case_type",), ("case_type", "sex"))


@st.composite
def counts(draw: st.DrawFn) -> list[Count]:
    """Counts of clients by topic and month, some without their sex or case type, some blank."""
    made = []
    for place in range(draw(st.integers(0, 9))):
        key = {"period": draw(st.sampled_from(MONTHS)), "category": draw(st.sampled_from(("sewing", "english")))}
        key |= draw(st.sampled_from(({}, {"sex": "F"}, {"sex": "M"})))
        key |= draw(st.sampled_from(({}, {"case_type": "DV"}, {"case_type": "SA"})))
        value = draw(st.one_of(st.none(), st.integers(0, 12)))
        made.append(Count("life_skills", "attended", "clients", key, value, f"S!B{place + 1}"))
    return made


def value_of(form: Form, there: list[Count]) -> float:
    return form.constant + sum(times * (there[place].value or 0) for place, times in form.terms.items())


@given(counts(), st.sampled_from(("flow", "stock", "attendance", "events")), st.sampled_from(ASKED))
def test_bounds_of_cells_are_those_of_their_numbers(there, adds, asked):
    parts = [
        Part(count.key, count.value, None if count.value is None else Form({place: 1}))
        for place, count in enumerate(there)
    ]
    bounds, total = bounds_of(parts, adds, asked), add_up(there, adds, asked=asked)
    least = [value_of(form, there) for form in bounds.least]
    assert (least[0], max(least)) == (total.least, total.least)
    assert (None if bounds.most is None else value_of(bounds.most, there)) == total.most
    assert bounds.exact is None or total.exact == value_of(bounds.exact, there)


def test_clients_who_count_once_are_no_fewer_than_any_choice_of_one_count_of_each_kind():
    """5 and 3 girls at two topics, 2 boys: at least 7, also if the 3 became more than the 5."""
    keys = ({"sex": "F", "category": "a"}, {"sex": "F", "category": "b"}, {"sex": "M", "category": "a"})
    parts = [
        Part({**key, "period": "2010-Q2"}, value, Form({place: 1}))
        for place, (key, value) in enumerate(zip(keys, (5, 3, 2), strict=True))
    ]
    bounds = bounds_of(parts, "attendance")
    assert [dict(form.terms) for form in bounds.least] == [{0: 1, 2: 1}, {2: 1, 1: 1}]
    assert bounds.most == Form({0: 1, 1: 1, 2: 1})


def test_two_sums_that_are_known_are_equal_and_others_lie_within_each_other():
    one, two = Form({1: 1}), Form({2: 1}, 4)
    assert list(within("total", known(one), known(two))) == [equal("total", one, two)]
    assert (equal("total", one, two).terms, equal("total", one, two).least) == ({1: 1, 2: -1}, 4)
    assert list(within("total", known(one), Bounds((Form({}, 3),), None))) == [at_most("total", Form({}, 3), one)]


# --- how unlikely a mistake is ---


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_a_slip_costs_between_the_least_and_the_most(printed, meant):
    assert min(SLIPS.values()) <= slip(printed, meant) <= max(SLIPS.values())


@pytest.mark.parametrize(
    ("printed", "meant", "kind"),
    [
        (21, 12, "alike"),
        (55, 5, "alike"),
        (3, 13, "alike"),
        (30, 3, "alike"),
        (3000, 3, "alike"),
        (5, 6, "near"),
        (0, 7, "near"),
        (9, 6, "near"),
        (17, 11, "near"),
        (4, 6, "two"),
        (4, 9, "other"),
        (5, 0, "other"),
    ],
)
def test_hands_slip_in_some_ways_more_often_than_in_others(printed, meant, kind):
    assert slip(printed, meant) == SLIPS[kind]


@given(st.lists(st.integers(0, 60), max_size=12), st.integers(0, 60), st.integers(0, 60))
def test_history_speaks_within_its_limits_and_the_same_from_both_sides(others, printed, meant):
    there, back = against_history(others, printed, meant), against_history(others, meant, printed)
    limits = (-LEAST_FROM_HISTORY, MOST_FROM_HISTORY)
    assert limits[0] <= there <= limits[1]
    if all(limits[0] < value < limits[1] for value in (there, back)):
        assert there == pytest.approx(-back)


def test_history_says_nothing_where_there_is_none_or_nothing_would_change():
    assert (against_history([], 5, 500), against_history([3, 4], 2, 2)) == (0, 0)


# --- steps ---


@pytest.mark.parametrize(
    ("least", "most", "nearest"),
    [
        (0.2, 3, 1),
        (2, 2, 2),
        (2.5, 2.9, None),
        (-9, -1.5, -2),
        (-0.4, -0.3, None),
        (-3, 2, None),
        (1.5, float("inf"), 2),
    ],
)
def test_the_nearest_step_is_the_smallest_whole_one_that_changes_anything(least, most, nearest):
    assert Reach(least, most, frozenset()).nearest == nearest


def one_row(*values: int, total: int) -> State:
    """Grade 1 in three months and its total, each a figure of its own, in this order: 0, 1, 2, 3."""
    cells = [
        Count("education", "enrolled", "clients", {"period": month, "category": "grade_1"}, value, f"S!{letter}6")
        for month, value, letter in zip(MONTHS, values, "CDE", strict=True)
    ]
    key = {"period": "2010-Q2", "category": "grade_1"}
    claim = Claim("education", "enrolled", "clients", key, total, "S!F6", "total", str(total))
    return state_of(build(Facts("2010-Q2", tuple(cells), (claim,)), (), ()))


def test_a_row_that_does_not_add_up_is_mended_by_a_step_of_its_total_or_of_a_count():
    state = one_row(2, 0, 5, total=8)
    numbers = {figure.source: number for number, figure in enumerate(state.system.figures)}
    assert state.broken == {0}
    assert [state.reach({numbers[cell]: 1}).nearest for cell in ("S!F6", "S!C6", "S!D6")] == [-1, 1, 1]
    assert state.after({numbers["S!F6"]: -1}).broken == frozenset()
    assert state.after({numbers["S!F6"]: -2}).broken == {0}
    assert state.after({}, [numbers["S!F6"]]).broken == frozenset()


def test_no_figure_falls_below_zero():
    state = one_row(2, 0, 5, total=6)
    numbers = {figure.source: number for number, figure in enumerate(state.system.figures)}
    assert state.reach({numbers["S!D6"]: 1}) is None
    assert state.reach({numbers["S!C6"]: 1}).nearest == -1


# --- a whole quarter ---

WRITTEN_ANEW = {"share", "note", "note_parts"}
"""Percents and notes: whoever corrects a figure writes them anew."""

CHANGES = (
    {"Family visits!C9": 4},
    {"Referrals by type!D8": 2},
    {"Referral sources!B7": 6, "Referral sources!C7": 2},
    {"Referrals by age!B9": 74, "Education!E15": 3},
    {"Vocational skills!C7": 1, "Vocational skills!C9": 0, "Vocational skills!C10": 0},
)


@cache
def state(which: int, way: str) -> State:
    reading = planted(sound(1, "2009-Q2"), WAYS[way], CHANGES[which])
    return state_of(build(facts_of(reading), [facts_of(other) for other in earlier(1, "2009-Q2")], ()))


def anew(state: State, values: list[float]) -> tuple[list[float], frozenset[int]]:
    """Work out what each constraint adds up to, and which are broken."""
    constraints = state.system.constraints
    totals = [sum(times * values[number] for number, times in item.terms.items()) for item in constraints]
    return totals, frozenset(place for place, total in enumerate(totals) if not constraints[place].allows(total))


@FEW
@given(st.integers(0, len(CHANGES) - 1), st.integers(), st.lists(st.integers(-5, 5), min_size=1, max_size=4))
def test_a_state_after_steps_is_that_of_the_changed_values(which, seed, steps):
    before = state(which, "typed")
    numbers = random.Random(seed).sample(range(len(before.system.figures)), len(steps))
    after = before.after(dict(zip(numbers, steps, strict=True)))
    totals, broken = anew(before, after.values)
    assert after.totals == pytest.approx(totals)
    assert after.broken == broken
    assert [after.values[number] - before.values[number] for number in numbers] == pytest.approx(steps)


@FEW
@given(st.integers(0, len(CHANGES) - 1), st.sampled_from([*WAYS]), st.integers(0, 10**6))
def test_as_many_steps_as_a_reach_says_mend_what_it_says(which, way, seed):
    before = state(which, way)
    touching = sorted({number for place in before.broken for number in before.system.constraints[place].terms})
    if not touching:
        return
    number = touching[seed % len(touching)]
    reach = before.reach({number: 1})
    if reach and reach.nearest:
        after = before.after({number: reach.nearest})
        assert not reach.mended & after.broken
        assert after.broken < before.broken
        assert after.values[number] >= 0


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("which", range(len(CHANGES)))
def test_a_repair_leaves_nothing_broken_of_its_group_and_breaks_only_what_is_written_anew(which, way):
    before = state(which, way)
    for group in find_repairs(before):
        for repair in group.repairs:
            after = before
            for move in repair.moves:
                after = after.after(move.steps, move.erased)
            assert not after.broken & group.places, repair
            kinds = {before.system.constraints[place].kind for place in after.broken - before.broken}
            assert kinds <= WRITTEN_ANEW, repair


def test_the_repairs_of_a_wrong_count_change_it_back():
    groups = find_repairs(state(0, "typed"))
    system: System = state(0, "typed").system
    (move,) = groups[0].repairs[0].moves
    assert [(system.figures[number].source, step) for number, step in move.steps.items()] == [("Family visits!C9", -3)]
    assert groups[0].cost == min(repair.cost for repair in groups[0].repairs)
