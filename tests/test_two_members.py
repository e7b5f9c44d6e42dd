"""A heading or a row that names two members at once is an error at its cell, and is read as neither of them."""

import pytest
from extent import proof
from one_table import (
    TRUTH_IDS,
    assert_nothing_else_is_counted,
    cases,
    cell,
    counts_of,
    drawn,
    leaf,
    read,
    severities_at,
    typing_of,
)
from pictures import put
from slide_words import MONTHS

ENGLISH_MONTHS = ("{0}-{1}", "{0}/{1}", "{0} & {1}", "{0} and {1}", "{0}, {1}", "{0} + {1}", "{0} – {1}", "{0} to {1}")
KHMER_MONTHS = ("{0}-{1}", "{0}/{1}", "{0} និង {1}", "{0} ដល់ {1}", "ខែ{0} និងខែ{1}", "{0} & {1}")
MONTHS_TABLES = ("referrals_by_type", "education", "vocational_skills", "family_visits", "reintegration")

ROWS = (
    ("family_assessments", "en", "SA/SW"),
    ("family_assessments", "en", "SA, SW"),
    ("family_visits", "en", "SA & SW"),
    ("family_visits", "en", "Sexual Abuse and Sex Worker"),
    ("follow_up_support", "en", "Domestic Violence / Neglected Children"),
    ("referrals_by_type", "en", "Trafficking for Labor (TL), Sex Trafficking (ST)"),
    ("referrals_by_type", "km", "ការរំលោភបំពានផ្លូវភេទ និង អ្នករកស៊ីផ្លូវភេទ"),
    ("family_visits", "km", "ការរំលោភបំពានផ្លូវភេទ/អ្នករកស៊ីផ្លូវភេទ"),
    ("education", "en", "Grade 1-3"),
    ("education", "en", "Grade 1 & 2"),
    ("education", "en", "Grade 1/2"),
    ("education", "en", "Grades 1 to 3"),
    ("education", "en", "Grade 1, 2"),
    ("education", "en", "Grade 1 – Grade 3"),
    ("education", "en", "Grade 10-12"),
    ("education", "en", "Grade 1 2"),
    ("education", "en", "Grade 1 and Grade 2"),
    ("education", "km", "ថ្នាក់ទី១-៣"),
    ("education", "km", "ថ្នាក់ទី១ និងទី២"),
    ("education", "km", "ថ្នាក់ទី១/ថ្នាក់ទី២"),
)
HEADINGS = (
    ("referral_sources", "en", 0, "F/M"),
    ("referral_sources", "en", 0, "Girls/boys"),
    ("referral_sources", "en", 1, "F & M"),
    ("referral_sources", "en", 1, "Female, male"),
    ("referral_sources", "en", 0, "Women and men"),
    ("referral_sources", "km", 0, "ស្រី/ប្រុស"),
    ("referral_sources", "km", 1, "ស្រី និង ប្រុស"),
    ("life_skills", "en", 2, "SA/SW"),
    ("life_skills", "en", 2, "SA, SW"),
    ("referrals_by_sex", "en", 7, "ST & SW"),
    ("referrals_by_sex", "en", 10, "ST + SW"),
    ("referrals_by_sex", "km", 2, "ការរំលោភបំពានផ្លូវភេទ/អ្នករកស៊ីផ្លូវភេទ"),
)
AGES = (
    ("en", "0-10/11-17"),
    ("en", "0-10 & 11-17"),
    ("en", "0-10 and 11-17 years"),
    ("en", "0-10, 11-17"),
    ("en", "11-17/18-25 years"),
    ("km", "០-១០/១១-១៧ ឆ្នាំ"),
    ("km", "០-១០ និង ១១-១៧ ឆ្នាំ"),
)
MONTH_CASES = [
    *cases(*MONTHS_TABLES, of=[("en", form, False) for form in ENGLISH_MONTHS]),
    *cases(*MONTHS_TABLES, of=[("en", form, True) for form in ENGLISH_MONTHS]),
    *cases(*MONTHS_TABLES, of=[("km", form, True) for form in KHMER_MONTHS]),
]


