"""A new name in an open list that is nearly a known one is a warning that names both; a short one says nothing."""

from extent import proof
from one_table import TRUTH_IDS, counts_of, drawn, messages_at, read, severities_at
from one_table import cell as cell_of
from pictures import put, with_row
from planting import plant

from ccpcr_lib import load
from ccpcr_lib.model.codelist import codelist

NEAR = (
    ("other_services", "services", "english", "en", "English clas"),
    ("other_services", "services", "english", "en", "Englsh class"),
    ("other_services", "services", "computer", "en", "Comptuer class"),
    ("other_services", "services", "case_management", "en", "Case managment"),
    ("vocational_skills", "skills", "sewing", "en", "Sewng"),
    ("vocational_skills", "skills", "hairdressing", "en", "Hairdresing"),
    ("vocational_skills", "skills", "weaving", "en", "Weavng"),
    ("skills_follow_up", "skills", "formal_education", "en", "Formal eduction"),
    ("referral_sources", "organisations", "RAO", "en", "RAO Orgnization"),
    ("referral_sources", "organisations", "own_network", "en", "CCPCR-SVR and Netwroks"),
    ("life_skills", "topics", "child_rights", "en", "Child Rihgts"),
    ("life_skills", "topics", "body_hygiene", "en", "Body hygene"),
    ("reintegration", "destinations", "factory", "en", "Referred to factry"),
    ("partner_referrals", "partners", "COSECAM", "en", "COSCAM"),
    ("vocational_skills", "skills", "hairdressing", "km", "អ៊ុតសក់ និងកាត់សក"),
    ("other_services", "services", "computer", "km", "រៀនកុំព្យូទ័រនៅមណ្ឌ"),
    ("life_skills", "topics", "child_rights", "km", "សិទ្ធិកុមា"),
    ("reintegration", "destinations", "family_community", "km", "បានធ្វើសមាហរណកម្មទៅគ្រួសារ/សហគមន"),
    ("life_skills", "topics", "budgeting", "km", "ការគ្រប់គ្រងថវិក"),
)
SHORT = (
    ("referral_sources", "RAO", "RAC"),
    ("referral_sources", "RAO", "RAQ"),
    ("partner_referrals", "CWDA", "CWDB"),
    ("partner_referrals", "CWDA", "CWDC"),
    ("partner_referrals", "CWDA", "CDA"),
    ("other_services", "english", "Art"),
)
DIFFERENT = (
    ("life_skills", "child_rights", ("Lesson 1", "Lesson 2")),
    ("vocational_skills", "weaving", ("Cooking 1", "Cooking 2")),
    ("other_services", "english", ("Course 1", "Course 2")),
    ("partner_referrals", "CWDA", ("Hagar", "Friends")),
    ("vocational_skills", "weaving", ("Sewing machines for sale", "Repairing bicycles")),
    ("referral_sources", "RAO", ("Provincial Police", "Municipal Police")),
)


def stub_of(period, table, code, picture):
    """Find the label of a member's row."""
    return picture.places("member", "stub")[list(TRUTH_IDS[period].tables[table]).index(code)]


def named(messages, codes, code):
    """Check whether a message names a member, however it is written."""
    return any(f"“{text}”" in messages for text in codelist(codes).members[code].spellings)


def assert_names_both(reading, at, near, codes, code):
    assert severities_at(reading, at) - {"note"} == {"warning"}
    assert f"“{near}”" in messages_at(reading, at)
    assert named(messages_at(reading, at), codes, code)


@proof("period, case", [(period, case) for period in TRUTH_IDS for case in NEAR], sample=12)
def test_a_row_that_is_nearly_called_like_a_known_one_is_a_warning_that_names_both(period, case, tmp_path):
    table, codes, code, language, near = case
    picture = drawn(period, table, language)
    place = stub_of(period, table, code, picture)
    reading, _ = read(tmp_path, period, table, put(picture, {place: near}))
    assert_names_both(reading, cell_of(place), near, codes, code)


@proof("period, case", [(period, case) for period in TRUTH_IDS for case in NEAR], sample=12)
def test_a_row_that_is_nearly_called_like_another_of_the_table_is_a_warning_that_names_both(period, case, tmp_path):
    table, codes, code, language, near = case
    picture = drawn(period, table, language, totals=False)
    row, stub = stub_of(period, table, code, picture)
    figures = {at: 1 for at, role in enumerate(picture.columns) if role == "count"}
    more = with_row(picture, row + 1, {stub: near, **figures}, "member")
    reading, _ = read(tmp_path, period, table, more)
    assert_names_both(reading, cell_of((row + 1, stub)), near, codes, code)


@proof("period, case", [(period, case) for period in TRUTH_IDS for case in SHORT], sample=12)
def test_a_short_name_is_a_name_of_its_own(period, case, tmp_path):
    table, code, short = case
    picture = drawn(period, table)
    place = stub_of(period, table, code, picture)
    reading, typed = read(tmp_path, period, table, put(picture, {place: short}))
    assert severities_at(reading, cell_of(place)) <= {"note"}
    assert {at: it[-1] for at, it in counts_of(reading).items()} == {at: it[-1] for at, it in typed.items()}


@proof("period, case", [(period, case) for period in TRUTH_IDS for case in DIFFERENT], sample=12)
def test_names_that_differ_by_a_number_or_by_a_word_are_names_of_their_own(period, case, tmp_path):
    table, code, (first, second) = case
    picture = drawn(period, table, totals=False)
    row, stub = stub_of(period, table, code, picture)
    figures = {at: 1 for at, role in enumerate(picture.columns) if role == "count"}
    more = with_row(put(picture, {(row, stub): first}), row + 1, {stub: second, **figures}, "member")
    reading, _ = read(tmp_path, period, table, more)
    assert severities_at(reading, cell_of((row, stub)), cell_of((row + 1, stub))) <= {"note"}


def test_the_member_that_a_misspelt_row_may_be_is_not_reported_and_never_zero(tmp_path):
    quarter = load(plant(tmp_path, ("Slide 13", "B4", "English clas")))
    table = quarter.filled("other_services")
    assert table.total(category="English clas").exact == 12
    assert table.total(category="english").exact is None
    assert table.total(category="computer").exact == 18
