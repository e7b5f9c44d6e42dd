"""A table that has its title and was not read is an error at the title, which names the headings nobody knows."""

import openpyxl
import pytest

from ccpcr_lib.excel.reader import read_workbook

GOOD = [
    ["Education", None, None, None],
    ["Grade/ Level", "Apr", "May", "Jun"],
    ["Grade 1", 3, 1, 0],
    ["Grade 2", 1, 0, 2],
]


def read(folder, *lines):
    book = openpyxl.Workbook()
    for line in GOOD:
        book.active.append(line)
    sheet = book.create_sheet("Second")
    for line in lines:
        sheet.append(line)
    book.save(folder / "2010-Q2.xlsx")
    return read_workbook(folder / "2010-Q2.xlsx")


def told(reading, rule="table_unread"):
    return [(item.table, *item.where) for item in reading.findings if item.rule == rule]


@pytest.mark.parametrize(
    ("lines", "table", "words"),
    [
        (
            [["Family visits"], ["Types of case", "M1", "M2", "M3"], ["DV", 3, 1, 2]],
            "family_visits",
            "“M1”, “M2”, “M3”",
        ),
        ([["Family visits"], ["Types of case", "Apri1", "Ma y", "Jn"], ["DV", 3, 1, 2]], "family_visits", "“Apri1”"),
        ([["Referral sources"], ["Organization", "F", "Mal"], ["DoSVY", 3, 1]], "referral_sources", "“Mal”"),
        ([["Skills follow up"], ["Title", "Number", "Number"], ["Sewing", 3, 1]], "skills_follow_up", "“Number”"),
        ([["ការចុះសួរសុខទុក្ខគ្រួសារ"], ["ប្រភេទ", "ក", "ខ", "គ"], ["DV", 3, 1, 2]], "family_visits", "“ក”, “ខ”, “គ”"),
        (
            [["Vocational skills"], [None], ["Title", "Week 1", "Week 2"], ["Sewing", 3, 1]],
            "vocational_skills",
            "“Week 1”",
        ),
    ],
)
def test_a_table_under_its_title_that_was_not_read_is_an_error_that_names_its_headings(tmp_path, lines, table, words):
    reading = read(tmp_path, *lines)
    assert told(reading) == [(table, "Second!A1")]
    assert words in "".join(item.message for item in reading.findings if item.rule == "table_unread")
    assert [name for name, *_ in told(reading, "missing_table") if name == table] == []


def test_headings_that_are_figures_are_not_named_but_the_table_is(tmp_path):
    reading = read(tmp_path, ["Family visits"], [None, 4, 5, 6], ["DV", 3, 1, 2])
    assert told(reading) == [("family_visits", "Second!A1")]


@pytest.mark.parametrize(
    "lines",
    [
        [["Family visits"]],
        [["Family visits"], ["are reported next quarter"]],
        [
            ["This year the team began to make family visits in the districts of the province, as the plan says"],
            ["Rice", 5],
        ],
        [["Family visits"], *([None] for _ in range(8)), ["Telephone", 12345678]],
        [["Education"], ["see the first sheet", 1]],
    ],
)
def test_a_title_without_figures_below_it_a_sentence_and_a_table_read_elsewhere_are_no_error(tmp_path, lines):
    assert told(read(tmp_path, *lines)) == []


def test_a_page_of_contents_is_no_error_and_two_titles_are_two(tmp_path):
    contents = [["Contents"], ["Family visits", 3], ["Vocational skills", 5], ["Referral sources", 8]]
    assert told(read(tmp_path, *contents)) == []
    lines = [["Family visits"], ["Types of case", "M1", "M2", "M3"], ["DV", 1, 2, 3]]
    reading = read(tmp_path, *lines, [None], ["Family visits"], ["Types of case", "W1", "W2", "W3"], ["SA", 1, 2, 3])
    assert told(reading) == [("family_visits", "Second!A1"), ("family_visits", "Second!A5")]


def test_words_between_the_title_and_the_headings_are_not_named_as_headings(tmp_path):
    lines = [
        ["Family visits"],
        ["Phnom Penh shelter"],
        ["Types of case", "X", "X", "X", "X", "Mai"],
        ["DV", 1, 2, 3, 4, 5],
    ]
    message = next(item.message for item in read(tmp_path, *lines).findings if item.rule == "table_unread")
    assert "say “X”, “Mai”, which" in message
