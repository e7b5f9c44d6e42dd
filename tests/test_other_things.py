"""Headings, labels and titles that speak of something else than clients of the quarter are read with a word at them."""

import pytest
from test_parts_of_others import MONTHS, ROWS, TYPED, counted, read, told

from ccpcr_lib.excel.other_things import names_nobody
from ccpcr_lib.model.codelist import codelist

NAMING = ("skills", "partners", "organisations", "services", "destinations", "topics", "grades", "case_types")
SKILLS = [["Sewing", 4, 1, 1], ["Weaving", 2, 1, 0]]
VOCATIONAL = [["Vocational skills"], ["Title", *MONTHS]]
SOURCES = [["Referral sources"], ["Organization", "Female", "Male"]]


def skills(folder, *rows):
    return read(folder, VOCATIONAL, [*SKILLS, *rows])


@pytest.mark.parametrize("head", ["until May", "till May", "to May", "May and", "ដល់ ឧសភា"])
def test_a_month_behind_until_is_not_that_month(tmp_path, head):
    reading = read(tmp_path, [["Types of case", "Apr", head, "Jun"]], ROWS)
    assert counted(reading) == [value for row in ROWS for value in (row[1], row[3])]
    assert told(reading, "unknown_column") == ["Sheet!C2"]


@pytest.mark.parametrize(
    "label",
    ["All but (SA)", "Planned (SA)", "Costs of (SA)", "Without (SA)", "Staff (SA)", "to SA", "NC and"],
)
def test_words_before_a_code_that_speak_against_it_are_not_passed_over(tmp_path, label):
    rows = [[label, *row[1:]] if row[0] == "SA" else row for row in ROWS]
    assert told(read(tmp_path, [["Types of case", *MONTHS]], rows), "unknown_row") == ["Sheet!A4"]


@pytest.mark.parametrize(
    "label", ["N/A", "?", "Remarks", "ditto", "DV", "Sewing (planned)", "Sewing costs", "not Sewing", "-"]
)
def test_what_can_be_no_name_is_no_new_member_of_an_open_list(tmp_path, label):
    reading = skills(tmp_path, [label, 3, 3, 3], ["TOTAL", 9, 5, 4])
    assert (counted(reading), told(reading, "unknown_row")) == ([4, 1, 1, 2, 1, 0], ["Sheet!A6"])


@pytest.mark.parametrize("label", ["Sewing → Weaving", "Sewing plus Weaving", "Sewing\\Weaving", "Sewing with Weaving"])
def test_two_names_are_two_whatever_stands_between_them(tmp_path, label):
    reading = read(tmp_path, VOCATIONAL, [[label, 3, 3, 3], ["Cooking", 1, 2, 0], ["TOTAL", 4, 5, 3]])
    assert (counted(reading), told(reading, "two_members")) == ([1, 2, 0], ["Sheet!A4"])


@pytest.mark.parametrize(
    "label",
    ["among which girls", "o/w new", "a) of which girls", "Girls among them", "whereof girls", "ក្នុងនេះ ស្រី", "គិតទាំងស្រី"],
)
def test_a_part_is_a_part_in_other_words_too(tmp_path, label):
    reading = read(tmp_path, VOCATIONAL, [SKILLS[0], [label, 1, 1, 0], SKILLS[1], ["TOTAL", 6, 2, 1]])
    assert (counted(reading), told(reading, "part_of")) == ([4, 1, 1, 2, 1, 0], ["Sheet!A5"])


@pytest.mark.parametrize("sub", ["X", "Staff", "USD", "Visits"])
@pytest.mark.parametrize("merged", [True, False])
def test_an_unknown_word_beside_the_sexes_of_a_month_is_no_count_of_it(tmp_path, sub, merged):
    heads = [["Types of case", "Apr", None, None, "May", None, None, "Jun"], [None, *("F", "M", sub) * 3]]
    rows = [[row[0], *(value for count in row[1:] for value in (count, 1, count + 1))] for row in ROWS]
    areas = ("B2:D2", "E2:G2", "H2:J2") if merged else ()
    reading = read(tmp_path, heads, rows, merged=areas)
    assert counted(reading) == [value for row in ROWS for count in row[1:] for value in (count, 1)]
    assert set(told(reading, "unknown_column") + told(reading, "unknown_total")) == {"Sheet!D3", "Sheet!G3", "Sheet!J3"}


def test_a_column_without_a_word_that_its_parts_add_up_to_is_their_total(tmp_path):
    heads = [["Types of case", "Apr", None, None, "May", None, None, "Jun"], [None, *("F", "M", None) * 3]]
    rows = [[row[0], *(value for count in row[1:] for value in (count, 1, count + 1))] for row in ROWS]
    reading = read(tmp_path, heads, rows, merged=("B2:D2", "E2:G2", "H2:J2"))
    assert counted(reading) == [value for row in ROWS for count in row[1:] for value in (count, 1)]


