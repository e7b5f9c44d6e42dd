"""Figures are shown through the one door: nothing that publishes takes them from a report, or reads them anew."""

import ast
import json

import pytest
from imports import MODULES, PACKAGE, ROOT, dotted, folder, imported

DOOR = {"ccpcr_lib.publish.release", "ccpcr_lib.publish.timeline", "ccpcr_lib.publish.quarters"}
"""What a report passes through before it is shown; whatever shows figures sees what these offer, and no report."""
BEHIND_THE_DOOR = {"Report", "History", "load", "load_all", "find_workbook", "history_of"}
KEPT_IN = {"_report", "_shown", "_history"}


def ways_round(source: str, module: str) -> list[str]:
    """What `module` takes of a report past the door: by importing it, or out of what a door keeps to itself."""
    nodes = list(ast.walk(ast.parse(source)))
    names = {name for node in nodes for name in imported(node, module)}
    homes = ("ccpcr_lib.analysis.report", "ccpcr_lib.analysis.history")
    taken = {name for name in names if name in homes or name.rpartition(".")[0] in homes}
    taken |= {name for name in names if name.rpartition(".")[2] in BEHIND_THE_DOOR and name.startswith(PACKAGE)}
    kept = {node.attr for node in nodes if isinstance(node, ast.Attribute) and node.attr in KEPT_IN}
    asked = {ast.unparse(node) for node in nodes if _asks_for_a_report(node)}
    return sorted(taken | kept | asked)


def _asks_for_a_report(node: ast.AST) -> bool:
    """Whether an expression asks for the report of something that is shown: ``release.report``."""
    return isinstance(node, ast.Attribute) and node.attr in ("report", "reports", "reading")


@pytest.mark.parametrize(
    "path", [path for path in MODULES if folder(path) == "publish" and dotted(path) not in DOOR], ids=dotted
)
def test_figures_are_shown_through_the_door_alone(path):
    assert ways_round(path.read_text(encoding="utf-8"), dotted(path)) == []


@pytest.mark.parametrize("path", sorted((ROOT / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem)
def test_notebooks_too_show_figures_through_the_door_alone(path):
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    code = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert ways_round(code, "notebooks.notebook") == []


@pytest.mark.parametrize(
    ("source", "seen"),
    [
        ("from ...analysis.report import load", ["ccpcr_lib.analysis.report.load"]),
        ("from ...analysis import history", ["ccpcr_lib.analysis.history"]),
        ("def f():\n    from ccpcr_lib import load_all", ["ccpcr_lib.load_all"]),
        ("def f(release):\n    return release._report.counts", ["_report"]),
        ("def f(release):\n    return release.history._history", ["_history"]),
        ("release.report.findings", ["release.report"]),
        ("[one.reports[-1] for one in many]", ["one.reports"]),
        ("from ..release import Release\ndef f(release: Release):\n    return release.table('education')", []),
        ("import click\n@click.command()\ndef report():\n    pass", []),
    ],
)
def test_a_way_round_the_door_is_seen(source, seen):
    assert ways_round(source, "ccpcr_lib.publish.charts.bars") == seen
