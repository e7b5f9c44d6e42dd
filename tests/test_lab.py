"""What an officer does in JupyterLab, done by a browser. Pictures of every step are kept in .screenshots/."""

import csv
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree

import openpyxl
import pytest
from extent import only_whole
from lab import TWENTY, chromium, jupyterlab, milliseconds, open_explorer, photograph, project_copy
from PIL import Image
from pptx import Presentation
from workbooks import WORKBOOK, changed

pytestmark = [pytest.mark.slow, only_whole]


@pytest.fixture(scope="module")
def project(tmp_path_factory, two_workbooks):
    return project_copy(tmp_path_factory.mktemp("lab") / "project", two_workbooks)


@pytest.fixture(scope="module")
def browsed(project, tmp_path_factory):
    with (
        chromium(tmp_path_factory.mktemp("downloads")) as (page, seen),
        jupyterlab(project, tmp_path_factory.mktemp("home")) as address,
    ):
        page.goto(f"{address}/?token=only-for-this-test")
        yield page, seen, address


@pytest.fixture(scope="module")
def page(browsed):
    return browsed[0]


@pytest.fixture(scope="module")
def explored(page):
    """The page for exploring, opened from the first page and run from top to bottom."""
    open_explorer(page)
    return page


def choose(page, label: str, value: str, *, shows: str) -> None:
    page.get_by_label(label, exact=True).select_option(value)
    page.locator(f'.ccpcr-chart[data-shows="{shows}"]').wait_for(state="attached")


def tick(page, label: str, *, shows: str) -> None:
    page.get_by_label(label, exact=True).click()
    page.locator(f'.ccpcr-chart[data-shows="{shows}"]').wait_for(state="attached")


def rows(page) -> list[list[str]]:
    """What the table says, also where it stands outside the window and is not drawn."""
    lines = page.locator(".ccpcr-answer tbody tr")
    return [line.locator("th, td").all_text_contents() for line in lines.all()]


def test_the_first_page_says_what_is_here_and_leads_to_every_notebook(page, project):
    page.locator(".jp-RenderedMarkdown h1", has_text="Start here").wait_for()
    table = page.locator(".jp-OutputArea-output table").first
    table.wait_for()
    links = [link.get_attribute("href") for link in table.locator("a").all()]
    linked = {urlsplit(link).path.rpartition("/")[2] for link in links}
    assert linked == {path.name for path in (project / "notebooks").glob("*.ipynb")} - {"start.ipynb"}
    assert page.locator(".jp-OutputArea-output td", has_text="2010-Q2.xlsx").count() == 1
    photograph(page, "1-start")
    page.locator(".jp-RenderedMarkdown h2").last.scroll_into_view_if_needed()
    photograph(page, "2-start-next-quarter")


def test_a_link_opens_its_notebook_and_nothing_asks_for_news(page):
    page.locator(".jp-RenderedHTML a", has_text="Family and reintegration").click()
    page.locator(".jp-RenderedMarkdown h1", has_text="Family and reintegration").wait_for()
    photograph(page, "3-link-followed")
    assert page.locator(".Toastify__toast").count() == 0
    assert page.locator(".lm-TabBar-tab[title*='Extension Manager']").count() == 0
    page.locator(".lm-DockPanel-tabBar .lm-TabBar-tab", has_text="start.ipynb").click()


def test_the_explorer_begins_with_the_last_quarter(explored):
    assert explored.locator(".ccpcr-chart").get_attribute("data-shows") == "2010-Q3-referrals-by-type-by-case-type-bars"
    assert rows(explored)[-1] == ["Total", "18 †"]
    assert (
        "18 † clients were referred to the shelter in the 3rd quarter of 2010."
        in explored.locator(".ccpcr-answer").text_content()
    )
    explored.locator(".ccpcr-panel select").first.scroll_into_view_if_needed()
    photograph(explored, "4-explore")


def test_every_control_changes_what_is_shown(explored):
    choose(explored, "Quarters", "2010-Q2", shows="2010-Q2-referrals-by-type-by-case-type-bars")
    choose(explored, "Table", "Clients referred by case type and sex", shows="2010-Q2-referrals-by-sex-by-month-bars")
    tick(explored, "Case type", shows="2010-Q2-referrals-by-sex-by-case-type-and-month-bars")
    tick(explored, "Month", shows="2010-Q2-referrals-by-sex-by-case-type-bars")
    tick(explored, "Sex", shows="2010-Q2-referrals-by-sex-by-case-type-and-sex-bars")
    assert rows(explored)[0] == ["Domestic Violence (DV)", "1", "0", "", "1"]
    photograph(explored, "5-table")
    explored.locator(".ccpcr-chart").scroll_into_view_if_needed()
    photograph(explored, "6-chart")
    choose(explored, "Chart", "Stacked bars", shows="2010-Q2-referrals-by-sex-by-case-type-and-sex-stacked")
    photograph(explored, "7-stacked")
    choose(explored, "Show", "Shares (%)", shows="2010-Q2-referrals-by-sex-by-case-type-and-sex-bars-shares")
    assert rows(explored)[5] == ["Returnee Children (RC)", "63 %", "", "", "56 %"]


