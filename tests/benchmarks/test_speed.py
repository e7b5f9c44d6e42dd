"""How fast a report and a help are made, against a named peer in the same run. Run with `make bench`.

Each line says what was measured, both medians, and the ratio: below 1 is faster than the peer. The two take turns,
so that a machine that slows down slows both. No time is asserted: a busy machine is no bug.
"""

from pathlib import Path

from peers import CCPCR, ROOT, WORKBOOK, beside, call, tell

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*_*.ipynb"))
PAPERMILL = """
import sys, warnings, papermill
warnings.simplefilter("ignore")
out, workbook, *paths = sys.argv[1:]
for place, path in enumerate(paths):
    folder, values = path.rpartition("/")[0], {"workbook": workbook}
    papermill.execute_notebook(path, f"{out}/{place}.ipynb", parameters=values, cwd=folder, progress_bar=False)
"""


MOST, GOAL = 0.45, 0.35
"""What the report may take of papermill's time, and what it is to take."""


def test_the_report(benchmark, capsys, tmp_path):
    """All that a report makes, against papermill running its notebooks, whose charts are the same and as fast."""
    command = ["-c", CCPCR, "report", WORKBOOK, "--out", tmp_path]
    peer_command = ["-c", PAPERMILL, tmp_path, WORKBOOK, *NOTEBOOKS]
    _, own, peer = beside(benchmark, lambda: call(*command), lambda: call(*peer_command), 3)
    tell(capsys, "the whole report", own, f"papermill, the same {len(NOTEBOOKS)} notebooks one by one", peer, most=MOST)
    with capsys.disabled():
        print(f"the goal of {GOAL} × papermill is {'reached' if own <= GOAL * peer else 'missed'}")
        if own > GOAL * peer:
            print(call(Path(__file__).with_name("parts.py"), WORKBOOK))


def test_help(benchmark, capsys):
    _, own, peer = beside(benchmark, lambda: call("-c", CCPCR, "--help"), lambda: call("-c", "import click"), 10)
    tell(capsys, "ccpcr --help", own, "python -c 'import click'", peer)
