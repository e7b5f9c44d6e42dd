"""A report, what is shown of it and a history say what they are where they are printed, the same in every run."""

import shutil

import pytest
from workbooks import DEMO, WORKBOOK, next_quarter

from ccpcr_lib import load, load_all, release


def test_a_report_says_what_it_is(quarter):
    assert str(quarter) == (
        "Report of the 2nd quarter of 2010 (2010-Q2), from 2010-Q2.xlsx\n"
        "  Workbook: 2010-Q2.xlsx\n"
        "  Tables: 14\n"
        "  Counts: 317\n"
        "  Findings: 0 errors, 6 warnings, 11 notes\n"
        '  Next: report.table("referrals_by_type"), report.findings, report.counts'
    )
    assert repr(quarter) == "<Report: Report of the 2nd quarter of 2010 (2010-Q2), from 2010-Q2.xlsx>"


def test_in_a_notebook_the_same_is_shown_as_text_and_as_a_table(quarter):
    shown = quarter._repr_mimebundle_()
    assert set(shown) == {"text/plain", "text/html"}
    assert shown["text/plain"] == str(quarter)
    assert shown["text/html"].count("<tr>") == 5
    assert '<td style="text-align:left">0 errors, 6 warnings, 11 notes</td>' in shown["text/html"]


def test_what_is_shown_of_a_quarter_says_so_in_its_language(quarter):
    khmer = release(quarter, "km")
    assert str(khmer).startswith("របាយការណ៍ត្រីមាសទី2 ឆ្នាំ 2010 (2010-Q2) ពី 2010-Q2.xlsx\n  ឯកសារ: 2010-Q2.xlsx\n")
    assert 'show_table(quarter, "referrals_by_type")' in str(release(quarter))
    assert "Workbook · ឯកសារ: 2010-Q2.xlsx" in str(release(quarter, "en+km"))


def test_a_history_has_a_line_for_each_quarter_and_for_what_is_left_out(tmp_path):
    for name in ("2010-Q2.xlsx", "2010-Q2 v2.xlsx"):
        shutil.copy(WORKBOOK, tmp_path / name)
    next_quarter(tmp_path / "2010-Q3.xlsx")
    (tmp_path / "2010-Q4.xlsx").write_bytes(b"words")
    lines = str(load_all(tmp_path)).split("\n")
    assert lines[0] == "2 quarters, 2010-Q2 to 2010-Q3"
    assert lines[1].startswith("  2010-Q2: 2010-Q2.xlsx: 14 tables, 317 counts; 0 errors, ")
    assert [line.partition(":")[0].strip() for line in lines[1:]] == [
        "2010-Q2",
        "2010-Q3",
        "Left aside",
        "Not read",
        "Next",
    ]


@pytest.mark.parametrize("open_it", [load, release, load_all])
def test_what_is_printed_names_no_folder_and_no_address_and_says_synthetic(tmp_path, open_it):
    file = shutil.copy(DEMO / "2010-Q1-SYNTHETIC.xlsx", tmp_path)
    thing = open_it(file)
    texts = [str(thing), repr(thing), *thing._repr_mimebundle_().values()]
    for text in texts:
        assert "SYNTHETIC ·" in text
        assert tmp_path.name not in text
        assert "0x" not in text
    again = open_it(file)
    assert texts == [str(again), repr(again), *again._repr_mimebundle_().values()]


def test_an_empty_history_says_so(tmp_path):
    assert str(load_all(tmp_path)) == "No quarters"
