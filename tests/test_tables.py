from fractions import Fraction
from math import ceil, floor

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import changed, with_rows, without_column, without_row, without_sheet

from ccpcr_lib import load
from ccpcr_lib.analysis.tables import whole_percents

# Recomputed by hand from the slides: a row's label, then its cells; "." is a cell the table does not have.
BY_HAND = {
    "referrals_by_type": """
        Domestic Violence (DV)     | 60  1 0 0  1
        Sexual Abuse (SA)          |  .  0 1 0  1
        Neglected Children (NC)    |  .  1 0 1  2
        Trafficking for Labor (TL) |  .  3 0 0  3
        Sex Trafficking (ST)       |  .  0 0 0  0
        Returnee Children (RC)     |  . 10 0 0 10
        Sex Worker (SW)            |  .  0 1 0  1
        Total                      | 60 15 2 1 18""",
    "referrals_by_sex": """
        April | 15 1 0 0 1 0 3 0 0 10 0 0 12
        May   |  2 0 0 1 0 0 0 0 0  0 0 1  6
        June  |  1 0 0 0 1 0 0 0 0  0 0 0  9
        Total | 18 1 . 1 2 . 3 . 0 10 . 1 27""",
    "referrals_by_age": """
        April | 61 4 0  8 0 3 0 15 12
        May   | 51 0 0  1 0 1 0  2  6
        June  | 43 0 0  0 1 0 0  1  9
        Total |  . 4 . 10 . 4 . 18 27""",
    "referral_sources": """
        RAO Org                         |  2 0  2  11%
        Found by CCPCR-SVR and Networks | 16 0 16  89%
        Total                           | 18 0 18 100%""",
    "education": """
        Pre-School |  0 0 0  0   0%
        Grade 1    |  2 0 0  2  18%
        Grade 2    |  5 0 0  5  46%
        Grade 3    |  1 0 0  1   9%
        Grade 4    |  0 0 0  0   0%
        Grade 5    |  1 0 0  1   9%
        Grade 6    |  1 0 0  1   9%
        Grade 7    |  0 0 0  0   0%
        Grade 8    |  0 0 0  0   0%
        Grade 9    |  1 0 0  1   9%
        Grade 10   |  0 0 0  0   0%
        Grade 11   |  0 0 0  0   0%
        Grade 12   |  0 0 0  0   0%
        Total      | 11 0 0 11 100%""",
    "life_skills": """
        Reproductive health        | 5 0 5 10 0 3 0 0 1 0 1 25
        Moral hygiene              | 5 0 5 10 0 3 0 0 1 0 1  .
        Disciplines of the shelter | 5 0 5 10 0 3 0 0 1 0 1  .
        Budgeting management       | 5 0 5 10 0 3 0 0 1 0 1  .
        Child Rights               | 5 0 5 10 0 3 0 0 1 0 1  .
        Body hygiene               | 5 0 5 10 0 3 0 0 1 0 1  .
        HIV/AIDS Spreading         | 5 0 5 10 0 3 0 0 1 0 1  .
        At least                   | 5 0 5 10 0 3 0 0 1 0 1 25""",
    "vocational_skills": """
        Sewing             | 4 1 1 6 100%
        Weaving            | 0 0 0 0   0%
        Hairdressing       | 0 0 0 0   0%
        Others (Photoshop) | 0 0 0 0   0%
        Total              | 4 1 1 6 100%""",
    "family_assessments": """
        Domestic Violence (DV)     |  3  1 0 0  1   6%
        Sexual Abuse (SA)          |  3  0 1 0  1   5%
        Neglected Children (NC)    | 29  1 0 1  2  11%
        Trafficking for Labor (TL) |  0  3 0 0  3  17%
        Sex Trafficking (ST)       |  0  0 0 0  0   0%
        Returnee Children (RC)     |  1 10 0 0 10  56%
        Sex Worker (SW)            |  0  0 1 0  1   5%
        Total                      | 36 15 2 1 18 100%""",
    "family_visits": """
        Domestic Violence (DV)     | 2  7 0 0  7  19%
        Sexual Abuse (SA)          | 2  7 2 0  9  24%
        Neglected Children (NC)    | 1 11 1 0 12  32%
        Trafficking for Labor (TL) | 1  3 5 0  8  22%
        Sex Trafficking (ST)       | 0  0 0 0  0   0%
        Returnee Children (RC)     | 0  1 0 0  1   3%
        Sex Worker (SW)            | 0  0 0 0  0   0%
        Total                      | 6 29 8 0 37 100%""",
    "reintegration": """
        Clients had been reintegrated to family/community | 12 6 6 24 100%
        Clients referred to factory ...etc.               |  0 0 0  0   0%
        Total                                             | 12 6 6 24 100%""",
    "partner_referrals": """
        COSECAM (Scholarship) | 0 2 0 2  67%
        CWDA                  | 0 1 0 1  33%
        Total                 | 0 3 0 3 100%""",
    "follow_up_support": """
        Domestic Violence (DV)     |  0 0  3
        Sexual Abuse (SA)          |  0 0  1
        Neglected Children (NC)    |  0 0  4
        Trafficking for Labor (TL) |  0 0  4
        Sex Trafficking (ST)       |  0 0  0
        Returnee Children (RC)     |  0 0  0
        Sex Worker (SW)            |  0 0  0
        Total                      |  0 0 12
        Total                      | 12 .  .""",
    "skills_follow_up": """
        Sewing                               | 15  3
        Hairdressing                         | 20  3
        Weaving                              |  1  3
        Formal education                     | 16  2
        Formal education/ community children | 10  2
        Total                                | 62 13""",
}
OWN_COLUMNS = {
    "referrals_by_type": ["case_type"],
    "referrals_by_sex": ["case_type", "sex"],
    "referrals_by_age": ["sex", "age_band"],
    "referral_sources": ["sex", "category"],
    "education": ["category"],
    "life_skills": ["case_type", "sex", "category"],
    "vocational_skills": ["category"],
    "family_assessments": ["case_type"],
    "family_visits": ["case_type"],
    "reintegration": ["category"],
    "partner_referrals": ["category"],
    "follow_up_support": ["case_type"],
    "skills_follow_up": ["category"],
}


