"""How many wrong figures are seen, which cells are named, and how many right ones are suspected. Run with `make bench`.

Every count and every printed total of the real quarter is changed by one, every two different counts of a row are
swapped, every column of counts is shifted by a row: is there a new finding, and does it name a changed cell?
Then slips of many kinds in made-up quarters, totals calculated, typed or on paper: is the wrong cell named first?
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

GROUPS = {"known": [*KINDS], "unseen": [*UNSEEN], "two at once": [TWO]}
PLANTED = 40
"""How many slips of each kind are planted."""
NOTICED = {
    "known": {"calculated": 0.486, "typed": 0.804, "on paper": 0.75},
    "unseen": {"calculated": 0.466, "typed": 0.766, "on paper": 0.75},
    "two at once": {"calculated": 0.725, "typed": 0.925, "on paper": 0.75},
}
"""The least share of slips that is noticed. What follows is of these."""
NAMED_FIRST, LIKELY, RIGHT = 0.9, 0.85, 0.95
"""The least share whose first cell is a wrong one, and that has a likely explanation; of these the least share that is
named first, and that has a finding of the wrong cells alone."""
FINDINGS = {"known": 1.1, "unseen": 1.1, "two at once": 2.2}
"""The most findings for each."""
EXTRA, WORST = 50.0, 300.0
"""The most milliseconds that the checks take beyond those of the quarter without the slip, as a median, and at all."""


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
@pytest.mark.parametrize("group", GROUPS)
def test_which_cell_is_named(capsys, way, group):
    with capsys.disabled():
        tried = measure(GROUPS[group], [way], PLANTED)
        judge_naming(tried, way, group)
    assert len(tried) >= PLANTED


def judge_naming(tried: list[Outcome], way: str, group: str) -> None:
    """Print what is to be reached, and whether it was."""
    noticed = [one for one in tried if one.is_noticed]
    likely = [one for one in noticed if one.is_explained]
    judge_least("noticed", [one.is_noticed for one in tried], NOTICED[group][way])
    judge_least("named first", [one.is_named for one in noticed], NAMED_FIRST)
    judge_least("one likely", [one.is_explained for one in noticed], LIKELY)
    judge_least("named first where one is likely", [one.is_named for one in likely], RIGHT)
    judge_least("exactly where one is likely", [one.is_exact for one in likely], RIGHT)
    judge_least("exactly, or all of a block left", [one.names_the_slip for one in likely], RIGHT)
    judge_most("findings", mean(len(one.findings) for one in noticed), FINDINGS[group])
    judge_most("milliseconds beyond a sound quarter's", 1000 * median(one.extra for one in tried), EXTRA)
    judge_most("milliseconds at worst", 1000 * max(one.seconds for one in tried), WORST)


def judge_least(what: str, holds: list[bool], least: float) -> None:
    share = mean(holds) if holds else 0.0
    print(f"{what}: {share:.1%}, at least {least:.1%}: {told(share >= least)}")


def judge_most(what: str, figure: float, most: float) -> None:
    print(f"{what}: {figure:.2f}, at most {most:g}: {told(figure <= most)}")


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
