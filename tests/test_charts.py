import re
import struct
from functools import cache

import matplotlib
import pandas as pd
import pytest
from figures import clashes, texts
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from workbooks import WORKBOOK, changed, with_rows

from ccpcr_lib import CATALOGUE, load, release, save
from ccpcr_lib.publish.charts import Chart, chart, png, svg

LANGUAGES = ("en", "km", "en+km")
CHARTS = [(spec.name, form) for spec in CATALOGUE for form in spec.charts]

# What each chart plots, by hand from the slides: a row of numbers for each bar, row or step from the top.
PLOTTED = {
    ("referrals_by_type", "against_plan"): "1; 1; 2; 3; 0; 10; 1",
    ("referrals_by_type", "months"): "1 0 0 1; 0 1 0 1; 1 0 1 2; 3 0 0 3; 0 0 0 0; 10 0 0 10; 0 1 0 1",
    ("referrals_by_sex", "type_and_sex"): "1 0 0 1; 0 0 1 1; 2 0 0 2; 3 0 0 3; 0 0 0 0; 10 0 0 10; 0 0 1 1",
    ("referrals_by_age", "pyramid"): "4 0; 9 1; 4 0",
    ("referrals_by_age", "movement"): "61; -12; 0; 2; 51; -6; -3; 1; 43",
    ("referral_sources", "members_by_sex"): "2 0 2; 16 0 16",
    (
        "education",
        "months",
    ): "0 0 0 0; 2 0 0 2; 5 0 0 5; 1 0 0 1; 0 0 0 0; 1 0 0 1; 1 0 0 1; 0 0 0 0; 0 0 0 0; "
    "1 0 0 1; 0 0 0 0; 0 0 0 0; 0 0 0 0",
    ("other_services", "members"): "12; 18; 6; 1; 52",
    ("life_skills", "matrix"): "; ".join(["5 0 5 10 0 3 0 0 1 0 1"] * 7),
    ("vocational_skills", "months"): "4 1 1 6; 0 0 0 0; 0 0 0 0; 0 0 0 0",
    ("family_assessments", "previous_and_this"): "3 1; 3 1; 29 2; 0 3; 0 0; 1 10; 0 1",
    ("family_visits", "previous_and_this"): "2 7; 2 9; 1 12; 1 8; 0 0; 0 1; 0 0",
    ("reintegration", "months"): "12 6 6 24; 0 0 0 0",
    ("partner_referrals", "months"): "0 2 0 2; 0 1 0 1",
    ("follow_up_support", "months"): "0 0 3 3; 0 0 1 1; 0 0 4 4; 0 0 4 4; 0 0 0 0; 0 0 0 0; 0 0 0 0",
    ("skills_follow_up", "clients_and_times"): "15 3; 20 3; 1 3; 16 2; 10 2",
}
BARS = [key for key in PLOTTED if key[1] not in ("pyramid", "movement", "matrix", "against_plan")]


ONE_OF_EACH_FORM = list({form: (name, form) for name, form in reversed(CHARTS)}.values())


@cache
def real(key: tuple[str, str], language: str = "en") -> Chart:
    """Draw a chart of the real quarter; once, because drawing takes time."""
    return chart(release(load(WORKBOOK), language), *key)


def by_hand(key: tuple[str, str]) -> list[list[int]]:
    return [[int(number) for number in row.split()] for row in PLOTTED[key].split("; ")]


def numbers(drawn: Chart) -> list[list[int | None]]:
    frame = drawn.numbers.select_dtypes("Int64").astype(object)
    return frame.where(frame.notna(), None).values.tolist()


def words(drawn: Chart) -> list[str]:
    return [text for text, _ in texts(drawn.figure)]


# --- what is plotted ---


def test_every_declared_chart_has_its_numbers_written_out_here():
    assert list(PLOTTED) == CHARTS


@pytest.mark.parametrize("key", CHARTS, ids="-".join)
def test_a_chart_plots_the_figures_written_out_by_hand(key):
    assert numbers(real(key)) == by_hand(key)


