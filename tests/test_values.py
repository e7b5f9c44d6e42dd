from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccpcr_lib.excel.file.grid import ErrorCell, Uncalculated
from ccpcr_lib.excel.values import BLANK, parse_value, shown

KHMER = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")
counts = st.integers(0, 10**9)


@settings(max_examples=3 * settings.default.max_examples)
@given(st.one_of(st.text(), st.from_regex(r"[0-9០-៩%(),./ -]{0,12}(\([A-Z]{1,2}\d*\))?"), st.floats(), st.integers()))
def test_any_text_or_number_is_a_value_or_has_a_named_problem(content):
    value = parse_value(content)
    assert value.problem is None or isinstance(value.problem, str)
    assert value.number is None or 0 <= value.number <= 10**9


@pytest.mark.parametrize("text", ["9" * 400, "9" * 5000, "1/" + "9" * 5000, "9" * 400 + "%", "x" * 40_000])
def test_endless_figures_are_not_numbers(text):
    assert parse_value(text).problem == "not_a_number"


@given(counts)
def test_a_count_reads_the_same_in_latin_and_khmer_digits_as_text_and_as_number(number):
    for content in (
        number,
        float(number),
        str(number),
        str(number).translate(KHMER),
        f"\u00a0 {number}\u202f",
        f"{number:,}",
    ):
        assert parse_value(content).number == number
        assert parse_value(content).problem is None


@given(counts, st.integers(0, 100))
def test_a_percent_beside_a_count_is_a_share(number, percent):
    for text in (
        f"{number}\n{percent}%",
        f"{number} ({percent}%)",
        f"{number} ({percent} %)".translate(KHMER),
    ):
        assert (parse_value(text).number, parse_value(text).share) == (number, pytest.approx(percent / 100))


@given(st.integers(10, 100))
def test_a_percent_alone_is_no_count(percent):
    assert parse_value(f"{percent}%").number is None
    assert parse_value(f"{percent}%").share == pytest.approx(percent / 100)


@pytest.mark.parametrize(
    ("text", "number", "parts"),
    [
        ("6 (SA1, NC2, TL2)", 6, (("case_type", "SA", 1), ("case_type", "NC", 2), ("case_type", "TL", 2))),
        ("27 (F25, M2)", 27, (("sex", "F", 25), ("sex", "M", 2))),
        ("12(F6, M6)", 12, (("sex", "F", 6), ("sex", "M", 6))),
        ("4/2", 4, (("sex", "M", 2),)),
        ("12 (6 girls and 6 boys)", 12, (("sex", "F", 6), ("sex", "M", 6))),
        ("5 (F: 3; M: 2)", 5, (("sex", "F", 3), ("sex", "M", 2))),
        ("៦ (ស្រី៤, ប្រុស២)", 6, (("sex", "F", 4), ("sex", "M", 2))),
    ],
)
def test_a_note_is_a_breakdown_of_its_count(text, number, parts):
    value = parse_value(text)
    assert (value.number, value.parts, value.problem) == (number, parts, None)


def test_a_note_nobody_knows_keeps_its_count_and_says_which_part():
    value = parse_value("6 (SA1, XY5)")
    assert (value.number, value.problem, value.bad_part) == (6, "unknown_note", "XY5")


@pytest.mark.parametrize("text", ["-", "–", "—", " − ", "‐"])
def test_a_dash_is_zero(text):
    assert parse_value(text).number == 0


@pytest.mark.parametrize("content", [None, "", "  ", "\u00a0", "\u200b"])
def test_a_blank_is_not_zero(content):
    assert parse_value(content) == BLANK


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("some", "not_a_number"),
        ("3 clients", "not_a_number"),
        ("(2)", "not_a_number"),
        (2.5, "fraction"),
        ("2.5", "fraction"),
        ("1,5", "fraction"),
        ("1.000", "fraction"),
        ("½", "fraction"),
        (-1, "negative"),
        ("- 3", "negative"),
        ("−3", "negative"),
        (float("inf"), "too_large"),
        (float("nan"), "too_large"),
        (10**12, "too_large"),
        (True, "true_false"),
        (date(2010, 4, 1), "date"),
        (timedelta(hours=3), "date"),
        (ErrorCell("#REF!"), "error_value"),
        ("#REF!", "error_value"),
        ("#DIV/0!", "error_value"),
        ("#N/A", "error_value"),
        (Uncalculated(), "not_calculated"),
    ],
)
def test_what_is_no_count_has_the_name_of_its_problem(content, problem):
    value = parse_value(content)
    assert (value.number, value.problem) == (None, problem)


def test_a_number_formatted_as_a_percent_is_a_share():
    assert parse_value(0.06, percent=True).share == 0.06
    assert shown(0.06, percent=True) == "6%"
