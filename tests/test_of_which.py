"""Figures that are a part of others, “of which girls”, are never added to counts: a note says so at their place."""

import pytest
from extent import proof
from one_table import (
    TRUTH_IDS,
    cases,
    cell,
    counts_of,
    drawn,
    leaf,
    read,
    severities_at,
    troubles,
)
from pictures import across, put, with_row

WORDS = {
    "en": (
        "of which girls",
        "Of which: girls",
        "of whom boys",
        "of them girls",
        "including disabled",
        "incl. new",
        "Including: new cases",
        "thereof girls",
        "(of which girls)",
        "- of which F",
    ),
    "km": ("ក្នុងនោះ ស្រី", "ក្នុងនោះស្រី", "រួមទាំង", "រួមទាំងជនពិការ", "ក្នុងនោះ៖ ប្រុស", "ក្នុងនោះ កុមារី"),
}
SAID = [(language, word) for language, words in WORDS.items() for word in words]
ROW_TABLES = ("family_visits", "education", "partner_referrals", "vocational_skills", "referral_sources")


def assert_is_noted(reading, typed, place):
    assert counts_of(reading) == typed
    assert "note" in severities_at(reading, cell(place))
    assert troubles(reading) == []


@proof("period, table, language, word", cases(*ROW_TABLES, of=SAID), sample=10)
@pytest.mark.parametrize("is_last", [False, True], ids=["between", "last"])
def test_a_row_of_a_part_is_noted_and_not_counted(period, table, language, word, is_last, tmp_path):
    picture = drawn(period, table, language)
    row, stub = picture.places("member", "stub")[-1 if is_last else 0]
    parts = {at: picture.at(row, at) // 2 for at, role in enumerate(picture.columns) if role in ("count", "total")}
    more = with_row(picture, row + 1, {stub: word, **parts}, "part")
    reading, typed = read(tmp_path, period, table, more)
    assert_is_noted(reading, typed, (row + 1, stub))


@proof("period, table, language, word", cases(*ROW_TABLES[:4], of=SAID), sample=10)
@pytest.mark.parametrize("number", [0, 2])
def test_a_column_of_a_part_is_noted_and_not_counted(period, table, language, word, number, tmp_path):
    picture = drawn(period, table, language)
    head, column = leaf(picture, number)
    rows = [row for row, role in enumerate(picture.rows) if role == "member"]
    parts = {row: picture.at(row, column) // 2 for row in rows}
    more = across(with_row, picture, column + 1, parts, "part")
    reading, typed = read(tmp_path, period, table, put(more, {(head, column + 1): word}))
    assert_is_noted(reading, typed, (head, column + 1))


@proof("period, language, word", [(period, *said) for period in TRUTH_IDS for said in SAID], sample=12)
def test_a_column_of_a_part_of_the_total_is_noted_and_not_counted(period, language, word, tmp_path):
    table = "partner_referrals"
    picture = drawn(period, table, language)
    column = picture.columns.index("total") + 1
    rows = [row for row, role in enumerate(picture.rows) if role == "member"]
    parts = {(row, column): picture.at(row, column - 1) // 3 for row in rows}
    reading, typed = read(tmp_path, period, table, put(picture, {(0, column): word} | parts))
    assert_is_noted(reading, typed, (0, column))
