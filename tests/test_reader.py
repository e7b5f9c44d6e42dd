import hashlib

import openpyxl
import pandas as pd
import pytest
from counted import by_hand, in_order
from layouts import Layout, write
from planting import plant
from truth import Q2_2010, Q4_2011
from workbooks import WORKBOOK, with_rows

from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.model.finding import CannotReadError

ROWS = {
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


@pytest.fixture(scope="module")
def reading():
    return read_workbook(WORKBOOK)


def claims(reading, cell):
    """List what one cell claims, as (kind, measure, period, case_type, sex, age_band, category, value)."""
    rows = reading.printed[reading.printed["source"] == cell]
    plain = rows[["kind", "measure", "period", "case_type", "sex", "age_band", "category", "value"]].astype(object)
    return [tuple(row) for row in plain.where(plain.notna(), None).itertuples(index=False)]


def test_the_quarters_workbook_holds_what_the_slides_say(reading):
    assert in_order(reading.counts) == by_hand(Q2_2010)


def test_there_are_317_counts_in_the_order_of_the_tables(reading):
    assert reading.counts["table"].astype(str).value_counts(sort=False).to_dict() == ROWS
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


def test_printed_has_the_columns_and_types_of_the_contract(reading):
    columns = ["table", "measure", "kind", "period", "case_type", "sex", "age_band", "category"]
    columns += ["unit", "value", "text", "source"]
    assert list(reading.printed) == columns
    assert str(reading.printed["value"].dtype) == "Float64"
    assert set(reading.printed["kind"]) == {"total", "share", "note", "plan"}


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


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("Slide 6!C6", [("plan", "referred", "2010", None, None, None, None, 60)]),
        ("Slide 6!D13", [("total", "referred", "2010-Q2", None, None, None, None, 18)]),
        ("Slide 7!B6", [("total", "referred", "2010-04", None, None, None, None, 15)]),
        (
            "Slide 7!C9",
            [
                ("total", "referred", "2010-Q2", "DV", None, None, None, 1),
                ("share", "referred", "2010-Q2", "DV", None, None, None, 0.06),
            ],
        ),
        (
            "Slide 7!K9",
            [
                ("total", "referred", "2010-Q2", "RC", None, None, None, 10),
                ("share", "referred", "2010-Q2", "RC", None, None, None, 0.55),
            ],
        ),
        (
            "Slide 8!E9",
            [
                ("total", "referred", "2010-Q2", None, None, "11-17", None, 10),
                ("share", "referred", "2010-Q2", None, None, "11-17", None, 0.56),
            ],
        ),
        (
            "Slide 7!N9",
            [
                ("total", "reintegrated", "2010-Q2", None, None, None, None, 27),
                ("note", "reintegrated", "2010-Q2", None, "F", None, None, 25),
                ("note", "reintegrated", "2010-Q2", None, "M", None, None, 2),
            ],
        ),
        ("Slide 9!D5", [("note", "referred", "2010-Q2", "TL", "F", None, "RAO", 2)]),
        ("Slide 12!G7", [("share", "enrolled", "2010-Q2", None, None, None, "grade_2", 0.46)]),
        (
            "Slide 15!F5",
            [
                ("total", "trained", "2010-Q2", None, None, None, "sewing", 6),
                ("note", "trained", "2010-Q2", "SA", None, None, "sewing", 1),
                ("note", "trained", "2010-Q2", "NC", None, None, "sewing", 2),
                ("note", "trained", "2010-Q2", "TL", None, None, "sewing", 2),
            ],
        ),
        ("Slide 16!C14", [("total", "assessed", "2010-Q1", None, None, None, None, 36)]),
        ("Slide 16!D14", [("total", "assessed", "2010-04", None, None, None, None, 15)]),
        ("Slide 17!D14", [("total", "visited", "2010-Q2", None, None, None, None, 37)]),
        (
            "Slide 18!C7",
            [
                ("total", "reintegrated", "2010-04", None, None, None, None, 12),
                ("share", "reintegrated", "2010-04", None, None, None, None, 0.5),
            ],
        ),
        ("Slide 20!E8", [("note", "followed_up", "2010-06", "NC", "M", None, None, 2)]),
        (
            "Slide 20!C14",
            [
                ("total", "followed_up", "2010-Q2", None, None, None, None, 12),
                ("note", "followed_up", "2010-Q2", None, "F", None, None, 6),
                ("note", "followed_up", "2010-Q2", None, "M", None, None, 6),
            ],
        ),
    ],
)
def test_a_printed_figure_claims_what_the_slide_says(reading, cell, expected):
    assert claims(reading, cell) == expected


def test_the_life_skills_total_in_the_heading_is_about_every_topic(reading):
    rows = reading.printed[(reading.printed["table"] == "life_skills") & (reading.printed["source"] == "Slide 14!N5")]
    assert rows["value"].tolist() == [25]
    assert rows["category"].isna().all()


def test_a_claim_keeps_its_text(reading):
    rows = reading.printed[reading.printed["source"] == "Slide 7!C9"]
    assert set(rows["text"]) == {"1 6%"}


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


def test_a_total_row_above_the_members_is_still_a_total(tmp_path):
    book = openpyxl.load_workbook(write(Q2_2010, Layout(merged=False, totals=False), tmp_path)[0])
    sheet = book["Sheet5"]
    sheet.insert_rows(5)
    for column, content in enumerate(("Total", None, 11, 0, 0, 11), 1):
        sheet.cell(5, column, content)
    book.save(tmp_path / "top.xlsx")
    reading = read_workbook(tmp_path / "top.xlsx")
    assert (reading.counts["table"] == "education").sum() == 39
    assert claims(reading, "Sheet5!C5") == [("total", "enrolled", "2010-04", None, None, None, None, 11)]
    assert reading.findings == ()


