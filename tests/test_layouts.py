import pandas as pd
import pytest
from layouts import LAYOUTS, write
from truth import TRUTHS, records

from ccpcr_lib.excel.reader import read_workbook

FIELDS = ["table", "measure", "period", "case_type", "sex", "age_band", "category", "unit", "value"]


def as_records(frame: pd.DataFrame) -> list[tuple]:
    plain = frame[FIELDS].astype(object)
    return [tuple(row) for row in plain.where(plain.notna(), None).itertuples(index=False)]


def sort(rows: list[tuple]) -> list[tuple]:
    return sorted(rows, key=str)


def assert_reads(truth, layout, folder):
    path, sources = write(truth, layout, folder)
    reading = read_workbook(path)
    assert [item.message for item in reading.findings if item.severity != "note"] == []
    assert reading.period == truth.period
    assert sort(as_records(reading.counts)) == sort(records(truth))
    assert dict(zip(reading.counts["source"], as_records(reading.counts), strict=True)) == sources
    return reading


@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.period)
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_reads_to_the_same_counts_in_the_cells_they_stand_in(name, truth, tmp_path):
    assert_reads(truth, LAYOUTS[name], tmp_path)
