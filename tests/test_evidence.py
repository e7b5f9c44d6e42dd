"""An open list takes new names only where something says which list it is: no table is known by its months alone."""

from pathlib import Path

import openpyxl
import pytest
from extent import proof
from one_table import OTHER, TRUTH_IDS, drawn, typing_of
from pictures import stamp

from ccpcr_lib.excel.reader import read_workbook

OPEN_BY_MONTH = ("vocational_skills", "reintegration", "partner_referrals")
FOREIGN = {
    "grade groups": ("", "Grade", ("Lower primary", "Upper primary", "Secondary")),
    "grade groups, with a slash": ("", "Grade/ Level", ("Grade group A", "Grade group B")),
    "staff": ("Staff at workshops by month", "Name", ("Sok Dara", "Chan Thy", "Kim Ly")),
    "staff, with a known word": ("Staff at workshops by month", "Names", ("Dara", "Thy", "Ly")),
    "no title": ("", "Item", ("Rice", "Oil", "Fish sauce")),
    "no title, no stub": ("", "", ("Rice", "Oil", "Fish sauce")),
    "what was bought": ("Food bought for the shelter", "Item", ("Rice", "Oil")),
    "vehicles": ("Kilometres driven", "Vehicle", ("Old car", "New car", "Motorbike")),
    "rooms": ("Beds in use", "Room", ("House A", "House B")),
    "khmer staff": ("បុគ្គលិកចូលរួមសិក្ខាសាលាតាមខែ", "ឈ្មោះ", ("សុខ ដារ៉ា", "ចាន់ ធី")),
    "khmer items": ("", "មុខទំនិញ", ("អង្ករ", "ប្រេង", "ត្រី")),
    "khmer grade groups": ("", "ថ្នាក់", ("បឋមសិក្សា", "មធ្យមសិក្សា")),
}
NEW = ("Batik", "Ratanak", "Kampot house")
KNOWN = {"vocational_skills": "Sewing", "reintegration": "Factory", "partner_referrals": "CWDA"}
STUBS = {
    "vocational_skills": "Type of Skills",
    "reintegration": "Clients are reintegrated",
    "partner_referrals": "Partner NGOs",
}


def written(folder: Path, period: str, title: str, stub: str, names: tuple[str, ...], language: str = "en") -> Path:
    """Write a table of names by month as an officer would, and another table that is well known."""
    book = openpyxl.Workbook()
    book.active.title = "Sheet1"
    if title:
        book.active.append([title])
        book.active.append([])
    months = [typing_of(period, language).month(f"m{number}") for number in (1, 2, 3)]
    book.active.append([stub or None, *months, "Total" if language == "en" else "សរុប"])
    for number, name in enumerate(names, 1):
        book.active.append([name, number * number, 2 * number, 0, number * (number + 2)])
    stamp(book.create_sheet(OTHER), drawn(period, "family_visits"), (1, 1))
    book.save(folder / f"{period}.xlsx")
    return folder / f"{period}.xlsx"


def tables_in(path: Path) -> dict[str, list[tuple]]:
    """Give table → (category, value) of each count on the sheet in question."""
    counts = read_workbook(path).counts
    there = counts[counts["source"].str.startswith("Sheet1!")]
    return {name: list(zip(rows["category"], rows["value"], strict=True)) for name, rows in there.groupby("table")}


@pytest.mark.parametrize("language", ["en", "km"])
@proof("period, name", [(period, name) for period in TRUTH_IDS for name in FOREIGN], sample=18)
def test_names_by_month_that_nothing_explains_are_in_no_counts(period, name, language, tmp_path):
    title, stub, names = FOREIGN[name]
    path = written(tmp_path, period, title, stub, names, language)
    assert tables_in(path) == {}
    assert any(at.startswith("Sheet1!") for item in read_workbook(path).findings for at in item.where)


def expected(table, names):
    return {
        table: [(name, value) for number, name in enumerate(names, 1) for value in (number * number, 2 * number, 0)]
    }


@pytest.mark.parametrize("table", OPEN_BY_MONTH)
@pytest.mark.parametrize("period", TRUTH_IDS)
def test_the_heading_of_its_labels_alone_says_which_list_it_is(period, table, tmp_path):
    path = written(tmp_path, period, "", STUBS[table], NEW)
    assert tables_in(path) == expected(table, NEW)


@pytest.mark.parametrize("table", OPEN_BY_MONTH)
@pytest.mark.parametrize("period", TRUTH_IDS)
def test_its_title_alone_says_which_list_it_is(period, table, tmp_path):
    path = written(tmp_path, period, typing_of(period).title(table), "Item", NEW)
    assert tables_in(path) == expected(table, NEW)


@pytest.mark.parametrize("table", OPEN_BY_MONTH)
@pytest.mark.parametrize("period", TRUTH_IDS)
def test_one_known_member_alone_says_which_list_it_is(period, table, tmp_path):
    path = written(tmp_path, period, "", "Item", (*NEW[:2], KNOWN[table]))
    (found,) = tables_in(path).items()
    assert (found[0], len(found[1])) == (table, 9)


@pytest.mark.parametrize("table", OPEN_BY_MONTH)
@pytest.mark.parametrize("period", TRUTH_IDS)
def test_its_khmer_title_or_heading_alone_says_which_list_it_is(period, table, tmp_path):
    typing = typing_of(period, "km")
    stub = drawn(period, table, "km").at(0, 0)
    for title, heading in ((typing.title(table), "មុខ"), ("", stub)):
        assert tables_in(written(tmp_path, period, title, heading, NEW, "km")) == expected(table, NEW)
