"""How fast, against a named peer in the same run. Run with `make bench`; nothing here is part of `make test`.

Each line says what was measured, both medians, and the ratio: below 1 is faster than the peer.
"""

import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).resolve().parents[2]
WORKBOOK = ROOT / "data" / "2010-Q2.xlsx"
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*_*.ipynb"))


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Give the median time of a piece of work, after one round to warm up."""
    work()
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def tell(capsys, what: str, own: float, peer_name: str, peer: float) -> None:
    with capsys.disabled():
        print(f"\n{what}: {1000 * own:.1f} ms; {peer_name}: {1000 * peer:.1f} ms; ratio {own / peer:.2f}")


@pytest.mark.parametrize(("engine", "rounds"), [("calamine", 40), ("openpyxl", 10)])
def test_reading(benchmark, capsys, engine, rounds):
    from ccpcr_lib.excel.reader import read_workbook

    reading = benchmark.pedantic(read_workbook, args=(WORKBOOK,), rounds=40, warmup_rounds=3)
    assert len(reading.counts) == 312
    peer = seconds(lambda: pd.read_excel(WORKBOOK, sheet_name=None, header=None, engine=engine), rounds)
    tell(capsys, "reading, to counts and claims", benchmark.stats["median"], f"pandas with {engine}, raw cells", peer)


def test_checking(benchmark, capsys):
    from ccpcr_lib.excel.reader import read_workbook
    from ccpcr_lib.quality.check import check_reading

    reading = read_workbook(WORKBOOK)
    findings = benchmark.pedantic(check_reading, args=(reading,), rounds=40, warmup_rounds=3)
    assert findings
    tell(capsys, "checking", benchmark.stats["median"], "reading", seconds(lambda: read_workbook(WORKBOOK), 40))


def test_checking_grows_with_the_quarters(benchmark, capsys, tmp_path):
    """Check 100 and 1,000 quarters: ten times as many should take ten times as long."""
    from ccpcr_lib.excel.reader import read_workbook
    from ccpcr_lib.quality.check import check_reading

    reading = read_workbook(WORKBOOK)
    few = seconds(lambda: [check_reading(reading) for _ in range(100)], 1)
    many = benchmark.pedantic(lambda: [check_reading(reading) for _ in range(1000)], rounds=1)
    assert len(many) == 1000
    tell(capsys, "checking 1,000 quarters", benchmark.stats["median"], "ten times 100 quarters", 10 * few)


PAPERMILL = """
import sys, warnings, papermill
warnings.simplefilter("ignore")
for place, path in enumerate(sys.argv[3:]):
    papermill.execute_notebook(path, f"{sys.argv[1]}/{place}.ipynb", parameters={"workbook": sys.argv[2]}, cwd=path.rpartition("/")[0], progress_bar=False)
"""


def test_the_report(benchmark, capsys, tmp_path):
    command = [sys.executable, "-c", "from ccpcr_lib.cli import main; main()", "report", WORKBOOK, "--out", tmp_path]
    quiet = {"check": True, "capture_output": True}
    benchmark.pedantic(lambda: subprocess.run(command, **quiet), rounds=3, warmup_rounds=1)
    peer = [sys.executable, "-c", PAPERMILL, tmp_path, WORKBOOK, *map(str, NOTEBOOKS)]
    name = f"papermill, the same {len(NOTEBOOKS)} notebooks one by one"
    tell(capsys, "the whole report", benchmark.stats["median"], name, seconds(lambda: subprocess.run(peer, **quiet), 2))


def test_help(benchmark, capsys):
    command = [sys.executable, "-c", "from ccpcr_lib.cli import main; main()", "--help"]
    benchmark.pedantic(lambda: subprocess.run(command, check=True, capture_output=True), rounds=10, warmup_rounds=1)
    bare = seconds(lambda: subprocess.run([sys.executable, "-c", "import click"], check=True), 10)
    tell(capsys, "ccpcr --help", benchmark.stats["median"], "python -c 'import click'", bare)
