"""``ccpcr verify``: what it says of a report that is untouched, changed, forged or broken."""

import hashlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from chapters import chapters, short
from commands import ccpcr, refused, run
from extent import only_whole, proof
from stored_notebooks import compared
from workbooks import WORKBOOK, changed, next_quarter

from ccpcr_lib import CannotReadError
from ccpcr_lib.publish.proof.held import Verdict
from ccpcr_lib.publish.proof.provenance import Provenance, beside, fingerprints, read
from ccpcr_lib.publish.proof.verdict import verdict_lines
from ccpcr_lib.publish.proof.verify import Proof

pytestmark = pytest.mark.slow


REAL = "../data/2010-Q2.xlsx"
SCHOOL = (
    "from ccpcr_lib import release, show_chart, show_sentence, show_table\nquarter = release(workbook, language)",
    'show_sentence(quarter, "education")',
    'show_table(quarter, "education")',
    'show_chart(quarter, "education", "months")',
    'show_table(quarter, "vocational_skills")',
)


@pytest.fixture(scope="module")
def own(tmp_path_factory) -> Iterator[tuple[Path, Path]]:
    """Two short notebooks instead of the project's own: one shows two tables of the quarter, one a sum."""
    folder = tmp_path_factory.mktemp("own")
    notebooks = (short(folder / "1_school.ipynb", *SCHOOL, workbook=REAL), short(folder / "2_sum.ipynb", "1 + 1"))
    with chapters(*notebooks):
        yield notebooks


@pytest.fixture(scope="module")
def reported(own, tmp_path_factory) -> Path:
    """A report and the workbook it was made of, side by side as in the project."""
    folder = tmp_path_factory.mktemp("proof")
    (folder / "data").mkdir()
    shutil.copy(WORKBOOK, folder / "data")
    assert run("report", folder / "data" / "2010-Q2.xlsx", "--out", folder / "reports").exit_code == 0
    return folder


@pytest.fixture
def copied(reported, tmp_path) -> Path:
    return shutil.copytree(reported, tmp_path / "project")


def lines(report: Path, code: int) -> list[str]:
    """Prove a report, hold the exit code, and give what was said."""
    done = run("verify", report)
    assert (done.exit_code, done.stderr) == (code, "")
    return done.stdout.splitlines()


def told(report: Path) -> list[str]:
    """Prove a report that has changed, and give the lines that say what changed."""
    return [line for line in lines(report, 1) if line.startswith("changed")]


@proof("which", ("reported", "built"), sample=1)
def test_an_untouched_report_is_the_same_figure_by_figure(which, request):
    """The short report, and the whole real one: there the command is a program of its own, with the real notebooks."""
    made = request.getfixturevalue(which)
    said = lines(made / "reports" / "2010-Q2", 0) if which == "reported" else of_the_real_notebooks(made)
    assert said[0] == "The report of 2010-Q2, made again"
    known = hashlib.sha256(WORKBOOK.read_bytes()).hexdigest()[:12]
    assert said[1] == f"same    2010-Q2.xlsx is the workbook that the report was made of (SHA-256 {known}…)."
    assert not [line for line in said if line.startswith("changed")]
    (school,) = (line for line in said if line.startswith("same      table: Clients enrolled in school by grade"))
    assert school.endswith(": 70 compared.")
    words = said[-1].split()
    assert words[0] == words[2]
    assert said[-1].endswith("tables, charts and texts show the same figures.")


def of_the_real_notebooks(report: Path) -> list[str]:
    done = ccpcr("verify", report)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().splitlines()


def test_a_changed_workbook_is_told_figure_by_figure(copied):
    report = copied / "reports" / "2010-Q2"
    changed(copied / "data", {"Slide 12!C7": 6})
    said = lines(report, 1)
    assert said[1].startswith("changed 2010-Q2.xlsx is not the workbook that the report was made of")
    table = "changed   table: Clients enrolled in school by grade: Grade 2"
    assert f"{table}, Number of clients, April: 5 before, 6 † now." in said
    assert f"{table}, Total: 5 before, 6 † now." in said
    assert "same      table: Clients in vocational skills training †: 25 compared." in said


@only_whole
def test_a_workbook_saved_anew_with_the_same_figures_is_another_workbook(copied):
    report = copied / "reports" / "2010-Q2"
    changed(copied / "data", {})
    assert [line.split()[1] for line in told(report)] == ["2010-Q2.xlsx"]


@only_whole
def test_a_figure_changed_in_the_report_itself_is_told(copied):
    report = copied / "reports" / "2010-Q2"
    path = report / "notebooks" / "1_school.ipynb"
    content = path.read_text(encoding="utf-8")
    path.write_text(content.replace("5 of them in Grade 2", "7 of them in Grade 2"), encoding="utf-8")
    files, _, sentence = told(report)
    assert files == "changed Files of the report: notebooks/1_school.ipynb: changed."
    before, now = sentence.split(" before, ")
    assert "“11 clients began school in April, 7 of them in Grade 2; none in May and June." in before
    assert "“11 clients began school in April, 5 of them in Grade 2; none in May and June." in now


def test_another_version_is_told_and_is_no_change_by_itself():
    mark = hashlib.sha256(WORKBOOK.read_bytes()).hexdigest()
    known = Provenance("2010-Q2.xlsx", mark, "2010-Q2", "en", {"pandas": "2.3.0"}, {}, {})
    proof = Proof(known, "2010-Q2", WORKBOOK, (), (), ("pandas 2.3.0, now 3.1.1",), (), {})
    assert not proof.has_changed
    assert (Verdict.NOTE, "Versions: pandas 2.3.0, now 3.1.1.") in list(verdict_lines(proof))


