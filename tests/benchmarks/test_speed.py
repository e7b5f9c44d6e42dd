"""How fast a report and a help are made, against a named peer in the same run. Run with `make bench`.

Each line says what was measured, both medians, and the ratio: below 1 is faster than the peer. The two take turns,
so that a machine that slows down slows both. No time is asserted: a busy machine is no bug.
"""

import statistics
from pathlib import Path

import psutil
from peers import CCPCR, ROOT, WORKBOOK, beside, call, judge, tell

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*_*.ipynb"))
PAPERMILL = """
import sys, warnings, papermill
warnings.simplefilter("ignore")
out, workbook, *paths = sys.argv[1:]
for place, path in enumerate(paths):
    folder, values = path.rpartition("/")[0], {"data": workbook}
    papermill.execute_notebook(path, f"{out}/{place}.ipynb", parameters=values, cwd=folder, progress_bar=False)
"""


def processor_seconds(*command: object) -> float:
    """Run a command; give the processor seconds that it and whatever it has waited for took (not told on Windows)."""
    before = psutil.Process().cpu_times()
    call(*command)
    after = psutil.Process().cpu_times()
    return after.children_user + after.children_system - before.children_user - before.children_system


MOST, GOAL = 0.45, 0.35
"""What the report may take of papermill's time, and what it is to take."""


def test_the_report(benchmark, capsys, tmp_path):
    """All that a report makes, against papermill running its notebooks, whose charts are the same and as fast."""
    command = ["-c", CCPCR, "report", WORKBOOK, "--out", tmp_path]
    peer_command = ["-c", PAPERMILL, tmp_path, WORKBOOK, *NOTEBOOKS]
    spent: dict[str, list[float]] = {"own": [], "peer": []}
    _, own, peer = beside(
        benchmark,
        lambda: spent["own"].append(processor_seconds(*command)),
        lambda: spent["peer"].append(processor_seconds(*peer_command)),
        3,
    )
    tell(capsys, "the whole report", own, f"papermill, the same {len(NOTEBOOKS)} notebooks one by one", peer)
    judge(capsys, own / peer, MOST)
    with capsys.disabled():
        seconds = [statistics.median(times) for times in spent.values()]
        print(f"processor seconds: {seconds[0]:.1f}; papermill: {seconds[1]:.1f}; on two cores a half of them at best")
        print(f"the goal of {GOAL} × papermill is {'reached' if own <= GOAL * peer else 'missed'}")
        if own > GOAL * peer:
            print(call(Path(__file__).with_name("parts.py"), WORKBOOK))


def test_help(benchmark, capsys):
    _, own, peer = beside(benchmark, lambda: call("-c", CCPCR, "--help"), lambda: call("-c", "import click"), 10)
    tell(capsys, "ccpcr --help", own, "python -c 'import click'", peer)