def test_a_subtotal_inside_a_table_is_noted_and_ends_nothing(tmp_path):
    book = openpyxl.load_workbook(write(Q2_2010, Layout(merged=False), tmp_path)[0])
    sheet = book["Sheet5"]
    sheet.insert_rows(12)
    for column, content in enumerate((None, "Subtotal primary", 10, 0, 0, 10), 1):
        sheet.cell(12, column, content)
    book.save(tmp_path / "sub.xlsx")
    reading = read_workbook(tmp_path / "sub.xlsx")
    assert in_order(reading.counts) == by_hand(Q2_2010)
    assert [(item.rule, item.severity, item.where) for item in reading.findings] == [
        ("subtotal", "note", ("Sheet5!B12",))
    ]


def test_a_column_of_percents_under_a_months_own_heading_is_a_share(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "S"
    for line in (
        ["Partner referrals in 2010"],
        ["Names of NGOs", "Apr", None, "May", None, "Jun", None],
        ["COSECAM", 0, "0%", 2, "67%", 0, "0%"],
        ["CWDA", 0, "0%", 1, "33%", 0, "0%"],
    ):
        book.active.append(line)
    for merged in ("B2:C2", "D2:E2", "F2:G2"):
        book.active.merge_cells(merged)
    book.save(tmp_path / "p.xlsx")
    reading = read_workbook(tmp_path / "p.xlsx")
    assert reading.counts["value"].tolist() == [0, 2, 0, 0, 1, 0]
    assert claims(reading, "S!E3") == [("share", "referred_out", "2010-05", None, None, None, "COSECAM", 0.67)]


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


@pytest.mark.parametrize(
    "months",
    [
        ("2010-04", "2010-05", "2010-06"),
        ("04/2010", "5/2010", "06.2010"),
        ("Apr '10", "May-10", "June, 2010"),
        ("Month of April 2010", "in May 2010", "JUN 2010"),
        ("មេសា ២០១០", "ឧសភា ២០១០", "មិថុនា ២០១០"),
    ],
)
def test_months_are_known_however_they_are_dated(tmp_path, months):
    book = openpyxl.Workbook()
    for line in (["Partner referrals"], ["Names of NGOs", *months], ["CWDA", 1, 2, 3]):
        book.active.append(line)
    book.save(tmp_path / "book.xlsx")
    reading = read_workbook(tmp_path / "book.xlsx")
    assert reading.period == "2010-Q2"
    assert list(zip(reading.counts["period"], reading.counts["value"], strict=True)) == [
        ("2010-04", 1),
        ("2010-05", 2),
        ("2010-06", 3),
    ]


# --- the period ---


def undated(folder, name, *lines):
    book = openpyxl.Workbook()
    for line in (*lines, ["Partner referrals"], ["Names of NGOs", "Apr", "May", "Jun"], ["CWDA", 1, 2, 3]):
        book.active.append(line)
    book.save(folder / name)
    return folder / name


@pytest.mark.parametrize(
    "name", ["2010-Q2.xlsx", "Q2_2010 final (2).xlsx", "2nd Quarter 2010.xlsx", "Apr-Jun 2010.xlsx"]
)
def test_the_files_name_gives_the_year_where_the_workbook_does_not(tmp_path, name):
    assert read_workbook(undated(tmp_path, name)).period == "2010-Q2"


def test_a_cover_may_name_the_year(tmp_path):
    assert read_workbook(undated(tmp_path, "book.xlsx", ["Year", "២០១០"])).period == "2010-Q2"


def test_a_period_that_is_asked_for_fills_in_the_year(tmp_path):
    assert read_workbook(undated(tmp_path, "book.xlsx"), "2010-Q2").period == "2010-Q2"


def test_without_any_year_the_officer_is_asked_for_it(tmp_path):
    with pytest.raises(CannotReadError, match=r"^book\.xlsx: nothing in it says which year .* --period 2010-Q2\.$"):
        read_workbook(undated(tmp_path, "book.xlsx"))


def test_the_workbook_and_the_files_name_must_agree(tmp_path):
    path = plant(tmp_path, name="2010-Q3.xlsx")
    reading = read_workbook(path)
    assert reading.period == "2010-Q2"
    assert [(item.rule, item.severity, item.where) for item in reading.findings] == [
        ("period_conflict", "error", (path.name,))
    ]


def test_the_workbook_and_the_period_asked_for_must_agree():
    findings = read_workbook(WORKBOOK, "2009-Q2").findings
    assert [(item.rule, item.severity, item.printed) for item in findings] == [("period_conflict", "error", "2009-Q2")]


def test_another_year_in_a_heading_is_an_error_at_that_heading(tmp_path):
    findings = read_workbook(plant(tmp_path, ("Slide 6", "C4", "Planned 2011"))).findings
    assert [(item.rule, item.where) for item in findings] == [("period_conflict", ("Slide 6!C4",))]


def test_another_years_previous_quarter_is_an_error_at_its_heading(tmp_path):
    findings = read_workbook(plant(tmp_path, ("Slide 17", "C4", "1st quarter 2009"))).findings
    assert ("wrong_quarter", ("Slide 17!C4",)) in [(item.rule, item.where) for item in findings]


# --- other formats of the same workbook: small files made by another office program ---


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
