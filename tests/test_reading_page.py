"""The page on reading names every finding of a sheet, and tests that are there."""

import re
from pathlib import Path

import pytest

from ccpcr_lib.excel.rules import READING_RULES

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "reading.md").read_text(encoding="utf-8")
OF_THIS_PAGE = (
    *("two_members", "unknown_total", "perhaps_total", "near_name", "part_of", "below_total", "stray_number"),
    *("named_total", "continued", "subtotal", "struck_text", "raised_mark", "not_calculated", "hidden_cells"),
)


def test_every_line_of_the_page_is_held_by_a_test_that_is_there():
    lines = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith("| what |")]
    kinds = [line for line in lines if "held by" not in line]
    named = [re.findall(r"`(test_\w+\.py)`", line.rpartition("|")[0].rpartition("|")[2]) for line in kinds]
    assert len(kinds) > 25
    assert all(named)
    assert [name for names in named for name in names if not (ROOT / "tests" / name).is_file()] == []


@pytest.mark.parametrize("rule", OF_THIS_PAGE)
def test_the_page_says_what_a_finding_of_a_sheet_is_about(rule):
    assert f"`{rule}`" in PAGE
    assert rule in READING_RULES
