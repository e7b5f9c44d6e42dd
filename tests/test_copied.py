"""A table or a month that repeats the quarter before is told where chance would hardly make it the same."""

import random
from collections.abc import Mapping, Sequence

import pytest
from histories import table_of
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from ccpcr_lib.quality.chance import agreement, agreement_of_none
from ccpcr_lib.quality.copied import check_copied
from ccpcr_lib.quality.facts import Facts

BEFORE, NOW = "2010-Q1", "2010-Q2"
EARLIER = ("2008-Q3", "2008-Q4", "2009-Q1", "2009-Q2", "2009-Q3", "2009-Q4")

Rows = Mapping[str, Sequence[int | None]]


def told(table: str, then: Rows, now: Rows, earlier: Mapping[str, Rows] | None = None):
    known = {BEFORE: then} | (earlier or {})
    others = [table_of(period, table, rows) for period, rows in known.items()]
    return list(check_copied(table_of(NOW, table, now), others))


def says(table: str, then: Rows, now: Rows, earlier: Mapping[str, Rows] | None = None) -> list[tuple[str, str]]:
    return [(item.variant, item.severity) for item in told(table, then, now, earlier)]


def of_changing_quarters(table: str, rows: Sequence[str], columns: int) -> dict[str, Rows]:
    draw = random.Random(5)
    return {period: {row: [draw.randint(0, 1) for _ in range(columns)] for row in rows} for period in EARLIER}


SOURCES = {"RAO": (12, 30), "own_network": (14, 40)}
VISITS = {"DV": (7, 4, 9), "SA": (8, 2, 6), "NC": (11, 5, 3), "TL": (9, 0, 2), "RC": (6, 1, 4), "SW": (12, 3, 0)}


def with_month(rows: Rows, month: int, values: Sequence[int]) -> Rows:
    return {
        row: [*figures[:month], value, *figures[month + 1 :]]
        for (row, figures), value in zip(rows.items(), values, strict=True)
    }


def test_four_figures_suffice_where_they_are_large():
    (item,) = told("referral_sources", SOURCES, SOURCES)
    assert (item.severity, item.variant) == ("warning", "")
    assert set(item.where) == {
        "referral_sources!B1",
        "referral_sources!C1",
        "referral_sources!B2",
        "referral_sources!C2",
    }
    assert item.statement.endswith(
        "the table “Organizations that referred clients” is the same as in 2010-Q1, figure by figure."
    )


@pytest.mark.parametrize(
    "rows",
    [
        {"RAO": (3, 2), "own_network": (1, 5)},
        {"RAO": (0, 0), "own_network": (0, 0)},
        {"RAO": (0, 40), "own_network": (0, 30)},
    ],
)
def test_a_few_small_figures_are_the_same_by_chance(rows):
    assert says("referral_sources", rows, rows) == []


def test_one_other_figure_is_no_copy():
    assert says("referral_sources", SOURCES, SOURCES | {"RAO": (12, 31)}) == []


def test_a_blank_is_no_figure_and_a_new_row_of_zeros_hides_no_copy():
    assert says("referral_sources", SOURCES, SOURCES | {"RAO": (12, None)}) == []
    assert says("referral_sources", SOURCES, SOURCES | {"Police": (0, 0)}) == [("", "warning")]
    assert says("referral_sources", SOURCES, SOURCES | {"Police": (0, 1)}) == []


def test_zeros_and_ones_say_nothing_until_earlier_quarters_show_that_they_change():
    grades = [f"grade_{number}" for number in range(1, 11)]
    ones = {grade: (1, place % 2, 0) for place, grade in enumerate(grades)}
    assert says("education", ones, ones) == []
    assert says("education", ones, ones, of_changing_quarters("education", grades, 3)) == [("", "warning")]


def test_a_stock_that_stays_says_nothing():
    quiet = dict.fromkeys(("m1", "m2", "m3"), (60, 0, 0, 0, 0, 0, 0, 1))
    assert says("referrals_by_age", quiet, quiet) == []


def test_what_stayed_the_same_twice_before_may_do_so_again():
    grades = {"grade_1": (12, 12, 12), "grade_2": (15, 15, 15), "grade_3": (9, 9, 9)}
    other = {"grade_1": (4, 2, 7), "grade_2": (3, 8, 1), "grade_3": (2, 0, 5)}
    assert says("education", grades, grades) == [("", "warning")]
    assert says("education", grades, grades, {"2009-Q4": grades}) == [("", "warning")]
    assert says("education", grades, grades, {"2009-Q4": grades, "2009-Q3": grades}) == []
    assert says("education", grades, grades, {"2009-Q4": other, "2009-Q3": grades}) == [("", "warning")]


