"""Relations that only ask: of whom a figure is, notes included, and what earlier quarters may explain."""

import pytest
from planting import plant
from workbooks import WORKBOOK

from ccpcr_lib import load
from ccpcr_lib.forms.ahead import Ahead
from ccpcr_lib.forms.live import live_checks
from ccpcr_lib.model.catalogue import CATALOGUE
from ccpcr_lib.model.records import Count
from ccpcr_lib.quality.facts import Facts
from ccpcr_lib.quality.relation_lines import read_relations
from ccpcr_lib.quality.relations import check_relations, evaluate_relations

HEAD = "name,left,operator,right,by,periods,missing,severity,why\n"
ASKED = [
    ("Slide 13!C8", "52", "= 64"),  # 61 in April, 2 new in May and 1 in June
    ("Slide 20!E8", "6", "<= 0 to 2"),  # two boys of NC and four of TL; (F25, M2), but the months say F12, F6, F9
    ("Slide 21!C5", "15", "<= 6"),
    ("Slide 21!C6", "20", "<= 0"),
    ("Slide 21!C7", "1", "<= 0"),
    ("Slide 21!C8", "16", "<= 11"),
]


def asked(report) -> list[tuple[str, str, str]]:
    found = [item for item in report.problems if item.rule == "relation" and item.severity == "note"]
    return [(item.where[0], item.printed, item.expected) for item in found]


def lines(folder, *written: str):
    (folder / "relations.csv").write_text(HEAD + "\n".join(written) + "\n", encoding="utf-8")
    return read_relations(folder / "relations.csv")


# --- the real quarter ---------------------------------------------------------------------------------------------


def test_the_real_quarter_is_asked_what_no_rule_of_its_tables_says(quarter):
    assert asked(quarter) == ASKED


@pytest.mark.parametrize(
    ("cells", "left"),
    [
        ([("Slide 13", "C8", 64)], None),
        ([("Slide 13", "C8", 65)], ("Slide 13!C8", "65", "= 64")),
        ([("Slide 13", "C8", None)], None),
        ([("Slide 21", "C5", 6)], None),
        ([("Slide 21", "C5", 7)], ("Slide 21!C5", "7", "<= 6")),
        ([("Slide 15", "C7", 20)], None),
        ([("Slide 15", "C7", 19)], ("Slide 21!C6", "20", "<= 19")),
        ([("Slide 15", "C6", 1)], None),
        ([("Slide 12", "D6", 5)], None),
        ([("Slide 12", "D6", 4)], ("Slide 21!C8", "16", "<= 15")),
        ([("Slide 12", "D6", None)], None),
        ([("Slide 7", "N9", "27 (F21, M6)")], None),
        ([("Slide 7", "N9", "27 (F22, M5)")], ("Slide 20!E8", "6", "<= 0 to 5")),
        ([("Slide 7", "N8", 9)], ("Slide 20!E8", "6", "<= 2")),  # without its note, June may have had the two boys
        ([("Slide 7", "N9", 27)], ("Slide 20!E8", "6", "<= 0")),
        ([("Slide 20", "E9", "4/0"), ("Slide 20", "E13", "12/2"), ("Slide 20", "C14", "12 (F10, M2)")], None),
    ],
)
def test_one_cell_settles_a_question_or_leaves_it_with_other_figures(tmp_path, cells, left):
    now = asked(load(plant(tmp_path, *cells)))
    assert len(set(ASKED) - set(now)) == 1
    assert set(now) - set(ASKED) == ({left} if left else set())


def test_a_question_says_both_figures_what_may_explain_them_and_what_to_do(quarter):
    managed, boys, *_ = [item for item in quarter.problems if item.rule == "relation"]
    assert managed.message == (
        "Slide 13!C8: 2nd quarter of 2010: Clients who received other services, Cases managed: 52; Clients in care: "
        "64. Was the case of each client in care managed, and counted once? Look it up; if it is right, explain it "
        "(ccpcr explain)."
    )
    assert boys.where == (
        "Slide 20!E8",
        "Slide 20!E9",
        "Slide 20!C14",
        "Slide 7!N6",
        "Slide 7!N7",
        "Slide 7!N8",
        "Slide 7!N9",
    )
    assert boys.message == (
        "Slide 20!E8: 2nd quarter of 2010: Reintegrated clients followed up, Male: 6; Clients reintegrated, Male: 0 to "
        "2. Were all boys who were followed up reintegrated before? Earlier quarters, which are not here, may explain "
        "it. Look it up; if it is right, explain it (ccpcr explain)."
    )


def test_a_question_marks_no_figure(quarter):
    assert quarter.filled("skills_follow_up").disputed() == ()
    assert quarter.filled("life_skills").disputed() == ()


