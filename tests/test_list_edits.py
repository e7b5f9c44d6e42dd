"""A row or a heading that nobody knows says which list is edited, and how."""

import os

import pytest
from planting import plant

from ccpcr_lib import load
from ccpcr_lib.model.resources import list_name

CASE_TYPES, GRADES, MONTHS = ("data/codelists/case_types.csv", "data/codelists/grades.csv", "data/codelists/months.csv")
SKILLS, ORGANISATIONS = "data/codelists/skills.csv", "data/codelists/organisations.csv"
SEXES, HEADINGS = "data/codelists/sexes.csv", "data/codelists/headings.csv"


def told(folder, *cell) -> tuple[str, str]:
    """The rule met at the changed cell, and what is to be done, after “Correct the label.”."""
    quarter = load(plant(folder, cell))
    (found,) = [item for item in quarter.problems if item.severity == "error"]
    message = found.message.replace(os.environ["CCPCR_LISTS"], "data/codelists")
    return found.rule, message.partition(" Correct ")[2].partition(". ")[2]


@pytest.mark.parametrize(
    ("cell", "lists", "growing"),
    [
        (("Slide 6", "B6", "Violence"), CASE_TYPES, "case_types.csv"),
        (("Slide 6", "B6", "Elopement"), CASE_TYPES, "case_types.csv"),
        (("Slide 12", "B7", "Blue class"), GRADES, "grades.csv"),
        (("Slide 12", "B7", "Grade 13"), GRADES, "grades.csv"),
        (("Slide 15", "B5", "DV"), SKILLS, "skills.csv"),
        (("Slide 9", "B6", "Last quarter"), ORGANISATIONS, "organisations.csv"),
        (("Slide 20", "B8", "All but (SA)"), CASE_TYPES, "case_types.csv"),
    ],
)
def test_a_row_nobody_knows_names_the_list_of_its_rows(cell, lists, growing, tmp_path):
    assert told(tmp_path, *cell) == (
        "unknown_row",
        f"If it is another spelling, add it to {lists}, in the column aliases of the line that it means; "
        f"if it is new, add a line to {growing}.",
    )


@pytest.mark.parametrize(
    ("cell", "rule", "lists"),
    [
        (("Slide 15", "D4", "Mayy"), "unknown_column", MONTHS),
        (("Slide 15", "D4", "Middle"), "unknown_column", f"{MONTHS} or {HEADINGS}"),
        (("Slide 9", "C4", "Ladies"), "table_unread", f"{SEXES} or {HEADINGS}"),
    ],
)
def test_a_heading_nobody_knows_names_the_lists_of_its_tables_headings(cell, rule, lists, tmp_path):
    """There are no new months and sexes: only other spellings of them."""
    expected = f"If it is another spelling, add it to {lists}, in the column aliases of the line that it means."
    assert told(tmp_path, *cell) == (rule, expected)


def test_a_heading_of_a_list_that_grows_may_be_a_new_one(tmp_path):
    """On slide 7 the months are rows, and the case types and sexes headings."""
    rule, advice = told(tmp_path, "Slide 7", "D5", "XX")
    assert rule == "unknown_column"
    assert advice.endswith("if it is new, add a line to case_types.csv.")
    assert CASE_TYPES in advice
    assert SEXES in advice
    assert MONTHS not in advice


@pytest.mark.parametrize(
    ("cell", "rule", "lists"),
    [
        (("Slide 15", "B5", "Sewng"), "near_name", SKILLS),
        (("Slide 18", "B6", "Toal"), "unknown_total", "data/codelists/destinations.csv"),
    ],
)
def test_a_name_that_may_be_new_says_where_a_line_is_added(cell, rule, lists, tmp_path):
    quarter = load(plant(tmp_path, cell))
    (found,) = [item for item in quarter.problems if item.rule == rule]
    assert found.message.endswith(f"add a line to {lists}.".replace("data/codelists", os.environ["CCPCR_LISTS"]))


def test_a_list_is_named_where_it_lies(monkeypatch):
    monkeypatch.setenv("CCPCR_LISTS", "/srv/lists")
    assert list_name("skills") == "/srv/lists/skills.csv"
    monkeypatch.delenv("CCPCR_LISTS")
    assert list_name("skills") == "data/codelists/skills.csv"
