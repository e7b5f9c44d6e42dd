"""What a sentence says of every kind of figures: one, none, unknown, equal, overlapping; by hand, from small tables."""

from dataclasses import replace

import pytest
from histories import report_of, table_of

from ccpcr_lib import Release
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.model.catalogue import spec
from ccpcr_lib.publish.pages.show import show_sentence
from ccpcr_lib.publish.text.sentences import sentence


def said(name: str, language: str = "en", **figures: int | None) -> str:
    """Give the sentence of a table whose first row has these figures, and zeros below."""
    return sentence(Release(report_of("2010-Q2", **{name: figures}), language), name)


def said_of(name: str, language: str = "en", **rows: list[int | None]) -> str:
    """Give the sentence of a table with these rows, in the order of its columns."""
    report = report_of("2010-Q2", **{name: {}})
    facts = table_of("2010-Q2", name, rows)
    members = {name: spec(name).rows_of(tuple(rows))}
    return sentence(Release(Report(replace(report.reading, base=facts.counts, members=members), ()), language), name)


# --- how many, and when ---


@pytest.mark.parametrize(
    ("months", "clause"),
    [
        ((1, 0, 0), "1 client was referred to the shelter in April, of the type Domestic Violence (DV); "
                    "none in May and June."),
        ((0, 7, 0), "7 clients were referred to the shelter in May, every one of the type Domestic Violence (DV); "
                    "none in April and June."),
        ((0, 0, 0), "No client was referred to the shelter in the 2nd quarter of 2010."),
        ((4, 4, 4), "4 clients were referred to the shelter in each month: 12 in all, every one {DV}."),
        ((1, 1, 1), "1 client was referred to the shelter in each month: 3 in all, every one {DV}."),
        ((1, 0, 1), "1 client was referred to the shelter in April and 1 in June, none in May: 2 in all, both {DV}."),
        ((0, 3, 4), "3 clients were referred to the shelter in May and 4 in June, none in April: 7 in all, "
                    "every one {DV}."),
        ((6, 5, 5), "6 clients were referred to the shelter in April and 5 each in May and June: 16 in all, "
                    "every one {DV}."),
        ((2, 9, 6), "2 clients were referred to the shelter in April, 9 in May and 6 in June: 17 in all, "
                    "every one {DV}."),
        ((9, 9, 2), "Referrals to the shelter fell from 9 in April to 2 in June: 20 clients in all, every one {DV}."),
        ((1, 1, 4), "Referrals to the shelter rose from 1 in April to 4 in June: 6 clients in all, every one {DV}."),
        ((1200, 1300, 1000), "1,200 clients were referred to the shelter in April, 1,300 in May and 1,000 in June: "
                             "3,500 in all, every one {DV}."),
    ],
)  # fmt: skip
def test_months_are_told_in_one_clause(months, clause):
    figures = dict(zip(("m1", "m2", "m3"), months, strict=True))
    expected = clause.replace("{DV}", "of the type Domestic Violence (DV)")
    assert said("referrals_by_type", **figures) == expected


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ((5, None, None), "5 clients were referred to the shelter in April. May and June were not reported."),
        ((None, None, 1), "1 client was referred to the shelter in June. April and May were not reported."),
        ((0, None, 0), "No client was referred to the shelter in April and June. May was not reported."),
        ((3, None, 0), "3 clients were referred to the shelter in April, none in June. May was not reported."),
        ((3, None, 2), "3 clients were referred to the shelter in April and 2 in June: at least 5 in all. "
                       "May was not reported."),
        ((None, 8, 2), "8 clients were referred to the shelter in May and 2 in June: at least 10 in all. "
                       "April was not reported."),
        ((None, None, None), "For the 2nd quarter of 2010, referrals to the shelter were not reported."),
    ],
)  # fmt: skip
def test_a_month_that_is_not_reported_is_named_and_its_blanks_are_not_counted_again(months, expected):
    lines = {code: [month if month is None else 0 for month in months] for code in spec("referrals_by_type").members}
    assert said_of("referrals_by_type", **(lines | {"DV": list(months)})) == expected


def test_a_month_that_is_known_in_part_has_at_least_so_many():
    expected = (
        "At least 3 clients were referred to the shelter in April, 2 in May and 1 in June: at least 6 in all. "
        "One figure of this table was not reported."
    )
    assert said_of("referrals_by_type", DV=[3, 2, 1], SA=[None, 0, 0]) == expected


def test_a_month_of_zeros_and_a_blank_is_not_called_none():
    assert said("referrals_by_type", m1=2, m2=None) == (
        "2 clients were referred to the shelter in April, none in June. May was reported only in part. "
        "One figure of this table was not reported."
    )


