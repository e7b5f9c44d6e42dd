"""Disputes follow cells: a figure carries † exactly where it rests on a cell in question."""

from functools import cache

import marked
import pytest
from extent import proof
from planting import plant
from workbooks import WORKBOOK

from ccpcr_lib import load, release
from ccpcr_lib.analysis.report import Report

QUARTER = load(WORKBOOK)
HOMES = dict(zip(QUARTER.counts["source"], QUARTER.counts["table"], strict=True))
SAID_ALIKE = [cell for cell in HOMES if not cell.startswith("Slide 20!")]
"""A thousand more clients make the totals of slide 20 bounds, with other rows and notes: no place is as it was."""
LISTED = "Figures to confirm"
"""The slides that list the cells in question, and differ with them."""
REFERRED = [cell for cell, table in HOMES.items() if table == "referrals_by_type"]


@cache
def in_question(cell: str) -> tuple[Report, Report]:
    """Put a base cell in question; give the quarter, and the same with a thousand more in the cell."""
    report = marked.disputed(QUARTER, cell)
    return report, marked.with_more(report, cell)


@proof("cell", list(HOMES), sample=16)
def test_every_base_cell_in_question_marks_the_figures_of_its_table_that_rest_on_it(cell):
    for shown in (marked.of_table, marked.of_sentences, marked.of_native_charts, marked.of_explorer):
        wrong, right = marked.mistakes(*(shown(report, HOMES[cell]) for report in in_question(cell)))
        assert wrong == [], shown.__name__
        assert right or shown in (marked.of_explorer, marked.of_sentences, marked.of_native_charts)


@proof("cell", list(HOMES), sample=6)
def test_every_base_cell_in_question_marks_no_figure_of_another_table(cell):
    report, more = in_question(cell)
    for name in (name for name in QUARTER.tables if name != HOMES[cell]):
        for shown in (marked.of_table, marked.of_sentences, marked.of_native_charts):
            assert marked.mistakes(shown(report, name), shown(more, name))[0] == []


@proof("cell", list(HOMES), sample=6)
def test_every_base_cell_in_question_marks_the_numbers_in_pictures_that_rest_on_it(cell):
    wrong, _ = marked.mistakes(*(marked.of_pictures(report, HOMES[cell]) for report in in_question(cell)))
    assert wrong == []


@proof("cell", list(HOMES), sample=12)
def test_every_base_cell_in_question_marks_the_indicators_and_sentences_that_rest_on_it(cell):
    for shown in (marked.of_indicators, marked.of_narrative):
        assert marked.mistakes(*(shown(report) for report in in_question(cell)))[0] == []


@proof("cell", REFERRED, sample=2)
def test_the_pictures_of_an_indicator_mark_the_numbers_that_rest_on_a_cell(cell):
    wrong, right = marked.mistakes(*(marked.of_indicator_pictures(report, "referred") for report in in_question(cell)))
    assert wrong == []
    assert right


@proof("cell", SAID_ALIKE, sample=3)
def test_the_hand_out_shows_marks_in_the_formats_of_numbers_that_rest_on_a_cell(cell):
    shown, more = (list(marked.of_handout(report)) for report in in_question(cell))
    for (place, value, is_marked), (_, other, _) in zip(shown, more, strict=True):
        assert is_marked == (value != other) or (is_marked and 0 <= value <= 1), place
    assert any(is_marked for *_, is_marked in shown)


@proof("cell", SAID_ALIKE, sample=1)
def test_a_slide_is_marked_in_its_title_exactly_where_a_figure_on_it_is(cell):
    shown, more = (
        [slide for slide in marked.of_deck(report) if not slide[0].startswith(LISTED)] for report in in_question(cell)
    )
    for title, texts in shown:
        assert ("†" in title) == any("†" in text for some in texts.values() for text in some), title
    seen, others = 0, marked.by_title(more)
    for place, some in marked.by_title(shown).items():
        if place in others and len(some) == len(others[place]):
            wrong, right = marked.mistakes(some, others[place])
            assert wrong == [], place
            seen += right
    assert seen


# --- what is printed beside the counts ---


def body(report: Report, name: str) -> list[str]:
    return marked.marked_texts(marked.of_table(report, name))


def test_a_printed_total_in_question_marks_the_total_that_it_prints_and_no_part_of_it():
    report = marked.disputed(QUARTER, "Slide 12!F7")  # 5 in grade 2
    assert body(report, "education")[:1] == ["5 †"]
    assert len(body(report, "education")) == 2  # and its percent
    assert marked.marked_texts(marked.of_sentences(report, "education")) == ["5 †"]
    assert marked.marked_texts(marked.of_native_charts(report, "education")) == []
    assert marked.marked_texts(marked.of_pictures(report, "education"))[:1] == ["5 †"]


def test_a_printed_total_of_another_table_marks_nothing_here():
    report = marked.disputed(QUARTER, "Slide 12!F7")
    assert [name for name in QUARTER.tables if body(report, name)] == ["education"]


def test_a_wrong_percent_disputes_that_percent_and_not_the_counts_beside_it():
    report = marked.disputed(QUARTER, "Slide 16!H10", rule="share")
    assert body(report, "family_assessments") == ["17 % †"]
    assert marked.marked_texts(marked.of_sentences(report, "family_assessments")) == []
    assert marked.marked_texts(marked.of_native_charts(report, "family_assessments")) == []
    shown = [(place.partition("!")[0], value) for place, value, is_marked in marked.of_handout(report) if is_marked]
    assert shown == [("16 family assessments", 0.17)]


def test_a_wrong_percent_in_the_cell_of_a_total_leaves_the_total_unmarked():
    report = marked.disputed(QUARTER, "Slide 7!H9", rule="share")
    assert body(report, "referrals_by_sex") == ["17 % †"]


