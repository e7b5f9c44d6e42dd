"""``ccpcr new``: what it takes over, what it refuses, what it guards, and what Excel and LibreOffice make of it."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from commands import ccpcr
from consistent import consistent
from openpyxl.cell.cell import MergedCell
from programs import soffice
from test_template import frame
from truth import Q4_2011
from workbooks import ROOT, WORKBOOK

from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.forms.workbook import Draft, lay_out_sheets, write_workbook
from ccpcr_lib.model.catalogue import CATALOGUE
from ccpcr_lib.model.finding import CannotReadError
from ccpcr_lib.model.resources import lists_folder


@pytest.fixture(scope="module")
def third(tmp_path_factory) -> Path:
    """The workbook of the quarter after the real one, made by the command in a folder that has the real one."""
    folder = tmp_path_factory.mktemp("data")
    (folder / WORKBOOK.name).write_bytes(WORKBOOK.read_bytes())
    made = ccpcr("new", "2010-Q3", "-o", folder / "2010-Q3.xlsx", "--language", "en+km")
    assert (made.returncode, made.stderr) == (0, b"")
    assert b"2010-Q3.xlsx. What was known comes from 2010-Q2.xlsx." in made.stdout
    return folder / "2010-Q3.xlsx"


@pytest.fixture(scope="module")
def book(third) -> openpyxl.Workbook:
    return openpyxl.load_workbook(third)


# --- what is taken over -----------------------------------------------------------------------------------------


def test_the_column_of_the_quarter_before_and_the_plan_are_filled_in(third):
    reading = read_workbook(third)
    filled = reading.counts[reading.counts["value"].notna()]
    assert set(filled["period"]) == {"2010-Q2"}
    assert filled[filled["table"] == "family_assessments"]["value"].tolist() == [1, 1, 2, 3, 0, 10, 1]
    assert filled[filled["table"] == "family_visits"]["value"].tolist() == [7, 9, 12, 8, 0, 1, 0]
    assert reading.printed[reading.printed["kind"] == "plan"]["value"].tolist() == [60, 60]


def test_what_is_taken_over_is_marked(book):
    sheet = book["Family visits"]
    given = next(row for row in sheet.iter_rows() if row[0].value and "(DV)" in str(row[0].value))
    assert (given[1].value, given[1].font.i, given[2].font.i) == (7, True, False)
    assert any("2010-Q2.xlsx" in str(cell.value) for cell in sheet["A"])


def test_a_new_year_has_a_new_plan(tmp_path):
    before = tmp_path / "2011-Q4.xlsx"
    before.write_bytes(write_workbook(Draft(lay_out_sheets("2011-Q4", frame(Q4_2011), 75))))
    path = tmp_path / "2012-Q1.xlsx"
    path.write_bytes(write_workbook(draft_from("2012-Q1", path, before)))
    assert "plan" not in set(read_workbook(path).printed["kind"])
    planned = write_workbook(draft_from("2012-Q1", tmp_path / "other.xlsx", before, plan=80))
    (tmp_path / "planned.xlsx").write_bytes(planned)
    printed = read_workbook(tmp_path / "planned.xlsx").printed
    assert printed[printed["kind"] == "plan"]["value"].tolist() == [80, 80]


def test_new_names_of_the_quarter_before_are_offered_again(tmp_path):
    before = tmp_path / "2011-Q4.xlsx"
    before.write_bytes(write_workbook(Draft(lay_out_sheets("2011-Q4", frame(Q4_2011), 75))))
    data = write_workbook(draft_from("2012-Q1", tmp_path / "2012-Q1.xlsx", before))
    lists = openpyxl.load_workbook(io.BytesIO(data))["Lists"]
    offered = {cell.value for row in lists.iter_rows() for cell in row}
    assert {"Provincial Police", "Licadho", "Hagar (Phnom Penh)", "Motorbike repair", "RAO Org", "CWDA"} <= offered


def test_the_sections_of_the_sentences_are_taken_over_without_their_text(tmp_path):
    before = openpyxl.load_workbook(WORKBOOK)
    if "Narrative" in before.sheetnames:
        before.remove(before["Narrative"])
    sheet = before.create_sheet("Narrative")
    rows = [("Section", "Order", "Text"), ("Project objective", 1, "Old words"), ("Other activities", 2, "More")]
    for row in rows:
        sheet.append(row)
    before.save(tmp_path / "2010-Q2.xlsx")
    data = write_workbook(draft_from("2010-Q3", tmp_path / "2010-Q3.xlsx"))
    lines = list(openpyxl.load_workbook(io.BytesIO(data))["Narrative"].iter_rows(values_only=True))
    top = next(number for number, line in enumerate(lines) if line[0] == "Section")
    assert lines[top] == ("Section", "Order", "Text", "Text (Khmer)")
    assert lines[top + 1 : top + 4] == [
        ("Project objective", 1, None, None),
        ("Other activities", 2, None, None),
        (None, None, None, None),
    ]


def sections_carried(folder, rows) -> list[tuple]:
    """The rows under the headings of the new workbook's sheet of sentences, if the quarter before has these rows."""
    before = openpyxl.load_workbook(WORKBOOK)
    sheet = before["Narrative"]
    sheet.delete_rows(1, sheet.max_row)
    for row in rows:
        sheet.append(row)
    before.save(folder / "2010-Q2.xlsx")
    data = write_workbook(draft_from("2010-Q3", folder / "2010-Q3.xlsx"))
    lines = list(openpyxl.load_workbook(io.BytesIO(data))["Narrative"].iter_rows(values_only=True))
    top = next(number for number, line in enumerate(lines) if line[0] == "Section")
    return [line for line in lines[top + 1 :] if any(line)]


