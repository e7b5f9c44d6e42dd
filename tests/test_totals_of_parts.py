"""The total below one part of a continued table is that of the part or of the whole, whichever its months add up to."""

import pytest
from test_parts_of_others import MONTHS, counted, read, told

from ccpcr_lib.quality.check import check_reading

TITLE, HEADS = ["Vocational skills"], ["Title", *MONTHS]
AGAIN = [[None], ["Vocational skills (continued)"], HEADS]
SEXES = [["Title", "Apr", None, "May", None, "Jun", None], [None, *("F", "M") * 3]]
FIRST, SECOND = [["Sewing", 4, 1, 1], ["Weaving", 2, 1, 0]], [["Cooking", 1, 0, 2], ["Barber", 0, 3, 1]]


def totals(reading) -> list:
    return [claim.value for claim in reading.claims if claim.kind == "total"]


def alarms(reading) -> list[tuple]:
    return [
        (item.rule, item.where)
        for item in check_reading(reading)
        if item.table == "vocational_skills" and item.severity != "note"
    ]


@pytest.mark.parametrize(
    ("first", "second", "total"),
    [
        ([["Sewing", 1, 4, 3], ["Weaving", 4, 2, 2]], [["Cooking", 3, 2, 2], ["Barber", 0, 0, 1]], [8, 8, 8]),
        ([["Sewing", 1, 1, 1], ["Weaving", 0, 1, 1]], [["Cooking", 1, 0, 0], ["Barber", 1, 1, 1]], [3, 3, 3]),
        (FIRST, [["Cooking", 0, 0, 0], ["Barber", 0, 0, 0]], [6, 2, 1]),
        (FIRST, SECOND, [7, 5, 4]),
    ],
)
def test_a_total_of_the_whole_is_one_though_it_is_as_much_as_all_months_of_its_part(tmp_path, first, second, total):
    reading = read(tmp_path, [TITLE, HEADS], [*first, *AGAIN, *second, ["Total", *total]])
    assert (totals(reading), alarms(reading), told(reading, "subtotal")) == (total, [], [])
    assert len(counted(reading)) == 12


@pytest.mark.parametrize("heads", [["Title", "April", "May", "June"], ["Title", "ខែមេសា", "ខែឧសភា", "ខែមិថុនា"]])
def test_the_months_of_two_parts_may_be_written_in_two_ways(tmp_path, heads):
    first, second = [["Sewing", 1, 4, 3], ["Weaving", 4, 2, 2]], [["Cooking", 3, 2, 2], ["Barber", 0, 0, 1]]
    again = [[None], ["Vocational skills (continued)"], heads]
    reading = read(tmp_path, [TITLE, HEADS], [*first, *again, *second, ["Total", 8, 8, 8]])
    assert (totals(reading), alarms(reading)) == ([8, 8, 8], [])


def test_a_total_of_each_part_is_a_sum_between_the_rows_in_every_month(tmp_path):
    reading = read(tmp_path, [TITLE, HEADS], [*FIRST, ["Total", 6, 2, 1], *AGAIN, *SECOND, ["Total", 1, 3, 3]])
    assert (totals(reading), alarms(reading), told(reading, "subtotal")) == ([], [], ["Sheet!A6", "Sheet!A12"])


def test_a_total_of_each_part_leaves_the_table_its_grand_total(tmp_path):
    foot = [["Total", 1, 3, 3], ["Grand total", 7, 5, 4]]
    reading = read(tmp_path, [TITLE, HEADS], [*FIRST, ["Total", 6, 2, 1], *AGAIN, *SECOND, *foot])
    assert (totals(reading), alarms(reading)) == ([7, 5, 4], [])
    assert told(reading, "subtotal") == ["Sheet!A6", "Sheet!A12"]


def test_the_sexes_below_the_months_are_added_each_by_itself(tmp_path):
    first, second = [["Sewing", 1, 1, 2, 0, 1, 1], ["Weaving", 1, 0, 0, 1, 1, 0]], [["Cooking", 0, 1, 0, 1, 0, 1]]
    second += [["Barber", 0, 0, 1, 0, 0, 0]]
    rows = [*first, ["Total", 2, 1, 2, 1, 2, 1], [None], ["Vocational skills (continued)"], *SEXES, *second]
    reading = read(tmp_path, [TITLE, *SEXES], [*rows, ["Total", 0, 1, 1, 1, 0, 1]])
    assert (totals(reading), alarms(reading), told(reading, "subtotal")) == ([], [], ["Sheet!A7", "Sheet!A14"])


def test_a_row_without_a_label_below_the_total_of_the_whole_goes_with_it(tmp_path):
    rows = [*FIRST, *AGAIN, *SECOND, ["Total", 7, 5, 4], [None, 16, None, None]]
    reading = read(tmp_path, [TITLE, HEADS], rows, merged=("B12:D12",))
    assert (totals(reading), alarms(reading)) == ([7, 5, 4, 16], [])


@pytest.mark.parametrize("merged", [(), ("B7:D7", "B14:D14")])
def test_a_row_without_a_label_below_the_total_of_a_part_goes_with_it(tmp_path, merged):
    own, other = [["Total", 6, 2, 1], [None, 9, None, None]], [["Total", 1, 3, 3], [None, 7, None, None]]
    reading = read(tmp_path, [TITLE, HEADS], [*FIRST, *own, *AGAIN, *SECOND, *other], merged=merged)
    assert (totals(reading), alarms(reading), told(reading, "subtotal")) == ([], [], ["Sheet!A6", "Sheet!A13"])


@pytest.mark.parametrize(
    ("second", "merged", "rule"),
    [
        (9, (), []),
        (9, ("B7:D7",), []),
        (10, ("B7:D7",), ["subtotal_wrong"]),
        (5, ("B7:D7",), ["subtotal_wrong"]),
        (10, (), ["unknown_row"]),
    ],
)
def test_a_second_row_of_a_sum_between_the_rows_is_held_against_the_first(tmp_path, second, merged, rule):
    rows = [*FIRST, ["Subtotal", 6, 2, 1], [None, second, None, None], *SECOND, ["Total", 7, 5, 4]]
    reading = read(tmp_path, [TITLE, HEADS], rows, merged=merged)
    assert told(reading, "subtotal") == ["Sheet!A6"]
    assert [item.rule for item in reading.findings if "Sheet!A7" in item.where] == rule
    assert (len(counted(reading)), totals(reading)) == (12, [7, 5, 4])


def test_a_second_row_that_adds_nothing_up_is_said_to_have_no_label(tmp_path):
    rows = [*FIRST, ["Subtotal", 6, 2, 1], [None, 5, None, None], *SECOND, ["Total", 7, 5, 4]]
    reading = read(tmp_path, [TITLE, HEADS], rows, merged=("B7:D7",))
    (finding,) = [item for item in reading.findings if item.rule == "subtotal_wrong"]
    assert finding.statement == (
        "Sheet!A7: the row “(no label)” is the sum of no rows above or below it. It was not read; correct it, or the "
        "row that is wrong."
    )


def test_a_total_that_neither_the_part_nor_the_whole_adds_up_to_is_a_total_that_is_wrong(tmp_path):
    reading = read(tmp_path, [TITLE, HEADS], [*FIRST, *AGAIN, *SECOND, ["Total", 7, 5, 5]])
    assert totals(reading) == [7, 5, 5]
    assert [rule for rule, where in alarms(reading) if "Sheet!D11" in where] != []
