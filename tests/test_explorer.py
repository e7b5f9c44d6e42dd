import csv
import io
import json
import re
import shutil
import zipfile

import openpyxl
import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from workbooks import ROOT, WORKBOOK, changed

from ccpcr_lib import check_a_workbook, explore, explorer, load_all
from ccpcr_lib.analysis.breakdown import ChoiceError
from ccpcr_lib.model.catalogue import CATALOGUE
from ccpcr_lib.model.finding import CannotReadError
from ccpcr_lib.publish.explorer.check import Checker, check_file, findings_table
from ccpcr_lib.publish.explorer.choice import Choice
from ccpcr_lib.publish.explorer.controls import Explorer
from ccpcr_lib.publish.explorer.draw import draw, words_of
from ccpcr_lib.publish.explorer.layout import code, csv_text, file_name
from ccpcr_lib.publish.explorer.save import save_for_slides
from ccpcr_lib.publish.explorer.slide import one_slide

DATA = ROOT / "data"


@pytest.fixture(scope="module")
def history():
    return load_all(DATA)


@pytest.fixture(scope="module")
def two(two_workbooks):
    return load_all(two_workbooks[0].parent)


@pytest.fixture
def shown(history, tmp_path):
    return Explorer(history, "../data", tmp_path / "exports")


def slide_of(view):
    (slide,) = Presentation(io.BytesIO(one_slide(view))).slides
    (chart,) = (shape.chart for shape in slide.shapes if shape.has_chart)
    return slide, chart


