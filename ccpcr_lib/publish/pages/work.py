"""Notebooks that wait to be run, and what comes of each: the same however they are run."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from ...words import say
from ..files import fill_in

if TYPE_CHECKING:
    from nbformat import NotebookNode

WIPE = Path(__file__).with_name("wipe.ipy")
"""Makes a shell as good as new between two notebooks."""
SAVE = Path(__file__).with_name("save_charts.ipy")
"""Writes the charts that a notebook has shown."""
NUMBERED = "[0-9]*_*.ipynb"
"""How the notebooks of a report are called."""
SECONDS = 600
"""How long a cell may run."""
SLICE = 0.5
"""How many seconds are waited at a time."""


class NotebookError(Exception):
    """A notebook could not be run: an unknown parameter, or an error in one of its cells."""


@dataclass(frozen=True)
class Executed:
    """A notebook that has run: its name without ending, and its cells with their outputs."""

    name: str
    notebook: "NotebookNode"


class Places(NamedTuple):
    """The folder that notebooks run in, where they find what they name, and that of the charts they show, if any."""

    run: Path
    charts: Path | None = None


@dataclass(frozen=True)
class Work:
    """What is worked off together: the notebooks that wait (the last one is next), and what happens to each."""

    waiting: list[tuple[str, "NotebookNode"]]
    places: Places
    finished: Callable[[Executed], None]

    def take(self) -> "tuple[str, NotebookNode] | None":
        """Take the next notebook; None where none is waiting any more."""
        try:
            return self.waiting.pop()
        except IndexError:
            return None

    @property
    def save(self) -> str:
        """The code that writes the charts that a notebook has shown."""
        charts = self.places.charts
        return fill_in(SAVE, folder=repr(str(charts.resolve()))) if charts else ""

    @property
    def wipe(self) -> str:
        """The code that makes a shell as good as new, in the folder that notebooks run in."""
        return fill_in(WIPE, folder=repr(str(self.places.run.resolve())))


def why_failed(name: str, error: str, message: str) -> str:
    """Say in one line why a notebook failed: an error of its own, or that there was not enough memory for it."""
    if error == MemoryError.__name__:
        return say("notebook_no_memory", name=name)
    return say("notebook_failed", name=name, error=error, message=" ".join(message.split()))


def in_slices(running: Iterable[Future[None]]) -> Iterator[Future[None]]:
    """Give each future as it is done, and wait in short slices: where one wait is long, Windows keeps Ctrl-C back."""
    waiting = set(running)
    while waiting:
        done, waiting = wait(waiting, timeout=SLICE, return_when=FIRST_COMPLETED)
        yield from done


def longest_last(notebooks: Mapping[str, "NotebookNode"]) -> list[tuple[str, "NotebookNode"]]:
    """Order notebooks by a guess how long each runs, from how much it showed the last time."""
    shown = {name: sum(len(str(cell.get("outputs", ""))) for cell in book.cells) for name, book in notebooks.items()}
    return sorted(notebooks.items(), key=lambda named: shown[named[0]])


def without_errors_written(notebook: "NotebookNode") -> None:
    """Take out what cells wrote to stderr: there stand folders and names of users."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [output for output in cell.outputs if output.get("name") != "stderr"]


def language() -> dict[str, object]:
    """Give what a kernel writes into a notebook of the language it was run in."""
    return {
        "codemirror_mode": {"name": "ipython", "version": sys.version_info.major},
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
        "pygments_lexer": f"ipython{sys.version_info.major}",
        "version": sys.version.split()[0],
    }
