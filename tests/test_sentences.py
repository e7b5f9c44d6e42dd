import re

import pytest
from workbooks import changed, without_sheet

from ccpcr_lib import load, release
from ccpcr_lib.publish.text.sentences import sentence

# Written by hand from the slides.
ENGLISH = {
    "referrals_by_type": """
        Clients referred to the shelter: 18 in the 2nd quarter of 2010. By month: April 15, May 2,
        June 1. Most of them: Returnee Children (RC) (10 of 18).""",
    "referrals_by_sex": """
        Clients referred to the shelter: 18 in the 2nd quarter of 2010. By month: April 15, May 2,
        June 1.""",
    "referrals_by_age": """
        Clients in the shelter: April 61, May 51, June 43. Clients referred to the shelter: 18 † in
        the 2nd quarter of 2010. By month: April 15, May 2, June 1 †.""",
    "referral_sources": """
        Clients referred to the shelter: 18 in the 2nd quarter of 2010. Most of them: Found by
        CCPCR-SVR and Networks (16 of 18).""",
    "education": """
        Clients enrolled in school: 11 in the 2nd quarter of 2010. By month: April 11, May 0, June
        0. Largest: Grade 2 (5).""",
    "life_skills": """
        Clients who attended life skills: at least 25 in the 2nd quarter of 2010.""",
    "vocational_skills": """
        Clients in vocational training: 6 in the 2nd quarter of 2010. By month: April 4, May 1, June
        1. Most of them: Sewing (6 † of 6).""",
    "family_assessments": """
        Clients whose family was assessed: 18 in the 2nd quarter of 2010. By month: April 15, May 2,
        June 1. Most of them: Returnee Children (RC) (10 of 18). The quarter before: 36.""",
    "family_visits": """
        Clients who visited their families: 37 in the 2nd quarter of 2010. By month: April 29, May 8, June 0.
        Largest: Neglected Children (NC) (12). The quarter before: 6.""",
    "reintegration": """
        Clients reintegrated: 24 † in the 2nd quarter of 2010. By month: April 12, May 6, June 6 †. Most
        of them: Clients had been reintegrated to family/community (24 † of 24 †).""",
    "partner_referrals": """
        Clients referred to partners: 3 in the 2nd quarter of 2010. By month: April 0, May 3, June
        0. Most of them: COSECAM (Scholarship) (2 of 3).""",
    "follow_up_support": """
        Reintegrated clients followed up: 12 in the 2nd quarter of 2010. By month: April 0, May 0,
        June 12.""",
    "skills_follow_up": """
        Clients followed up on skills or schooling: at least 20 in the 2nd quarter of 2010.""",
}
ENGLISH = {name: " ".join(text.split()) for name, text in ENGLISH.items()}


def in_english(path, name: str) -> str:
    return sentence(release(load(path)), name)


@pytest.mark.parametrize("name", ENGLISH)
def test_a_sentence_says_the_figures_that_matter(quarter, name):
    assert sentence(release(quarter), name) == ENGLISH[name]


@pytest.mark.parametrize("name", ENGLISH)
def test_the_khmer_sentence_says_the_same_figures_in_the_same_order(quarter, name):
    khmer = sentence(release(quarter, "km"), name)
    said = [int(number) for number in re.findall(r"\d+", khmer)]
    assert said == [int(number) for number in re.findall(r"\d+", ENGLISH[name])]
    assert khmer.endswith("។")


def test_both_languages_stand_on_a_line_each(quarter):
    english, khmer = sentence(release(quarter, "en+km"), "education").split("\n")
    assert english == ENGLISH["education"]
    assert khmer == sentence(release(quarter, "km"), "education")


def test_a_total_is_said_as_far_as_it_is_known_and_so_is_what_is_missing(tmp_path):
    one = in_english(changed(tmp_path, {"Slide 12!C6": None}), "education")
    total = "Clients enrolled in school: at least 9 † in the 2nd quarter of 2010."
    assert one == f"{total} By month: April at least 9 †, May 0, June 0. One figure of this table was not reported."
    two = in_english(changed(tmp_path, {"Slide 12!C6": None, "Slide 12!D6": None}), "education")
    assert two == f"{total} By month: April at least 9 †, June 0. 2 figures of this table were not reported."


def test_a_month_that_is_not_reported_is_left_out_of_the_stock(tmp_path):
    said = in_english(changed(tmp_path, {"Slide 8!B7": None}), "referrals_by_age")
    assert said.startswith("Clients in the shelter: April 61, June 43. Clients referred to the shelter: 18 † in")
    assert said.endswith("One figure of this table was not reported.")


def test_a_stock_that_is_nowhere_reported_is_not_said_at_all(tmp_path):
    blank = dict.fromkeys(("Slide 8!B6", "Slide 8!B7", "Slide 8!B8"))
    said = in_english(changed(tmp_path, blank), "referrals_by_age")
    assert said.startswith("Clients referred to the shelter: 18 † in")
    assert said.endswith("3 figures of this table were not reported.")


def test_no_cases_at_all_are_none_and_no_group_is_the_largest(tmp_path):
    said = in_english(changed(tmp_path, {"Slide 19!D5": 0, "Slide 19!D6": 0}), "partner_referrals")
    assert said == "Clients referred to partners: none in the 2nd quarter of 2010. †"


def test_of_equal_groups_none_is_called_the_largest(tmp_path):
    said = in_english(changed(tmp_path, {"Slide 19!D6": 2}), "partner_referrals")
    assert said == "Clients referred to partners: 4 † in the 2nd quarter of 2010. By month: April 0, May 4 †, June 0."


@pytest.mark.parametrize(
    ("grade_2", "said"),
    [(5, "Largest: Grade 2 (5)."), (6, "Largest: Grade 2 (6 †)."), (7, "Most of them: Grade 2 (7 † of 13 †).")],
)
def test_the_largest_group_is_most_of_them_only_above_half(tmp_path, grade_2, said):
    path = changed(tmp_path, {"Slide 12!C7": grade_2})
    assert in_english(path, "education").endswith(said)


def test_where_clients_may_stand_in_several_groups_none_is_called_the_largest(tmp_path):
    path = changed(tmp_path, {"Slide 21!C6": 42})
    assert in_english(path, "skills_follow_up").endswith("at least 42 in the 2nd quarter of 2010.")


def test_a_quarter_before_is_said_as_far_as_it_is_reported(tmp_path):
    said = in_english(changed(tmp_path, {"Slide 17!C6": None}), "family_visits")
    assert said.endswith("The quarter before: at least 4 †. One figure of this table was not reported.")
    blank = {f"Slide 17!C{row}": None for row in range(6, 13)}
    said = in_english(changed(tmp_path, blank), "family_visits")
    assert said.endswith("Largest: Neglected Children (NC) (12). 7 figures of this table were not reported.")


def test_a_table_that_was_not_found_is_said_to_be_missing_and_nothing_else(tmp_path):
    from ccpcr_lib import show_chart, show_sentence, show_table

    shown = release(load(without_sheet(tmp_path, "Slide 19")))
    for show in (show_sentence, show_table, show_chart):
        assert show(shown, "partner_referrals").text == "This table was not found in the workbook."
