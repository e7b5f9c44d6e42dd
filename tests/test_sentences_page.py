"""The page of sentences is what the program says, in both languages, and says that its figures are made up."""

import runpy

import pytest
from workbooks import ROOT

from ccpcr_lib.model.catalogue import CATALOGUE
from ccpcr_lib.model.wording import table_title

PAGE = (ROOT / "docs" / "sentences.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def written() -> str:
    return runpy.run_path(str(ROOT / "docs" / "sentences.py"))["page"]()


def test_the_page_is_what_the_program_says_today(written):
    assert written == PAGE, "make sentences writes it anew"


def test_it_has_every_table_in_three_situations():
    tables = PAGE.partition("## Of the tables")[2].partition("## Against the plan")[0]
    for declared in CATALOGUE:
        section = tables.partition(f"### {table_title(declared.name)}\n")[2].partition("### ")[0]
        assert [line for line in section.splitlines() if line.startswith("- ")] == [
            "- *many*",
            "- *few*",
            "- *unknown*",
        ]


def test_it_says_that_its_figures_are_made_up():
    assert "SYNTHETIC" in PAGE.partition("## ")[0]