# --- of whom a figure is ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("term", "value"),
    [
        ("referrals_by_sex.reintegrated.M", "0 to 2"),  # the months' notes say none, the quarter's two
        ("referrals_by_sex.reintegrated.F", "25 to 27"),
        ("referrals_by_age.reintegrated.M", "0 to 2"),
        ("follow_up_support.followed_up.M", "6"),
        ("follow_up_support.followed_up.F", "6"),
        ("follow_up_support.followed_up.NC", "4"),
        ("follow_up_support.followed_up.NC.M", "2"),
        ("follow_up_support.followed_up.TL.F", "0"),  # 4/4
        ("follow_up_support.followed_up.F.DV", "0 to 3"),
        ("referrals_by_sex.referred.M", "0 to 2"),  # one of SA and one of SW, whose sex no column says
        ("referrals_by_sex.referred.TL.F", "3"),
        ("referrals_by_age.referred.11-17.F", "9"),
        ("referrals_by_age.referred.0-10", "4"),
        ("referral_sources.referred.RAO.TL", "2"),
        ("referral_sources.referred.own_network.TL", "0 to 16"),
        ("vocational_skills.trained.sewing", "6"),
        ("vocational_skills.trained.sewing.SA", "1 to 2"),  # 6 (SA1, NC2, TL2): of one the note is silent
        ("vocational_skills.trained.SA", "0 to 6"),
        ("partner_referrals.referred_out.NC", "1"),
        ("education.enrolled.grade_2", "5"),
        ("skills_follow_up.followed_up_skills.sewing", "15"),
        ("skills_follow_up.followed_up_skills.times.sewing", "3"),
        ("skills_follow_up.followed_up_skills.sewing.times", "3"),
        ("other_services.served.case_management", "52"),
        ("family_visits.visited.DV@clients", "7"),
        ("family_visits.visited.NC@clients", "11 to 12"),
        ("family_visits.visited.NC@first", "11"),
        ("family_visits.visited.TL@later", "5"),
    ],
)
def test_a_term_says_of_whom_its_figure_is(quarter, tmp_path, term, value):
    relations, findings = lines(tmp_path, f"x,{term},=,in_care,,,,,Why.")
    assert findings == ()
    (tested,) = evaluate_relations(quarter.facts, (), relations)
    assert str(tested.left.value) == value


def test_what_a_sheet_has_no_row_or_column_for_is_not_tested(quarter, tmp_path):
    line = "x,skills_follow_up.followed_up_skills,<=,vocational_skills.trained,category,,,,Why."
    tested = {
        item.member["category"]: item.holds for item in evaluate_relations(quarter.facts, (), lines(tmp_path, line)[0])
    }
    assert tested == {
        "sewing": False,
        "hairdressing": False,
        "weaving": False,
        "formal_education": None,
        "formal_education_community": None,
    }


@pytest.mark.parametrize(
    ("term", "reason"),
    [
        ("vocational_skills.trained.hairdresing", "does not count “hairdresing”; choose one of: hairdressing."),
        ("vocational_skills.trained.Sewing", "does not count “Sewing”; choose one of: sewing."),
        ("vocational_skills.trained.formal_education", "the table vocational_skills does not count “formal_education”"),
        ("referrals_by_sex.reintegrated.m", "does not count “m”; choose one of: M."),
        ("referrals_by_sex.reintegrated.X", "choose one of: DV, SA, NC, TL, ST, RC, SW, F, M."),
        ("referrals_by_age.reintegrated.0-10", "the table referrals_by_age does not count “0-10”"),
        ("referrals_by_age.referred.11-18", "choose one of: 11-17"),
        ("referrals_by_sex.referred.F.M", "“F” and “M” cannot stand at one figure; keep one of them."),
        ("education.enrolled.grade_1.grade_2", "“grade_1” and “grade_2” cannot stand at one figure"),
        ("education.enrolled.times.grade_1", "the table education does not count “enrolled.times”"),
        ("in_care.F", "“in_care.F” is no figure"),
        ("in_care.clients.DV", "“in_care.clients.DV” is no figure"),
        ("education.enrolled.", "“.” is no figure"),
    ],
)
def test_a_code_nobody_knows_is_a_finding_at_its_line_with_those_near_it(tmp_path, term, reason):
    relations, (broken,) = lines(tmp_path, f"x,{term},<=,in_care,,,,,Why.")
    assert (relations, broken.rule, broken.where) == ((), "relation_broken", ("relations.csv!A2",))
    assert reason in broken.message


@pytest.mark.parametrize(
    ("side", "value"),
    [
        ("referrals_by_age.referred.0-10 + referrals_by_age.referred.11-17", "14"),
        ("referrals_by_age.referred.11-17-referrals_by_age.referred.0-10", "6"),
        ("education.enrolled.grade_2-education.enrolled.grade_1", "3"),
        ("in_care - other_services.served.case_management", "12"),
    ],
)
def test_a_hyphen_in_a_code_is_no_minus(quarter, tmp_path, side, value):
    (tested,) = evaluate_relations(quarter.facts, (), lines(tmp_path, f"x,{side},=,in_care,,,,,Why.")[0])
    assert str(tested.left.value) == value


