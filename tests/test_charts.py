import pandas as pd
import pytest
from extent import proof
from figures import clashes, texts
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from plotted import BARS, CHARTS, IN_DISPUTE, LANGUAGES, ONE_OF_EACH_FORM, PLOTTED, by_hand, numbers, real, words

from ccpcr_lib import CATALOGUE, release
from ccpcr_lib.publish.charts import chart, png

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
    lengths = [[number or 0 for number in column] for column in columns]
    assert [[bar.get_width() for bar in axis.patches] for axis in axes] == lengths
    said = [[text.get_text() for text in axis.texts] for axis in axes]
    texts = [["…" if number is None else str(number) for number in column] for column in columns]
    for row, column in IN_DISPUTE.get(key, ()):
        texts[column][row] += " †"
    assert said == texts


def test_the_quarter_stands_beside_its_own_part_of_the_plan_and_the_year_beside_what_is_due():
    plan, rows = real(("referrals_by_type", "against_plan")).figure.axes
    assert [bar.get_width() for bar in plan.patches] == [18, 15, 18, 30]
    assert [bool(bar.get_hatch()) for bar in plan.patches] == [False, False, True, False]
    assert [text.get_text() for text in plan.texts] == [
        "2nd quarter of 2010",
        "18",
        "15 planned",
        "2010 so far, from 1 of 2 quarters",
        "≥ 18",
        "30 due by now",
    ]
    assert [bar.get_width() for bar in rows.patches] == [1, 1, 2, 3, 0, 10, 1]


def test_the_years_plan_stands_in_words_alone():
    said = words(real(("referrals_by_type", "against_plan")))
    assert "Number of clients; April to June 2010; 60 planned for 2010" in said
    assert 60 not in [number for row in numbers(real(("referrals_by_type", "against_plan"))) for number in row]


def test_women_stand_to_the_left_and_men_to_the_right_of_the_ages_the_eldest_on_top():
    left, right = real(("referrals_by_age", "pyramid")).figure.axes
    assert [bar.get_width() for bar in left.patches] == [4, 9, 4]
    assert [bar.get_width() for bar in right.patches] == [0, 1, 0]
    said = [[text.get_text() for text in axis.texts] for axis in (left, right)]
    assert said == [["4", "9 †", "4"], ["0", "1 †", "0"]]  # Slide 8!E8 and F8: a girl or a boy of 11-17 in June
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
    assert [text.get_text() for text in axis.texts] == ["61", "-12", "0", "+2", "51", "-6", "-3", "+1 †", "43"]


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


@pytest.mark.slow
@proof("language", LANGUAGES, sample=1)
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
    assert "ថ្នាក់ទី1" in said
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


def test_an_unknown_form_or_table_is_refused(quarter):
    with pytest.raises(KeyError, match="pie"):
        chart(release(quarter), "education", "pie")
    with pytest.raises(KeyError, match="no table"):
        chart(release(quarter), "schools", "months")


def test_numbers_of_a_chart_are_whole_numbers_that_may_be_unknown():
    frame = real(("education", "months")).numbers
    assert isinstance(frame, pd.DataFrame)
    assert {str(kind) for kind in frame.dtypes} == {"Int64"}
