"""One more table is one more declaration: reader, checks, charts, deck, hand-out and template serve it too."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from ccpcr_lib.model.resources import lists_folder

pytestmark = pytest.mark.slow

FOURTEENTH = """
import json, sys
from dataclasses import replace
from pathlib import Path
from ccpcr_lib.model import catalogue
from ccpcr_lib.model.catalogue import TableSpec, months, share, total

catalogue.CATALOGUE += (
    TableSpec("counselling", slide=22, rows="case_type", columns=(*months("counselled"), total("counselled")),
              charts=("months",)),
)

from ccpcr_lib import load, release
from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.excel.frames import counts_frame
from ccpcr_lib.forms.workbook import Draft, lay_out_sheets, write_workbook
from ccpcr_lib.publish.charts import charts_of
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.handout import build_handout
import io
import openpyxl
from pptx import Presentation

folder = Path(sys.argv[1])
rows = [("counselling", "counselled", f"2010-{month:02d}", kind, None, None, None, "clients", month + place, None)
        for place, kind in enumerate(("DV", "SA", "NC", "TL", "ST", "RC", "SW")) for month in (7, 8, 9)]
draft = draft_from("2010-Q3", folder / "2010-Q3.xlsx")
pages = lay_out_sheets("2010-Q3", counts_frame(rows))
(folder / "2010-Q3.xlsx").write_bytes(write_workbook(replace(draft, sheets=pages)))
report = load(folder / "2010-Q3.xlsx")
(drawn,) = charts_of(release(report), "counselling")
shown = release(report)
slides = Presentation(io.BytesIO(build_deck(shown))).slides
own = [slide for slide in slides if slide.shapes.title and "counselling" in slide.shapes.title.text]
book = openpyxl.load_workbook(io.BytesIO(build_handout(shown)))
print(json.dumps({
    "deck": [sum(shape.has_table for slide in own for shape in slide.shapes),
             sum(shape.has_chart for slide in own for shape in slide.shapes)],
    "handout": [sheet.title for sheet in book if "ounselling" in str(sheet["A1"].value)],
    "indicator": shown.achievement("counselled").at_least,
    "sheet": report.source("counselling"),
    "read": report.frame("counselling")["value"].tolist()[:4],
    "checks": [check.sentence("en") for check in draft.checks if check.table == "counselling"],
    "problems": [item.rule for item in report.problems if item.table == "counselling"],
    "total": report.table("counselling").iloc[-1, -1].item(),
    "chart": drawn.title,
    "drawn": [int(number) for number in drawn.numbers.iloc[0]],
}))
"""


def test_a_fourteenth_table_is_served_by_all_that_serves_the_others(tmp_path):
    lists = shutil.copytree(lists_folder(), tmp_path / "lists")
    for name, line in {
        "tables": "counselling,Clients in counselling,អតិថិជនទទួលការប្រឹក្សា,",
        "measures": "counselled,Clients counselled,អតិថិជនដែលបានប្រឹក្សា,",
    }.items():
        with (lists / f"{name}.csv").open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    run = [sys.executable, "-c", FOURTEENTH, str(tmp_path)]
    environment = os.environ | {"CCPCR_LISTS": str(lists)}
    done = subprocess.run(run, capture_output=True, check=True, text=True, encoding="utf-8", env=environment)
    said = json.loads(done.stdout)
    assert said == {
        "deck": [1, 1],
        "handout": ["22 counselling"],
        "indicator": 231,
        "sheet": "Counselling",
        "read": [7, 8, 9, 8],
        "checks": [
            "Clients in counselling (clients): the totals of the rows add up to all figures.",
            "Clients in counselling (clients): the totals of the columns add up to all figures.",
            "Clients in counselling (clients): the total of the whole is the sum of all figures.",
        ],
        "problems": [],
        "total": 231,
        "chart": "Clients in counselling, by month",
        "drawn": [7, 8, 9, 24],
    }
