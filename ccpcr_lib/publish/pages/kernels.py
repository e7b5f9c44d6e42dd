"""Notebooks → executed ones, in Jupyter kernels: for widgets, and to hold all other ways of running them against.

A kernel is kept and wiped clean between notebooks, or is a fresh one for each.
"""

import asyncio
from typing import TYPE_CHECKING

from ...words import say
from .work import SECONDS, Executed, NotebookError, Work, without_errors_written

if TYPE_CHECKING:
    from jupyter_client.asynchronous.client import AsyncKernelClient
    from jupyter_client.manager import AsyncKernelManager

QUIET = ["--log-level=ERROR", "--HistoryManager.enabled=False"]


def run_in_kernels(work: Work, count: int, *, fresh: bool = False) -> None:
    """Run the waiting notebooks in as many kernels, or as there are notebooks; each in a kernel of its own if fresh."""
    try:
        asyncio.run(_share(work, count, fresh))
    except ExceptionGroup as group:
        raise group.exceptions[0] from None


async def _share(work: Work, count: int, fresh: bool) -> None:
    async with asyncio.TaskGroup() as group:
        for _ in range(min(count, len(work.waiting))):
            group.create_task(_work_off(work, fresh))


async def _work_off(work: Work, fresh: bool) -> None:
    """Run one notebook after another in one kernel, or in a kernel each, until none is waiting."""
    from jupyter_client.manager import AsyncKernelManager

    while work.waiting:
        kernel = AsyncKernelManager(kernel_name="python3")
        await kernel.start_kernel(cwd=str(work.places.run), extra_arguments=QUIET)
        client = kernel.client()
        try:
            client.start_channels()
            await client.wait_for_ready(timeout=60)
            await _run_one(work, kernel, client)
            while work.waiting and not fresh:
                await _silently(client, work.wipe)
                await _run_one(work, kernel, client)
        finally:
            client.stop_channels()
            await kernel.shutdown_kernel(now=True)


async def _run_one(work: Work, kernel: "AsyncKernelManager", client: "AsyncKernelClient") -> None:
    """Run the next notebook in a kernel."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    name, notebook = work.waiting.pop()
    runner = NotebookClient(notebook, km=kernel, record_timing=False, timeout=SECONDS)
    runner.kc = client
    try:
        await runner.async_execute(cleanup_kc=False)
    except CellTimeoutError as error:
        raise NotebookError(say("cell_too_long", file=f"{name}.ipynb", minutes=SECONDS / 60)) from error
    except DeadKernelError as error:
        raise NotebookError(say("worker_ended", file=f"{name}.ipynb")) from error
    except CellExecutionError as error:
        message = " ".join(error.evalue.split())
        raise NotebookError(say("notebook_failed", name=name, error=error.ename, message=message)) from error
    without_errors_written(notebook)
    await _silently(client, work.save)
    await asyncio.to_thread(work.finished, Executed(name, notebook))


async def _silently(client: "AsyncKernelClient", code: str) -> None:
    """Run code that belongs to no notebook; raise NotebookError if it fails."""
    reply = await client.execute_interactive(code, store_history=False, output_hook=lambda message: None, timeout=120)
    content = reply["content"]
    if content["status"] != "ok":
        raise NotebookError(say("kernel_failed", error=content["ename"], message=content["evalue"]))
