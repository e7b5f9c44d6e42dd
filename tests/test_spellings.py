"""Labels as officers write them: with codes, in two languages, with numbers in front; and what may not be read."""

import os
import subprocess
import sys

import pytest
from planting import plant
from workbooks import ROOT, changed, with_rows

from ccpcr_lib.excel.labels import mentions
from ccpcr_lib.excel.names import row_member
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.codelist import codelist, fold


def pairs(label):
    return sorted(mentions(label))


@pytest.mark.parametrize("between", ["-", " - ", "–", "/", " ", " & ", ", ", ".", "+", " and ", "~", "½ "])
def test_digits_that_stand_apart_are_no_number(between):
    assert codelist("grades").find(f"Grade 1{between}2") is None
    assert row_member("grade", f"ថ្នាក់ទី១{between}២") is None
    assert mentions(f"1{between}17") == mentions(f"11{between}7") == frozenset()
    assert fold(f"1{between}17") != fold(f"11{between}7")


@pytest.mark.parametrize(
    "label",
    [
        "0-10",
        "0 – 10",
        "0 to 10",
        "0~10 yrs",
        "Age 0-10",
        "aged 0-10",
        "០-១០ ឆ្នាំ",
        "អាយុ ០ ដល់ ១០ ឆ្នាំ",
    ],
)
def test_an_age_band_is_known_however_its_ends_are_joined(label):
    assert ("age_band", "0-10") in pairs(label)
    assert {code for kind, code in pairs(label) if kind != "heading"} == {"0-10"}


@pytest.mark.parametrize(
    ("label", "quarter", "year"),
    [
        ("Apr – Jun", "2", None),
        ("April to June 2010", "2", "2010"),
        ("Jan-Mar", "1", None),
        ("Jul–Sep", "3", None),
        ("April, May and June", "2", None),
        ("Apr/May/Jun 2010", "2", "2010"),
        ("មេសា-មិថុនា", "2", None),
        ("ខែមេសា ដល់ ខែមិថុនា ឆ្នាំ២០១០", "2", "2010"),
        ("04-06/2010", "2", "2010"),
        ("04/2010 - 06/2010", "2", "2010"),
        ("Apr-10 – Jun-10", "2", "2010"),
        ("Oct. through Dec.", "4", None),
        ("2nd quarter (Apr-Jun)", "2", None),
        ("Quarter II", "2", None),
        ("ត្រីមាសទីពីរ", "2", None),
        ("Q2-2010", "2", "2010"),
        ("2010 Q2", "2", "2010"),
    ],
)
def test_a_span_of_exactly_a_quarter_is_that_quarter(label, quarter, year):
    assert pairs(label) == [("quarter", quarter), *([("year", year)] if year else [])]


@pytest.mark.parametrize(
    ("label", "codes"),
    [
        ("Apr-May", ["04", "05"]),
        ("Feb – Apr", ["02", "04"]),
        ("Apr/Jun", ["04", "06"]),
        ("April ឧសភា", ["04", "05"]),
        ("SA/SW", ["SA", "SW"]),
        ("F/M", ["F", "M"]),
        ("Female ប្រុស", ["F", "M"]),
        ("Male (F)", ["F", "M"]),
        ("Sexual Abuse (DV)", ["DV", "SA"]),
        ("0-10, 11-17", ["0-10", "11-17"]),
        ("Q1 & Q2", ["1", "2"]),
        ("Q1 (Apr-Jun)", ["1", "2"]),
    ],
)
def test_a_label_of_two_members_mentions_both(label, codes):
    assert [code for _, code in pairs(label)] == codes


@pytest.mark.parametrize(
    "label",
    [
        "ខែមេសា",
        "ខែ មេសា",
        "ខែ៤",
        "ខែ 04",
        "Month of April",
        "April / មេសា",
        "មេសា (April)",
        "Aprilមេសា",
        "៤. មេសា",
    ],
)
def test_a_month_is_known_with_the_word_month_and_in_two_languages(label):
    assert row_member("month", label) == "04"


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("ខែ មេសា ២០១០", "2010"),
        ("មេសា ឆ្នាំ២០១០", "2010"),
        ("2010 April", "2010"),
        ("ខែ៤ ឆ្នាំ ២០១០", "2010"),
    ],
)
def test_a_month_may_have_its_year(label, year):
    assert pairs(label) == [("month", "04"), ("year", year)]


@pytest.mark.parametrize(
    ("label", "kind", "code"),
    [
        ("Domestic abuse (DV)", "case_type", "DV"),
        ("Child labour [TL]", "case_type", "TL"),
        ("Abandoned babies {NC}", "case_type", "NC"),
        ("ហិង្សា (DV)", "case_type", "DV"),
        ("Women and girls (F)", "sex", "F"),
        ("Suspected domestic violence (DV)", "case_type", "DV"),
    ],
)
def test_a_code_in_brackets_decides_where_the_words_are_unknown(label, kind, code):
    assert pairs(label) == [(kind, code)]
    assert kind == "sex" or row_member("case_type", f"3. {label}") == code


