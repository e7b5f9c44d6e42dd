"""Lists of another shelter, one case type more and other age bands: a workbook is made, typed into and reported."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

import openpyxl
import pytest
from commands import ccpcr
from extent import only_whole
from openpyxl.cell.cell import MergedCell
from programs import soffice
from readback import deck_tables
from tabled import rows
from typist import check_lines

from ccpcr_lib.model.resources import lists_folder

pytestmark = pytest.mark.slow
ONE_TYPE_MORE = "OT,Other,ផ្សេងៗ,Others\n"
OTHER_AGES = """code,label_en,label_km,aliases
0-9,0-9 years,០-៩ ឆ្នាំ,0 to 9 years|under 10
10-14,10-14 years,១០-១៤ ឆ្នាំ,10 to 14 years
15-17,15-17 years,១៥-១៧ ឆ្នាំ,15 to 17 years
18-25,18-25 years,១៨-២៥ ឆ្នាំ,18 to 25 years
"""

# What is typed, from the left into the open cells of each row; a full stop leaves one open.
TYPED = {
    "Referrals by type": """
        Domestic Violence (DV)     | 40 1 0 0
        Sexual Abuse (SA)          | 0 1 0
        Neglected Children (NC)    | 2 0 0
        Trafficking for Labor (TL) | 0 0 3
        Sex Trafficking (ST)       | 0 0 0
        Returnee Children (RC)     | 0 2 0
        Sex Worker (SW)            | 0 0 0
        Other (OT)                 | 2 0 1""",
    "Referrals by sex": """
        July      | 1 0 0 1 1 0 0 0 0 0 0 2 0 4
        August    | 0 0 1 0 0 0 0 0 2 0 0 0 0 0
        September | 0 0 0 0 0 2 1 0 0 0 0 0 1 2""",
    "Referrals by age": """
        July      | 50 1 0 2 1 1 0 0 0 . 4
        August    | 49 0 0 1 0 1 0 1 0 . 0
        September | 53 0 1 1 0 0 0 1 1 . 2""",
    "Life skills": """
        Reproductive health        | 3 0 1 4 1 0 0 0 2 0 0 2 1
        Moral hygiene              | 1 0 1 2 0 0 0 0 2 0 0 2 0
        Disciplines of the shelter | 0 0 0 0 0 0 0 0 0 0 0 0 0
        Budgeting management       | 0 0 0 0 0 0 0 0 0 0 0 0 0
        Child Rights               | 0 0 0 0 0 0 0 0 0 0 0 0 0
        Body hygiene               | 0 0 0 0 0 0 0 0 0 0 0 0 0
        HIV/AIDS Spreading         | 0 0 0 0 0 0 0 0 0 0 0 0 0""",
    "Family assessments": """
        Domestic Violence (DV)     | 3 1 0 0
        Sexual Abuse (SA)          | 0 0 1 0
        Neglected Children (NC)    | 5 2 0 0
        Trafficking for Labor (TL) | 0 0 0 3
        Sex Trafficking (ST)       | 0 0 0 0
        Returnee Children (RC)     | 1 0 2 0
        Sex Worker (SW)            | 0 0 0 0
        Other (OT)                 | 4 2 0 1""",
}


def type_into(sheet, block: str) -> None:
    """Type figures into the open cells of a sheet's rows, which are known by their labels."""
    labelled = {row[0].value: row for row in sheet.iter_rows()}
    for label, *figures in rows(block):
        own = (cell for cell in labelled[label][1:] if not isinstance(cell, MergedCell))
        for cell, figure in zip((cell for cell in own if not cell.protection.locked), figures, strict=False):
            cell.value = None if figure == "." else int(figure)


OF_ALL_TABLES = """
import sys
from pathlib import Path
from chapters import chapters, short
from ccpcr_lib.cli import main

own = Path(sys.argv.pop(1))
shown = (
    "from ccpcr_lib import release, show_sentence, show_table\\nfrom ccpcr_lib.publish.charts import charts_of",
    "quarter = release(workbook, language)",
    "[show_sentence(quarter, name).text for name in quarter.tables]",
    "[show_table(quarter, name).text for name in quarter.tables]",
    "[chart.title for name in quarter.tables for chart in charts_of(quarter, name)]",
)
with chapters(short(own / "1_tables.ipynb", *shown)):
    main()
"""
"""Makes a report with a single notebook, that shows every table with its sentence and draws its charts."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    """A shelter's folder with its own lists in it, and its third quarter of 2012, typed and calculated."""
    folder = tmp_path_factory.mktemp("shelter")
    lists = copytree(lists_folder(), folder / "lists")
    with (lists / "case_types.csv").open("a", encoding="utf-8") as file:
        file.write(ONE_TYPE_MORE)
    (lists / "age_bands.csv").write_text(OTHER_AGES, encoding="utf-8")
    assert run(folder, "new", "2012-Q3", "-o", folder / "new.xlsx").returncode == 0
    book = openpyxl.load_workbook(folder / "new.xlsx")
    for sheet, block in TYPED.items():
        type_into(book[sheet], block)
    book.save(folder / "2012-Q3.xlsx")
    soffice([folder / "2012-Q3.xlsx"], folder / "data", "xlsx")
    return folder


