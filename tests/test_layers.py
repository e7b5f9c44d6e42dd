"""Data flows down the house: a module imports only from its own folder and the folders above it.

No imports run in a circle, and none of our own modules is imported inside a function: only the commands of `cli` import
what they need when they run.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import pytest
from imports import MODULES, PACKAGE, dotted, folder, imported

LAYERS = ("words", "model", "excel", "quality", "analysis", "publish", "forms", "cli")
HEAVY = {"matplotlib", "seaborn", "IPython", "nbclient", "papermill", "nbconvert"}


def against_the_flow(source: str, module: str) -> list[str]:
    """The imports of `module` from folders below its own or from the shop window, wherever they stand."""
    own = LAYERS.index(module.split(".")[1])
    names = (name for node in ast.walk(ast.parse(source)) for name in imported(node, module))
    inside = [name.split(".") for name in names if name.split(".")[0] == PACKAGE]
    allowed = {*LAYERS[: own + 1], "__version__"}
    return [".".join(parts) for parts in inside if len(parts) < 2 or parts[1] not in allowed]


def inside_functions(source: str, module: str) -> list[str]:
    """The imports of our own modules that stand inside the functions of `module`."""
    functions = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    names = (name for function in functions for node in ast.walk(function) for name in imported(node, module))
    return sorted({name for name in names if name.split(".")[0] == PACKAGE})


def import_graph(sources: Mapping[str, str]) -> dict[str, set[str]]:
    """Each module with those of the others that it imports, wherever; `sources` by dotted names, as `dotted` has them.

    What is imported of a folder itself is imported of its ``__init__``, under the folder's name.
    """
    known = {module.removesuffix(".__init__") for module in sources}
    graph: dict[str, set[str]] = {module: set() for module in known}
    for module, source in sources.items():
        names = (name for node in ast.walk(ast.parse(source)) for name in imported(node, module))
        homes = (name if name in known else name.rpartition(".")[0] for name in names)
        graph[module.removesuffix(".__init__")] |= {home for home in homes if home in known}
    return graph


def circle(graph: Mapping[str, set[str]]) -> list[str]:
    """A circle in which modules import each other, each imported by the next; empty where there is none."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def run_on_import(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when a module is imported: none in functions or for type checkers."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            yield from run_on_import(node.orelse)
            continue
        yield node
        for part in ("body", "orelse", "finalbody"):
            yield from run_on_import(getattr(node, part, []))
        for handler in getattr(node, "handlers", []):
            yield from run_on_import(handler.body)


def heavy_imports(source: str, module: str) -> list[str]:
    """The slow libraries that importing `module` imports at once."""
    names = (name for node in run_on_import(ast.parse(source).body) for name in imported(node, module))
    return [name for name in names if name.split(".")[0] in HEAVY]


ADDING = {"sum", "fsum", "max"}
CLAIMS = {
    "ccpcr_lib.quality.arithmetic": {"_totals_of_totals"},  # printed totals of groups, held against the printed whole
    "ccpcr_lib.quality.notes": {"_note_in_cell", "split_by_note"},  # the parts of a note, held against its cell
    "ccpcr_lib.quality.planned": {"_quarters"},  # the plan's quarters, held against its year
}
"""The functions that add what is claimed or planned, never what was counted."""


def adders(source: str) -> list[str]:
    """The functions that add counts up: what they add, or take the largest of, is the value of something."""
    return [
        function.name
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        if any(_adds_values(node) for node in ast.walk(function))
    ]


def _adds_values(node: ast.AST) -> bool:
    if isinstance(node, ast.AugAssign):
        return isinstance(node.op, ast.Add) and _is_of_values(node.value)
    is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ADDING
    return is_call and any(_is_of_values(part) for part in node.args)


def _is_of_values(node: ast.AST) -> bool:
    """Whether an expression gives values of counts: ``count.value for count in counts``, also with ``or 0``."""
    given = node.elt if isinstance(node, ast.GeneratorExp | ast.ListComp) else node
    parts = given.values if isinstance(given, ast.BoolOp) else [given]
    return any(isinstance(part, ast.Attribute) and part.attr in ("value", "exact", "least", "count") for part in parts)


@pytest.mark.parametrize("path", [path for path in MODULES if dotted(path) != "ccpcr_lib.quality.sums"], ids=dotted)
def test_counts_are_added_in_one_module_and_nowhere_else(path):
    assert set(adders(path.read_text(encoding="utf-8"))) - CLAIMS.get(dotted(path), set()) == set()


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("def f(counts):\n    return sum(count.value or 0 for count in counts)", ["f"]),
        ("def f(counts):\n    return max([count.value for count in counts], default=0)", ["f"]),
        ("def f(counts):\n    total = 0\n    for count in counts:\n        total += count.value", ["f"]),
        ("def f(sums):\n    return sum(part.exact for part in sums)", ["f"]),
        ("def f(counts):\n    return sum(count.value is None for count in counts)", []),
        ("def f(sums):\n    return sum(sums, start=Sum())", []),
        ("def f(widths):\n    return sum(widths)", []),
    ],
)
def test_adding_of_counts_is_seen(source, seen):
    assert adders(source) == seen


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_a_module_imports_only_from_above(path):
    assert against_the_flow(path.read_text(encoding="utf-8"), dotted(path)) == []


