"""Where a table ends: a number right below or beside it belongs to it or is an error there; a remark never is one."""

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
    leaf,
    read,
    severities_at,
    troubles,
)
from pictures import put

TABLES = ("partner_referrals", "vocational_skills", "family_visits", "education", "referral_sources")
STRAY = 941
"""No sum of any of these tables."""
UNKNOWN = {
    "en": ("Volunteers", "From other shelters", "Not yet known", "Others", "???", "Visitors of June"),
    "km": ("អ្នកស្ម័គ្រចិត្ត", "ពីមណ្ឌលផ្សេង", "មិនទាន់ដឹង", "ផ្សេងៗ", "???", "ភ្ញៀវ"),
}
LABELS = [(language, label) for language, labels in UNKNOWN.items() for label in labels]
REMARKS = ("Remarks", "Comments", "Source", "Remark", "Comment", "Observations", "យោបល់", "ប្រភព")
SAID_THERE = (("see file 12", 3, "3 of them twice"), ("Register 2010/4", "", "ok"), (12, 7, 1), ("p. 4", "p. 5", ""))


def below(picture, gap, *, column=None):
    """Find the place below a column of a table, so many blank rows away."""
    return len(picture.rows) + gap, leaf(picture, 0)[1] if column is None else column


def assert_is_told(reading, typed, *cells):
    assert "error" in severities_at(reading, *cells)
    assert {at: it for at, it in counts_of(reading).items() if at in cells} == {}
    assert_nothing_else_is_counted(reading, typed)


@proof(
    "period, table, language, gap, totals",
    cases(*TABLES, of=[(language, gap, totals) for language in STYLES for gap in (0, 1) for totals in (True, False)]),
    sample=8,
)
def test_a_number_without_a_label_below_a_table_is_an_error(period, table, language, gap, totals, tmp_path):
    picture = drawn(period, table, language, totals=totals)
    stray = below(picture, gap, column=leaf(picture, 1)[1])
    reading, typed = read(tmp_path, period, table, put(picture, {stray: STRAY}))
    assert_is_told(reading, typed, cell(stray))


@proof("period, table, language, label", cases("family_visits", "education", of=LABELS), sample=8)
@pytest.mark.parametrize("totals", [True, False], ids=["below its total", "without a total"])
@pytest.mark.parametrize("gap", [0, 1])
def test_a_number_under_an_unknown_label_below_a_table_is_an_error(
    period, table, language, label, gap, totals, tmp_path
):
    picture = drawn(period, table, language, totals=totals)
    stray = below(picture, gap)
    named = (stray[0], picture.columns.index("stub"))
    reading, typed = read(tmp_path, period, table, put(picture, {stray: STRAY, named: label}))
    assert_is_told(reading, typed, cell(stray), cell(named))


@proof("period, table, language, label", cases("partner_referrals", "vocational_skills", of=LABELS), sample=6)
@pytest.mark.parametrize("gap", [0, 1])
def test_a_number_under_a_new_name_below_the_total_of_an_open_list_is_an_error(
    period, table, language, label, gap, tmp_path
):
    picture = drawn(period, table, language)
    stray = below(picture, gap)
    named = (stray[0], picture.columns.index("stub"))
    reading, typed = read(tmp_path, period, table, put(picture, {stray: STRAY, named: label}))
    assert_is_told(reading, typed, cell(stray), cell(named))


@proof(
    "period, table, language, gap, row",
    cases(*TABLES, of=[(language, gap, row) for language in STYLES for gap in (0, 1) for row in (0, 1)]),
    sample=8,
)
def test_a_number_without_a_heading_beside_a_table_is_an_error(period, table, language, gap, row, tmp_path):
    picture = drawn(period, table, language)
    stray = (picture.places("member", "stub")[row][0], len(picture.columns) + gap)
    reading, typed = read(tmp_path, period, table, put(picture, {stray: STRAY}))
    assert_is_told(reading, typed, cell(stray))


# --- what is no error ---


@proof("period, table, heading", cases(*TABLES, of=[(heading,) for heading in REMARKS]), sample=8)
@pytest.mark.parametrize("gap", [0, 1])
@pytest.mark.parametrize("said", SAID_THERE, ids=lambda said: str(said[0]))
def test_what_stands_under_remarks_is_neither_counted_nor_an_error(period, table, heading, gap, said, tmp_path):
    picture = drawn(period, table)
    column = len(picture.columns) + gap
    rows = [row for row, _ in picture.places("member", "stub")]
    remarks = {(row, column): text or None for row, text in zip(rows, said, strict=False)}
    reading, typed = read(tmp_path, period, table, put(picture, {(0, column): heading} | remarks))
    assert troubles(reading) == []
    assert counts_of(reading) == typed


@proof("period, table, gap", cases(*TABLES, of=[(0,), (1,)]), sample=8)
def test_a_lone_total_below_a_table_is_no_error(period, table, gap, tmp_path):
    picture = drawn(period, table, totals=False)
    columns = [at for at, role in enumerate(picture.columns) if role in ("count", "total")]
    figures = {column: sum_of(picture, column) for column in columns}
    lone = {below(picture, gap, column=columns[-1]): figures[columns[-1]]}
    reading, typed = read(tmp_path, period, table, put(picture, lone))
    assert troubles(reading) == []
    assert counts_of(reading) == typed


@proof("period, table", cases(*TABLES), sample=15)
def test_a_lone_total_beside_a_table_is_no_error(period, table, tmp_path):
    picture = drawn(period, table)
    row = picture.rows.index("total")
    column = picture.columns.index("total")
    reading, typed = read(tmp_path, period, table, put(picture, {(row, column + 1): picture.at(row, column)}))
    assert troubles(reading) == []
    assert counts_of(reading) == typed


def sum_of(picture, column):
    """Add up what a column shows in the rows of members."""
    return sum(picture.at(row, column) for row, role in enumerate(picture.rows) if role == "member")


def test_the_three_truths_have_figures_in_more_than_one_row_somewhere():
    assert all(any(sum(map(any, rows.values())) > 1 for rows in it.tables.values()) for it in TRUTH_IDS.values())
