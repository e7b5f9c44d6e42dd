"""Mistakes are told once each, at their cell: in the real quarter, and in made-up ones that agree with themselves."""

import random
from dataclasses import replace
from functools import cache

import pytest
from named_cells import outcome
from planting import plant
from sound_quarters import earlier, sound
from typing_faults import Fault
from ways_of_totals import WAYS, planted
from workbooks import WORKBOOK

from ccpcr_lib import load
from ccpcr_lib.model.finding import Finding
from ccpcr_lib.quality.check import check_reading

SEED, QUARTER = 1, "2009-Q2"
"""A quarter that agrees with itself: it has one before it, and 13 clients referred in four tables."""


def says(finding: Finding) -> tuple:
    return finding.rule, finding.variant, finding.where, finding.odd, finding.printed, finding.expected


def told(changes: dict[str, object], way: str = "calculated", period: str = QUARTER) -> list[Finding]:
    """What is told when some cells of a sound quarter are typed over, beside the quarters before it."""
    return list(outcome(Fault("by hand", 0, SEED, period, (changes,), {}), WAYS[way]).findings)


@cache
def known_of_real() -> frozenset:
    return frozenset(item.said for item in load(WORKBOOK).problems)


def told_of_real(folder, *changes: tuple[str, str, object]) -> list[tuple]:
    """What is told of the real quarter only when some of its cells are typed over."""
    known = known_of_real()
    new = [item for item in load(plant(folder, *changes)).problems if item.said not in known]
    return [says(item) for item in new if item.severity != "note"]


# --- one figure ---


@pytest.mark.parametrize("way", WAYS)
def test_nothing_is_told_of_a_quarter_that_agrees_with_itself(way):
    findings = check_reading(planted(sound(SEED, QUARTER), WAYS[way], {}), earlier(SEED, QUARTER))
    assert [item for item in findings if item.severity != "note"] == []


def test_a_wrong_count_is_one_finding_where_its_totals_meet(tmp_path):
    """Visits of neglected children are 12 in all, those of April 29: both leave 11."""
    assert told_of_real(tmp_path, ("Slide 17", "D8", 12)) == [("total", "cell", ("Slide 17!D8",), 1, "12", "11")]


def test_a_wrong_total_beside_right_figures_is_told_at_the_total(tmp_path):
    assert told_of_real(tmp_path, ("Slide 12", "F7", 6)) == [("total", "", ("Slide 12!F7",), 1, "6", "5")]


def test_a_total_with_its_digits_exchanged_is_told_at_the_total(tmp_path):
    assert told_of_real(tmp_path, ("Slide 17", "D13", 92)) == [("total", "", ("Slide 17!D13",), 1, "92", "29")]


def test_a_typed_total_of_a_sound_quarter_is_told_alone():
    """The row adds up to 2, and the columns' totals fit."""
    (finding,) = told({"Education!E15": 3}, "typed")
    assert says(finding) == ("total", "", ("Education!E15",), 1, "3", "2")


@pytest.mark.parametrize("way", WAYS)
def test_a_stock_with_its_digits_exchanged_is_told_once_and_not_again_a_month_later(way):
    (finding,) = told({"Referrals by age!B9": 74}, way)
    assert says(finding) == ("odd_one_out", "likely", ("Referrals by age!B9",), 1, "74", "44")
    assert [item.where[0] for item in finding.settled] == ["Referrals by age!B9", "Referrals by age!B10"]


def test_a_wrong_august_makes_no_finding_at_september():
    (finding,) = told({"Referrals by age!B9": 50}, period="2009-Q3")
    assert says(finding) == ("odd_one_out", "likely", ("Referrals by age!B9",), 1, "50", "48")


@pytest.mark.parametrize("way", WAYS)
def test_a_wrong_percent_beside_right_counts_is_told_at_the_percent(way):
    """5 of 15 visits."""
    (finding,) = told({"Family visits!G9": 0.43}, way)
    assert says(finding) == ("share", "", ("Family visits!G9",), 1, "43 %", "33 % or 34 %")


def test_a_column_of_the_quarter_before_that_is_no_longer_what_it_was_is_told_there():
    (finding,) = told({"Family visits!B9": 6}, "typed")
    assert says(finding) == ("odd_one_out", "likely", ("Family visits!B9",), 1, "6", "5")
    assert [item.rule for item in finding.settled] == ["previous_quarter", "total"]


def test_one_note_typed_alike_in_two_tables_is_told_once(tmp_path):
    """6 came home in May; the note says 5 girls on slides 7 and 8. The quarter's own note is wrong as before."""
    new = told_of_real(tmp_path, ("Slide 7", "N7", "6 (F5)"), ("Slide 8", "J7", "6 (F5)"))
    own = [item for item in new if item[2][0] != "Slide 7!N9"]
    assert own == [("note_sum", "", ("Slide 7!N7", "Slide 8!J7"), 1, "6 (F5)", "6")]


