"""``ccpcr new``: what it refuses, and what it guards."""

import io
import re
import zipfile

import openpyxl
import pytest
from commands import ccpcr
from openpyxl.cell.cell import MergedCell
from workbooks import WORKBOOK

from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.forms.pen import Pen
from ccpcr_lib.forms.workbook import Draft, write_workbook
from ccpcr_lib.model.catalogue import CATALOGUE
from ccpcr_lib.model.errors import CannotReadError


@pytest.fixture(scope="module")
def book(third) -> openpyxl.Workbook:
    return openpyxl.load_workbook(third)


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


@pytest.mark.slow
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


def test_a_quotation_mark_in_a_sentence_ends_no_text_of_a_formula(draft, monkeypatch):
    monkeypatch.setattr(Pen, "say", lambda pen, name, **fields: f'"open": {fields.get("number", name)}')
    book = openpyxl.load_workbook(io.BytesIO(write_workbook(draft)))
    formulas = [str(cell.value) for name in ("About", "Checks") for row in book[name].iter_rows() for cell in row]
    saying = [formula for formula in formulas if formula.startswith("=") and "open" in formula]
    assert len(saying) == 1 + len(draft.sheets) + len(draft.checks)
    assert [formula for formula in saying if "open" in re.sub(r'"(?:[^"]|"")*"', "", formula)] == []


OLD_FUNCTIONS = {"AND", "COUNT", "COUNTIF", "IF", "IFERROR", "LEFT", "MAX", "MID", "OR", "REPT", "SUBSTITUTE", "SUM"}
OLD_FUNCTIONS |= {"SUMPRODUCT", "TRIM", "UPPER"}


def depth(formula: str) -> int:
    """How deep the brackets of a formula lie in each other, texts left out."""
    deepest = now = 0
    for letter in re.sub(r'"[^"]*"|&quot;.*?&quot;', "", formula):
        now += (letter == "(") - (letter == ")")
        deepest = max(deepest, now)
    return deepest


def test_the_headings_of_the_checks_have_room_in_two_languages(book):
    """“One figure · តួលេខទីមួយ” takes two lines of its column of 12 letters; a line is 15 points high."""
    sheet = book["Checks"]
    (row,) = [cell.row for cell in sheet["C"] if str(cell.value).startswith("One figure")]
    assert sheet.row_dimensions[row].height >= 2 * 15


def test_where_a_rule_does_not_hold_both_its_figures_turn_red_on_the_sheet_of_the_checks(book):
    """The figures stand in the columns C and E, the state in F; the rules begin below the second heading."""
    sheet = book["Checks"]
    first = 1 + next(cell.row for cell in sheet["C"] if str(cell.value).startswith("One figure"))
    rules = {str(own.sqref): own.rules[0].formula for own in sheet.conditional_formatting}
    red = {cells: formula for cells, formula in rules.items() if not cells.startswith("F")}
    assert red == {f"{column}{first}:{column}{sheet.max_row}": [f'$F{first}="✗"'] for column in "CE"}


def test_what_two_tables_say_differently_turns_red_in_both(book):
    """The line that holds slide 6 against slide 8 in July speaks of cells on both sheets."""
    says = "“Types of cases referred to the shelter” and “Clients referred by age and sex” say the same."
    (line,) = [
        cell.row
        for cell in book["Checks"]["B"]
        if str(cell.value).startswith("Clients referred to the shelter, July: ") and says in str(cell.value)
    ]
    assert [_reddened(book[name], line) for name in ("Referrals by type", "Referrals by age")] == [
        ["C7:C13"],
        ["C8:H8"],
    ]


def _reddened(sheet, line: int) -> list[str]:
    """The cells of a sheet that are red while a line of the checks does not hold."""
    rules = [(str(own.sqref), rule) for own in sheet.conditional_formatting for rule in own.rules]
    return [cells for cells, rule in rules if rule.formula == [f'Checks!$F${line}="✗"']]
