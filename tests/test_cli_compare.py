"""``ccpcr compare``: what it lists, its exit codes, its JSON, and what it refuses to compare."""

import json

from commands import refused, run
from planting import plant
from workbooks import ROOT, WORKBOOK, next_quarter

from ccpcr_lib.quality.compared import compare_workbooks
from ccpcr_lib.quality.difference import FIELDS


def planted(folder, *changes: tuple[str, str, object]):
    """The quarter's workbook as a second person might have typed it."""
    return plant(folder, *changes, name="B.xlsx")


def test_what_cannot_be_read_is_told_and_the_rest_is_compared(tmp_path):
    result = run("compare", WORKBOOK, planted(tmp_path, ("Slide 12", "C7", "2O"), ("Slide 12", "D7", 8)))
    assert result.exit_code == 2
    assert "error: B.xlsx: Slide 12!C7: “2O” stands where a number belongs." in result.stdout
    assert "Slide 12!D7: 0, Slide 12!D7 in B.xlsx: 8 (Clients enrolled in school, Grade 2, May)." in result.stdout
    assert "1 difference." in result.stdout
    assert result.stderr.startswith("What is named above cannot be read, and was not compared.")


def test_a_note_that_nobody_can_read_is_not_passed_over(tmp_path):
    first = plant(tmp_path, ("Slide 15", "F5", "6 (SA1, XX5)"), name="A.xlsx")
    result = run("compare", first, planted(tmp_path, ("Slide 15", "F5", "6 (SA1, YY5)")))
    assert result.exit_code == 2
    assert "warning: A.xlsx: Slide 15!F5: the note in “6 (SA1, XX5)” has a part nobody can read" in result.stdout
    assert "warning: B.xlsx: Slide 15!F5: the note in “6 (SA1, YY5)” has a part nobody can read" in result.stdout


def test_a_table_with_an_unknown_row_is_compared_once_that_is_mended(tmp_path):
    second = planted(tmp_path, ("Slide 6", "B7", "Something else"), ("Slide 6", "D6", 4))
    assert compare_workbooks(WORKBOOK, second).differences == ()
    assert run("compare", WORKBOOK, second).exit_code == 2


def test_a_workbook_beside_itself_its_copy_and_another_quarter_are_refused(tmp_path):
    refused(run("compare", WORKBOOK, WORKBOOK), 2, "2010-Q2.xlsx: this workbook is named twice.")
    (tmp_path / "copy.xlsx").write_bytes(WORKBOOK.read_bytes())
    refused(run("compare", WORKBOOK, tmp_path / "copy.xlsx"), 2, "copy.xlsx: this is a copy of 2010-Q2.xlsx")
    other = next_quarter(tmp_path / "other.xlsx")
    refused(run("compare", WORKBOOK, other), 2, "other.xlsx: this workbook reports 2010-Q3, but 2010-Q2.xlsx reports")
    (tmp_path / "words.xlsx").write_text("no workbook")
    refused(run("compare", WORKBOOK, tmp_path / "words.xlsx"), 2, "words.xlsx: this is not an Excel workbook.")


def test_two_files_of_one_name_are_told_apart_by_their_folders(tmp_path):
    (tmp_path / "second").mkdir()
    second = plant(tmp_path / "second", ("Slide 12", "C7", 6))
    assert compare_workbooks(WORKBOOK, second).files == ("quarter/2010-Q2.xlsx", "second/2010-Q2.xlsx")


# --- the command ---


def test_the_command_lists_by_table_and_says_how_to_settle(tmp_path):
    second = planted(tmp_path, ("Slide 12", "C7", 6), ("Slide 6", "D6", 4))
    result = run("compare", WORKBOOK, second)
    assert (result.exit_code, result.stdout) == (
        1,
        "2010-Q2.xlsx and B.xlsx (2010-Q2)\n"
        "Types of cases referred to the shelter\n"
        "  Slide 6!D6: 1, Slide 6!D6 in B.xlsx: 4 (Clients referred to the shelter, Domestic Violence (DV), April).\n"
        "Clients enrolled in school by grade\n"
        "  Slide 12!C7: 5, Slide 12!C7 in B.xlsx: 6 (Clients enrolled in school, Grade 2, April).\n"
        "2 differences.\n",
    )
    assert result.stderr.startswith("To settle them, write a list to fill in from the paper forms: ccpcr compare ")


def test_nothing_differs_ends_with_0(tmp_path):
    result = run("compare", WORKBOOK, planted(tmp_path, ("Slide 12", "C7", "5")))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "2010-Q2.xlsx and B.xlsx (2010-Q2)\nNothing differs.\n"


def test_json_has_the_fields_that_the_readme_names(tmp_path):
    result = run("compare", WORKBOOK, planted(tmp_path, ("Slide 12", "C7", None)), "--json")
    assert json.loads(result.stdout) == [
        {
            "kind": "count",
            "table": "education",
            "what": "Clients enrolled in school, Grade 2, April",
            "cell": "Slide 12!C7",
            "first": "5",
            "other_cell": "Slide 12!C7",
            "second": "",
            "in_list": True,
        }
    ]
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    assert all(f"`{field}`" in readme for field in FIELDS)
