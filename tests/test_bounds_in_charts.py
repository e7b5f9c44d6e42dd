"""What charts draw where only bounds are known, or nothing: each by hand."""

from dataclasses import replace

import pytest
from by_hand import (
    BREAKDOWNS,
    ROWS,
    declare,
    drawn,
)
from made_up import fill, numbers_of, plain, shown
from workbooks import changed

from ccpcr_lib import load, release
from ccpcr_lib.analysis.filling import build_table
from ccpcr_lib.model.catalogue import count, counts_by
from ccpcr_lib.model.records import Count
from ccpcr_lib.model.table import TableSpec
from ccpcr_lib.publish.charts import chart
from ccpcr_lib.publish.charts.forms import plots_of
from ccpcr_lib.quality.facts import Facts


def attended(rows: str, breakdown: str, form: str, *values: int | None):
    """A table of who attended, one count after the other, line by line."""
    spec = declare(rows, breakdown, form, measure="attended")
    counts = fill(spec).base
    own = [replace(count, value=value) for count, value in zip(counts, values, strict=True)]
    return build_table(spec, Facts("2010-Q2", tuple(own), ()), ROWS[rows])


def bounded(quarter, table, form: str) -> tuple[list[str], list[list[int | None]]]:
    """The headings of a chart, in one line each, and its numbers."""
    frame = numbers_of(shown(quarter, table), form)
    return [" ".join(heading.split()) for heading in frame], plain(frame)


def test_who_may_have_come_in_several_months_is_at_least_the_largest_of_them(quarter):
    # a column is a month: April 4, 0; May 2, 0; June 3, 1
    table = attended("partner", "months", "months", 4, 0, 2, 0, 3, 1)
    headings, numbers = bounded(quarter, table, "months")
    assert headings == ["April", "May", "June", "2nd quarter of 2010 At least"]
    assert numbers == [[4, 2, 3, 4], [0, 0, 1, 1]]


def test_girls_under_two_topics_are_at_least_as_many_as_under_one_of_them(quarter):
    # three topics; under each case type girls 3, 1, 2 and boys 0, 2, 0; the four without a sex 1, 1, 1
    groups = {"girls": (3, 1, 2), "boys": (0, 2, 0), "alone": (1, 1, 1)}
    names = {"F": "girls", "M": "boys"}
    order = [names.get(key.get("sex"), "alone") for key in BREAKDOWNS["types, sexes"]]
    table = attended("topic", "types, sexes", "type_and_sex", *(value for name in order for value in groups[name]))
    headings, numbers = bounded(quarter, table, "type_and_sex")
    assert headings == ["Female At least", "Male At least", "Sex not recorded At least", "Total At least"]
    assert numbers == [
        [3, 2, 0, 5],
        [None, None, 1, 1],
        [3, 2, 0, 5],
        [3, 2, 0, 5],
        [None, None, 1, 1],
        [3, 2, 0, 5],
        [None, None, 1, 1],
    ]


def test_a_pyramid_of_several_topics_says_at_least(quarter):
    values = [number for place in range(6) for number in (place, 7, 1)]  # ages from the youngest, girls and boys
    table = attended("topic", "ages, sexes", "pyramid", *values)
    headings, numbers = bounded(quarter, table, "pyramid")
    assert (headings, numbers) == (["Female At least", "Male At least"], [[7, 7], [7, 7], [7, 7]])


@pytest.mark.parametrize("rows", ["month", "case_type", "partner"])
def test_a_blank_is_never_drawn_as_a_zero(quarter, rows):
    spec = declare(rows, "sexes", "members_by_sex", "matrix", "members")
    first, *others = fill(spec).base
    blank = build_table(spec, Facts("2010-Q2", (replace(first, value=None), *others), ()), ROWS[rows])
    for form, unknown in {"members_by_sex": [0, 2], "matrix": [0], "members": [0]}.items():
        expected = drawn(rows, "sexes", form)
        expected[0] = [None if place in unknown else number for place, number in enumerate(expected[0])]
        assert bounded(quarter, blank, form)[1] == expected


def test_months_of_check_ups_are_drawn_with_their_numbers_not_with_zeros(quarter):
    spec = declare("month", "sexes", "members", "members_by_sex")
    counts = [
        replace(
            count,
            value={"04": {"F": 4, "M": 1}, "05": {"F": 6, "M": 2}, "06": {"F": 5, "M": 1}}[count.key["period"][5:]][
                count.key["sex"]
            ],
        )
        for count in fill(spec).base
    ]
    table = build_table(spec, Facts("2010-Q2", tuple(counts), ()), ROWS["month"])
    assert bounded(quarter, table, "members")[1] == [[5], [8], [6]]  # 19 together
    assert bounded(quarter, table, "members_by_sex")[1] == [[4, 1, 5], [6, 2, 8], [5, 1, 6]]


def test_a_movement_is_drawn_of_months_without_any_age(quarter):
    columns = (
        count("in_shelter", "in_shelter"),
        *counts_by("referred", "sex", under="sexes"),
        count("reintegrated", "reintegrated"),
    )
    spec = TableSpec("education", 12, "month", columns, charts=("movement",))
    figures = {
        ("in_shelter", ""): (20, 21, 19),
        ("referred", "F"): (4, 3, 1),
        ("referred", "M"): (1, 1, 0),
        ("reintegrated", ""): (3, 3, 2),
    }
    counts = [
        Count("education", measure, "clients", {"period": month} | ({"sex": sex} if sex else {}), value, "S!A1")
        for (measure, sex), values in figures.items()
        for month, value in zip(("2010-04", "2010-05", "2010-06"), values, strict=True)
    ]
    table = build_table(spec, Facts("2010-Q2", tuple(counts), ()), ROWS["month"])
    frame = numbers_of(shown(quarter, table), "movement")
    # partners took nobody in April and three in May, as the real quarter says
    assert frame["clients"].tolist() == [20, -3, 0, 4, 21, -3, -3, 1, 19]
    (office,) = plots_of(shown(quarter, table), "education")
    assert [row.is_pale for row in office.rows] == [False, True, True, True, False, True, True, True, False]


def test_a_bar_says_at_least_how_many_there_are_where_a_part_was_not_reported(tmp_path):
    filled = release(load(changed(tmp_path, {"Slide 17!D7": None, "Slide 17!D6": None, "Slide 17!E6": None})))
    pictured = chart(filled, "family_visits", "previous_and_this")
    _, now = pictured.figure.axes
    assert [text.get_text() for text in now.texts] == ["… †", "≥ 2 †", "12", "8", "0", "1", "0"]
    assert [bar.get_width() for bar in now.patches] == [0, 2, 12, 8, 0, 1, 0]
    assert [bool(bar.get_hatch()) for bar in now.patches] == [True, True, *[False] * 5]
    assert pictured.numbers.iloc[1].isna().tolist() == [False, True], "a lower bound is no count"
