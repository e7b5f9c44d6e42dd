"""A quarter's own workbook counts; what the next one says of it is compared, and stands in only where it must."""

from dataclasses import replace

import pytest
from histories import history_of_counts, recounted
from plans import VISITED
from workbooks import DEMO

from ccpcr_lib import Release, release, show_revisions
from ccpcr_lib.analysis import series
from ccpcr_lib.analysis.achievement import achieve
from ccpcr_lib.analysis.history import History
from ccpcr_lib.analysis.series import Actual, actual, revisions
from ccpcr_lib.model.plan import Plan
from ccpcr_lib.publish.text.changes import revision_sentences
from ccpcr_lib.publish.text.indicators import indicator_table
from ccpcr_lib.quality.sums import UNKNOWN, Sum

NAMED = "Clients who visited their families, 1st quarter of 2010"


def visits(own: dict[str, int | None] | None, later: int | None) -> History:
    """Give the first quarter of 2010 as its own workbook reports it, and a second one that says `later` of it."""
    second = {"m1": 3} if later is None else {"previous": later, "m1": 3}
    quarters = {"2010-Q2": second}
    return history_of_counts("family_visits", quarters if own is None else {"2010-Q1": own, **quarters})


def released(history: History, language: str = "en") -> Release:
    shown = replace(Release(history.reports[-1]), language=language)
    object.__setattr__(shown, "_history", history)
    object.__setattr__(shown, "plan", Plan())
    return shown


def remarks(history: History) -> list[str]:
    """List the notes of the indicators' table that speak of another workbook, without their letters."""
    return [note[3:] for note in indicator_table(released(history)).notes if "workbook" in note]


# --- what both say -----------------------------------------------------------------------------------------


def test_a_quarter_has_the_figure_of_its_own_workbook_though_the_next_one_says_another():
    history = visits({"m1": 6}, 9)
    found = actual(history, VISITED, "2010-Q1")
    assert (found.value, found.reported_in, found.restated.value, found.restated.reported_in) == (
        *(6, "2010-Q1"),
        *(9, "2010-Q2"),
    )
    assert actual(history, VISITED, "2010-01").value == 6
    assert achieve(history, Plan(), VISITED).to_date == 9  # 6 and 3, never 9 and 3


def test_figures_that_differ_are_named_with_the_cells_of_the_later_workbook():
    history = visits({"m1": 6}, 9)
    ((indicator, point),) = revisions(history, Plan().indicators)
    assert (indicator.measure, point.period) == ("visited", "2010-Q1")
    cells = ", ".join(f"family_visits!A{place}" for place in range(1, 29, 4))
    assert revision_sentences(released(history)) == [
        f"{NAMED}: 6 in its own workbook, 9 in 2010-Q2 ({cells}). Its own figure counts."
    ]
    assert show_revisions(released(history)).text == revision_sentences(released(history))[0]
    assert revision_sentences(released(history, "km"))[0].endswith("តួលេខក្នុងឯកសាររបស់វាត្រូវបានយក។")
    assert remarks(history) == ["1st quarter of 2010: the workbook of 2010-Q2 says 9. Its own figure counts."]


@pytest.mark.parametrize("later", [6, None])
def test_where_the_next_workbook_says_the_same_or_nothing_there_is_nothing_to_name(later):
    history = visits({"m1": 6}, later)
    assert (actual(history, VISITED, "2010-Q1").value, actual(history, VISITED, "2010-Q1").restated) == (6, None)
    assert revisions(history, Plan().indicators) == []
    assert remarks(history) == []
    assert show_revisions(released(history)).text == "No workbook says anything else of the quarter before it."


# --- what stands in ----------------------------------------------------------------------------------------


def test_without_a_workbook_of_its_own_a_quarter_has_the_figure_of_the_next_one_which_is_named():
    history = visits(None, 9)
    found = actual(history, VISITED, "2010-Q1")
    assert (found.value, found.reported_in, found.restated) == (9, "2010-Q2", None)
    assert achieve(history, Plan(), VISITED).to_date == 12
    assert remarks(history) == ["1st quarter of 2010: as stated in the workbook of 2010-Q2."]
    assert revisions(history, Plan().indicators) == []


