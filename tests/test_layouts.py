"""One truth in many layouts: whatever a workbook looks like, it reads to the same counts in the cells they stand in."""

from dataclasses import replace
from itertools import product

from consistent import consistent
from counted import as_records, by_hand, in_order
from extent import proof
from layouts import DIVIDED, LAYOUTS, write
from truth import Q4_2011, TRUTHS

from ccpcr_lib.excel.reader import read_workbook


def assert_reads(truth, layout, folder):
    path, sources = write(truth, layout, folder)
    reading = read_workbook(path)
    assert [item.message for item in reading.findings if item.severity != "note"] == []
    assert reading.period == truth.period
    assert in_order(reading.counts) == by_hand(truth)
    assert dict(zip(reading.counts["source"], as_records(reading.counts), strict=True)) == sources


@proof("name, truth", list(product(LAYOUTS, TRUTHS)), sample=32, ids=lambda given: getattr(given, "period", given))
def test_every_layout_reads_to_the_same_counts_in_the_cells_they_stand_in(name, truth, tmp_path):
    assert_reads(truth, LAYOUTS[name], tmp_path)


@proof("name, seed", list(product(LAYOUTS, range(10))), sample=12)
def test_every_layout_of_a_random_quarter_reads_to_its_own_counts(name, seed, tmp_path):
    assert_reads(consistent(seed, 2008 + seed % 5, 1 + seed % 4), LAYOUTS[name], tmp_path)


@proof("name, truth", list(product(DIVIDED, TRUTHS)), sample=12, ids=lambda given: getattr(given, "period", given))
def test_a_table_with_one_dimension_more_reads_to_the_counts_of_its_parts(name, truth, tmp_path):
    path, sources = write(truth, DIVIDED[name], tmp_path)
    reading = read_workbook(path)
    assert [item.message for item in reading.findings if item.severity != "note"] == []
    assert dict(zip(reading.counts["source"], as_records(reading.counts), strict=True)) == sources


@proof("name", list(LAYOUTS), sample=6)
def test_an_organisation_called_total_care_is_a_member_in_every_layout(name, tmp_path):
    partners = Q4_2011.tables["partner_referrals"]
    named = {"CWDA": partners["CWDA"], "Total care": (4, 0, 9), "Licadho": (3, 2, 1)}
    truth = replace(Q4_2011, tables=Q4_2011.tables | {"partner_referrals": named})
    assert_reads(truth, LAYOUTS[name], tmp_path)
