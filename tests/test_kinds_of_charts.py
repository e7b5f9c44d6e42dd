"""A kind of chart is one function and one line in the report, the explorer and the deck; colours go by code."""

import io
from dataclasses import replace

import openpyxl
import pytest
from decks import deck_in
from explored import slide_of
from extent import proof
from figures import clashes
from pptx import Presentation
from pptx.enum.dml import MSO_FILL
from pptx.enum.shapes import MSO_SHAPE_TYPE
from workbooks import DEMO, WORKBOOK

from ccpcr_lib import explore, load, load_all, release
from ccpcr_lib.model.chart_forms import CHART_FORMS, ChartForm, Crossed
from ccpcr_lib.publish import theme
from ccpcr_lib.publish.charts import chart
from ccpcr_lib.publish.charts.canvas import open_page
from ccpcr_lib.publish.charts.captions import crossed_plot
from ccpcr_lib.publish.charts.kinds import BARS, KINDS, Kind, has_few_panels, laid
from ccpcr_lib.publish.charts.kinds import draw as draw_plot
from ccpcr_lib.publish.charts.looks import look_of
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.explorer.draw import draw, plot_of
from ccpcr_lib.publish.explorer.slide import one_slide
from ccpcr_lib.publish.handout import build_handout
from ccpcr_lib.quality.cube import UNSAID


def dots(plot):
    """A dot for each number, a panel for each column."""
    figure, ((*panels,),) = open_page(plot.heading, len(plot.columns))
    for place, axis in enumerate(panels):
        marks = plot.column(place)
        axis.plot(
            [mark.length for mark in marks], range(len(marks)), "o", color=look_of(plot, plot.columns[place]).tone
        )
    return figure


@pytest.fixture
def with_dots(monkeypatch):
    monkeypatch.setitem(KINDS, "dots", Kind(dots, BARS, has_few_panels))
    monkeypatch.setitem(CHART_FORMS, "months", ChartForm(CHART_FORMS["months"].suits, Crossed("rows", "month", "dots")))


FINDINGS = tuple(item for item in load(WORKBOOK).problems if item.severity == "warning")[:1]
VISITS = [7, 9, 12, 8, 0, 1, 0]  # of the quarter, by case type


def dotted(figure) -> list[list[float]]:
    return [list(line.get_xdata()) for axis in figure.axes for line in axis.lines]


def test_a_new_kind_of_chart_is_drawn_in_the_report_where_a_form_asks_for_it(with_dots, quarter):
    drawn = chart(release(quarter), "follow_up_support", "months")
    assert dotted(drawn.figure)[2:] == [[3, 1, 4, 4, 0, 0, 0], [3, 1, 4, 4, 0, 0, 0]]


def test_a_new_kind_of_chart_can_be_chosen_in_the_explorer_and_saved_for_slides(with_dots, history):
    view = explore(history, "family_visits", chart="dots")
    assert view.kinds == ("bars", "dots")
    assert dotted(draw(view).figure) == [VISITS]
    _, native = slide_of(view)
    assert list(native.plots[0].series[0].values) == VISITS


def test_a_new_kind_of_chart_is_a_native_chart_in_the_deck(with_dots, quarter):
    slides = Presentation(io.BytesIO(build_deck(release(quarter)))).slides
    (native,) = [shape.chart for slide in slides for shape in slide.shapes if shape.name == "follow_up_support months"]
    assert [list(series.values) for series in native.plots[0].series][2] == [3, 1, 4, 4, 0, 0, 0]


# --- many periods ---


@pytest.fixture(scope="module")
def demo():
    return load_all(DEMO)


MANY = [
    ("family_visits", ["case_type", "month"]),
    ("family_visits", ["case_type", "quarter"]),
    ("life_skills", ["case_type", "quarter"]),
    ("referrals_by_sex", ["sex", "month"]),
    ("education", ["quarter"]),
]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["columns", "lines"])
@proof("table, by", MANY, sample=2, ids=str)
def test_no_text_stands_on_another_where_there_are_many_periods(demo, table, by, kind):
    own = [name for name in by if name != "quarter"]
    view = explore(demo, table, periods=demo.periods[-4:], by=own, chart=kind, language="en+km")
    assert view.choice.chart == kind
    assert clashes(draw(view).figure) == []


def test_of_many_periods_the_first_and_the_last_are_named(demo):
    view = explore(demo, "family_visits", periods=demo.periods[-4:], by=["case_type", "month"], chart="columns")
    names = [label.get_text() for label in draw(view).figure.axes[0].get_xticklabels()]
    assert names == ["January 2011", "December 2011"]


def test_a_point_of_at_least_so_many_is_hollow_and_joined_to_none(demo):
    view = explore(demo, "life_skills", periods=demo.periods[-4:], by=["sex"], chart="lines")
    girls = draw(view).figure.axes[0]
    assert [text.get_text() for text in girls.texts] == ["≥ 33", "≥ 34", "≥ 34", "≥ 29"]
    assert [len(line.get_xdata()) for line in girls.lines] == [1, 1, 1, 1]
    assert {line.get_markerfacecolor() for line in girls.lines} == {theme.PAPER}


