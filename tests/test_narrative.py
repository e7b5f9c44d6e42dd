"""The sentences of the deck: read from their sheet, their figures by name, what is wrong at its own cell."""

import openpyxl
import pytest
from narratives import OWN_QUESTION, found, with_sentences
from workbooks import WORKBOOK, changed, without_sheet

from ccpcr_lib import load, release
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.figures import UnknownFigureError, parse_figure
from ccpcr_lib.publish.deck.word_slides import sentence_lines

SENTENCE = "Narrative!C47"


def test_the_sentences_of_the_quarter_stand_in_their_sections_and_order(quarter):
    bullets = quarter.reading.narrative
    assert len(bullets) == 63
    sections = list(dict.fromkeys(bullet.section for bullet in bullets))
    assert sections == [
        "title",
        "summary",
        "objective",
        "situation",
        "shelter",
        "services",
        "partner_services",
        "case_statistics",
        "networking",
        "results",
        "strengths",
        "weaknesses",
        "recommendations",
        "plan",
    ]
    assert bullets[0].text.startswith("Cambodian Center for the Protection of Children's Rights (CCPCR)")
    assert bullets[2].text == "Supported by COSECAM and INTERVIDA"


def test_the_sentences_of_the_quarter_raise_one_question_and_are_no_table(quarter):
    assert found(WORKBOOK) == []
    (asked,) = [item for item in quarter.problems if item.where[0].startswith("Narrative")]
    assert ((asked.rule, asked.severity, asked.where), asked.printed) == (OWN_QUESTION, "“business management”")
    assert not any("Narrative" in cell for cell in quarter.counts["source"])


def test_what_the_slides_say_is_said_with_its_slide_and_nothing_else(quarter):
    about = openpyxl.load_workbook(WORKBOOK)["About"]["B8"].value
    assert "the cases managed on the sheet Slide 13 stand on slide 24" in about
    (managed,) = [item for item in quarter.reading.narrative if "case_management" in item.text]
    assert managed.section == "strengths", "which is slide 24"
    (taught,) = [item for item in quarter.reading.narrative if "life_skills" in item.text]
    listed = ("reproductive health", "morality", "hygiene", "budgeting", "business management")
    assert [name for name in listed if name not in taught.text] == []


FIGURES = {
    "follow_up_support.total": "12",
    "skills_follow_up.clients": "20 to 62",
    "skills_follow_up.times": "13",
    "skills_follow_up.sewing.times": "3",
    "skills_follow_up.times.sewing": "3",
    "other_services.english": "12",
    "other_services.computer": "18",
    "other_services.school_materials": "6",
    "other_services.non_formal_education": "1",
    "other_services.case_management": "52",
    "referrals_by_type.TL": "3",
    "referrals_by_type.TL.m1": "3",
    "referrals_by_type.plan": "60",
    "referrals_by_type": "18",
    "referrals_by_sex.NC.F": "2",
    "referrals_by_sex.m2": "2",
    "referrals_by_age.11-17": "10",
    "referrals_by_age.11-17.M": "1",
    "referrals_by_age.in_shelter.m3": "43",
    "referrals_by_age.reintegrated": "27",
    "family_visits.previous": "6",
    "life_skills.total": "25 to 175",
    "life_skills.NC.F.child_rights": "10",
    "education.grade_2.m1": "5",
    "in_care": "64",  # 61 in April, 2 new in May, 1 in June
    "in_care.total": "64",
    "in_care.m1": "61",
    "in_care.m2": "51",
    "in_care.clients.m3": "43",
}


@pytest.mark.parametrize("name", FIGURES)
def test_a_figure_is_the_one_of_its_table(quarter, name):
    assert str(release(quarter).figure(name)) == FIGURES[name]


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("follow_up.total", "there is no table “follow_up”"),
        ("education.grade_13", "the table education has no “grade_13”"),
        ("education.TL", "the table education has no “TL”"),
        ("life_skills.m1", "the table life_skills has no “m1”"),
        ("family_visits.m1.m2", "“m2” says a second time what is meant"),
        ("in_care.F", "the table in_care has no “F”"),
        ("in_care.m1.m2", "“m2” says a second time what is meant"),
        ("referrals_by_age.in_shelter", "in_shelter is never summed; name a month"),
        ("", "there is no table “”"),
        ("education.", "the table education has no “”"),
        ("referrals_by_type.plan.TL", "the plan is one figure for the whole year"),
        ("referrals_by_type.plan.m1", "the plan is one figure for the whole year"),
        ("referrals_by_sex.reintegrated.F", "reintegrated in the table referrals_by_sex is not divided by sex"),
        ("referrals_by_age.in_shelter.m3.F", "in_shelter in the table referrals_by_age is not divided by sex"),
        ("referrals_by_sex.SA.F", "referred in the table referrals_by_sex is not divided by case type and sex here"),
        ("life_skills.budgeting.F", "some attended in the table life_skills are not divided by sex"),
    ],
)
def test_a_name_that_stands_for_nothing_is_refused_with_the_reason(name, why):
    with pytest.raises(UnknownFigureError) as caught:
        parse_figure(name)
    assert str(caught.value).startswith(f"the sentence asks for {{{name}}}, but {why}")


