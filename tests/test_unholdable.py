"""Characters that no file can hold, and names that are code elsewhere: read without harm, written everywhere."""

import io
import json
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from chapters import chapters, short
from commands import ccpcr, run
from extent import only_whole
from planting import pack, parts_of
from workbooks import PLAN, WORKBOOK, changed

from ccpcr_lib.excel.annotate import annotate
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.text import holdable, name_of
from ccpcr_lib.publish.files import json_text
from ccpcr_lib.publish.pages.notebooks import for_report, notebook_paths
from ccpcr_lib.words import meant, say

SKILLS = "xl/worksheets/sheet9.xml"
UNHELD = [
    *("_x0007_", "_x0000_", "_x0001_", "_x001B_", "_x007F_", "_x009f_", "_xFFFE_", "_xffff_", "_xD800_", "_xDC00_"),
    *("&#x7f;", "&#x9f;", "\ufdd0", "\ufdef", "\U0001fffe"),
]
"""How a character that is none stands in a sheet, as Excel writes it or another program."""


def with_skill(folder: Path, written: str, *, sentence: str = "") -> Path:
    """Write another name of the skill Sewing as a sheet writes it, and something behind a sentence."""
    parts = parts_of(WORKBOOK)
    assert b"<t>Sewing</t>" in parts[SKILLS]
    parts[SKILLS] = parts[SKILLS].replace(b"<t>Sewing</t>", f'<t xml:space="preserve">{written}</t>'.encode())
    (narrative,) = (name for name, part in parts.items() if b"<t>Section</t>" in part)
    last = parts[narrative].rindex(b".</t>")
    parts[narrative] = parts[narrative][:last] + sentence.encode() + parts[narrative][last:]
    return pack(folder / "2010-Q2.xlsx", parts)


def skills(path: Path) -> list[str]:
    return list(read_workbook(path).members["vocational_skills"])


def well_formed(data: bytes) -> int:
    """Read every part of an Office file, and of those within it; give how many they are."""
    count = 0
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels", ".vml")):
                ET.fromstring(package.read(name))
                count += 1
            elif name.endswith(".xlsx"):
                count += well_formed(package.read(name))
    return count


@pytest.mark.parametrize("written", UNHELD)
def test_what_nobody_sees_is_no_part_of_a_name(tmp_path, written):
    assert skills(with_skill(tmp_path, f"Sew{written}ing")) == skills(WORKBOOK)


@pytest.mark.parametrize("written", ["_x000B_", "_x000C_", "_x001C_", "_x001F_", "_x000D_", "_x0009_", "&#x85;"])
def test_what_parts_words_is_a_blank(tmp_path, written):
    assert skills(with_skill(tmp_path, f"Silk{written}painting"))[0] == "Silk painting"


@pytest.mark.parametrize("written", ["_x0007_", "_x0000__xFFFE_", " _x0001_ "])
def test_a_cell_with_nothing_else_in_it_is_empty(tmp_path, written):
    (tmp_path / "blank").mkdir()
    blank = read_workbook(changed(tmp_path / "blank", {"Slide 15!B5": None}))
    assert blank.findings != read_workbook(WORKBOOK).findings
    assert read_workbook(with_skill(tmp_path, written)).findings == blank.findings


def test_a_name_that_only_looks_like_an_escape_stays():
    assert holdable("_x00_ x0007 _x_") == "_x00_ x0007 _x_"


@pytest.mark.parametrize(
    "name", ["<b>&amp;", "$x_1$ and $y$", "{field} {0} %s 100%", "=SUM(A1)", "-1+2", "@x", "_", "\u200f", "w" * 300]
)
def test_a_name_that_is_code_elsewhere_is_a_finding_or_a_member_and_copied_whole(tmp_path, name):
    path = changed(tmp_path, {"Slide 15!B5": name, "Slide 19!B5": name})
    result = run("check", path, "--annotate", tmp_path / "copy.xlsx")
    assert result.exit_code in (0, 1)
    assert well_formed((tmp_path / "copy.xlsx").read_bytes()) > 10
    assert run("check", path, "--json").exit_code in (0, 1)


def test_an_annotated_copy_of_a_workbook_with_such_characters_opens(tmp_path):
    path = with_skill(tmp_path, "Sew_x0007_ing", sentence=" _x0000_ bell_x0007_")
    assert well_formed(annotate(path, read_workbook(path).findings)) > 10


