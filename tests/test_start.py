import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from workbooks import PLAN, ROOT, changed

from ccpcr_lib import show_notebooks, show_workbooks
from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.publish.pages.lab import SETTINGS, lab_command, lab_environment
from ccpcr_lib.publish.pages.notebooks import WIDGET, stored


def test_the_first_page_lists_every_notebook_with_its_title_and_question():
    page = show_notebooks(ROOT / "notebooks")
    names = [line.split(" | ")[0] for line in page.text.split("\n")]
    numbered = sorted(path.name for path in (ROOT / "notebooks").glob("[0-9]*.ipynb"))
    assert names == ["explore.ipynb", *numbered]
    assert "1_referrals.ipynb | Referrals | Who came to the shelter, when," in page.text
    assert '<a href="5_checks.ipynb">Checks</a>' in page.html


def test_every_link_of_the_first_page_leads_to_a_file():
    notebook = json.loads((ROOT / "notebooks" / "start.ipynb").read_text(encoding="utf-8"))
    text = "".join("".join(cell["source"]) for cell in notebook["cells"])
    links = [part.partition(")")[0] for part in text.split("](")[1:]]
    assert {"explore.ipynb", "../README.md", "../data/README.md"} <= set(links)
    assert [link for link in links if not (ROOT / "notebooks" / link).exists()] == []


def test_the_workbooks_are_shown_with_their_state(two_workbooks, tmp_path):
    shutil.copy(two_workbooks[0], tmp_path)
    shutil.copy(PLAN, tmp_path)
    (tmp_path / "2010-Q4.xlsx").write_bytes(b"nothing")
    (tmp_path / "letters.xlsx").write_bytes(b"nothing")
    lines = show_workbooks(tmp_path).text.split("\n")
    assert [line.split(" | ")[0] for line in lines] == ["2010-Q2.xlsx", "2010-Q4.xlsx"]
    assert lines[0].split(" | ")[1:3] == ["read · បានអាន", "2010-Q2"]
    assert lines[0].split(" | ")[3].startswith("0 errors, 6 warnings, 11 notes")
    assert lines[1].split(" | ")[1].startswith("cannot be read")
    assert "is not an Excel workbook" in lines[1]


def test_a_workbook_with_errors_is_shown_as_one(tmp_path):
    changed(tmp_path, {"Slide 12!D5": "some"})
    state = show_workbooks(tmp_path).text.split(" | ")
    assert state[1].startswith("read, with errors: correct them first")
    assert state[3].startswith("1 error, ")


def test_two_workbooks_of_one_quarter_are_said(two_workbooks, tmp_path):
    for name in ("2010-Q2 corrected.xlsx", "2010-Q2 again.xlsx"):
        shutil.copy(two_workbooks[0], tmp_path / name)
    assert "reports 2010-Q2 too. Keep one of them in the folder." in show_workbooks(tmp_path).text


def test_what_lives_only_in_a_kernel_is_not_stored():
    cell = new_code_cell("1", outputs=[new_output("execute_result", {WIDGET: {"model_id": "a"}, "text/plain": "kept"})])
    notebook = new_notebook(cells=[new_markdown_cell("# Title"), cell], metadata={"widgets": {}})
    assert stored(notebook).cells[1].outputs[0].data == {"text/plain": "kept"}
    assert "widgets" not in notebook.metadata


def test_jupyterlab_is_opened_on_this_computer_only_and_on_the_first_page(tmp_path):
    command = lab_command(ROOT, ["--no-browser"])
    assert command[:4] == [sys.executable, "-m", "ccpcr_lib.publish.pages.lab_server", str(ROOT)]
    assert command[-1] == "--no-browser"
    assert {"--ServerApp.ip=127.0.0.1", "--LabApp.default_url=/lab/tree/notebooks/start.ipynb"} <= set(command)
    with pytest.raises(CannotReadError, match=r"^notebooks/start\.ipynb: it is not in this folder\."):
        lab_command(tmp_path)


def test_the_settings_are_for_this_project_and_keep_a_persons_own_behind_them(monkeypatch):
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", "own")
    assert lab_environment()["JUPYTER_CONFIG_PATH"] == os.pathsep.join([str(SETTINGS), "own"])
    page = json.loads(Path(SETTINGS, "labconfig", "page_config.json").read_text(encoding="utf-8"))
    assert page["disabledExtensions"]["@jupyterlab/apputils-extension:announcements"] is True