@pytest.mark.parametrize("words", ["1st quarter (girls)", "1st quarter, DV"])
def test_the_quarter_before_of_some_clients_is_no_count_of_all(tmp_path, words):
    reading = read(tmp_path, [["Types of case", words, *MONTHS]], [[row[0], 1, *row[1:]] for row in ROWS])
    assert (counted(reading), told(reading, "unknown_column")) == (TYPED, ["Sheet!B2"])


@pytest.mark.parametrize(("head", "column"), [("Female Apr", "B"), ("Male in May", "C")])
def test_a_month_over_a_column_of_the_quarter_is_an_error(tmp_path, head, column):
    heads = ["Organization", *(head if at == column else word for at, word in (("B", "Female"), ("C", "Male")))]
    reading = read(tmp_path, [["Referral sources"], heads], [["RAO", 3, 1], ["DoSVY", 2, 2]])
    assert told(reading, "unknown_column") == [f"Sheet!{column}3"]


def test_a_spanner_of_another_member_than_the_headings_below_it_is_an_error(tmp_path):
    heads = [[None, "Male", None], ["Organization", "Female", "Male"]]
    reading = read(tmp_path, [["Referral sources"], *heads], [["RAO", 3, 1], ["DoSVY", 2, 2]], merged=("B3:C3",))
    assert (counted(reading), told(reading, "two_members")) == ([1, 2], ["Sheet!B4"])


@pytest.mark.parametrize(("words", "rule"), [("1st quarter 2010", "period_conflict"), ("Planned", "title_says_more")])
def test_what_stands_above_the_numbers_of_the_rows_is_read_too(tmp_path, words, rule):
    rows = [[number, *row] for number, row in enumerate(SKILLS, 1)]
    reading = read(tmp_path, [["Vocational skills in 2010"], [words], ["No", "Title", *MONTHS]], rows)
    assert told(reading, rule) == ["Sheet!A3"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Referral sources, January to June 2010", "january to june"),
        ("Referral sources, Jan – Jun", "jan – jun"),
        ("Referral sources, first half of 2010", "first half"),
        ("Referral sources, H1 2010", "h1"),
        ("Referral sources, Q1+Q2 2010", "q1+q2"),
        ("Referral sources, May 2010", "may 2010"),
        ("Referral sources ឆមាសទី១", "ឆមាស"),
    ],
)
def test_a_title_of_another_time_than_a_quarter_is_said(tmp_path, text, words):
    reading = read(tmp_path, [[text], SOURCES[1]], [["RAO", 3, 1], ["DoSVY", 2, 2]])
    assert told(reading, "other_time") == ["Sheet!A2"]
    assert words in "".join(item.message for item in reading.findings if item.rule == "other_time")


@pytest.mark.parametrize(
    "text", ["Referral sources, 2nd quarter", "Referral sources, April - June 2010", "Referral sources 2010"]
)
def test_a_title_of_the_quarter_or_of_its_year_is_no_finding(tmp_path, text):
    assert told(read(tmp_path, [[text], SOURCES[1]], [["RAO", 3, 1]]), "other_time") == []


def test_the_total_of_half_a_year_is_said_and_so_is_a_cover_that_reports_it(tmp_path):
    reading = read(tmp_path, SOURCES, [["RAO", 3, 1], ["DoSVY", 2, 2], ["Total Jan-Jun", 5, 3]])
    assert told(reading, "other_time") == ["Sheet!A6"]
    reading = read(tmp_path, [["Reporting period", "January to June 2010"], *SOURCES], [["RAO", 3, 1]])
    assert told(reading, "period_conflict") == ["Sheet!B2"]


def test_words_between_the_rows_that_speak_of_another_thing_are_said(tmp_path):
    reading = read(tmp_path, VOCATIONAL, [SKILLS[0], ["Costs (USD)"], ["Cooking", 90, 90, 90], ["TOTAL", 94, 91, 91]])
    assert told(reading, "title_says_more") == ["Sheet!A5"]


@pytest.mark.parametrize("words", ["Staff training", "Services planned for next year"])
def test_words_over_a_table_that_is_continued_are_its_title(tmp_path, words):
    again = [[None], [words], ["Title", *MONTHS], ["First aid", 4, 5, 6]]
    reading = read(tmp_path, VOCATIONAL, [*SKILLS, *again])
    assert told(reading, "title_says_more") == ["Sheet!A7"]


def test_a_label_that_is_merged_over_a_figure_is_an_error(tmp_path):
    rows = [[row[0], None, *row[2:]] if row[0] == "SA" else row for row in ROWS]
    reading = read(tmp_path, [["Types of case", *MONTHS]], rows, merged=("A4:B4",))
    assert told(reading, "merged_count") == ["Sheet!A4"]


@pytest.mark.parametrize("label", ["2nd quarter", "Q2", "Apr-Jun", "Quarterly total"])
def test_the_quarter_itself_is_the_label_of_a_total(tmp_path, label):
    reading = read(tmp_path, [["Types of case", *MONTHS]], [*ROWS, [label, 28, 21, 0]])
    assert [claim.value for claim in reading.claims if claim.kind == "total"] == [28, 21, 0]