def test_numbers_in_dispute_stand_on_no_other_where_not_all_have_room(demo):
    view = explore(demo, "referrals_by_type", periods=demo.periods, by=["case_type", "month"], chart="columns")
    every = tuple(tuple(replace(mark, disputes=FINDINGS) for mark in row) for row in plot_of(view).marks)
    figure = draw_plot(replace(plot_of(view), marks=every))
    texts = [text.get_text() for axis in figure.axes for text in axis.texts]
    assert len(texts) > 7
    assert all(text.endswith(" †") for text in texts)
    assert clashes(figure) == []


def test_headings_of_four_quarters_beside_each_other_have_room(demo):
    view = explore(demo, "referral_sources", periods=demo.periods[4:8], by=["category"], chart="bars")
    assert clashes(draw(view).figure) == []


def test_bars_do_not_run_down_a_long_time(demo):
    view = explore(demo, "family_visits", periods=demo.periods, by=["case_type", "month"])
    assert view.kinds == ("columns", "lines")


@pytest.mark.parametrize(
    ("quarters", "by", "chart"), [(1, ["case_type", "month"], "bars"), (4, ["case_type", "month"], "columns")]
)
def test_a_slide_has_a_chart_to_edit_where_it_can_be_read_else_the_picture(demo, quarters, by, chart):
    view = explore(demo, "family_visits", periods=demo.periods[-quarters:], by=by, chart=chart)
    (slide,) = Presentation(io.BytesIO(one_slide(view))).slides
    (shown,) = [shape for shape in slide.shapes if shape.has_chart or shape.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert shown.has_chart == (quarters == 1)
    assert "Neglected Children" in shown._element.xpath(".//p:cNvPr")[0].get("descr")


# --- colours ---


def tones(plot) -> dict[str, str]:
    """The tone of each column by its code, without totals."""
    return {column.codes[-1]: look_of(plot, column).tone for column in plot.columns if not column.is_total}


def pictured(quarter, table: str, form: str):
    """What a picture of the report is drawn of."""
    shown = release(quarter)
    return laid(crossed_plot(shown, shown.table(table), form, CHART_FORMS[form].crossed))


def painted(chart) -> dict[str, str]:
    """The tone of each series of a native chart by its name."""
    return {series.name: f"#{series.format.fill.fore_color.rgb}".lower() for series in chart.plots[0].series}


def test_girls_look_like_girls_in_every_picture_and_in_office(quarter, history):
    sexes = {"F": theme.DARK, "M": theme.MIDDLE}
    assert tones(pictured(quarter, "referrals_by_age", "pyramid")) == sexes
    assert tones(pictured(quarter, "referral_sources", "members_by_sex")) == sexes
    assert tones(pictured(quarter, "referrals_by_sex", "type_and_sex")) == {**sexes, UNSAID: theme.LIGHT}
    view = explore(history, "referrals_by_age", by=["age_band", "sex"])
    assert tones(plot_of(view)) == sexes
    assert painted(slide_of(view)[1]) == {"Female": theme.DARK, "Male": theme.MIDDLE}


def test_a_month_and_the_quarter_before_keep_their_looks(quarter, history):
    months = {"2010-04": theme.DARK, "2010-05": theme.MIDDLE, "2010-06": theme.LIGHT}
    assert tones(pictured(quarter, "education", "months")) == months
    assert tones(plot_of(explore(history, "family_visits", by=["case_type", "month"]))) == months
    quarters = {"2010-Q1": theme.MIDDLE, "2010-Q2": theme.DARK}
    assert tones(pictured(quarter, "family_visits", "previous_and_this")) == quarters


def test_the_deck_and_the_hand_out_paint_as_the_pictures_do(quarter):
    slides = Presentation(io.BytesIO(deck_in("en"))).slides
    charts = {shape.name: shape.chart for slide in slides for shape in slide.shapes if shape.has_chart}
    assert painted(charts["follow_up_support months"]) == dict(
        zip(["April", "May", "June"], (theme.DARK, theme.MIDDLE, theme.LIGHT), strict=True)
    )
    times = painted(charts["skills_follow_up clients_and_times"])
    assert times == {"Number of clients": theme.DARK, "Number of times": theme.MIDDLE}
    book = openpyxl.load_workbook(io.BytesIO(build_handout(release(quarter))))
    (drawn,) = book["21 skills follow up"]._charts
    fills = [series.graphicalProperties.solidFill.srgbClr for series in drawn.series]
    assert [f"#{fill.lower()}" for fill in fills] == [theme.DARK, theme.MIDDLE]


def test_girls_of_three_ages_look_like_girls_with_other_lines(history):
    _, native = slide_of(explore(history, "referrals_by_age", by=["age_band", "sex", "month"], chart="columns"))
    fills = [series.format.fill for series in native.plots[0].series]
    tones = [fill.fore_color if fill.type == MSO_FILL.SOLID else fill.back_color for fill in fills]
    assert [f"#{tone.rgb}".lower() for tone in tones] == [theme.DARK, theme.MIDDLE] * 3


def test_series_that_would_look_alike_are_told_apart_by_a_pattern(history):
    _, native = slide_of(explore(history, "family_visits", by=["case_type", "month"], chart="columns"))
    types = [series.format.fill.type for series in native.plots[0].series]
    assert types == [MSO_FILL.SOLID] * 3 + [MSO_FILL.PATTERNED] * 4