@pytest.mark.parametrize("key", BARS, ids="-".join)
def test_bars_are_as_long_as_their_numbers_and_say_them(key):
    axes = real(key).figure.axes
    columns = list(zip(*by_hand(key), strict=True))
    assert [[bar.get_width() for bar in axis.patches] for axis in axes] == [list(column) for column in columns]
    said = [[text.get_text() for text in axis.texts] for axis in axes]
    assert said == [[str(number) for number in column] for column in columns]


def test_the_plan_is_one_track_filled_as_far_as_the_quarter_got():
    track, rows = real(("referrals_by_type", "against_plan")).figure.axes
    planned, reached = track.patches
    assert reached.get_height() / planned.get_height() == pytest.approx(18 / 60)
    assert " ".join(text.get_text() for text in track.texts).split() == [
        "18",
        "of",
        "60",
        "planned",
        "for",
        "2010",
    ]
    assert [bar.get_width() for bar in rows.patches] == [1, 1, 2, 3, 0, 10, 1]


def test_women_stand_to_the_left_and_men_to_the_right_of_the_ages_the_eldest_on_top():
    left, right = real(("referrals_by_age", "pyramid")).figure.axes
    assert [bar.get_width() for bar in left.patches] == [4, 9, 4]
    assert [bar.get_width() for bar in right.patches] == [0, 1, 0]
    assert left.get_xlim()[0] > left.get_xlim()[1] == 0 == right.get_xlim()[0] < right.get_xlim()[1]
    assert left.get_xlim()[0] == right.get_xlim()[1]
    tops = {text.get_text(): box.y0 for text, box in zip(left.get_yticklabels(), _boxes(left), strict=True)}
    assert tops["18-25 years"] > tops["11-17 years"] > tops["0-10 years"]


def _boxes(axis) -> list[Bbox]:
    texts(axis.figure)
    return [label.get_window_extent() for label in axis.get_yticklabels()]


def test_the_movement_steps_from_each_months_count_to_the_next():
    (axis,) = real(("referrals_by_age", "movement")).figure.axes
    reach = [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in axis.patches]
    assert reach == [(0, 61), (61, 49), (49, 49), (49, 51), (0, 51), (51, 45), (45, 42), (42, 43), (0, 43)]
    assert [text.get_text() for text in axis.texts] == ["61", "-12", "0", "+2", "51", "-6", "-3", "+1", "43"]


def test_the_matrix_says_every_count_in_its_field():
    (axis,) = real(("life_skills", "matrix")).figure.axes
    assert [text.get_text() for text in axis.texts] == [
        "5",
        "0",
        "5",
        "10",
        "0",
        "3",
        "0",
        "0",
        "1",
        "0",
        "1",
    ] * 7


@pytest.mark.parametrize("language", ["km", "en+km"])
@pytest.mark.parametrize("key", CHARTS, ids="-".join)
def test_a_chart_plots_the_same_figures_in_every_language(key, language):
    assert numbers(real(key, language)) == by_hand(key)


# --- how it reads ---


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_stands_on_another_or_leaves_the_figure(language):
    figures = {key: real(key, language).figure for key in CHARTS}
    assert {key: found for key, figure in figures.items() if (found := clashes(figure))} == {}


@pytest.mark.parametrize("key", ONE_OF_EACH_FORM, ids="-".join)
def test_a_chart_says_its_title_unit_period_and_source(key):
    said = " ".join(" ".join(words(real(key))).split())
    slide = next(spec.slide for spec in CATALOGUE if spec.name == key[0])
    assert "Number of clients" in said
    assert "April to June 2010" in said
    assert f"Source: 2010-Q2.xlsx, Slide {slide}" in said


def test_a_title_states_the_measure():
    title = real(("family_visits", "previous_and_this")).title
    assert title.startswith("Family visits: this quarter and the one before")


def test_khmer_charts_speak_khmer():
    said = " ".join(words(real(("education", "months"), "km")))
    assert "ថ្នាក់ទី១" in said
    assert "មេសា" in said
    assert "April" not in said


