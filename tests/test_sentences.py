import re

import pytest
from workbooks import changed, without_sheet

from ccpcr_lib import load, release
from ccpcr_lib.publish.text.sentences import sentence

# Written by hand from the slides.
ENGLISH = {
    "referrals_by_type": """
        Referrals to the shelter fell from 15 in April to 1 in June: 18 clients in all, 10 of them Returnee
        Children (RC).""",
    "referrals_by_sex": """
        Among the 18 clients were 16 girls and no boys; this table does not say the sex of 2.""",
    "referrals_by_age": """
        10 † of the 18 † clients were aged 11-17 years. Clients in the shelter fell from 61 in April to 43 in June.""",
    "referral_sources": """
        16 of the 18 clients were referred to the shelter by CCPCR-SVR and its networks.""",
    "education": """
        11 clients began school in April, 5 of them in Grade 2; none in May and June.""",
    "other_services": """
        At least 52 clients received other services in the 2nd quarter of 2010. “Cases managed” had the most:
        52 clients.""",
    "life_skills": """
        At least 25 clients attended life skills lessons in the 2nd quarter of 2010.""",
    "vocational_skills": """
        Starts in vocational training fell from 4 in April to 1 in June: 6 clients in all, all 6 † of them in
        Sewing.""",
    "family_assessments": """
        Family assessments fell from 15 in April to 1 in June: 18 clients in all, 10 of them Returnee Children (RC).
        In the quarter before, family assessments came to 36.""",
    "family_visits": """
        29 clients visited their families in April and 8 in May, none in June: 37 in all (a client counts once in
        each month), 12 of them Neglected Children (NC). In the quarter before, family visits came to 6.""",
    "reintegration": """
        Reintegrations fell from 12 in April to 6 † in June: 24 † clients in all, every one to family or
        community.""",
    "partner_referrals": """
        3 clients were referred on in May, 2 of them to COSECAM (Scholarship); none in April and June.""",
    "follow_up_support": """
        12 clients were followed up after reintegration in June; none in April and May.""",
    "skills_follow_up": """
        At least 20 clients were followed up on skills or schooling in the 2nd quarter of 2010, 13 times in all.
        “Hairdressing” had the most: 20 clients.""",
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
    figures = re.compile(r"(?<!ទី)\d+")  # Khmer numbers a grade or a quarter, where English has 2nd
    said = [number for number in figures.findall(khmer) if number != "2010"]
    english = re.sub(r"Grade 2|2nd quarter of 2010", "", ENGLISH[name])
    assert said == re.findall(r"\d+", english)
    assert khmer.endswith("។")


@pytest.mark.parametrize("name", ENGLISH)
def test_a_sentence_has_one_style_of_digits(quarter, name):
    assert not re.search(r"[០-៩]", sentence(release(quarter, "km"), name))


def test_both_languages_stand_on_a_line_each(quarter):
    english, khmer = sentence(release(quarter, "en+km"), "education").split("\n")
    assert english == ENGLISH["education"]
    assert khmer == sentence(release(quarter, "km"), "education")
    assert khmer == ("អតិថិជន 11 នាក់ បានចូលរៀនក្នុងខែមេសា ក្នុងនោះ 5 នាក់ ក្នុងថ្នាក់ទី2 តែគ្មានក្នុងខែឧសភា និង ខែមិថុនាទេ។")


def test_no_two_sentences_of_the_quarter_are_the_same(quarter):
    said = [sentence(release(quarter), name) for name in quarter.tables]
    parts = [part for text in said for part in text.split(". ")]
    assert sorted(set(parts)) == sorted(parts)


def test_a_total_is_said_as_far_as_it_is_known_and_so_is_what_is_missing(tmp_path):
    one = in_english(changed(tmp_path, {"Slide 12!C6": None}), "education")
    clause = "At least 9 † clients began school in April"
    assert one == f"{clause}; none in May and June. One figure of this table was not reported."
    two = in_english(changed(tmp_path, {"Slide 12!C6": None, "Slide 12!D6": None}), "education")
    assert two == (f"{clause}, none in June. May was reported only in part. 2 figures of this table were not reported.")


def test_a_month_that_is_not_reported_is_named_once_and_not_counted_again(tmp_path):
    said = in_english(changed(tmp_path, {"Slide 8!B7": None}), "referrals_by_age")
    assert said == (
        "10 † of the 18 † clients were aged 11-17 years. "
        "61 clients were in the shelter in April and 43 in June. May was not reported."
    )


def test_a_stock_that_is_nowhere_reported_is_said_in_one_sentence(tmp_path):
    blank = dict.fromkeys(("Slide 8!B6", "Slide 8!B7", "Slide 8!B8"))
    said = in_english(changed(tmp_path, blank), "referrals_by_age")
    assert said.endswith("years. For the 2nd quarter of 2010, clients in the shelter were not reported.")


def test_no_cases_at_all_are_a_figure_where_that_is_in_dispute(tmp_path):
    said = in_english(changed(tmp_path, {"Slide 19!D5": 0, "Slide 19!D6": 0}), "partner_referrals")
    assert said == "0 † clients were referred on in May; none in April and June."


def test_of_equal_groups_none_is_called_the_largest(tmp_path):
    said = in_english(changed(tmp_path, {"Slide 19!D6": 2}), "partner_referrals")
    assert said == "4 † clients were referred on in May; none in April and June."


@pytest.mark.parametrize(
    ("grade_2", "said"),
    [(4, "4 † of them"), (5, "5 of them"), (6, "6 † of them"), (7, "7 † of them")],
)
def test_the_largest_group_has_its_own_mark(tmp_path, grade_2, said):
    path = changed(tmp_path, {"Slide 12!C7": grade_2})
    assert in_english(path, "education").endswith(f"in April, {said} in Grade 2; none in May and June.")


def test_where_clients_may_stand_in_several_groups_the_largest_is_no_part_of_them(tmp_path):
    path = changed(tmp_path, {"Slide 21!C6": 42})
    assert in_english(path, "skills_follow_up") == (
        "At least 42 clients were followed up on skills or schooling in the 2nd quarter of 2010, 13 times in all. "
        "“Hairdressing” had the most: 42 clients."
    )


def test_a_quarter_before_is_said_as_far_as_it_is_reported(tmp_path):
    said = in_english(changed(tmp_path, {"Slide 17!C6": None}), "family_visits")
    assert said.endswith(
        "In the quarter before, family visits came to at least 4 †. One figure of this table was not reported."
    )
    blank = {f"Slide 17!C{row}": None for row in range(6, 13)}
    said = in_english(changed(tmp_path, blank), "family_visits")
    assert said.endswith("12 of them Neglected Children (NC). The quarter before was not reported.")


def test_a_table_that_was_not_found_is_said_to_be_missing_and_nothing_else(tmp_path):
    from ccpcr_lib import show_chart, show_sentence, show_table

    shown = release(load(without_sheet(tmp_path, "Slide 19")))
    for show in (show_sentence, show_table, show_chart):
        assert show(shown, "partner_referrals").text == "This table was not found in the workbook."


def test_the_first_table_of_a_measure_that_the_workbook_has_says_how_many_there_were(tmp_path):
    shown = load(without_sheet(tmp_path, "Slide 6"))
    assert sentence(release(shown), "referrals_by_sex") == (
        "Referrals to the shelter fell from 15 in April to 1 in June: 18 clients in all. "
        "10 of the 18 clients were Returnee Children (RC)."
    )
    assert sentence(release(shown), "referral_sources") == ENGLISH["referral_sources"]
