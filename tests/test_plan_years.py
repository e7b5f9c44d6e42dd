"""How quarters make a year is no word of the plan: older plans are read with a note, percents of no year refused."""

import io
import json

import openpyxl
import pytest
from commands import ccpcr
from plans import edited, told
from workbooks import PLAN, changed

from ccpcr_lib.excel.plan_file import read_plan
from ccpcr_lib.forms.plan_workbook import plan_workbook
from ccpcr_lib.model.plan import Plan


def older(folder, **accumulate):
    """Give the project's plan the column that plans of version 1.0 have, with a word in some of its lines."""
    book = openpyxl.load_workbook(PLAN)
    sheet = book["Indicators"]
    sheet["N1"] = "accumulate"
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 14).value = accumulate.get(sheet.cell(row, 1).value)
    book.save(folder / "plan.xlsx")
    return folder / "plan.xlsx"


def test_the_plan_as_it_is_written_has_no_column_for_how_quarters_make_a_year():
    book = openpyxl.load_workbook(io.BytesIO(plan_workbook(Plan())))
    words = {str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "accumulate" not in words
    assert {"actual / target", "direction", "formula"} <= words


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("referred", "sum"),
        ("visited", "Sum"),
        ("enrolled", "sum"),
        ("in_shelter", "last"),
        ("attended", "max"),  # the year is at least its largest quarter
        ("followed_up_skills_times", "sum"),
        ("assessed_share", "none"),
        ("assessed_share", None),
        ("referred", None),
    ],
)
def test_an_older_plan_that_says_what_the_measure_says_is_read_without_a_word(tmp_path, code, word):
    assert told(older(tmp_path, **{code: word})) == []


@pytest.mark.parametrize(
    ("code", "word", "used"),
    [
        ("visited", "max", "its quarters are added"),
        ("enrolled", "max", "its quarters are added"),
        ("trained", "max", "its quarters are added"),
        ("referred", "none", "its quarters are added"),
        ("referred", "last", "its quarters are added"),
        ("referred", "yearly", "its quarters are added"),
        ("followed_up_skills_times", "max", "for times are counted"),
        ("in_shelter", "sum", "the year is its last quarter"),
        ("in_shelter", "max", "the year is its last quarter"),
        ("attended", "sum", "at least its largest quarter and at most their sum"),
        ("followed_up", "none", "at least its largest quarter and at most their sum"),
        ("assessed_share", "sum", "divided anew"),
    ],
)
def test_an_older_plan_that_says_otherwise_is_read_with_a_note_at_its_cell(tmp_path, code, word, used):
    path = older(tmp_path, **{code: word})
    plan, (note,) = read_plan(path)
    row = 2 + [indicator.code for indicator in read_plan(PLAN)[0].indicators].index(code)
    assert (note.rule, note.severity, note.where) == ("plan_accumulate", "note", (f"[plan.xlsx]Indicators!N{row}",))
    assert f"“{word}” is not used for {code}: " in note.message
    assert used in note.message
    assert plan == read_plan(PLAN)[0]


def test_an_older_plan_stops_no_check(tmp_path):
    older(tmp_path, visited="max")
    made = ccpcr("check", changed(tmp_path, {}), "--json")
    notes = [found for found in json.loads(made.stdout) if found["rule"] == "plan_accumulate"]
    assert [(note["severity"], note["where"]) for note in notes] == [("note", ["[plan.xlsx]Indicators!N10"])]


def test_a_percent_that_cannot_be_divided_for_a_year_says_what_to_do(tmp_path):
    (found,) = read_plan(edited(tmp_path, Indicators_K9="attended / referred"))[1]
    assert (found.severity, found.where) == ("error", ("[plan.xlsx]Indicators!K9",))
    assert "“attended / referred” cannot be divided for a year." in found.message
    assert "Write “attended / referred per quarter”, or name two figures that add alike." in found.message


@pytest.mark.parametrize(
    "formula",
    ["attended / referred per quarter", "attended/referred, per quarter", "attended / referred (Per Quarter)"],
)
def test_a_percent_is_given_per_quarter_where_the_plan_says_so(tmp_path, formula):
    plan, findings = read_plan(edited(tmp_path, Indicators_K9=formula))
    assert findings == ()
    share = plan.indicator("assessed_share")
    assert (share.ratio, share.per_quarter, share.year_made) == (("attended", "referred"), True, "none")


def test_a_percent_stands_before_what_it_is_made_of(tmp_path):
    book = openpyxl.load_workbook(PLAN)
    sheet = book["Indicators"]
    line = [cell.value for cell in sheet[9]]
    sheet.delete_rows(9)
    sheet.insert_rows(2)
    for column, value in enumerate(line, 1):
        sheet.cell(2, column).value = value
    sheet["K2"] = "attended / referred"
    book.save(tmp_path / "plan.xlsx")
    assert told(tmp_path / "plan.xlsx") == [("plan_ratio", "Indicators!K2")]