def test_a_sentence_is_filled_in_from_its_tables(quarter):
    shown = release(quarter)
    said = [line for bullet in shown.bullets("case_statistics") for line in sentence_lines(shown, bullet)]
    assert said[0] == "12 clients learn English in the shelter, and 18 attend the computer class there."
    assert said[1].startswith("6 returnee children")
    assert said[2] == "Non-formal education at the shelter: 1 client."


@pytest.mark.parametrize("name", ["{follow_up_suport.total}", "{follow_up_support.TLX}"])
def test_an_unknown_figure_is_one_error_at_its_cell(tmp_path, name):
    path = changed(tmp_path, {SENTENCE: f"Of those, {name} live well."})
    assert found(path)[0] == ("unknown_figure", "error", (SENTENCE,))
    message = next(item for item in load(path).problems if item.rule == "unknown_figure").message
    assert message.startswith(f"{SENTENCE}: the sentence asks for {{")
    assert load(path).has_errors


@pytest.mark.parametrize(
    "text", ["{", "}", "{reintegration.total", "{reintegration.total}}", "{{reintegration.total}}"]
)
def test_a_brace_that_stands_alone_is_one_error_that_says_so(tmp_path, text):
    path = changed(tmp_path, {SENTENCE: f"Of those, {text} live well."})
    assert found(path) == [("open_brace", "error", (SENTENCE,))]
    (message,) = [item.message for item in load(path).problems if item.rule == "open_brace"]
    assert message.startswith(f"{SENTENCE}: a brace stands alone in this sentence. Write")


@pytest.mark.parametrize("number", ["12", "1,200", "3.5", "១២"])
def test_a_number_typed_into_a_sentence_is_one_note_at_its_cell(tmp_path, number):
    path = changed(tmp_path, {SENTENCE: f"Of those, {number} live well."})
    assert found(path) == [("typed_number", "note", (SENTENCE,))]
    assert f": {number}. Is it in a table?" in load(path).problems[-1].message or any(
        f": {number}. Is it in a table?" in item.message for item in load(path).problems
    )


@pytest.mark.parametrize("text", ["In 2010 all went well.", "The 2nd quarter was calm.", "Grade one, HIV/AIDS, ២០១០"])
def test_a_year_or_an_ordinal_is_no_typed_number(tmp_path, text):
    assert found(changed(tmp_path, {SENTENCE: text})) == []


def test_a_section_nobody_knows_is_a_warning_and_its_sentence_is_not_shown(tmp_path):
    path = changed(tmp_path, {"Narrative!A47": "Reslts"})
    assert found(path) == [("unknown_section", "warning", ("Narrative!A47",))]
    assert len(read_workbook(path).narrative) == 62


@pytest.mark.parametrize(("content", "rule"), [("#REF!", "error_value"), ("=A1", "not_calculated")])
def test_a_sentence_that_cannot_be_read_is_one_error_at_its_cell(tmp_path, content, rule):
    assert found(changed(tmp_path, {SENTENCE: content})) == [(rule, "error", (SENTENCE,))]


def test_a_figure_of_an_optional_table_that_is_not_there_is_a_warning(tmp_path):
    path = without_sheet(tmp_path, "Slide 13")
    assert [rule for rule, *_ in found(path)] == ["figure_missing"] * 5
    assert [item.rule for item in load(path).problems if item.rule == "missing_table"] == []
    shown = release(load(path))
    assert sentence_lines(shown, shown.bullets("case_statistics")[2]) == [
        "Non-formal education at the shelter: … client."
    ]


@pytest.mark.parametrize("order", [1.5, -3, "first", "#REF!", "50%"])
def test_an_order_that_is_no_whole_number_is_a_warning_and_the_sentence_keeps_its_place(tmp_path, order):
    rows = [
        ["Section", "Order", "Text"],
        ["Results", 3, "Third."],
        ["Results", 1, "First."],
        ["Results", order, "Behind the first."],
        ["Results", 2, "Second."],
    ]
    path = with_sentences(tmp_path, rows)
    assert found(path) == [("sentence_order", "warning", ("Narrative!B6",))]
    assert [bullet.text for bullet in read_workbook(path).narrative] == [
        "First.",
        "Behind the first.",
        "Second.",
        "Third.",
    ]
