"""``ccpcr report``, ``verify`` and ``check`` of a half-year and a year: whole, traceable, proved, or refused."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from chapters import chapters, short
from commands import refused, run
from extent import only_whole
from openpyxl import load_workbook
from pptx import Presentation
from workbooks import PLAN, WORKBOOK, changed

from ccpcr_lib.publish.proof.provenance import FILE

pytestmark = pytest.mark.slow

SHOWN = (
    "from ccpcr_lib import release, show_indicators, show_sentence, show_table\nyear = release(workbook, language)",
    'show_table(year, "education")',
    'show_sentence(year, "education")',
    "show_indicators(year)",
)
NAMES = ["2010-Q2.xlsx", "2010-Q3.xlsx"]


@pytest.fixture(scope="module")
def reported(tmp_path_factory, two_workbooks) -> Iterator[tuple[Path, str]]:
    """A year of a donor with two of its quarters, and what the command said of it."""
    folder = tmp_path_factory.mktemp("year")
    shutil.copytree(two_workbooks[0].parent, folder / "data")
    shutil.copy(PLAN, folder / "data")
    with chapters(short(folder / "1_short.ipynb", *SHOWN)):
        made = run("report", "2010", "--year-starts", "04", "--data", folder / "data", "--out", folder / "reports")
        assert made.exit_code == 0
        yield folder, made.stdout


def test_a_donors_year_has_its_folder_and_is_called_by_both_years(reported):
    folder, said = reported
    index = folder / "reports" / "2010-11" / "index.html"
    assert said.splitlines()[-1] == f"The report of 2010/11 is ready. Open {index}"
    text = index.read_text(encoding="utf-8")
    assert "2010/11, April 2010 to March 2011" in text
    assert "No workbook: 4th quarter of 2010 and 1st quarter of 2011." in text


def test_its_provenance_names_each_workbook_with_its_fingerprint(reported):
    known = json.loads((reported[0] / "reports" / "2010-11" / FILE).read_text(encoding="utf-8"))
    assert known["period"] == "2010-Q2..2011-Q1"
    assert known["workbook"].split(" / ") == NAMES
    assert [len(mark) for mark in known["sha256"].split(", ")] == [64, 64]


def test_its_hand_out_has_the_quarters_side_by_side_and_names_the_cells_by_quarter(reported):
    book = load_workbook(reported[0] / "reports" / "2010-11" / "tables.xlsx")
    rows = [[cell for cell in row if cell is not None] for row in book["12 education"].iter_rows(values_only=True)]
    assert ["Grade/ Level", *[f"{name} quarter of {year}" for name, year in QUARTERS], "Total", "%"] in rows
    assert ["Total", 11, 11, 22] in rows
    sources = {row[-1].partition(": ")[0] for row in book["Counts"].iter_rows(values_only=True) if row[-1]}
    assert {"2010-Q2", "2010-Q3"} < sources


QUARTERS = (("2nd", "2010"), ("3rd", "2010"), ("4th", "2010"), ("1st", "2011"))


def test_its_deck_has_tables_and_no_sentences_of_a_quarter(reported):
    deck = Presentation(reported[0] / "reports" / "2010-11" / "deck.pptx")
    titles = [slide.shapes.title.text for slide in deck.slides if slide.shapes.title is not None]
    assert titles[0] == "Report of the shelter"
    assert "Clients enrolled in school by grade" in titles
    assert not [title for title in titles if title.startswith(("Strengths", "Weaknesses", "Recommendations"))]
    confirmed = [slide for slide in deck.slides if slide.shapes.title and "confirm" in slide.shapes.title.text]
    words = "\n".join(shape.text for slide in confirmed for shape in slide.shapes if shape.has_text_frame)
    assert "there is no workbook of the 4th quarter of 2010" in words
    assert "2010-Q2: Slide " in words
    assert "2010-Q3: Slide " in words


def test_its_notebook_shows_the_year(reported):
    notebook = nbformat.read(reported[0] / "reports" / "2010-11" / "notebooks" / "1_short.ipynb", as_version=4)
    shown = [output.data["text/plain"] for cell in notebook.cells for output in cell.get("outputs", [])]
    assert shown[1].startswith("11 clients began school in the 2nd quarter of 2010 and 11 in the 3rd quarter of 2010: ")
    assert "Q2 2010" in shown[2]


@only_whole
def test_it_is_proved_also_when_a_later_quarter_has_come_meanwhile(reported, tmp_path):
    project = shutil.copytree(reported[0], tmp_path / "project")
    changed(project / "data", {"Slide 12!C7": 9}, name="2010-Q4.xlsx")
    done = run("verify", project / "reports" / "2010-11")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "The report of 2010/11, made again")
    assert "2010-Q2.xlsx / 2010-Q3.xlsx is the workbook that the report was made of" in done.stdout


def test_another_year_never_takes_its_place(reported):
    folder = reported[0]
    result = run("report", "2010/11", "--year-starts", "7", "--data", folder / "data", "--out", folder / "reports")
    refused(result, 2, f"{folder / 'reports' / '2010-11'} holds the report of 2010-Q2..2011-Q1")


def test_errors_in_one_quarter_are_named_with_it_and_nothing_is_made(tmp_path):
    changed(tmp_path, {"Slide 12!C6": "many"})
    result = run("report", "2010", "--data", tmp_path, "--out", tmp_path / "reports")
    assert result.exit_code == 1
    assert "error: 2010-Q2: Slide 12!C6: “many” stands where a number belongs." in result.stdout
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        (
            ["report", "2012"],
            "2012: there is no workbook of any of its quarters in data. The quarters there are: 2010",
        ),
        (["check", "2012"], "2012: there is no workbook of any of its quarters in data."),
        (["report", "2010-H3"], "2010-H3: there is no workbook of this name in data, and no quarter is called so."),
        (["report", "2010/11"], "2010/11: nobody says when this year begins."),
        (["report", "2010-Q2", "--year-starts", "07"], "--year-starts goes with a year"),
        (["report", "2010", "--year-starts", "05"], "--year-starts 05: a year begins with a quarter"),
        (["tidy", "2010", "-o", "counts.csv"], "2010: this command takes one quarter"),
    ],
)
def test_what_cannot_be_made_is_refused_in_one_line(arguments, start, tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    shutil.copy(WORKBOOK, tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    refused(run(*arguments), 2, start)


def test_what_nothing_is_called_is_refused_with_what_can_be_typed(tmp_path):
    shutil.copy(WORKBOOK, tmp_path)
    said = run("report", "last year", "--data", tmp_path).stderr
    assert said.endswith("A quarter is typed like 2010-Q2, a half-year like 2010-H1, a year like 2010.\n")


def test_a_cell_is_explained_as_the_report_of_a_year_names_it(tmp_path):
    workbook = shutil.copy(WORKBOOK, tmp_path)
    assert run("explain", workbook, "2010-Q2: Slide 7!H9", "Rounded so that the row adds to 100.").exit_code == 0
    assert "Slide 7!H9" in (tmp_path / "explanations.csv").read_text(encoding="utf-8-sig")


def test_checking_a_year_checks_each_of_its_workbooks(two_workbooks):
    result = run("check", "2010", "--data", two_workbooks[0].parent)
    assert result.exit_code == 1
    assert [line for line in result.stdout.splitlines() if line.startswith("2010-Q")] == [
        "2010-Q2.xlsx (2010-Q2)",
        "2010-Q3.xlsx (2010-Q3)",
    ]