# --- to date ------------------------------------------------------------------------------------------------------


def told(period: str, trained: int | None, followed: int = 0) -> Facts:
    """Make a quarter in which so many newly learned sewing, and so many were followed up on it."""
    key = {"category": "sewing", "period": period}
    return Facts(
        period,
        (
            Count("vocational_skills", "trained", "clients", key, trained, f"{period}!B2"),
            Count("skills_follow_up", "followed_up_skills", "clients", key, followed, f"{period}!C2"),
        ),
        (),
    )


LINE = "x,skills_follow_up.followed_up_skills,<=,vocational_skills.trained@to_date,category,quarter,skip,{},Why?"
EARLIER = ("2009-Q1", "2009-Q2", "2009-Q3", "2009-Q4")


def findings_of(folder, severity: str, now: Facts, *earlier: Facts):
    return list(check_relations(now, earlier, lines(folder, LINE.format(severity))[0]))


@pytest.mark.parametrize("severity", ["warning", "note"])
@pytest.mark.parametrize("known", [(), EARLIER[3:], EARLIER[1:], EARLIER[:3], ("2008-Q4", *EARLIER[:3])])
def test_too_few_quarters_before_leave_only_a_question(tmp_path, severity, known):
    (found,) = findings_of(tmp_path, severity, told("2010-Q1", 2, 9), *(told(period, 1) for period in known))
    assert (found.severity, found.variant, found.expected) == ("note", "question.earlier", f"<= {2 + len(known)}")
    assert "Earlier quarters, which are not here, may explain it. Look it up" in found.message


def test_a_year_of_quarters_before_settles_it(tmp_path):
    known = [told(period, 1) for period in EARLIER]
    assert findings_of(tmp_path, "warning", told("2010-Q1", 2, 6), *known) == []
    (found,) = findings_of(tmp_path, "warning", told("2010-Q1", 2, 7), *known)
    assert (found.severity, found.variant, found.expected) == ("warning", "at_most", "<= 6")
    (found,) = findings_of(tmp_path, "note", told("2010-Q1", 2, 7), *known)
    assert (found.severity, found.variant) == ("note", "question.since")
    assert "Clients in vocational training, in the workbooks from the 1st quarter of 2009 on: 6. Why?" in found.message


def test_later_quarters_explain_nothing(tmp_path):
    (found,) = findings_of(tmp_path, "note", told("2010-Q1", 2, 9), told("2010-Q2", 20))
    assert found.expected == "<= 2"


def test_a_blank_in_an_earlier_quarter_leaves_it_open(tmp_path):
    assert findings_of(tmp_path, "note", told("2010-Q1", 2, 9), told("2009-Q4", None)) == []


def test_an_earlier_workbook_without_the_table_leaves_it_open(tmp_path):
    assert findings_of(tmp_path, "note", told("2010-Q1", 2, 9), Facts("2009-Q4", (), ())) == []


# --- while it is typed --------------------------------------------------------------------------------------------


def test_a_workbook_asks_what_its_own_cells_can_say(tmp_path):
    relations, _ = read_relations(WORKBOOK.parents[2] / "data" / "relations.csv")
    ahead = Ahead("2010-Q3", {table.name: (*table.members, *(" " if table.is_open else "")) for table in CATALOGUE})
    checks = [check for check in live_checks(ahead, relations) if "?" in check.sentence("en")]
    assert all(check.is_note for check in checks)
    assert [check.sentence("en") for check in checks] == [
        "3rd quarter of 2010: Were all who were followed up reintegrated before?",
        "Sewing, 3rd quarter of 2010: Were all who were followed up on this skill trained in it?",
        "Hairdressing, 3rd quarter of 2010: Were all who were followed up on this skill trained in it?",
        "Weaving, 3rd quarter of 2010: Were all who were followed up on this skill trained in it?",
        "3rd quarter of 2010: Were all who were followed up on their schooling enrolled in school?",
        "3rd quarter of 2010: Was the case of each client in care managed, and counted once?",
    ]


def test_a_warning_to_date_is_no_more_than_a_note_while_it_is_typed_without_earlier_quarters(tmp_path):
    relations, _ = lines(tmp_path, LINE.format("warning"))
    members = {table.name: table.members for table in CATALOGUE}
    for known, is_note in ((EARLIER[1:], True), (EARLIER, False)):
        before = [told(period, 1) for period in known]
        own = [
            check
            for check in live_checks(Ahead("2010-Q1", members, before), relations)
            if "Why?" in check.sentence("en")
        ]
        assert [check.is_note for check in own] == [is_note]
