"""A new workbook, typed into and calculated by LibreOffice: what is read of it, and what it says of itself."""

from dataclasses import replace
from pathlib import Path

import pytest
from consistent import consistent
from counted import by_hand, in_order
from programs import soffice
from python_calamine import CalamineWorkbook
from slide_words import KHMER
from truth import Q2_2010, Truth
from typist import check_lines, drafted, typed
from workbooks import WORKBOOK

from ccpcr_lib import load
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.forms.checks import Check, Operand, SettledCheck, Side
from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.forms.workbook import lay_out_sheets

pytestmark = pytest.mark.slow

# --- the real quarter -------------------------------------------------------------------------------------------

NOTES = {
    "Referrals by sex!O8": "(F12)",
    "Referrals by sex!O9": "(F6)",
    "Referrals by sex!O10": "(F9)",
    "Referrals by sex!O11": "(F25, M2)",
    "Referrals by age!L8": "(F12)",
    "Referrals by age!L9": "(F6)",
    "Referrals by age!L10": "(F9)",
    "Referrals by age!L11": "(F25, M2)",
    "Referral sources!F7": "TL2",
    "Vocational skills!G7": "(SA1, NC2, TL2)",
    "Partner referrals!G7": "(sa1; nc1)",
    "Partner referrals!G8": "(SW ១)",
    "Follow up support!G9": "(M2, F2)",
    "Follow up support!G14": "(ស្រី 6, ប្រុស 6)",
}


ON_PAPER = {
    "Education!H8": 2,
    "Education!H9": 6,
    "Education!B21": 11,
    "Referrals by sex!C12": 1,
    "Follow up support!H8": 1,
    "Other services!B16": 51,
}
"""Totals on paper: of the five pupils of grade 2 it says six, and of the 52 clients in care that 51 got services."""


def one_more_home(truth: Truth) -> Truth:
    """Let one client more go home in the first month, and in no other table."""
    first, *later = truth.tables["reintegration"]["family_community"]
    rows = truth.tables["reintegration"] | {"family_community": (first + 1, *later)}
    return replace(truth, tables=truth.tables | {"reintegration": rows})


def one_topic(truth: Truth) -> Truth:
    """Let everybody have attended one topic of life skills, and nobody another."""
    taught = truth.tables["life_skills"]
    rows = {topic: figures if topic == "budgeting" else (0,) * len(figures) for topic, figures in taught.items()}
    return replace(truth, tables=truth.tables | {"life_skills": rows})


SOUND = consistent(3, 2010, 3)
GRADES = replace(SOUND, tables={"education": consistent(4, 2010, 3).tables["education"]})


@pytest.fixture(scope="module")
def calculated(tmp_path_factory) -> dict[str, Path]:
    """Typed workbooks, calculated all in one run: the real quarter with its notes, and quarters with slips."""
    folder = tmp_path_factory.mktemp("typed")
    third = draft_from("2010-Q3", folder / "2010-Q3.xlsx", WORKBOOK)
    khmer = str(SOUND.tables["education"]["grade_2"][1]).translate(KHMER)
    files = [
        typed(folder / "real.xlsx", drafted("2010-Q2"), Q2_2010, notes=NOTES),
        typed(folder / "topic.xlsx", drafted("2010-Q2"), one_topic(Q2_2010)),
        typed(folder / "slip.xlsx", drafted("2010-Q3"), one_more_home(consistent(2, 2010, 3))),
        typed(folder / "over.xlsx", third, GRADES, notes={"Education!E8": 99, "Family visits!B8": 10}),
        typed(folder / "paper.xlsx", drafted("2010-Q2"), Q2_2010, notes=ON_PAPER),
        typed(folder / "khmer.xlsx", drafted("2010-Q3", "km"), SOUND, notes={"Education!C9": khmer}),
    ]
    return {path.stem: path for path in soffice(files, folder / "made", "xlsx")}


@pytest.fixture(scope="module")
def real(calculated) -> Path:
    """The figures and the notes of the real quarter, typed into a new workbook and calculated."""
    return calculated["real"]


