"""A heading or a row of one group alone, of another quarter, or of another table is said where it stands."""

import pytest
from test_parts_of_others import MONTHS, ROWS, TYPED, counted, read, told

SKILLS = [["Sewing", 4, 1, 1], ["Weaving", 2, 1, 0]]
VOCATIONAL = [["Vocational skills"], ["Title", *MONTHS]]
AGAIN = ["Title", *MONTHS]


@pytest.mark.parametrize("head", ["Apr (boys)", "Girls Apr", "Apr DV", "ខែមេសា (ស្រី)"])
def test_one_group_in_one_heading_is_said_at_it(tmp_path, head):
    reading = read(tmp_path, [["Vocational skills"], ["Title", head, "May", "Jun"]], SKILLS)
    assert (counted(reading), told(reading, "only_some")) == ([4, 1, 1, 2, 1, 0], ["Sheet!B3"])


def test_one_group_over_the_months_beside_the_quarter_before_is_said_once(tmp_path):
    heads = [["Types of case", "1st quarter", "2nd quarter (boys)", None, None], [None, None, *MONTHS]]
    reading = read(tmp_path, heads, [[row[0], 1, *row[1:]] for row in ROWS], merged=("C2:E2",))
    assert told(reading, "only_some") == ["Sheet!C2"]


@pytest.mark.parametrize("label", ["Domestic Violence (DV), boys", "DV girls"])
def test_one_group_in_one_row_is_said_at_it(tmp_path, label):
    reading = read(tmp_path, [["Types of case", *MONTHS]], [[label, *ROWS[0][1:]], *ROWS[1:]])
    assert (counted(reading), told(reading, "only_some")) == (TYPED, ["Sheet!A3"])


def test_both_groups_in_two_rows_or_two_columns_leave_nobody_out(tmp_path):
    rows = [["DV girls", 4, 0, 0], ["DV boys", 3, 0, 0], *ROWS[1:]]
    assert told(read(tmp_path, [["Types of case", *MONTHS]], rows), "only_some") == []
    heads = [["Title", "Apr F", "Apr M", "May", "Jun"]]
    reading = read(tmp_path, [["Vocational skills"], *heads], [["Sewing", 3, 1, 1, 1], ["Weaving", 1, 1, 1, 0]])
    assert told(reading, "only_some") == []


@pytest.mark.parametrize("head", ["Female 1st quarter", "Female Q3", "Female Jan-Mar"])
def test_another_quarter_in_a_heading_of_a_table_without_months_is_an_error(tmp_path, head):
    heads = [["Vocational skills in 2010"], ["Title", *MONTHS], *SKILLS, [None], ["Referral sources"]]
    reading = read(tmp_path, [*heads, ["Organization", head, "Male"]], [["RAO", 3, 1], ["DoSVY", 2, 2]])
    assert told(reading, "wrong_quarter") == ["Sheet!B8"]


@pytest.mark.parametrize("title", ["Vocational skills 2009", "Vocational skills in 2009", "Vocational skills 2011"])
def test_another_year_in_a_title_is_said(tmp_path, title):
    reading = read(
        tmp_path, [["Family visits in 2010"], ["Types of case", *MONTHS], *ROWS, [None], [title]], [AGAIN, *SKILLS]
    )
    assert told(reading, "other_time") + told(reading, "period_conflict") == ["Sheet!A12"]


@pytest.mark.parametrize("title", ["Education (school year 2009-2010)", "Education, school year 2009/10"])
def test_a_school_year_is_no_other_year(tmp_path, title):
    reading = read(
        tmp_path, [[title], ["Grade/ Level", "Apr", "May", "Jun"]], [["Grade 1", 3, 1, 0], ["Grade 2", 1, 0, 2]]
    )
    assert told(reading, "other_time") + told(reading, "period_conflict") == []


@pytest.mark.parametrize("title", ["Salaries", "Rice (kg)", "At partners", "Vocational skills training, 1st quarter"])
def test_another_title_over_what_is_read_as_continued_is_said(tmp_path, title):
    reading = read(tmp_path, VOCATIONAL, [*SKILLS, [None], [title], AGAIN, ["Cooking", 5, 5, 5]])
    assert (len(counted(reading)), told(reading, "perhaps_continued")) == (9, ["Sheet!A7"])


@pytest.mark.parametrize(
    "title", ["Vocational skills (continued)", "Continued from page 2", "Vocational skills", "បន្ត"]
)
def test_the_same_title_and_words_that_say_so_continue_a_table(tmp_path, title):
    reading = read(tmp_path, VOCATIONAL, [*SKILLS, [None], [title], AGAIN, ["Cooking", 5, 5, 5]])
    assert (len(counted(reading)), told(reading, "perhaps_continued")) == (9, [])


@pytest.mark.parametrize("words", ["Costs", "Staff training", "Waiting list"])
def test_words_between_the_title_and_the_headings_are_read_too(tmp_path, words):
    reading = read(tmp_path, [["Vocational skills"], [None, words], ["Title", *MONTHS]], SKILLS)
    assert told(reading, "title_says_more") == ["Sheet!B3"]


def test_groups_with_their_own_subtotals_are_one_table(tmp_path):
    rows = [
        ["At the shelter"],
        *SKILLS,
        ["Subtotal", 6, 2, 1],
        ["At partners"],
        ["Cooking", 1, 1, 1],
        ["Barber", 2, 0, 0],
    ]
    reading = read(tmp_path, VOCATIONAL, [*rows, ["Subtotal", 3, 1, 1], ["TOTAL", 9, 3, 2]])
    assert counted(reading) == [4, 1, 1, 2, 1, 0, 1, 1, 1, 2, 0, 0]
    assert told(reading, "subtotal") == ["Sheet!A7", "Sheet!A11"]
    assert [claim.value for claim in reading.claims if claim.kind == "total"] == [9, 3, 2]


@pytest.mark.parametrize(
    "title",
    [
        "Family visits supported by Plan International",
        "Family visits by staff of the shelter",
        "Family visits (not including transfers)",
        "Family visits for women and girls and boys",
        "Family visits funded by Women's Fund",
        "ការចុះសួរសុខទុក្ខគ្រួសារ ដោយបុគ្គលិកសង្គម",
    ],
)
def test_a_title_may_say_who_pays_and_who_does_it(tmp_path, title):
    assert told(read(tmp_path, [[title], ["Types of case", *MONTHS]], ROWS), "title_says_more") == []


def test_the_title_of_another_table_is_said(tmp_path):
    reading = read(
        tmp_path, [["Types of case", *MONTHS], *ROWS, [None], ["Family visits"]], [["Type of skills", *MONTHS], *SKILLS]
    )
    assert told(reading, "title_of_another") == ["Sheet!A11"]
    assert {count.table for count in reading.base} == {"family_visits", "vocational_skills"}
