"""Text that looks the same is the same: unseen characters, white space, digits, and Khmer however it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from workbooks import with_rows

from ccpcr_lib.excel.labels import mentions
from ccpcr_lib.excel.names import row_member
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.excel.values import parse_value, shown
from ccpcr_lib.model.codelist import codelist, fold, tidy_label
from ccpcr_lib.model.text import look_alike, plain

UNSEEN = (
    "\ufeff\u2060\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u180e\ufe0f"
)
WHITE = " \u00a0\u2007\u202f\u3000\u2009\t\n\r\u2028"
FIGURES = ["12", "6 (SA1, NC2, TL2)", "4/2", "18\n100%", "1,000", "-", "2.5", "some", "១២", "(2)"]
LABELS = ["Domestic Violence (DV)", "Apr – Jun 2010", "Grade 12", "ថ្នាក់ទី១២", "Total 2nd Quarter", "0-10 years", "ស្រី"]
NAMES = ["Cooking class", "ធ្វើម្ហូប", "Ministry of Women's Affairs", "សិប្បកម្ម កម្រិត២"]


def strewn(text, places, unseen):
    """The text with unseen characters put in at places."""
    for place, character in zip(sorted(places, reverse=True), unseen, strict=False):
        place %= len(text) + 1
        text = text[:place] + character + text[place:]
    return text


places, unseen = st.lists(st.integers(0, 40), max_size=6), st.lists(st.sampled_from(UNSEEN), min_size=6, max_size=6)


@given(st.sampled_from(FIGURES), places, unseen)
def test_unseen_characters_anywhere_change_no_figure(text, places, unseen):
    assert parse_value(strewn(text, places, unseen)) == parse_value(text)


@given(st.sampled_from(LABELS), places, unseen)
def test_unseen_characters_anywhere_change_no_label(text, places, unseen):
    typed = strewn(text, places, unseen)
    assert (fold(typed), mentions(typed)) == (fold(text), mentions(text))
    assert mentions(text) or row_member("grade", typed) == "grade_12"


@given(st.sampled_from(NAMES), places, unseen)
def test_unseen_characters_anywhere_make_no_other_name(text, places, unseen):
    assert tidy_label(strewn(text, places, unseen)) == tidy_label(text) == text


@pytest.mark.parametrize(
    "text",
    ["\ufeff12", "1\u200d2", "\u200e12", "12\u00ad", "\u206612\u2069", "１２", "១\u200b២", "١٢", "๑๒", "1\ufe0f2"],
)
def test_a_figure_is_read_whatever_nobody_sees_in_it(text):
    assert parse_value(text).number == 12


@given(st.lists(st.sampled_from(WHITE), min_size=1, max_size=4).map("".join))
def test_white_space_of_every_kind_is_one_blank(white):
    assert fold(f"Domestic{white}Violence") == fold("Domestic Violence")
    assert tidy_label(f"{white}Cooking{white}class{white}") == "Cooking class"
    assert parse_value(f"{white}12{white}(F12){white}").number == 12
    assert shown(f"a{white}b") == "a b"


@pytest.mark.parametrize("text", ["7²", "7¹", "12³", "1⁰", "7₂"])
def test_a_raised_digit_is_no_digit_of_a_figure_nor_of_a_label(text):
    assert plain(text) == text
    assert parse_value(text).number is None
    assert fold(f"Grade {text}") == fold(f"Grade {text[:-1]}")


@pytest.mark.parametrize(
    "text", ["Cooking²", "Cooking *", "Cooking†", "3. Cooking", "៣. Cooking", "(3) Cooking", "Cooking\u200b"]
)
def test_a_footnotes_mark_and_a_rows_number_are_no_part_of_a_name(text):
    assert tidy_label(text) == "Cooking"


SAME = [
    ("ស្ត្រី", "ស្រ្តី", "ស្ដ្រី", "ស្រ្ដី", "សី្ត្រ"),
    ("កើ", "កេី", "កីេ"),
    ("កោ", "កេា", "កាេ"),
    ("គ្រួ", "គួ្រ"),
    ("បណ្តុះ", "បណ្ដុះ", "បណុ្តះ", "បណ្តះុ"),
    ("ម៉ាំ", "មា៉ំ", "មំា៉", "មា\u17c6\u17c9"),
    ("ស៊ី", "សុី", "សី៊", "សីុ"),
    ("ប៉ិ", "បុិ", "បិ៉"),
    ("ខ្ញុំ", "ខុ្ញំ", "ខ្ញំុ"),
    ("ការងារ\u17cb", "ការងារ\u17cb\u17cb"),
    ("ភេទ", "ភេ\u200bទ", "ភេ\u17b5ទ"),
    ("អាយុ", "\u17a4យុ", "\u17a3ាយុ"),
    ("ក្រៅ", "កៅ្រ"),
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[0])
def test_khmer_that_looks_the_same_is_one_label_and_one_name(spellings):
    assert {fold(text) for text in spellings} == {fold(spellings[0])}
    assert {tidy_label(text) for text in spellings} == {spellings[0]}


@pytest.mark.parametrize(
    ("first", "second"),
    [("ស៊ី", "សី"), ("កេ", "ក"), ("ត", "ដ"), ("កោ", "កា"), ("ប៊ី", "ប៉ី"), ("គុំ", "គំ"), ("ក្រ", "ក្ល"), ("កិ", "កី")],
)
def test_khmer_that_looks_different_stays_different(first, second):
    assert fold(first) != fold(second)
    assert tidy_label(first) != tidy_label(second)


KHMER = st.text(st.characters(min_codepoint=0x1780, max_codepoint=0x17DC), max_size=8)


@given(KHMER)
def test_what_is_in_order_stays_as_it_is(text):
    once = look_alike(text)
    assert look_alike(once) == once
    assert fold(once) == fold(text)
    assert tidy_label(tidy_label(text)) == tidy_label(text)


def shuffled(text):
    """Every label of the lists, its coengs as DA and its vowels in two pieces."""
    return text.replace("្ត", "្ដ").replace("ើ", "េី").replace("ោ", "េា").replace("ាំ", "ំា")


@pytest.mark.parametrize(
    "name", ["case_types", "sexes", "months", "topics", "skills", "grades", "organisations", "services"]
)
def test_every_khmer_label_is_known_however_it_was_typed(name):
    for member in codelist(name).members.values():
        assert codelist(name).find(shuffled(member.label_km)) == member.code
        assert tidy_label(member.label_km) == tidy_label(shuffled(member.label_km))


def test_two_spellings_of_one_new_name_are_one_row(tmp_path):
    names = ["បណ្តុះបណ្តាលស្ត្រី", "បណ្ដុះបណ្ដាលស្រ្ដី"]
    for name in names:
        reading = read_workbook(with_rows(tmp_path, "Slide 15", 8, [[5, name, 1, 0, 0, 1, 0]]))
        assert reading.members["vocational_skills"][3] == names[0]
