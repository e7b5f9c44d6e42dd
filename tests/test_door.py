"""Figures are shown through the one door: nothing that publishes takes them from a report, or reads them anew."""

import ast
import json
from pathlib import Path

import pytest
from chapters import chapters
from commands import ccpcr, run
from extent import only_whole
from imports import MODULES, PACKAGE, ROOT, dotted, folder, imported
from masking import leaks, masked, times_prime, use_masked_door
from workbooks import WORKBOOK, next_quarter

from ccpcr_lib import Release, release
from ccpcr_lib.publish import release as door
from ccpcr_lib.publish.charts import charts_of, svg
from ccpcr_lib.publish.deck import build_deck
from ccpcr_lib.publish.files import counts_text
from ccpcr_lib.publish.handout import build_handout
from ccpcr_lib.publish.pages.show import (
    show_findings,
    show_indicators,
    show_progress,
    show_relations,
    show_sentence,
    show_table,
)

DOOR = {"ccpcr_lib.publish.release", "ccpcr_lib.publish.timeline", "ccpcr_lib.publish.quarters"}
"""What a report passes through before it is shown; whatever shows figures sees what these offer, and no report."""
BEHIND_THE_DOOR = {"Report", "History", "load", "load_all", "read_all", "find_workbook", "history_of"} | {
    "read_workbook",
    "read_grids",
    "check_workbook",
    "check_reading",
    "facts_of",
}
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
        ("from ...excel.reader import read_workbook", ["ccpcr_lib.excel.reader.read_workbook"]),
        ("from ...quality.checked import check_workbook", ["ccpcr_lib.quality.checked.check_workbook"]),
        ("from ...quality.facts import facts_of", ["ccpcr_lib.quality.facts.facts_of"]),
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


# --- the proof: what the door masks stands nowhere ---


@pytest.fixture(scope="module")
def primes(tmp_path_factory) -> Path:
    """A folder with the real quarter and the one after it, each count of both a multiple of the prime."""
    folder = tmp_path_factory.mktemp("primes")
    times_prime(next_quarter(folder / "plain.xlsx"), folder / "2010-Q3.xlsx")
    (folder / "plain.xlsx").unlink()
    times_prime(WORKBOOK, folder / "2010-Q2.xlsx")
    return folder


def shown_of(folder: Path, *, tables: int = 4) -> dict[str, bytes]:
    """What is shown of the later quarter without a notebook run or a page printed; pictures of its first tables."""
    quarter = release(folder / "2010-Q3.xlsx")
    artefacts = {"deck.pptx": build_deck(quarter), "tables.xlsx": build_handout(quarter)}
    artefacts["counts.csv"] = counts_text(quarter.counts).encode()
    pages = [show(quarter, name) for name in quarter.tables for show in (show_table, show_sentence)]
    pages += [show(quarter) for show in (show_findings, show_relations, show_indicators, show_progress)]
    artefacts |= {f"{number}.html": f"{page.html}\n{page.text}".encode() for number, page in enumerate(pages)}
    charts = [chart for name in quarter.tables[:tables] for chart in charts_of(quarter, name)]
    artefacts |= {f"{chart.name}.svg": svg(chart.figure) for chart in charts}
    return artefacts | {f"{chart.name}.txt": chart.numbers.to_string().encode() for chart in charts}


@pytest.mark.parametrize("text", ["SA10007", "27 (F250175, M2)", "<td>10,007</td>", "១០០០៧", "20014 †"])
def test_a_multiple_is_seen_wherever_it_stands(text):
    assert leaks({"page.html": text.encode()}) != {}


def test_fingerprints_colours_and_other_numbers_are_no_leak():
    text = f"{'10007' + 'a' * 59} #10007a 1000.10007 12345 110007"
    assert leaks({"page.html": text.encode()}) == {}


@pytest.mark.slow
def test_where_nothing_is_masked_counts_stand_in_every_kind_of_artefact(primes):
    there = leaks(shown_of(primes))
    assert {name.rpartition(".")[2] for name in there} == {"pptx", "xlsx", "csv", "html", "svg", "txt"}
    assert len(there) > 30


@pytest.mark.slow
def test_what_the_door_masks_is_shown_by_nothing(primes, monkeypatch):
    monkeypatch.setattr(door, "let_out", masked)
    assert leaks(shown_of(primes)) == {}


@pytest.mark.slow
def test_one_way_round_the_door_is_seen_wherever_it_shows(primes, monkeypatch):
    monkeypatch.setattr(door, "let_out", masked)
    monkeypatch.setattr(Release, "table", lambda release, name: release._report.filled(name))
    there = leaks(shown_of(primes, tables=1))
    assert {name.rpartition(".")[2] for name in there} == {"pptx", "xlsx", "html", "svg", "txt"}


@only_whole
@pytest.mark.slow
def test_where_nothing_is_masked_counts_stand_in_a_report_in_print_and_in_notebooks_too(primes, tmp_path):
    with chapters(ROOT / "notebooks" / "1_referrals.ipynb", printed=True):
        made = run("report", primes / "2010-Q3.xlsx", "--out", tmp_path / "out")
    assert made.exit_code == 0, made.stderr
    files = [file for file in (tmp_path / "out").rglob("*") if file.suffix in (".pdf", ".ipynb", ".html")]
    there = {Path(name).name for name in leaks({str(file): file.read_bytes() for file in files})}
    assert {"report.pdf", "1_referrals.html", "1_referrals.ipynb"} <= there


@only_whole
@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "km", "en+km"])
def test_a_whole_report_shows_nothing_that_the_door_masks(primes, tmp_path, language):
    path = use_masked_door(tmp_path)
    made = ccpcr("report", primes / "2010-Q3.xlsx", "--out", tmp_path / "out", "--language", language, PYTHONPATH=path)
    assert made.returncode == 0, made.stderr
    files = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    assert {"report.pdf", "deck.pptx", "1_referrals.ipynb"} <= {file.name for file in files}
    assert leaks({str(file.relative_to(tmp_path)): file.read_bytes() for file in files}) == {}
