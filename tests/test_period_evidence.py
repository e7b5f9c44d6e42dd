"""What dates a report: titles, covers, totals, headings over its months, names of sheets; and what does not."""

from datetime import datetime

import openpyxl
import pytest
from layouts import Layout, write
from planting import plant
from truth import Q4_2011

from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.errors import CannotReadError

MONTHS = {1: ("Jan", "Feb", "Mar"), 2: ("Apr", "May", "Jun"), 3: ("Jul", "Aug", "Sep"), 4: ("Oct", "Nov", "Dec")}


def report(folder, *lines, quarter=2, sheet="Partners", cover=(), total="Total", name="book.xlsx"):
    """One table under some lines of text, with or without a cover before it."""
    book = openpyxl.Workbook()
    if cover:
        for line in cover:
            book.active.append(line)
        book.active.title = "Cover"
        book.create_sheet()
    page = book.worksheets[-1]
    page.title = sheet
    for line in (
        *lines,
        ["Partner referrals"],
        ["Names of NGOs", *MONTHS[quarter]],
        ["CWDA", 1, 2, 3],
        [total, 1, 2, 3],
    ):
        page.append(line)
    book.save(folder / name)
    return folder / name


def about_period(reading):
    rules = ("period_conflict", "wrong_quarter")
    return [(item.rule, item.where[0]) for item in reading.findings if item.rule in rules]


SAYS_Q2_2010 = [
    "Quarter 2, 2010",
    "Q2/2010",
    "Q2-2010",
    "second quarter 2010",
    "2nd Quarter of 2010",
    "Quarter II 2010",
    "April – June 2010",
    "Apr-Jun 2010",
    "Apr. - Jun. 2010",
    "from 1 April to 30 June 2010",
    "01/04/2010 - 30/06/2010",
    "01.04.2010–30.06.2010",
    "2010-04-01 to 2010-06-30",
    "04-06/2010",
    "ត្រីមាសទី២ ឆ្នាំ២០១០",
    "ត្រីមាសទីពីរ ឆ្នាំ ២០១០",
    "ខែមេសា ដល់ ខែមិថុនា ឆ្នាំ២០១០",
    "Report of the 2nd qtr\u200b 2010 (April, May and June)",
]


@pytest.mark.parametrize("text", SAYS_Q2_2010)
@pytest.mark.parametrize("place", ["title", "cover", "label", "one cell"])
def test_a_period_dates_the_report_wherever_it_stands(tmp_path, text, place):
    lines = {"title": [[text]], "label": [["Reporting period", text]], "one cell": [["Reporting period: " + text]]}
    reading = read_workbook(report(tmp_path, *lines.get(place, ()), cover=[[text]] if place == "cover" else ()))
    assert (reading.period, about_period(reading)) == ("2010-Q2", [])


@pytest.mark.parametrize("text", SAYS_Q2_2010)
def test_another_quarters_title_is_an_error_at_its_cell(tmp_path, text):
    reading = read_workbook(report(tmp_path, [text], quarter=3), "2010-Q3")
    assert (reading.period, about_period(reading)) == ("2010-Q3", [("period_conflict", "Partners!A1")])


@pytest.mark.parametrize("sheet", ["Q2 2010", "2nd Quarter 2010", "Apr-Jun 2010", "ត្រីមាសទី២ ២០១០", "2010-Q2"])
def test_a_sheets_name_dates_the_report_and_is_held_to_it(tmp_path, sheet):
    assert read_workbook(report(tmp_path, sheet=sheet)).period == "2010-Q2"
    other = read_workbook(report(tmp_path, sheet=sheet, quarter=3), "2010-Q3")
    assert about_period(other) == [("period_conflict", f"{sheet}!A1")]


@pytest.mark.parametrize(
    "lines",
    [
        [["From", datetime(2010, 4, 1), "To", datetime(2010, 6, 30)]],
        [["From", datetime(2010, 4, 1)], ["To", datetime(2010, 6, 30)]],
        [["Reporting period", datetime(2010, 4, 1), datetime(2010, 6, 30)]],
        [["Reporting period", datetime(2010, 4, 1), "to", datetime(2010, 6, 30)]],
        [["From", "01/04/2010", "To", "30/06/2010"]],
        [["ពី", datetime(2010, 4, 1), "ដល់", datetime(2010, 6, 30)]],
        [["Quarter", 2, "Year", 2010]],
        [["Quarter", "2nd"], ["Year", 2010]],
        [["Quarter", "II"], ["Year", "២០១០"]],
        [["Period", "Q2"], ["Year", 2010]],
    ],
)
def test_a_label_dates_what_stands_beside_it(tmp_path, lines):
    reading = read_workbook(report(tmp_path, cover=lines))
    assert (reading.period, about_period(reading)) == ("2010-Q2", [])
    other = read_workbook(report(tmp_path, cover=lines, quarter=3, sheet="Q3 2010"), "2010-Q3")
    assert [where.split("!")[0] for _, where in about_period(other)] == ["Cover"]


@pytest.mark.parametrize(
    "year", ["2010", "Year 2010", "FY 2010", "Report, 2010", "(2010)", "ឆ្នាំ ២០១០", "ពុទ្ធសករាជ ២៥៥៣", "BE 2553"]
)
def test_a_year_alone_is_enough_beside_the_months(tmp_path, year):
    assert read_workbook(report(tmp_path, [year])).period == "2010-Q2"
    assert read_workbook(report(tmp_path, cover=[["CCPCR"], [year]])).period == "2010-Q2"