def run(folder: Path, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    """Run a command that reads the lists of the folder."""
    return ccpcr(*arguments, CCPCR_LISTS=str(folder / "lists"))


def test_what_is_typed_is_read_with_its_own_types_and_ages(folder):
    assert run(folder, "tidy", folder / "data" / "2012-Q3.xlsx", "-o", folder / "counts.csv").returncode == 0
    with (folder / "counts.csv").open(encoding="utf-8-sig", newline="") as file:
        counts = [row for row in csv.DictReader(file) if row["value"]]

    def read(table: str, **codes: str) -> str:
        return " ".join(row["value"] for row in counts if row["table"] == table and codes.items() <= row.items())

    assert read("referrals_by_type", case_type="OT") == "2 0 1"
    assert read("referrals_by_sex", case_type="OT", sex="M") == "0 0 1"
    assert read("referrals_by_age", age_band="10-14", sex="F") == "2 1 1"
    assert read("life_skills", case_type="OT", sex="F") == "2 2 0 0 0 0 0"
    assert read("family_assessments", case_type="OT") == "4 2 0 1"
    assert {row["age_band"] for row in counts} == {"", "0-9", "10-14", "15-17", "18-25"}


def test_what_is_typed_contradicts_itself_nowhere(folder):
    checked = json.loads(run(folder, "check", folder / "data" / "2012-Q3.xlsx", "--json").stdout)
    assert {item["rule"] for item in checked if item["severity"] != "note"} == {"blank"}
    assert "✗" not in [state for _, _, state in check_lines(folder / "data" / "2012-Q3.xlsx")]


@only_whole
def test_the_tables_of_its_report_have_a_row_and_columns_more(folder):
    report = [folder / "own", "report", folder / "data" / "2012-Q3.xlsx", "--out", folder / "reports"]
    own = {"CCPCR_LISTS": str(folder / "lists"), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", OF_ALL_TABLES, *map(str, report)]
    made = subprocess.run(command, capture_output=True, env=os.environ | own, check=False)
    assert (made.returncode, made.stderr) == (0, b"")
    tables = deck_tables((folder / "reports" / "2012-Q3" / "deck.pptx").read_bytes())
    shown = {name: [[cell.partition("\n")[0] for cell in row] for row in table] for name, table in tables.items()}
    assert shown["referrals_by_type"][2:] == rows("""
        Domestic Violence (DV)     | 40 1 0 0  1
        Sexual Abuse (SA)          | 40 0 1 0  1
        Neglected Children (NC)    | 40 2 0 0  2
        Trafficking for Labor (TL) | 40 0 0 3  3
        Sex Trafficking (ST)       | 40 0 0 0  0
        Returnee Children (RC)     | 40 0 2 0  2
        Sex Worker (SW)            | 40 0 0 0  0
        Other (OT)                 | 40 2 0 1  3
        Total                      | 40 5 3 4 12""")
    assert shown["referrals_by_age"][1][2:10:2] == ["0-9 years", "10-14 years", "15-17 years", "18-25 years"]
    assert shown["referrals_by_age"][3:6] == rows("""
        July      | 50 1 0 2 1 1 0 0 0 5 4
        August    | 49 0 0 1 0 1 0 1 0 3 0
        September | 53 0 1 1 0 0 0 1 1 4 2""")
    assert shown["referrals_by_age"][6][2:] == ["2", "2", "5", "5", "2", "2", "3", "3", "12", "6"]
    assert [shown["life_skills"][-1], shown["family_assessments"][-2][:6]] == rows("""
        At least   | 3 0 1 4 1 0 0 0 2 0 0 2 1 14
        Other (OT) | 4 2 0 1 3""")


def test_no_history_is_made_up_of_types_and_ages_that_its_clients_never_have(folder):
    refused = run(folder, "demo", "-o", folder / "demo")
    why = "the made-up history has no clients with {}, so every figure of them would be 0."
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert refused.stderr.decode().startswith(f"case_types.csv: {why.format('OT')}")
    assert refused.stderr.count(b"\n") == 1
    assert not (folder / "demo").exists()
