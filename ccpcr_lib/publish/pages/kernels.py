"""Notebooks → executed ones, in Jupyter kernels: for widgets, and to hold all other ways of running them against.

A kernel is kept and wiped clean between notebooks, or is a fresh one for each. They are talked to in a thread of their
own: Ctrl-C reaches whoever asked for the notebooks, and not the library that runs cells, which would take it for the
death of a kernel.
"""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from functools import cache
from typing import TYPE_CHECKING, Any

import click

from ...words import say
from .work import SECONDS, Executed, NotebookError, Work, in_slices, why_failed, without_errors_written

if TYPE_CHECKING:
    from jupyter_client.asynchronous.client import AsyncKernelClient
    from jupyter_client.manager import AsyncKernelManager

QUIET = ["--log-level=ERROR", "--HistoryManager.enabled=False"]
PATIENCE, START_SECONDS = 20, 300
"""After how many seconds it is said that a kernel is slow to start, and after how many it is given up."""
HEARTBEAT = 1
"""Every how many seconds it is asked whether a kernel at work is still there."""


def run_in_kernels(work: Work, count: int, *, fresh: bool = False) -> None:
    """Run the waiting notebooks in as many kernels, or as there are notebooks; each in a kernel of its own if fresh.

    Raise NotebookError where one fails, or where its kernel does not start or ends.
    """
    begun: Future[tuple[asyncio.AbstractEventLoop, asyncio.Task[None]]] = Future()

    async def share() -> None:
        task = asyncio.current_task()
        assert task  # this one
        begun.set_result((asyncio.get_running_loop(), task))
        await _share(work, count, fresh)

    with ThreadPoolExecutor(1) as beside:
        running = beside.submit(asyncio.run, share())
        try:
            for done in in_slices([running]):
                done.result()
        except ExceptionGroup as group:
            raise group.exceptions[0] from None
        except BaseException:
            loop, task = begun.result()
            with suppress(RuntimeError):  # it has ended by itself
                loop.call_soon_threadsafe(task.cancel)
            raise


async def _share(work: Work, count: int, fresh: bool) -> None:
    async with asyncio.TaskGroup() as group:
        for _ in range(min(count, len(work.waiting))):
            group.create_task(_work_off(work, fresh))


async def _work_off(work: Work, fresh: bool) -> None:
    """Run one notebook after another in one kernel, or in a kernel each, until none is waiting."""
    while work.waiting:
        async with _open_kernel(work) as (kernel, client):
            await _run_one(work, kernel, client)
            while work.waiting and not fresh:
                await _silently(kernel, client, work.wipe)
                await _run_one(work, kernel, client)


@asynccontextmanager
async def _open_kernel(work: Work) -> "AsyncIterator[tuple[AsyncKernelManager, AsyncKernelClient]]":
    """Start a kernel, and end it behind the block; raise NotebookError where it does not start."""
    from jupyter_client.kernelspec import NoSuchKernel
    from jupyter_client.manager import AsyncKernelManager

    kernel = AsyncKernelManager(kernel_name="python3")
    try:
        try:
            await kernel.start_kernel(cwd=str(work.places.run), extra_arguments=QUIET)
        except (NoSuchKernel, OSError) as error:
            raise NotebookError(say("kernel_missing")) from error
        client = kernel.client()
        try:
            client.start_channels()
            await _until_ready(kernel, client)
            yield kernel, client
        finally:
            client.stop_channels()
    finally:
        if kernel.has_kernel:  # one that was stopped while it was starting, too
            await kernel.shutdown_kernel(now=True)


async def _until_ready(kernel: "AsyncKernelManager", client: "AsyncKernelClient") -> None:
    """Wait until a kernel answers, minutes on a slow computer, and say so after the first while."""
    soon = asyncio.get_running_loop().call_later(PATIENCE, _say_slow)
    try:
        await client.wait_for_ready(timeout=START_SECONDS)
    except RuntimeError as error:
        name = "kernel_too_slow" if await kernel.is_alive() else "kernel_ended_early"
        raise NotebookError(say(name, minutes=START_SECONDS / 60)) from error
    finally:
        soon.cancel()


@cache
def _say_slow() -> None:
    """Say once, at once, that it takes longer."""
    click.echo(say("kernel_slow", minutes=START_SECONDS / 60), err=True)


async def _run_one(work: Work, kernel: "AsyncKernelManager", client: "AsyncKernelClient") -> None:
    """Run the next notebook in a kernel; where others have run them all while this one started, none."""
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError

    taken = work.take()
    if taken is None:
        return
    name, notebook = taken
    runner = NotebookClient(notebook, km=kernel, record_timing=False, timeout=SECONDS)
    runner.kc = client
    try:
        await runner.async_execute(cleanup_kc=False)
    except CellTimeoutError as error:
        raise NotebookError(say("cell_too_long", file=f"{name}.ipynb", minutes=SECONDS / 60)) from error
    except DeadKernelError as error:
        raise NotebookError(say("worker_ended", file=f"{name}.ipynb")) from error
    except CellExecutionError as error:
        raise NotebookError(why_failed(name, error.ename, error.evalue)) from error
    without_errors_written(notebook)
    await _silently(kernel, client, work.save)
    await asyncio.to_thread(work.finished, Executed(name, notebook))


async def _silently(kernel: "AsyncKernelManager", client: "AsyncKernelClient", code: str) -> None:
    """Run code that belongs to no notebook; raise NotebookError if it fails."""
    try:
        asked = client.execute_interactive(code, store_history=False, output_hook=lambda message: None, timeout=SECONDS)
        reply = await _while_alive(kernel, asked)
    except TimeoutError as error:
        raise NotebookError(say("kernel_silent", minutes=SECONDS / 60)) from error
    content = reply["content"]
    if content["status"] != "ok":
        raise NotebookError(say("kernel_failed", error=content["ename"], message=content["evalue"]))


async def _while_alive(kernel: "AsyncKernelManager", asked: Coroutine[Any, Any, dict]) -> dict:
    """Wait for a kernel's answer; raise NotebookError where it ends before."""
    answer = asyncio.ensure_future(asked)
    try:
        while not (await asyncio.wait({answer}, timeout=HEARTBEAT))[0]:
            if not await kernel.is_alive():
                raise NotebookError(say("kernel_ended"))
        return answer.result()
    finally:
        answer.cancel()