# --- choices ---


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"table": "educaton"}, "table is 'educaton'. Choose of: referrals_by_type, "),
        ({"table": "education", "by": ["sex"]}, "by is 'sex'. Choose of: month, category."),
        ({"table": "education", "chart": "pie"}, "chart is 'pie'. Choose of: bars, stacked, columns, lines."),
        ({"table": "education", "show": "percent"}, "show is 'percent'. Choose of: counts, shares."),
        ({"table": "education", "counted": "referred"}, "counted is 'referred'. Choose of: enrolled."),
    ],
)
def test_what_cannot_be_chosen_is_refused_with_what_can(wrong, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        Choice(**wrong)


def test_a_quarter_without_a_workbook_is_refused_with_those_there_are(two):
    with pytest.raises(ValueError, match=r"^periods is '2011-Q1'\. Choose of: 2010-Q2, 2010-Q3\."):
        explore(two, "education", periods=["2010-Q2", "2011-Q1"])


def test_one_name_stands_for_a_list_of_one(two):
    choice = explore(two, "education", periods="2010-Q2", by="month").choice
    assert (choice.periods, choice.by) == (("2010-Q2",), ("month",))


def test_quarters_that_are_no_neighbours_are_named_one_by_one():
    demo = load_all(DATA / "demo")
    assert len(demo) > 2
    apart = explore(demo, "family_visits", periods=["2009-Q1", "2009-Q3"])
    together = explore(demo, "family_visits", periods=["2009-Q1", "2009-Q2", "2009-Q3"])
    assert file_name(apart).startswith("2009-Q1-and-2009-Q3-family-visits-by-")
    assert file_name(together).startswith("2009-Q1-to-2009-Q3-family-visits-by-")
    first, last = "January to March 2009", "July to September 2009"
    assert f"; {first}, {last}\n" in apart.page.text
    assert f"; {first} – {last}\n" in together.page.text


def test_what_is_left_out_is_chosen(two):
    choice = explore(two, "referrals_by_sex").choice
    assert (choice.periods, choice.by, choice.chart) == (("2010-Q3",), ("month",), "bars")
    assert explore(two, "education").choice.by == ("category",)


def test_each_chart_is_offered_only_where_it_suits(two):
    assert explore(two, "family_visits").kinds == ("bars",)
    assert explore(two, "family_visits", by=["case_type", "month"]).kinds == ("bars", "stacked", "columns", "lines")
    assert explore(two, "referrals_by_age", by=["age_band", "sex"]).kinds == ("bars", "stacked")
    assert explore(two, "education", by=["category", "month"]).kinds == ("bars", "stacked")
    assert explore(two, "family_visits", by=["case_type", "month"], show="shares").kinds == ("bars", "columns", "lines")
    assert explore(two, "referrals_by_sex", by=["case_type", "month", "sex"]).kinds == ()
    both = explore(two, "family_visits", periods=["2010-Q2", "2010-Q3"])
    assert both.kinds == ("bars", "columns")


def test_a_chart_that_does_not_suit_is_replaced_by_one_that_does(history):
    assert explore(history, "education", chart="lines").choice.chart == "bars"


def test_bars_are_stacked_only_where_every_part_is_known(tmp_path):
    changed(tmp_path, {"Slide 17!D7": None, "Slide 17!F7": 3})
    view = explore(str(tmp_path), "family_visits", by=["case_type", "month"], chart="stacked")
    assert view.kinds == ("bars", "columns", "lines")
    assert view.choice.chart == "bars"
    assert "Bars are not stacked here, because a part of them was not reported." in view.page.html
    marks = [text.get_text() for axis in draw(view).figure.axes for text in axis.texts]
    assert [mark for mark in marks if "…" in mark] == ["… †", "… †"]  # April and the total of sexual abuse
    assert [mark for mark in marks if "=" in mark] == []


def test_errors_in_a_workbook_are_said_before_any_of_its_figures(tmp_path):
    changed(tmp_path, {"Slide 12!D5": "some"})
    with pytest.raises(ChoiceError, match=r"^2010-Q2\.xlsx has errors, so none of its figures are shown\."):
        explore(str(tmp_path), "education")


def test_an_empty_folder_is_said(tmp_path):
    with pytest.raises(ChoiceError, match=r"^There is no quarter's workbook in the folder\."):
        explore(str(tmp_path), "education")


@pytest.mark.parametrize(
    ("table", "choice"),
    [
        ("life_skills", {}),
        ("referrals_by_age", {"by": ["month"], "counted": "in_shelter"}),
        ("family_visits", {"by": [], "periods": ["2010-Q2", "2010-Q3"]}),
    ],
)
def test_shares_are_refused_where_rows_are_no_parts_of_a_whole(two, table, choice):
    with pytest.raises(ChoiceError, match=r"^Shares cannot be shown here: these rows do not add up to a whole\."):
        explore(two, table, show="shares", **choice)


# --- what a view says ---


def test_a_sentence_says_the_total_and_the_largest_group(history):
    text = explore(history, "referrals_by_sex", by=["case_type", "sex"]).page.text
    assert "Clients referred to the shelter: 18 in the 2nd quarter of 2010." in text
    assert "Largest: Returnee Children (RC), Female (10)." in text


def test_several_quarters_are_said_one_by_one(two):
    view = explore(two, "family_visits", periods=["2010-Q2", "2010-Q3"])
    assert "Clients in family visits: 2nd quarter of 2010: 37, 3rd quarter of 2010: 37." in view.page.text
    assert "Quarters stand side by side and are not added up" in view.page.html


def test_a_stock_is_said_by_month(history):
    text = explore(history, "referrals_by_age", by=["month"], counted="in_shelter").page.text
    assert "Clients in the shelter: April 61, May 51, June 43." in text


def test_what_was_not_reported_is_neither_a_zero_nor_left_out(blank_grade):
    page = explore(str(blank_grade.parent), "education").page
    assert "One figure of this table was not reported." in page.text
    assert '<th scope="row">Grade 2</th><td>… †</td>' in page.html
    assert "Largest" not in page.text
    assert "… not reported" in page.html


@pytest.mark.parametrize("by", [[], ["month"], ["category"], ["category", "month"]])
def test_what_was_not_reported_is_counted_the_same_however_it_is_broken_down(tmp_path, by):
    changed(tmp_path, {"Slide 12!C7": None, "Slide 12!D7": None})
    assert "2 figures of this table were not reported." in explore(str(tmp_path), "education", by=by).page.text


def test_under_a_chart_and_on_a_slide_it_is_said_what_was_not_reported(blank_grade):
    view = explore(str(blank_grade.parent), "education")
    assert "… not reported" in words_of(view).foot
    texts = [shape.text_frame.text for shape in slide_of(view)[0].shapes if shape.has_text_frame]
    assert "One figure of this table was not reported." in texts[2].split("\n")


def test_a_column_without_shares_says_why(blank_grade, history):
    no_share, nothing = "A column has no shares where a figure of it was not reported.", "A column that adds up to 0"
    page = explore(str(blank_grade.parent), "education", show="shares")
    assert no_share in page.page.html
    assert no_share in words_of(page).foot
    assert nothing not in page.page.html
    by_month = explore(history, "education", by=["category", "month"], show="shares").page.html
    assert f"{nothing} has no shares." in by_month
    assert no_share not in by_month
    assert nothing not in explore(history, "education", show="shares").page.html


def test_only_what_disputes_a_shown_figure_stands_below(history):
    view = explore(history, "referrals_by_age", by=["month"], counted="reintegrated")
    foot = " ".join(words_of(view).foot)
    assert foot.startswith("† Slide 7!N8: Clients reintegrated, 2nd quarter of 2010: ")
    assert "(+1)" in foot
    daggers = re.findall(r"† (Slide [^:]*): (?=the|Clients)", view.page.html.partition("<figcaption>")[2])
    assert daggers == ["Slide 7!N8", "Slide 7!N9 and Slide 8!J9"]
    referred = explore(history, "referrals_by_age", by=["month"], counted="referred").page.html
    assert re.findall(r"† (Slide [^:]*):", referred) == ["Slide 7!F8", "Slide 8!F8"]


def test_a_disputed_figure_carries_its_dagger_and_the_reason_stands_below(history):
    page = explore(history, "vocational_skills").page
    assert re.findall(r"<td>(\d+ †)</td>", page.html) == ["6 †"]
    assert "† Slide 15!F5: the note “6 (SA1, NC2, TL2)” adds up to 5, but the cell says 6." in page.html
    assert "†" not in explore(history, "family_visits").page.html


def test_khmer_is_shown_in_khmer(history):
    view = explore(history, "referrals_by_sex", by=["case_type", "sex"], language="km")
    assert "អំពើហិង្សាក្នុងគ្រួសារ (DV)" in view.page.html
    assert not re.search(r"\b(Female|Total|Clients)\b", view.page.html.partition("<figcaption>")[0])


def test_data_that_are_made_up_say_so_in_table_chart_and_file_name():
    view = explore(str(DATA / "demo"), "family_visits", periods=["2009-Q1", "2009-Q2"])
    assert "SYNTHETIC" in view.page.text
    assert "SYNTHETIC" in " ".join(text.get_text() for text in draw(view).figure.texts)
    assert file_name(view).endswith("-SYNTHETIC")


@pytest.mark.parametrize("known", CATALOGUE, ids=lambda known: known.name)
def test_every_table_can_be_seen_in_both_languages_with_a_chart(history, known):
    view = explore(history, known.name, language="en+km")
    drawn = draw(view)
    frame = history["2010-Q2"].frame(known.name)
    what, dimension = view.choice.what, view.breakdown.rows
    counts = frame[(frame["measure"] == what.measure) & (frame["unit"] == what.unit)]
    counts = counts[counts["period"].isin(["2010-04", "2010-05", "2010-06", "2010-Q2"])]
    # Where a person may stand in several rows only the largest row is known for sure; else each group has one row.
    keys = ["period" if dimension == "month" else dimension, *(["category"] if known.totals[0].once else [])]
    sums = counts.groupby(keys, observed=True)["value"].sum().groupby(level=0, observed=True).max()
    assert len(view.breakdown.columns) == 0
    assert drawn.numbers.iloc[: len(sums), 0].to_list() == [sums[code] for code in view.breakdown.members]
    assert len(view.breakdown.members) == len(sums)


# --- files and code ---


def test_a_csv_file_has_one_row_for_each_figure(history):
    lines = list(csv.reader(io.StringIO(csv_text(explore(history, "vocational_skills", show="shares")))))
    assert lines == [
        ["Skill", "Number of clients", "%", "†"],
        ["Sewing", "6", "100", "†"],
        ["Weaving", "0", "0", ""],
        ["Hairdressing", "0", "0", ""],
        ["Others (Photoshop)", "0", "0", ""],
        ["Total", "6", "100", ""],
    ]


def test_a_name_that_begins_like_a_formula_is_text_in_a_csv_file(tmp_path):
    changed(tmp_path, {"Slide 19!B5": "+ a partner"})
    lines = list(csv.reader(io.StringIO(csv_text(explore(str(tmp_path), "partner_referrals")))))
    assert "'+ a partner" in [line[0] for line in lines]


def test_a_slide_holds_a_native_chart_of_what_is_shown_and_nothing_else(history):
    view = explore(history, "referrals_by_sex", by=["case_type", "sex"])
    slide, chart = slide_of(view)
    assert chart.chart_type == XL_CHART_TYPE.BAR_CLUSTERED
    series = {one.name: list(one.values) for one in chart.plots[0].series}
    assert series["Female"] == [1, None, 2, 3, None, 10, None]
    assert series["Sex not recorded"] == [None, 1, None, None, 0, None, 1]
    book = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    assert (len(book.sheetnames), book.active.max_row, book.active.max_column) == (1, 8, 4)
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert texts[:2] == [
        "Clients referred to the shelter, by case type and sex †",
        "Number of clients; April to June 2010",
    ]
    assert texts[2].startswith("† Slide 7!F8: ")


def test_a_name_that_begins_like_a_formula_is_text_behind_the_chart_of_a_slide(tmp_path):
    path = changed(tmp_path, {"Slide 19!B5": "a partner"})
    book = openpyxl.load_workbook(path)
    name = book["Slide 19"]["B5"]
    name.value, name.data_type = "=1+1 partners", "s"
    book.save(path)
    _, chart = slide_of(explore(str(tmp_path), "partner_referrals"))
    sheet = openpyxl.load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob)).active
    assert {cell.data_type for row in sheet["A2:A10"] for cell in row if cell.value} == {"s"}
    assert "=1+1 partners" in [row[0].value for row in sheet["A2:A10"]]
    assert "=1+1 partners" in list(chart.plots[0].categories)


