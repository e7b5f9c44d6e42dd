"""A year, or an indicator, without a target: one line that says how to add it, and no empty chart or slide; by hand."""

import io
import shutil

import pytest
from extent import proof
from figures import clashes
from pptx import Presentation
from workbooks import DEMO

from ccpcr_lib import Release, release, show_bullets, show_indicator, show_progress
from ccpcr_lib.model.plan import Indicator, Plan, Target
from ccpcr_lib.publish.charts import Chart
from ccpcr_lib.publish.charts.bullets import bullets
from ccpcr_lib.publish.charts.burn_up import burn_up
from ccpcr_lib.publish.charts.growth import growth_plot
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.pages.cells import body_html
from ccpcr_lib.publish.pages.show import Page, Picture

LANGUAGES = ("en", "km", "en+km")
CALLED = "Clients referred to the shelter"
HOW = "No target is set for 2010: add a line for it to sheet Targets of plan.xlsx."
NO_DUE = (
    "The targets of 2010 do not say what is due by the end of the 2nd quarter of 2010: add a line for the year, or for "
    "each quarter so far, to sheet Targets of plan.xlsx."
)
NOTHING_GROWS = f"{CALLED}: no target is set for 2010, so nothing grows towards a plan."
ASSESSED = Indicator("assessed", "Assessed", "Assessed", "family_assessments", "assessed")
REFERRED = Indicator("referred", CALLED, CALLED, "referrals_by_type", "referred")
SHARE = Indicator("share", "Assessed of referred", "Assessed", unit="percent", ratio=("assessed", "referred"))


def against(plan: Plan, language: str = "en") -> Release:
    """Hold the 2nd quarter of 2010 of the demo against a plan: 14 were referred in the first quarter, 9 in this one."""
    shown = release(DEMO / "2010-Q2-SYNTHETIC.xlsx", language)
    object.__setattr__(shown, "plan", plan)
    return shown


def planned(*targets: tuple[str, float, str]) -> Plan:
    """Plan so many referrals, each as a period, a number and how it is due."""
    return Plan((), tuple(Target("referred", period, value, shape, "") for period, value, shape in targets))


ANOTHER_YEAR = planned(("2009", 60, "equal"))
A_PERCENT = Plan((ASSESSED, REFERRED, SHARE), (Target("share", "2010", 0.9, "equal", ""),))
QUARTERS = planned(*((f"2010-Q{number}", 10 + number, "by quarter") for number in (1, 2, 3, 4)))
TWO_QUARTERS = planned(("2010-Q1", 11, "by quarter"), ("2010-Q2", 12, "by quarter"))
THIS_QUARTER = planned(("2010-Q2", 12, "by quarter"))
NONE_SPREAD = planned(("2010", 60, "none"))


@pytest.mark.parametrize("plan", [Plan(), ANOTHER_YEAR], ids=["no plan", "another year"])
def test_a_year_without_targets_has_lines_in_place_of_charts(plan):
    shown = against(plan)
    pages = [show_progress(shown), show_bullets(shown), show_indicator(shown, "referred", "burn_up")]
    assert [page.text for page in pages] == [HOW, HOW, NOTHING_GROWS]
    assert all(isinstance(page, Page) for page in pages)
    assert growth_plot(shown) is None


def test_targets_that_do_not_say_what_is_due_say_so():
    shown = against(THIS_QUARTER)
    assert [show_progress(shown).text, show_bullets(shown).text] == [NO_DUE, NO_DUE]
    assert show_indicator(shown, "referred", "burn_up").text == (
        f"{CALLED}: the targets of 2010 do not say what is due by the end of a quarter, "
        "so nothing grows towards a plan."
    )
    assert growth_plot(shown) is None


@pytest.mark.parametrize(
    ("plan", "figures"),
    [
        (A_PERCENT, [1.0, 0.9, 0.9]),  # 23 of 23
        (QUARTERS, [23, 23, 50]),
        (TWO_QUARTERS, [23, 23, None]),
        (NONE_SPREAD, [23, None, 60]),
    ],
    ids=["a percent", "quarters", "two quarters", "not spread"],
)
def test_what_has_a_target_is_drawn_against_it(plan, figures):
    drawn = show_bullets(against(plan))
    assert isinstance(drawn, Picture)
    (row,) = drawn.chart.numbers.astype(object).where(drawn.chart.numbers.notna(), None).values.tolist()
    assert row == figures


@pytest.mark.parametrize(("plan", "grows"), [(A_PERCENT, False), (QUARTERS, True), (TWO_QUARTERS, True)])
def test_a_chart_of_growth_is_there_where_something_grows_towards_a_plan(plan, grows):
    shown = against(plan)
    assert isinstance(show_indicator(shown, "referred", "burn_up"), Picture) is grows
    assert (growth_plot(shown) is not None) is grows


ENDS = {8: "passed", 9: "reached", 10: "just missed", 40: "missed"}


@pytest.mark.parametrize("language", LANGUAGES)
@proof("second", [8, 9, 10, 40], sample=1, ids=ENDS.get)
def test_names_of_lines_that_end_together_have_room(language, second):
    plan = planned(("2010-Q1", 14, "by quarter"), ("2010-Q2", second, "by quarter"))
    charts: list[Chart] = [burn_up(against(plan, language), "referred"), bullets(against(plan, language))]
    assert [clashes(drawn.figure) for drawn in charts] == [[], []]


def slides(shown: Release) -> list[str]:
    """Give what is said on each slide about the plan."""
    said = []
    for slide in Presentation(io.BytesIO(build_deck(shown))).slides:
        if "Indicators against the plan" in slide.shapes.title.text_frame.text:
            frames = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
            said.append("\n".join([*frames, *("a chart" for shape in slide.shapes if shape.has_chart)]))
    return said


@pytest.mark.slow
def test_a_deck_of_a_year_without_targets_has_no_slide_of_growth_and_the_line_once():
    without, with_targets = slides(against(ANOTHER_YEAR)), slides(against(QUARTERS))
    assert not any("a chart" in text for text in without)
    assert sum(HOW in text for text in without) == len(without)
    assert sum("a chart" in text for text in with_targets) == 1
    assert not any(HOW in text for text in with_targets)


def test_a_folder_without_a_plan_has_what_its_workbooks_print(tmp_path):
    for path in DEMO.glob("2010-Q*.xlsx"):
        shutil.copy(path, tmp_path)
    shown = release(tmp_path / "2010-Q2-SYNTHETIC.xlsx")
    assert show_progress(shown).text.startswith(
        "Referrals to the shelter came to 23 of 60 planned for 2010; the plan does not say how many are due by the end "
        "of June, so this is incomplete."
    )
    assert isinstance(show_bullets(shown), Picture)


def test_a_page_says_what_stands_right_above_it_only_once():
    from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

    def output(text: str):
        return new_code_cell(outputs=[new_output("display_data", {"text/html": f"<p>{text}</p>"})])

    cells = [output(HOW), output(HOW), new_markdown_cell("Month by month."), output(HOW)]
    body = body_html(new_notebook(cells=cells))
    assert body.count(HOW) == 2
