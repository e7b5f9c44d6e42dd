"""What a person names is the workbook that is meant: a quarter, a bare name, a folder, in commands and in notebooks."""

import json
import shutil
from pathlib import Path

import pytest
from commands import refused, run
from workbooks import DEMO, PLAN, ROOT, WORKBOOK, changed, next_quarter

from ccpcr_lib import CannotReadError, load, load_all, release
from ccpcr_lib.excel.dating import whole_quarter
from ccpcr_lib.excel.named_files import find_workbook, find_workbooks


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project with two quarters, the later one under a name of its own, and what else lies in such a folder."""
    home = tmp_path_factory.mktemp("project")
    data = home / "data"
    data.mkdir()
    shutil.copy(WORKBOOK, data)
    next_quarter(data / "autumn.xlsx")
    shutil.copy(PLAN, data)
    (data / "~$2010-Q2.xlsx").write_bytes(b"owner")
    (home / "notebooks").mkdir()
    return home


@pytest.fixture(params=["", "notebooks", "data", "reports/2010-Q2/notebooks"])
def inside(project, request, monkeypatch) -> Path:
    """Each place in the project in which somebody may be."""
    place = project / request.param
    place.mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(place)
    return project


FORMS = (
    "2010-Q2",
    "2010Q2",
    "2010-q2",
    "2010 Q2",
    "2010_Q2",
    "2010/Q2",
    "Q2 2010",
    "q2-2010",
    "2Q2010",
    "2nd quarter of 2010",
    "second quarter 2010",
    "April to June 2010",
    "Apr-Jun 2010",
    "២០១០-Q២",
    "ត្រីមាសទី២ ឆ្នាំ២០១០",
    " 2010-Q2 ",
)


@pytest.mark.parametrize("written", FORMS)
def test_a_quarter_is_the_same_however_it_is_written(written):
    assert whole_quarter(written) == "2010-Q2"


@pytest.mark.parametrize(
    "written", ["2010-Q5", "Q2", "2010", "2010-04", "2010-Q2 v2", "Copy of 2010-Q2", "2010-Q2.xlsx", "data/2010-Q2", ""]
)
def test_what_names_more_or_less_than_a_quarter_is_none(written):
    assert whole_quarter(written) is None


@pytest.mark.parametrize(
    ("named", "file"),
    [
        ("2010-Q2", "2010-Q2.xlsx"),
        ("Q2 2010", "2010-Q2.xlsx"),
        ("2010-Q3", "autumn.xlsx"),
        ("2010-Q2.xlsx", "2010-Q2.xlsx"),
        ("2010-q2.XLSX", "2010-Q2.xlsx"),
        ("autumn", "autumn.xlsx"),
        ("plan.xlsx", "plan.xlsx"),
        ("data/2010-Q2.xlsx", "2010-Q2.xlsx"),
        ("data/2010-Q2", "2010-Q2.xlsx"),
        ("data/Q3 2010", "autumn.xlsx"),
    ],
)
def test_a_workbook_is_found_from_anywhere_in_the_project(inside, named, file):
    assert find_workbook(named).resolve() == inside / "data" / file
    assert find_workbook(Path(named)).resolve() == inside / "data" / file


def test_a_folder_stands_for_all_of_its_workbooks_and_no_name_for_those_of_the_project(inside):
    expected = [inside / "data" / name for name in ("2010-Q2.xlsx", "autumn.xlsx")]
    for named in (None, "data", inside, inside / "data"):
        assert [path.resolve() for path in find_workbooks(named)] == expected
    assert [path.resolve() for path in find_workbooks("2010-Q3")] == expected[1:]


def test_outside_every_project_the_workbooks_of_this_one_are_meant(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert find_workbook("2010-Q2") == ROOT / "data" / "2010-Q2.xlsx"
    assert find_workbook("2010-Q2.xlsx") == ROOT / "data" / "2010-Q2.xlsx"


def test_a_file_that_is_there_comes_before_one_of_the_data_folder(project, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(WORKBOOK, tmp_path / "2010-Q2.xlsx")
    assert find_workbook("2010-Q2.xlsx", project / "data") == Path("2010-Q2.xlsx")
    assert find_workbook("2010-Q2", project / "data") == project / "data" / "2010-Q2.xlsx"


def test_a_folder_of_a_report_that_is_called_like_the_quarter_is_not_meant(project, monkeypatch):
    (project / "reports" / "2010-Q2").mkdir(parents=True, exist_ok=True)
    monkeypatch.chdir(project / "reports")
    assert find_workbook("2010-Q2").resolve() == project / "data" / "2010-Q2.xlsx"


def test_in_code_a_quarter_is_loaded_released_and_taken_by_its_name(project, monkeypatch):
    monkeypatch.chdir(project / "notebooks")
    assert load("2010-Q2").workbook == "2010-Q2.xlsx"
    assert load("data", period="Q3 2010").workbook == "autumn.xlsx"
    assert release("2010Q3", "km").period == "2010-Q3"
    assert release("2010-Q2.xlsx").workbook == "2010-Q2.xlsx"
    assert load_all().periods == load_all("data").periods == ("2010-Q2", "2010-Q3")
    assert load_all("2010-Q3").periods == ("2010-Q3",)
    assert load_all("data")["q3 2010"].period == "2010-Q3"


def test_the_made_up_quarters_are_found_by_their_quarter():
    assert find_workbook("2010-Q3", DEMO).name == "2010-Q3-SYNTHETIC.xlsx"
    assert find_workbook("2010-q3-synthetic", DEMO).name == "2010-Q3-SYNTHETIC.xlsx"


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("2010-Q4", "2010-Q4: there is no workbook of this quarter in data. {there} Did you mean “2010-Q3”?"),
        ("2009-Q1", "2009-Q1: there is no workbook of this quarter in data. {there} Did you mean “2010-Q2”?"),
        ("2010-Q5", "2010-Q5: {none} {there} Did you mean “2010-Q3”?"),
        ("Q3", "Q3: {none} {there} Did you mean “2010-Q3”?"),
        ("2010-08", "2010-08: {none} {there} Did you mean “2010-Q3”?"),
        ("autum", "autum: {none} {there} Did you mean “autumn.xlsx”?"),
        ("nothing", "nothing: {none} {there}"),
        ("2010-Q22.xlsx", "2010-Q22.xlsx: {file} Did you mean “2010-Q2.xlsx”?"),
        ("data/autumm.xlsx", "autumm.xlsx: {file} Did you mean “autumn.xlsx”?"),
        ("elsewhere/2010-Q2.xlsx", "2010-Q2.xlsx: {file}"),
    ],
)
def test_what_is_not_there_is_said_in_one_line_with_what_is(project, monkeypatch, named, said):
    monkeypatch.chdir(project)
    none = "there is no workbook of this name in data, and no quarter is called so."
    file = "there is no such file. Check the name and the folder."
    line = said.format(there="The quarters there are: 2010-Q2, 2010-Q3.", none=none, file=file)
    refused(run("tidy", named, "-o", "counts.csv"), 2, line)
    with pytest.raises(CannotReadError) as reason:
        load(named)
    assert str(reason.value) == line


def test_of_a_folder_of_several_quarters_one_is_asked_for(project, tmp_path):
    with pytest.raises(
        CannotReadError, match=r"^data: this is a folder of several workbooks\. Name one of its quarters: "
    ):
        load(project / "data")
    shutil.copy(WORKBOOK, tmp_path)
    assert load(tmp_path).period == "2010-Q2"


# --- the commands ---


def test_every_command_takes_a_quarter_by_its_name(project, monkeypatch, tmp_path):
    monkeypatch.chdir(project)
    assert run("check", "2010-Q2").stdout.startswith("2010-Q2.xlsx (2010-Q2)\n")
    assert "written to" in run("tidy", "Q3 2010", "-o", tmp_path / "counts.csv").stdout
    assert "autumn.xlsx" in run("compare", "2010-Q3", changed(tmp_path, {}, name="other.xlsx")).stderr
    refused(run("explain", "2010-Q2", "Slide 1!A1", "a reason"), 2, "Slide 1!A1: there is no finding at this cell.")
    refused(run("report", "2011-Q1"), 2, "2011-Q1: there is no workbook of this quarter in data.")


def test_another_folder_of_workbooks_is_named_with_an_option(tmp_path):
    out = tmp_path / "counts.csv"
    assert run("tidy", "2010-Q3", "--data", DEMO, "-o", out).stdout.endswith(f"counts of 2010-Q3 written to {out}\n")
    refused(run("check", "2010-Q3", "--data", tmp_path / "nowhere"), 2, "nowhere: there is no such folder.")


def test_a_new_workbook_takes_its_quarter_and_the_one_before_in_any_form(project, monkeypatch, tmp_path):
    monkeypatch.chdir(project)
    made = run("new", "Q4 2010", "--from", "2010Q3", "-o", tmp_path / "next.xlsx")
    assert made.stdout.startswith(f"The workbook of 2010-Q4 is {tmp_path / 'next.xlsx'}. ")
    assert "What was known comes from autumn.xlsx." in made.stdout


def test_a_period_may_be_written_in_any_form(tmp_path):
    assert run("check", WORKBOOK, "--period", "Q2 2010").exit_code == 1
    refused(run("check", WORKBOOK, "--period", "2010-Q22"), 2, "--period 2010-Q22: this is not a quarter.")


@pytest.fixture
def mixed(tmp_path) -> Path:
    """A folder with a quarter, its plan, and what is passed over, in silence or named."""
    folder = tmp_path / "data"
    shutil.copytree(
        DEMO, folder, ignore=lambda _, names: {name for name in names if not name.startswith(("2010-Q1", "p"))}
    )
    for name in ("~$2010-Q1.xlsx", ".~lock.2010-Q1.xlsx#", ".hidden.xlsx", "Thumbs.db", "yard.JPG", "relations.csv"):
        (folder / name).write_bytes(b"")
    (folder / "relations.csv").write_bytes((ROOT / "data" / "relations.csv").read_bytes())
    (folder / "README.md").write_text("about", encoding="utf-8")
    (folder / "photos").mkdir()
    return folder


def headings(text: str) -> list[str]:
    return [line for line in text.split("\n") if ".xlsx" in line and not line.startswith(" ")]


@pytest.mark.parametrize("form", ["the folder", "a pattern", "its files", "its project", "here"])
def test_a_folder_is_checked_with_its_plan_and_without_what_else_lies_there(mixed, form, monkeypatch):
    monkeypatch.chdir(mixed)
    everything = sorted(path for path in mixed.iterdir() if path.is_file())
    names = {
        "the folder": [mixed],
        "a pattern": [mixed / "*.xlsx"],
        "its files": everything,
        "its project": [mixed.parent],
    }
    result = run("check", *names.get(form, ["."]))
    assert headings(result.stdout) == ["2010-Q1-SYNTHETIC.xlsx (2010-Q1)", "plan.xlsx"]
    assert result.stdout.endswith("plan.xlsx\nThere is nothing wrong with the plan.\n")
    assert (result.exit_code, result.stderr) == (0, "")


def test_what_is_no_workbook_is_named_in_a_line_and_the_rest_is_checked(mixed):
    (mixed / "minutes.docx").write_bytes(b"words")
    result = run("check", mixed)
    assert (result.exit_code, result.stderr) == (0, "minutes.docx: this is no workbook, and was passed over.\n")
    (mixed / "letter.xlsx").write_bytes(b"words")
    result = run("check", mixed)
    assert result.stderr.split("\n")[1:] == [
        "letter.xlsx: this is not an Excel workbook. Save it from Excel as .xlsx and try again.",
        "",
    ]
    assert result.exit_code == 2
    assert headings(result.stdout) == ["2010-Q1-SYNTHETIC.xlsx (2010-Q1)", "plan.xlsx"]
    assert {item["severity"] for item in json.loads(run("check", mixed, "--json").stdout)} <= {"note"}


def test_a_folder_without_a_workbook_is_refused(tmp_path):
    (tmp_path / "yard.jpg").write_bytes(b"")
    refused(run("check", tmp_path), 2, f"{tmp_path.name}: this is a folder. Name the workbook inside it.")


@pytest.mark.parametrize("name", ["plan.xlsx", "Plan.XLSX", "plan 2011.xlsx"])
def test_a_plan_is_checked_as_a_plan_under_any_name(tmp_path, name):
    from openpyxl import load_workbook

    shutil.copy(PLAN, tmp_path / name)
    assert (run("check", tmp_path / name).exit_code, run("check", tmp_path / name).stdout) == (
        0,
        f"{name}\nThere is nothing wrong with the plan.\n",
    )
    book = load_workbook(tmp_path / name)
    book["Targets"]["C2"] = -5
    book.save(tmp_path / name)
    result = run("check", tmp_path / name, "--json")
    assert (result.exit_code, [item["rule"] for item in json.loads(result.stdout)]) == (1, ["plan_number"])
    refused(run("check", tmp_path / name, "--annotate", tmp_path / "a.xlsx"), 2, f"{name}: a plan cannot be annotated.")
