"""What a workbook may have since there is one to type into: notes in a column, free rows, labels in two languages."""

from datetime import date

import openpyxl
import pytest

from ccpcr_lib.excel.labels import mentions
from ccpcr_lib.excel.names import row_member
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.excel.roles import is_total

HEAD = [
    ["Cases referred to partner NGOs in 2010"],
    [],
    ["Names of NGOs", "Apr", "May", "Jun", "Total", "%", "Notes"],
]
ROWS = [["COSECAM", 0, 2, 0, 2, "67%", "(SA1, NC1)"], ["CWDA", 0, 1, 0, 1, "33%", None], ["TOTAL", 0, 3, 0, 3, "100%"]]


def read(folder, rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(folder / "2010-Q2.xlsx")
    return read_workbook(folder / "2010-Q2.xlsx")


def notes(reading) -> list[tuple]:
    found = reading.printed[reading.printed["kind"] == "note"]
    return list(zip(found["source"], found["case_type"], found["value"], found["text"], strict=True))


def findings(reading) -> list[tuple]:
    return [(item.rule, item.where) for item in reading.findings if item.rule != "missing_table"]


def test_a_note_speaks_of_the_total_left_of_its_percent(tmp_path):
    reading = read(tmp_path, HEAD + ROWS)
    assert notes(reading) == [("Sheet!E4", "SA", 1, "2 (SA1, NC1)"), ("Sheet!E4", "NC", 1, "2 (SA1, NC1)")]
    assert findings(reading) == []
    assert reading.note_cells == {"Sheet!E4": "Sheet!G4"}


def test_a_note_in_a_cell_reads_as_before_beside_a_column_of_notes(tmp_path):
    rows = [[*ROWS[0][:2], "2 (SA1, NC1)", *ROWS[0][3:6], None], *ROWS[1:]]
    assert notes(read(tmp_path, HEAD + rows)) == [
        ("Sheet!C4", "SA", 1, "2 (SA1, NC1)"),
        ("Sheet!C4", "NC", 1, "2 (SA1, NC1)"),
    ]


@pytest.mark.parametrize(
    "remark",
    [
        "typed by hand",
        "see the file of May",
        "–",
        "visited 5 May",
        "5 May",
        "see page 3",
        "(see page 3)",
        "2 girls moved",
        "2 boys from school 3",
        "3 of them, 1 twice",
        date(2010, 5, 5),
    ],
)
def test_words_in_a_column_of_notes_are_a_remark(tmp_path, remark):
    reading = read(tmp_path, [*HEAD, [*ROWS[0][:6], remark], *ROWS[1:]])
    assert (notes(reading), findings(reading)) == ([], [])


@pytest.mark.parametrize("note", ["(XX2)", "(SA1, NC)", "SA1, XX2", "(F6, M6, see page 3)", -3, 4])
def test_a_note_nobody_can_read_is_told_at_its_own_cell(tmp_path, note):
    reading = read(tmp_path, [*HEAD, [*ROWS[0][:6], note], *ROWS[1:]])
    assert (notes(reading), findings(reading)) == ([], [("unknown_note", ("Sheet!G4",))])


def test_blank_rows_belong_to_the_table_where_its_total_follows(tmp_path):
    reading = read(tmp_path, [*HEAD, *ROWS[:2], [], [], ["Licadho", 1, 0, 0, 1, "25%"], [], [], [], ROWS[2]])
    assert reading.members["partner_referrals"] == ("COSECAM", "CWDA", "Licadho")
    assert reading.printed[reading.printed["kind"] == "total"]["source"].tolist()[-1] == "Sheet!E12"
    assert findings(reading) == []


@pytest.mark.parametrize("words", [["Money spent"], ["Money", "Paid", "Due", "Left"], [None, "Paid", "Due", "Left"]])
def test_blank_rows_end_a_table_where_other_words_follow(tmp_path, words):
    reading = read(tmp_path, [*HEAD, *ROWS[:2], [], [], words, ["Rice", 10, 20, 30], ["TOTAL", 10, 20, 30]])
    assert reading.members["partner_referrals"] == ("COSECAM", "CWDA")
    assert findings(reading) == [
        ("unread_numbers", ("Sheet!B9", "Sheet!C9", "Sheet!D9", "Sheet!B10", "Sheet!C10", "Sheet!D10"))
    ]


def test_figures_in_a_free_row_without_a_name_are_an_error(tmp_path):
    reading = read(tmp_path, [*HEAD, *ROWS[:2], [], [], [None, 1, 0, 0, 1], [], ROWS[2]])
    assert findings(reading) == [("unknown_row", ("Sheet!A8", "Sheet!B8", "Sheet!C8", "Sheet!D8", "Sheet!E8"))]


def test_a_label_in_two_languages_must_name_the_same_in_both():
    assert row_member("case_type", "Sexual Abuse · ការរំលោភបំពានផ្លូវភេទ (SA)") == "SA"
    assert row_member("case_type", "Sexual Abuse\nការរំលោភបំពានផ្លូវភេទ") == "SA"
    assert row_member("case_type", "Sexual Abuse · កុមារវិលត្រឡប់") is None
    assert row_member("skill", "Sewing · no such word") is None


def test_a_plan_and_a_least_total_are_known_in_khmer_too():
    assert mentions("ផែនការឆ្នាំ 2010") == {("heading", "plan"), ("year", "2010")}
    assert is_total("At least · យ៉ាងតិច")
    assert not is_total("At least one meeting")


def test_a_cover_beside_the_label_says_the_period(tmp_path):
    rows = [["Reporting period", "3rd quarter of 2010"], [], *HEAD[1:], *ROWS]
    assert ("period_conflict", ("Sheet!B1",)) in findings(read(tmp_path, rows))
