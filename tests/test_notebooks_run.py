"""Notebooks when they are run: the same in a reused kernel, apart from each other, and held against what was stored."""

import json
import re
import shutil
from collections.abc import Sequence
from operator import attrgetter
from pathlib import Path

import nbformat
import psutil
import pytest
from extent import part, proof
from nbformat.v4 import new_code_cell, new_notebook
from stored_notebooks import PATHS, committed, compared, parameters
from workbooks import CHARTS_OVER_TIME, ROOT, WORKBOOK, changed

from ccpcr_lib import CATALOGUE
from ccpcr_lib.model.resources import resource
from ccpcr_lib.publish.pages.notebooks import Executed, NotebookError, execute_all, parameterize

pytestmark = pytest.mark.slow


def of(*sources: str) -> nbformat.NotebookNode:
    return new_notebook(cells=[new_code_cell(source) for source in sources])


def run(folder: Path, notebooks: dict, **options) -> dict[str, nbformat.NotebookNode]:
    done: list[Executed] = []
    execute_all(notebooks, charts=folder / "charts", finished=done.append, **options)
    return {executed.name: executed.notebook for executed in done}


def outputs(notebook: nbformat.NotebookNode) -> list:
    return [(cell.execution_count, cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]


def kernels() -> set[int]:
    return {child.pid for child in psutil.Process().children(recursive=True)}


Made = tuple[dict[str, nbformat.NotebookNode], dict[str, bytes]]
"""Notebooks that have run, by name, and the charts they wrote, by file."""


def in_one_worker(folder: Path, paths: Sequence[Path], **options) -> Made:
    made = run(folder, {path.stem: parameterize(path, parameters(path)) for path in paths}, workers=1, **options)
    return made, {file.name: file.read_bytes() for file in (folder / "charts").iterdir()}


@pytest.fixture(scope="module")
def reused(tmp_path_factory) -> Made:
    """Every notebook of the report, one after the other in the same kernel."""
    return in_one_worker(tmp_path_factory.mktemp("reused"), PATHS)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory) -> Made:
    """Notebooks of the report, each in a kernel of its own."""
    return in_one_worker(tmp_path_factory.mktemp("fresh"), part(PATHS, 2), fresh=True)


def chart_files(notebook: nbformat.NotebookNode) -> list[str]:
    shown = [output.get("metadata", {}).get("ccpcr") for cell in notebook.cells for output in cell.get("outputs", [])]
    return [f"{about['chart']}.{ending}" for about in shown if about for ending in ("png", "svg")]


def test_a_reused_kernel_runs_every_notebook_and_writes_every_chart(reused):
    notebooks, charts = reused
    assert sorted(notebooks) == [path.stem for path in PATHS]
    assert sorted(charts) == sorted(name for notebook in notebooks.values() for name in chart_files(notebook))
    assert len(charts) == 2 * (sum(len(spec.charts) for spec in CATALOGUE) + CHARTS_OVER_TIME)


@proof("path", PATHS, sample=2, ids=attrgetter("stem"))
def test_a_reused_kernel_gives_the_same_outputs_and_charts_as_a_fresh_one(reused, fresh, path):
    (again, again_charts), (first, first_charts) = reused, fresh
    assert outputs(again[path.stem]) == outputs(first[path.stem])
    for name in chart_files(first[path.stem]):
        assert again_charts[name] == first_charts[name], name


def test_nothing_of_a_notebook_reaches_the_next_one_in_the_same_kernel(tmp_path):
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
    done = run(tmp_path, {"first": leave, "second": look}, workers=1)
    assert list(done) == ["first", "second"]
    assert done["second"].cells[0].outputs[0].data["text/plain"] == "(False, 10.0, 60, [])"


def test_a_failing_cell_stops_everything_and_is_named_in_one_line(tmp_path):
    before = kernels()
    broken = of("1", "quarter = 1 / 0")
    with pytest.raises(NotebookError, match=r"^broken\.ipynb: ZeroDivisionError: division by zero$"):
        execute_all({"broken": broken, "slow": of("import time; time.sleep(30)")}, charts=tmp_path, workers=2)
    assert kernels() == before


def test_no_kernel_is_left_when_all_is_done(tmp_path):
    before = kernels()
    run(tmp_path, {"one": of("1")})
    assert kernels() == before


def test_notebooks_find_the_workbook_from_the_folder_they_stand_in(tmp_path):
    done = run(
        tmp_path, {"where": of("from pathlib import Path\nPath('../data/2010-Q2.xlsx').exists(), Path.cwd().name")}
    )
    assert done["where"].cells[0].outputs[0].data["text/plain"] == "(True, 'notebooks')"
    assert resource("notebooks").parent == ROOT


# --- comparing them with what was committed ---


@pytest.fixture
def copies(tmp_path) -> Path:
    """One notebook, without its charts, and the data in folders of their own, side by side as in the project."""
    shutil.copytree(WORKBOOK.parent, tmp_path / "data")
    notebook = committed(ROOT / "notebooks" / "2_care_and_skills.ipynb")
    notebook.cells = [cell for cell in notebook.cells if not cell.source.startswith("show_chart(")]
    (tmp_path / "notebooks").mkdir()
    nbformat.write(notebook, tmp_path / "notebooks" / "2_care_and_skills.ipynb")
    return tmp_path


def test_nbval_passes_on_the_committed_outputs(copies):
    done = compared(copies)
    assert done.returncode == 0, done.stdout


def test_nbval_fails_when_one_figure_of_the_workbook_is_changed(copies):
    changed(copies / "data", {"Slide 12!C7": 6})
    done = compared(copies)
    assert done.returncode == 1
    cells = json.loads((copies / "notebooks" / "2_care_and_skills.ipynb").read_text(encoding="utf-8"))["cells"]
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    failed = [int(number) for number in re.findall(r"FAILED .*::Cell (\d+)", done.stdout)]
    sources = ["".join(code[number]["source"]) for number in failed]
    assert 'show_table(quarter, "education")' in sources
    assert 'show_table(quarter, "vocational_skills")' not in sources
