"""Totals, shares and notes against their own parts, each worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccpcr_lib.model.records import Claim, Count
from ccpcr_lib.quality.arithmetic import check_arithmetic
from ccpcr_lib.quality.facts import Facts

Q = "2010-Q2"
MONTHS = ("2010-04", "2010-05", "2010-06")


def education(*values, grade="grade_1", column="CDE", row=6):
    return [
        Count("education", "enrolled", "clients", {"period": month, "category": grade}, value, f"S!{letter}{row}")
        for month, value, letter in zip(MONTHS, values, column, strict=True)
    ]


def claim(kind, value, source, text="", table="education", measure="enrolled", **key):
    text = text or (f"{value * 100:g}%" if kind == "share" else f"{value:g}")
    return Claim(table, measure, "clients", {"period": Q, **key}, value, source, kind, text)


def found(counts, claims):
    return [
        (item.rule, item.where[0], item.expected) for item in check_arithmetic(Facts(Q, tuple(counts), tuple(claims)))
    ]


def test_a_row_total_is_checked_against_its_months():
    row = education(2, 0, 5)
    assert found(row, [claim("total", 7, "S!F6", category="grade_1")]) == []
    assert found(row, [claim("total", 8, "S!F6", category="grade_1")]) == [("total", "S!F6", "7")]


def test_a_total_with_a_blank_part_may_be_more_but_never_less():
    row = education(2, None, 5)
    assert found(row, [claim("total", 9, "S!F6", category="grade_1")]) == []
    assert found(row, [claim("total", 6, "S!F6", category="grade_1")]) == [("total", "S!F6", "at least 7")]


@pytest.mark.parametrize(("printed", "fits"), [(0.16, True), (0.17, True), (0.15, False), (0.18, False)])
def test_a_whole_percent_is_the_exact_share_rounded_down_or_up(printed, fits):
    counts = education(3, 0, 0) + education(15, 0, 0, grade="grade_2", row=7)
    assert found(counts, [claim("share", printed, "S!G6", category="grade_1")]) == (
        [] if fits else [("share", "S!G6", "16 % or 17 %")]
    )


@pytest.mark.parametrize(("printed", "text", "fits"), [(0.167, "16.7%", True), (0.168, "16.8%", False)])
def test_a_percent_with_decimals_is_held_to_them(printed, text, fits):
    counts = education(3, 0, 0) + education(15, 0, 0, grade="grade_2", row=7)
    claims = [claim("share", printed, "S!G6", text=text, category="grade_1")]
    assert found(counts, claims) == ([] if fits else [("share", "S!G6", "16 % or 17 %")])


def test_percents_that_do_not_add_to_100_are_a_note():
    counts = education(1, 0, 0) + education(2, 0, 0, grade="grade_2", row=7)
    claims = [
        claim("share", 0.33, "S!G6", category="grade_1"),
        claim("share", 0.66, "S!G7", category="grade_2"),
    ]
    assert found(counts, claims) == [("shares_to_100", "S!G6", "100 %")]


@pytest.mark.parametrize(
    ("values", "percents"),
    [
        ((3, 5), (38, 63)),  # 37.5 and 62.5: 101
        ((1, 1, 2, 3, 10, 1), (6, 6, 11, 17, 56, 6)),  # of 18: 102
        ((2, 5, 1, 1, 1, 1), (18, 45, 9, 9, 9, 9)),  # of 11: 99
        ((1, 1, 1), (33, 33, 33)),
    ],
)
def test_percents_that_miss_100_because_each_is_rounded_half_up_are_no_note(values, percents):
    counts, claims = [], []
    for row, (value, percent) in enumerate(zip(values, percents, strict=True), 6):
        counts += education(value, 0, 0, grade=f"grade_{row - 5}", row=row)
        claims.append(claim("share", percent / 100, f"S!G{row}", category=f"grade_{row - 5}"))
    assert found(counts, claims) == []


@pytest.mark.parametrize("percents", [(37, 62), (37, 63), (38, 62)])
def test_percents_rounded_down_are_a_note_where_they_miss_100(percents):
    counts = education(3, 0, 0) + education(5, 0, 0, grade="grade_2", row=7)
    cells = zip(percents, ("grade_1", "grade_2"), ("S!G6", "S!G7"), strict=True)
    claims = [claim("share", percent / 100, cell, category=grade) for percent, grade, cell in cells]
    assert found(counts, claims) == ([("shares_to_100", "S!G6", "100 %")] if sum(percents) == 99 else [])


@given(st.lists(st.integers(0, 60), min_size=2, max_size=8).filter(any))
def test_any_rounding_down_or_up_of_each_share_is_accepted(values):
    counts, claims = [], []
    for row, value in enumerate(values, 6):
        counts += education(value, 0, 0, grade=f"grade_{row - 5}", row=row)
        exact = 100 * value / sum(values)
        for percent in {int(exact), int(-(-exact // 1))}:
            claims.append(claim("share", percent / 100, f"S!G{row}", category=f"grade_{row - 5}"))
    assert [rule for rule, *_ in found(counts, claims) if rule == "share"] == []


TAUGHT = [
    Count(
        "life_skills",
        "attended",
        "clients",
        {"period": Q, "category": topic, "case_type": "DV", "sex": "F"},
        value,
        cell,
    )
    for topic, value, cell in (("child_rights", 5, "S!C6"), ("body_hygiene", 3, "S!C7"))
]


@pytest.mark.parametrize(("printed", "fits"), [(5, True), (8, True), (4, False), (9, False)])
def test_a_total_of_persons_lies_between_the_largest_row_and_the_sum(printed, fits):
    claims = [claim("total", printed, "S!C13", table="life_skills", measure="attended", case_type="DV", sex="F")]
    assert found(TAUGHT, claims) == ([] if fits else [("total_once", "S!C13", "5 to 8")])


def note(text, source, *parts, **key):
    return [claim("note", value, source, text=text, **key, **{name: code}) for name, code, value in parts]


def test_a_note_must_add_up_to_its_cell():
    row = education(6, 0, 0)
    right = note("6 (SA1, NC2, TL3)", "S!C6", ("case_type", "SA", 1), ("case_type", "NC", 2), ("case_type", "TL", 3))
    wrong = note("6 (SA1, NC2, TL2)", "S!C6", ("case_type", "SA", 1), ("case_type", "NC", 2), ("case_type", "TL", 2))
    keyed = [[_at(part, "2010-04") for part in parts] for parts in (right, wrong)]
    assert found(row, keyed[0]) == []
    assert found(row, keyed[1]) == [("note_sum", "S!C6", "6")]


def test_no_part_is_larger_than_its_whole():
    row = education(4, 0, 0)
    assert found(row, [_at(note("4/2", "S!C6", ("sex", "M", 2))[0], "2010-04")]) == []
    assert found(row, [_at(note("4/5", "S!C6", ("sex", "M", 5))[0], "2010-04")]) == [("note_part", "S!C6", "4")]


def _at(part, month):
    return Claim(
        part.table,
        part.measure,
        part.unit,
        {**part.key, "period": month, "category": "grade_1"},
        part.value,
        part.source,
        part.kind,
        part.text,
    )


def test_a_totals_note_is_held_against_the_notes_of_its_months():
    row = education(3, 2, 0)
    months = [
        _at(note("3 (F3)", "S!C6", ("sex", "F", 3))[0], "2010-04"),
        _at(note("2 (F1, M1)", "S!D6", ("sex", "F", 1))[0], "2010-05"),
        _at(note("2 (F1, M1)", "S!D6", ("sex", "M", 1))[0], "2010-05"),
    ]
    whole = [claim("total", 5, "S!F6", text="5 (F5)", category="grade_1")]
    whole += note("5 (F5)", "S!F6", ("sex", "F", 5), category="grade_1")
    assert found(row, [*months, *whole]) == [("note_parts", "S!F6", "4")]