def sealed(report: Path) -> None:
    """Take the report's fingerprints anew, as somebody would who wants a change to go unseen."""
    path = report / "provenance.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    known["files"] = fingerprints(report)
    path.write_text(json.dumps(known), encoding="utf-8")


def test_what_is_changed_with_its_fingerprint_is_told_all_the_same(copied):
    report = copied / "reports" / "2010-Q2"
    (report / "notebooks" / "1_school.ipynb").unlink()
    path = report / "notebooks" / "2_sum.ipynb"
    forged = nbformat.read(path, as_version=4)
    forged.cells[-1].source = "raise SystemExit('this code must never run')"
    nbformat.write(forged, path)
    counts = report / "counts.csv"
    counts.write_bytes(counts.read_bytes().replace(b"clients,5,", b"clients,6,", 1))
    sealed(report)
    assert told(report) == [
        "changed Files of the report: notebooks/1_school.ipynb: not there any more.",
        "changed Notebooks: 1_school.ipynb: not there any more.",
        "changed Notebooks: 2_sum.ipynb: its code is not that of the project.",
        "changed counts.csv: line 93, value: 6 before, 5 now.",
    ]


def test_a_report_without_notebooks_proves_nothing(copied):
    report = copied / "reports" / "2010-Q2"
    shutil.rmtree(report / "notebooks")
    sealed(report)
    result = run("verify", report)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the report has no notebooks any more" in result.stderr


@pytest.mark.parametrize("content", [b"[]", b"\xff", b"{}", b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}'])
def test_a_broken_notebook_is_one_line(copied, content):
    report = copied / "reports" / "2010-Q2"
    (report / "notebooks" / "2_sum.ipynb").write_bytes(content)
    refused(run("verify", report), 2, "2_sum.ipynb: this notebook is broken.")


def test_what_programs_leave_in_a_folder_and_a_later_quarter_change_nothing(copied):
    report = copied / "reports" / "2010-Q2"
    (report / ".ipynb_checkpoints").mkdir()
    for name in (".ipynb_checkpoints/1.ipynb", "~$deck.pptx", "Thumbs.db"):
        (report / name).write_bytes(b"left behind")
    assert fingerprints(report) == json.loads((report / "provenance.json").read_text(encoding="utf-8"))["files"]
    workbook = copied / "data" / "2010-Q2.xlsx"
    before = beside(workbook, "2010-Q2")
    next_quarter(copied / "data" / "2010-Q3.xlsx")
    assert beside(workbook, "2010-Q2") == before
    next_quarter(copied / "data" / "2010-Q1.xlsx")
    assert beside(workbook, "2010-Q2").keys() - before.keys() == {"2010-Q1.xlsx"}
    assert "codelists/grades.csv" in before


def test_a_workbook_that_is_gone_is_said_in_one_line(copied):
    (copied / "data" / "2010-Q2.xlsx").unlink()
    gone = "2010-Q2.xlsx: the workbook that this report was made of is not in "
    refused(run("verify", copied / "reports" / "2010-Q2", "--data", copied / "data"), 2, gone)


@only_whole
def test_a_workbook_is_found_by_its_fingerprint_whatever_it_is_called_and_wherever_it_lies(copied, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (copied / "data" / "2010-Q2.xlsx").rename(tmp_path / "elsewhere" / "second quarter.xlsx")
    done = run("verify", copied / "reports" / "2010-Q2", "--data", tmp_path / "elsewhere")
    assert (done.exit_code, done.stdout.splitlines()[1].split(" is ")[0]) == (0, "same    second quarter.xlsx")


def test_a_workbook_that_can_no_longer_be_read_is_said_in_one_line(copied):
    report = copied / "reports" / "2010-Q2"
    (copied / "data" / "2010-Q2.xlsx").write_bytes(b"no workbook")
    refused(run("verify", report), 2, "2010-Q2.xlsx: this is not an Excel workbook")


WRONG_KINDS = [
    {"workbook": 5},
    {"sha256": None},
    {"versions": []},
    {"beside": ["a"]},
    {"files": None},
]


@pytest.mark.parametrize("wrong", WRONG_KINDS, ids=str)
def test_a_provenance_of_wrong_kinds_is_said_in_one_line(copied, wrong):
    report = copied / "reports" / "2010-Q2"
    path = report / "provenance.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | wrong), encoding="utf-8")
    with pytest.raises(CannotReadError, match="this file is broken"):
        read(report)


@pytest.mark.parametrize("content", [None, "{", '{"period": "2010-Q2"}', "[]"])
def test_a_folder_that_is_no_report_is_said_in_one_line(tmp_path, content):
    if content:
        (tmp_path / "provenance.json").write_text(content, encoding="utf-8")
    result = run("verify", tmp_path)
    refused(result, 2, "")
    assert ("this file is broken" if content else "this is no report") in result.stderr


@only_whole
def test_nbval_comes_to_the_same_verdict(reported, tmp_path):
    """The archived notebook beside its data, run by nbval: the same before a change, and not after it."""
    shutil.copytree(reported / "data", tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    archived = nbformat.read(reported / "reports/2010-Q2/notebooks/1_school.ipynb", as_version=4)
    archived.cells = [
        one
        for one in archived.cells
        if not one.source.startswith("show_chart(") and "injected-parameters" not in one.metadata.get("tags", [])
    ]
    nbformat.write(archived, tmp_path / "notebooks" / "1_school.ipynb")
    assert compared(tmp_path).returncode == 0
    changed(tmp_path / "data", {"Slide 12!C7": 6})
    assert compared(tmp_path).returncode == 1
