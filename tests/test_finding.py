"""Rules are stable, graded, documented, and say what to do."""

from string import Formatter

import pytest
from workbooks import ROOT

from ccpcr_lib.excel.rules import READING_RULES
from ccpcr_lib.model.finding import COLUMNS, SEVERITIES, Finding, findings_frame, worst
from ccpcr_lib.quality.rules import CHECK_RULES, make_finding
from ccpcr_lib.words import sentences

RULES = {**READING_RULES, **CHECK_RULES}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_is_in_the_readme(rule):
    assert f"`{rule}`" in (ROOT / "README.md").read_text(encoding="utf-8")


def sentences_of(rule: str) -> dict[str, str]:
    """What a rule can say in English, by variant; its advice is none of them."""
    own = {name.partition(".")[2]: words.en for name, words in sentences().items() if name.partition(".")[0] == rule}
    return {variant: text for variant, text in own.items() if variant.split(".")[-1] != "advice"}


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_severity_and_ends_its_message_as_a_sentence(rule):
    assert RULES[rule] in SEVERITIES
    advice = [
        words.en for name, words in sentences().items() if name.startswith(f"{rule}.") and name.endswith("advice")
    ]
    for text in advice or sentences_of(rule).values():
        assert text.rstrip("”)").endswith((".", "?"))


@pytest.mark.parametrize("rule", CHECK_RULES)
def test_a_finding_begins_with_its_cell_and_fills_every_field(rule):
    said = sentences_of(rule)
    assert said
    for variant, text in said.items():
        fields = [field for _, field, _, _ in Formatter().parse(text) if field]
        finding = make_finding(rule, ["S!A1", "S!B2", "S!A1"], variant=variant, **dict.fromkeys(fields, "7"))
        assert finding.message.startswith("S!A1: ")
        assert "{" not in finding.message
        assert finding.where == ("S!A1", "S!B2"), "a cell is named once"


def test_findings_become_a_frame_with_the_columns_of_the_contract():
    frame = findings_frame(
        [Finding("plan", "warning", "education", ("S!A1",), fields={"printed": "7", "expected": "6", "first": "B1"})]
    )
    assert tuple(frame.columns) == COLUMNS == ("rule", "severity", "table", "where", "message", "printed", "expected")
    assert frame.loc[0, "where"] == ["S!A1"]


def test_no_findings_are_a_frame_all_the_same():
    assert list(findings_frame([]).columns) == list(COLUMNS)


def test_the_worst_of_findings_is_the_gravest():
    assert worst([]) is None
    assert worst([Finding("x", "note", "", ()), Finding("y", "error", "", ())]) == "error"