@pytest.mark.parametrize(
    "label",
    [
        "Mean Chey hospital",
        "មធ្យមសិក្សា",
        "Plan International",
        "Friends since 2001",
        "Business planning",
        "Staff canteen",
    ],
)
def test_a_name_that_only_holds_such_a_word_is_a_name(tmp_path, label):
    reading = skills(tmp_path, [label, 2, 1, 0], ["TOTAL", 8, 3, 1])
    assert (counted(reading)[-3:], told(reading, "unknown_row")) == ([2, 1, 0], [])


@pytest.mark.parametrize(
    "title", ["Family visits to boys and girls", "Family visits, women and men", "Family visits ស្រី និងប្រុស"]
)
def test_both_sexes_are_everybody(tmp_path, title):
    assert told(read(tmp_path, [[title], ["Types of case", *MONTHS]], ROWS), "title_says_more") == []


def test_no_list_of_the_project_speaks_of_another_thing_where_it_names_something():
    labels = [text for codes in NAMING for member in codelist(codes).members.values() for text in member.spellings]
    assert [text for text in labels if names_nobody("grades", text)] == []


@pytest.mark.parametrize("head", ["1st quarter", "Planned 2010", "%"])
def test_what_heads_the_last_column_of_a_table_says_nothing_of_the_table_beside_it(tmp_path, head):
    heads = [["Types of case", *MONTHS, head, None, "Grade/ Level", *MONTHS]]
    rows = [[*row, 1, None, f"Grade {number}", 2, 1, 0] for number, row in enumerate(ROWS, 1)]
    reading = read(tmp_path, [[*[None] * 6, "Education"], *heads], rows)
    assert [item.where for item in reading.findings if item.rule in ("period_conflict", "title_says_more")] == []


def test_a_subtotal_of_rows_that_are_divided_adds_up_the_rows_alone(tmp_path):
    rows = [
        ["DV", 5, 3, 1],
        ["Girls", 3, 2, 1],
        ["Boys", 2, 1, 0],
        ["TL", 4, 2, 2],
        ["Girls", 2, 1, 1],
        ["Boys", 2, 1, 1],
    ]
    rows += [["Subtotal", 9, 5, 3], ["SA", 1, 1, 1], ["Girls", 1, 1, 1], ["Boys", 0, 0, 0]]
    reading = read(
        tmp_path, [["Types of case", *MONTHS]], [*rows, *([code, 0, 0, 0] for code in ("NC", "ST", "RC", "SW"))]
    )
    assert (told(reading, "subtotal"), told(reading, "subtotal_wrong")) == (["Sheet!A9"], [])


def test_a_heading_that_is_merged_over_a_figure_is_an_error_and_a_label_over_two_is_one(tmp_path):
    rows = [["DV", None, 1, 1], *ROWS[1:]]
    assert told(read(tmp_path, [["Types of case", *MONTHS]], rows, merged=("B2:B3",)), "merged_count") == ["Sheet!B2"]
    rows = [["DV", None, None, 1], *ROWS[1:]]
    assert told(read(tmp_path, [["Types of case", *MONTHS]], rows, merged=("A3:C3",)), "merged_count") == ["Sheet!A3"]


@pytest.mark.parametrize(
    "text", ["Half-year: July to December 2010", "2nd half of 2010", "ឆមាសទី២", "ឆមាសទីពីរ", "semester 2"]
)
def test_the_second_half_of_a_year_is_not_the_first(tmp_path, text):
    reading = read(tmp_path, [["Reporting period", text], *SOURCES], [["RAO", 3, 1]])
    told_of = [item.message for item in reading.findings if item.rule == "period_conflict"]
    assert len(told_of) == 1
    assert "-Q3 here" in told_of[0] or "-Q4 here" in told_of[0]


@pytest.mark.parametrize(
    "title", ["Family visits, 1st quarter and 2nd quarter 2010", "Family visits at the end of June 2010"]
)
def test_a_title_may_name_the_quarter_before_that_its_table_has_and_the_last_day(tmp_path, title):
    reading = read(
        tmp_path, [[title], ["Types of case", "1st quarter", *MONTHS]], [[row[0], 1, *row[1:]] for row in ROWS]
    )
    assert told(reading, "other_time") == []


def test_girls_over_one_part_of_a_table_and_boys_over_the_other_are_everybody(tmp_path):
    heads = [["Vocational skills"], [None, "Girls", None, None], ["Title", *MONTHS]]
    again = [[None], ["Vocational skills"], [None, "Boys", None, None], ["Title", *MONTHS], SKILLS[1]]
    reading = read(tmp_path, heads, [SKILLS[0], *again], merged=("B3:D3", "B8:D8"))
    assert (len(counted(reading)), told(reading, "only_some")) == (6, [])
