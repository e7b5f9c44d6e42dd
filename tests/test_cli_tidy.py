"""``ccpcr tidy``: every count with its cell, blanks left empty, no workbook written over; and of which quarter."""

import csv
import zipfile
from pathlib import Path

import fastparquet
import pandas as pd
import pytest
from commands import digest, refused, run
from counted import COUNTS_OF_THE_QUARTER
from workbooks import WORKBOOK, changed, with_rows

from ccpcr_lib import load

COLUMNS = ["table", "measure", "period", "case_type", "sex", "age_band", "category", "unit", "value", "source"]


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_tidy_writes_every_count_of_the_quarter_with_its_cell(tmp_path):
    out = tmp_path / "counts.csv"
    result = run("tidy", WORKBOOK, "-o", out)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.endswith(f"317 counts of 2010-Q2 written to {out}\n")
    counts = rows(out)
    assert list(counts[0]) == COLUMNS
    assert pd.Series([row["table"] for row in counts]).value_counts(sort=False).to_dict() == COUNTS_OF_THE_QUARTER
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
    assert "error: Slide 12!C6: “many” stands where a number belongs." in result.stdout
    assert result.stderr == "Nothing was written: correct the errors above in the workbook and try again.\n"
    assert (tmp_path / "counts.csv").read_text(encoding="utf-8") == "older"


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
