"""Notebooks → executed ones, in a few programs that run cells (`shell`), each used for several notebooks.

A program may be started long before there is work for it: it imports meanwhile what every notebook needs.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from threading import Event, Timer
from typing import IO, TYPE_CHECKING, Any, cast

from ...model.errors import CannotReadError
from ...model.resources import resource
from ...words import say
from .work import NUMBERED, SECONDS, Executed, NotebookError, Work, in_slices, language, why_failed

if TYPE_CHECKING:
    from nbformat import NotebookNode

COMMAND = (sys.executable, "-P", "-m", "ccpcr_lib.publish.pages.shell")
LEFT_OUT = "skip-execution"
"""The tag of cells that a Jupyter client does not run."""


@dataclass(frozen=True)
class Worker:
    """A program that runs cells: what it is asked through, what it answers through, and how to end it."""

    process: subprocess.Popen[str]
    asked: IO[str]
    answered: IO[str]

    def ask(self, code: str, name: str, *, silent: bool = False) -> dict[str, Any]:
        """Have a cell of a notebook run; raise NotebookError if it fails, takes too long, or ends the program.

        Of `silent` code, which belongs to no notebook, an error with a file is raised as the OSError that it is.
        """
        answer = self.answer(code, f"{name}.ipynb", silent=silent)
        if answer["error"]:
            error, message, of_file = answer["error"]
            if silent and of_file:
                raise OSError(*of_file)
            raise NotebookError(why_failed(name, error, message))
        return answer

    def answer(self, code: str, file: str, *, silent: bool = True) -> dict[str, Any]:
        """Have code of a file run, and give the answer; raise NotebookError if it takes too long, or is broken off."""
        late = Event()
        limit = Timer(SECONDS, self._end, [late])
        limit.daemon = True
        limit.start()
        try:
            line = self._ask(json.dumps({"code": code, "silent": silent}))
        finally:
            limit.cancel()
        if not line.endswith("\n"):  # nothing, or half an answer
            why = "cell_too_long" if late.is_set() else "worker_ended"
            raise NotebookError(say(why, file=file, minutes=SECONDS / 60))
        return json.loads(line)

    def _end(self, late: Event) -> None:
        """End a program that takes too long, and say first that this is why."""
        late.set()
        self.process.kill()

    def _ask(self, question: str) -> str:
        """Give the answer to a question; nothing where the program has ended."""
        try:
            print(question, file=self.asked, flush=True)
            return self.answered.readline()
        except OSError:
            return ""


@contextmanager
def open_workers(count: int | None = None) -> Iterator[list[Worker]]:
    """Start programs that run cells, as many as there are cores, or notebooks of a report; end them at the end."""
    most = len(list(resource("notebooks").glob(NUMBERED)))
    number = min(os.cpu_count() or 1, most) if count is None else count
    with ExitStack() as stack:
        yield [stack.enter_context(_open_worker()) for _ in range(number)]


@contextmanager
def _open_worker() -> Iterator[Worker]:
    with _start() as process:
        asked, answered = cast(IO[str], process.stdin), cast(IO[str], process.stdout)
        try:
            yield Worker(process, asked, answered)
        finally:
            process.kill()
            with suppress(OSError):  # a question that never reached it
                asked.close()


def _start() -> subprocess.Popen[str]:
    """Start a program that runs cells; raise CannotReadError where Python itself does not start."""
    pipe, nothing = subprocess.PIPE, subprocess.DEVNULL
    try:
        return subprocess.Popen(
            COMMAND, cwd=resource("notebooks"), stdin=pipe, stdout=pipe, stderr=nothing, encoding="utf-8"
        )
    except OSError as error:
        raise CannotReadError(say("python_missing", reason=error.strerror)) from error


def run_in_workers(work: Work, workers: Sequence[Worker]) -> None:
    """Run the waiting notebooks; at the first failure end all workers."""
    with ThreadPoolExecutor(len(workers)) as pool:
        running = [pool.submit(_work_off, work, worker) for worker in workers]
        try:
            for done in in_slices(running):
                done.result()
        except BaseException:
            for worker in workers:
                worker.process.kill()
            raise


def _work_off(work: Work, worker: Worker) -> None:
    """Run one notebook after another, until none is waiting."""
    while next_one := work.take():
        name, notebook = next_one
        worker.ask(work.wipe, name, silent=True)
        _run(notebook, worker, name)
        worker.ask(work.save, name, silent=True)
        work.finished(Executed(name, notebook))


def _run(notebook: "NotebookNode", worker: Worker, name: str) -> None:
    """Run the cells of a notebook that have anything in them, and put what they show into them."""
    from nbformat import from_dict

    for cell in notebook.cells:
        is_left_out = LEFT_OUT in cell.metadata.get("tags", ())
        if cell.cell_type == "code" and cell.source.strip() and not is_left_out:
            answer = worker.ask(cell.source, name)
            cell.outputs, cell.execution_count = from_dict(answer["outputs"]), answer["count"]
    notebook.metadata.language_info = from_dict(language())