# --- the largest group ---


@pytest.mark.parametrize(
    ("rows", "group"),
    [
        ({"DV": [2, 1, 0], "RC": [1, 0, 0]}, "4 in all, 3 of them Domestic Violence (DV)."),
        ({"DV": [2, 0, 0], "RC": [1, 1, 0]}, "4 in all."),  # two of two each: none is the largest
        ({"DV": [2, 1, 0], "RC": [1, 1, 0], "TL": [1, 1, 0]}, "7 in all, 3 of them Domestic Violence (DV)."),
        ({"SA": [1, 1, 0]}, "2 in all, both of the type Sexual Abuse (SA)."),
    ],
)
def test_one_group_alone_at_the_top_is_named(rows, group):
    assert said_of("referrals_by_type", **rows).rpartition(": ")[2] == group


@pytest.mark.parametrize(
    ("name", "row", "said_so"),
    [
        ("education", "grade_2", "began school in April, every one in Grade 2;"),
        ("vocational_skills", "weaving", "began vocational training in April, every one in Weaving;"),
        ("partner_referrals", "CWDA", "were referred on in April, every one to CWDA;"),
        ("partner_referrals", "HAGAR", "were referred on in April, every one to HAGAR;"),  # on no list
        ("reintegration", "factory", "were reintegrated in April, every one to a factory;"),
        ("reintegration", "Foster care", "were reintegrated in April, every one under “Foster care”;"),  # on no list
        ("family_assessments", "TL", "had their families assessed in April, every one of the type Trafficking for"),
    ],
)
def test_each_list_has_its_own_way_to_be_named(name, row, said_so):
    assert said_so in said_of(name, **{row: [3, 0, 0]})


def test_of_counts_that_may_share_clients_the_largest_is_named_by_itself():
    assert said_of("other_services", english=[9], computer=[14]) == (
        "At least 14 clients received other services in the 2nd quarter of 2010. "
        "“Computer class at the shelter” had the most: 14 clients."
    )
    assert said_of("other_services", english=[14], computer=[14]) == (
        "At least 14 clients received other services in the 2nd quarter of 2010."
    )


def test_one_service_alone_has_all_clients():
    assert said_of("other_services", computer=[14]) == (
        "14 clients received other services in the 2nd quarter of 2010, every one for Computer class at the shelter."
    )


# --- what is not a sum ---


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ((61, 51, 43), "Clients in the shelter fell from 61 in April to 43 in June."),
        ((43, 51, 61), "Clients in the shelter rose from 43 in April to 61 in June."),
        ((50, 50, 50), "50 clients were in the shelter in each month."),
        ((49, 50, 50), "49 clients were in the shelter in April and 50 each in May and June."),
        ((2, 1, 0), "2 clients were in the shelter in April and 1 in May, none in June."),
        ((0, 0, 1), "1 client was in the shelter in June; none in April and May."),
        ((0, 0, 0), "No client was in the shelter in the 2nd quarter of 2010."),
        ((50, None, 48), "50 clients were in the shelter in April and 48 in June. May was not reported."),
        ((None, None, 48), "48 clients were in the shelter in June. April and May were not reported."),
        ((None, None, None), "For the 2nd quarter of 2010, clients in the shelter were not reported."),
    ],
)
def test_a_stock_is_told_month_by_month_and_never_added(months, expected):
    report = report_of("2010-Q2", referrals_by_type={}, referrals_by_age={}, reintegration={})
    values = dict(zip(("2010-04", "2010-05", "2010-06"), months, strict=True))
    base = tuple(
        replace(count, value=values[count.key["period"]]) if count.measure == "in_shelter" else count
        for count in report.reading.base
    )
    shown = Release(Report(replace(report.reading, base=base), ()))
    assert sentence(shown, "referrals_by_age") == expected


def test_the_same_client_in_several_months_makes_a_total_at_least_so_many():
    assert said("follow_up_support", m1=2, m2=1, m3=1) == (
        "2 clients were followed up after reintegration in April and 1 each in May and June: at least 2 clients in all "
        "(the same client may be counted more than once)."
    )


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ([15, 3], "15 clients were followed up on skills or schooling in the 2nd quarter of 2010, every one in Sewing, "
                  "3 times in all."),
        ([1, 1], "1 client was followed up on skills or schooling in the 2nd quarter of 2010, in Sewing, "
                 "1 time in all."),
        ([0, 0], "No client was followed up on skills or schooling in the 2nd quarter of 2010."),
        ([4, None], "4 clients were followed up on skills or schooling in the 2nd quarter of 2010, every one in "
                    "Sewing. One figure of this table was not reported."),
        ([0, 2], "No client was followed up on skills or schooling in the 2nd quarter of 2010. 2 times were counted "
                 "under “Clients followed up on skills or schooling” in the 2nd quarter of 2010."),
    ],
)  # fmt: skip
def test_clients_and_times_are_said_together(figures, expected):
    assert said_of("skills_follow_up", sewing=figures) == expected


