"""Which quarter a workbook is of: from its headings, its cover, its name, or what is asked for; they must agree."""

import openpyxl
import pytest
from planting import plant
from workbooks import WORKBOOK

from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.errors import CannotReadError


@pytest.mark.parametrize(
    "months",
    [
        ("2010-04", "2010-05", "2010-06"),
        ("04/2010", "5/2010", "06.2010"),
        ("Apr '10", "May-10", "June, 2010"),
        ("Month of April 2010", "in May 2010", "JUN 2010"),
        ("មេសា ២០១០", "ឧសភា ២០១០", "មិថុនា ២០១០"),
    ],
)
def test_months_are_known_however_they_are_dated(tmp_path, months):
    book = openpyxl.Workbook()
    for line in (["Partner referrals"], ["Names of NGOs", *months], ["CWDA", 1, 2, 3]):
        book.active.append(line)
    book.save(tmp_path / "book.xlsx")
    reading = read_workbook(tmp_path / "book.xlsx")
    assert reading.period == "2010-Q2"
    assert list(zip(reading.counts["period"], reading.counts["value"], strict=True)) == [
        ("2010-04", 1),
        ("2010-05", 2),
        ("2010-06", 3),
    ]


def undated(folder, name, *lines):
    book = openpyxl.Workbook()
    for line in (*lines, ["Partner referrals"], ["Names of NGOs", "Apr", "May", "Jun"], ["CWDA", 1, 2, 3]):
        book.active.append(line)
    book.save(folder / name)
    return folder / name


@pytest.mark.parametrize(
    "name", ["2010-Q2.xlsx", "Q2_2010 final (2).xlsx", "2nd Quarter 2010.xlsx", "Apr-Jun 2010.xlsx"]
)
def test_the_files_name_gives_the_year_where_the_workbook_does_not(tmp_path, name):
    assert read_workbook(undated(tmp_path, name)).period == "2010-Q2"


def test_a_cover_may_name_the_year(tmp_path):
    assert read_workbook(undated(tmp_path, "book.xlsx", ["Year", "២០១០"])).period == "2010-Q2"


def test_a_period_that_is_asked_for_fills_in_the_year(tmp_path):
    assert read_workbook(undated(tmp_path, "book.xlsx"), "2010-Q2").period == "2010-Q2"


def test_without_any_year_the_officer_is_asked_for_it(tmp_path):
    with pytest.raises(CannotReadError, match=r"^book\.xlsx: nothing in it says which year .* --period 2010-Q2\.$"):
        read_workbook(undated(tmp_path, "book.xlsx"))


def test_the_workbook_and_the_files_name_must_agree(tmp_path):
    path = plant(tmp_path, name="2010-Q3.xlsx")
    reading = read_workbook(path)
    assert reading.period == "2010-Q2"
    assert [(item.rule, item.severity, item.where) for item in reading.findings] == [
        ("period_conflict", "error", (path.name,))
    ]


def test_the_workbook_and_the_period_asked_for_must_agree():
    findings = read_workbook(WORKBOOK, "2009-Q2").findings
    assert [(item.rule, item.severity, item.printed) for item in findings] == [("period_conflict", "error", "2009-Q2")]


def test_another_year_in_a_heading_is_an_error_at_that_heading(tmp_path):
    findings = read_workbook(plant(tmp_path, ("Slide 6", "C4", "Planned 2011"))).findings
    assert [(item.rule, item.where) for item in findings] == [("period_conflict", ("Slide 6!C4",))]


def test_another_years_previous_quarter_is_an_error_at_its_heading(tmp_path):
    findings = read_workbook(plant(tmp_path, ("Slide 17", "C4", "1st quarter 2009"))).findings
    assert ("wrong_quarter", ("Slide 17!C4",)) in [(item.rule, item.where) for item in findings]