def written(frame: pd.DataFrame) -> list[list[str]]:
    """Write a frame's rows as the blocks above do."""
    plain = frame.astype(object).where(frame.notna(), ".")
    return [[label, *(str(cell).replace(" ", "") for cell in row)] for label, *row in plain.itertuples()]


def rows(block: str) -> list[list[str]]:
    lines = (line.split("|") for line in block.strip().split("\n"))
    return [[label.strip(), *cells.split()] for label, cells in lines]


def row(frame: pd.DataFrame, label: str) -> list[str]:
    return next(cells for name, *cells in written(frame) if name == label)


# --- the real quarter ---


@pytest.mark.parametrize("name", BY_HAND)
def test_a_table_is_recomputed_to_the_figures_worked_out_by_hand(quarter, name):
    assert written(quarter.table(name)) == rows(BY_HAND[name])


def test_a_table_is_headed_as_on_its_slide_with_spanners(quarter):
    heads = quarter.table("family_visits").columns.tolist()
    assert heads == [
        ("Number of clients", "1st quarter of 2010"),
        ("Number of clients", "April"),
        ("Number of clients", "May"),
        ("Number of clients", "June"),
        ("Total", ""),
        ("%", ""),
    ]


def test_counts_in_a_table_are_whole_numbers_and_a_share_is_text(quarter):
    kinds = [str(kind) for kind in quarter.table("education").dtypes]
    assert kinds == ["Int64", "Int64", "Int64", "Int64", "str"]


def test_a_table_in_khmer_has_the_same_figures_under_khmer_labels(quarter):
    english, khmer = quarter.table("education"), quarter.table("education", "km")
    assert khmer.index[1] == "ថ្នាក់ទី១"
    assert [cells for _, *cells in written(khmer)] == [cells for _, *cells in written(english)]