# --- the quarter before ---


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        (36, "In the quarter before, family assessments came to 36."),
        (1, "In the quarter before, family assessments came to 1."),
        (0, "The quarter before had none."),
    ],
)
def test_the_quarter_before_is_said_behind(before, expected):
    assert said("family_assessments", previous=before, m1=5).endswith(f"; none in May and June. {expected}")


def test_visits_are_never_called_so_many_clients():
    assert said("family_visits", previous=0, m1=5, m2=6, m3=5) == (
        "5 clients visited their families in April, 6 in May and 5 in June: 16 in all (a client counts once in each "
        "month), every one of the type Domestic Violence (DV). The quarter before had none."
    )


# --- what a table adds to others ---


def referrals(**tables: dict[str, int | None]) -> Release:
    return Release(report_of("2010-Q2", referrals_by_type={"m1": 4}, **tables))


def test_every_table_of_a_measure_says_what_it_adds():
    shown = referrals(referrals_by_sex={"m1": 1}, referrals_by_age={"m1": 1}, referral_sources={"quarter": 1})
    assert [sentence(shown, name) for name in shown.tables] == [
        "4 clients were referred to the shelter in April, every one of the type Domestic Violence (DV); "
        "none in May and June.",
        "Among the 11 clients were 4 girls and 4 boys; this table does not say the sex of 3. "
        "1 client was reintegrated in April; none in May and June.",
        "“0-10 years”, “11-17 years” and “18-25 years” had 2 each of the 6 clients. "
        "1 client was in the shelter in April; none in May and June.",
        "Both were referred to the shelter by RAO Org.",
    ]


def test_where_nobody_came_the_other_tables_have_nothing_to_add():
    shown = Release(report_of("2010-Q2", referrals_by_type={}, referral_sources={}))
    assert sentence(shown, "referral_sources") == ""
    assert show_sentence(shown, "referral_sources").html == '<div class="ccpcr-sentence"></div>'


def test_a_table_alone_says_how_many_there_were():
    assert said("referral_sources", quarter=1) == (
        "2 clients were referred to the shelter in the 2nd quarter of 2010, both by RAO Org."
    )


def test_what_another_table_does_not_know_is_at_least_so_many():
    shown = referrals(referral_sources={"quarter": 2})
    base = tuple(
        replace(count, value=None) if (count.table, count.key.get("sex")) == ("referral_sources", "M") else count
        for count in shown._report.reading.base
    )
    shown = Release(Report(replace(shown._report.reading, base=base), ()))
    assert sentence(shown, "referral_sources") == (
        "The table “Organizations that referred clients” counts at least 2 clients. "
        "2 figures of this table were not reported."
    )


# --- Khmer ---


@pytest.mark.parametrize(
    ("figures", "expected"),
    [
        ({"m1": 4, "m2": 4, "m3": 4}, "អតិថិជន 4 នាក់ បានចូលរៀនក្នុងខែនីមួយៗ៖ សរុប 12 នាក់ ទាំងអស់ក្នុងមត្តេយ្យ។"),
        ({}, "គ្មានអតិថិជនណាម្នាក់បានចូលរៀនក្នុងត្រីមាសទី2 ឆ្នាំ 2010 ទេ។"),
        ({"m1": 1}, "អតិថិជន 1 នាក់ បានចូលរៀនក្នុងខែមេសា ក្នុងមត្តេយ្យ តែគ្មានក្នុងខែឧសភា និង ខែមិថុនាទេ។"),
        (
            {"m1": 9, "m2": 5, "m3": 2},
            "ការចូលរៀនបានថយពី 9 នាក់ក្នុងខែមេសា មក 2 នាក់ក្នុងខែមិថុនា៖ សរុប អតិថិជន 16 នាក់ ទាំងអស់ក្នុងមត្តេយ្យ។",
        ),
    ],
)
def test_khmer_counts_people_with_its_own_word(figures, expected):
    assert said("education", "km", **figures) == expected


def test_khmer_counts_times_with_another_word():
    assert said_of("skills_follow_up", "km", sewing=[15, 3]).endswith("សរុប 3 ដង។")
