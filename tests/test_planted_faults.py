"""Wrong figures planted into a quarter are noticed at a changed cell: all but those that nothing contradicts."""

import random

import openpyxl
import pytest
from consistent import consistent
from extent import proof
from faults import Change, is_noticed, plus_one, shifts, swaps
from layouts import LAYOUTS, write
from workbooks import WORKBOOK

from ccpcr_lib import load

QUARTER = load(WORKBOOK)


def named(change: Change) -> str:
    """Name a change by its first and its last cell."""
    (sheet, first, _), (_, last, _) = change[0], change[-1]
    return f"{sheet}!{first}" if first == last else f"{sheet}!{first} to {last}"


FAULTS = {kind.__name__: {named(change): change for change in kind(QUARTER)} for kind in (plus_one, swaps, shifts)}
CONTRADICTED_BY_NOTHING = {
    # Who was served or followed up on a skill stands in no other table, and perhaps in several rows: no total adds up.
    "plus_one": [
        *(f"Slide 13!C{row}" for row in range(4, 9)),
        *(f"Slide 21!C{row}" for row in range(5, 10)),
        # June's child is a girl on slide 7 and a boy on slide 8: with one client more, another cell settles as much.
        *(f"Slide 8!{column}8" for column in "CEG"),
        "Slide 9!C5",
        "Slide 9!C6",
    ],
    # The child of June is a girl on slide 7 and a boy on slide 8: swapped, the two agree.
    "swaps": ["Slide 8!E8 to F8", "Slide 7!F8 to G8"],
    # The totals of these columns stay what they are, and no other table counts the same by row.
    "shifts": [
        "Slide 13!C4 to C8",
        "Slide 16!C7 to C13",
        "Slide 17!C6 to C12",
        "Slide 20!E6 to E12",
        "Slide 21!C5 to C9",
        "Slide 21!D5 to D9",
    ],
}
NOTICEABLE = [
    (kind, where) for kind, planted in FAULTS.items() for where in planted if where not in CONTRADICTED_BY_NOTHING[kind]
]


@pytest.mark.parametrize(
    ("kind", "planted", "noticed"), [("plus_one", 400, 385), ("swaps", 493, 491), ("shifts", 32, 26)]
)
def test_so_many_faults_are_planted_and_so_many_are_noticed(kind, planted, noticed):
    assert len(FAULTS[kind]) == planted
    assert [of for of, _ in NOTICEABLE].count(kind) == noticed


@proof("kind, where", NOTICEABLE, sample=40)
def test_a_planted_fault_is_noticed_at_a_changed_cell(kind, where, tmp_path):
    assert is_noticed(QUARTER, FAULTS[kind][where], tmp_path)


ADDED_UP = [
    name
    for name, layout in LAYOUTS.items()
    if layout.totals and not layout.notes and not name.startswith("continued")  # a part's own total adds up that part
]
COUNTED_ONCE = ("life_skills", "other_services", "skills_follow_up")
"""Tables in which a client may stand in several rows: their totals are bounds, and one more contradicts none."""


@proof("seed", range(300), sample=8)
def test_one_more_in_a_random_quarter_is_noticed_where_a_total_adds_it_up(seed, tmp_path):
    truth, draw = consistent(seed, 2008 + seed % 5, 1 + seed % 4), random.Random(seed)
    path, sources = write(truth, LAYOUTS[ADDED_UP[seed % len(ADDED_UP)]], tmp_path)
    where = draw.choice([cell for cell, (table, *_) in sources.items() if table not in COUNTED_ONCE])
    book = openpyxl.load_workbook(path)
    sheet, _, cell = where.rpartition("!")
    book[sheet][cell] = sources[where][-1] + 1
    book.save(path)
    assert where in [cell for item in load(path).problems if item.severity != "note" for cell in item.where]
