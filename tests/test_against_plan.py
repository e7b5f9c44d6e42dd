"""The chart against the plan: a quarter only ever beside its own part, the year so far beside what is due; by hand."""

import pandas as pd
import pytest
from figures import clashes, texts
from histories import report_of

from ccpcr_lib import Release, release
from ccpcr_lib.analysis.history import History
from ccpcr_lib.model.plan import Plan, Target
from ccpcr_lib.publish.charts import chart
from ccpcr_lib.publish.charts.against_plan import compared, plan_plot
from ccpcr_lib.publish.charts.plot import row_name
from ccpcr_lib.publish.deck.charts import read_aloud

TABLE, FORM = "referrals_by_type", "against_plan"
LANGUAGES = ("en", "km", "en+km")


def planned(*targets: tuple[str, float, str], code: str = "referred") -> Plan:
    """Plan so much, each as a period, a number and how it is due."""
    return Plan((), tuple(Target(code, period, value, shape, "") for period, value, shape in targets))


def against(shown: Release, plan: Plan) -> Release:
    """Hold a release against a plan."""
    object.__setattr__(shown, "plan", plan)
    return shown


def quarters(*referrals: dict[str, int | None] | None, first: int = 1) -> Release:
    """Refer clients in the quarters of 2010; None: there is no workbook."""
    there = {f"2010-Q{place}": figures for place, figures in enumerate(referrals, first) if figures is not None}
    history = History(tuple(report_of(period, referrals_by_type=figures) for period, figures in there.items()))
    shown = Release(history.reports[-1])
    object.__setattr__(shown, "_history", history)
    return shown


def bars(shown: Release) -> list[tuple[str, float | None, bool]]:
    """List what is compared: each bar's name, its number, and whether it is only at least so many."""
    plot = plan_plot(shown, shown.table(TABLE))
    return [
        (row_name(plot, row), mark.number, mark.is_least) for row, (mark,) in zip(plot.rows, plot.marks, strict=True)
    ]


def subtitle(shown: Release) -> str:
    return plan_plot(shown, shown.table(TABLE)).heading.subtitle


EVEN, YEAR_ONLY, BY_QUARTER = ("2010", 60, "equal"), ("2010", 60, "none"), ("2010", 60, "by quarter")
ROWS = [1, 1, 2, 3, 0, 10, 1]
Q2, SO_FAR = "2nd quarter of 2010", "2010 so far, from 1 of 2 quarters"
PART, DUE = "planned for the 2nd quarter of 2010", "due by the end of the 2nd quarter of 2010"


@pytest.mark.parametrize(
    ("plan", "expected", "said"),
    [
        (planned(EVEN), [(Q2, 18, False), (PART, 15, False), (SO_FAR, 18, True), (DUE, 30, False)], "60 planned"),
        (
            planned(BY_QUARTER, ("2010-Q1", 8, "by quarter"), ("2010-Q2", 20, "by quarter")),
            [(Q2, 18, False), (PART, 20, False), (SO_FAR, 18, True), (DUE, 28, False)],
            "60 planned for 2010",
        ),
        (
            planned(("2010-Q2", 20, "by quarter")),
            [(Q2, 18, False), (PART, 20, False)],
            "; the plan does not say what is due by now",
        ),
        (
            planned(("2010", 62, "equal")),
            [(Q2, 18, False), (PART, 15.5, False), (SO_FAR, 18, True), (DUE, 31, False)],
            "62 planned for 2010",
        ),
        (
            planned(("2010-Q2", 0, "by quarter"), ("2010-Q1", 4, "by quarter")),
            [(Q2, 18, False), (PART, 0, False), (SO_FAR, 18, True), (DUE, 4, False)],
            "April to June 2010",
        ),
    ],
    ids=["even", "by quarter", "this quarter alone", "a half", "none this quarter"],
)
def test_the_quarter_is_held_against_its_own_part_and_the_year_against_what_is_due(quarter, plan, expected, said):
    shown = against(release(quarter), plan)
    assert bars(shown) == expected
    assert said in subtitle(shown)
    numbers = chart(shown, TABLE, FORM).numbers.iloc[:, 0].tolist()
    assert numbers == ROWS + [number for _, number, _ in expected]


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (planned(YEAR_ONLY), "60 planned for 2010; the plan sets no part of it for a quarter"),
        (planned(BY_QUARTER), "60 planned for 2010; the plan sets no part of it for a quarter"),
        (planned(), "no target is set for 2010"),
        (planned(("2009", 60, "equal")), "no target is set for 2010"),
        (planned(EVEN, code="visited"), "no target is set for 2010"),
    ],
    ids=["the year alone", "quarters not set", "no plan", "another year", "another measure"],
)
def test_where_no_part_is_set_there_is_no_bar_for_it_and_a_line_says_so(quarter, plan, said):
    shown = against(release(quarter), plan)
    assert subtitle(shown) == f"Number of clients; April to June 2010; {said}"
    plot = plan_plot(shown, shown.table(TABLE))
    assert [mark.number for (mark,) in plot.marks] == ROWS
    drawn = chart(shown, TABLE, FORM)
    assert drawn.title == plot.heading.title == "Types of cases referred to the shelter"
    assert drawn.numbers.iloc[:, 0].tolist() == ROWS
    assert len(drawn.figure.axes) == 1