def test_the_crosses_are_the_contradictions_that_a_formula_can_say(real):
    crosses = [sentence for _, sentence, state in check_lines(real) if state == "✗"]
    by_sex, by_age = "“Clients referred by case type and sex”", "“Clients referred by age and sex”"
    sources, home = "“Organizations that referred clients”", "“Clients reintegrated into the community”"
    assert crosses == [
        f"Clients referred to the shelter, Female, June: {by_sex} and {by_age} say the same.",
        f"Clients referred to the shelter, Male, June: {by_sex} and {by_age} say the same.",
        f"Clients reintegrated, June: {by_sex} and {home} say the same.",
        f"Clients referred to the shelter, Female, 2nd quarter of 2010: {by_age} and {sources} say the same.",
        f"Clients referred to the shelter, Male, 2nd quarter of 2010: {by_age} and {sources} say the same.",
        f"Clients reintegrated, June: {by_age} and {home} say the same.",
        "Every note adds up to the figure it divides.",
    ]


def test_python_finds_the_same_contradictions_and_one_that_no_formula_says(real):
    found = [(item.rule, item.where[0], item.printed) for item in load(real).problems if item.severity != "note"]
    assert found == [
        ("note_parts", "Referrals by sex!N11", "27 (F25, M2)"),
        ("odd_one_out", "Referrals by age!E10", "0 and 1"),
        ("note_sum", "Vocational skills!E7", "6 (SA1, NC2, TL2)"),
        ("odd_one_out", "Reintegration!D7", "6"),
    ]


def test_the_first_sheet_counts_what_is_open(real):
    (banner,) = CalamineWorkbook.from_path(real).get_sheet_by_name("About").to_python(skip_empty_area=False)[4][:1]
    assert banner == "✗ 7 rules do not hold: the sheet Checks says which. Every cell is filled in."


def test_notes_are_read_from_their_column_as_if_they_stood_in_the_cell(real):
    printed = read_workbook(real).printed
    notes = printed[printed["kind"] == "note"]
    read = [(note.source, note.case_type, note.sex, note.value, note.text) for note in notes.itertuples()]
    told = [tuple(None if part != part else part for part in note) for note in read]
    assert told[:5] == [
        ("Referrals by sex!N8", None, "F", 12, "12 (F12)"),
        ("Referrals by sex!N9", None, "F", 6, "6 (F6)"),
        ("Referrals by sex!N10", None, "F", 9, "9 (F9)"),
        ("Referrals by sex!N11", None, "F", 25, "27 (F25, M2)"),
        ("Referrals by sex!N11", None, "M", 2, "27 (F25, M2)"),
    ]
    assert told[10:] == [
        ("Referral sources!D7", "TL", None, 2, "2 (TL2)"),
        ("Vocational skills!E7", "SA", None, 1, "6 (SA1, NC2, TL2)"),
        ("Vocational skills!E7", "NC", None, 2, "6 (SA1, NC2, TL2)"),
        ("Vocational skills!E7", "TL", None, 2, "6 (SA1, NC2, TL2)"),
        ("Partner referrals!E7", "SA", None, 1, "2 (sa1; nc1)"),
        ("Partner referrals!E7", "NC", None, 1, "2 (sa1; nc1)"),
        ("Partner referrals!E8", "SW", None, 1, "1 (SW ១)"),
        ("Follow up support!F9", "NC", "M", 2, "4 (M2, F2)"),
        ("Follow up support!F9", "NC", "F", 2, "4 (M2, F2)"),
        ("Follow up support!F14", None, "F", 6, "12 (ស្រី 6, ប្រុស 6)"),
        ("Follow up support!F14", None, "M", 6, "12 (ស្រី 6, ប្រុស 6)"),
    ]


# --- slips ------------------------------------------------------------------------------------------------------


def test_one_wrong_cell_gets_crosses_that_speak_of_it(calculated):
    crosses = [sentence for _, sentence, state in check_lines(calculated["slip"]) if state == "✗"]
    assert [text.partition(":")[0] for text in crosses] == [
        "Clients reintegrated, July",
        "Clients reintegrated, July",
        "August",
    ]
    (warning,) = [item for item in load(calculated["slip"]).problems if item.severity == "warning"]
    assert (warning.rule, warning.where, warning.printed, warning.expected) == (
        "odd_one_out",
        ("Reintegration!B7",),
        "1",
        "0",
    )
    assert {item.rule for item in warning.settled} == {"margin", "relation"}


