"""An explanation is written, honoured, and void when a figure changes."""

import csv
from datetime import date

import pytest
from click.testing import CliRunner
from planting import plant
from workbooks import WORKBOOK

from ccpcr_lib import load
from ccpcr_lib.cli import main

CELL, REASON = "Slide 15!F5", "One client left before the note was written."


@pytest.fixture
def explained(tmp_path):
    path = tmp_path / WORKBOOK.name
    path.write_bytes(WORKBOOK.read_bytes())
    result = CliRunner().invoke(main, ["explain", str(path), CELL, REASON, "--role", "donor's M&E officer"])
    assert result.exit_code == 0, result.output
    return path


def at_cell(path):
    return [item for item in load(path).problems if CELL in item.where]


def test_explaining_writes_one_line_with_the_figures_it_speaks_of(explained):
    with (explained.parent / "explanations.csv").open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert line["rule"] == "note_sum"
    assert (line["period"], line["cells"], line["printed"]) == ("2010-Q2", CELL, "6 (SA1, NC2, TL2)")
    assert (line["explanation"], line["role"]) == (REASON, "donor's M&E officer")


def test_an_explained_finding_is_a_note_that_says_so(explained):
    (item,) = at_cell(explained)
    assert item.severity == "note"
    assert REASON in item.message


def test_an_explained_finding_does_not_count_for_the_exit_code(explained):
    runner = CliRunner()
    for item in load(explained).problems:
        if item.severity != "note":
            result = runner.invoke(main, ["explain", str(explained), item.where[0], "Known.", "--rule", item.rule])
            assert result.exit_code == 0, result.output
    assert runner.invoke(main, ["check", str(explained)]).exit_code == 0


def test_a_changed_figure_voids_the_explanation_and_says_so(explained):
    plant(explained.parent, ("Slide 15", "F5", "6 (SA1, NC3, TL3)"))
    assert [(item.rule, item.severity) for item in at_cell(explained)] == [
        ("note_sum", "warning"),
        ("explanation_void", "warning"),
    ]


def test_an_explanation_that_is_no_longer_needed_is_a_note(explained):
    plant(explained.parent, ("Slide 15", "F5", "6 (SA1, NC2, TL3)"))
    assert [(item.rule, item.severity) for item in at_cell(explained)] == [("explanation_unused", "note")]


def test_explaining_again_replaces_the_line_and_says_what_stood_there(explained):
    result = CliRunner().invoke(main, ["explain", str(explained), CELL, "Better words."])
    text = (explained.parent / "explanations.csv").read_text(encoding="utf-8-sig")
    assert "Better words." in text
    assert text.count("note_sum") == 1
    assert f"It takes the place of the explanation of {date.today().isoformat()}: “{REASON}”" in result.output


def test_a_void_explanation_is_explained_anew_at_its_cell(explained):
    plant(explained.parent, ("Slide 15", "F5", "6 (SA1, NC3, TL3)"))
    assert CliRunner().invoke(main, ["explain", str(explained), CELL, "Still right."]).exit_code == 0
    assert [(item.rule, item.severity) for item in at_cell(explained)] == [("note_sum", "note")]


def test_a_cell_without_finding_cannot_be_explained(explained):
    result = CliRunner().invoke(main, ["explain", str(explained), "Slide 6!A1", "x"])
    assert result.exit_code == 2
    assert "Slide 18!E5" in result.output, "the cells that have findings are listed"


def test_a_figure_that_cannot_be_read_cannot_be_explained_away(tmp_path):
    path = plant(tmp_path, ("Slide 12", "C6", "some"))
    result = CliRunner().invoke(main, ["explain", str(path), "Slide 12!C6", "x"])
    assert result.exit_code == 2
    assert not (tmp_path / "explanations.csv").exists()
