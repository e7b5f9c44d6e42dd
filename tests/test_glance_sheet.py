"""The first sheet of the hand-out sums the quarter up: sentences, the rows as numbers, their trend as sparklines."""

import io
import re
import zipfile
from functools import cache

import openpyxl
import pytest
from counted import by_hand, in_order
from extent import only_whole, proof
from truth import Q2_2010
from workbooks import DEMO, WORKBOOK

from ccpcr_lib import load, release
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.publish.handout import build_handout
from ccpcr_lib.publish.office import Office, write_office

REAL, LAST = (WORKBOOK, None), (DEMO, "2011-Q4")


@cache
def made(source, language="en", corrected=()) -> bytes:
    path, period = source
    return build_handout(release(path, language, period=period), corrected)


def sheet_in(source, language="en", corrected=()):
    return openpyxl.load_workbook(io.BytesIO(made(source, language, corrected))).worksheets[0]


def table_of(sheet) -> list[list]:
    top, bottom = sheet.tables["glance"].ref.split(":")
    return [list(row) for row in sheet[top:bottom]]


def values(sheet) -> list[list]:
    return [[cell.value for cell in row] for row in table_of(sheet)]


def shown(cell) -> object:
    """Give a figure as its format shows it, as far as that is a sign; a text as it is."""
    form = cell.number_format
    sign, mark = ("≥ " if "≥" in form else ""), (" †" if "†" in form else "")
    return f"{sign}{cell.value}{mark}" if sign or mark else cell.value


def column(sheet, head: str) -> list:
    heads, *rows = table_of(sheet)
    place = [cell.value for cell in heads].index(head)
    return [shown(row[place]) for row in rows]


# The figures are those of tests/test_glance.py, worked out there from the cells.
def test_each_figure_of_the_real_quarter_is_a_number_with_its_marks():
    sheet = sheet_in(REAL)
    assert column(sheet, "Q2 2010") == [18, 18, 64, 37, 11, "≥ 25", 6, "24 †", 3, 12]
    assert column(sheet, "Q1 2010") == ["…", 36, "…", 6, "…", "…", "…", "…", "…", "…"]
    assert column(sheet, "Clients") == ["–", 18, "–", "≥ 31", 11, "≥ 25", 6, "24 †", 3, 12]
    assert column(sheet, "Of how many") == ["–", 18, "–", 64, 64, 64, 64, 64, 64, "≥ 24 †"]
    # 18 ÷ 18; 31 ÷ 64 is 48.4 %; 11 ÷ 64; 25 ÷ 64; 6 ÷ 64; 24 ÷ 64 is 37.5 %, half up; 3 ÷ 64.
    rates = ["–", 1, "–", "≥ 0.48", 0.17, "≥ 0.39", 0.09, "0.38 †", 0.05, "–"]
    assert column(sheet, "Rate") == rates
    assert column(sheet, "2010 to date") == [
        *("≥ 18", 54, "≥ 64", 43, "≥ 11", "≥ 25", "≥ 6", "≥ 24 †", "≥ 3", "≥ 12"),
    ]
    assert column(sheet, "Due by now") == [30, *["–"] * 9]
    assert column(sheet, "Plan 2010") == [60, *["–"] * 9]
    assert column(sheet, "State") == ["◔ incomplete", *["–"] * 9]


def test_each_figure_of_the_demos_last_quarter():
    sheet = sheet_in(LAST)
    assert column(sheet, "Q4 2011") == [16, 16, 59, 22, 8, "≥ 49", 7, 10, 1, "≥ 5"]
    assert column(sheet, "Q3 2011") == [11, 11, 59, 18, 4, "≥ 53", 2, 14, 2, "≥ 7"]
    assert column(sheet, "Q4 2010") == [17, 17, 65, 24, 9, "≥ 59", 9, 20, 2, "≥ 7"]
    assert column(sheet, "Rate") == [
        *("–", 1, "–", "≥ 0.22", 0.14, "≥ 0.83", 0.12, 0.17, 0.02, "≥ 0.02"),
    ]
    assert column(sheet, "2011 to date") == [65, 65, 108, 110, 26, "≥ 61", 16, 54, 6, "≥ 13"]
    assert column(sheet, "Due by now") == [60, "–", "–", 80, "–", "–", 24, 48, "–", 12]
    assert column(sheet, "Who they are")[-1] == "reintegrated since 2009"


def test_stage_and_name_stand_in_front_the_trend_last():
    heads, *rows = values(sheet_in(REAL))
    assert heads == [
        *("Stage", "What is counted", "Q2 2010", "Q1 2010", "Clients", "Of how many", "Who they are", "Rate"),
        *("2010 to date", "Due by now", "Plan 2010", "State", "By month"),
    ]
    assert [row[:2] for row in rows][::7] == [["Coming in", "Newly referred"], ["Leaving", "Reintegrated"]]


def test_what_stands_for_a_figure_stands_right_and_what_stands_for_words_left():
    heads, first, *_ = table_of(sheet_in(REAL))
    placed = {head.value: (cell.value, cell.alignment.horizontal) for head, cell in zip(heads, first, strict=True)}
    assert (placed["Rate"], placed["Who they are"]) == (("–", "right"), ("–", "left"))