@pytest.mark.parametrize(
    "text", ["2553", "Printed on 5 July 2010", "Founded in the shelter since 2003", "Law of 2008 and 2009"]
)
def test_a_number_or_a_date_of_something_else_is_no_year_of_the_report(tmp_path, text):
    with pytest.raises(CannotReadError, match="which year"):
        read_workbook(report(tmp_path, cover=[["CCPCR"], [text]]))


def test_a_buddhist_year_may_be_either_of_two_and_no_third(tmp_path):
    for era, wrong in (("BE 2553", 0), ("BE 2554", 0), ("BE 2551", 1)):
        reading = read_workbook(report(tmp_path, ["2nd quarter 2010"], cover=[[era]]))
        assert (reading.period, len(about_period(reading))) == ("2010-Q2", wrong)


@pytest.mark.parametrize(
    "total", ["Total 1st Quarter", "Total (Q1)", "1st quarter total", "Total for the 1st quarter 2010", "សរុបត្រីមាសទី១"]
)
def test_a_total_of_another_quarter_is_an_error_at_its_label(tmp_path, total):
    reading = read_workbook(report(tmp_path, ["2nd quarter 2010"], total=total))
    assert about_period(reading) == [("period_conflict", "Partners!A5")]


@pytest.mark.parametrize("heading", ["3rd quarter", "Q3", "Quarter III", "Jul – Sep", "ត្រីមាសទី៣"])
def test_another_quarter_over_the_reports_own_months_is_an_error_at_that_heading(tmp_path, heading):
    found = about_period(read_workbook(plant(tmp_path, ("Slide 17", "D4", heading))))
    assert found == [("period_conflict", "Slide 17!D4")]


@pytest.mark.parametrize(
    "text",
    [
        "Compared with the 1st quarter",
        "There were fewer clients than in the 1st quarter 2010.",
        "Previous quarter: 1st quarter 2010",
        "Remarks: many came in the 1st quarter",
        "Plan for the 3rd quarter 2010",
        "ប្រៀបធៀបនឹងត្រីមាសទី១",
        "1st and 2nd quarter 2010",
    ],
)
def test_a_comparison_a_remark_or_a_plan_accuses_nobody(tmp_path, text):
    for cover, lines in (([[text]], []), ([], [[text]])):
        reading = read_workbook(report(tmp_path, ["2nd quarter 2010"], *lines, cover=cover))
        assert (reading.period, about_period(reading)) == ("2010-Q2", [])


def test_a_list_of_quarters_dates_nothing(tmp_path):
    cover = [["Clients", "1st quarter", "2nd quarter"], [None, 2, 3], ["1st quarter 2010", 7], ["4th quarter 2009", 7]]
    reading = read_workbook(report(tmp_path, ["2nd quarter 2010"], cover=cover))
    assert about_period(reading) == []


@pytest.mark.parametrize(
    "heading", ["Jul – Sep", "July to September 2011", "Jul-Sep", "Q3 2011", "កក្កដា-កញ្ញា", "07-09/2011"]
)
def test_the_quarter_before_may_be_headed_by_its_months(tmp_path, heading):
    path, sources = write(Q4_2011, Layout(), tmp_path)
    book = openpyxl.load_workbook(path)
    cells = [cell for page in book for row in page.iter_rows() for cell in row if cell.value == "3rd quarter"]
    for cell in cells:
        cell.value = heading
    book.save(path)
    reading = read_workbook(path, "2011-Q4")
    assert (len(cells), reading.findings, len(reading.counts)) == (2, (), len(sources))
    assert about_period(read_workbook(path, "2011-Q3")) != []


def test_another_quarter_before_is_an_error_at_its_heading(tmp_path):
    found = about_period(read_workbook(plant(tmp_path, ("Slide 17", "C4", "Jul – Sep"))))
    assert found == [("wrong_quarter", "Slide 17!C4")]


@pytest.mark.parametrize(
    "text",
    [
        "2nd quarter 2010 (January to March)",
        "Q2 2010 (Jan-Mar 2010)",
        "ត្រីមាសទី២ ឆ្នាំ២០១០ (មករា-មីនា)",
    ],
)
@pytest.mark.parametrize("label", ["", "Reporting period"])
def test_a_number_and_months_of_two_quarters_are_an_error_at_their_cell(tmp_path, text, label):
    cover = [[label, text]] if label else [[text]]
    found = about_period(read_workbook(report(tmp_path, ["2nd quarter 2010"], cover=cover)))
    assert found == [("period_conflict", f"Cover!{'B' if label else 'A'}1")]


@pytest.mark.parametrize(
    "cover",
    [
        [["Quarter", 1, 2, 3], ["x", 4, 5, 6]],
        [["Period", "1st quarter", "2nd quarter"], ["x", 4, 5]],
        [["Year", "2008", "2009"], ["x", 4, 5]],
        [["Project start", "1st quarter 2009"]],
        [["Next report", "3rd quarter 2010"]],
    ],
)
def test_headings_of_other_figures_and_dates_of_other_things_accuse_nobody(tmp_path, cover):
    assert about_period(read_workbook(report(tmp_path, ["2nd quarter 2010"], cover=cover))) == []


@pytest.mark.parametrize("text", ["Report 2009", "Year 2009", "2009", "Statistics of 2009", "FY 2009"])
def test_another_year_alone_is_an_error(tmp_path, text):
    reading = read_workbook(report(tmp_path, ["2nd quarter 2010"], ["Partners in 2010"], cover=[[text]]))
    assert (reading.period, about_period(reading)) == ("2010-Q2", [("period_conflict", "Cover!A1")])