def test_a_slide_carries_no_time_of_its_own(history):
    content = one_slide(explore(history, "family_visits"))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert b'<dcterms:modified xsi:type="dcterms:W3CDTF">2000-01-01T00:00:00Z<' in package.read("docProps/core.xml")


@pytest.mark.parametrize(
    ("kind", "native"),
    [
        ("bars", XL_CHART_TYPE.BAR_CLUSTERED),
        ("stacked", XL_CHART_TYPE.BAR_STACKED),
        ("columns", XL_CHART_TYPE.COLUMN_CLUSTERED),
        ("lines", XL_CHART_TYPE.LINE_MARKERS),
    ],
)
def test_every_kind_of_chart_has_its_native_kind(history, kind, native):
    view = explore(history, "family_visits", by=["case_type", "month"], chart=kind, language="km")
    _, chart = slide_of(view)
    assert chart.chart_type == native
    numbers = [list(series.values) for series in chart.plots[0].series]
    april = [row[0] for row in numbers] if kind in ("columns", "lines") else numbers[0]
    assert april == [7, 7, 11, 3, 0, 1, 0]


def test_a_disputed_point_of_a_native_chart_keeps_its_dagger(history):
    _, chart = slide_of(explore(history, "vocational_skills"))
    labels = chart.plots[0].series[0]._element.xpath("c:dLbls/c:dLbl")
    assert [label.find("{*}idx").get("val") for label in labels] == ["0"]
    assert labels[0].find("{*}numFmt").get("formatCode") == '#,##0" †"'


