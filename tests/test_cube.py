"""What counts add up to: exactly, at least and at most, or refused. Every expected figure is worked out by hand."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import DEMO, changed

from ccpcr_lib import load, release
from ccpcr_lib.analysis.history import load_all
from ccpcr_lib.model.measure import measures
from ccpcr_lib.model.records import Count
from ccpcr_lib.quality.cube import Cube, NoAnswerError
from ccpcr_lib.quality.sums import Sum, add_quarters, add_up

Q = "2010-Q2"
MONTHS = ("2010-04", "2010-05", "2010-06")
GIRLS_AND_BOYS = [{"case_type": case_type, "sex": sex} for case_type in ("DV", "NC") for sex in ("F", "M")]
NO_SEX = [{"case_type": "SA"}, {"case_type": "SW"}]


def total(quarter, measure, unit="clients", **key):
    return str(quarter.facts.cube(measure, unit).total(key))


def bounds(sum_: Sum) -> tuple[int, int | None, int]:
    return sum_.least, sum_.most, sum_.blanks


# --- the real quarter ---


@pytest.mark.parametrize(
    ("measure", "key", "says"),
    [
        ("referred", {}, "18"),
        ("referred", {"sex": "F"}, "16 to 18"),  # SA and SW, one client each, name no sex
        ("referred", {"sex": "M"}, "0 to 2"),
        ("referred", {"case_type": "SA"}, "1"),
        ("referred", {"case_type": "SA", "sex": "F"}, "0 to 1"),
        ("referred", {"case_type": "ST", "sex": "F"}, "0"),  # there was none, of whatever sex
        ("referred", {"age_band": "11-17"}, "10"),
        ("referred", {"age_band": "11-17", "sex": "F"}, "9"),
        ("referred", {"period": "2010-05"}, "2"),
        ("referred", {"category": "RAO"}, "2"),
        ("in_shelter", {}, "43"),  # a stock is its last month
        ("in_shelter", {"period": "2010-04"}, "61"),
        ("enrolled", {}, "11"),
        ("trained", {"category": "sewing"}, "6"),
        ("assessed", {"period": "2010-Q1"}, "36"),
        ("visited", {}, "37"),
        ("visited", {"case_type": "DV"}, "7"),
        ("reintegrated", {}, "24"),
        ("referred_out", {"category": "CWDA"}, "1"),
        ("attended", {}, "25 to 175"),  # 25 in each of seven topics
        ("attended", {"category": "child_rights"}, "25"),
        ("attended", {"sex": "F"}, "19 to 175"),  # the clients of SA, ST and SW may be girls
        ("attended", {"case_type": "NC"}, "10 to 70"),
        ("followed_up", {}, "12"),  # all in June
        ("followed_up", {"period": "2010-06"}, "12"),
        ("followed_up_skills", {}, "20 to 62"),
        ("served", {}, "52 to 89"),
    ],
)
def test_a_key_is_answered_as_far_as_the_sheets_say(quarter, measure, key, says):
    assert total(quarter, measure, **key) == says


def test_what_is_counted_in_times_adds(quarter):
    assert total(quarter, "followed_up_skills", "times") == "13"


def test_clients_of_a_flow_are_at_least_those_of_its_largest_month(quarter):
    # By case type: DV 7, SA 7, NC 11, TL 5, RC 1 in their largest months.
    assert bounds(quarter.facts.cube("visited", "clients").total({}, by_client=True)) == (31, 37, 0)


@pytest.mark.parametrize(
    ("measure", "key", "table"),
    [
        ("referred", {}, "referrals_by_type"),
        ("referred", {"case_type": "DV", "period": "2010-04"}, "referrals_by_type"),
        ("referred", {"sex": "F"}, "referrals_by_sex"),
        ("referred", {"age_band": "0-10"}, "referrals_by_age"),
        ("referred", {"category": "CCPCR"}, "referral_sources"),
        ("reintegrated", {}, "reintegration"),
        ("reintegrated", {"category": "community"}, "reintegration"),
        ("in_shelter", {}, "referrals_by_age"),
    ],
)
def test_the_home_of_a_measure_answers_unless_another_table_has_the_dimension(quarter, measure, key, table):
    if key.get("category") == "CCPCR":
        key = {"category": quarter.facts.by_table["referral_sources"][-1].key["category"]}
    if key.get("category") == "community":
        key = {"category": quarter.facts.by_table["reintegration"][0].key["category"]}
    assert quarter.facts.cube(measure, "clients").answers(key) == table


def test_a_named_table_answers_for_itself(quarter):
    cube = quarter.facts.cube("reintegrated", "clients")
    assert [str(cube.total({}, table=name)) for name in cube.tables] == ["24", "27", "27"]
    assert list(cube.tables) == ["reintegration", "referrals_by_sex", "referrals_by_age"]


@pytest.mark.parametrize(
    ("measure", "key", "variant"),
    [
        ("referred", {"case_type": "dv"}, "code"),
        ("referred", {"case_type": "XX"}, "code"),
        ("referred", {"age_band": "26-99"}, "code"),
        ("referred", {"sex": ""}, "code"),
        ("referred", {"period": "2010-4"}, "period"),
        ("referred", {"period": "2010-07"}, "period"),
        ("referred", {"period": "2010"}, "period"),
        ("referred", {"period": "2009-Q4"}, "period"),
        ("referred", {"grade": "grade_1"}, "dimension"),
        ("enrolled", {"sex": "F"}, "dimension"),
        ("attended", {"period": "2010-04"}, "period"),
        ("followed_up", {"category": "sewing"}, "dimension"),
        ("visited", {"age_band": "0-10"}, "dimension"),
        ("counselled", {}, "measure"),
    ],
)
def test_what_no_count_can_answer_is_refused_and_never_zero(quarter, measure, key, variant):
    with pytest.raises(NoAnswerError) as refused:
        quarter.facts.cube(measure, "clients").total(key)
    assert refused.value.variant == variant


@pytest.mark.parametrize("key", [{"sex": "F"}, {"case_type": "dv"}, {"period": "2010-4"}])
def test_a_table_refuses_what_it_does_not_count(quarter, key):
    with pytest.raises(NoAnswerError):
        quarter.filled("referrals_by_type").total(**key)


def test_a_sum_names_the_cells_it_rests_on(quarter):
    cube = quarter.facts.cube("referred", "clients")
    assert cube.total({"case_type": "TL"}).cells == ("Slide 6!D9", "Slide 6!E9", "Slide 6!F9")


def test_pupils_typed_again_each_month_are_more_than_the_shelter_had(tmp_path):
    """Attendance typed where the newly enrolled belong: what was "66 enrolled" beside 44 clients."""
    cells = {f"Slide 12!{column}{row}": 0 for column in "CDE" for row in range(5, 18)}
    report = load(changed(tmp_path, {**cells, "Slide 12!C6": 22, "Slide 12!D6": 22, "Slide 12!E6": 22}))
    assert total(report, "enrolled") == "66"
    assert bounds(report.facts.cube("enrolled", "clients").total({}, by_client=True)) == (22, 66, 0)


def test_a_blank_leaves_open_how_many_there_are_and_only_where_it_belongs(tmp_path):
    report = load(changed(tmp_path, {"Slide 6!D9": None}))
    cube = report.facts.cube("referred", "clients")
    assert bounds(cube.total({})) == (15, None, 1)
    assert bounds(cube.total({"case_type": "TL"})) == (0, None, 1)
    assert bounds(cube.total({"case_type": "DV"})) == (1, 1, 0)
    assert bounds(cube.total({"period": "2010-05"})) == (2, 2, 0)


def test_attendance_of_every_demo_quarter_lies_between_its_bounds():
    """2011-Q4: the largest topic of each case type and sex, added up over them, is 49."""
    history = load_all(DEMO)
    assert history["2011-Q4"].facts.cube("attended", "clients").total({}).least == 49


# --- properties ---


def counts_of(measure: str, keys: list[dict[str, str]], values: list[int | None]) -> list[Count]:
    return [
        Count("t", measure, "clients", {"period": Q, **key}, value, f"S!A{row}")
        for row, (key, value) in enumerate(zip(keys, values, strict=True), 1)
    ]


def by_month(measure: str, values: list[int | None]) -> Cube:
    keys = [{**key, "period": month} for month, key in product(MONTHS, [*GIRLS_AND_BOYS, *NO_SEX])]
    return Cube(measure, "clients", Q, {"t": tuple(counts_of(measure, keys, values))})


KNOWN = st.lists(st.integers(0, 30), min_size=18, max_size=18)
MAYBE = st.lists(st.none() | st.integers(0, 30), min_size=18, max_size=18)


@given(KNOWN, st.sampled_from([{}, {"case_type": "DV"}, {"sex": "F"}]))
def test_the_months_of_a_flow_add_to_its_quarter(values, key):
    cube = by_month("referred", values)
    months = sum((cube.total({**key, "period": month}) for month in MONTHS), start=Sum())
    assert bounds(months) == bounds(cube.total(key))


@given(KNOWN, st.sampled_from([{}, {"case_type": "DV"}, {"sex": "F"}]))
def test_attendance_never_leaves_its_bounds(values, key):
    cube = by_month("followed_up", values)
    quarter, months = cube.total(key), [cube.total({**key, "period": month}) for month in MONTHS]
    assert max(month.least for month in months) <= quarter.least <= quarter.most
    assert quarter.most == sum(month.most for month in months)
    assert quarter.least <= sum(month.least for month in months)


@given(KNOWN)
def test_people_are_divided_by_case_type_and_sex_and_add_over_them(values):
    cube = by_month("followed_up", values)
    parts = [{"case_type": "DV", "sex": "F"}, {"case_type": "DV", "sex": "M"}, {"case_type": "NC"}]
    parts += [{"case_type": "SA"}, {"case_type": "SW"}]
    whole = sum((cube.total(part) for part in parts), start=Sum())
    assert bounds(whole) == bounds(cube.total({}))


@given(MAYBE)
def test_a_stock_is_its_last_month_and_never_added(values):
    cube = by_month("in_shelter", values)
    assert bounds(cube.total({})) == bounds(cube.total({"period": "2010-06"}))


@given(KNOWN, st.integers(0, 17), st.sampled_from(["referred", "followed_up", "visited"]))
def test_a_blank_raises_no_least_and_lowers_no_most(values, place, measure):
    blanked = [None if here == place else value for here, value in enumerate(values)]
    full, part = by_month(measure, values).total({}), by_month(measure, blanked).total({})
    assert part.least <= full.least
    assert (part.most, part.blanks) == (None, 1)


@given(MAYBE, st.sampled_from(["F", "M"]))
def test_who_may_be_a_girl_counts_in_what_is_most_only(values, sex):
    cube = by_month("referred", values)
    asked, unsaid = cube.total({"sex": sex}), [value for place, value in enumerate(values) if place % 6 > 3]
    said = [value or 0 for place, value in enumerate(values) if place % 6 in ({"F": (0, 2), "M": (1, 3)}[sex])]
    assert asked.least == sum(said)
    assert asked.most is None or asked.most == sum(said) + sum(unsaid)


@given(MAYBE)
def test_counts_sorted_by_what_they_say_leave_no_rest(values):
    cube = by_month("referred", values)
    parts = [cube.recorded({"sex": sex}, table="t") for sex in ("F", "M", "")]
    assert bounds(sum(parts, start=Sum())) == bounds(cube.total({}))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=1, max_size=4))
def test_a_year_is_made_as_its_measure_adds(pairs):
    quarters = [Sum(least, least + more) for least, more in pairs]
    flow, attendance, stock = (add_quarters(quarters, adds) for adds in ("flow", "attendance", "stock"))
    assert (flow.least, flow.most) == (sum(least for least, _ in pairs), sum(least + more for least, more in pairs))
    assert (attendance.least, attendance.most) == (max(least for least, _ in pairs), flow.most)
    assert stock == quarters[-1]


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_sums_meet_where_a_number_satisfies_both(least, more, other, other_more):
    first, second = Sum(least, least + more), Sum(other, other + other_more)
    both = [number for number in range(20) if first.allows(number) and second.allows(number)]
    assert first.meets(second) == bool(both)


def test_every_measure_says_in_both_languages_what_counts():
    for measure in measures().values():
        assert len(measure.definition("en")) > 30
        assert len(measure.definition("km")) > 30


def test_the_order_of_counts_changes_nothing():
    counts = counts_of("attended", [{"category": str(n), "sex": "F"} for n in range(4)], [3, 1, None, 2])
    assert bounds(add_up(counts, "attendance")) == bounds(add_up(counts[::-1], "attendance")) == (3, None, 1)


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ([({"sex": "F"}, 3), ({"sex": "M"}, 2), ({}, 5)], "5 to 10"),  # the five may be the girls and boys
        ([({"sex": "F"}, 3), ({"sex": "M"}, 4), ({}, 5)], "7 to 12"),
        ([({"case_type": "DV", "sex": "F"}, 5), ({"case_type": "DV", "sex": "M"}, 3), ({"case_type": "SA"}, 2)], "10"),
        ([({"case_type": "DV", "sex": "F"}, 5), ({"case_type": "DV"}, 4), ({"case_type": "SA"}, 2)], "7 to 11"),
        ([({"case_type": "DV"}, 5), ({"sex": "F"}, 4)], "5 to 9"),
    ],
)
def test_counts_that_divide_people_differently_may_count_the_same_clients(counts, says):
    keys, values = zip(*counts, strict=True)
    assert str(add_up(counts_of("attended", list(keys), list(values)), "attendance")) == says


def test_a_year_of_attendance_has_the_largest_count_of_each_kind_in_whatever_quarter():
    """The demo's first half of 2010: followed up were most RC (2) in the first quarter, NC (4) in the second.

    Of DV and SA one was in both, of TL one and then two, of ST one in both: 1 + 1 + 4 + 2 + 1 + 2.
    """
    shown = release(load(DEMO / "2010-Q2-SYNTHETIC.xlsx"))
    reached = {known.indicator.code: known.reached.least for known in shown.achievements}
    assert (reached["attended"], reached["followed_up"]) == (56, 11)
