"""Declared relations: what holds, what does not, what is not known, and lines nobody can read."""

import pytest
from disagreements import disagreements
from planting import plant
from workbooks import WORKBOOK

from ccpcr_lib import load
from ccpcr_lib.quality.relation_lines import read_relations

HEAD = "name,left,operator,right,by,periods,missing,severity,why\n"


def exact(item):
    return [side.value and side.value.exact for side in (item.left, item.right)]


def test_the_movement_of_clients_holds_exactly_in_the_real_quarter(quarter):
    tested = [item for item in quarter.relations if item.relation.name == "movement"]
    assert [(item.period, *exact(item), item.holds) for item in tested] == [
        ("2010-04", 61, None, None),
        ("2010-05", 51, 61 - 12 - 0 + 2, True),
        ("2010-06", 43, 51 - 6 - 3 + 1, True),
    ]


def test_every_newly_referred_client_was_assessed_in_the_real_quarter(quarter):
    tested = [item for item in quarter.relations if item.relation.name == "new_are_assessed"]
    assert [(item.member["case_type"], *exact(item)) for item in tested] == [
        ("DV", 1, 1),
        ("SA", 1, 1),
        ("NC", 2, 2),
        ("TL", 3, 3),
        ("ST", 0, 0),
        ("RC", 10, 10),
        ("SW", 1, 1),
    ]


def test_a_broken_relation_names_its_cells_and_both_figures(tmp_path):
    problems = load(plant(tmp_path, ("Slide 8", "B7", 52))).problems
    broken = [item for item in disagreements(problems, "relation") if item.severity != "note"]
    assert [(item.printed, item.expected) for item in broken] == [("52", "= 51"), ("43", "= 44")]
    assert "Slide 8!B7" in broken[0].where
    assert "61 - 12 - 0 + 2" in broken[0].message


def own_relations(folder, *lines):
    (folder / "relations.csv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    copy = folder / WORKBOOK.name
    copy.write_bytes(WORKBOOK.read_bytes())
    return load(copy)


def test_an_officer_adds_a_relation_without_python(tmp_path):
    report = own_relations(
        tmp_path,
        "visits,family_visits.visited,≤,family_assessments.assessed,case_type,quarter,,note,First assess.",
    )
    found = [
        (item.severity, item.where[0], item.printed, item.expected)
        for item in report.problems
        if item.rule == "relation"
    ]
    assert found == [
        ("note", "Slide 17!D6", "7", "<= 1"),
        ("note", "Slide 17!D7", "9", "<= 1"),
        ("note", "Slide 17!D8", "12", "<= 2"),
        ("note", "Slide 17!D9", "8", "<= 3"),
    ]


@pytest.mark.parametrize(
    ("operator", "holds"), [("=", False), ("!=", True), ("<=", False), (">=", True), ("both-or-neither", True)]
)
def test_each_operator_means_what_it_says(tmp_path, operator, holds):
    line = f"x,family_visits.visited,{operator},family_assessments.assessed,,quarter,,warning,37 and 18."
    report = own_relations(tmp_path, line)
    assert [item.holds for item in report.relations] == [holds]


@pytest.mark.parametrize(("policy", "holds"), [("skip", None), ("zero", True)])
def test_a_blank_figure_is_skipped_or_taken_as_zero_as_the_line_says(tmp_path, policy, holds):
    line = f"x,education.enrolled,<=,family_visits.visited,,quarter,{policy},warning,11 or 9 and 37."
    (tmp_path / "relations.csv").write_text(HEAD + line + "\n", encoding="utf-8")
    report = load(plant(tmp_path, ("Slide 12", "C6", None)))
    assert [item.holds for item in report.relations] == [holds]


def test_a_blank_hides_nothing_where_no_figure_in_its_place_would_do(tmp_path):
    line = "x,education.enrolled,<=,partner_referrals.referred_out,,quarter,skip,warning,9 at least and 3."
    (tmp_path / "relations.csv").write_text(HEAD + line + "\n", encoding="utf-8")
    report = load(plant(tmp_path, ("Slide 12", "C6", None)))
    (broken,) = disagreements(report.problems, "relation")
    assert (broken.printed, broken.expected) == ("at least 9", "<= 3")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("x,nothing.visited,=,education.enrolled,,,,,", "no table “nothing”"),
        ("x,education.visited,=,education.enrolled,,,,,", "does not count “visited”"),
        ("x,education.enrolled,~,education.enrolled,,,,,", "operator is “~”"),
        ("x,education.enrolled,=,education.enrolled@tomorrow,,,,,", "@tomorrow"),
        ("x,education.enrolled,=,education.enrolled minus,,,,,", "is no figure"),
        ("x,,=,education.enrolled,,,,,", "left is empty"),
        ("x,life_skills.attended@clients,<=,in_care,,,,,", "“@clients” cannot stand at “life_skills.attended”"),
        ("x,referrals_by_age.in_shelter@clients,<=,in_care,,,,,", "stand at “referrals_by_age.in_shelter”"),
        ("x,in_care,>=,other_services.served@clients,,,,,", "cannot stand at “other_services.served”"),
        ("x,in_care - in_care@clients,=,in_care,,,,,", "“@clients” cannot stand at “in_care”"),
        ("x,in_care.clients@clients,=,in_care,,,,,", "“@clients” cannot stand at “in_care.clients”"),
        (
            "x,skills_follow_up.followed_up_skills.times@clients,<=,in_care,,,,,",
            "cannot stand at “skills_follow_up.followed_up_skills.times”",
        ),
        ("x,skills_follow_up.followed_up_skills@clients,<=,in_care,,,,,", "“skills_follow_up.followed_up_skills”"),
        ("x,in_care.times,=,in_care,,,,,", "“in_care.times” is no figure"),
        ("x,in_care.clients.times,=,in_care,,,,,", "“in_care.clients.times” is no figure"),
        ("x,family_visits.visited,<=,in_care,case_type,,,,", "the clients in care are not divided, so by cannot be"),
        ("x,in_care,>=,family_visits.visited,case_type,,,,", "“case_type”; leave it empty"),
        ("x,education.enrolled,<=,in_care.clients,category,,,,", "so by cannot be “category”"),
        ("x,education.enrolled,=,education.enrolled,colour,,,,", "by is “colour”"),
    ],
)
def test_a_line_that_cannot_be_read_is_a_finding_at_its_line(tmp_path, line, reason):
    (tmp_path / "relations.csv").write_text(HEAD + line + "\n", encoding="utf-8")
    relations, findings = read_relations(tmp_path / "relations.csv")
    assert relations == ()
    assert [(item.rule, item.where) for item in findings] == [("relation_broken", ("relations.csv!A2",))]
    assert reason in findings[0].message
