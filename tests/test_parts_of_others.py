"""A figure that is a part of others, or something else than they are, is not counted beside them without a word."""

import openpyxl
import pytest

from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.quality.check import check_reading

TYPES = ("DV", "SA", "NC", "TL", "ST", "RC", "SW")
MONTHS = ("Apr", "May", "Jun")
ROWS = [[code, 7 - number, number, 0] for number, code in enumerate(TYPES)]
WHOLE = [sum(row[column] for row in ROWS) for column in (1, 2, 3)]


def read(folder, heads, rows, *, merged=()):
    book = openpyxl.Workbook()
    for line in (["Family visits"], *heads, *rows):
        book.active.append(line)
    for area in merged:
        book.active.merge_cells(area)
    book.save(folder / "2010-Q2.xlsx")
    return read_workbook(folder / "2010-Q2.xlsx")


def counted(reading):
    return [count.value for count in reading.base]


def told(reading, rule):
    return [item.where[0] for item in reading.findings if item.rule == rule]


TYPED = [value for row in ROWS for value in row[1:]]


@pytest.mark.parametrize("words", [("Girls", "Boys"), ("Female", "Male"), ("ស្រី", "ប្រុស"), ("0-10 years", "11-17 years")])
def test_the_sexes_of_all_below_the_total_are_no_sexes_of_the_last_type(tmp_path, words):
    foot = [["TOTAL", *WHOLE], [words[0], 20, 10, 0], [words[1], *(a - b for a, b in zip(WHOLE, (20, 10, 0)))]]  # noqa: B905
    reading = read(tmp_path, [["Types of case", *MONTHS]], [*ROWS, *foot])
    assert counted(reading) == TYPED
    assert told(reading, "part_of") == ["Sheet!A11", "Sheet!A12"]
    assert [claim.value for claim in reading.claims if claim.kind == "total"] == WHOLE


def test_the_sexes_of_all_without_a_total_are_errors_at_their_labels(tmp_path):
    reading = read(tmp_path, [["Types of case", *MONTHS]], [*ROWS, ["Girls", 20, 10, 0], ["Boys", 8, 11, 0]])
    assert counted(reading) == TYPED
    assert told(reading, "unknown_row") == ["Sheet!A10", "Sheet!A11"]


@pytest.mark.parametrize("head", ["Girls", "F", "ស្រី", "Of which girls", "Boys"])
def test_a_column_of_one_sex_at_the_right_is_no_part_of_the_last_month(tmp_path, head):
    reading = read(tmp_path, [["Types of case", *MONTHS, head]], [[*row, 1] for row in ROWS])
    assert counted(reading) == TYPED
    assert told(reading, "part_of") + told(reading, "unknown_column") == ["Sheet!E2"]


@pytest.mark.parametrize("label", ["SA girls", "Sexual Abuse girls", "SA (F)", "Sexual Abuse (SA) Female"])
def test_a_row_that_is_a_part_of_another_row_is_not_added_to_it(tmp_path, label):
    reading = read(tmp_path, [["Types of case", *MONTHS]], [*ROWS[:2], [label, 1, 0, 0], *ROWS[2:]])
    assert counted(reading) == TYPED
    assert told(reading, "part_of") == ["Sheet!A5"]


@pytest.mark.parametrize("band", ["Planned", "ផែនការ", "Target"])
def test_a_plan_above_the_months_is_no_count(tmp_path, band):
    heads = [["Types of case", band, None, None, "Actual", None, None], [None, *MONTHS, *MONTHS]]
    rows = [[row[0], 9, 9, 9, *row[1:]] for row in ROWS]
    reading = read(tmp_path, heads, rows, merged=("B2:D2", "E2:G2"))
    assert counted(reading) == TYPED
    assert {claim.kind for claim in reading.claims} == {"plan"}


@pytest.mark.parametrize("band", ["Percent", "Number of times", "Of which girls"])
def test_what_is_no_number_of_clients_above_the_months_is_no_count(tmp_path, band):
    heads = [["Types of case", band, None, None], [None, *MONTHS]]
    reading = read(tmp_path, heads, ROWS, merged=("B2:D2",))
    assert counted(reading) == []
    assert told(reading, "missing_column")


def test_the_plans_of_two_months_do_not_contradict_each_other(tmp_path):
    heads = [["Types of case", "Apr", None, "May", None, "Jun", None], [None, *("Planned", "Actual") * 3]]
    rows = [[row[0], 9, row[1], 8, row[2], 7, row[3]] for row in ROWS]
    plans = ["TOTAL", 63, WHOLE[0], 56, WHOLE[1], 49, WHOLE[2]]
    reading = read(tmp_path, heads, [*rows, plans], merged=("B2:C2", "D2:E2", "F2:G2"))
    assert counted(reading) == TYPED
    assert [item.rule for item in check_reading(reading) if item.rule == "plan"] == []


