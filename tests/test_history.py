import shutil

import openpyxl
import pandas as pd
import pytest
from workbooks import WORKBOOK, changed, next_quarter

from ccpcr_lib import CannotReadError, load, load_all


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two quarters, the later one first by name, among what else lies in an officer's folder."""
    folder = tmp_path_factory.mktemp("data")
    shutil.copy(WORKBOOK, folder / "second quarter.xlsx")
    next_quarter(folder / "a later quarter.xlsx")
    (folder / "~$second quarter.xlsx").write_bytes(b"lock file of Excel")
    (folder / ".hidden.xlsx").write_bytes(b"hidden")
    (folder / "notes.txt").write_text("not a workbook", encoding="utf-8")
    (folder / "minutes.xlsx").write_text("a text that was given the wrong name", encoding="utf-8")
    (folder / "old.xlsx").mkdir()
    return folder


@pytest.fixture(scope="module")
def history(folder):
    return load_all(folder)


def test_a_quarter_is_checked_although_the_one_before_lacks_a_table_that_repeats_it(two_workbooks, tmp_path):
    for path in two_workbooks:
        book = openpyxl.load_workbook(path)
        if path is two_workbooks[0]:
            del book["Slide 17"]
        book.save(tmp_path / path.name)
    later = load(tmp_path / two_workbooks[1].name)
    assert later.period == "2010-Q3"
    assert "previous_quarter" not in {item.rule for item in later.problems if item.table == "family_visits"}


def test_quarters_come_oldest_first_whatever_their_files_are_called(history):
    assert history.periods == ("2010-Q2", "2010-Q3")
    assert [report.workbook for report in history.reports] == ["second quarter.xlsx", "a later quarter.xlsx"]
    assert len(history) == 2


def test_what_is_no_workbook_is_listed_with_the_reason_and_what_only_looks_like_one_is_not(history):
    (reason,) = history.unread
    assert reason.startswith("minutes.xlsx: ")


def test_a_quarter_is_taken_by_its_name(history):
    assert history["2010-Q3"].counts["period"].unique().tolist() == [
        "2010-07",
        "2010-08",
        "2010-09",
        "2010-Q3",
        "2010-Q2",
    ]


def test_a_quarter_that_is_not_there_is_refused_with_those_that_are(history):
    with pytest.raises(KeyError, match="no workbook of 2011-Q1; the quarters are: 2010-Q2, 2010-Q3"):
        history["2011-Q1"]


def test_a_history_is_asked_by_quarters_and_not_by_numbers(history):
    with pytest.raises(KeyError, match="no workbook of 0; the quarters are: 2010-Q2, 2010-Q3"):
        history[0]


def test_all_counts_stand_together_and_say_whose_workbook_they_are_from(history, quarter):
    counts = history.counts
    assert list(counts) == ["reported_in", *quarter.counts]
    assert counts["reported_in"].value_counts().to_dict() == {"2010-Q2": 317, "2010-Q3": 317}
    assert counts.dtypes["value"] == "Int64"
    assert counts.dtypes["table"] == quarter.counts.dtypes["table"]
    april = counts.query("reported_in == '2010-Q2'").drop(columns="reported_in").reset_index(drop=True)
    pd.testing.assert_frame_equal(april, quarter.counts)


def test_what_one_quarter_says_of_the_one_before_stays_apart_from_what_that_one_said_itself(history):
    visits = history.counts.query("table == 'family_visits' and case_type == 'DV'")
    said = visits.groupby(["reported_in", "period"])["value"].sum().to_dict()
    assert said["2010-Q3", "2010-Q2"] == 2
    assert [said["2010-Q2", month] for month in ("2010-04", "2010-05", "2010-06")] == [7, 0, 0]


def test_two_workbooks_of_one_quarter_are_refused_by_name(tmp_path):
    changed(tmp_path, {}, name="first.xlsx")
    changed(tmp_path, {}, name="second.xlsx")
    with pytest.raises(CannotReadError, match=r"^second\.xlsx: first\.xlsx reports 2010-Q2 too\."):
        load_all(tmp_path)


def test_a_folder_that_is_not_there_is_refused_in_one_line(tmp_path):
    with pytest.raises(CannotReadError, match=r"^nowhere: there is no such folder"):
        load_all(tmp_path / "nowhere")


def test_a_folder_without_workbooks_is_an_empty_history(tmp_path, quarter):
    history = load_all(tmp_path)
    assert (history.periods, history.unread, len(history)) == ((), (), 0)
    assert list(history.counts) == ["reported_in", *quarter.counts]


def test_a_quarter_that_stands_twice_in_the_folder_is_told_and_one_that_cannot_be_read(tmp_path):
    for name in ("2010-Q2.xlsx", "2010-Q2 corrected.xlsx"):
        (tmp_path / name).write_bytes(WORKBOOK.read_bytes())
    (tmp_path / "2010-Q1.xlsx").write_text("damaged", encoding="utf-8")
    later = next_quarter(tmp_path / "2010-Q3.xlsx")
    told = {item.rule: (item.severity, item.message) for item in load(later).problems if not item.table}
    assert told["copy_aside"] == (
        "note",
        "2010-Q2 corrected.xlsx is left aside: 2010-Q2.xlsx counts for 2010-Q2. "
        "If it is only a copy, move it out of the folder.",
    )
    assert told["unread_quarter"][0] == "note"
    assert "2010-Q1.xlsx: " in told["unread_quarter"][1]