@pytest.mark.parametrize("own", [{"m1": 6, "m2": None}, {"m1": None, "m2": None, "m3": None}])
def test_where_blanks_leave_the_own_figure_open_the_figure_of_the_next_workbook_stands_in(own):
    history = visits(own, 9)
    found = actual(history, VISITED, "2010-Q1")
    assert (found.value, found.reported_in, found.restated) == (9, "2010-Q2", None)
    assert remarks(history) == ["1st quarter of 2010: as stated in the workbook of 2010-Q2."]


def test_a_figure_that_cannot_be_with_what_the_own_workbook_says_in_part_does_not_stand_in():
    history = visits({"m1": 6, "m2": None}, 4)
    found = actual(history, VISITED, "2010-Q1")
    assert (str(found.total), found.reported_in, found.restated.value) == ("at least 6", "2010-Q1", 4)
    (said,) = revision_sentences(released(history))
    assert said.startswith(f"{NAMED}: at least 6 in its own workbook, 4 in 2010-Q2 (")


def test_what_the_next_workbook_says_in_part_is_compared_as_at_least_so_many():
    def in_part(history: History) -> History:
        def value(count):
            is_blank = (count.key["period"], count.key["case_type"]) == ("2010-Q1", "SW")
            return None if is_blank else count.value

        first, second = history.reports
        return History((first, recounted(second, value)))

    (said,) = revision_sentences(released(in_part(visits({"m1": 6}, 9))))
    assert said.startswith(f"{NAMED}: 6 in its own workbook, at least 9 in 2010-Q2 (")
    assert revision_sentences(released(in_part(visits({"m1": 9}, 6)))) == []


def test_what_the_demo_says_otherwise_is_in_dispute_where_it_is_named_and_nowhere_else():
    shown = release(DEMO / "2010-Q3-SYNTHETIC.xlsx")
    table = indicator_table(shown)
    (note,) = [note for note in table.notes if "own figure counts" in note]
    assert note[3:] == "2nd quarter of 2010: the workbook of 2010-Q3 says 22 †. Its own figure counts."
    assert any(note.startswith("† Family visits!B7: ") for note in table.notes)
    visited = dict(zip(table.columns, table.rows[table.names.index(NAMED.partition(",")[0])], strict=True))
    # 23 + 12 + 19, of 60 due just a tenth less, and 67.5 % of 80.
    assert [visited[column] for column in ("2010-Q2", "to_date", "percent", "state")] == [
        *("12", "54", "54 ÷ 80 = 68 %", "● on plan"),
    ]


# --- every pair --------------------------------------------------------------------------------------------

KNOWN, OTHER = Sum(6, 6, 0, ("own!A1",)), Sum(9, 9, 0, ("later!A1",))
PARTLY, LESS = Sum(6, None, 1, ("own!A1",)), Sum(4, 4, 0, ("later!A1",))
BOUND, WITHIN = Sum(6, 10, 0, ("own!A1",)), Sum(7, 12, 0, ("later!A1",))


@pytest.mark.parametrize(
    ("own", "later", "counts", "is_named"),
    [
        (KNOWN, None, KNOWN, False),
        (None, OTHER, OTHER, False),
        (None, None, UNKNOWN, False),
        (KNOWN, KNOWN, KNOWN, False),
        (KNOWN, OTHER, KNOWN, True),
        (KNOWN, PARTLY, KNOWN, False),  # at least 6 may be 6
        (OTHER, LESS, OTHER, True),
        (LESS, PARTLY, LESS, True),  # at least 6 are no 4
        (PARTLY, OTHER, OTHER, False),  # stands in
        (PARTLY, LESS, PARTLY, True),
        (PARTLY, WITHIN, PARTLY, False),  # no exact figure either
        (PARTLY, PARTLY, PARTLY, False),
        (BOUND, OTHER, BOUND, False),  # wholly reported, and 9 lies within
        (BOUND, LESS, BOUND, True),
        (BOUND, WITHIN, BOUND, False),
        (WITHIN, KNOWN, WITHIN, True),  # 7 to 12 are no 6
    ],
)
def test_whose_figure_counts_and_whether_the_other_is_named(monkeypatch, own, later, counts, is_named):
    said = {"2010-Q1": own, "2010-Q2": later}

    def read(asked, indicator, period):
        return Actual(period, said[asked], asked) if said[asked] else None

    monkeypatch.setattr(series, "_read", read)
    monkeypatch.setattr(History, "get", lambda history, quarter: quarter)
    found = actual(History(()), VISITED, "2010-Q1")
    assert found.total is counts
    assert (found.restated and found.restated.total) == (later if is_named else None)
