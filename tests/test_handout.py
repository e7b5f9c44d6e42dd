"""The hand-out workbook: Excel tables without merged cells, explained, linked, drawn, and the same bytes again."""

import io
import re
import zipfile
from functools import cache
from itertools import product

import openpyxl
import pytest
from consistent import consistent
from counted import by_hand, in_order
from extent import proof
from layouts import LAYOUTS, write
from programs import soffice
from truth import Q2_2010
from workbooks import WORKBOOK, changed

from ccpcr_lib import CATALOGUE, load, release
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.publish.handout import build_handout

LANGUAGES = ("en", "km", "en+km")
NAMES = [spec.name for spec in CATALOGUE]


@cache
def handout(language: str) -> bytes:
    """The real quarter's hand-out in a language, made once."""
    return build_handout(release(load(WORKBOOK), language))


def book_in(language: str, path=WORKBOOK) -> openpyxl.Workbook:
    made = handout(language) if path == WORKBOOK else build_handout(release(load(path), language))
    return openpyxl.load_workbook(io.BytesIO(made))


@pytest.fixture(scope="module")
def book():
    return book_in("en")


def lines(sheet) -> list[list]:
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def sheet_of(book, name: str):
    """Find the sheet that holds a table by the table's own name."""
    return next(sheet for sheet in book if name in sheet.tables)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_table_is_one_excel_table_on_a_sheet_of_its_own(language):
    book = book_in(language)
    named = [["glance"], [], *([name] for name in NAMES), ["frame_indicators"], ["frame_definitions"], ["counts"]]
    assert [list(sheet.tables) for sheet in book] == named
    assert [sheet.title for sheet in book if sheet.merged_cells.ranges] == []


def test_the_sheets_are_named_after_their_slides(book):
    assert book.sheetnames[:4] == ["At a glance", "Contents", "06 referrals by type", "07 referrals by sex"]
    assert book.sheetnames[-4:] == ["21 skills follow up", "Indicators", "Definitions", "Counts"]


HEADS = ["Month", "Total", "DV Female", "DV Male", "SA", "NC Female", "NC Male", "TL Female", "TL Male", "ST"]
HEADS += ["RC Female", "RC Male", "SW", "Reintegrated clients", "Notes"]


def test_a_table_has_one_row_of_headings_its_members_and_its_total(book):
    sheet = sheet_of(book, "referrals_by_sex")
    top, bottom = sheet.tables["referrals_by_sex"].ref.split(":")
    rows = [[cell.value for cell in row] for row in sheet[top:bottom]]
    assert rows == [
        HEADS,
        ["April", 15, 1, 0, 0, 1, 0, 3, 0, 0, 10, 0, 0, 12, "a"],
        ["May", 2, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 6, "b"],
        ["June", 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9, "c"],
        ["Total", 18, 1, 0, 1, 2, 0, 3, 0, 0, 10, 0, 1, 27, "d"],
    ]


def test_what_spans_all_rows_in_print_stands_in_the_total_row_alone(book):
    sheet = sheet_of(book, "referrals_by_type")
    top, bottom = sheet.tables["referrals_by_type"].ref.split(":")
    rows = [[cell.value for cell in row] for row in sheet[top:bottom]]
    assert [row[1] for row in rows] == ["Planned for 2010", None, None, None, None, None, None, None, 60]
    assert ["A total is left blank where the figures above it cannot be added up."] in [
        [value for value in line if value is not None] for line in lines(sheet)
    ]


def test_months_without_a_total_beside_them_get_one(book):
    sheet = sheet_of(book, "follow_up_support")
    top, bottom = sheet.tables["follow_up_support"].ref.split(":")
    rows = [[cell.value for cell in row] for row in sheet[top:bottom]]
    assert rows[0] == ["Types of case", "April", "May", "June", "Total", "Notes"]
    assert [row[4] for row in rows[1:]] == [3, 1, 4, 4, 0, 0, 0, 12]


def test_title_unit_period_source_and_notes_stand_above_the_table(book):
    said = [line[0] for line in lines(sheet_of(book, "vocational_skills"))[:8]]
    assert said == [
        "Clients in vocational skills training †",
        "Number of clients; April to June 2010",
        "Source: 2010-Q2.xlsx, Slide 15",
        "Clients in vocational training: Everybody who newly began to learn a skill in the month. Clients who go on",
        "learning it are not counted again.",
        "Marked in the column “Notes”: notes that stand in cells, as they were typed.",
        "a “6 (SA1, NC2, TL2)”: Sexual Abuse 1, Neglected Children 2, Trafficking for Labor 2",
        None,
    ]


def test_percents_that_miss_100_are_explained_above_the_table(book):
    said = "The percents add to {sum}, because each is rounded by itself."
    above = {name: [line[0] for line in lines(sheet_of(book, name))] for name in ("education", "family_assessments")}
    assert said.format(sum=99) in above["education"]
    assert said.format(sum=102) in above["family_assessments"]
    # Slide 7 has its percents in the row of totals, which the sheet leaves out.
    assert not any("percents add" in str(line[0]) for line in lines(sheet_of(book, "referrals_by_sex")))


