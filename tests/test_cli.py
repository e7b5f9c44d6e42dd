"""What holds for every command: its help, and what it refuses in one line."""

import pytest
from commands import digest, refused, run
from workbooks import WORKBOOK, changed

# --- help ---


def test_help_shows_a_usual_quarter_and_every_command():
    shown = run("--help").stdout
    assert "ccpcr report 2010-Q3" in shown
    listed = [line.split()[0] for line in shown.partition("Commands:")[2].split("\n") if line[2:3].strip()]
    assert listed == ["check", "compare", "demo", "explain", "lab", "new", "report", "tidy", "verify"]


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (
            "report",
            "0 done, 1 errors in the workbook or nothing filled in (nothing is made), 2 the workbook cannot be read",
        ),
        ("check", "0 nothing above a note, 1 findings, 2 a workbook cannot be read"),
        (
            "compare",
            "0 nothing differs, or the agreed workbook is written; 1 differences, or lines that are not settled",
        ),
        ("tidy", "0 done, 1 errors in the workbook (nothing is written), 2 the workbook cannot be read"),
        ("verify", "0 everything is the same, 1 something changed, 2 it cannot be run again"),
        ("lab", "0 ended by hand, 2 there is no such page in this folder"),
    ],
)
def test_help_of_a_command_says_its_exit_codes(command, codes):
    assert codes in " ".join(run(command, "-h").stdout.split())


@pytest.mark.parametrize(
    "option", ["--data", "--year-starts", "--out", "--language", "--fresh-kernels", "--period", "--template", "--final"]
)
def test_help_explains_every_option_of_report(option):
    assert option in run("report", "--help").stdout


def test_the_version_is_the_one_of_the_package():
    assert run("--version").stdout == "ccpcr, version 1.0.0\n"


def test_an_unknown_command_option_or_language_is_a_usage_error():
    assert run("reprot").exit_code == 2
    assert run("report", "2010-Q2", "--langage", "km").exit_code == 2
    assert run("report", "2010-Q2", "--language", "fr").exit_code == 2


# --- bad input ---

BAD = {
    "missing.xlsx": None,
    "empty.xlsx": b"",
    "text.xlsx": b"No workbook, only words.\n",
    "picture.xlsx": b"\x89PNG\r\n\x1a\n" + bytes(64),
    "encrypted.xlsx": bytes.fromhex("D0CF11E0A1B11AE1") + bytes(600),
    "cut.xlsx": WORKBOOK.read_bytes()[:5000],
    "zip.xlsx": b"PK\x05\x06" + bytes(18),
    "letter.docx": b"PK\x05\x06" + bytes(18),
    "folder.xlsx": "folder",
}


@pytest.mark.parametrize("command", ["report", "check", "tidy"])
@pytest.mark.parametrize("name", BAD)
def test_what_is_no_workbook_is_refused_in_one_line_by_every_command(tmp_path, command, name):
    path, content = tmp_path / name, BAD[name]
    if content == "folder":
        path.mkdir()
    elif content is not None:
        path.write_bytes(content)
    before = sorted(tmp_path.iterdir())
    more = {"tidy": ["-o", tmp_path / "counts.csv"], "report": ["--out", tmp_path / "reports"]}.get(command, [])
    refused(run(command, path, *more), 2, f"{name}: ")
    assert sorted(tmp_path.iterdir()) == before


def test_no_command_changes_the_workbook(tmp_path):
    path = changed(tmp_path, {"Slide 12!C6": "many"})
    before = (digest(path), path.stat().st_mtime_ns)
    run("check", path)
    run("tidy", path, "-o", tmp_path / "counts.csv")
    run("report", path, "--out", tmp_path / "reports")
    assert (digest(path), path.stat().st_mtime_ns) == before
