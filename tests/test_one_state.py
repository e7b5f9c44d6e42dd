"""A report is made of one state of its files, whatever happens to them while it is made."""

import csv
import hashlib
import io
import json
import shutil
from pathlib import Path

import pytest
from chapters import chapters, short
from commands import run
from extent import only_whole
from PIL import Image
from pptx import Presentation
from workbooks import ROOT, WORKBOOK, changed

from ccpcr_lib import CannotReadError
from ccpcr_lib.publish import snapshot
from ccpcr_lib.publish.snapshot import Snapshot

pytestmark = pytest.mark.slow
SHOWN = (
    "from ccpcr_lib import release, show_chart, show_table\nquarter = release(workbook, language)\n"
    'show_table(quarter, "education")'
)


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A project of its own, with a plan, relations, an explanation and a photograph beside the workbook."""
    folder = tmp_path_factory.mktemp("project")
    shutil.copytree(WORKBOOK.parent, folder / "data", ignore=shutil.ignore_patterns("demo"))
    photographs = folder / "data" / "photos" / "2010-Q2"
    photographs.mkdir(parents=True)
    Image.new("RGB", (40, 30), "green").save(photographs / "garden.png")
    shutil.copy(ROOT / "data" / "relations.csv", folder / "data")
    explained = run("explain", folder / "data" / "2010-Q2.xlsx", "Slide 7!H9", "Looked into and right.")
    assert explained.exit_code == 0
    return folder


@pytest.fixture(scope="module")
def disturbed(project, tmp_path_factory) -> tuple[Path, str]:
    """A report, and what was said of it, in the middle of which everything it is made of becomes something else."""
    data, later = project / "data", tmp_path_factory.mktemp("later")
    changed(later, {"Slide 12!C7": 6})
    disturb = "\n".join(
        [
            "import shutil",
            "from pathlib import Path",
            f"data = Path({str(data)!r})",
            f"shutil.copy({str(later / '2010-Q2.xlsx')!r}, data)",
            "for name in ('plan.xlsx', 'relations.csv', 'explanations.csv', 'photos/2010-Q2/garden.png'):",
            "    (data / name).write_bytes(b'something else')",
        ]
    )
    notebook = short(later / "1_short.ipynb", disturb, SHOWN)
    with chapters(notebook):
        result = run("report", data / "2010-Q2.xlsx", "--out", project / "reports")
    assert (result.exit_code, result.stderr) == (0, "")
    return project / "reports" / "2010-Q2", result.stdout


def test_pages_notebooks_deck_and_counts_show_the_state_at_the_beginning(disturbed):
    report, _ = disturbed
    assert ">5</td>" in grade_two((report / "1_short.html").read_text(encoding="utf-8"))
    counts = csv.DictReader(io.StringIO((report / "counts.csv").read_text(encoding="utf-8-sig")))
    assert [row["value"] for row in counts if row["source"] == "Slide 12!C7"] == ["5"]
    tables = [
        shape.table for slide in Presentation(report / "deck.pptx").slides for shape in slide.shapes if shape.has_table
    ]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    assert [row[1] for row in rows if row[0] == "Grade 2"] == ["5"]


def grade_two(html: str) -> str:
    return html.partition("Grade 2")[2].partition("</td>")[0] + "</td>"


def test_the_deck_has_the_photograph_as_it_was(disturbed):
    report, _ = disturbed
    deck = Presentation(report / "deck.pptx")
    pictures = [shape.image for slide in deck.slides for shape in slide.shapes if hasattr(shape, "image")]
    assert (40, 30) in [picture.size for picture in pictures]


def test_the_fingerprint_is_that_of_the_state_that_is_shown(disturbed):
    report, _ = disturbed
    known = json.loads((report / "provenance.json").read_text(encoding="utf-8"))
    assert known["sha256"] == hashlib.sha256(WORKBOOK.read_bytes()).hexdigest()
    assert known["beside"]["plan.xlsx"] == hashlib.sha256((WORKBOOK.parent / "plan.xlsx").read_bytes()).hexdigest()


def test_one_line_for_each_file_says_that_the_report_shows_the_earlier_state(disturbed):
    _, said = disturbed
    lines = [line for line in said.splitlines() if "was changed while" in line]
    assert sorted(line.split()[0] for line in lines) == [
        "2010-Q2.xlsx",
        "explanations.csv",
        "garden.png",
        "plan.xlsx",
        "relations.csv",
    ]
    assert lines[0] == (
        "2010-Q2.xlsx was changed while the report was made: the report shows the earlier state. "
        "Make it again to show the new one."
    )


def test_a_file_that_is_new_since_the_beginning_is_named_and_not_in_the_report(tmp_path):
    (tmp_path / "data" / "photos" / "2010-Q2").mkdir(parents=True)
    shutil.copy(WORKBOOK, tmp_path / "data")
    new = "from pathlib import Path\n" + "\n".join(
        f"Path({str(tmp_path / 'data' / name)!r}).write_bytes(b'new')"
        for name in ("explanations.csv", "photos/2010-Q2/garden.png", "2010-Q1.xlsx", "minutes.docx")
    )
    with chapters(short(tmp_path / "1_short.ipynb", new)):
        result = run("report", tmp_path / "data" / "2010-Q2.xlsx", "--out", tmp_path / "reports")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = [line for line in result.stdout.splitlines() if "is new since" in line]
    assert sorted(line.split()[0] for line in lines) == ["2010-Q1.xlsx", "explanations.csv", "garden.png"]
    assert lines[0].endswith("is new since the report was begun, and is not in it. Make it again to have it in.")


# --- copying ---


def test_a_file_that_is_being_written_is_read_again_until_it_is_whole(tmp_path, monkeypatch):
    path, read, states = tmp_path / "a.xlsx", Path.read_bytes, [b"first half", b"first half and second"]
    path.write_bytes(states.pop(0))

    def while_it_is_written(file: Path) -> bytes:
        content = read(file)
        if states and file == path:
            file.write_bytes(states.pop(0))
        return content

    monkeypatch.setattr(Path, "read_bytes", while_it_is_written)
    taken = Snapshot(tmp_path / "read")
    taken.take([path], "data")
    assert read(taken.of(path)) == b"first half and second"
    assert taken.changed == []


def test_what_cannot_be_read_is_refused_where_it_is_needed_and_named_where_it_is_not(tmp_path):
    taken = Snapshot(tmp_path / "read")
    with pytest.raises(CannotReadError, match=r"^plan\.xlsx: this file cannot be read\. Close it where it is open"):
        taken.take([tmp_path / "plan.xlsx"], "data")
    assert taken.take([tmp_path / "2010-Q1.xlsx"], "data", is_needed=False) == [tmp_path / "2010-Q1.xlsx"]
    assert taken.of(tmp_path / "2010-Q1.xlsx") == tmp_path / "2010-Q1.xlsx"


@only_whole
def test_a_quarter_that_cannot_be_read_now_is_a_line_and_not_the_end(tmp_path, monkeypatch):
    shutil.copy(WORKBOOK, tmp_path)
    shutil.copy(WORKBOOK, tmp_path / "2010-Q1.xlsx")
    content = snapshot._content
    monkeypatch.setattr(snapshot, "_content", lambda path: None if path.stem == "2010-Q1" else content(path))
    with chapters(short(tmp_path / "1_short.ipynb", "1 + 1")):
        result = run("report", tmp_path / "2010-Q2.xlsx", "--out", tmp_path / "reports")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "2010-Q1.xlsx: this workbook cannot be read now; the report is made without it." in result.stdout


@only_whole
def test_a_list_that_is_changed_meanwhile_changes_nothing_either(tmp_path, project):
    """The programs that run cells read the lists when they begin; so they do from a copy."""
    where = "from ccpcr_lib.model.resources import lists_folder\nprint(lists_folder().parts[-3:])"
    shutil.copy(WORKBOOK, tmp_path)
    with chapters(short(tmp_path / "1_short.ipynb", where)):
        assert run("report", tmp_path / "2010-Q2.xlsx", "--out", tmp_path / "reports").exit_code == 0
    cells = json.loads((tmp_path / "reports/2010-Q2/notebooks/1_short.ipynb").read_text(encoding="utf-8"))["cells"]
    (shown,) = cells[-1]["outputs"][0]["text"]
    assert shown.endswith("'read', 'lists')\n")