def test_where_no_chart_has_room_only_the_figures_are_saved(history, tmp_path):
    view = explore(history, "referrals_by_sex", by=["case_type", "month", "sex"])
    (path,) = save_for_slides(view, tmp_path)
    assert path.name == "2010-Q2-referrals-by-sex-by-case-type-and-month-and-sex.csv"
    assert view.picture.text == ""


def test_the_code_names_what_was_chosen(history):
    view = explore(history, "skills_follow_up", counted="followed_up_skills/times", language="km", show="shares")
    assert code(view, "../data").split("\n")[1] == (
        "view = explore('../data', 'skills_follow_up', periods=['2010-Q2'], by=['category'], "
        "counted='followed_up_skills/times', chart='bars', show='shares', language='km')"
    )


# --- the controls ---


def test_another_table_brings_its_own_dimensions(shown):
    shown.table.value = "referrals_by_age"
    assert [box.description for box in shown.by_box.children[1:]] == ["Month", "Age", "Sex"]
    assert shown.view.choice.by == ("month",)
    shown.table.value = "skills_follow_up"
    assert [box.description for box in shown.by_box.children[1:]] == ["Skill"]
    assert shown.counted.layout.display == ""


def test_what_else_a_table_counts_brings_its_own_dimensions(shown):
    shown.table.value = "referrals_by_age"
    shown.counted.value = "in_shelter"
    assert [box.description for box in shown.by_box.children[1:]] == ["Month"]
    shown.by["month"].value = False
    assert "months cannot be added up. Tick “month”." in shown.answer.value
    assert (shown.view, shown.chart.value) == (None, "")


