"""What somebody has changed or laid into a report's folder is kept when a new report takes its place."""

import json
from pathlib import Path

import pytest
from chapters import chapters, short
from commands import digest, run
from workbooks import WORKBOOK

from ccpcr_lib.publish.kept import keep, own_files


@pytest.fixture
def report(tmp_path) -> Path:
    """A report of two files, as `provenance.json` has them, and what Excel and Windows leave beside them."""
    folder = tmp_path / "2010-Q2"
    (folder / "charts").mkdir(parents=True)
    for name in ("deck.pptx", "charts/a.png", "~$deck.pptx", "Thumbs.db"):
        (folder / name).write_text("made", encoding="utf-8")
    files = {name: digest(folder / name) for name in ("deck.pptx", "charts/a.png")}
    known = {"workbook": "a.xlsx", "sha256": "0", "period": "2010-Q2", "language": "en", "versions": {}, "beside": {}}
    (folder / "provenance.json").write_text(json.dumps(known | {"files": files}), encoding="utf-8")
    return folder


def test_a_report_as_it_was_made_has_nothing_of_anybodys_own(report):
    assert own_files(report) == []
    assert keep(report) == []
    assert [path.name for path in report.parent.iterdir()] == ["2010-Q2"]


def test_what_is_changed_or_added_is_kept_under_its_own_name(report):
    (report / "deck.pptx").write_text("edited", encoding="utf-8")
    (report / "charts" / "mine.png").write_text("mine", encoding="utf-8")
    kept = keep(report)
    place = report.with_name("2010-Q2-kept")
    assert kept == [place / "charts" / "mine.png", place / "deck.pptx"]
    assert [path.read_text(encoding="utf-8") for path in kept] == ["mine", "edited"]


def test_what_was_kept_before_stays(report):
    (report / "notes.docx").write_text("first", encoding="utf-8")
    keep(report)
    (report / "notes.docx").write_text("second", encoding="utf-8")
    assert [path.relative_to(report.parent).as_posix() for path in keep(report)] == ["2010-Q2-kept-2/notes.docx"]
    assert (report.with_name("2010-Q2-kept") / "notes.docx").read_text(encoding="utf-8") == "first"


@pytest.mark.parametrize("provenance", [None, "{", "[]"])
def test_of_a_folder_that_is_no_report_everything_is_kept(report, provenance):
    path = report / "provenance.json"
    path.unlink() if provenance is None else path.write_text(provenance, encoding="utf-8")
    assert {path.name for path in own_files(report)} == {"deck.pptx", "a.png"}


def test_a_file_in_the_place_of_a_report_is_kept_and_nothing_is_nothing(tmp_path):
    assert keep(tmp_path / "2010-Q2") == []
    (tmp_path / "2010-Q2").write_text("mine", encoding="utf-8")
    assert keep(tmp_path / "2010-Q2") == [tmp_path / "2010-Q2-kept" / "2010-Q2"]


@pytest.mark.slow
def test_the_command_says_what_it_has_kept_and_where(tmp_path):
    out = tmp_path / "reports"
    (out / "2010-Q2").mkdir(parents=True)
    (out / "2010-Q2" / "minutes.txt").write_text("typed by hand", encoding="utf-8")
    with chapters(short(tmp_path / "1_short.ipynb", "1 + 1")):
        result = run("report", WORKBOOK, "--out", out)
    assert (
        "In the place of the report stood what somebody had changed or added by hand: minutes.txt. "
        f"It is kept in {out / '2010-Q2-kept'}.\n"
    ) in result.stdout
    assert (out / "2010-Q2-kept" / "minutes.txt").read_text(encoding="utf-8") == "typed by hand"
    assert not (out / "2010-Q2" / "minutes.txt").exists()