def test_figures_stand_right_whether_they_are_numbers_or_texts_and_words_stand_off_them(book):
    """Attendance is at least 25, the year of the 24 † reintegrated at least as much, and no target is set."""
    rows = {row[0].value: row for row in book["Indicators"].iter_rows()}
    attended = rows["Clients who attended life skills"]
    assert [cell.value for cell in attended[1:10]] == [
        *("clients", "–", "–", "–", "…", "≥ 25", "≥ 25", "–", "○ no target set"),
    ]
    assert [cell.alignment.horizontal for cell in attended[1:10]] == ["left", *["right"] * 7, "left"]
    returned, families = rows["Clients reintegrated"], rows["Families assessed, in percent of newly referred clients"]
    assert [(cell.value, cell.alignment.horizontal) for cell in returned[6:8]] == [(24, "right"), ("≥ 24 †", "right")]
    assert (families[6].value, families[6].alignment.horizontal) == ("100 %", "right")
    assert {row[9].alignment.indent for row in (attended, returned, families)} == {1}


def test_codes_are_no_figures_and_stand_left(book):
    sheet = sheet_of(book, "counts")
    top, _ = sheet.tables["counts"].ref.split(":")
    row = sheet[top].row
    first = zip(sheet[row], sheet[row + 1], strict=True)
    placed = {head.value: (cell.value, cell.alignment.horizontal) for head, cell in first}
    assert placed["period"] == ("2010-04", "left")
    assert placed["value"][1] == "right"


def test_a_row_with_a_text_of_two_lines_is_as_high_as_they_need():
    sheet = book_in("en+km")["Indicators"]
    row = next(row for row in sheet.iter_rows() if str(row[0].value).startswith("Clients referred to the shelter"))
    assert row[9].value == "◔ incomplete · ◔ មិនទាន់ពេញលេញ"
    assert sheet.row_dimensions[row[9].row].height == 42
    plain = book_in("en")["Indicators"]
    number = next(row[0].row for row in plain.iter_rows() if row[0].value == "Clients referred to the shelter")
    assert plain.row_dimensions[number].height == 18


def test_a_blank_cell_is_blank_and_explained(tmp_path):
    sheet = sheet_of(book_in("en", changed(tmp_path, {"Slide 15!C6": None})), "vocational_skills")
    top, bottom = sheet.tables["vocational_skills"].ref.split(":")
    weaving = [cell.value for cell in sheet[top:bottom][2]]
    assert weaving[:5] == ["Weaving", None, 0, 0, None]
    assert "Blank cells: not reported." in [line[0] for line in lines(sheet)]


def test_the_contents_lead_to_every_sheet(book):
    links = {
        cell.value: cell.hyperlink.location for row in book["Contents"].iter_rows() for cell in row if cell.hyperlink
    }
    assert links == {name: f"'{name}'!A1" for name in book.sheetnames if name != "Contents"}
    assert book.active.title == "At a glance"


def test_every_sheet_opens_with_the_cursor_in_its_first_cell(book):
    assert {sheet.sheet_view.selection[-1].activeCell for sheet in book} <= {"A1", None}


def parts(language: str = "en") -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(handout(language))) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_each_table_has_a_native_chart_that_takes_its_figures_from_the_table(book):
    charts = [sheet._charts[0] for sheet in book if sheet._charts]
    assert len(charts) == len(NAMES)
    for name, chart in zip(NAMES, charts, strict=True):
        sheet = sheet_of(book, name)
        assert chart.series
        for series in chart.series:
            assert series.val.numRef.f.startswith(f"'{sheet.title}'!")
    (months,) = [chart for name, chart in zip(NAMES, charts, strict=True) if name == "partner_referrals"]
    plotted = [[point.v for point in series.val.numRef.numCache.pt] for series in months.series]
    assert plotted == [[0, 0], [2, 1], [0, 0]]


def test_a_label_shows_its_number_alone_in_every_program():
    """What is not said of a label, some programs show: the row, the series, the key of the legend."""
    charts = [content for name, content in parts().items() if name.startswith("xl/charts/")]
    labels = [label for chart in charts for label in re.findall(rb"<c:dLbls>.*?</c:dLbls>", chart)]
    said = {b"".join(re.findall(rb'<c:show(\w+) val="(?:1)"/>', label)) for label in labels}
    kept = {b" ".join(re.findall(rb'<c:show(\w+) val="0"/>', label)) for label in labels}
    assert (said, kept) == ({b"Val"}, {b"LegendKey CatName SerName Percent BubbleSize"})


def test_the_properties_say_what_it_is_and_name_no_person(book):
    assert book.properties.title == "Quarterly report of the shelter"
    assert book.properties.subject == "2nd quarter of 2010, April to June 2010"
    assert (book.properties.creator or "", book.properties.lastModifiedBy or "") == ("", "")
    assert b"SHA-256" in parts()["docProps/core.xml"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_report_gives_the_same_bytes(language):
    assert build_handout(release(load(WORKBOOK), language)) == handout(language)


@proof("seed, language", list(product(range(15), LANGUAGES)), sample=3)
def test_another_quarter_reads_back_to_its_own_counts(tmp_path, seed, language):
    path, _ = write(consistent(seed), LAYOUTS["one sheet"], tmp_path)
    report = load(path)
    out = tmp_path / "tables.xlsx"
    out.write_bytes(build_handout(release(report, language)))
    assert in_order(read_workbook(out).counts) == in_order(report.counts)


@pytest.mark.slow
def test_libreoffice_opens_it_and_keeps_every_count(tmp_path):
    (tmp_path / "tables.xlsx").write_bytes(handout("en+km"))
    (saved,) = soffice([tmp_path / "tables.xlsx"], tmp_path, "ods")
    assert in_order(read_workbook(saved).counts) == by_hand(Q2_2010)
