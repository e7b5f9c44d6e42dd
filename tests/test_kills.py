"""Runs that are killed, run beside each other, or find the disk full: one whole report stands, and nothing else."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from chapters import short
from commands import CCPCR, digest
from extent import extent, only_whole, proof
from workbooks import WORKBOOK

from ccpcr_lib.publish.pages.paper import GUARD
from ccpcr_lib.publish.workshop import open_workshop

pytestmark = pytest.mark.slow
if sys.platform == "win32":
    pytest.skip("Windows has no such signals and limits", allow_module_level=True)

SHORT = """
import sys
from pathlib import Path
from chapters import chapters
from ccpcr_lib.cli import main
with chapters(*map(Path, sys.argv[1].split(":"))):
    main(["report", *sys.argv[2:]])
"""
PATIENCE = 20
MOMENTS = [(by, part / 10) for by in ("seconds", "files") for part in range(1, 11)]
"""When a report is killed: after a part of the time that it takes, or once a part of its files is there."""
CELLS = (
    "from ccpcr_lib import release, show_chart\nquarter = release(workbook, language)",
    'show_chart(quarter, "education")',
)


@pytest.fixture(scope="module")
def notebooks(tmp_path_factory) -> str:
    """Two short notebooks; a whole proof has the real ones, and prints them."""
    if extent() == "whole":
        return ""
    folder = tmp_path_factory.mktemp("short")
    return ":".join(str(short(folder / f"{number}_short.ipynb", *CELLS)) for number in (1, 2))


def reporting(notebooks: str, out: Path, temporary: Path, **more: object) -> subprocess.Popen:
    """Start a report of these short notebooks, or of the real ones if none is given, in a program of its own."""
    temporary.mkdir(exist_ok=True)
    own = os.environ | {"TMPDIR": str(temporary), "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", SHORT, notebooks] if notebooks else [*CCPCR, "report"]
    asked, pipe = [*command, str(WORKBOOK), "--out", str(out)], subprocess.PIPE
    return subprocess.Popen(asked, env=own, stdout=pipe, stderr=pipe, start_new_session=True, text=True, **more)


def contents(folder: Path) -> dict[str, str]:
    """Every file below a folder, with its fingerprint."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


@pytest.fixture(scope="module")
def whole(notebooks, tmp_path_factory) -> tuple[dict[str, str], float]:
    """What a report holds that nobody disturbs, and how many seconds it takes."""
    folder, start = tmp_path_factory.mktemp("whole"), time.monotonic()
    running = reporting(notebooks, folder / "reports", folder / "temporary")
    _, stderr = running.communicate()
    assert (running.returncode, stderr) == (0, "")
    return contents(folder / "reports"), time.monotonic() - start


@pytest.fixture
def older(tmp_path) -> Path:
    """The folder of an older report, which says of itself that it is as it was made."""
    report = tmp_path / "reports" / "2010-Q2"
    report.mkdir(parents=True)
    (report / "index.html").write_text("older", encoding="utf-8")
    texts = dict.fromkeys(("workbook", "sha256", "period", "language"), "")
    files = {"index.html": digest(report / "index.html")}
    known = texts | {"versions": {}, "beside": {}, "files": files}
    (report / "provenance.json").write_text(json.dumps(known), encoding="utf-8")
    return report.parent


def of(session: int) -> list[int]:
    """The programs of a session that still live."""
    return [process.pid for process in psutil.process_iter() if _session(process.pid) == session]


def _session(pid: int) -> int | None:
    try:
        return os.getsid(pid) if psutil.Process(pid).status() != psutil.STATUS_ZOMBIE else None
    except (ProcessLookupError, psutil.NoSuchProcess):
        return None


def ended(session: int) -> Iterator[bool]:
    for _ in range(PATIENCE * 10):
        yield not of(session)
        time.sleep(0.1)


def wait_for(running: subprocess.Popen, out: Path, by: str, much: float) -> None:
    """Wait so many seconds, or until a report that is being made has so many files, or has ended."""
    start = time.monotonic()
    while running.poll() is None and much > (time.monotonic() - start if by == "seconds" else written(out)):
        time.sleep(0.01)


def written(out: Path) -> int:
    """Count the files of a report that is being made, in its own place beside the reports."""
    folders = [folder for place in out.glob(".ccpcr-*/report") for folder in os.walk(place)]
    return sum(len(files) for _, _, files in folders)


@proof("by, part", MOMENTS, sample=1)
def test_a_report_that_is_killed_leaves_the_older_one_or_the_new_one_and_the_next_run_clears_the_rest(
    by, part, notebooks, whole, older
):
    new, seconds = whole
    before, temporary = contents(older), older.parent / "temporary"
    running = reporting(notebooks, older, temporary)
    wait_for(running, older, by, part * (seconds if by == "seconds" else len(new)))
    running.kill()
    running.communicate()
    assert any(ended(running.pid)), "its programs live on"
    assert list(temporary.iterdir()) == []
    with open_workshop(older):
        pass
    assert contents(older) in (before, new)


@only_whole
def test_of_two_reports_at_once_one_is_made_and_the_other_refused_in_a_line(notebooks, whole, older):
    new, _ = whole
    both = [reporting(notebooks, older, older.parent / "temporary") for _ in range(2)]
    said = {running.communicate()[1]: running.returncode for running in both}
    if len(said) == 1:  # the one had ended before the other had read the workbook
        assert said == {"": 0}
    else:
        busy = f"{older}: the report of 2010-Q2 is being made already. Wait until it is ready.\n"
        assert said == {"": 0, busy: 2}
    assert contents(older) == new
    assert list((older.parent / "temporary").iterdir()) == []


@proof("most", [2_000, 40_000], sample=1)
def test_a_full_disk_is_one_line_that_names_the_file_and_leaves_the_older_report(notebooks, older, most):
    """No file may be larger than so many bytes, which the system refuses in the middle of writing, as a full disk."""
    before = contents(older)

    def with_a_full_disk() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    running = reporting(notebooks, older, older.parent / "temporary", preexec_fn=with_a_full_disk)
    stdout, stderr = running.communicate()
    assert (running.returncode, stderr.count("\n")) == (2, 1), (stdout, stderr)
    name, _, reason = stderr.partition(": ")
    assert "/" not in name
    assert not name.startswith(".")
    assert "." in name
    assert reason.startswith("File too large.")
    assert contents(older) == before


def test_a_browser_ends_with_the_report_it_prints_for():
    asking = "import subprocess, sys, time\nsubprocess.Popen(sys.argv[1:], stdin=subprocess.PIPE)\ntime.sleep(60)"
    sleeping = [sys.executable, "-c", "import time; time.sleep(60)"]
    asked = subprocess.Popen([sys.executable, "-c", asking, *GUARD, *sleeping])
    for _ in range(PATIENCE * 10):
        there = psutil.Process(asked.pid).children(recursive=True)
        if len(there) == 2:
            break
        time.sleep(0.1)
    assert len(there) == 2
    asked.kill()
    asked.wait()
    assert psutil.wait_procs(there, PATIENCE)[1] == []


@pytest.mark.parametrize("code", [0, 3])
def test_a_guarded_program_gives_its_exit_code(code):
    command = [*GUARD, sys.executable, "-c", f"raise SystemExit({code})"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as running:
        assert running.wait(PATIENCE) == code
