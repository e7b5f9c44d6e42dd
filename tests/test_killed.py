"""``ccpcr report`` killed at any moment: the older report stands whole, or the new one does, and never a mixture."""

import os
import random
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from commands import CCPCR
from extent import proof
from workbooks import WORKBOOK

from ccpcr_lib.publish.proof.provenance import fingerprints, read

pytestmark = pytest.mark.slow
FILES = 65
"""A few more files than a report has: killed after the last of them is not killed at all. Half fall near the end."""


def written(out: Path) -> int:
    """Count what a report that is being made has written so far, beside its place."""
    folders = [folder for folder in os.walk(out) if Path(folder[0]).relative_to(out).parts[:1] != ("2010-Q2",)]
    return sum(len(files) for _, _, files in folders)


def kill(process: subprocess.Popen) -> None:
    """Kill a program at once, then all that it has started."""
    started = []
    with suppress(psutil.NoSuchProcess):
        started = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    for child in started:
        with suppress(psutil.NoSuchProcess):
            child.kill()


@proof("moment", range(20), sample=2)
def test_a_report_that_is_killed_leaves_the_older_one_or_a_new_one_whole(moment, tmp_path):
    out, older = tmp_path / "reports", tmp_path / "reports" / "2010-Q2"
    older.mkdir(parents=True)
    for name in ("index.html", "minutes.txt"):
        (older / name).write_text("older", encoding="utf-8")
    before, draw = fingerprints(older), random.Random(moment)
    last = draw.randrange(draw.choice((0, FILES - 15)), FILES)
    command = [*CCPCR, "report", str(WORKBOOK), "--out", str(out)]
    report = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    while report.poll() is None and written(out) < last:
        time.sleep(0.01)
    kill(report)
    found = fingerprints(older)
    assert found == before or found == read(older).files
