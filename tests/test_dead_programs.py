"""Programs and kernels that run notebooks and are killed, slow or not there: one line each."""

import asyncio
import io
import json
import signal
import sys
from pathlib import Path

import nbformat
import psutil
import pytest
from commands import run
from jupyter_client.manager import AsyncKernelManager
from workbooks import ROOT, WORKBOOK

from ccpcr_lib.model.errors import CannotReadError
from ccpcr_lib.publish.pages import kernels, workers
from ccpcr_lib.publish.pages.work import NotebookError, Places, Work, why_failed

HERE = Places(ROOT / "notebooks")
DEAD = "1.ipynb: the program that was at work on it was ended from outside, or there was not enough memory for it."


def notebook(*cells: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])


def in_kernel(*cells: str) -> None:
    kernels.run_in_kernels(Work([("1", notebook(*cells))], HERE, lambda executed: None), 1, fresh=True)


@pytest.fixture
def kernel(tmp_path, monkeypatch):
    """Have another program in the place of Jupyter's kernel for Python."""

    def put(*command: str) -> None:
        place = tmp_path / "kernels" / "python3"
        place.mkdir(parents=True)
        about = {"argv": list(command), "display_name": "Python 3", "language": "python"}
        (place / "kernel.json").write_text(json.dumps(about), encoding="utf-8")
        monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    return put


@pytest.mark.parametrize("answered", ["", '{"outputs": [', '{"outputs": [], "count": 1, "error": null}'])
def test_half_an_answer_is_none(answered):
    class Ended:
        def kill(self) -> None:
            """Be dead already."""

    worker = workers.Worker(Ended(), io.StringIO(), io.StringIO(answered))
    with pytest.raises(NotebookError) as raised:
        worker.answer("1", "1.ipynb")
    assert str(raised.value).startswith(DEAD)


@pytest.mark.parametrize("program", ["/nowhere/python", "", str(Path(__file__))], ids=["gone", "unnamed", "no program"])
def test_python_that_does_not_start_is_one_line(monkeypatch, program):
    monkeypatch.setattr(workers, "COMMAND", (program, "-c", "pass"))
    with pytest.raises(CannotReadError, match=r"^Python itself, which runs the notebooks, cannot be started here: "):
        workers.open_workers(1).__enter__()
    result = run("report", WORKBOOK)
    assert (result.exit_code, result.stdout, result.stderr.count("\n")) == (2, "", 1)


def test_a_cell_without_memory_says_so():
    said = "1.ipynb: there was not enough memory for it. Close other programs and try again."
    assert why_failed("1", "MemoryError", "Unable to allocate 3 GiB") == said
    assert why_failed("1", "KeyError", "'a\n b'") == "1.ipynb: KeyError: 'a b'"


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSEGV, signal.SIGTERM])
def test_a_program_that_dies_in_the_middle_of_a_cell_is_one_line(number):
    with workers.open_workers(1) as own, pytest.raises(NotebookError) as raised:
        workers.run_in_workers(
            Work([("1", notebook("1 + 1", f"import os; os.kill(os.getpid(), {int(number)})"))], HERE, print), own
        )
    assert str(raised.value).startswith(DEAD)


@pytest.mark.slow
def test_a_kernel_that_dies_in_the_middle_of_a_cell_is_one_line():
    with pytest.raises(NotebookError) as raised:
        in_kernel("1 + 1", "import os; os.kill(os.getpid(), 9)")
    assert str(raised.value).startswith(DEAD)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("/nowhere/python", "{connection_file}"), "Jupyter’s kernel for Python cannot be started here."),
        ((sys.executable, "-c", "1"), "a kernel ended before it could run anything:"),
    ],
    ids=["missing", "dead"],
)
def test_a_kernel_that_is_not_there_is_one_line(kernel, command, said):
    kernel(*command)
    with pytest.raises(NotebookError) as raised:
        in_kernel("1")
    assert str(raised.value).startswith(said)


def test_a_slow_kernel_is_waited_for_and_said_to_be_slow_and_one_too_slow_is_given_up(kernel, monkeypatch, capsys):
    assert (kernels.PATIENCE, kernels.START_SECONDS) == (20, 300)
    kernels._say_slow.cache_clear()
    monkeypatch.setattr(kernels, "PATIENCE", 0.1)
    monkeypatch.setattr(kernels, "START_SECONDS", 0.6)
    kernel(sys.executable, "-c", "import time; time.sleep(30)")
    with pytest.raises(NotebookError, match=r"^a kernel did not start within 0\.01 minutes\. Close other programs"):
        in_kernel("1")
    assert capsys.readouterr().err == (
        "The programs that run the notebooks are slow to start on this computer. "
        "They are waited for, up to 0.01 minutes.\n"
    )


def test_a_kernel_that_starts_when_all_is_run_already_runs_nothing():
    nobody = Work([], HERE, lambda executed: None)
    assert asyncio.run(kernels._run_one(nobody, None, None)) is None


@pytest.mark.slow
def test_a_kernel_that_is_stopped_while_it_starts_is_ended(monkeypatch):
    started = []

    async def stopped(self: AsyncKernelManager, **_: object) -> None:
        started.append(self.provisioner.pid)
        raise asyncio.CancelledError

    async def use() -> None:
        async with kernels._open_kernel(Work([], HERE, lambda executed: None)):
            pass

    monkeypatch.setattr(AsyncKernelManager, "_async_post_start_kernel", stopped)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(use())
    assert len(started) == 1
    assert not psutil.pid_exists(started[0])
