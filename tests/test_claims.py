"""What a sheet prints of its own counts: totals, shares, plan and notes, each a claim with its cell and its text."""

import openpyxl
import pytest
from counted import by_hand, in_order
from layouts import Layout, write
from truth import Q2_2010
from workbooks import DEMO

from ccpcr_lib.excel.file.grid import Grid
from ccpcr_lib.excel.reader import read_workbook


def claims(reading, cell):
    """List what one cell claims, as (kind, measure, period, case_type, sex, age_band, category, value)."""
    rows = reading.printed[reading.printed["source"] == cell]
    plain = rows[["kind", "measure", "period", "case_type", "sex", "age_band", "category", "value"]].astype(object)
    return [tuple(row) for row in plain.where(plain.notna(), None).itertuples(index=False)]


def test_printed_has_the_columns_and_types_of_the_contract(reading):
    columns = ["table", "measure", "kind", "period", "case_type", "sex", "age_band", "category"]
    columns += ["unit", "value", "text", "source"]
    assert list(reading.printed) == columns
    assert str(reading.printed["value"].dtype) == "Float64"
    assert set(reading.printed["kind"]) == {"total", "share", "note", "plan"}


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


def test_a_reading_knows_which_claims_are_calculated(reading):
    assert reading.calculated == frozenset()  # every total of the slides was typed
    demo = read_workbook(DEMO / "2010-Q2-SYNTHETIC.xlsx")
    kinds = {claim.source: claim.kind for claim in demo.claims if claim.source.startswith("Referrals by type!")}
    assert (kinds["Referrals by type!B7"], kinds["Referrals by type!F7"]) == ("plan", "total")
    calculated = {cell.partition("!")[2] for cell in kinds if cell in demo.calculated}
    assert calculated == {*(f"F{row}" for row in range(7, 14)), "B14", "C14"}  # C14 is merged over the months


def test_a_turned_sheet_keeps_its_formulas():
    assert Grid("S", {(0, 2): 5}, formulas=frozenset({(0, 2)})).turned().formulas == {(2, 0)}
