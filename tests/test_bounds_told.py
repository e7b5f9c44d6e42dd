"""What is known as at least so many, over time: judged where its bounds agree, and never called not reported."""

from dataclasses import replace

import pytest
from histories import history_of_counts, recounted
from plans import ATTENDED, FOLLOWED_UP, REFERRED

from ccpcr_lib import Release
from ccpcr_lib.analysis.achievement import achieve
from ccpcr_lib.analysis.history import History
from ccpcr_lib.analysis.report import Report
from ccpcr_lib.analysis.runs import run
from ccpcr_lib.analysis.series import Actual
from ccpcr_lib.analysis.trend import compare
from ccpcr_lib.model.catalogue import spec
from ccpcr_lib.model.plan import Indicator, Plan, Target, default_indicator
from ccpcr_lib.model.records import Count, codes_of
from ccpcr_lib.publish.text.changes import change_table
from ccpcr_lib.publish.text.indicators import indicator_frame, indicator_table
from ccpcr_lib.publish.text.progress import progress_sentence
from ccpcr_lib.publish.text.runs import run_sentence, run_sentences
from ccpcr_lib.quality.sums import Sum


def released(history: History, plan: Plan | None = None) -> Release:
    shown = Release(history.reports[-1])
    object.__setattr__(shown, "_history", history)
    if plan is not None:
        object.__setattr__(shown, "plan", plan)
    return shown


def test_a_bound_is_told_as_at_least_and_never_as_not_reported():
    history = history_of_counts("follow_up_support", {"2010-Q1": {"m1": 3, "m2": 2}, "2010-Q2": {"m1": 4, "m3": 1}})
    one = achieve(history, Plan(), FOLLOWED_UP)
    assert [str(point.total) for point in one.quarters] == ["3 to 5", "4 to 5"]
    assert (one.reached.least, one.reached.most, one.known_quarters) == (4, 10, 2)
    assert progress_sentence(released(history), one) == (
        "Clients followed up after reintegration came to at least 4 in 2010 so far, with no target set. "
        "The same client may stand in several of its counts."
    )
    row = indicator_frame(released(history)).loc["Reintegrated clients followed up"]
    assert row[["Q1", "Q2", "Year to date", "Percent"]].tolist() == ["≥ 3", "≥ 4", "≥ 4", "–"]
    assert not any("eported" in note for note in indicator_table(released(history)).notes if note.startswith(row.Notes))


def test_a_blank_is_told_as_not_reported():
    history = history_of_counts("follow_up_support", {"2010-Q1": {"m1": 3, "m2": None}, "2010-Q2": {"m1": 4}})
    one = achieve(history, Plan(), FOLLOWED_UP)
    assert (one.known_quarters, one.reached.is_bound) == (1, False)
    assert progress_sentence(released(history), one) == (
        "Clients followed up after reintegration came to at least 4 in 2010 so far, from 1 of 2 quarters, with no "
        "target set; the 1st quarter of 2010 is not reported in full."
    )


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        (3, "over_achieved"),  # 4 to 10 of 3: the least is more
        (8, "open"),  # 4 would be behind, 10 over-achieved
        (20, "behind"),  # 10 at most, of 20
    ],
)
def test_bounds_are_judged_where_both_give_one_state(target, expected):
    history = history_of_counts("follow_up_support", {"2010-Q1": {"m1": 3, "m2": 2}, "2010-Q2": {"m1": 4, "m3": 1}})
    plan = Plan((replace(FOLLOWED_UP, direction="up"),), (Target("followed_up", "2010", target, "equal", ""),))
    assert achieve(history, plan, plan.indicator("followed_up")).state == expected


def test_what_the_counts_leave_open_is_said():
    history = history_of_counts("follow_up_support", {"2010-Q1": {"m1": 3, "m2": 2}, "2010-Q2": {"m1": 4, "m3": 1}})
    plan = Plan((replace(FOLLOWED_UP, direction="up"),), (Target("followed_up", "2010", 8, "equal", ""),))
    shown = released(history, plan)
    assert progress_sentence(shown, achieve(history, plan, plan.indicator("followed_up"))) == (
        "Clients followed up after reintegration came to at least 4 and at most 10 in 2010 so far; with 8 due by the "
        "end of June, it is open whether that is on plan. The same client may stand in several of its counts."
    )
    km = progress_sentence(replace(shown, language="km"), achieve(history, plan, plan.indicator("followed_up")))
    assert "យ៉ាងតិច 4" in km
    assert "ដូច្នេះមិនអាចសន្និដ្ឋានបាន" in km


