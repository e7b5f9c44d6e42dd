"""``ccpcr report``: whole or not at all, of the right quarter, and said in one line where it cannot be made."""

import io
import json
import shutil
from contextlib import ExitStack
from pathlib import Path

import pytest
from chapters import chapters, short
from click.testing import Result
from commands import refused, run
from pptx import Presentation
from workbooks import WORKBOOK, changed

from ccpcr_lib import load

pytestmark = pytest.mark.slow


@pytest.fixture
def with_notebook(tmp_path):
    """Let the report have one short notebook, of the cell given, instead of the real ones, and no PDF."""
    with ExitStack() as until_the_end:
        yield lambda source: until_the_end.enter_context(chapters(short(tmp_path / "1_short.ipynb", source)))


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, Result]:
    """A report that took the place of an older one, and what the command said of it."""
    folder = tmp_path_factory.mktemp("made")
    out = older_report(folder).parent
    with chapters(short(folder / "1_short.ipynb", "1 + 1")):
        return out, run("report", WORKBOOK, "--out", out)


def older_report(folder: Path) -> Path:
    """Write an older report of the same quarter, with a file of its own."""
    report = folder / "reports" / "2010-Q2"
    report.mkdir(parents=True)
    (report / "index.html").write_text("older", encoding="utf-8")
    (report / "minutes.txt").write_text("typed by hand", encoding="utf-8")
    return report


@pytest.fixture
def older(tmp_path) -> Path:
    return older_report(tmp_path)


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# --- whole or not at all ---


def test_errors_in_the_workbook_leave_the_older_report_alone_and_are_named(tmp_path, older):
    path = changed(tmp_path, {"Slide 12!C6": "many"})
    result = run("report", path, "--out", older.parent)
    assert result.exit_code == 1
    assert "error: Slide 12!C6: “many” stands where a number belongs." in result.stdout
    assert result.stderr == "No report was made: correct the errors above in the workbook, save it, and try again.\n"
    assert names(older.parent) == ["2010-Q2/index.html", "2010-Q2/minutes.txt"]


def test_a_failing_notebook_leaves_the_older_report_alone_and_nothing_half_written(older, with_notebook):
    with_notebook("raise ValueError('first line\\nsecond line')")
    result = run("report", WORKBOOK, "--out", older.parent)
    refused(result, 1, "No report was made: 1_short.ipynb: ValueError: first line second line")
    assert names(older.parent) == ["2010-Q2/index.html", "2010-Q2/minutes.txt"]
    assert (older / "index.html").read_text(encoding="utf-8") == "older"


def test_a_new_report_takes_the_place_of_the_older_one_whole(made):
    out, result = made
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.split("\n")[-2] == f"The report of 2010-Q2 is ready. Open {out / '2010-Q2' / 'index.html'}"
    assert names(out) == [
        "2010-Q2-kept/index.html",
        "2010-Q2-kept/minutes.txt",
        "2010-Q2/1_short.html",
        "2010-Q2/counts.csv",
        "2010-Q2/deck.pptx",
        "2010-Q2/index.html",
        "2010-Q2/notebooks/1_short.ipynb",
        "2010-Q2/provenance.json",
        "2010-Q2/tables.xlsx",
    ]


def test_without_a_browser_the_report_is_made_and_one_line_says_how_to_get_the_pdf(made):
    _, result = made
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line for line in result.stdout.split("\n") if "report.pdf" in line] == [
        "report.pdf was not made: there is no browser to print with; install Chromium, Chrome or Edge and make the "
        "report again, or print index.html from any browser."
    ]


def test_a_final_report_is_refused_in_one_line_while_figures_are_in_dispute(older):
    result = run("report", WORKBOOK, "--out", older.parent, "--final")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "No report was made: --final: 6 findings are not settled yet, first Slide 7!H9. "
        "Correct or explain what ccpcr check names, or make the report without --final.\n"
    )
    assert names(older.parent) == ["2010-Q2/index.html", "2010-Q2/minutes.txt"]