@pytest.mark.parametrize("path", [path for path in MODULES if folder(path) != "publish"], ids=dotted)
def test_slow_libraries_are_imported_where_they_are_used(path):
    assert heavy_imports(path.read_text(encoding="utf-8"), dotted(path)) == []


def test_no_imports_run_in_a_circle():
    assert circle(import_graph({dotted(path): path.read_text(encoding="utf-8") for path in MODULES})) == []


@pytest.mark.parametrize("path", [path for path in MODULES if folder(path) != "cli"], ids=dotted)
def test_our_own_modules_are_imported_at_the_top(path):
    assert inside_functions(path.read_text(encoding="utf-8"), dotted(path)) == []


@pytest.mark.parametrize(
    ("module", "source", "refused"),
    [
        ("ccpcr_lib.excel.reader", "from ..publish import theme", ["ccpcr_lib.publish.theme"]),
        ("ccpcr_lib.excel.reader", "from ..model import period", []),
        ("ccpcr_lib.excel.reader", "from .file.grid import Grid", []),
        ("ccpcr_lib.excel.__init__", "from . import reader", []),
        ("ccpcr_lib.excel.reader", "import ccpcr_lib.analysis.report", ["ccpcr_lib.analysis.report"]),
        ("ccpcr_lib.publish.charts.bars", "from ...cli import main", ["ccpcr_lib.cli.main"]),
        ("ccpcr_lib.publish.charts.bars", "from ...analysis.tables import Table", []),
        ("ccpcr_lib.model.period", "def f():\n    from ..excel.file import grid", ["ccpcr_lib.excel.file.grid"]),
        ("ccpcr_lib.cli", "from . import __version__", []),
        ("ccpcr_lib.cli", "from . import load", ["ccpcr_lib.load"]),
        ("ccpcr_lib.cli", "from ccpcr_lib import load", ["ccpcr_lib.load"]),
        ("ccpcr_lib.cli", "import ccpcr_lib", ["ccpcr_lib"]),
    ],
)
def test_an_import_from_below_is_seen(module, source, refused):
    assert against_the_flow(source, module) == refused


@pytest.mark.parametrize(
    ("sources", "seen"),
    [
        ({"a": "from . import b", "b": ""}, set()),
        ({"a": "from . import b", "b": "from .a import name"}, {"a", "b"}),
        ({"a": "from .b import name", "b": "def f():\n    from . import a"}, {"a", "b"}),
        ({"a": "from . import b", "b": "from . import c", "c": "import ccpcr_lib.model.a"}, {"a", "b", "c"}),
        ({"__init__": "from .a import name", "a": "from .b import name", "b": ""}, set()),
        ({"__init__": "from .a import name", "a": "from . import name"}, {"model", "a"}),
    ],
)
def test_a_circle_of_imports_is_seen(sources, seen):
    graph = import_graph({f"ccpcr_lib.model.{name}": source for name, source in sources.items()})
    assert {module.rpartition(".")[2] for module in circle(graph)} == seen


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("from ..model import period", []),
        ("def f():\n    import pandas", []),
        ("def f():\n    from ..model import period", ["ccpcr_lib.model.period"]),
        ("async def f():\n    import ccpcr_lib.model.period", ["ccpcr_lib.model.period"]),
        ("class A:\n    def f(self):\n        if self:\n            from . import grid", ["ccpcr_lib.excel.grid"]),
    ],
)
def test_an_import_inside_a_function_is_seen(source, seen):
    assert inside_functions(source, "ccpcr_lib.excel.reader") == seen


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("import seaborn as sns", ["seaborn"]),
        ("try:\n    from matplotlib import cm\nexcept ImportError:\n    pass", ["matplotlib.cm"]),
        ("class A:\n    import IPython", ["IPython"]),
        ("def f():\n    import papermill", []),
        ("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import matplotlib", []),
    ],
)
def test_a_slow_import_is_seen(source, seen):
    assert heavy_imports(source, "ccpcr_lib.analysis.report") == seen


def test_importing_the_library_loads_neither_charts_nor_jupyter():
    slow = {*HEAVY, "ipykernel", "jupyter_client", "jupyter_core", "jupyterlab", "nbformat"}
    program = "import sys, ccpcr_lib; print(*{name.split('.')[0] for name in sys.modules})"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "ccpcr_lib" in loaded.stdout.split()
    assert slow.isdisjoint(loaded.stdout.split())