def test_two_texts_on_one_spot_and_one_outside_are_noticed():
    figure = Figure(figsize=(4, 3))
    figure.text(0.5, 0.5, "one")
    figure.text(0.51, 0.5, "two")
    figure.text(0.9, 0.2, "too long for its place")
    assert clashes(figure) == ["'too long for its place' leaves the figure", "'one' on 'two'"]


def test_a_letter_that_no_font_has_is_not_passed_over():
    figure = Figure()
    figure.text(0.5, 0.5, "\U00013000")
    with pytest.raises(UserWarning, match="missing from font"):
        png(figure)


# --- hard quarters ---


@pytest.fixture(scope="module")
def all_zero(quarter, tmp_path_factory):
    return load(changed(tmp_path_factory.mktemp("zero"), dict.fromkeys(quarter.counts["source"], 0)))


@pytest.fixture(scope="module")
def all_blank(quarter, tmp_path_factory):
    return load(changed(tmp_path_factory.mktemp("blank"), dict.fromkeys(quarter.counts["source"])))


@pytest.mark.parametrize("key", ONE_OF_EACH_FORM, ids="-".join)
def test_a_quarter_without_a_single_case_keeps_every_row(all_zero, key):
    made = chart(release(all_zero, "en+km"), *key)
    assert numbers(made) == [[0] * len(row) for row in numbers(made)]
    assert len(made.numbers) == len(by_hand(key))
    assert clashes(made.figure) == []


@pytest.mark.parametrize("key", [key for key in ONE_OF_EACH_FORM if key[1] != "type_and_sex"], ids="-".join)
def test_a_quarter_with_nothing_reported_is_drawn_without_a_single_zero(all_blank, key):
    made = chart(release(all_blank), *key)
    assert {number for row in numbers(made) for number in row} == {None}
    assert {text.get_text() for axis in made.figure.axes for text in axis.texts} == {"…"}


def test_types_whose_sex_the_sheet_does_not_say_have_no_girls_and_boys_and_an_unknown_total(all_blank):
    report = all_blank
    drawn = chart(release(report), "referrals_by_sex", "type_and_sex")
    split, single = [None, None, None], [0, 0, None]
    assert numbers(drawn) == [split, single, split, split, single, split, single]


def test_a_blank_is_drawn_as_unknown_and_leaves_its_sums_unknown(tmp_path):
    drawn = chart(release(load(changed(tmp_path, {"Slide 19!D5": None}))), "partner_referrals", "months")
    assert numbers(drawn) == [[0, None, 0, None], [0, 1, 0, 1]]
    assert [axis.texts[0].get_text() for axis in drawn.figure.axes] == ["0", "…", "0", "…"]


def test_a_blank_stock_leaves_the_movement_of_its_month_unknown(tmp_path):
    drawn = chart(release(load(changed(tmp_path, {"Slide 8!B7": None}))), "referrals_by_age", "movement")
    assert [row[0] for row in numbers(drawn)] == [61, -12, 0, 2, None, -6, -3, 1, 43]


LONG = "Department of Social Affairs, Veterans and Youth Rehabilitation of the province, Child Protection Office"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_very_long_name_is_wrapped_and_stands_on_nothing(tmp_path, language):
    report = load(with_rows(tmp_path, "Slide 9", 7, [[3, LONG, 1, 4, 5, 0.2]]))
    drawn = chart(release(report, language), "referral_sources", "members_by_sex")
    assert LONG in [" ".join(text.split()) for text in words(drawn)]
    assert numbers(drawn) == [[2, 0, 2], [16, 0, 16], [4, 1, 5]]
    assert clashes(drawn.figure) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "name", ["Partner organisation number {} of the province", "{} " + LONG], ids=["short", "long"]
)
def test_twelve_organisations_have_room(tmp_path, name, language):
    new = [[place, name.format(place), 0, place, place, 0.1] for place in range(3, 13)]
    report = load(with_rows(tmp_path, "Slide 9", 7, new))
    drawn = chart(release(report, language), "referral_sources", "members_by_sex")
    assert numbers(drawn) == [[2, 0, 2], [16, 0, 16], *([place, 0, place] for place in range(3, 13))]
    assert clashes(drawn.figure) == []


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


