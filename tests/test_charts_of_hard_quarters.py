"""Charts of quarters with no case, with nothing reported, with long names, many rows or large counts."""

import re
import shutil

import pytest
from extent import only_whole, proof
from figures import clashes
from plotted import LANGUAGES, ONE_OF_EACH_FORM, by_hand, numbers, words
from workbooks import PLAN, changed, with_rows

from ccpcr_lib import load, release
from ccpcr_lib.publish.charts import chart

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def all_zero(quarter, tmp_path_factory):
    return load(changed(tmp_path_factory.mktemp("zero"), dict.fromkeys(quarter.counts["source"], 0)))


@pytest.fixture(scope="module")
def all_blank(quarter, tmp_path_factory):
    return load(changed(tmp_path_factory.mktemp("blank"), dict.fromkeys(quarter.counts["source"])))


def test_a_month_whose_count_is_not_known_is_no_zero_from_which_others_leave(tmp_path):
    report = load(changed(tmp_path, {"Slide 8!B7": None}))  # 61 in April, 12 left and 2 came: 51 in May, not typed
    drawn = chart(release(report), "referrals_by_age", "movement")
    bars = [(bar.get_y(), bar.get_height()) for bar in drawn.figure.axes[0].patches]
    assert min(min(start, start + change) for start, change in bars) >= 0
    assert bars[4] == (0, 51)


@pytest.mark.parametrize("key", ONE_OF_EACH_FORM, ids="-".join)
def test_a_quarter_without_a_single_case_keeps_every_row(all_zero, key):
    made = chart(release(all_zero, "en+km"), *key)
    assert numbers(made) == [[0] * len(row) for row in numbers(made)]
    case_types = 7  # beside the copy lies no plan, so that its rows stand alone
    assert len(made.numbers) == (case_types if key[1] == "against_plan" else len(by_hand(key)))
    assert clashes(made.figure) == []


@pytest.mark.parametrize("key", ONE_OF_EACH_FORM, ids="-".join)
def test_a_quarter_with_nothing_reported_is_drawn_without_a_single_zero(all_blank, key):
    made = chart(release(all_blank), *key)
    assert {number for row in numbers(made) for number in row} == {None}
    drawn = {text.get_text() for axis in made.figure.axes for text in axis.texts}
    assert "… †" in drawn
    assert drawn <= {"… †", "…"}  # a sex that the sheet does not ask for is unknown, and in no cell


def test_a_blank_is_drawn_as_unknown_and_leaves_its_sums_unknown(tmp_path):
    drawn = chart(release(load(changed(tmp_path, {"Slide 19!D5": None}))), "partner_referrals", "months")
    assert numbers(drawn) == [[0, None, 0, None], [0, 1, 0, 1]]
    assert [axis.texts[0].get_text() for axis in drawn.figure.axes] == ["0", "… †", "0", "… †"]


def test_a_blank_stock_leaves_the_movement_of_its_month_unknown(tmp_path):
    drawn = chart(release(load(changed(tmp_path, {"Slide 8!B7": None}))), "referrals_by_age", "movement")
    assert [row[0] for row in numbers(drawn)] == [61, -12, 0, 2, None, -6, -3, 1, 43]


LONG = "Department of Social Affairs, Veterans and Youth Rehabilitation of the province, Child Protection Office"


@proof("language", LANGUAGES, sample=1)
def test_a_very_long_name_is_wrapped_and_stands_on_nothing(tmp_path, language):
    report = load(with_rows(tmp_path, "Slide 9", 7, [[3, LONG, 1, 4, 5, 0.2]]))
    drawn = chart(release(report, language), "referral_sources", "members_by_sex")
    assert LONG in [" ".join(text.split()) for text in words(drawn)]
    assert numbers(drawn) == [[2, 0, 2], [16, 0, 16], [4, 1, 5]]
    assert clashes(drawn.figure) == []


@proof("language", LANGUAGES, sample=1)
@pytest.mark.parametrize(
    "name", ["Partner organisation number {} of the province", "{} " + LONG], ids=["short", "long"]
)
def test_twelve_organisations_have_room(tmp_path, name, language):
    new = [[place, name.format(place), 0, place, place, 0.1] for place in range(3, 13)]
    report = load(with_rows(tmp_path, "Slide 9", 7, new))
    drawn = chart(release(report, language), "referral_sources", "members_by_sex")
    assert numbers(drawn) == [[2, 0, 2], [16, 0, 16], *([place, 0, place] for place in range(3, 13))]
    assert clashes(drawn.figure) == []


@only_whole
def test_forty_organisations_stand_on_nothing(tmp_path):
    new = [[place, f"Organisation {place}", 0, place, place, 0.1] for place in range(3, 41)]
    report = load(with_rows(tmp_path, "Slide 9", 7, new))
    drawn = chart(release(report), "referral_sources", "members_by_sex")
    assert len(drawn.numbers) == 40
    assert clashes(drawn.figure) == []


@pytest.mark.parametrize("key", [("life_skills", "matrix"), ("referrals_by_type", "against_plan")], ids="-".join)
def test_counts_in_the_thousands_have_room_and_a_comma(quarter, tmp_path, key):
    report = load(changed(tmp_path, dict.fromkeys(quarter.counts["source"], 12345)))
    made = chart(release(report, "en+km"), *key)
    assert any(re.search(r"\d,\d\d\d", text) for text in words(made))
    assert clashes(made.figure) == []


def test_a_disputed_quarter_stands_marked_beside_its_part_of_the_plan(tmp_path):
    shutil.copy(PLAN, tmp_path)
    report = load(changed(tmp_path, {"Slide 6!D6": 200}))
    drawn = chart(release(report), "referrals_by_type", "against_plan")
    plan, _ = drawn.figure.axes
    assert clashes(drawn.figure) == []
    assert [text.get_text() for text in plan.texts if "2" in text.get_text()] == [
        "2nd quarter of 2010",
        "217 †",
        "2010 so far, from 1 of 2 quarters",
        "≥ 217 †",
    ]


def test_a_plan_that_is_only_printed_sets_no_part_of_the_year_and_the_rows_stand_alone(tmp_path):
    drawn = chart(release(load(changed(tmp_path, {}))), "referrals_by_type", "against_plan")
    assert len(drawn.figure.axes) == 1
    assert any("60 planned for 2010; the plan sets no part of it for a quarter" in text for text in words(drawn))


def test_without_a_plan_the_rows_are_drawn_alone(tmp_path):
    report = load(changed(tmp_path, {"Slide 6!C6": None, "Slide 6!C13": None}))
    drawn = chart(release(report), "referrals_by_type", "against_plan")
    (axis,) = drawn.figure.axes
    assert [bar.get_width() for bar in axis.patches] == [1, 1, 2, 3, 0, 10, 1]
    assert any("no target is set for 2010" in text for text in words(drawn))
