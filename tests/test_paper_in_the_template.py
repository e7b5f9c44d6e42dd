"""The cells for totals on paper in a new workbook: which there are, and what typing into them does."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest
from counted import by_hand, frame, in_order
from truth import Q2_2010

from ccpcr_lib import load, release
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.forms.checks import SettledCheck
from ccpcr_lib.forms.checks_sheet import blank_cells
from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.forms.layout import EntrySheet
from ccpcr_lib.forms.workbook import Draft, lay_out_sheets, write_workbook
from ccpcr_lib.publish.handout import build_handout

PAPER = "paper_total"

CELLS = {
    "Referrals by type": "H7 H8 H9 H10 H11 H12 H13 C15 D15 E15 H15",
    "Referrals by sex": "P8 P9 P10 C12:D12 E12 F12:G12 H12:I12 J12 K12:L12 M12 N12 P12",
    "Referrals by age": "M8 M9 M10 C12:D12 E12:F12 G12:H12 K12 M12",
    "Referral sources": "G7 G8 G9 G10 G11 G12 B14 C14 G14",
    "Education": "H7 H8 H9 H10 H11 H12 H13 H14 H15 H16 H17 H18 H19 B21 C21 D21 H21",
    "Other services": "B16",
    "Skills follow up": "B16 D16",
    "Family visits": "I7 I8 I9 I10 I11 I12 I13 B16 C16 D16 E16 I16",
    "Follow up support": "H7 H8 H9 H10 H11 H12 H13 B16 D16 F16 H16",
}
"""By hand from the printed sheets: beside each row that adds up, below each total, the whole in the corner."""


def laid_out() -> list[EntrySheet]:
    return lay_out_sheets(Q2_2010.period, frame(Q2_2010), Q2_2010.plan)


def filled(sheet: EntrySheet, cells: Mapping[str, object]) -> EntrySheet:
    """Type contents (``Sheet!A1`` → content) into the cells of one sheet."""
    fields = (replace(cell, value=cells.get(f"{sheet.name}!{cell.source}", cell.value)) for cell in sheet.fields)
    return replace(sheet, fields=tuple(fields))


def typed(folder, cells: Mapping[str, object], sheets: Sequence[EntrySheet] = ()):
    """Write the sheets of a quarter, without others those of the real one that are typed into, and type into them."""
    names = {cell.partition("!")[0] for cell in cells}
    chosen = [filled(sheet, cells) for sheet in sheets or laid_out() if sheets or sheet.name in names]
    open_cells = {f"{sheet.name}!{cell.source}" for sheet in chosen for cell in sheet.fields if cell.slot.role == PAPER}
    assert set(cells) <= open_cells
    path = folder / "2010-Q2.xlsx"
    path.write_bytes(write_workbook(Draft(chosen)))
    return path


def found(path) -> list[tuple]:
    """What is found of totals in the tables that these tests type into."""
    rules = ("total", "total_once", "not_a_number")
    return [(item.rule, item.variant, item.where[0]) for item in load(path).problems if item.rule in rules]


@pytest.mark.parametrize("name", CELLS)
def test_there_is_a_cell_beside_each_row_below_each_total_and_in_the_corner(name):
    (sheet,) = [sheet for sheet in laid_out() if sheet.name == name]
    areas = {
        cell.source if cell.slot.columns == 1 else f"{cell.source}:{chr(ord(cell.source[0]) + 1)}{cell.source[1:]}"
        for cell in sheet.fields
        if cell.slot.role == PAPER
    }
    assert areas == set(CELLS[name].split())


def test_every_table_has_a_row_for_them_and_none_counts_as_to_be_filled_in():
    for sheet in laid_out():
        assert [cell.slot.text.code for cell in sheet.fields if cell.row == sheet.bottom and cell.column == 0] == [
            PAPER
        ]
        assert blank_cells(sheet)[1] == 0, "the real quarter has every count"
    assert all(cell.value is None for sheet in laid_out() for cell in sheet.fields if cell.slot.role == PAPER)


RIGHT = {
    "Education!H8": 2,
    "Education!B21": 11,
    "Education!H21": 11,
    "Other services!B16": 52,
    "Referrals by sex!H12": 3,
    "Referrals by sex!P8": 15,
    "Life skills!N8": 25,
    "Life skills!C20": 0,
    "Follow up support!H9": 4,
    "Skills follow up!D16": 13,
}


TYPED = {cell.partition("!")[0] for cell in RIGHT}


def test_totals_typed_right_raise_nothing_and_change_no_count(tmp_path):
    path = typed(tmp_path, RIGHT, laid_out())
    report = load(path)
    assert found(path) == []
    assert in_order(report.counts) == by_hand(Q2_2010)
    claims = {claim.source: claim.value for claim in report.reading.claims if claim.is_on_paper}
    assert claims == RIGHT


@pytest.mark.parametrize("language", ["en", "km", "en+km"])
def test_whatever_is_typed_there_is_read_as_the_cell_means_it(tmp_path, language):
    """The sheet knows its cells by its declarations, the reader by what stands around them."""
    sheets = [sheet for sheet in laid_out() if sheet.name in CELLS]
    meant = {
        f"{sheet.name}!{cell.source}": (cell.slot.measure, cell.slot.unit, dict(cell.key), number)
        for sheet in sheets
        for number, cell in enumerate(cell for cell in sheet.fields if cell.slot.role == PAPER)
    }
    figures = {cell: number for cell, (*_, number) in meant.items()}
    path = tmp_path / "2010-Q2.xlsx"
    path.write_bytes(write_workbook(Draft([filled(sheet, figures) for sheet in sheets], language)))
    reading = read_workbook(path)
    read = {one.source: (one.measure, one.unit, one.key, one.value) for one in reading.claims if one.is_on_paper}
    named = {cell: about for cell, about in meant.items() if not set(about[2].get("category", "x")) <= {" "}}
    assert {cell: read[cell] for cell in named} == named
    assert [item.rule for item in reading.findings if item.rule not in ("missing_table", "unknown_row")] == []


def test_a_total_typed_wrong_is_one_finding_in_words_at_its_cell(tmp_path):
    path = typed(tmp_path, RIGHT | {"Education!H9": 6})
    (finding,) = [item for item in load(path).problems if item.rule == "total"]
    assert finding.where == ("Education!H9",)
    assert set(finding.evidence) == {"Education!B9", "Education!C9", "Education!D9"}
    assert finding.message == (
        "Education!H9: the paper says 6, but the figures typed add up to 5. Compare each figure with the paper, and "
        "correct the one that differs, or explain it (ccpcr explain)."
    )


def test_a_figure_copied_wrong_is_found_where_two_totals_on_paper_meet(tmp_path):
    counts = frame(Q2_2010)
    is_it = (counts["table"] == "education") & (counts["category"] == "grade_2") & (counts["period"] == "2010-04")
    counts.loc[is_it, "value"] = 6
    sheets = [sheet for sheet in lay_out_sheets(Q2_2010.period, counts) if sheet.table == "education"]
    assert found(typed(tmp_path, {}, sheets)) == [], "the formulas add the wrong figure up"
    path = typed(tmp_path, {"Education!H9": 5, "Education!B21": 11, "Education!H21": 11}, sheets)
    (finding,) = [item for item in load(path).problems if item.rule == "total"]
    assert finding.statement == "Education!B9: is 6, but the totals 5 in H9 and 11 in B21 fit only 5."


def test_the_corner_alone_is_held_against_the_whole(tmp_path):
    assert found(typed(tmp_path, {"Education!H21": 11})) == []
    assert found(typed(tmp_path, {"Education!H21": 12})) == [("total", "paper", "Education!H21")]


def test_clients_who_may_stand_in_several_rows_leave_room(tmp_path):
    """From 52, those managed, to 89, all services together; and 25 clients in seven topics, each of them in all."""
    assert found(typed(tmp_path, {"Other services!B16": 89})) == []
    path = typed(tmp_path, {"Other services!B16": 90})
    assert found(path) == [("total_once", "paper", "Other services!B16")]
    (finding,) = [item for item in load(path).problems if item.rule == "total_once"]
    assert finding.statement == (
        "Other services!B16: the paper says 90; each person counts once, so it must be at least 52 (the largest "
        "figures typed) and at most 89 (all figures typed together)."
    )


def test_words_in_such_a_cell_are_told_as_in_any_other(tmp_path):
    assert found(typed(tmp_path, {"Education!H9": "12 clients"})) == [("not_a_number", "", "Education!H9")]


def test_nothing_that_is_shown_has_them_but_a_total_that_paper_disputes_is_marked(tmp_path):
    def shown(report) -> list[tuple]:
        cells = [cell for name in report.reading.members for cell in report.filled(name).cells]
        return [(cell.slot, cell.total, cell.percent, cell.mark) for cell in cells]

    plain = shown(load(typed(tmp_path, {}, [sheet for sheet in laid_out() if sheet.name in TYPED])))
    report = load(typed(tmp_path, RIGHT | {"Education!H9": 6}))
    assert shown(report) == plain
    assert [item.rule for item in report.filled("education").disputed(category="grade_2")] == ["total"]
    assert report.filled("education").disputed(category="grade_1") == ()
    book = openpyxl.load_workbook(io.BytesIO(build_handout(release(report, "en+km"))))
    texts = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [text for text in texts if "Total on paper" in text or "លើក្រដាស" in text] == []


# --- the sheet Checks -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def draft(tmp_path_factory) -> Draft:
    return draft_from("2010-Q2", tmp_path_factory.mktemp("empty") / "2010-Q2.xlsx", language="en+km")


def states(draft: Draft, cells: Mapping[str, int], counts: pd.DataFrame | None = None) -> dict[str, object]:
    """What the sheet Checks says of totals on paper, by their cells, where it says anything."""
    sheets = lay_out_sheets(Q2_2010.period, frame(Q2_2010) if counts is None else counts, Q2_2010.plan)
    by_table = {sheet.table: filled(sheet, cells) for sheet in sheets}
    told = {}
    for check in (SettledCheck(check, by_table) for check in draft.checks if check.is_asked):
        ((table, (cell,)),) = check.cells.items()
        told[f"{by_table[table].name}!{cell.source}"] = check.state.value
    assert len(told) == sum(cell.slot.role == PAPER for sheet in sheets for cell in sheet.fields)
    return {cell: state for cell, state in told.items() if state is not None}


def test_each_has_a_line_that_is_silent_until_something_is_typed_there(draft):
    assert states(draft, {}) == {}
    assert states(
        draft, {"Education!H8": 2, "Education!H9": 6, "Other services!B16": 60, "Referrals by sex!H12": 3}
    ) == {
        "Education!H8": "✓",
        "Education!H9": "✗",
        "Other services!B16": "✓",
        "Referrals by sex!H12": "✓",
    }


def test_a_line_waits_for_the_figures_of_its_total(draft):
    counts = frame(Q2_2010)
    is_it = (counts["table"] == "education") & (counts["category"] == "grade_2") & (counts["period"] == "2010-04")
    counts.loc[is_it, "value"] = None
    cells = {"Education!H8": 2, "Education!H9": 6, "Education!B21": 11, "Education!C21": 0, "Education!H21": 9}
    assert states(draft, cells, counts) == {
        "Education!H8": "✓",
        "Education!H9": "…",
        "Education!B21": "…",
        "Education!C21": "✓",
        "Education!H21": "…",
    }


def test_a_cell_turns_red_by_its_own_line_alone(draft):
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(draft)))
    rules = book["Education"].conditional_formatting
    formulas = [rule.formula[0] for own in rules if str(own.sqref) == "H9" for rule in own.rules]
    (line,) = {formula.removeprefix("Checks!$F$").partition("=")[0] for formula in formulas if "Checks" in formula}
    assert book["Checks"].cell(int(line), 2).value == (
        "Clients enrolled in school (clients), Grade 2: the total on paper is the sum typed. · "
        "អតិថិជនចូលរៀន (អតិថិជន) ថ្នាក់ទី2៖ សរុបលើក្រដាសស្មើផលបូកនៃតួលេខដែលបានវាយ។"
    )