def test_a_final_report_is_made_once_all_is_explained(tmp_path, with_notebook):
    with_notebook("1 + 1")
    path = changed(tmp_path, {})
    for item in load(path).problems:
        if item.severity == "warning":
            assert run("explain", path, item.where[0], "Looked into and right.", "--rule", item.rule).exit_code == 0
    assert run("report", path, "--out", tmp_path / "reports", "--final").exit_code == 0
    slides = list(Presentation(str(tmp_path / "reports/2010-Q2/deck.pptx")).slides)
    assert slides[-1].shapes.title.text_frame.text == "Thank you for your attention"
    assert not any("†" in slide.shapes.title.text_frame.text for slide in slides)


def test_a_template_that_is_none_is_refused_in_one_line_before_any_work(older):
    result = run("report", WORKBOOK, "--out", older.parent, "--template", WORKBOOK)
    refused(result, 2, "2010-Q2.xlsx: this is no PowerPoint file that can be read. Name a PowerPoint file (.pptx)")
    assert names(older.parent) == ["2010-Q2/index.html", "2010-Q2/minutes.txt"]


def test_a_report_folder_that_cannot_be_made_is_refused_in_one_line(tmp_path, with_notebook):
    with_notebook("1 + 1")
    (tmp_path / "taken").write_text("a file", encoding="utf-8")
    result = run("report", WORKBOOK, "--out", tmp_path / "taken" / "reports")
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert "the report cannot be written here. Choose another folder with --out." in result.stderr


# --- which quarter ---


def test_a_quarter_that_is_not_in_the_folder_is_refused_with_those_that_are(tmp_path):
    shutil.copy(WORKBOOK, tmp_path / "second.xlsx")
    result = run("report", "2011-Q1", "--data", tmp_path, "--out", tmp_path / "reports")
    refused(result, 2, "2011-Q1: there is no workbook of this quarter in ")
    assert result.stderr.endswith("The quarters there are: 2010-Q2. Did you mean “2010-Q2”?\n")
    assert not (tmp_path / "reports").exists()


def test_a_quarter_in_an_empty_folder_is_refused(tmp_path):
    assert run("report", "2010-Q2", "--data", tmp_path).stderr.endswith("The quarters there are: none.\n")


def test_a_data_folder_that_is_not_there_is_refused(tmp_path):
    refused(run("report", "2010-Q2", "--data", tmp_path / "nowhere"), 2, "nowhere: there is no such folder.")


def test_a_quarter_is_found_by_what_its_workbook_says_whatever_the_file_is_called(tmp_path, with_notebook):
    with_notebook("workbook")
    shutil.copy(WORKBOOK, tmp_path / "second quarter.xlsx")
    result = run("report", "2010-Q2", "--data", tmp_path, "--out", tmp_path / "reports")
    assert result.exit_code == 0
    page = (tmp_path / "reports" / "2010-Q2" / "index.html").read_text(encoding="utf-8")
    assert "second quarter.xlsx" in page


# --- what is in it ---


def test_a_notebook_is_told_the_workbook_and_the_language(tmp_path, with_notebook):
    with_notebook("from pathlib import Path\nprint(Path(workbook).resolve().name, language)")
    path = changed(tmp_path, {})
    run("report", path, "--out", tmp_path / "reports", "--language", "km")
    executed = json.loads((tmp_path / "reports/2010-Q2/notebooks/1_short.ipynb").read_text(encoding="utf-8"))
    assert executed["cells"][-1]["outputs"][0]["text"] == ["2010-Q2.xlsx km\n"]


def test_the_counts_in_the_report_are_the_ones_that_tidy_writes(made, tmp_path):
    out, _ = made
    run("tidy", WORKBOOK, "-o", tmp_path / "counts.csv")
    assert (out / "2010-Q2" / "counts.csv").read_bytes() == (tmp_path / "counts.csv").read_bytes()


def test_a_report_without_a_terminal_writes_no_bar_and_no_colour(made):
    _, result = made
    assert "\x1b" not in result.stdout + result.stderr
    assert io.StringIO(result.stdout).readline() != ""
