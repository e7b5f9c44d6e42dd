"""Blanks, empty months, copies, other quarters, and chance."""

import openpyxl
import pytest
from consistent import consistent
from disagreements import disagreements
from histories import table_of
from layouts import Layout, write
from planting import plant
from workbooks import WORKBOOK, next_quarter

from ccpcr_lib import load
from ccpcr_lib.quality.chance import binomial_tails, compare_with_history, tally
from ccpcr_lib.quality.completeness import check_completeness
from ccpcr_lib.quality.facts import Facts


def rules(report, rule):
    return disagreements(report.problems, rule)


def test_blank_counts_are_told_once_a_table_with_every_cell(tmp_path):
    report = load(plant(tmp_path, ("Slide 12", "C6", None), ("Slide 12", "D9", None)))
    (item,) = rules(report, "blank")
    assert item.where == ("Slide 12!C6", "Slide 12!D9")
    assert "2 cells" in item.message


def test_a_month_of_zeros_beside_months_with_many_figures_is_a_note(quarter):
    """Slide 19 has three clients, all in May: that is no wonder."""
    assert [(item.severity, item.table, item.where[0]) for item in rules(quarter, "empty_months")] == [
        ("note", "education", "Slide 12!D5"),
        ("note", "family_visits", "Slide 17!F6"),
        ("note", "follow_up_support", "Slide 20!C6"),
    ]


def empty_months(now: Facts, *earlier: tuple[int, int, int]) -> list[tuple[str, ...]]:
    quarters = ["2009-Q4", "2009-Q3", "2009-Q2", "2009-Q1", "2008-Q4", "2008-Q3", "2010-Q1"]
    others = [
        table_of(period, "partner_referrals", {"CWDA": figures})
        for period, figures in zip(quarters, earlier, strict=False)
    ]
    return [item.where for item in check_completeness(now, others) if item.rule == "empty_months"]


def partners(*figures: int) -> Facts:
    return table_of("2010-Q2", "partner_referrals", {"CWDA": figures})


EMPTY_APRIL = ("partner_referrals!B1", "partner_referrals!B2")


@pytest.mark.parametrize(
    ("figures", "is_told"),
    [
        ((0, 7, 8), True),  # three times two thirds to the 15th: 7 in 1000
        ((0, 7, 7), False),  # to the 14th: 10.3 in 1000
        ((0, 6, 0), True),  # three times a third to the 6th: 4 in 1000
        ((0, 5, 0), False),  # to the 5th: 12 in 1000
        ((0, 0, 0), False),
        ((30, 20, 10), False),
    ],
)
def test_months_of_zeros_are_told_where_chance_hardly_gives_them(figures, is_told):
    assert bool(empty_months(partners(*figures))) is is_told


def test_earlier_quarters_say_how_much_happens_in_a_month_and_whether_it_comes_together():
    assert empty_months(partners(0, 5, 6)) == []
    assert empty_months(partners(0, 5, 6), *[(8, 9, 7)] * 6) == [EMPTY_APRIL]
    assert empty_months(partners(0, 7, 8)) == [EMPTY_APRIL]
    assert empty_months(partners(0, 7, 8), (0, 12, 0), (9, 0, 0), (0, 0, 14), (0, 11, 0), (12, 0, 0), (0, 9, 0)) == []


def test_an_empty_month_that_two_tables_share_is_told_once():
    by_type = table_of("2010-Q2", "referrals_by_type", {"RC": (20, 12, 0)})
    by_sex = table_of("2010-Q2", "referrals_by_sex", {"m1": [20], "m2": [12]})
    both = Facts("2010-Q2", (*by_type.counts, *by_sex.counts), ())
    assert [where[0] for where in empty_months(both)] == ["referrals_by_type!E1"]


@pytest.fixture
def two_quarters(tmp_path):
    (tmp_path / WORKBOOK.name).write_bytes(WORKBOOK.read_bytes())
    return next_quarter(tmp_path / "2010-Q3.xlsx")


def test_a_quarter_copied_from_the_one_before_is_found_table_by_table(two_quarters):
    """Its family visits also clash with who was in care: one finding says both."""
    problems = load(two_quarters).problems
    tables = {item.table for item in problems if item.rule == "copied" or item.variant == "block"}
    assert {"referrals_by_type", "family_visits", "life_skills"} <= tables
    assert "partner_referrals" not in tables, "three figures being the same means nothing"


def test_the_column_of_the_quarter_before_is_held_against_its_own_workbook(two_quarters):
    found = {item.where[0]: (item.printed, item.expected) for item in rules(load(two_quarters), "previous_quarter")}
    assert found["Slide 16!C9"] == ("29", "2")
    assert found["Slide 17!C6"] == ("2", "7")
    assert "Slide 16!C11" in found or "Slide 16!C12" in found


def test_without_other_quarters_nothing_is_said_of_them(quarter):
    assert rules(quarter, "copied") == rules(quarter, "previous_quarter") == rules(quarter, "unusual") == []


def history(folder, quarters, last_visits):
    for place in range(quarters):
        write(
            consistent(50, 2008 + place // 4, 1 + place % 4),
            Layout(file=f"{2008 + place // 4}-Q{1 + place % 4}.xlsx"),
            folder,
        )
    year, number = 2008 + quarters // 4, 1 + quarters % 4
    path, sources = write(consistent(50, year, number), Layout(file=f"{year}-Q{number}.xlsx"), folder)
    book = openpyxl.load_workbook(path)
    source = next(
        cell
        for cell, count in sources.items()
        if count[0] == "family_visits" and count[3] == "DV" and count[2].endswith(("-01", "-04", "-07", "-10"))
    )
    sheet, _, cell = source.rpartition("!")
    book[sheet][cell] = last_visits
    book.save(path)
    return path


def test_a_count_far_outside_its_history_is_noted(tmp_path):
    found = rules(load(history(tmp_path, 7, 300)), "unusual")
    assert [(item.severity, item.table) for item in found] == [("note", "family_visits")]


def test_a_short_history_says_nothing(tmp_path):
    assert rules(load(history(tmp_path, 5, 300)), "unusual") == []


def test_the_exact_tails_are_those_of_the_binomial():
    low, high = binomial_tails(2, 4, 0.5)  # 1 + 4 + 6 and 6 + 4 + 1 of 16
    assert (low, high) == (11 / 16, 11 / 16)


def test_ten_quiet_quarters_and_a_double_are_not_yet_rare_but_ten_times_is():
    assert compare_with_history(4, tally([2] * 10)) > 0.1
    assert compare_with_history(20, tally([2] * 10)) < 1e-8