def test_in_a_first_quarter_the_quarter_is_the_year_and_stands_once():
    shown = against(quarters({"m1": 12}), planned(EVEN))
    assert bars(shown) == [("1st quarter of 2010", 12, False), ("planned for the 1st quarter of 2010", 15, False)]


def test_at_the_end_of_a_year_its_target_is_due_and_no_quarter_stands_beside_it():
    shown = against(quarters({"m1": 12}, {"m1": 20}, {"m1": 15}, {"m1": 9}), planned(YEAR_ONLY))
    assert bars(shown) == [("2010 so far", 56, False), ("due by the end of the 4th quarter of 2010", 60, False)]
    assert "the plan sets no part of it for a quarter" in subtitle(shown)


def test_a_blank_month_makes_the_quarter_and_the_year_at_least_so_many():
    shown = against(quarters({"m1": 9}, {"m1": 5, "m2": None}), planned(EVEN))
    assert bars(shown) == [
        ("2nd quarter of 2010", 5, True),
        ("planned for the 2nd quarter of 2010", 15, False),
        ("2010 so far, from 1 of 2 quarters", 14, True),
        ("due by the end of the 2nd quarter of 2010", 30, False),
    ]
    names = list(chart(shown, TABLE, FORM).numbers.index)[-4:]
    assert [name.endswith(", at least") for name in names] == [True, False, True, False]


def test_a_quarter_of_which_nothing_is_known_has_no_length_and_no_number():
    shown = against(quarters({"m1": None, "m2": None, "m3": None}, first=2), planned(EVEN))
    assert [number for _, number, _ in bars(shown)] == [None, 15, None, 30]
    plan, _ = chart(shown, TABLE, FORM).figure.axes
    assert [text.get_text() for text in plan.texts].count("…") == 2


def test_a_level_to_hold_is_held_against_the_quarter_and_never_added(quarter):
    shown = against(release(quarter), planned(("2010", 50, "equal"), code="in_shelter"))
    (pair,) = compared(shown, shown.achievement("in_shelter"))
    assert (pair.of, pair.reached.number, pair.planned.number) == ("quarter", 43, 50)


def test_what_is_read_aloud_names_unit_period_and_at_least(quarter):
    shown = against(release(quarter), planned(EVEN))
    assert read_aloud(plan_plot(shown, shown.table(TABLE))) == (
        "Clients referred to the shelter against the plan. Number of clients; April to June 2010; 60 planned for 2010. "
        "2nd quarter of 2010: 18; planned for the 2nd quarter of 2010: 15; "
        "2010 so far, from 1 of 2 quarters: ≥ 18; due by the end of the 2nd quarter of 2010: 30."
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("target", [EVEN, ("2010", 62, "equal"), ("2010", 400_000, "equal"), YEAR_ONLY], ids=str)
def test_words_and_numbers_have_room(quarter, language, target):
    drawn = chart(against(release(quarter, language), planned(target)), TABLE, FORM)
    assert clashes(drawn.figure) == []
    assert not any("\n\n" in text for text, _ in texts(drawn.figure))
    assert {str(kind) for kind in drawn.numbers.dtypes} == {"Float64" if target[1] == 62 else "Int64"}
    assert not pd.isna(drawn.numbers.iloc[0, 0])