def test_what_cannot_be_answered_is_said_in_a_sentence(explored):
    explored.get_by_label("Table", exact=True).select_option("Clients receiving life skills at the shelter")
    message = explored.locator(".ccpcr-message")
    message.wait_for(state="attached")
    assert message.text_content() == "Shares cannot be shown here: these rows do not add up to a whole. Choose counts."
    message.scroll_into_view_if_needed()
    photograph(explored, "8-no-answer")
    choose(explored, "Show", "Counts", shows="2010-Q2-life-skills-by-case-type-bars")
    assert message.count() == 0


def test_several_quarters_stand_side_by_side_in_khmer(explored):
    choose(explored, "Table", "Family visits", shows="2010-Q2-family-visits-by-case-type-bars")
    explored.get_by_label("Quarters", exact=True).select_option(["2010-Q2", "2010-Q3"])
    explored.locator(
        '.ccpcr-chart[data-shows="2010-Q2-to-2010-Q3-family-visits-by-case-type-and-quarter-bars"]'
    ).wait_for()
    choose(explored, "Language", "ខ្មែរ", shows="2010-Q2-to-2010-Q3-family-visits-by-case-type-and-quarter-bars-km")
    assert rows(explored)[-1] == ["សរុប", "37", "37 †"]
    explored.locator(".ccpcr-panel select").first.scroll_into_view_if_needed()
    photograph(explored, "9-khmer")
    choose(
        explored,
        "ក្រាហ្វ",
        "របារបញ្ឈរតាមពេលវេលា",
        shows="2010-Q2-to-2010-Q3-family-visits-by-case-type-and-quarter-columns-km",
    )
    explored.locator(".ccpcr-chart").scroll_into_view_if_needed()
    photograph(explored, "10-khmer-chart")
    choose(explored, "ភាសា", "English", shows="2010-Q2-to-2010-Q3-family-visits-by-case-type-and-quarter-columns")


def test_every_control_has_a_name_and_is_reached_with_the_tab_key(explored):
    choose(
        explored,
        "Table",
        "Clients referred by age and sex",
        shows="2010-Q2-to-2010-Q3-referrals-by-age-by-month-columns",
    )
    explored.get_by_label("Table", exact=True).focus()
    names = []
    for _ in range(11):
        field = "document.activeElement.labels?.[0]?.textContent ?? document.activeElement.textContent"
        names.append(explored.evaluate(field).strip())
        explored.keyboard.press("Tab")
    controls = ["Table", "Quarters", "Language", "What is counted", "Month", "Age", "Sex", "Chart", "Show"]
    assert names == [*controls, "Save for slides", "Show me the code"]


def test_twenty_choices_in_a_row_are_each_redrawn(explored):
    choose(explored, "Quarters", "2010-Q2", shows="2010-Q2-referrals-by-age-by-month-columns")
    # Each ends when its chart is on the screen; how long that takes is measured by `make bench`.
    assert [milliseconds(explored, *choice) > 0 for choice in TWENTY] == [True] * 20


def test_what_is_saved_for_slides_opens_and_holds_what_was_shown(explored, project):
    choose(explored, "Table", "Family visits", shows="2010-Q2-family-visits-by-case-type-bars")
    tick(explored, "Month", shows="2010-Q2-family-visits-by-case-type-and-month-bars")
    explored.get_by_role("button", name="Save for slides").click()
    explored.locator(".ccpcr-saved").wait_for(state="attached")
    photograph(explored, "11-saved")
    stem = project / "exports" / "2010-Q2-family-visits-by-case-type-and-month-bars"
    said = explored.locator(".ccpcr-saved").text_content()
    assert f"Saved in the folder {project / 'exports'}:" in said
    files = [stem.with_suffix(ending) for ending in (".png", ".svg", ".pptx", ".csv")]
    assert explored.locator(".ccpcr-saved li").all_text_contents() == [path.name for path in files]
    assert sorted(project.joinpath("exports").iterdir()) == sorted(files)
    with Image.open(files[0]) as picture:
        assert picture.size == (2000, 1125)
    assert ElementTree.parse(files[1]).getroot().tag.endswith("svg")
    (slide,) = Presentation(files[2]).slides
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    assert slide.shapes.title.text_frame.text == "Clients who visited their families, by case type and month"
    assert {series.name: list(series.values) for series in chart.plots[0].series} == {
        "April": [7, 7, 11, 3, 0, 1, 0],
        "May": [0, 2, 1, 5, 0, 0, 0],
        "June": [0, 0, 0, 0, 0, 0, 0],
    }
    with files[3].open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[:2] == [["Case type", "Month", "Number of clients", "†"], ["Domestic Violence (DV)", "April", "7", ""]]


