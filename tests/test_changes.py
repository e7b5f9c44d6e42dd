"""The table of what has changed: its rows by evidence, its words, its foot, and what it names below; by hand."""

from dataclasses import replace

import pytest
from histories import report_of
from plans import ASSESSED, IN_SHELTER, REFERRED, VISITED
from workbooks import DEMO

from ccpcr_lib import Release, release, show_changes
from ccpcr_lib.analysis.history import History
from ccpcr_lib.model.plan import Plan
from ccpcr_lib.publish.text.changes import change_table, changes_html, changes_text

HAPPENING = replace(ASSESSED, nature="event")
CALLED = "Clients referred to the shelter"


def released(quarters: dict[str, dict[str, dict[str, int | None]]], *, language: str = "en") -> Release:
    """Release the last of some quarters, made of a few figures."""
    history = History(tuple(report_of(period, **tables) for period, tables in sorted(quarters.items())))
    shown = Release(history.reports[-1], language)
    object.__setattr__(shown, "_history", history)
    object.__setattr__(shown, "plan", Plan())
    return shown


def referred(*quarters: dict[str, int | None] | None, language: str = "en") -> Release:
    """Refer clients in the quarters from the 1st of 2009 on; None: there is no workbook."""
    names = [f"{2009 + place // 4}-Q{place % 4 + 1}" for place in range(len(quarters))]
    tables = ({"referrals_by_type": figures} if figures else None for figures in quarters)
    return released({name: table for name, table in zip(names, tables, strict=True) if table}, language=language)