def test_no_quarter_chosen_is_said(shown):
    shown.periods.value = ()
    assert "Choose at least one quarter." in shown.answer.value


def test_too_many_numbers_for_a_chart_are_said(shown):
    shown.table.value = "referrals_by_sex"
    for name in ("case_type", "sex"):
        shown.by[name].value = True
    assert "No chart has room for so many numbers." in shown.chart.value
    assert "<table>" in shown.answer.value


def test_a_file_that_another_program_holds_is_said(shown, monkeypatch):
    def refuse(view, folder):
        raise PermissionError(13, "Permission denied", str(folder / "education.pptx"))

    monkeypatch.setattr("ccpcr_lib.publish.explorer.controls.save_for_slides", refuse)
    shown.save.click()
    assert "education.pptx: this could not be saved. Close it in other programs and try again." in shown.saved.value


def test_a_quarter_that_cannot_be_read_is_said_above_the_controls(tmp_path):
    shutil.copy(WORKBOOK, tmp_path)
    for name in ("2010-Q3.xlsx", "letters.xlsx"):
        (tmp_path / name).write_bytes(b"nothing")
    panel, why = explorer(str(tmp_path)), "2010-Q3.xlsx: this is not an Excel workbook."
    told = [child.value for child in panel.box.children if why in getattr(child, "value", "")]
    assert len(told) == 1
    assert why in panel.page.html
    assert why in panel.page.text
    assert "letters.xlsx" not in panel.page.text


@pytest.mark.parametrize("button", ["save", "show_code"])
def test_where_nothing_is_shown_there_is_nothing_to_save_and_no_code(shown, button):
    shown.periods.value = ()
    getattr(shown, button).click()
    assert "No figures are shown, so there is nothing to save and no code." in shown.saved.value
    assert shown.lines.layout.display == "none"


