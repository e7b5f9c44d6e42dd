import pytest

from ccpcr_lib.model import period
from ccpcr_lib.model.catalogue import CATALOGUE, count, months, spec, total
from ccpcr_lib.model.table import ROLES, Column, TableSpec, Text, slots

NAMES = [declared.name for declared in CATALOGUE]
COUNTS = {
    "referrals_by_type": 21,
    "referrals_by_sex": 36,
    "referrals_by_age": 24,
    "referral_sources": 4,
    "education": 39,
    "other_services": 5,
    "life_skills": 77,
    "vocational_skills": 12,
    "family_assessments": 28,
    "family_visits": 28,
    "reintegration": 6,
    "partner_referrals": 6,
    "follow_up_support": 21,
    "skills_follow_up": 10,
}


def cell(laid, row, column):
    return next(slot for slot in laid if (slot.row, slot.column) == (row, column))


def test_the_catalogue_has_the_fourteen_tables_in_the_order_of_the_slides():
    assert list(COUNTS) == NAMES
    assert [declared.slide for declared in CATALOGUE] == [6, 7, 8, 9, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21]


@pytest.mark.parametrize("name", NAMES)
def test_a_table_lays_out_as_many_counts_as_the_slide_has(name):
    laid = slots(spec(name), "2010-Q2")
    assert sum(slot.role == "count" for slot in laid) == COUNTS[name]
    assert {slot.role for slot in laid} <= set(ROLES)


@pytest.mark.parametrize("name", NAMES)
def test_no_two_cells_of_a_layout_lie_upon_each_other(name):
    places = [
        (row, column)
        for slot in slots(spec(name), "2010-Q2")
        for row in range(slot.row, slot.row + slot.rows)
        for column in range(slot.column, slot.column + slot.columns)
    ]
    assert len(places) == len(set(places))


@pytest.mark.parametrize("name", NAMES)
def test_no_two_counts_of_a_table_stand_for_the_same(name):
    keys = [
        (slot.measure, slot.unit, *sorted(slot.key.items()))
        for slot in slots(spec(name), "2010-Q2")
        if slot.role == "count"
    ]
    assert len(keys) == len(set(keys))


def test_a_count_knows_its_case_type_and_month():
    slot = cell(slots(spec("referrals_by_type"), "2010-Q2"), 5, 3)
    assert (slot.role, slot.key) == ("count", {"case_type": "TL", "period": "2010-05"})


def test_the_plan_is_one_cell_over_all_rows_and_for_the_year():
    slot = cell(slots(spec("referrals_by_type"), "2010-Q2"), 2, 1)
    assert (slot.role, slot.rows, slot.key) == ("plan", 7, {"period": "2010"})


def test_case_types_without_a_split_have_one_column_of_no_sex():
    heads = [column.key for column in spec("life_skills").counts]
    assert heads[2] == {"case_type": "SA"}
    assert heads[:2] == [{"case_type": "DV", "sex": "F"}, {"case_type": "DV", "sex": "M"}]
    assert len(heads) == 11


def test_a_total_merged_over_both_sexes_is_about_neither():
    laid = slots(spec("referrals_by_sex"), "2010-Q2")
    slot = next(slot for slot in laid if slot.role == "total" and slot.columns == 2)
    assert (slot.key, slot.row) == ({"case_type": "DV", "period": "2010-Q2"}, 6)


def test_a_stock_has_no_total():
    laid = slots(spec("referrals_by_age"), "2010-Q2")
    assert not [slot for slot in laid if slot.role == "total" and slot.measure == "in_shelter"]


def test_the_quarter_before_stays_out_of_the_quarters_merged_total():
    laid = slots(spec("family_visits"), "2011-Q1")
    merged = next(slot for slot in laid if slot.role == "total" and slot.columns > 1)
    assert (merged.column, merged.columns, merged.key) == (2, 4, {"period": "2011-Q1"})
    assert next(slot for slot in laid if slot.role == "count").key == {"period": "2010-Q4", "case_type": "DV"}


def test_a_grown_open_list_lays_out_its_new_rows():
    laid = slots(spec("partner_referrals"), "2010-Q2", ("COSECAM", "CWDA", "Licadho"))
    assert [slot.text for slot in laid if slot.role == "stub"][2] == Text("partners", "Licadho")


def test_a_declaration_that_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="a column cannot have the role 'sum'"):
        Column("sum", "referred", {}, (Text("headings", "total"),))
    with pytest.raises(ValueError, match="has no heading"):
        Column("count", "referred", {}, ())
    with pytest.raises(ValueError, match="rows are 'village'"):
        TableSpec("x", 1, "village", months("referred"))
    with pytest.raises(ValueError, match="no column counts anything"):
        TableSpec("x", 1, "grade", (total("referred"),))
    with pytest.raises(ValueError, match="not in the code list"):
        TableSpec("x", 1, "grade", (count("referred", "clients"),), members=("grade_13",))


def test_an_unknown_table_is_answered_with_the_known_ones():
    with pytest.raises(KeyError, match="family_visits"):
        spec("visits")


def test_quarters_run_over_the_turn_of_the_year():
    assert period.previous("2010-Q1") == "2009-Q4"
    assert period.months("2011-Q4") == ("2011-10", "2011-11", "2011-12")
    assert period.quarter_of("2011-12") == "2011-Q4"
    with pytest.raises(ValueError, match="Write it like 2010-Q2"):
        period.split_quarter("2010-05")
