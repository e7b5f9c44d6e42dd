"""Parameterized notebooks → executed ones, over all cores, each kernel used for several notebooks.

Most of a short notebook's time is starting a kernel and importing libraries, so a kernel is kept and wiped clean
between notebooks; `fresh` starts a new one for each, and gives the same outputs.
"""

import asyncio
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import nbformat
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode

from ...model.resources import resource
from ...words import say
from ..files import fill_in, seen_from, write_whole

WIPE = Path(__file__).with_name("wipe.ipy")
"""Makes a kernel as good as new between two notebooks."""
SAVE = Path(__file__).with_name("save_charts.ipy")
"""Writes the charts that a notebook has shown."""
WIDGET = "application/vnd.jupyter.widget-view+json"
QUIET = ["--log-level=ERROR", "--HistoryManager.enabled=False"]


class NotebookError(Exception):
    """A notebook could not be run: an unknown parameter, or an error in one of its cells."""


@dataclass(frozen=True)
class Executed:
    """A notebook that has run: its name without ending, and its cells with their outputs."""

    name: str
    notebook: NotebookNode


def notebook_paths() -> list[Path]:
    """List the report's notebooks, in the order of their numbers."""
    return sorted(resource("notebooks").glob("[0-9]*_*.ipynb"))


@cache
def parameter_names(path: Path) -> tuple[str, ...]:
    """List the parameters that a notebook has."""
    from papermill import inspect_notebook

    return tuple(inspect_notebook(str(path)))


def parameterize(path: Path, parameters: Mapping[str, object]) -> NotebookNode:
    """Read a notebook and give its parameters values.

    Raise NotebookError for a parameter that it does not have: papermill would only warn, and run with the defaults.
    """
    from papermill.iorw import load_notebook_node
    from papermill.parameterize import parameterize_notebook

    known = parameter_names(path)
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        names = {"unknown": ", ".join(unknown), "known": ", ".join(known)}
        raise NotebookError(say("notebook_no_parameter", file=path.name, **names))
    return parameterize_notebook(load_notebook_node(str(path)), dict(parameters))


def for_report(path: Path, *, workbook: Path, language: str, period: str) -> NotebookNode:
    """Read a notebook and give it what a report is about, as far as it has parameters for that."""
    place = seen_from(resource("notebooks"), workbook)
    offered = {"workbook": place, "language": language, "data": place, "period": period}
    return parameterize(path, {name: value for name, value in offered.items() if name in parameter_names(path)})


def execute_all(
    notebooks: Mapping[str, NotebookNode],
    *,
    charts: Path | None = None,
    fresh: bool = False,
    workers: int | None = None,
    finished: Callable[[Executed], None] = lambda executed: None,
) -> None:
    """Run notebooks by name, two or more at a time; call `finished` for each as it is done.

    Their charts are written into the folder `charts`, if one is given. Raise NotebookError, naming the notebook and the
    cell's last line.
    """
    try:
        work = _Work(_longest_last(notebooks), charts, fresh, finished)
        asyncio.run(_share(work, workers or os.cpu_count() or 1))
    except ExceptionGroup as group:
        raise group.exceptions[0] from None


def store_results(folder: Path | None = None) -> None:
    """Run every notebook of the project anew and store what it shows, without what only lives in a running kernel."""
    paths = {path.stem: path for path in (folder or resource("notebooks")).glob("*.ipynb")}

    def finished(executed: Executed) -> None:
        write_whole(paths[executed.name], nbformat.writes(stored(executed.notebook)) + "\n")

    execute_all({name: nbformat.read(path, as_version=4) for name, path in paths.items()}, finished=finished)


def stored(notebook: NotebookNode) -> NotebookNode:
    """Take widgets out of a notebook: their names are new in every run, and dead once the kernel is gone."""
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
    return notebook


@dataclass(frozen=True)
class _Work:
    """What kernels work off together: the notebooks that wait (the last one is next), and what happens to each."""

    waiting: list[tuple[str, NotebookNode]]
    charts: Path | None
    fresh: bool
    finished: Callable[[Executed], None]


def _longest_last(notebooks: Mapping[str, NotebookNode]) -> list[tuple[str, NotebookNode]]:
    """Order notebooks by a guess how long each runs, from how much it showed the last time."""
    shown = {name: sum(len(str(cell.get("outputs", ""))) for cell in book.cells) for name, book in notebooks.items()}
    return sorted(notebooks.items(), key=lambda named: shown[named[0]])


async def _share(work: _Work, workers: int) -> None:
    """Run the waiting notebooks in as many kernels as `workers`, or as there are notebooks."""
    async with asyncio.TaskGroup() as group:
        for _ in range(min(workers, len(work.waiting))):
            group.create_task(_work_off(work))


async def _work_off(work: _Work) -> None:
    """Run one notebook after another in one kernel, or in a kernel each, until none is waiting."""
    while work.waiting:
        kernel = AsyncKernelManager(kernel_name="python3")
        await kernel.start_kernel(cwd=str(resource("notebooks")), extra_arguments=QUIET)
        client = kernel.client()
        try:
            client.start_channels()
            await client.wait_for_ready(timeout=60)
            await _run_in(kernel, client, work)
        finally:
            client.stop_channels()
            await kernel.shutdown_kernel(now=True)


async def _run_in(kernel: AsyncKernelManager, client: AsyncKernelClient, work: _Work) -> None:
    """Run what is waiting in a kernel; only one notebook where each has a kernel of its own."""
    while work.waiting:
        name, notebook = work.waiting.pop()
        runner = NotebookClient(notebook, km=kernel, record_timing=False, timeout=600)
        runner.kc = client
        try:
            await runner.async_execute(cleanup_kc=False)
        except CellExecutionError as error:
            message = " ".join(error.evalue.split())
            raise NotebookError(say("notebook_failed", name=name, error=error.ename, message=message)) from error
        if work.charts:
            await _silently(client, fill_in(SAVE, folder=repr(str(work.charts.resolve()))))
        await asyncio.to_thread(work.finished, Executed(name, notebook))
        if work.fresh or not work.waiting:
            return
        await _silently(client, fill_in(WIPE))


async def _silently(client: AsyncKernelClient, code: str) -> None:
    """Run code that belongs to no notebook; raise NotebookError if it fails."""
    reply = await client.execute_interactive(code, store_history=False, output_hook=lambda message: None, timeout=120)
    content = reply["content"]
    if content["status"] != "ok":
        raise NotebookError(say("kernel_failed", error=content["ename"], message=content["evalue"]))
