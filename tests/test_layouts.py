"""One truth in many layouts: whatever a workbook looks like, it reads to the same counts in the cells they stand in."""

from itertools import product

from consistent import consistent
from counted import as_records, by_hand, in_order
from extent import proof
from layouts import LAYOUTS, write
from truth import TRUTHS

from ccpcr_lib.excel.reader import read_workbook


def assert_reads(truth, layout, folder):
    path, sources = write(truth, layout, folder)
    reading = read_workbook(path)
    assert [item.message for item in reading.findings if item.severity != "note"] == []
    assert reading.period == truth.period
    assert in_order(reading.counts) == by_hand(truth)
    assert dict(zip(reading.counts["source"], as_records(reading.counts), strict=True)) == sources


@proof("name, truth", list(product(LAYOUTS, TRUTHS)), sample=84, ids=lambda given: getattr(given, "period", given))
def test_every_layout_reads_to_the_same_counts_in_the_cells_they_stand_in(name, truth, tmp_path):
    assert_reads(truth, LAYOUTS[name], tmp_path)


@proof("name, seed", list(product(LAYOUTS, range(10))), sample=12)
def test_every_layout_of_a_random_quarter_reads_to_its_own_counts(name, seed, tmp_path):
    assert_reads(consistent(seed, 2008 + seed % 5, 1 + seed % 4), LAYOUTS[name], tmp_path)
