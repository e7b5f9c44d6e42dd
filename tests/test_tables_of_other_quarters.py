"""Tables of quarters that are not whole: what is not reported is unknown, and rows keep their place; notes in cells."""

import pytest
from tabled import row, rows, written
from workbooks import changed, with_rows, without_column, without_row, without_sheet

from ccpcr_lib import load

# --- what is not reported ---


def test_a_blank_count_makes_its_total_unknown(tmp_path):
    table = load(changed(tmp_path, {"Slide 12!C6": None})).table("education")
    assert row(table, "Grade 1") == [".", "0", "0", ".", ""]
    assert row(table, "Grade 2") == ["5", "0", "0", "5", ""]
    assert row(table, "Total") == [".", "0", "0", ".", ""]


def test_a_row_that_a_closed_list_lacks_makes_the_totals_unknown(tmp_path):
    table = load(without_row(tmp_path, "Slide 12", 6)).table("education")
    assert row(table, "Grade 1") == [".", ".", ".", ".", ""]
    assert row(table, "Total") == [".", ".", ".", ".", ""]


def test_a_month_that_the_sheet_lacks_makes_the_quarter_unknown_and_no_other_month(tmp_path):
    table = load(without_column(tmp_path, "Slide 18", 4)).table("reintegration")
    assert row(table, "Total") == ["12", ".", "6", ".", ""]


def test_a_table_that_was_not_found_has_no_figures_at_all(tmp_path):
    report = load(without_sheet(tmp_path, "Slide 19"))
    assert "partner_referrals" not in report.tables
    assert written(report.table("partner_referrals")) == [
        ["COSECAM (Scholarship)", ".", ".", ".", ".", ""],
        ["CWDA", ".", ".", ".", ".", ""],
        ["Total", ".", ".", ".", ".", ""],
    ]


def test_the_blanks_of_a_table_are_counted(quarter, tmp_path):
    report = load(changed(tmp_path, {"Slide 12!C6": None, "Slide 12!D7": None}))
    assert (report.filled("education").blanks, report.filled("family_visits").blanks) == (2, 0)
    assert quarter.filled("education").blanks == 0


# --- rows ---


def test_a_new_member_of_an_open_list_gets_a_row_and_counts(tmp_path):
    new = [[3, "Provincial Police", 1, 6, 7, 0.28]]
    table = load(with_rows(tmp_path, "Slide 9", 7, new)).table("referral_sources")
    assert written(table) == rows("""
        RAO Org                         |  2 0  2   8%
        Found by CCPCR-SVR and Networks | 16 0 16  64%
        Provincial Police               |  6 1  7  28%
        Total                           | 24 1 25 100%""")


def test_a_declared_member_that_an_open_list_does_not_name_had_no_cases_and_keeps_its_row(tmp_path):
    table = load(without_row(tmp_path, "Slide 9", 5)).table("referral_sources")
    assert written(table) == rows("""
        RAO Org                         |  0 0  0   0%
        Found by CCPCR-SVR and Networks | 16 0 16 100%
        Total                           | 16 0 16 100%""")


def test_rows_stand_in_the_order_of_the_declaration_whatever_the_order_of_the_sheet(quarter, tmp_path):
    swapped = {
        f"Slide 19!{column}{line}": quarter_cell
        for column, line, quarter_cell in (
            ("B", 5, "CWDA"),
            ("D", 5, 1),
            ("B", 6, "COSECAM (Scholarship)"),
            ("D", 6, 2),
        )
    }
    table = load(changed(tmp_path, swapped)).table("partner_referrals")
    assert written(table) == written(quarter.table("partner_referrals"))


def test_rows_with_no_cases_stay_when_the_whole_table_is_zero_and_no_share_is_made_up(tmp_path):
    table = load(changed(tmp_path, {"Slide 19!D5": 0, "Slide 19!D6": 0})).table("partner_referrals")
    assert written(table) == [
        ["COSECAM (Scholarship)", "0", "0", "0", "0", ""],
        ["CWDA", "0", "0", "0", "0", ""],
        ["Total", "0", "0", "0", "0", ""],
    ]


# --- notes ---


@pytest.mark.parametrize(
    ("name", "notes"),
    [
        (
            "vocational_skills",
            [
                (
                    "a",
                    "6 (SA1, NC2, TL2)",
                    "Slide 15!F5",
                    [("case_type", "SA", 1), ("case_type", "NC", 2), ("case_type", "TL", 2)],
                )
            ],
        ),
        ("referral_sources", [("a", "2 (TL2)", "Slide 9!D5", [("case_type", "TL", 2)])]),
        (
            "follow_up_support",
            [
                ("a", "4/2", "Slide 20!E8", [("sex", "M", 2)]),
                ("b", "4/4", "Slide 20!E9", [("sex", "M", 4)]),
                ("c", "12/6", "Slide 20!E13", [("sex", "M", 6)]),
                ("d", "12 (F6, M6)", "Slide 20!C14", [("sex", "F", 6), ("sex", "M", 6)]),
            ],
        ),
    ],
)
def test_notes_in_cells_become_footnotes_with_their_parts(quarter, name, notes):
    found = [(note.mark, note.text, note.source, list(note.parts)) for note in quarter.filled(name).footnotes]
    assert found == notes


def test_a_footnote_marks_the_cell_that_stands_where_the_note_stood(quarter):
    table = quarter.filled("follow_up_support")
    marked = {(cell.slot.row, cell.slot.column): (cell.value, cell.mark) for cell in table.cells if cell.mark}
    assert marked == {(4, 3): (4, "a"), (5, 3): (4, "b"), (9, 3): (12, "c"), (10, 1): (12, "d")}
