"""The page on the findings of the real quarter says what `ccpcr check` says today, and tells all of it."""

from pathlib import Path

import pytest
from workbooks import WORKBOOK

from ccpcr_lib import load

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "findings-2010-Q2.md").read_text(encoding="utf-8")
DEMO = ROOT / "data" / "demo" / "2010-Q3-SYNTHETIC.xlsx"
NOTHING = "—"


def rows(part: str) -> list[list[str]]:
    """The rows of the tables below a heading of the page: before, after, why."""
    text = PAGE.partition(f"## {part}")[2].partition("\n## ")[0]
    lines = [line for line in text.splitlines() if line.startswith("| ") and not line.startswith("| before |")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def after(part: str) -> list[str]:
    """What is said today, finding by finding."""
    return [told for row in rows(part) if row[1] != NOTHING for told in row[1].split("<br>")]


def said(path: Path, *severities: str) -> list[str]:
    """What the checks say of a workbook, without the advice."""
    return [finding.statement for finding in load(path).problems if finding.severity in severities]


@pytest.mark.parametrize(
    ("part", "path", "severities"),
    [
        ("First a quarter of which the mistakes are known", DEMO, ("error", "warning", "note")),
        ("The real quarter: what disagrees", WORKBOOK, ("error", "warning")),
        ("The real quarter: what is worth knowing", WORKBOOK, ("note",)),
    ],
)
def test_the_page_says_what_the_checks_say_today(part, path, severities):
    assert sorted(after(part)) == sorted(said(path, *severities))


def test_each_planted_fault_is_named_first_at_its_cell():
    told = after("First a quarter of which the mistakes are known")
    cells = ("Referral sources!B8", "Referrals by age!B9", "Family visits!B7", "Skills follow up!D6")
    assert [line.partition(": ")[0] for line in told] == list(cells)
    assert all(f"(`{cell}`)" in PAGE for cell in cells)


def test_every_row_says_something_before_or_after_and_why():
    told = [row for part in ("First", "The real quarter: what d", "The real quarter: what is") for row in rows(part)]
    assert len(told) > 20
    assert {len(row) for row in told} == {3}
    assert [row for row in told if {*row[:2]} == {NOTHING} or not row[2].endswith(".")] == []
