import pytest
from counted import as_records, by_hand, in_order
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
    return reading


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.period)
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_reads_to_the_same_counts_in_the_cells_they_stand_in(name, truth, tmp_path):
    assert_reads(truth, LAYOUTS[name], tmp_path)