def in_words(period, language, *, long):
    """Name the three months of a quarter, as a heading does."""
    if language == "km":
        return [typing_of(period, "km").month(f"m{number}") for number in (1, 2, 3)]
    names = [MONTHS[int(month[5:]) - 1] for month in TRUTH_IDS[period].months]
    return names if long else [name[:3] for name in names]


def assert_is_an_error(folder, period, table, picture, place):
    """The line of the place is an error there, and nothing is counted that was not typed."""
    reading, typed = read(folder, period, table, picture)
    assert "error" in severities_at(reading, cell(place))
    line = {at for at, role in enumerate(picture.columns) if role == "count"}
    row, column = place
    is_row = picture.rows[row] == "member"
    wrong = {cell((row, at)) for at in line} if is_row else {cell((at, column)) for at in range(len(picture.rows))}
    assert wrong.isdisjoint(counts_of(reading))
    assert_nothing_else_is_counted(reading, typed)


@proof("period, table, language, form, long", MONTH_CASES, sample=12)
def test_a_heading_that_names_two_months_is_an_error_at_its_cell(period, table, language, form, long, tmp_path):
    picture = drawn(period, table, language)
    months = in_words(period, language, long=long)
    place = leaf(picture, len([role for role in picture.columns if role == "count"]) - 2)
    assert_is_an_error(tmp_path, period, table, put(picture, {place: form.format(*months)}), place)


@proof("period, row", [(period, row) for period in TRUTH_IDS for row in ROWS], sample=12)
def test_a_row_that_names_two_members_is_an_error_at_its_cell(period, row, tmp_path):
    table, language, label = row
    picture = drawn(period, table, language)
    place = picture.places("member", "stub")[1]
    assert_is_an_error(tmp_path, period, table, put(picture, {place: label}), place)


@proof("period, heading", [(period, heading) for period in TRUTH_IDS for heading in HEADINGS], sample=18)
def test_a_heading_that_names_two_members_is_an_error_at_its_cell(period, heading, tmp_path):
    table, language, number, text = heading
    picture = drawn(period, table, language)
    place = leaf(picture, number)
    assert_is_an_error(tmp_path, period, table, put(picture, {place: text}), place)


@proof("period, age", [(period, age) for period in TRUTH_IDS for age in AGES], sample=12)
def test_a_heading_of_two_age_bands_over_both_sexes_is_an_error_at_its_cell(period, age, tmp_path):
    language, text = age
    picture = drawn(period, "referrals_by_age", language)
    row, column = leaf(picture, 1)
    place = (row - 1, column)
    reading, typed = read(tmp_path, period, "referrals_by_age", put(picture, {place: text}))
    assert "error" in severities_at(reading, cell(place))
    under = {cell((at, beside)) for at in range(len(picture.rows)) for beside in (column, column + 1)}
    assert under.isdisjoint(counts_of(reading))
    assert_nothing_else_is_counted(reading, typed)


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("dash", ["–", "-", " to "])
@pytest.mark.parametrize(("period", "table"), cases("education", "vocational_skills", "reintegration"))
def test_months_counted_from_the_start_of_the_quarter_are_an_error(period, table, language, dash, tmp_path):
    picture = drawn(period, table, language)
    first, second, third = in_words(period, language, long=True)
    dash = dash if language == "en" or dash != " to " else " ដល់ "
    heads = {leaf(picture, 1): f"{first}{dash}{second}", leaf(picture, 2): f"{first}{dash}{third}"}
    reading, typed = read(tmp_path, period, table, put(picture, heads))
    assert "error" in severities_at(reading, cell(leaf(picture, 1)))
    for _, column in heads:
        assert {cell((row, column)) for row in range(len(picture.rows))}.isdisjoint(counts_of(reading))
    assert_nothing_else_is_counted(reading, typed)
