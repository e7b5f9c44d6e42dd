"""Ctrl-C at any moment, and no memory left: one line and an exit code; nothing half made, no program left."""

import os
import signal
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import psutil
import pytest
from commands import CCPCR, run
from extent import only_whole, proof
from workbooks import DEMO, WORKBOOK

from ccpcr_lib.publish.proof.provenance import fingerprints, read

STOPPED = "Stopped. Nothing is left half made.\n"
NO_MEMORY = "This computer has not enough memory free for it. Close other programs and try again.\n"
COMMANDS = [
    ("ccpcr_lib.quality.plan_checked.check_workbook", ("check", WORKBOOK)),
    ("ccpcr_lib.analysis.report.load", ("explain", WORKBOOK, "Slide 6!C6", "why")),
    ("ccpcr_lib.analysis.report.load", ("tidy", WORKBOOK, "-o", "counts.csv")),
    ("ccpcr_lib.analysis.report.load", ("report", WORKBOOK, "--fresh-kernels")),
    ("ccpcr_lib.quality.compared.compare_workbooks", ("compare", WORKBOOK, DEMO / "2010-Q2-SYNTHETIC.xlsx")),
    ("ccpcr_lib.forms.draft.draft_from", ("new", "2010-Q4")),
    ("ccpcr_lib.forms.demo.write_demo", ("demo",)),
    ("ccpcr_lib.publish.proof.verify.verify", ("verify", "reports/2010-Q2")),
]


@pytest.mark.parametrize(
    ("error", "line", "code"), [(KeyboardInterrupt, STOPPED, 130), (MemoryError, NO_MEMORY, 2)], ids=["stop", "memory"]
)
@pytest.mark.parametrize(("within", "command"), COMMANDS, ids=[command[0] for _, command in COMMANDS])
def test_every_command_ends_in_one_line(tmp_path, monkeypatch, within, command, error, line, code):
    def end(*_, **__):
        raise error

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(within, end)
    result = run(*command)
    assert (result.exit_code, result.stdout, result.stderr) == (code, "", line)
    assert list(tmp_path.iterdir()) == []


def hearing() -> None:
    """Let a program hear all signals, whoever started these tests: `nohup` and a shell's `&` let some be ignored."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def started(*arguments: object) -> subprocess.Popen[bytes]:
    """Start the command as a terminal does: in a group of programs of its own, which Ctrl-C reaches."""
    pipe = subprocess.PIPE
    command = [*CCPCR, *map(str, arguments)]
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, start_new_session=True, preexec_fn=hearing)


READY = "from ccpcr_lib.cli import main; print('ready', flush=True); main()"


def working(*arguments: object) -> subprocess.Popen[bytes]:
    """Start the command, and wait until it is one: before that a signal is Python's own affair."""
    pipe, command = subprocess.PIPE, [sys.executable, "-c", READY, *map(str, arguments)]
    process = subprocess.Popen(command, stdout=pipe, stderr=pipe, start_new_session=True, preexec_fn=hearing)
    assert process.stdout
    assert process.stdout.readline() == b"ready\n"
    time.sleep(0.2)
    return process


def stop(process: subprocess.Popen[bytes], *, group: bool, times: int = 1) -> tuple[int, bytes]:
    """Press Ctrl-C, which reaches all programs of a terminal, or the command alone; give how it ended."""
    for _ in range(times if process.poll() is None else 0):  # it may have ended by itself
        os.killpg(process.pid, signal.SIGINT) if group else process.send_signal(signal.SIGINT)
        time.sleep(0.01)
    error = process.communicate(timeout=60)[1]
    return process.returncode, error


@pytest.mark.parametrize("group", [True, False], ids=["terminal", "alone"])
def test_one_that_is_impatient_presses_it_again_and_again(group):
    process = working("demo", "-o", os.devnull + "/never")
    assert stop(process, group=group, times=5) == (130, STOPPED.encode())


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=["asked to end", "terminal closed"])
def test_one_that_is_ended_otherwise_ends_as_on_ctrl_c(number):
    process = working("demo", "-o", os.devnull + "/never")
    process.send_signal(number)
    assert (process.communicate(timeout=60)[1], process.returncode) == (STOPPED.encode(), 130)


LOST = """
import os, signal, sys, time
from ccpcr_lib.cli import main
from ccpcr_lib.excel import named_files
class Gone:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0)
def find(*_, **__):
    Gone()
    time.sleep(5)
    print("went on")
named_files.find_workbook = find
sys.argv = ["ccpcr", "tidy", "2010-Q2", "-o", "counts.csv"]
main()
"""


@only_whole
def test_it_may_come_while_python_is_clearing_up_and_nobody_can_be_told():
    done = subprocess.run([sys.executable, "-c", LOST], capture_output=True, preexec_fn=hearing, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", STOPPED.encode())


def test_what_cannot_be_printed_is_one_line(tmp_path):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*CCPCR, "check", str(WORKBOOK)], stdout=full, stderr=subprocess.PIPE, check=False)
    said = b"What was found cannot be written here: No space left on device. Let it be shown, or write it to another"
    assert (done.returncode, done.stderr) == (2, said + b" place.\n")


def test_it_may_come_while_the_command_is_still_being_imported():
    early = (
        "import os, signal, sys\n"
        "class Press:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'click': os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Press())\n"
        "from ccpcr_lib.cli import main\n"
        "print('went on')\n"
    )
    ended = subprocess.run([sys.executable, "-c", early], capture_output=True, text=True, preexec_fn=hearing)
    assert (ended.returncode, ended.stdout, ended.stderr) == (130, "", STOPPED)


def test_who_imports_the_commands_keeps_their_own_ctrl_c():
    script = (
        "import signal; mine = signal.signal(signal.SIGINT, lambda *_: None); mine = signal.getsignal(signal.SIGINT)\n"
        "from ccpcr_lib.cli import main; print(signal.getsignal(signal.SIGINT) is mine)"
    )
    assert subprocess.run([sys.executable, "-c", script], capture_output=True).stdout.strip() == b"True"


WAYS = {"terminal": (True, ()), "alone": (False, ()), "kernels": (False, ("--fresh-kernels",))}
"""Whether Ctrl-C reaches all programs of a terminal, or the command alone; what is asked of the report."""


@pytest.mark.slow
@proof("moment, way", list(product([0.3, 2, 4, 6, 8, 10, 12, 14], WAYS)), sample=1)
def test_a_report_that_is_stopped_leaves_neither_files_nor_programs(tmp_path, moment, way):
    group, options = WAYS[way]
    process = started("report", WORKBOOK, "--out", tmp_path / "reports", *options)
    time.sleep(moment)
    children = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
    code, error = stop(process, group=group)
    assert (code, error) in [(130, STOPPED.encode()), (0, b"")]
    left = [path.name for path in Path(tmp_path).glob("reports/*")]
    assert left in ([["2010-Q2"], []] if code else [["2010-Q2"]])  # it may have been stopped with its report in place
    assert not left or fingerprints(tmp_path / "reports" / "2010-Q2") == read(tmp_path / "reports" / "2010-Q2").files
    _, alive = psutil.wait_procs(children, timeout=5)
    assert alive == []
