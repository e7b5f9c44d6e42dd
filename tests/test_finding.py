"""Rules are stable, graded, documented, and say what to do."""

from string import Formatter

import pytest
from workbooks import ROOT

from ccpcr_lib.model.finding import COLUMNS, READING_RULES, SEVERITIES, Finding, findings_frame, worst
from ccpcr_lib.quality.rules import CHECK_RULES, found

RULES = {**READING_RULES, **CHECK_RULES}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_in_the_readme(rule):
    assert f"`{rule}`" in (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_severity_and_ends_its_message_as_a_sentence(rule):
    assert RULES[rule].severity in SEVERITIES
    assert (RULES[rule].advice or RULES[rule].message).rstrip("”)").endswith((".", "?"))


@pytest.mark.parametrize("rule", CHECK_RULES)
def test_a_finding_begins_with_its_cell_and_fills_every_field(rule):
    fields = [field for _, field, _, _ in Formatter().parse(CHECK_RULES[rule].message) if field]
    finding = found(rule, ["S!A1", "S!B2", "S!A1"], **dict.fromkeys(fields, "7"))
    assert finding.message.startswith("S!A1: ")
    assert "{" not in finding.message
    assert finding.where == ("S!A1", "S!B2"), "a cell is named once"


def test_findings_become_a_frame_with_the_columns_of_the_contract():
    frame = findings_frame([Finding("total", "warning", "education", ("S!A1",), "m", "7", "6")])
    assert tuple(frame.columns) == COLUMNS == ("rule", "severity", "table", "where", "message", "printed", "expected")
    assert frame.loc[0, "where"] == ["S!A1"]


def test_no_findings_are_a_frame_all_the_same():
    assert list(findings_frame([]).columns) == list(COLUMNS)


def test_the_worst_of_findings_is_the_gravest():
    assert worst([]) is None
    assert worst([Finding("x", "note", "", (), ""), Finding("y", "error", "", (), "")]) == "error"