def test_sections_are_taken_over_from_khmer_headings_too(tmp_path):
    rows = [("ផ្នែក", "លំដាប់", "អត្ថបទ"), ("លទ្ធផលរួម", 1, "អត្ថបទចាស់"), ("ចំណុចខ្លាំង", 2, None)]
    assert sections_carried(tmp_path, rows) == [("លទ្ធផលរួម", 1, None, None), ("ចំណុចខ្លាំង", 2, None, None)]


def test_a_table_below_the_sentences_gives_no_sections(tmp_path):
    table = [
        ("Cases referred to partner NGOs in 2010",),
        ("Names of NGOs", "Apr", "May", "Jun"),
        ("COSECAM", 0, 2, 0),
        ("TOTAL", 0, 2, 0),
    ]
    rows = [("Section", "Text"), ("Overall results", "Old words"), (), *table]
    assert sections_carried(tmp_path, rows) == [("Overall results", None, None, None)]


def made_up(folder, name="2011-Q4.xlsx") -> Path:
    """Write a workbook of the last quarter of 2011 that says of itself that it is made up."""
    path = folder / name
    path.write_bytes(write_workbook(Draft(lay_out_sheets("2011-Q4", frame(Q4_2011), 75), banner="SYNTHETIC DATA")))
    return path


@pytest.mark.parametrize("language", ["en", "km", "en+km"])
def test_what_is_taken_over_from_a_synthetic_workbook_is_synthetic(tmp_path, language):
    before, path = made_up(tmp_path), tmp_path / "2012-Q1.xlsx"
    assert read_workbook(before).is_synthetic
    path.write_bytes(write_workbook(draft_from("2012-Q1", path, language=language)))
    assert read_workbook(path).is_synthetic
    for sheet in openpyxl.load_workbook(path).worksheets:
        if sheet.title != "Lists":
            assert sheet["A1"].value.startswith("SYNTHETIC"), sheet.title


def test_a_real_workbook_makes_no_synthetic_one(book):
    assert book["About"]["A1"].value is None


def test_what_is_wrong_with_the_quarter_before_and_what_was_left_out_is_told(tmp_path):
    sound, later = consistent(5, 2012, 2), tmp_path / "2012-Q3.xlsx"
    before = tmp_path / "2012-Q2.xlsx"
    before.write_bytes(write_workbook(Draft(lay_out_sheets("2012-Q2", frame(sound)))))
    assert draft_from("2012-Q3", later).told == ()
    full = frame(sound)
    one = full.index[(full["table"] == "education") & full["value"].notna()][0]
    before.write_bytes(write_workbook(Draft(lay_out_sheets("2012-Q2", full.drop(index=one)))))
    for name in ("2011-Q4.xlsx", "2011-Q4 again.xlsx"):
        made_up(tmp_path, name)
    (tmp_path / "2012-Q1.xlsx").write_bytes(b"no workbook")
    twice, broken, wrong = draft_from("2012-Q3", later).told
    assert twice.startswith("2011-Q4.xlsx reports 2011-Q4 too, as 2011-Q4 again.xlsx does, and was left out.")
    assert wrong == "2012-Q2.xlsx has 1 warning; its figures were taken over as they stand."
    assert broken.startswith("another quarter's workbook was left out: 2012-Q1.xlsx: ")


