"""A piece of work beside a named peer, in turns, so that a machine that slows down slows both."""

import cProfile
import io
import pstats
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WORKBOOK = ROOT / "data" / "2010-Q2.xlsx"
CCPCR = "from ccpcr_lib.cli import main; main()"


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
    """Print both medians and their ratio."""
    with capsys.disabled():
        print(f"\n{what}: {1000 * own:.1f} ms; {peer_name}: {1000 * peer:.1f} ms; ratio {own / peer:.2f}")


def judge(capsys, ratio: float, most: float, left: Callable[[], str] = lambda: "") -> None:
    """Print whether a ratio is as small as it is to be; where it is not, where the time goes that is `left`."""
    with capsys.disabled():
        print(f"at most {most}: {'reached' if ratio <= most else 'missed'}")
        if ratio > most and (profile := left()):
            print(profile)


def profile(work: Callable[[], object], times: int) -> str:
    """Run work some times; give where its time goes: the functions of the library that take most, with what they call.

    A profile makes short functions look longer than they are.
    """
    watch, text = cProfile.Profile(), io.StringIO()
    for _ in range(times):
        watch.runcall(work)
    stats = pstats.Stats(watch, stream=text)
    stats.sort_stats("cumulative").print_stats("ccpcr_lib", 25)
    lines = text.getvalue().replace(f"{ROOT}/ccpcr_lib/", "").splitlines()
    return "\n".join(line for line in lines if line.strip() and "List reduced" not in line)


def call(*command: object, codes: tuple[int, ...] = (0,)) -> str:
    """Run Python with a command in a process of its own; give what it prints."""
    done = subprocess.run([sys.executable, *map(str, command)], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode in codes, done.stderr
    return done.stdout
