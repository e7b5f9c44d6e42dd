import csv
import hashlib
import io
import json
import shutil
import zipfile
from pathlib import Path

import fastparquet
import pandas as pd
import pytest
from click.testing import CliRunner, Result
from commands import ccpcr
from consistent import consistent
from layouts import LAYOUTS, write
from nbformat import v4
from nbformat import write as write_notebook
from pptx import Presentation
from workbooks import WORKBOOK, changed, next_quarter, with_rows, without_sheet

from ccpcr_lib import load
from ccpcr_lib.cli import main

PER_TABLE = {
    "referrals_by_type": 21,
    "referrals_by_sex": 36,
    "referrals_by_age": 24,
    "referral_sources": 4,
    "education": 39,
    "other_services": 5,
    "life_skills": 77,
    "vocational_skills": 12,
    "family_assessments": 28,
    "family_visits": 28,
    "reintegration": 6,
    "partner_referrals": 6,
    "follow_up_support": 21,
    "skills_follow_up": 10,
}
COLUMNS = ["table", "measure", "period", "case_type", "sex", "age_band", "category", "unit", "value", "source"]


def run(*arguments: object) -> Result:
    """Run a command; it may end with an exit code, and in no other way."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return result


def refused(result: Result, code: int, start: str) -> None:
    """Hold that a command did nothing but say why in one line."""
    assert (result.exit_code, result.stdout) == (code, "")
    assert result.stderr.startswith(start)
    assert result.stderr.count("\n") == 1
    assert "Errno" not in result.stderr


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- help ---


def test_help_shows_a_usual_quarter_and_every_command():
    shown = run("--help").stdout
    assert "ccpcr report 2010-Q3" in shown
    listed = [line.split()[0] for line in shown.partition("Commands:")[2].split("\n") if line[2:3].strip()]
    assert listed == ["check", "demo", "explain", "lab", "new", "report", "tidy", "verify"]


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (
            "report",
            "0 done, 1 errors in the workbook or nothing filled in (nothing is made), 2 the workbook cannot be read",
        ),
        ("check", "0 nothing above a note, 1 findings, 2 a workbook cannot be read"),
        ("tidy", "0 done, 1 errors in the workbook (nothing is written), 2 the workbook cannot be read"),
        ("verify", "0 everything is the same, 1 something changed, 2 it cannot be run again"),
        ("lab", "0 ended by hand, 2 there is no such page in this folder"),
    ],
)
def test_help_of_a_command_says_its_exit_codes(command, codes):
    assert codes in " ".join(run(command, "-h").stdout.split())


@pytest.mark.parametrize(
    "option", ["--data", "--out", "--language", "--fresh-kernels", "--period", "--template", "--final"]
)
def test_help_explains_every_option_of_report(option):
    assert option in run("report", "--help").stdout


def test_the_version_is_the_one_of_the_package():
    assert run("--version").stdout == "ccpcr, version 1.0.0\n"


def test_an_unknown_command_option_or_language_is_a_usage_error():
    assert run("reprot").exit_code == 2
    assert run("report", "2010-Q2", "--langage", "km").exit_code == 2
    assert run("report", "2010-Q2", "--language", "fr").exit_code == 2


# --- tidy ---


def test_tidy_writes_every_count_of_the_quarter_with_its_cell(tmp_path):
    out = tmp_path / "counts.csv"
    result = run("tidy", WORKBOOK, "-o", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(f"317 counts of 2010-Q2 written to {out}\n")
    counts = rows(out)
    assert list(counts[0]) == COLUMNS
    assert pd.Series([row["table"] for row in counts]).value_counts(sort=False).to_dict() == PER_TABLE
    assert len({row["source"] for row in counts}) == len(counts) == 317
    by_cell = {row["source"]: row for row in counts}
    assert list(by_cell["Slide 17!D8"].values()) == [
        *("family_visits", "visited", "2010-04", "NC", "", "", "", "clients", "11", "Slide 17!D8")
    ]
    assert list(by_cell["Slide 8!F8"].values()) == [
        *("referrals_by_age", "referred", "2010-06", "", "M", "11-17", "", "clients", "1", "Slide 8!F8")
    ]


def test_tidy_leaves_a_blank_empty_and_never_writes_a_zero_for_it(tmp_path):
    run("tidy", changed(tmp_path, {"Slide 12!C6": None}), "-o", tmp_path / "counts.csv")
    (row,) = [row for row in rows(tmp_path / "counts.csv") if row["source"] == "Slide 12!C6"]
    assert row["value"] == ""


def test_a_parquet_file_holds_the_same_counts_types_and_blanks(tmp_path):
    path = changed(tmp_path, {"Slide 12!C6": None})
    assert run("tidy", path, "-o", tmp_path / "counts.parquet").exit_code == 0
    with (tmp_path / "counts.parquet").open("rb") as file:
        back = fastparquet.ParquetFile(file).to_pandas()
    counts = load(path).counts
    assert list(back) == COLUMNS
    assert (str(back["table"].dtype), str(back["value"].dtype)) == ("category", "Int64")
    assert int(back["value"].isna().sum()) == 1
    plain, again = (frame.astype(object).where(frame.notna(), None) for frame in (counts, back))
    assert again.values.tolist() == plain.values.tolist()


def test_a_name_that_looks_like_a_formula_is_text_in_the_csv(tmp_path):
    path = with_rows(tmp_path, "Slide 9", 7, [[3, '=HYPERLINK("x")', 0, 4, 4, 0.2]])
    with zipfile.ZipFile(_as_text(path)) as book:
        assert any(b"HYPERLINK" in book.read(name) for name in book.namelist())
    assert run("tidy", path, "-o", tmp_path / "counts.csv").exit_code == 0
    names = {row["category"] for row in rows(tmp_path / "counts.csv") if row["table"] == "referral_sources"}
    assert names == {"RAO", "own_network", '\'=HYPERLINK("x")'}


def _as_text(path: Path) -> Path:
    """Keep the formula-like name as the text an officer typed behind an apostrophe."""
    import openpyxl

    book = openpyxl.load_workbook(path)
    cell = next(cell for row in book["Slide 9"].iter_rows() for cell in row if "HYPERLINK" in str(cell.value))
    cell.data_type = "s"
    book.save(path)
    return path


def test_tidy_refuses_to_write_over_the_workbook_itself(tmp_path):
    path = changed(tmp_path, {})
    before = digest(path)
    refused(run("tidy", path, "-o", path), 2, "2010-Q2.xlsx: this is the workbook itself.")
    assert digest(path) == before


def test_tidy_refuses_to_write_over_the_workbook_by_another_name(tmp_path):
    path = changed(tmp_path, {})
    (tmp_path / "counts.csv").symlink_to(path)
    refused(run("tidy", path, "-o", tmp_path / "counts.csv"), 2, "counts.csv: this is the workbook itself.")


@pytest.mark.parametrize("name", ["counts.xlsx", "counts", "counts.txt"])
def test_tidy_refuses_another_ending_and_writes_nothing(tmp_path, name):
    refused(run("tidy", WORKBOOK, "-o", tmp_path / name), 2, f"{name}: write counts to a name that ends in")
    assert list(tmp_path.iterdir()) == []


def test_tidy_says_in_plain_words_where_it_cannot_write(tmp_path):
    (tmp_path / "taken.csv").mkdir()
    result = run("tidy", WORKBOOK, "-o", tmp_path / "taken.csv")
    refused(result, 2, "taken.csv: ")
    assert str(tmp_path) not in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["taken.csv"]


def test_tidy_writes_nothing_where_a_figure_cannot_be_read_and_says_which(tmp_path):
    path = changed(tmp_path, {"Slide 12!C6": "many"})
    (tmp_path / "counts.csv").write_text("older", encoding="utf-8")
    result = run("tidy", path, "-o", tmp_path / "counts.csv")
    assert result.exit_code == 1
    assert "error: Slide 12!C6: many stands where a number belongs." in result.stdout
    assert result.stderr == "Nothing was written: correct the errors above in the workbook and try again.\n"
    assert (tmp_path / "counts.csv").read_text(encoding="utf-8") == "older"


# --- check ---


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


# --- which quarter ---


def test_the_period_is_asked_for_where_nothing_says_it_and_taken_from_the_option(tmp_path):
    path = _undated(tmp_path)
    refused(run("tidy", path, "-o", tmp_path / "counts.csv"), 2, "report.xlsx: ")
    result = run("tidy", path, "-o", tmp_path / "counts.csv", "--period", "2014-Q2")
    assert result.exit_code == 0
    assert {row["period"][:4] for row in rows(tmp_path / "counts.csv")} == {"2014"}


def _undated(folder: Path) -> Path:
    return changed(
        folder,
        {
            "About!B6": None,
            "Slide 6!A2": "Types of cases referred to our shelter",
            "Slide 6!C4": "Planned",
        },
        name="report.xlsx",
    )


def test_a_period_that_disagrees_with_the_workbook_is_an_error_at_the_cell_that_says_so(tmp_path):
    result = run("tidy", WORKBOOK, "-o", tmp_path / "counts.csv", "--period", "2011-Q2")
    assert result.exit_code == 1
    assert "error: " in result.stdout
    assert not (tmp_path / "counts.csv").exists()


@pytest.mark.parametrize("period", ["2010-Q5", "2010", "Q2", "spring"])
def test_a_period_that_is_none_is_refused_with_an_example(tmp_path, period):
    result = run("tidy", WORKBOOK, "-o", tmp_path / "counts.csv", "--period", period)
    refused(result, 2, f"--period {period}: this is not a quarter. Write it like 2010-Q2.")


def test_a_quarter_that_is_not_in_the_folder_is_refused_with_those_that_are(tmp_path):
    shutil.copy(WORKBOOK, tmp_path / "second.xlsx")
    result = run("report", "2011-Q1", "--data", tmp_path, "--out", tmp_path / "reports")
    refused(result, 2, "2011-Q1: there is no workbook of this quarter in ")
    assert result.stderr.endswith("The quarters there are: 2010-Q2.\n")
    assert not (tmp_path / "reports").exists()


def test_a_quarter_in_an_empty_folder_is_refused(tmp_path):
    assert run("report", "2010-Q2", "--data", tmp_path).stderr.endswith("The quarters there are: none.\n")


def test_a_data_folder_that_is_not_there_is_refused(tmp_path):
    refused(run("report", "2010-Q2", "--data", tmp_path / "nowhere"), 2, "nowhere: there is no such folder.")


# --- bad input ---

BAD = {
    "missing.xlsx": None,
    "empty.xlsx": b"",
    "text.xlsx": b"No workbook, only words.\n",
    "picture.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "encrypted.xlsx": bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600),
    "cut.xlsx": WORKBOOK.read_bytes()[:5000],
    "zip.xlsx": b"PK\x05\x06" + bytes(18),
    "letter.docx": b"PK\x05\x06" + bytes(18),
    "folder.xlsx": "folder",
}


@pytest.mark.parametrize("command", ["report", "check", "tidy"])
@pytest.mark.parametrize("name", BAD)
def test_what_is_no_workbook_is_refused_in_one_line_by_every_command(tmp_path, command, name):
    path, content = tmp_path / name, BAD[name]
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    more = {"tidy": ["-o", tmp_path / "counts.csv"], "report": ["--out", tmp_path / "reports"]}.get(command, [])
    refused(run(command, path, *more), 2, f"{name}: ")
    assert sorted(tmp_path.iterdir()) == before


def test_one_bad_file_among_several_ends_the_check_with_2(tmp_path):
    (tmp_path / "text.xlsx").write_text("words", encoding="utf-8")
    assert run("check", WORKBOOK, tmp_path / "text.xlsx").exit_code == 2


def test_no_command_changes_the_workbook(tmp_path):
    path = changed(tmp_path, {"Slide 12!C6": "many"})
    before = (digest(path), path.stat().st_mtime_ns)
    run("check", path)
    run("tidy", path, "-o", tmp_path / "counts.csv")
    run("report", path, "--out", tmp_path / "reports")
    assert (digest(path), path.stat().st_mtime_ns) == before


# --- report: whole or not at all ---


@pytest.fixture
def with_notebook(tmp_path, monkeypatch):
    """Let the report have one short notebook, of the cell given, instead of the real ones, and no PDF."""
    monkeypatch.setattr("ccpcr_lib.publish.build.find_browser", lambda: None)

    def use(source: str) -> None:
        cells = [
            v4.new_code_cell('workbook = ""\nlanguage = ""', metadata={"tags": ["parameters"]}),
            v4.new_markdown_cell("# A short notebook"),
            v4.new_code_cell(source),
        ]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        write_notebook(v4.new_notebook(cells=cells, metadata=kernel), tmp_path / "1_short.ipynb")
        for module in ("build", "pages.notebooks"):
            monkeypatch.setattr(f"ccpcr_lib.publish.{module}.notebook_paths", lambda: [tmp_path / "1_short.ipynb"])

    return use


@pytest.fixture
def older(tmp_path) -> Path:
    """An older report of the same quarter, with a file of its own."""
    folder = tmp_path / "reports" / "2010-Q2"
    folder.mkdir(parents=True)
    (folder / "index.html").write_text("older", encoding="utf-8")
    (folder / "minutes.txt").write_text("typed by hand", encoding="utf-8")
    return folder


def names(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_errors_in_the_workbook_leave_the_older_report_alone_and_are_named(tmp_path, older):
    path = changed(tmp_path, {"Slide 12!C6": "many"})
    result = run("report", path, "--out", older.parent)
    assert result.exit_code == 1
    assert "error: Slide 12!C6: many stands where a number belongs." in result.stdout
    assert result.stderr == "No report was made: correct the errors above in the workbook, save it, and try again.\n"
    assert names(older.parent) == ["2010-Q2/index.html", "2010-Q2/minutes.txt"]


def test_a_failing_notebook_leaves_the_older_report_alone_and_nothing_half_written(older, with_notebook):
    with_notebook("raise ValueError('first line\\nsecond line')")
    result = run("report", WORKBOOK, "--out", older.parent)
    refused(result, 1, "No report was made: 1_short.ipynb: ValueError: first line second line")
    assert names(older.parent) == ["2010-Q2/index.html", "2010-Q2/minutes.txt"]
    assert (older / "index.html").read_text(encoding="utf-8") == "older"


def test_a_new_report_takes_the_place_of_the_older_one_whole(older, with_notebook):
    with_notebook("1 + 1")
    result = run("report", WORKBOOK, "--out", older.parent)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.split("\n")[-2] == f"The report of 2010-Q2 is ready. Open {older / 'index.html'}"
    assert names(older.parent) == [
        "2010-Q2/1_short.html",
        "2010-Q2/counts.csv",
        "2010-Q2/deck.pptx",
        "2010-Q2/index.html",
        "2010-Q2/notebooks/1_short.ipynb",
        "2010-Q2/provenance.json",
        "2010-Q2/tables.xlsx",
    ]


def test_without_a_browser_the_report_is_made_and_one_line_says_how_to_get_the_pdf(tmp_path, with_notebook):
    with_notebook("1 + 1")
    result = run("report", WORKBOOK, "--out", tmp_path / "reports")
    assert (result.exit_code, result.stderr) == (0, "")
    assert [line for line in result.stdout.split("\n") if "report.pdf" in line] == [
        "report.pdf was not made: there is no browser to print with; install Chromium, Chrome or Edge and make the "
        "report again, or print index.html from any browser."
    ]


def test_a_final_report_is_refused_in_one_line_while_figures_are_in_dispute(older):
    result = run("report", WORKBOOK, "--out", older.parent, "--final")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        "No report was made: --final: 7 findings are not settled yet, first Slide 7!F8. "
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


def test_a_quarter_is_found_by_what_its_workbook_says_whatever_the_file_is_called(tmp_path, with_notebook):
    with_notebook("workbook")
    shutil.copy(WORKBOOK, tmp_path / "second quarter.xlsx")
    result = run("report", "2010-Q2", "--data", tmp_path, "--out", tmp_path / "reports")
    assert result.exit_code == 0
    page = (tmp_path / "reports" / "2010-Q2" / "index.html").read_text(encoding="utf-8")
    assert "second quarter.xlsx" in page


def test_a_notebook_is_told_the_workbook_and_the_language(tmp_path, with_notebook):
    with_notebook("from pathlib import Path\nprint(Path(workbook).resolve().name, language)")
    path = changed(tmp_path, {})
    run("report", path, "--out", tmp_path / "reports", "--language", "km")
    executed = json.loads((tmp_path / "reports/2010-Q2/notebooks/1_short.ipynb").read_text(encoding="utf-8"))
    assert executed["cells"][-1]["outputs"][0]["text"] == ["2010-Q2.xlsx km\n"]


def test_the_counts_in_the_report_are_the_ones_that_tidy_writes(tmp_path, with_notebook):
    with_notebook("1 + 1")
    run("report", WORKBOOK, "--out", tmp_path / "reports")
    run("tidy", WORKBOOK, "-o", tmp_path / "counts.csv")
    assert (tmp_path / "reports/2010-Q2/counts.csv").read_bytes() == (tmp_path / "counts.csv").read_bytes()


def test_a_report_without_a_terminal_writes_no_bar_and_no_colour(tmp_path, with_notebook):
    with_notebook("1 + 1")
    result = run("report", WORKBOOK, "--out", tmp_path / "reports")
    assert "\x1b" not in result.stdout + result.stderr
    assert io.StringIO(result.stdout).readline() != ""
