"""Whatever somebody does to a finished report is found, with the fingerprints mended or not; and nothing else is."""

import ast
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from extent import proof
from tampering import KINDS, picture, tamper
from workbooks import WORKBOOK

from ccpcr_lib.publish.proof.again import Again
from ccpcr_lib.publish.proof.held import Verdict
from ccpcr_lib.publish.proof.provenance import read
from ccpcr_lib.publish.proof.verdict import verdict_lines
from ccpcr_lib.publish.proof.verify import Proof, held_against

pytestmark = pytest.mark.slow
WAYS = [(name, mended) for name in KINDS for mended in (False, True)]
SAID = {
    "added": "no part of such a report",
    "page": "1_referrals.html",
    "print": "report.pdf",
    "drawing": "charts/06-referrals-by-type-against-plan.svg",
    "notebook": "1_referrals",
    "slide": "deck.pptx: slide",
    "deck": "deck.pptx",
    "hand-out": "tables.xlsx",
    "counts.csv": "counts.csv",
    "chart": "charts/06-referrals-by-type-against-plan.png",
    "first page": "index.html",
    "provenance": "",
    "a notebook of another name": "9_more.ipynb",
    "a chart of a slide": ": 19 before, 18 now.",
    "behind a chart of a slide": "workbook behind the chart, Sheet1!B2: 19 before, 18 now.",
    "how a chart of a slide writes": '“"7"” before, “"≥ "#,##0” now.',
    "a colour of a slide": "deck.pptx: its figures and words are the same, but it was edited",
    "slides in another order": "deck.pptx: the slides stand in another order: slides 1, 2.",
    "speaker notes": "deck.pptx: slide 1, “notes: Say nothing” before",
    "a slide that is hidden": "deck.pptx: slide 1, shown or hidden: hidden before, shown now.",
    "a sheet of the hand-out that is hidden": "tables.xlsx: At a glance, shown or hidden: hidden before, shown now.",
    "the first sheet of the hand-out": "tables.xlsx: At a glance!",
    "a sparkline of the hand-out": "tables.xlsx: its figures and words are the same, but it was edited",
    "a figure on a tile": "deck.pptx: slide 2, “",
    "a number format of the hand-out": 'number format: "7" before, #,##0 now.',
    "a formula in the hand-out": ", formula: =1+1 before, no longer there now.",
    "the parameters of a notebook": 'its parameters: “data = "2010-Q1.xlsx"” before',
    "a picture in a notebook": "its picture looks otherwise than it was drawn.",
    "the description of a chart in a page": "1_referrals.html: “All is well” before",
    "a picture in a page": "1_referrals.html, picture 1: it looks otherwise",
    "a hidden piece of a page": "1_referrals.html: “a name” before, “nothing” now.",
    "a value of counts.csv": "counts.csv: line 2, value: 2 before, 1 now.",
    "another report's print": "report.pdf: pages: 1 before, ",
    "the description of a chart on a slide": "“All is well” before, ",
    "that a chart of the hand-out plots": "tables.xlsx: chart 1, April",
    "a page added": "6_more.html: no part of such a report",
    "under the name of an office program's file": "~$page.html: no part of such a report",
    "a hidden page added": ".more.html: no part of such a report",
    "another quarter": "it names the quarter 2010-Q3; the workbook is of 2010-Q2.",
    "another language": "it names the language km; the report is in en+km.",
    "another fingerprint of the workbook": "is not the workbook that the report was made of",
    "a file not listed": "counts.csv: new",
    "a chart renamed": "against-plan.png: called charts/of-another-quarter.png now",
    "a chart removed": "charts/06-referrals-by-type-against-plan.png: not there any more",
    "on page 0": "0_at_a_glance.html: ",
    "on the first screen": "index.html: ",
    "a figure at a glance on page 0": "0_at_a_glance.html: Coming in ចូលមណ្ឌល, Newly referred ",
    "at least at a glance on page 0": ": 18 before, ≥ 18 now.",
    "a mark of dispute at a glance on page 0": "and 24 were reintegrated",
    "a bar of a sparkline at a glance on page 0": "0_at_a_glance.html: its figures and words are the same, but it was",
    "what a sparkline at a glance says on page 0": "“16, 2, 1” before, “15, 2, 1” now.",
    "page 0 taken out": "0_at_a_glance.html: not there any more",
    "the text of notebook 0": "65 clients were in care",
    "a figure at a glance of notebook 0": ": 19 before, 18 now.",
    "the message at a glance of notebook 0": "“All is well. In the 2nd quarter of 2010, 64 clients",
    "a sparkline of notebook 0": "“16, 2, 1” before, “15, 2, 1” now.",
    "notebook 0 taken out": "notebooks/0_at_a_glance.ipynb: not there any more",
    "notebook 0 that shows nothing": "Q2 2010 ត្រីមាសទី2 2010: not there before, 18 now.",
    "the one page": "one-page.pdf: ",
    "a letter of the one page": "one-page.pdf: page 1, “",
    "the one page that cannot be opened": "one-page.pdf: this file cannot be opened any more",
    "the whole print in the place of the one page": "one-page.pdf: pages: ",
    "the one page taken out": "one-page.pdf: not there any more",
    "the one page under another name": "one-page.pdf: called two-pages.pdf now",
}
"""What a line says of a kind, by words of its name; of several the last that stands in it."""


