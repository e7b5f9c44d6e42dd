"""Two tables of one measure: known, possible, and contradicted, each case by hand."""

from ccpcr_lib.model.records import Claim, Count
from ccpcr_lib.quality.facts import Facts
from ccpcr_lib.quality.margins import check_margins

Q = "2010-Q2"


def typed(value, month="2010-04", cell="A!D6", **key):
    return Count("referrals_by_type", "referred", "clients", {"period": month, **key}, value, cell)


def sexed(value, month="2010-04", cell="B!C6", **key):
    return Count("referrals_by_sex", "referred", "clients", {"period": month, **key}, value, cell)


def sourced(value, cell="C!D5", **key):
    return Count("referral_sources", "referred", "clients", {"period": Q, "category": "RAO", **key}, value, cell)


def found(*counts, claims=()):
    return list(check_margins(Facts(Q, counts, tuple(claims))))


def test_tables_that_agree_are_silent():
    assert found(typed(3, case_type="DV"), sexed(3, case_type="DV", sex="F")) == []


def test_a_different_total_is_told_once_with_both_cells():
    (item,) = found(typed(3, case_type="DV"), sexed(2, case_type="DV", sex="F"))
    assert (item.rule, item.printed, item.where) == ("margin", "3; 2", ("A!D6", "B!C6"))


def test_an_unknown_sex_may_be_either():
    counts = (sexed(2, case_type="SA"), sexed(1, cell="B!C7", case_type="DV", sex="F"))
    assert found(*counts, sourced(1, sex="M"), sourced(2, cell="C!E5", sex="F")) == []
    (item,) = found(*counts, sourced(3, sex="M"), sourced(0, cell="C!E5", sex="F"))
    assert item.printed == "1 to 3; 0"


def test_months_are_added_up_where_the_other_table_knows_only_the_quarter():
    months = (typed(1, case_type="DV"), typed(2, month="2010-05", cell="A!E6", case_type="DV"))
    assert found(*months, sourced(3, sex="F")) == []
    assert found(*months, sourced(4, sex="F"))[0].printed == "3; 4"


def test_a_blank_count_could_be_anything_but_less():
    assert found(typed(None, case_type="DV"), sexed(5, case_type="DV", sex="F")) == []
    both = (typed(None, case_type="DV"), typed(6, cell="A!D7", case_type="SA"))
    (item,) = found(*both, sexed(5, case_type="DV", sex="F"))
    assert item.printed == "at least 6; 5"


def test_a_contradiction_hidden_in_equal_totals_shows_in_the_finer_margin():
    left = (typed(1, case_type="DV"), typed(0, cell="A!D7", case_type="NC"))
    right = (sexed(0, case_type="DV", sex="F"), sexed(1, cell="B!F6", case_type="NC", sex="F"))
    (item,) = found(*left, *right)
    assert "Domestic Violence" in item.message or "Neglected Children" in item.message
    assert set(item.where) == {"A!D6", "B!F6"}
    assert set(item.evidence) == {"A!D7", "B!C6"}


def test_a_note_in_a_cell_counts_as_what_it_says():
    note = Claim(
        "referral_sources",
        "referred",
        "clients",
        {"period": Q, "category": "RAO", "sex": "F", "case_type": "TL"},
        2,
        "C!D5",
        "note",
        "2 (TL2)",
    )
    (item,) = found(typed(2, case_type="DV"), sourced(2, sex="F"), claims=[note])
    assert item.printed in ("0; 2", "2; 0")


def test_counts_of_the_quarter_before_are_not_compared():
    old = Count("referral_sources", "referred", "clients", {"period": "2010-Q1", "category": "RAO"}, 9, "C!C5")
    assert found(typed(3, case_type="DV"), old) == []
