"""What a chart form crosses: every row with every column, in the order of the declaration, each figure by hand."""

import pytest
from workbooks import changed

from ccpcr_lib import load
from ccpcr_lib.analysis.breakdown import TOTAL, UNSAID
from ccpcr_lib.analysis.crossing import UNDIVIDED, cross


def crossed(quarter, name: str, rows: str, columns: str) -> dict[str, list[int | None]]:
    """The numbers of each row, by its code."""
    laid = cross(quarter.filled(name), rows, columns)
    return {row: [laid.figures[row, codes].number for codes in laid.column_codes] for row in laid.row_codes}


def test_months_stand_before_their_total(quarter):
    laid = cross(quarter.filled("vocational_skills"), "rows", "month")
    assert (laid.rows, laid.columns) == ("category", ("month",))
    assert laid.column_codes == (("2010-04",), ("2010-05",), ("2010-06",), (TOTAL,))
    assert crossed(quarter, "vocational_skills", "rows", "month")["sewing"] == [4, 1, 1, 6]


def test_the_quarter_before_stands_beside_this_one_and_nothing_adds_them(quarter):
    laid = cross(quarter.filled("family_assessments"), "rows", "quarters")
    assert laid.column_codes == (("2010-Q1",), ("2010-Q2",))
    assert crossed(quarter, "family_assessments", "rows", "quarters")["NC"] == [29, 2]


def test_units_stand_side_by_side(quarter):
    assert cross(quarter.filled("skills_follow_up"), "rows", "unit").column_codes == (("clients",), ("times",))
    assert crossed(quarter, "skills_follow_up", "rows", "unit")["hairdressing"] == [20, 3]


def test_of_whom_the_sheet_does_not_say_a_sex_neither_is_known_unless_there_is_nobody(quarter):
    by_sex = crossed(quarter, "referrals_by_sex", "case_type", "sex")
    assert cross(quarter.filled("referrals_by_sex"), "case_type", "sex").column_codes[2] == (UNSAID,)
    assert {"SA": by_sex["SA"], "ST": by_sex["ST"], "NC": by_sex["NC"]} == {
        "SA": [None, None, 1, 1],
        "ST": [0, 0, 0, 0],
        "NC": [2, 0, 0, 2],
    }


def test_where_every_sex_is_said_there_is_no_column_of_those_unsaid(quarter):
    assert cross(quarter.filled("referral_sources"), "rows", "sex").column_codes == (("F",), ("M",), (TOTAL,))


def test_all_declared_columns_are_crossed_each_by_what_it_names(quarter):
    laid = cross(quarter.filled("life_skills"), "rows", "columns")
    assert laid.columns == ("case_type", "sex")
    assert laid.column_codes[:3] == (("DV", "F"), ("DV", "M"), ("SA", UNDIVIDED))


@pytest.mark.parametrize(("columns", "disputed"), [("month", [False, False, False, True]), ("quarter", [True])])
def test_a_figure_knows_what_disputes_it(quarter, columns, disputed):
    laid = cross(quarter.filled("vocational_skills"), "rows", columns)
    assert [bool(laid.figures["sewing", codes].disputes) for codes in laid.column_codes] == disputed


def test_a_blank_is_not_known_but_that_there_are_at_least_so_many(tmp_path):
    filled = load(changed(tmp_path, {"Slide 17!D6": None, "Slide 17!E6": None}))
    laid = cross(filled.filled("family_visits"), "rows", "month")
    whole = laid.figures["DV", (TOTAL,)]
    assert (whole.number, whole.total.blanks, whole.is_headed) == (None, 2, False)
