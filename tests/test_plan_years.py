"""How quarters make a year is no word of the plan: older plans are read with a note, percents of no year refused."""

import io
import json
import os
import shutil
import subprocess
import sys

import openpyxl
import pytest
from commands import ccpcr
from plans import edited, told
from workbooks import PLAN, changed

from ccpcr_lib.excel.plan_file import read_plan
from ccpcr_lib.forms.plan_workbook import plan_workbook
from ccpcr_lib.model.measure import measures
from ccpcr_lib.model.plan import Plan
from ccpcr_lib.model.resources import lists_folder


def older(folder, **accumulate):
    """Give the project's plan the column that plans of version 1.0 have, with a word in some of its lines."""
    book = openpyxl.load_workbook(PLAN)
    sheet = book["Indicators"]
    sheet["V1"] = "accumulate"
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 22).value = accumulate.get(sheet.cell(row, 1).value)
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
        ("attended", "max"),  # the year is at least the largest counts of its quarters
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
        ("attended", "sum", "at least the largest counts of its quarters and at most their sum"),
        ("followed_up", "none", "at least the largest counts of its quarters and at most their sum"),
        ("assessed_share", "sum", "divided anew"),
    ],
)
def test_an_older_plan_that_says_otherwise_is_read_with_a_note_at_its_cell(tmp_path, code, word, used):
    path = older(tmp_path, **{code: word})
    plan, (note,) = read_plan(path)
    row = 2 + [indicator.code for indicator in read_plan(PLAN)[0].indicators].index(code)
    assert (note.rule, note.severity, note.where) == ("plan_accumulate", "note", (f"[plan.xlsx]Indicators!V{row}",))
    assert f"“{word}” is not used for {code}: " in note.message
    assert used in note.message
    assert plan == read_plan(PLAN)[0]


def test_of_two_lines_with_one_code_the_note_stands_at_the_one_that_is_read(tmp_path):
    path = older(tmp_path, visited="max")
    book = openpyxl.load_workbook(path)
    book["Indicators"].append([cell.value for cell in book["Indicators"][10]])
    book.save(path)
    assert sorted(told(path)) == [("plan_accumulate", "Indicators!V10"), ("plan_twice", "Indicators!A16")]


def test_an_older_plan_stops_no_check(tmp_path):
    older(tmp_path, visited="max")
    made = ccpcr("check", changed(tmp_path, {}), "--json")
    notes = [found for found in json.loads(made.stdout) if found["rule"] == "plan_accumulate"]
    assert [(note["severity"], note["where"]) for note in notes] == [("note", ["[plan.xlsx]Indicators!V10"])]


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


READ = """
import sys
from pathlib import Path
from ccpcr_lib.excel.plan_file import read_plan
plan, findings = read_plan(Path(sys.argv[1]))
print(plan.indicator("enrolled").year_made, *(cell for finding in findings for cell in finding.where))
"""


def test_a_shelter_that_counts_who_sits_in_class_changes_one_word_and_no_plan(tmp_path):
    lists = shutil.copytree(lists_folder(), tmp_path / "lists")
    (lists / "measures.csv").write_text(
        "".join(f"{line}\n" for line in own_measures(lists, enrolled="attendance")), encoding="utf-8"
    )
    plan = older(tmp_path, enrolled="max", visited="max")
    environment = os.environ | {"CCPCR_LISTS": str(lists)}
    done = subprocess.run(
        [sys.executable, "-c", READ, plan], capture_output=True, check=True, text=True, env=environment
    )
    assert done.stdout == "attendance [plan.xlsx]Indicators!V10\n"


def own_measures(lists, **adds):
    """Give a list of measures in which some add otherwise."""
    codes = [line.partition(",")[0] for line in (lists / "measures.csv").read_text("utf-8-sig").splitlines()[1:]]
    yield "code,label_en,adds"
    yield from (f"{code},{measures()[code].label()},{adds.get(code, '')}" for code in codes)