def test_the_movement_is_checked_across_the_quarters(tmp_path):
    before = tmp_path / "2012-Q2.xlsx"
    earlier, later = consistent(5, 2012, 2), consistent(6, 2012, 3)
    before.write_bytes(write_workbook(Draft(lay_out_sheets("2012-Q2", frame(earlier)))))
    draft = draft_from("2012-Q3", tmp_path / "2012-Q3.xlsx", before)
    stock = earlier.tables["referrals_by_age"]["m3"][0]
    sentences = {check.sentence("en"): check for check in draft.checks}
    moved = next(check for text, check in sentences.items() if text.startswith("July: Those counted"))
    assert next(operand.value for operand in moved.right.operands if operand.value is not None) == stock
    without = draft_from("2012-Q3", tmp_path / "elsewhere" / "2012-Q3.xlsx")
    assert not any(check.sentence("en").startswith("July: Those counted") for check in without.checks)
    repeated = [
        check for check in draft.checks if check.sentence("en").endswith("as that quarter's own workbook says.")
    ]
    assert len(draft.checks) == len(without.checks) + 1 + len(repeated)
    assert len(repeated) == 14
    assert later.period == "2012-Q3"


# --- what is refused --------------------------------------------------------------------------------------------


def test_a_workbook_is_never_overwritten(third):
    before = third.read_bytes()
    made = ccpcr("new", "2010-Q3", "-o", third)
    assert (made.returncode, made.stdout, made.stderr.count(b"\n")) == (2, b"", 1)
    assert b"2010-Q3.xlsx: this file is there already" in made.stderr
    assert third.read_bytes() == before


@pytest.mark.parametrize(
    ("period", "name", "says"),
    [
        ("2010", "new.xlsx", "2010: this is not a quarter"),
        ("2010-Q3", "new.csv", "new.csv: a new workbook is an .xlsx file"),
        ("2010-Q4", "new.xlsx", "2010-Q2.xlsx: this is the workbook of 2010-Q2"),
    ],
)
def test_what_cannot_be_made_is_said_in_one_line(tmp_path, period, name, says):
    with pytest.raises(CannotReadError, match=re.escape(says)) as refused:
        draft_from(period, tmp_path / name, WORKBOOK)
    assert "\n" not in str(refused.value)


def test_the_workbook_with_the_plain_name_is_taken_before_an_old_one(tmp_path):
    for name in ("2010-Q2.xlsx", "2010-Q2 old.xlsx"):
        shutil.copy(WORKBOOK, tmp_path / name)
    assert draft_from("2010-Q3", tmp_path / "2010-Q3.xlsx").source == "2010-Q2.xlsx"


def test_two_workbooks_of_the_quarter_before_are_refused_by_name(tmp_path):
    for name in ("2010-Q2 old.xlsx", "2010-Q2 new.xlsx"):
        shutil.copy(WORKBOOK, tmp_path / name)
    says = "2010-Q2 new.xlsx and 2010-Q2 old.xlsx: each could be the workbook of 2010-Q2. Name the right one with"
    with pytest.raises(CannotReadError, match=re.escape(says)):
        draft_from("2010-Q3", tmp_path / "2010-Q3.xlsx")
    chosen = draft_from("2010-Q3", tmp_path / "2010-Q3.xlsx", tmp_path / "2010-Q2 new.xlsx")
    assert chosen.source == "2010-Q2 new.xlsx"