def test_a_total_typed_over_and_an_earlier_figure_changed_get_crosses(calculated):
    assert [sentence for _, sentence, state in check_lines(calculated["over"]) if state == "✗"] == [
        "Clients enrolled in school by grade (clients): the totals of the rows add up to all figures.",
        "Clients who visited their families, Sexual Abuse (SA), 2nd quarter of 2010: "
        "as that quarter's own workbook says.",
    ]


def test_khmer_digits_typed_as_text_are_read(calculated):
    assert in_order(read_workbook(calculated["khmer"]).counts) == by_hand(SOUND)


def test_a_rule_that_does_not_hold_says_that_it_is_one_of_the_two_figures(calculated, real):
    """A note has but one figure; beside a tick nothing is said."""
    rows = CalamineWorkbook.from_path(calculated["slip"]).get_sheet_by_name("Checks").to_python(skip_empty_area=False)
    assert {row[6] for row in rows if row[5] == "✗" and row[3]} == {"one of these: see the paper"}
    assert {row[6] for row in rows if row[5] != "✗"} == {""}
    rows = CalamineWorkbook.from_path(real).get_sheet_by_name("Checks").to_python(skip_empty_area=False)
    assert [row[6] for row in rows if row[5] == "✗" and str(row[1]).startswith("Every note")] == [""]


# --- totals on paper --------------------------------------------------------------------------------------------


def test_a_total_on_paper_has_a_line_that_is_silent_until_it_is_typed(calculated, real):
    says = "the total on paper is the sum typed."
    assert {state for _, sentence, state in check_lines(real) if says in sentence} == {""}
    typed_there = {
        sentence.partition(": ")[0].partition("), ")[2]: state
        for _, sentence, state in check_lines(calculated["paper"])
        if says in sentence and state
    }
    assert typed_there == {
        "Grade 1": "✓",
        "Grade 2": "✗",
        "April": "✓",
        "Domestic Violence (DV)": "✓",
        "2nd quarter of 2010": "✗",
        "Sexual Abuse (SA)": "✓",
    }


def test_python_finds_the_same_two_wrong_totals_on_paper_and_no_other(calculated, real):
    known = {(item.rule, item.where[0]) for item in load(real).problems}
    found = [item for item in load(calculated["paper"]).problems if (item.rule, item.where[0]) not in known]
    assert [(item.settled[0].rule, item.settled[0].where[0], item.odd) for item in found] == [
        ("total", "Education!H9", 0),
        ("total_once", "Other services!B16", 0),
    ]
    assert all(item.settled[0].where[0] in item.where for item in found)


# --- what is known in bounds only -------------------------------------------------------------------------------


def taught(path: Path) -> tuple[object, ...]:
    """What the sheet Checks says of the clients in life skills: left, sign, right, state."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_name("Checks").to_python(skip_empty_area=False)
    return next(tuple(row[2:6]) for row in rows if "No more clients can attend life skills" in str(row[1]))


def test_a_figure_in_bounds_that_meet_is_shown_as_one_number(calculated, real):
    assert taught(real) == ("25 – 175", "≤", 64, "✓")
    assert taught(calculated["topic"]) == (25, "≤", 64, "✓")


@pytest.mark.parametrize(
    ("attended", "shown"), [({"hiv_aids"}, 25), ({"hiv_aids", "budgeting"}, "25 – 50"), (set(), 0)]
)
def test_a_new_workbook_shows_it_before_it_is_calculated(attended, shown):
    counts = load(WORKBOOK).counts
    counts.loc[(counts["table"] == "life_skills") & ~counts["category"].isin(attended), "value"] = 0
    sheets = {sheet.table: sheet for sheet in lay_out_sheets("2010-Q2", counts)}
    side = Side((Operand("life_skills", "attended", "clients", {"period": "2010-Q2"}, is_bound=True),))
    check = Check("life_skills", str, side, "<=", Side((Operand(value=64),)))
    assert SettledCheck(check, sheets).left.value == shown