# --- tables that count the same ---


def test_of_four_tables_the_one_that_differs_is_wrong_in_the_row_that_another_rule_doubts():
    """Sexually abused in May: 2, and so 14 in all; each other table says 13, and fewer families were assessed."""
    (finding,) = told({"Referrals by type!D8": 2})
    assert says(finding) == ("odd_one_out", "likely", ("Referrals by type!D8",), 1, "2", "1")
    assert [item.rule for item in finding.settled] == ["margin", "relation"]
    assert "14" in finding.message


def test_a_table_of_the_real_quarter_that_differs_from_three_is_told_at_its_cell(tmp_path):
    """Slide 6 says 19 where three others say 18; its April and its DV are one too many."""
    new = told_of_real(tmp_path, ("Slide 6", "D6", 2))
    assert new == [("odd_one_out", "likely", ("Slide 6!D6",), 1, "2", "1")]


def test_equals_are_named_as_equals():
    """One too many on the list of organisations: either may be it."""
    (finding,) = told({"Referral sources!B7": 8})
    assert (finding.variant, finding.odd, set(finding.where)) == (
        "open",
        0,
        {"Referral sources!B7", "Referral sources!B8"},
    )
    assert "8 in B7 (then 7) or 5 in B8 (then 4)" in finding.message


def test_a_total_beside_it_tells_equals_apart():
    (finding,) = told({"Referral sources!B7": 8}, "typed")
    assert says(finding) == ("odd_one_out", "likely", ("Referral sources!B7",), 1, "8", "7")


def test_a_figure_that_is_wrong_however_it_came_about_is_told_first_and_what_may_be_wrong_with_it_behind():
    """Five learned it at most, so 8 is wrong; the 5 beside it may have been exchanged with it, or be right."""
    (finding,) = told({"Life skills!E8": 5, "Life skills!F8": 8}, "typed")
    assert (finding.rule, finding.variant, finding.odd) == ("odd_one_out", "wrong", 1)
    assert (finding.printed, finding.expected) == ("8", "5")
    assert finding.where[:2] == ("Life skills!F8", "Life skills!E8")
    assert "8 does not fit here; 5 would settle this: Life skills!F19: the total says 5" in finding.message
    assert "Perhaps another figure is wrong with it: E8, C8, H8, K8, or one other. Compare with" in finding.message


# --- several figures ---


def test_two_neighbours_exchanged_are_told_together(tmp_path):
    new = told_of_real(tmp_path, ("Slide 17", "D8", 3), ("Slide 17", "D9", 11))
    assert new == [("odd_one_out", "swap", ("Slide 17!D8", "Slide 17!D9"), 2, "3 and 11", "11 and 3")]


def test_two_months_of_a_row_exchanged_are_told_together(tmp_path):
    new = told_of_real(tmp_path, ("Slide 17", "D6", 0), ("Slide 17", "E6", 7))
    assert new == [("odd_one_out", "swap", ("Slide 17!D6", "Slide 17!E6"), 2, "0 and 7", "7 and 0")]


def test_a_client_on_the_wrong_side_is_told_at_both_sides():
    (finding,) = told({"Referral sources!B7": 6, "Referral sources!C7": 2}, "typed")
    sides = ("Referral sources!C7", "Referral sources!B7")
    assert says(finding) == ("odd_one_out", "side", sides, 2, "2 and 6", "1 and 7")


APRIL, JUNE = (0, 1, 1, 1, 0, 1, 0), (2, 0, 1, 0, 1, 1, 1)
DIFFERENT = (7, 8, 10, 11, 13)
"""The rows in which they differ."""


@pytest.mark.parametrize("way", WAYS)
def test_two_months_exchanged_are_told_as_two_columns(way):
    exchanged = {f"Referrals by type!C{row}": figure for row, figure in enumerate(JUNE, 7)}
    exchanged |= {f"Referrals by type!E{row}": figure for row, figure in enumerate(APRIL, 7)}
    (finding,) = told(exchanged, way)
    cells = {f"Referrals by type!{column}{row}" for column in "CE" for row in DIFFERENT}
    assert (finding.variant, finding.odd, set(finding.where)) == ("lines", 10, cells)


LEFT = (1, 1, 2, 1, 0, 0, 0)
"""March by type: June is 2, 0, 1, 0, 1, 1, 1."""


@pytest.mark.parametrize("way", WAYS)
def test_a_month_left_from_the_quarter_before_is_told_as_a_block(way):
    (finding,) = told({f"Referrals by type!E{row}": figure for row, figure in enumerate(LEFT, 7)}, way)
    assert (finding.variant, finding.odd, finding.expected) == ("block", 7, "")
    assert set(finding.where) == {f"Referrals by type!E{row}" for row in range(7, 14)}
    assert "7 figures here are those of 2009-Q1" in finding.message


