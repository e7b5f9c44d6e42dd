"""A table that may be of something else is read with a word: one group of people over all, a title that says more."""

import openpyxl
import pytest
from test_parts_of_others import MONTHS, ROWS, TYPED, counted, read, told

from ccpcr_lib.excel.reader import read_workbook


@pytest.mark.parametrize("word", ["Girls", "ប្រុស", "Female clients", "0-10 years"])
def test_one_group_of_people_above_all_months_is_said_at_its_word(tmp_path, word):
    reading = read(tmp_path, [[None, word, None, None], ["Types of case", *MONTHS]], ROWS)
    assert (counted(reading), told(reading, "only_some")) == (TYPED, ["Sheet!B2"])


def test_one_group_of_people_in_all_rows_is_said_at_the_first(tmp_path):
    rows = [[f"{row[0]} girls", *row[1:]] for row in ROWS]
    reading = read(tmp_path, [["Types of case", *MONTHS]], rows)
    assert (counted(reading), told(reading, "only_some")) == (TYPED, ["Sheet!A3"])


@pytest.mark.parametrize("word", ["Girls and boys", "Number of clients", "SA/DV"])
def test_a_word_above_all_months_that_names_no_one_group_is_none(tmp_path, word):
    reading = read(tmp_path, [[None, word, None, None], ["Types of case", *MONTHS]], ROWS)
    assert (counted(reading), told(reading, "only_some")) == (TYPED, [])


def titled(folder, title, *, sheet="Visits", below=None):
    book = openpyxl.Workbook()
    book.active.title = sheet
    for line in ([title], [below], ["Types of case", *MONTHS], *ROWS):
        book.active.append(line)
    book.save(folder / "2010-Q2.xlsx")
    return read_workbook(folder / "2010-Q2.xlsx")


@pytest.mark.parametrize(
    ("title", "word"),
    [
        ("Family visits (planned)", "planned"),
        ("TARGETS: family visits", "targets"),
        ("Family visits, %", "%"),
        ("Family visits: cost in USD", "cost"),
        ("Budget of family visits", "budget"),
        ("Staff on family visits", "staff"),
        ("Family visits, last quarter", "last quarter"),
        ("Cumulative family visits", "cumulative"),
        ("ផែនការ ការចុះសួរសុខទុក្ខគ្រួសារ", "ផែនការ"),
        ("ចំណាយលើការចុះសួរសុខទុក្ខគ្រួសារ", "ចំណាយ"),
    ],
)
def test_a_title_that_says_its_figures_are_another_thing_is_said(tmp_path, title, word):
    reading = titled(tmp_path, title)
    assert (counted(reading), told(reading, "title_says_more")) == (TYPED, ["Visits!A1"])
    assert f"says “{word}”" in "".join(item.message for item in reading.findings)


@pytest.mark.parametrize(
    "title",
    ["Family visits", "Statistics of cases family visits", "Family visits from April to June", "Family visits in 2010"],
)
def test_a_title_that_says_no_other_thing_is_none(tmp_path, title):
    assert told(titled(tmp_path, title), "title_says_more") == []


@pytest.mark.parametrize(
    "head", ["Forecast", "Budget (USD)", "Cumulative since January", "Number of staff", "Waiting list"]
)
def test_a_heading_over_all_months_that_says_another_thing_is_said(tmp_path, head):
    reading = read(tmp_path, [["Types of case", head], [None, *MONTHS]], ROWS, merged=("B2:D2",))
    assert (counted(reading), told(reading, "title_says_more")) == (TYPED, ["Sheet!B2"])


def test_the_name_of_a_sheet_that_says_another_thing_is_said_at_the_table(tmp_path):
    assert told(titled(tmp_path, "Family visits", sheet="Plan"), "title_says_more") == ["Plan!A3"]


def test_a_title_may_say_what_the_table_has_columns_for(tmp_path):
    heads = [["Types of case", *MONTHS, "Planned 2010"]]
    rows = [[*row, 9] for row in ROWS]
    reading = read(tmp_path, [["Family visits, planned and actual"], *heads], rows)
    assert (counted(reading), told(reading, "title_says_more")) == (TYPED, [])


def test_the_title_of_a_turned_table_is_named_where_it_stands(tmp_path):
    turned = [
        ["Types of case", *(row[0] for row in ROWS)],
        *([month, *(row[at] for row in ROWS)] for at, month in enumerate(MONTHS, 1)),
    ]
    reading = read(tmp_path, [["Family visits (target)"]], turned)
    assert told(reading, "title_says_more") == ["Sheet!A2"]
