"""A name that nobody knows is answered with the nearest there is, wherever it is given."""

import pytest
from commands import run
from workbooks import WORKBOOK

from ccpcr_lib import explore, load_all, release, show_chart, show_findings, show_indicator, show_progress, show_table
from ccpcr_lib.model.catalogue import spec
from ccpcr_lib.model.codelist import codelist
from ccpcr_lib.model.figures import parse_figure
from ccpcr_lib.model.measure import measure
from ccpcr_lib.publish.pages.show import show_sentence
from ccpcr_lib.words.nearest import near_words, nearest


@pytest.fixture(scope="module")
def shown(quarter):
    return release(quarter)


@pytest.mark.parametrize(
    ("written", "known", "near"),
    [
        ("sewng", ["weaving", "sewing"], "sewing"),
        ("SEWING", ["weaving", "sewing"], "sewing"),
        ("family visits", ["family_visits", "family_assessments"], "family_visits"),
        ("family-visits", ["family_visits", "family_assessments"], "family_visits"),
        ("dv", ["DV", "SA"], "DV"),
        ("pie", ["bars", "columns"], ""),
        ("", ["bars"], ""),
        (None, ["bars"], ""),
        ("months ", ["months"], "months"),
    ],
)
def test_the_nearest_word_is_the_same_in_another_case_else_one_that_is_much_alike(written, known, near):
    assert nearest(written, known) == near
    assert nearest(written, list(reversed(known))) == near


def test_several_may_have_been_meant():
    assert near_words("2010-Q", ["2010-Q1", "2010-Q2", "sewing"]) == ["2010-Q2", "2010-Q1"]


@pytest.mark.parametrize(
    ("ask", "near"),
    [
        (lambda _: spec("referals_by_type"), "referrals_by_type"),
        (lambda _: spec("Family visits"), "family_visits"),
        (lambda _: spec("life-skills"), "life_skills"),
        (lambda shown: shown.table("eduction"), "education"),
        (lambda shown: shown.frame("family_visit"), "family_visits"),
        (lambda shown: shown.sheet("vocational_skill"), "vocational_skills"),
        (lambda shown: shown.source_line("reintegrations"), "reintegration"),
        (lambda shown: show_table(shown, "eduction"), "education"),
        (lambda shown: show_chart(shown, "eduction", "months"), "education"),
        (lambda shown: show_sentence(shown, "eduction"), "education"),
        (lambda shown: show_findings(shown, "eduction"), "education"),
        (lambda shown: show_chart(shown, "education", "month"), "months"),
        (lambda shown: show_chart(shown, "referrals_by_sex", "type-and-sex"), "type_and_sex"),
        (lambda shown: show_indicator(shown, "refered"), "referred"),
        (lambda shown: show_indicator(shown, "referred", "burnup"), "burn_up"),
        (lambda shown: show_progress(shown, "asessed"), "assessed"),
        (lambda shown: shown.achievement("Visited"), "visited"),
        (lambda shown: shown.table("referrals_by_type").total(case_type="dv"), "DV"),
        (lambda shown: shown.table("referrals_by_type").total(casetype="DV"), "case_type"),
        (lambda _: measure("enroled"), "enrolled"),
        (lambda _: codelist("case_types").member("Domestic violence"), "DV"),
        (lambda _: codelist("sexes").label("f"), "F"),
        (lambda shown: release(shown._report, "km+en"), "en+km"),
        (lambda shown: release(shown._report, "Khmer"), "km"),
        (lambda _: parse_figure("followup_support.total"), "follow_up_support"),
        (lambda _: parse_figure("education.grade3"), "grade_3"),
        (lambda _: parse_figure("in_care.M1"), "m1"),
        (lambda _: load_all(WORKBOOK.parent)["2010-q2"], ""),
        (lambda _: load_all(WORKBOOK.parent)["2011-Q2"], "2010-Q2"),
        (lambda _: explore(WORKBOOK.parent, "educaton"), "education"),
        (lambda _: explore(WORKBOOK.parent, "education", by=["months"]), "month"),
        (lambda _: explore(WORKBOOK.parent, "education", chart="bar"), "bars"),
        (lambda _: explore(WORKBOOK.parent, "education", show="share"), "shares"),
        (lambda _: explore(WORKBOOK.parent, "education", counted="enroled"), "enrolled"),
        (lambda _: explore(WORKBOOK.parent, "education", periods="2010-Q3"), "2010-Q2"),
    ],
)
def test_a_name_that_is_none_is_refused_with_the_nearest(shown, ask, near):
    if not near:
        assert ask(shown).period == "2010-Q2"
        return
    with pytest.raises((KeyError, ValueError)) as refused:
        ask(shown)
    message = str(refused.value)
    assert message.endswith(f" Did you mean “{near}”?")
    assert "\n" not in message


def test_a_table_that_this_workbook_lacks_is_no_wrong_name(shown, tmp_path):
    from workbooks import without_sheet

    without = release(without_sheet(tmp_path, "Slide 19"))
    assert show_table(without, "partner_referrals").text == without.say("table_missing")
    with pytest.raises(KeyError, match=r"^the workbook 2010-Q2\.xlsx has no table 'partner_referrals'; it has: "):
        without.sheet("partner_referrals")


@pytest.mark.parametrize(
    ("command", "near"),
    [
        (("chek", WORKBOOK), "check"),
        (("check", WORKBOOK, "--jsn"), "--json"),
        (("report", WORKBOOK, "--languge", "km"), "--language"),
        (("report", WORKBOOK, "--language", "khmer"), "km"),
        (("check", WORKBOOK, "--period", "2010-Q22"), "2010-Q2"),
    ],
)
def test_a_wrong_word_in_a_command_is_answered_with_the_nearest(command, near):
    result = run(*command)
    assert result.exit_code == 2
    assert near in result.stderr
