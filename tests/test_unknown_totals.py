"""A sum under a word nobody knows is no member: an error at the word, where more than one row has figures."""

import openpyxl
import pytest
from extent import proof
from one_table import (
    STYLES,
    TRUTH_IDS,
    assert_nothing_else_is_counted,
    cases,
    cell,
    counts_of,
    drawn,
    messages_at,
    read,
    severities_at,
    typing_of,
)
from pictures import put
from turned import total_on_top

from ccpcr_lib.excel.reader import read_workbook

OPEN = ("partner_referrals", "vocational_skills", "referral_sources", "reintegration", "skills_follow_up")
CLOSED = ("family_visits", "education", "follow_up_support")
NEAR = ("Toal", "T0TAL", "Totla", "Totall", "TOTL", "Ttoal", "Grand totl")
WORDS = {
    "en": (*NEAR, "All", "Overall", "Alltogether", "Ensemble", "Σ", "Sigma", "All cases", "Whole", "Everybody"),
    "km": ("សរប", "ទាំងអស់", "ផលបូក", "រួម", "Σ", "All"),
}
SAID = [(language, word) for language, words in WORDS.items() for word in words]


def rows_with_figures(period, table):
    return sum(any(counts) for counts in TRUTH_IDS[period].tables[table].values())


def assert_is_told(reading, period, table, place):
    """The word is an error, or in a table with figures in one row only at least a warning; its row is not counted."""
    severe = {"error"} if table in CLOSED or rows_with_figures(period, table) > 1 else {"error", "warning"}
    assert severe & severities_at(reading, cell(place))


def total_row(picture):
    row = picture.rows.index("total")
    return row, picture.columns.index("stub")


def assert_row_is_told(folder, period, table, picture, word):
    place = total_row(picture)
    reading, typed = read(folder, period, table, put(picture, {place: word}))
    assert_is_told(reading, period, table, place)
    if "error" not in severities_at(reading, cell(place)):
        return
    assert {cell((place[0], column)) for column in range(len(picture.columns))}.isdisjoint(counts_of(reading))
    assert_nothing_else_is_counted(reading, typed)


@proof("period, table, language, word", cases(*OPEN, *CLOSED, of=SAID), sample=12)
def test_an_unknown_word_for_the_total_in_the_last_row_is_told(period, table, language, word, tmp_path):
    assert_row_is_told(tmp_path, period, table, drawn(period, table, language), word)


@proof("period, table, language, word", cases(*OPEN, *CLOSED, of=SAID), sample=12)
def test_an_unknown_word_for_the_total_in_the_first_row_is_told(period, table, language, word, tmp_path):
    (picture,) = total_on_top(drawn(period, table, language), typing_of(period, language), table)
    assert_row_is_told(tmp_path, period, table, picture, word)


@proof("period, table, language, word", cases(*OPEN[:2], "life_skills", of=SAID), sample=12)
def test_an_unknown_word_for_the_largest_of_each_column_is_told(period, table, language, word, tmp_path):
    picture = drawn(period, table, language)
    row, _ = total_row(picture)
    figures = zip(*TRUTH_IDS[period].tables[table].values(), strict=True)
    columns = [at for at, role in enumerate(picture.columns) if role == "count"]
    largest = {(row, column): max(counts) for column, counts in zip(columns, figures, strict=True)}
    others = {(row, at): None for at, role in enumerate(picture.columns) if role in ("total", "joined")}
    assert_row_is_told(tmp_path, period, table, put(picture, largest | others), word)


@proof("period, table, language, word", cases("partner_referrals", "family_visits", of=SAID), sample=12)
@pytest.mark.parametrize("first", [False, True], ids=["last", "first"])
def test_an_unknown_word_for_the_total_over_a_column_is_told(period, table, language, word, first, tmp_path):
    picture = drawn(period, table, language, total_first=first)
    place = (0, picture.columns.index("total"))
    reading, typed = read(tmp_path, period, table, put(picture, {place: word}))
    assert "error" in severities_at(reading, cell(place))
    assert {cell((row, place[1])) for row in range(len(picture.rows))}.isdisjoint(counts_of(reading))
    assert_nothing_else_is_counted(reading, typed)


@proof("period, table, word", cases(*OPEN, *CLOSED, of=[(word,) for word in NEAR]), sample=20)
def test_a_word_that_is_nearly_total_is_told_which_it_may_be(period, table, word, tmp_path):
    picture = drawn(period, table)
    reading, _ = read(tmp_path, period, table, put(picture, {total_row(picture): word}))
    assert "Did you mean “" in messages_at(reading, cell(total_row(picture)))
    assert "otal”?" in messages_at(reading, cell(total_row(picture)))


@pytest.mark.parametrize("language", STYLES)
@pytest.mark.parametrize(("period", "table"), cases(*OPEN))
def test_the_known_word_for_the_total_is_no_finding(period, table, language, tmp_path):
    picture = drawn(period, table, language)
    reading, typed = read(tmp_path, period, table, picture)
    assert severities_at(reading, cell(total_row(picture))) <= {"note"}
    assert counts_of(reading) == typed


@pytest.mark.parametrize("word", ["All skills", "General sum", "Altogether", "Gesamt", "ផលបូក"])
@pytest.mark.parametrize("slip", [[10, 4, 4], [8, 3, 4], [9, 4, 4]])
def test_an_unknown_word_for_a_total_with_a_slip_in_it_is_told(word, slip, tmp_path):
    rows = [["Sewing", 4, 1, 1], ["Weaving", 2, 1, 0], ["Cooking", 3, 1, 3], [word, *slip]]
    book = openpyxl.Workbook()
    for line in (["Vocational skills"], ["Type of skills", "Apr", "May", "Jun"], *rows):
        book.active.append(line)
    book.save(tmp_path / "2010-Q2.xlsx")
    told = [item.where for item in read_workbook(tmp_path / "2010-Q2.xlsx").findings if item.rule == "perhaps_total"]
    assert told == [("Sheet!A6",)]
