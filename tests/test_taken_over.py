"""What ``ccpcr new`` takes over from the quarter before, and what it says of what is wrong there."""

import io
import re
import shutil
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from commands import run
from consistent import consistent
from counted import frame
from extent import proof
from truth import Q4_2011
from workbooks import PLAN, WORKBOOK, opened

from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.forms.workbook import Draft, lay_out_sheets, write_workbook
from ccpcr_lib.model.errors import CannotReadError

pytestmark = pytest.mark.slow


@cache
def fourth_of_2011(banner: str = "") -> bytes:
    """Write the workbook of the last quarter of 2011, with 75 cases planned; once, however often it stands before."""
    return write_workbook(Draft(lay_out_sheets("2011-Q4", frame(Q4_2011), 75), banner=banner))


def test_the_column_of_the_quarter_before_and_the_plan_are_filled_in(third):
    reading = read_workbook(third)
    filled = reading.counts[reading.counts["value"].notna()]
    assert set(filled["period"]) == {"2010-Q2"}
    assert filled[filled["table"] == "family_assessments"]["value"].tolist() == [1, 1, 2, 3, 0, 10, 1]
    assert filled[filled["table"] == "family_visits"]["value"].tolist() == [7, 9, 12, 8, 0, 1, 0]
    assert reading.printed[reading.printed["kind"] == "plan"]["value"].tolist() == [60, 60]


def test_what_is_taken_over_is_marked(third):
    sheet = openpyxl.load_workbook(third)["Family visits"]
    given = next(row for row in sheet.iter_rows() if row[0].value and "(DV)" in str(row[0].value))
    assert (given[1].value, given[1].font.i, given[2].font.i) == (7, True, False)
    assert any("2010-Q2.xlsx" in str(cell.value) for cell in sheet["A"])


def test_a_new_year_has_a_new_plan(tmp_path):
    before = tmp_path / "2011-Q4.xlsx"
    before.write_bytes(fourth_of_2011())
    path = tmp_path / "2012-Q1.xlsx"
    path.write_bytes(write_workbook(draft_from("2012-Q1", path, before)))
    assert "plan" not in set(read_workbook(path).printed["kind"])
    planned = write_workbook(draft_from("2012-Q1", tmp_path / "other.xlsx", before, plan=80))
    (tmp_path / "planned.xlsx").write_bytes(planned)
    printed = read_workbook(tmp_path / "planned.xlsx").printed
    assert printed[printed["kind"] == "plan"]["value"].tolist() == [80, 80]


def test_new_names_of_the_quarter_before_are_offered_again(tmp_path):
    before = tmp_path / "2011-Q4.xlsx"
    before.write_bytes(fourth_of_2011())
    data = write_workbook(draft_from("2012-Q1", tmp_path / "2012-Q1.xlsx", before))
    lists = openpyxl.load_workbook(io.BytesIO(data))["Lists"]
    offered = {cell.value for row in lists.iter_rows() for cell in row}
    assert {"Provincial Police", "Licadho", "Hagar (Phnom Penh)", "Motorbike repair", "RAO Org", "CWDA"} <= offered


def test_the_sections_of_the_sentences_are_taken_over_without_their_text(tmp_path):
    before = opened()
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
    before = opened()
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
    path.write_bytes(fourth_of_2011("SYNTHETIC DATA"))
    return path


@pytest.mark.slow
@proof("language", ["en", "km", "en+km"], sample=1)
def test_what_is_taken_over_from_a_synthetic_workbook_is_synthetic(tmp_path, language):
    before, path = made_up(tmp_path), tmp_path / "2012-Q1.xlsx"
    assert read_workbook(before).is_synthetic
    path.write_bytes(write_workbook(draft_from("2012-Q1", path, language=language)))
    assert read_workbook(path).is_synthetic
    for sheet in openpyxl.load_workbook(path).worksheets:
        if sheet.title != "Lists":
            assert sheet["A1"].value.startswith("SYNTHETIC"), sheet.title


def test_a_real_workbook_makes_no_synthetic_one(third):
    assert openpyxl.load_workbook(third)["About"]["A1"].value is None


@pytest.mark.slow
def test_what_is_wrong_with_the_quarter_before_and_what_was_left_out_is_told(tmp_path):
    sound, later = consistent(5, 2012, 2), tmp_path / "2012-Q3.xlsx"
    before = tmp_path / "2012-Q2.xlsx"
    before.write_bytes(write_workbook(Draft(lay_out_sheets("2012-Q2", frame(sound)))))
    assert draft_from("2012-Q3", later).remarks == ()
    full = frame(sound)
    one = full.index[(full["table"] == "education") & full["value"].notna()][0]
    before.write_bytes(write_workbook(Draft(lay_out_sheets("2012-Q2", full.drop(index=one)))))
    for name in ("2011-Q4.xlsx", "2011-Q4 again.xlsx"):
        made_up(tmp_path, name)
    (tmp_path / "2012-Q1.xlsx").write_bytes(b"no workbook")
    twice, broken, wrong = draft_from("2012-Q3", later).remarks
    assert twice.startswith("2011-Q4 again.xlsx is left aside: 2011-Q4.xlsx counts for 2011-Q4.")
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


@pytest.mark.slow
def test_the_plan_of_the_folder_is_filled_in_before_what_the_quarter_before_prints(tmp_path):
    book = openpyxl.load_workbook(PLAN)
    book["Targets"]["C2"] = 72
    book.save(tmp_path / "plan.xlsx")
    (tmp_path / WORKBOOK.name).write_bytes(WORKBOOK.read_bytes())
    assert run("new", "2010-Q3", "-o", tmp_path / "2010-Q3.xlsx").exit_code == 0
    printed = read_workbook(tmp_path / "2010-Q3.xlsx").printed
    assert printed[printed["kind"] == "plan"]["value"].unique().tolist() == [72]


def test_the_command_says_what_is_wrong_with_the_workbook_it_took_over_from(tmp_path):
    made = run("new", "2010-Q3", "-o", tmp_path / "2010-Q3.xlsx", "--from", WORKBOOK)
    assert made.exit_code == 0
    assert made.stdout.splitlines()[1:] == ["2010-Q2.xlsx has 6 warnings; its figures were taken over as they stand."]