def test_an_empty_workbook_is_told_table_by_table_and_makes_no_report(third, tmp_path):
    checked = ccpcr("check", third)
    assert checked.returncode == 1
    assert checked.stdout.decode().count("blank in the table") == len(CATALOGUE)
    made = ccpcr("report", third, "--out", tmp_path / "reports")
    assert made.returncode == 1
    assert made.stderr.decode().splitlines()[-1] == (
        "No report was made: nothing of 2010-Q3 is filled in yet. Type the figures."
    )
    assert not (tmp_path / "reports").exists()


# --- what is guarded --------------------------------------------------------------------------------------------


def entry_cells(book: openpyxl.Workbook, draft: Draft) -> dict[str, set[str]]:
    return {
        sheet.name: {
            book[sheet.name].cell(item.row + 1, item.column + 1).coordinate
            for item in sheet.fields
            if item.is_entry or (item.slot.role == "stub" and item.slot.text.code.isspace())
        }
        | {book[sheet.name].cell(note.row + 1, note.column + 1).coordinate for note in sheet.notes}
        for sheet in draft.sheets
    }


@pytest.fixture(scope="module")
def draft(third) -> Draft:
    return draft_from("2010-Q3", third.with_name("again.xlsx"), third.with_name("2010-Q2.xlsx"))


def test_only_the_cells_to_type_into_are_open(book, draft):
    for name, cells in entry_cells(book, draft).items():
        written = (cell for row in book[name].iter_rows() for cell in row if not isinstance(cell, MergedCell))
        assert {cell.coordinate for cell in written if not cell.protection.locked} == cells
        assert (book[name].protection.sheet, book[name].protection.password) == (True, None)


def test_a_figure_must_be_a_whole_number_and_says_so_in_both_languages(book, draft):
    for sheet in draft.sheets:
        rules = [rule for rule in book[sheet.name].data_validations.dataValidation if rule.type == "whole"]
        guarded = {cell for rule in rules for area in rule.sqref.ranges for row in area.rows for cell in row}
        assert {(item.row + 1, item.column + 1) for item in sheet.fields if item.is_entry} <= guarded
        for rule in rules:
            assert (rule.operator, rule.formula1, rule.errorStyle or "stop") == ("greaterThanOrEqual", "0", "stop")
            assert "whole numbers" in rule.error
            assert "លេខគត់" in rule.error
            assert rule.prompt


def test_a_new_name_is_allowed_with_a_warning_and_the_list_is_hidden(book):
    (rule,) = [rule for rule in book["Referral sources"].data_validations.dataValidation if rule.type == "list"]
    assert (rule.errorStyle, rule.formula1.startswith("Lists!$")) == ("warning", True)
    assert book["Lists"].sheet_state == "hidden"


def test_every_sheet_prints_one_page_wide_and_the_workbook_opens_on_about(book):
    assert book.active.title == "About"
    for sheet in book.worksheets:
        if sheet.title != "Lists":
            assert sheet.print_area
            assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
            assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_nothing_in_it_needs_more_than_an_old_excel(third):
    with zipfile.ZipFile(third) as archive:
        names = archive.namelist()
        sheets = "".join(archive.read(name).decode() for name in names if "worksheets/sheet" in name)
        core = archive.read("docProps/core.xml").decode()
    assert [name for name in names if "vba" in name or "externalLink" in name or "metadata" in name] == []
    assert re.findall(r't="array"|_xlfn|_xlws|http', sheets.replace("http://schemas", "")) == []
    formulas = re.findall(r"<f>([^<]*)</f>", sheets)
    assert len(formulas) > 800
    assert max(map(len, formulas)) < 8192
    assert max(map(depth, formulas)) <= 64
    functions = set(re.findall(r"([A-Z]+)\(", " ".join(formulas)))
    assert functions <= OLD_FUNCTIONS
    assert re.findall(r"<dc:creator>[^<]|<cp:lastModifiedBy>[^<]", core) == []


OLD_FUNCTIONS = {"AND", "COUNT", "COUNTIF", "IF", "IFERROR", "LEFT", "MAX", "MID", "OR", "REPT", "SUBSTITUTE", "SUM"}
OLD_FUNCTIONS |= {"SUMPRODUCT", "TRIM", "UPPER"}