def test_a_table_left_from_the_quarter_before_is_told_once_and_not_as_a_copy_too():
    (finding,) = told({"Reintegration!B7": 2, "Reintegration!D7": 6}, "typed")
    assert (finding.rule, finding.variant, finding.odd) == ("odd_one_out", "block", 6)
    assert set(finding.where) == {f"Reintegration!{column}{row}" for column in "BCD" for row in (7, 8)}


@pytest.mark.parametrize(("cell", "total"), [("Family visits!D9", "2"), ("Referrals by age!E8", "2")])
def test_a_figure_that_is_a_text_is_told_to_be_one(cell, total):
    (finding,) = told({cell: total})
    assert says(finding) == ("odd_one_out", "text", (cell,), 1, "2", "2")
    assert "2 stands here as a text" in finding.message


def test_two_mistakes_are_two_findings(tmp_path):
    assert told_of_real(tmp_path, ("Slide 12", "C7", 6), ("Slide 17", "D8", 12)) == [
        ("total", "cell", ("Slide 12!C7",), 1, "6", "5"),
        ("total", "cell", ("Slide 17!D8",), 1, "12", "11"),
    ]


def test_two_mistakes_in_one_measure_are_two_findings():
    findings = told({"Referrals by type!D8": 2, "Referrals by age!B9": 74})
    assert [(item.where, item.expected) for item in findings] == [
        (("Referrals by type!D8",), "1"),
        (("Referrals by age!B9",), "44"),
    ]


def test_a_mistake_beside_another_in_one_table_accuses_no_right_cell(tmp_path):
    """13 came home in April where 12 did; June says 6 where it was 9 already."""
    assert told_of_real(tmp_path, ("Slide 18", "C5", 13)) == [
        ("odd_one_out", "several", ("Slide 18!C5", "Slide 18!E5"), 2, "13 and 6", "12 and 9")
    ]


# --- what is explained ---

HEAD = "period,rule,table,cells,printed,expected,explanation,role,date\n"


def problems_with(folder, line: str, *changes: tuple[str, str, object]) -> list[Finding]:
    path = plant(folder, *changes)
    (folder / "explanations.csv").write_text(HEAD + line, encoding="utf-8")
    return list(load(path).problems)


def test_a_disagreement_explained_before_its_odd_cell_was_known_stays_explained(tmp_path):
    line = "2010-Q2,margin,,Slide 7!N8; Slide 18!E5,27; 27; 24,,Three went to a partner.,officer,2010-07-02\n"
    problems = problems_with(tmp_path, line, ("Slide 12", "F7", 6))
    assert [(item.rule, item.severity) for item in problems if "Three went to a partner." in item.message] == [
        ("margin", "note")
    ]
    assert [item for item in problems if item.where[:1] == ("Slide 18!E5",) and item.severity != "note"] == []


def test_what_is_explained_takes_no_part_in_what_is_told_of_other_cells(tmp_path):
    line = "2010-Q2,margin,,Slide 7!N8; Slide 18!E5,27; 27; 24,,Three went to a partner.,officer,2010-07-02\n"
    problems = problems_with(tmp_path, line, ("Slide 18", "F5", 25))
    assert [says(item) for item in problems if item.where == ("Slide 18!F5",)] == [
        ("total", "", ("Slide 18!F5",), 1, "25", "24")
    ]


# --- order ---


def conclusions(findings: list[Finding]) -> list[tuple]:
    """What is concluded: which of several equals comes first, and which of two tables, is as they were read."""
    return [
        (item.rule, item.variant, item.odd, item.where[: item.odd], set(item.where), set(item.evidence))
        for item in findings
        if item.severity != "note"
    ]


SHUFFLED = (
    {"Referrals by type!D8": 2, "Family visits!C9": 4},
    {"Referral sources!B7": 8},
    {"Referral sources!B7": 6, "Referral sources!C7": 2},
)


@pytest.mark.parametrize("changes", SHUFFLED)
@pytest.mark.parametrize("way", WAYS)
def test_the_order_in_which_a_workbook_is_read_changes_no_conclusion(changes, way):
    reading = planted(sound(SEED, QUARTER), WAYS[way], changes)
    draw = random.Random(7)
    base, claims = (draw.sample(facts, len(facts)) for facts in (reading.base, reading.claims))
    shuffled = replace(reading, base=tuple(base), claims=tuple(claims))
    one, two = (conclusions(check_reading(read, earlier(SEED, QUARTER))) for read in (reading, shuffled))
    assert one
    assert one == two