def test_the_code_shown_makes_the_same_table_and_chart(explored, project, monkeypatch):
    explored.get_by_role("button", name="Show me the code").click()
    lines = explored.locator(".ccpcr-panel textarea")
    lines.wait_for()
    photograph(explored, "12-code")
    code = lines.input_value()
    assert len(code.split("\n")) == 3
    shown = []
    monkeypatch.chdir(project / "notebooks")
    exec(code, {"display": lambda *things: shown.extend(things)})
    assert [view.text.split("\n")[0] for view in shown] == [
        "Clients who visited their families, by case type and month"
    ] * 2
    found = re.findall(r"<td>(.*?)</td>", shown[0].html)
    assert found == [text for row in rows(explored) for text in row[1:]]


def test_a_workbook_in_order_but_for_disputes_is_checked(explored, tmp_path):
    upload = explored.locator(".ccpcr-check .widget-upload")
    upload.scroll_into_view_if_needed()
    with explored.expect_file_chooser() as asked:
        upload.click()
    asked.value.set_files(WORKBOOK)
    explored.locator(".ccpcr-checked").wait_for(state="attached")
    lines = explored.locator(".ccpcr-check table.dataTable tbody tr")
    lines.first.scroll_into_view_if_needed()
    photograph(explored, "13-checked")
    assert (
        "2010-Q2.xlsx (2010-Q2): 0 errors, 6 warnings, 11 notes." in explored.locator(".ccpcr-checked").text_content()
    )
    assert lines.count() == 17
    explored.locator(".ccpcr-check input[type=search]").fill("Slide 15!F5")
    explored.wait_for_function("document.querySelectorAll('.ccpcr-check table.dataTable tbody tr').length === 1")
    assert "adds up to 5, but the cell says 6" in lines.text_content()
    with explored.expect_download() as loaded:
        explored.locator(".ccpcr-checked a").click()
    loaded.value.save_as(tmp_path / loaded.value.suggested_filename)
    copy = openpyxl.load_workbook(tmp_path / "2010-Q2-checked.xlsx")
    assert copy.sheetnames[0] == "Findings"
    assert "adds up to 5" in copy["Slide 15"]["F5"].comment.text


def test_a_faulty_workbook_dropped_on_the_page_is_checked(explored, tmp_path):
    faulty = changed(tmp_path, {"Slide 12!D5": "some"}, name="a draft.xlsx")
    drop(explored, faulty.name, faulty.read_bytes())
    explored.locator(".ccpcr-checked", has_text="a draft.xlsx").wait_for(state="attached")
    assert "a draft.xlsx (2010-Q2): 1 error, " in explored.locator(".ccpcr-checked").text_content()
    line = explored.locator(".ccpcr-check table.dataTable tbody tr", has_text="“some” stands where a number belongs")
    line.wait_for()
    line.scroll_into_view_if_needed()
    photograph(explored, "14-faulty")


def test_a_file_that_is_no_workbook_is_refused_in_a_sentence(explored):
    drop(explored, "letter.xlsx", b"Dear all")
    message = explored.locator(".ccpcr-check .ccpcr-message")
    message.wait_for(state="attached")
    assert (
        message.text_content()
        == "letter.xlsx: this is not an Excel workbook. Save it from Excel as .xlsx and try again."
    )
    photograph(explored, "15-no-workbook")


def drop(page, name: str, content: bytes) -> None:
    make = """([name, bytes]) => {
      const dropped = new DataTransfer();
      dropped.items.add(new File([new Uint8Array(bytes)], name));
      return dropped;
    }"""
    page.locator(".ccpcr-drop").dispatch_event(
        "drop", {"dataTransfer": page.evaluate_handle(make, [name, list(content)])}
    )


def test_nothing_was_asked_of_the_network_and_the_console_is_silent(browsed, explored):
    _, seen, address = browsed
    home = {urlsplit(address).netloc}
    outside = [asked for asked in seen.asked if urlsplit(asked).scheme not in ("data", "blob")]
    assert {urlsplit(asked).netloc for asked in outside} == home
    assert seen.complaints == []
