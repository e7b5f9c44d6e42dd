"""What may be typed for more than a quarter, and what is refused in one line that says what can be typed."""

import shutil
from pathlib import Path

import pytest
from workbooks import WORKBOOK

from ccpcr_lib import CannotReadError
from ccpcr_lib.excel.named_spans import find_together, start_of, whole_span

JULY, APRIL, OCTOBER = "2010-Q3..2011-Q2", "2010-Q2..2011-Q1", "2010-Q4..2011-Q3"


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2010", "2010"),
        (" 2010 ", "2010"),
        ("year 2010", "2010"),
        ("២០១០", "2010"),
        ("ឆ្នាំ ២០១០", "2010"),
        ("January to December 2010", "2010"),
        ("Jan-Dec 2010", "2010"),
        ("2010-H1", "2010-H1"),
        ("2010H1", "2010-H1"),
        ("2010 h2", "2010-H2"),
        ("H1 2010", "2010-H1"),
        ("H2/2010", "2010-H2"),
        ("first half of 2010", "2010-H1"),
        ("second half 2010", "2010-H2"),
        ("2nd half of 2010", "2010-H2"),
        ("the first half of the year 2010", "2010-H1"),
        ("2010 first half", "2010-H1"),
        ("semester 2 2010", "2010-H2"),
        ("ឆមាសទី១ ឆ្នាំ២០១០", "2010-H1"),
        ("ឆមាសទី ២ ឆ្នាំ ២០១០", "2010-H2"),
        ("January to June 2010", "2010-H1"),
        ("Jul – Dec 2010", "2010-H2"),
        ("July 2010 to June 2011", JULY),
        ("Jul 2010 - Jun 2011", JULY),
        ("April 2010 to March 2011", APRIL),
        (JULY, JULY),
        ("2010-q3..2011-q2", JULY),
    ],
)
def test_a_year_and_a_half_year_are_understood_in_any_usual_way(text, period):
    assert whole_span(text) == period


@pytest.mark.parametrize(
    "text",
    [
        *("2010-Q2", "Q2 2010", "2010-05", "2010-11", "May 2010", "April to June 2010", "April to September 2010"),
        *("February to July 2010", "2010-H3", "H0 2010", "half 2010", "201", "20100", "first half", "H1", "2010-Q3.."),
        *("2010-Q3..2010-Q4", "2010-Q1..2010-Q4 v2", "2010-Q2.xlsx", "data/demo", "", "June 2011 to July 2010", "1810"),
    ],
)
def test_what_is_none_is_taken_for_none(text):
    assert whole_span(text) is None


@pytest.mark.parametrize(
    ("text", "starts", "period"),
    [
        ("2010", 7, JULY),
        ("2010", 4, APRIL),
        ("2010", 10, OCTOBER),
        ("2010", 1, "2010"),
        ("2010/11", 7, JULY),
        ("2010/2011", 7, JULY),
        ("2010-11", 7, JULY),
        ("2010-2011", 4, APRIL),
        ("FY 2010/11", 10, OCTOBER),
        ("July 2010 to June 2011", 7, JULY),
        ("1999/00", 7, "1999-Q3..2000-Q2"),
    ],
)
def test_a_donors_year_is_its_first_year_and_the_month_it_begins_in(text, starts, period):
    assert whole_span(text, starts) == period


@pytest.mark.parametrize(
    ("text", "starts", "said"),
    [
        ("2010/11", None, "2010/11: nobody says when this year begins."),
        ("2010/2011", None, "2010/2011: nobody says when this year begins."),
        ("2010/11", 1, "2010/11: nobody says when this year begins."),
        ("2010-H1", 7, "2010-H1 does not begin with --year-starts 07"),
        ("July 2010 to June 2011", 4, "July 2010 to June 2011 does not begin with --year-starts 04"),
    ],
)
def test_a_year_that_nobody_can_tell_is_refused_with_what_can_be_typed(text, starts, said):
    with pytest.raises(CannotReadError) as refused:
        whole_span(text, starts)
    assert str(refused.value).startswith(said)


@pytest.mark.parametrize(
    ("text", "month"),
    [("07", 7), ("7", 7), ("July", 7), ("jul", 7), ("April", 4), ("០៧", 7), ("កក្កដា", 7), ("01", 1), ("October", 10)],
)
def test_a_year_starts_in_a_month_by_number_or_by_name(text, month):
    assert start_of(text) == month


@pytest.mark.parametrize("text", ["05", "13", "0", "June", "Q3", "", "2010", "-7"])
def test_a_year_that_starts_within_a_quarter_is_refused(text):
    with pytest.raises(CannotReadError, match="type 01, 04, 07 or 10"):
        start_of(text)


@pytest.fixture
def folder(tmp_path) -> Path:
    (tmp_path / "data").mkdir()
    return Path(shutil.copy(WORKBOOK, tmp_path / "data")).parent


@pytest.mark.parametrize(
    ("which", "period"),
    [
        ("data", "2010"),
        ("data", "H1 2010"),
        ("data/2010", None),
        ("data/2010-H1", None),
        ("2010", None),
        ("2010", "2010"),
    ],
)
def test_the_workbooks_of_a_period_are_found_as_those_of_a_quarter_are(folder, monkeypatch, which, period):
    monkeypatch.chdir(folder.parent)
    together = find_together(which, period=period)
    assert together is not None
    assert {quarter: path.name for quarter, path in together.files.items()} == {"2010-Q2": "2010-Q2.xlsx"}


def test_a_folder_of_workbooks_that_is_called_like_a_year_is_looked_through(folder, monkeypatch):
    monkeypatch.chdir(folder.rename(folder.with_name("2010")).parent)
    together = find_together("2010")
    assert together is not None
    assert together.files["2010-Q2"].parent == Path("2010")


def test_a_file_that_is_called_like_a_year_is_a_file(folder, monkeypatch):
    monkeypatch.chdir(folder)
    (folder / "2010").write_bytes(b"")
    assert find_together("2010") is None


def test_a_workbook_is_of_one_quarter_whatever_period_is_asked_for(folder):
    with pytest.raises(CannotReadError, match=r"2010-Q2\.xlsx is the workbook of one quarter"):
        find_together(folder / "2010-Q2.xlsx", period="2010")


def test_two_workbooks_of_one_quarter_are_asked_about(folder):
    for name in ("2010-Q1 a.xlsx", "2010-Q1 b.xlsx"):
        shutil.copy(WORKBOOK, folder / name)
    with pytest.raises(CannotReadError, match="2010-Q1"):
        find_together("2010", folder)
