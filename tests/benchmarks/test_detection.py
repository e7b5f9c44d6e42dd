"""How many wrong figures are seen, and how many right ones are suspected. Run with `make bench`.

Every count and every printed total of the real quarter is changed by one, every two different counts of a row are
swapped, every column of counts is shifted by a row: is there a new finding, and does it name a changed cell?
Then 200 random quarters that agree with themselves: is there any finding above a note?
"""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent))

from consistent import consistent
from faults import is_noticed, plus_one, shifts, swaps
from layouts import LAYOUTS, write
from workbooks import WORKBOOK

from ccpcr_lib import load


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
