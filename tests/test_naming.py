"""A floor under what is named: of slips in typing that are noticed, nearly all are named first, and each once."""

from itertools import product

import pytest
from extent import extent
from named_cells import outcome
from typing_faults import KINDS, draw_fault, suits
from ways_of_totals import WAYS

SEEDS = (1,)
FEW = ("slipped_zero", "swapped_in_row", "quarter_before")
ASKED = {"quick": (FEW, 1, 0.85), "sample": (FEW, 2, 0.85), "whole": ((*KINDS,), 8, 0.9)}
"""By the extent of a run: which kinds of slips, how many of each, and the share that is to be named first."""


@pytest.mark.proof(len(FEW) * 2, len(KINDS) * 8)
def test_most_slips_that_are_noticed_are_named_first_and_told_once():
    kinds, faults, floor = ASKED[extent()]
    drawn = [
        outcome(draw_fault(kind, number, SEEDS), way)
        for kind, way, number in product(kinds, WAYS.values(), range(faults))
        if suits(kind, way)
    ]
    noticed = [one for one in drawn if one.is_noticed]
    assert len(noticed) >= len(drawn) / 2
    assert sum(one.is_named for one in noticed) >= floor * len(noticed)
    assert sum(len(one.findings) for one in noticed) <= 1.2 * len(noticed)
