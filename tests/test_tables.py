import pytest
from tabled import row, rows, written
from workbooks import changed

from ccpcr_lib import load
from ccpcr_lib.analysis.filling import build_table
from ccpcr_lib.analysis.frame import to_frame
from ccpcr_lib.forms.formulas import formula_of
from ccpcr_lib.forms.layout import lay_out
from ccpcr_lib.model.catalogue import months, share, total
from ccpcr_lib.model.records import Count
from ccpcr_lib.model.table import TableSpec
from ccpcr_lib.quality.facts import Facts

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
        Grade 2    |  5 0 0  5  45%
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
        Reproductive health        | 5 0 5 10 0 3 0 0 1 0 1 .
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
        Sexual Abuse (SA)          |  3  0 1 0  1   6%
        Neglected Children (NC)    | 29  1 0 1  2  11%
        Trafficking for Labor (TL) |  0  3 0 0  3  17%
        Sex Trafficking (ST)       |  0  0 0 0  0   0%
        Returnee Children (RC)     |  1 10 0 0 10  56%
        Sex Worker (SW)            |  0  0 1 0  1   6%
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
        Total                                | .  13""",
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
    assert khmer.index[1] == "ថ្នាក់ទី1"
    assert [cells for _, *cells in written(khmer)] == [cells for _, *cells in written(english)]


def test_a_table_in_both_languages_says_each_label_twice_and_each_figure_once(quarter):
    frame = quarter.table("education", "en+km")
    assert frame.index[1] == "Grade 1 · ថ្នាក់ទី1"
    assert row(frame, "Grade 1 · ថ្នាក់ទី1") == ["2", "0", "0", "2", "18%"]


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


def test_a_total_of_clients_in_several_rows_is_the_largest_of_each_column_and_not_the_sum(tmp_path):
    report = load(changed(tmp_path, {"Slide 14!C6": 9, "Slide 14!F7": 11}))
    table = report.table("life_skills")
    assert row(table, "At least") == ["9", "0", "5", "11", "0", "3", "0", "0", "1", "0", "1", "30"]


def test_a_stock_is_never_summed(quarter):
    assert row(quarter.table("referrals_by_age"), "Total")[0] == "."


def test_totals_are_recomputed_and_never_copied(tmp_path):
    table = load(changed(tmp_path, {"Slide 12!F6": 99, "Slide 12!C18": 99, "Slide 12!G6": 0.99})).table("education")
    assert row(table, "Grade 1") == ["2", "0", "0", "2", "18%"]
    assert row(table, "Total") == ["11", "0", "0", "11", "100%"]


def test_no_percent_is_taken_of_clients_who_may_stand_in_several_counts():
    columns = (*months("attended"), total("attended"), share("attended"))
    declared = TableSpec("education", 12, "grade", columns, ("grade_1", "grade_2"), charts=("months",))
    keys = [(grade, month) for grade in declared.members for month in ("2010-04", "2010-05", "2010-06")]
    counts = tuple(
        Count("education", "attended", "clients", {"category": grade, "period": month}, value, "S!A1")
        for (grade, month), value in zip(keys, (3, 3, 3, 1, 0, 0), strict=True)
    )
    table = build_table(declared, Facts("2010-Q2", counts, ()), declared.members)
    assert [cell.percent for cell in table.cells if cell.slot.role == "share"] == [None, None, None]
    assert written(to_frame(table))[-1][:5] == ["At least", "3", "3", "3", "3"]
    sheet = lay_out(declared, "2010-Q2", {})
    assert [formula_of(sheet, cell.slot).text for cell in sheet.fields if cell.slot.role == "share"] == ['=""'] * 3