@pytest.mark.parametrize(
    "label",
    [
        "Sexual Abuse (DV)",
        "Suspected sexual abuse (DV)",
        "Abuse (DV) (SA)",
        "DV - beaten at home",
        "Abuse (XX)",
        "12 (DV)",
        "ការរំលោភបំពានផ្លូវភេទ (DV)",
    ],
)
def test_a_code_against_its_words_or_without_brackets_names_no_row(label):
    assert row_member("case_type", label) is None
    assert len({code for kind, code in mentions(label) if kind == "case_type"}) != 1


BETWEEN = [" / ", "/", " - ", " – ", "\n", " | ", " · ", " ", "", "; "]


@pytest.mark.parametrize("between", BETWEEN)
@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ("skill", "sewing"),
        ("grade", "grade_2"),
        ("case_type", "SA"),
        ("organisation", "RAO"),
        ("skill", "photoshop"),
        ("destination", "family_community"),
    ],
)
def test_a_label_in_two_languages_names_the_member_of_both(rows, code, between):
    names = {"skill": "skills", "grade": "grades", "case_type": "case_types", "organisation": "organisations"}
    member = codelist(names.get(rows, "destinations")).member(code)
    between = between if between or code != "RAO" else " "
    for first, second in ((member.label_en, member.label_km), (member.label_km, member.label_en)):
        assert row_member(rows, f"{first}{between}{second}") == code
        assert row_member(rows, f"២. {first} ({second})") == code


@pytest.mark.parametrize("between", BETWEEN)
def test_a_label_that_differs_in_its_two_languages_names_nobody(between):
    assert row_member("skill", f"Sewing{between}តម្បាញ") is None
    assert row_member("grade", f"Grade 1{between}ថ្នាក់ទី២") is None
    assert row_member("case_type", f"អំពើហិង្សាក្នុងគ្រួសារ{between}Sexual Abuse") is None


@pytest.mark.parametrize(
    ("rows", "label", "code"),
    [
        ("topic", "HIV/AIDS", "hiv_aids"),
        ("destination", "Family/community", "family_community"),
        ("skill", "Formal education/ community children", "formal_education_community"),
    ],
)
def test_a_slash_may_stand_in_one_label(rows, label, code):
    assert row_member(rows, label) == code


@pytest.mark.parametrize("number", ["១. ", "១) ", "(១) ", "១- ", "១៖ ", "១។ ", "១ ", "1 - ", "① ", "ក. ", "a) "])
def test_a_rows_number_in_front_is_put_aside(number):
    assert row_member("skill", f"{number}កាត់ដេរ") == row_member("skill", f"{number}Sewing") == "sewing"


@pytest.mark.parametrize(
    "label",
    [
        "Sewing / តម្បាញ",
        "Sewing/Weaving",
        "តម្បាញ (Sewing)",
        "Weaving and sewing",
        "Sewing · តម្បាញថ្មី",
    ],
)
def test_a_name_of_two_members_is_an_error_and_no_new_name_in_an_open_list(tmp_path, label):
    reading = read_workbook(with_rows(tmp_path, "Slide 15", 8, [[5, label, 1, 0, 0, 1, 0]]))
    assert [item.where for item in reading.findings if item.rule == "two_members"] == [("Slide 15!B8",)]
    assert len(reading.members["vocational_skills"]) == 4


def test_a_row_whose_code_is_against_its_words_is_an_error_at_its_label(tmp_path):
    findings = read_workbook(plant(tmp_path, ("Slide 17", "B7", "Sexual Abuse (DV)"))).findings
    assert ("two_members", ("Slide 17!B7",)) in [(item.rule, item.where) for item in findings]


def test_a_row_of_a_range_of_grades_is_an_error_and_not_a_grade(tmp_path):
    reading = read_workbook(changed(tmp_path, {"Slide 12!B7": "Grade 1-2"}))
    assert ("two_members", ("Slide 12!B7",)) in [(item.rule, item.where) for item in reading.findings]


def test_what_is_read_is_the_same_whatever_the_order_of_sets():
    program = (
        "from ccpcr_lib.excel.labels import mentions\n"
        "from ccpcr_lib.excel.names import row_member\n"
        "from ccpcr_lib.excel.reader import read_workbook\n"
        "labels = ['Apr-May', 'SA/SW', 'Female ប្រុស', 'Q1 (Apr-Jun)', 'Sewing / តម្បាញ', 'Sexual Abuse (DV)']\n"
        "print([(row_member('month', text), row_member('skill', text), sorted(mentions(text))) for text in labels])\n"
        f"print(read_workbook({str(ROOT / 'data' / '2010-Q2.xlsx')!r}, '2009-Q3').findings)"
    )
    seeds = [os.environ | {"PYTHONHASHSEED": seed} for seed in ("0", "1", "2", "3", "4")]
    command = [sys.executable, "-c", program]
    runs = [subprocess.run(command, capture_output=True, env=seed, check=True) for seed in seeds]
    assert len({run.stdout for run in runs}) == 1