WHERE_NAMES_STAND = (
    "from ccpcr_lib import release, show_chart, show_findings, show_relations, show_sentence, show_table",
    "quarter = release(workbook, language)",
    "show_findings(quarter)",
    "show_relations(quarter)",
    *(f'show_{what}(quarter, "vocational_skills")' for what in ("sentence", "table")),
    'show_chart(quarter, "vocational_skills", "months")',
    *(f'show_{what}(quarter, "skills_follow_up")' for what in ("sentence", "table")),
    'show_chart(quarter, "skills_follow_up", "clients_and_times")',
)
"""The cells of a notebook that shows whatever the names of skills and the last sentence reach."""


@only_whole
@pytest.mark.slow
def test_a_report_of_such_names_is_whole_and_every_file_of_it_opens(tmp_path):
    written = 'Silk_x0007_ &lt;b&gt; &amp; "q" $x_1$ $y$ {field} 100% _x_ 😀 \u200f_xFFFE_ ' + "w" * 300
    path = with_skill(tmp_path, written, sentence=" _x0000_ bell_x0007_ &lt;script&gt; $5$")
    (tmp_path / "photos" / "2010-Q2").mkdir(parents=True)
    with chapters(short(tmp_path / "1_named.ipynb", *WHERE_NAMES_STAND)):
        made = run("report", path, "--out", tmp_path / "reports", "--language", "en+km")
    assert made.exit_code == 0, made.stderr[-2500:]
    report = tmp_path / "reports" / "2010-Q2"
    assert all(well_formed(file.read_bytes()) for file in (report / "deck.pptx", report / "tables.xlsx"))
    assert len([ET.fromstring(file.read_bytes()).tag for file in (report / "charts").glob("*.svg")]) == 2
    for file in [*report.glob("*.html"), *report.glob("*.csv"), *report.glob("notebooks/*")]:
        text = file.read_text(encoding="utf-8")
        assert {"\x07", "\x00", "\ufffe"}.isdisjoint(text)
        assert "<script> $5$" not in text


# --- names that the computer has only as bytes --------------------------------------------------------------

ASCII = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
"""A computer that takes every name for bytes; Windows with an old code page takes Khmer for question marks."""
OLD = {"PYTHONIOENCODING": "cp437"}


def test_bytes_are_a_text_as_it_was_meant():
    halves = "ខ្មែរ".encode().decode("ascii", "surrogateescape")
    assert meant(halves) == "ខ្មែរ"
    assert meant("a\udcffb") == "a\ufffdb"
    assert meant("\ud800a\udfff") == "a"
    assert say("file_missing").isprintable()
    assert say("demo_done", count=1, folder=halves, first="a", last="b").count("ខ្មែរ") == 1
    assert name_of(Path("x", halves + "\n\x07.jpg")) == "ខ្មែរ .jpg"


def test_json_and_notebooks_hold_any_name():
    assert json.loads(json_text({"a": "x\udcff"})) == {"a": "x\udcff"}
    for path in notebook_paths():
        notebook = for_report(path, workbook="bad\udcff 2010-Q2.xlsx", language="en", period="2010-Q2")
        source = "".join(
            cell.source for cell in notebook.cells if "injected-parameters" in cell.metadata.get("tags", ())
        )
        assert source.isascii()
        assert "2010-Q2.xlsx" in source


@pytest.mark.parametrize(
    ("computer", "folder"),
    [(ASCII, "របាយការណ៍ ខ្មែរ".encode()), (OLD, b"bad\xff folder")],
    ids=["ascii", "cp437"],
)
def test_a_folder_that_the_computer_cannot_say_is_worked_in(tmp_path, computer, folder):
    place = Path(str(tmp_path), folder.decode("utf-8", "surrogateescape"))
    place.mkdir()
    for file in (WORKBOOK, PLAN):
        (place / file.name).write_bytes(file.read_bytes())
    for command in (
        ("explain", place / "2010-Q2.xlsx", "Slide 7!H9", "វាយដោយដៃ"),
        ("check", place / "nothing.xlsx"),
    ):
        ended = ccpcr(*command, **computer)
        assert (ended.returncode, ended.stderr.count(b"\n")) in [(0, 0), (2, 1)], ended.stderr
        assert b"Traceback" not in ended.stderr
    assert "វាយដោយដៃ" in (place / "explanations.csv").read_text(encoding="utf-8-sig")
