"""Notebooks when they are run: as in a kernel of Jupyter, apart from each other, and held against what was stored."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import nbformat
import psutil
import pytest
from extent import extent, only_whole
from nbformat.v4 import new_code_cell, new_notebook
from stored_notebooks import PATHS, committed, compared
from workbooks import CHARTS_OVER_TIME, ROOT, WORKBOOK, changed

from ccpcr_lib import CATALOGUE
from ccpcr_lib.model.resources import resource
from ccpcr_lib.publish.pages.kernels import run_in_kernels
from ccpcr_lib.publish.pages.notebooks import Executed, NotebookError, execute_all, for_report
from ccpcr_lib.publish.pages.work import Places, Work, longest_last
from ccpcr_lib.publish.pages.workers import open_workers

pytestmark = pytest.mark.slow
NOTEBOOKS = ROOT / "notebooks"


def of(*sources: str) -> nbformat.NotebookNode:
    return new_notebook(cells=[new_code_cell(source) for source in sources])


Ran = dict[str, nbformat.NotebookNode]
"""Notebooks that have run, by name, in the order in which they ended."""


def run(folder: Path, notebooks: dict, count: int = 2) -> Ran:
    """Run notebooks as a report does, in so many programs that run cells."""
    done: Ran = {}
    with open_workers(count) as workers:
        places = Places(NOTEBOOKS, folder / "charts")
        execute_all(notebooks, places, workers=workers, finished=lambda one: noted(done, one))
    return done


def noted(done: Ran, executed: Executed) -> None:
    done[executed.name] = executed.notebook


def shown(source: str, tmp_path: Path) -> list[dict]:
    """What one cell shows."""
    return run(tmp_path, {"one": of(source)}, 1)["one"].cells[0].outputs


def programs() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


# --- a program that runs cells, and a Jupyter kernel, come to the same ---

CELLS = (
    "1",
    "",
    "2\n",
    "print('first'); print('second')\n3",
    "from IPython.display import display, Markdown\nprint(1)\ndisplay(Markdown('*a*'), {'b': 1})\nprint(2)\n'c'",
    "import pandas\npandas.DataFrame({'a': [1.5, None]})",
    "pandas.DataFrame([range(40)])",
    "None",
    "_ = 4\nOut[1], __name__, 'get_ipython' in dir()",
    "%who_ls",
    "!echo from a program",
    "from matplotlib import pyplot\npyplot.figure(figsize=(1, 1))\npyplot.plot([1, 2]);",
    "await __import__('asyncio').sleep(0, 'waited')",
    "5;",
)


NAMES = [*(path.stem for path in PATHS), "cells"]
COMPARED = NAMES if extent() == "whole" else ["cells"]
"""The notebooks that run in kernels too."""


@pytest.fixture(scope="module")
def in_kernels(tmp_path_factory) -> tuple[Ran, Path]:
    """Notebooks of the report, and one of many kinds of cells, in kernels of Jupyter; and their charts."""
    charts, done = tmp_path_factory.mktemp("kernels"), {}
    about = {"workbook": WORKBOOK.name, "language": "en+km", "period": "2010-Q2"}
    of_report = {path.stem: for_report(path, **about) for path in PATHS if path.stem in COMPARED}
    asked = of_report | {"cells": of(*CELLS)}
    run_in_kernels(Work(longest_last(asked), Places(WORKBOOK.parent, charts), lambda one: noted(done, one)), 2)
    return done, charts


@pytest.fixture(scope="module")
def in_workers(built, tmp_path_factory) -> tuple[Ran, Path]:
    """The same in programs that run cells: those of a report, as it has them."""
    ran = {path.stem: committed(built / "notebooks" / path.name) for path in PATHS}
    return ran | run(tmp_path_factory.mktemp("worker"), {"cells": of(*CELLS)}, 1), built / "charts"


@pytest.mark.proof(len(COMPARED), len(NAMES))
@pytest.mark.parametrize("name", COMPARED)
def test_a_worker_gives_every_cell_the_outputs_the_number_and_the_metadata_that_a_kernel_gives(
    in_kernels, in_workers, name
):
    (first, _), (again, _) = in_kernels, in_workers
    for cell, same in zip(again[name].cells, first[name].cells, strict=True):
        assert cell | {"id": ""} == same | {"id": ""}
    assert again[name].metadata == first[name].metadata


def test_a_worker_writes_every_chart(in_workers):
    notebooks, charts = in_workers
    assert sorted(file.name for file in charts.iterdir()) == sorted(map_all(chart_files, notebooks.values()))
    assert len(list(charts.iterdir())) == 2 * (sum(len(spec.charts) for spec in CATALOGUE) + CHARTS_OVER_TIME)


@only_whole
def test_a_chart_of_a_worker_is_the_same_as_a_kernels(in_kernels, in_workers):
    (kernels, first), (_, again) = in_kernels, in_workers
    names = map_all(chart_files, kernels.values())
    assert names
    for name in names:
        assert (again / name).read_bytes() == (first / name).read_bytes(), name


def map_all(function: Callable, values: Iterable) -> list:
    return [each for value in values for each in function(value)]


def chart_files(notebook: nbformat.NotebookNode) -> list[str]:
    about = [output.get("metadata", {}).get("ccpcr") for cell in notebook.cells for output in cell.get("outputs", [])]
    return [f"{one['chart']}.{ending}" for one in about if one for ending in ("png", "svg")]


# --- apart from each other, and from whoever asks ---


def test_nothing_of_a_notebook_reaches_the_next_one_in_the_same_program(tmp_path):
    leave = of(
        "import matplotlib, pandas\nleft = 1\nmatplotlib.rcParams['font.size'] = 40\n"
        "pandas.set_option('display.max_rows', 3)\nfrom matplotlib import pyplot\nfigure = pyplot.figure()"
    )
    look = of(
        "import matplotlib, pandas\nfrom matplotlib import pyplot\n"
        "size, rows = matplotlib.rcParams['font.size'], pandas.get_option('display.max_rows')\n"
        "'left' in globals(), size, rows, pyplot.get_fignums()",
        "",  # the notebook with more cells is run first
    )
    leave.cells += [new_code_cell("1")] * 3
    done = run(tmp_path, {"first": leave, "second": look}, 1)
    assert list(done) == ["first", "second"]
    assert done["second"].cells[0].outputs[0].data["text/plain"] == "(False, 10.0, 60, [])"


@pytest.mark.parametrize("fresh", [False, True])
def test_a_failing_cell_stops_everything_and_is_named_in_one_line(tmp_path, fresh):
    before = programs()
    both = {"broken": of("1", "quarter = 1 / 0"), "slow": of("import time; time.sleep(30)")}
    with pytest.raises(NotebookError, match=r"^broken\.ipynb: ZeroDivisionError: division by zero$"):
        execute_all(both, Places(tmp_path, tmp_path), fresh=fresh)
    assert programs() == before


def test_a_cell_that_is_no_python_is_named_in_one_line(tmp_path):
    with pytest.raises(NotebookError, match=r"^one\.ipynb: SyntaxError: invalid syntax"):
        shown("quarter = = 1", tmp_path)


@pytest.mark.parametrize("ending", ["os._exit(3)", "os.kill(os.getpid(), 9)"])
def test_a_program_that_ends_before_it_has_answered_is_said_in_one_line(tmp_path, ending):
    if os.name == "nt" and "kill" in ending:
        pytest.skip("Windows has no such signal")
    with pytest.raises(NotebookError, match=r"^one\.ipynb: the program that was at work on it was ended from outside"):
        shown(f"import os; {ending}", tmp_path)


def test_a_cell_that_runs_too_long_is_stopped_and_named(tmp_path, monkeypatch):
    monkeypatch.setattr("ccpcr_lib.publish.pages.workers.SECONDS", 3)
    with pytest.raises(NotebookError, match=r"^one\.ipynb: a cell ran for more than 0.05 minutes, and was stopped\.$"):
        shown("while True: pass", tmp_path)


def test_no_program_is_left_when_all_is_done(tmp_path):
    before = programs()
    run(tmp_path, {"one": of("1")})
    assert programs() == before


def test_a_program_that_runs_cells_ends_with_whoever_asks_even_within_a_cell(tmp_path):
    asking = (
        "import nbformat\nfrom pathlib import Path\nfrom ccpcr_lib.publish.pages.notebooks import execute_all\n"
        "from ccpcr_lib.publish.pages.work import Places\n"
        "cell = nbformat.v4.new_code_cell('print(0)\\nwhile True: pass')\n"
        "execute_all({'one': nbformat.v4.new_notebook(cells=[cell])}, Places(Path.cwd()))"
    )
    process = subprocess.Popen([sys.executable, "-c", asking], cwd=ROOT)
    (worker,) = wait_for(lambda: psutil.Process(process.pid).children())
    wait_for(lambda: worker.cpu_times().user > 2)
    process.kill()
    process.wait()
    assert worker.wait(10) in (0, None)


def wait_for(what: Callable) -> Any:
    """Ask until the answer is something."""
    for _ in range(600):
        answer = what()
        if answer:
            return answer
        time.sleep(0.05)
    raise TimeoutError


def test_what_a_cell_writes_past_its_own_output_disturbs_nothing(tmp_path):
    source = "import os, sys\nos.write(1, b'{}'); os.system('echo 1'); sys.__stdout__.write('{}')\nprint(input, 1)"
    (output,) = shown(source, tmp_path)
    assert output.text.endswith("1\n")


@pytest.mark.parametrize("fresh", [False, True])
def test_what_a_cell_writes_to_stderr_is_in_no_notebook(tmp_path, fresh):
    done: Ran = {}
    source = "import sys, warnings\nprint(sys.prefix, file=sys.stderr)\nwarnings.warn(sys.prefix)\nprint('kept')"
    execute_all({"one": of(source)}, Places(NOTEBOOKS), fresh=fresh, finished=lambda one: noted(done, one))
    assert [(output.name, output.text) for output in done["one"].cells[0].outputs] == [("stdout", "kept\n")]


def test_a_program_that_runs_cells_begins_with_nothing_in_it(tmp_path):
    (output,) = shown("[name for name in globals() if not name.startswith('_')]", tmp_path)
    assert output.data["text/plain"] == "['In', 'Out', 'get_ipython', 'exit', 'quit', 'open']"


def test_what_needs_a_kernel_is_refused_in_words(tmp_path):
    with pytest.raises(NotebookError, match=r"run it with --fresh-kernels$"):
        shown("from IPython.display import clear_output\nclear_output()", tmp_path)


def test_notebooks_find_the_workbook_from_the_folder_they_stand_in(tmp_path):
    (output,) = shown("from pathlib import Path\nPath('../data/2010-Q2.xlsx').exists(), Path.cwd().name", tmp_path)
    assert output.data["text/plain"] == "(True, 'notebooks')"
    assert resource("notebooks").parent == ROOT


# --- comparing them with what was committed ---


@pytest.fixture(scope="module")
def failed(tmp_path_factory) -> dict[str, list[str]]:
    """The cells of which nbval says that they show something else, where the workbook is the same, or was changed.

    Of one notebook, without its charts, which stands beside the data as in the project.
    """
    folder, sources = tmp_path_factory.mktemp("project"), {}
    (folder / "notebooks").mkdir()
    for name, cells in {"same": {}, "changed": {"Slide 12!C7": 6}}.items():
        shutil.copytree(WORKBOOK.parent, folder / name)
        if cells:
            changed(folder / name, cells)
        notebook = committed(ROOT / "notebooks" / "2_care_and_skills.ipynb")
        notebook.cells = [cell for cell in notebook.cells if not cell.source.startswith("show_chart(")]
        for cell in notebook.cells:
            cell.source = cell.source.replace('../data"', f'../{name}"')
        nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")
        sources[name] = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    done = compared(folder).stdout
    ended = re.findall(r"(\d+) (?:passed|failed)", done.splitlines()[-1])
    assert sum(map(int, ended)) == sum(map(len, sources.values())), done
    return {
        name: [cells[int(number)] for number in re.findall(rf"FAILED .*{name}\.ipynb::Cell (\d+)", done)]
        for name, cells in sources.items()
    }


def test_nbval_passes_on_the_committed_outputs(failed):
    assert failed["same"] == []


def test_nbval_fails_when_one_figure_of_the_workbook_is_changed(failed):
    assert 'show_table(quarter, "education")' in failed["changed"]
    assert 'show_table(quarter, "vocational_skills")' not in failed["changed"]
