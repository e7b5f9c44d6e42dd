"""How fast, against a named peer in the same run. Run with `make bench`; nothing here is part of `make test`.

Each line says what was measured, both medians, and the ratio: below 1 is faster than the peer. The two take turns,
so that a machine that slows down slows both. No time is asserted: a busy machine is no bug.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKBOOK = ROOT / "data" / "2010-Q2.xlsx"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*_*.ipynb"))


def beside(
    benchmark, own: Callable[[], object], peer: Callable[[], object], rounds: int
) -> tuple[object, float, float]:
    """Time a piece of work and its peer in turns, after a round to warm up: its result, and both medians in seconds."""
    times = []

    def run_peer() -> None:
        start = time.perf_counter()
        peer()
        times.append(time.perf_counter() - start)

    result = benchmark.pedantic(own, setup=run_peer, rounds=rounds, warmup_rounds=1)
    return result, benchmark.stats["median"], statistics.median(times[1:])


def tell(capsys, what: str, own: float, peer_name: str, peer: float) -> None:
    with capsys.disabled():
        print(f"\n{what}: {1000 * own:.1f} ms; {peer_name}: {1000 * peer:.1f} ms; ratio {own / peer:.2f}")


@pytest.mark.parametrize(("engine", "rounds"), [("calamine", 40), ("openpyxl", 10)])
def test_reading(benchmark, capsys, engine, rounds):
    from ccpcr_lib.excel.reader import read_workbook

    def raw() -> object:
        return pd.read_excel(WORKBOOK, sheet_name=None, header=None, engine=engine)

    reading, own, peer = beside(benchmark, lambda: read_workbook(WORKBOOK), raw, rounds)
    assert len(reading.counts) == 317
    tell(capsys, "reading, to counts and claims", own, f"pandas with {engine}, raw cells", peer)


def test_checking(benchmark, capsys):
    from ccpcr_lib.excel.reader import read_workbook
    from ccpcr_lib.quality.check import check_reading

    reading = read_workbook(WORKBOOK)
    findings, own, peer = beside(benchmark, lambda: check_reading(reading), lambda: read_workbook(WORKBOOK), 40)
    assert findings
    tell(capsys, "checking", own, "reading", peer)


def test_checking_grows_with_the_quarters(benchmark, capsys):
    """Check 100 and 1,000 quarters: ten times as many should take ten times as long."""
    from ccpcr_lib.excel.reader import read_workbook
    from ccpcr_lib.quality.check import check_reading

    reading = read_workbook(WORKBOOK)

    def check(quarters: int) -> list:
        return [check_reading(reading) for _ in range(quarters)]

    many, own, peer = beside(benchmark, lambda: check(1000), lambda: check(100), 1)
    assert len(many) == 1000
    tell(capsys, "checking 1,000 quarters", own, "ten times 100 quarters", 10 * peer)


CCPCR = "from ccpcr_lib.cli import main; main()"
PAPERMILL = """
import sys, warnings, papermill
warnings.simplefilter("ignore")
out, workbook, *paths = sys.argv[1:]
for place, path in enumerate(paths):
    folder, values = path.rpartition("/")[0], {"workbook": workbook}
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


def call(*command: object) -> str:
    done = subprocess.run([sys.executable, *map(str, command)], check=True, capture_output=True, encoding="utf-8")
    return done.stdout


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
    with capsys.disabled():
        seconds = [statistics.median(times) for times in spent.values()]
        print(f"processor seconds: {seconds[0]:.1f}; papermill: {seconds[1]:.1f}; on two cores a half of them at best")
        print(f"at most {MOST} × papermill, goal {GOAL}: {'reached' if own <= GOAL * peer else 'missed'}")
        if own > GOAL * peer:
            print(call(Path(__file__).with_name("parts.py"), WORKBOOK))


def test_help(benchmark, capsys):
    _, own, peer = beside(benchmark, lambda: call("-c", CCPCR, "--help"), lambda: call("-c", "import click"), 10)
    tell(capsys, "ccpcr --help", own, "python -c 'import click'", peer)