def test_more_than_planned_fills_the_track_and_no_more(tmp_path):
    report = load(changed(tmp_path, {"Slide 6!D6": 200}))
    track, _ = chart(release(report), "referrals_by_type", "against_plan").figure.axes
    planned, reached = track.patches
    assert reached.get_height() == planned.get_height()
    assert clashes(track.figure) == []
    assert " ".join(text.get_text() for text in track.texts).split() == [
        "217",
        "of",
        "60",
        "planned",
        "for",
        "2010",
    ]


def test_without_a_plan_the_rows_are_drawn_alone(tmp_path):
    report = load(changed(tmp_path, {"Slide 6!C6": None, "Slide 6!C13": None}))
    (axis,) = chart(release(report), "referrals_by_type", "against_plan").figure.axes
    assert [bar.get_width() for bar in axis.patches] == [1, 1, 2, 3, 0, 10, 1]


# --- files ---


def size(picture: bytes) -> tuple[int, int]:
    assert picture.startswith(b"\x89PNG")
    return struct.unpack(">II", picture[16:24])


@pytest.mark.parametrize("key", ONE_OF_EACH_FORM, ids="-".join)
def test_a_drawing_made_twice_is_the_same_file(quarter, key):
    first, second = (svg(chart(release(quarter, "en+km"), *key).figure) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("key", [("education", "months"), ("life_skills", "matrix")], ids="-".join)
def test_a_picture_made_twice_is_the_same_file_and_fills_a_wide_slide(quarter, key):
    first, second = (png(chart(release(quarter, "en+km"), *key).figure) for _ in range(2))
    assert first == second
    assert size(first) == (2000, 1125)


def test_an_svg_holds_no_date_no_font_and_no_address(quarter):
    drawn = svg(chart(release(quarter, "km"), "education", "months").figure).decode()
    assert "<text" not in drawn
    assert "<dc:date>" not in drawn
    assert 'href="http' not in drawn


def test_save_writes_a_picture_and_a_drawing_whatever_the_ending_of_the_name(quarter, tmp_path):
    figure = chart(release(quarter), "education", "months").figure
    files = save(figure, tmp_path / "new folder" / "grades.jpg")
    assert [file.name for file in files] == ["grades.png", "grades.svg"]
    assert size(files[0].read_bytes()) == (2000, 1125)
    assert files[1].read_bytes().startswith(b"<?xml")
    assert sorted(file.name for file in (tmp_path / "new folder").iterdir()) == ["grades.png", "grades.svg"]


def test_a_dot_in_a_name_is_not_taken_for_an_ending(quarter, tmp_path):
    files = save(chart(release(quarter), "education", "months").figure, tmp_path / "grades v1.2")
    assert [file.name for file in files] == ["grades v1.2.png", "grades v1.2.svg"]


def test_a_file_name_says_the_slide_the_table_and_the_form():
    assert real(("family_visits", "previous_and_this")).name == "17-family-visits-previous-and-this"


def test_drawing_leaves_no_figure_open_and_no_setting_changed(quarter):
    from matplotlib import pyplot

    before = dict(matplotlib.rcParams)
    for key in ONE_OF_EACH_FORM:
        chart(release(quarter), *key)
    assert pyplot.get_fignums() == []
    assert dict(matplotlib.rcParams) == before


def test_an_unknown_form_or_table_is_refused(quarter):
    with pytest.raises(KeyError, match="pie"):
        chart(release(quarter), "education", "pie")
    with pytest.raises(KeyError, match="no table"):
        chart(release(quarter), "schools", "months")


def test_numbers_of_a_chart_are_whole_numbers_that_may_be_unknown():
    frame = real(("education", "months")).numbers
    assert isinstance(frame, pd.DataFrame)
    assert {str(kind) for kind in frame.dtypes} == {"Int64"}