@pytest.fixture(scope="module")
def again(built) -> Again:
    """The whole report of the real quarter, as if it had just been made again."""
    return Again(built, read(built), (WORKBOOK,))


@pytest.fixture
def copied(built, tmp_path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "2010-Q2"))


def told(proved: Proof) -> list[str]:
    """Give the lines that say what is not the same."""
    return [line for verdict, line in verdict_lines(proved) if verdict != Verdict.SAME]


@proof("name, mended", WAYS, sample=14)
def test_whatever_is_done_to_a_report_is_found_and_named(copied, again, name, mended):
    tamper(copied, name, mended=mended)
    proved = held_against(copied, again)
    assert proved.has_changed
    expected = [text for words, text in SAID.items() if words in name][-1]
    lines = [line for verdict, line in verdict_lines(proved) if verdict == Verdict.CHANGED]
    assert [line for line in lines if expected in line], lines


def test_the_kinds_are_many_and_their_script_knows_nothing_of_the_library():
    assert len(KINDS) >= 110
    own = sorted(Path(__file__).parent.glob("tamper*.py"))
    assert len(own) == 6
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in own]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    imported = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    imported |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert imported - {path.stem for path in own} <= sys.stdlib_module_names | {"collections.abc"}


def test_a_report_that_nobody_touched_is_the_same_byte_by_byte(copied, again):
    proved = held_against(copied, again)
    assert told(proved) == []
    assert {held.verdict for held in proved.held} == {Verdict.SAME}
    assert {Path(held.name).suffix for held in proved.held} == {
        ".csv", ".html", ".ipynb", ".pdf", ".png", ".pptx", ".svg", ".xlsx",
    }  # fmt: skip


def of_other_versions(again: Again) -> Again:
    """The same report, as if other versions of libraries had made it."""
    versions = dict(again.provenance.versions) | {"pillow": "99", "numpy": "99", "PDF": "Skia/PDF m1"}
    return again._replace(provenance=replace(again.provenance, versions=versions))


def test_a_picture_that_other_versions_draw_otherwise_is_named_as_not_proved(copied, again):
    chart = sorted(copied.glob("charts/*.png"))[0]
    chart.write_bytes(picture())
    tamper(copied, "a text of a notebook", mended=True)
    shutil.copytree(again.folder / "notebooks", copied / "notebooks", dirs_exist_ok=True)
    known = read(copied)
    proved = held_against(copied, of_other_versions(again))
    assert proved.unproved == [f"charts/{chart.name}"]
    assert known.versions["numpy"] != "99"
    assert "other versions draw it otherwise; whether it is the same cannot be said." in told(proved)[-1]


OF_OTHER_VERSIONS = [
    "a figure in a page",
    "a cell of a table on a slide",
    "a value of counts.csv",
    "a letter of the print",
]


@pytest.mark.parametrize("name", OF_OTHER_VERSIONS)
def test_a_figure_that_was_changed_is_found_with_other_versions_too(copied, again, name):
    tamper(copied, name, mended=True)
    assert held_against(copied, of_other_versions(again)).has_changed


def test_a_page_that_is_only_written_otherwise_by_another_version_is_no_change(copied, again):
    tamper(copied, "a row of a page that is hidden by its style", mended=True)
    proved = held_against(copied, of_other_versions(again))
    assert not proved.has_changed
    assert told(proved)[-1] == "1_referrals.html: it is written otherwise; what it shows is the same."


def test_without_template_or_browser_deck_and_print_are_named_as_not_proved(copied, again):
    proved = held_against(copied, again._replace(deck="No template.", print=""))
    assert (proved.has_changed, proved.unproved, told(proved)) == (False, ["deck.pptx"], ["No template."])
