"""Rows with the very same figures: a question where chance would hardly give it, and none elsewhere."""

import pytest
from planting import plant
from workbooks import WORKBOOK

from ccpcr_lib import load
from ccpcr_lib.model.records import Count
from ccpcr_lib.quality.alike import chance_of_alike, check_alike
from ccpcr_lib.quality.facts import Facts

TOPICS = ("reproductive_health", "moral_hygiene", "shelter_disciplines", "budgeting", "child_rights", "hiv_aids")


def told(path) -> list:
    return [item for item in load(path).problems if item.rule == "alike"]


def test_seven_topics_that_reached_the_very_same_clients_are_one_question():
    (asked,) = told(WORKBOOK)
    assert (asked.severity, asked.table, asked.where[0]) == ("note", "life_skills", "Slide 14!C6")
    # 5, 5, 10, 3, 1 and 1 in each of seven rows; the noughts beside them took part.
    assert (len(asked.where), len(asked.evidence)) == (42, 35)
    assert asked.message == (
        "Slide 14!C6: “Reproductive health”, “Moral hygiene” and 5 more rows of the table “Clients receiving life "
        "skills at the shelter” have the very same figures. Was each of them counted by itself? Look it up; if it is "
        "right, explain it (ccpcr explain)."
    )


def test_one_more_in_one_topic_leaves_six_alike(tmp_path):
    (asked,) = told(plant(tmp_path, ("Slide 14", "C8", 6)))
    assert not {cell for cell in asked.where if cell.endswith("8")}
    assert "and 4 more rows" in asked.message


def test_a_blank_makes_no_row_like_another(tmp_path):
    (asked,) = told(plant(tmp_path, ("Slide 14", "L6", None)))
    assert asked.where[0] == "Slide 14!C7"


def test_three_rows_alike_are_no_question(tmp_path):
    cells = [("Slide 14", f"C{row}", 6 + row) for row in range(6, 10)]
    assert told(plant(tmp_path, *cells)) == []


# --- what chance gives --------------------------------------------------------------------------------------------


def taught(*rows: tuple[int | None, ...]) -> Facts:
    """Make a quarter whose topics reached so many girls of each of some case types."""
    counts = [
        Count(
            "life_skills",
            "attended",
            "clients",
            {"category": topic, "case_type": case_type, "sex": "F", "period": "2010-Q2"},
            value,
            f"S!{column}{line}",
        )
        for line, (topic, row) in enumerate(zip(TOPICS, rows, strict=False), 1)
        for column, case_type, value in zip("ABC", ("DV", "NC", "TL"), row, strict=False)
    ]
    return Facts("2010-Q2", tuple(counts), ())


@pytest.mark.parametrize(
    ("rows", "alike"),
    [
        ([(5, 4, 3)] * 4, 4),
        ([(5, 4, 3)] * 6, 6),
        ([(5, 4, 3)] * 4 + [(5, 4, 2)] * 2, 4),
        ([(5, 4, 3)] * 3 + [(5, 4, 2)] * 3, 0),
        ([(5, 4, 3)] * 3, 0),
        ([(0, 0, 0)] * 6, 0),
        ([(1, 0, 1)] * 6, 0),
        ([(1, 1, 1)] * 6, 0),
        ([(2, 0, 0)] * 4, 0),  # chance gives a second two in 0.27 of the rows: all three others in 0.02
        ([(2, 2, 2)] * 4, 4),
        ([(12,)] * 4, 0),  # 0.114 thrice is 0.0015
        ([(12,)] * 6, 6),
        ([(5, 4, None)] * 6, 0),
        ([(5, 4, 3)] * 3 + [(5, 4, None)] * 3, 0),
    ],
)
def test_rows_are_asked_about_where_chance_hardly_makes_so_many_alike(rows, alike):
    found = list(check_alike(taught(*rows)))
    assert [len({cell[3:] for cell in item.where}) for item in found] == ([alike] if alike else [])


def test_what_is_repeated_of_the_quarter_before_is_no_row_of_this_one():
    counts = [
        Count("family_visits", "visited", "clients", {"case_type": code, "period": "2010-Q1"}, 9, f"S!A{line}")
        for line, code in enumerate(("DV", "SA", "NC", "TL", "ST", "RC", "SW"))
    ]
    assert list(check_alike(Facts("2010-Q2", tuple(counts), ()))) == []


@pytest.mark.parametrize(
    ("figures", "alike", "rows", "expected"),
    [((3,), 2, 2, 0.2240), ((0, 3), 2, 2, 0.2240), ((3, 3), 2, 2, 0.0502), ((3,), 2, 4, 0.6721), ((0, 0), 7, 7, 1)],
)
def test_the_chance_is_that_of_poisson_counts(figures, alike, rows, expected):
    # e^-3 * 3^3 / 3! = 0.2240
    assert chance_of_alike(figures, alike, rows) == pytest.approx(expected, abs=5e-5)
