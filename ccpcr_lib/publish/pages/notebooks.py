"""Parameterized notebooks → executed ones, over all cores, each program that runs them used for several.

What a report shows needs no kernel of Jupyter: its cells run in `workers`. Whatever has widgets runs in `kernels`, and
so does everything where somebody asks for it: the outputs are the same.
"""

import ast
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from ...model.resources import resource
from ...words import say
from ..files import json_text, write_whole
from .kernels import run_in_kernels
from .work import NUMBERED, Executed, NotebookError, Places, Work, longest_last
from .workers import Worker, open_workers, run_in_workers

__all__ = ["Executed", "NotebookError", "execute_all", "for_report", "notebook_paths", "parameterize", "store_results"]

WIDGET = "application/vnd.jupyter.widget-view+json"
PARAMETERS, INJECTED = "parameters", "injected-parameters"
"""How the cell with the parameters of a notebook is marked, and the one behind it that gives them other values."""


def notebook_paths() -> list[Path]:
    """List the report's notebooks, in the order of their numbers."""
    return sorted(resource("notebooks").glob(NUMBERED))


@cache
def parameter_names(path: Path) -> tuple[str, ...]:
    """List the parameters that a notebook has."""
    cells = (cell for cell in nbformat.read(path, as_version=4).cells if _is_marked(cell, PARAMETERS))
    targets = (target for cell in cells for line in ast.parse(cell.source).body for target in _targets(line))
    return tuple(target.id for target in targets if isinstance(target, ast.Name))


def _targets(line: ast.stmt) -> list[ast.expr]:
    """Give what a line gives a value."""
    if isinstance(line, ast.AnnAssign):
        return [line.target]
    return line.targets if isinstance(line, ast.Assign) else []


def parameterize(path: Path, parameters: Mapping[str, str]) -> NotebookNode:
    """Read a notebook and give its parameters values, in a cell of their own behind the defaults, as papermill does.

    Raise NotebookError for a parameter that it does not have: papermill would only warn, and run with the defaults.
    """
    known = parameter_names(path)
    unknown = sorted(set(parameters) - set(known))
    if unknown:
        names = {"unknown": ", ".join(unknown), "known": ", ".join(known)}
        raise NotebookError(say("notebook_no_parameter", file=path.name, **names))
    notebook = nbformat.read(path, as_version=4)
    values = (f"{name} = {json_text(value)}\n" for name, value in parameters.items())
    given = nbformat.v4.new_code_cell("".join(["# Parameters\n", *values]), id=INJECTED, metadata={"tags": [INJECTED]})
    defaults = (place for place, cell in enumerate(notebook.cells) if _is_marked(cell, PARAMETERS))
    notebook.cells.insert(next(defaults, -1) + 1, given)
    return notebook


def _is_marked(cell: NotebookNode, tag: str) -> bool:
    return tag in cell.metadata.get("tags", ())


def for_report(path: Path, *, workbook: str, language: str, period: str) -> NotebookNode:
    """Read a notebook and give it what a report is about, as far as it has parameters for that.

    The workbook goes by its name alone: the notebook runs where it lies, and the report says nothing of folders.
    """
    offered = {"workbook": workbook, "language": language, "data": workbook, "period": period}
    return parameterize(path, {name: value for name, value in offered.items() if name in parameter_names(path)})


def execute_all(
    notebooks: Mapping[str, NotebookNode],
    places: Places,
    *,
    workers: Sequence[Worker] = (),
    fresh: bool = False,
    finished: Callable[[Executed], None] = lambda executed: None,
) -> None:
    """Run notebooks by name, two or more at a time; call `finished` for each as it is done.

    They run in `workers`, or in some of their own; where they are to be `fresh`, each in a kernel of its own. Raise
    NotebookError, naming the notebook and the cell's last line.
    """
    work, cores = Work(longest_last(notebooks), places, finished), os.cpu_count() or 1
    if fresh:
        run_in_kernels(work, cores, fresh=True)
    elif workers:
        run_in_workers(work, workers)
    elif notebooks:
        with open_workers(min(cores, len(notebooks))) as own:
            run_in_workers(work, own)


def store_results(folder: Path | None = None) -> None:
    """Run every notebook of the project anew and store what it shows, without what only lives in a running kernel."""
    home = folder or resource("notebooks")
    paths = {path.stem: path for path in home.glob("*.ipynb")}

    def finished(executed: Executed) -> None:
        write_whole(paths[executed.name], nbformat.writes(stored(executed.notebook)) + "\n")

    notebooks = {name: nbformat.read(path, as_version=4) for name, path in paths.items()}
    run_in_kernels(Work(longest_last(notebooks), Places(home), finished), os.cpu_count() or 1)


def stored(notebook: NotebookNode) -> NotebookNode:
    """Take widgets out of a notebook: their names are new in every run, and dead once the kernel is gone."""
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(WIDGET, None)
    return notebook