# --- from one quarter to another ---


def test_bounds_are_no_change_and_are_told_apart_from_what_was_not_reported():
    bounds, exact, blank = Sum(25, 175), Sum(30, 30), Sum(25, None, 1)
    pairs = [(bounds, exact), (exact, bounds), (bounds, bounds), (bounds, blank), (blank, exact)]
    found = [compare(ATTENDED, Actual("2010-Q1", before), Actual("2010-Q2", now)) for before, now in pairs]
    assert [change.verdict for change in found] == [*["bounded"] * 3, *["not_comparable"] * 2]
    assert {change.difference for change in found} == {None}


def followed_up(*quarters: dict[str, int | None]):
    """Follow up on clients in the quarters of 2010."""
    names = [f"2010-Q{place + 1}" for place in range(len(quarters))]
    return history_of_counts("follow_up_support", dict(zip(names, quarters, strict=True)))


LAST_YEAR = "Nothing can be compared with the 2nd quarter of 2009: it was not reported, or not as a whole."
BEFORE = "Nothing can be compared with the 1st quarter of 2010: it was not reported, or not as a whole."


def told(history: History, indicator: Indicator) -> tuple[str, ...]:
    """Give what stands below the table of one indicator that cannot be compared."""
    table = change_table(released(history), [indicator])
    assert (table.rows, table.heads) == ((), ())
    return table.lines


def test_what_is_only_bounded_is_not_called_not_reported():
    assert told(followed_up({"m1": 3, "m2": 2}, {"m1": 4, "m3": 1}), FOLLOWED_UP) == (
        LAST_YEAR,
        "Not compared: Reintegrated clients followed up (at least so many: the same client may stand in several of the "
        "counts).",
    )


def test_what_was_not_reported_is_called_so():
    assert told(followed_up({"m1": 3, "m2": None}, {"m1": 4, "m3": 1}), FOLLOWED_UP) == (BEFORE, LAST_YEAR)


def test_girls_who_may_be_more_are_not_compared_because_the_counts_do_not_say():
    girls = replace(REFERRED, table="referrals_by_sex", key={"sex": "F"})
    history = history_of_counts("referrals_by_sex", {"2010-Q1": {"m1": 2}, "2010-Q2": {"m1": 3}})
    assert told(history, girls) == (
        LAST_YEAR,
        "Not compared: Clients referred to the shelter (at least so many: not every count says what is asked for).",
    )


def test_a_run_of_bounds_has_a_median_of_at_least_so_many():
    history = history_of_counts("skills_follow_up", {"2010-Q1": {"quarter": 2}, "2010-Q2": {"quarter": 4}})
    found = run(history, default_indicator("followed_up_skills", "clients"))
    assert ([str(point.total) for point in found.points], found.is_bound) == (["2", "4"], False)
    history = history_of_counts("life_skills", {"2010-Q1": {"quarter": 2}, "2010-Q2": {"quarter": 4}})
    found = run(bounds_of(history), ATTENDED)
    assert ([str(point.total) for point in found.points], found.centre) == (["22 to 44", "44 to 88"], 33)
    shown = released(history)
    said = run_sentence(shown, found)
    assert said == (
        "Clients who attended life skills: median at least 33, from 2 of 2 periods. The same client may stand in "
        "several of its counts. So there are no limits, and no signals."
    )
    assert run_sentences(shown, [found]) == [
        "The same clients may stand in several of the counts, so medians only, of at least so many, no limits and no "
        "signals: Clients who attended life skills 33."
    ]


def bounds_of(history):
    """Let as many attend the second topic as the first."""
    first, second, *_ = spec("life_skills").members

    def topic(report: Report, code: str) -> list[Count]:
        return [count for count in report.reading.base if count.key["category"] == code]

    def as_many(report: Report) -> Report:
        known = {codes_of({**count.key, "category": second}): count.value for count in topic(report, first)}
        return recounted(report, lambda count: known.get(count.codes, count.value))

    return History(tuple(map(as_many, history.reports)))