TOPICS = ("reproductive_health", "moral_hygiene", "shelter_disciplines", "budgeting", "child_rights")


def test_topics_with_the_same_clients_count_once_and_clients_who_stay_are_a_note():
    few, many = (2, 0, 1, 3, 0, 1, 0, 0, 1, 0, 0), (9, 0, 7, 14, 0, 6, 0, 0, 3, 0, 1)
    assert says("life_skills", dict.fromkeys(TOPICS, few), dict.fromkeys(TOPICS, few)) == []
    assert says("life_skills", dict.fromkeys(TOPICS, many), dict.fromkeys(TOPICS, many)) == [("", "note")]


def test_a_copied_month_names_its_own_cells():
    now = with_month(VISITS, 0, (1, 3, 0, 2, 5, 4))
    now = with_month(now, 2, (2, 1, 7, 3, 0, 1))
    then = with_month(VISITS, 1, (10, 8, 12, 9, 7, 11))
    (item,) = told("family_visits", then, with_month(now, 1, (10, 8, 12, 9, 7, 11)))
    assert (item.variant, item.severity) == ("month", "note")
    assert item.where == tuple(f"family_visits!D{row}" for row in range(1, 8))
    assert "May in the table “Family visits” is the same as February 2010, figure by figure." in item.statement


def test_two_copied_months_are_one_finding():
    now = with_month(VISITS, 2, (2, 1, 7, 3, 0, 1))
    (item,) = told("family_visits", VISITS, now)
    assert (item.variant, item.severity) == ("months", "warning")
    assert "April and May in the table “Family visits” are the same as January 2010 and February 2010" in item.statement


def test_a_first_month_left_from_the_last_file_is_told():
    last = (10, 8, 12, 9, 7, 11)
    then, now = with_month(VISITS, 2, last), with_month(with_month(VISITS, 0, last), 1, (1, 0, 4, 2, 6, 5))
    (item,) = told("family_visits", then, now)
    assert (item.variant, item.severity) == ("left", "note")
    assert item.where == tuple(f"family_visits!C{row}" for row in range(1, 8))
    assert "April in the table “Family visits” is the same as the month before it, March 2010" in item.statement


def test_a_month_of_small_figures_may_be_the_same():
    then, now = with_month(VISITS, 1, (1, 0, 2, 1, 0, 1)), with_month(VISITS, 0, (2, 1, 7, 3, 0, 1))
    assert says("family_visits", then, with_month(with_month(now, 1, (1, 0, 2, 1, 0, 1)), 2, (0, 1, 0, 2, 1, 1))) == []


def test_without_the_quarter_before_nothing_is_told():
    facts = table_of(NOW, "referral_sources", SOURCES)
    assert list(check_copied(facts, [table_of("2009-Q4", "referral_sources", SOURCES)])) == []
    assert list(check_copied(facts, [Facts(BEFORE, (), ())])) == []


@given(st.floats(0.001, 150))
@settings(max_examples=settings.default.max_examples // 2)
def test_rows_agree_with_a_small_product_no_more_often_than_it_says_whatever_their_rate(rate):
    reach = range(1, int(rate + 12 * rate**0.5) + 30)
    more = sum(stats.poisson.pmf(x, rate) ** 2 / agreement(x) for x in reach)
    none = float(stats.poisson.pmf(0, rate))
    assert none**2 / agreement(0) + more <= 1 + 1e-9
    assert none**2 / agreement_of_none(none) + more <= 1 + 1e-9


@given(st.integers(0, 5000), st.integers(1, 5000))
def test_the_larger_the_figures_the_more_their_agreement_says(x, more):
    assert 0 < agreement(x + more) < agreement(x) <= 1


@given(st.floats(0, 1), st.floats(0, 1))
def test_zeros_say_more_where_they_are_rarer(one, other):
    low, high = sorted((one, other))
    assert 0.5 <= agreement_of_none(low) <= agreement_of_none(high) <= 1


@pytest.mark.parametrize(("x", "expected"), [(1, 1 / 4), (2, 3 / 16), (3, 5 / 32), (4, 35 / 256)])
def test_agreement_is_half_the_chance_of_as_many_heads_as_tails(x, expected):
    assert agreement(x) == pytest.approx(expected)
