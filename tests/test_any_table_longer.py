"""Every table that can be declared has a half-year: drawn, written and added up as its two quarters were by hand."""

from dataclasses import replace

import pytest
from by_hand import BREAKDOWNS, ROWS, Q, cell, declare, drawn, real_key, suits, words
from made_up import numbers_of, plain
from workbooks import DEMO

from ccpcr_lib import Release, load, release
from ccpcr_lib.analysis.filling import build_table
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.analysis.tables import Table
from ccpcr_lib.model import period as calendar
from ccpcr_lib.model.by_quarters import by_quarters
from ccpcr_lib.model.column import PERIOD_ROWS
from ccpcr_lib.model.records import Claim, Count
from ccpcr_lib.model.table import TableSpec
from ccpcr_lib.publish.charts.forms import plots_of
from ccpcr_lib.publish.handout.plain_table import plain_table
from ccpcr_lib.publish.text.sentences import sentence
from ccpcr_lib.publish.text.table import table_html
from ccpcr_lib.quality.facts import Facts

HALF = "2010-H1"
ALL = [(rows, breakdown) for rows in ROWS for breakdown in BREAKDOWNS if suits(rows, breakdown)]


@pytest.fixture(scope="module")
def half() -> Report:
    return load(DEMO, HALF)


def before(period: str) -> str:
    """The same month of the quarter before, or that quarter."""
    if calendar.is_quarter(period):
        return calendar.previous(period)
    own = calendar.months(calendar.quarter_of(period))
    return calendar.months(calendar.previous(calendar.quarter_of(period)))[own.index(period)]


def filled(declared: TableSpec, rows: str) -> Table:
    """The table of a half-year whose quarters are both the one that is made up by hand."""
    counts = []
    for own in declared.counts:
        for member in ROWS[rows]:
            key, value = real_key(words(own.key), rows, member), cell(rows, member, words(own.key), own.unit)
            for period in (key["period"], before(key["period"])) if calendar.contains(Q, key["period"]) else ():
                about = ("education", own.measure, own.unit, {**key, "period": period})
                counts.append(Count(*about, value, f"{calendar.quarter_of(period)}: S!A{len(counts)}"))
    plans = tuple(
        Claim("education", own.measure, own.unit, {"period": HALF}, 60, "", "plan", "60")
        for own in declared.columns
        if own.role == "plan"
    )
    spec = by_quarters(declared, HALF, is_planned=bool(plans))
    members = spec.members if spec.rows in PERIOD_ROWS else ROWS[rows]
    return build_table(spec, Facts(HALF, tuple(counts), plans), members)


def shown_in(half: Report, table: Table) -> Release:
    report = replace(half)
    report._filled["education"] = table
    return release(report)


@pytest.mark.parametrize("rows", ROWS)
def test_every_table_of_a_half_year_is_shown_and_adds_up_as_by_hand(half, rows):
    tested = 0
    for _, breakdown in (pair for pair in ALL if pair[0] == rows):
        table = filled(declare(rows, breakdown, *sorted(suits(rows, breakdown))), rows)
        shown = shown_in(half, table)
        assert table_html(shown, "education")
        assert sentence(shown, "education")
        assert plain_table(shown, table).rows
        assert len(plots_of(shown, "education")) == len(table.spec.charts)
        if "members" in table.spec.charts:
            quarter = drawn(rows, breakdown, "members")
            both = [[None if number is None else 2 * number for number in row] for row in quarter]
            in_each = [[sum(row[0] for row in quarter)]] * 2
            assert plain(numbers_of(shown, "members")) == (in_each if rows == "month" else both)
        if "quarters" in table.spec.charts:
            totals = [row[-1] for row in drawn(rows, breakdown, "months")]
            assert plain(numbers_of(shown, "quarters")) == [[total, total, 2 * total] for total in totals]
        tested += 1
    assert tested > 5
