"""Code lists: how a label is found, and that the lists which come with the project are sound."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commands import ccpcr
from workbooks import ROOT, WORKBOOK

from ccpcr_lib.model.codelist import OPEN, CodeList, Member, codelist, fold, read_codelist
from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.model.resources import lists_folder

NAMES = ["case_types", "sexes", "age_bands", "grades", "topics", "skills", "organisations", "destinations", "partners"]
NAMES += ["months", "tables"]


@pytest.mark.parametrize("name", NAMES)
def test_every_label_and_alias_names_its_own_member(name):
    for member in codelist(name).members.values():
        for text in member.spellings:
            assert codelist(name).find(text) == member.code
            assert codelist(name).find(f"  {text.upper()} ") == member.code


@pytest.mark.parametrize("name", NAMES)
def test_every_member_has_a_khmer_label(name):
    assert all(member.label_km for member in codelist(name).members.values())


@pytest.mark.parametrize(
    "text",
    [
        "Domestic Violence (DV)",
        "DV - Domestic violence",
        "domestic  VIOLENCE",
        "DV",
        "Domestic\nViolence",
        "អំពើហិង្សាក្នុងគ្រួសារ (DV)",
    ],
)
def test_a_case_type_is_known_with_and_without_its_code(text):
    assert codelist("case_types").find(text) == "DV"


def test_a_label_with_another_members_code_names_nobody():
    assert codelist("case_types").find("Domestic Violence (SA)") is None


def test_digits_and_plurals_do_not_make_another_label():
    assert fold("Grade ១") == fold("grades 1")
    assert fold("Grade 1") != fold("Grade 11")


def test_an_open_list_takes_a_new_name_and_a_closed_one_refuses_it():
    assert codelist("partners").label("Licadho") == "Licadho"
    with pytest.raises(KeyError, match="'XX' is not in the code list case_types"):
        codelist("case_types").label("XX")
    assert {"grades", "case_types", "sexes", "age_bands"}.isdisjoint(OPEN)


def test_a_label_can_be_had_in_both_languages():
    assert codelist("sexes").label("F", "en+km") == "Female · ស្រី"
    assert codelist("partners").label("CWDA", "en+km") == "CWDA"
    with pytest.raises(ValueError, match="Choose one of: en, km"):
        codelist("sexes").label("F", "fr")


SHIPPED = sorted((ROOT / "data" / "codelists").glob("*.csv"))


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_a_list_that_comes_with_the_project_has_every_code_once_and_both_labels(path):
    members = read_codelist(path, is_open=False).members.values()
    assert members
    assert [member for member in members if not (member.code and member.label_en and member.label_km)] == []


def test_the_lists_that_come_with_the_project_name_nothing_twice_and_serve_every_table():
    program = f"from ccpcr_lib.model import catalogue, codelist; [codelist.spellings(name) for name in {NAMES}]"
    environment = os.environ | {"CCPCR_LISTS": str(ROOT / "data" / "codelists")}
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_folder_of_lists_that_is_not_there_is_said_in_one_line(monkeypatch, tmp_path):
    monkeypatch.setenv("CCPCR_LISTS", str(tmp_path / "nowhere"))
    with pytest.raises(CannotReadError, match=r"nowhere: CCPCR_LISTS names this folder of code lists, [^\n]*$"):
        lists_folder()


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("a,A,ក,\na,B,ខ,\n", "the code a stands twice"),
        ("a,A,ក,\nb,,,\n", "the code b has no label"),
    ],
)
def test_a_list_with_a_code_that_stands_twice_or_has_no_label_is_refused(tmp_path, rows, why):
    path = tmp_path / "letters.csv"
    path.write_text(f"code,label_en,label_km,aliases\n{rows}", encoding="utf-8")
    with pytest.raises(CannotReadError, match=rf"^letters\.csv: {why}"):
        read_codelist(path, is_open=False)


def test_a_label_nobody_has_written_is_no_spelling():
    assert Member("legal_aid", "Legal aid", "", ("",)).spellings == ("Legal aid", "legal_aid")
    assert codelist("partners").find("???") is None
    assert codelist("partners").find("") is None


def own_list(folder: Path, rows: str) -> CodeList:
    """A list of months as a shelter has it in its own folder."""
    path = folder / "months.csv"
    path.write_text(rows, encoding="utf-8")
    return read_codelist(path, is_open=False)


def test_a_list_of_the_program_has_all_its_members_whatever_a_shelter_lists(tmp_path):
    months = own_list(tmp_path, "code,aliases\nmonth_09,Sep|Sept\n")
    assert list(months.members) == [f"month_{number:02}" for number in range(1, 13)]
    assert months.member("month_09").aliases == ("Sep", "Sept")
    assert months.label("month_09", "en+km") == "September · កញ្ញា"
    assert months.label("month_05") == "May"


def test_a_label_of_its_own_takes_the_place_of_the_programs(tmp_path):
    months = own_list(tmp_path, "code,label_en,label_km,aliases\nmonth_05,Month of May,,\n")
    assert months.label("month_05", "en+km") == "Month of May · ឧសភា"


def test_a_mistyped_code_in_a_list_of_the_program_is_refused(tmp_path):
    with pytest.raises(CannotReadError, match=r"months\.csv: the code month_5 has no label"):
        own_list(tmp_path, "code,aliases\nmonth_5,Mai\n")


def test_lists_that_cannot_be_read_end_every_command_in_one_line(tmp_path):
    for command in (["check", WORKBOOK], ["report", WORKBOOK], ["new", "2010-Q3", "-o", tmp_path / "new.xlsx"]):
        done = ccpcr(*command, CCPCR_LISTS=str(tmp_path / "nowhere"))
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (2, b"", 1)
    assert ccpcr("--help", CCPCR_LISTS=str(tmp_path / "nowhere")).returncode == 0