def test_a_note_in_question_marks_the_figure_of_its_cell():
    report = marked.disputed(QUARTER, "Slide 15!F5")
    assert body(report, "vocational_skills") == ["6 †", "100 % †"]
    assert marked.marked_texts(marked.of_sentences(report, "vocational_skills")) == ["6 †"]


def test_a_printed_plan_in_question_marks_the_plan_wherever_it_is_set_against():
    plan = QUARTER.printed[QUARTER.printed["kind"] == "plan"]["source"].iloc[0]
    report = marked.disputed(QUARTER, plan)
    assert body(report, "referrals_by_type") == ["60 †", "60 †"]  # beside the rows and below them
    planned = ["15 †", "30 †"]  # the quarter's part of it, and what is due by now
    assert marked.marked_texts(marked.of_native_charts(report, "referrals_by_type")) == ["60 †", *planned]
    assert marked.marked_texts(marked.of_pictures(report, "referrals_by_type")) == planned


def test_a_finding_that_is_explained_marks_nothing():
    explained = [finding for finding in QUARTER.problems if finding.severity == "note"]
    report = Report(QUARTER.reading, tuple(explained))
    assert [name for name in QUARTER.tables if body(report, name)] == []


# --- titles and feet ---


@pytest.mark.parametrize("name", QUARTER.tables)
def test_a_table_is_marked_in_its_title_and_says_why_exactly_where_a_figure_is(name):
    shown = release(QUARTER)
    assert bool(shown.dagger(name)) == bool(body(QUARTER, name)) == bool(shown.disputes(name))


def test_the_foot_of_a_table_lists_only_what_marks_something_in_it():
    said = {name: [finding.where[0] for finding in release(QUARTER).disputes(name)] for name in QUARTER.tables}
    assert {name: cells for name, cells in said.items() if cells} == {
        "referrals_by_sex": ["Slide 7!H9", "Slide 7!N9"],
        "referrals_by_age": ["Slide 7!N9", "Slide 8!E8"],  # the first with Slide 8!J9, which has the same note
        "vocational_skills": ["Slide 15!F5"],
        "family_assessments": ["Slide 16!H10"],
        "reintegration": ["Slide 18!E5"],
    }


def test_the_sentence_on_the_results_of_the_quarter_marks_the_clients_who_left():
    said = marked.marked_texts(marked.of_narrative(QUARTER))
    assert said == ["24 †"]  # June of slide 18, Slide 18!E5


# --- what each rule puts in question ---

PLANTED = {
    # one grade 2 pupil more than the row and the column of April say: that cell, where the two totals cross
    "Slide 12!C7 = 6": ("total", ["Slide 12!C7"]),
    # a row's total alone: every figure of its row fits its month's total
    "Slide 12!F7 = 6": ("total", ["Slide 12!F7"]),
    # the total of all: its own figures and three other slides say 18
    "Slide 9!E7 = 19": ("total", ["Slide 9!E7"]),
    # a note that does not add up to its cell
    "Slide 19!F5 = 2 (SA1, NC2)": ("note_sum", ["Slide 19!F5"]),
    # a percent
    "Slide 12!G7 = 0.3": ("share", ["Slide 12!G7"]),
    # a blank
    "Slide 12!D7 = ": ("blank", ["Slide 12!D7"]),
    # the quarter before has no totals across: 13 instead of 6, and no other figure can be 7 less
    "Slide 17!C7 = 9": ("odd_one_out", ["Slide 17!C7", "Slide 17!C13"]),
    # clients in the shelter in May: 61 - 12 + 2 follow from April, and 43 + 6 + 3 - 1 lead to June, both 51
    "Slide 8!B7 = 52": ("odd_one_out", ["Slide 8!B7"]),
    # one more left for a partner in May than its row, its month and the shelter of June say
    "Slide 19!D5 = 3": ("odd_one_out", ["Slide 19!D5"]),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_a_finding_puts_in_question_what_can_be_wrong_and_not_all_that_took_part(planted, tmp_path):
    place, _, content = planted.partition(" = ")
    sheet, _, cell = place.rpartition("!")
    rule, cells = PLANTED[planted]
    value = float(content) if "." in content else int(content) if content.isdecimal() else content or None
    there = [problem for problem in load(plant(tmp_path, (sheet, cell, value))).problems if problem.rule == rule]
    assert [problem.where for problem in there if problem.where[0] == cells[0]] == [tuple(cells)]


def test_cells_of_another_quarter_are_not_named_as_cells_of_this_one(two_workbooks):
    """July's 61 do not follow from June's 43, which stand in the other workbook at Slide 8!B8, as do those who left."""
    _, following = two_workbooks
    july = [problem for problem in load(following).problems if problem.where[:1] == ("Slide 8!B6",)]
    assert [problem.where for problem in july if problem.rule == "relation"] == [
        ("Slide 8!B6", "Slide 8!C6", "Slide 8!E6", "Slide 8!G6")
    ]


def test_an_explanation_may_name_a_cell_that_is_evidence_only(tmp_path):
    line = "2010-Q2,margin,referrals_by_sex,Slide 7!N8; Slide 18!E6,27; 27; 24,,Three left twice.,officer,2010-07-05"
    path = plant(tmp_path, ("Slide 12", "D7", 0))
    header = "period,rule,table,cells,printed,expected,explanation,role,date"
    (tmp_path / "explanations.csv").write_text(f"{header}\n{line}\n", encoding="utf-8")
    rules = [problem.rule for problem in load(path).problems]
    assert "explanation_unused" not in rules
    assert [problem.severity for problem in load(path).problems if problem.where[:1] == ("Slide 7!N8",)] == ["note"]