def depth(formula: str) -> int:
    """How deep the brackets of a formula lie in each other, texts left out."""
    deepest = now = 0
    for letter in re.sub(r'"[^"]*"|&quot;.*?&quot;', "", formula):
        now += (letter == "(") - (letter == ")")
        deepest = max(deepest, now)
    return deepest


SUMMARY = {
    "en": "✓ Nothing contradicts itself so far. {} cells are still to be filled in.",
    "km": "✓ មកទល់ពេលនេះគ្មានអ្វីផ្ទុយគ្នាទេ។ {} ក្រឡានៅត្រូវបំពេញ។",
    "en+km": "✓ Nothing contradicts itself so far. · មកទល់ពេលនេះគ្មានអ្វីផ្ទុយគ្នាទេ។ "
    "{0} cells are still to be filled in. · {0} ក្រឡានៅត្រូវបំពេញ។",
}
TO_FILL = {"en": "22 cells to fill in", "km": "22 ក្រឡាត្រូវបំពេញ", "en+km": "22 cells to fill in · 22 ក្រឡាត្រូវបំពេញ"}


@pytest.mark.parametrize("language", SUMMARY)
def test_what_is_open_is_counted_in_every_language(tmp_path, language):
    """The quarter has 317 counts and one plan; seven case types in three months and the plan are 22 cells."""
    path = tmp_path / "2012-Q1.xlsx"
    path.write_bytes(write_workbook(draft_from("2012-Q1", path, language=language)))
    openpyxl.load_workbook(path).save(tmp_path / "fresh.xlsx")
    (tmp_path / "made").mkdir()
    (calculated,) = soffice([tmp_path / "fresh.xlsx"], tmp_path / "made", "xlsx")
    for made in (path, calculated):
        book = openpyxl.load_workbook(made, data_only=True)
        about = next(cell.value for cell in book["About"]["A"] if str(cell.value).startswith("✓"))
        assert about == SUMMARY[language].format(318)
        assert TO_FILL[language] in [cell.value for cell in book["Checks"]["B"]]


def test_the_headings_of_the_checks_have_room_in_two_languages(book):
    """“One figure · តួលេខទីមួយ” takes two lines of its column of 12 letters; a line is 15 points high."""
    sheet = book["Checks"]
    (row,) = [cell.row for cell in sheet["C"] if str(cell.value).startswith("One figure")]
    assert sheet.row_dimensions[row].height >= 2 * 15


# --- stored results ---------------------------------------------------------------------------------------------


