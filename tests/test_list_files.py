"""What an officer edits as CSV is named in one line where it cannot be read, by every way that leads to it."""

import shutil
from pathlib import Path

import pytest
from commands import ccpcr
from workbooks import ROOT

from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.model.list_file import lines_of, read_list
from ccpcr_lib.quality.relation_lines import read_relations

WORKBOOK = ROOT / "data" / "2010-Q2.xlsx"
HEAD = b"code,label_en,adds\n"
UNREADABLE = {
    "no headings": (b"referred,Clients referred,flow\n", "line 1 has no heading “code”."),
    "an empty file": (b"", "the file is empty."),
    "a line without adds": (HEAD + b"baked,Bakers\n", "the measure baked does not say how its clients add up."),
    "a code twice": (HEAD + b"referred,A,flow\nreferred,B,stock\n", "the code referred stands twice."),
}


def own_lists(folder: Path) -> Path:
    return shutil.copytree(ROOT / "data" / "codelists", folder / "lists")


def test_a_list_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CannotReadError, match=r"^skills\.csv: there is no such file\. Check the name"):
        read_list(tmp_path / "skills.csv")


def test_cells_that_are_left_out_and_lines_of_commas_are_no_fault(tmp_path):
    (tmp_path / "skills.csv").write_bytes(b"\xef\xbb\xbfcode , label_en,label_km\r\n\r\nsewing, Sewing \r\n,,,,\r\n")
    assert read_list(tmp_path / "skills.csv") == [{"code": "sewing", "label_en": "Sewing", "label_km": ""}]
    assert list(lines_of("code,x\n\n,\na,1,\n", "skills.csv")) == [4]


@pytest.mark.parametrize(("written", "why"), UNREADABLE.values(), ids=UNREADABLE)
def test_measures_that_cannot_be_read_end_a_check_in_one_line(tmp_path, written, why):
    lists = own_lists(tmp_path)
    (lists / "measures.csv").write_bytes(written)
    done = ccpcr("check", WORKBOOK, CCPCR_LISTS=str(lists))
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert done.stderr.decode().startswith(f"measures.csv: {why}")


def test_lists_that_excel_saved_as_unicode_text_are_read_as_they_were(tmp_path):
    lists = own_lists(tmp_path)
    for path in lists.glob("*.csv"):
        lines = path.read_text(encoding="utf-8").splitlines()
        table = [line.split(",") for line in lines if '"' not in line]
        if len(table) == len(lines):
            path.write_bytes("".join("\t".join(row) + "\r\n" for row in table).encode("utf-16"))
    usual, saved = ccpcr("check", WORKBOOK), ccpcr("check", WORKBOOK, CCPCR_LISTS=str(lists))
    assert (lists / "case_types.csv").read_bytes().startswith(b"\xff\xfec\x00o\x00")
    assert (saved.returncode, saved.stdout, saved.stderr) == (usual.returncode, usual.stdout, b"")


RELATIONS = "name,left,operator,right,why\nx,education.enrolled,=,education.enrolled,déjà\n"


def test_relations_that_cannot_be_read_end_a_check_in_one_line(tmp_path):
    shutil.copy(WORKBOOK, tmp_path)
    (tmp_path / "relations.csv").write_text(RELATIONS.replace("operator", "sign"), encoding="utf-8")
    done = ccpcr("check", tmp_path / WORKBOOK.name)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert done.stderr.decode().startswith("relations.csv: line 1 has no heading “operator”. Write the headings again ")


def test_a_line_of_the_relations_is_named_by_its_row_whatever_stands_empty_above(tmp_path):
    (tmp_path / "relations.csv").write_text(f"{RELATIONS}\n,,,,\nx,,=,education.enrolled,\n", encoding="utf-8")
    relations, findings = read_relations(tmp_path / "relations.csv")
    assert [relation.why for relation in relations] == ["déjà"]
    assert [finding.where for finding in findings] == [("relations.csv!A5",)]