def test_sentences_and_changes_stand_above_it():
    said = [row[0].value for row in sheet_in(REAL).iter_rows(max_row=12)]
    assert said[0] == "At a glance, 2nd quarter of 2010 †"
    assert " ".join(said[1:3]) == (
        "In the 2nd quarter of 2010, 64 clients were in care, 18 of them newly referred, and 24 † were reintegrated; "
        "at least 18 of 60 planned for 2010 (clients referred to the shelter), from 1 of 2 quarters, "
        "so it cannot be said whether that is on plan."
    )
    assert said[4:8] == [
        "What changed",
        "• Visited the family: 37, up from 6 in the 1st quarter of 2010.",
        "• Family assessed: 18, down from 36 in the 1st quarter of 2010.",
        "• Newly referred: 15 in April, 2 in May and 1 in June.",
    ]
    assert said[9:11] == ["6 figures in dispute; no figure left blank.", "Source: 2010-Q2.xlsx"]


def test_below_it_stands_why_a_figure_is_in_dispute():
    said = [row[0].value for row in sheet_in(REAL).iter_rows() if row[0].value]
    assert [text for text in said if text.startswith("† Slide 18!E5: 6 is printed; 9 would settle this")]


def sparklines(source) -> dict[str, str]:
    """Give the cells that the sparkline in each cell is drawn from."""
    with zipfile.ZipFile(io.BytesIO(made(source))) as package:
        xml = package.read("xl/worksheets/sheet1.xml").decode()
    return {place: cells for cells, place in re.findall(r"<xm:f>(.*?)</xm:f><xm:sqref>(.*?)</xm:sqref>", xml)}


def drawn(sheet, source) -> dict[str, list]:
    """Give the numbers that each sparkline draws, by the name of its row."""
    there = {}
    for place, cells in sparklines(source).items():
        (row,) = sheet[cells.partition("!")[2].replace("$", "")]
        there[sheet[f"B{sheet[place].row}"].value] = [cell.value for cell in row]
    return there


def test_every_row_has_a_sparkline_of_its_numbers_at_the_right_under_their_months():
    sheet = sheet_in(REAL)
    trend = drawn(sheet, REAL)
    assert trend["Newly referred"] == [15, 2, 1]
    assert trend["In care"] == [61, 51, 43]
    assert trend["Visited the family"] == [29, 8, 0]
    assert trend["Reintegrated"] == [12, 6, 6]
    top = table_of(sheet)[0]
    months = [cell.value for cell in sheet[top[0].row][len(top) :]]
    assert months == ["April", "May", "June"]


def test_of_many_quarters_the_trend_is_the_last_eight():
    assert drawn(sheet_in(LAST), LAST)["Reintegrated"] == [8, 15, 8, 20, 16, 14, 14, 10]
    assert len(sparklines(LAST)) == 10


def test_it_opens_first_and_prints_on_one_page_across():
    book = openpyxl.load_workbook(io.BytesIO(made(REAL)))
    sheet = book.worksheets[0]
    assert (book.active.title, sheet.title) == ("At a glance", "At a glance")
    printed = sheet.page_setup
    assert (printed.orientation, sheet.sheet_properties.pageSetUpPr.fitToPage) == ("landscape", True)
    assert {printed.fitToHeight, printed.fitToWidth} <= {1, None}, (
        "one page, which is what is meant where nothing is said"
    )
    assert sheet.print_area.startswith("'At a glance'!$A$1:$M$"), "without the numbers of the trend"
    links = {cell.value for row in book["Contents"].iter_rows() for cell in row if cell.hyperlink}
    assert "At a glance" in links


@pytest.mark.parametrize("language", ["km", "en+km"])
def test_it_has_the_same_numbers_in_every_language(language):
    english, other = ([row[2:6] for row in values(sheet_in(REAL, name))[1:]] for name in ("en", language))
    assert english == other
    assert values(sheet_in(REAL, language))[1][1].endswith("អ្នកទើបបញ្ជូនមក")


@proof("language", ["en", "km", "en+km"], sample=1)
def test_the_hand_out_reads_back_to_the_same_counts_with_it(tmp_path, language):
    path = tmp_path / "tables.xlsx"
    path.write_bytes(made(REAL, language))
    assert in_order(read_workbook(path).counts) == by_hand(Q2_2010)
    findings = load(path).findings
    about = findings[[any("At a glance" in cell for cell in where) for where in findings["where"]]]
    assert list(about["severity"]) == ["note"]
    assert "stand outside every table this report knows" in about["message"].iloc[0]


def test_made_up_data_say_so_in_its_first_cell():
    assert sheet_in(LAST)["A1"].value == "SYNTHETIC · At a glance, 4th quarter of 2011"


def test_figures_corrected_since_the_last_report_are_named():
    said = [row[0].value for row in sheet_in(REAL, corrected=("Slide 6!D6 (4 → 5)",)).iter_rows(max_row=12)]
    assert "6 figures in dispute; no figure left blank; 1 corrected since the last report: Slide 6!D6 (4 → 5)." in said


@only_whole
@pytest.mark.slow
def test_what_was_corrected_comes_into_both_files(tmp_path):
    deck, tables, counts = (str(tmp_path / name) for name in ("deck.pptx", "tables.xlsx", "counts.csv"))
    told = ("Slide 6!D6 (4 → 5)",)
    write_office(Office(str(WORKBOOK), "2010-Q2", "en", None, False, deck, tables, counts, told))
    for file, part in ((deck, "ppt/slides/slide2.xml"), (tables, "xl/sharedStrings.xml")):
        with zipfile.ZipFile(file) as package:
            assert "1 corrected since the last report: Slide 6!D6 (4 → 5)" in package.read(part).decode()