def test_stored_results_are_what_libreoffice_calculates(tmp_path):
    truth = consistent(9, 2012, 3)
    sheets = lay_out_sheets(truth.period, frame(truth), truth.plan)
    relations = draft_from(truth.period, tmp_path / "x.xlsx").checks
    stored = tmp_path / "stored.xlsx"
    stored.write_bytes(write_workbook(Draft(sheets, checks=relations, headings=())))
    fresh = openpyxl.load_workbook(stored)
    fresh.save(tmp_path / "fresh.xlsx")
    (tmp_path / "made").mkdir()
    (calculated,) = soffice([tmp_path / "fresh.xlsx"], tmp_path / "made", "xlsx")
    one, other = (openpyxl.load_workbook(path, data_only=True) for path in (stored, calculated))
    compared = 0
    for sheet in fresh.worksheets:
        formulas = [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        for cell in formulas:
            left, right = ((book[sheet.title][cell].value or "") for book in (one, other))
            left, right = (text.strip() if isinstance(text, str) else round(text, 9) for text in (left, right))
            assert (sheet.title, cell, left) == (sheet.title, cell, right)
            compared += 1
    assert compared > 800


# --- a fourteenth table -----------------------------------------------------------------------------------------

FOURTEENTH = """
import json, sys
from dataclasses import replace
from pathlib import Path
from ccpcr_lib.model import catalogue
from ccpcr_lib.model.catalogue import TableSpec, months, share, total

catalogue.CATALOGUE += (
    TableSpec("counselling", slide=22, rows="case_type", columns=(*months("counselled"), total("counselled")),
              charts=("months",)),
)

from ccpcr_lib import load, release
from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.excel.frames import counts_frame
from ccpcr_lib.forms.workbook import Draft, lay_out_sheets, write_workbook
from ccpcr_lib.publish.charts import charts_of
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.handout import build_handout
import io
import openpyxl
from pptx import Presentation

folder = Path(sys.argv[1])
rows = [("counselling", "counselled", f"2010-{month:02d}", kind, None, None, None, "clients", month + place, None)
        for place, kind in enumerate(("DV", "SA", "NC", "TL", "ST", "RC", "SW")) for month in (7, 8, 9)]
draft = draft_from("2010-Q3", folder / "2010-Q3.xlsx")
sheets = lay_out_sheets("2010-Q3", counts_frame(rows))
(folder / "2010-Q3.xlsx").write_bytes(write_workbook(replace(draft, sheets=sheets)))
report = load(folder / "2010-Q3.xlsx")
(drawn,) = charts_of(release(report), "counselling")
shown = release(report)
slides = Presentation(io.BytesIO(build_deck(shown))).slides
own = [slide for slide in slides if slide.shapes.title and "counselling" in slide.shapes.title.text]
book = openpyxl.load_workbook(io.BytesIO(build_handout(shown)))
print(json.dumps({
    "deck": [sum(shape.has_table for slide in own for shape in slide.shapes),
             sum(shape.has_chart for slide in own for shape in slide.shapes)],
    "handout": [sheet.title for sheet in book if "ounselling" in str(sheet["A1"].value)],
    "indicator": shown.achievement("counselled").at_least,
    "sheet": report.source("counselling"),
    "read": report.frame("counselling")["value"].tolist()[:4],
    "checks": [check.sentence("en") for check in draft.checks if check.table == "counselling"],
    "problems": [item.rule for item in report.problems if item.table == "counselling"],
    "total": report.table("counselling").iloc[-1, -1].item(),
    "chart": drawn.title,
    "drawn": [int(number) for number in drawn.numbers.iloc[0]],
}))
"""


def test_a_fourteenth_table_is_served_by_all_that_serves_the_others(tmp_path):
    lists = shutil.copytree(lists_folder(), tmp_path / "lists")
    for name, line in {
        "tables": "counselling,Clients in counselling,អតិថិជនទទួលការប្រឹក្សា,",
        "measures": "counselled,Clients counselled,អតិថិជនដែលបានប្រឹក្សា,",
    }.items():
        with (lists / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    run = [sys.executable, "-c", FOURTEENTH, str(tmp_path)]
    environment = os.environ | {"CCPCR_LISTS": str(lists)}
    done = subprocess.run(run, capture_output=True, check=True, text=True, encoding="utf-8", env=environment)
    said = json.loads(done.stdout)
    assert said == {
        "deck": [1, 1],
        "handout": ["22 counselling"],
        "indicator": 231,
        "sheet": "Counselling",
        "read": [7, 8, 9, 8],
        "checks": [
            "Clients in counselling (clients): the totals of the rows add up to all figures.",
            "Clients in counselling (clients): the totals of the columns add up to all figures.",
            "Clients in counselling (clients): the total of the whole is the sum of all figures.",
        ],
        "problems": [],
        "total": 231,
        "chart": "Clients in counselling, by month",
        "drawn": [7, 8, 9, 24],
    }


def test_the_plan_of_the_folder_is_filled_in_before_what_the_quarter_before_prints(tmp_path):
    book = openpyxl.load_workbook(ROOT / "data" / "plan.xlsx")
    book["Targets"]["C2"] = 72
    book.save(tmp_path / "plan.xlsx")
    (tmp_path / WORKBOOK.name).write_bytes(WORKBOOK.read_bytes())
    assert ccpcr("new", "2010-Q3", "-o", tmp_path / "2010-Q3.xlsx").returncode == 0
    printed = read_workbook(tmp_path / "2010-Q3.xlsx").printed
    assert printed[printed["kind"] == "plan"]["value"].unique().tolist() == [72]


def test_the_command_says_what_is_wrong_with_the_workbook_it_took_over_from(tmp_path):
    made = ccpcr("new", "2010-Q3", "-o", tmp_path / "2010-Q3.xlsx", "--from", WORKBOOK)
    assert made.returncode == 0
    assert made.stdout.decode().splitlines()[1:] == [
        "2010-Q2.xlsx has 7 warnings; its figures were taken over as they stand."
    ]
