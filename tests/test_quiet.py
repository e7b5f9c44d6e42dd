"""Quarters that agree with themselves, typed in many layouts: no finding above a note, and hardly a note."""

from collections.abc import Callable
from functools import cache

import pytest
from consistent import consistent
from extent import part, proof
from layouts import LAYOUTS, write

from ccpcr_lib import load
from ccpcr_lib.model.finding import Finding

QUARTERS, SAMPLE = range(500), 24
LAYOUTS_TAKEN = [name for name, layout in LAYOUTS.items() if not layout.notes]
TAKEN = part(QUARTERS, SAMPLE)
OF_THE_LAYOUT = {"continued", "subtotal", "unread_numbers", "shares_to_100"}
"""Notes on how a sheet is typed and how its percents are rounded: they are true, whatever was counted."""


@pytest.fixture(scope="module")
def told(tmp_path_factory) -> Callable[[int], tuple[Finding, ...]]:
    """Give what is told of the random quarter of a seed; each is written and read once."""
    folder = tmp_path_factory.mktemp("quiet")

    @cache
    def tell(seed: int) -> tuple[Finding, ...]:
        layout = LAYOUTS[LAYOUTS_TAKEN[(seed * 5) % len(LAYOUTS_TAKEN)]]
        path, _ = write(consistent(seed, 2008 + seed % 5, 1 + seed % 4), layout, folder)
        return load(path).problems

    return tell


@proof("seed", QUARTERS, sample=SAMPLE)
def test_a_quarter_that_agrees_with_itself_raises_no_alarm(told, seed):
    assert [item.message for item in told(seed) if item.severity != "note"] == []


@pytest.mark.proof(len(TAKEN), len(QUARTERS))
def test_such_quarters_have_at_most_one_note_in_ten(told):
    notes = [(seed, item.statement) for seed in TAKEN for item in told(seed) if item.rule not in OF_THE_LAYOUT]
    assert len(notes) <= len(TAKEN) / 10, notes[:10]
