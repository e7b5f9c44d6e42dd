"""What the explorer saves for slides: the figures, and a native chart of what is shown; and the code of a view."""

import csv
import io
import zipfile

import openpyxl
import pytest
from explored import slide_of
from pptx.enum.chart import XL_CHART_TYPE
from workbooks import changed

from ccpcr_lib import explore
from ccpcr_lib.publish.explorer.layout import code, csv_text
from ccpcr_lib.publish.explorer.save import save_for_slides
from ccpcr_lib.publish.explorer.slide import one_slide


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
        "Clients referred to the shelter, by case type and sex",
        "Number of clients; April to June 2010",
    ]


def test_a_slide_with_a_figure_in_dispute_is_marked_in_its_title_and_says_why_below(history):
    slide, _ = slide_of(explore(history, "referrals_by_age", by=["month"], counted="referred"))
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    assert texts[0] == "Clients referred to the shelter, by month †"
    assert texts[2].startswith("† Slide 8!E8 and Slide 8!F8: 0 and 1 are printed; ")  # a girl or a boy in June


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
