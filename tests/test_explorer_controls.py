"""The controls of the explorer: each brings its own dimensions, and what cannot be shown or saved is said."""

import json
import shutil

import pytest
from workbooks import QUARTER, ROOT, WORKBOOK

from ccpcr_lib import check_a_workbook, explorer
from ccpcr_lib.publish.explorer.controls import Explorer
from ccpcr_lib.publish.quarters import quarters


@pytest.fixture
def shown(history, tmp_path):
    return Explorer(quarters(history), "../data", tmp_path / "exports")


def test_another_table_brings_its_own_dimensions(shown):
    shown.table.value = "referrals_by_age"
    assert [box.description for box in shown.by_box.children[1:]] == ["Month", "Age", "Sex"]
    assert shown.view.choice.by == ("month",)
    shown.table.value = "skills_follow_up"
    assert [box.description for box in shown.by_box.children[1:]] == ["Skill"]
    assert shown.counted.layout.display == ""


def test_what_else_a_table_counts_brings_its_own_dimensions(shown):
    shown.table.value = "referrals_by_age"
    shown.counted.value = "in_shelter"
    assert [box.description for box in shown.by_box.children[1:]] == ["Month"]
    shown.by["month"].value = False
    assert "months cannot be added up. Tick “month”." in shown.answer.value
    assert (shown.view, shown.chart.value) == (None, "")


def test_no_quarter_chosen_is_said(shown):
    shown.periods.value = ()
    assert "Choose at least one quarter." in shown.answer.value


def test_too_many_numbers_for_a_chart_are_said(shown):
    shown.table.value = "referrals_by_sex"
    for name in ("case_type", "sex"):
        shown.by[name].value = True
    assert "No chart has room for so many numbers." in shown.chart.value
    assert "<table>" in shown.answer.value


def test_a_file_that_another_program_holds_is_said(shown, monkeypatch):
    def refuse(view, folder):
        raise PermissionError(13, "Permission denied", str(folder / "education.pptx"))

    monkeypatch.setattr("ccpcr_lib.publish.explorer.controls.save_for_slides", refuse)
    shown.save.click()
    assert "education.pptx: this could not be saved. Close it in other programs and try again." in shown.saved.value


def test_a_quarter_that_cannot_be_read_is_said_above_the_controls(tmp_path):
    shutil.copy(WORKBOOK, tmp_path)
    for name in ("2010-Q3.xlsx", "letters.xlsx"):
        (tmp_path / name).write_bytes(b"nothing")
    panel, why = explorer(str(tmp_path)), "2010-Q3.xlsx: this is not an Excel workbook."
    told = [child.value for child in panel.box.children if why in getattr(child, "value", "")]
    assert len(told) == 1
    assert why in panel.page.html
    assert why in panel.page.text
    assert "letters.xlsx" not in panel.page.text


@pytest.mark.parametrize("button", ["save", "show_code"])
def test_where_nothing_is_shown_there_is_nothing_to_save_and_no_code(shown, button):
    shown.periods.value = ()
    getattr(shown, button).click()
    assert "No figures are shown, so there is nothing to save and no code." in shown.saved.value
    assert shown.lines.layout.display == "none"


def test_a_folder_that_is_not_there_is_said(tmp_path):
    assert "there is no such folder" in explorer(str(tmp_path / "no")).page.text


def test_a_stored_notebook_has_no_widget_in_it_and_says_how_to_run_it():
    stored = json.loads((ROOT / "notebooks" / "explore.ipynb").read_text(encoding="utf-8"))
    assert len(stored["cells"]) == 3
    assert "widgets" not in stored["metadata"]
    data = [output["data"] for cell in stored["cells"] for output in cell.get("outputs", [])]
    assert [sorted(one) for one in data] == [["text/html", "text/plain"]] * 2
    assert all("menu Run, Run All Cells" in "".join(one["text/plain"]) for one in data)


def test_a_widget_is_shown_where_a_kernel_runs():
    shown = check_a_workbook(str(QUARTER))._repr_mimebundle_()
    assert {"text/plain", "text/html", "application/vnd.jupyter.widget-view+json"} == set(shown)
