"""How many wrong figures are seen, which cells are named, and how many right ones are suspected. Run with `make bench`.

Every count and every printed total of the real quarter is changed by one, every two different counts of a row are
swapped, every column of counts is shifted by a row: is there a new finding, and does it name a changed cell?
Then slips of many kinds in made-up quarters, totals calculated or typed: is the wrong cell the one named first?
Then 200 random quarters that agree with themselves: is there any finding above a note?
"""

import sys
from pathlib import Path
from statistics import mean, median

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from consistent import consistent
from faults import is_noticed, plus_one, shifts, swaps
from layouts import LAYOUTS, write
from named_cells import Outcome, measure
from typing_faults import KINDS, TWO, UNSEEN
from ways_of_totals import WAYS
from workbooks import WORKBOOK

from ccpcr_lib import load

PLANTED = 40
"""How many slips of each kind are planted."""
NAMED_FIRST, EXACTLY, FINDINGS, MILLISECONDS = 0.9, 0.8, 1.2, 25.0
"""Of what is noticed: the least share whose first cell is a wrong one, and that has a finding of the wrong cells alone;
the most findings for each, and the most milliseconds that the checks may take, as a median."""


@pytest.fixture(scope="module")
def report():
    return load(WORKBOOK)


@pytest.mark.parametrize("kind", [plus_one, swaps, shifts], ids=lambda kind: kind.__name__)
def test_detection(report, tmp_path, capsys, kind):
    changes = list(kind(report))
    escaped = [change for change in changes if not is_noticed(report, change, tmp_path)]
    total, seen = len(changes), len(changes) - len(escaped)
    with capsys.disabled():
        print(f"\n{kind.__name__:10} {seen} of {total} seen ({100 * seen / total:.1f} %)")
        for change in escaped:
            print("   escaped:", "; ".join(f"{sheet}!{cell} -> {value}" for sheet, cell, value in change))
    assert total > 20


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kinds", [KINDS, UNSEEN, (TWO,)], ids=["known", "unseen", "two at once"])
def test_which_cell_is_named(capsys, way, kinds):
    with capsys.disabled():
        tried = measure([*kinds], [way], PLANTED)
        judge_naming([one for one in tried if one.is_noticed])
    assert len(tried) >= PLANTED


def judge_naming(noticed: list[Outcome]) -> None:
    """Print what is to be reached, and whether it was."""
    first, exact = mean(one.is_named for one in noticed), mean(one.is_exact for one in noticed)
    findings, checks = mean(len(one.findings) for one in noticed), 1000 * median(one.seconds for one in noticed)
    print(f"named first: at least {NAMED_FIRST:.0%}: {told(first >= NAMED_FIRST)}")
    print(f"exactly: at least {EXACTLY:.0%}: {told(exact >= EXACTLY)}")
    print(f"findings: at most {FINDINGS}: {told(findings <= FINDINGS)}")
    print(f"milliseconds: at most {MILLISECONDS}: {told(checks <= MILLISECONDS)}")


def told(is_reached: bool) -> str:
    return "reached" if is_reached else "missed"


def test_false_alarms(tmp_path, capsys):
    names = [name for name, layout in LAYOUTS.items() if not layout.notes]
    alarms = []
    for seed in range(200):
        path, _ = write(consistent(seed, 2008 + seed % 5, 1 + seed % 4), LAYOUTS[names[seed % len(names)]], tmp_path)
        alarms += [(seed, item.message) for item in load(path).problems if item.severity != "note"]
    with capsys.disabled():
        print(f"\n200 consistent quarters: {len(alarms)} findings above a note")
        for seed, message in alarms:
            print("  ", seed, message)
    assert not alarms
