"""Quarters that agree with themselves are asked hardly anything: at most one in twenty."""

import pandas as pd
from consistent import consistent, consistent_quarters
from truth import Truth, records
from workbooks import ROOT

from ccpcr_lib.forms.simulate import FAULTY_QUARTER, simulate
from ccpcr_lib.model import period as calendar
from ccpcr_lib.model.records import Count
from ccpcr_lib.quality.alike import check_alike
from ccpcr_lib.quality.facts import Facts
from ccpcr_lib.quality.relation_lines import read_relations
from ccpcr_lib.quality.relations import check_relations

RELATIONS, BROKEN_LINES = read_relations(ROOT / "data" / "relations.csv")
NAMES = ("case_type", "sex", "age_band", "category")


def facts_of(period: str, rows) -> Facts:
    """Take counts as (table, measure, period, case_type, sex, age_band, category, unit, value)."""
    counts = [
        Count(
            table,
            measure,
            unit,
            {"period": own} | {name: code for name, code in zip(NAMES, codes, strict=True) if not pd.isna(code)},
            int(value),
            f"S!A{place}",
        )
        for place, (table, measure, own, *codes, unit, value) in enumerate((row[:9] for row in rows), 1)
    ]
    return Facts(period, tuple(counts), ())


def of_truth(truth: Truth) -> Facts:
    return facts_of(truth.period, records(truth))


def severities(quarters: list[Facts], *, leave_out=()) -> list[list[str]]:
    """Check each quarter against the others: how grave what is found there is."""
    return [
        [
            item.severity
            for found in (
                check_relations(own, [other for other in quarters if other is not own], RELATIONS),
                check_alike(own),
            )
            for item in found
        ]
        for own in quarters
        if own.period not in leave_out
    ]


def asked(found: list[list[str]]) -> int:
    """How many quarters are asked anything; nothing graver than a question may be said of any."""
    assert {severity for quarter in found for severity in quarter} <= {"note"}
    return sum(map(bool, found))


def test_every_line_of_the_projects_own_relations_is_read():
    assert BROKEN_LINES == ()


def test_of_a_hundred_quarters_alone_no_more_than_five_are_asked():
    found = [severities([of_truth(consistent(seed, 2008 + seed % 5, 1 + seed % 4))])[0] for seed in range(100)]
    assert asked(found) <= 5


def test_of_quarters_that_follow_each_other_no_more_than_one_in_twenty_is_asked():
    found = [own for seed in range(5) for own in severities([of_truth(each) for each in consistent_quarters(seed, 8)])]
    assert (len(found), asked(found) <= 2) == (40, True)


def test_of_a_made_up_history_no_quarter_is_asked():
    made = simulate(61).items()
    quarters = [facts_of(period, counts.itertuples(index=False, name=None)) for period, counts in made]
    found = severities(quarters, leave_out=(FAULTY_QUARTER, calendar.following(FAULTY_QUARTER)))
    assert (len(found), asked(found)) == (10, 0)
