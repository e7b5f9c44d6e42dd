"""A workbook dropped on the page is checked as in its folder, and what is no workbook is refused."""

import io

import openpyxl
import pytest
from workbooks import QUARTER, ROOT, WORKBOOK

from ccpcr_lib import Release
from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.publish.explorer.check import Checker, check_file, findings_table


def test_a_workbook_given_as_bytes_is_checked_as_in_its_folder(two_workbooks):
    report, copy = check_file("2010-Q3.xlsx", two_workbooks[1].read_bytes(), two_workbooks[0].parent)
    assert report.period == "2010-Q3"
    assert "copied" in {item.rule for item in report.problems}
    assert openpyxl.load_workbook(io.BytesIO(copy)).sheetnames[0] == "Findings"


def test_findings_are_laid_out_for_people(history):
    table = findings_table(Release(history["2010-Q2"]))
    assert list(table.columns) == ["Cell", "Severity", "Table", "What was found"]
    assert list(table.iloc[0])[:3] == ["Slide 7!H9", "Warning", "Clients referred by case type and sex"]
    assert len(table) == 17  # 6 warnings, 11 notes


def test_what_cannot_be_annotated_is_checked_all_the_same():
    report, copy = check_file("errors.ods", (ROOT / "tests/fixtures/errors.ods").read_bytes(), QUARTER)
    assert report.has_errors
    assert copy is None


def test_what_is_no_workbook_is_refused():
    with pytest.raises(CannotReadError, match=r"^letter\.xlsx: this is not an Excel workbook\."):
        check_file("letter.xlsx", b"Dear all", QUARTER)
    assert WORKBOOK.exists()


def given(*names: str) -> dict:
    """What the picker hands over for so many copies of the workbook."""
    return {"new": tuple({"name": name, "content": WORKBOOK.read_bytes()} for name in names)}


def test_two_files_at_once_leave_nothing_of_the_answer_before():
    checker = Checker(str(QUARTER), "en")
    checker._check(given("2010-Q2.xlsx"))
    assert "2010-Q2.xlsx (2010-Q2): 0 errors, 6 warnings, 11 notes." in checker.verdict.value
    assert "<a download" in checker.verdict.value
    checker._check(given("2010-Q2.xlsx", "2010-Q3.xlsx"))
    assert checker.verdict.value == '<p class="ccpcr-message" role="alert">Choose one workbook at a time.</p>'
    assert checker.table.outputs == ()
    checker._check(given())
    assert checker.verdict.value == ""


def test_a_workbook_with_a_long_khmer_name_is_checked():
    name = "របាយការណ៍" * 10 + ".xlsx"
    checker = Checker(str(QUARTER), "en")
    checker._check(given(name))
    assert f"{name} (2010-Q2): 0 errors, 6 warnings, 11 notes." in checker.verdict.value


def test_a_file_that_the_disk_refuses_is_said(monkeypatch):
    def refuse(name, content, folder, *, language):
        raise PermissionError(13, "Permission denied", "data/2010-Q1.xlsx")

    monkeypatch.setattr("ccpcr_lib.publish.explorer.check.check_file", refuse)
    checker = Checker(str(QUARTER), "en")
    checker._check(given("2010-Q2.xlsx"))
    assert "2010-Q1.xlsx: this could not be opened." in checker.verdict.value