def test_a_table_in_both_languages_says_each_label_twice_and_each_figure_once(quarter):
    frame = quarter.table("education", "en+km")
    assert frame.index[1] == "Grade 1 · ថ្នាក់ទី១"
    assert row(frame, "Grade 1 · ថ្នាក់ទី១") == ["2", "0", "0", "2", "18%"]


@pytest.mark.parametrize("name", OWN_COLUMNS)
def test_a_frame_has_only_the_dimensions_of_its_table(quarter, name):
    assert list(quarter.frame(name)) == ["measure", "period", *OWN_COLUMNS[name], "unit", "value", "source"]


def test_a_frame_holds_each_base_count_with_its_cell(quarter):
    frame = quarter.frame("partner_referrals")
    assert frame[["period", "category", "value", "source"]].values.tolist() == [
        ["2010-04", "COSECAM", 0, "Slide 19!C5"],
        ["2010-05", "COSECAM", 2, "Slide 19!D5"],
        ["2010-06", "COSECAM", 0, "Slide 19!E5"],
        ["2010-04", "CWDA", 0, "Slide 19!C6"],
        ["2010-05", "CWDA", 1, "Slide 19!D6"],
        ["2010-06", "CWDA", 0, "Slide 19!E6"],
    ]


def test_an_unknown_table_is_refused_with_the_names_there_are(quarter):
    with pytest.raises(KeyError, match=r"no table 'visits'; the tables are: referrals_by_type, .*skills_follow_up"):
        quarter.table("visits")


def test_a_total_that_counts_each_person_once_is_the_largest_row_and_not_the_sum(tmp_path):
    report = load(changed(tmp_path, {"Slide 14!C6": 9, "Slide 14!F7": 11}))
    table = report.table("life_skills")
    assert row(table, "At least") == ["9", "0", "5", "11", "0", "3", "0", "0", "1", "0", "1", "29"]


def test_a_stock_is_never_summed(quarter):
    assert row(quarter.table("referrals_by_age"), "Total")[0] == "."


def test_totals_are_recomputed_and_never_copied(tmp_path):
    table = load(changed(tmp_path, {"Slide 12!F6": 99, "Slide 12!C18": 99, "Slide 12!G6": 0.99})).table("education")
    assert row(table, "Grade 1") == ["2", "0", "0", "2", "18%"]
    assert row(table, "Total") == ["11", "0", "0", "11", "100%"]


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


# --- whole percents ---

counts = st.lists(st.integers(0, 10**6), min_size=1, max_size=30)
some_counts = counts.filter(any)


@given(some_counts)
def test_whole_percents_add_to_100(values):
    assert sum(whole_percents(values)) == 100


@given(some_counts)
def test_a_whole_percent_is_its_exact_share_rounded_down_or_up(values):
    exact = [Fraction(100 * value, sum(values)) for value in values]
    near = zip(whole_percents(values), exact, strict=True)
    assert all(percent in (floor(share), ceil(share)) for percent, share in near)


@given(some_counts)
def test_a_larger_count_never_has_the_smaller_percent_and_of_equal_ones_the_first_is_not_behind(values):
    percents = whole_percents(values)
    ranked = sorted(range(len(values)), key=lambda place: (-values[place], place))
    assert [percents[place] for place in ranked] == sorted(percents, reverse=True)


@given(counts, st.data())
def test_one_unknown_count_leaves_every_percent_unknown(values, data):
    values[data.draw(st.integers(0, len(values) - 1))] = None
    assert whole_percents(values) == [None] * len(values)


@pytest.mark.parametrize(
    ("values", "percents"),
    [
        ([1, 1, 1], [34, 33, 33]),
        ([1, 2, 3], [17, 33, 50]),
        ([7, 9, 12, 8, 0, 1, 0], [19, 24, 32, 22, 0, 3, 0]),
        ([5], [100]),
        ([0, 0], [None, None]),
        ([], []),
    ],
)
def test_whole_percents_of_counts_worked_out_by_hand(values, percents):
    assert whole_percents(values) == percents
