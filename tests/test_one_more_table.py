"""One more table is one declaration, its title and its measure: whatever serves the others serves it too."""

import json
import os
import shutil
import subprocess
import sys

import many_tables
import pytest
from extent import only_whole
from many_tables import extra_lists
from own_lists import FOLDERS

from ccpcr_lib.model.resources import lists_folder

pytestmark = pytest.mark.slow

FIFTEENTH = """
import io, json, sys
from dataclasses import replace
from pathlib import Path

from ccpcr_lib.model import catalogue
from ccpcr_lib.model.catalogue import CATALOGUE, TableSpec, TotalRow, catalogue_of, counts_by, total

catalogue.CATALOGUE = catalogue_of(*CATALOGUE, TableSpec(
    "check_ups", slide=22, rows="month", columns=(*counts_by("examined", "sex", under="sexes"), total("examined")),
    totals=(TotalRow(shares=True),), charts=("members", "members_by_sex", "matrix"),
))

import openpyxl
from pptx import Presentation
from readback import deck_tables

from ccpcr_lib import explore, load, load_all, release
from ccpcr_lib.excel.frames import counts_frame
from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.forms.simulate import simulate
from ccpcr_lib.forms.workbook import lay_out_sheets, new_workbook, write_workbook
from ccpcr_lib.publish.charts import charts_of
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.handout import build_handout
from ccpcr_lib.publish.pages.show import show_sentence

folder = Path(sys.argv[1])
typed = {"2010-07": (4, 1), "2010-08": (6, 2), "2010-09": (5, 1)}
rows = [("check_ups", "examined", month, None, sex, None, None, "clients", value, None)
        for month, values in typed.items() for sex, value in zip("FM", values)]
draft = draft_from("2010-Q3", folder / "2010-Q3.xlsx")
pages = lay_out_sheets("2010-Q3", counts_frame(rows))
(folder / "2010-Q3.xlsx").write_bytes(write_workbook(replace(draft, sheets=pages)))
report = load(folder / "2010-Q3.xlsx")
shown = release(report)

deck = build_deck(shown)
native = {
    shape.name: [list(series.values) for series in shape.chart.plots[0].series]
    for slide in Presentation(io.BytesIO(deck)).slides for shape in slide.shapes
    if shape.has_chart and "check_ups" in shape.name
}
book = openpyxl.load_workbook(io.BytesIO(build_handout(shown)))
(sheet,) = [sheet for sheet in book if str(sheet["A1"].value).startswith("Medical check-ups")]
grid = [[cell.value for cell in row] for row in sheet.iter_rows()]
top = next(place for place, row in enumerate(grid) if row[0] == "Month")
seen = explore(load_all(folder), "check_ups", by=("month", "sex"))

demo = simulate(60)["2010-Q1"]
made = folder / "2010-Q1.xlsx"
made.write_bytes(new_workbook("2010-Q1", counts=demo))
again = load(made)
own = demo[demo["table"] == "check_ups"]

print(json.dumps({
    "template": [check.sentence("en") for check in draft.checks if check.table == "check_ups"],
    "reader": [report.source("check_ups"), report.frame("check_ups")["value"].tolist()],
    "checks": [item.rule for item in report.problems if item.table == "check_ups"],
    "table": report.table("check_ups").to_numpy().tolist(),
    "sentence": show_sentence(shown, "check_ups").text,
    "charts": {drawn.title: [[int(number) for number in row] for row in drawn.numbers.to_numpy()]
               for drawn in charts_of(shown, "check_ups")},
    "deck": [[cell.partition(chr(10))[0] for cell in row] for row in deck_tables(deck)["check_ups"]],
    "native": native,
    "handout": [row[:4] for row in grid[top : top + 5]],
    "drawn in the handout": len(sheet._charts),
    "explorer": {f"{row} {codes[0]}": figure.value for (row, codes), figure in seen.breakdown.figures.items()},
    "indicator": shown.achievement("examined").at_least,
    "demo": [len(own), bool((own.groupby("period")["value"].sum() > 0).all()),
             int(own["value"].sum()) == again.filled("check_ups").total().exact,
             [item.rule for item in again.problems if item.table == "check_ups"]],
}))
"""