def evenly(number: int) -> dict[str, int]:
    """Spread clients over the months, so that no group makes up the quarter."""
    return {"m1": number - 2 * (number // 3), "m2": number // 3, "m3": number // 3}


def rows(shown: Release, *indicators) -> list[tuple[str, ...]]:
    return list(change_table(shown, indicators).rows)


# --- the real quarter and the demo ---


def test_the_real_quarter_has_two_rows_and_one_line_for_what_is_not_compared(quarter):
    shown = release(quarter)
    table = change_table(shown, [one for one in shown.plan.indicators if not one.ratio])
    assert table.heads == ("Indicator", "2nd quarter of 2010", "1st quarter of 2010", "Change", "What can be said")
    assert table.rows == (
        ("Clients who visited their families", "37", "6", "+31", "planned work: no verdict"),
        ("Family assessments", "18", "36", "-18", "planned work: no verdict"),
    )
    last_year, others = table.lines
    assert last_year == "Nothing can be compared with the 2nd quarter of 2009: it was not reported, or not as a whole."
    assert others.startswith("Not compared: Clients referred to the shelter, Clients reintegrated, ")
    assert others.endswith("Clients in care (not reported, or only in part: 1st quarter of 2010).")
    assert others.count("not reported") == 1


def test_the_demo_has_its_evidence_first_and_no_verdict_on_planned_work():
    shown = release(DEMO / "2011-Q4-SYNTHETIC.xlsx")
    table = change_table(shown, [shown.plan.indicator(code) for code in ("visited", "in_shelter", "referred")])
    assert table.rows == (
        (CALLED, "16", "11", "+5", "17", "-1", "may be chance (a, b)"),
        ("Clients who visited their families", "22", "18", "+4", "24", "-2", "planned work: no verdict"),
        ("Clients in the shelter", "50", "46", "+4", "49", "+1", "counted again: no verdict"),
    )
    assert table.notes[0].startswith(
        f"a  {CALLED}, 3rd quarter of 2011 to 4th quarter of 2011: 1.45 times as many, 95 % interval "
    )
    assert table.notes[-1] == "Source: 12 workbooks, 2009-Q1 to 2011-Q4"
    assert table.subtitle.startswith("SYNTHETIC")


# --- rows ---


@pytest.mark.parametrize(
    ("before", "now", "change", "said"),
    [
        (6, 25, "+19", "hardly chance (a)"),
        (25, 6, "-19", "hardly chance (a)"),
        (20, 14, "-6", "may be chance (a)"),
        (3, 1, "-2", "too few to tell (a)"),
        (0, 3, "+3", "too few to tell (a)"),
        (0, 9, "+9", "hardly chance (a)"),
        (9, 9, "0", "the same"),
        (0, 0, "0", "the same"),
    ],
)
def test_a_row_says_the_change_with_its_sign_and_what_can_be_said(before, now, change, said):
    shown = referred(evenly(before), evenly(now))
    assert rows(shown, replace(REFERRED, in_groups=False)) == [(CALLED, str(now), str(before), change, said)]


def test_a_change_from_none_has_no_ratio():
    table = change_table(referred(evenly(0), evenly(9)), [REFERRED])
    assert table.notes[0] == f"a  {CALLED}, 1st quarter of 2009 to 2nd quarter of 2009: p = 0.0039."


def test_the_statistics_stand_in_the_foot_with_their_method_once():
    table = change_table(referred(evenly(25), None, None, evenly(25), evenly(6)), [REFERRED])
    assert table.rows == ((CALLED, "6", "25", "-19", "25", "-19", "hardly chance (a, b)"),)
    assert [note[:1] for note in table.notes[:2]] == ["a", "b"]
    assert "0.24 times as many, 95 % interval " in table.notes[0]
    assert sum("Przyborowski and Wilenski 1940" in note for note in table.notes) == 1
    assert not any("p =" in cell or "interval" in cell for row in table.rows for cell in row)


def test_two_verdicts_are_told_apart_and_what_has_not_changed_needs_none():
    shown = referred(evenly(25), None, None, evenly(9), evenly(6))
    (row,) = rows(shown, REFERRED)
    assert row[-1] == "since the period before: may be chance (a)\nsince last year: hardly chance (b)"
    (row,) = rows(referred(evenly(25), None, None, evenly(6), evenly(6)), REFERRED)
    assert row[1:] == ("6", "6", "0", "25", "-19", "hardly chance (a)")


def test_rows_go_by_evidence_then_by_size_then_by_the_plan():
    first = {"referrals_by_type": evenly(20), "family_visits": {"m1": 3}, "family_assessments": {"m1": 30}}
    second = {"referrals_by_type": evenly(19), "family_visits": {"m1": 30}, "family_assessments": {"m1": 21}}
    shown = released({"2010-Q1": first, "2010-Q2": second})
    order = [row[0] for row in rows(shown, VISITED, HAPPENING, REFERRED)]
    assert order == ["Clients whose family was assessed", CALLED, "Clients who visited their families"]
    assert [row[0] for row in rows(shown, ASSESSED, VISITED)] == [order[2], order[0]]  # 27 more, 9 fewer


# --- groups ---


def test_a_group_has_no_verdict_and_the_foot_says_who_came_together():
    table = change_table(referred(evenly(25), {"m1": 10, "m2": 4, "m3": 4}), [REFERRED])
    assert table.rows == ((CALLED, "18", "25", "-7", "came in groups: no verdict (a)"),)
    assert table.notes[0] == "a  10 of 18 came together in April 2009 (DV)."
    assert not any("chance" in note for note in table.notes)


# --- what is not compared ---


def test_what_is_known_only_in_part_is_never_compared():
    table = change_table(referred({"m1": 9, "m2": None, "m3": 4}, {"m1": 9}), [REFERRED])
    assert table.rows == ()
    assert table.lines[0].startswith("Nothing can be compared with the 1st quarter of 2009: ")


def test_where_this_quarter_was_not_reported_that_is_said_once():
    table = change_table(referred(evenly(9), {"m1": 9, "m2": None, "m3": 1}), [REFERRED])
    assert table.lines == (
        "Nothing can be compared with the 2nd quarter of 2008: it was not reported, or not as a whole.",
        f"Not compared: {CALLED} (the 2nd quarter of 2009 itself was not reported, or only in part).",
    )


def test_a_first_quarter_has_lines_and_no_empty_table():
    shown = referred(evenly(9))
    page = show_changes(shown, "referred")
    assert "<table" not in page.html
    assert page.text.split("\n") == [
        "Nothing can be compared with the 4th quarter of 2008: it was not reported, or not as a whole.",
        "Nothing can be compared with the 1st quarter of 2008: it was not reported, or not as a whole.",
    ]


# --- the season ---


@pytest.mark.parametrize(
    ("last_year", "said"),
    [
        (
            (12, 16),
            "A year before, the 4th quarter of 2009 also had more than the 3rd quarter of 2009: 12, then 16 ({}).",
        ),
        (
            (16, 12),
            "A year before it was otherwise: 16 in the 3rd quarter of 2009, 12 in the 4th quarter of 2009 ({}).",
        ),
        (
            (12, 12),
            "A year before there was no change: 12 in the 3rd quarter of 2009 and in the 4th quarter of 2009 ({}).",
        ),
    ],
)
def test_the_season_is_named_where_a_year_is_there_to_see_it(last_year, said):
    quarters = [None, None, *map(evenly, last_year), None, None, evenly(5), evenly(9)]
    assert change_table(referred(*quarters), [REFERRED]).lines == (said.format(CALLED),)
    assert change_table(referred(*quarters), [replace(REFERRED, nature="managed")]).lines == ()


# --- marks and languages ---


def test_figures_in_dispute_keep_their_mark(quarter):
    shown = release(quarter)
    now = shown.history.actual(shown.plan.indicator("reintegrated"), "2010-Q2")
    assert now.disputes
    earlier = report_of("2010-Q1", reintegration={"m1": 9, "m2": 3, "m3": 3})
    object.__setattr__(shown, "_history", History((earlier, *shown._history.reports)))
    shown.__dict__.pop("history", None)
    table = change_table(shown, [shown.plan.indicator("reintegrated")])
    assert table.title == "What has changed †"
    assert table.rows[0][1:4] == ("24 †", "15", "+9 †")
    assert any(note.startswith("† ") for note in table.notes)


@pytest.mark.parametrize("language", ["km", "en+km"])
def test_the_table_is_the_same_in_every_language(language):
    english, other = (
        change_table(referred(evenly(25), evenly(6), language=spoken), [REFERRED]) for spoken in ("en", language)
    )
    assert [row[1:4] for row in english.rows] == [row[1:4] for row in other.rows]
    assert "មិនទំនងជាចៃដន្យ" in other.rows[0][-1]
    assert changes_html(other) == changes_html(other)
    assert "\n\n" not in changes_text(other)


def test_a_stock_is_named_as_counted_again():
    tables = [{"referrals_by_age": {"m1": 0, "m2": 0, "m3": count}} for count in (50, 44)]
    shown = released(dict(zip(("2010-Q1", "2010-Q2"), tables, strict=True)))
    assert rows(shown, IN_SHELTER) == [("Clients in the shelter", "44", "50", "-6", "counted again: no verdict")]
