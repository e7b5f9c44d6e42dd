"""``ccpcr check``: its exit codes, its list for other programs, and terminals that know few letters."""

import json

import pytest
from commands import ccpcr, run
from consistent import consistent
from layouts import LAYOUTS, write
from workbooks import WORKBOOK, changed, next_quarter, without_sheet


def test_check_ends_with_1_where_something_does_not_add_up():
    result = run("check", WORKBOOK)
    assert (result.exit_code, result.stderr) == (1, "")
    assert "warning: Slide 15!F5: the note “6 (SA1, NC2, TL2)” adds up to 5, but the cell says 6." in result.stdout


def test_check_ends_with_0_where_everything_agrees(tmp_path):
    path, _ = write(consistent(7), LAYOUTS["as the slides"], tmp_path)
    result = run("check", path)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "warning" not in result.stdout
    assert "error" not in result.stdout


def test_check_as_json_is_a_list_of_the_columns_of_the_contract():
    result = run("check", WORKBOOK, "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    columns = ["rule", "severity", "table", "where", "message", "printed", "expected"]
    assert {tuple(item) for item in found} == {tuple(columns)}
    (note,) = [item for item in found if item["where"] == ["Slide 15!F5"]]
    assert (note["severity"], note["table"]) == ("warning", "vocational_skills")
    assert note["printed"] == "6 (SA1, NC2, TL2)"


def test_check_as_json_is_a_list_even_where_there_is_nothing(tmp_path):
    path, _ = write(consistent(0), LAYOUTS["as the slides"], tmp_path)
    result = run("check", path, "--json")
    assert {item["severity"] for item in json.loads(result.stdout)} <= {"note"}
    assert result.stdout.startswith("[")
    assert result.stdout.endswith("]\n")


def test_check_names_each_of_several_workbooks(tmp_path):
    other = next_quarter(tmp_path / "2010-Q3.xlsx")
    shown = run("check", WORKBOOK, other).stdout.split("\n")
    assert [line for line in shown if line.endswith(")") and ".xlsx (" in line] == [
        "2010-Q2.xlsx (2010-Q2)",
        "2010-Q3.xlsx (2010-Q3)",
    ]


def test_a_missing_table_is_a_warning_that_names_it(tmp_path):
    result = run("check", without_sheet(tmp_path, "Slide 19"))
    assert (
        "warning: the table “Clients referred to partner organizations” was not found in 2010-Q2.xlsx." in result.stdout
    )


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_narrow_terminal_is_no_reason_to_fail(tmp_path, encoding):
    path = changed(tmp_path, {"Slide 12!C6": "ច្រើន"})
    words = ccpcr("check", path, PYTHONIOENCODING=encoding)
    assert (words.returncode, words.stderr) == (1, b"")
    assert b"Slide 12!C6" in words.stdout
    listed = ccpcr("check", path, "--json", PYTHONIOENCODING=encoding)
    assert [item["printed"] for item in json.loads(listed.stdout.decode("utf-8")) if item["severity"] == "error"] == [
        "ច្រើន"
    ]


def test_one_bad_file_among_several_ends_the_check_with_2(tmp_path):
    (tmp_path / "text.xlsx").write_text("words", encoding="utf-8")
    assert run("check", WORKBOOK, tmp_path / "text.xlsx").exit_code == 2