@pytest.fixture(scope="module")
def served(tmp_path_factory) -> dict:
    """What serves a quarter's tables says of a fifteenth one: medical check-ups, by month and sex."""
    folder = tmp_path_factory.mktemp("check-ups")
    lists = shutil.copytree(lists_folder(), folder / "lists")
    shutil.copy(FOLDERS[0] / "measures.csv", lists)
    for name, line in {
        "tables": "check_ups,Medical check-ups,ការពិនិត្យសុខភាព,",
        "measures": "examined,Clients examined,អតិថិជនដែលបានពិនិត្យ,,flow,Everybody who was examined.,",
    }.items():
        with (lists / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    unsaid = "ignore:Sparkline Group extension"  # openpyxl, which the hand-out is read with, has none
    run = [sys.executable, "-W", unsaid, "-c", FIFTEENTH, str(folder)]
    environment = os.environ | {"CCPCR_LISTS": str(lists), "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(run, capture_output=True, check=False, text=True, encoding="utf-8", env=environment)
    assert (done.returncode, done.stderr) == (0, "")
    return json.loads(done.stdout)


def test_it_is_typed_read_and_checked(served):
    assert served["template"] == [
        "Medical check-ups (clients): the totals of the rows add up to all figures.",
        "Medical check-ups (clients): the totals of the columns add up to all figures.",
        "Medical check-ups (clients): the total of the whole is the sum of all figures.",
        *(
            f"Clients examined (clients), {who}: the total on paper is the sum typed."
            for who in ("Female", "Male", "July", "August", "September", "3rd quarter of 2010")
        ),
    ]
    assert served["reader"] == ["Check ups", [4, 1, 6, 2, 5, 1]]
    assert served["checks"] == []


def test_its_table_and_sentence_have_the_nineteen_who_were_examined(served):
    assert served["table"] == [[4, 1, 5], [6, 2, 8], [5, 1, 6], [15, 4, 19]]
    assert served["sentence"] == (
        "5 clients were counted under “Clients examined” in July, 8 in August and 6 in September: 19 in all. "
        "Among the 19 clients were 15 girls and 4 boys."
    )
    assert served["indicator"] == 19


def test_every_chart_of_it_draws_them(served):
    assert served["charts"] == {
        "Medical check-ups": [[5], [8], [6]],
        "Medical check-ups, by sex": [[4, 1, 5], [6, 2, 8], [5, 1, 6]],
        "Medical check-ups: who was reached": [[4, 1], [6, 2], [5, 1]],
    }


def test_the_deck_and_the_handout_have_its_table_and_its_charts(served):
    assert served["deck"][-4:] == [
        ["July", "4", "1", "5"],
        ["August", "6", "2", "8"],
        ["September", "5", "1", "6"],
        ["Total", "15", "4", "19"],
    ]
    assert served["native"] == {
        "check_ups members": [[5, 8, 6]],
        "check_ups members_by_sex": [[4, 6, 5], [1, 2, 1]],
        "check_ups matrix": [[5, 8, 6]],
    }
    assert served["handout"] == [
        ["Month", "Female", "Male", "Total"],
        ["July", 4, 1, 5],
        ["August", 6, 2, 8],
        ["September", 5, 1, 6],
        ["Total", 15, 4, 19],
    ]
    assert served["drawn in the handout"] == 1


def test_the_explorer_breaks_it_down(served):
    assert served["explorer"] == {
        "F 2010-07": 4, "F 2010-08": 6, "F 2010-09": 5, "F *": 15,
        "M 2010-07": 1, "M 2010-08": 2, "M 2010-09": 1, "M *": 4,
        "* 2010-07": 5, "* 2010-08": 8, "* 2010-09": 6, "* *": 19,
    }  # fmt: skip


def test_the_demo_has_some_in_every_month_and_its_workbook_agrees(served):
    assert served["demo"] == [6, True, True, []]


@only_whole
def test_every_table_that_may_be_declared_is_typed_read_and_drawn_as_counted_by_hand(tmp_path):
    lists = shutil.copytree(lists_folder(), tmp_path / "lists")
    shutil.copy(FOLDERS[0] / "measures.csv", lists)
    for name, lines in extra_lists().items():
        with (lists / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    environment = os.environ | {"CCPCR_LISTS": str(lists), "PYTHONPATH": os.pathsep.join(sys.path)}
    run = [sys.executable, many_tables.__file__, str(tmp_path)]
    done = subprocess.run(run, capture_output=True, check=False, text=True, encoding="utf-8", env=environment)
    assert (done.stdout, done.stderr) == ("43 tables\n", "")
