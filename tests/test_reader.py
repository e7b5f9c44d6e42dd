"""The reader: every count of the quarter beside its cell, whatever else a sheet says; names that look like totals."""

import hashlib

import openpyxl
import pandas as pd
import pytest
from counted import COUNTS_OF_THE_QUARTER, by_hand, in_order
from layouts import Layout, write
from planting import plant
from truth import Q2_2010, Q4_2011
from workbooks import ROOT, WORKBOOK, with_rows

from ccpcr_lib.excel.reader import read_workbook


def test_the_quarters_workbook_holds_what_the_slides_say(reading):
    assert in_order(reading.counts) == by_hand(Q2_2010)


def test_the_quarter_that_comes_with_the_project_is_the_one_of_these_tests():
    assert in_order(read_workbook(ROOT / "data" / "2010-Q2.xlsx").counts) == by_hand(Q2_2010)


def test_there_are_317_counts_in_the_order_of_the_tables(reading):
    assert reading.counts["table"].astype(str).value_counts(sort=False).to_dict() == COUNTS_OF_THE_QUARTER
    assert len(reading.counts) == 317


def test_counts_have_the_columns_and_types_of_the_contract(reading):
    assert {name: str(dtype) for name, dtype in reading.counts.dtypes.items()} == {
        "table": "category",
        "measure": "category",
        "period": "str",
        "case_type": "category",
        "sex": "category",
        "age_band": "category",
        "category": "str",
        "unit": "category",
        "value": "Int64",
        "source": "str",
    }
    assert list(reading.counts["case_type"].cat.categories) == ["DV", "SA", "NC", "TL", "ST", "RC", "SW"]
    assert list(reading.counts["unit"].cat.categories) == ["clients", "times"]


def test_the_quarters_workbook_has_no_reading_findings(reading):
    assert reading.findings == ()


def test_a_reading_names_its_file_period_and_digest(reading):
    assert (reading.path, reading.period) == (WORKBOOK, "2010-Q2")
    assert reading.sha256 == hashlib.sha256(WORKBOOK.read_bytes()).hexdigest()


def test_every_table_says_where_it_was_found_and_which_rows_it_has(reading):
    assert reading.places["education"] == "Slide 12!B3"
    assert reading.members["partner_referrals"] == ("COSECAM", "CWDA")
    assert reading.members["referrals_by_sex"] == ("m1", "m2", "m3")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Slide 6!D9", (4, "2010-04", "TL", None)),
        ("Slide 7!K6", (29, "2010-04", "RC", "F")),
        ("Slide 7!E7", (None, "2010-05", "SA", None)),
        ("Slide 9!D6", (None, "2010-Q2", None, "F")),
        ("Slide 16!C9", (None, "2010-Q1", "NC", None)),
    ],
)
def test_a_count_stands_beside_its_cell(reading, cell, expected):
    row = reading.counts[reading.counts["source"] == cell].iloc[0]
    shown = openpyxl.load_workbook(WORKBOOK)[cell.split("!")[0]][cell.split("!")[1]].value
    assert row["value"] == shown
    assert row["period"] == expected[1]
    for name, code in (("case_type", expected[2]), ("sex", expected[3])):
        assert row[name] == code if code else pd.isna(row[name])


def test_sa_st_and_sw_have_no_sex(reading):
    rows = reading.counts[reading.counts["case_type"].isin(["SA", "ST", "SW"])]
    assert rows["sex"].isna().all()


def test_a_blank_cell_is_not_zero_and_a_dash_is(tmp_path):
    path = plant(tmp_path, ("Slide 12", "C6", None), ("Slide 12", "C7", "-"))
    counts = read_workbook(path).counts.set_index("source")["value"]
    assert pd.isna(counts["Slide 12!C6"])
    assert counts["Slide 12!C7"] == 0
    assert len(counts) == 317


def test_a_new_name_in_an_open_list_is_a_new_member(tmp_path):
    path, _ = write(Q4_2011, Layout(), tmp_path)
    assert read_workbook(path).members["partner_referrals"] == (
        "COSECAM",
        "CWDA",
        "Licadho",
        "Hagar (Phnom Penh)",
    )


def test_a_name_that_begins_like_a_total_is_no_total(tmp_path):
    reading = read_workbook(plant(tmp_path, ("Slide 19", "B6", "Summit Org")))
    assert reading.members["partner_referrals"] == ("COSECAM", "Summit Org")


@pytest.mark.parametrize(
    "heads",
    [
        ("DV F", "DV M", "SA", "NC (F)", "NC (M)", "TL-F", "TL-M", "ST", "RC/F", "RC/M", "SW"),
        (
            "Domestic Violence (DV) Female",
            "Domestic Violence Male",
            "Sexual Abuse (SA)",
            "NC Girls",
            "NC Boys",
            "Trafficking for Labor girls",
            "TL boys",
            "ST",
            "Returnee Children - F",
            "RC M",
            "Sex worker",
        ),
    ],
)
def test_case_type_and_sex_may_share_one_heading(tmp_path, heads):
    book = openpyxl.Workbook()
    for line in (["Life skills"], ["No", "Title", *heads], [1, "Child rights", *range(1, 12)]):
        book.active.append(line)
    book.save(tmp_path / "2010-Q2.xlsx")
    counts = read_workbook(tmp_path / "2010-Q2.xlsx").counts
    assert counts["value"].tolist() == list(range(1, 12))
    assert counts["case_type"].tolist() == ["DV", "DV", "SA", "NC", "NC", "TL", "TL", "ST", "RC", "RC", "SW"]
    assert counts["sex"].astype(object).where(counts["sex"].notna(), "-").tolist() == list("FM-FMFM-FM-")


def test_a_workbook_with_macros_reads_like_one_without(tmp_path):
    (tmp_path / "2010-Q2.xlsm").write_bytes(WORKBOOK.read_bytes())
    assert len(read_workbook(tmp_path / "2010-Q2.xlsm").counts) == 317


def test_an_organisation_called_total_care_is_a_row_and_drops_none_below_it(tmp_path):
    rows = [(3, "Total care", 1, 1, 1, 3, "33%"), (4, "Ratanak", 0, 3, 0, 3, "33%")]
    reading = read_workbook(with_rows(tmp_path, "Slide 19", 7, rows))
    assert reading.members["partner_referrals"] == ("COSECAM", "CWDA", "Total care", "Ratanak")
    counts = reading.counts[reading.counts["table"] == "partner_referrals"]
    assert counts["value"].tolist() == [0, 2, 0, 0, 1, 0, 1, 1, 1, 0, 3, 0]


def test_a_row_that_is_called_total_and_adds_up_is_no_organisation(tmp_path):
    rows = [(3, "Total of both", 0, 3, 0, 3, "100%"), (4, "Ratanak", 0, 3, 0, 3, "33%")]
    reading = read_workbook(with_rows(tmp_path, "Slide 19", 7, rows))
    assert reading.members["partner_referrals"] == ("COSECAM", "CWDA", "Ratanak")
    assert "subtotal" in [item.rule for item in reading.findings]
