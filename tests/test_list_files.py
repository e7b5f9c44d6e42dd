"""What an officer edits as CSV is read, or refused in one line that names the file; the commands end with 2."""

import shutil
from pathlib import Path

import pytest
from commands import ccpcr
from workbooks import ROOT

from ccpcr_lib.model.codelist import read_codelist
from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.model.list_file import lines_of, read_list
from ccpcr_lib.quality.explanations import read_explanations
from ccpcr_lib.quality.relation_lines import read_relations

WORKBOOK = ROOT / "data" / "2010-Q2.xlsx"
MEASURES = "code,label_en,adds\nreferred,Clients référés,flow\n"
NOT_UTF8 = "the file is not written in UTF-8. Save it from Excel as “CSV UTF-8 (Comma delimited)”, and try again."
NO_CODE = "the first line names no column code. It must name code, with commas between the columns; save the file"
UNREADABLE = {
    "CP1252": (MEASURES.encode("cp1252"), NOT_UTF8),
    "UTF-16": (MEASURES.encode("utf-16"), NOT_UTF8),
    "UTF-16 that does not say so": ("code,adds\nreferred,flow\n".encode("utf-16-le"), NO_CODE),
    "semicolons": (MEASURES.replace(",", ";").encode(), NO_CODE),
    "tabs": (MEASURES.replace(",", "\t").encode(), NO_CODE),
    "another heading": (MEASURES.replace("code", "Code").encode(), NO_CODE),
    "no heading": (b"referred,Clients referred,flow\n", NO_CODE),
    "an empty first line": (b"\n" + MEASURES.encode(), NO_CODE),
    "an empty file": (b"", NO_CODE),
    "a quotation mark that never ends": (b'code,"adds\n' + b"x" * 200_000, NOT_UTF8),
    "a line without a code": (b"code,label_en,adds\n,Fed,flow\n", "the line “Fed, flow” has no code. Write one"),
    "a code twice": (b"code,adds\nreferred,flow\nreferred,stock\n", "the code referred stands twice."),
}


def own_lists(folder: Path) -> Path:
    return shutil.copytree(ROOT / "data" / "codelists", folder / "lists")


@pytest.mark.parametrize(("written", "why"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_list_that_is_written_in_another_way_is_refused_with_what_to_do(tmp_path, written, why):
    (tmp_path / "skills.csv").write_bytes(written)
    with pytest.raises(CannotReadError) as refusal:
        read_codelist(tmp_path / "skills.csv", is_open=True)
    assert str(refusal.value).startswith(f"skills.csv: {why}")
    assert "\n" not in str(refusal.value)


def test_a_list_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CannotReadError, match=r"^skills\.csv: there is no such file\. Check the name"):
        read_list(tmp_path / "skills.csv")


def test_cells_that_are_left_out_and_lines_of_commas_are_no_fault(tmp_path):
    (tmp_path / "skills.csv").write_bytes(b"\xef\xbb\xbfcode , label_en,label_km\r\n\r\nsewing, Sewing \r\n,,,,\r\n")
    assert read_list(tmp_path / "skills.csv") == [{"code": "sewing", "label_en": "Sewing", "label_km": ""}]
    assert list(lines_of("code,x\n\n,\na,1,2\n", "skills.csv")) == [4]


@pytest.mark.parametrize("kind", ["CP1252", "UTF-16", "semicolons", "another heading", "an empty file"])
def test_measures_that_cannot_be_read_end_a_check_in_one_line(tmp_path, kind):
    written, why = UNREADABLE[kind]
    lists = own_lists(tmp_path)
    (lists / "measures.csv").write_bytes(written)
    done = ccpcr("check", WORKBOOK, CCPCR_LISTS=str(lists))
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert done.stderr.decode().startswith(f"measures.csv: {why}")


RELATIONS = "name,left,operator,right,why\nx,education.enrolled,=,education.enrolled,déjà\n"


@pytest.mark.parametrize(
    ("written", "why"),
    [
        (RELATIONS.encode("cp1252"), NOT_UTF8),
        (RELATIONS.encode("utf-16"), NOT_UTF8),
        (RELATIONS.replace(",", ";").encode(), "the first line names no column name. It must name name, left, "),
        (RELATIONS.replace("operator", "sign").encode(), "the first line names no column operator."),
    ],
)
def test_relations_that_cannot_be_read_end_a_check_in_one_line(tmp_path, written, why):
    shutil.copy(WORKBOOK, tmp_path)
    (tmp_path / "relations.csv").write_bytes(written)
    done = ccpcr("check", tmp_path / WORKBOOK.name)
    assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert done.stderr.decode().startswith(f"relations.csv: {why}")


def test_a_line_of_the_relations_is_named_by_its_row_whatever_stands_empty_above(tmp_path):
    (tmp_path / "relations.csv").write_text(f"{RELATIONS}\n,,,,\nx,,=,education.enrolled,\n", encoding="utf-8")
    relations, findings = read_relations(tmp_path / "relations.csv")
    assert [relation.why for relation in relations] == ["déjà"]
    assert [finding.where for finding in findings] == [("relations.csv!A5",)]


def test_a_file_of_relations_with_nothing_in_it_declares_none(tmp_path):
    (tmp_path / "relations.csv").write_bytes(b"")
    assert read_relations(tmp_path / "relations.csv") == ((), ())


def test_explanations_that_cannot_be_read_are_refused_and_stay_as_they_are(tmp_path):
    shutil.copy(WORKBOOK, tmp_path)
    path = tmp_path / "explanations.csv"
    for written in ("rule,cells,explanation\nblank,Slide 7!C5,né\n".encode("cp1252"), b"rule;cells;explanation\n"):
        path.write_bytes(written)
        with pytest.raises(CannotReadError, match=r"^explanations\.csv: the "):
            read_explanations(path)
        done = ccpcr("explain", tmp_path / WORKBOOK.name, "Slide 7!H9", "typed by hand")
        assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
        assert path.read_bytes() == written
