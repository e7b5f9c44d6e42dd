"""A file beside the workbook that is called nearly as one that is read is named; nothing reads it in silence."""

import shutil

import pytest
from commands import run
from workbooks import WORKBOOK

from ccpcr_lib.publish.proof.provenance import read_with
from ccpcr_lib.quality.misnamed import misnamed_files

NAMES = ("plan.xlsx", "relations.csv", "explanations.csv")
MISNAMED = {
    "explanations.csv.csv": "explanations.csv is missing here, and “explanations.csv.csv” is not read in its place. If "
    "it is meant, rename it to explanations.csv.",
    "relations.csv.csv": "rename it to relations.csv.",
    "Relations.CSV": "rename it to relations.csv.",
    "relation.csv": "rename it to relations.csv.",
    "explanations (1).csv": "rename it to explanations.csv.",
    "Copy of explanations.csv": "rename it to explanations.csv.",
    "explanations - Copy (2).csv": "rename it to explanations.csv.",
    "explanations.txt": "rename it to explanations.csv.",
    "explanations": "rename it to explanations.csv.",
    "relations.xlsx": "save it as “CSV UTF-8 (Comma delimited)” with the name relations.csv.",
    "relations.csv.xlsx": "save it as “CSV UTF-8 (Comma delimited)” with the name relations.csv.",
    "plan.xlsx.xlsx": "rename it to plan.xlsx.",
    "Plan (1).xlsx": "rename it to plan.xlsx.",
    "plan.xls": "save it as “Excel Workbook” with the name plan.xlsx.",
}


@pytest.mark.parametrize(("name", "words"), MISNAMED.items())
def test_a_file_of_nearly_the_right_name_is_named_until_the_right_one_is_there(tmp_path, name, words):
    (tmp_path / name).touch()
    (finding,) = misnamed_files(tmp_path, NAMES)
    assert (finding.rule, finding.severity) == ("misnamed_file", "note")
    assert finding.message.endswith(words)
    for right in NAMES:
        (tmp_path / right).touch()
    assert misnamed_files(tmp_path, NAMES) == []


def test_other_files_and_those_that_programs_leave_are_not_taken_for_one(tmp_path):
    others = ("2010-Q2.xlsx", "2010-Q2 plan.xlsx", "~$plan.xlsx.xlsx", "relations.md", "regulations.docx", "PLAN.XLSX")
    for name in others:
        (tmp_path / name).touch()
    (tmp_path / "relations (1).csv").mkdir()
    assert misnamed_files(tmp_path, NAMES) == []
    assert misnamed_files(tmp_path / "nowhere", NAMES) == []


def test_a_check_names_a_file_that_it_does_not_read(tmp_path):
    shutil.copy(WORKBOOK, tmp_path)
    (tmp_path / "explanations.csv.csv").write_text("rule,cells,explanation\n", encoding="utf-8")
    assert "note: explanations.csv is missing here, and “explanations.csv.csv”" in run("check", tmp_path).output


def test_a_report_is_made_with_such_a_file_so_that_it_says_the_same(tmp_path):
    workbook = tmp_path / shutil.copy(WORKBOOK, tmp_path)
    for name in ("relations.csv", "relations (1).csv", "explanations.csv.csv"):
        (tmp_path / name).touch()
    assert [path.name for path in read_with(workbook)] == ["2010-Q2.xlsx", "relations.csv", "explanations.csv.csv"]