def test_an_unknown_word_below_a_month_is_an_error_and_no_count_of_that_month(tmp_path):
    heads = [["Types of case", "Apr", None, "May", None, "Jun", None], [None, *("Girls", "Branch office") * 3]]
    rows = [[row[0], row[1], 5, row[2], 5, row[3], 5] for row in ROWS]
    reading = read(tmp_path, heads, rows, merged=("B2:C2", "D2:E2", "F2:G2"))
    assert counted(reading) == TYPED
    assert told(reading, "unknown_column") == ["Sheet!C3", "Sheet!E3", "Sheet!G3"]


@pytest.mark.parametrize("behind", ["planned", "- Bavet office", "in school", "cancelled"])
def test_words_behind_a_code_are_not_passed_over(tmp_path, behind):
    rows = [[f"Sexual Abuse (SA) {behind}", *row[1:]] if row[0] == "SA" else row for row in ROWS]
    reading = read(tmp_path, [["Types of case", *MONTHS]], rows)
    assert told(reading, "unknown_row") == ["Sheet!A4"]


def test_a_number_in_the_place_of_a_label_is_an_error_though_its_row_is_all_zero(tmp_path):
    rows = [[1 if row[0] == "DV" else row[0], 0, 0, 0] for row in ROWS]
    assert told(read(tmp_path, [["Types of case", *MONTHS]], rows), "unknown_row") == ["Sheet!A3"]


@pytest.mark.parametrize("label", ["Plan", "Average", "Difference", "Volunteers"])
def test_a_row_below_both_totals_of_a_table_is_one_error_and_leaves_them_its_totals(tmp_path, label):
    foot = [["TOTAL", *WHOLE], [None, sum(WHOLE), None, None], [label, 3, 3, 3]]
    reading = read(tmp_path, [["Types of case", *MONTHS]], [*ROWS, *foot])
    assert [claim.value for claim in reading.claims if claim.kind == "total"] == [*WHOLE, sum(WHOLE)]
    assert (told(reading, "below_total"), told(reading, "subtotal")) == (["Sheet!A12"], [])


@pytest.mark.parametrize("label", ["Total female", "Total Jan-Jun", "Total (%)"])
def test_a_row_below_the_total_that_is_called_a_total_of_something_is_no_member(tmp_path, label):
    rows = [["Sewing", 4, 1, 1], ["Weaving", 2, 1, 0]]
    foot = [["TOTAL", 6, 2, 1], [label, 3, 3, 3]]
    reading = read(tmp_path, [["Vocational skills"], ["Title", *MONTHS]], [*rows, *foot])
    assert (counted(reading), told(reading, "below_total")) == ([4, 1, 1, 2, 1, 0], ["Sheet!A7"])


@pytest.mark.parametrize("label", ["Last quarter", "Average", "Last year", "Carried forward", "ត្រីមាសមុន", "មធ្យម"])
def test_a_row_of_another_time_or_worked_out_of_the_others_is_no_member_of_an_open_list(tmp_path, label):
    rows = [["Sewing", 4, 1, 1], ["Weaving", 2, 1, 0], [label, 3, 3, 3]]
    reading = read(tmp_path, [["Vocational skills"], ["Title", *MONTHS]], [*rows, ["TOTAL", 9, 5, 4]])
    assert (counted(reading), told(reading, "unknown_row")) == ([4, 1, 1, 2, 1, 0], ["Sheet!A6"])


def test_a_total_of_another_year_is_an_error_at_its_label_and_no_total_of_this_one(tmp_path):
    foot = [["TOTAL", *WHOLE], ["Total 2009", 3, 3, 3]]
    reading = read(tmp_path, [["Types of case", *MONTHS]], [*ROWS, *foot])
    assert [claim.value for claim in reading.claims if claim.kind == "total"] == WHOLE
    assert told(reading, "wrong_quarter") == ["Sheet!A11"]


def test_a_subtotal_that_adds_up_nothing_is_a_warning_and_one_that_does_is_a_note(tmp_path):
    rows = [
        ["Sewing", 4, 1, 1],
        ["Weaving", 2, 1, 0],
        ["Subtotal", 7, 2, 1],
        ["Cooking", 1, 0, 0],
        ["Tailoring shop", 2, 1, 0],
    ]
    rows += [["Subtotal", 3, 1, 0], ["Barber", 0, 1, 0]]
    reading = read(tmp_path, [["Vocational skills"], ["Title", *MONTHS]], [*rows, ["TOTAL", 9, 4, 1]])
    assert (told(reading, "subtotal_wrong"), told(reading, "subtotal")) == (["Sheet!A6"], ["Sheet!A9"])


