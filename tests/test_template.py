"""A new quarter's workbook: what is written into it is what is read from it."""

import openpyxl
import pytest
from consistent import consistent
from counted import by_hand, frame, in_order
from extent import proof
from truth import Q2_2010, Q4_2011, TRUTHS, Truth
from workbooks import WORKBOOK
from xlsxwriter.worksheet import Worksheet

from ccpcr_lib import load
from ccpcr_lib.excel.reader import read_workbook
from ccpcr_lib.forms.draft import draft_from
from ccpcr_lib.forms.workbook import new_workbook, write_workbook
from ccpcr_lib.model.catalogue import CATALOGUE

BANNER = "SYNTHETIC DATA: no real client"


def written(folder, truth: Truth, **options):
    path = folder / f"{truth.period}.xlsx"
    path.write_bytes(new_workbook(truth.period, counts=frame(truth), plan=truth.plan, **options))
    return path


@pytest.mark.parametrize("language", ["en", "km", "en+km"])
@pytest.mark.parametrize("banner", ["", BANNER])
@pytest.mark.parametrize("truth", TRUTHS, ids=lambda truth: truth.period)
def test_what_is_written_is_read_in_every_language(tmp_path, truth, language, banner):
    reading = read_workbook(written(tmp_path, truth, language=language, banner=banner))
    assert in_order(reading.counts) == by_hand(truth)
    assert (reading.period, reading.findings) == (truth.period, ())


@proof("seed", range(200), sample=6)
def test_a_quarter_that_agrees_with_itself_raises_no_alarm(tmp_path, seed):
    truth = consistent(seed, 2008 + seed % 5, 1 + seed % 4)
    loaded = load(written(tmp_path, truth, banner=BANNER))
    assert in_order(loaded.counts) == by_hand(truth)
    assert [item.message for item in loaded.problems if item.severity != "note"] == []


def test_totals_shares_and_plan_are_stored_with_their_results(tmp_path):
    printed = read_workbook(written(tmp_path, Q2_2010)).printed
    assert set(printed["kind"]) == {"total", "share", "plan"}

    def figures(kind: str, table: str) -> list[float]:
        return printed[(printed["kind"] == kind) & (printed["table"] == table)]["value"].tolist()

    assert figures("plan", "referrals_by_type") == [60, 60]
    assert figures("total", "referrals_by_type") == [1, 1, 2, 3, 0, 10, 1, 18]
    assert figures("total", "skills_follow_up") == [20, 13]
    assert figures("share", "partner_referrals") == pytest.approx([2 / 3, 1 / 3, 1])


def test_where_a_person_may_stand_in_several_rows_the_total_is_the_least_it_can_be(tmp_path):
    printed = read_workbook(written(tmp_path, Q2_2010)).printed
    totals = printed[(printed["table"] == "life_skills") & (printed["kind"] == "total")]
    assert totals["value"].tolist() == [25, 5, 0, 5, 10, 0, 3, 0, 0, 1, 0, 1, 25]


@pytest.mark.parametrize(("language", "words"), [("en", "at least "), ("km", "យ៉ាងតិច "), ("en+km", "≥ ")])
def test_a_total_that_is_the_largest_figure_says_so_where_its_row_does_not(tmp_path, language, words):
    """20 clients may stand in several skills, and every one of the 13 times counts; the row At least says it itself."""
    book = openpyxl.load_workbook(written(tmp_path, Q2_2010, language=language))
    skills, lessons = book["Skills follow up"], book["Life skills"]
    says_so = f'"{words}"#,##0;;#,##0'
    assert [skills[cell].number_format for cell in ("B15", "D15")] == [says_so, "#,##0"]
    assert [lessons[cell].number_format for cell in ("M8", "M19")] == [says_so, "#,##0"]


def test_a_table_without_counts_stays_blank(tmp_path):
    truth = Truth(*(getattr(Q4_2011, name) for name in ("period", "months", "previous", "plan")), {})
    tables = {name: rows for name, rows in Q4_2011.tables.items() if name not in ("education", "partner_referrals")}
    truth = Truth(truth.period, truth.months, truth.previous, truth.plan, tables)
    reading = read_workbook(written(tmp_path, truth))
    filled = reading.counts["value"].notna()
    assert in_order(reading.counts[filled]) == by_hand(truth)
    assert set(reading.counts[~filled]["table"]) == {"education", "partner_referrals"}
    assert reading.findings == ()


def test_an_empty_workbook_has_every_table_and_nothing_wrong(tmp_path):
    path = tmp_path / "2011-Q1.xlsx"
    path.write_bytes(new_workbook("2011-Q1"))
    reading = read_workbook(path)
    assert list(reading.members) == [spec.name for spec in CATALOGUE]
    assert reading.counts["value"].isna().all()
    assert (reading.period, reading.findings, len(reading.printed)) == ("2011-Q1", (), 0)


def test_a_name_that_looks_like_a_formula_stays_text(tmp_path):
    rows = {"=1+1": (3, 4), "@home": (1, 0)}
    truth = Truth("2011-Q4", Q4_2011.months, Q4_2011.previous, 10, {"referral_sources": rows})
    reading = read_workbook(written(tmp_path, truth))
    assert set(rows) <= set(reading.members["referral_sources"])


def test_the_same_workbook_is_the_same_file():
    once, again = (new_workbook("2011-Q4", counts=frame(Q4_2011), language="en+km") for _ in range(2))
    assert once == again


def test_no_formula_has_a_function_that_xlsxwriter_would_write_otherwise(tmp_path):
    path = tmp_path / "2010-Q3.xlsx"
    path.write_bytes(write_workbook(draft_from("2010-Q3", path, WORKBOOK)))
    sheets = openpyxl.load_workbook(path).worksheets
    cells = [cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
    assert len(cells) > 900
    assert [formula for formula in cells if Worksheet()._prepare_formula(formula) != formula.removeprefix("=")] == []


@pytest.mark.parametrize(("period", "language"), [("2011", "en"), ("2011-Q1", "fr")])
def test_what_is_no_quarter_or_language_is_refused(period, language):
    with pytest.raises(ValueError, match=r"2010-Q2|en\+km"):
        new_workbook(period, language=language)