def test_a_folder_that_is_not_there_is_said(tmp_path):
    assert "there is no such folder" in explorer(str(tmp_path / "no")).page.text


def test_a_stored_notebook_has_no_widget_in_it_and_says_how_to_run_it():
    stored = json.loads((ROOT / "notebooks" / "explore.ipynb").read_text(encoding="utf-8"))
    assert len(stored["cells"]) == 3
    assert "widgets" not in stored["metadata"]
    data = [output["data"] for cell in stored["cells"] for output in cell.get("outputs", [])]
    assert [sorted(one) for one in data] == [["text/html", "text/plain"]] * 2
    assert all("menu Run, Run All Cells" in "".join(one["text/plain"]) for one in data)


def test_a_widget_is_shown_where_a_kernel_runs():
    shown = check_a_workbook(str(DATA))._repr_mimebundle_()
    assert {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"} == set(shown)


# --- checking a workbook ---


def test_a_workbook_given_as_bytes_is_checked_as_in_its_folder(two_workbooks):
    report, copy = check_file("2010-Q3.xlsx", two_workbooks[1].read_bytes(), two_workbooks[0].parent)
    assert report.period == "2010-Q3"
    assert "copied" in {item.rule for item in report.problems}
    assert openpyxl.load_workbook(io.BytesIO(copy)).sheetnames[0] == "Findings"


def test_findings_are_laid_out_for_people(history):
    table = findings_table(history["2010-Q2"], "en")
    assert list(table.columns) == ["Cell", "Severity", "Table", "What was found"]
    assert list(table.iloc[0])[:3] == ["Slide 7!F8", "Warning", "Clients referred by case type and sex"]
    assert len(table) == 11


def test_what_cannot_be_annotated_is_checked_all_the_same():
    report, copy = check_file("errors.ods", (ROOT / "tests/fixtures/errors.ods").read_bytes(), DATA)
    assert report.has_errors
    assert copy is None


def test_what_is_no_workbook_is_refused():
    with pytest.raises(CannotReadError, match=r"^letter\.xlsx: this is not an Excel workbook\."):
        check_file("letter.xlsx", b"Dear all", DATA)
    assert WORKBOOK.exists()


def given(*names: str) -> dict:
    """What the picker hands over for so many copies of the workbook."""
    return {"new": tuple({"name": name, "content": WORKBOOK.read_bytes()} for name in names)}


def test_two_files_at_once_leave_nothing_of_the_answer_before():
    checker = Checker(str(DATA), "en")
    checker._check(given("2010-Q2.xlsx"))
    assert "2010-Q2.xlsx (2010-Q2): 0 errors, 7 warnings, 4 notes." in checker.said.value
    assert "<a download" in checker.said.value
    checker._check(given("2010-Q2.xlsx", "2010-Q3.xlsx"))
    assert checker.said.value == '<p class="ccpcr-message" role="alert">Choose one workbook at a time.</p>'
    assert checker.table.outputs == ()
    checker._check(given())
    assert checker.said.value == ""


def test_a_workbook_with_a_long_khmer_name_is_checked():
    name = "របាយការណ៍" * 10 + ".xlsx"
    checker = Checker(str(DATA), "en")
    checker._check(given(name))
    assert f"{name} (2010-Q2): 0 errors, 7 warnings, 4 notes." in checker.said.value


def test_a_file_that_the_disk_refuses_is_said(monkeypatch):
    def refuse(name, content, folder):
        raise PermissionError(13, "Permission denied", "data/2010-Q1.xlsx")

    monkeypatch.setattr("ccpcr_lib.publish.explorer.check.check_file", refuse)
    checker = Checker(str(DATA), "en")
    checker._check(given("2010-Q2.xlsx"))
    assert "2010-Q1.xlsx: this could not be opened." in checker.said.value