def test_a_total_of_the_two_rows_above_it_is_a_subtotal_though_more_stand_before_them(tmp_path):
    rows = [
        ["Cooking", 1, 0, 0],
        ["Sewing", 4, 1, 1],
        ["Weaving", 2, 1, 0],
        ["Total textile", 6, 2, 1],
        ["Barber", 0, 1, 0],
    ]
    reading = read(tmp_path, [["Vocational skills"], ["Title", *MONTHS]], [*rows, ["TOTAL", 7, 3, 1]])
    assert (told(reading, "subtotal"), len(counted(reading))) == (["Sheet!A7"], 12)


def test_a_total_of_another_quarter_is_one_error_and_no_total_of_this_one(tmp_path):
    foot = [["TOTAL", *WHOLE], ["Total 1st quarter", 3, 3, 3]]
    reading = read(tmp_path, [["Types of case", *MONTHS]], [*ROWS, *foot])
    assert [claim.value for claim in reading.claims if claim.kind == "total"] == WHOLE
    assert [item.where for item in reading.findings if item.severity == "error"] == [("Sheet!A11",)]


@pytest.mark.parametrize(("boys", "rule"), [(4, "part_of"), (9, "unknown_column")])
def test_a_column_of_boys_beside_the_column_of_all_is_no_count(tmp_path, boys, rule):
    types = ["Title", "DV", None, "SA", None, "NC", None, "TL", None, "ST", "RC", None, "SW"]
    sexes = [None, "F", "M", None, "M", "F", "M", "F", "M", None, "F", "M"]
    row = ["Child Rights", 5, 4, 7, boys, 2, 1, 0, 3, 6, 0, 1, 8]
    reading = read(
        tmp_path, [["Life skills"], types, sexes], [row], merged=("B3:C3", "D3:D4", "F3:G3", "H3:I3", "K3:L3")
    )
    assert (counted(reading), told(reading, rule)) == ([5, 4, 7, 2, 1, 0, 3, 6, 0, 1, 8], ["Sheet!E4"])


@pytest.mark.parametrize("words", [("Total", "Female"), ("T", "F"), ("សរុប", "ស្រី"), ("Total", "Girls")])
@pytest.mark.parametrize("merged", [True, False])
def test_a_total_and_one_sex_under_each_month_is_the_count_and_a_part_of_it(tmp_path, words, merged):
    heads = [["Types of case", "Apr", None, "May", None, "Jun", None], [None, *words * 3]]
    rows = [[row[0], *(value for count in row[1:] for value in (count, count // 2))] for row in ROWS]
    reading = read(tmp_path, heads, rows, merged=("B2:C2", "D2:E2", "F2:G2") if merged else ())
    assert (counted(reading), told(reading, "part_of")) == (TYPED, ["Sheet!C3", "Sheet!E3", "Sheet!G3"])
    assert {item.severity for item in reading.findings if item.where} == {"note", "warning"}  # no quarter before


def test_a_total_and_both_sexes_under_each_month_are_a_total_and_its_counts(tmp_path):
    heads = [["Types of case", "Apr", None, None, "May", None, None, "Jun"], [None, *("T", "F", "M") * 3]]
    rows = [[row[0], *(value for count in row[1:] for value in (count + 1, count, 1))] for row in ROWS]
    reading = read(tmp_path, heads, rows, merged=("B2:D2", "E2:G2", "H2:J2"))
    assert counted(reading) == [value for row in ROWS for count in row[1:] for value in (count, 1)]
    assert [claim.value for claim in reading.claims] == [count + 1 for row in ROWS for count in row[1:]]


@pytest.mark.parametrize("head", ["% of plan", "% of planned", "Percent of the plan"])
def test_a_percent_of_the_plan_is_no_percent_of_the_total(tmp_path, head):
    heads = [["Vocational skills"], ["Title", *MONTHS, "Total", "Planned 2010", head]]
    rows = [["Sewing", 4, 1, 1, 6, 20, "30%"], ["Weaving", 2, 1, 0, 3, 15, "20%"], ["TOTAL", 6, 2, 1, 9, 35, "26%"]]
    reading = read(tmp_path, heads, rows)
    assert [item.rule for item in check_reading(reading) if item.rule.startswith("share")] == []
    assert len(counted(reading)) == 6
