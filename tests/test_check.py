"""The real quarter's contradictions, and one wrong cell at a time."""

import re

import pytest
from planting import plant
from workbooks import WORKBOOK

from ccpcr_lib import load


def test_the_real_quarter_is_wrong_at_these_six_places(quarter):
    """A girl stands as a boy, April and May agree on who went home and June does not; the rest are single cells."""
    found = [
        (item.rule, item.where[0], item.printed, item.expected) for item in quarter.problems if item.severity != "note"
    ]
    assert found == [
        ("share", "Slide 7!H9", "15 %", "16 % or 17 %"),
        ("note_parts", "Slide 7!N9", "27 (F25, M2)", "27"),
        ("odd_one_out", "Slide 8!E8", "0 and 1", "1 and 0"),
        ("note_sum", "Slide 15!F5", "6 (SA1, NC2, TL2)", "6"),
        ("share", "Slide 16!H10", "15 %", "16 % or 17 %"),
        ("odd_one_out", "Slide 18!E5", "6", "9"),
    ]


def test_a_contradiction_is_told_at_its_odd_cell_with_every_figure_that_takes_part(quarter):
    reintegrated = next(item for item in quarter.problems if item.where[:1] == ("Slide 18!E5",))
    assert (reintegrated.where, reintegrated.odd) == (("Slide 18!E5",), 1)
    assert {"Slide 7!N8", "Slide 8!J8", "Slide 18!E6"} <= set(reintegrated.evidence)
    assert re.findall(r"says (\d+)", reintegrated.message) == ["27", "27", "24"]
    assert "They differ in: June." in reintegrated.message


def test_two_figures_that_look_exchanged_are_told_once_with_both_disagreements(quarter):
    (swapped,) = [item for item in quarter.problems if item.where == ("Slide 8!E8", "Slide 8!F8")]
    assert swapped.message.startswith(
        "Slide 8!E8 and Slide 8!F8: 0 and 1 are printed; exchanged they would settle this"
    )
    assert [item.where[0] for item in swapped.settled] == ["Slide 8!F8", "Slide 7!F8"]


def test_the_same_note_typed_in_two_tables_is_told_once(quarter):
    told = [item for item in quarter.problems if item.rule == "note_parts"]
    assert [item.where[:2] for item in told] == [("Slide 7!N9", "Slide 8!J9")]


def test_every_message_says_where_what_and_what_to_do(quarter):
    for item in quarter.problems:
        assert item.message.startswith(item.where[0])
        assert len(item.message) < 355
        assert item.message.startswith(item.statement)
        assert len(item.message) > len(item.statement), "a finding without advice"


SMALL_CHANGES = {
    "a month of a case type": ("Slide 6", "D6", 2),
    "a zero by sex": ("Slide 7", "D7", 1),
    "an age": ("Slide 8", "C6", 5),
    "the clients in the shelter": ("Slide 8", "B7", 52),
    "an organisation's total": ("Slide 9", "E6", 17),
    "a grade": ("Slide 12", "C7", 6),
    "a grade's total": ("Slide 12", "F7", 6),
    "a topic": ("Slide 14", "C8", 6),
    "the total of all topics": ("Slide 14", "N5", 26),
    "a topic's column total": ("Slide 14", "C13", 6),
    "a skill": ("Slide 15", "C5", 5),
    "the previous quarter": ("Slide 16", "C9", 30),
    "a merged total": ("Slide 17", "D14", 38),
    "a visit": ("Slide 17", "D6", 8),
    "a destination": ("Slide 18", "C5", 13),
    "a partner's total": ("Slide 19", "F6", 2),
    "a follow-up": ("Slide 20", "E6", 4),
    "the times": ("Slide 21", "D5", 4),
    "the plan": ("Slide 6", "C13", 61),
}


@pytest.mark.parametrize("what", SMALL_CHANGES)
def test_one_more_anywhere_is_seen_and_its_cell_named(tmp_path, what):
    sheet, cell, value = SMALL_CHANGES[what]
    before = {(item.rule, item.message) for item in load(WORKBOOK).problems}
    new = [
        item for item in load(plant(tmp_path, (sheet, cell, value))).problems if (item.rule, item.message) not in before
    ]
    assert any(f"{sheet}!{cell}" in item.where for item in new), [item.message for item in new]


def test_a_wrong_count_is_found_where_its_row_and_column_meet(tmp_path):
    problems = load(plant(tmp_path, ("Slide 17", "D8", 12))).problems
    totals = [item for item in problems if item.rule == "total"]
    assert [(item.where[0], item.printed, item.expected) for item in totals] == [("Slide 17!D8", "12", "11")]


def test_findings_come_in_the_order_of_the_slides(quarter):
    sheets = [item.where[0].partition("!")[0] for item in quarter.problems]
    slides = [int(sheet.removeprefix("Slide ")) for sheet in sheets if sheet != "Narrative"]
    assert slides == sorted(slides)


FAULTS = {
    "not_a_number": "some",
    "fraction": 2.5,
    "negative": -3,
    "error_value": "#REF!",
    "true_false": True,
    "not_calculated": "=SUM(A1)",
}


@pytest.mark.parametrize("rule", FAULTS)
def test_a_figure_nobody_can_read_is_one_finding_and_nothing_else(tmp_path, quarter, rule):
    before = {(item.rule, item.message) for item in quarter.problems}
    after = load(plant(tmp_path, ("Slide 12", "C6", FAULTS[rule]))).problems
    new = [item for item in after if (item.rule, item.message) not in before]
    assert [(item.rule, item.severity, item.where) for item in new] == [(rule, "error", ("Slide 12!C6",))]
    told = {item.message for item in after}
    open_now = [item.where[0] for item in quarter.problems if item.message not in told]
    assert open_now == ["Slide 21!C8"], "with a blank, nobody knows how many entered a grade"


MISLABELLED = {
    "unknown_row": ("Slide 6", "B6", "Violence"),
    "row_twice": ("Slide 12", "B7", "Grade 1"),
    "column_twice": ("Slide 12", "D4", "Apr"),
    "wrong_month": ("Slide 17", "E5", "Aug"),
}


@pytest.mark.parametrize("rule", MISLABELLED)
def test_a_wrong_label_is_one_finding_and_not_a_dozen_wrong_totals(tmp_path, quarter, rule):
    sheet, cell, _ = MISLABELLED[rule]
    before = {(item.rule, item.message) for item in quarter.problems}
    after = load(plant(tmp_path, MISLABELLED[rule])).problems
    new = [item for item in after if (item.rule, item.message) not in before]
    assert [(item.rule, item.where[0]) for item in new] == [(rule, f"{sheet}!{cell}")]
