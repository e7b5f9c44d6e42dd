"""How fast workbooks are read and checked, against a named peer in the same run. Run with `make bench`.

As in `test_speed`, each line says what was measured, both medians, and the ratio, and no time is asserted.
"""

import shutil
from pathlib import Path

import pandas as pd
import pytest
from peers import CCPCR, ROOT, WORKBOOK, beside, call, judge, profile, tell

from ccpcr_lib import explorer, load_all
from ccpcr_lib.excel.reader import read_workbook, workbooks
from ccpcr_lib.quality.check import check_reading

DEMO = ROOT / "data" / "demo"
SOUND = DEMO / "2011-Q4-SYNTHETIC.xlsx"
"""A quarter that agrees with itself: no wrong cell is searched for."""
READ_AND_CHECKED, COMMAND, FOLDER, EXPLORED = 2.0, 0.5, 2.0, 1.5
"""What each is to take at most of its peer's time."""


def raw(*files: Path, engine: str = "calamine") -> list:
    """Fetch the cells of workbooks, as they are."""
    return [pd.read_excel(file, sheet_name=None, header=None, engine=engine) for file in files]


def read_and_check(path: Path = WORKBOOK) -> list:
    return list(check_reading(read_workbook(path)))


@pytest.mark.parametrize(("engine", "rounds"), [("calamine", 40), ("openpyxl", 10)])
def test_reading(benchmark, capsys, engine, rounds):
    reading, own, peer = beside(
        benchmark, lambda: read_workbook(WORKBOOK), lambda: raw(WORKBOOK, engine=engine), rounds
    )
    assert len(reading.base) == 317
    tell(capsys, "reading, to counts and claims", own, f"pandas with {engine}, raw cells", peer)


@pytest.mark.parametrize("path", [SOUND, WORKBOOK], ids=["all agrees", "figures disagree"])
def test_reading_and_checking(benchmark, capsys, path):
    findings, own, peer = beside(benchmark, lambda: read_and_check(path), lambda: raw(path), 40)
    assert any(finding.severity != "note" for finding in findings) == (path == WORKBOOK)
    tell(capsys, f"reading and checking {path.name}", own, "pandas with calamine, raw cells", peer)
    judge(capsys, own / peer, READ_AND_CHECKED, lambda: profile(lambda: read_and_check(path), 20))


def test_the_command_that_checks(benchmark, capsys):
    command = ("-c", CCPCR, "check", WORKBOOK)
    _, own, peer = beside(benchmark, lambda: call(*command, codes=(0, 1)), lambda: call("-c", "import pandas"), 10)
    tell(capsys, "ccpcr check, as a process", own, "python -c 'import pandas'", peer)
    judge(capsys, own / peer, COMMAND)


def test_checking_grows_with_the_quarters(benchmark, capsys):
    """Check 100 and 1,000 quarters: ten times as many should take ten times as long."""

    def check(quarters: int) -> list:
        return [read_and_check() for _ in range(quarters)]

    many, own, peer = beside(benchmark, lambda: check(1000), lambda: check(100), 1)
    assert len(many) == 1000
    tell(capsys, "reading and checking 1,000 quarters", own, "ten times 100 quarters", 10 * peer)


def test_a_folder_of_twelve_quarters(benchmark, capsys):
    files = [path for path in workbooks(DEMO) if path.stem.startswith("20")]
    history, own, peer = beside(benchmark, lambda: load_all(DEMO), lambda: raw(*files), 7)
    assert len(history) == len(files) == 12
    tell(capsys, "load_all of twelve quarters", own, "pandas with calamine, raw cells of them", peer)
    judge(capsys, own / peer, FOLDER, lambda: profile(lambda: load_all(DEMO), 3))


def test_the_first_picture_of_the_explorer(benchmark, capsys, tmp_path):
    (one := tmp_path / "one").mkdir()
    shutil.copy(SOUND, one)

    def first(folder: Path) -> object:
        return explorer(str(folder), str(tmp_path / "exports"))

    _, own, peer = beside(benchmark, lambda: first(DEMO), lambda: first(one), 7)
    tell(capsys, "the explorer's first picture of twelve quarters", own, "of one quarter", peer)
    judge(capsys, own / peer, EXPLORED, lambda: profile(lambda: first(DEMO), 3))
